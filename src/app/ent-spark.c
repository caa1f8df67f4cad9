/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws with colour nodes: whole pixels, at most one bar a pixel pair. Main thread. */
#include "config.h"

#include "ent-spark.h"

#include "ent-style.h"

struct _EntSpark
{
  GtkWidget parent_instance;

  gint64 *values;
  guint n;
  EntStage stage;
};

G_DEFINE_FINAL_TYPE (EntSpark, ent_spark, GTK_TYPE_WIDGET)

/* Many buckets (hours) share a bar; the greatest of them counts. */
static gint64
bar_value (EntSpark *self, guint bar, guint bars)
{
  guint first = bar * self->n / bars, end = MAX (first + 1, (bar + 1) * self->n / bars);
  gint64 value = 0;

  for (guint i = first; i < end && i < self->n; i++)
    value = MAX (value, self->values[i]);
  return value;
}

static void
ent_spark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EntSpark *self = ENT_SPARK (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GdkRGBA color = ent_style_get_color (self->stage);
  guint bars = MIN (self->n, (guint) MAX (width / 3, 1));
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gint64 peak = 0;
  int slot;

  for (guint i = 0; i < self->n; i++)
    peak = MAX (peak, self->values[i]);
  if (bars == 0 || peak == 0 || height < 4)
    return;
  slot = MIN (width / (int) bars, 9);
  for (guint i = 0; i < bars; i++)
    {
      gint64 value = bar_value (self, i, bars);
      int bar_height = value > 0 ? MAX (1, (int) ((double) value / (double) peak * height)) : 0;
      int x = rtl ? width - (int) (i + 1) * slot : (int) i * slot;

      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT ((float) x, (float) (height - bar_height),
                                                      (float) MAX (slot - 2, 1),
                                                      (float) bar_height));
    }
}

static void
ent_spark_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = horizontal ? 24 : 18;
  *natural = horizontal ? 72 : 18;
}

static void
ent_spark_finalize (GObject *object)
{
  g_free (ENT_SPARK (object)->values);
  G_OBJECT_CLASS (ent_spark_parent_class)->finalize (object);
}

static void
ent_spark_class_init (EntSparkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ent_spark_finalize;
  widget_class->snapshot = ent_spark_snapshot;
  widget_class->measure = ent_spark_measure;
  gtk_widget_class_set_css_name (widget_class, "spark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ent_spark_init (EntSpark *self)
{
}

void
ent_spark_set (EntSpark *self, EntSummary *summary, EntStage stage)
{
  self->n = summary != NULL ? summary->n_rows : 0;
  self->stage = stage;
  g_free (self->values);
  self->values = g_new0 (gint64, self->n + 1);
  for (guint i = 0; i < self->n; i++)
    self->values[i] = ent_counters_stage (&summary->rows[i].counters, stage);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
