/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which windows a synchronisation asks for.
 *
 * A channel that was never read to the end is read from the beginning of the local day 90 days
 * ago. Later, everything is read again that may have changed since: statuses move up to seven
 * days after sending, so that is the time since the last synchronisation and seven days more;
 * and, once a day, older days that still hold open messages. What a killed synchronisation has
 * read already is left out when it is resumed. Pure; any thread. */
#include "config.h"

#include "ent-sync-plan.h"

/* How far back at least, by whether the channel can tell that a message was read. */
#define MIN_REREAD_READS_MS (7 * ENT_SYNC_DAY_MS)
#define MIN_REREAD_MS (3 * ENT_SYNC_DAY_MS)

static gboolean
has_coverage (const EntCoverageMap *coverage, EntChannel channel)
{
  for (guint i = 0; coverage != NULL && i < coverage->len; i++)
    if (g_array_index (coverage, EntCoverageInterval, i).channel == channel)
      return TRUE;
  return FALSE;
}

static gint64
first_base (const EntSyncPlanInput *input)
{
  EntDay today = ent_zone_day_of (input->zone, input->now);

  return ent_zone_day_start (input->zone, today - ENT_SYNC_FIRST_DAYS);
}

static gint64
reread_base (const EntSyncPlanInput *input, EntChannel channel)
{
  gint64 elapsed = input->now - MIN (input->synced[channel], input->now);
  gint64 least = ent_channel_reports_reads (channel) ? MIN_REREAD_READS_MS : MIN_REREAD_MS;
  gint64 span = MAX (least, elapsed + ENT_SYNC_LATE_MS);

  return ent_zone_day_start (input->zone, ent_zone_day_of (input->zone, input->now - span));
}

gint64
ent_sync_plan_base (const EntSyncPlanInput *input, EntChannel channel)
{
  gint64 keeps_from = input->now - input->klass->keeps_ms;
  gint64 base;

  if (input->from != ENT_TIME_NONE)
    base = input->from;
  else if (input->to != ENT_TIME_NONE || input->synced[channel] == ENT_TIME_NONE ||
           !has_coverage (input->coverage, channel))
    base = first_base (input);
  else
    base = reread_base (input, channel);
  return MAX (base, keeps_from);
}

/* ---- Spans to windows ----------------------------------------------------------------------- */

static void
add_window (GArray *windows, EntChannel channel, gint64 from, gint64 to)
{
  EntSyncWindow window = { .channel = channel, .from = from, .to = to };

  if (from < to)
    g_array_append_val (windows, window);
}

/* [from, to) cut at the beginnings of local days, @days of them together. */
static void
add_days (
    GArray *windows, const EntZone *zone, EntChannel channel, gint64 from, gint64 to, int days)
{
  while (from < to)
    {
      EntDay last = ent_zone_day_of (zone, to - 1);
      gint64 start = MAX (from, ent_zone_day_start (zone, last - (days - 1)));

      add_window (windows, channel, start, to);
      to = start;
    }
}

/* When the part of [from, to) that was read longest ago was read; ENT_TIME_NONE where a part
 * never was. The intervals of one channel are in order and do not overlap. */
static gint64
oldest_reading (const EntCoverageMap *coverage, EntChannel channel, gint64 from, gint64 to)
{
  gint64 oldest = G_MAXINT64;

  for (guint i = 0; coverage != NULL && i < coverage->len && from < to; i++)
    {
      const EntCoverageInterval *interval = &g_array_index (coverage, EntCoverageInterval, i);

      if (interval->channel != channel || interval->to <= from || interval->from >= to)
        continue;
      if (interval->from > from)
        return ENT_TIME_NONE;
      oldest = MIN (oldest, interval->fetched_at);
      from = interval->to;
    }
  return from >= to ? oldest : ENT_TIME_NONE;
}

static void
add_open_days (GArray *windows, const EntSyncPlanInput *input, EntChannel channel, gint64 base)
{
  const GArray *days = input->open_days[channel];
  EntDay today = ent_zone_day_of (input->zone, input->now);
  gint64 keeps_from = input->now - input->klass->keeps_ms;

  for (guint i = 0; days != NULL && i < days->len; i++)
    {
      EntDay day = g_array_index (days, EntDay, i);
      gint64 from = MAX (ent_zone_day_start (input->zone, day), keeps_from);
      gint64 to = MIN (ent_zone_day_start (input->zone, day + 1), base);

      if (day < today - ENT_SYNC_OPEN_DAYS || from >= to)
        continue;
      if (oldest_reading (input->coverage, channel, from, to) <= input->now - ENT_SYNC_OPEN_AGE_MS)
        add_window (windows, channel, from, to);
    }
}

/* Appends what is left of @window without the parts that were read at @fresh or later. */
static void
add_stale_parts (GArray *windows,
                 const EntSyncWindow *window,
                 const EntCoverageMap *coverage,
                 gint64 fresh)
{
  gint64 from = window->from;

  for (guint i = 0; coverage != NULL && i < coverage->len; i++)
    {
      const EntCoverageInterval *interval = &g_array_index (coverage, EntCoverageInterval, i);

      if (interval->channel != window->channel || interval->fetched_at < fresh ||
          interval->to <= from || interval->from >= window->to)
        continue;
      add_window (windows, window->channel, from, MIN (interval->from, window->to));
      from = interval->to;
    }
  add_window (windows, window->channel, from, window->to);
}

static int
compare_windows (gconstpointer a, gconstpointer b)
{
  const EntSyncWindow *x = a;
  const EntSyncWindow *y = b;

  if (x->to != y->to)
    return x->to > y->to ? -1 : 1;
  if (x->from != y->from)
    return x->from > y->from ? -1 : 1;
  return (int) x->channel - (int) y->channel;
}

GArray *
ent_sync_plan (const EntSyncPlanInput *input)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (EntSyncWindow));
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (EntSyncWindow));
  gboolean by_hand = input->from != ENT_TIME_NONE || input->to != ENT_TIME_NONE;
  gint64 end = input->to != ENT_TIME_NONE ? MIN (input->to, input->now) : input->now;

  for (guint i = 0; i < input->klass->n_channels; i++)
    {
      EntChannel channel = input->klass->channels[i];
      gint64 base = ent_sync_plan_base (input, channel);
      int days =
          ent_source_class_is_main_channel (input->klass, channel) ? 1 : ENT_SYNC_SPARSE_DAYS;

      add_days (wanted, input->zone, channel, base, end, days);
      if (!by_hand)
        add_open_days (wanted, input, channel, base);
    }

  for (guint i = 0; i < wanted->len; i++)
    {
      const EntSyncWindow *window = &g_array_index (wanted, EntSyncWindow, i);

      if (input->fresh == ENT_TIME_NONE)
        add_window (windows, window->channel, window->from, window->to);
      else
        add_stale_parts (windows, window, input->coverage, input->fresh);
    }
  g_array_sort (windows, compare_windows);
  return g_steal_pointer (&windows);
}

GArray *
ent_sync_split (const EntSyncWindow *window, const EntSourceClass *klass, const EntZone *zone)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (EntSyncWindow));
  EntDay last = ent_zone_day_of (zone, window->to - 1);
  gint64 to = window->to;

  if (window->from < ent_zone_day_start (zone, last))
    add_days (pieces, zone, window->channel, window->from, window->to, 1);
  else if (window->to - window->from > klass->min_window_ms)
    while (to > window->from)
      {
        gint64 from = MAX (window->from, to - klass->min_window_ms);

        add_window (pieces, window->channel, from, to);
        to = from;
      }
  return pieces->len > 0 ? g_steal_pointer (&pieces) : NULL;
}
