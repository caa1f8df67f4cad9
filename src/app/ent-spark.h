/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stage's course over the period in a line's height: one bar a bucket. Decoration: the same
 * numbers are in the chart and the table. */
#pragma once

#include "ent-summary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_SPARK (ent_spark_get_type ())
G_DECLARE_FINAL_TYPE (EntSpark, ent_spark, ENT, SPARK, GtkWidget)

/* @summary NULL: nothing. */
void ent_spark_set (EntSpark *self, EntSummary *summary, EntStage stage);

G_END_DECLS
