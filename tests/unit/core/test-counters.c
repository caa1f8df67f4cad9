/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The funnel: identities over random sets against counters computed by definition, rates, and
 * rounding against plain integer reasoning. */

#include "config.h"

#include "ent-counters.h"

#include "ent-test-util.h"

typedef struct
{
  EntStatus status;
  gboolean reports_reads;
  gint64 n;
} Group;

/* How many messages of @groups a stage counts, by its definition. */
static gint64
count_stage (const Group *groups, guint n_groups, EntStage stage)
{
  gint64 sum = 0;

  for (guint i = 0; i < n_groups; i++)
    if (ent_stage_statuses (stage) & (1u << groups[i].status))
      sum += groups[i].n;
  return sum;
}

static void
check_set (const Group *groups, guint n_groups, const EntCounters *counters)
{
  g_assert_true (ent_counters_hold (counters));
  for (guint stage = 0; stage < ENT_N_STAGES; stage++)
    g_assert_cmpint (ent_counters_stage (counters, stage), ==,
                     count_stage (groups, n_groups, stage));

  g_assert_cmpint (counters->total, ==, counters->sent + counters->send_failed + counters->queued);
  g_assert_cmpint (counters->sent, ==,
                   counters->delivered + counters->not_delivered + counters->in_transit);
  g_assert_cmpint (ent_counters_errors (counters), ==,
                   counters->send_failed + counters->not_delivered);
  g_assert_cmpint (ent_counters_pending (counters), ==, counters->queued + counters->in_transit);
}

static void
test_random_sets (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 20000; round++)
    {
      Group groups[24];
      guint n_groups = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (groups) + 1);
      guint half = n_groups / 2;
      EntCounters whole = { 0 };
      EntCounters parts[2] = { { 0 }, { 0 } };

      for (guint i = 0; i < n_groups; i++)
        {
          groups[i].status = (EntStatus) g_rand_int_range (rand, 0, ENT_N_STATUSES);
          groups[i].reports_reads = g_rand_boolean (rand);
          groups[i].n = g_rand_int_range (rand, 0, 1000000);
          ent_counters_add (&whole, groups[i].status, groups[i].reports_reads, groups[i].n);
          ent_counters_add (&parts[i < half ? 0 : 1], groups[i].status, groups[i].reports_reads,
                            groups[i].n);
        }
      check_set (groups, n_groups, &whole);
      check_set (groups, half, &parts[0]);

      /* The sum over any partition is the whole. */
      ent_counters_sum (&parts[0], &parts[1]);
      g_assert_true (ent_counters_equal (&parts[0], &whole));
    }
}

static void
test_each_status (void)
{
  EntCounters counters = { 0 };

  ent_counters_add (&counters, ENT_STATUS_QUEUED, TRUE, 1);
  ent_counters_add (&counters, ENT_STATUS_SENT, TRUE, 2);
  ent_counters_add (&counters, ENT_STATUS_UNCONFIRMED, TRUE, 4);
  ent_counters_add (&counters, ENT_STATUS_DELIVERED, TRUE, 8);
  ent_counters_add (&counters, ENT_STATUS_DELIVERED, FALSE, 16);
  ent_counters_add (&counters, ENT_STATUS_READ, TRUE, 32);
  ent_counters_add (&counters, ENT_STATUS_READ, FALSE, 64);
  ent_counters_add (&counters, ENT_STATUS_SEND_FAILED, FALSE, 128);
  ent_counters_add (&counters, ENT_STATUS_NOT_DELIVERED, FALSE, 256);
  ent_counters_add (&counters, ENT_STATUS_RECEIVED, TRUE, 512);

  g_assert_cmpint (counters.total, ==, 511);
  g_assert_cmpint (counters.sent, ==, 2 + 4 + 8 + 16 + 32 + 64 + 256);
  g_assert_cmpint (counters.delivered, ==, 8 + 16 + 32 + 64);
  g_assert_cmpint (counters.read, ==, 32 + 64);
  g_assert_cmpint (counters.send_failed, ==, 128);
  g_assert_cmpint (counters.not_delivered, ==, 256);
  g_assert_cmpint (counters.queued, ==, 1);
  g_assert_cmpint (counters.in_transit, ==, 2 + 4);
  g_assert_cmpint (counters.unconfirmed, ==, 4);
  g_assert_cmpint (counters.received, ==, 512);
  /* Whatever was read could report it, so that the read rate stays below 100 %. */
  g_assert_cmpint (counters.delivered_readable, ==, 8 + 32 + 64);
}

/* Each identity, broken alone, is noticed. */
static void
test_hold_notices (void)
{
  const EntCounters good = {
    .total = 100,
    .sent = 90,
    .delivered = 70,
    .read = 30,
    .send_failed = 6,
    .not_delivered = 8,
    .queued = 4,
    .in_transit = 12,
    .received = 5,
    .delivered_readable = 50,
    .unconfirmed = 3,
  };
  const struct
  {
    gsize offset;
    gint64 value;
  } breaks[] = {
    { G_STRUCT_OFFSET (EntCounters, total), 101 },
    { G_STRUCT_OFFSET (EntCounters, sent), 91 },
    { G_STRUCT_OFFSET (EntCounters, delivered), 69 },
    { G_STRUCT_OFFSET (EntCounters, read), 51 },
    { G_STRUCT_OFFSET (EntCounters, read), -1 },
    { G_STRUCT_OFFSET (EntCounters, send_failed), 7 },
    { G_STRUCT_OFFSET (EntCounters, not_delivered), 9 },
    { G_STRUCT_OFFSET (EntCounters, queued), 5 },
    { G_STRUCT_OFFSET (EntCounters, in_transit), 13 },
    { G_STRUCT_OFFSET (EntCounters, received), -1 },
    { G_STRUCT_OFFSET (EntCounters, delivered_readable), 29 },
    { G_STRUCT_OFFSET (EntCounters, delivered_readable), 71 },
    { G_STRUCT_OFFSET (EntCounters, unconfirmed), 13 },
    { G_STRUCT_OFFSET (EntCounters, unconfirmed), -1 },
  };

  g_assert_true (ent_counters_hold (&good));
  for (gsize i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      EntCounters bad = good;

      G_STRUCT_MEMBER (gint64, &bad, breaks[i].offset) = breaks[i].value;
      g_assert_false (ent_counters_hold (&bad));
      g_assert_false (ent_counters_equal (&good, &bad));
    }

  /* Sums that balance only where 64 bits wrap around do not hold. */
  {
    EntCounters wrapped = { .total = G_MININT64 + 1, .queued = G_MAXINT64, .send_failed = 2 };

    g_assert_false (ent_counters_hold (&wrapped));
  }
}

static void
test_keys (void)
{
  static const char *const keys[] = { "total",  "sent",        "delivered",
                                      "read",   "send_failed", "not_delivered",
                                      "queued", "in_transit",  "received" };
  static const char *const rates[] = { "sent", "delivered", "read", "error" };
  const EntCounters counters = {
    .total = 1,
    .sent = 2,
    .delivered = 3,
    .read = 4,
    .send_failed = 5,
    .not_delivered = 6,
    .queued = 7,
    .in_transit = 8,
    .received = 9,
    .delivered_readable = 10,
    .unconfirmed = 11,
  };

  for (guint i = 0; i < ENT_N_COUNTER_KEYS; i++)
    {
      g_assert_cmpstr (ent_counters_key (i), ==, keys[i]);
      g_assert_cmpint (ent_counters_value (&counters, i), ==, i + 1);
    }
  g_assert_null (ent_counters_key (ENT_N_COUNTER_KEYS));
  for (guint i = 0; i < ENT_N_RATES; i++)
    g_assert_cmpstr (ent_rate_key (i), ==, rates[i]);
  g_assert_null (ent_rate_key (ENT_N_RATES));
}

static void
assert_rate (const EntCounters *counters,
             EntRate rate,
             EntPercentBase base,
             gint64 numerator,
             gint64 denominator)
{
  EntRatio ratio = ent_counters_rate (counters, rate, base);

  g_assert_cmpint (ratio.numerator, ==, numerator);
  g_assert_cmpint (ratio.denominator, ==, denominator);
}

static void
test_rates (void)
{
  EntCounters counters = { 0 };

  ent_counters_add (&counters, ENT_STATUS_QUEUED, TRUE, 5);
  ent_counters_add (&counters, ENT_STATUS_SEND_FAILED, TRUE, 15);
  ent_counters_add (&counters, ENT_STATUS_NOT_DELIVERED, TRUE, 10);
  ent_counters_add (&counters, ENT_STATUS_DELIVERED, TRUE, 20);
  ent_counters_add (&counters, ENT_STATUS_DELIVERED, FALSE, 40);
  ent_counters_add (&counters, ENT_STATUS_READ, TRUE, 10);

  assert_rate (&counters, ENT_RATE_SENT, ENT_PERCENT_OF_PREVIOUS_STAGE, 80, 100);
  assert_rate (&counters, ENT_RATE_DELIVERED, ENT_PERCENT_OF_PREVIOUS_STAGE, 70, 80);
  assert_rate (&counters, ENT_RATE_READ, ENT_PERCENT_OF_PREVIOUS_STAGE, 10, 30);
  assert_rate (&counters, ENT_RATE_ERROR, ENT_PERCENT_OF_PREVIOUS_STAGE, 25, 100);
  assert_rate (&counters, ENT_RATE_SENT, ENT_PERCENT_OF_TOTAL, 80, 100);
  assert_rate (&counters, ENT_RATE_DELIVERED, ENT_PERCENT_OF_TOTAL, 70, 100);
  assert_rate (&counters, ENT_RATE_READ, ENT_PERCENT_OF_TOTAL, 10, 100);
  assert_rate (&counters, ENT_RATE_ERROR, ENT_PERCENT_OF_TOTAL, 25, 100);
}

static int
tenths (gint64 numerator, gint64 denominator)
{
  return ent_ratio_tenths ((EntRatio){ numerator, denominator });
}

static void
test_rounding (void)
{
  g_assert_cmpint (tenths (0, 0), ==, ENT_TENTHS_NONE);
  g_assert_cmpint (tenths (5, 0), ==, ENT_TENTHS_NONE);
  g_assert_cmpint (tenths (0, 7), ==, 0);
  g_assert_cmpint (tenths (7, 7), ==, 1000);
  g_assert_cmpint (tenths (1, 2), ==, 500);
  g_assert_cmpint (tenths (1, 3), ==, 333);
  g_assert_cmpint (tenths (2, 3), ==, 667);
  /* Half up: 12.25 % and 12.35 %. */
  g_assert_cmpint (tenths (49, 400), ==, 123);
  g_assert_cmpint (tenths (247, 2000), ==, 124);
  g_assert_cmpint (tenths (1224, 10000), ==, 122);
  /* Never 100.0 with one missing, never 0.0 with one there. */
  g_assert_cmpint (tenths (999999, 1000000), ==, 999);
  g_assert_cmpint (tenths (1, 1000000), ==, 1);
  g_assert_cmpint (tenths (9995, 10000), ==, 999);
  g_assert_cmpint (tenths (9994, 10000), ==, 999);
  g_assert_cmpint (tenths (9984, 10000), ==, 998);
}

static void
test_rounding_huge (void)
{
  g_assert_cmpint (tenths (G_MAXINT64, G_MAXINT64), ==, 1000);
  g_assert_cmpint (tenths (G_MAXINT64 - 1, G_MAXINT64), ==, 999);
  g_assert_cmpint (tenths (1, G_MAXINT64), ==, 1);
  g_assert_cmpint (tenths (G_MAXINT64 / 2, G_MAXINT64), ==, 500);
  g_assert_cmpint (tenths (G_MAXINT64 / 4 * 3, G_MAXINT64), ==, 750);
}

/* Against the definition: t tenths are right when n lies in [(2t − 1) d / 2000, (2t + 1) d / 2000).
 */
static void
test_rounding_random (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 200000; round++)
    {
      gint64 d = g_rand_int_range (rand, 1, round % 2 == 0 ? 3000 : G_MAXINT32);
      gint64 n = (gint64) (g_rand_double (rand) * (double) (d + 1));
      gint64 t = tenths (n, d);

      if (n == 0 || n == d)
        g_assert_cmpint (t, ==, n == 0 ? 0 : 1000);
      else if (t == 1)
        g_assert_cmpint (2000 * n, <, 3 * d);
      else if (t == 999)
        g_assert_cmpint (2000 * n, >=, 1997 * d);
      else
        {
          g_assert_cmpint (2000 * n, >=, (2 * t - 1) * d);
          g_assert_cmpint (2000 * n, <, (2 * t + 1) * d);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counters/random-sets", test_random_sets);
  g_test_add_func ("/counters/each-status", test_each_status);
  g_test_add_func ("/counters/hold-notices", test_hold_notices);
  g_test_add_func ("/counters/keys", test_keys);
  g_test_add_func ("/counters/rates", test_rates);
  g_test_add_func ("/counters/rounding", test_rounding);
  g_test_add_func ("/counters/rounding-huge", test_rounding_huge);
  g_test_add_func ("/counters/rounding-random", test_rounding_random);
  return g_test_run ();
}
