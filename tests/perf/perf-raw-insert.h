/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same rows into a bare table: one prepared INSERT, no key but the row id, no index, no
 * journal, no waiting for the disk, nothing looked up. The floor under any ingestion with SQLite.
 */
#pragma once

#include "perf-data.h"

G_BEGIN_DECLS

typedef struct _PerfRawInsert PerfRawInsert;

/* @path is made anew. */
PerfRawInsert *perf_raw_insert_new (const char *path, GError **error);
void perf_raw_insert_free (PerfRawInsert *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PerfRawInsert, perf_raw_insert_free)

/* One transaction. */
gboolean perf_raw_insert_rows (PerfRawInsert *self, const PerfRow *rows, guint n, GError **error);

G_END_DECLS
