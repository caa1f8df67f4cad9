/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and closing, lists, synchronising; see the header. Sources are in
 * ent-engine-sources.c, the sample data in ent-engine-sample.c. Main thread. */
#include "config.h"

#include "ent-engine.h"

#include "ent-engine-private.h"
#include "ent-words.h"

enum
{
  PROP_0,
  PROP_SYNCING,
  N_PROPS,
};

enum
{
  SIGNAL_SYNC_FINISHED = ENT_N_ENGINE_LISTS,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntEngine, ent_engine, G_TYPE_OBJECT)

/* ---- Opening ---- */

static void
open_user_data_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  EntUserData *user_data = ent_user_data_open (data, &error);
  g_autoptr (GPtrArray) starters = NULL;

  if (user_data == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* What an earlier run left half done, templates to learn from on the first start, and today's
   * backup; none of them stops us from starting. */
  ent_user_data_settle_exports (user_data, NULL);
  starters = ent_words_starters ();
  ent_user_data_add_starters (user_data, starters, ent_clock_now (), NULL);
  ent_user_data_backup (user_data, ent_clock_now (), NULL);
  g_task_return_pointer (task, user_data, (GDestroyNotify) ent_user_data_unref);
}

static void
user_data_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EntEngine *self = ENT_ENGINE (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  self->user_data = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->user_data == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->sync = ent_sync_new (self->store, self->user_data);
  for (guint list = 0; list < ENT_N_ENGINE_LISTS; list++)
    ent_engine_reload (self, (EntEngineList) list);
  g_task_return_boolean (task, TRUE);
}

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GTask) next = NULL;
  EntEngine *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->store = ent_store_open_finish (result, &error);
  if (self->store == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  next = g_task_new (self, NULL, user_data_opened_cb, g_steal_pointer (&task));
  g_task_set_task_data (next, g_strdup (self->data_dir), g_free);
  g_task_run_in_thread (next, open_user_data_in_worker);
}

/* ---- Lists ---- */

typedef struct
{
  EntUserData *user_data;
  EntEngineList list;
} Reload;

static void
reload_free (gpointer data)
{
  Reload *reload = data;

  ent_user_data_unref (reload->user_data);
  g_free (reload);
}

static void
reload_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reload *reload = data;
  GError *error = NULL;
  GPtrArray *list = NULL;

  switch (reload->list)
    {
    case ENT_ENGINE_SOURCES:
      list = ent_user_data_list_sources (reload->user_data, &error);
      break;
    case ENT_ENGINE_TEMPLATES:
      list = ent_user_data_list_templates (reload->user_data, &error);
      break;
    case ENT_ENGINE_EXPORTS:
      /* Of another program, which was killed meanwhile. */
      ent_user_data_settle_exports (reload->user_data, NULL);
      list = ent_user_data_list_exports (reload->user_data, &error);
      break;
    default:
      g_assert_not_reached ();
    }
  if (list == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
}

/* A list that cannot be read stays as it was; the store's own trouble is told elsewhere. */
static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EntEngine *self = ENT_ENGINE (source);
  Reload *reload = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  GPtrArray *list = g_task_propagate_pointer (G_TASK (result), &error);

  if (list == NULL)
    {
      g_message ("A list of the user's data could not be read: %s", error->message);
      return;
    }
  g_ptr_array_unref (self->lists[reload->list]);
  self->lists[reload->list] = list;
  self->have_list[reload->list] = TRUE;
  g_signal_emit (self, signals[reload->list], 0);
}

/* ---- Jobs ---- */

typedef struct
{
  EntUserData *user_data;
  EntEngineList list;
  EntEngineJob job;
  gpointer data;
  GDestroyNotify destroy;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  ent_user_data_unref (job->user_data);
  if (job->destroy != NULL)
    job->destroy (job->data);
  g_free (job);
}

static void
job_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (job->job (job->user_data, job->data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
job_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (ent_engine_is_open (ENT_ENGINE (source)))
    ent_engine_reload (ENT_ENGINE (source), job->list);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- Synchronising ---- */

static void
synchronised_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntEngine) self = data;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  ent_sync_run_finish (ENT_SYNC (source), result, &results, &error);
  g_clear_object (&self->sync_cancellable);
  g_clear_error (&self->sync_error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->sync_error = g_error_copy (error);
  if (!ent_engine_is_open (self))
    return;
  ent_engine_reload (self, ENT_ENGINE_SOURCES);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCING]);
  g_signal_emit (self, signals[SIGNAL_SYNC_FINISHED], 0, results, error);
}

/* ---- GObject ---- */

static void
ent_engine_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SYNCING)
    g_value_set_boolean (value, ent_engine_is_syncing (ENT_ENGINE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ent_engine_finalize (GObject *object)
{
  EntEngine *self = ENT_ENGINE (object);

  ent_engine_close (self);
  for (guint list = 0; list < ENT_N_ENGINE_LISTS; list++)
    g_clear_pointer (&self->lists[list], g_ptr_array_unref);
  g_clear_pointer (&self->session_credentials, g_hash_table_unref);
  g_clear_error (&self->sync_error);
  g_free (self->data_dir);
  G_OBJECT_CLASS (ent_engine_parent_class)->finalize (object);
}

static void
ent_engine_class_init (EntEngineClass *klass)
{
  static const char *const names[ENT_N_ENGINE_LISTS] = {
    "sources-changed",
    "templates-changed",
    "exports-changed",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ent_engine_get_property;
  object_class->finalize = ent_engine_finalize;

  properties[PROP_SYNCING] =
      g_param_spec_boolean ("syncing", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  for (guint i = 0; i < ENT_N_ENGINE_LISTS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SYNC_FINISHED] =
      g_signal_new ("sync-finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
ent_engine_init (EntEngine *self)
{
  for (guint list = 0; list < ENT_N_ENGINE_LISTS; list++)
    self->lists[list] = g_ptr_array_new ();
  self->session_credentials =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
}

/* ---- Public: life ---- */

EntEngine *
ent_engine_new (const char *data_dir)
{
  EntEngine *self = g_object_new (ENT_TYPE_ENGINE, NULL);

  self->data_dir = g_strdup (data_dir);
  return self;
}

const char *
ent_engine_get_data_dir (EntEngine *self)
{
  return self->data_dir;
}

void
ent_engine_open_async (EntEngine *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ent_engine_open_async);
  ent_store_open_async (self->data_dir, NULL, store_opened_cb, task);
}

gboolean
ent_engine_open_finish (EntEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
ent_engine_is_open (EntEngine *self)
{
  return self->sync != NULL;
}

void
ent_engine_close (EntEngine *self)
{
  if (self->sync_cancellable != NULL)
    g_cancellable_cancel (self->sync_cancellable);
  g_clear_pointer (&self->sample, ent_sample_free);
  g_clear_object (&self->sync);
  g_clear_pointer (&self->user_data, ent_user_data_unref);
  if (self->store != NULL)
    ent_store_close (self->store);
  g_clear_object (&self->store);
}

EntStore *
ent_engine_get_store (EntEngine *self)
{
  return self->store;
}

EntUserData *
ent_engine_get_user_data (EntEngine *self)
{
  return self->user_data;
}

EntSync *
ent_engine_get_sync (EntEngine *self)
{
  return self->sync;
}

/* ---- Public: lists and jobs ---- */

GPtrArray *
ent_engine_get_list (EntEngine *self, EntEngineList list)
{
  return self->lists[list];
}

gboolean
ent_engine_has_list (EntEngine *self, EntEngineList list)
{
  return self->have_list[list];
}

void
ent_engine_reload (EntEngine *self, EntEngineList list)
{
  g_autoptr (GTask) task = NULL;
  Reload *reload;

  g_return_if_fail (self->user_data != NULL);

  reload = g_new0 (Reload, 1);
  reload->user_data = ent_user_data_ref (self->user_data);
  reload->list = list;
  task = g_task_new (self, NULL, reloaded_cb, NULL);
  g_task_set_source_tag (task, ent_engine_reload);
  g_task_set_task_data (task, reload, reload_free);
  g_task_run_in_thread (task, reload_in_worker);
}

EntSourceRecord *
ent_engine_find_source (EntEngine *self, const char *key)
{
  GPtrArray *sources = self->lists[ENT_ENGINE_SOURCES];

  for (guint i = 0; i < sources->len; i++)
    {
      EntSourceRecord *record = g_ptr_array_index (sources, i);

      if (g_str_equal (record->key, key))
        return record;
    }
  return NULL;
}

EntSourceRecord *
ent_engine_find_sample (EntEngine *self)
{
  GPtrArray *sources = self->lists[ENT_ENGINE_SOURCES];

  for (guint i = 0; i < sources->len; i++)
    {
      EntSourceRecord *record = g_ptr_array_index (sources, i);

      if (record->sample)
        return record;
    }
  return NULL;
}

gboolean
ent_engine_has_active_source (EntEngine *self)
{
  GPtrArray *sources = self->lists[ENT_ENGINE_SOURCES];

  for (guint i = 0; i < sources->len; i++)
    {
      EntSourceRecord *record = g_ptr_array_index (sources, i);

      if (!record->paused)
        return TRUE;
    }
  return FALSE;
}

void
ent_engine_run_async (EntEngine *self,
                      EntEngineList list,
                      EntEngineJob job,
                      gpointer data,
                      GDestroyNotify destroy,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) worker = NULL;
  GTask *task;
  Job *work;

  g_return_if_fail (self->user_data != NULL);

  work = g_new0 (Job, 1);
  work->user_data = ent_user_data_ref (self->user_data);
  work->list = list;
  work->job = job;
  work->data = data;
  work->destroy = destroy;
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, ent_engine_run_async);
  worker = g_task_new (self, NULL, job_done_cb, task);
  g_task_set_task_data (worker, work, job_free);
  g_task_run_in_thread (worker, job_in_worker);
}

gboolean
ent_engine_run_finish (EntEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- Public: synchronising ---- */

gboolean
ent_engine_is_syncing (EntEngine *self)
{
  return self->sync_cancellable != NULL;
}

void
ent_engine_synchronise (EntEngine *self, const char *only_source)
{
  EntSyncOptions options = {
    .only_source = (char *) only_source,
    .from = ENT_TIME_NONE,
    .to = ENT_TIME_NONE,
    .session_credentials = self->session_credentials,
  };

  g_return_if_fail (ent_engine_is_open (self));

  if (ent_engine_is_syncing (self))
    return;
  self->sync_cancellable = g_cancellable_new ();
  ent_sync_run_async (self->sync, &options, self->sync_cancellable, synchronised_cb,
                      g_object_ref (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCING]);
}

void
ent_engine_cancel_sync (EntEngine *self)
{
  if (self->sync_cancellable != NULL)
    g_cancellable_cancel (self->sync_cancellable);
}

const GError *
ent_engine_get_sync_error (EntEngine *self)
{
  return self->sync_error;
}

gint64
ent_engine_get_last_success (EntEngine *self)
{
  GPtrArray *sources = self->lists[ENT_ENGINE_SOURCES];
  gint64 last = 0;

  for (guint i = 0; i < sources->len; i++)
    {
      EntSourceRecord *record = g_ptr_array_index (sources, i);

      last = MAX (last, record->last_success);
    }
  return last;
}
