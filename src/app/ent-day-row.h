/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a table of counters as a list item: a copy of a summary's row and its words. */
#pragma once

#include "ent-summary.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define ENT_TYPE_DAY_ROW (ent_day_row_get_type ())
G_DECLARE_FINAL_TYPE (EntDayRow, ent_day_row, ENT, DAY_ROW, GObject)

EntDayRow *ent_day_row_new (const EntSummary *summary, guint index, gint64 now);
const char *ent_day_row_get_label (EntDayRow *self);
const EntCounters *ent_day_row_get_counters (EntDayRow *self);
EntCoverage ent_day_row_get_coverage (EntDayRow *self);
gint64 ent_day_row_get_start (EntDayRow *self);
gint64 ent_day_row_get_end (EntDayRow *self);
/* What the row stands for: a span of time, or the value of a dimension. */
EntBy ent_day_row_get_by (EntDayRow *self);
const char *ent_day_row_get_key (EntDayRow *self);
/* It holds this very moment: what it counts is not all yet. */
gboolean ent_day_row_is_running (EntDayRow *self);
/* Never synchronised: its numbers are unknown, not zero. */
gboolean ent_day_row_is_missing (EntDayRow *self);

G_END_DECLS
