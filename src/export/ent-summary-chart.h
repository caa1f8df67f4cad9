/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From counters to the chart with its words: one way for the window, the PDF and the picture.
 * Any thread. */
#pragma once

#include "ent-chart.h"
#include "ent-summary.h"

G_BEGIN_DECLS

/* What a chart shows where the report names no series. */
#define ENT_SUMMARY_CHART_SERIES (1u << ENT_STAGE_DELIVERED | 1u << ENT_STAGE_ERRORS)

/* @summary: by time, or by a dimension: then of its largest values, as many as can be told apart.
 * Points are the summary's first rows, in order. (transfer full) */
EntChart *ent_chart_from_summary (const EntSummary *summary, EntChartStyle style, guint series);
/* "Delivered and errors per day", "… by campaign" for the series and grain. (transfer full) */
char *ent_chart_title (EntBy by, guint series);

G_END_DECLS
