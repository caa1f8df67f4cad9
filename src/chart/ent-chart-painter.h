/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a chart with cairo: the window's widget, the PDF's page and the PNG use this one
 * painter. Any thread that owns the cairo_t. Lengths in the target's user units. */
#pragma once

#include "ent-chart-geometry.h"
#include "ent-chart-theme.h"

#include <cairo.h>
#include <pango/pango.h>

G_BEGIN_DECLS

typedef struct
{
  EntChartThemeKind theme;
  const char *font;  /* Pango description with a size: "Cantarell 9" */
  double resolution; /* dpi for the font: 96 on screen, 72 for PDF */
  gboolean snap;     /* raster target: align to whole pixels */
  gboolean legend;   /* below the plot; a window has its own, with switches */
} EntChartPaint;

/* Layout for @area; measure once, then paint and hit-test with it. @target: any cairo context of
 * the same kind, for measuring text. */
EntChartLayout ent_chart_paint_layout (const EntChart *chart,
                                       EntChartRect area,
                                       const EntChartPaint *paint,
                                       cairo_t *target);
/* Everything that does not move: grid, axes, series, gaps, legend. */
void ent_chart_paint_static (const EntChart *chart,
                             const EntChartLayout *layout,
                             const EntChartPaint *paint,
                             cairo_t *cr);
/* The current point: its slot lifted, its column outlined; @focus adds the keyboard's ring. */
void ent_chart_paint_current (const EntChart *chart,
                              const EntChartLayout *layout,
                              const EntChartPaint *paint,
                              guint index,
                              gboolean focus,
                              cairo_t *cr);
/* The span of points that is being selected. */
void ent_chart_paint_span (
    const EntChartLayout *layout, const EntChartPaint *paint, guint first, guint last, cairo_t *cr);
/* A swatch of a series, as legends show it: colour and pattern. */
void
ent_chart_paint_swatch (EntStage stage, const EntChartPaint *paint, EntChartRect rect, cairo_t *cr);

G_END_DECLS
