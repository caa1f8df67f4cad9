/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods: what a token or two dates mean at an instant in a zone, what to compare the result
 * with, and how it is cut into buckets. Days are counted, never 86,400 seconds. Pure. */

#include "config.h"

#include "ent-period.h"
#include "ent-zone-private.h"

/* Over ten years; more than any source keeps. */
#define MAX_DAYS 4000

static const char *const kind_keys[] = {
  "today",     "yesterday",     "last-7-days", "last-30-days",   "last-90-days", "previous-7-days",
  "this-week", "previous-week", "this-month",  "previous-month", "dates",
};
G_STATIC_ASSERT (G_N_ELEMENTS (kind_keys) == ENT_N_PERIOD_TOKENS + 1);

/**
 * ent_period_kind_key:
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): its key, "dates" for two dates
 */
const char *
ent_period_kind_key (EntPeriodKind kind)
{
  return (guint) kind < G_N_ELEMENTS (kind_keys) ? kind_keys[kind] : NULL;
}

/**
 * ent_period_kind_from_key:
 * @key: (nullable): a token such as last-7-days
 * @kind: (out): its kind, never %ENT_PERIOD_DATES
 *
 * Returns: %FALSE where it is no token
 */
gboolean
ent_period_kind_from_key (const char *key, EntPeriodKind *kind)
{
  for (guint i = 0; key != NULL && i < ENT_N_PERIOD_TOKENS; i++)
    if (g_str_equal (kind_keys[i], key))
      {
        *kind = (EntPeriodKind) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * ent_period_equal:
 * @a: a period
 * @b: a period
 *
 * Returns: whether both say the same; the dates count only where they are used
 */
gboolean
ent_period_equal (const EntPeriod *a, const EntPeriod *b)
{
  return a->kind == b->kind &&
         (a->kind != ENT_PERIOD_DATES || (a->first == b->first && a->last == b->last));
}

/**
 * ent_period_init_dates:
 * @period: (out): the period
 * @first: its first day
 * @last: its last day, inclusive
 * @error: return location
 *
 * Returns: %FALSE with %ENT_TIME_ERROR_INVALID where the last day is before the first, or there
 *   are over 4,000 of them
 */
gboolean
ent_period_init_dates (EntPeriod *period, EntDay first, EntDay last, GError **error)
{
  g_autofree char *from = ent_day_format (first);
  g_autofree char *to = ent_day_format (last);
  gint64 n = (gint64) last - first + 1;

  if (n < 1)
    {
      g_set_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID,
                   "the last day (%s) is before the first (%s)", to, from);
      return FALSE;
    }
  if (n > MAX_DAYS)
    {
      g_set_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID,
                   "%s to %s are %" G_GINT64_FORMAT " days; at most %d are possible", from, to, n,
                   MAX_DAYS);
      return FALSE;
    }

  *period = (EntPeriod){ .kind = ENT_PERIOD_DATES, .first = first, .last = last };
  return TRUE;
}

/**
 * ent_range_for_days:
 * @zone: a zone
 * @first: the first day
 * @last: the last day, inclusive
 *
 * Returns: the days and the half-open instants they span
 */
EntRange
ent_range_for_days (const EntZone *zone, EntDay first, EntDay last)
{
  EntRange range = { .first = first, .last = last };

  range.from = ent_zone_day_start (zone, first);
  range.to = ent_zone_day_start (zone, last + 1);
  return range;
}

/**
 * ent_period_resolve:
 * @period: a period
 * @zone: whose days to count
 * @now: UTC ms
 *
 * Weeks begin on Monday; this-week and this-month end with today, which is partial.
 *
 * Returns: the days that the period means at @now
 */
EntRange
ent_period_resolve (const EntPeriod *period, const EntZone *zone, gint64 now)
{
  EntDay today = ent_zone_day_of (zone, now);
  EntDay monday = ent_day_week_start (today);
  EntDay month = ent_day_month_start (today);

  switch (period->kind)
    {
    case ENT_PERIOD_TODAY:
      return ent_range_for_days (zone, today, today);
    case ENT_PERIOD_YESTERDAY:
      return ent_range_for_days (zone, today - 1, today - 1);
    case ENT_PERIOD_LAST_7_DAYS:
      return ent_range_for_days (zone, today - 6, today);
    case ENT_PERIOD_LAST_30_DAYS:
      return ent_range_for_days (zone, today - 29, today);
    case ENT_PERIOD_LAST_90_DAYS:
      return ent_range_for_days (zone, today - 89, today);
    case ENT_PERIOD_PREVIOUS_7_DAYS:
      return ent_range_for_days (zone, today - 7, today - 1);
    case ENT_PERIOD_THIS_WEEK:
      return ent_range_for_days (zone, monday, today);
    case ENT_PERIOD_PREVIOUS_WEEK:
      return ent_range_for_days (zone, monday - 7, monday - 1);
    case ENT_PERIOD_THIS_MONTH:
      return ent_range_for_days (zone, month, today);
    case ENT_PERIOD_PREVIOUS_MONTH:
      return ent_range_for_days (zone, ent_day_month_start (month - 1), month - 1);
    case ENT_PERIOD_DATES:
      return ent_range_for_days (zone, period->first, period->last);
    default:
      g_assert_not_reached ();
    }
}

/**
 * ent_range_comparison:
 * @range: a resolved range
 * @zone: its zone
 * @now: UTC ms
 * @by_weekday: whether each day is compared with one of the same weekday
 * @current: (out): what is compared: @range up to yesterday
 * @previous: (out): with what
 *
 * Days shift by the length of the whole range, so that the twin of each day, and that of the
 * today that is left out, is the same whatever the hour.
 *
 * Returns: %FALSE where no complete day is left to compare
 */
gboolean
ent_range_comparison (const EntRange *range,
                      const EntZone *zone,
                      gint64 now,
                      gboolean by_weekday,
                      EntRange *current,
                      EntRange *previous)
{
  EntDay yesterday = ent_zone_day_of (zone, now) - 1;
  EntDay last = MIN (range->last, yesterday);
  EntDay shift = range->last - range->first + 1;

  if (last < range->first)
    return FALSE;

  if (by_weekday)
    shift = (shift + 6) / 7 * 7;
  *current = ent_range_for_days (zone, range->first, last);
  *previous = ent_range_for_days (zone, range->first - shift, last - shift);
  return TRUE;
}

/* Adds what of [start, end) lies in the range, unless that is nothing: a day or an hour that
 * the clocks skipped is no bucket. */
static void
add_bucket (GArray *buckets, const EntRange *range, gint64 start, gint64 end, const char *key)
{
  EntBucket bucket = { .start = MAX (start, range->from), .end = MIN (end, range->to) };

  if (bucket.start >= bucket.end)
    return;

  g_strlcpy (bucket.key, key, sizeof bucket.key);
  g_array_append_val (buckets, bucket);
}

static void
add_hours (GArray *buckets, const EntRange *range, const EntZone *zone, EntDay day)
{
  g_autofree char *date = ent_day_format (day);

  for (int hour = 0; hour < 24; hour++)
    {
      g_autofree char *key = g_strdup_printf ("%sT%02d", date, hour);
      gint64 wall = day * ENT_DAY_MS + hour * ENT_HOUR_MS;

      add_bucket (buckets, range, ent_zone_wall_start (zone, wall),
                  ent_zone_wall_start (zone, wall + ENT_HOUR_MS), key);
    }
}

/* 2026-W46: ISO 8601 counts a week to the year that its Thursday lies in. */
static char *
week_key (EntDay monday)
{
  int year;

  ent_day_to_ymd (monday + 3, &year, NULL, NULL);
  return g_strdup_printf ("%04d-W%02d", year, (monday + 3 - ent_day_from_ymd (year, 1, 1)) / 7 + 1);
}

static char *
month_key (EntDay month)
{
  int year, number;

  ent_day_to_ymd (month, &year, &number, NULL);
  return g_strdup_printf ("%04d-%02d", year, number);
}

/**
 * ent_range_buckets:
 * @range: a resolved range
 * @zone: its zone
 * @by: day, hour, week or month
 *
 * Returns: (transfer full) (element-type EntBucket): spans that tile the range, in order
 */
GArray *
ent_range_buckets (const EntRange *range, const EntZone *zone, EntBy by)
{
  GArray *buckets = g_array_new (FALSE, FALSE, sizeof (EntBucket));
  EntDay day = range->first;

  g_return_val_if_fail (
      by == ENT_BY_DAY || by == ENT_BY_HOUR || by == ENT_BY_WEEK || by == ENT_BY_MONTH, buckets);

  while (day <= range->last)
    {
      g_autofree char *key = NULL;
      EntDay next = day + 1;

      if (by == ENT_BY_HOUR)
        {
          add_hours (buckets, range, zone, day);
        }
      else
        {
          if (by == ENT_BY_DAY)
            {
              key = ent_day_format (day);
            }
          else if (by == ENT_BY_WEEK)
            {
              key = week_key (ent_day_week_start (day));
              next = ent_day_week_start (day) + 7;
            }
          else
            {
              key = month_key (ent_day_month_start (day));
              next = ent_day_next_month (ent_day_month_start (day));
            }
          add_bucket (buckets, range, ent_zone_day_start (zone, day),
                      ent_zone_day_start (zone, next), key);
        }
      day = next;
    }
  return buckets;
}
