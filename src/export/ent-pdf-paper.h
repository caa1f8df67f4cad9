/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets of paper in points (1/72 inch). Plain values; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double width;
  double height;
} EntPdfPaper;

#define ENT_PDF_PAPER_A4 ((EntPdfPaper){ 595, 842 })
#define ENT_PDF_PAPER_LETTER ((EntPdfPaper){ 612, 792 })

/* Whether people where the locale in force is spoken print on Letter. */
gboolean ent_pdf_paper_is_letter (void);
/* Upright, by the locale in force. */
EntPdfPaper ent_pdf_paper_default (void);

G_END_DECLS
