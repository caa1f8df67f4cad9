/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sheets a workbook has, in which order. Lives on the thread of its export. */

#include "config.h"

#include "ent-xlsx-document.h"

#include "ent-xlsx-check.h"
#include "ent-xlsx-sheets.h"

#include <unistd.h>

EntXlsxLimits
ent_xlsx_limits_default (void)
{
  EntXlsxLimits limits = { ENT_XLSX_MAX_ROWS };
  const char *text = g_getenv ("ENTREGA_XLSX_ROWS");
  guint64 rows;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 2, ENT_XLSX_MAX_ROWS, &rows, NULL))
    limits.rows = (guint) rows;
  return limits;
}

/* A dimension that no message has says nothing: a sheet of "(no carrier)" alone is left out. */
static gboolean
is_worth_a_sheet (const EntExportDocument *document, const EntSummary *summary)
{
  if (summary->by == document->report->by || ent_by_is_time (summary->by))
    return TRUE;
  return summary->n_rows > 1 || (summary->n_rows == 1 && *summary->rows[0].key != '\0');
}

static gboolean
write_breakdown (EntXlsxBook *book,
                 EntExportDocument *document,
                 EntBy by,
                 EntXlsxChartSource *charted,
                 GError **error)
{
  g_autoptr (EntSummary) summary = NULL;

  if (by == document->report->by)
    summary = ent_summary_ref (document->summary);
  else
    summary = ent_export_document_summarise (document, by, error);
  if (summary == NULL)
    return FALSE;
  if (is_worth_a_sheet (document, summary))
    ent_xlsx_write_table (book, document, summary, charted);
  return ent_xlsx_book_check (book, error);
}

/* Days always, another time grain where the report has it, then every dimension. */
static gboolean
write_breakdowns (EntXlsxBook *book,
                  EntExportDocument *document,
                  EntXlsxChartSource *charted,
                  GError **error)
{
  EntBy by = document->report->by;
  gboolean other_grain = ent_by_is_time (by) && by != ENT_BY_DAY;

  if (other_grain && !write_breakdown (book, document, by, charted, error))
    return FALSE;
  if (!write_breakdown (book, document, ENT_BY_DAY, other_grain ? NULL : charted, error))
    return FALSE;
  for (guint i = ENT_BY_SUBACCOUNT; i < ENT_N_BYS; i++)
    if (!write_breakdown (book, document, (EntBy) i, NULL, error))
      return FALSE;
  return ent_export_document_tick (document, 0, error);
}

static gboolean
write_sheets (EntXlsxBook *book, EntExportDocument *document, GError **error)
{
  EntXlsxSummarySheet front = { 0 };
  EntXlsxChartSource charted = { 0 };
  g_autoptr (EntXlsxSheet) sheet = NULL;
  gboolean ok;

  ent_xlsx_write_summary (book, document, &front);
  sheet = front.sheet;
  ok = write_breakdowns (book, document, &charted, error);
  if (ok)
    ent_xlsx_insert_chart (sheet, front.chart_row, 0, &charted);
  g_free (charted.sheet);
  if (!ok)
    return FALSE;
  if (document->report->view == ENT_VIEW_CONSOLIDATED)
    document->rows_written = document->summary->n_rows;
  else if (!ent_xlsx_write_detailed (book, document, error))
    return FALSE;
  ent_xlsx_write_provenance (book, document);
  return ent_xlsx_book_finish (book, error);
}

gboolean
ent_xlsx_write_document_within (EntExportDocument *document,
                                const char *path,
                                const EntXlsxLimits *limits,
                                GError **error)
{
  g_autoptr (EntXlsxBook) book = ent_xlsx_book_new (document, path, limits, error);

  if (book == NULL || !write_sheets (book, document, error))
    return FALSE;
  return ent_xlsx_check_file (path, (const guint64 *) (gpointer) book->sheet_bytes->data,
                              book->sheet_bytes->len, document->cancellable, error);
}

gboolean
ent_xlsx_write_document (EntExportDocument *document, int fd, const char *path, GError **error)
{
  EntXlsxLimits limits = ent_xlsx_limits_default ();

  return ent_xlsx_write_document_within (document, path, &limits, error);
}
