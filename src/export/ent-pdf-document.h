/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The PDF format: the pages of a report as a file with outline, links and metadata.
 * The thread of the export. */
#pragma once

#include "ent-export-document.h"
#include "ent-pdf-paper.h"

G_BEGIN_DECLS

/* See EntExportWriteFunc. Paper by the locale, ENT_PDF_MAX_ROWS messages. */
gboolean
ent_pdf_write_document (EntExportDocument *document, int fd, const char *path, GError **error);
/* The same with other paper and another number of messages. */
gboolean ent_pdf_write_document_on (
    EntExportDocument *document, int fd, EntPdfPaper paper, guint max_rows, GError **error);

G_END_DECLS
