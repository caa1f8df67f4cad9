/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of thousands of short texts, quickly: glyphs and advances of the usual letters are asked of
 * Pango once, and a page's glyphs go to cairo in one call with the text they stand for, so that
 * it can be selected. What has other letters goes through Pango, text by text. The table may be
 * used by another thread than its maker's, by one at a time. */
#pragma once

#include "ent-pdf-pen.h"

G_BEGIN_DECLS

typedef struct _EntPdfGlyphs EntPdfGlyphs;

EntPdfGlyphs *ent_pdf_glyphs_new (EntPdfStyle style);
void ent_pdf_glyphs_free (EntPdfGlyphs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntPdfGlyphs, ent_pdf_glyphs_free)

/* The width of @text, or -1 where it has letters that are not in the table. */
double ent_pdf_glyphs_width (const EntPdfGlyphs *self, const char *text);
/* The longest beginning of @text within @width, an ellipsis included; NULL where all of it fits.
 * Only for texts that have a width. (transfer full) */
char *ent_pdf_glyphs_cut (const EntPdfGlyphs *self, const char *text, double width);

/* What is drawn at once. */
typedef struct _EntPdfRun EntPdfRun;
EntPdfRun *ent_pdf_run_new (void);
void ent_pdf_run_free (EntPdfRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntPdfRun, ent_pdf_run_free)
/* Adds @text with its top at @y, as ent_pdf_pen_text would draw it; FALSE, and nothing added, where
 * it has no width. */
gboolean
ent_pdf_run_add (EntPdfRun *self, const EntPdfGlyphs *glyphs, const char *text, double x, double y);
/* Draws what was added in the style's ink, and forgets it. */
void ent_pdf_run_show (EntPdfRun *self, const EntPdfGlyphs *glyphs, EntPdfPen *pen);

G_END_DECLS
