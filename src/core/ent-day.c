/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Civil days: counts of days since 1970-01-01 in the proleptic Gregorian calendar, without zones.
 * Pure arithmetic, any thread. */

#include "config.h"

#include "ent-quote-private.h"
#include "ent-time.h"

#include <string.h>

/* The Gregorian calendar repeats after 400 years. */
#define DAYS_PER_CYCLE 146097
/* Days from 0000-03-01, where the counting below starts, to 1970-01-01. */
#define EPOCH_SHIFT 719468

G_DEFINE_QUARK (ent_time_error_quark, ent_time_error)

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

static gboolean
is_leap (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return month == 2 && is_leap (year) ? 29 : days[month - 1];
}

/**
 * ent_day_from_ymd:
 * @year: a year; 0 is the one before 1
 * @month: 1 to 12
 * @day: 1 to 31
 *
 * Returns: the day, %G_MININT32 if there is no such date
 */
EntDay
ent_day_from_ymd (int year, int month, int day)
{
  gint64 y, era, year_of_era, day_of_year, result;

  if (month < 1 || month > 12 || day < 1 || day > days_in_month (year, month))
    return G_MININT32;

  /* Years that start in March, so that the leap day is the last one. */
  y = month <= 2 ? (gint64) year - 1 : year;
  era = floor_div (y, 400);
  year_of_era = y - era * 400;
  day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
  result = era * DAYS_PER_CYCLE + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
           day_of_year - EPOCH_SHIFT;

  return result > G_MININT32 && result <= G_MAXINT32 ? (EntDay) result : G_MININT32;
}

/**
 * ent_day_to_ymd:
 * @day: a day
 * @year: (out) (optional): its year
 * @month: (out) (optional): 1 to 12
 * @mday: (out) (optional): 1 to 31
 */
void
ent_day_to_ymd (EntDay day, int *year, int *month, int *mday)
{
  gint64 shifted = (gint64) day + EPOCH_SHIFT;
  gint64 era = floor_div (shifted, DAYS_PER_CYCLE);
  gint64 day_of_era = shifted - era * DAYS_PER_CYCLE;
  gint64 year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int march_month = (int) ((5 * day_of_year + 2) / 153);
  int m = march_month < 10 ? march_month + 3 : march_month - 9;

  if (year != NULL)
    *year = (int) (year_of_era + era * 400 + (m <= 2 ? 1 : 0));
  if (month != NULL)
    *month = m;
  if (mday != NULL)
    *mday = (int) (day_of_year - (153 * march_month + 2) / 5 + 1);
}

/**
 * ent_day_weekday:
 * @day: a day
 *
 * Returns: 0 for Monday to 6 for Sunday
 */
int
ent_day_weekday (EntDay day)
{
  /* 1970-01-01 was a Thursday. */
  gint64 shifted = (gint64) day + 3;

  return (int) (shifted - floor_div (shifted, 7) * 7);
}

/**
 * ent_day_week_start:
 * @day: a day
 *
 * Returns: the Monday on or before it
 */
EntDay
ent_day_week_start (EntDay day)
{
  return day - ent_day_weekday (day);
}

/**
 * ent_day_month_start:
 * @day: a day
 *
 * Returns: the first day of its month
 */
EntDay
ent_day_month_start (EntDay day)
{
  int mday;

  ent_day_to_ymd (day, NULL, NULL, &mday);
  return day - (mday - 1);
}

/**
 * ent_day_next_month:
 * @month_start: the first day of a month
 *
 * Returns: the first day of the month after it
 */
EntDay
ent_day_next_month (EntDay month_start)
{
  int year, month;

  ent_day_to_ymd (month_start, &year, &month, NULL);
  return month_start + days_in_month (year, month);
}

/**
 * ent_day_parse:
 * @text: a date
 * @day: (out): the day
 * @error: return location
 *
 * Reads YYYY-MM-DD and nothing else, years 0001 to 9999.
 *
 * Returns: %FALSE with %ENT_TIME_ERROR_INVALID where it is no such date
 */
gboolean
ent_day_parse (const char *text, EntDay *day, GError **error)
{
  EntDay result = G_MININT32;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (day != NULL, FALSE);

  if (strlen (text) == 10 && text[4] == '-' && text[7] == '-')
    {
      int part[3] = { 0, 0, 0 };
      guint at = 0;
      gboolean digits = TRUE;

      for (guint i = 0; i < 10; i++)
        {
          if (i == 4 || i == 7)
            at++;
          else if (g_ascii_isdigit (text[i]))
            part[at] = part[at] * 10 + (text[i] - '0');
          else
            digits = FALSE;
        }
      if (digits && part[0] >= 1)
        result = ent_day_from_ymd (part[0], part[1], part[2]);
    }

  if (result == G_MININT32)
    {
      g_autofree char *quoted = ent_quote (text, -1);

      g_set_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID,
                   "%s is not a date: expected YYYY-MM-DD", quoted);
      return FALSE;
    }

  *day = result;
  return TRUE;
}

/**
 * ent_day_format:
 * @day: a day
 *
 * Returns: (transfer full): YYYY-MM-DD
 */
char *
ent_day_format (EntDay day)
{
  int year, month, mday;

  ent_day_to_ymd (day, &year, &month, &mday);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, mday);
}
