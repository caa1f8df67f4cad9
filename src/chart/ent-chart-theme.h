/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart's colours, the one place of them: each has one meaning, a light and a dark
 * value, and a pattern or shape beside it. From Adwaita's palette; contrast at least 3:1
 * for marks, 4.5:1 for text. Pure values. */
#pragma once

#include "ent-vocabulary.h"

G_BEGIN_DECLS

typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} EntColor;

typedef struct
{
  EntColor background; /* transparent in a window */
  EntColor text;
  EntColor dim; /* axis labels */
  EntColor grid;
  EntColor hatch;     /* days without data */
  EntColor highlight; /* behind the hovered slot */
  EntColor accent;    /* focus ring, selected span */
} EntChartTheme;

typedef enum
{
  ENT_CHART_LIGHT,
  ENT_CHART_DARK,
  ENT_CHART_LIGHT_HIGH_CONTRAST,
  ENT_CHART_DARK_HIGH_CONTRAST,
  ENT_CHART_PRINT, /* light, on white */
} EntChartThemeKind;

EntChartTheme ent_chart_theme (EntChartThemeKind kind);
EntColor ent_chart_series_color (EntChartThemeKind kind, EntStage stage);

G_END_DECLS
