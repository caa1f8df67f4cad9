/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as pages: laid out once, then any page is drawn on any cairo_t, in any order: the
 * PDF file and the window's Print… use the same two calls. Making it reads the store and belongs
 * on the thread of the export's document; afterwards the document may go away, and one thread
 * at a time may draw. Lengths in points, 72 to the inch: GTK_UNIT_POINTS with full pages. */
#pragma once

#include "ent-export-document.h"
#include "ent-pdf-paper.h"

#include <cairo.h>

G_BEGIN_DECLS

/* Messages that are printed at most; the document says how many it left out. */
#define ENT_PDF_MAX_ROWS 100000

typedef struct _EntPdfPages EntPdfPages;

/* @paper: upright; pages with messages lie on its long side. @max_rows: of messages. Counts the
 * document's rows. Errors: those of the store, G_IO_ERROR_CANCELLED. (transfer full) */
EntPdfPages *
ent_pdf_pages_new (EntExportDocument *document, EntPdfPaper paper, guint max_rows, GError **error);
void ent_pdf_pages_free (EntPdfPages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntPdfPages, ent_pdf_pages_free)

guint ent_pdf_pages_get_n (const EntPdfPages *self);
/* Of that page, from 0: width > height where it lies on its long side. */
EntPdfPaper ent_pdf_pages_get_size (const EntPdfPages *self, guint page);
void ent_pdf_pages_draw (EntPdfPages *self, guint page, cairo_t *cr);

/* Links, destinations and structure are drawn too: for PDF surfaces that get all pages. */
void ent_pdf_pages_set_tags (EntPdfPages *self, gboolean tags);

/* For the outline: titles, and the page that each begins on. */
guint ent_pdf_pages_get_n_sections (const EntPdfPages *self);
const char *ent_pdf_pages_get_section (const EntPdfPages *self, guint index, guint *page);
/* For the metadata. */
const char *ent_pdf_pages_get_title (const EntPdfPages *self);
const char *ent_pdf_pages_get_period (const EntPdfPages *self);
const char *ent_pdf_pages_get_digest (const EntPdfPages *self); /* SHA-256 of the inputs */
gint64 ent_pdf_pages_get_created_at (const EntPdfPages *self);

G_END_DECLS
