/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The XLSX format: summary, tables, messages and provenance as sheets of one workbook.
 * The thread of the export. */
#pragma once

#include "ent-export-document.h"
#include "ent-xlsx-book.h"

G_BEGIN_DECLS

/* See EntExportWriteFunc. The environment's ENTREGA_XLSX_ROWS lowers the rows of a sheet, for
 * programs that read fewer than Excel. */
gboolean
ent_xlsx_write_document (EntExportDocument *document, int fd, const char *path, GError **error);
/* The same with other limits. */
gboolean ent_xlsx_write_document_within (EntExportDocument *document,
                                         const char *path,
                                         const EntXlsxLimits *limits,
                                         GError **error);
EntXlsxLimits ent_xlsx_limits_default (void);

G_END_DECLS
