/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first sheet: what the report says in a few numbers, and what each of them means. */

#include "config.h"

#include "ent-xlsx-sheets.h"

#include "ent-words.h"

#include <glib/gi18n-lib.h>

#define CHART_ROWS 19

typedef struct
{
  EntStage stage;
  int rate; /* EntRate, -1: a count without a percentage */
} Card;

static const Card cards[] = {
  { ENT_STAGE_TOTAL, -1 },
  { ENT_STAGE_SENT, ENT_RATE_SENT },
  { ENT_STAGE_DELIVERED, ENT_RATE_DELIVERED },
  { ENT_STAGE_READ, ENT_RATE_READ },
  { ENT_STAGE_ERRORS, ENT_RATE_ERROR },
  { ENT_STAGE_SEND_FAILED, -1 },
  { ENT_STAGE_NOT_DELIVERED, -1 },
  { ENT_STAGE_PENDING, -1 },
  { ENT_STAGE_RECEIVED, -1 },
};

static guint
write_line (EntXlsxSheet *sheet, guint row, char *text, EntXlsxFormat f)
{
  if (text != NULL)
    ent_xlsx_text (sheet, row++, 0, text, f);
  g_free (text);
  return row;
}

static guint
write_title (EntXlsxSheet *sheet, const EntExportDocument *document)
{
  guint row = 0;
  char *coverage = ent_export_document_coverage (document);

  row = write_line (sheet, row, ent_export_document_title (document), ENT_XLSX_TITLE);
  row = write_line (sheet, row, ent_export_document_period (document), ENT_XLSX_SUBTITLE);
  row = write_line (sheet, row, ent_export_document_filter (document), ENT_XLSX_SUBTITLE);
  row = write_line (sheet, row, coverage, ENT_XLSX_WARNING);
  if (!ent_export_document_has_rates (document))
    row = write_line (sheet, row, g_strdup (ent_words_basis (document->query->basis)),
                      ENT_XLSX_SUBTITLE);
  return row + 1;
}

static char *
range_head (const char *words, const EntSummary *summary)
{
  g_autofree char *days = ent_words_day_range_full (summary->range.first, summary->range.last);

  return g_strdup_printf ("%s\n%s", words, days);
}

static void
write_head (EntXlsxSheet *sheet, guint row, const EntExportDocument *document)
{
  guint column = 0;

  ent_xlsx_head_lines (sheet, row, document->compared != NULL ? 2 : 1);
  ent_xlsx_text (sheet, row, column++, C_ ("sheet", "Counter"), ENT_XLSX_HEAD);
  ent_xlsx_text (sheet, row, column++, C_ ("sheet", "Messages"), ENT_XLSX_HEAD_NUMBER);
  if (ent_export_document_has_rates (document))
    {
      ent_xlsx_text (sheet, row, column++, C_ ("sheet", "Numerator"), ENT_XLSX_HEAD_NUMBER);
      ent_xlsx_text (sheet, row, column++, C_ ("sheet", "Denominator"), ENT_XLSX_HEAD_NUMBER);
      ent_xlsx_text (sheet, row, column++, C_ ("sheet", "Percent"), ENT_XLSX_HEAD_NUMBER);
    }
  if (document->compared != NULL)
    {
      g_autofree char *now = range_head (C_ ("sheet", "Compared"), document->current);
      g_autofree char *before = range_head (C_ ("sheet", "Before"), document->compared);

      ent_xlsx_text (sheet, row, column++, now, ENT_XLSX_HEAD_NUMBER);
      ent_xlsx_text (sheet, row, column++, before, ENT_XLSX_HEAD_NUMBER);
      ent_xlsx_text (sheet, row, column++, C_ ("sheet", "Change"), ENT_XLSX_HEAD_NUMBER);
    }
}

static void
write_ratio (EntXlsxSheet *sheet, guint row, const EntExportDocument *document, EntRate rate)
{
  EntRatio ratio =
      ent_counters_rate (&document->summary->totals, rate, document->report->percent_of);
  int tenths = ent_ratio_tenths (ratio);

  ent_xlsx_count (sheet, row, 2, ratio.numerator);
  ent_xlsx_count (sheet, row, 3, ratio.denominator);
  if (tenths != ENT_TENTHS_NONE)
    ent_xlsx_number (sheet, row, 4, tenths / 1000.0,
                     rate == ENT_RATE_READ ? ENT_XLSX_PERCENT_AT_LEAST : ENT_XLSX_PERCENT);
}

static void
write_comparison (
    EntXlsxSheet *sheet, guint row, guint column, const EntExportDocument *document, EntStage stage)
{
  gint64 now = ent_counters_stage (&document->current->totals, stage);
  gint64 before = ent_counters_stage (&document->compared->totals, stage);
  double percent;

  ent_xlsx_count (sheet, row, column, now);
  ent_xlsx_count (sheet, row, column + 1, before);
  if (before <= 0)
    return;
  percent = 100.0 * ((double) now - (double) before) / (double) before;
  percent = (double) (gint64) (percent < 0 ? percent - 0.5 : percent + 0.5);
  ent_xlsx_number (sheet, row, column + 2, percent / 100, ENT_XLSX_CHANGE);
}

static guint
write_cards (EntXlsxSheet *sheet, guint row, const EntExportDocument *document)
{
  gboolean has_rates = ent_export_document_has_rates (document);

  write_head (sheet, row++, document);
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++, row++)
    {
      ent_xlsx_text (sheet, row, 0, ent_words_stage (cards[i].stage), ENT_XLSX_NAME);
      ent_xlsx_count (sheet, row, 1,
                      ent_counters_stage (&document->summary->totals, cards[i].stage));
      if (has_rates && cards[i].rate >= 0)
        write_ratio (sheet, row, document, (EntRate) cards[i].rate);
      if (document->compared != NULL)
        write_comparison (sheet, row, has_rates ? 5 : 2, document, cards[i].stage);
    }
  return row + 1;
}

static guint
write_definition (EntXlsxSheet *sheet, guint row, const char *name, const char *text)
{
  ent_xlsx_text (sheet, row, 0, name, ENT_XLSX_NAME);
  ent_xlsx_text (sheet, row, 1, text, ENT_XLSX_PLAIN);
  return row + 1;
}

static void
write_definitions (EntXlsxSheet *sheet, guint row, const EntExportDocument *document)
{
  ent_xlsx_text (sheet, row++, 0, C_ ("sheet", "What the numbers mean"), ENT_XLSX_SECTION);
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    row = write_definition (sheet, row, ent_words_stage (cards[i].stage),
                            ent_words_stage_help (cards[i].stage));
  for (guint i = 0; ent_export_document_has_rates (document) && i < ENT_N_RATES; i++)
    row = write_definition (sheet, row, ent_words_rate ((EntRate) i),
                            ent_words_rate_definition ((EntRate) i, document->report->percent_of));
  for (guint i = 0; i < ENT_N_COVERAGES; i++)
    row = write_definition (sheet, row, ent_words_coverage ((EntCoverage) i),
                            ent_words_coverage_help ((EntCoverage) i));
}

void
ent_xlsx_write_summary (EntXlsxBook *book,
                        const EntExportDocument *document,
                        EntXlsxSummarySheet *out)
{
  EntXlsxSheet *sheet = ent_xlsx_book_add_sheet (book, C_ ("sheet", "Summary"));
  guint row;

  ent_xlsx_width (sheet, 0, 26);
  for (guint i = 1; i < 8; i++)
    ent_xlsx_width (sheet, i, i >= 5 ? 18 : 14);
  row = write_title (sheet, document);
  row = write_cards (sheet, row, document);
  out->sheet = sheet;
  out->chart_row = row;
  write_definitions (sheet, row + CHART_ROWS, document);
  ent_xlsx_page_habits (sheet, FALSE);
  if (sheet->worksheet != NULL)
    worksheet_gridlines (sheet->worksheet, LXW_HIDE_ALL_GRIDLINES);
}
