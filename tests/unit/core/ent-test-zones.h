/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The C library's clock as a witness that shares no code with ours: it reads the same tz
 * database its own way. Tests of zones and periods only; one thread. */
#pragma once

#include <glib.h>
#include <time.h>

#define SECOND_MS G_GINT64_CONSTANT (1000)
#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define DAY_MS G_GINT64_CONSTANT (86400000)

/* Zones with odd clocks: half hours, changes at midnight, a skipped day, negative summer time,
 * rules of the southern half, Ramadan. */
static const char *const odd_zones[] = {
  "UTC",
  "America/Sao_Paulo",
  "America/Santiago",
  "America/St_Johns",
  "America/New_York",
  "America/Los_Angeles",
  "America/Havana",
  "America/Asuncion",
  "America/Mexico_City",
  "America/Bogota",
  "America/Argentina/Buenos_Aires",
  "America/Nuuk",
  "America/Scoresbysund",
  "America/Noronha",
  "Europe/Lisbon",
  "Europe/Dublin",
  "Europe/Berlin",
  "Europe/Moscow",
  "Europe/Istanbul",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Asia/Tehran",
  "Asia/Beirut",
  "Asia/Gaza",
  "Asia/Pyongyang",
  "Australia/Lord_Howe",
  "Australia/Adelaide",
  "Pacific/Apia",
  "Pacific/Chatham",
  "Pacific/Kwajalein",
  "Antarctica/Troll",
};

static inline void
libc_use (const char *zone)
{
  g_setenv ("TZ", zone, TRUE);
  tzset ();
}

static inline struct tm
libc_local (gint64 instant)
{
  gint64 seconds = instant / 1000 - (instant % 1000 < 0 ? 1 : 0);
  time_t t = (time_t) seconds;
  struct tm tm;

  g_assert_nonnull (localtime_r (&t, &tm));
  return tm;
}

static inline gint64
libc_offset (gint64 instant)
{
  return libc_local (instant).tm_gmtoff * SECOND_MS;
}

/* The date that a wall clock shows, as days since 1970-01-01. */
static inline gint32
libc_date (gint64 instant)
{
  gint64 seconds = instant / 1000 - (instant % 1000 < 0 ? 1 : 0);
  gint64 wall = seconds + libc_local (instant).tm_gmtoff;

  return (gint32) (wall / 86400 - (wall % 86400 < 0 ? 1 : 0));
}

/* The latest date that the wall clock had shown by then. */
static inline gint32
libc_day (gint64 instant)
{
  gint32 day = libc_date (instant);

  for (int i = 1; i <= 12; i++)
    day = MAX (day, libc_date (instant - i * 15 * MINUTE_MS));
  return day;
}

/* The first instant, in steps of a quarter of an hour, that shows @day or later. */
static inline gint64
libc_day_start (gint32 day)
{
  gint64 instant = day * DAY_MS - 16 * HOUR_MS;

  while (libc_date (instant) < day)
    instant += 15 * MINUTE_MS;
  return instant;
}
