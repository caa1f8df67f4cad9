/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one painter: grid, gaps, columns or lines, axes, legend, and what moves on top.
 * Stateless; called on the main thread by the widget, on a worker by exports. */
#include "config.h"

#include "ent-chart-painter.h"

#include <math.h>
#include <pango/pangocairo.h>

#define AXIS_GAP 8.0
#define TOP_ROOM 8.0
#define HATCH_STEP 6.0
#define SWATCH 11.0
#define LEGEND_GAP 18.0
#define LINE_WIDTH 2.0
#define MAX_MARKED_POINTS 100

/* Back to front. */
static const EntStage line_order[] = {
  ENT_STAGE_TOTAL,   ENT_STAGE_SENT,     ENT_STAGE_DELIVERED,
  ENT_STAGE_READ,    ENT_STAGE_ERRORS,   ENT_STAGE_NOT_DELIVERED,
  ENT_STAGE_PENDING, ENT_STAGE_RECEIVED, ENT_STAGE_SEND_FAILED,
};

static void
set_color (cairo_t *cr, EntColor color, double alpha)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha * alpha);
}

static void
path_rect (cairo_t *cr, EntChartRect rect)
{
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
}

static PangoLayout *
new_text (cairo_t *cr, const EntChartPaint *paint, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (paint->font);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_cairo_context_set_resolution (pango_layout_get_context (layout), paint->resolution);
  pango_layout_set_font_description (layout, font);
  /* Tabular figures, so that the axis does not dance. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  pango_attr_list_unref (attributes);
  return layout;
}

static void
text_size (cairo_t *cr, const EntChartPaint *paint, const char *text, double *width, double *height)
{
  g_autoptr (PangoLayout) layout = new_text (cr, paint, text);
  int w, h;

  pango_layout_get_pixel_size (layout, &w, &h);
  *width = w;
  *height = h;
}

/* @align: 0 starts at x, 0.5 is centred on it, 1 ends there. */
static void
draw_text (cairo_t *cr,
           const EntChartPaint *paint,
           const char *text,
           double x,
           double y,
           double align,
           EntColor color)
{
  g_autoptr (PangoLayout) layout = new_text (cr, paint, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  x -= width * align;
  cairo_move_to (cr, paint->snap ? round (x) : x, paint->snap ? round (y) : y);
  set_color (cr, color, 1);
  pango_cairo_show_layout (cr, layout);
}

/* Diagonal lines inside @rect: the pattern that goes with a colour. The lines are anchored
 * to the origin so that neighbours continue each other. */
static void
draw_hatch (cairo_t *cr, EntChartRect rect, EntColor color, double alpha, double step)
{
  double first = floor ((rect.x - rect.height) / step) * step;

  cairo_save (cr);
  path_rect (cr, rect);
  cairo_clip (cr);
  set_color (cr, color, alpha);
  cairo_set_line_width (cr, 1.2);
  for (double x = first; x < rect.x + rect.width + step; x += step)
    {
      double shift = fmod (rect.y + rect.height, step);

      cairo_move_to (cr, x + shift, rect.y + rect.height);
      cairo_line_to (cr, x + shift + rect.height, rect.y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
fill_rect (cairo_t *cr, EntChartRect rect, EntColor color, double alpha)
{
  if (rect.width <= 0 || rect.height <= 0)
    return;
  path_rect (cr, rect);
  set_color (cr, color, alpha);
  cairo_fill (cr);
}

static gboolean
is_error_stage (EntStage stage)
{
  return stage == ENT_STAGE_ERRORS || stage == ENT_STAGE_SEND_FAILED ||
         stage == ENT_STAGE_NOT_DELIVERED;
}

/* Errors are hatched on a pale ground, everything else is plain: never colour alone. */
static void
fill_series (cairo_t *cr, EntChartRect rect, EntStage stage, EntChartThemeKind theme, double alpha)
{
  EntColor color = ent_chart_series_color (theme, stage);

  if (!is_error_stage (stage))
    {
      fill_rect (cr, rect, color, alpha);
      return;
    }
  fill_rect (cr, rect, color, 0.45 * alpha);
  draw_hatch (cr, rect, color, alpha, 4);
}

/* --- layout ------------------------------------------------------------------------- */

static double
legend_height (const EntChartPaint *paint, double line_height)
{
  return paint->legend ? line_height + 2 * AXIS_GAP : 0;
}

static double
widest_tick (const EntChart *chart, const EntChartPaint *paint, cairo_t *target)
{
  /* Ticks of one chart are alike; measuring a hundred is enough for thousands. */
  guint n = MIN (ent_chart_get_n_points (chart), 100);
  double widest = 0;

  for (guint i = 0; i < n; i++)
    {
      double width, height;

      text_size (target, paint, ent_chart_get_point (chart, i)->tick, &width, &height);
      widest = MAX (widest, width);
    }
  return widest;
}

EntChartLayout
ent_chart_paint_layout (const EntChart *chart,
                        EntChartRect area,
                        const EntChartPaint *paint,
                        cairo_t *target)
{
  double tick_width = widest_tick (chart, paint, target);
  double left, line_height, above, below;
  EntChartLayout trial;
  g_autofree char *top = NULL;

  text_size (target, paint, "0", &left, &line_height);
  above = ceil (line_height / 2 + TOP_ROOM);
  below = ceil (line_height + AXIS_GAP + legend_height (paint, line_height));
  /* The value axis is as wide as its top label, which depends on the height alone. */
  trial = ent_chart_layout (chart, area, 0, above, below, tick_width, line_height, FALSE);
  top = ent_chart_format_count (chart, ent_chart_scale_top (&trial.scale));
  text_size (target, paint, top, &left, &line_height);
  return ent_chart_layout (chart, area, ceil (left + AXIS_GAP), above, below, tick_width,
                           line_height, paint->snap);
}

/* --- static parts ------------------------------------------------------------------- */

static void
paint_grid (const EntChart *chart,
            const EntChartLayout *layout,
            const EntChartPaint *paint,
            cairo_t *cr)
{
  EntChartTheme theme = ent_chart_theme (paint->theme);

  for (guint i = 0; i <= layout->scale.n_steps; i++)
    {
      gint64 value = (gint64) i * layout->scale.step;
      g_autofree char *label = ent_chart_format_count (chart, value);
      double y = ent_chart_layout_y (layout, value);
      double width, height;

      y = paint->snap ? floor (y) + 0.5 : y;
      text_size (cr, paint, label, &width, &height);
      draw_text (cr, paint, label, layout->plot.x - AXIS_GAP, y - height / 2, 1, theme.dim);
      set_color (cr, theme.grid, i == 0 ? 2.0 : 1.0);
      cairo_set_line_width (cr, 1);
      cairo_move_to (cr, layout->plot.x, y);
      cairo_line_to (cr, layout->plot.x + layout->plot.width, y);
      cairo_stroke (cr);
    }
}

static void
paint_ticks (const EntChart *chart,
             const EntChartLayout *layout,
             const EntChartPaint *paint,
             cairo_t *cr)
{
  EntChartTheme theme = ent_chart_theme (paint->theme);
  double y = layout->plot.y + layout->plot.height + AXIS_GAP / 2;

  for (guint i = layout->label_offset; i < layout->n; i += layout->label_stride)
    {
      const EntChartPoint *point = ent_chart_get_point (chart, i);
      double x = ent_chart_layout_center (layout, i);
      double width, height;

      /* The outer labels lean inwards rather than being cut off. */
      text_size (cr, paint, point->tick, &width, &height);
      x = CLAMP (x, layout->area.x + width / 2, layout->area.x + layout->area.width - width / 2);
      draw_text (cr, paint, point->tick, x, y, 0.5, point->partial ? theme.text : theme.dim);
    }
}

/* A run of days never synchronised is one hatched gap, with its caption where there is room. */
static void
paint_gaps (const EntChart *chart,
            const EntChartLayout *layout,
            const EntChartPaint *paint,
            cairo_t *cr)
{
  EntChartTheme theme = ent_chart_theme (paint->theme);
  const char *caption = ent_chart_get_no_data_caption (chart);

  for (guint i = 0; i < layout->n;)
    {
      guint end = i;
      EntChartRect gap, last;
      double width, height;

      while (end < layout->n && ent_chart_point_is_missing (ent_chart_get_point (chart, end)))
        end++;
      if (end == i)
        {
          i++;
          continue;
        }
      gap = ent_chart_layout_slot (layout, i);
      last = ent_chart_layout_slot (layout, end - 1);
      gap.width = last.x + last.width - gap.x;
      draw_hatch (cr, gap, theme.hatch, 1, HATCH_STEP);
      text_size (cr, paint, caption, &width, &height);
      if (*caption != '\0' && width + 2 * AXIS_GAP < gap.width)
        draw_text (cr, paint, caption, gap.x + gap.width / 2, gap.y + (gap.height - height) / 2,
                   0.5, theme.dim);
      i = end;
    }
}

/* A running day is drawn lighter, its top dotted: it will still grow. */
static void
paint_partial_top (EntChartRect column, EntColor color, cairo_t *cr)
{
  static const double dots[] = { 2, 2 };

  cairo_save (cr);
  set_color (cr, color, 1);
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
  cairo_move_to (cr, column.x, column.y - 1);
  cairo_line_to (cr, column.x + column.width, column.y - 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
paint_stack (const EntChart *chart,
             const EntChartLayout *layout,
             const EntChartPaint *paint,
             guint index,
             cairo_t *cr)
{
  static const EntStage stacked[] = { ENT_STAGE_DELIVERED, ENT_STAGE_ERRORS, ENT_STAGE_PENDING };
  const EntChartPoint *point = ent_chart_get_point (chart, index);
  double alpha = point->partial ? 0.55 : 1;
  EntStage top_stage = ENT_STAGE_DELIVERED;
  gint64 base = 0;

  for (guint i = 0; i < G_N_ELEMENTS (stacked); i++)
    {
      gint64 value = ent_counters_stage (&point->counters, stacked[i]);

      if (!ent_chart_has_series (chart, stacked[i]) || value == 0)
        continue;
      fill_series (cr, ent_chart_layout_column (layout, index, base, base + value), stacked[i],
                   paint->theme, alpha);
      base += value;
      top_stage = stacked[i];
    }
  /* Read lies inside delivered: always at its foot. */
  if (ent_chart_has_series (chart, ENT_STAGE_READ))
    fill_series (cr, ent_chart_layout_column (layout, index, 0, point->counters.read),
                 ENT_STAGE_READ, paint->theme, alpha);
  if (point->partial && base > 0)
    paint_partial_top (ent_chart_layout_column (layout, index, 0, base),
                       ent_chart_series_color (paint->theme, top_stage), cr);
}

/* What does not stack stands as a level line across the column. */
static void
paint_level (const EntChartLayout *layout,
             const EntChartPaint *paint,
             guint index,
             EntStage stage,
             gint64 value,
             cairo_t *cr)
{
  EntChartRect column = ent_chart_layout_column (layout, index, 0, value);

  fill_rect (cr, (EntChartRect){ column.x - 2, column.y - 1, column.width + 4, 2 },
             ent_chart_series_color (paint->theme, stage), 1);
}

static void
paint_columns (const EntChart *chart,
               const EntChartLayout *layout,
               const EntChartPaint *paint,
               cairo_t *cr)
{
  static const EntStage levels[] = { ENT_STAGE_TOTAL, ENT_STAGE_SENT, ENT_STAGE_SEND_FAILED,
                                     ENT_STAGE_NOT_DELIVERED };

  for (guint i = 0; i < layout->n; i++)
    {
      const EntChartPoint *point = ent_chart_get_point (chart, i);

      if (ent_chart_point_is_missing (point))
        continue;
      paint_stack (chart, layout, paint, i, cr);
      for (guint l = 0; l < G_N_ELEMENTS (levels); l++)
        if (ent_chart_has_series (chart, levels[l]))
          paint_level (layout, paint, i, levels[l],
                       ent_counters_stage (&point->counters, levels[l]), cr);
      if (ent_chart_has_series (chart, ENT_STAGE_RECEIVED) && point->counters.received > 0)
        fill_series (cr, ent_chart_layout_side_column (layout, i, point->counters.received),
                     ENT_STAGE_RECEIVED, paint->theme, point->partial ? 0.55 : 1);
    }
}

/* Each line has a dash and a mark of its own, for eyes that do not tell the colours. */
static void
set_dash (cairo_t *cr, EntStage stage)
{
  static const double dashes[][2] = { { 0, 0 }, { 6, 3 }, { 2, 3 } };
  guint kind = is_error_stage (stage)                                  ? 1
               : stage == ENT_STAGE_PENDING || stage == ENT_STAGE_SENT ? 2
                                                                       : 0;

  if (kind == 0)
    cairo_set_dash (cr, NULL, 0, 0);
  else
    cairo_set_dash (cr, dashes[kind], 2, 0);
}

static void
paint_mark (cairo_t *cr, EntStage stage, double x, double y)
{
  const double r = 3.5;

  cairo_new_path (cr);
  if (is_error_stage (stage))
    {
      cairo_move_to (cr, x, y - r);
      cairo_line_to (cr, x + r, y + r);
      cairo_line_to (cr, x - r, y + r);
      cairo_close_path (cr);
    }
  else if (stage == ENT_STAGE_READ || stage == ENT_STAGE_RECEIVED)
    cairo_rectangle (cr, x - r + 0.5, y - r + 0.5, 2 * r - 1, 2 * r - 1);
  else
    cairo_arc (cr, x, y, r, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* A segment joins neighbours that both have data; the last one, into a running day, is dotted. */
static void
paint_line (const EntChart *chart,
            const EntChartLayout *layout,
            const EntChartPaint *paint,
            EntStage stage,
            cairo_t *cr)
{
  static const double dots[] = { 2, 3 };
  gboolean marks = layout->n <= MAX_MARKED_POINTS && layout->slot_width > 10;

  set_color (cr, ent_chart_series_color (paint->theme, stage), 1);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < layout->n; i++)
    {
      const EntChartPoint *point = ent_chart_get_point (chart, i);
      const EntChartPoint *before = i > 0 ? ent_chart_get_point (chart, i - 1) : NULL;
      double x = ent_chart_layout_center (layout, i);
      double y = ent_chart_layout_y (layout, ent_counters_stage (&point->counters, stage));
      gboolean alone;

      if (ent_chart_point_is_missing (point))
        continue;
      alone = before == NULL || ent_chart_point_is_missing (before);
      if (!alone)
        {
          cairo_new_path (cr);
          set_dash (cr, stage);
          if (point->partial)
            cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
          cairo_move_to (
              cr, ent_chart_layout_center (layout, i - 1),
              ent_chart_layout_y (layout, ent_counters_stage (&before->counters, stage)));
          cairo_line_to (cr, x, y);
          cairo_stroke (cr);
        }
      /* A lone day would be invisible as a line. */
      if (marks || alone)
        paint_mark (cr, stage, x, y);
    }
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
paint_lines (const EntChart *chart,
             const EntChartLayout *layout,
             const EntChartPaint *paint,
             cairo_t *cr)
{
  cairo_save (cr);
  for (guint i = 0; i < G_N_ELEMENTS (line_order); i++)
    if (ent_chart_has_series (chart, line_order[i]))
      paint_line (chart, layout, paint, line_order[i], cr);
  cairo_restore (cr);
}

void
ent_chart_paint_swatch (EntStage stage, const EntChartPaint *paint, EntChartRect rect, cairo_t *cr)
{
  fill_series (cr, rect, stage, paint->theme, 1);
}

static gboolean
has_gap (const EntChart *chart)
{
  for (guint i = 0; i < ent_chart_get_n_points (chart); i++)
    if (ent_chart_point_is_missing (ent_chart_get_point (chart, i)))
      return TRUE;
  return FALSE;
}

static void
paint_legend (const EntChart *chart,
              const EntChartLayout *layout,
              const EntChartPaint *paint,
              cairo_t *cr)
{
  EntChartTheme theme = ent_chart_theme (paint->theme);
  double width, height, x = layout->plot.x, y;

  text_size (cr, paint, "0", &width, &height);
  y = layout->area.y + layout->area.height - height;
  for (guint i = 0; i < G_N_ELEMENTS (line_order); i++)
    {
      const char *label = ent_chart_get_label (chart, line_order[i]);

      if (!ent_chart_has_series (chart, line_order[i]))
        continue;
      ent_chart_paint_swatch (line_order[i], paint,
                              (EntChartRect){ x, y + (height - SWATCH) / 2, SWATCH, SWATCH }, cr);
      draw_text (cr, paint, label, x + SWATCH + 6, y, 0, theme.text);
      text_size (cr, paint, label, &width, &height);
      x += SWATCH + 6 + width + LEGEND_GAP;
    }
  if (has_gap (chart))
    {
      draw_hatch (cr, (EntChartRect){ x, y + (height - SWATCH) / 2, SWATCH, SWATCH }, theme.hatch,
                  1, HATCH_STEP / 2);
      draw_text (cr, paint, ent_chart_get_no_data_caption (chart), x + SWATCH + 6, y, 0,
                 theme.text);
    }
}

void
ent_chart_paint_static (const EntChart *chart,
                        const EntChartLayout *layout,
                        const EntChartPaint *paint,
                        cairo_t *cr)
{
  cairo_save (cr);
  set_color (cr, ent_chart_theme (paint->theme).background, 1);
  path_rect (cr, layout->area);
  cairo_fill (cr);
  paint_gaps (chart, layout, paint, cr);
  paint_grid (chart, layout, paint, cr);
  if (ent_chart_get_style (chart) == ENT_CHART_COLUMNS)
    paint_columns (chart, layout, paint, cr);
  else
    paint_lines (chart, layout, paint, cr);
  paint_ticks (chart, layout, paint, cr);
  if (paint->legend)
    paint_legend (chart, layout, paint, cr);
  cairo_restore (cr);
}

/* --- what moves --------------------------------------------------------------------- */

static gint64
stack_height (const EntChart *chart, guint index)
{
  static const EntStage stacked[] = { ENT_STAGE_DELIVERED, ENT_STAGE_ERRORS, ENT_STAGE_PENDING };
  const EntChartPoint *point = ent_chart_get_point (chart, index);
  gint64 height = 0;

  for (guint i = 0; i < G_N_ELEMENTS (stacked); i++)
    if (ent_chart_has_series (chart, stacked[i]))
      height += ent_counters_stage (&point->counters, stacked[i]);
  if (ent_chart_has_series (chart, ENT_STAGE_READ))
    height = MAX (height, point->counters.read);
  return height;
}

static void
outline_column (
    const EntChart *chart, const EntChartLayout *layout, EntColor color, guint index, cairo_t *cr)
{
  EntChartRect column = ent_chart_layout_column (layout, index, 0, stack_height (chart, index));

  if (column.height <= 0)
    return;
  cairo_rectangle (cr, column.x - 0.5, column.y - 0.5, column.width + 1, column.height + 1);
  set_color (cr, color, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
mark_lines (const EntChart *chart,
            const EntChartLayout *layout,
            const EntChartPaint *paint,
            guint index,
            cairo_t *cr)
{
  const EntChartPoint *point = ent_chart_get_point (chart, index);

  for (guint i = 0; i < G_N_ELEMENTS (line_order); i++)
    {
      EntStage stage = line_order[i];

      if (!ent_chart_has_series (chart, stage))
        continue;
      set_color (cr, ent_chart_series_color (paint->theme, stage), 1);
      paint_mark (cr, stage, ent_chart_layout_center (layout, index),
                  ent_chart_layout_y (layout, ent_counters_stage (&point->counters, stage)));
    }
}

void
ent_chart_paint_current (const EntChart *chart,
                         const EntChartLayout *layout,
                         const EntChartPaint *paint,
                         guint index,
                         gboolean focus,
                         cairo_t *cr)
{
  EntChartTheme theme = ent_chart_theme (paint->theme);
  EntChartRect slot;

  g_return_if_fail (index < layout->n);

  slot = ent_chart_layout_slot (layout, index);
  cairo_save (cr);
  fill_rect (cr, slot, theme.highlight, 1);
  if (!ent_chart_point_is_missing (ent_chart_get_point (chart, index)))
    {
      if (ent_chart_get_style (chart) == ENT_CHART_COLUMNS)
        outline_column (chart, layout, theme.text, index, cr);
      else
        mark_lines (chart, layout, paint, index, cr);
    }
  if (focus)
    {
      cairo_rectangle (cr, slot.x + 1, slot.y + 1, MAX (slot.width - 2, 1),
                       MAX (slot.height - 2, 1));
      set_color (cr, theme.accent, 1);
      cairo_set_line_width (cr, 2);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

void
ent_chart_paint_span (
    const EntChartLayout *layout, const EntChartPaint *paint, guint first, guint last, cairo_t *cr)
{
  EntChartTheme theme = ent_chart_theme (paint->theme);
  EntChartRect span, end;

  g_return_if_fail (first <= last && last < layout->n);

  span = ent_chart_layout_slot (layout, first);
  end = ent_chart_layout_slot (layout, last);
  span.width = end.x + end.width - span.x;
  fill_rect (cr, span, theme.accent, 0.15);
  set_color (cr, theme.accent, 0.8);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, span.x + 0.5, span.y + 0.5, MAX (span.width - 1, 1), span.height - 1);
  cairo_stroke (cr);
}
