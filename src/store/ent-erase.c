/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasing: rows, columns, coverage, quarantined texts, names that nobody bears any more,
 * and what the write-ahead log still holds. Only ever asked for. The write worker's thread. */

#include "config.h"

#include "ent-erase-names.h"
#include "ent-phone.h"
#include "ent-scan-loops.h"
#include "ent-writer.h"

#include <string.h>

typedef enum
{
  ERASE_SOURCE,
  ERASE_PHONE,
  ERASE_BEFORE,
} EraseKind;

typedef struct
{
  EraseKind kind;
  const char *text; /* key of the source, or the number as given */
  gint64 before;
  GCancellable *cancellable;
  gint64 erased; /* the answer */
  GError **error;

  EntWriter *writer;
  guint source;
  guint64 phones[2];
  EntCoverageMap *map; /* of all sources */
} Erasure;

/* ---- Which rows ----------------------------------------------------------------------------- */

static gboolean
is_wanted (const Erasure *self, const EntSegment *segment, guint row)
{
  if (segment->status[row] & ENT_STATUS_HOLE)
    return FALSE;
  switch (self->kind)
    {
    case ERASE_SOURCE:
      return ent_segment_get_dim (segment, ENT_DIM_SOURCE, row) == self->source;
    case ERASE_BEFORE:
      return ent_segment_get_time (segment, row) < self->before;
    case ERASE_PHONE:
    default:
      return segment->phone[row] != 0 &&
             (segment->phone[row] == self->phones[0] || segment->phone[row] == self->phones[1]);
    }
}

static gboolean
delete_row (Erasure *self, gint64 id)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->writer->database, "DELETE FROM message WHERE id = ?1", self->error);

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, id);
  return ent_statement_run (statement, self->error);
}

/* The quarter hour of an erased message is no longer known as a whole. */
static void
cut_coverage (Erasure *self, const EntSegment *segment, guint row)
{
  gint64 start = (gint64) segment->quarter[row] * ENT_QUARTER_MS;

  if (self->kind == ERASE_PHONE)
    ent_coverage_map_cut (self->map, ent_segment_get_dim (segment, ENT_DIM_SOURCE, row),
                          (EntChannel) (segment->kind[row] & ENT_KIND_CHANNEL), start,
                          start + ENT_QUARTER_MS);
}

static gboolean
erase_in_segment (Erasure *self, guint index)
{
  const EntSegment *segment = self->writer->table->segments[index];
  EntSegment *staged = NULL;

  for (guint row = 0; row < segment->info.n; row++)
    {
      if (segment->block == NULL || !is_wanted (self, segment, row))
        continue;
      if (staged == NULL)
        staged = ent_writer_stage (self->writer, index);
      if (!delete_row (self, (gint64) index * ENT_SEGMENT_ROWS + row + 1))
        return FALSE;
      cut_coverage (self, segment, row);
      ent_segment_put_hole (staged, row);
      self->erased++;
    }
  return TRUE;
}

/* Addresses that are no numbers have no column. */
static gboolean
erase_addresses (Erasure *self)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->writer->database, "SELECT id FROM message WHERE phone = ?1 AND typeof (phone) = 'text'",
      self->error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_text (statement, 1, self->text);
  while ((step = ent_statement_step (statement, self->error)) == ENT_STEP_ROW)
    {
      gint64 id = ent_statement_get_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  if (step == ENT_STEP_ERROR)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      guint index = (guint) ((id - 1) >> ENT_SEGMENT_SHIFT);
      guint row = (guint) ((id - 1) & (ENT_SEGMENT_ROWS - 1));

      cut_coverage (self, self->writer->table->segments[index], row);
      if (!delete_row (self, id))
        return FALSE;
      ent_segment_put_hole (ent_writer_stage (self->writer, index), row);
      self->erased++;
    }
  return TRUE;
}

static gboolean
erase_rows (Erasure *self)
{
  const EntTable *table = self->writer->table;

  for (guint i = 0; i < table->n_segments; i++)
    if (!ent_check_cancelled (self->cancellable, self->error) || !erase_in_segment (self, i))
      return FALSE;
  return self->kind != ERASE_PHONE || self->phones[0] != 0 || erase_addresses (self);
}

/* ---- What goes with them -------------------------------------------------------------------- */

static gboolean
run_with (Erasure *self, const char *sql, gint64 value)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (self->writer->database, sql, self->error);

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, value);
  return ent_statement_run (statement, self->error);
}

/* Whether a quarantined text has the number in it, however it is written. */
static gboolean
mentions (const char *raw, const char *digits)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = raw; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (plain, *p);
    else if (strchr (" -.()+", *p) == NULL)
      g_string_append_c (plain, ',');
  return strstr (plain->str, digits) != NULL || strstr (raw, digits) != NULL;
}

static gboolean
erase_quarantined_mentions (Erasure *self)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->writer->database, "SELECT id, raw, reason FROM quarantine", self->error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  EntStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ent_statement_step (statement, self->error)) == ENT_STEP_ROW)
    {
      gint64 id = ent_statement_get_int64 (statement, 0);

      if (mentions (ent_statement_get_text (statement, 1), self->text) ||
          mentions (ent_statement_get_text (statement, 2), self->text))
        g_array_append_val (ids, id);
    }
  if (step == ENT_STEP_ERROR)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!run_with (self, "DELETE FROM quarantine WHERE id = ?1", g_array_index (ids, gint64, i)))
      return FALSE;
  return TRUE;
}

static gboolean
erase_source_data (Erasure *self)
{
  return run_with (self, "DELETE FROM coverage WHERE source = ?1", self->source) &&
         run_with (self, "DELETE FROM cursor WHERE source = ?1", self->source) &&
         run_with (self, "DELETE FROM quarantine WHERE source = ?1", self->source);
}

static gboolean
save_coverage (Erasure *self)
{
  for (guint source = 1; source <= self->writer->sources->n; source++)
    {
      if (self->kind == ERASE_BEFORE)
        for (int channel = 0; channel < ENT_N_CHANNELS; channel++)
          ent_coverage_map_cut (self->map, source, (EntChannel) channel, G_MININT64, self->before);
      if (!ent_coverage_save (self->writer->database, source, self->map, self->error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
erase_the_rest (Erasure *self)
{
  switch (self->kind)
    {
    case ERASE_SOURCE:
      return erase_source_data (self) &&
             ent_erase_unused_names (self->writer, self->cancellable, self->error);
    case ERASE_BEFORE:
      return save_coverage (self) &&
             run_with (self, "DELETE FROM quarantine WHERE seen_at < ?1", self->before) &&
             ent_erase_unused_names (self->writer, self->cancellable, self->error);
    case ERASE_PHONE:
    default:
      return save_coverage (self) && erase_quarantined_mentions (self);
    }
}

/* ---- The whole ------------------------------------------------------------------------------ */

static gboolean
prepare (Erasure *self)
{
  EntPhonePattern pattern;

  self->map = ent_coverage_load (self->writer->database, 0, self->error);
  if (self->map == NULL)
    return FALSE;
  if (self->kind == ERASE_SOURCE)
    self->source = ent_sources_find (self->writer->sources, self->text);
  if (self->kind == ERASE_PHONE)
    {
      self->phones[0] = self->phones[1] = ent_phone_pack (self->text);
      if (ent_phone_pattern_init (&pattern, self->text) && pattern.kind == ENT_PHONE_MATCH_EXACT)
        memcpy (self->phones, pattern.value, sizeof self->phones);
    }
  return TRUE;
}

static gboolean
erase_in_transaction (Erasure *self)
{
  EntWriter *writer = self->writer;

  if (!ent_writer_begin (writer, TRUE, self->error))
    return FALSE;
  /* A source that never brought anything has nothing to erase. */
  if (self->kind == ERASE_SOURCE && ent_sources_find (writer->sources, self->text) == 0)
    {
      ent_writer_rollback (writer);
      return TRUE;
    }
  if (!prepare (self) || !erase_rows (self) || !erase_the_rest (self) ||
      !ent_check_cancelled (self->cancellable, self->error))
    {
      ent_writer_rollback (writer);
      return FALSE;
    }
  return ent_writer_commit (writer, writer->table->last_commit, self->error);
}

static void
erase_in_worker (EntWriter *writer, gpointer data)
{
  Erasure *self = data;
  gboolean done;

  self->writer = writer;
  ent_database_set_cancellable (writer->database, self->cancellable);
  done = erase_in_transaction (self);
  ent_database_set_cancellable (writer->database, NULL);
  g_clear_pointer (&self->map, g_array_unref);
  /* Pages that are free now go back to the file system, and the log, which still has the old
   * pages, is emptied. */
  if (done)
    done = ent_database_exec (writer->database, "PRAGMA incremental_vacuum", self->error) &&
           ent_writer_truncate_log (writer, self->error);
  if (!done)
    self->erased = -1;
}

static gint64
erase (EntStore *store, Erasure *self)
{
  g_autofree char *normal = NULL;

  if (ent_store_is_read_only (store))
    {
      g_set_error (self->error, ENT_STORE_ERROR, ENT_STORE_ERROR_READONLY, "%s cannot be written",
                   store->path);
      return -1;
    }
  if (self->kind == ERASE_PHONE)
    {
      normal = ent_phone_normalise (self->text);
      if (normal != NULL)
        self->text = normal;
    }
  ent_store_run_on_writer (store, erase_in_worker, self);
  return self->erased;
}

gint64
ent_store_erase_source (EntStore *self,
                        const char *source,
                        GCancellable *cancellable,
                        GError **error)
{
  Erasure erasure = { ERASE_SOURCE, source, 0, cancellable, 0, error };

  g_return_val_if_fail (ENT_IS_STORE (self) && source != NULL, -1);

  return erase (self, &erasure);
}

gint64
ent_store_erase_phone (EntStore *self,
                       const char *digits,
                       GCancellable *cancellable,
                       GError **error)
{
  Erasure erasure = { ERASE_PHONE, digits, 0, cancellable, 0, error };

  g_return_val_if_fail (ENT_IS_STORE (self) && digits != NULL && *digits != '\0', -1);

  return erase (self, &erasure);
}

gint64
ent_store_erase_before (EntStore *self, gint64 before, GCancellable *cancellable, GError **error)
{
  Erasure erasure = { ERASE_BEFORE, NULL, before, cancellable, 0, error };

  g_return_val_if_fail (ENT_IS_STORE (self), -1);

  return erase (self, &erasure);
}
