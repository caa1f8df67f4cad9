/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The value axis: see the header. Pure. */
#include "config.h"

#include "ent-chart-scale.h"

#include <math.h>

EntChartScale
ent_chart_scale_for (gint64 peak, guint max_steps)
{
  static const gint64 mantissas[] = { 1, 2, 5 };
  gint64 power = 1;

  g_return_val_if_fail (max_steps >= 1, ((EntChartScale){ 1, 1 }));

  for (;;)
    {
      for (guint i = 0; i < G_N_ELEMENTS (mantissas); i++)
        {
          gint64 step = mantissas[i] * power;
          gint64 n_steps = MAX (1, (peak - 1) / step + 1);

          if (peak <= 0 || n_steps <= (gint64) max_steps)
            return (EntChartScale){ step, peak <= 0 ? 1 : (guint) n_steps };
        }
      /* Counts are of messages: 10^17 is far beyond any, and still no overflow. */
      if (power > G_MAXINT64 / 100)
        return (EntChartScale){ G_MAXINT64 / max_steps, max_steps };
      power *= 10;
    }
}

gint64
ent_chart_scale_top (const EntChartScale *self)
{
  return self->step * self->n_steps;
}

double
ent_chart_scale_map (const EntChartScale *self, gint64 value, double length)
{
  return length * ((double) value / (double) ent_chart_scale_top (self));
}

guint
ent_chart_label_stride (double slot_width, double label_width, double gap, guint n)
{
  static const guint strides[] = { 1, 2, 3, 7, 14, 28, 56 };
  double needed = label_width + gap;

  g_return_val_if_fail (slot_width > 0, MAX (n, 1));

  for (guint i = 0; i < G_N_ELEMENTS (strides); i++)
    if (slot_width * strides[i] >= needed)
      return strides[i];
  return (guint) ceil (needed / slot_width);
}
