/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The asynchronous face of the store: each call is a GTask whose work runs on the query
 * worker (scans, sorts) or the page worker (short jobs), each over a snapshot of its own.
 * Called from, and answering in, any main context. */

#include "config.h"

#include "ent-store-private.h"

typedef struct _Request Request;
typedef gpointer (*RequestFunc) (Request *self, EntSnapshot *snapshot, GError **error);

/* What a task needs on the worker. Owned by the task. */
struct _Request
{
  RequestFunc func;
  GDestroyNotify free_result;
  GCancellable *cancellable; /* the caller's, and cancelled by the next of its kind */
  GCancellable *callers;
  gulong callers_id;

  EntReport *report;
  EntQuery *query;
  EntSort sort;
  EntBy by;
  EntFilterField field;
  gint64 now;
  guint32 *positions;
  guint n;
  EntMessage *message;
};

static void
request_free (gpointer data)
{
  Request *self = data;

  if (self->callers != NULL)
    g_cancellable_disconnect (self->callers, self->callers_id);
  g_clear_object (&self->callers);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->report, ent_report_free);
  g_clear_pointer (&self->query, ent_query_free);
  g_clear_pointer (&self->message, ent_message_unref);
  g_free (self->positions);
  g_free (self);
}

static void
forward_cancel_cb (GCancellable *callers, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
run_in_worker (gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *self = g_task_get_task_data (task);
  EntStore *store = g_task_get_source_object (task);
  g_autoptr (EntSnapshot) snapshot = NULL;
  GError *error = NULL;
  gpointer result = NULL;

  if (ent_check_cancelled (self->cancellable, &error))
    snapshot = ent_store_snapshot (store, &error);
  if (snapshot != NULL)
    result = self->func (self, snapshot, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, self->free_result);
  else
    g_task_return_error (task, error);
}

/* A task whose request is still to be filled in. */
static GTask *
new_task (EntStore *store,
          gpointer tag,
          RequestFunc func,
          GDestroyNotify free_result,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->func = func;
  request->free_result = free_result;
  request->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      request->callers = g_object_ref (cancellable);
      request->callers_id =
          g_cancellable_connect (cancellable, G_CALLBACK (forward_cancel_cb),
                                 g_object_ref (request->cancellable), g_object_unref);
    }
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, request, request_free);
  return task;
}

/* Ends the running request of that kind: its answer is no longer wanted. */
static void
replace_running (EntStore *store, EntRequest kind, GCancellable *cancellable)
{
  g_autoptr (GCancellable) old = NULL;

  g_mutex_lock (&store->lock);
  old = store->running[kind];
  store->running[kind] = g_object_ref (cancellable);
  g_mutex_unlock (&store->lock);
  if (old != NULL)
    g_cancellable_cancel (old);
}

static void
start (EntWorker *worker, GTask *task)
{
  EntStore *store = g_task_get_source_object (task);

  if (store->closed)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The store was closed");
      g_object_unref (task);
      return;
    }
  ent_worker_push (worker, run_in_worker, task);
}

/* ---- Overview ------------------------------------------------------------------------------- */

void
ent_overview_free (EntOverview *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->summary, ent_summary_unref);
  g_clear_pointer (&self->compared, ent_summary_unref);
  g_clear_pointer (&self->current, ent_summary_unref);
  g_free (self);
}

static gboolean
add_comparison (EntOverview *overview, Request *self, EntSnapshot *snapshot, GError **error)
{
  g_autoptr (EntQuery) query = ent_query_copy (self->query);
  EntRange current, previous;

  if (!ent_range_comparison (&self->query->range, self->query->zone, self->now,
                             self->report->compare == ENT_COMPARE_SAME_WEEKDAYS, &current,
                             &previous))
    return TRUE;
  query->range = current;
  overview->current =
      ent_snapshot_summarise (snapshot, query, self->report->by, self->cancellable, error);
  if (overview->current == NULL)
    return FALSE;
  query->range = previous;
  overview->compared =
      ent_snapshot_summarise (snapshot, query, self->report->by, self->cancellable, error);
  return overview->compared != NULL;
}

static gpointer
make_overview (Request *self, EntSnapshot *snapshot, GError **error)
{
  g_autoptr (EntOverview) overview = g_new0 (EntOverview, 1);

  self->query = ent_query_new (self->report, self->now);
  overview->summary =
      ent_snapshot_summarise (snapshot, self->query, self->report->by, self->cancellable, error);
  if (overview->summary == NULL)
    return NULL;
  if (self->report->compare != ENT_COMPARE_NONE &&
      !add_comparison (overview, self, snapshot, error))
    return NULL;
  return g_steal_pointer (&overview);
}

void
ent_store_overview_async (EntStore *self,
                          const EntReport *report,
                          gint64 now,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (ENT_IS_STORE (self));
  g_return_if_fail (report != NULL);

  task = new_task (self, ent_store_overview_async, make_overview,
                   (GDestroyNotify) ent_overview_free, cancellable, callback, user_data);
  request = g_task_get_task_data (task);
  request->report = ent_report_copy (report);
  request->now = now;
  replace_running (self, ENT_REQUEST_OVERVIEW, request->cancellable);
  start (self->query_worker, task);
}

EntOverview *
ent_store_overview_finish (EntStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Selection, count, summary -------------------------------------------------------------- */

static gpointer
make_selection (Request *self, EntSnapshot *snapshot, GError **error)
{
  return ent_snapshot_select (snapshot, self->query, self->sort, self->cancellable, error);
}

void
ent_store_select_async (EntStore *self,
                        const EntQuery *query,
                        EntSort sort,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (ENT_IS_STORE (self));
  g_return_if_fail (query != NULL);

  task = new_task (self, ent_store_select_async, make_selection,
                   (GDestroyNotify) ent_selection_unref, cancellable, callback, user_data);
  request = g_task_get_task_data (task);
  request->query = ent_query_copy (query);
  request->sort = sort;
  replace_running (self, ENT_REQUEST_SELECT, request->cancellable);
  start (self->query_worker, task);
}

EntSelection *
ent_store_select_finish (EntStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
make_count (Request *self, EntSnapshot *snapshot, GError **error)
{
  gint64 count = ent_snapshot_count (snapshot, self->query, self->cancellable, error);

  return count < 0 ? NULL : g_memdup2 (&count, sizeof count);
}

void
ent_store_count_async (EntStore *self,
                       const EntQuery *query,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (ENT_IS_STORE (self));
  g_return_if_fail (query != NULL);

  task =
      new_task (self, ent_store_count_async, make_count, g_free, cancellable, callback, user_data);
  request = g_task_get_task_data (task);
  request->query = ent_query_copy (query);
  replace_running (self, ENT_REQUEST_COUNT, request->cancellable);
  start (self->query_worker, task);
}

gint64
ent_store_count_finish (EntStore *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *count = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  count = g_task_propagate_pointer (G_TASK (result), error);
  return count != NULL ? *count : -1;
}

static gpointer
make_summary (Request *self, EntSnapshot *snapshot, GError **error)
{
  return ent_snapshot_summarise (snapshot, self->query, self->by, self->cancellable, error);
}

void
ent_store_summarise_async (EntStore *self,
                           const EntQuery *query,
                           EntBy by,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (ENT_IS_STORE (self));
  g_return_if_fail (query != NULL);

  task = new_task (self, ent_store_summarise_async, make_summary,
                   (GDestroyNotify) ent_summary_unref, cancellable, callback, user_data);
  request = g_task_get_task_data (task);
  request->query = ent_query_copy (query);
  request->by = by;
  start (self->query_worker, task);
}

EntSummary *
ent_store_summarise_finish (EntStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
make_insight (Request *self, EntSnapshot *snapshot, GError **error)
{
  EntInsight insight;

  if (!ent_snapshot_insight (snapshot, self->query, &insight, self->cancellable, error))
    return NULL;
  return g_memdup2 (&insight, sizeof insight);
}

void
ent_store_insight_async (EntStore *self,
                         const EntQuery *query,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (ENT_IS_STORE (self));
  g_return_if_fail (query != NULL);

  task = new_task (self, ent_store_insight_async, make_insight, g_free, cancellable, callback,
                   user_data);
  request = g_task_get_task_data (task);
  request->query = ent_query_copy (query);
  start (self->query_worker, task);
}

EntInsight *
ent_store_insight_finish (EntStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Rows, conversation, values ------------------------------------------------------------- */

static gpointer
make_rows (Request *self, EntSnapshot *snapshot, GError **error)
{
  return ent_snapshot_rows (snapshot, self->positions, self->n, self->cancellable, error);
}

void
ent_store_rows_async (EntStore *self,
                      const guint32 *positions,
                      guint n,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (ENT_IS_STORE (self));
  g_return_if_fail (positions != NULL || n == 0);

  task = new_task (self, ent_store_rows_async, make_rows, (GDestroyNotify) g_ptr_array_unref,
                   cancellable, callback, user_data);
  request = g_task_get_task_data (task);
  request->positions = g_memdup2 (positions, n * sizeof *positions);
  request->n = n;
  start (self->page_worker, task);
}

GPtrArray *
ent_store_rows_finish (EntStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
make_conversation (Request *self, EntSnapshot *snapshot, GError **error)
{
  return ent_snapshot_conversation (snapshot, self->message, self->n, self->cancellable, error);
}

void
ent_store_conversation_async (EntStore *self,
                              EntMessage *message,
                              guint limit,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (ENT_IS_STORE (self));
  g_return_if_fail (message != NULL);

  task = new_task (self, ent_store_conversation_async, make_conversation,
                   (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
  request = g_task_get_task_data (task);
  request->message = ent_message_ref (message);
  request->n = limit;
  start (self->page_worker, task);
}

GPtrArray *
ent_store_conversation_finish (EntStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
make_values (Request *self, EntSnapshot *snapshot, GError **error)
{
  return ent_snapshot_values (snapshot, self->query, self->field, self->cancellable, error);
}

void
ent_store_values_async (EntStore *self,
                        const EntQuery *query,
                        EntFilterField field,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (ENT_IS_STORE (self));
  g_return_if_fail (query != NULL);

  task = new_task (self, ent_store_values_async, make_values, (GDestroyNotify) g_array_unref,
                   cancellable, callback, user_data);
  request = g_task_get_task_data (task);
  request->query = ent_query_copy (query);
  request->field = field;
  start (self->page_worker, task);
}

GArray *
ent_store_values_finish (EntStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
