/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Summaries: counting a query by time or by dimension, and the finished value. Counting is
 * on the snapshot's thread; the value is immutable and any thread's. */

#include "config.h"

#include "ent-event.h"

#include <string.h>

EntSummary *
ent_summary_ref (EntSummary *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ent_summary_unref (EntSummary *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_rows; i++)
    g_free (self->rows[i].key);
  g_free (self->rows);
  g_free (self);
}

/* ---- By time -------------------------------------------------------------------------------- */

/* The buckets' edges, and the confirmation horizon where it divides one. */
typedef struct
{
  EntTimeline *timeline;
  GArray *edges;   /* gint64 */
  GArray *buckets; /* guint: bucket of each cell */
  gint64 horizon;
} Cells;

static void
cells_clear (Cells *self)
{
  g_clear_pointer (&self->timeline, ent_timeline_free);
  g_clear_pointer (&self->edges, g_array_unref);
  g_clear_pointer (&self->buckets, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cells, cells_clear)

static void
cells_init (Cells *self, const GArray *buckets, gint64 horizon, gboolean divide)
{
  self->horizon = horizon;
  self->edges = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->buckets = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < buckets->len; i++)
    {
      const EntBucket *bucket = &g_array_index (buckets, EntBucket, i);

      g_array_append_val (self->edges, bucket->start);
      g_array_append_val (self->buckets, i);
      if (divide && horizon > bucket->start && horizon < bucket->end)
        {
          g_array_append_val (self->edges, horizon);
          g_array_append_val (self->buckets, i);
        }
    }
  if (buckets->len == 0)
    return;
  g_array_append_val (self->edges, g_array_index (buckets, EntBucket, buckets->len - 1).end);
  self->timeline =
      ent_timeline_new ((const gint64 *) (gpointer) self->edges->data, self->buckets->len);
}

typedef struct
{
  const EntTimeline *timeline;
  gint64 *counts;
} CellCount;

static gboolean
count_cells_cb (EntSegment *segment,
                guint index,
                EntMatch match,
                const guint8 *mask,
                gpointer user_data,
                GError **error)
{
  CellCount *self = user_data;

  ent_timeline_count (self->timeline, segment, match, mask, self->counts);
  return TRUE;
}

static gboolean
count_by_event (EntSnapshot *snapshot,
                const EntQuery *query,
                EntEventCount *count,
                GCancellable *cancellable,
                GError **error)
{
  /* Any event of the message may lie in the span, so none is left out by time. */
  EntSnapshotScan scan = ent_snapshot_scan_of (query);

  scan.from = G_MININT64;
  scan.to = G_MAXINT64;
  scan.basis = ENT_BASIS_SEND_DATE;
  return ent_snapshot_scan (snapshot, &scan, ent_event_count_cb, count, cancellable, error);
}

static gint64
horizon_of (const EntQuery *query)
{
  return query->now < G_MININT64 + ENT_CONFIRMATION_HORIZON_MS
             ? G_MININT64
             : query->now - ENT_CONFIRMATION_HORIZON_MS;
}

static gboolean
fill_time_by_event (EntSummary *summary,
                    EntSnapshot *snapshot,
                    const EntQuery *query,
                    const Cells *cells,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree EntCounters *counters = g_new0 (EntCounters, cells->buckets->len);
  EntEventCount count = {
    .snapshot = snapshot,
    .timeline = cells->timeline,
    .horizon = cells->horizon,
    .by_cell = TRUE,
    .n_counters = cells->buckets->len,
    .counters = counters,
  };

  if (!count_by_event (snapshot, query, &count, cancellable, error))
    return FALSE;
  for (guint i = 0; i < cells->buckets->len; i++)
    ent_counters_sum (&summary->rows[g_array_index (cells->buckets, guint, i)].counters,
                      &counters[i]);
  return TRUE;
}

static gboolean
fill_time_by_sending (EntSummary *summary,
                      EntSnapshot *snapshot,
                      const EntQuery *query,
                      const Cells *cells,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree gint64 *counts = g_new0 (gint64, (gsize) cells->buckets->len * ENT_N_STATUS_CODES);
  EntSnapshotScan scan = ent_snapshot_scan_of (query);
  CellCount count = { cells->timeline, counts };

  if (!ent_snapshot_scan (snapshot, &scan, count_cells_cb, &count, cancellable, error))
    return FALSE;
  for (guint i = 0; i < cells->buckets->len; i++)
    ent_counters_add_codes (&summary->rows[g_array_index (cells->buckets, guint, i)].counters,
                            counts + (gsize) i * ENT_N_STATUS_CODES,
                            g_array_index (cells->edges, gint64, i) < cells->horizon);
  return TRUE;
}

static gboolean
fill_time (EntSummary *summary,
           EntSnapshot *snapshot,
           const EntQuery *query,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GArray) buckets = ent_range_buckets (&query->range, query->zone, summary->by);
  gboolean by_event = query->basis == ENT_BASIS_EVENT_DATE;
  g_auto (Cells) cells = { NULL };

  summary->n_rows = buckets->len;
  summary->rows = g_new0 (EntSummaryRow, MAX (buckets->len, 1));
  for (guint i = 0; i < buckets->len; i++)
    {
      const EntBucket *bucket = &g_array_index (buckets, EntBucket, i);

      summary->rows[i].key = g_strdup (bucket->key);
      summary->rows[i].start = bucket->start;
      summary->rows[i].end = bucket->end;
    }
  cells_init (&cells, buckets, horizon_of (query), !by_event);
  if (cells.timeline == NULL)
    return TRUE;
  return (by_event ? fill_time_by_event : fill_time_by_sending) (summary, snapshot, query, &cells,
                                                                 cancellable, error);
}

/* ---- By dimension --------------------------------------------------------------------------- */

typedef struct
{
  EntGroup group;
  guint dim;
  guint32 n_groups;
  gint64 horizon;
  guint32 *counts;
} GroupCount;

static gboolean
count_groups_cb (EntSegment *segment,
                 guint index,
                 EntMatch match,
                 const guint8 *mask,
                 gpointer user_data,
                 GError **error)
{
  GroupCount *self = user_data;

  ent_group_count (self->group, self->dim, self->n_groups, self->horizon, segment, match, mask,
                   self->counts);
  return TRUE;
}

static void
choose_group (EntSnapshot *snapshot, EntBy by, EntGroup *group, guint *dim, guint32 *n_groups)
{
  *dim = 0;
  switch (by)
    {
    case ENT_BY_SUBACCOUNT:
    case ENT_BY_USER:
    case ENT_BY_CAMPAIGN:
    case ENT_BY_CARRIER:
      *group = ENT_GROUP_DIM;
      *dim = by == ENT_BY_CARRIER ? ENT_DIMENSION_CARRIER
                                  : ENT_DIMENSION_SUBACCOUNT + (by - ENT_BY_SUBACCOUNT);
      *n_groups = snapshot->table->n_names[*dim] + 1;
      break;
    case ENT_BY_CONTENT_TYPE:
      *group = ENT_GROUP_CONTENT_TYPE;
      *n_groups = ENT_N_CONTENT_TYPES;
      break;
    case ENT_BY_REASON:
      *group = ENT_GROUP_REASON;
      *n_groups = ENT_N_REASONS;
      break;
    case ENT_BY_STATUS:
    case ENT_BY_DAY:
    case ENT_BY_HOUR:
    case ENT_BY_WEEK:
    case ENT_BY_MONTH:
    default:
      *group = ENT_GROUP_STATUS;
      *n_groups = ENT_N_STATUSES;
      break;
    }
}

static const char *
group_key (EntSnapshot *snapshot, EntGroup group, guint dim, guint32 number)
{
  const char *key = NULL;

  switch (group)
    {
    case ENT_GROUP_DIM:
      return ent_dimensions_get_label (snapshot->store->names, (EntDimensionKind) dim, number);
    case ENT_GROUP_CONTENT_TYPE:
      key = ent_content_type_key ((EntContentType) number);
      break;
    case ENT_GROUP_REASON:
      key = ent_reason_key ((EntReason) number);
      break;
    case ENT_GROUP_STATUS:
      key = ent_status_key ((EntStatus) number);
      break;
    case ENT_GROUP_CHANNEL:
    default:
      key = ent_channel_key ((EntChannel) number);
      break;
    }
  return key != NULL ? key : "";
}

/* Counters by key: two numbers may have the same name. */
static void
add_to_key (GHashTable *keys, const char *key, const EntCounters *counters)
{
  static const EntCounters nothing;
  EntCounters *sum;

  if (ent_counters_equal (counters, &nothing))
    return;
  sum = g_hash_table_lookup (keys, key);
  if (sum == NULL)
    {
      sum = g_new0 (EntCounters, 1);
      g_hash_table_insert (keys, (gpointer) key, sum);
    }
  ent_counters_sum (sum, counters);
}

static int
compare_rows (const void *a, const void *b)
{
  const EntSummaryRow *one = a;
  const EntSummaryRow *two = b;
  gint64 n_one = one->counters.total + one->counters.received;
  gint64 n_two = two->counters.total + two->counters.received;

  if (n_one != n_two)
    return n_one > n_two ? -1 : 1;
  return strcmp (one->key, two->key);
}

static void
take_keys (EntSummary *summary, GHashTable *keys)
{
  GHashTableIter iter;
  gpointer key, counters;
  guint n = 0;

  summary->n_rows = g_hash_table_size (keys);
  summary->rows = g_new0 (EntSummaryRow, MAX (summary->n_rows, 1));
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, &counters))
    {
      summary->rows[n].key = g_strdup (key);
      summary->rows[n++].counters = *(EntCounters *) counters;
    }
  qsort (summary->rows, summary->n_rows, sizeof *summary->rows, compare_rows);
}

static EntCounters *
count_groups_by_sending (EntSnapshot *snapshot,
                         const EntQuery *query,
                         GroupCount *count,
                         GCancellable *cancellable,
                         GError **error)
{
  gsize n_counts = (gsize) count->n_groups * 2 * ENT_N_STATUS_CODES;
  g_autofree guint32 *counts = g_new0 (guint32, n_counts);
  EntSnapshotScan scan = ent_snapshot_scan_of (query);
  gboolean by_status = count->group == ENT_GROUP_STATUS;
  EntCounters *counters;

  count->counts = counts;
  if (!ent_snapshot_scan (snapshot, &scan, count_groups_cb, count, cancellable, error))
    return NULL;
  counters = g_new0 (EntCounters, count->n_groups);
  for (guint32 group = 0; group < count->n_groups; group++)
    for (guint old = 0; old < 2; old++)
      {
        gint64 codes[ENT_N_STATUS_CODES];
        guint32 place = group;

        for (guint code = 0; code < ENT_N_STATUS_CODES; code++)
          codes[code] = counts[((gsize) group * 2 + old) * ENT_N_STATUS_CODES + code];
        if (by_status && old && group == ENT_STATUS_SENT)
          place = ENT_STATUS_UNCONFIRMED;
        ent_counters_add_codes (&counters[place], codes, old);
      }
  return counters;
}

static EntCounters *
count_groups_by_event (EntSnapshot *snapshot,
                       const EntQuery *query,
                       const GroupCount *group,
                       GCancellable *cancellable,
                       GError **error)
{
  const gint64 edges[2] = { query->range.from, query->range.to };
  g_autoptr (EntTimeline) timeline = ent_timeline_new (edges, 1);
  g_autofree EntCounters *counters = g_new0 (EntCounters, group->n_groups);
  EntEventCount count = {
    .snapshot = snapshot,
    .timeline = timeline,
    .horizon = group->horizon,
    .group = group->group,
    .dim = group->dim,
    .n_counters = group->n_groups,
    .counters = counters,
  };

  return count_by_event (snapshot, query, &count, cancellable, error) ? g_steal_pointer (&counters)
                                                                      : NULL;
}

static gboolean
fill_dimension (EntSummary *summary,
                EntSnapshot *snapshot,
                const EntQuery *query,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autofree EntCounters *counters = NULL;
  GroupCount count = { .horizon = horizon_of (query) };

  choose_group (snapshot, summary->by, &count.group, &count.dim, &count.n_groups);
  counters = (query->basis == ENT_BASIS_EVENT_DATE && query->range.from < query->range.to)
                 ? count_groups_by_event (snapshot, query, &count, cancellable, error)
                 : count_groups_by_sending (snapshot, query, &count, cancellable, error);
  if (counters == NULL)
    return FALSE;
  for (guint32 group = 0; group < count.n_groups; group++)
    add_to_key (keys, group_key (snapshot, count.group, count.dim, group), &counters[group]);
  take_keys (summary, keys);
  return TRUE;
}

/* ---- Coverage ------------------------------------------------------------------------------- */

static EntCoverage
fill_days (EntSummary *summary, EntCoverageView *view, const EntQuery *query)
{
  guint n_days = 0;

  for (EntDay day = query->range.first; day <= query->range.last; day++, n_days++)
    {
      EntCoverage state = ent_coverage_view_state (view, ent_zone_day_start (query->zone, day),
                                                   ent_zone_day_start (query->zone, day + 1));

      summary->days_by_coverage[state]++;
    }
  if (summary->days_by_coverage[ENT_COVERAGE_NONE] == n_days)
    return ENT_COVERAGE_NONE;
  if (summary->days_by_coverage[ENT_COVERAGE_NONE] > 0 ||
      summary->days_by_coverage[ENT_COVERAGE_PARTIAL] > 0)
    return ENT_COVERAGE_PARTIAL;
  return summary->days_by_coverage[ENT_COVERAGE_STALE] > 0 ? ENT_COVERAGE_STALE
                                                           : ENT_COVERAGE_COMPLETE;
}

static gboolean
fill_coverage (EntSummary *summary,
               EntSnapshot *snapshot,
               const EntQuery *query,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (EntCoverageView) view = ent_coverage_view_new (snapshot, query, cancellable, error);
  gboolean by_time = ent_by_is_time (summary->by);

  if (view == NULL)
    return FALSE;
  summary->coverage = fill_days (summary, view, query);
  for (guint i = 0; i < summary->n_rows; i++)
    {
      EntSummaryRow *row = &summary->rows[i];

      row->coverage =
          by_time ? ent_coverage_view_state (view, row->start, row->end) : summary->coverage;
    }
  return TRUE;
}

EntSummary *
ent_snapshot_summarise (
    EntSnapshot *self, const EntQuery *query, EntBy by, GCancellable *cancellable, GError **error)
{
  g_autoptr (EntSummary) summary = NULL;

  g_return_val_if_fail (self != NULL && query != NULL, NULL);
  g_return_val_if_fail ((guint) by < ENT_N_BYS, NULL);

  summary = g_new0 (EntSummary, 1);
  summary->ref_count = 1;
  summary->range = query->range;
  summary->by = by;
  summary->as_of = query->now;
  summary->data_version = self->table->version;
  if (!(ent_by_is_time (by) ? fill_time : fill_dimension) (summary, self, query, cancellable,
                                                           error) ||
      !fill_coverage (summary, self, query, cancellable, error))
    return NULL;
  for (guint i = 0; i < summary->n_rows; i++)
    ent_counters_sum (&summary->totals, &summary->rows[i].counters);
  return g_steal_pointer (&summary);
}
