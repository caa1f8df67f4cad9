/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets of a workbook, each one function. Used by ent-xlsx-document.c only.
 * The thread of the export. */
#pragma once

#include "ent-xlsx-book.h"

G_BEGIN_DECLS

/* Where the numbers of a time table stand, for a chart. */
typedef struct
{
  char *sheet; /* owned; NULL: no table to draw */
  EntBy by;
  guint n_rows; /* from row 1 on */
  gboolean has_rates;
  EntChartStyle style;
  guint series; /* bits 1u << EntStage */
} EntXlsxChartSource;

/* Cards, comparison, definitions; leaves room for a chart, where it says. */
typedef struct
{
  EntXlsxSheet *sheet;
  guint chart_row;
} EntXlsxSummarySheet;
void ent_xlsx_write_summary (EntXlsxBook *book,
                             const EntExportDocument *document,
                             EntXlsxSummarySheet *out);

/* A table of a summary: split over numbered sheets where it is longer than a sheet. @charted:
 * filled for the first sheet; may be NULL. */
void ent_xlsx_write_table (EntXlsxBook *book,
                           const EntExportDocument *document,
                           const EntSummary *summary,
                           EntXlsxChartSource *charted);
/* A native chart of @source at a cell of @sheet. */
void ent_xlsx_insert_chart (EntXlsxSheet *sheet,
                            guint row,
                            guint column,
                            const EntXlsxChartSource *source);

/* All messages: Detailed, or Detailed 1 … n. Counts rows_written. */
gboolean ent_xlsx_write_detailed (EntXlsxBook *book, EntExportDocument *document, GError **error);

void ent_xlsx_write_provenance (EntXlsxBook *book, const EntExportDocument *document);

G_END_DECLS
