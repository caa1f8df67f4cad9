/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people here write them. For files that machines read see ent-csv.h.
 * Any thread once ent_words_init has run. */
#pragma once

#include "ent-counters.h"

G_BEGIN_DECLS

#define ENT_WORDS_NONE "—"

char *ent_words_count (gint64 n); /* 12,480  12.480 */
/* 962 → "96.2 %" with a no-break space; ENT_TENTHS_NONE → "—". */
char *ent_words_tenths (int tenths);
/* The same for a rate: "≥ 67.0 %" for the read rate. */
char *ent_words_rate_tenths (EntRate rate, int tenths);
char *ent_words_rate_of (const EntCounters *counters, EntRate rate, EntPercentBase base);
/* Change of a count against the period before: "+4 %", "−12 %", "0 %"; "—" where there was
 * nothing before. */
char *ent_words_change (gint64 current, gint64 previous);
/* Change of a rate in percentage points: "+1.2 pp"; "—" when either is ENT_TENTHS_NONE. */
char *ent_words_points (int current_tenths, int previous_tenths);
char *ent_words_decimal (double value, int digits); /* with the locale's signs */
char *ent_words_size (guint64 bytes);               /* 1.2 MB (decimal units) */
char *ent_words_duration (gint64 seconds); /* 4 s · 2 min 5 s · 3 h 12 min · 2 d 4 h; "—" for -1 */
/* "1 message", "12,480 messages" */
char *ent_words_messages (gint64 n);
char *ent_words_rows (gint64 n);
char *ent_words_days (gint64 n);

G_END_DECLS
