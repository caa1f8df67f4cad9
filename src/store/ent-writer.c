/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer's transaction: the segments that it touches are copied at the first touch,
 * written with the rows, and published with the commit. Everything here belongs to the
 * write worker's thread; the store's table changes under the store's lock. */

#include "config.h"

#include "ent-store-private.h"
#include "ent-writer.h"

#include <string.h>

/* How long readers may keep the log from being emptied before the caller is told. */
#define TRUNCATE_PATIENCE_MS 2000
#define PATIENCE_MS 30000
/* Pages in the log after which it is copied into the database: 16 MB. */
#define CHECKPOINT_PAGES 2048

static int
log_grew_cb (gpointer user_data, sqlite3 *handle, const char *name, int n_pages)
{
  EntWriter *self = user_data;

  self->log_pages = n_pages;
  return SQLITE_OK;
}

EntWriter *
ent_writer_new (EntStore *store, GError **error)
{
  g_autoptr (EntDatabase) database = ent_store_connect (store, TRUE, error);
  EntWriter *self;

  if (database == NULL)
    return NULL;
  self = g_new0 (EntWriter, 1);
  self->store = store;
  self->database = g_steal_pointer (&database);
  self->staged = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) ent_segment_unref);
  /* Copying the log happens after the commit, outside of the lock. */
  sqlite3_wal_hook (ent_database_get_handle (self->database), log_grew_cb, self);
  return self;
}

void
ent_writer_free (EntWriter *self)
{
  if (self == NULL)
    return;
  ent_writer_rollback (self);
  g_clear_pointer (&self->identities, ent_identities_free);
  g_clear_pointer (&self->staged, g_hash_table_unref);
  ent_database_free (self->database);
  g_free (self);
}

/* The setting cannot change inside a transaction. */
static gboolean
set_durable (EntWriter *self, gboolean durable, GError **error)
{
  if (durable == self->durable)
    return TRUE;
  if (!ent_database_exec (self->database,
                          durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL", error))
    return FALSE;
  self->durable = durable;
  return TRUE;
}

gboolean
ent_writer_begin (EntWriter *self, gboolean durable, GError **error)
{
  EntStore *store = self->store;
  gboolean fresh;

  if (!set_durable (self, durable, error) || !ent_database_begin (self->database, error))
    return FALSE;

  g_mutex_lock (&store->lock);
  fresh = ent_store_refresh_locked (store, self->database, error);
  if (fresh)
    {
      self->table = ent_table_ref (store->table);
      self->sources = ent_sources_ref (store->sources);
    }
  g_mutex_unlock (&store->lock);
  if (!fresh)
    {
      ent_database_rollback (self->database);
      return FALSE;
    }
  self->n_rows = self->table->n_rows;
  self->new_sources = FALSE;
  return TRUE;
}

/* ---- Staging -------------------------------------------------------------------------------- */

EntSegment *
ent_writer_stage (EntWriter *self, guint segment)
{
  EntSegment *staged = g_hash_table_lookup (self->staged, GUINT_TO_POINTER (segment));

  if (staged != NULL)
    return staged;
  staged = segment < self->table->n_segments ? ent_segment_copy (self->table->segments[segment])
                                             : ent_segment_new (0);
  g_hash_table_insert (self->staged, GUINT_TO_POINTER (segment), staged);
  return staged;
}

void
ent_writer_put (EntWriter *self, guint32 position, const EntPacked *packed)
{
  guint segment = position >> ENT_SEGMENT_SHIFT;

  /* Rows come one behind the other: most are of the segment before. */
  if (self->last_staged == NULL || self->last_index != segment)
    {
      self->last_staged = ent_writer_stage (self, segment);
      self->last_index = segment;
    }
  ent_segment_put (self->last_staged, position & (ENT_SEGMENT_ROWS - 1), packed);
}

static gboolean
write_segment (EntWriter *self, guint index, EntSegment *segment, GError **error)
{
  g_autoptr (EntStatement) update = ent_database_prepare (
      self->database, "UPDATE colseg SET version = ?2, n = ?3, data = ?4 WHERE seg = ?1", error);
  g_autoptr (EntStatement) insert = NULL;
  EntStatement *statement = update;

  if (update == NULL)
    return FALSE;
  /* An old row of the same size is overwritten where it lies, page by page, and only pages
   * that differ are written. */
  for (int round = 0; round < 2; round++)
    {
      ent_statement_bind_int64 (statement, 1, index);
      ent_statement_bind_int64 (statement, 2, segment->version);
      ent_statement_bind_int64 (statement, 3, segment->info.n);
      ent_statement_bind_blob (statement, 4, segment->info.n_live > 0 ? segment->block : NULL,
                               segment->block_size);
      if (!ent_statement_run (statement, error))
        return FALSE;
      if (round == 1 || sqlite3_changes (ent_database_get_handle (self->database)) > 0)
        return TRUE;
      insert = ent_database_prepare (
          self->database, "INSERT INTO colseg (seg, version, n, data) VALUES (?1, ?2, ?3, ?4)",
          error);
      if (insert == NULL)
        return FALSE;
      statement = insert;
    }
  return TRUE;
}

static gboolean
write_identities (EntWriter *self, guint index, GError **error)
{
  const EntIdentityBlock *block =
      self->identities != NULL ? ent_identities_get_open_block (self->identities, index) : NULL;
  g_autoptr (EntStatement) statement = NULL;
  guint32 base = index << ENT_SEGMENT_SHIFT;

  if (block == NULL || self->n_rows <= self->table->n_rows)
    return TRUE;
  statement = ent_database_prepare (self->database,
                                    "INSERT INTO idseg (seg, n, data) VALUES (?1, ?2, ?3)"
                                    " ON CONFLICT (seg) DO UPDATE SET n = ?2, data = ?3",
                                    error);
  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, index);
  ent_statement_bind_int64 (statement, 2, MIN (self->n_rows - base, ENT_SEGMENT_ROWS));
  ent_statement_bind_blob (statement, 3, block, sizeof *block);
  return ent_statement_run (statement, error);
}

/* Filters of groups that this transaction has filled. */
static gboolean
write_filters (EntWriter *self, GError **error)
{
  g_autoptr (EntStatement) statement = NULL;
  guint n_groups = self->identities != NULL ? ent_identities_get_n_groups (self->identities) : 0;

  for (guint group = 0; group < n_groups; group++)
    {
      gsize size;
      const void *data = ent_identities_get_new_filter (self->identities, group, &size);

      if (data == NULL)
        continue;
      statement = ent_database_prepare (
          self->database, "INSERT OR REPLACE INTO idfilter (grp, data) VALUES (?1, ?2)", error);
      if (statement == NULL)
        return FALSE;
      ent_statement_bind_int64 (statement, 1, group);
      ent_statement_bind_blob (statement, 2, data, size);
      if (!ent_statement_run (statement, error))
        return FALSE;
      g_clear_pointer (&statement, ent_statement_release);
    }
  return TRUE;
}

static EntTable *
write_columns (EntWriter *self, gint64 version, GError **error)
{
  g_autoptr (EntTable) table = NULL;
  guint n_segments = (self->n_rows + ENT_SEGMENT_ROWS - 1) >> ENT_SEGMENT_SHIFT;
  GHashTableIter iter;
  gpointer key, value;

  table = ent_table_copy (self->table, n_segments);
  g_hash_table_iter_init (&iter, self->staged);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint index = GPOINTER_TO_UINT (key);
      EntSegment *segment = value;

      ent_segment_seal (segment);
      segment->version = version;
      if (!write_segment (self, index, segment, error) || !write_identities (self, index, error))
        return NULL;
      ent_table_take (table, index, ent_segment_ref (segment));
    }
  return g_steal_pointer (&table);
}

static gboolean
write_state (EntWriter *self, gint64 version, gint64 now, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->database, "UPDATE state SET commit_no = ?1, last_commit = ?2", error);

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, version);
  ent_statement_bind_int64 (statement, 2, now);
  return ent_statement_run (statement, error);
}

/* ---- End of a transaction ------------------------------------------------------------------- */

static void
forget (EntWriter *self)
{
  g_hash_table_remove_all (self->staged);
  self->last_staged = NULL;
  g_clear_pointer (&self->table, ent_table_unref);
  g_clear_pointer (&self->sources, ent_sources_unref);
}

void
ent_writer_rollback (EntWriter *self)
{
  ent_database_rollback (self->database);
  if (self->table == NULL)
    return;
  for (int kind = 0; kind < ENT_N_DIMENSIONS; kind++)
    ent_dimensions_truncate (self->store->names, (EntDimensionKind) kind,
                             self->table->n_names[kind]);
  if (self->identities != NULL)
    ent_identities_truncate (
        self->identities, MIN (self->table->n_rows, ent_identities_get_n_rows (self->identities)));
  forget (self);
}

static void
publish_locked (EntWriter *self, EntTable *table)
{
  EntStore *store = self->store;

  ent_table_unref (store->table);
  store->table = table;
  if (self->new_sources)
    {
      ent_sources_unref (store->sources);
      store->sources = ent_sources_ref (self->sources);
    }
}

/* A failed COMMIT may have persisted all the same: what the database says afterwards is what
 * holds, and the next look at it loads it. */
static gboolean
commit_and_publish (EntWriter *self, EntTable *table, GError **error)
{
  EntStore *store = self->store;
  gboolean done;

  g_mutex_lock (&store->lock);
  done = ent_database_commit (self->database, error);
  if (done)
    publish_locked (self, ent_table_ref (table));
  g_mutex_unlock (&store->lock);
  return done;
}

static int
empty_log (EntWriter *self, guint patience_ms)
{
  int n_left = 0;
  int code;

  ent_database_set_patience (self->database, patience_ms);
  code = sqlite3_wal_checkpoint_v2 (ent_database_get_handle (self->database), NULL,
                                    SQLITE_CHECKPOINT_TRUNCATE, &n_left, NULL);
  ent_database_set_patience (self->database, PATIENCE_MS);
  if (code == SQLITE_OK && n_left != 0)
    code = SQLITE_BUSY;
  self->log_has_erased = code != SQLITE_OK;
  if (code == SQLITE_OK)
    self->log_pages = 0;
  return code;
}

static void
checkpoint_when_long (EntWriter *self)
{
  if (self->log_has_erased && empty_log (self, 0) == SQLITE_OK)
    return;
  if (self->log_pages < CHECKPOINT_PAGES)
    return;
  /* Readers may keep a part of it; the next commit tries again. */
  sqlite3_wal_checkpoint_v2 (ent_database_get_handle (self->database), NULL,
                             SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  self->log_pages = 0;
}

gboolean
ent_writer_commit (EntWriter *self, gint64 now, GError **error)
{
  g_autoptr (EntTable) table = NULL;
  gint64 version = self->table->version + 1;
  gboolean done;

  table = write_columns (self, version, error);
  if (table == NULL || !write_filters (self, error) || !write_state (self, version, now, error))
    {
      ent_writer_rollback (self);
      return FALSE;
    }
  table->version = version;
  table->last_commit = now;
  for (int kind = 0; kind < ENT_N_DIMENSIONS; kind++)
    table->n_names[kind] = ent_dimensions_get_last (self->store->names, (EntDimensionKind) kind);
  ent_table_seal (table);

  done = commit_and_publish (self, table, error);
  if (!done)
    {
      ent_writer_rollback (self);
      return FALSE;
    }
  if (self->identities != NULL)
    ent_identities_settle (self->identities);
  forget (self);
  checkpoint_when_long (self);
  ent_store_notify (self->store);
  return TRUE;
}

gboolean
ent_writer_truncate_log (EntWriter *self, GError **error)
{
  int code = empty_log (self, TRUNCATE_PATIENCE_MS);

  if (code == SQLITE_OK)
    return TRUE;
  ent_database_set_error (self->database, code, "Could not empty the write-ahead log", error);
  return FALSE;
}
