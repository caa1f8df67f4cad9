/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the database to the packed columns: everything at the start, what is newer after
 * another process has committed, and a segment counted anew from its rows. On whichever
 * thread holds the connection; the store's lock is held by the caller. */

#include "config.h"

#include "ent-memory.h"
#include "ent-store-private.h"

#include <string.h>

EntSources *
ent_sources_new (guint n)
{
  EntSources *self = g_new0 (EntSources, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n = n;
  self->items = g_new0 (EntSourceName, MAX (n, 1));
  return self;
}

EntSources *
ent_sources_ref (EntSources *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_sources_unref (EntSources *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n; i++)
    {
      g_free ((char *) self->items[i].key);
      g_free ((char *) self->items[i].name);
    }
  g_free (self->items);
  g_free (self);
}

guint
ent_sources_find (const EntSources *self, const char *key)
{
  for (guint i = 0; i < self->n; i++)
    if (strcmp (self->items[i].key, key) == 0)
      return i + 1;
  return 0;
}

gboolean
ent_store_read_state (EntDatabase *database, gint64 *version, gint64 *last_commit, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (database, "SELECT commit_no, last_commit FROM state", error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  step = ent_statement_step (statement, error);
  if (step == ENT_STEP_DONE)
    g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT,
                         "The database has lost its state");
  if (step != ENT_STEP_ROW)
    return FALSE;
  *version = ent_statement_get_int64 (statement, 0);
  *last_commit = ent_statement_get_int64 (statement, 1);
  return TRUE;
}

static EntSources *
load_sources (EntDatabase *database, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (database, "SELECT n, key, name FROM source ORDER BY n", error);
  g_autoptr (EntSources) sources = NULL;
  gint64 n = 0;
  guint i = 0;
  EntStep step;

  if (statement == NULL ||
      !ent_database_query_int64 (database, "SELECT count(*) FROM source", &n, error))
    return NULL;
  sources = ent_sources_new ((guint) n);
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW && i < sources->n)
    {
      if (ent_statement_get_int64 (statement, 0) != i + 1)
        break;
      sources->items[i].key = ent_statement_dup_text (statement, 1);
      sources->items[i].name = ent_statement_dup_text (statement, 2);
      i++;
    }
  if (step == ENT_STEP_ERROR)
    return NULL;
  if (i != sources->n)
    {
      g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT,
                           "The list of sources has gaps");
      return NULL;
    }
  return g_steal_pointer (&sources);
}

static gboolean
load_names (EntDatabase *database, EntDimensions *names, EntDimensionKind kind, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      database, "SELECT n, id, name FROM dimension WHERE kind = ?1 AND n > ?2 ORDER BY n", error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, kind);
  ent_statement_bind_int64 (statement, 2, ent_dimensions_get_last (names, kind));
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    if (ent_dimensions_add (names, kind, ent_statement_get_text (statement, 1),
                            ent_statement_get_text (statement, 2)) !=
        ent_statement_get_int64 (statement, 0))
      {
        g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT,
                             "The list of names has gaps");
        return FALSE;
      }
  return step == ENT_STEP_DONE;
}

/* ---- Counting anew -------------------------------------------------------------------------- */

static void
pack_message (EntStatement *statement, EntDimensions *names, EntPacked *packed)
{
  /* Numbers of names are taken from the row as they stand; the source too, whatever key it
   * has. */
  const EntSourceName anyone = { "?", NULL };
  guint source = ent_row_read_source (statement);
  g_autofree EntSourceName *sources = g_new (EntSourceName, MAX (source, 1));
  g_autoptr (EntMessage) message = NULL;
  EntRowImage image;
  EntRowNames numbers = { { 0 } };

  for (guint i = 0; i < source; i++)
    sources[i] = anyone;
  message = ent_row_read (statement, names, sources, source);
  if (message == NULL)
    message = ent_message_new ("?", "?");
  ent_row_image_from_message (&image, message, source);
  for (int i = 0; i < ENT_N_COLUMN_DIMENSIONS; i++)
    numbers.numbers[i] = (guint32) ent_statement_get_int64 (statement, 12 + i);
  ent_row_pack (&image, &numbers, packed);
}

EntSegment *
ent_store_recount_segment (
    EntDatabase *database, EntDimensions *names, guint segment, guint32 n, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      database, "SELECT " ENT_ROW_COLUMNS " FROM message WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
      error);
  g_autoptr (EntSegment) counted = NULL;
  gint64 base = (gint64) segment * ENT_SEGMENT_ROWS;
  EntStep step;

  if (statement == NULL)
    return NULL;
  counted = ent_segment_new (0);
  ent_statement_bind_int64 (statement, 1, base + 1);
  ent_statement_bind_int64 (statement, 2, base + ENT_SEGMENT_ROWS);
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    {
      guint row = (guint) (ent_statement_get_int64 (statement, 0) - base - 1);
      EntPacked packed;

      while (counted->info.n < row)
        ent_segment_put_hole (counted, counted->info.n);
      pack_message (statement, names, &packed);
      ent_segment_put (counted, row, &packed);
    }
  if (step == ENT_STEP_ERROR)
    return NULL;
  while (counted->info.n < n)
    ent_segment_put_hole (counted, counted->info.n);
  ent_segment_seal (counted);
  return g_steal_pointer (&counted);
}

/* ---- Loading -------------------------------------------------------------------------------- */

/* Reads blobs one after the other without looking each up by SQL. */
typedef struct
{
  EntDatabase *database;
  sqlite3_blob *blob;
} BlobReader;

static void
blob_reader_clear (BlobReader *self)
{
  sqlite3_blob_close (self->blob);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BlobReader, blob_reader_clear)

/* NULL without error where the value has another type than a blob. */
static guint8 *
read_blob (BlobReader *self, gint64 row, gsize *size, GError **error)
{
  sqlite3 *handle = ent_database_get_handle (self->database);
  guint8 *data;
  int code;

  if (self->blob == NULL)
    code = sqlite3_blob_open (handle, "main", "colseg", "data", row, 0, &self->blob);
  else
    code = sqlite3_blob_reopen (self->blob, row);
  if (code == SQLITE_OK)
    {
      *size = (gsize) sqlite3_blob_bytes (self->blob);
      data = ent_memory_new (*size);
      code = sqlite3_blob_read (self->blob, data, (int) *size, 0);
      if (code == SQLITE_OK)
        return data;
      ent_memory_free (data, *size);
    }
  ent_database_set_error (self->database, code, "Could not read packed columns", error);
  return NULL;
}

typedef struct
{
  gint64 seg;
  gint64 version;
  gint64 n;
  gboolean empty;
} SegmentRow;

/* Which segments the transaction sees that are newer than @version. */
static GArray *
list_segments (EntDatabase *database, gint64 version, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (database,
                            "SELECT seg, version, n, data IS NULL FROM colseg"
                            " WHERE version > ?1 ORDER BY seg DESC",
                            error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (SegmentRow));
  EntStep step;

  if (statement == NULL)
    return NULL;
  ent_statement_bind_int64 (statement, 1, version);
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    {
      const SegmentRow row = { ent_statement_get_int64 (statement, 0),
                               ent_statement_get_int64 (statement, 1),
                               ent_statement_get_int64 (statement, 2),
                               ent_statement_get_int64 (statement, 3) != 0 };

      g_array_append_val (rows, row);
    }
  return step == ENT_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

/* A segment whose header makes no sense is counted anew from its rows, so that a damaged or
 * differently laid out column costs time and nothing else. */
static EntSegment *
load_segment (BlobReader *reader, EntDimensions *names, const SegmentRow *row, GError **error)
{
  EntSegment *segment = NULL;
  guint8 *data = NULL;
  gsize size = 0;

  if (row->n < 0 || row->n > ENT_SEGMENT_ROWS)
    {
      g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT,
                           "A segment has too many rows");
      return NULL;
    }
  if (!row->empty)
    {
      data = read_blob (reader, row->seg, &size, error);
      if (data == NULL)
        return NULL;
    }
  segment = ent_segment_new_for_block (data, size, (guint32) row->n, row->version);
  if (segment == NULL)
    {
      segment = ent_store_recount_segment (reader->database, names, (guint) row->seg,
                                           (guint32) row->n, error);
      if (segment != NULL)
        segment->version = row->version;
    }
  return segment;
}

/* Segments that two threads load, each over a connection of its own, taking the next one in
 * turn. */
typedef struct
{
  EntStore *store;
  gint64 version; /* the commit that both must see */
  const GArray *rows;
  EntSegment **loaded; /* by index of row; NULL: not loaded */
  int next;            /* atomic */
} Loading;

/* Fewer segments are not worth a second thread. */
#define SHARED_FROM 64

static gboolean
load_in_turn (Loading *self, EntDatabase *database, GError **error)
{
  g_auto (BlobReader) reader = { database, NULL };
  guint i;

  while ((i = (guint) g_atomic_int_add (&self->next, 1)) < self->rows->len)
    {
      self->loaded[i] = load_segment (&reader, self->store->names,
                                      &g_array_index (self->rows, SegmentRow, i), error);
      if (self->loaded[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

/* What fails here is left to the first thread, which then says why. */
static gpointer
help_loading (gpointer data)
{
  Loading *self = data;
  g_autoptr (EntDatabase) database = ent_store_connect (self->store, FALSE, NULL);
  gint64 version, ignored;

  if (database == NULL || !ent_database_begin_read (database, NULL))
    return NULL;
  if (ent_store_read_state (database, &version, &ignored, NULL) && version == self->version)
    load_in_turn (self, database, NULL);
  ent_database_rollback (database);
  return NULL;
}

static gboolean
load_segments (Loading *self, EntDatabase *database, GError **error)
{
  g_autoptr (GThread) helper = NULL;
  g_auto (BlobReader) reader = { database, NULL };
  gboolean good;

  if (self->rows->len >= SHARED_FROM)
    helper = g_thread_try_new ("store-load", help_loading, self, NULL);
  good = load_in_turn (self, database, error);
  if (helper != NULL)
    g_thread_join (g_steal_pointer (&helper));
  for (guint i = 0; i < self->rows->len && good; i++)
    if (self->loaded[i] == NULL)
      {
        self->loaded[i] = load_segment (&reader, self->store->names,
                                        &g_array_index (self->rows, SegmentRow, i), error);
        good = self->loaded[i] != NULL;
      }
  return good;
}

static gboolean
set_gaps_error (GError **error)
{
  g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT,
                       "The packed columns have gaps");
  return FALSE;
}

/* The numbers of segments and their sizes leave no hole. */
static gboolean
check_rows (const EntTable *old, const GArray *rows, guint *n, GError **error)
{
  gint64 last = rows->len > 0 ? g_array_index (rows, SegmentRow, 0).seg : -1;
  gint64 lowest = rows->len > 0 ? g_array_index (rows, SegmentRow, rows->len - 1).seg : 0;

  if (lowest < 0 || last >= (gint64) old->n_segments + rows->len)
    return set_gaps_error (error);
  *n = (guint) MAX (old->n_segments, last + 1);
  return TRUE;
}

static EntTable *
make_table (const EntTable *old, const GArray *rows, guint n, EntSegment **loaded, GError **error)
{
  g_autoptr (EntTable) table = ent_table_copy (old, n);

  for (guint i = 0; i < rows->len; i++)
    ent_table_take (table, (guint) g_array_index (rows, SegmentRow, i).seg,
                    g_steal_pointer (&loaded[i]));
  for (guint i = 0; i < n; i++)
    if (table->segments[i] == NULL || (i + 1 < n && table->segments[i]->info.n != ENT_SEGMENT_ROWS))
      {
        set_gaps_error (error);
        return NULL;
      }
  return g_steal_pointer (&table);
}

static EntTable *
load_table (EntStore *self, EntDatabase *database, gint64 version, GError **error)
{
  g_autoptr (GArray) rows = list_segments (database, self->table->version, error);
  Loading loading = { self, version, rows, NULL, 0 };
  EntTable *table = NULL;
  guint n;

  if (rows == NULL || !check_rows (self->table, rows, &n, error))
    return NULL;
  loading.loaded = g_new0 (EntSegment *, rows->len + 1);
  if (load_segments (&loading, database, error))
    table = make_table (self->table, rows, n, loading.loaded, error);
  for (guint i = 0; i < rows->len; i++)
    g_clear_pointer (&loading.loaded[i], ent_segment_unref);
  g_free (loading.loaded);
  return table;
}

gboolean
ent_store_refresh_locked (EntStore *self, EntDatabase *database, GError **error)
{
  g_autoptr (EntTable) table = NULL;
  g_autoptr (EntSources) sources = NULL;
  gint64 version, last_commit;

  if (!ent_store_read_state (database, &version, &last_commit, error))
    return FALSE;
  if (version == self->table->version)
    return TRUE;
  if (version < self->table->version)
    {
      g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CONFLICT,
                           "The database was replaced by an older one");
      return FALSE;
    }

  for (int kind = 0; kind < ENT_N_DIMENSIONS; kind++)
    if (!load_names (database, self->names, (EntDimensionKind) kind, error))
      return FALSE;
  sources = load_sources (database, error);
  if (sources == NULL)
    return FALSE;
  table = load_table (self, database, version, error);
  if (table == NULL)
    return FALSE;
  table->version = version;
  table->last_commit = last_commit;
  for (int kind = 0; kind < ENT_N_DIMENSIONS; kind++)
    table->n_names[kind] = ent_dimensions_get_last (self->names, (EntDimensionKind) kind);
  ent_table_seal (table);

  ent_table_unref (self->table);
  self->table = g_steal_pointer (&table);
  ent_sources_unref (self->sources);
  self->sources = g_steal_pointer (&sources);
  return TRUE;
}
