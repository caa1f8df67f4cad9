/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting by what only the rows hold: texts, stage times. Private to the store.
 * The snapshot's thread. */
#pragma once

#include "ent-store-private.h"

G_BEGIN_DECLS

/* Reads each row's key; positions come in order of id. Seconds; cancellable. */
gboolean ent_snapshot_sort_by_rows (EntSnapshot *self,
                                    guint32 *positions,
                                    gsize n,
                                    EntSort sort,
                                    gint64 now,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
