/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coverage: the map against a timeline that is painted hour by hour, and what summaries make
 * of it. */

#include "store-world.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define N_HOURS 96
#define N_SOURCES 3
#define N_PAIRS (N_SOURCES * 2)

/* When each hour was last read; 0: never. */
typedef struct
{
  gint64 read_at[N_PAIRS][N_HOURS];
} Painting;

static gint64
hour (guint i)
{
  return WORLD_NOW - (N_HOURS - (gint64) i) * HOUR_MS;
}

static EntCoverage
painted_state (
    const Painting *p, guint pair, guint from, guint to, gboolean open_messages, gint64 now)
{
  gboolean any = FALSE;
  gboolean gap = FALSE;
  gboolean old = FALSE;

  for (guint i = from; i < to; i++)
    {
      if (hour (i) >= now)
        continue;
      if (p->read_at[pair][i] == 0)
        gap = TRUE;
      else
        {
          any = TRUE;
          old |= p->read_at[pair][i] < now - 24 * HOUR_MS;
        }
    }
  if (!any)
    return ENT_COVERAGE_NONE;
  if (gap || hour (to) > now)
    return ENT_COVERAGE_PARTIAL;
  return old && open_messages ? ENT_COVERAGE_STALE : ENT_COVERAGE_COMPLETE;
}

static void
assert_sorted (const EntCoverageMap *map)
{
  for (guint i = 0; i < map->len; i++)
    {
      const EntCoverageInterval *one = &g_array_index (map, EntCoverageInterval, i);
      const EntCoverageInterval *two;

      g_assert_cmpint (one->from, <, one->to);
      if (i + 1 == map->len)
        continue;
      two = &g_array_index (map, EntCoverageInterval, i + 1);
      g_assert_true (
          one->source < two->source ||
          (one->source == two->source && (one->channel < two->channel ||
                                          (one->channel == two->channel && one->to <= two->from))));
      /* Neighbours that say the same are one. */
      g_assert_false (one->source == two->source && one->channel == two->channel &&
                      one->to == two->from && one->fetched_at == two->fetched_at);
    }
}

static void
paint (Painting *p, EntCoverageMap *map, GRand *rand)
{
  guint pair = (guint) g_rand_int_range (rand, 0, N_PAIRS);
  guint from = (guint) g_rand_int_range (rand, 0, N_HOURS);
  guint to = (guint) g_rand_int_range (rand, (gint32) from, N_HOURS + 1);
  gboolean cut = g_rand_int_range (rand, 0, 4) == 0;
  const EntCoverageInterval interval = {
    .from = hour (from),
    .to = hour (to),
    .fetched_at = WORLD_NOW - g_rand_int_range (rand, 0, 4) * 12 * HOUR_MS,
    .channel = pair % 2 ? ENT_CHANNEL_SMS : ENT_CHANNEL_WHATSAPP,
    .source = pair / 2 + 1,
  };

  if (cut)
    ent_coverage_map_cut (map, interval.source, interval.channel, interval.from, interval.to);
  else
    ent_coverage_map_lay (map, &interval);
  for (guint i = from; i < to; i++)
    p->read_at[pair][i] = cut ? 0 : interval.fetched_at;
}

static void
test_map (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < ent_test_rounds (60, 2000); round++)
    {
      g_autoptr (EntCoverageMap) map = g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));
      Painting painting = { 0 };

      for (guint step = 0; step < 30; step++)
        {
          paint (&painting, map, rand);
          assert_sorted (map);
          for (guint look = 0; look < 10; look++)
            {
              guint pair = (guint) g_rand_int_range (rand, 0, N_PAIRS);
              guint from = (guint) g_rand_int_range (rand, 0, N_HOURS);
              guint to = (guint) g_rand_int_range (rand, (gint32) from + 1, N_HOURS + 1);
              gboolean open_messages = g_rand_boolean (rand);
              gint64 now = WORLD_NOW - g_rand_int_range (rand, 0, 30) * HOUR_MS;

              g_assert_cmpint (
                  ent_coverage_map_state (map, pair / 2 + 1,
                                          pair % 2 ? ENT_CHANNEL_SMS : ENT_CHANNEL_WHATSAPP,
                                          hour (from), hour (to), open_messages, now),
                  ==, painted_state (&painting, pair, from, to, open_messages, now));
            }
        }
    }
}

/* ---- In summaries --------------------------------------------------------------------------- */

#define TODAY 20779 /* 2026-11-22 */

static void
cover (
    EntStore *store, const char *source, EntChannel channel, EntDay first, EntDay last, gint64 at)
{
  EntBatch *batch = ent_batch_new (source, source);
  const EntCoverageInterval interval = { first * DAY_MS, MIN ((last + 1) * DAY_MS, at), at, channel,
                                         0 };

  batch->coverage = g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));
  g_array_append_val (batch->coverage, interval);
  g_assert_true (ent_store_ingest (store, batch, NULL, NULL));
}

static void
add_message (EntStore *store,
             const char *source,
             EntChannel channel,
             const char *rid,
             gint64 t,
             guint stages)
{
  EntBatch *batch = ent_batch_new (source, source);
  EntObservation *o;

  batch->observations = ent_observations_new ();
  o = ent_observations_append (batch->observations);
  o->remote_id = ent_observations_intern (batch->observations, rid, -1);
  o->updated_at = t;
  o->stages = stages;
  o->stage_times[ENT_STAGE_TIME_ACCEPTED] = t;
  o->numbers[ENT_FIELD_CHANNEL] = channel;
  g_assert_true (ent_store_ingest (store, batch, NULL, NULL));
}

static EntSummary *
summarise (EntStore *store, const char *channel, EntBy by)
{
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, NULL);
  g_autoptr (EntZone) zone = ent_zone_new_utc ();
  g_autoptr (EntFilter) none = ent_filter_new ();
  g_autoptr (EntFilter) filter =
      channel != NULL ? ent_filter_with (none, ENT_FILTER_CHANNEL, channel, FALSE, NULL)
                      : ent_filter_ref (none);
  EntQuery query = { filter, zone, { 0 }, WORLD_NOW, ENT_BASIS_SEND_DATE };

  query.range = ent_range_for_days (zone, TODAY - 5, TODAY);
  return ent_snapshot_summarise (snapshot, &query, by, NULL, NULL);
}

static void
assert_days (EntStore *store, const char *channel, const char *expected)
{
  g_autoptr (EntSummary) summary = summarise (store, channel, ENT_BY_DAY);
  g_autoptr (GString) got = g_string_new (NULL);
  guint counted[ENT_N_COVERAGES] = { 0 };

  for (guint i = 0; i < summary->n_rows; i++)
    {
      g_string_append_c (got, "-psc"[summary->rows[i].coverage]);
      counted[summary->rows[i].coverage]++;
    }
  g_assert_cmpstr (got->str, ==, expected);
  for (guint i = 0; i < ENT_N_COVERAGES; i++)
    g_assert_cmpuint (summary->days_by_coverage[i], ==, counted[i]);
}

static void
assert_range (EntStore *store, const char *channel, EntCoverage expected)
{
  g_autoptr (EntSummary) by_day = summarise (store, channel, ENT_BY_DAY);
  g_autoptr (EntSummary) by_campaign = summarise (store, channel, ENT_BY_CAMPAIGN);

  g_assert_cmpint (by_day->coverage, ==, expected);
  g_assert_cmpint (by_campaign->coverage, ==, expected);
  for (guint i = 0; i < by_campaign->n_rows; i++)
    g_assert_cmpint (by_campaign->rows[i].coverage, ==, expected);
}

static void
test_summaries (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);

  g_assert_cmpint (TODAY * DAY_MS, <=, WORLD_NOW);
  g_assert_cmpint ((TODAY + 1) * DAY_MS, >, WORLD_NOW);

  assert_days (store, NULL, "------");
  assert_range (store, NULL, ENT_COVERAGE_NONE);

  /* Four days, read just now; today is never more than partial. */
  cover (store, "a", ENT_CHANNEL_SMS, TODAY - 3, TODAY, WORLD_NOW);
  assert_days (store, NULL, "--cccp");
  assert_days (store, "sms", "--cccp");
  assert_days (store, "whatsapp", "------");
  assert_range (store, NULL, ENT_COVERAGE_PARTIAL);

  /* Another channel, one day shorter: where one has nothing, the whole is a part. */
  cover (store, "a", ENT_CHANNEL_WHATSAPP, TODAY - 2, TODAY, WORLD_NOW);
  assert_days (store, NULL, "--pccp");
  assert_days (store, "whatsapp", "---ccp");

  /* Read two days ago: complete unless something may still change. */
  cover (store, "b", ENT_CHANNEL_SMS, TODAY - 5, TODAY - 3, WORLD_NOW - 2 * DAY_MS);
  assert_days (store, "sms", "ppcppp");
  cover (store, "b", ENT_CHANNEL_SMS, TODAY - 2, TODAY, WORLD_NOW);
  cover (store, "a", ENT_CHANNEL_SMS, TODAY - 5, TODAY - 4, WORLD_NOW);
  assert_days (store, "sms", "cccccp");
  add_message (store, "b", ENT_CHANNEL_SMS, "open", (TODAY - 4) * DAY_MS + 1000,
               ENT_STAGE_FLAG_SENT);
  add_message (store, "b", ENT_CHANNEL_SMS, "done", (TODAY - 5) * DAY_MS + 1000,
               ENT_STAGE_FLAG_DELIVERED);
  add_message (store, "a", ENT_CHANNEL_SMS, "open, but read today", (TODAY - 3) * DAY_MS + 1000,
               ENT_STAGE_FLAG_SENT);
  assert_days (store, "sms", "cscccp");
  assert_range (store, "sms", ENT_COVERAGE_PARTIAL);
  world_close (store);
}

static void
test_at (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  g_autoptr (EntZone) zone = ent_zone_new_utc ();
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (EntCoverageMap) map = NULL;

  cover (store, "a", ENT_CHANNEL_SMS, TODAY - 3, TODAY - 1, WORLD_NOW - 2 * HOUR_MS);
  cover (store, "b", ENT_CHANNEL_SMS, TODAY - 3, TODAY - 3, WORLD_NOW - 26 * HOUR_MS);
  add_message (store, "a", ENT_CHANNEL_SMS, "1", (TODAY - 1) * DAY_MS, ENT_STAGE_FLAG_SENT);
  add_message (store, "a", ENT_CHANNEL_SMS, "2", TODAY * DAY_MS, ENT_STAGE_FLAG_SENT);
  add_message (store, "b", ENT_CHANNEL_SMS, "3", (TODAY - 3) * DAY_MS, ENT_STAGE_FLAG_SENT);
  add_message (store, "b", ENT_CHANNEL_SMS, "4", (TODAY - 3) * DAY_MS, ENT_STAGE_FLAG_READ);
  add_message (store, "b", ENT_CHANNEL_RCS, "5", (TODAY - 3) * DAY_MS, ENT_STAGE_FLAG_READ);
  snapshot = ent_store_snapshot (store, NULL);
  rows = world_read_all (snapshot);
  {
    static const EntCoverage expected[] = { ENT_COVERAGE_COMPLETE, ENT_COVERAGE_NONE,
                                            ENT_COVERAGE_STALE, ENT_COVERAGE_COMPLETE,
                                            ENT_COVERAGE_NONE };

    for (guint i = 0; i < rows->len; i++)
      g_assert_cmpint (
          ent_snapshot_coverage_at (snapshot, g_ptr_array_index (rows, i), WORLD_NOW, zone), ==,
          expected[i]);
  }
  map = ent_snapshot_coverage_map (snapshot, NULL);
  g_assert_cmpuint (map->len, ==, 2);
  g_clear_pointer (&snapshot, ent_snapshot_free);
  world_close (store);
}

static void
test_open_days (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  g_autoptr (EntZone) zone = ent_zone_new ("America/Sao_Paulo", NULL);
  g_autoptr (GArray) days = NULL;
  g_autoptr (GArray) none = NULL;
  g_autoptr (GError) error = NULL;

  add_message (store, "a", ENT_CHANNEL_SMS, "1", TODAY * DAY_MS + HOUR_MS, ENT_STAGE_FLAG_SENT);
  add_message (store, "a", ENT_CHANNEL_SMS, "2", TODAY * DAY_MS + 2 * HOUR_MS, 0);
  add_message (store, "a", ENT_CHANNEL_SMS, "3", (TODAY - 9) * DAY_MS, ENT_STAGE_FLAG_READ);
  add_message (store, "a", ENT_CHANNEL_SMS, "4", (TODAY - 40) * DAY_MS, ENT_STAGE_FLAG_SENT);
  add_message (store, "a", ENT_CHANNEL_SMS, "5", (TODAY - 8) * DAY_MS + 12 * HOUR_MS,
               ENT_STAGE_FLAG_SENT);
  add_message (store, "a", ENT_CHANNEL_RCS, "6", (TODAY - 7) * DAY_MS, ENT_STAGE_FLAG_SENT);
  add_message (store, "b", ENT_CHANNEL_SMS, "7", (TODAY - 6) * DAY_MS, ENT_STAGE_FLAG_SENT);
  days = ent_store_open_days (store, "a", ENT_CHANNEL_SMS, zone, (TODAY - 100) * DAY_MS,
                              (TODAY + 1) * DAY_MS, WORLD_NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (days->len, ==, 2);
  g_assert_cmpint (g_array_index (days, EntDay, 0), ==, TODAY - 8);
  g_assert_cmpint (g_array_index (days, EntDay, 1), ==, TODAY - 1); /* 22:00 the day before */
  none =
      ent_store_open_days (store, "nobody", ENT_CHANNEL_SMS, zone, 0, WORLD_NOW, WORLD_NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  world_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/coverage/map", test_map);
  g_test_add_func ("/store/coverage/summaries", test_summaries);
  g_test_add_func ("/store/coverage/at", test_at);
  g_test_add_func ("/store/coverage/open-days", test_open_days);
  return g_test_run ();
}
