/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synchronising one source: plan, read window after window, commit. Blocking; fetch thread. */
#pragma once

#include "ent-sync.h"
#include "ent-time.h"

G_BEGIN_DECLS

typedef void (*EntSyncPublishFunc) (const EntSyncProgress *progress, gpointer user_data);

typedef struct
{
  EntStore *store;
  EntSource *source;
  const EntZone *zone;
  gint64 from; /* ENT_TIME_NONE in both: by the rules */
  gint64 to;
  EntSyncResult *result;     /* names the source; its counts grow */
  EntSyncProgress *progress; /* of the whole synchronisation */
  EntSyncPublishFunc publish;
  gpointer publish_data;
} EntSyncJob;

/* Errors: those of the source and the store, G_IO_ERROR_CANCELLED. What was committed stays. */
gboolean ent_sync_job_run (const EntSyncJob *job, GCancellable *cancellable, GError **error);

G_END_DECLS
