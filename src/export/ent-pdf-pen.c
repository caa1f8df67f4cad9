/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text through Pango at its true metrics: no hinting and no rounding, so that a page looks the same
 * at any zoom and on any printer, and tabular figures throughout. */

#include "config.h"

#include "ent-pdf-pen.h"

#include "ent-pdf-color-text.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

typedef struct
{
  double size;
  double line;
  gboolean bold;
  EntPdfInk ink;
} StyleData;

static const StyleData styles[ENT_PDF_N_STYLES] = {
  [ENT_PDF_STYLE_EYEBROW] = { 9, 13, TRUE, ENT_PDF_INK_ACCENT },
  [ENT_PDF_STYLE_TITLE] = { 24, 29, TRUE, ENT_PDF_INK_TEXT },
  [ENT_PDF_STYLE_LEAD] = { 11.5, 16, FALSE, ENT_PDF_INK_DIM },
  [ENT_PDF_STYLE_HEADING] = { 13, 17, TRUE, ENT_PDF_INK_TEXT },
  [ENT_PDF_STYLE_BODY] = { 8.5, 12, FALSE, ENT_PDF_INK_TEXT },
  [ENT_PDF_STYLE_LINK] = { 8.5, 12.5, FALSE, ENT_PDF_INK_ACCENT },
  [ENT_PDF_STYLE_NOTE] = { 8.5, 12.5, FALSE, ENT_PDF_INK_DIM },
  [ENT_PDF_STYLE_FIELD] = { 8.5, 12, TRUE, ENT_PDF_INK_TEXT },
  [ENT_PDF_STYLE_BANNER] = { 8.5, 12.5, FALSE, ENT_PDF_INK_BANNER_TEXT },
  [ENT_PDF_STYLE_CARD_LABEL] = { 8.5, 12, FALSE, ENT_PDF_INK_DIM },
  [ENT_PDF_STYLE_CARD_NUMBER] = { 20, 25, TRUE, ENT_PDF_INK_TEXT },
  [ENT_PDF_STYLE_CARD_NOTE] = { 7.5, 10.5, FALSE, ENT_PDF_INK_DIM },
  [ENT_PDF_STYLE_TABLE_HEAD] = { 7.5, 11, TRUE, ENT_PDF_INK_DIM },
  [ENT_PDF_STYLE_TABLE_CELL] = { 9, 12, FALSE, ENT_PDF_INK_TEXT },
  [ENT_PDF_STYLE_TABLE_TOTAL] = { 9, 12, TRUE, ENT_PDF_INK_TEXT },
  [ENT_PDF_STYLE_TABLE_NOTE] = { 6.5, 9, FALSE, ENT_PDF_INK_DIM },
  [ENT_PDF_STYLE_DETAIL_HEAD] = { 7, 10, TRUE, ENT_PDF_INK_DIM },
  [ENT_PDF_STYLE_DETAIL] = { 7, 12, FALSE, ENT_PDF_INK_TEXT },
  [ENT_PDF_STYLE_FOOT] = { 7.5, 11, FALSE, ENT_PDF_INK_DIM },
};

#define RGB(value)                                                                                 \
  {                                                                                                \
    ((value) >> 16 & 0xff) / 255.0, ((value) >> 8 & 0xff) / 255.0, ((value) &0xff) / 255.0         \
  }
static const double inks[ENT_PDF_N_INKS][3] = {
  [ENT_PDF_INK_TEXT] = RGB (0x241f31),        [ENT_PDF_INK_DIM] = RGB (0x5e5c64),
  [ENT_PDF_INK_ACCENT] = RGB (0x1a5fb4),      [ENT_PDF_INK_RULE] = RGB (0xc0bfbc),
  [ENT_PDF_INK_FAINT_RULE] = RGB (0xe6e5e3),  [ENT_PDF_INK_PANEL] = RGB (0xf4f6f9),
  [ENT_PDF_INK_BANNER] = RGB (0xfdf6dc),      [ENT_PDF_INK_BANNER_TEXT] = RGB (0x5c4006),
  [ENT_PDF_INK_BANNER_EDGE] = RGB (0xe5a50a),
};

PangoFontDescription *
ent_pdf_style_font (EntPdfStyle style)
{
  PangoFontDescription *font = pango_font_description_from_string (ENT_PDF_FAMILIES);

  /* Absolute: a user unit is a point here, whatever the resolution of the target. */
  pango_font_description_set_absolute_size (font, styles[style].size * PANGO_SCALE);
  pango_font_description_set_weight (font,
                                     styles[style].bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return font;
}

double
ent_pdf_style_size (EntPdfStyle style)
{
  return styles[style].size;
}

double
ent_pdf_style_line (EntPdfStyle style)
{
  return styles[style].line;
}

/* At the same height in its line whatever fonts a text needs. */
double
ent_pdf_style_baseline (EntPdfStyle style)
{
  return styles[style].line / 2 + styles[style].size * 0.35;
}

EntPdfInk
ent_pdf_style_ink (EntPdfStyle style)
{
  return styles[style].ink;
}

cairo_t *
ent_pdf_measuring_cairo (void)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (NULL, 595, 842);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  return cr;
}

void
ent_pdf_pen_init (EntPdfPen *self, cairo_t *cr, gboolean tags)
{
  PangoContext *context = pango_cairo_create_context (cr);
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoAttrList *attributes = pango_attr_list_new ();

  *self = (EntPdfPen){ .cr = cr, .tags = tags };
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_set_font_options (cr, options);
  cairo_font_options_destroy (options);
  self->layout = pango_layout_new (context);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (self->layout, attributes);
  pango_attr_list_unref (attributes);
  g_object_unref (context);
}

void
ent_pdf_pen_clear (EntPdfPen *self)
{
  g_clear_object (&self->layout);
  for (guint i = 0; i < ENT_PDF_N_STYLES; i++)
    g_clear_pointer (&self->fonts[i], pango_font_description_free);
}

/* ---- Text ---- */

static PangoLayout *
set_text (EntPdfPen *self, EntPdfStyle style, const char *text)
{
  if (self->fonts[style] == NULL)
    self->fonts[style] = ent_pdf_style_font (style);
  pango_layout_set_font_description (self->layout, self->fonts[style]);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_height (self->layout, -1);
  pango_layout_set_width (self->layout, -1);
  pango_layout_set_text (self->layout, text, -1);
  return self->layout;
}

static double
layout_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

static void
show_line (EntPdfPen *self, EntPdfStyle style, PangoLayoutLine *line, double x, double y)
{
  double base = y + ent_pdf_style_baseline (style);

  ent_pdf_pen_ink (self, styles[style].ink);
  if (ent_pdf_line_has_pictures (line))
    {
      ent_pdf_show_line_with_pictures (self->cr, line, x, base);
      return;
    }
  cairo_move_to (self->cr, x, base);
  pango_cairo_show_layout_line (self->cr, line);
}

double
ent_pdf_pen_width (EntPdfPen *self, EntPdfStyle style, const char *text)
{
  return layout_width (set_text (self, style, text));
}

void
ent_pdf_pen_text (EntPdfPen *self,
                  EntPdfStyle style,
                  const char *text,
                  double x,
                  double y,
                  double width,
                  double align)
{
  PangoLayout *layout = set_text (self, style, text);
  double needed;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  needed = layout_width (layout);
  show_line (self, style, pango_layout_get_line_readonly (layout, 0), x + (width - needed) * align,
             y);
}

void
ent_pdf_pen_number (EntPdfPen *self,
                    EntPdfStyle style,
                    const char *text,
                    double x,
                    double y,
                    double width,
                    double align)
{
  PangoLayout *layout = set_text (self, style, text);
  double needed = layout_width (layout);
  double scale = needed > width ? width / needed : 1;

  cairo_save (self->cr);
  cairo_translate (self->cr, x + (width - needed * scale) * align,
                   y + ent_pdf_style_baseline (style));
  cairo_scale (self->cr, scale, scale);
  cairo_move_to (self->cr, 0, 0);
  ent_pdf_pen_ink (self, styles[style].ink);
  pango_cairo_show_layout_line (self->cr, pango_layout_get_line_readonly (layout, 0));
  cairo_restore (self->cr);
}

guint
ent_pdf_pen_box (EntPdfPen *self,
                 EntPdfStyle style,
                 const char *text,
                 double x,
                 double y,
                 double width,
                 guint max_lines)
{
  PangoLayout *layout = set_text (self, style, text);
  guint n;

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_height (layout, -(int) max_lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  n = (guint) pango_layout_get_line_count (layout);
  for (guint i = 0; i < n && i < max_lines; i++)
    show_line (self, style, pango_layout_get_line_readonly (layout, (int) i), x,
               y + i * styles[style].line);
  return MIN (n, max_lines);
}

static PangoLayout *
set_wrapped (EntPdfPen *self, EntPdfStyle style, const char *text, double width)
{
  PangoLayout *layout = set_text (self, style, text);

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  return layout;
}

guint
ent_pdf_pen_count_lines (EntPdfPen *self, EntPdfStyle style, const char *text, double width)
{
  return (guint) pango_layout_get_line_count (set_wrapped (self, style, text, width));
}

void
ent_pdf_pen_lines (EntPdfPen *self,
                   EntPdfStyle style,
                   const char *text,
                   double x,
                   double y,
                   double width,
                   guint first,
                   guint n)
{
  PangoLayout *layout = set_wrapped (self, style, text, width);

  for (guint i = 0; i < n; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, (int) (first + i));

      if (line != NULL)
        show_line (self, style, line, x, y + i * styles[style].line);
    }
}

/* ---- Shapes ---- */

void
ent_pdf_pen_ink (EntPdfPen *self, EntPdfInk ink)
{
  cairo_set_source_rgb (self->cr, inks[ink][0], inks[ink][1], inks[ink][2]);
}

void
ent_pdf_pen_rule (EntPdfPen *self, EntPdfInk ink, double x, double y, double width)
{
  ent_pdf_pen_ink (self, ink);
  cairo_set_line_width (self->cr, 0.6);
  cairo_move_to (self->cr, x, y);
  cairo_line_to (self->cr, x + width, y);
  cairo_stroke (self->cr);
}

void
ent_pdf_pen_panel (
    EntPdfPen *self, EntPdfInk ink, double x, double y, double width, double height, double radius)
{
  cairo_t *cr = self->cr;

  ent_pdf_pen_ink (self, ink);
  cairo_new_path (cr);
  if (radius > 0)
    {
      cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
      cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
      cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
      cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
      cairo_close_path (cr);
    }
  else
    cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

void
ent_pdf_pen_begin (EntPdfPen *self, const char *tag, const char *attributes)
{
  if (self->tags)
    cairo_tag_begin (self->cr, tag, attributes != NULL ? attributes : "");
}

void
ent_pdf_pen_end (EntPdfPen *self, const char *tag)
{
  if (self->tags)
    cairo_tag_end (self->cr, tag);
}
