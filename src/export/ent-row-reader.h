/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matching messages of a query, one after the other, forward only: what every format of
 * the detailed report and the command line's list read. Belongs to the thread that made it;
 * the snapshot must outlive it. */
#pragma once

#include "ent-snapshot.h"

G_BEGIN_DECLS

typedef struct _EntRowReader EntRowReader;

/* @snapshot: (not owned). (transfer full) */
EntRowReader *ent_row_reader_new (EntSnapshot *snapshot,
                                  const EntQuery *query,
                                  EntSort sort,
                                  GCancellable *cancellable,
                                  GError **error);
void ent_row_reader_free (EntRowReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntRowReader, ent_row_reader_free)

/* How many messages match. */
guint ent_row_reader_get_size (const EntRowReader *self);
/* Leaves out the first @n, and ends after @limit more (-1: no limit). Before the first next. */
void ent_row_reader_clip (EntRowReader *self, guint n, gint64 limit);
/* The messages that are left to be read: the index of the first in the list, and how many. */
void ent_row_reader_get_left (const EntRowReader *self, guint *first, guint *n);
/* Goes to the message at @first, and ends after @n more. At any time. */
void ent_row_reader_move (EntRowReader *self, guint first, guint n);
/* The same messages for another thread, over a twin of the snapshot (not owned). (transfer full) */
EntRowReader *ent_row_reader_twin (const EntRowReader *self, EntSnapshot *snapshot);
/* What the messages will be asked for: then other fields need not be read. Before the first next.
 */
void ent_row_reader_use_columns (EntRowReader *self, const EntColumn *columns, guint n);
/* The next message; it and its texts are valid until the next call; who keeps it copies it.
 * @cancellable: the same with each call. NULL at the end, and with @error set on failure. */
const EntMessage *
ent_row_reader_next (EntRowReader *self, GCancellable *cancellable, GError **error);
/* Coverage of the day of @message. */
EntCoverage ent_row_reader_get_coverage (EntRowReader *self, const EntMessage *message);

G_END_DECLS
