/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates, instants and zones of the simulator against GDate and GDateTime.
 */
#include "ent-sim-calendar.h"

static void
test_civil (void)
{
  g_autoptr (GDateTime) first = g_date_time_new_utc (1989, 12, 31, 0, 0, 0);
  int day = ent_sim_day_from_civil (1989, 12, 31);

  g_assert_cmpint (ent_sim_day_from_civil (1970, 1, 1), ==, 0);
  g_assert_cmpint (ent_sim_day_from_civil (1969, 12, 31), ==, -1);
  for (int i = 0; i < 80000; i++)
    {
      g_autoptr (GDateTime) time = g_date_time_add_days (first, i);
      int year, month, day_of_month;

      ent_sim_day_to_civil (day + i, &year, &month, &day_of_month);
      g_assert_cmpint (year, ==, g_date_time_get_year (time));
      g_assert_cmpint (month, ==, g_date_time_get_month (time));
      g_assert_cmpint (day_of_month, ==, g_date_time_get_day_of_month (time));
      g_assert_cmpint (ent_sim_day_from_civil (year, month, day_of_month), ==, day + i);
      g_assert_cmpint (ent_sim_day_weekday (day + i), ==, g_date_time_get_day_of_week (time) - 1);
    }
}

static void
test_parse_day (void)
{
  static const char *const wrong[] = { "",           "2026-11-1",  "2026-11-150", "2026/11/15",
                                       "2026-13-01", "2026-00-01", "2026-02-29",  "2026-04-31",
                                       "2026-11-00", "1889-11-15", "2026-11-1x",  "+026-11-15" };
  g_autoptr (GString) text = g_string_new (NULL);
  int day = 0;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("%s", wrong[i]);
      g_assert_false (ent_sim_day_parse (wrong[i], &day));
    }
  g_assert_true (ent_sim_day_parse ("2028-02-29", &day));
  g_assert_cmpint (day, ==, ent_sim_day_from_civil (2028, 2, 29));
  ent_sim_day_append (text, day);
  g_assert_cmpstr (text->str, ==, "2028-02-29");
}

static void
test_zone_names (void)
{
  static const char *const wrong[] = {
    "", "/etc/localtime", "../localtime", "America/../UTC", "Mars/Olympus", "a b", "\xc3\xa9"
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GTimeZone) zone = ent_sim_zone_new (wrong[i]);

      g_test_message ("%s", wrong[i]);
      g_assert_null (zone);
    }
}

typedef struct
{
  const char *zone;
  const char *day;
  const char *start; /* UTC */
  int hours;
} DayCase;

/* Days that are not 24 hours long, and days that do not begin at midnight. */
static void
test_day_start (void)
{
  static const DayCase cases[] = {
    { "America/Sao_Paulo", "2026-11-15", "2026-11-15T03:00:00Z", 24 },
    { "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 23 },
    { "America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", 25 },
    { "America/Sao_Paulo", "2019-02-16", "2019-02-16T02:00:00Z", 25 },
    { "America/Santiago", "2025-09-07", "2025-09-07T04:00:00Z", 23 },
    { "America/Santiago", "2025-04-05", "2025-04-05T03:00:00Z", 25 },
    { "UTC", "2026-11-15", "2026-11-15T00:00:00Z", 24 },
    { "Asia/Kathmandu", "2026-11-15", "2026-11-14T18:15:00Z", 24 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = ent_sim_zone_new (cases[i].zone);
      g_autofree char *start = NULL;
      gint64 begin, end;
      int day = 0;

      g_test_message ("%s %s", cases[i].zone, cases[i].day);
      g_assert_nonnull (zone);
      g_assert_true (ent_sim_day_parse (cases[i].day, &day));
      begin = ent_sim_zone_day_start (zone, day);
      end = ent_sim_zone_day_start (zone, day + 1);
      start = ent_sim_instant_to_string (begin);
      g_assert_cmpstr (start, ==, cases[i].start);
      g_assert_cmpint ((end - begin) / 3600000, ==, cases[i].hours);
      g_assert_cmpint (ent_sim_zone_local_day (zone, begin), ==, day);
      g_assert_cmpint (ent_sim_zone_local_day (zone, begin - 1), ==, day - 1);
      g_assert_cmpint (ent_sim_zone_local_day (zone, end - 1), ==, day);
    }
}

static void
test_parse_instant (void)
{
  g_autoptr (GTimeZone) zone = ent_sim_zone_new ("America/Sao_Paulo");
  gint64 a = 0, b = 0, c = 0, d = 0;

  g_assert_true (ent_sim_instant_parse ("2026-07-19T03:00:00.250Z", zone, &a));
  g_assert_true (ent_sim_instant_parse ("2026-07-19T00:00:00.250-03:00", zone, &b));
  g_assert_true (ent_sim_instant_parse ("2026-07-19T00:00:00.250", zone, &c));
  g_assert_true (ent_sim_instant_parse ("2026-07-19T05:00:00.250+0200", zone, &d));
  g_assert_cmpint (a, ==, G_GINT64_CONSTANT (1784430000250));
  g_assert_cmpint (a, ==, b);
  g_assert_cmpint (a, ==, c);
  g_assert_cmpint (a, ==, d);
  g_assert_cmpint (ent_sim_zone_offset_minutes (zone, a), ==, -180);
  g_assert_false (ent_sim_instant_parse ("yesterday", zone, &a));
  g_assert_false (ent_sim_instant_parse ("2026-07-19", zone, &a));
  g_assert_false (ent_sim_instant_parse ("", zone, &a));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/calendar/civil", test_civil);
  g_test_add_func ("/simulator/calendar/parse-day", test_parse_day);
  g_test_add_func ("/simulator/calendar/zone-names", test_zone_names);
  g_test_add_func ("/simulator/calendar/day-start", test_day_start);
  g_test_add_func ("/simulator/calendar/parse-instant", test_parse_instant);
  return g_test_run ();
}
