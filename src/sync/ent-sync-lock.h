/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One synchronisation of a data folder at a time, whatever the process. Fetch thread. */
#pragma once

#include "ent-sync.h"

G_BEGIN_DECLS

typedef struct _EntSyncLock EntSyncLock;

/* LOCKED with who holds it, unless @wait: then blocks until it is free or @cancellable ends it.
 * The lock goes with the process, however that ends. (transfer full) */
EntSyncLock *ent_sync_lock_acquire (const char *data_dir,
                                    gboolean wait,
                                    GCancellable *cancellable,
                                    GError **error);
void ent_sync_lock_release (EntSyncLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSyncLock, ent_sync_lock_release)

G_END_DECLS
