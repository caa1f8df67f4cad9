/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of usual letters against Pango, and which columns fit on paper. */

#include "config.h"

#include "ent-pdf-color-text.h"
#include "ent-pdf-detail-columns.h"
#include "ent-pdf-glyphs.h"
#include "ent-words.h"

#include "ent-test-util.h"

#include <pango/pangocairo.h>
#include <string.h>

static const char *const usual[] = {
  "Olá, seu pedido saiu para entrega e chega hoje até as 18h.",
  "22/11/2026 14:05:12",
  "+5511912345678",
  "ÁÉÍÓÚ ãõ ç ñ ü – “aspas” … € 1.234.567",
};
static const char *const unusual[] = { "🎉", "漢字", "שלום", "a\314\201" };

static void
test_widths (void)
{
  g_autoptr (EntPdfGlyphs) glyphs = ent_pdf_glyphs_new (ENT_PDF_STYLE_DETAIL);
  cairo_t *cr = ent_pdf_measuring_cairo ();
  EntPdfPen pen;

  ent_pdf_pen_init (&pen, cr, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      double width = ent_pdf_glyphs_width (glyphs, usual[i]);
      double real = ent_pdf_pen_width (&pen, ENT_PDF_STYLE_DETAIL, usual[i]);

      /* The same but for kerning. */
      g_assert_cmpfloat (width, >, 0);
      g_assert_cmpfloat_with_epsilon (width, real, 0.03 * real);
    }
  /* Figures have one width: columns of numbers stand straight. */
  for (char c = '0'; c <= '9'; c++)
    {
      const char digit[] = { c, '\0' };

      g_assert_cmpfloat (ent_pdf_glyphs_width (glyphs, digit), ==,
                         ent_pdf_glyphs_width (glyphs, "0"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (unusual); i++)
    g_assert_cmpfloat (ent_pdf_glyphs_width (glyphs, unusual[i]), <, 0);
  ent_pdf_pen_clear (&pen);
  cairo_destroy (cr);
}

static void
test_cut (void)
{
  g_autoptr (EntPdfGlyphs) glyphs = ent_pdf_glyphs_new (ENT_PDF_STYLE_DETAIL);
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < ent_test_rounds (2000, 100000); round++)
    {
      const char *text = usual[g_rand_int_range (rand, 0, G_N_ELEMENTS (usual))];
      double width = g_rand_double_range (rand, 8, 260);
      g_autofree char *cut = ent_pdf_glyphs_cut (glyphs, text, width);

      if (cut == NULL)
        {
          g_assert_cmpfloat (ent_pdf_glyphs_width (glyphs, text), <=, width);
          continue;
        }
      g_assert_true (g_utf8_validate (cut, -1, NULL));
      g_assert_cmpfloat (ent_pdf_glyphs_width (glyphs, cut), <=, width + 0.01);
      g_assert_true (g_str_has_suffix (cut, "…"));
      g_assert_cmpint (strncmp (cut, text, strlen (cut) - strlen ("…")), ==, 0);
    }
}

/* The same cells both ways; nothing is asserted of the time but in the long run. */
static void
test_speed (void)
{
  g_autoptr (EntPdfGlyphs) glyphs = ent_pdf_glyphs_new (ENT_PDF_STYLE_DETAIL);
  g_autoptr (EntPdfRun) run = ent_pdf_run_new ();
  guint n = ent_test_rounds (2000, 100000);
  gint64 times[2];

  for (guint way = 0; way < 2; way++)
    {
      cairo_t *cr = ent_pdf_measuring_cairo ();
      gint64 start = g_get_monotonic_time ();
      EntPdfPen pen;

      ent_pdf_pen_init (&pen, cr, FALSE);
      for (guint i = 0; i < n; i++)
        {
          double y = 12.0 * (i % 40);

          if (way == 1)
            ent_pdf_pen_text (&pen, ENT_PDF_STYLE_DETAIL, usual[i % 4], 20, y, 300, 0);
          else
            g_assert_true (ent_pdf_run_add (run, glyphs, usual[i % 4], 20, y));
          if (i % 400 == 399)
            {
              ent_pdf_run_show (run, glyphs, &pen);
              cairo_show_page (cr);
            }
        }
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      ent_pdf_pen_clear (&pen);
      cairo_destroy (cr);
      times[way] = g_get_monotonic_time () - start;
    }
  g_test_message ("%u cells: %d ms as glyphs, %d ms through Pango", n, (int) (times[0] / 1000),
                  (int) (times[1] / 1000));
  if (ent_test_is_long ())
    g_assert_cmpint (2 * times[0], <=, times[1]);
}

static void
test_columns (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 500; round++)
    {
      EntColumn wanted[ENT_N_COLUMNS];
      double natural[ENT_N_COLUMNS], heads[ENT_N_COLUMNS];
      gboolean cut = FALSE;
      guint n = (guint) g_rand_int_range (rand, 1, ENT_N_COLUMNS + 1);
      double width = g_rand_double_range (rand, 200, 900), end = 0;
      g_autofree char *left_out = NULL;
      g_autoptr (GArray) columns = NULL;

      for (guint i = 0; i < n; i++)
        wanted[i] = (EntColumn) g_rand_int_range (rand, 0, ENT_N_COLUMNS);
      for (guint i = 0; i < n; i++)
        {
          heads[i] = g_rand_double_range (rand, 20, 100);
          natural[i] = heads[i] + g_rand_double_range (rand, 0, 300);
        }
      columns = ent_pdf_detail_columns (wanted, round % 2 ? heads : NULL,
                                        round % 2 ? natural : NULL, n, width, 5, &left_out);
      g_assert_cmpuint (columns->len, >, 0);
      g_assert_true ((left_out == NULL) == (columns->len == n));
      for (guint i = 0; i < columns->len; i++)
        {
          const EntPdfColumn *column = &g_array_index (columns, EntPdfColumn, i);

          g_assert_cmpint (column->column, ==, wanted[column->source]);
          g_assert_cmpfloat (column->x, >=, end);
          g_assert_cmpfloat (column->width, >=, 19.9);
          if (round % 2)
            g_assert_cmpfloat (column->width, <=, natural[column->source] + 0.01);
          cut |= round % 2 && column->width < heads[column->source] - 0.01;
          end = column->x + column->width;
        }
      g_assert_cmpfloat (end, <=, width + 0.01);
      /* Names are cut only where there is no room at all. */
      if (cut)
        g_assert_cmpfloat (end, >=, width - 0.01);
    }
}

static PangoLayout *
line_new (cairo_t *cr, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = ent_pdf_style_font (ENT_PDF_STYLE_TITLE);

  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* The ink of @text in the first @width dots of its line. */
static guint
ink_of (const char *text, int width)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 400, 60);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = line_new (cr, text);
  const guint8 *dots;
  guint ink = 0;

  ent_pdf_show_line_with_pictures (cr, pango_layout_get_line_readonly (layout, 0), 5, 40);
  cairo_surface_flush (surface);
  dots = cairo_image_surface_get_data (surface);
  for (int y = 0; y < 60; y++)
    for (int x = 0; x < width; x++)
      ink += dots[y * cairo_image_surface_get_stride (surface) + x] > 127;
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return ink;
}

/* A sign that no font has is a box; the letters beside it stay what they are. */
static void
test_missing_signs (void)
{
  cairo_t *cr = ent_pdf_measuring_cairo ();
  g_autoptr (PangoLayout) layout = line_new (cr, "Pedido");
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  g_assert_cmpuint (ink_of ("Pedido", 5 + width), >, 50);
  g_assert_cmpuint (ink_of ("Pedido\xee\x80\x80 saiu", 5 + width), ==,
                    ink_of ("Pedido saiu", 5 + width));
  g_assert_cmpuint (ink_of ("\xee\x80\x80", 60), >, 0);
  cairo_destroy (cr);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ent_words_init ("en");
  g_test_add_func ("/export/pdf-glyphs/widths", test_widths);
  g_test_add_func ("/export/pdf-glyphs/cut", test_cut);
  g_test_add_func ("/export/pdf-glyphs/missing-signs", test_missing_signs);
  g_test_add_func ("/export/pdf-glyphs/speed", test_speed);
  g_test_add_func ("/export/pdf-glyphs/columns", test_columns);
  return g_test_run ();
}
