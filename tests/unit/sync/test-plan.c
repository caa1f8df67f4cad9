/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which windows a synchronisation asks for: the rules by example, and properties that hold for
 * any clock, zone, coverage and history. */
#include "config.h"

#include "ent-sync-plan.h"
#include "ent-test-util.h"

static const EntChannel channels[] = { ENT_CHANNEL_WHATSAPP, ENT_CHANNEL_SMS, ENT_CHANNEL_RCS };
#define HOUR G_GINT64_CONSTANT (3600000)
#define DAY ENT_SYNC_DAY_MS

static const EntSourceClass klass = {
  .kind = "test",
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .n_main_channels = 2,
  .window_ms = DAY,
  .min_window_ms = HOUR,
  .keeps_ms = 365 * DAY,
  .max_rows_per_window = 5000,
};

static EntZone *
open_zone (const char *name)
{
  g_autoptr (GError) error = NULL;
  EntZone *zone = ent_zone_new (name, &error);

  g_assert_no_error (error);
  return zone;
}

static gint64
instant (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  ent_instant_parse (text, -1, NULL, &value, &error);
  g_assert_no_error (error);
  return value;
}

static EntSyncPlanInput
new_input (const EntZone *zone, gint64 now)
{
  EntSyncPlanInput input = {
    .now = now,
    .zone = zone,
    .klass = &klass,
    .from = ENT_TIME_NONE,
    .to = ENT_TIME_NONE,
    .fresh = ENT_TIME_NONE,
  };

  for (guint i = 0; i < ENT_N_CHANNELS; i++)
    input.synced[i] = ENT_TIME_NONE;
  return input;
}

/* Coverage of [from, to) for all channels. */
static GArray *
cover (gint64 from, gint64 to, gint64 fetched_at)
{
  GArray *map = g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      EntCoverageInterval interval = { from, to, fetched_at, channels[i], 0 };

      g_array_append_val (map, interval);
    }
  return map;
}

static void
set_synced (EntSyncPlanInput *input, gint64 when)
{
  for (guint i = 0; i < ENT_N_CHANNELS; i++)
    input->synced[i] = when;
}

/* The union of a channel's windows, which must touch without a gap: [from, to). */
static void
get_span (const GArray *windows, EntChannel channel, gint64 *from, gint64 *to, guint *n)
{
  *n = 0;
  for (guint i = 0; i < windows->len; i++)
    {
      const EntSyncWindow *window = &g_array_index (windows, EntSyncWindow, i);

      if (window->channel != channel)
        continue;
      if ((*n)++ == 0)
        *to = window->to;
      else
        g_assert_cmpint (window->to, ==, *from);
      *from = window->from;
    }
}

static void
test_first (void)
{
  g_autoptr (EntZone) zone = open_zone ("America/Sao_Paulo");
  EntSyncPlanInput input = new_input (zone, instant ("2026-11-22T14:00:00Z"));
  g_autoptr (GArray) windows = ent_sync_plan (&input);
  gint64 from = 0;
  gint64 to = 0;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      get_span (windows, channels[i], &from, &to, &n);
      g_assert_cmpint (from, ==, instant ("2026-08-24T03:00:00Z"));
      g_assert_cmpint (to, ==, input.now);
      /* A day at a time for the main channels, thirty days for the mostly empty ones. */
      g_assert_cmpuint (n, ==, i < klass.n_main_channels ? 91 : 4);
    }
  g_assert_cmpint (g_array_index (windows, EntSyncWindow, 0).to, ==, input.now);
}

static void
test_first_keeps_less (void)
{
  g_autoptr (EntZone) zone = open_zone ("America/Sao_Paulo");
  EntSyncPlanInput input = new_input (zone, instant ("2026-11-22T14:00:00Z"));
  EntSourceClass forgetful = klass;
  g_autoptr (GArray) windows = NULL;
  gint64 from = 0;
  gint64 to = 0;
  guint n;

  forgetful.keeps_ms = 3 * DAY;
  input.klass = &forgetful;
  windows = ent_sync_plan (&input);
  get_span (windows, ENT_CHANNEL_SMS, &from, &to, &n);
  g_assert_cmpint (from, ==, input.now - 3 * DAY);
  g_assert_cmpuint (n, ==, 4);
}

/* The time since the last one and seven days more, in whole local days. */
static void
test_reread (void)
{
  g_autoptr (EntZone) zone = open_zone ("America/Sao_Paulo");
  static const struct
  {
    gint64 elapsed;
    const char *from;
  } cases[] = {
    { 0, "2026-11-15T03:00:00Z" },
    { 6 * HOUR, "2026-11-15T03:00:00Z" },
    { 12 * HOUR, "2026-11-14T03:00:00Z" },
    { 3 * DAY, "2026-11-12T03:00:00Z" },
    { 20 * DAY, "2026-10-26T03:00:00Z" },
    { -5 * DAY, "2026-11-15T03:00:00Z" }, /* a clock that was set back */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EntSyncPlanInput input = new_input (zone, instant ("2026-11-22T14:00:00Z"));
      g_autoptr (GArray) coverage = cover (input.now - 100 * DAY, input.now, input.now);
      g_autoptr (GArray) windows = NULL;
      gint64 from = 0;
      gint64 to = 0;
      guint n;

      input.coverage = coverage;
      set_synced (&input, input.now - cases[i].elapsed);
      windows = ent_sync_plan (&input);
      get_span (windows, ENT_CHANNEL_WHATSAPP, &from, &to, &n);
      g_assert_cmpint (from, ==, instant (cases[i].from));
      g_assert_cmpint (to, ==, input.now);
      get_span (windows, ENT_CHANNEL_SMS, &from, &to, &n);
      g_assert_cmpint (from, ==, instant (cases[i].from));
    }
}

/* Erased data was erased on purpose, but with all coverage gone it is a first time again. */
static void
test_coverage_gone (void)
{
  g_autoptr (EntZone) zone = ent_zone_new_utc ();
  EntSyncPlanInput input = new_input (zone, instant ("2026-11-22T14:00:00Z"));
  g_autoptr (GArray) windows = NULL;
  gint64 from = 0;
  gint64 to = 0;
  guint n;

  set_synced (&input, input.now - HOUR);
  windows = ent_sync_plan (&input);
  get_span (windows, ENT_CHANNEL_SMS, &from, &to, &n);
  g_assert_cmpint (from, ==, instant ("2026-08-24T00:00:00Z"));
}

static void
test_open_days (void)
{
  g_autoptr (EntZone) zone = ent_zone_new_utc ();
  EntSyncPlanInput input = new_input (zone, instant ("2026-11-22T14:00:00Z"));
  EntDay today = ent_zone_day_of (zone, input.now);
  EntDay days[] = { today - 31, today - 30, today - 20, today - 10, today - 2 };
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (EntDay));
  g_autoptr (GArray) old = cover (input.now - 100 * DAY, input.now, input.now - DAY);
  g_autoptr (GArray) recent = cover (input.now - 100 * DAY, input.now, input.now - 3 * HOUR);

  g_array_append_vals (open, days, G_N_ELEMENTS (days));
  input.open_days[ENT_CHANNEL_SMS] = open;
  set_synced (&input, input.now - 3 * HOUR);
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GArray) windows = NULL;
      guint n_open = 0;

      input.coverage = round == 0 ? old : recent;
      windows = ent_sync_plan (&input);
      for (guint i = 0; i < windows->len; i++)
        {
          const EntSyncWindow *window = &g_array_index (windows, EntSyncWindow, i);

          if (window->channel == ENT_CHANNEL_SMS && window->to <= input.now - 9 * DAY)
            {
              n_open++;
              g_assert_cmpint (window->to - window->from, ==, DAY);
            }
        }
      /* Read a day ago: due, but for the one that is too old. Read three hours ago: not yet. */
      g_assert_cmpuint (n_open, ==, round == 0 ? 3 : 0);
    }
}

static void
test_by_hand (void)
{
  g_autoptr (EntZone) zone = ent_zone_new_utc ();
  EntSyncPlanInput input = new_input (zone, instant ("2026-11-22T14:00:00Z"));
  g_autoptr (GArray) coverage = cover (input.now - 100 * DAY, input.now, input.now);
  static const struct
  {
    const char *from;
    const char *to;
    const char *planned_from;
    const char *planned_to;
  } cases[] = {
    { "2026-06-01T00:00:00Z", "2026-06-03T00:00:00Z", "2026-06-01T00:00:00Z",
      "2026-06-03T00:00:00Z" },
    { "2026-11-20T00:00:00Z", NULL, "2026-11-20T00:00:00Z", "2026-11-22T14:00:00Z" },
    { NULL, "2026-11-20T00:00:00Z", "2026-08-24T00:00:00Z", "2026-11-20T00:00:00Z" },
    { "2026-11-20T00:00:00Z", "2027-01-01T00:00:00Z", "2026-11-20T00:00:00Z",
      "2026-11-22T14:00:00Z" },
    { "2020-01-01T00:00:00Z", "2025-12-01T00:00:00Z", "2025-11-22T14:00:00Z",
      "2025-12-01T00:00:00Z" },
  };

  input.coverage = coverage;
  set_synced (&input, input.now);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) windows = NULL;
      gint64 from = 0;
      gint64 to = 0;
      guint n;

      input.from = cases[i].from != NULL ? instant (cases[i].from) : ENT_TIME_NONE;
      input.to = cases[i].to != NULL ? instant (cases[i].to) : ENT_TIME_NONE;
      windows = ent_sync_plan (&input);
      get_span (windows, ENT_CHANNEL_SMS, &from, &to, &n);
      g_assert_cmpint (from, ==, instant (cases[i].planned_from));
      g_assert_cmpint (to, ==, instant (cases[i].planned_to));
    }

  input.from = instant ("2020-01-01T00:00:00Z");
  input.to = instant ("2020-01-02T00:00:00Z");
  {
    g_autoptr (GArray) windows = ent_sync_plan (&input);

    g_assert_cmpuint (windows->len, ==, 0);
  }
}

/* ---- Properties ----------------------------------------------------------------------------- */

static const char *const zone_names[] = { "UTC",          "America/Sao_Paulo", "America/Santiago",
                                          "Asia/Kolkata", "Pacific/Apia",      "America/New_York" };

static GArray *
random_coverage (GRand *rand, gint64 now)
{
  GArray *map = g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      gint64 from = now - g_rand_int_range (rand, 1, 120) * DAY;

      for (int n = g_rand_int_range (rand, 0, 12); n > 0 && from < now; n--)
        {
          EntCoverageInterval interval = {
            .from = from,
            .to = MIN (now, from + g_rand_int_range (rand, 1, 400) * HOUR),
            .fetched_at = now - g_rand_int_range (rand, 0, 60) * HOUR,
            .channel = channels[i],
          };

          g_array_append_val (map, interval);
          from = interval.to + g_rand_int_range (rand, 0, 3) * 30 * HOUR;
        }
    }
  return map;
}

static gint64
random_now (GRand *rand)
{
  return instant ("2015-01-01T00:00:00Z") +
         (gint64) (g_rand_double (rand) * 15 * 365 * (double) DAY);
}

static void
check_windows (const EntSyncPlanInput *input, const GArray *windows)
{
  for (guint i = 0; i < windows->len; i++)
    {
      const EntSyncWindow *window = &g_array_index (windows, EntSyncWindow, i);
      gboolean sparse = window->channel == ENT_CHANNEL_RCS;

      g_assert_cmpint (window->from, <, window->to);
      g_assert_cmpint (window->to, <=, input->now);
      g_assert_cmpint (window->from, >=, input->now - input->klass->keeps_ms);
      if (!sparse)
        g_assert_cmpint (ent_zone_day_of (input->zone, window->from), ==,
                         ent_zone_day_of (input->zone, window->to - 1));
      if (i > 0)
        g_assert_cmpint (window->to, <=, g_array_index (windows, EntSyncWindow, i - 1).to);
      for (guint j = 0; j < i; j++)
        {
          const EntSyncWindow *other = &g_array_index (windows, EntSyncWindow, j);

          g_assert_true (other->channel != window->channel || other->from >= window->to ||
                         other->to <= window->from);
        }
    }
}

/* Whether one of the windows holds the instant. */
static gboolean
asks_for (const GArray *windows, EntChannel channel, gint64 when)
{
  for (guint i = 0; i < windows->len; i++)
    {
      const EntSyncWindow *window = &g_array_index (windows, EntSyncWindow, i);

      if (window->channel == channel && window->from <= when && when < window->to)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_fresh (const GArray *coverage, EntChannel channel, gint64 when, gint64 fresh)
{
  for (guint i = 0; i < coverage->len; i++)
    {
      const EntCoverageInterval *interval = &g_array_index (coverage, EntCoverageInterval, i);

      if (interval->channel == channel && interval->from <= when && when < interval->to)
        return interval->fetched_at >= fresh;
    }
  return FALSE;
}

/* Everything from the base to now is asked for, but for what is fresh; nothing fresh is. */
static void
check_complete (const EntSyncPlanInput *input, const GArray *windows, GRand *rand)
{
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      gint64 base = ent_sync_plan_base (input, channels[i]);

      for (guint n = 0; n < 40; n++)
        {
          gint64 when = base + (gint64) (g_rand_double (rand) * (double) (input->now - base));
          gboolean fresh = input->fresh != ENT_TIME_NONE &&
                           is_fresh (input->coverage, channels[i], when, input->fresh);

          g_assert_cmpint (asks_for (windows, channels[i], when), ==, !fresh);
        }
    }
}

static void
test_properties (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  guint rounds = ent_test_rounds (1500, 100000);

  for (guint round = 0; round < rounds; round++)
    {
      g_autoptr (EntZone) zone =
          open_zone (zone_names[g_rand_int_range (rand, 0, G_N_ELEMENTS (zone_names))]);
      gint64 now = random_now (rand);
      EntSyncPlanInput input = new_input (zone, now);
      g_autoptr (GArray) coverage = random_coverage (rand, now);
      g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (EntDay));
      g_autoptr (GArray) windows = NULL;

      for (EntDay day = ent_zone_day_of (zone, now) - 35; day < ent_zone_day_of (zone, now); day++)
        if (g_rand_boolean (rand))
          g_array_append_val (open, day);
      input.coverage = coverage;
      for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
        {
          if (g_rand_boolean (rand))
            input.synced[channels[i]] = now - g_rand_int_range (rand, 0, 3000) * HOUR;
          input.open_days[channels[i]] = open;
        }
      if (g_rand_boolean (rand))
        input.fresh = now - g_rand_int_range (rand, 0, 30) * HOUR;

      windows = ent_sync_plan (&input);
      check_windows (&input, windows);
      check_complete (&input, windows, rand);
    }
}

/* The pieces of a window are the window, each smaller, down to the smallest. */
static void
test_split (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (EntZone) zone =
          open_zone (zone_names[g_rand_int_range (rand, 0, G_N_ELEMENTS (zone_names))]);
      gint64 to = random_now (rand);
      EntSyncWindow window = { ENT_CHANNEL_SMS,
                               to - 1 - (gint64) (g_rand_double (rand) * 40 * (double) DAY), to };
      g_autoptr (GArray) pieces = ent_sync_split (&window, &klass, zone);
      gint64 from = 0;
      gint64 end = 0;
      guint n;

      if (pieces == NULL)
        {
          g_assert_cmpint (window.to - window.from, <=, klass.min_window_ms);
          continue;
        }
      g_assert_cmpuint (pieces->len, >, 1);
      get_span (pieces, ENT_CHANNEL_SMS, &from, &end, &n);
      g_assert_cmpuint (n, ==, pieces->len);
      g_assert_cmpint (from, ==, window.from);
      g_assert_cmpint (end, ==, window.to);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/first", test_first);
  g_test_add_func ("/plan/first-keeps-less", test_first_keeps_less);
  g_test_add_func ("/plan/reread", test_reread);
  g_test_add_func ("/plan/coverage-gone", test_coverage_gone);
  g_test_add_func ("/plan/open-days", test_open_days);
  g_test_add_func ("/plan/by-hand", test_by_hand);
  g_test_add_func ("/plan/properties", test_properties);
  g_test_add_func ("/plan/split", test_split);
  return g_test_run ();
}
