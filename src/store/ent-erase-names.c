/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasing unused names: see the header. Users and campaigns are names of people and of their
 * doings, and go with the last message that has them. The write worker's thread. */

#include "config.h"

#include "ent-erase-names.h"

/* Which numbers of each kind some row has. */
typedef struct
{
  guint8 *used[ENT_N_DIMENSIONS];
  guint32 last[ENT_N_DIMENSIONS];
} Usage;

static void
usage_clear (Usage *self)
{
  for (guint i = 0; i < ENT_N_DIMENSIONS; i++)
    g_clear_pointer (&self->used[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Usage, usage_clear)

static void
usage_init (Usage *self, EntDimensions *names)
{
  for (guint i = 0; i < ENT_N_DIMENSIONS; i++)
    {
      self->last[i] = ent_dimensions_get_last (names, (EntDimensionKind) i);
      self->used[i] = g_new0 (guint8, self->last[i] + 1);
    }
}

static void
mark (Usage *self, guint kind, gint64 number)
{
  if (number > 0 && number <= self->last[kind])
    self->used[kind][number] = 1;
}

static void
mark_segment (Usage *self, const EntSegment *segment)
{
  for (guint row = 0; segment->block != NULL && row < segment->info.n; row++)
    if (!(segment->status[row] & ENT_STATUS_HOLE))
      for (guint kind = 0; kind < ENT_N_COLUMN_DIMENSIONS; kind++)
        mark (self, kind, ent_segment_get_dim (segment, kind, row));
}

static gboolean
mark_columns (Usage *self, EntWriter *writer, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < writer->table->n_segments; i++)
    {
      const EntSegment *staged = g_hash_table_lookup (writer->staged, GUINT_TO_POINTER (i));

      if (!ent_check_cancelled (cancellable, error))
        return FALSE;
      mark_segment (self, staged != NULL ? staged : writer->table->segments[i]);
    }
  return TRUE;
}

/* Pooled texts have no column. */
static gboolean
mark_pooled (Usage *self, EntWriter *writer, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      writer->database,
      "SELECT origin, conversation_type, raw_code, raw_text, raw_status FROM message", error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    for (int i = 0; i < ENT_N_DIMENSIONS - ENT_N_COLUMN_DIMENSIONS; i++)
      if (sqlite3_column_type (ent_statement_get_handle (statement), i) == SQLITE_INTEGER)
        mark (self, ENT_N_COLUMN_DIMENSIONS + i, ent_statement_get_int64 (statement, i));
  return step == ENT_STEP_DONE;
}

gboolean
ent_erase_unused_names (EntWriter *writer, GCancellable *cancellable, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      writer->database, "UPDATE dimension SET id = NULL, name = NULL WHERE kind = ?1 AND n = ?2",
      error);
  g_auto (Usage) usage = { { NULL } };

  if (statement == NULL)
    return FALSE;
  usage_init (&usage, writer->store->names);
  if (!mark_columns (&usage, writer, cancellable, error) || !mark_pooled (&usage, writer, error))
    return FALSE;
  for (guint kind = 0; kind < ENT_N_DIMENSIONS; kind++)
    for (guint32 number = 1; number <= usage.last[kind]; number++)
      {
        if (usage.used[kind][number])
          continue;
        ent_statement_bind_int64 (statement, 1, kind);
        ent_statement_bind_int64 (statement, 2, number);
        if (!ent_statement_run (statement, error))
          return FALSE;
        /* Should the transaction fail, the name only gets a second number. */
        ent_dimensions_retire (writer->store->names, (EntDimensionKind) kind, number);
      }
  return TRUE;
}
