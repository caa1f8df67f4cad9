/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants as text: the forms of ISO 8601 that sources, files and people write. Pure. */

#include "config.h"

#include "ent-quote-private.h"
#include "ent-zone-private.h"

#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
} Cursor;

typedef enum
{
  OFFSET_NONE,
  OFFSET_GIVEN,
  OFFSET_WRONG,
} Offset;

static gboolean
take_char (Cursor *self, char c)
{
  if (self->at == self->end || *self->at != c)
    return FALSE;

  self->at++;
  return TRUE;
}

/* Exactly @n digits, a value of at most @max. */
static gboolean
take_digits (Cursor *self, guint n, int max, int *value)
{
  int result = 0;

  if ((gsize) (self->end - self->at) < n)
    return FALSE;
  for (guint i = 0; i < n; i++, self->at++)
    {
      if (!g_ascii_isdigit (*self->at))
        return FALSE;
      result = result * 10 + (*self->at - '0');
    }

  *value = result;
  return result <= max;
}

static gboolean
take_date (Cursor *self, EntDay *day)
{
  int year, month, mday;

  if (!take_digits (self, 4, 9999, &year) || !take_char (self, '-') ||
      !take_digits (self, 2, 12, &month) || !take_char (self, '-') ||
      !take_digits (self, 2, 31, &mday) || year < 1)
    return FALSE;

  *day = ent_day_from_ymd (year, month, mday);
  return *day != G_MININT32;
}

/* One to nine digits behind a point, cut to milliseconds. */
static gboolean
take_fraction (Cursor *self, int *ms)
{
  guint n = 0;

  *ms = 0;
  while (self->at < self->end && g_ascii_isdigit (*self->at))
    {
      if (n < 3)
        *ms = *ms * 10 + (*self->at - '0');
      self->at++;
      n++;
    }
  for (guint i = n; i < 3; i++)
    *ms *= 10;
  return n >= 1 && n <= 9;
}

static gboolean
take_clock (Cursor *self, gint64 *result)
{
  int hour, minute, second = 0, ms = 0;

  if (!take_digits (self, 2, 24, &hour) || !take_char (self, ':') ||
      !take_digits (self, 2, 59, &minute))
    return FALSE;
  if (take_char (self, ':'))
    {
      if (!take_digits (self, 2, 60, &second))
        return FALSE;
      if (take_char (self, '.') && !take_fraction (self, &ms))
        return FALSE;
    }
  if (hour == 24 && (minute != 0 || second != 0 || ms != 0))
    return FALSE;

  /* A leap second; nothing of ours counts them. */
  if (second == 60)
    {
      second = 59;
      ms = 999;
    }
  *result = hour * ENT_HOUR_MS + minute * ENT_MINUTE_MS + second * ENT_SECOND_MS + ms;
  return TRUE;
}

static Offset
take_offset (Cursor *self, gint64 *offset)
{
  gboolean negative;
  int hour, minute = 0;

  *offset = 0;
  if (self->at == self->end)
    return OFFSET_NONE;
  if (take_char (self, 'Z'))
    return OFFSET_GIVEN;

  negative = take_char (self, '-');
  if (!negative && !take_char (self, '+'))
    return OFFSET_WRONG;
  if (!take_digits (self, 2, 23, &hour))
    return OFFSET_WRONG;
  if (self->at < self->end)
    {
      take_char (self, ':');
      if (!take_digits (self, 2, 59, &minute))
        return OFFSET_WRONG;
    }

  *offset = hour * ENT_HOUR_MS + minute * ENT_MINUTE_MS;
  if (negative)
    *offset = -*offset;
  return OFFSET_GIVEN;
}

static gboolean
parse (Cursor *cursor, const EntZone *zone, gint64 *instant, const char **why)
{
  EntDay day;
  gint64 clock, offset;
  Offset form;

  *why = "expected a form such as 2026-11-22T14:03:12Z";
  if (!take_date (cursor, &day) || (!take_char (cursor, 'T') && !take_char (cursor, ' ')) ||
      !take_clock (cursor, &clock))
    return FALSE;
  form = take_offset (cursor, &offset);
  if (form == OFFSET_WRONG || cursor->at != cursor->end)
    return FALSE;

  if (form == OFFSET_GIVEN)
    {
      *instant = day * ENT_DAY_MS + clock - offset;
    }
  else if (zone != NULL)
    {
      *instant = ent_zone_wall_start (zone, day * ENT_DAY_MS + clock);
    }
  else
    {
      *why = "it does not say its offset from UTC (Z or ±hh:mm)";
      return FALSE;
    }

  *why = "it lies outside the years 0001 to 9999";
  return *instant >= ent_day_from_ymd (1, 1, 1) * ENT_DAY_MS &&
         *instant < ent_day_from_ymd (10000, 1, 1) * ENT_DAY_MS;
}

/**
 * ent_instant_parse:
 * @text: the text, need not be NUL-terminated, nor UTF-8
 * @length: its length in bytes, or -1
 * @zone: (nullable): whose local time a text without offset is; %NULL refuses such texts
 * @instant: (out): UTC ms
 * @error: return location
 *
 * Reads what the header lists and nothing else.
 *
 * Returns: %FALSE with %ENT_TIME_ERROR_INVALID, @instant untouched
 */
gboolean
ent_instant_parse (
    const char *text, gssize length, const EntZone *zone, gint64 *instant, GError **error)
{
  Cursor cursor;
  gint64 result = 0;
  const char *why;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (instant != NULL, FALSE);

  if (length < 0)
    length = (gssize) strlen (text);
  cursor.at = text;
  cursor.end = text + length;
  if (!parse (&cursor, zone, &result, &why))
    {
      if (error != NULL)
        {
          g_autofree char *quoted = ent_quote (text, length);

          g_set_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID, "%s is not an instant: %s",
                       quoted, why);
        }
      return FALSE;
    }

  *instant = result;
  return TRUE;
}

/**
 * ent_instant_format:
 * @instant: UTC ms
 *
 * Returns: (transfer full): 2026-11-22T14:03:12.345Z
 */
char *
ent_instant_format (gint64 instant)
{
  g_autoptr (EntZone) utc = ent_zone_new_utc ();
  int year, month, mday, hour, minute, second, ms;
  EntDay day;

  ent_zone_local (utc, instant, &day, &hour, &minute, &second, &ms);
  ent_day_to_ymd (day, &year, &month, &mday);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, mday, hour, minute,
                          second, ms);
}
