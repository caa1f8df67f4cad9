/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The swatch is painted by the chart's own painter, so that it cannot look otherwise than the
 * chart. Main thread. */
#include "config.h"

#include "ent-swatch.h"

#include "ent-chart-painter.h"
#include "ent-style.h"

#define SIZE 12

struct _EntSwatch
{
  GtkWidget parent_instance;

  EntStage stage;
};

G_DEFINE_FINAL_TYPE (EntSwatch, ent_swatch, GTK_TYPE_WIDGET)

static void
ent_swatch_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
ent_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EntSwatch *self = ENT_SWATCH (widget);
  EntChartPaint paint = {
    .theme = ent_style_get_theme (), .font = "Sans 9", .resolution = 96, .snap = TRUE
  };
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, SIZE, SIZE));

  ent_chart_paint_swatch (self->stage, &paint, (EntChartRect){ 0, 0, SIZE, SIZE }, cr);
  cairo_destroy (cr);
}

static void
ent_swatch_class_init (EntSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = ent_swatch_measure;
  widget_class->snapshot = ent_swatch_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ent_swatch_init (EntSwatch *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
ent_swatch_new (EntStage stage)
{
  EntSwatch *self = g_object_new (ENT_TYPE_SWATCH, NULL);

  self->stage = stage;
  return GTK_WIDGET (self);
}
