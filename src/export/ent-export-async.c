/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exports of a window: each on a thread of its own, two at a time in the order of asking, progress
 * and result in the main context that asked. */

#include "config.h"

#include "ent-export.h"

#include "ent-export-private.h"

#define PROGRESS_INTERVAL_US 100000
#define LOOK_INTERVAL_US 50000
/* More would only make each of them late. */
#define MAX_RUNNING 2

/* The running exports of this process come first; the rest wait in the order of their tickets. */
static struct
{
  GMutex lock;
  GCond changed;
  guint64 next_ticket;
  GQueue waiting; /* of tickets, the running ones first */
} queue;

/* Shared by the thread and the main context; lives as long as its task. */
typedef struct
{
  GMutex lock;
  /* Under the lock. */
  EntExportProgress latest;
  gboolean scheduled;
  /* Set once. */
  GMainContext *context;
  EntExportProgressFunc func;
  gpointer data;
} Reporter;

typedef struct
{
  EntStore *store;
  EntUserData *user_data;
  EntExportRequest *request;
  Reporter *reporter;
  gint64 last_report; /* monotonic µs; the thread's */
  guint64 ticket;
} Job;

static void
reporter_free (Reporter *self)
{
  g_mutex_clear (&self->lock);
  g_main_context_unref (self->context);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->store);
  g_clear_pointer (&job->user_data, ent_user_data_unref);
  ent_export_request_free (job->request);
  reporter_free (job->reporter);
  g_free (job);
}

/* Main context. Nothing is reported once the task has returned. */
static gboolean
report_cb (gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);
  Reporter *reporter = job->reporter;
  EntExportProgress progress;

  g_mutex_lock (&reporter->lock);
  progress = reporter->latest;
  reporter->scheduled = FALSE;
  g_mutex_unlock (&reporter->lock);
  if (!g_task_get_completed (task))
    reporter->func (&progress, reporter->data);
  return G_SOURCE_REMOVE;
}

static void
schedule (GTask *task, Reporter *reporter, const EntExportProgress *progress)
{
  gboolean needed;

  g_mutex_lock (&reporter->lock);
  reporter->latest = *progress;
  needed = !reporter->scheduled;
  reporter->scheduled = TRUE;
  g_mutex_unlock (&reporter->lock);
  if (!needed)
    return;

  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, report_cb, g_object_ref (task), g_object_unref);
  g_source_attach (source, reporter->context);
}

/* Thread of the export. */
static void
progress_cb (const EntExportProgress *progress, gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);
  gint64 now = g_get_monotonic_time ();
  gboolean is_end = progress->done == 0 || progress->done == progress->total;

  if (job->reporter->func == NULL || (!is_end && now - job->last_report < PROGRESS_INTERVAL_US))
    return;
  job->last_report = now;
  schedule (task, job->reporter, progress);
}

/* Under the lock. */
static gboolean
has_turn (guint64 ticket)
{
  for (guint i = 0; i < MAX_RUNNING; i++)
    {
      const guint64 *first = g_queue_peek_nth (&queue.waiting, i);

      if (first != NULL && *first == ticket)
        return TRUE;
    }
  return FALSE;
}

/* FALSE when cancelled while waiting. */
static gboolean
wait_for_turn (guint64 ticket, GCancellable *cancellable)
{
  gboolean mine;

  g_mutex_lock (&queue.lock);
  while (!has_turn (ticket) && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&queue.changed, &queue.lock, g_get_monotonic_time () + LOOK_INTERVAL_US);
  mine = !g_cancellable_is_cancelled (cancellable);
  g_mutex_unlock (&queue.lock);
  return mine;
}

static void
enter_queue (Job *job)
{
  g_mutex_lock (&queue.lock);
  job->ticket = ++queue.next_ticket;
  g_queue_push_tail (&queue.waiting, &job->ticket);
  g_mutex_unlock (&queue.lock);
}

static void
leave_queue (Job *job)
{
  g_mutex_lock (&queue.lock);
  g_queue_remove (&queue.waiting, &job->ticket);
  g_cond_broadcast (&queue.changed);
  g_mutex_unlock (&queue.lock);
}

static gpointer
export_in_worker (gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (EntExportHistory) history = ent_export_history_new (job->user_data, job->request);
  EntExportResult *result = NULL;
  GError *error = NULL;

  ent_export_history_queued (history);
  progress_cb (&(EntExportProgress){ history->record->id, ENT_EXPORT_QUEUED, 0, 0 }, task);
  if (wait_for_turn (job->ticket, cancellable))
    result = ent_export_run_with_history (job->store, job->user_data, job->request, progress_cb,
                                          task, history, cancellable, &error);
  else
    {
      g_cancellable_set_error_if_cancelled (cancellable, &error);
      ent_export_history_failed (history, error);
    }
  leave_queue (job);

  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) ent_export_result_free);
  else
    g_task_return_error (task, error);
  return NULL;
}

void
ent_export_run_async (EntStore *store,
                      EntUserData *user_data,
                      const EntExportRequest *request,
                      EntExportProgressFunc progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer callback_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (ENT_IS_STORE (store));
  g_return_if_fail (request != NULL);

  task = g_task_new (store, cancellable, callback, callback_data);
  g_task_set_source_tag (task, ent_export_run_async);
  /* The file is there or not: a cancellation that comes too late is no cancellation. */
  g_task_set_check_cancellable (task, FALSE);
  job = g_new0 (Job, 1);
  job->store = g_object_ref (store);
  job->user_data = user_data != NULL ? ent_user_data_ref (user_data) : NULL;
  job->request = ent_export_request_copy (request);
  job->reporter = g_new0 (Reporter, 1);
  g_mutex_init (&job->reporter->lock);
  job->reporter->context = g_main_context_ref_thread_default ();
  job->reporter->func = progress;
  job->reporter->data = progress_data;
  g_task_set_task_data (task, job, job_free);
  enter_queue (job);
  g_thread_unref (g_thread_new ("export", export_in_worker, g_steal_pointer (&task)));
}

EntExportResult *
ent_export_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
