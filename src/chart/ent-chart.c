/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart's contents as a value: see the header. Owned by who draws it. */
#include "config.h"

#include "ent-chart.h"

struct _EntChart
{
  EntChartStyle style;
  guint series;
  GArray *points;
  char *labels[ENT_N_STAGES];
  char *no_data_caption;
  EntChartFormat format;
  int ref_count;
};

static void
point_clear (gpointer data)
{
  EntChartPoint *point = data;

  g_free (point->title);
  g_free (point->tick);
}

EntChart *
ent_chart_new (EntChartStyle style, guint series)
{
  EntChart *self = g_new0 (EntChart, 1);

  self->style = style;
  self->series = series;
  self->points = g_array_new (FALSE, TRUE, sizeof (EntChartPoint));
  g_array_set_clear_func (self->points, point_clear);
  self->ref_count = 1;
  return self;
}

EntChart *
ent_chart_ref (EntChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->ref_count++;
  return self;
}

void
ent_chart_unref (EntChart *self)
{
  g_return_if_fail (self != NULL);

  if (--self->ref_count > 0)
    return;
  g_array_unref (self->points);
  for (guint i = 0; i < ENT_N_STAGES; i++)
    g_free (self->labels[i]);
  g_free (self->no_data_caption);
  g_free (self);
}

void
ent_chart_add_point (EntChart *self,
                     const char *title,
                     const char *tick,
                     const EntCounters *counters,
                     EntCoverage coverage,
                     gboolean partial)
{
  EntChartPoint point = {
    .title = g_strdup (title),
    .tick = g_strdup (tick),
    .counters = *counters,
    .coverage = coverage,
    .partial = partial,
  };

  g_array_append_val (self->points, point);
}

void
ent_chart_set_label (EntChart *self, EntStage stage, const char *label)
{
  g_return_if_fail (stage < ENT_N_STAGES);

  g_free (self->labels[stage]);
  self->labels[stage] = g_strdup (label);
}

void
ent_chart_set_no_data_caption (EntChart *self, const char *caption)
{
  g_free (self->no_data_caption);
  self->no_data_caption = g_strdup (caption);
}

void
ent_chart_set_format (EntChart *self, EntChartFormat format)
{
  self->format = format;
}

guint
ent_chart_get_n_points (const EntChart *self)
{
  return self->points->len;
}

const EntChartPoint *
ent_chart_get_point (const EntChart *self, guint index)
{
  g_return_val_if_fail (index < self->points->len, NULL);

  return &g_array_index (self->points, EntChartPoint, index);
}

EntChartStyle
ent_chart_get_style (const EntChart *self)
{
  return self->style;
}

guint
ent_chart_get_series (const EntChart *self)
{
  return self->series;
}

gboolean
ent_chart_has_series (const EntChart *self, EntStage stage)
{
  return (self->series & (1u << stage)) != 0;
}

const char *
ent_chart_get_label (const EntChart *self, EntStage stage)
{
  g_return_val_if_fail (stage < ENT_N_STAGES, "");

  return self->labels[stage] != NULL ? self->labels[stage] : ent_stage_key (stage);
}

const char *
ent_chart_get_no_data_caption (const EntChart *self)
{
  return self->no_data_caption != NULL ? self->no_data_caption : "";
}

char *
ent_chart_format_count (const EntChart *self, gint64 count)
{
  if (self->format != NULL)
    return self->format (count);
  return g_strdup_printf ("%" G_GINT64_FORMAT, count);
}

gboolean
ent_chart_point_is_missing (const EntChartPoint *point)
{
  return point->coverage == ENT_COVERAGE_NONE && point->counters.total == 0 &&
         point->counters.received == 0;
}

/* Columns stack delivered, errors and pending; everything else stands for itself. */
static gint64
point_peak (const EntChart *self, const EntChartPoint *point)
{
  static const EntStage stacked[] = { ENT_STAGE_DELIVERED, ENT_STAGE_ERRORS, ENT_STAGE_PENDING };
  gint64 stack = 0;
  gint64 peak = 0;

  for (guint stage = 0; stage < ENT_N_STAGES; stage++)
    if (ent_chart_has_series (self, stage))
      peak = MAX (peak, ent_counters_stage (&point->counters, stage));
  if (self->style != ENT_CHART_COLUMNS)
    return peak;
  for (guint i = 0; i < G_N_ELEMENTS (stacked); i++)
    if (ent_chart_has_series (self, stacked[i]))
      stack += ent_counters_stage (&point->counters, stacked[i]);
  return MAX (peak, stack);
}

gint64
ent_chart_get_peak (const EntChart *self)
{
  gint64 peak = 0;

  for (guint i = 0; i < self->points->len; i++)
    peak = MAX (peak, point_peak (self, ent_chart_get_point (self, i)));
  return peak;
}
