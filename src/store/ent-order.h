/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All rows of a table in order of time, newest first, ties by position: what lists ask for
 * again and again. Made at the first need, carried over from commit to commit: only what was
 * added or has another time is put in anew. Eight bytes a row. Pure. Private to the store. */
#pragma once

#include "ent-columns.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _EntOrder EntOrder;

EntOrder *ent_order_ref (EntOrder *self);
void ent_order_unref (EntOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntOrder, ent_order_unref)

/* @older: the order of another table of the same store, or NULL; of use where it is of an
 * earlier one. NULL when cancelled. */
EntOrder *
ent_order_new (const EntTable *table, EntOrder *older, GCancellable *cancellable, GError **error);
/* Whether it is the order of @table. */
gboolean ent_order_fits (const EntOrder *self, const EntTable *table);

/* The positions of the set bits of @bits (a bit per row of the table), newest first, or
 * oldest first with @ascending; ties by position in both. @out: room for @n. */
void ent_order_emit (const EntOrder *self,
                     const EntTable *table,
                     const guint64 *bits,
                     gboolean ascending,
                     guint32 *out,
                     gsize n);

G_END_DECLS
