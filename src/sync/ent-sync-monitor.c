/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The progress of a synchronisation: written by the fetch thread, read by any, announced in one
 * main context. A change within a tenth of a second of the last announcement waits for the next. */
#include "config.h"

#include "ent-sync-monitor.h"

#define INTERVAL_US 100000

/* What both threads share outlives whichever of them is done first. */
typedef struct
{
  GMutex lock;
  EntSyncProgress progress;
  gboolean watching;
  GSource *pending;          /* an announcement on its way; owned */
  gint64 last_announced;     /* monotonic µs */
  EntSyncMonitorFunc notify; /* NULL: the monitor is gone */
  gpointer user_data;
} Shared;

struct _EntSyncMonitor
{
  GMainContext *context;
  Shared *shared; /* reference-counted box */
};

static void
clear_shared (gpointer data)
{
  Shared *shared = data;

  ent_sync_progress_clear (&shared->progress);
  g_clear_pointer (&shared->pending, g_source_unref);
  g_mutex_clear (&shared->lock);
}

static void
unref_shared (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_shared);
}

static gboolean
announce_cb (gpointer user_data)
{
  Shared *shared = user_data;
  EntSyncMonitorFunc notify;
  gpointer notify_data;

  g_mutex_lock (&shared->lock);
  g_clear_pointer (&shared->pending, g_source_unref);
  shared->last_announced = g_get_monotonic_time ();
  notify = shared->notify;
  notify_data = shared->user_data;
  g_mutex_unlock (&shared->lock);

  /* The monitor goes in this very thread, so it cannot go between here and the call. */
  if (notify != NULL)
    notify (notify_data);
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
schedule (EntSyncMonitor *self)
{
  Shared *shared = self->shared;
  gint64 due = shared->last_announced + INTERVAL_US - g_get_monotonic_time ();

  if (!shared->watching || shared->pending != NULL)
    return;
  shared->pending = g_timeout_source_new ((guint) MAX (due, 0) / 1000);
  g_source_set_callback (shared->pending, announce_cb, g_atomic_rc_box_acquire (shared),
                         unref_shared);
  g_source_attach (shared->pending, self->context);
}

EntSyncMonitor *
ent_sync_monitor_new (GMainContext *context, EntSyncMonitorFunc notify, gpointer user_data)
{
  EntSyncMonitor *self = g_new0 (EntSyncMonitor, 1);

  self->context = g_main_context_ref (context);
  self->shared = g_atomic_rc_box_new0 (Shared);
  g_mutex_init (&self->shared->lock);
  self->shared->notify = notify;
  self->shared->user_data = user_data;
  return self;
}

void
ent_sync_monitor_free (EntSyncMonitor *self)
{
  GSource *pending;

  g_mutex_lock (&self->shared->lock);
  self->shared->notify = NULL;
  self->shared->watching = FALSE;
  pending = g_steal_pointer (&self->shared->pending);
  g_mutex_unlock (&self->shared->lock);

  if (pending != NULL)
    {
      g_source_destroy (pending);
      g_source_unref (pending);
    }
  unref_shared (self->shared);
  g_main_context_unref (self->context);
  g_free (self);
}

void
ent_sync_monitor_set_watching (EntSyncMonitor *self, gboolean watching)
{
  g_mutex_lock (&self->shared->lock);
  self->shared->watching = watching;
  g_mutex_unlock (&self->shared->lock);
}

static void
copy_progress (EntSyncProgress *to, const EntSyncProgress *from)
{
  *to = *from;
  to->source_name = g_strdup (from->source_name);
}

void
ent_sync_monitor_publish (EntSyncMonitor *self, const EntSyncProgress *progress)
{
  g_mutex_lock (&self->shared->lock);
  ent_sync_progress_clear (&self->shared->progress);
  copy_progress (&self->shared->progress, progress);
  schedule (self);
  g_mutex_unlock (&self->shared->lock);
}

void
ent_sync_monitor_get (EntSyncMonitor *self, EntSyncProgress *progress)
{
  g_mutex_lock (&self->shared->lock);
  copy_progress (progress, &self->shared->progress);
  g_mutex_unlock (&self->shared->lock);
}
