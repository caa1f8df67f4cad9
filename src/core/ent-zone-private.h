/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the zone share: the table of spans, its making from the tz database, and
 * the one question all day and hour borders are answered with. */
#pragma once

#include "ent-time.h"

G_BEGIN_DECLS

#define ENT_SECOND_MS G_GINT64_CONSTANT (1000)
#define ENT_MINUTE_MS G_GINT64_CONSTANT (60000)
#define ENT_HOUR_MS G_GINT64_CONSTANT (3600000)
#define ENT_DAY_MS G_GINT64_CONSTANT (86400000)
/* The Gregorian calendar, weekdays and all, repeats after 400 years; so do clock rules. */
#define ENT_CYCLE_MS (G_GINT64_CONSTANT (146097) * ENT_DAY_MS)

/* A stretch of time with one offset. Wall clock = instant + offset, all in ms. */
typedef struct
{
  gint64 start;  /* first instant; G_MININT64 for the first span */
  gint64 offset; /* east of UTC */
  gint64
      reached; /* the wall clock stayed below this before @start; G_MININT64 for the first span */
} EntZoneSpan;

/* A POSIX TZ rule, the last line of a zone's file: what holds after its table. */
typedef struct
{
  char kind; /* 'J' day 1…365 without leap day, 'N' day 0…365, 'M' weekday of a month */
  int month;
  int week;
  int day;
  gint64 time; /* seconds after local midnight, may be negative or over a day */
} EntZoneRuleDate;

typedef struct
{
  gint64 standard; /* ms east of UTC */
  gint64 summer;
  gboolean has_summer;
  EntZoneRuleDate begin; /* of summer time, by standard time's clock */
  EntZoneRuleDate end;   /* of summer time, by summer time's clock */
} EntZoneRule;

gboolean ent_zone_rule_parse (EntZoneRule *self, const char *text, gsize length);
/* The instants of a year at which summer time begins and ends. */
void ent_zone_rule_changes (const EntZoneRule *self, int year, gint64 *begin, gint64 *end);

/* The table of a zone of the tz database; @cycle_from: from here on offsets repeat every 400
 * years and the table holds one such cycle, G_MAXINT64 where the last offset stays.
 * (transfer full) (element-type EntZoneSpan), NULL with ENT_TIME_ERROR_INVALID */
GArray *ent_zone_file_read (const char *name, gint64 *cycle_from, GError **error);
/* The same from the bytes of a file; pure. */
GArray *ent_zone_file_parse (const guint8 *data, gsize length, gint64 *cycle_from, GError **error);
/* The folder of the tz database. */
const char *ent_zone_file_folder (void);

/* The first instant whose wall clock (ms since 1970-01-01T00:00 local) shows @wall or later. */
gint64 ent_zone_wall_start (const EntZone *self, gint64 wall);

G_END_DECLS
