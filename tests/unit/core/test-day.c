/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Civil days against GDate, and the strictness of YYYY-MM-DD. */

#include "ent-test-util.h"
#include "ent-time.h"

/* GDate counts from 0001-01-01 = 1. */
#define JULIAN_OF_1970 719163

static void
test_every_day (void)
{
  GDate date;
  EntDay last = ent_day_from_ymd (2400, 12, 31);

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, 1, 1599);
  for (EntDay day = ent_day_from_ymd (1599, 1, 1); day <= last; day++)
    {
      int year, month, mday;

      ent_day_to_ymd (day, &year, &month, &mday);
      g_assert_cmpint (day, ==, (int) g_date_get_julian (&date) - JULIAN_OF_1970);
      g_assert_cmpint (year, ==, g_date_get_year (&date));
      g_assert_cmpint (month, ==, g_date_get_month (&date));
      g_assert_cmpint (mday, ==, g_date_get_day (&date));
      g_assert_cmpint (ent_day_from_ymd (year, month, mday), ==, day);
      g_assert_cmpint (ent_day_weekday (day) + 1, ==, g_date_get_weekday (&date));
      g_assert_cmpint (ent_day_week_start (day), ==, day - ent_day_weekday (day));
      g_assert_cmpint (ent_day_month_start (day), ==, day - mday + 1);
      if (mday == 1)
        g_assert_cmpint (ent_day_next_month (day), ==,
                         day + g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year));
      g_date_add_days (&date, 1);
    }
}

static void
test_far_days (void)
{
  g_autoptr (GRand) random = ent_test_rand_new ();

  for (int i = 0; i < 100000; i++)
    {
      EntDay day = (EntDay) g_rand_int (random);
      int year, month, mday;

      if (day == G_MININT32)
        continue;
      ent_day_to_ymd (day, &year, &month, &mday);
      g_assert_cmpint (ent_day_from_ymd (year, month, mday), ==, day);
      g_assert_cmpint (ent_day_weekday (day), ==, (int) (((((gint64) day + 3) % 7) + 7) % 7));
    }
  g_assert_cmpint (ent_day_from_ymd (G_MAXINT, 1, 1), ==, G_MININT32);
  g_assert_cmpint (ent_day_from_ymd (G_MININT, 12, 31), ==, G_MININT32);
}

static void
test_no_such_date (void)
{
  static const int dates[][3] = {
    { 2023, 2, 29 }, { 1900, 2, 29 }, { 2100, 2, 29 }, { 2024, 2, 30 },
    { 2024, 4, 31 }, { 2024, 0, 1 },  { 2024, 13, 1 }, { 2024, 1, 0 },
    { 2024, 1, 32 }, { 2024, -1, 1 }, { 2024, 1, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    g_assert_cmpint (ent_day_from_ymd (dates[i][0], dates[i][1], dates[i][2]), ==, G_MININT32);
  g_assert_cmpint (ent_day_from_ymd (2000, 2, 29), !=, G_MININT32);
  g_assert_cmpint (ent_day_from_ymd (1970, 1, 1), ==, 0);
  g_assert_cmpint (ent_day_from_ymd (1969, 12, 31), ==, -1);
}

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    int year, month, mday;
  } right[] = {
    { "2026-11-22", 2026, 11, 22 }, { "0001-01-01", 1, 1, 1 },     { "9999-12-31", 9999, 12, 31 },
    { "2024-02-29", 2024, 2, 29 },  { "1969-07-20", 1969, 7, 20 },
  };
  static const char *const wrong[] = {
    "",           "2026",        "2026-1-1",    "2026-11-22 ",    " 2026-11-22",
    "2026/11/22", "20261122",    "2026-02-29",  "0000-01-01",     "-001-01-01",
    "+026-11-22", "2026-11-2x",  "10000-01-01", "2026-13-01",     "2026-00-01",
    "2026-01-00", "2026-11-22T", "٢٠٢٦-١١-٢٢",  "\xff\xfe-11-22",
  };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      EntDay day = -1;

      g_assert_true (ent_day_parse (right[i].text, &day, &error));
      g_assert_no_error (error);
      g_assert_cmpint (day, ==, ent_day_from_ymd (right[i].year, right[i].month, right[i].mday));
      text = ent_day_format (day);
      g_assert_cmpstr (text, ==, right[i].text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      EntDay day = 42;

      g_assert_false (ent_day_parse (wrong[i], &day, &error));
      g_assert_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpint (day, ==, 42);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day/every-day", test_every_day);
  g_test_add_func ("/day/far", test_far_days);
  g_test_add_func ("/day/no-such-date", test_no_such_date);
  g_test_add_func ("/day/text", test_text);
  return g_test_run ();
}
