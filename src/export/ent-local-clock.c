/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fast local times for files. See the header. */

#include "config.h"

#include "ent-local-clock.h"

#include <string.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)

void
ent_local_clock_init (EntLocalClock *self, const EntZone *zone)
{
  self->zone = zone;
  self->day = G_MAXINT64;
  for (guint i = 0; i < ENT_LOCAL_CLOCK_SLOTS; i++)
    self->quarters[i] = G_MININT64;
}

static gint64
floor_div (gint64 a, gint64 b)
{
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

gint64
ent_local_clock_offset (EntLocalClock *self, gint64 instant)
{
  gint64 quarter = floor_div (instant, ENT_QUARTER_MS);
  guint slot = (guint) (quarter & (ENT_LOCAL_CLOCK_SLOTS - 1));

  if (self->quarters[slot] != quarter)
    {
      self->offsets[slot] = ent_zone_offset_at (self->zone, instant);
      self->quarters[slot] = quarter;
    }
  return self->offsets[slot];
}

static char *
put (char *p, int value, int digits)
{
  for (int i = digits - 1; i >= 0; i--)
    {
      p[i] = (char) ('0' + value % 10);
      value /= 10;
    }
  return p + digits;
}

static char *
put_offset (char *p, gint64 offset)
{
  int minutes = (int) (ABS (offset) / 60000);

  *p++ = offset < 0 ? '-' : '+';
  p = put (p, minutes / 60, 2);
  *p++ = ':';
  return put (p, minutes % 60, 2);
}

static void
format_day (EntLocalClock *self, gint64 day)
{
  int year, month, mday;
  char *p;

  ent_day_to_ymd ((EntDay) day, &year, &month, &mday);
  p = put (self->date, year, 4);
  *p++ = '-';
  p = put (p, month, 2);
  *p++ = '-';
  put (p, mday, 2);
  self->day = day;
}

guint
ent_local_clock_format (EntLocalClock *self, gint64 instant, gboolean iso, char *buffer)
{
  gint64 offset = ent_local_clock_offset (self, instant);
  gint64 local = instant + offset;
  gint64 day = floor_div (local, DAY_MS);
  int ms = (int) (local - day * DAY_MS);
  char *p = buffer;

  if (day != self->day)
    format_day (self, day);
  memcpy (p, self->date, sizeof self->date);
  p += sizeof self->date;
  *p++ = iso ? 'T' : ' ';
  p = put (p, ms / 3600000, 2);
  *p++ = ':';
  p = put (p, ms / 60000 % 60, 2);
  *p++ = ':';
  p = put (p, ms / 1000 % 60, 2);
  if (iso)
    {
      *p++ = '.';
      p = put (p, ms % 1000, 3);
      p = put_offset (p, offset);
    }
  *p = '\0';
  return (guint) (p - buffer);
}
