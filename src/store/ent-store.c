/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: opening, closing, what any thread may ask, and the way of writes to the write
 * worker. Threads: see ent-store-private.h; the asynchronous calls are in ent-store-async.c.
 *
 *   sync ──ingest──▶ write worker ─┐ commit and change of table under one lock
 *   window ─async──▶ query worker ─┼─▶ snapshot = read transaction + table
 *                    page worker ──┘
 */

#include "config.h"

#include "ent-memory.h"
#include "ent-schema.h"
#include "ent-writer.h"

#include <string.h>

static const int WRITER_CACHE_KIB = 32 * 1024;
static const int READER_CACHE_KIB = 8 * 1024;

enum
{
  PROP_DATA_VERSION = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EntStore, ent_store, G_TYPE_OBJECT)

/* ---- Object --------------------------------------------------------------------------------- */

static void
ent_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DATA_VERSION:
      g_value_set_int64 (value, ent_store_get_data_version (ENT_STORE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ent_store_finalize (GObject *object)
{
  EntStore *self = ENT_STORE (object);

  if (!self->closed && self->write_worker != NULL)
    g_critical ("A store must be closed before it is let go");
  for (guint i = 0; i < ENT_N_REQUESTS; i++)
    g_clear_object (&self->running[i]);
  g_queue_clear_full (&self->readers, (GDestroyNotify) ent_database_free);
  g_clear_pointer (&self->table, ent_table_unref);
  g_clear_pointer (&self->order, ent_order_unref);
  g_clear_pointer (&self->sources, ent_sources_unref);
  g_clear_pointer (&self->names, ent_dimensions_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->lock);
  g_free (self->data_dir);
  g_free (self->path);
  G_OBJECT_CLASS (ent_store_parent_class)->finalize (object);
}

static void
ent_store_class_init (EntStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ent_store_get_property;
  object_class->finalize = ent_store_finalize;
  properties[PROP_DATA_VERSION] =
      g_param_spec_int64 ("data-version", NULL, NULL, 0, G_MAXINT64, 0,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ent_store_init (EntStore *self)
{
  g_mutex_init (&self->lock);
  g_queue_init (&self->readers);
  self->names = ent_dimensions_new ();
  self->table = ent_table_new_empty ();
  self->sources = ent_sources_new (0);
}

/* ---- Opening -------------------------------------------------------------------------------- */

static EntDatabaseSchema
make_schema (int cache_kib)
{
  const EntDatabaseSchema made = {
    .application_id = ENT_MESSAGES_APPLICATION_ID,
    .migrations = ent_messages_migrations,
    .n_migrations = ent_messages_n_migrations,
    .cache_kib = cache_kib,
  };

  return made;
}

EntDatabase *
ent_store_connect (EntStore *self, gboolean for_writing, GError **error)
{
  EntDatabaseSchema wanted = make_schema (for_writing ? WRITER_CACHE_KIB : READER_CACHE_KIB);

  return ent_database_open (self->path, &wanted,
                            for_writing ? ENT_DATABASE_CREATE : ENT_DATABASE_READ_ONLY, error);
}

static gboolean
load (EntStore *self, EntDatabase *database, GError **error)
{
  gboolean loaded;

  if (!ent_database_begin_read (database, error))
    return FALSE;
  g_mutex_lock (&self->lock);
  loaded = ent_store_refresh_locked (self, database, error);
  g_mutex_unlock (&self->lock);
  ent_database_rollback (database);
  return loaded;
}

static EntStore *
open_in_context (const char *data_dir, GMainContext *context, GError **error)
{
  g_autoptr (EntStore) self = g_object_new (ENT_TYPE_STORE, NULL);
  EntWriter *writer;

  self->data_dir = g_strdup (data_dir);
  self->path = g_build_filename (data_dir, ENT_STORE_FILE, NULL);
  self->context = g_main_context_ref (context);
  if (!ent_database_make_dir (data_dir, error))
    return NULL;

  writer = ent_writer_new (self, error);
  if (writer == NULL)
    return NULL;
  self->read_only = ent_database_is_read_only (writer->database);
  if (!load (self, writer->database, error))
    {
      ent_writer_free (writer);
      return NULL;
    }
  self->writer = writer;
  self->write_worker = ent_worker_new ("store-write");
  self->query_worker = ent_worker_new ("store-query");
  self->page_worker = ent_worker_new ("store-page");
  return g_steal_pointer (&self);
}

EntStore *
ent_store_open (const char *data_dir, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_return_val_if_fail (data_dir != NULL, NULL);

  return open_in_context (data_dir, context, error);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  EntStore *self = open_in_context (data, g_task_get_context (task), &error);

  if (self == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    {
      ent_store_close (self);
      g_object_unref (self);
      return;
    }
  g_task_return_pointer (task, self, g_object_unref);
}

void
ent_store_open_async (const char *data_dir,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (data_dir != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ent_store_open_async);
  /* The answer is the thread's to give, so that a store that was opened is never lost open. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (data_dir), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

EntStore *
ent_store_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ent_store_close (EntStore *self)
{
  g_autoptr (GSource) notification = NULL;
  GQueue readers;

  g_return_if_fail (ENT_IS_STORE (self));

  g_mutex_lock (&self->lock);
  if (self->closed)
    {
      g_mutex_unlock (&self->lock);
      return;
    }
  self->closed = TRUE;
  for (guint i = 0; i < ENT_N_REQUESTS; i++)
    if (self->running[i] != NULL)
      g_cancellable_cancel (self->running[i]);
  readers = self->readers;
  g_queue_init (&self->readers);
  notification = g_steal_pointer (&self->notification);
  g_mutex_unlock (&self->lock);
  if (notification != NULL)
    g_source_destroy (notification);

  ent_worker_stop (self->query_worker);
  ent_worker_stop (self->page_worker);
  ent_worker_stop (self->write_worker);
  g_queue_clear_full (&readers, (GDestroyNotify) ent_database_free);
  /* The last connection to be closed copies the log and removes it. */
  ent_writer_free (self->writer);
  self->writer = NULL;
  ent_memory_trim ();
}

char *
ent_store_quarantine (const char *data_dir, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (data_dir != NULL, NULL);

  path = g_build_filename (data_dir, ENT_STORE_FILE, NULL);
  return ent_database_set_aside (path, error);
}

/* ---- State ---------------------------------------------------------------------------------- */

const char *
ent_store_get_data_dir (EntStore *self)
{
  g_return_val_if_fail (ENT_IS_STORE (self), NULL);

  return self->data_dir;
}

gboolean
ent_store_is_read_only (EntStore *self)
{
  g_return_val_if_fail (ENT_IS_STORE (self), TRUE);

  return self->read_only;
}

gint64
ent_store_get_data_version (EntStore *self)
{
  gint64 version;

  g_return_val_if_fail (ENT_IS_STORE (self), 0);

  g_mutex_lock (&self->lock);
  version = self->table->version;
  g_mutex_unlock (&self->lock);
  return version;
}

gsize
ent_store_get_memory (EntStore *self)
{
  g_autoptr (EntTable) table = NULL;

  g_return_val_if_fail (ENT_IS_STORE (self), 0);

  g_mutex_lock (&self->lock);
  table = ent_table_ref (self->table);
  g_mutex_unlock (&self->lock);
  return ent_table_get_memory (table);
}

static gboolean
notify_cb (gpointer user_data)
{
  EntStore *self = user_data;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->notification, g_source_unref);
  g_mutex_unlock (&self->lock);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATA_VERSION]);
  return G_SOURCE_REMOVE;
}

void
ent_store_notify (EntStore *self)
{
  g_mutex_lock (&self->lock);
  /* Many commits before the context runs are one notification. */
  if (self->notification == NULL && !self->closed)
    {
      self->notification = g_idle_source_new ();
      g_source_set_priority (self->notification, G_PRIORITY_DEFAULT);
      g_source_set_callback (self->notification, notify_cb, g_object_ref (self), g_object_unref);
      g_source_attach (self->notification, self->context);
    }
  g_mutex_unlock (&self->lock);
}

void
ent_store_poll (EntStore *self)
{
  /* A snapshot looks for commits of others; taking one costs tens of microseconds. */
  g_autoptr (EntSnapshot) snapshot = NULL;

  g_return_if_fail (ENT_IS_STORE (self));

  snapshot = ent_store_snapshot (self, NULL);
}

/* ---- Writing -------------------------------------------------------------------------------- */

static gboolean
check_writable (EntStore *self, GError **error)
{
  if (!self->read_only)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READONLY, "%s cannot be written",
               self->path);
  return FALSE;
}

typedef struct
{
  EntStore *store;
  EntBatch *batch;
  EntIngestResult *result;
  GError **error;
  gboolean done;
} IngestJob;

static void
ingest_in_worker (gpointer data)
{
  IngestJob *job = data;

  job->done = ent_writer_ingest (job->store->writer, job->batch, job->result, job->error);
}

gboolean
ent_store_ingest (EntStore *self, EntBatch *batch, EntIngestResult *result, GError **error)
{
  g_autoptr (EntBatch) owned = batch;
  EntIngestResult ignored;
  IngestJob job = { self, owned, result != NULL ? result : &ignored, error, FALSE };

  g_return_val_if_fail (ENT_IS_STORE (self), FALSE);
  g_return_val_if_fail (batch != NULL, FALSE);
  g_return_val_if_fail (!self->closed, FALSE);

  if (!check_writable (self, error))
    return FALSE;
  ent_worker_run (self->write_worker, ingest_in_worker, &job);
  return job.done;
}

/* The writer's work for erasing and checking: a function on its thread. */
typedef struct
{
  EntStore *store;
  EntWriterFunc func;
  gpointer data;
} WriterJob;

static void
writer_func_in_worker (gpointer data)
{
  WriterJob *job = data;

  job->func (job->store->writer, job->data);
}

void
ent_store_run_on_writer (EntStore *self, EntWriterFunc func, gpointer data)
{
  WriterJob job = { self, func, data };

  ent_worker_run (self->write_worker, writer_func_in_worker, &job);
}

/* ---- Small questions ------------------------------------------------------------------------ */

char *
ent_store_get_cursor (EntStore *self, const char *source, const char *slot, GError **error)
{
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (EntStatement) statement = NULL;

  g_return_val_if_fail (ENT_IS_STORE (self), NULL);
  g_return_val_if_fail (source != NULL && slot != NULL, NULL);

  snapshot = ent_store_snapshot (self, error);
  if (snapshot == NULL)
    return NULL;
  statement = ent_database_prepare (
      snapshot->database, "SELECT value FROM cursor WHERE source = ?1 AND slot = ?2", error);
  if (statement == NULL)
    return NULL;
  ent_statement_bind_int64 (statement, 1, ent_sources_find (snapshot->sources, source));
  ent_statement_bind_text (statement, 2, slot);
  return ent_statement_step (statement, error) == ENT_STEP_ROW
             ? ent_statement_dup_text (statement, 0)
             : NULL;
}

GStrv
ent_store_list_cursors (EntStore *self, const char *source, GError **error)
{
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (EntStatement) statement = NULL;
  g_autoptr (GStrvBuilder) slots = g_strv_builder_new ();
  EntStep step;

  g_return_val_if_fail (ENT_IS_STORE (self), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  snapshot = ent_store_snapshot (self, error);
  if (snapshot == NULL)
    return NULL;
  statement = ent_database_prepare (
      snapshot->database, "SELECT slot FROM cursor WHERE source = ?1 ORDER BY slot", error);
  if (statement == NULL)
    return NULL;
  ent_statement_bind_int64 (statement, 1, ent_sources_find (snapshot->sources, source));
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    g_strv_builder_add (slots, ent_statement_get_text (statement, 0));
  return step == ENT_STEP_DONE ? g_strv_builder_end (slots) : NULL;
}

EntCoverageMap *
ent_store_get_coverage (EntStore *self, const char *source, GError **error)
{
  g_autoptr (EntSnapshot) snapshot = NULL;
  guint number;

  g_return_val_if_fail (ENT_IS_STORE (self), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  snapshot = ent_store_snapshot (self, error);
  if (snapshot == NULL)
    return NULL;
  number = ent_sources_find (snapshot->sources, source);
  if (number == 0)
    return g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));
  return ent_coverage_load (snapshot->database, number, error);
}

gint64
ent_store_count_quarantine (EntStore *self, const char *source, GError **error)
{
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (EntStatement) statement = NULL;

  g_return_val_if_fail (ENT_IS_STORE (self), -1);

  snapshot = ent_store_snapshot (self, error);
  if (snapshot == NULL)
    return -1;
  statement = ent_database_prepare (
      snapshot->database, "SELECT count(*) FROM quarantine WHERE ?1 IS NULL OR source = ?1", error);
  if (statement == NULL)
    return -1;
  if (source != NULL)
    ent_statement_bind_int64 (statement, 1, ent_sources_find (snapshot->sources, source));
  return ent_statement_step (statement, error) == ENT_STEP_ROW
             ? ent_statement_get_int64 (statement, 0)
             : -1;
}

/* ---- Open days ------------------------------------------------------------------------------ */

static void
mark_days (const EntSegment *segment,
           guint source,
           EntChannel channel,
           const EntZone *zone,
           gint64 from,
           gint64 to,
           gint64 now,
           GHashTable *days)
{
  for (guint row = 0; row < segment->info.n; row++)
    {
      guint8 status = segment->status[row];
      gint64 t;

      if (status & ENT_STATUS_HOLE || (status & ENT_STATUS_BITS) > ENT_STATUS_SENT ||
          ent_segment_get_dim (segment, ENT_DIM_SOURCE, row) != source ||
          (segment->kind[row] & ENT_KIND_CHANNEL) != channel)
        continue;
      t = ent_segment_get_time (segment, row);
      if (t < from || t >= to ||
          ent_status_at ((EntStatus) (status & ENT_STATUS_BITS), t, FALSE, now) ==
              ENT_STATUS_UNCONFIRMED)
        continue;
      g_hash_table_add (days, GINT_TO_POINTER (ent_zone_day_of (zone, t)));
    }
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  EntDay one = *(const EntDay *) a;
  EntDay two = *(const EntDay *) b;

  return one < two ? -1 : one > two;
}

GArray *
ent_store_open_days (EntStore *self,
                     const char *source,
                     EntChannel channel,
                     const EntZone *zone,
                     gint64 from,
                     gint64 to,
                     gint64 now,
                     GError **error)
{
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (GHashTable) days = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  GArray *sorted;
  gpointer key;
  guint number;

  g_return_val_if_fail (ENT_IS_STORE (self), NULL);
  g_return_val_if_fail (source != NULL && zone != NULL, NULL);
  G_STATIC_ASSERT (ENT_STATUS_QUEUED == 0 && ENT_STATUS_SENT == 1);

  snapshot = ent_store_snapshot (self, error);
  if (snapshot == NULL)
    return NULL;
  number = ent_sources_find (snapshot->sources, source);
  for (guint i = 0; number != 0 && i < snapshot->table->n_segments; i++)
    {
      const EntSegment *segment = snapshot->table->segments[i];

      if (segment->info.n_live > 0 && segment->info.max_t >= from && segment->info.min_t < to)
        mark_days (segment, number, channel, zone, from, to, now, days);
    }

  sorted = g_array_new (FALSE, FALSE, sizeof (EntDay));
  g_hash_table_iter_init (&iter, days);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      EntDay day = GPOINTER_TO_INT (key);

      g_array_append_val (sorted, day);
    }
  g_array_sort (sorted, compare_days);
  return sorted;
}
