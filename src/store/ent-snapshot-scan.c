/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scans over a snapshot: the columns first, then, for the rows that are left, what only
 * their text can tell. On the snapshot's thread; cancellable between segments. */

#include "config.h"

#include "ent-event.h"
#include "ent-scan-loops.h"
#include "ent-text.h"

#include <string.h>

/* With more candidates than this in a segment its rows are read in one go. */
#define MANY_CANDIDATES 256

/* Folded texts that a field is searched for. */
typedef struct
{
  GPtrArray *wanted;
  GPtrArray *excluded;
} Needles;

typedef struct
{
  EntSnapshot *snapshot;
  EntScan *scan;
  EntTimeline *span; /* by event date: the span; NULL otherwise */
  const EntFilter *filter;
  Needles content;
  Needles contact;
  gboolean has_texts;
} Search;

static void
needles_init (Needles *self, const EntFilter *filter, EntFilterField field, int without)
{
  guint n = without == (int) field ? 0 : ent_filter_get_n_values (filter, field);

  self->wanted = g_ptr_array_new_with_free_func (g_free);
  self->excluded = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      gboolean negated;
      const char *value = ent_filter_get_value (filter, field, i, &negated);

      g_ptr_array_add (negated ? self->excluded : self->wanted, ent_text_fold (value));
    }
}

static gboolean
contains_any (const char *text, const GPtrArray *needles)
{
  for (guint i = 0; i < needles->len; i++)
    if (text != NULL && ent_text_contains_folded (text, g_ptr_array_index (needles, i)))
      return TRUE;
  return FALSE;
}

static gboolean
needles_match (const Needles *self, const char *text)
{
  return (self->wanted->len == 0 || contains_any (text, self->wanted)) &&
         !contains_any (text, self->excluded);
}

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->scan, ent_scan_free);
  g_clear_pointer (&self->span, ent_timeline_free);
  g_clear_pointer (&self->content.wanted, g_ptr_array_unref);
  g_clear_pointer (&self->content.excluded, g_ptr_array_unref);
  g_clear_pointer (&self->contact.wanted, g_ptr_array_unref);
  g_clear_pointer (&self->contact.excluded, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
search_init (Search *self, EntSnapshot *snapshot, const EntSnapshotScan *scan)
{
  gboolean by_event = scan->basis == ENT_BASIS_EVENT_DATE;

  self->snapshot = snapshot;
  self->filter = scan->filter;
  self->scan = ent_scan_new (scan->filter, snapshot->store->names, snapshot->table->n_names,
                             by_event ? G_MININT64 : scan->from, by_event ? G_MAXINT64 : scan->to,
                             scan->now, scan->without);
  if (by_event && scan->from < scan->to)
    {
      const gint64 edges[2] = { scan->from, scan->to };

      self->span = ent_timeline_new (edges, 1);
    }
  needles_init (&self->content, scan->filter, ENT_FILTER_TEXT, scan->without);
  needles_init (&self->contact, scan->filter, ENT_FILTER_CONTACT, scan->without);
  self->has_texts = self->content.wanted->len + self->content.excluded->len +
                        self->contact.wanted->len + self->contact.excluded->len >
                    0;
}

/* ---- Texts ---------------------------------------------------------------------------------- */

static void
judge_row (const Search *self, EntStatement *statement, guint32 base, guint8 *keep)
{
  guint row = (guint) (ent_statement_get_int64 (statement, 0) - 1 - base);

  if (row < ENT_SEGMENT_ROWS &&
      needles_match (&self->content, ent_statement_get_text (statement, 1)) &&
      needles_match (&self->contact, ent_statement_get_text (statement, 2)))
    keep[row] = 255;
}

static gboolean
judge_segment (const Search *self, guint32 base, guint8 *keep, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->snapshot->database,
      "SELECT id, content, contact_name FROM message WHERE id BETWEEN ?1 AND ?2", error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, (gint64) base + 1);
  ent_statement_bind_int64 (statement, 2, (gint64) base + ENT_SEGMENT_ROWS);
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    judge_row (self, statement, base, keep);
  return step == ENT_STEP_DONE;
}

static gboolean
judge_rows (const Search *self, guint32 base, const guint8 *mask, guint8 *keep, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (self->snapshot->database,
                            "SELECT id, content, contact_name FROM message WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  for (guint row = 0; row < ENT_SEGMENT_ROWS; row++)
    {
      EntStep step;

      if (mask[row] == 0)
        continue;
      ent_statement_bind_int64 (statement, 1, (gint64) base + row + 1);
      step = ent_statement_step (statement, error);
      if (step == ENT_STEP_ERROR)
        return FALSE;
      if (step == ENT_STEP_ROW)
        judge_row (self, statement, base, keep);
      ent_statement_reset (statement);
    }
  return TRUE;
}

static gboolean
narrow_by_text (const Search *self, guint index, guint8 *mask, GError **error)
{
  guint8 keep[ENT_SEGMENT_ROWS] __attribute__ ((aligned (16))) = { 0 };
  guint32 base = index * ENT_SEGMENT_ROWS;
  guint n = ent_loop_count (mask);

  if (n == 0)
    return TRUE;
  if (n > MANY_CANDIDATES ? !judge_segment (self, base, keep, error)
                          : !judge_rows (self, base, mask, keep, error))
    return FALSE;
  ent_loop_and_mask (mask, keep, FALSE);
  return TRUE;
}

/* ---- Scanning ------------------------------------------------------------------------------- */

EntSnapshotScan
ent_snapshot_scan_of (const EntQuery *query)
{
  const EntSnapshotScan scan = {
    .filter = query->filter,
    .from = query->range.from,
    .to = query->range.to,
    .now = query->now,
    .basis = query->basis,
    .without = ENT_SCAN_NO_FIELD,
  };

  return scan;
}

static gboolean
match_segment (const Search *self, guint index, guint8 *mask, EntMatch *match, GError **error)
{
  EntSegment *segment = self->snapshot->table->segments[index];

  if (!self->has_texts && self->span == NULL)
    {
      *match = ent_scan_match (self->scan, segment, mask);
      return TRUE;
    }
  *match = ENT_MATCH_NONE;
  if (!ent_scan_match_mask (self->scan, segment, mask))
    return TRUE;
  if (self->span != NULL &&
      !ent_event_narrow (self->snapshot, self->span, self->filter, index, mask, error))
    return FALSE;
  if (self->has_texts && !narrow_by_text (self, index, mask, error))
    return FALSE;
  *match = ENT_MATCH_SOME;
  return TRUE;
}

gboolean
ent_snapshot_scan (EntSnapshot *self,
                   const EntSnapshotScan *scan,
                   EntSegmentFunc func,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  guint8 mask[ENT_SEGMENT_ROWS] __attribute__ ((aligned (16)));
  g_auto (Search) search = { NULL };
  gboolean good = TRUE;

  search_init (&search, self, scan);
  ent_database_set_cancellable (self->database, cancellable);
  for (guint i = 0; i < self->table->n_segments && good; i++)
    {
      EntMatch match;

      if (i + 1 < self->table->n_segments)
        ent_scan_prefetch (search.scan, self->table->segments[i + 1]);
      good = ent_check_cancelled (cancellable, error) &&
             match_segment (&search, i, mask, &match, error);
      if (good && match != ENT_MATCH_NONE)
        good = func (self->table->segments[i], i, match, mask, user_data, error);
    }
  ent_database_set_cancellable (self->database, NULL);
  return good;
}
