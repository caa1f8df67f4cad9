/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The progress of a synchronisation between the thread that makes it and those who watch. */
#pragma once

#include "ent-sync.h"

G_BEGIN_DECLS

typedef void (*EntSyncMonitorFunc) (gpointer user_data);

typedef struct _EntSyncMonitor EntSyncMonitor;

/* @notify: called in @context, at most ten times a second, while watching is on. */
EntSyncMonitor *
ent_sync_monitor_new (GMainContext *context, EntSyncMonitorFunc notify, gpointer user_data);
/* The notify function is not called any more. Its object's thread. */
void ent_sync_monitor_free (EntSyncMonitor *self);
void ent_sync_monitor_set_watching (EntSyncMonitor *self, gboolean watching);
/* Any thread. */
void ent_sync_monitor_publish (EntSyncMonitor *self, const EntSyncProgress *progress);
void ent_sync_monitor_get (EntSyncMonitor *self, EntSyncProgress *progress);

G_END_DECLS
