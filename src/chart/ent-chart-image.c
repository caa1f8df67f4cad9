/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PNG and SVG of a chart, in memory: writing files is the caller's. Any thread. */
#include "config.h"

#include "ent-chart-image.h"

#include <cairo-svg.h>
#include <gio/gio.h>
#include <pango/pangocairo.h>

#define MARGIN 24.0
#define TITLE_ROOM 34.0

static const EntChartPaint image_paint = {
  .theme = ENT_CHART_PRINT,
  .font = "Cantarell,Sans 9",
  .resolution = 96,
  .snap = TRUE,
  .legend = TRUE,
};

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
paint_title (cairo_t *cr, const char *title, int width)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell,Sans Bold 12");

  pango_cairo_context_set_resolution (pango_layout_get_context (layout), image_paint.resolution);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, title, -1);
  pango_layout_set_width (layout, (int) ((width - 2 * MARGIN) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  cairo_set_source_rgb (cr, 0.14, 0.12, 0.19);
  cairo_move_to (cr, MARGIN, MARGIN);
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (font);
}

static void
paint_page (const EntChart *chart, const char *title, int width, int height, cairo_t *cr)
{
  double head = title != NULL ? TITLE_ROOM : 0;
  EntChartRect area = { MARGIN, MARGIN + head, width - 2 * MARGIN, height - 2 * MARGIN - head };
  EntChartLayout layout;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (title != NULL)
    paint_title (cr, title, width);
  layout = ent_chart_paint_layout (chart, area, &image_paint, cr);
  ent_chart_paint_static (chart, &layout, &image_paint, cr);
}

static GBytes *
finish (GByteArray *data, cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_byte_array_ref (data));
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "drawing the chart: %s",
               cairo_status_to_string (status));
  return NULL;
}

GBytes *
ent_chart_to_png (
    const EntChart *chart, const char *title, int width, int height, double scale, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  g_return_val_if_fail (width > 0 && height > 0 && scale > 0, NULL);

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * scale),
                                        (int) (height * scale));
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  paint_page (chart, title, width, height, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_cb, data);
  cairo_surface_destroy (surface);
  return finish (data, status, error);
}

GBytes *
ent_chart_to_svg (const EntChart *chart, const char *title, int width, int height, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  g_return_val_if_fail (width > 0 && height > 0, NULL);

  surface = cairo_svg_surface_create_for_stream (append_cb, data, width, height);
  cr = cairo_create (surface);
  paint_page (chart, title, width, height, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return finish (data, status, error);
}
