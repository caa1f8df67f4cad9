/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report's coverage is: the pairs of source and channel that the filter admits and
 * that were ever synchronised, their intervals, and where they hold messages that may still
 * change. On the snapshot's thread. */

#include "config.h"

#include "ent-scan-loops.h"
#include "ent-store-private.h"

#include <string.h>

/* Longer ranges are taken to hold open messages everywhere. */
#define MAX_QUARTERS (150 * 366 * 96)
#define STALE_AFTER_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  guint source;
  EntChannel channel;
  guint64 *open; /* bit per quarter of the range; NULL: none */
} Pair;

struct _EntCoverageView
{
  EntCoverageMap *map;
  GArray *pairs; /* Pair */
  gint64 first_quarter;
  gint64 n_quarters;
  gint64 now;
};

static void
pair_clear (gpointer data)
{
  g_clear_pointer (&((Pair *) data)->open, g_free);
}

void
ent_coverage_view_free (EntCoverageView *self)
{
  g_clear_pointer (&self->map, g_array_unref);
  g_clear_pointer (&self->pairs, g_array_unref);
  g_free (self);
}

/* Channels that the filter lets through, as bits. */
static guint
admitted_channels (const EntFilter *filter)
{
  guint n = ent_filter_get_n_values (filter, ENT_FILTER_CHANNEL);
  guint wanted = 0;
  guint excluded = 0;
  gboolean any_wanted = FALSE;

  for (guint i = 0; i < n; i++)
    {
      gboolean negated;
      EntChannel channel;
      const char *key = ent_filter_get_value (filter, ENT_FILTER_CHANNEL, i, &negated);

      any_wanted |= !negated;
      if (ent_channel_from_key (key, &channel))
        *(negated ? &excluded : &wanted) |= 1u << channel;
    }
  return (any_wanted ? wanted : ~0u) & ~excluded;
}

static void
find_pairs (EntCoverageView *self, guint channels)
{
  for (guint i = 0; i < self->map->len; i++)
    {
      const EntCoverageInterval *interval = &g_array_index (self->map, EntCoverageInterval, i);
      Pair pair = { interval->source, interval->channel, NULL };

      if (!((channels >> pair.channel) & 1))
        continue;
      if (self->pairs->len > 0)
        {
          const Pair *last = &g_array_index (self->pairs, Pair, self->pairs->len - 1);

          if (last->source == pair.source && last->channel == pair.channel)
            continue;
        }
      g_array_append_val (self->pairs, pair);
    }
}

/* ---- Open messages -------------------------------------------------------------------------- */

static void
mark_row (EntCoverageView *self, const EntSegment *segment, guint row, gint64 horizon)
{
  guint source = ent_segment_get_dim (segment, ENT_DIM_SOURCE, row);
  guint channel = segment->kind[row] & ENT_KIND_CHANNEL;
  guint64 quarter = (guint64) (segment->quarter[row] - self->first_quarter);

  if (quarter >= (guint64) self->n_quarters ||
      ((segment->status[row] & ENT_STATUS_BITS) == ENT_STATUS_SENT &&
       ent_segment_get_time (segment, row) < horizon))
    return;
  for (guint i = 0; i < self->pairs->len; i++)
    {
      Pair *pair = &g_array_index (self->pairs, Pair, i);

      if (pair->source != source || pair->channel != channel)
        continue;
      if (pair->open == NULL)
        pair->open = g_new0 (guint64, self->n_quarters / 64 + 1);
      pair->open[quarter >> 6] |= G_GUINT64_CONSTANT (1) << (quarter & 63);
    }
}

static void
mark_segment (EntCoverageView *self, const EntSegment *segment, gint64 horizon)
{
  static const guint8 codes[] = { ENT_STATUS_QUEUED, ENT_STATUS_QUEUED | ENT_STATUS_READABLE,
                                  ENT_STATUS_SENT, ENT_STATUS_SENT | ENT_STATUS_READABLE };
  guint8 mask[ENT_SEGMENT_ROWS] __attribute__ ((aligned (16)));
  guint32 rows[ENT_SEGMENT_ROWS];
  guint32 n_open = 0;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    n_open += segment->info.histogram[codes[i]];
  if (n_open == 0)
    return;
  memset (mask, 255, sizeof mask);
  ent_loop_and_bytes (mask, segment->status, codes, G_N_ELEMENTS (codes), FALSE);
  n = ent_loop_emit (mask, 0, rows);
  for (guint i = 0; i < n; i++)
    mark_row (self, segment, rows[i], horizon);
}

/* Without an interval that is over a day old nothing can be stale. */
static gboolean
can_be_stale (const EntCoverageView *self, gint64 from, gint64 to)
{
  for (guint i = 0; i < self->map->len; i++)
    {
      const EntCoverageInterval *interval = &g_array_index (self->map, EntCoverageInterval, i);

      if (interval->from < to && interval->to > from &&
          interval->fetched_at < self->now - STALE_AFTER_MS)
        return TRUE;
    }
  return FALSE;
}

static gboolean
mark_open (EntCoverageView *self,
           EntSnapshot *snapshot,
           gint64 from,
           gint64 to,
           GCancellable *cancellable,
           GError **error)
{
  gint64 horizon = self->now - ENT_CONFIRMATION_HORIZON_MS;

  self->first_quarter = ent_quarter_of (from);
  self->n_quarters = ent_quarter_of (to) - self->first_quarter + 1;
  if (self->pairs->len == 0 || self->n_quarters > MAX_QUARTERS || !can_be_stale (self, from, to))
    return TRUE;
  for (guint i = 0; i < snapshot->table->n_segments; i++)
    {
      const EntSegment *segment = snapshot->table->segments[i];

      if (!ent_check_cancelled (cancellable, error))
        return FALSE;
      if (segment->info.n_live > 0 && segment->info.max_t >= from && segment->info.min_t < to)
        mark_segment (self, segment, horizon);
    }
  return TRUE;
}

static gboolean
has_open (const EntCoverageView *self, const Pair *pair, gint64 from, gint64 to)
{
  gint64 first = MAX (ent_quarter_of (from) - self->first_quarter, 0);
  gint64 last = MIN (ent_quarter_of (to - 1) - self->first_quarter, self->n_quarters - 1);

  if (self->n_quarters > MAX_QUARTERS)
    return TRUE;
  for (gint64 i = first; pair->open != NULL && i <= last; i++)
    {
      if (pair->open[i >> 6] == 0)
        i |= 63;
      else if ((pair->open[i >> 6] >> (i & 63)) & 1)
        return TRUE;
    }
  return FALSE;
}

/* ---- Asking --------------------------------------------------------------------------------- */

EntCoverageView *
ent_coverage_view_new (EntSnapshot *snapshot,
                       const EntQuery *query,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (EntCoverageView) self = g_new0 (EntCoverageView, 1);

  self->now = query->now;
  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_array_set_clear_func (self->pairs, pair_clear);
  self->map = ent_coverage_load (snapshot->database, 0, error);
  if (self->map == NULL)
    return NULL;
  find_pairs (self, admitted_channels (query->filter));
  if (!mark_open (self, snapshot, query->range.from, query->range.to, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The worst of the pairs; but where one has data and another has none, the numbers shown are
 * a part, not nothing. */
EntCoverage
ent_coverage_view_state (EntCoverageView *self, gint64 from, gint64 to)
{
  EntCoverage worst = ENT_COVERAGE_COMPLETE;
  gboolean any = FALSE;
  gboolean some_none = FALSE;

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);
      EntCoverage state = ent_coverage_map_state (self->map, pair->source, pair->channel, from, to,
                                                  has_open (self, pair, from, to), self->now);

      if (state == ENT_COVERAGE_NONE)
        some_none = TRUE;
      else
        {
          any = TRUE;
          worst = MIN (worst, state);
        }
    }
  if (!any)
    return ENT_COVERAGE_NONE;
  return some_none ? ENT_COVERAGE_PARTIAL : worst;
}
