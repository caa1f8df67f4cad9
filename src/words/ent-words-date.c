/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days and times in words. Names of months and patterns come from our own translations, not
 * from LC_TIME: so a language reads right also where the system has no such locale. */

#include "config.h"

#include "ent-words-date.h"

#include "ent-words-locale.h"
#include "ent-words-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)

typedef struct
{
  EntDay day;
  int hour;
  int minute;
  int second;
} Moment;

static const char *const weekdays[] = {
  NC_ ("weekday", "Monday"),   NC_ ("weekday", "Tuesday"), NC_ ("weekday", "Wednesday"),
  NC_ ("weekday", "Thursday"), NC_ ("weekday", "Friday"),  NC_ ("weekday", "Saturday"),
  NC_ ("weekday", "Sunday"),
};
static const char *const short_weekdays[] = {
  NC_ ("short weekday", "Mon"), NC_ ("short weekday", "Tue"), NC_ ("short weekday", "Wed"),
  NC_ ("short weekday", "Thu"), NC_ ("short weekday", "Fri"), NC_ ("short weekday", "Sat"),
  NC_ ("short weekday", "Sun"),
};
static const char *const months[] = {
  NC_ ("month", "January"), NC_ ("month", "February"), NC_ ("month", "March"),
  NC_ ("month", "April"),   NC_ ("month", "May"),      NC_ ("month", "June"),
  NC_ ("month", "July"),    NC_ ("month", "August"),   NC_ ("month", "September"),
  NC_ ("month", "October"), NC_ ("month", "November"), NC_ ("month", "December"),
};
static const char *const short_months[] = {
  NC_ ("short month", "Jan"), NC_ ("short month", "Feb"), NC_ ("short month", "Mar"),
  NC_ ("short month", "Apr"), NC_ ("short month", "May"), NC_ ("short month", "Jun"),
  NC_ ("short month", "Jul"), NC_ ("short month", "Aug"), NC_ ("short month", "Sep"),
  NC_ ("short month", "Oct"), NC_ ("short month", "Nov"), NC_ ("short month", "Dec"),
};

const char *
ent_words_weekday (int weekday)
{
  g_return_val_if_fail (weekday >= 0 && weekday < 7, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "weekday", weekdays[weekday]);
}

const char *
ent_words_weekday_short (int weekday)
{
  g_return_val_if_fail (weekday >= 0 && weekday < 7, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "short weekday", short_weekdays[weekday]);
}

const char *
ent_words_month_name (int month)
{
  g_return_val_if_fail (month >= 1 && month <= 12, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "month", months[month - 1]);
}

const char *
ent_words_month_name_short (int month)
{
  g_return_val_if_fail (month >= 1 && month <= 12, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "short month", short_months[month - 1]);
}

static void
append_token (GString *out, char token, const Moment *moment)
{
  int year, month, mday;

  ent_day_to_ymd (moment->day, &year, &month, &mday);
  switch (token)
    {
    case 'a':
      g_string_append (out, ent_words_weekday_short (ent_day_weekday (moment->day)));
      break;
    case 'A':
      g_string_append (out, ent_words_weekday (ent_day_weekday (moment->day)));
      break;
    case 'b':
      g_string_append (out, ent_words_month_name_short (month));
      break;
    case 'B':
      g_string_append (out, ent_words_month_name (month));
      break;
    case 'd':
      g_string_append_printf (out, "%02d", mday);
      break;
    case 'e':
      g_string_append_printf (out, "%d", mday);
      break;
    case 'm':
      g_string_append_printf (out, "%02d", month);
      break;
    case 'Y':
      g_string_append_printf (out, "%04d", year);
      break;
    case 'H':
      g_string_append_printf (out, "%02d", moment->hour);
      break;
    case 'M':
      g_string_append_printf (out, "%02d", moment->minute);
      break;
    case 'S':
      g_string_append_printf (out, "%02d", moment->second);
      break;
    default:
      g_string_append_c (out, token);
      break;
    }
}

static char *
expand (const char *pattern, const Moment *moment)
{
  GString *out = g_string_new (NULL);

  for (const char *p = pattern; *p != '\0'; p++)
    if (*p == '%' && p[1] != '\0')
      append_token (out, *++p, moment);
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static char *
expand_day (const char *pattern, EntDay day)
{
  Moment moment = { .day = day };

  return expand (pattern, &moment);
}

static char *
expand_instant (const char *pattern, gint64 instant, const EntZone *zone)
{
  Moment moment;

  ent_zone_local (zone, instant, &moment.day, &moment.hour, &moment.minute, &moment.second, NULL);
  return expand (pattern, &moment);
}

static int
year_of (EntDay day)
{
  int year;

  ent_day_to_ymd (day, &year, NULL, NULL);
  return year;
}

static int
current_year (void)
{
  return year_of ((EntDay) (ent_clock_now () / DAY_MS));
}

/* In all patterns below: %a %A weekday, short and long; %e day, %d with two digits; %b %B month,
 * short and long; %m its number; %Y year; %H %M %S the time. */

static const char *
pattern_day_full (void)
{
  /* Translators: a date in a file. %e day, %d day with two digits, %b short month, %B month,
   * %m month's number, %Y year. */
  /* xgettext:no-c-format */
  return C_ ("date pattern", "%e %b %Y");
}

static const char *
pattern_day_axis (void)
{
  /* Translators: a date as short as can be read without doubt. */
  /* xgettext:no-c-format */
  return C_ ("date pattern", "%e %b");
}

static const char *
pattern_day (EntDay day)
{
  if (year_of (day) == current_year ())
    /* Translators: a day of this year; %a short weekday. */
    /* xgettext:no-c-format */
    return C_ ("date pattern", "%a %e %b");
  /* Translators: a day of another year. */
  /* xgettext:no-c-format */
  return C_ ("date pattern", "%a %e %b %Y");
}

char *
ent_words_day (EntDay day)
{
  return expand_day (pattern_day (day), day);
}

char *
ent_words_day_full (EntDay day)
{
  return expand_day (pattern_day_full (), day);
}

char *
ent_words_day_long (EntDay day)
{
  /* Translators: a day in full; %A weekday, %B month. */
  /* xgettext:no-c-format */
  return expand_day (C_ ("date pattern", "%A, %e %B %Y"), day);
}

char *
ent_words_day_axis (EntDay day)
{
  return expand_day (pattern_day_axis (), day);
}

char *
ent_words_month (EntDay day)
{
  /* Translators: a month and its year. */
  /* xgettext:no-c-format */
  return expand_day (C_ ("date pattern", "%B %Y"), day);
}

char *
ent_words_month_axis (EntDay day)
{
  int month;

  ent_day_to_ymd (day, NULL, &month, NULL);
  return g_strdup (ent_words_month_name_short (month));
}

char *
ent_words_hour (int hour)
{
  /* Translators: a full hour of the day. */
  return g_strdup_printf (C_ ("hour", "%02d:00"), hour);
}

static char *
range_within_month (EntDay first, EntDay last, gboolean with_year)
{
  int year, month, mday, last_mday;

  ent_day_to_ymd (first, &year, &month, &mday);
  ent_day_to_ymd (last, NULL, NULL, &last_mday);
  if (with_year)
    /* Translators: days of one month: first day, last day, short month, year. */
    return g_strdup_printf (C_ ("date range", "%1$d–%2$d %3$s %4$d"), mday, last_mday,
                            ent_words_month_name_short (month), year);
  /* Translators: days of one month of this year: first day, last day, short month. */
  return g_strdup_printf (C_ ("date range", "%1$d–%2$d %3$s"), mday, last_mday,
                          ent_words_month_name_short (month));
}

static char *
day_range (EntDay first, EntDay last, gboolean with_year)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  int first_month, last_month;
  gboolean one_year = year_of (first) == year_of (last);

  with_year = with_year || year_of (last) != current_year () || !one_year;
  if (first == last)
    return with_year ? ent_words_day_full (first) : ent_words_day (first);

  ent_day_to_ymd (first, NULL, &first_month, NULL);
  ent_day_to_ymd (last, NULL, &last_month, NULL);
  if (one_year && first_month == last_month)
    return range_within_month (first, last, with_year);

  from = with_year && !one_year ? ent_words_day_full (first) : ent_words_day_axis (first);
  to = with_year ? ent_words_day_full (last) : ent_words_day_axis (last);
  /* Translators: from one date to another. */
  return g_strdup_printf (C_ ("date range", "%s – %s"), from, to);
}

char *
ent_words_day_range (EntDay first, EntDay last)
{
  return day_range (first, last, FALSE);
}

char *
ent_words_day_range_full (EntDay first, EntDay last)
{
  return day_range (first, last, TRUE);
}

char *
ent_words_time (gint64 instant, const EntZone *zone)
{
  if (instant == G_MININT64)
    return g_strdup ("");
  return expand_instant ("%H:%M", instant, zone);
}

char *
ent_words_time_seconds (gint64 instant, const EntZone *zone)
{
  if (instant == G_MININT64)
    return g_strdup ("");
  return expand_instant ("%H:%M:%S", instant, zone);
}

char *
ent_words_date_time (gint64 instant, const EntZone *zone)
{
  if (instant == G_MININT64)
    return g_strdup ("");
  if (year_of (ent_zone_day_of (zone, instant)) != current_year ())
    return ent_words_date_time_full (instant, zone);
  /* Translators: a time of this year in a narrow cell. */
  /* xgettext:no-c-format */
  return expand_instant (C_ ("date pattern", "%e %b %H:%M:%S"), instant, zone);
}

char *
ent_words_date_time_full (gint64 instant, const EntZone *zone)
{
  if (instant == G_MININT64)
    return g_strdup ("");
  /* Translators: a time with its year. */
  /* xgettext:no-c-format */
  return expand_instant (C_ ("date pattern", "%e %b %Y %H:%M:%S"), instant, zone);
}

char *
ent_words_when (gint64 instant, const EntZone *zone, gint64 now)
{
  g_autofree char *time = NULL;
  g_autofree char *day = NULL;
  EntDay today = ent_zone_day_of (zone, now);
  EntDay that_day;

  if (instant == G_MININT64)
    return g_strdup ("");
  time = ent_words_time (instant, zone);
  that_day = ent_zone_day_of (zone, instant);
  if (that_day == today)
    /* Translators: a time of today, within a sentence: "Synchronised until today 14:05". */
    return g_strdup_printf (C_ ("time", "today %s"), time);
  if (that_day == today - 1)
    return g_strdup_printf (C_ ("time", "yesterday %s"), time);
  day = ent_words_day (that_day);
  /* Translators: a day and a time: "Wed 19 Nov 14:05". */
  return g_strdup_printf (C_ ("time", "%s %s"), day, time);
}

char *
ent_words_period_of (const EntPeriod *period)
{
  if (period->kind == ENT_PERIOD_DATES)
    return ent_words_day_range (period->first, period->last);
  return g_strdup (ent_words_period (period->kind));
}

char *
ent_words_period_resolved (const EntPeriod *period, const EntZone *zone, gint64 now)
{
  EntRange range = ent_period_resolve (period, zone, now);
  g_autofree char *days = ent_words_day_range (range.first, range.last);

  if (period->kind == ENT_PERIOD_DATES)
    return g_steal_pointer (&days);
  /* Translators: a period and its dates: "Last 7 days · 16–22 Nov". */
  return g_strdup_printf (C_ ("period", "%s · %s"), ent_words_period (period->kind), days);
}
