/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages one after the other in the order of a list of positions, for files of millions of
 * rows: rows that follow each other in the table are stepped through instead of looked up, what
 * the packed columns know is taken from them, and nothing is copied. Belongs to the thread of its
 * snapshot. */
#pragma once

#include "ent-snapshot.h"

G_BEGIN_DECLS

typedef struct _EntRowCursor EntRowCursor;

/* @snapshot, @positions: not owned, must outlive it. @columns: those that the messages will be
 * asked for, other fields may be missing; NULL: all of the detailed report's. @cancellable:
 * (nullable), ends a step soon after it is cancelled. (transfer full) */
EntRowCursor *ent_row_cursor_new (EntSnapshot *snapshot,
                                  const guint32 *positions,
                                  guint n,
                                  const EntColumn *columns,
                                  guint n_columns,
                                  GCancellable *cancellable);
void ent_row_cursor_free (EntRowCursor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntRowCursor, ent_row_cursor_free)

/* Goes on with other positions; what it has read makes the way there short. */
void ent_row_cursor_move (EntRowCursor *self, const guint32 *positions, guint n);
/* The next message that is there. It and its texts are the cursor's and change with the next call:
 * who keeps it copies it. NULL at the end, and with @error set on failure. */
const EntMessage *ent_row_cursor_next (EntRowCursor *self, GError **error);

G_END_DECLS
