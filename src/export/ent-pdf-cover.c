/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Title, cards, chart and contents: what a manager sees first. The thread that owns the pen. */

#include "config.h"

#include "ent-pdf-cover.h"

#include "ent-words.h"

#include "ent-chart-painter.h"

#include <glib/gi18n-lib.h>

#define CARD_GAP 8.0
#define CARD_PADDING 10.0
#define CARDS_IN_FIRST_ROW 4
#define CARD_FRAME 50.0 /* label, number and padding */
#define CHART_TITLE_HEIGHT 16.0
#define CONTENTS_COLUMNS 3

void
ent_pdf_cover_title (const EntPdfContent *content, EntPdfPen *pen, double x, double y, double w)
{
  double line = ent_pdf_style_line (ENT_PDF_STYLE_EYEBROW);

  ent_pdf_pen_panel (pen, ENT_PDF_INK_ACCENT, x, y, 34, 3, 0);
  y += 9;
  ent_pdf_pen_begin (pen, "P", NULL);
  /* Translators: above a report's title, like the name of a series. */
  ent_pdf_pen_text (pen, ENT_PDF_STYLE_EYEBROW, C_ ("pdf", "Message delivery report"), x, y, w / 2,
                    0);
  if (content->as_of != NULL)
    {
      /* Translators: the time of the last synchronisation. */
      g_autofree char *as_of = g_strdup_printf (C_ ("pdf", "Data of %s"), content->as_of);

      ent_pdf_pen_text (pen, ENT_PDF_STYLE_FOOT, as_of, x + w / 2, y, w / 2, 1);
    }
  ent_pdf_pen_end (pen, "P");
  y += line + 2;
  ent_pdf_pen_begin (pen, "H1", NULL);
  ent_pdf_pen_text (pen, ENT_PDF_STYLE_TITLE, content->title, x, y, w, 0);
  ent_pdf_pen_end (pen, "H1");
  y += ent_pdf_style_line (ENT_PDF_STYLE_TITLE);
  ent_pdf_pen_begin (pen, "P", NULL);
  ent_pdf_pen_text (pen, ENT_PDF_STYLE_LEAD, content->period, x, y, w, 0);
  ent_pdf_pen_end (pen, "P");
}

void
ent_pdf_cover_banner (
    const char *text, EntPdfPen *pen, double x, double y, double width, double height)
{
  double inner = width - 2 * ENT_PDF_BANNER_PADDING;
  guint n = ent_pdf_pen_count_lines (pen, ENT_PDF_STYLE_BANNER, text, inner);

  ent_pdf_pen_panel (pen, ENT_PDF_INK_BANNER, x, y, width, height, 3);
  ent_pdf_pen_panel (pen, ENT_PDF_INK_BANNER_EDGE, x, y, 3, height, 0);
  ent_pdf_pen_begin (pen, "P", NULL);
  ent_pdf_pen_lines (pen, ENT_PDF_STYLE_BANNER, text, x + ENT_PDF_BANNER_PADDING,
                     y + ENT_PDF_BANNER_PADDING / 2, inner, 0, n);
  ent_pdf_pen_end (pen, "P");
}

/* ---- Cards ---- */

static void
draw_card (const EntPdfCard *card, EntPdfPen *pen, double x, double y, double width, double height)
{
  double inner = width - 2 * CARD_PADDING;
  const char *const notes[] = { card->share, card->parts, card->change };

  ent_pdf_pen_panel (pen, ENT_PDF_INK_PANEL, x, y, width, height, 5);
  ent_pdf_pen_begin (pen, "P", NULL);
  x += CARD_PADDING;
  y += 7;
  ent_pdf_pen_text (pen, ENT_PDF_STYLE_CARD_LABEL, card->label, x, y, inner, 0);
  y += ent_pdf_style_line (ENT_PDF_STYLE_CARD_LABEL);
  ent_pdf_pen_number (pen, ENT_PDF_STYLE_CARD_NUMBER, card->number, x, y, inner, 0);
  y += ent_pdf_style_line (ENT_PDF_STYLE_CARD_NUMBER);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (notes[i] != NULL)
      {
        ent_pdf_pen_number (pen, ENT_PDF_STYLE_CARD_NOTE, notes[i], x, y, inner, 0);
        y += ent_pdf_style_line (ENT_PDF_STYLE_CARD_NOTE);
      }
  ent_pdf_pen_end (pen, "P");
}

/* As high as the card with the most notes. */
static double
row_height (const EntPdfContent *content, gboolean first)
{
  guint most = 0;

  for (guint i = 0; i < content->cards->len; i++)
    {
      const EntPdfCard *card = g_ptr_array_index (content->cards, i);
      guint notes = (card->share != NULL) + (card->parts != NULL) + (card->change != NULL);

      if ((i < CARDS_IN_FIRST_ROW) == first)
        most = MAX (most, notes);
    }
  return CARD_FRAME + most * ent_pdf_style_line (ENT_PDF_STYLE_CARD_NOTE);
}

double
ent_pdf_cover_cards_height (const EntPdfContent *content)
{
  return row_height (content, TRUE) + CARD_GAP + row_height (content, FALSE);
}

void
ent_pdf_cover_cards (const EntPdfContent *content, EntPdfPen *pen, double x, double y, double w)
{
  for (guint i = 0; i < content->cards->len; i++)
    {
      gboolean first = i < CARDS_IN_FIRST_ROW;
      guint n = first ? CARDS_IN_FIRST_ROW : content->cards->len - CARDS_IN_FIRST_ROW;
      guint place = first ? i : i - CARDS_IN_FIRST_ROW;
      double width = (w - CARD_GAP * (n - 1)) / n;
      double top = first ? y : y + row_height (content, TRUE) + CARD_GAP;

      draw_card (g_ptr_array_index (content->cards, i), pen, x + place * (width + CARD_GAP), top,
                 width, row_height (content, first));
    }
}

/* ---- Chart ---- */

void
ent_pdf_cover_chart (const EntPdfContent *content, EntPdfPen *pen, double x, double y, double w)
{
  EntChartPaint paint = {
    .theme = ENT_CHART_PRINT, .font = ENT_PDF_FAMILIES " 7.5", .resolution = 72, .legend = TRUE
  };
  EntChartRect area = { x, y + CHART_TITLE_HEIGHT, w, ENT_PDF_CHART_HEIGHT - CHART_TITLE_HEIGHT };
  EntChartLayout layout;

  ent_pdf_pen_begin (pen, "H2", NULL);
  ent_pdf_pen_text (pen, ENT_PDF_STYLE_FIELD, content->chart_title, x, y, w, 0);
  ent_pdf_pen_end (pen, "H2");
  ent_pdf_pen_begin (pen, "Figure", NULL);
  cairo_save (pen->cr);
  layout = ent_chart_paint_layout (content->chart, area, &paint, pen->cr);
  ent_chart_paint_static (content->chart, &layout, &paint, pen->cr);
  cairo_restore (pen->cr);
  ent_pdf_pen_end (pen, "Figure");
}

/* ---- Contents ---- */

double
ent_pdf_cover_contents_height (guint n_sections)
{
  guint lines = (n_sections + CONTENTS_COLUMNS - 1) / CONTENTS_COLUMNS;

  return ent_pdf_style_line (ENT_PDF_STYLE_HEADING) + 4 +
         lines * ent_pdf_style_line (ENT_PDF_STYLE_LINK);
}

void
ent_pdf_cover_contents (const EntPdfContent *content,
                        const guint *pages,
                        EntPdfPen *pen,
                        double x,
                        double y,
                        double width)
{
  guint n = content->sections->len;
  guint lines = (n + CONTENTS_COLUMNS - 1) / CONTENTS_COLUMNS;
  double column = width / CONTENTS_COLUMNS;

  ent_pdf_pen_begin (pen, "H2", NULL);
  ent_pdf_pen_text (pen, ENT_PDF_STYLE_HEADING, C_ ("pdf", "In this document"), x, y, width, 0);
  ent_pdf_pen_end (pen, "H2");
  y += ent_pdf_style_line (ENT_PDF_STYLE_HEADING) + 4;
  for (guint i = 0; i < n; i++)
    {
      double left = x + (i / lines) * column;
      double top = y + (i % lines) * ent_pdf_style_line (ENT_PDF_STYLE_LINK);
      g_autofree char *page = ent_words_count (pages[i] + 1);
      g_autofree char *link = g_strdup_printf ("dest='section-%u'", i + 1);

      ent_pdf_pen_begin (pen, CAIRO_TAG_LINK, link);
      ent_pdf_pen_text (pen, ENT_PDF_STYLE_LINK, g_ptr_array_index (content->sections, i), left,
                        top, column - 50, 0);
      ent_pdf_pen_text (pen, ENT_PDF_STYLE_NOTE, page, left + column - 46, top, 22, 1);
      ent_pdf_pen_end (pen, CAIRO_TAG_LINK);
    }
}
