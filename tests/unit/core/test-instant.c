/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants as text: each form that is read, each that is refused, and the way back. */

#include "ent-test-util.h"
#include "ent-time.h"

#include <string.h>

static gint64
utc (int year, int month, int mday, int hour, int minute, double second)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, mday, hour, minute, second);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
}

static gint64
parse (const char *text, const EntZone *zone)
{
  g_autoptr (GError) error = NULL;
  gint64 instant = G_MININT64;

  g_test_message ("%s", text);
  ent_instant_parse (text, -1, zone, &instant, &error);
  g_assert_no_error (error);
  return instant;
}

static void
test_forms (void)
{
  gint64 base = utc (2026, 11, 22, 14, 3, 12);
  static const struct
  {
    const char *text;
    gint64 after;
  } forms[] = {
    { "2026-11-22T14:03:12Z", 0 },           { "2026-11-22 14:03:12Z", 0 },
    { "2026-11-22T14:03:12.3Z", 300 },       { "2026-11-22T14:03:12.34Z", 340 },
    { "2026-11-22T14:03:12.345Z", 345 },     { "2026-11-22T14:03:12.3459Z", 345 },
    { "2026-11-22T14:03:12.345678Z", 345 },  { "2026-11-22T14:03:12.345678901Z", 345 },
    { "2026-11-22T14:03:12.000999999Z", 0 }, { "2026-11-22T14:03:12+00:00", 0 },
    { "2026-11-22T14:03:12-00:00", 0 },      { "2026-11-22T14:03:12+0000", 0 },
    { "2026-11-22T14:03:12+00", 0 },         { "2026-11-22T11:03:12-03:00", 0 },
    { "2026-11-22T11:03:12-0300", 0 },       { "2026-11-22T11:03:12-03", 0 },
    { "2026-11-22T11:03:12.345-03", 345 },   { "2026-11-22T19:33:12+05:30", 0 },
    { "2026-11-22T19:48:12+0545", 0 },       { "2026-11-23T13:03:12+23:00", 0 },
    { "2026-11-22T14:03Z", -12000 },         { "2026-11-22T14:03-00:00", -12000 },
    { "2026-11-22T11:03-03", -12000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    g_assert_cmpint (parse (forms[i].text, NULL), ==, base + forms[i].after);
}

static void
test_edges (void)
{
  g_assert_cmpint (parse ("2026-11-22T24:00:00Z", NULL), ==, utc (2026, 11, 23, 0, 0, 0));
  g_assert_cmpint (parse ("2026-12-31T24:00Z", NULL), ==, utc (2027, 1, 1, 0, 0, 0));
  g_assert_cmpint (parse ("2026-11-22T24:00:00.000Z", NULL), ==, utc (2026, 11, 23, 0, 0, 0));
  g_assert_cmpint (parse ("2016-12-31T23:59:60Z", NULL), ==, utc (2017, 1, 1, 0, 0, 0) - 1);
  g_assert_cmpint (parse ("2016-12-31T23:59:60.5Z", NULL), ==, utc (2017, 1, 1, 0, 0, 0) - 1);
  g_assert_cmpint (parse ("2024-02-29T00:00:00Z", NULL), ==, utc (2024, 2, 29, 0, 0, 0));
  g_assert_cmpint (parse ("2000-02-29T00:00:00Z", NULL), ==, utc (2000, 2, 29, 0, 0, 0));
  g_assert_cmpint (parse ("1970-01-01T00:00:00Z", NULL), ==, 0);
  g_assert_cmpint (parse ("1969-12-31T23:59:59.999Z", NULL), ==, -1);
  g_assert_cmpint (parse ("1969-12-31T23:59:59.9999Z", NULL), ==, -1);
  g_assert_cmpint (parse ("2038-01-19T03:14:08Z", NULL), ==, G_GINT64_CONSTANT (2147483648000));
  g_assert_cmpint (parse ("0001-01-01T00:00:00Z", NULL), ==, utc (1, 1, 1, 0, 0, 0));
  g_assert_cmpint (parse ("9999-12-31T23:59:59.999Z", NULL), ==,
                   utc (9999, 12, 31, 23, 59, 59) + 999);
}

static void
test_refused (void)
{
  static const char *const wrong[] = {
    "",
    " ",
    "now",
    "0",
    "1795348800",
    "2026",
    "2026-11",
    "2026-11-22",
    "2026-11-22T",
    "2026-11-22T14",
    "2026-11-22T14Z",
    "2026-11-22T14:",
    "2026-11-22T14:0Z",
    "2026-11-22T14:03:Z",
    "2026-11-22T14:03:1Z",
    "2026-11-22T14:03:12.Z",
    "2026-11-22T14:03:12.1234567890Z",
    "2026-11-22T14:03:12,5Z",
    "2026-11-22T14:03.5Z",
    "2026-11-22t14:03:12Z",
    "2026-11-22T14:03:12z",
    "2026-11-22  14:03:12Z",
    "2026-11-22_14:03:12Z",
    " 2026-11-22T14:03:12Z",
    "2026-11-22T14:03:12Z ",
    "2026-11-22T14:03:12ZZ",
    "2026-11-22T14:03:12Z+00:00",
    "2026-11-22T14:03:12 Z",
    "2026-11-22T14:03:12+",
    "2026-11-22T14:03:12+3",
    "2026-11-22T14:03:12+03:",
    "2026-11-22T14:03:12+03:0",
    "2026-11-22T14:03:12+030",
    "2026-11-22T14:03:12+03:60",
    "2026-11-22T14:03:12+24:00",
    "2026-11-22T14:03:12+03:00:00",
    "2026-11-22T14:03:12\xe2\x88\x92"
    "03:00",
    "2026-11-22T14:03:12 GMT",
    "2026-11-22T25:00:00Z",
    "2026-11-22T24:00:01Z",
    "2026-11-22T24:01:00Z",
    "2026-11-22T24:00:00.001Z",
    "2026-11-22T23:60:00Z",
    "2026-11-22T23:59:61Z",
    "2026-11-22T-1:00:00Z",
    "2026-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "-2026-11-22T14:03:12Z",
    "+2026-11-22T14:03:12Z",
    "12026-11-22T14:03:12Z",
    "20261122T140312Z",
    "2026-W47-7T14:03:12Z",
    "22/11/2026 14:03:12",
    "2026-11-22T14:03:12Zjunk",
    "\xff\xfe",
    "2026-11-22T14:03:1\xff",
    /* Outside what four digits can say. */
    "9999-12-31T24:00:00Z",
    "9999-12-31T23:59:59-00:01",
    "0001-01-01T00:00:00+00:01",
  };
  g_autoptr (EntZone) zone = ent_zone_new_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 instant = 42;

      g_assert_false (ent_instant_parse (wrong[i], -1, zone, &instant, &error));
      g_assert_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (strlen (error->message), <, 400);
      g_assert_cmpint (instant, ==, 42);
      g_assert_false (ent_instant_parse (wrong[i], -1, zone, &instant, NULL));
    }
}

static void
test_length (void)
{
  const char *text = "2026-11-22T14:03:12Z and more";
  gint64 instant;

  g_assert_true (ent_instant_parse (text, 20, NULL, &instant, NULL));
  g_assert_cmpint (instant, ==, utc (2026, 11, 22, 14, 3, 12));
  g_assert_false (ent_instant_parse (text, 21, NULL, &instant, NULL));
  g_assert_false (ent_instant_parse (text, 19, NULL, &instant, NULL));
  g_assert_false (ent_instant_parse ("2026-11-22T14:03:12Z\0", 21, NULL, &instant, NULL));
  g_assert_false (ent_instant_parse (text, 0, NULL, &instant, NULL));
}

/* Texts without offset are local time, where a zone is given. */
static void
test_local (void)
{
  static const struct
  {
    const char *zone;
    const char *text;
    const char *same;
  } times[] = {
    { "UTC", "2026-11-22T14:03:12", "2026-11-22T14:03:12Z" },
    { "America/Sao_Paulo", "2026-11-22 14:03", "2026-11-22T17:03:00Z" },
    { "America/Sao_Paulo", "2026-11-22T24:00:00", "2026-11-23T03:00:00Z" },
    { "America/Sao_Paulo", "2026-11-22T23:59:60", "2026-11-23T02:59:59.999Z" },
    { "Asia/Kathmandu", "2026-11-22T14:03:12.5", "2026-11-22T08:18:12.5Z" },
    /* 00:00 to 01:00 did not exist: the instant after the gap. */
    { "America/Sao_Paulo", "2018-11-04T00:00:00", "2018-11-04T03:00:00Z" },
    { "America/Sao_Paulo", "2018-11-04T00:30:00", "2018-11-04T03:00:00Z" },
    { "America/Sao_Paulo", "2018-11-04T00:59:59.999", "2018-11-04T03:00:00Z" },
    { "America/Sao_Paulo", "2018-11-04T01:00:00", "2018-11-04T03:00:00Z" },
    { "America/Sao_Paulo", "2018-11-04T01:00:01", "2018-11-04T03:00:01Z" },
    { "America/Sao_Paulo", "2018-11-03T24:00:00", "2018-11-04T03:00:00Z" },
    /* 23:00 to 24:00 came twice: the first pass. */
    { "America/Sao_Paulo", "2018-02-17T22:59:59", "2018-02-18T00:59:59Z" },
    { "America/Sao_Paulo", "2018-02-17T23:00:00", "2018-02-18T01:00:00Z" },
    { "America/Sao_Paulo", "2018-02-17T23:30:00", "2018-02-18T01:30:00Z" },
    { "America/Sao_Paulo", "2018-02-18T00:00:00", "2018-02-18T03:00:00Z" },
    { "America/New_York", "2050-11-06T01:30:00", "2050-11-06T05:30:00Z" },
    { "America/New_York", "9998-07-01T00:00:00", "9998-07-01T04:00:00Z" },
    { "Australia/Lord_Howe", "2025-04-06T01:45:00", "2025-04-05T14:45:00Z" },
    { "Australia/Lord_Howe", "2025-10-05T02:15:00", "2025-10-04T15:30:00Z" },
    /* A day that did not exist. */
    { "Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T10:00:00Z" },
    /* An offset wins over the zone. */
    { "America/Sao_Paulo", "2026-11-22T14:03:12+02:00", "2026-11-22T12:03:12Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (EntZone) zone = ent_zone_new (times[i].zone, NULL);

      g_assert_nonnull (zone);
      g_assert_cmpint (parse (times[i].text, zone), ==, parse (times[i].same, NULL));
    }
}

static void
test_without_zone (void)
{
  g_autoptr (GError) error = NULL;
  gint64 instant;

  g_assert_false (ent_instant_parse ("2026-11-22T14:03:12", -1, NULL, &instant, &error));
  g_assert_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "offset"));
}

static gint64
random_instant (GRand *random)
{
  double low = (double) utc (1, 1, 1, 0, 0, 0);
  double high = (double) utc (9999, 12, 31, 23, 59, 59);

  return (gint64) g_rand_double_range (random, low, high);
}

/* What is written is read back, says what GDateTime says, and sorts as time does. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = ent_test_rand_new ();
  g_autoptr (EntZone) zone = ent_zone_new ("America/Santiago", NULL);

  for (int i = 0; i < 50000; i++)
    {
      gint64 instant = random_instant (random);
      gint64 seconds = instant / 1000 - (instant % 1000 < 0 ? 1 : 0);
      g_autofree char *text = ent_instant_format (instant);
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *rest = g_date_time_format (time, "-%m-%dT%H:%M:%S");
      g_autofree char *expected = g_strdup_printf ("%04d%s.%03dZ", g_date_time_get_year (time),
                                                   rest, (int) (instant - seconds * 1000));
      gint64 again = 0;

      g_assert_cmpstr (text, ==, expected);
      g_assert_true (ent_instant_parse (text, -1, zone, &again, NULL));
      g_assert_cmpint (again, ==, instant);
    }
}

/* Local time, written without offset, comes back unless its clock showed it twice. */
static void
test_local_round_trip (void)
{
  static const char *const names[] = { "America/Sao_Paulo", "America/Santiago", "Asia/Kolkata",
                                       "Australia/Lord_Howe", "Europe/Lisbon" };
  g_autoptr (GRand) random = ent_test_rand_new ();

  for (guint z = 0; z < G_N_ELEMENTS (names); z++)
    {
      g_autoptr (EntZone) zone = ent_zone_new (names[z], NULL);

      for (int i = 0; i < 10000; i++)
        {
          gint64 instant = random_instant (random);
          int year, month, mday, hour, minute, second, ms;
          EntDay day;
          gint64 again = 0, offset = ent_zone_offset_at (zone, instant);
          g_autofree char *text = NULL;

          ent_zone_local (zone, instant, &day, &hour, &minute, &second, &ms);
          ent_day_to_ymd (day, &year, &month, &mday);
          if (year < 1 || year > 9999)
            continue;
          text = g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d.%03d", year, month, mday, hour,
                                  minute, second, ms);
          g_assert_true (ent_instant_parse (text, -1, zone, &again, NULL));
          if (again != instant)
            g_assert_cmpint (instant - again, ==, ent_zone_offset_at (zone, again) - offset);
          g_assert_cmpint (again, <=, instant);
        }
    }
}

/* Spoilt texts are refused or mean something that is written and read the same. */
static void
test_spoilt (void)
{
  static const char letters[] = "0123456789-:.+TZ ,x\xc3\n";
  g_autoptr (GRand) random = ent_test_rand_new ();
  guint accepted = 0;

  for (guint i = 0; i < ent_test_rounds (200000, 5000000); i++)
    {
      char text[] = "2026-11-22T14:03:12.345-03:00";
      gint64 instant = 0, again = 0;
      guint n = 1 + g_rand_int (random) % 3;
      gsize length = sizeof text - 1;
      g_autofree char *formatted = NULL;

      for (guint j = 0; j < n; j++)
        text[g_rand_int (random) % length] = letters[g_rand_int (random) % (sizeof letters - 1)];
      if (g_rand_int (random) % 4 == 0)
        length = g_rand_int (random) % length;
      if (!ent_instant_parse (text, (gssize) length, NULL, &instant, NULL))
        continue;
      accepted++;
      formatted = ent_instant_format (instant);
      g_assert_true (ent_instant_parse (formatted, -1, NULL, &again, NULL));
      g_assert_cmpint (again, ==, instant);
    }
  g_assert_cmpuint (accepted, >, 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/instant/forms", test_forms);
  g_test_add_func ("/instant/edges", test_edges);
  g_test_add_func ("/instant/refused", test_refused);
  g_test_add_func ("/instant/length", test_length);
  g_test_add_func ("/instant/local", test_local);
  g_test_add_func ("/instant/without-zone", test_without_zone);
  g_test_add_func ("/instant/round-trip", test_round_trip);
  g_test_add_func ("/instant/local-round-trip", test_local_round_trip);
  g_test_add_func ("/instant/spoilt", test_spoilt);
  return g_test_run ();
}
