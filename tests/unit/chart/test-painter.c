/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the painter leaves on a surface, told by pixels where the geometry says that they are:
 * the meaning of colours, gaps that are no zeros, and pictures that repeat byte for byte. */
#include "config.h"

#include "ent-chart-image.h"
#include "ent-test-util.h"

#include <math.h>
#include <string.h>

#define WIDTH 700
#define HEIGHT 300

static const EntChartPaint paint = {
  .theme = ENT_CHART_PRINT, .font = "Sans 9", .resolution = 96, .snap = TRUE, .legend = FALSE
};

typedef struct
{
  EntChart *chart;
  EntChartLayout layout;
  cairo_surface_t *surface;
} Picture;

static void
add_day (EntChart *chart,
         gint64 read,
         gint64 delivered,
         gint64 failed,
         EntCoverage coverage,
         gboolean partial)
{
  EntCounters counters = { 0 };

  ent_counters_add (&counters, ENT_STATUS_READ, TRUE, read);
  ent_counters_add (&counters, ENT_STATUS_DELIVERED, TRUE, delivered - read);
  ent_counters_add (&counters, ENT_STATUS_SEND_FAILED, TRUE, failed);
  ent_chart_add_point (chart, "Wed 19 Nov", "19", &counters, coverage, partial);
}

static EntChart *
week (EntChartStyle style, guint series)
{
  EntChart *chart = ent_chart_new (style, series);

  add_day (chart, 500, 1000, 200, ENT_COVERAGE_COMPLETE, FALSE);
  add_day (chart, 0, 0, 0, ENT_COVERAGE_NONE, FALSE);
  add_day (chart, 0, 0, 0, ENT_COVERAGE_COMPLETE, FALSE);
  add_day (chart, 0, 800, 0, ENT_COVERAGE_PARTIAL, TRUE);
  ent_chart_set_no_data_caption (chart, "No data");
  return chart;
}

static void
picture_init (Picture *self, EntChartStyle style, guint series, const EntChartPaint *how)
{
  cairo_t *cr;

  self->chart = week (style, series);
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cr = cairo_create (self->surface);
  self->layout =
      ent_chart_paint_layout (self->chart, (EntChartRect){ 0, 0, WIDTH, HEIGHT }, how, cr);
  ent_chart_paint_static (self->chart, &self->layout, how, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (self->surface);
}

static void
picture_clear (Picture *self)
{
  ent_chart_unref (self->chart);
  cairo_surface_destroy (self->surface);
}

static guint32
pixel (const Picture *self, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (self->surface);
  guint32 value;

  memcpy (&value,
          data + (gsize) y * (gsize) cairo_image_surface_get_stride (self->surface) + (gsize) x * 4,
          4);
  return value & 0xffffff;
}

static guint32
rgb (EntColor color)
{
  return (guint32) lround (color.red * 255) << 16 | (guint32) lround (color.green * 255) << 8 |
         (guint32) lround (color.blue * 255);
}

static guint
count_ink (const Picture *self, EntChartRect rect)
{
  guint ink = 0;

  for (double y = rect.y; y < rect.y + rect.height; y++)
    for (double x = rect.x; x < rect.x + rect.width; x++)
      if (pixel (self, x, y) != 0xffffff)
        ink++;
  return ink;
}

static void
test_colours_mean (void)
{
  Picture picture;
  EntChartRect delivered, errors;
  double x;

  picture_init (&picture, ENT_CHART_COLUMNS,
                1u << ENT_STAGE_DELIVERED | 1u << ENT_STAGE_ERRORS | 1u << ENT_STAGE_READ, &paint);
  x = ent_chart_layout_center (&picture.layout, 0);
  delivered = ent_chart_layout_column (&picture.layout, 0, 0, 1000);
  errors = ent_chart_layout_column (&picture.layout, 0, 1000, 1200);
  g_assert_cmphex (pixel (&picture, x, delivered.y + 3), ==,
                   rgb (ent_chart_series_color (ENT_CHART_PRINT, ENT_STAGE_DELIVERED)));
  /* Read is the foot of delivered. */
  g_assert_cmphex (pixel (&picture, x, delivered.y + delivered.height - 3), ==,
                   rgb (ent_chart_series_color (ENT_CHART_PRINT, ENT_STAGE_READ)));
  /* Errors: a pattern of at least two tones, not a plain fill. */
  g_assert_cmpuint (count_ink (&picture, errors), ==, (guint) (errors.width * errors.height));
  g_assert_cmphex (pixel (&picture, errors.x + 2, errors.y + 4), !=,
                   pixel (&picture, errors.x + 4, errors.y + 4));
  picture_clear (&picture);
}

static void
test_gap_is_no_zero (void)
{
  Picture picture;
  EntChartRect gap, zero;

  picture_init (&picture, ENT_CHART_COLUMNS, 1u << ENT_STAGE_DELIVERED, &paint);
  gap = ent_chart_layout_slot (&picture.layout, 1);
  zero = ent_chart_layout_slot (&picture.layout, 2);
  /* Between two grid lines the gap is hatched, the zero is blank. */
  gap.y += 4, gap.height = 20, gap.x += 2, gap.width -= 4;
  zero.y += 4, zero.height = 20, zero.x += 2, zero.width -= 4;
  g_assert_cmpuint (count_ink (&picture, gap), >, 50);
  g_assert_cmpuint (count_ink (&picture, zero), ==, 0);
  picture_clear (&picture);
}

static void
test_running_day_is_lighter (void)
{
  Picture picture;
  EntChartRect column;

  picture_init (&picture, ENT_CHART_COLUMNS, 1u << ENT_STAGE_DELIVERED, &paint);
  column = ent_chart_layout_column (&picture.layout, 3, 0, 800);
  g_assert_cmphex (pixel (&picture, column.x + column.width / 2, column.y + column.height / 2), !=,
                   rgb (ent_chart_series_color (ENT_CHART_PRINT, ENT_STAGE_DELIVERED)));
  g_assert_cmphex (pixel (&picture, column.x + column.width / 2, column.y + column.height / 2), !=,
                   0xffffff);
  picture_clear (&picture);
}

static void
test_current_point (void)
{
  Picture picture;
  cairo_t *cr;
  EntChartRect slot;
  guint32 before;

  picture_init (&picture, ENT_CHART_COLUMNS, 1u << ENT_STAGE_DELIVERED, &paint);
  slot = ent_chart_layout_slot (&picture.layout, 2);
  before = pixel (&picture, slot.x + slot.width / 2, slot.y + 10);
  cr = cairo_create (picture.surface);
  ent_chart_paint_current (picture.chart, &picture.layout, &paint, 2, TRUE, cr);
  ent_chart_paint_span (&picture.layout, &paint, 0, 1, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (picture.surface);
  g_assert_cmphex (pixel (&picture, slot.x + slot.width / 2, slot.y + 10), !=, before);
  picture_clear (&picture);
}

static void
test_every_style_and_theme (void)
{
  for (guint kind = ENT_CHART_LIGHT; kind <= ENT_CHART_PRINT; kind++)
    for (guint style = ENT_CHART_COLUMNS; style <= ENT_CHART_LINES; style++)
      {
        EntChartPaint how = paint;
        Picture picture;

        how.theme = kind;
        how.legend = TRUE;
        picture_init (&picture, style, (1u << ENT_N_STAGES) - 1, &how);
        g_assert_cmpuint (count_ink (&picture, picture.layout.plot), >, 100);
        picture_clear (&picture);
      }
}

static double
luminance (EntColor color)
{
  const double parts[] = { color.red, color.green, color.blue };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    sum += weights[i] *
           (parts[i] <= 0.03928 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));
  return sum;
}

static double
contrast (EntColor a, EntColor b)
{
  double la = luminance (a), lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

/* Marks at least 3:1, text 4.5:1, against the grounds that the charts stand on. */
static void
test_contrast (void)
{
  static const EntColor white = { 1, 1, 1, 1 };
  static const EntColor dark = { 0x30 / 255.0, 0x30 / 255.0, 0x30 / 255.0, 1 };

  for (EntStage stage = ENT_STAGE_TOTAL; stage <= ENT_STAGE_RECEIVED; stage++)
    {
      g_assert_cmpfloat (contrast (ent_chart_series_color (ENT_CHART_LIGHT, stage), white), >=,
                         3.0);
      g_assert_cmpfloat (contrast (ent_chart_series_color (ENT_CHART_DARK, stage), dark), >=, 3.0);
    }
  g_assert_cmpfloat (contrast (ent_chart_theme (ENT_CHART_LIGHT).dim, white), >=, 4.5);
  g_assert_cmpfloat (contrast (ent_chart_theme (ENT_CHART_DARK).dim, dark), >=, 4.5);
}

static void
test_images_repeat (void)
{
  g_autoptr (EntChart) chart =
      week (ENT_CHART_LINES, 1u << ENT_STAGE_DELIVERED | 1u << ENT_STAGE_ERRORS);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = ent_chart_to_png (chart, "Entregas — açaí", 640, 320, 2, &error);
  g_autoptr (GBytes) again = ent_chart_to_png (chart, "Entregas — açaí", 640, 320, 2, &error);
  g_autoptr (GBytes) svg = ent_chart_to_svg (chart, NULL, 640, 320, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (png, again));
  g_assert_cmpmem (g_bytes_get_data (png, NULL), 4, "\x89PNG", 4);
  g_assert_nonnull (
      g_strstr_len (g_bytes_get_data (svg, NULL), (gssize) g_bytes_get_size (svg), "<svg"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/painter/colours-mean", test_colours_mean);
  g_test_add_func ("/chart/painter/gap-is-no-zero", test_gap_is_no_zero);
  g_test_add_func ("/chart/painter/running-day-is-lighter", test_running_day_is_lighter);
  g_test_add_func ("/chart/painter/current-point", test_current_point);
  g_test_add_func ("/chart/painter/every-style-and-theme", test_every_style_and_theme);
  g_test_add_func ("/chart/painter/contrast", test_contrast);
  g_test_add_func ("/chart/painter/images-repeat", test_images_repeat);
  return g_test_run ();
}
