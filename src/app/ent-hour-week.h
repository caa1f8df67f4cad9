/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A summary by hour folded into a week: what a heat map shows. Pure values. */
#pragma once

#include "ent-summary.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 count;
  guint n_hours; /* hours of the period that are known; 0: there is nothing to say */
} EntHourCell;

typedef struct
{
  EntHourCell cells[7][24]; /* from Monday, from midnight */
  gint64 peak;
  int peak_weekday; /* where the peak is; -1: nowhere */
  int peak_hour;
} EntHourWeek;

/* @hours: by ENT_BY_HOUR in @zone; NULL for nothing. Hours after @now are left out. */
void ent_hour_week_fill (
    EntHourWeek *self, const EntSummary *hours, EntStage stage, const EntZone *zone, gint64 now);
/* Whether a row of @hours is one of that hour of the week. */
gboolean ent_hour_week_is_at (const EntSummaryRow *row, const EntZone *zone, int weekday, int hour);

G_END_DECLS
