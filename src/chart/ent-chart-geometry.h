/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where everything of a chart lies for a given size: flat rectangles, one slot a point,
 * and the one hit test that hover, click, keyboard and tooltip go through. Pure. */
#pragma once

#include "ent-chart-scale.h"
#include "ent-chart.h"

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} EntChartRect;

typedef struct
{
  EntChartRect area; /* all of it */
  EntChartRect plot; /* inside the axes */
  EntChartScale scale;
  double slot_width;   /* plot.width / n */
  double column_width; /* of the stack inside a slot */
  guint label_stride;
  guint label_offset;
  guint n;
  gboolean snap; /* to whole pixels */
} EntChartLayout;

/* @left, @bottom: room for the axes' labels; @tick_width: of the widest label below. */
EntChartLayout ent_chart_layout (const EntChart *chart,
                                 EntChartRect area,
                                 double left,
                                 double top,
                                 double bottom,
                                 double tick_width,
                                 double line_height,
                                 gboolean snap);
EntChartRect ent_chart_layout_slot (const EntChartLayout *self, guint index);
double ent_chart_layout_center (const EntChartLayout *self, guint index);
double ent_chart_layout_y (const EntChartLayout *self, gint64 value);
/* The part of a column between two heights; empty (height 0) when @from equals @to; at least
 * one pixel high otherwise, so that few errors are still seen. */
EntChartRect
ent_chart_layout_column (const EntChartLayout *self, guint index, gint64 from, gint64 to);
/* The thin column of received messages at the right of the stack. */
EntChartRect ent_chart_layout_side_column (const EntChartLayout *self, guint index, gint64 value);
/* Index of the point at @x, clamped to the nearest inside the plot's span; -1 outside the plot or
 * without points. */
int ent_chart_layout_hit (const EntChartLayout *self, double x, double y);

G_END_DECLS
