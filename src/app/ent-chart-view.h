/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart on screen: hover, keyboard, click, drag and the tooltip's place. One current point is
 * its only state besides the chart; every way of input goes through it.
 *
 * Signals: current-changed (int: index, -1 for none); activated (uint: Enter or a click on a
 * point); span-selected (uint first, uint last: a drag, or Shift and arrows then Enter). Main
 * thread. */
#pragma once

#include "ent-chart-painter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_CHART_VIEW (ent_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (EntChartView, ent_chart_view, ENT, CHART_VIEW, GtkWidget)

/* @bubble: the tooltip, shown beside the current point; filled by who hears current-changed. */
GtkWidget *ent_chart_view_new (GtkWidget *bubble);
/* (nullable); takes a reference. The current point stays where it was as far as there is one. */
void ent_chart_view_set_chart (EntChartView *self, EntChart *chart);
EntChart *ent_chart_view_get_chart (EntChartView *self); /* (transfer none) (nullable) */
int ent_chart_view_get_current (EntChartView *self);
void ent_chart_view_set_current (EntChartView *self, int index);
/* The average and worst CPU time of our own drawing since the last call, µs: for measuring. */
void ent_chart_view_take_timing (EntChartView *self, double *average, double *worst);

G_END_DECLS
