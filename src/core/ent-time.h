/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants, local days and time zones. Instants are int64 UTC milliseconds; a
 * local day is an int32 count of civil days since 1970-01-01. A day is the
 * half-open span [first instant whose local date ≥ d, first instant whose local
 * date ≥ d + 1): never 86,400 seconds by assumption. Pure; zones are immutable
 * and may be shared between threads. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef gint32 EntDay;

/* Since 1980 all local days begin on a quarter of an hour of UTC. So do local hours, but for the
 * few in which a clock was moved at one minute past (St. John's until 2011, Casey in 2020). */
#define ENT_QUARTER_MS 900000

typedef enum
{
  ENT_TIME_ERROR_INVALID, /* not a date, an instant or a zone */
} EntTimeError;
#define ENT_TIME_ERROR (ent_time_error_quark ())
GQuark ent_time_error_quark (void);

typedef struct _EntZone EntZone;
#define ENT_TYPE_ZONE (ent_zone_get_type ())
GType ent_zone_get_type (void);
EntZone *ent_zone_new (const char *iana_name, GError **error); /* exact IANA name or "UTC" */
EntZone *ent_zone_new_utc (void);
/* America/Sao_Paulo for pt_BR, otherwise the system's zone (UTC when it cannot be named). */
EntZone *ent_zone_new_default (const char *locale);
EntZone *ent_zone_ref (EntZone *self);
void ent_zone_unref (EntZone *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntZone, ent_zone_unref)
const char *ent_zone_get_name (const EntZone *self);
const char *
ent_zone_get_data_version (void); /* of the tz database, "unknown" where it does not say */
gint64 ent_zone_offset_at (const EntZone *self, gint64 instant); /* ms east of UTC */
EntDay ent_zone_day_of (const EntZone *self, gint64 instant);
gint64 ent_zone_day_start (const EntZone *self, EntDay day);
/* Local wall clock of an instant. Any out pointer may be NULL. */
void ent_zone_local (
    const EntZone *self, gint64 instant, EntDay *day, int *hour, int *minute, int *second, int *ms);

EntDay ent_day_from_ymd (int year,
                         int month,
                         int day); /* proleptic Gregorian; G_MININT32 if no such date */
void ent_day_to_ymd (EntDay day, int *year, int *month, int *mday);
int ent_day_weekday (EntDay day);       /* 0 = Monday */
EntDay ent_day_week_start (EntDay day); /* the Monday on or before */
EntDay ent_day_month_start (EntDay day);
EntDay ent_day_next_month (EntDay month_start);
gboolean ent_day_parse (const char *text, EntDay *day, GError **error); /* YYYY-MM-DD, strictly */
char *ent_day_format (EntDay day);                                      /* YYYY-MM-DD */

/* ISO 8601: …Z, ±hh:mm, ±hhmm, ±hh, 0–9 fractional digits (cut to ms), seconds
 * optional, 24:00:00 allowed, :60 taken as :59.999, 'T' or a space. Without an offset
 * the text is local time in @zone (NULL: refused); a wall time that a change of clock
 * skips maps to the instant after the gap, a repeated one to its first pass. */
gboolean ent_instant_parse (
    const char *text, gssize length, const EntZone *zone, gint64 *instant, GError **error);
char *ent_instant_format (gint64 instant); /* 2026-11-22T14:03:12.345Z */

/* The only clock for periods, coverage, ages and windows: --now or ENTREGA_NOW, else the system's.
 */
gint64 ent_clock_now (void);
/* @text NULL takes ENTREGA_NOW or the system clock again. Called once, early, from main. */
gboolean ent_clock_set (const char *text, GError **error);

G_END_DECLS
