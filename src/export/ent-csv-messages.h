/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the detailed report as CSV. Many of them are made by two threads, each with
 * connection, cells and buffer of its own; the file's bytes are those that one would write. */
#pragma once

#include "ent-csv.h"

G_BEGIN_DECLS

/* The messages that @reader has left, as @csv writes them. The thread of the export. */
gboolean ent_csv_write_messages (EntExportDocument *document,
                                 EntRowReader *reader,
                                 EntCsv *csv,
                                 GError **error);

G_END_DECLS
