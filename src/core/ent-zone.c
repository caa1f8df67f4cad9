/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time zones and local days. A zone is a table of spans of one offset, sorted, immutable once
 * made, so that any thread asks it without a lock; an answer costs one binary search.
 *
 * A local day begins at the first instant whose date is that day or later. Where a clock is put
 * back across midnight (St. John's did so at 00:01), the minutes that show the old date again
 * belong to the new day, or a day would not be one stretch of time. That is what
 * EntZoneSpan.reached is for. */

#include "config.h"

#include "ent-zone-private.h"

#include <string.h>

/* Instants beyond what days can count are taken for the nearest that they can. */
#define MAX_INSTANT ((G_MAXINT32 - G_GINT64_CONSTANT (2)) * ENT_DAY_MS)

struct _EntZone
{
  int ref_count; /* atomic */
  char *name;
  GArray *spans;     /* EntZoneSpan, never empty */
  gint64 cycle_from; /* G_MAXINT64: the last span stays */
};

G_DEFINE_BOXED_TYPE (EntZone, ent_zone, ent_zone_ref, ent_zone_unref)

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

/* How many ms to take off @time (an instant or a wall time) to land in the table. */
static gint64
cycle_shift (const EntZone *self, gint64 time)
{
  if (G_LIKELY (self->cycle_from == G_MAXINT64 || time - self->cycle_from < ENT_CYCLE_MS))
    return 0;

  return (time - self->cycle_from) / ENT_CYCLE_MS * ENT_CYCLE_MS;
}

static const EntZoneSpan *
find_span (const EntZone *self, gint64 instant)
{
  const EntZoneSpan *spans = (const EntZoneSpan *) (gpointer) self->spans->data;
  guint low = 0;
  guint n = self->spans->len;

  while (n > 1)
    {
      guint half = n / 2;

      if (spans[low + half].start <= instant)
        low += half;
      n -= half;
    }
  return &spans[low];
}

static EntZone *
zone_new (const char *name, GArray *spans, gint64 cycle_from)
{
  EntZone *self = g_new0 (EntZone, 1);

  self->ref_count = 1;
  self->name = g_strdup (name);
  self->spans = spans;
  self->cycle_from = cycle_from;
  return self;
}

/**
 * ent_zone_new:
 * @iana_name: a name of the tz database such as America/Sao_Paulo, or UTC
 * @error: return location
 *
 * Reads the zone's file. Its rules hold for ever, also after 2037.
 *
 * Returns: (transfer full): the zone, %NULL with %ENT_TIME_ERROR_INVALID where there is none
 */
EntZone *
ent_zone_new (const char *iana_name, GError **error)
{
  GArray *spans;
  gint64 cycle_from;

  g_return_val_if_fail (iana_name != NULL, NULL);

  if (g_str_equal (iana_name, "UTC"))
    return ent_zone_new_utc ();

  spans = ent_zone_file_read (iana_name, &cycle_from, error);
  return spans != NULL ? zone_new (iana_name, spans, cycle_from) : NULL;
}

/**
 * ent_zone_new_utc:
 *
 * Needs no tz database.
 *
 * Returns: (transfer full): the zone UTC
 */
EntZone *
ent_zone_new_utc (void)
{
  EntZoneSpan span = { .start = G_MININT64, .offset = 0, .reached = G_MININT64 };
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (EntZoneSpan));

  g_array_append_val (spans, span);
  return zone_new ("UTC", spans, G_MAXINT64);
}

/**
 * ent_zone_new_default:
 * @locale: (nullable): such as pt_BR or pt_BR.UTF-8
 *
 * Returns: (transfer full): America/Sao_Paulo for pt_BR, otherwise the system's zone, UTC where
 *   it has no name or there is no tz database
 */
EntZone *
ent_zone_new_default (const char *locale)
{
  const char *variable = g_getenv ("TZ");
  EntZone *self = NULL;

  if (locale != NULL && g_str_has_prefix (locale, "pt_BR"))
    {
      self = ent_zone_new ("America/Sao_Paulo", NULL);
    }
  else if (variable != NULL)
    {
      /* POSIX's colon, which GLib 2.74 does not know. */
      self = ent_zone_new (*variable == ':' ? variable + 1 : variable, NULL);
    }
  else
    {
      g_autoptr (GTimeZone) local = g_time_zone_new_local ();

      self = ent_zone_new (g_time_zone_get_identifier (local), NULL);
    }

  return self != NULL ? self : ent_zone_new_utc ();
}

/**
 * ent_zone_ref:
 * @self: a zone
 *
 * Any thread.
 *
 * Returns: (transfer full): the same
 */
EntZone *
ent_zone_ref (EntZone *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

/**
 * ent_zone_unref:
 * @self: (transfer full): a zone
 *
 * Any thread.
 */
void
ent_zone_unref (EntZone *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;

  g_array_unref (self->spans);
  g_free (self->name);
  g_free (self);
}

/**
 * ent_zone_get_name:
 * @self: a zone
 *
 * Returns: (transfer none): its IANA name
 */
const char *
ent_zone_get_name (const EntZone *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

static char *
read_data_version (void)
{
  g_autofree char *path = g_build_filename (ent_zone_file_folder (), "tzdata.zi", NULL);
  g_autofree char *other = g_build_filename (ent_zone_file_folder (), "+VERSION", NULL);
  g_autofree char *text = NULL;
  const char *start = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, NULL, NULL))
    start = g_str_has_prefix (text, "# version ") ? text + strlen ("# version ") : NULL;
  else if (g_file_get_contents (other, &text, NULL, NULL))
    start = text;
  if (start == NULL)
    return g_strdup ("unknown");

  length = strspn (start, "0123456789abcdefghijklmnopqrstuvwxyz-.");
  return length > 0 && length <= 32 ? g_strndup (start, length) : g_strdup ("unknown");
}

/**
 * ent_zone_get_data_version:
 *
 * Any thread.
 *
 * Returns: (transfer none): the release of the tz database such as 2025b, "unknown" where the
 *   system does not say
 */
const char *
ent_zone_get_data_version (void)
{
  static gsize version = 0;

  if (g_once_init_enter (&version))
    g_once_init_leave (&version, (gsize) read_data_version ());
  return (const char *) version;
}

/**
 * ent_zone_offset_at:
 * @self: a zone
 * @instant: UTC ms
 *
 * Returns: ms east of UTC
 */
gint64
ent_zone_offset_at (const EntZone *self, gint64 instant)
{
  g_return_val_if_fail (self != NULL, 0);

  instant = CLAMP (instant, -MAX_INSTANT, MAX_INSTANT);
  return find_span (self, instant - cycle_shift (self, instant))->offset;
}

/**
 * ent_zone_day_of:
 * @self: a zone
 * @instant: UTC ms
 *
 * Returns: the day whose span holds the instant
 */
EntDay
ent_zone_day_of (const EntZone *self, gint64 instant)
{
  const EntZoneSpan *span;
  gint64 shift, wall;

  g_return_val_if_fail (self != NULL, 0);

  instant = CLAMP (instant, -MAX_INSTANT, MAX_INSTANT);
  shift = cycle_shift (self, instant);
  span = find_span (self, instant - shift);
  wall = instant - shift + span->offset;
  if (G_UNLIKELY (wall < span->reached))
    wall = span->reached - 1;
  return (EntDay) floor_div (wall + shift, ENT_DAY_MS);
}

gint64
ent_zone_wall_start (const EntZone *self, gint64 wall)
{
  const EntZoneSpan *spans = (const EntZoneSpan *) (gpointer) self->spans->data;
  gint64 shift = cycle_shift (self, wall);
  guint low = 0;
  guint n = self->spans->len;

  /* The last span before which the clock had not come past @wall. */
  wall -= shift;
  while (n > 1)
    {
      guint half = n / 2;

      if (spans[low + half].reached <= wall)
        low += half;
      n -= half;
    }
  return MAX (spans[low].start, wall - spans[low].offset) + shift;
}

/**
 * ent_zone_day_start:
 * @self: a zone
 * @day: a day
 *
 * Returns: the first instant whose local date is @day or later, UTC ms
 */
gint64
ent_zone_day_start (const EntZone *self, EntDay day)
{
  g_return_val_if_fail (self != NULL, 0);

  return ent_zone_wall_start (self, day * ENT_DAY_MS);
}

/**
 * ent_zone_local:
 * @self: a zone
 * @instant: UTC ms
 * @day: (out) (optional): the date that the wall clock shows; in the hour after a clock was put
 *   back across midnight this is not the day that ent_zone_day_of() counts the instant to
 * @hour: (out) (optional): 0 to 23
 * @minute: (out) (optional): 0 to 59
 * @second: (out) (optional): 0 to 59
 * @ms: (out) (optional): 0 to 999
 *
 * The wall clock at an instant.
 */
void
ent_zone_local (
    const EntZone *self, gint64 instant, EntDay *day, int *hour, int *minute, int *second, int *ms)
{
  gint64 wall, date;
  int rest;

  g_return_if_fail (self != NULL);

  instant = CLAMP (instant, -MAX_INSTANT, MAX_INSTANT);
  wall = instant + ent_zone_offset_at (self, instant);
  date = floor_div (wall, ENT_DAY_MS);
  rest = (int) (wall - date * ENT_DAY_MS);

  if (day != NULL)
    *day = (EntDay) date;
  if (hour != NULL)
    *hour = (int) (rest / ENT_HOUR_MS);
  if (minute != NULL)
    *minute = (int) (rest / ENT_MINUTE_MS % 60);
  if (second != NULL)
    *second = (int) (rest / ENT_SECOND_MS % 60);
  if (ms != NULL)
    *ms = (int) (rest % ENT_SECOND_MS);
}
