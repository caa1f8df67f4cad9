/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A batch of observations into rows and columns. The write worker's thread; one transaction
 * a batch. ent_message_merge is the only merge rule: a message's first observation takes the
 * short way, because merging into nothing gives the observation itself. */

#include "config.h"

#include "ent-writer.h"

#include <string.h>

EntBatch *
ent_batch_new (const char *source, const char *source_name)
{
  EntBatch *self;

  g_return_val_if_fail (source != NULL && *source != '\0', NULL);

  self = g_new0 (EntBatch, 1);
  self->source = g_strdup (source);
  self->source_name = g_strdup (source_name);
  return self;
}

static void
quarantined_free (gpointer data)
{
  EntQuarantined *self = data;

  g_free (self->reason);
  g_free (self->raw);
  g_free (self);
}

EntQuarantined *
ent_batch_add_quarantined (EntBatch *self, const char *reason, const char *raw)
{
  EntQuarantined *item;

  g_return_val_if_fail (self != NULL && reason != NULL && raw != NULL, NULL);

  item = g_new0 (EntQuarantined, 1);
  item->reason = g_strdup (reason);
  item->raw = g_strdup (raw);
  if (self->quarantine == NULL)
    self->quarantine = g_ptr_array_new_with_free_func (quarantined_free);
  g_ptr_array_add (self->quarantine, item);
  return item;
}

void
ent_batch_free (EntBatch *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_free (self->source_name);
  g_clear_pointer (&self->observations, ent_observations_free);
  g_clear_pointer (&self->coverage, g_array_unref);
  g_clear_pointer (&self->quarantine, g_ptr_array_unref);
  g_free (self->cursor_slot);
  g_free (self->cursor);
  g_free (self);
}

typedef struct
{
  EntWriter *writer;
  guint source;
  EntIngestResult *result;
  EntStatement *insert; /* held through the batch: it binds everything anew for each row */
  GArray *late;         /* index of observations that ent_writer_resolve left open */
  GHashTable *late_new; /* remote id → row id, those of them that turned out to be new */
  const EntBatch *batch;
} Ingest;

/* ---- Names ---------------------------------------------------------------------------------- */

static guint32
add_name (Ingest *self, EntDimensionKind kind, EntName name, GError **error)
{
  EntDatabase *database = self->writer->database;
  EntDimensions *names = self->writer->store->names;
  g_autoptr (EntStatement) statement = ent_database_prepare (
      database, "INSERT INTO dimension (kind, n, id, name) VALUES (?1, ?2, ?3, ?4)", error);
  guint32 number;

  if (statement == NULL)
    return 0;
  number = ent_dimensions_add (names, kind, name.id, name.name);
  if (number == 0)
    {
      g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FAILED,
                           "More names than the store can number");
      return 0;
    }
  ent_statement_bind_int64 (statement, 1, kind);
  ent_statement_bind_int64 (statement, 2, number);
  ent_statement_bind_text (statement, 3, name.id);
  ent_statement_bind_text (statement, 4, name.name);
  return ent_statement_run (statement, error) ? number : 0;
}

static gboolean
number_names (Ingest *self, const EntRowImage *image, EntRowNames *numbers, GError **error)
{
  EntDimensions *names = self->writer->store->names;

  for (int i = 0; i < ENT_N_DIMENSIONS; i++)
    {
      EntDimensionKind kind = (EntDimensionKind) i;
      EntName name = ent_row_image_get_name (image, kind);

      numbers->numbers[i] = 0;
      if (name.id == NULL && name.name == NULL)
        continue;
      numbers->numbers[i] = ent_dimensions_find (names, kind, name.id, name.name);
      if (numbers->numbers[i] != 0 || !ent_dimension_accepts (kind, name) ||
          !ent_dimensions_has_room (names, kind))
        continue;
      numbers->numbers[i] = add_name (self, kind, name, error);
      if (numbers->numbers[i] == 0)
        return FALSE;
    }
  return TRUE;
}

/* ---- Rows ----------------------------------------------------------------------------------- */

static gboolean
write_row (
    Ingest *self, gint64 id, EntStatement *statement, const EntRowImage *image, GError **error)
{
  EntWriter *writer = self->writer;
  EntRowNames numbers;
  EntRowScratch scratch;
  EntPacked packed;

  if (!number_names (self, image, &numbers, error))
    return FALSE;
  ent_row_bind (statement, id, image, &numbers, &scratch);
  if (!ent_statement_run (statement, error))
    return FALSE;
  ent_row_pack (image, &numbers, &packed);
  ent_writer_put (writer, (guint32) (id - 1), &packed);
  writer->has_fallbacks |= image->time_kind != ENT_TIME_KIND_ACCEPTED;
  return TRUE;
}

static gboolean
insert (Ingest *self, const EntObservation *observation, guint64 hash, gint64 *id, GError **error)
{
  EntWriter *writer = self->writer;
  EntRowImage image;

  if (writer->n_rows == G_MAXUINT32 - ENT_SEGMENT_ROWS)
    {
      g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FAILED,
                           "More messages than the store can hold");
      return FALSE;
    }
  *id = (gint64) writer->n_rows + 1;
  ent_row_image_from_observation (&image, observation, self->source);
  if (!write_row (self, *id, self->insert, &image, error))
    return FALSE;
  ent_identities_append (writer->identities, hash);
  writer->n_rows++;
  self->result->added++;
  return TRUE;
}

/* An index that leads to another row is damage like any other. */
static EntMessage *
load_row (Ingest *self, gint64 id, const char *remote_id, GError **error)
{
  EntWriter *writer = self->writer;
  g_autoptr (EntStatement) statement = ent_database_prepare (
      writer->database, "SELECT " ENT_ROW_COLUMNS " FROM message WHERE id = ?1", error);
  EntMessage *message = NULL;
  EntStep step;

  if (statement == NULL)
    return NULL;
  ent_statement_bind_int64 (statement, 1, id);
  step = ent_statement_step (statement, error);
  if (step == ENT_STEP_ROW)
    message =
        ent_row_read (statement, writer->store->names, writer->sources->items, writer->sources->n);
  if (message != NULL && strcmp (message->remote_id, remote_id) != 0)
    g_clear_pointer (&message, ent_message_unref);
  if (message == NULL && step != ENT_STEP_ERROR)
    g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT,
                         "A message's row cannot be read");
  return message;
}

static gboolean
merge (Ingest *self, gint64 id, const EntObservation *observation, GError **error)
{
  g_autoptr (EntMessage) message = load_row (self, id, observation->remote_id, error);
  g_autoptr (EntStatement) update = NULL;
  EntTimeKind old_kind;
  EntRowImage image;
  gint64 old_time;

  if (message == NULL)
    return FALSE;
  old_time = ent_message_get_time (message, &old_kind);
  if (!ent_message_merge (message, observation))
    {
      self->result->unchanged++;
      return TRUE;
    }
  self->result->changed++;
  ent_row_image_from_message (&image, message, self->source);
  update = ent_database_prepare (self->writer->database,
                                 image.t == old_time && image.time_kind == old_kind
                                     ? ent_row_update_sql
                                     : ent_row_update_key_sql,
                                 error);
  return update != NULL && write_row (self, id, update, &image, error);
}

/* ---- Observations --------------------------------------------------------------------------- */

static const struct
{
  EntField field;
  gint64 n_values;
} vocabularies[] = {
  { ENT_FIELD_CHANNEL, ENT_N_CHANNELS },
  { ENT_FIELD_DIRECTION, ENT_N_DIRECTIONS },
  { ENT_FIELD_CONTENT_TYPE, ENT_N_CONTENT_TYPES },
  { ENT_FIELD_REASON, ENT_N_REASONS },
  { ENT_FIELD_WITH_SESSION, 2 },
};

/* Values out of their vocabulary are no values: nothing that the store could not give back
 * may take part in merging. */
static const EntObservation *
make_storable (const EntObservation *given, EntObservation *mended)
{
  for (guint i = 0; i < G_N_ELEMENTS (vocabularies); i++)
    {
      gint64 value = given->numbers[vocabularies[i].field];

      if (value == ENT_NUMBER_NONE || (value >= 0 && value < vocabularies[i].n_values))
        continue;
      if (given != mended)
        *mended = *given;
      mended->numbers[vocabularies[i].field] = ENT_NUMBER_NONE;
      given = mended;
    }
  return given;
}

static gboolean
apply (Ingest *self, const EntObservation *observation, gint64 id, guint64 hash, GError **error)
{
  if (id != ENT_RESOLVE_NEW)
    return merge (self, id, observation, error);
  return insert (self, observation, hash, &id, error);
}

static gboolean
take_observation (Ingest *self, guint index, GError **error)
{
  const EntObservation *given = ent_observations_get (self->batch->observations, index);
  guint64 hash = ent_identity_hash (self->source, given->remote_id);
  EntObservation mended;
  gint64 id;

  given = make_storable (given, &mended);
  if (!ent_writer_resolve (self->writer, self->source, given, hash, &id, error))
    return FALSE;
  if (id == ENT_RESOLVE_LATE)
    {
      g_array_append_val (self->late, index);
      return TRUE;
    }
  return apply (self, given, id, hash, error);
}

static gboolean
take_late (Ingest *self, guint index, gint64 id, GError **error)
{
  EntObservation mended;
  const EntObservation *observation =
      make_storable (ent_observations_get (self->batch->observations, index), &mended);
  guint64 hash = ent_identity_hash (self->source, observation->remote_id);

  if (id == ENT_RESOLVE_NEW)
    id = (gint64) (gintptr) g_hash_table_lookup (self->late_new, observation->remote_id);
  if (id != ENT_RESOLVE_NEW)
    return merge (self, id, observation, error);
  if (!insert (self, observation, hash, &id, error))
    return FALSE;
  g_hash_table_insert (self->late_new, (gpointer) observation->remote_id, (gpointer) (gintptr) id);
  return TRUE;
}

static gboolean
take_all_late (Ingest *self, GError **error)
{
  guint n = self->late->len;
  g_autofree const char **remote_ids = g_new (const char *, MAX (n, 1));
  g_autofree gint64 *ids = g_new (gint64, MAX (n, 1));

  if (n == 0)
    return TRUE;
  for (guint i = 0; i < n; i++)
    remote_ids[i] =
        ent_observations_get (self->batch->observations, g_array_index (self->late, guint, i))
            ->remote_id;
  if (!ent_writer_resolve_late (self->writer, self->source, remote_ids, n, ids, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!take_late (self, g_array_index (self->late, guint, i), ids[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
take_observations (Ingest *self, GError **error)
{
  guint n = 0;

  if (self->batch->observations != NULL)
    n = ent_observations_get_size (self->batch->observations);
  if (n == 0)
    return TRUE;
  self->insert = ent_database_prepare (self->writer->database, ent_row_insert_sql, error);
  if (self->insert == NULL || !ent_writer_load_identities (self->writer, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!take_observation (self, i, error))
      return FALSE;
  return take_all_late (self, error);
}

/* ---- The rest of a batch -------------------------------------------------------------------- */

static gboolean
take_coverage (Ingest *self, GError **error)
{
  EntDatabase *database = self->writer->database;
  g_autoptr (EntCoverageMap) map = NULL;

  if (self->batch->coverage == NULL || self->batch->coverage->len == 0)
    return TRUE;
  map = ent_coverage_load (database, self->source, error);
  if (map == NULL)
    return FALSE;
  for (guint i = 0; i < self->batch->coverage->len; i++)
    {
      EntCoverageInterval interval = g_array_index (self->batch->coverage, EntCoverageInterval, i);

      interval.source = self->source;
      ent_coverage_map_lay (map, &interval);
    }
  return ent_coverage_save (database, self->source, map, error);
}

static gboolean
take_cursor (Ingest *self, GError **error)
{
  g_autoptr (EntStatement) statement = NULL;
  const EntBatch *batch = self->batch;

  if (batch->cursor_slot == NULL)
    return TRUE;
  statement = ent_database_prepare (
      self->writer->database,
      batch->cursor != NULL ? "INSERT INTO cursor (source, slot, value) VALUES (?1, ?2, ?3)"
                              " ON CONFLICT (source, slot) DO UPDATE SET value = ?3"
                            : "DELETE FROM cursor WHERE source = ?1 AND slot = ?2",
      error);
  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, self->source);
  ent_statement_bind_text (statement, 2, batch->cursor_slot);
  if (batch->cursor != NULL)
    ent_statement_bind_text (statement, 3, batch->cursor);
  return ent_statement_run (statement, error);
}

static gboolean
take_quarantine (Ingest *self, GError **error)
{
  g_autoptr (EntStatement) statement = NULL;

  if (self->batch->quarantine == NULL || self->batch->quarantine->len == 0)
    return TRUE;
  statement = ent_database_prepare (
      self->writer->database,
      "INSERT INTO quarantine (source, seen_at, reason, raw) SELECT ?1, ?2, ?3, ?4"
      " WHERE NOT EXISTS (SELECT 1 FROM quarantine WHERE source = ?1 AND reason = ?3"
      " AND raw = ?4)",
      error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->batch->quarantine->len; i++)
    {
      const EntQuarantined *item = g_ptr_array_index (self->batch->quarantine, i);

      ent_statement_bind_int64 (statement, 1, self->source);
      ent_statement_bind_int64 (statement, 2, self->batch->now);
      ent_statement_bind_text (statement, 3, item->reason);
      ent_statement_bind_text (statement, 4, item->raw);
      if (!ent_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_source (EntWriter *writer, guint n, const char *key, const char *name, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (writer->database,
                            "INSERT INTO source (n, key, name) VALUES (?1, ?2, ?3)"
                            " ON CONFLICT (n) DO UPDATE SET name = ?3",
                            error);

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, n);
  ent_statement_bind_text (statement, 2, key);
  ent_statement_bind_text (statement, 3, name);
  return ent_statement_run (statement, error);
}

/* The source's number, given at its first batch; its name may change with each. */
static gboolean
register_source (EntWriter *writer, const EntBatch *batch, guint *number, GError **error)
{
  EntSources *old = writer->sources;
  guint known = ent_sources_find (old, batch->source);
  EntSources *sources;

  *number = known != 0 ? known : old->n + 1;
  if (known != 0 && (batch->source_name == NULL ||
                     g_strcmp0 (old->items[known - 1].name, batch->source_name) == 0))
    return TRUE;
  if (!save_source (writer, *number, batch->source, batch->source_name, error))
    return FALSE;

  sources = ent_sources_new (MAX (old->n, *number));
  for (guint i = 0; i < sources->n; i++)
    {
      gboolean ours = i + 1 == *number;

      sources->items[i].key = g_strdup (ours ? batch->source : old->items[i].key);
      sources->items[i].name = g_strdup (ours ? batch->source_name : old->items[i].name);
    }
  ent_sources_unref (old);
  writer->sources = sources;
  writer->new_sources = TRUE;
  return TRUE;
}

static gboolean
take_batch (Ingest *self, GError **error)
{
  return register_source (self->writer, self->batch, &self->source, error) &&
         take_observations (self, error) && take_coverage (self, error) &&
         take_cursor (self, error) && take_quarantine (self, error);
}

gboolean
ent_writer_ingest (EntWriter *self, const EntBatch *batch, EntIngestResult *result, GError **error)
{
  g_autoptr (GArray) late = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) late_new = g_hash_table_new (g_str_hash, g_str_equal);
  Ingest ingest = {
    .writer = self,
    .batch = batch,
    .result = result,
    .late = late,
    .late_new = late_new,
  };

  gboolean taken;

  memset (result, 0, sizeof *result);
  if (!ent_writer_begin (self, batch->durable, error))
    return FALSE;
  taken = take_batch (&ingest, error);
  ent_statement_release (ingest.insert);
  if (!taken)
    {
      ent_writer_rollback (self);
      return FALSE;
    }
  result->data_version = self->table->version + 1;
  return ent_writer_commit (self, batch->now, error);
}
