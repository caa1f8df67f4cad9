/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maps of coverage as values: see the header. Sorted by source, channel, start; intervals of
 * one source and channel never overlap. */

#include "config.h"

#include "ent-coverage.h"

#define STALE_AFTER_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static EntCoverageInterval *
at (const EntCoverageMap *map, guint i)
{
  return &g_array_index (map, EntCoverageInterval, i);
}

static int
compare_pair (const EntCoverageInterval *a, guint source, EntChannel channel)
{
  if (a->source != source)
    return a->source < source ? -1 : 1;
  if (a->channel != channel)
    return a->channel < channel ? -1 : 1;
  return 0;
}

/* The first interval of the pair that ends after @from, or where it would stand. */
static guint
find (const EntCoverageMap *map, guint source, EntChannel channel, gint64 from)
{
  guint low = 0;
  guint high = map->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = compare_pair (at (map, middle), source, channel);

      if (order < 0 || (order == 0 && at (map, middle)->to <= from))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
touches (const EntCoverageMap *map, guint i, guint source, EntChannel channel, gint64 to)
{
  return i < map->len && compare_pair (at (map, i), source, channel) == 0 && at (map, i)->from < to;
}

void
ent_coverage_map_cut (EntCoverageMap *map, guint source, EntChannel channel, gint64 from, gint64 to)
{
  guint i;

  g_return_if_fail (map != NULL);

  if (from >= to)
    return;
  i = find (map, source, channel, from);
  while (touches (map, i, source, channel, to))
    {
      EntCoverageInterval *old = at (map, i);
      EntCoverageInterval tail = *old;

      tail.from = to;
      if (old->from < from)
        {
          old->to = from;
          i++;
          if (tail.to > to)
            g_array_insert_val (map, i, tail);
        }
      else if (tail.to > to)
        *old = tail;
      else
        {
          g_array_remove_index (map, i);
          continue;
        }
      if (tail.to > to)
        break;
    }
}

/* Neighbours that were read at the same time become one. */
static void
join_with_next (EntCoverageMap *map, guint i)
{
  EntCoverageInterval *one;
  EntCoverageInterval *two;

  if (i + 1 >= map->len)
    return;
  one = at (map, i);
  two = at (map, i + 1);
  if (compare_pair (one, two->source, two->channel) != 0 || one->to != two->from ||
      one->fetched_at != two->fetched_at)
    return;
  one->to = two->to;
  g_array_remove_index (map, i + 1);
}

void
ent_coverage_map_lay (EntCoverageMap *map, const EntCoverageInterval *interval)
{
  guint i;

  g_return_if_fail (map != NULL);
  g_return_if_fail (interval != NULL);

  if (interval->from >= interval->to)
    return;
  ent_coverage_map_cut (map, interval->source, interval->channel, interval->from, interval->to);
  i = find (map, interval->source, interval->channel, interval->from);
  g_array_insert_val (map, i, *interval);
  join_with_next (map, i);
  if (i > 0)
    join_with_next (map, i - 1);
}

EntCoverage
ent_coverage_map_state (const EntCoverageMap *map,
                        guint source,
                        EntChannel channel,
                        gint64 from,
                        gint64 to,
                        gboolean open_messages,
                        gint64 now)
{
  gint64 end = MIN (to, now);
  gint64 covered_to = from;
  gint64 oldest = G_MAXINT64;
  gboolean any = FALSE;
  gboolean gap = FALSE;

  g_return_val_if_fail (map != NULL, ENT_COVERAGE_NONE);

  if (from >= end)
    return ENT_COVERAGE_NONE;
  for (guint i = find (map, source, channel, from); touches (map, i, source, channel, end); i++)
    {
      const EntCoverageInterval *interval = at (map, i);

      gap |= interval->from > covered_to;
      covered_to = MAX (covered_to, interval->to);
      oldest = MIN (oldest, interval->fetched_at);
      any = TRUE;
    }
  if (!any)
    return ENT_COVERAGE_NONE;
  if (gap || covered_to < end || to > now)
    return ENT_COVERAGE_PARTIAL;
  return open_messages && oldest < now - STALE_AFTER_MS ? ENT_COVERAGE_STALE
                                                        : ENT_COVERAGE_COMPLETE;
}
