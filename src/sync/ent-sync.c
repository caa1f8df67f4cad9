/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synchronising all sources, one after the other, under the lock of the data folder. What fails
 * for one source does not keep the next from being asked; what fails in the store ends it.
 * ent_sync_run blocks the thread that calls it; ent_sync_run_async starts the fetch thread, which
 * lives for one synchronisation. The object belongs to the main context that made it. */
#include "config.h"

#include "ent-sync.h"

#include "ent-sync-job.h"
#include "ent-sync-lock.h"
#include "ent-sync-monitor.h"
#include "ent-sync-sources.h"

#include <locale.h>

struct _EntSync
{
  GObject parent_instance;

  /* Set once. */
  EntStore *store;
  EntUserData *user_data;
  EntSyncMonitor *monitor;

  /* Set before a run; read by the running thread. */
  EntSyncProgressFunc progress_func;
  gpointer progress_data;

  /* Main context only. */
  guint n_running;
};

enum
{
  PROP_RUNNING = 1,
  N_PROPS,
};

enum
{
  SIGNAL_PROGRESS,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntSync, ent_sync, G_TYPE_OBJECT)

/* ---- Running: the fetch thread, or whoever calls ent_sync_run ------------------------------- */

typedef struct
{
  EntSync *sync;
  const EntSyncOptions *options;
  GCancellable *cancellable;
  EntZone *zone;
  gint64 from;
  gint64 to;
  EntSyncProgress progress;
} Run;

static void
publish_in_worker (const EntSyncProgress *progress, gpointer user_data)
{
  EntSync *self = user_data;

  ent_sync_monitor_publish (self->monitor, progress);
  if (self->progress_func != NULL)
    self->progress_func (progress, self->progress_data);
}

static EntSyncResult *
new_result (const EntSourceRecord *record)
{
  EntSyncResult *result = g_new0 (EntSyncResult, 1);

  result->source_key = g_strdup (record->key);
  result->source_name = g_strdup (record->name);
  result->answers_from = ENT_TIME_NONE;
  return result;
}

static gboolean
ask_source (Run *run, const EntSourceRecord *record, EntSyncResult *result, GError **error)
{
  g_autoptr (EntSource) source = NULL;
  EntSyncJob job = {
    .store = run->sync->store,
    .zone = run->zone,
    .from = run->from,
    .to = run->to,
    .result = result,
    .progress = &run->progress,
    .publish = publish_in_worker,
    .publish_data = run->sync,
  };

  source =
      ent_sync_open_source (record, run->options->session_credentials, run->cancellable, error);
  if (source == NULL)
    return FALSE;
  job.source = source;
  return ent_sync_job_run (&job, run->cancellable, error);
}

/* One source, with what is noted about it. FALSE: user.db cannot be written. */
static gboolean
run_source (Run *run, const EntSourceRecord *record, EntSyncResult *result, GError **error)
{
  g_free (run->progress.source_name);
  run->progress.source_name = g_strdup (record->name);
  run->progress.state = ENT_SYNC_RUNNING;
  run->progress.retry_at = 0;
  publish_in_worker (&run->progress, run->sync);

  if (!ent_sync_note_attempt (run->sync->user_data, record->key, TRUE, NULL, error))
    return FALSE;
  ask_source (run, record, result, &result->error);
  return ent_sync_note_attempt (run->sync->user_data, record->key, FALSE, result->error, error);
}

static gboolean
ends_all (const GError *error)
{
  return error != NULL && (error->domain == ENT_STORE_ERROR ||
                           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static gboolean
sum_up (const GPtrArray *sources, const GPtrArray *results, GError **error)
{
  guint failed = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const EntSyncResult *result = g_ptr_array_index (results, i);

      if (result->error == NULL)
        continue;
      failed++;
      if (sources->len == 1 || ends_all (result->error))
        {
          g_propagate_error (error, g_error_copy (result->error));
          return FALSE;
        }
    }
  if (failed == 0)
    return TRUE;
  if (failed == sources->len)
    {
      /* Nothing at all was done: no part of it went well. The first says why. */
      g_propagate_error (error,
                         g_error_copy (((EntSyncResult *) g_ptr_array_index (results, 0))->error));
      return FALSE;
    }
  g_set_error (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_PARTLY,
               "%u of %u sources could not be synchronised", failed, sources->len);
  return FALSE;
}

static gboolean
run_sources (Run *run, GPtrArray *results, GError **error)
{
  g_autoptr (GPtrArray) sources =
      ent_sync_find_sources (run->sync->user_data, run->options->only_source, error);

  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    {
      const EntSourceRecord *record = g_ptr_array_index (sources, i);
      EntSyncResult *result = new_result (record);

      g_ptr_array_add (results, result);
      if (!run_source (run, record, result, error))
        return FALSE;
      if (ends_all (result->error))
        break;
    }
  return sum_up (sources, results, error);
}

static void
init_run (Run *run, EntSync *self, const EntSyncOptions *options, GCancellable *cancellable)
{
  /* A struct of zeros asks for nothing by hand, too. */
  gboolean by_rules = options->from == 0 && options->to == 0;

  *run = (Run){
    .sync = self,
    .options = options,
    .cancellable = cancellable,
    .zone = ent_zone_new_default (setlocale (LC_MESSAGES, NULL)),
    .from = by_rules ? ENT_TIME_NONE : options->from,
    .to = by_rules ? ENT_TIME_NONE : options->to,
  };
}

static gboolean
run_locked (EntSync *self,
            const EntSyncOptions *options,
            GCancellable *cancellable,
            GPtrArray *results,
            GError **error)
{
  g_autoptr (EntSyncLock) lock = NULL;
  gboolean done;
  Run run;

  if (ent_store_is_read_only (self->store))
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READONLY,
                   "The data folder cannot be written");
      return FALSE;
    }
  lock = ent_sync_lock_acquire (ent_store_get_data_dir (self->store), options->wait, cancellable,
                                error);
  if (lock == NULL)
    return FALSE;

  init_run (&run, self, options, cancellable);
  done = run_sources (&run, results, error);
  run.progress.state = ENT_SYNC_IDLE;
  run.progress.retry_at = 0;
  g_clear_pointer (&run.progress.source_name, g_free);
  publish_in_worker (&run.progress, self);
  ent_zone_unref (run.zone);
  return done;
}

static GPtrArray *
new_results (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ent_sync_result_free);
}

gboolean
ent_sync_run (EntSync *self,
              const EntSyncOptions *options,
              GCancellable *cancellable,
              GPtrArray **results,
              GError **error)
{
  g_autoptr (GPtrArray) made = new_results ();
  gboolean done;

  g_return_val_if_fail (ENT_IS_SYNC (self), FALSE);
  g_return_val_if_fail (options != NULL, FALSE);

  done = run_locked (self, options, cancellable, made, error);
  if (results != NULL)
    *results = g_steal_pointer (&made);
  return done;
}

/* ---- Running in the background -------------------------------------------------------------- */

/* What the fetch thread works on; it owns all of it. */
typedef struct
{
  EntSync *sync;
  EntSyncOptions options;
  GPtrArray *results;
} Background;

static GHashTable *
copy_credentials (GHashTable *credentials)
{
  GHashTable *copy;
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  if (credentials == NULL)
    return NULL;
  copy =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  g_hash_table_iter_init (&iter, credentials);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), json_object_ref (value));
  return copy;
}

static void
background_free (gpointer data)
{
  Background *self = data;

  g_object_unref (self->sync);
  g_free (self->options.only_source);
  g_clear_pointer (&self->options.session_credentials, g_hash_table_unref);
  g_ptr_array_unref (self->results);
  g_free (self);
}

static gpointer
run_in_worker (gpointer data)
{
  g_autoptr (GTask) task = data;
  Background *background = g_task_get_task_data (task);
  GError *error = NULL;

  if (run_locked (background->sync, &background->options, g_task_get_cancellable (task),
                  background->results, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  return NULL;
}

static void
set_running (EntSync *self, int change)
{
  self->n_running = (guint) ((int) self->n_running + change);
  ent_sync_monitor_set_watching (self->monitor, self->n_running > 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/* Whoever asked, to be told once we know ourselves that it is over. */
typedef struct
{
  GThread *thread;
  GAsyncReadyCallback callback;
  gpointer user_data;
} Asker;

static void
finished_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  EntSync *self = ENT_SYNC (object);
  g_autofree Asker *asker = user_data;

  /* It has said its last word; with it gone, the last reference to us is never dropped there. */
  g_thread_join (asker->thread);
  set_running (self, -1);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
  if (asker->callback != NULL)
    asker->callback (object, result, asker->user_data);
}

void
ent_sync_run_async (EntSync *self,
                    const EntSyncOptions *options,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Background *background;
  Asker *asker;

  g_return_if_fail (ENT_IS_SYNC (self));
  g_return_if_fail (options != NULL);

  background = g_new0 (Background, 1);
  background->sync = g_object_ref (self);
  background->options = *options;
  background->options.only_source = g_strdup (options->only_source);
  background->options.session_credentials = copy_credentials (options->session_credentials);
  background->results = new_results ();

  asker = g_new0 (Asker, 1);
  asker->callback = callback;
  asker->user_data = user_data;
  task = g_task_new (self, cancellable, finished_cb, asker);
  g_task_set_source_tag (task, ent_sync_run_async);
  g_task_set_task_data (task, background, background_free);
  /* A cancelled run still has results, and says itself that it was cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  set_running (self, 1);
  asker->thread = g_thread_new ("ent-fetch", run_in_worker, g_steal_pointer (&task));
}

gboolean
ent_sync_run_finish (EntSync *self, GAsyncResult *result, GPtrArray **results, GError **error)
{
  Background *background;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  background = g_task_get_task_data (G_TASK (result));
  if (results != NULL)
    *results = g_ptr_array_ref (background->results);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- The object ----------------------------------------------------------------------------- */

static void
progress_cb (gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_PROGRESS], 0);
}

static void
ent_sync_finalize (GObject *object)
{
  EntSync *self = ENT_SYNC (object);

  ent_sync_monitor_free (self->monitor);
  ent_user_data_unref (self->user_data);
  g_object_unref (self->store);
  G_OBJECT_CLASS (ent_sync_parent_class)->finalize (object);
}

static void
ent_sync_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EntSync *self = ENT_SYNC (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->n_running > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ent_sync_class_init (EntSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ent_sync_finalize;
  object_class->get_property = ent_sync_get_property;

  properties[PROP_RUNNING] =
      g_param_spec_boolean ("running", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", ENT_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
ent_sync_init (EntSync *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->monitor = ent_sync_monitor_new (context, progress_cb, self);
}

/**
 * ent_sync_new:
 * @store: the messages
 * @user_data: the sources
 *
 * Returns: (transfer full): an object for the main context that is the thread's default now
 */
EntSync *
ent_sync_new (EntStore *store, EntUserData *user_data)
{
  EntSync *self = g_object_new (ENT_TYPE_SYNC, NULL);

  self->store = g_object_ref (store);
  self->user_data = ent_user_data_ref (user_data);
  return self;
}

void
ent_sync_get_progress (EntSync *self, EntSyncProgress *progress)
{
  g_return_if_fail (ENT_IS_SYNC (self));

  ent_sync_monitor_get (self->monitor, progress);
}

void
ent_sync_set_progress_func (EntSync *self, EntSyncProgressFunc func, gpointer user_data)
{
  g_return_if_fail (ENT_IS_SYNC (self));

  self->progress_func = func;
  self->progress_data = user_data;
}
