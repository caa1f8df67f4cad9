/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones and local days: known days of 23, 24 and 25 hours, days that tile time in every zone,
 * and the C library as a witness. */

#include "ent-test-util.h"
#include "ent-test-zones.h"
#include "ent-time.h"

#include <string.h>

static EntZone *
get_zone (const char *name)
{
  g_autoptr (GError) error = NULL;
  EntZone *zone = ent_zone_new (name, &error);

  g_assert_no_error (error);
  g_assert_nonnull (zone);
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

static void
test_known_days (void)
{
  static const struct
  {
    const char *zone;
    const char *day;
    const char *start;
    int minutes;
  } days[] = {
    { "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z", 23 * 60 },
    { "America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00.000Z", 25 * 60 },
    { "America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00.000Z", 24 * 60 },
    { "America/Sao_Paulo", "2019-02-16", "2019-02-16T02:00:00.000Z", 25 * 60 },
    { "America/Sao_Paulo", "2024-02-17", "2024-02-17T03:00:00.000Z", 24 * 60 },
    { "America/Sao_Paulo", "2024-11-03", "2024-11-03T03:00:00.000Z", 24 * 60 },
    { "America/Santiago", "2025-09-07", "2025-09-07T04:00:00.000Z", 23 * 60 },
    { "America/Santiago", "2025-04-05", "2025-04-05T03:00:00.000Z", 25 * 60 },
    { "America/New_York", "2026-03-08", "2026-03-08T05:00:00.000Z", 23 * 60 },
    { "America/New_York", "2026-11-01", "2026-11-01T04:00:00.000Z", 25 * 60 },
    { "America/New_York", "2050-03-13", "2050-03-13T05:00:00.000Z", 23 * 60 },
    { "Australia/Lord_Howe", "2025-10-05", "2025-10-04T13:30:00.000Z", 23 * 60 + 30 },
    { "Australia/Lord_Howe", "2025-04-06", "2025-04-05T13:00:00.000Z", 24 * 60 + 30 },
    { "Asia/Kathmandu", "2026-01-01", "2025-12-31T18:15:00.000Z", 24 * 60 },
    { "Asia/Kolkata", "2026-01-01", "2025-12-31T18:30:00.000Z", 24 * 60 },
    /* Clocks went from 00:01 back to 23:01: those minutes belong to the new day. */
    { "America/St_Johns", "2006-10-28", "2006-10-28T02:30:00.000Z", 24 * 60 },
    { "America/St_Johns", "2006-10-29", "2006-10-29T02:30:00.000Z", 25 * 60 },
    /* Samoa moved across the date line and had no 30th. */
    { "Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00.000Z", 24 * 60 },
    { "Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z", 0 },
    { "Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00.000Z", 24 * 60 },
    { "UTC", "2016-12-31", "2016-12-31T00:00:00.000Z", 24 * 60 },
    { "UTC", "9999-12-31", "9999-12-31T00:00:00.000Z", 24 * 60 },
    { "UTC", "1969-12-31", "1969-12-31T00:00:00.000Z", 24 * 60 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (EntZone) zone = get_zone (days[i].zone);
      EntDay day = get_day (days[i].day);
      gint64 start = ent_zone_day_start (zone, day);
      gint64 length = ent_zone_day_start (zone, day + 1) - start;
      g_autofree char *text = ent_instant_format (start);

      g_test_message ("%s %s", days[i].zone, days[i].day);
      g_assert_cmpstr (text, ==, days[i].start);
      g_assert_cmpint (length, ==, days[i].minutes * MINUTE_MS);
      if (length > 0)
        {
          g_assert_cmpint (ent_zone_day_of (zone, start), ==, day);
          g_assert_cmpint (ent_zone_day_of (zone, start + length - 1), ==, day);
        }
    }
}

/* All zones of the machine. */
static void
add_names (GPtrArray *names, const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *entry;

  g_assert_nonnull (dir);
  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);
      g_autofree char *name = g_strconcat (prefix, entry, NULL);
      g_autoptr (EntZone) zone = NULL;

      if (g_str_equal (name, "right") || g_str_equal (name, "posix"))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          g_autofree char *inner = g_strconcat (name, "/", NULL);

          add_names (names, path, inner);
          continue;
        }
      zone = ent_zone_new (name, NULL);
      if (zone != NULL)
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
}

static GPtrArray *
all_names (void)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  add_names (names, "/usr/share/zoneinfo", "");
  g_assert_cmpuint (names->len, >, 400);
  return names;
}

/* Days follow each other without gap or overlap: 65 years in each zone there is. The longest
 * had 31 hours (Vostok, 1994). */
static void
test_days_tile (void)
{
  g_autoptr (GPtrArray) names = all_names ();
  EntDay first = get_day ("1980-01-01");
  EntDay last = get_day ("2045-01-01");

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (EntZone) zone = get_zone (names->pdata[i]);
      gint64 start = ent_zone_day_start (zone, first);

      for (EntDay day = first; day < last; day++)
        {
          gint64 next = ent_zone_day_start (zone, day + 1);

          if (next < start || next - start > 31 * HOUR_MS || next % ENT_QUARTER_MS != 0 ||
              (next > start &&
               (ent_zone_day_of (zone, start) != day || ent_zone_day_of (zone, next - 1) != day)) ||
              ent_zone_day_of (zone, start) < day || ent_zone_day_of (zone, start - 1) >= day)
            g_error ("%s: day %d from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                     (char *) names->pdata[i], day, start, next);
          start = next;
        }
    }
}

/* Each start is the first instant of its date in the C library's eyes, too. */
static void
test_days_agree_with_libc (void)
{
  EntDay first = get_day ("1990-01-01");
  EntDay last = get_day ("2055-01-01");
  guint odd = 0;

  for (guint i = 0; i < G_N_ELEMENTS (odd_zones); i++)
    {
      g_autoptr (EntZone) zone = get_zone (odd_zones[i]);

      libc_use (odd_zones[i]);
      for (EntDay day = first; day < last; day++)
        {
          gint64 start = ent_zone_day_start (zone, day);
          gint64 length = ent_zone_day_start (zone, day + 1) - start;

          g_assert_cmpint (libc_date (start), >=, day);
          g_assert_cmpint (libc_date (start - 1), <, day);
          if (length == DAY_MS)
            continue;
          odd++;
          g_assert_cmpint (libc_day_start (day), ==, start);
        }
    }
  libc_use ("UTC");
  g_assert_cmpuint (odd, >, 2000);
}

static void
check_instant (const EntZone *zone, gint64 instant)
{
  struct tm tm = libc_local (instant);
  EntDay day;
  int hour, minute, second, ms;

  ent_zone_local (zone, instant, &day, &hour, &minute, &second, &ms);
  if (ent_zone_offset_at (zone, instant) != tm.tm_gmtoff * SECOND_MS)
    g_error ("%s at %" G_GINT64_FORMAT ": offset %" G_GINT64_FORMAT ", libc %ld",
             ent_zone_get_name (zone), instant, ent_zone_offset_at (zone, instant), tm.tm_gmtoff);
  g_assert_cmpint (day, ==, ent_day_from_ymd (tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday));
  g_assert_cmpint (hour, ==, tm.tm_hour);
  g_assert_cmpint (minute, ==, tm.tm_min);
  g_assert_cmpint (second, ==, tm.tm_sec);
  g_assert_cmpint (ms, ==, (int) (((instant % 1000) + 1000) % 1000));
}

/* 1900 to 9999 at random, the near future more often, and the seconds around each change. */
static void
test_clock_agrees_with_libc (void)
{
  g_autoptr (GPtrArray) names = all_names ();
  g_autoptr (GRand) random = ent_test_rand_new ();
  guint rounds = ent_test_rounds (300, 20000);
  gint64 from = get_day ("1900-01-01") * DAY_MS;
  gint64 near = get_day ("2100-01-01") * DAY_MS;
  gint64 far = get_day ("9999-12-30") * DAY_MS;

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (EntZone) zone = get_zone (names->pdata[i]);
      gint64 before = from;

      libc_use (names->pdata[i]);
      for (guint j = 0; j < rounds; j++)
        {
          gint64 to = j % 4 == 0 ? far : near;

          check_instant (zone, from + (gint64) (g_rand_double (random) * (double) (to - from)));
        }
      for (gint64 day = from; day < near; day += 28 * DAY_MS)
        {
          gint64 low = before, high = day;

          if (ent_zone_offset_at (zone, low) != ent_zone_offset_at (zone, high))
            {
              while (high - low > 1)
                {
                  gint64 middle = low + (high - low) / 2;

                  if (ent_zone_offset_at (zone, middle) == ent_zone_offset_at (zone, low))
                    low = middle;
                  else
                    high = middle;
                }
              check_instant (zone, low);
              check_instant (zone, high);
            }
          before = day;
        }
    }
  libc_use ("UTC");
}

static void
test_far_times (void)
{
  g_autoptr (EntZone) zone = get_zone ("America/New_York");
  gint64 cycle = 146097 * DAY_MS;
  gint64 july = get_day ("2040-07-01") * DAY_MS;
  static const gint64 edges[] = {
    G_MININT64, G_MININT64 + 1, -1, 0, 1, G_MAXINT64 - 1, G_MAXINT64
  };

  /* The rules go on for ever, with the calendar's own period. */
  for (int i = 0; i < 20; i++)
    {
      g_assert_cmpint (ent_zone_offset_at (zone, july + i * cycle), ==, -4 * HOUR_MS);
      g_assert_cmpint (ent_zone_offset_at (zone, july + 184 * DAY_MS + i * cycle), ==,
                       -5 * HOUR_MS);
      g_assert_cmpint (ent_zone_day_start (zone, (EntDay) ((july + i * cycle) / DAY_MS)), ==,
                       july + i * cycle + 4 * HOUR_MS);
      g_assert_cmpint (ent_zone_day_of (zone, july + i * cycle), ==,
                       (july + i * cycle) / DAY_MS - 1);
    }

  /* Nothing overflows, and days keep their order, at the ends of what fits. */
  for (guint i = 1; i < G_N_ELEMENTS (edges); i++)
    g_assert_cmpint (ent_zone_day_of (zone, edges[i - 1]), <=, ent_zone_day_of (zone, edges[i]));
  g_assert_cmpint (ent_zone_day_start (zone, G_MAXINT32), >, ent_zone_day_start (zone, 0));
  g_assert_cmpint (ent_zone_day_start (zone, G_MININT32), <, ent_zone_day_start (zone, 0));
  g_assert_cmpint (ent_zone_day_of (zone, ent_zone_day_start (zone, G_MAXINT32 - 4)), ==,
                   G_MAXINT32 - 4);
}

static void
test_2038 (void)
{
  g_autoptr (EntZone) zone = get_zone ("America/Sao_Paulo");
  gint64 instant = (G_GINT64_CONSTANT (1) << 31) * SECOND_MS;

  g_assert_cmpint (ent_zone_day_of (zone, instant - 1), ==, get_day ("2038-01-19"));
  g_assert_cmpint (ent_zone_day_of (zone, instant), ==, get_day ("2038-01-19"));
  g_assert_cmpint (ent_zone_offset_at (zone, instant), ==, -3 * HOUR_MS);
}

static void
test_names (void)
{
  static const char *const wrong[] = {
    "",
    "Nowhere/Land",
    "america/sao_paulo",
    "America/Sao_Paulo ",
    " UTC",
    "utc ",
    "BRT3",
    "EST5EDT,M3.2.0,M11.1.0",
    "+03:00",
    "-03",
    "Z",
    "America",
    "America/",
    "America//Sao_Paulo",
    "../zoneinfo/America/Sao_Paulo",
    "America/../America/Sao_Paulo",
    "America/./Sao_Paulo",
    "/usr/share/zoneinfo/America/Sao_Paulo",
    ":America/Sao_Paulo",
    "right/UTC",
    "posix/UTC",
    "posixrules",
    "localtime",
    "zone.tab",
    "tzdata.zi",
    "leapseconds",
    "America/S\xc3\xa3o_Paulo",
    "\xff",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  };
  static const char *const right[] = { "UTC", "Etc/GMT+3", "EST5EDT", "America/Port-au-Prince" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_zone_new (wrong[i], &error));
      g_assert_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (EntZone) zone = get_zone (right[i]);
      g_autoptr (EntZone) again = ent_zone_ref (zone);

      g_assert_cmpstr (ent_zone_get_name (again), ==, right[i]);
    }
}

static void
test_default (void)
{
  g_autoptr (EntZone) brazil = ent_zone_new_default ("pt_BR");
  g_autoptr (EntZone) brazil_utf8 = ent_zone_new_default ("pt_BR.UTF-8");
  g_autoptr (EntZone) portugal = ent_zone_new_default ("pt_PT");
  g_autoptr (EntZone) other = ent_zone_new_default (NULL);
  g_autoptr (EntZone) utc = ent_zone_new_utc ();

  g_assert_cmpstr (ent_zone_get_name (brazil), ==, "America/Sao_Paulo");
  g_assert_cmpstr (ent_zone_get_name (brazil_utf8), ==, "America/Sao_Paulo");
  /* The tests' environment says TZ=UTC. */
  g_assert_cmpstr (ent_zone_get_name (portugal), ==, "UTC");
  g_assert_cmpstr (ent_zone_get_name (other), ==, "UTC");
  g_assert_cmpstr (ent_zone_get_name (utc), ==, "UTC");
  g_assert_cmpint (ent_zone_offset_at (utc, 0), ==, 0);
}

static void
test_data_version (void)
{
  const char *version = ent_zone_get_data_version ();

  g_assert_nonnull (version);
  g_assert_cmpstr (version, !=, "");
  g_assert_true (g_str_equal (version, "unknown") ||
                 (strlen (version) >= 5 && g_str_has_prefix (version, "20")));
  g_assert_true (version == ent_zone_get_data_version ());
}

/* Another tz database, in a process of its own: its version is read once. */
static void
test_other_database (void)
{
  const char *dir = g_getenv ("TZDIR");

  if (g_test_subprocess ())
    {
      g_autoptr (EntZone) brazil = ent_zone_new_default ("pt_BR");
      const char *expected = g_getenv ("EXPECTED_VERSION");

      g_assert_nonnull (dir);
      g_assert_cmpstr (ent_zone_get_name (brazil), ==, "UTC");
      g_assert_cmpstr (ent_zone_get_data_version (), ==, expected);
      return;
    }

  static const struct
  {
    const char *file;
    const char *text;
    const char *version;
  } databases[] = {
    { "none", "", "unknown" },
    { "+VERSION", "2031c\n", "2031c" },
    { "+VERSION", "", "unknown" },
    { "tzdata.zi", "# version 2030a-dirty\n# This zic input", "2030a-dirty" },
    { "tzdata.zi", "R A 1930", "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (databases); i++)
    {
      g_autoptr (EntTestDir) folder = ent_test_dir_new ();
      g_autofree char *file =
          ent_test_write_file (folder, databases[i].file, databases[i].text, -1);

      g_setenv ("TZDIR", folder, TRUE);
      g_setenv ("EXPECTED_VERSION", databases[i].version, TRUE);
      g_test_message ("%s", file);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
    }
  g_unsetenv ("TZDIR");
  g_unsetenv ("EXPECTED_VERSION");
}

/* The zone of the system, where the locale does not decide. */
static void
test_system_zone (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (EntZone) zone = ent_zone_new_default ("es_MX");

      g_assert_cmpstr (ent_zone_get_name (zone), ==, g_getenv ("EXPECTED_ZONE"));
      return;
    }

  static const char *const zones[][2] = {
    { "America/Mexico_City", "America/Mexico_City" },
    { ":America/Bogota", "America/Bogota" },
    { "<-03>3", "UTC" },
    { "", "UTC" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_setenv ("TZ", zones[i][0], TRUE);
      g_setenv ("EXPECTED_ZONE", zones[i][1], TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
    }
  g_setenv ("TZ", "UTC", TRUE);
  g_unsetenv ("EXPECTED_ZONE");
}

/* As a value in a GObject property. */
static void
test_boxed (void)
{
  g_autoptr (EntZone) zone = get_zone ("America/Sao_Paulo");
  EntZone *copy = g_boxed_copy (ENT_TYPE_ZONE, zone);

  g_assert_true (copy == zone);
  g_boxed_free (ENT_TYPE_ZONE, copy);
  g_assert_cmpstr (ent_zone_get_name (zone), ==, "America/Sao_Paulo");
}

static gpointer
ask_in_thread (gpointer data)
{
  const EntZone *zone = data;
  gint64 sum = 0;

  for (int i = 0; i < 200000; i++)
    sum += ent_zone_day_of (zone, i * G_GINT64_CONSTANT (7000000));
  return (gpointer) (gsize) sum;
}

/* A zone is shared without a lock. */
static void
test_threads (void)
{
  g_autoptr (EntZone) zone = get_zone ("America/Sao_Paulo");
  gpointer expected = ask_in_thread (zone);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_in_thread, zone);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (g_thread_join (threads[i]) == expected);
}

/* Asked once per message: millions a second, or the store's scans suffer. */
static void
test_speed (void)
{
  g_autoptr (EntZone) zone = get_zone ("America/New_York");
  gint64 begin = g_get_monotonic_time ();
  gint64 sum = 0;
  double seconds;

  for (gint64 i = 0; i < 5000000; i++)
    sum += ent_zone_day_of (zone, G_GINT64_CONSTANT (1700000000000) + i * 1555);
  seconds = (double) (g_get_monotonic_time () - begin) / 1e6;
  g_test_message ("day_of: %.0f ns each (%" G_GINT64_FORMAT ")", seconds / 5e6 * 1e9, sum);
  g_assert_cmpfloat (seconds, <, 10);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zone/known-days", test_known_days);
  g_test_add_func ("/zone/days-tile", test_days_tile);
  g_test_add_func ("/zone/days-agree-with-libc", test_days_agree_with_libc);
  g_test_add_func ("/zone/clock-agrees-with-libc", test_clock_agrees_with_libc);
  g_test_add_func ("/zone/far-times", test_far_times);
  g_test_add_func ("/zone/2038", test_2038);
  g_test_add_func ("/zone/names", test_names);
  g_test_add_func ("/zone/default", test_default);
  g_test_add_func ("/zone/data-version", test_data_version);
  g_test_add_func ("/zone/other-database", test_other_database);
  g_test_add_func ("/zone/system-zone", test_system_zone);
  g_test_add_func ("/zone/boxed", test_boxed);
  g_test_add_func ("/zone/threads", test_threads);
  g_test_add_func ("/zone/speed", test_speed);
  return g_test_run ();
}
