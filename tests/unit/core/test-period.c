/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods and buckets: every token against a slow witness that counts days with the C
 * library and GDate, at random instants of many zones. */

#include "ent-period.h"
#include "ent-test-util.h"
#include "ent-test-zones.h"

#include <string.h>

#define JULIAN_OF_1970 719163

static EntZone *
get_zone (const char *name)
{
  g_autoptr (GError) error = NULL;
  EntZone *zone = ent_zone_new (name, &error);

  g_assert_no_error (error);
  return zone;
}

static EntDay
get_day (const char *text)
{
  g_autoptr (GError) error = NULL;
  EntDay day = 0;

  ent_day_parse (text, &day, &error);
  g_assert_no_error (error);
  return day;
}

static gint64
get_instant (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 instant = 0;

  ent_instant_parse (text, -1, NULL, &instant, &error);
  g_assert_no_error (error);
  return instant;
}

static EntRange
get_range (const EntZone *zone, const char *first, const char *last)
{
  return ent_range_for_days (zone, get_day (first), get_day (last));
}

/* 1975 to 2095. */
static gint64
random_instant (GRand *random)
{
  return (gint64) g_rand_double_range (random, 5. * 365 * DAY_MS, 125. * 365 * DAY_MS);
}

static void
test_keys (void)
{
  static const char *const keys[] = { "today",         "yesterday",     "last-7-days",
                                      "last-30-days",  "last-90-days",  "previous-7-days",
                                      "this-week",     "previous-week", "this-month",
                                      "previous-month" };
  static const char *const wrong[] = {
    "", "dates", "Today", "last_7_days", "last-7-days ", "last-8-days"
  };
  EntPeriodKind kind = ENT_PERIOD_DATES;

  g_assert_cmpuint (G_N_ELEMENTS (keys), ==, ENT_N_PERIOD_TOKENS);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_true (ent_period_kind_from_key (keys[i], &kind));
      g_assert_cmpint (kind, ==, (int) i);
      g_assert_cmpstr (ent_period_kind_key (kind), ==, keys[i]);
    }
  kind = ENT_PERIOD_DATES;
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (ent_period_kind_from_key (wrong[i], &kind));
  g_assert_false (ent_period_kind_from_key (NULL, &kind));
  g_assert_cmpint (kind, ==, ENT_PERIOD_DATES);
  g_assert_cmpstr (ent_period_kind_key (ENT_PERIOD_DATES), ==, "dates");
  g_assert_null (ent_period_kind_key ((EntPeriodKind) (ENT_PERIOD_DATES + 1)));
}

static void
test_dates (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) too_many = NULL;
  g_autoptr (EntZone) zone = get_zone ("America/Sao_Paulo");
  EntPeriod period = { .kind = ENT_PERIOD_TODAY };
  EntPeriod other, token = { .kind = ENT_PERIOD_TODAY };
  EntRange range;

  g_assert_false (ent_period_init_dates (&period, 10, 9, &error));
  g_assert_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID);
  g_assert_false (ent_period_init_dates (&period, 10, 10 + 4000, &too_many));
  g_assert_error (too_many, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID);
  g_assert_nonnull (strstr (too_many->message, "4001"));
  g_assert_false (ent_period_init_dates (&period, G_MININT32, G_MAXINT32, NULL));
  g_assert_cmpint (period.kind, ==, ENT_PERIOD_TODAY);

  g_assert_true (ent_period_init_dates (&period, 10, 10 + 3999, NULL));
  g_assert_true (
      ent_period_init_dates (&period, get_day ("2018-11-03"), get_day ("2018-11-04"), NULL));
  range = ent_period_resolve (&period, zone, 0);
  g_assert_cmpint (range.first, ==, get_day ("2018-11-03"));
  g_assert_cmpint (range.last, ==, get_day ("2018-11-04"));
  g_assert_cmpint (range.from, ==, get_instant ("2018-11-03T03:00:00Z"));
  g_assert_cmpint (range.to, ==, get_instant ("2018-11-05T02:00:00Z"));

  other = period;
  g_assert_true (ent_period_equal (&period, &other));
  other.last++;
  g_assert_false (ent_period_equal (&period, &other));
  g_assert_false (ent_period_equal (&period, &token));
  other = token;
  other.first = 77;
  g_assert_true (ent_period_equal (&other, &token));
}

static void
test_examples (void)
{
  /* A Thursday afternoon; the last day of the month in Sydney already. */
  gint64 now = get_instant ("2026-04-30T17:00:00Z");
  static const struct
  {
    EntPeriodKind kind;
    const char *first, *last;
  } here[] = {
    { ENT_PERIOD_TODAY, "2026-04-30", "2026-04-30" },
    { ENT_PERIOD_YESTERDAY, "2026-04-29", "2026-04-29" },
    { ENT_PERIOD_LAST_7_DAYS, "2026-04-24", "2026-04-30" },
    { ENT_PERIOD_LAST_30_DAYS, "2026-04-01", "2026-04-30" },
    { ENT_PERIOD_LAST_90_DAYS, "2026-01-31", "2026-04-30" },
    { ENT_PERIOD_PREVIOUS_7_DAYS, "2026-04-23", "2026-04-29" },
    { ENT_PERIOD_THIS_WEEK, "2026-04-27", "2026-04-30" },
    { ENT_PERIOD_PREVIOUS_WEEK, "2026-04-20", "2026-04-26" },
    { ENT_PERIOD_THIS_MONTH, "2026-04-01", "2026-04-30" },
    { ENT_PERIOD_PREVIOUS_MONTH, "2026-03-01", "2026-03-31" },
  };
  g_autoptr (EntZone) zone = get_zone ("America/Sao_Paulo");
  g_autoptr (EntZone) sydney = get_zone ("Australia/Sydney");
  EntPeriod month = { .kind = ENT_PERIOD_THIS_MONTH };

  for (guint i = 0; i < G_N_ELEMENTS (here); i++)
    {
      EntPeriod period = { .kind = here[i].kind };
      EntRange range = ent_period_resolve (&period, zone, now);
      g_autofree char *first = ent_day_format (range.first);
      g_autofree char *last = ent_day_format (range.last);

      g_assert_cmpstr (first, ==, here[i].first);
      g_assert_cmpstr (last, ==, here[i].last);
    }
  g_assert_cmpint (ent_period_resolve (&month, sydney, now).first, ==, get_day ("2026-05-01"));
}

/* First and last day of a token, by GDate. */
static void
witness (EntPeriodKind kind, gint32 today, gint32 *first, gint32 *last)
{
  static const int days[] = { 0, 0, 7, 30, 90 };
  GDate a, b;

  g_date_clear (&a, 1);
  g_date_set_julian (&a, (guint32) (today + JULIAN_OF_1970));
  b = a;
  switch (kind)
    {
    case ENT_PERIOD_TODAY:
      break;
    case ENT_PERIOD_YESTERDAY:
      g_date_subtract_days (&a, 1);
      g_date_subtract_days (&b, 1);
      break;
    case ENT_PERIOD_LAST_7_DAYS:
    case ENT_PERIOD_LAST_30_DAYS:
    case ENT_PERIOD_LAST_90_DAYS:
      for (int i = 1; i < days[kind]; i++)
        g_date_subtract_days (&a, 1);
      break;
    case ENT_PERIOD_PREVIOUS_7_DAYS:
      g_date_subtract_days (&a, 7);
      g_date_subtract_days (&b, 1);
      break;
    case ENT_PERIOD_THIS_WEEK:
      while (g_date_get_weekday (&a) != G_DATE_MONDAY)
        g_date_subtract_days (&a, 1);
      break;
    case ENT_PERIOD_PREVIOUS_WEEK:
      do
        g_date_subtract_days (&b, 1);
      while (g_date_get_weekday (&b) != G_DATE_SUNDAY);
      a = b;
      while (g_date_get_weekday (&a) != G_DATE_MONDAY)
        g_date_subtract_days (&a, 1);
      break;
    case ENT_PERIOD_THIS_MONTH:
      g_date_set_day (&a, 1);
      break;
    case ENT_PERIOD_PREVIOUS_MONTH:
      g_date_set_day (&a, 1);
      g_date_subtract_months (&a, 1);
      b = a;
      g_date_set_day (&b, g_date_get_days_in_month (g_date_get_month (&b), g_date_get_year (&b)));
      break;
    case ENT_PERIOD_DATES:
    default:
      g_assert_not_reached ();
    }
  *first = (gint32) g_date_get_julian (&a) - JULIAN_OF_1970;
  *last = (gint32) g_date_get_julian (&b) - JULIAN_OF_1970;
}

/* The nearest day from there on with a change of clock; else one a year later. */
static gint32
odd_day (gint32 day)
{
  for (gint32 last = day + 366; day < last; day++)
    if (libc_offset (day * DAY_MS) != libc_offset ((day + 1) * DAY_MS))
      break;
  return day;
}

/* Within two hours of where something ends: a day, a week, a month, a year, a change of clock. */
static gint64
instant_at_an_end (GRand *random)
{
  gint32 day = libc_day (random_instant (random));
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (day + JULIAN_OF_1970));
  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
      break;
    case 1:
      day -= g_date_get_weekday (&date) - G_DATE_MONDAY;
      break;
    case 2:
      day -= g_date_get_day (&date) - 1;
      break;
    case 3:
      day -= (gint32) g_date_get_day_of_year (&date) - 1;
      break;
    default:
      day = odd_day (day) + g_rand_int_range (random, 0, 2);
      break;
    }
  if (g_rand_int_range (random, 0, 3) == 0)
    return libc_day_start (day) - g_rand_int_range (random, 0, 2);
  return libc_day_start (day) + g_rand_int_range (random, -7200000, 7200000);
}

static void
test_tokens_by_witness (void)
{
  static const char *const names[] = {
    "America/Sao_Paulo", "America/Santiago", "America/New_York", "UTC",
    "Asia/Kathmandu",    "Asia/Kolkata",     "Europe/Lisbon",    "Australia/Lord_Howe",
    "Africa/Casablanca", "Pacific/Apia",
  };
  g_autoptr (GRand) random = ent_test_rand_new ();
  guint rounds = ent_test_rounds (2000, 50000);

  for (guint z = 0; z < G_N_ELEMENTS (names); z++)
    {
      g_autoptr (EntZone) zone = get_zone (names[z]);

      libc_use (names[z]);
      for (guint i = 0; i < rounds / G_N_ELEMENTS (names); i++)
        {
          gint64 now = i % 4 == 0 ? random_instant (random) : instant_at_an_end (random);
          gint32 today = libc_day (now);

          for (int k = 0; k < ENT_N_PERIOD_TOKENS; k++)
            {
              EntPeriod period = { .kind = (EntPeriodKind) k };
              EntRange range = ent_period_resolve (&period, zone, now);
              gint32 first, last;

              witness (period.kind, today, &first, &last);
              g_assert_cmpint (range.first, ==, first);
              g_assert_cmpint (range.last, ==, last);
              g_assert_cmpint (range.from, ==, libc_day_start (first));
              g_assert_cmpint (range.to, ==, libc_day_start (last + 1));
            }
        }
    }
  libc_use ("UTC");
}

static void
assert_days (const EntRange *range, const EntZone *zone, const char *first, const char *last)
{
  g_assert_cmpint (range->first, ==, get_day (first));
  g_assert_cmpint (range->last, ==, get_day (last));
  g_assert_cmpint (range->from, ==, ent_zone_day_start (zone, range->first));
  g_assert_cmpint (range->to, ==, ent_zone_day_start (zone, range->last + 1));
}

static void
test_comparison_examples (void)
{
  g_autoptr (EntZone) zone = get_zone ("America/Sao_Paulo");
  gint64 now = get_instant ("2026-04-30T17:00:00Z");
  EntRange range, current, previous;

  /* Today is left out, and so is its twin, the 23rd. */
  range = get_range (zone, "2026-04-24", "2026-04-30");
  g_assert_true (ent_range_comparison (&range, zone, now, FALSE, &current, &previous));
  assert_days (&current, zone, "2026-04-24", "2026-04-29");
  assert_days (&previous, zone, "2026-04-17", "2026-04-22");
  g_assert_true (ent_range_comparison (&range, zone, now, TRUE, &current, &previous));
  assert_days (&previous, zone, "2026-04-17", "2026-04-22");

  /* Complete days are compared as they are. */
  range = get_range (zone, "2026-04-20", "2026-04-29");
  g_assert_true (ent_range_comparison (&range, zone, now, FALSE, &current, &previous));
  assert_days (&current, zone, "2026-04-20", "2026-04-29");
  assert_days (&previous, zone, "2026-04-10", "2026-04-19");
  g_assert_true (ent_range_comparison (&range, zone, now, TRUE, &current, &previous));
  assert_days (&previous, zone, "2026-04-06", "2026-04-15");

  /* Days to come are left out with today. */
  range = get_range (zone, "2026-04-28", "2026-05-03");
  g_assert_true (ent_range_comparison (&range, zone, now, FALSE, &current, &previous));
  assert_days (&current, zone, "2026-04-28", "2026-04-29");
  assert_days (&previous, zone, "2026-04-22", "2026-04-23");

  range = get_range (zone, "2026-04-30", "2026-04-30");
  g_assert_false (ent_range_comparison (&range, zone, now, FALSE, &current, &previous));
  range = get_range (zone, "2026-05-02", "2026-05-05");
  g_assert_false (ent_range_comparison (&range, zone, now, TRUE, &current, &previous));
}

static void
test_comparison_properties (void)
{
  g_autoptr (GRand) random = ent_test_rand_new ();

  for (int i = 0; i < 20000; i++)
    {
      const char *name = odd_zones[g_rand_int (random) % G_N_ELEMENTS (odd_zones)];
      g_autoptr (EntZone) zone = get_zone (name);
      gint64 now = random_instant (random);
      EntDay today = ent_zone_day_of (zone, now);
      EntDay first = today - g_rand_int_range (random, -5, 120);
      EntDay n = g_rand_int_range (random, 1, 100);
      EntRange range = ent_range_for_days (zone, first, first + n - 1);
      gboolean by_weekday = g_rand_boolean (random);
      EntRange current, previous;

      if (!ent_range_comparison (&range, zone, now, by_weekday, &current, &previous))
        {
          g_assert_cmpint (range.first, >=, today);
          continue;
        }
      g_assert_cmpint (current.first, ==, range.first);
      g_assert_cmpint (current.last, ==, MIN (range.last, today - 1));
      g_assert_cmpint (previous.last - previous.first, ==, current.last - current.first);
      g_assert_cmpint (previous.last, <, range.first);
      /* No further back than needed. */
      if (by_weekday)
        {
          g_assert_cmpint (ent_day_weekday (previous.first), ==, ent_day_weekday (current.first));
          g_assert_cmpint (current.first - previous.first, <, n + 7);
        }
      else
        {
          g_assert_cmpint (current.first - previous.first, ==, n);
        }
      g_assert_cmpint (previous.from, ==, ent_zone_day_start (zone, previous.first));
      g_assert_cmpint (previous.to, ==, ent_zone_day_start (zone, previous.last + 1));
      g_assert_cmpint (current.from, ==, range.from);
      g_assert_cmpint (current.to, <=, MAX (now, current.from));
    }
}

/* The wall clock's own words for the bucket that begins at an instant. */
static void
witness_key (gint64 start, EntBy by, char *key, gsize size)
{
  struct tm tm = libc_local (start);

  if (by == ENT_BY_DAY)
    strftime (key, size, "%Y-%m-%d", &tm);
  else if (by == ENT_BY_HOUR)
    strftime (key, size, "%Y-%m-%dT%H", &tm);
  else if (by == ENT_BY_WEEK)
    strftime (key, size, "%G-W%V", &tm);
  else
    strftime (key, size, "%Y-%m", &tm);
}

static void
check_buckets (const EntRange *range, const EntZone *zone, EntBy by)
{
  g_autoptr (GArray) buckets = ent_range_buckets (range, zone, by);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 at = range->from;

  for (guint i = 0; i < buckets->len; i++)
    {
      EntBucket *bucket = &g_array_index (buckets, EntBucket, i);
      char key[32];

      witness_key (bucket->start, by, key, sizeof key);
      g_assert_cmpint (bucket->start, ==, at);
      g_assert_cmpint (bucket->end, >, bucket->start);
      g_assert_cmpstr (bucket->key, ==, key);
      g_assert_true (g_hash_table_add (seen, bucket->key));
      at = bucket->end;
    }
  g_assert_cmpint (at, ==, range->to);
}

static void
test_buckets_tile (void)
{
  static const EntBy grains[] = { ENT_BY_DAY, ENT_BY_HOUR, ENT_BY_WEEK, ENT_BY_MONTH };
  g_autoptr (GRand) random = ent_test_rand_new ();

  for (guint z = 0; z < G_N_ELEMENTS (odd_zones); z++)
    {
      g_autoptr (EntZone) zone = get_zone (odd_zones[z]);

      libc_use (odd_zones[z]);
      for (guint i = 0; i < ent_test_rounds (60, 2000); i++)
        {
          EntDay first = ent_zone_day_of (zone, random_instant (random));
          EntDay n = g_rand_int_range (random, 1, 400);
          EntRange range = ent_range_for_days (zone, first, first + n - 1);

          for (guint g = 0; g < G_N_ELEMENTS (grains); g++)
            check_buckets (&range, zone, grains[g]);
        }
    }
  libc_use ("UTC");
}

/* Sixty years of weeks: the year of an ISO week is not always that of its days. */
static void
test_weeks (void)
{
  g_autoptr (EntZone) zone = get_zone ("America/Sao_Paulo");
  EntRange range = get_range (zone, "2020-12-28", "2021-01-11");
  static const char *const keys[] = { "2020-W53", "2021-W01", "2021-W02" };
  g_autoptr (GArray) buckets = ent_range_buckets (&range, zone, ENT_BY_WEEK);

  g_assert_cmpuint (buckets->len, ==, G_N_ELEMENTS (keys));
  for (guint i = 0; i < buckets->len; i++)
    g_assert_cmpstr (g_array_index (buckets, EntBucket, i).key, ==, keys[i]);

  libc_use ("America/Sao_Paulo");
  for (EntDay day = get_day ("1990-01-01"); day < get_day ("2050-01-01"); day++)
    {
      EntRange one = ent_range_for_days (zone, day, day);

      check_buckets (&one, zone, ENT_BY_WEEK);
      check_buckets (&one, zone, ENT_BY_MONTH);
    }
  libc_use ("UTC");
}

static void
test_clipped (void)
{
  g_autoptr (EntZone) zone = get_zone ("America/Sao_Paulo");
  EntRange range = get_range (zone, "2026-11-11", "2026-12-02");
  g_autoptr (GArray) months = ent_range_buckets (&range, zone, ENT_BY_MONTH);
  g_autoptr (GArray) weeks = ent_range_buckets (&range, zone, ENT_BY_WEEK);
  EntBucket *bucket;

  g_assert_cmpuint (months->len, ==, 2);
  bucket = &g_array_index (months, EntBucket, 0);
  g_assert_cmpstr (bucket->key, ==, "2026-11");
  g_assert_cmpint (bucket->start, ==, get_instant ("2026-11-11T03:00:00Z"));
  g_assert_cmpint (bucket->end, ==, get_instant ("2026-12-01T03:00:00Z"));
  bucket = &g_array_index (months, EntBucket, 1);
  g_assert_cmpint (bucket->end, ==, get_instant ("2026-12-03T03:00:00Z"));

  g_assert_cmpuint (weeks->len, ==, 4);
  bucket = &g_array_index (weeks, EntBucket, 0);
  g_assert_cmpstr (bucket->key, ==, "2026-W46");
  g_assert_cmpint (bucket->end - bucket->start, ==, 5 * DAY_MS);
}

static void
check_hours (const char *zone_name, const char *date, guint n, int odd_hour, int odd_minutes)
{
  g_autoptr (EntZone) zone = get_zone (zone_name);
  EntRange range = get_range (zone, date, date);
  g_autoptr (GArray) buckets = ent_range_buckets (&range, zone, ENT_BY_HOUR);
  gboolean found = FALSE;

  g_test_message ("%s %s", zone_name, date);
  g_assert_cmpuint (buckets->len, ==, n);
  for (guint i = 0; i < buckets->len; i++)
    {
      EntBucket *bucket = &g_array_index (buckets, EntBucket, i);
      int hour = (int) g_ascii_strtoll (bucket->key + strlen ("2018-11-04T"), NULL, 10);
      int minutes = (int) ((bucket->end - bucket->start) / MINUTE_MS);

      g_assert_cmpint (minutes, ==, hour == odd_hour ? odd_minutes : 60);
      found |= hour == odd_hour;
    }
  g_assert_cmpint (found, ==, odd_minutes != 0);
}

static void
test_hours_of_odd_days (void)
{
  check_hours ("America/Sao_Paulo", "2018-11-04", 23, 0, 0);
  check_hours ("America/Sao_Paulo", "2018-02-17", 24, 23, 120);
  check_hours ("America/Santiago", "2025-09-07", 23, 0, 0);
  check_hours ("America/Santiago", "2025-04-05", 24, 23, 120);
  check_hours ("America/New_York", "2026-03-08", 23, 2, 0);
  check_hours ("America/New_York", "2026-11-01", 24, 1, 120);
  check_hours ("Australia/Lord_Howe", "2025-10-05", 24, 2, 30);
  check_hours ("Australia/Lord_Howe", "2025-04-06", 24, 1, 90);
  check_hours ("Pacific/Apia", "2011-12-30", 0, 0, 0);
  check_hours ("UTC", "2016-12-31", 24, 5, 60);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/period/keys", test_keys);
  g_test_add_func ("/period/dates", test_dates);
  g_test_add_func ("/period/examples", test_examples);
  g_test_add_func ("/period/tokens-by-witness", test_tokens_by_witness);
  g_test_add_func ("/period/comparison-examples", test_comparison_examples);
  g_test_add_func ("/period/comparison-properties", test_comparison_properties);
  g_test_add_func ("/period/buckets-tile", test_buckets_tile);
  g_test_add_func ("/period/weeks", test_weeks);
  g_test_add_func ("/period/clipped", test_clipped);
  g_test_add_func ("/period/hours-of-odd-days", test_hours_of_odd_days);
  return g_test_run ();
}
