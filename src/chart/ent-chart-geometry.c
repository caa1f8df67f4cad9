/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rectangles and the hit test: see the header. Pure. */
#include "config.h"

#include "ent-chart-geometry.h"

#include <math.h>

#define MAX_COLUMN_WIDTH 56.0
#define MIN_GAP 1.0
#define TICK_GAP 10.0

static double
snapped (const EntChartLayout *self, double value)
{
  return self->snap ? round (value) : value;
}

static guint
steps_for_height (double height, double line_height)
{
  return CLAMP ((int) (height / (line_height * 2.6)), 1, 6);
}

EntChartLayout
ent_chart_layout (const EntChart *chart,
                  EntChartRect area,
                  double left,
                  double top,
                  double bottom,
                  double tick_width,
                  double line_height,
                  gboolean snap)
{
  EntChartLayout self = { .area = area, .snap = snap, .n = ent_chart_get_n_points (chart) };
  double gap;

  self.plot.x = area.x + left;
  self.plot.y = area.y + top;
  self.plot.width = MAX (1, area.width - left);
  self.plot.height = MAX (1, area.height - top - bottom);
  self.scale = ent_chart_scale_for (ent_chart_get_peak (chart),
                                    steps_for_height (self.plot.height, line_height));
  self.slot_width = self.plot.width / MAX (self.n, 1);
  gap = MAX (MIN_GAP, self.slot_width * 0.3);
  self.column_width = CLAMP (self.slot_width - gap, MIN (1.0, self.slot_width), MAX_COLUMN_WIDTH);
  self.label_stride = ent_chart_label_stride (self.slot_width, tick_width, TICK_GAP, self.n);
  /* The last bucket, the one people look at first, keeps its label. */
  self.label_offset = self.n > 0 ? (self.n - 1) % self.label_stride : 0;
  return self;
}

EntChartRect
ent_chart_layout_slot (const EntChartLayout *self, guint index)
{
  double x = snapped (self, self->plot.x + index * self->slot_width);
  double end = snapped (self, self->plot.x + (index + 1) * self->slot_width);

  return (EntChartRect){ x, self->plot.y, end - x, self->plot.height };
}

double
ent_chart_layout_center (const EntChartLayout *self, guint index)
{
  return self->plot.x + (index + 0.5) * self->slot_width;
}

double
ent_chart_layout_y (const EntChartLayout *self, gint64 value)
{
  return self->plot.y + self->plot.height -
         ent_chart_scale_map (&self->scale, value, self->plot.height);
}

EntChartRect
ent_chart_layout_column (const EntChartLayout *self, guint index, gint64 from, gint64 to)
{
  double width = MAX (1, snapped (self, self->column_width));
  double x = snapped (self, ent_chart_layout_center (self, index) - width / 2);
  double bottom = snapped (self, ent_chart_layout_y (self, from));
  double top = snapped (self, ent_chart_layout_y (self, to));

  if (to > from && bottom - top < 1)
    top = bottom - 1;
  return (EntChartRect){ x, top, width, bottom - top };
}

EntChartRect
ent_chart_layout_side_column (const EntChartLayout *self, guint index, gint64 value)
{
  EntChartRect stack = ent_chart_layout_column (self, index, 0, value);
  double width = CLAMP (snapped (self, self->column_width * 0.18), 1, 8);

  stack.x = snapped (self, stack.x + stack.width + 1);
  stack.width = width;
  return stack;
}

int
ent_chart_layout_hit (const EntChartLayout *self, double x, double y)
{
  int index;

  if (self->n == 0 || x < self->plot.x || x > self->plot.x + self->plot.width)
    return -1;
  if (y < self->area.y || y > self->area.y + self->area.height)
    return -1;
  index = (int) floor ((x - self->plot.x) / self->slot_width);
  return CLAMP (index, 0, (int) self->n - 1);
}
