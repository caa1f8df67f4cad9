/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of summaries for print: a percentage always stands below its count, with its denominator.
 * Immutable once made; any thread. */
#pragma once

#include "ent-pdf-pen.h"

#include "ent-summary.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_PDF_TABLE_FUNNEL,  /* total, sent, delivered, read, errors, pending, received, coverage */
  ENT_PDF_TABLE_REASONS, /* with what each reason means */
  ENT_PDF_TABLE_SHARES,  /* how many of all */
} EntPdfTableKind;

typedef struct
{
  EntPdfTableKind kind;
  EntSummary *summary; /* owned */
  EntPercentBase percent_of;
  gboolean has_rates;
  GArray *order;    /* guint: rows of the summary that are printed */
  guint n_rest;     /* rows that are not */
  EntCounters rest; /* their sum */
  EntCounters all;  /* the sum of both: the last line */
} EntPdfTable;

/* @max_rows: what is beyond them becomes one line. @whole: print every row, also those that say
 * nothing in this kind of table. */
EntPdfTable *ent_pdf_table_new (EntSummary *summary,
                                EntPdfTableKind kind,
                                EntPercentBase percent_of,
                                gboolean has_rates,
                                guint max_rows,
                                gboolean whole);
void ent_pdf_table_free (EntPdfTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntPdfTable, ent_pdf_table_free)

/* Lines below the head: rows, the rest, the sum. */
guint ent_pdf_table_get_n_lines (const EntPdfTable *self);
double ent_pdf_table_head_height (const EntPdfTable *self);
double ent_pdf_table_line_height (const EntPdfTable *self);
/* The head and @n lines from @first on. */
void ent_pdf_table_draw (const EntPdfTable *self,
                         EntPdfPen *pen,
                         double x,
                         double y,
                         double width,
                         guint first,
                         guint n);

G_END_DECLS
