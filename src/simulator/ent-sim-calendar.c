/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * See the header. The conversions between civil dates and day numbers are written out, because a
 * page of a hundred messages prints three hundred times and GDateTime allocates for each.
 */
#include "config.h"

#include "ent-sim-calendar.h"

#include <string.h>

/* The widest offset any zone has had is below 16 hours. */
#define MAX_OFFSET_S (16 * 3600)

/* Zone names come from the wire; GTimeZone would open any file that they name. */
#define ZONE_NAME_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/:"

/**
 * ent_sim_day_from_civil:
 *
 * Returns: days since 1970-01-01 in the Gregorian calendar
 */
int
ent_sim_day_from_civil (int year, int month, int day)
{
  /* Years begin in March, so that the leap day is the last one. */
  int y = month <= 2 ? year - 1 : year;
  int era = (y >= 0 ? y : y - 399) / 400;
  int of_era = y - era * 400;
  int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/**
 * ent_sim_day_to_civil:
 * @year: (out):
 * @month: (out): 1 to 12
 * @day_of_month: (out): 1 to 31
 *
 * The inverse of ent_sim_day_from_civil().
 */
void
ent_sim_day_to_civil (int day, int *year, int *month, int *day_of_month)
{
  int z = day + 719468;
  int era = (z >= 0 ? z : z - 146096) / 146097;
  int of_era = z - era * 146097;
  int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int of_year = of_era - (365 * y + y / 4 - y / 100);
  int m = (5 * of_year + 2) / 153;

  *day_of_month = of_year - (153 * m + 2) / 5 + 1;
  *month = m < 10 ? m + 3 : m - 9;
  *year = y + era * 400 + (*month <= 2 ? 1 : 0);
}

/**
 * ent_sim_day_weekday:
 *
 * Returns: 0 for Monday to 6 for Sunday
 */
int
ent_sim_day_weekday (int day)
{
  int weekday = (day + 3) % 7;

  return weekday < 0 ? weekday + 7 : weekday;
}

/**
 * ent_sim_day_parse:
 * @text: a date as 2026-11-15
 * @day: (out): its day number
 *
 * Returns: %FALSE when @text is not exactly a date of the years 1990 to 2200
 */
gboolean
ent_sim_day_parse (const char *text, int *day)
{
  int year, month, day_of_month;

  if (strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  for (guint i = 0; i < 10; i++)
    if (i != 4 && i != 7 && !g_ascii_isdigit (text[i]))
      return FALSE;

  year = (int) g_ascii_strtoll (text, NULL, 10);
  month = (int) g_ascii_strtoll (text + 5, NULL, 10);
  day_of_month = (int) g_ascii_strtoll (text + 8, NULL, 10);
  if (year < 1990 || year > 2200 || month < 1 || month > 12 || day_of_month < 1 ||
      day_of_month > g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year))
    return FALSE;

  *day = ent_sim_day_from_civil (year, month, day_of_month);
  return TRUE;
}

/**
 * ent_sim_day_append:
 *
 * Appends @day to @out as 2026-11-15.
 */
void
ent_sim_day_append (GString *out, int day)
{
  int year, month, day_of_month;

  ent_sim_day_to_civil (day, &year, &month, &day_of_month);
  g_string_append_printf (out, "%04d-%02d-%02d", year, month, day_of_month);
}

/**
 * ent_sim_zone_new:
 * @name: an IANA name
 *
 * Returns: (transfer full) (nullable): the zone, or %NULL where the machine knows no such zone
 */
GTimeZone *
ent_sim_zone_new (const char *name)
{
  if (*name == '\0' || *name == '/' || strstr (name, "..") != NULL ||
      name[strspn (name, ZONE_NAME_CHARS)] != '\0')
    return NULL;
  return g_time_zone_new_identifier (name);
}

/**
 * ent_sim_zone_local_day:
 *
 * Returns: the day number of the local date at @instant
 */
int
ent_sim_zone_local_day (GTimeZone *zone, gint64 instant)
{
  gint64 seconds = instant >= 0 ? instant / 1000 : (instant - 999) / 1000;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return ent_sim_day_from_civil (g_date_time_get_year (local), g_date_time_get_month (local),
                                 g_date_time_get_day_of_month (local));
}

/**
 * ent_sim_zone_day_start:
 *
 * Finds the first instant of a local day by halving, so that days whose midnight does not exist
 * need no care. Good for zones whose local date never goes back, as the company's.
 *
 * Returns: an instant
 */
gint64
ent_sim_zone_day_start (GTimeZone *zone, int day)
{
  gint64 before = (gint64) day * 86400 - MAX_OFFSET_S;
  gint64 within = (gint64) day * 86400 + MAX_OFFSET_S;

  while (within - before > 1)
    {
      gint64 middle = before + (within - before) / 2;

      if (ent_sim_zone_local_day (zone, middle * 1000) >= day)
        within = middle;
      else
        before = middle;
    }
  return within * 1000;
}

/**
 * ent_sim_zone_offset_minutes:
 *
 * Returns: minutes east of UTC at @instant
 */
int
ent_sim_zone_offset_minutes (GTimeZone *zone, gint64 instant)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant / 1000);

  return g_time_zone_get_offset (zone, interval) / 60;
}

/**
 * ent_sim_instant_parse:
 * @text: ISO 8601 with date and time, offset optional
 * @zone: the zone of a @text without offset
 * @instant: (out): milliseconds; finer fractions are dropped
 */
gboolean
ent_sim_instant_parse (const char *text, GTimeZone *zone, gint64 *instant)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, zone);

  if (time == NULL)
    return FALSE;
  *instant = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  return TRUE;
}

/**
 * ent_sim_instant_to_string:
 *
 * Returns: (transfer full): @instant as 2026-11-16T03:00:00Z
 */
char *
ent_sim_instant_to_string (gint64 instant)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (instant / 1000);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
}
