/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the chart says of one point: its name, a row with swatch, count and percentage for each
 * of the stages that matter most, the others in a line, and the day's coverage. Filled by the
 * chart's panel; placed by the chart. Main thread. */
#pragma once

#include "ent-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_CHART_BUBBLE (ent_chart_bubble_get_type ())
G_DECLARE_FINAL_TYPE (EntChartBubble, ent_chart_bubble, ENT, CHART_BUBBLE, GtkWidget)

GtkWidget *ent_chart_bubble_new (void);
/* @percent_of: base of the percentages. A point without data says so and nothing else. */
void ent_chart_bubble_set_point (EntChartBubble *self,
                                 const EntChartPoint *point,
                                 EntPercentBase percent_of);
/* The same in one sentence, for the keyboard and the screen reader. (transfer full) */
char *ent_chart_bubble_describe (const EntChartPoint *point, EntPercentBase percent_of);

G_END_DECLS
