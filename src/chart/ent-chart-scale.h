/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts ↔ lengths: the value axis from zero to a round number, with few round ticks.
 * Pure values. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 step;   /* between ticks: 1, 2 or 5 times a power of ten */
  guint n_steps; /* ticks are 0, step … n_steps × step */
} EntChartScale;

/* @peak: the greatest value; 0 gives a scale of one step. @max_steps ≥ 1. */
EntChartScale ent_chart_scale_for (gint64 peak, guint max_steps);
gint64 ent_chart_scale_top (const EntChartScale *self);
/* The length from the base line, of @length in all. */
double ent_chart_scale_map (const EntChartScale *self, gint64 value, double length);

/* How many buckets apart labels of @label_width may stand, with @gap between them:
 * 1, 2, 5, 7 (weeks), 14, 10 …, for slots of @slot_width. */
guint ent_chart_label_stride (double slot_width, double label_width, double gap, guint n);

G_END_DECLS
