/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report or a template in words: what it does, and which dates it means today.
 * Any thread once ent_words_init has run. */
#pragma once

#include "ent-report.h"

G_BEGIN_DECLS

typedef struct
{
  char *head; /* Period */
  char *line; /* Previous week · 9–15 Nov */
} EntWordsLine;

void ent_words_line_free (EntWordsLine *self);

/* Everything that makes the report, one line each, in the order in which people ask; what is as
 * always is left out. @now: for relative dates. (element-type EntWordsLine) (transfer full) */
GPtrArray *ent_words_report_lines (const EntReport *report, gint64 now);
/* "Consolidated by campaign · Previous week · 9–15 Nov": below a name. (transfer full) */
char *ent_words_report_summary (const EntReport *report, gint64 now);

/* "Every day at 07:30", "Monday to Friday at 07:30", "Every Monday at 07:30", "On day 5 of each
 * month at 07:30". @every: an EntScheduleEvery of the schedule; @weekday: 0 = Monday. (transfer
 * full) */
char *ent_words_schedule (int every, int weekday, int month_day, int hour, int minute);
/* The names of the first three and the fourth: "Every day", "Monday to Friday", "Once a week",
 * "Once a month". */
const char *ent_words_schedule_every (int every);

G_END_DECLS
