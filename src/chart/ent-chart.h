/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a chart shows: one point per bucket of a summary, with the words that the caller
 * chose (the chart itself has none). Filled once, then only read; not shared between
 * threads. The window, the PDF and the PNG draw the same one. */
#pragma once

#include "ent-counters.h"
#include "ent-report.h"

G_BEGIN_DECLS

typedef struct
{
  char *title; /* "Wed 19 Nov": tooltips, screen readers */
  char *tick;  /* "19": below the axis */
  EntCounters counters;
  EntCoverage coverage;
  gboolean partial; /* still running: today */
} EntChartPoint;

/* Writes a count as people of the locale do: "1,804". (transfer full) */
typedef char *(*EntChartFormat) (gint64 count);

typedef struct _EntChart EntChart;

EntChart *ent_chart_new (EntChartStyle style, guint series);
EntChart *ent_chart_ref (EntChart *self);
void ent_chart_unref (EntChart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntChart, ent_chart_unref)

void ent_chart_add_point (EntChart *self,
                          const char *title,
                          const char *tick,
                          const EntCounters *counters,
                          EntCoverage coverage,
                          gboolean partial);
void ent_chart_set_label (EntChart *self, EntStage stage, const char *label); /* legend */
void ent_chart_set_no_data_caption (EntChart *self,
                                    const char *caption); /* inside wide gaps and the legend */
void ent_chart_set_format (EntChart *self, EntChartFormat format); /* plain digits without one */

guint ent_chart_get_n_points (const EntChart *self);
const EntChartPoint *ent_chart_get_point (const EntChart *self, guint index);
EntChartStyle ent_chart_get_style (const EntChart *self);
guint ent_chart_get_series (const EntChart *self); /* bits 1u << EntStage */
gboolean ent_chart_has_series (const EntChart *self, EntStage stage);
const char *ent_chart_get_label (const EntChart *self,
                                 EntStage stage);                 /* the key where none was set */
const char *ent_chart_get_no_data_caption (const EntChart *self); /* "" where none was set */
char *ent_chart_format_count (const EntChart *self, gint64 count);

/* Never synchronised and empty: a gap, not a zero. */
gboolean ent_chart_point_is_missing (const EntChartPoint *point);
/* The greatest height that anything drawn reaches; 0 for an empty chart. */
gint64 ent_chart_get_peak (const EntChart *self);

G_END_DECLS
