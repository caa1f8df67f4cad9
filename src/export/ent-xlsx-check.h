/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a workbook whole? libxlsxwriter does not look whether its temporary files took everything that
 * it wrote. On a disk that is nearly full rows get lost when it copies them, and the room that it
 * then gives back is enough for the rest: a good archive with a sheet that has a hole. One thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Unpacks every part of the archive at @path: the rows of sheet i must be @sheet_bytes[i] long, to
 * the byte, and all else well-formed. Errors: ENT_EXPORT_ERROR_FULL, G_IO_ERROR_CANCELLED. */
gboolean ent_xlsx_check_file (const char *path,
                              const guint64 *sheet_bytes,
                              guint n_sheets,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
