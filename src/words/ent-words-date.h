/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days and times in the report's zone, in words; 24-hour clock. The year appears where it
 * is not the year of the clock, and always in the _full ones (files, printed pages).
 * Any thread once ent_words_init has run. */
#pragma once

#include "ent-period.h"

G_BEGIN_DECLS

char *ent_words_day (EntDay day);      /* Wed 19 Nov · qua 19 nov · Wed 19 Nov 2025 */
char *ent_words_day_full (EntDay day); /* 19 Nov 2026 · 19/11/2026 */
char *ent_words_day_long (EntDay day); /* Wednesday, 19 November 2026: for screen readers */
char *ent_words_day_axis (EntDay day); /* 19 Nov · 19/11: a chart's tick */
char *ent_words_day_range (EntDay first, EntDay last);      /* 16–22 Nov · 28 Oct – 3 Nov */
char *ent_words_day_range_full (EntDay first, EntDay last); /* with the year */
char *ent_words_month (EntDay day);                         /* November 2026 */
char *ent_words_month_axis (EntDay day);                    /* Nov */
const char *ent_words_weekday (int weekday);                /* 0 = Monday: Monday */
const char *ent_words_weekday_short (int weekday);          /* Mon */
const char *ent_words_month_name (int month);               /* 1 = January */
const char *ent_words_month_name_short (int month);
char *ent_words_hour (int hour); /* 14:00 */

char *ent_words_time (gint64 instant, const EntZone *zone);         /* 14:05 */
char *ent_words_time_seconds (gint64 instant, const EntZone *zone); /* 14:05:12 */
char *ent_words_date_time (
    gint64 instant,
    const EntZone *zone); /* 19 Nov 14:05:12 · 19/11 14:05:12; "" for ENT_TIME_NONE */
char *ent_words_date_time_full (gint64 instant, const EntZone *zone); /* with the year */
/* "today 14:05", "yesterday 14:05", "Wed 19 Nov 14:05". */
char *ent_words_when (gint64 instant, const EntZone *zone, gint64 now);
/* "Last 7 days", or the dates of a period of two dates. */
char *ent_words_period_of (const EntPeriod *period);
/* "Last 7 days · 16–22 Nov" */
char *ent_words_period_resolved (const EntPeriod *period, const EntZone *zone, gint64 now);

/* A date as people type it: ISO, or 19/11/2026 and 19/11 where days come first. */
gboolean ent_words_parse_day (const char *text, EntDay *day);

G_END_DECLS
