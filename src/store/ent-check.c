/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checking: SQLite's own look at the file, and everything that is derived from the rows
 * counted anew and compared. Over a snapshot, on the caller's thread; cancellable. */

#include "config.h"

#include "ent-store-private.h"

#include <string.h>
#include <sys/stat.h>

#define MAX_FINDINGS 100

typedef struct
{
  EntSnapshot *snapshot;
  EntIdentities *filters; /* those that are stored */
  GString *report;
  guint n_findings;
} Check;

static void G_GNUC_PRINTF (2, 3) find (Check *self, const char *format, ...)
{
  va_list args;

  self->n_findings++;
  if (self->n_findings > MAX_FINDINGS)
    return;
  va_start (args, format);
  g_string_append_vprintf (self->report, format, args);
  va_end (args);
  g_string_append_c (self->report, '\n');
}

static gboolean
check_file (Check *self, gboolean full, GError **error)
{
  g_autoptr (EntStatement) statement =
      full ? ent_database_prepare (self->snapshot->database, "PRAGMA integrity_check", error)
           : ent_database_prepare (self->snapshot->database, "PRAGMA quick_check", error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    if (strcmp (ent_statement_get_text (statement, 0), "ok") != 0)
      find (self, "database: %s", ent_statement_get_text (statement, 0));
  return step == ENT_STEP_DONE;
}

static gboolean
check_references (Check *self, GError **error)
{
  static const struct
  {
    const char *sql;
    const char *what;
  } questions[] = {
    { "SELECT count(*) FROM pragma_foreign_key_check", "broken references" },
    { "SELECT count(*) FROM message WHERE source NOT IN (SELECT n FROM source)",
      "messages of an unknown source" },
    { "SELECT count(*) FROM coverage WHERE start >= stop", "empty intervals of coverage" },
    { "SELECT count(*) FROM coverage a JOIN coverage b ON a.source = b.source"
      " AND a.channel = b.channel AND b.start > a.start AND b.start < a.stop",
      "overlapping intervals of coverage" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      gint64 n = 0;

      if (!ent_database_query_int64 (self->snapshot->database, questions[i].sql, &n, error))
        return FALSE;
      if (n != 0)
        find (self, "%" G_GINT64_FORMAT " %s", n, questions[i].what);
    }
  return TRUE;
}

/* ---- Columns -------------------------------------------------------------------------------- */

static gboolean
packed_equal (const EntPacked *a, const EntPacked *b)
{
  return a->phone == b->phone && a->t == b->t && a->kind == b->kind && a->status == b->status &&
         a->reason == b->reason && memcmp (a->dims, b->dims, sizeof a->dims) == 0 &&
         memcmp (a->secs, b->secs, sizeof a->secs) == 0 &&
         memcmp (a->events, b->events, sizeof a->events) == 0;
}

/* What is known of a segment as a whole, apart from its layout. */
static gboolean
info_equal (const EntSegmentInfo *a, const EntSegmentInfo *b)
{
  return a->n == b->n && a->n_live == b->n_live && a->sorted == b->sorted &&
         (a->n_live == 0 || (a->min_t == b->min_t && a->max_t == b->max_t)) &&
         memcmp (a->histogram, b->histogram, sizeof a->histogram) == 0 &&
         memcmp (a->present, b->present, sizeof a->present) == 0 &&
         memcmp (a->kinds, b->kinds, sizeof a->kinds) == 0;
}

static void
compare_segment (Check *self, guint index, const EntSegment *held, const EntSegment *counted)
{
  for (guint row = 0; row < ENT_SEGMENT_ROWS; row++)
    {
      EntPacked one, two;
      gboolean has_one = ent_segment_get (held, row, &one);
      gboolean has_two = ent_segment_get (counted, row, &two);

      if (has_one != has_two || (has_one && !packed_equal (&one, &two)))
        find (self, "columns of message %u differ from its row",
              index * ENT_SEGMENT_ROWS + row + 1);
    }
  if (held->block != NULL && !info_equal (&held->info, &counted->info))
    find (self, "summary of segment %u differs from its rows", index);
}

static gboolean
check_columns (Check *self, GCancellable *cancellable, GError **error)
{
  const EntTable *table = self->snapshot->table;
  gint64 n = 0;

  if (!ent_database_query_int64 (self->snapshot->database, "SELECT count(*) FROM message", &n,
                                 error))
    return FALSE;
  if (n != table->n_live)
    find (self, "%" G_GINT64_FORMAT " rows, but %u in the columns", n, table->n_live);
  for (guint i = 0; i < table->n_segments; i++)
    {
      g_autoptr (EntSegment) counted = NULL;

      if (!ent_check_cancelled (cancellable, error))
        return FALSE;
      counted = ent_store_recount_segment (self->snapshot->database, self->snapshot->store->names,
                                           i, table->segments[i]->info.n, error);
      if (counted == NULL)
        return FALSE;
      compare_segment (self, i, table->segments[i], counted);
    }
  return TRUE;
}

/* What lies in the file, which may have changed since it was loaded. */
static gboolean
check_stored_columns (Check *self, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->snapshot->database, "SELECT seg, n, data FROM colseg ORDER BY seg", error);
  const EntTable *table = self->snapshot->table;
  guint n = 0;
  EntStep step;

  if (statement == NULL)
    return FALSE;
  for (; (step = ent_statement_step (statement, error)) == ENT_STEP_ROW; n++)
    {
      gint64 index = ent_statement_get_int64 (statement, 0);
      const EntSegment *held;
      const void *data;
      gsize size;

      if (index != n || index >= table->n_segments)
        continue;
      held = table->segments[index];
      data = ent_statement_get_blob (statement, 2, &size);
      if (held->info.n_live > 0 &&
          (size != held->block_size || memcmp (data, held->block, size) != 0))
        find (self, "stored segment %u differs from what was loaded", n);
    }
  if (step == ENT_STEP_DONE && n != table->n_segments)
    find (self, "%u segments stored, %u loaded", n, table->n_segments);
  return step == ENT_STEP_DONE;
}

/* ---- Identities ----------------------------------------------------------------------------- */

static gboolean
check_identity_rows (Check *self, guint index, const EntIdentityBlock *block, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->snapshot->database,
      "SELECT " ENT_ROW_COLUMNS " FROM message WHERE id BETWEEN ?1 AND ?2", error);
  gint64 base = (gint64) index * ENT_SEGMENT_ROWS;
  guint group = index / ENT_IDENTITY_GROUP_SEGMENTS;
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, base + 1);
  ent_statement_bind_int64 (statement, 2, base + ENT_SEGMENT_ROWS);
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    {
      g_autoptr (EntMessage) message =
          ent_row_read (statement, self->snapshot->store->names, self->snapshot->sources->items,
                        self->snapshot->sources->n);
      guint row = (guint) (ent_statement_get_int64 (statement, 0) - base - 1);
      guint64 hash;

      if (message == NULL)
        continue; /* found already: of an unknown source */
      hash = ent_identity_hash (ent_row_read_source (statement), message->remote_id);
      if (block->low[row] != (guint32) hash ||
          block->high[row] != (guint16) (ent_identity_trim (hash) >> 32))
        find (self, "the identity of message %" G_GINT64_FORMAT " is not listed", base + row + 1);
      if (group < ent_identities_get_n_groups (self->filters) &&
          !ent_identities_group_maybe (self->filters, group, hash))
        find (self, "the filter over identities leaves out message %" G_GINT64_FORMAT,
              base + row + 1);
    }
  return step == ENT_STEP_DONE;
}

static gboolean
load_filters (Check *self, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->snapshot->database, "SELECT grp, data FROM idfilter ORDER BY grp", error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    {
      gsize size;
      const void *data = ent_statement_get_blob (statement, 1, &size);

      if (ent_statement_get_int64 (statement, 0) != ent_identities_get_n_groups (self->filters) ||
          !ent_identities_add_filter (self->filters, data, size))
        find (self, "a filter over identities has the wrong place or size");
    }
  return step == ENT_STEP_DONE;
}

static gboolean
check_identities (Check *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->snapshot->database, "SELECT seg, n, data FROM idseg ORDER BY seg", error);
  const EntTable *table = self->snapshot->table;
  guint n = 0;
  EntStep step;

  if (statement == NULL)
    return FALSE;
  for (; (step = ent_statement_step (statement, error)) == ENT_STEP_ROW; n++)
    {
      gint64 index = ent_statement_get_int64 (statement, 0);
      const EntIdentityBlock *block;
      gsize size;

      if (!ent_check_cancelled (cancellable, error))
        return FALSE;
      block = ent_statement_get_blob (statement, 2, &size);
      if (index != n || index >= table->n_segments || size != sizeof *block ||
          ent_statement_get_int64 (statement, 1) != table->segments[index]->info.n)
        find (self, "identities of segment %u do not fit its rows", n);
      else if (!check_identity_rows (self, n, block, error))
        return FALSE;
    }
  if (step == ENT_STEP_DONE && n != table->n_segments)
    find (self, "identities of %u segments, of %u in all", n, table->n_segments);
  return step == ENT_STEP_DONE;
}

/* ---- The whole ------------------------------------------------------------------------------ */

static gint64
file_size (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 ? (gint64) info.st_size : 0;
}

static void
add_figures (Check *self)
{
  const EntTable *table = self->snapshot->table;

  g_string_append_printf (self->report,
                          "messages: %u\nsegments: %u\nmemory: %" G_GSIZE_FORMAT
                          " bytes\nfile: %" G_GINT64_FORMAT " bytes\nversion: %" G_GINT64_FORMAT
                          "\n",
                          table->n_live, table->n_segments, ent_table_get_memory (table),
                          file_size (self->snapshot->store->path), table->version);
}

static gboolean
check_all (Check *self, gboolean full, GCancellable *cancellable, GError **error)
{
  if (!check_file (self, full, error) || !check_references (self, error))
    return FALSE;
  return !full || (check_columns (self, cancellable, error) && check_stored_columns (self, error) &&
                   load_filters (self, error) && check_identities (self, cancellable, error));
}

gboolean
ent_store_check (
    EntStore *self, gboolean full, GString *report, GCancellable *cancellable, GError **error)
{
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (EntIdentities) filters = ent_identities_new ();
  Check check = { NULL, filters, report, 0 };
  gboolean done;

  g_return_val_if_fail (ENT_IS_STORE (self) && report != NULL, FALSE);

  snapshot = ent_store_snapshot (self, error);
  if (snapshot == NULL)
    return FALSE;
  check.snapshot = snapshot;
  ent_database_set_cancellable (snapshot->database, cancellable);
  done = check_all (&check, full, cancellable, error);
  ent_database_set_cancellable (snapshot->database, NULL);
  if (!done)
    return FALSE;
  add_figures (&check);
  if (check.n_findings == 0)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT, "%u findings", check.n_findings);
  return FALSE;
}
