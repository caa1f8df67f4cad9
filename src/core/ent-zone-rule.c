/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POSIX TZ rules such as "<-03>3" or "EST5EDT,M3.2.0,M11.1.0": the last line of each file of
 * the tz database, valid for ever after the last change that the file lists. Pure. */

#include "config.h"

#include "ent-zone-private.h"

typedef struct
{
  const char *at;
  const char *end;
} Cursor;

static gboolean
take_char (Cursor *self, char c)
{
  if (self->at == self->end || *self->at != c)
    return FALSE;

  self->at++;
  return TRUE;
}

/* One to three digits. */
static gboolean
take_number (Cursor *self, int max, int *value)
{
  int result = 0;
  int n = 0;

  while (self->at < self->end && g_ascii_isdigit (*self->at) && n < 3)
    {
      result = result * 10 + (*self->at++ - '0');
      n++;
    }
  *value = result;
  return n > 0 && result <= max;
}

/* "EST" or "<-03>". */
static gboolean
take_name (Cursor *self)
{
  const char *start = self->at;

  if (take_char (self, '<'))
    {
      while (self->at < self->end && *self->at != '>')
        self->at++;
      return take_char (self, '>');
    }

  while (self->at < self->end && g_ascii_isalpha (*self->at))
    self->at++;
  return self->at - start >= 3;
}

/* [+-]hh[:mm[:ss]], in seconds. */
static gboolean
take_time (Cursor *self, gint64 *seconds)
{
  gboolean negative = take_char (self, '-');
  int hour, minute = 0, second = 0;

  if (!negative)
    take_char (self, '+');
  if (!take_number (self, 167, &hour))
    return FALSE;
  if (take_char (self, ':'))
    {
      if (!take_number (self, 59, &minute))
        return FALSE;
      if (take_char (self, ':') && !take_number (self, 59, &second))
        return FALSE;
    }

  *seconds = ((gint64) hour * 60 + minute) * 60 + second;
  if (negative)
    *seconds = -*seconds;
  return TRUE;
}

/* Rules count offsets westwards; we count them eastwards. */
static gboolean
take_offset (Cursor *self, gint64 *ms)
{
  gint64 seconds;

  if (!take_time (self, &seconds) || ABS (seconds) > 25 * 3600)
    return FALSE;

  *ms = -seconds * ENT_SECOND_MS;
  return TRUE;
}

static gboolean
take_date (Cursor *self, EntZoneRuleDate *date)
{
  gboolean known;

  date->time = 2 * 3600;
  if (take_char (self, 'M'))
    {
      date->kind = 'M';
      known = take_number (self, 12, &date->month) && date->month >= 1 && take_char (self, '.') &&
              take_number (self, 5, &date->week) && date->week >= 1 && take_char (self, '.') &&
              take_number (self, 6, &date->day);
    }
  else if (take_char (self, 'J'))
    {
      date->kind = 'J';
      known = take_number (self, 365, &date->day) && date->day >= 1;
    }
  else
    {
      date->kind = 'N';
      known = take_number (self, 365, &date->day);
    }

  return known && (!take_char (self, '/') || take_time (self, &date->time));
}

static EntDay
day_in_year (const EntZoneRuleDate *date, int year)
{
  EntDay first = ent_day_from_ymd (year, date->kind == 'M' ? date->month : 1, 1);
  EntDay result;

  if (date->kind == 'N')
    return first + date->day;

  if (date->kind == 'J')
    {
      gboolean after_leap_day = date->day >= 60 && ent_day_from_ymd (year, 2, 29) != G_MININT32;

      return first + date->day - 1 + (after_leap_day ? 1 : 0);
    }

  /* Rules count weekdays from Sunday, we from Monday. Week 5 is the last one. */
  result = first + (date->day + 6 - ent_day_weekday (first)) % 7 + (date->week - 1) * 7;
  return result < ent_day_next_month (first) ? result : result - 7;
}

/**
 * ent_zone_rule_parse:
 * @self: (out): the rule
 * @text: its text, not NUL-terminated
 * @length: its length
 *
 * Returns: %FALSE where it is no rule, or one without dates (which the tz database never writes)
 */
gboolean
ent_zone_rule_parse (EntZoneRule *self, const char *text, gsize length)
{
  Cursor cursor = { text, text + length };

  *self = (EntZoneRule){ 0 };
  if (!take_name (&cursor) || !take_offset (&cursor, &self->standard))
    return FALSE;
  if (cursor.at == cursor.end)
    return TRUE;

  self->has_summer = TRUE;
  self->summer = self->standard + ENT_HOUR_MS;
  if (!take_name (&cursor))
    return FALSE;
  if (cursor.at < cursor.end && *cursor.at != ',' && !take_offset (&cursor, &self->summer))
    return FALSE;

  return take_char (&cursor, ',') && take_date (&cursor, &self->begin) &&
         take_char (&cursor, ',') && take_date (&cursor, &self->end) && cursor.at == cursor.end;
}

void
ent_zone_rule_changes (const EntZoneRule *self, int year, gint64 *begin, gint64 *end)
{
  *begin = day_in_year (&self->begin, year) * ENT_DAY_MS + self->begin.time * ENT_SECOND_MS -
           self->standard;
  *end =
      day_in_year (&self->end, year) * ENT_DAY_MS + self->end.time * ENT_SECOND_MS - self->summer;
}
