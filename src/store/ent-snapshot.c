/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Snapshots: a connection in a read transaction and the table of the same commit, taken
 * together under the store's lock. A snapshot belongs to one thread at a time. */

#include "config.h"

#include "ent-scan-loops.h"
#include "ent-store-private.h"
#include "ent-time.h"

#include <string.h>

/* Idle connections that are kept. */
#define MAX_IDLE 3

/* ---- Taking and giving back ----------------------------------------------------------------- */

static EntDatabase *
take_connection (EntStore *store, GError **error)
{
  EntDatabase *database;

  g_mutex_lock (&store->lock);
  database = g_queue_pop_head (&store->readers);
  g_mutex_unlock (&store->lock);
  if (database != NULL)
    return database;
  return ent_store_connect (store, FALSE, error);
}

static void
give_connection (EntStore *store, EntDatabase *database)
{
  ent_database_rollback (database);
  g_mutex_lock (&store->lock);
  if (!store->closed && store->readers.length < MAX_IDLE)
    g_queue_push_head (&store->readers, g_steal_pointer (&database));
  g_mutex_unlock (&store->lock);
  ent_database_free (database);
}

static EntSnapshot *
snapshot_new (EntStore *store, EntDatabase *database, EntTable *table, EntSources *sources)
{
  EntSnapshot *self = g_new0 (EntSnapshot, 1);

  self->store = g_object_ref (store);
  self->database = database;
  self->table = ent_table_ref (table);
  self->sources = ent_sources_ref (sources);
  return self;
}

EntSnapshot *
ent_store_snapshot (EntStore *self, GError **error)
{
  EntDatabase *database;
  EntSnapshot *snapshot = NULL;
  gint64 before, after;

  g_return_val_if_fail (ENT_IS_STORE (self), NULL);

  database = take_connection (self, error);
  if (database == NULL)
    return NULL;

  g_mutex_lock (&self->lock);
  before = self->table->version;
  if (ent_database_begin_read (database, error) && ent_store_refresh_locked (self, database, error))
    snapshot = snapshot_new (self, database, self->table, self->sources);
  after = self->table->version;
  g_mutex_unlock (&self->lock);

  if (snapshot == NULL)
    give_connection (self, database);
  else if (after != before)
    ent_store_notify (self);
  return snapshot;
}

EntSnapshot *
ent_snapshot_twin (EntSnapshot *self)
{
  EntDatabase *database;
  gint64 version, ignored;

  g_return_val_if_fail (self != NULL, NULL);

  database = take_connection (self->store, NULL);
  if (database == NULL)
    return NULL;
  if (ent_database_begin_read (database, NULL) &&
      ent_store_read_state (database, &version, &ignored, NULL) && version == self->table->version)
    return snapshot_new (self->store, database, self->table, self->sources);
  give_connection (self->store, database);
  return NULL;
}

void
ent_snapshot_free (EntSnapshot *self)
{
  if (self == NULL)
    return;
  give_connection (self->store, self->database);
  ent_table_unref (self->table);
  ent_sources_unref (self->sources);
  g_object_unref (self->store);
  g_free (self);
}

gint64
ent_snapshot_get_data_version (const EntSnapshot *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->table->version;
}

gint64
ent_snapshot_get_last_commit (const EntSnapshot *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->table->last_commit;
}

gint64
ent_snapshot_get_n_messages (const EntSnapshot *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->table->n_live;
}

gboolean
ent_snapshot_extent (EntSnapshot *self, gint64 *first, gint64 *last)
{
  g_return_val_if_fail (self != NULL, FALSE);

  *first = G_MAXINT64;
  *last = G_MININT64;
  for (guint i = 0; i < self->table->n_segments; i++)
    {
      const EntSegmentInfo *info = &self->table->segments[i]->info;

      if (info->n_live == 0)
        continue;
      *first = MIN (*first, info->min_t);
      *last = MAX (*last, info->max_t);
    }
  return self->table->n_live > 0;
}

/* ---- Rows ----------------------------------------------------------------------------------- */

#define SELECT_ROW "SELECT " ENT_ROW_COLUMNS " FROM message WHERE id = ?1"

static void
unref_message (gpointer data)
{
  if (data != NULL)
    ent_message_unref (data);
}

static GPtrArray *
new_messages (guint n)
{
  return g_ptr_array_new_full (n, unref_message);
}

/* NULL without error for a row that is not there. */
static gboolean
read_row (
    EntSnapshot *self, EntStatement *statement, gint64 id, EntMessage **message, GError **error)
{
  EntStep step;

  *message = NULL;
  ent_statement_bind_int64 (statement, 1, id);
  step = ent_statement_step (statement, error);
  if (step == ENT_STEP_ROW)
    *message = ent_row_read (statement, self->store->names, self->sources->items, self->sources->n);
  ent_statement_reset (statement);
  return step != ENT_STEP_ERROR;
}

static GPtrArray *
read_rows (EntSnapshot *self, const guint32 *positions, guint n, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (self->database, SELECT_ROW, error);
  g_autoptr (GPtrArray) rows = new_messages (n);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      EntMessage *message;

      if (!read_row (self, statement, (gint64) positions[i] + 1, &message, error))
        return NULL;
      g_ptr_array_add (rows, message);
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
ent_snapshot_rows (
    EntSnapshot *self, const guint32 *positions, guint n, GCancellable *cancellable, GError **error)
{
  GPtrArray *rows;

  g_return_val_if_fail (self != NULL, NULL);

  if (!ent_check_cancelled (cancellable, error))
    return NULL;
  ent_database_set_cancellable (self->database, cancellable);
  rows = read_rows (self, positions, n, error);
  ent_database_set_cancellable (self->database, NULL);
  return rows;
}

/* ---- Finding an id -------------------------------------------------------------------------- */

typedef struct
{
  guint64 hash;
  guint source;
} Identity;

static void
find_in_block (const EntIdentityBlock *block,
               guint32 base,
               guint n,
               const GArray *identities,
               GArray *positions)
{
  for (guint i = 0; i < identities->len; i++)
    {
      guint64 hash = g_array_index (identities, Identity, i).hash;

      for (guint row = 0; row < n; row++)
        if (block->low[row] == (guint32) hash && block->high[row] == (guint16) (hash >> 32))
          {
            guint32 position = base + row;

            g_array_append_val (positions, position);
          }
    }
}

/* Rows whose hash says that they may have the id, newest first. */
static GArray *
find_candidates (EntSnapshot *self, const char *remote_id, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->database, "SELECT seg, n, data FROM idseg ORDER BY seg DESC", error);
  g_autoptr (GArray) identities = g_array_new (FALSE, FALSE, sizeof (Identity));
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint32));
  EntStep step;

  if (statement == NULL)
    return NULL;
  for (guint i = 1; i <= self->sources->n; i++)
    {
      const Identity identity = { ent_identity_trim (ent_identity_hash (i, remote_id)), i };

      g_array_append_val (identities, identity);
    }
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    {
      gsize size;
      const EntIdentityBlock *block = ent_statement_get_blob (statement, 2, &size);
      gint64 n = ent_statement_get_int64 (statement, 1);

      if (size == sizeof *block && n >= 0 && n <= ENT_SEGMENT_ROWS)
        find_in_block (block, (guint32) ent_statement_get_int64 (statement, 0) * ENT_SEGMENT_ROWS,
                       (guint) n, identities, positions);
    }
  return step == ENT_STEP_DONE ? g_steal_pointer (&positions) : NULL;
}

static GPtrArray *
find_messages (EntSnapshot *self, const char *remote_id, GError **error)
{
  g_autoptr (GArray) positions = find_candidates (self, remote_id, error);
  g_autoptr (GPtrArray) rows = NULL;

  if (positions == NULL)
    return NULL;
  rows = read_rows (self, (const guint32 *) (gpointer) positions->data, positions->len, error);
  if (rows == NULL)
    return NULL;
  for (guint i = rows->len; i-- > 0;)
    {
      const EntMessage *message = g_ptr_array_index (rows, i);

      if (message == NULL || strcmp (message->remote_id, remote_id) != 0)
        g_ptr_array_remove_index (rows, i);
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
ent_snapshot_find (EntSnapshot *self,
                   const char *remote_id,
                   GCancellable *cancellable,
                   GError **error)
{
  GPtrArray *rows;

  g_return_val_if_fail (self != NULL && remote_id != NULL, NULL);

  if (!ent_check_cancelled (cancellable, error))
    return NULL;
  ent_database_set_cancellable (self->database, cancellable);
  rows = find_messages (self, remote_id, error);
  ent_database_set_cancellable (self->database, NULL);
  return rows;
}

/* ---- Conversation --------------------------------------------------------------------------- */

typedef struct
{
  gint64 t;
  guint32 position;
} Moment;

static int
compare_moments (gconstpointer a, gconstpointer b)
{
  const Moment *one = a;
  const Moment *two = b;

  if (one->t != two->t)
    return one->t < two->t ? -1 : 1;
  return one->position < two->position ? -1 : one->position > two->position;
}

/* Rows of a number, with and without the ninth digit where that is the same person. */
static void
find_phone (EntSnapshot *self, const char *phone, GArray *moments)
{
  EntPhonePattern pattern;
  guint64 packed = ent_phone_pack (phone);

  if (!ent_phone_pattern_init (&pattern, phone) || pattern.kind != ENT_PHONE_MATCH_EXACT)
    {
      memset (&pattern, 0, sizeof pattern);
      pattern.kind = ENT_PHONE_MATCH_EXACT;
      pattern.n = 1;
      pattern.value[0] = pattern.value[1] = packed;
    }
  for (guint i = 0; i < self->table->n_segments; i++)
    {
      const EntSegment *segment = self->table->segments[i];
      guint8 any[ENT_SEGMENT_ROWS] __attribute__ ((aligned (16))) = { 0 };
      guint32 rows[ENT_SEGMENT_ROWS];
      guint n;

      if (segment->info.n_live == 0)
        continue;
      ent_loop_or_phones (any, segment->phone, &pattern);
      n = ent_loop_emit (any, 0, rows);
      for (guint j = 0; j < n; j++)
        {
          const Moment moment = { ent_segment_get_time (segment, rows[j]),
                                  i * ENT_SEGMENT_ROWS + rows[j] };

          if (!(segment->status[rows[j]] & ENT_STATUS_HOLE))
            g_array_append_val (moments, moment);
        }
    }
}

/* Addresses that are no numbers: among the rows whose column says so. */
static gboolean
find_address (EntSnapshot *self, const char *address, GArray *moments, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->database, "SELECT id, t FROM message WHERE phone = ?1 AND typeof (phone) = 'text'",
      error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_text (statement, 1, address);
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    {
      const Moment moment = { ent_statement_get_int64 (statement, 1),
                              (guint32) (ent_statement_get_int64 (statement, 0) - 1) };

      g_array_append_val (moments, moment);
    }
  return step == ENT_STEP_DONE;
}

/* The @limit ones around the message itself, which is left out. */
static GArray *
choose_around (const GArray *moments, const EntMessage *message, guint limit)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint32));
  gint64 t = ent_message_get_time (message, NULL);
  guint before = 0;
  guint from, to;

  while (before < moments->len && g_array_index (moments, Moment, before).t < t)
    before++;
  from = before > limit / 2 ? before - limit / 2 : 0;
  to = MIN (moments->len, from + limit + 1);
  from = to > limit + 1 ? MIN (from, to - limit - 1) : 0;
  for (guint i = from; i < to && positions->len < limit; i++)
    {
      guint32 position = g_array_index (moments, Moment, i).position;

      if ((gint64) position + 1 != message->id)
        g_array_append_val (positions, position);
    }
  return positions;
}

GPtrArray *
ent_snapshot_conversation (EntSnapshot *self,
                           const EntMessage *message,
                           guint limit,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GArray) moments = g_array_new (FALSE, FALSE, sizeof (Moment));
  g_autoptr (GArray) positions = NULL;
  const char *phone;
  gboolean good = TRUE;

  g_return_val_if_fail (self != NULL && message != NULL, NULL);

  if (!ent_check_cancelled (cancellable, error))
    return NULL;
  phone = ent_message_get_text (message, ENT_FIELD_PHONE);
  if (phone == NULL || *phone == '\0')
    return new_messages (0);
  if (ent_phone_pack (phone) != 0)
    find_phone (self, phone, moments);
  else
    {
      ent_database_set_cancellable (self->database, cancellable);
      good = find_address (self, phone, moments, error);
      ent_database_set_cancellable (self->database, NULL);
    }
  if (!good)
    return NULL;
  g_array_sort (moments, compare_moments);
  positions = choose_around (moments, message, limit);
  return ent_snapshot_rows (self, (const guint32 *) (gpointer) positions->data, positions->len,
                            cancellable, error);
}

/* ---- Coverage ------------------------------------------------------------------------------- */

EntCoverageMap *
ent_snapshot_coverage_map (EntSnapshot *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return ent_coverage_load (self->database, 0, error);
}

GStrv
ent_snapshot_source_keys (EntSnapshot *self, const char *name)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->sources->n; i++)
    if (g_strcmp0 (self->sources->items[i].name, name) == 0)
      g_strv_builder_add (keys, self->sources->items[i].key);
  return g_strv_builder_end (keys);
}

EntCoverage
ent_snapshot_coverage_at (EntSnapshot *self,
                          const EntMessage *message,
                          gint64 now,
                          const EntZone *zone)
{
  g_autoptr (EntCoverageMap) map = NULL;
  EntStatus status;
  gint64 t;
  EntDay day;
  guint source;

  g_return_val_if_fail (self != NULL && message != NULL && zone != NULL, ENT_COVERAGE_NONE);

  source = ent_sources_find (self->sources, message->source);
  map = source != 0 ? ent_coverage_load (self->database, source, NULL) : NULL;
  if (map == NULL)
    return ENT_COVERAGE_NONE;
  t = ent_message_get_time (message, NULL);
  day = ent_zone_day_of (zone, t);
  status = ent_status_at (ent_message_get_status (message), t, FALSE, now);
  return ent_coverage_map_state (map, source, ent_message_get_channel (message),
                                 ent_zone_day_start (zone, day), ent_zone_day_start (zone, day + 1),
                                 status == ENT_STATUS_QUEUED || status == ENT_STATUS_SENT, now);
}
