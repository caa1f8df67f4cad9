/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The consolidated report as a table: a row a day (hour, week, month), its counts, percentages
 * and coverage; or a row a value of a dimension. Every count is a button that opens the messages
 * it counts. */
#pragma once

#include "ent-breakdown.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_DAY_TABLE (ent_day_table_get_type ())
G_DECLARE_FINAL_TYPE (EntDayTable, ent_day_table, ENT, DAY_TABLE, GtkWidget)

GtkWidget *ent_day_table_new (EntSession *session);
GtkWidget *ent_day_table_new_for_dimension (EntBreakdown *breakdown);

G_END_DECLS
