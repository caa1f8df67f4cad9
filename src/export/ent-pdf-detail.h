/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The printed list of messages: the first N rows as texts that fit their columns, read once, drawn
 * page by page in any order. Made on the export's thread; drawn by any one thread. */
#pragma once

#include "ent-export-document.h"
#include "ent-pdf-pen.h"

G_BEGIN_DECLS

typedef struct _EntPdfDetail EntPdfDetail;

/* Reads at most @max_rows messages. Counts rows_written, rows_skipped and what was cut.
 * @width: of the table. (transfer full) */
EntPdfDetail *
ent_pdf_detail_new (EntExportDocument *document, double width, guint max_rows, GError **error);
void ent_pdf_detail_free (EntPdfDetail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntPdfDetail, ent_pdf_detail_free)

guint ent_pdf_detail_get_n_rows (const EntPdfDetail *self);
/* What is printed and what is not, a sentence or two. */
const char *ent_pdf_detail_get_note (const EntPdfDetail *self);
double ent_pdf_detail_head_height (void);
double ent_pdf_detail_row_height (void);
void ent_pdf_detail_draw (
    EntPdfDetail *self, EntPdfPen *pen, double x, double y, double width, guint first, guint n);

G_END_DECLS
