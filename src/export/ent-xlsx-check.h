/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a workbook whole? libxlsxwriter does not look whether its temporary files took everything that
 * it wrote, so a disk that fills up and empties again could leave a part cut short inside a good
 * archive. One thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Unpacks every part of the archive at @path and looks at its end. Errors: ENT_EXPORT_ERROR_FAILED,
 * G_IO_ERROR_CANCELLED. */
gboolean ent_xlsx_check_file (const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
