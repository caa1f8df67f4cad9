/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an observation to its row. The writer's thread, inside its transaction.
 *
 * Most observations are of new messages, and the filter of hashes says so without a look at
 * the disk. Else the key (t, source, rid) finds those with the acceptance time that their
 * row has, a small index those whose row has none yet. The rest, reports without an
 * acceptance time first of all, wait for the end of the batch and are looked for together
 * among the hashes, newest first. */

#include "config.h"

#include "ent-writer.h"

static gboolean
load_has_fallbacks (EntWriter *self, GError **error)
{
  gint64 found = 0;

  if (!ent_database_query_int64 (self->database,
                                 "SELECT 1 FROM message INDEXED BY message_fallback"
                                 " WHERE fallback IS NOT NULL LIMIT 1",
                                 &found, error))
    return FALSE;
  self->has_fallbacks = found != 0;
  return TRUE;
}

/* Filters of whole groups, as far as they are stored and nothing is loaded yet. */
static gboolean
load_filters (EntWriter *self, EntIdentities *identities, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (self->database, "SELECT grp, data FROM idfilter ORDER BY grp", error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    {
      guint32 known = ent_identities_get_n_rows (identities);
      gsize size;
      const void *data = ent_statement_get_blob (statement, 1, &size);

      if (ent_statement_get_int64 (statement, 0) != known / ENT_IDENTITY_GROUP_ROWS ||
          self->table->n_rows - known < ENT_IDENTITY_GROUP_ROWS ||
          !ent_identities_add_filter (identities, data, size))
        break;
    }
  return step != ENT_STEP_ERROR;
}

/* Blocks from the one that @self has seen a part of. */
static gboolean
load_blocks (EntWriter *self, EntIdentities *identities, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->database, "SELECT seg, n, data FROM idseg WHERE seg >= ?1 ORDER BY seg", error);
  guint32 known = ent_identities_get_n_rows (identities);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, known >> ENT_SEGMENT_SHIFT);
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    {
      gint64 segment = ent_statement_get_int64 (statement, 0);
      gint64 n = ent_statement_get_int64 (statement, 1);
      gsize size;
      const EntIdentityBlock *block = ent_statement_get_blob (statement, 2, &size);
      guint first = known & (ENT_SEGMENT_ROWS - 1);

      if (segment != known >> ENT_SEGMENT_SHIFT || size != sizeof *block || n < first ||
          n > ENT_SEGMENT_ROWS)
        break;
      ent_identities_add_block (identities, block, first, (guint) n - first);
      known = ent_identities_get_n_rows (identities);
    }
  return step != ENT_STEP_ERROR;
}

/* Identities are derived data: where what is stored does not fit the rows, they are counted
 * anew. */
static gboolean
recount_identities (EntWriter *self, EntIdentities *identities, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->database, "SELECT " ENT_ROW_COLUMNS " FROM message WHERE id > ?1 ORDER BY id", error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, ent_identities_get_n_rows (identities));
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    {
      gint64 id = ent_statement_get_int64 (statement, 0);
      g_autoptr (EntMessage) message =
          ent_row_read (statement, self->store->names, self->sources->items, self->sources->n);

      if (id > self->table->n_rows)
        break;
      while (ent_identities_get_n_rows (identities) + 1 < id)
        ent_identities_append (identities, 0);
      ent_identities_append (identities, message == NULL
                                             ? 0
                                             : ent_identity_hash (ent_row_read_source (statement),
                                                                  message->remote_id));
    }
  while (ent_identities_get_n_rows (identities) < self->table->n_rows)
    ent_identities_append (identities, 0);
  return step != ENT_STEP_ERROR;
}

/* What the table has and @identities has not. */
static gboolean
catch_up (EntWriter *self, EntIdentities *identities, GError **error)
{
  if (ent_identities_get_n_rows (identities) == self->table->n_rows)
    return TRUE;
  if (!load_blocks (self, identities, error))
    return FALSE;
  if (ent_identities_get_n_rows (identities) > self->table->n_rows)
    ent_identities_truncate (identities, self->table->n_rows);
  return ent_identities_get_n_rows (identities) == self->table->n_rows ||
         recount_identities (self, identities, error);
}

gboolean
ent_writer_load_identities (EntWriter *self, guint32 n_more, GError **error)
{
  g_autoptr (EntIdentities) fresh = NULL;
  EntIdentities *identities = self->identities;

  if (identities == NULL || ent_identities_get_n_rows (identities) > self->table->n_rows)
    {
      identities = fresh = ent_identities_new ();
      if (!load_filters (self, identities, error))
        return FALSE;
    }
  /* Another process's rows, or all of the last group, need room too. */
  if (ent_identities_get_n_rows (identities) != self->table->n_rows)
    {
      ent_identities_reserve (identities, n_more + self->table->n_rows -
                                              ent_identities_get_n_rows (identities));
      if (!catch_up (self, identities, error) || !load_has_fallbacks (self, error))
        return FALSE;
    }
  if (!ent_identities_reserve (identities, n_more) && !catch_up (self, identities, error))
    return FALSE;
  if (fresh != NULL)
    {
      g_clear_pointer (&self->identities, ent_identities_free);
      self->identities = g_steal_pointer (&fresh);
    }
  return TRUE;
}

/* ---- One by one ----------------------------------------------------------------------------- */

static gboolean
find_by_key (
    EntWriter *self, guint source, const EntObservation *observation, gint64 *id, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (self->database,
                            "SELECT id FROM message INDEXED BY message_key"
                            " WHERE t = ?1 AND source = ?2 AND rid = ?3",
                            error);
  guint8 buffer[16];
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, observation->stage_times[ENT_STAGE_TIME_ACCEPTED]);
  ent_statement_bind_int64 (statement, 2, source);
  ent_row_bind_id (statement, 3, observation->remote_id, buffer);
  step = ent_statement_step (statement, error);
  *id = step == ENT_STEP_ROW ? ent_statement_get_int64 (statement, 0) : 0;
  return step != ENT_STEP_ERROR;
}

static gboolean
find_fallback (
    EntWriter *self, guint source, const EntObservation *observation, gint64 *id, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (self->database,
                            "SELECT id FROM message INDEXED BY message_fallback"
                            " WHERE source = ?1 AND rid = ?2 AND fallback IS NOT NULL",
                            error);
  guint8 buffer[16];
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, source);
  ent_row_bind_id (statement, 2, observation->remote_id, buffer);
  step = ent_statement_step (statement, error);
  *id = step == ENT_STEP_ROW ? ent_statement_get_int64 (statement, 0) : 0;
  return step != ENT_STEP_ERROR;
}

gboolean
ent_writer_resolve (EntWriter *self,
                    guint source,
                    const EntObservation *observation,
                    guint64 hash,
                    gint64 *id,
                    GError **error)
{
  *id = ENT_RESOLVE_NEW;
  if (!ent_identities_maybe (self->identities, hash))
    return TRUE;
  if (observation->stage_times[ENT_STAGE_TIME_ACCEPTED] != ENT_TIME_NONE)
    {
      if (!find_by_key (self, source, observation, id, error))
        return FALSE;
      if (*id != 0)
        return TRUE;
    }
  if (self->has_fallbacks)
    {
      if (!find_fallback (self, source, observation, id, error))
        return FALSE;
      if (*id != 0)
        return TRUE;
    }
  *id = ENT_RESOLVE_LATE;
  return TRUE;
}

/* ---- Together ------------------------------------------------------------------------------- */

typedef struct
{
  EntStatement *statement;
  guint source;
  const char *const *remote_ids;
  gint64 *ids;
  GError *error;
} Lookup;

/* A hash may lie: the row says. */
static gboolean
verify_cb (guint index, guint32 position, gpointer user_data)
{
  Lookup *lookup = user_data;
  gint64 id = (gint64) position + 1;
  guint8 buffer[16];
  EntStep step;

  if (lookup->error != NULL)
    return TRUE;
  ent_statement_bind_int64 (lookup->statement, 1, id);
  ent_statement_bind_int64 (lookup->statement, 2, lookup->source);
  ent_row_bind_id (lookup->statement, 3, lookup->remote_ids[index], buffer);
  step = ent_statement_step (lookup->statement, &lookup->error);
  ent_statement_reset (lookup->statement);
  if (step == ENT_STEP_ROW)
    lookup->ids[index] = id;
  return step != ENT_STEP_DONE;
}

/* One segment; what this transaction has added is in memory. */
static gboolean
search_segment (EntWriter *self,
                EntStatement *statement,
                EntIdentitySearch *search,
                guint segment,
                gboolean *more,
                GError **error)
{
  const EntIdentityBlock *block = ent_identities_get_open_block (self->identities, segment);
  guint32 base = segment << ENT_SEGMENT_SHIFT;
  guint32 n_rows = ent_identities_get_n_rows (self->identities);
  gsize size = sizeof *block;

  if (block == NULL)
    {
      ent_statement_bind_int64 (statement, 1, segment);
      if (ent_statement_step (statement, error) == ENT_STEP_ERROR)
        return FALSE;
      block = ent_statement_get_blob (statement, 0, &size);
    }
  if (block != NULL && size == sizeof *block)
    *more = ent_identity_search_block (search, block, MIN (n_rows - base, ENT_SEGMENT_ROWS), base);
  ent_statement_reset (statement);
  return TRUE;
}

/* Newest first, in the groups whose filters do not rule all of them out. */
static gboolean
search_groups (
    EntWriter *self, EntIdentitySearch *search, const guint64 *hashes, guint n, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (self->database, "SELECT data FROM idseg WHERE seg = ?1", error);
  guint32 n_rows = ent_identities_get_n_rows (self->identities);
  guint n_segments = (n_rows + ENT_SEGMENT_ROWS - 1) >> ENT_SEGMENT_SHIFT;
  gboolean more = TRUE;

  if (statement == NULL)
    return FALSE;
  for (guint group = ent_identities_get_n_groups (self->identities); group-- > 0 && more;)
    {
      guint first = group * ENT_IDENTITY_GROUP_SEGMENTS;
      guint segment = MIN (first + ENT_IDENTITY_GROUP_SEGMENTS, n_segments);
      gboolean maybe = FALSE;

      for (guint i = 0; i < n && !maybe; i++)
        maybe = ent_identities_group_maybe (self->identities, group, hashes[i]);
      while (maybe && more && segment-- > first)
        if (!search_segment (self, statement, search, segment, &more, error))
          return FALSE;
    }
  return TRUE;
}

gboolean
ent_writer_resolve_late (EntWriter *self,
                         guint source,
                         const char *const *remote_ids,
                         guint n,
                         gint64 *ids,
                         GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->database, "SELECT 1 FROM message WHERE id = ?1 AND +source = ?2 AND +rid = ?3", error);
  g_autoptr (EntIdentitySearch) search = NULL;
  g_autofree guint64 *hashes = g_new (guint64, MAX (n, 1));
  Lookup lookup = { statement, source, remote_ids, ids, NULL };

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      ids[i] = 0;
      hashes[i] = ent_identity_hash (source, remote_ids[i]);
    }
  search = ent_identity_search_new (hashes, n, verify_cb, &lookup);
  if (!search_groups (self, search, hashes, n, error))
    {
      g_clear_error (&lookup.error);
      return FALSE;
    }
  if (lookup.error != NULL)
    {
      g_propagate_error (error, lookup.error);
      return FALSE;
    }
  return TRUE;
}
