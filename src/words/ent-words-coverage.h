/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was synchronised, in words. Any thread once ent_words_init has run. */
#pragma once

#include "ent-time.h"
#include "ent-vocabulary.h"

G_BEGIN_DECLS

/* "Synchronised until today 14:05"; "Never synchronised" for @until ≤ 0 or ENT_TIME_NONE. */
char *ent_words_synchronised (gint64 until, const EntZone *zone, gint64 now);
/* For a period that mixes coverages: "Of 7 days, 4 are complete, 1 is partial, 2 have no data."
 * NULL when all days are complete. @days: by EntCoverage. */
char *ent_words_coverage_days (const guint days[ENT_N_COVERAGES]);
/* "No SMS between 16 and 22 Nov." @channel: NULL for all. */
char *ent_words_nothing_in (const EntChannel *channel, EntDay first, EntDay last);

G_END_DECLS
