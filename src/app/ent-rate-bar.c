/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A track and a part of it, in the style's text colour. Main thread. */
#include "config.h"

#include "ent-rate-bar.h"

#include "ent-style.h"

struct _EntRateBar
{
  GtkWidget parent_instance;

  EntStage stage;
  int tenths;
};

G_DEFINE_FINAL_TYPE (EntRateBar, ent_rate_bar, GTK_TYPE_WIDGET)

static void
add_part (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float width, float height)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, &GRAPHENE_RECT_INIT (x, 0, width, height),
                                   MIN (height, width) / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, 0, width, height));
  gtk_snapshot_pop (snapshot);
}

static void
ent_rate_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EntRateBar *self = ENT_RATE_BAR (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color = ent_style_get_color (self->stage), track = color;
  float part;

  if (self->tenths < 0 || width <= 0)
    return;
  track.alpha *= 0.2f;
  part = width * (float) self->tenths / 1000.0f;
  add_part (snapshot, &track, 0, width, height);
  if (part > 0)
    add_part (snapshot, &color, rtl ? width - part : 0, part, height);
}

static void
ent_rate_bar_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 24 : 6;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 48 : 6;
}

static void
ent_rate_bar_class_init (EntRateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = ent_rate_bar_snapshot;
  widget_class->measure = ent_rate_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "rate-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ent_rate_bar_init (EntRateBar *self)
{
  self->stage = ENT_STAGE_DELIVERED;
  self->tenths = -1;
}

GtkWidget *
ent_rate_bar_new (void)
{
  return g_object_new (ENT_TYPE_RATE_BAR, NULL);
}

void
ent_rate_bar_set_stage (EntRateBar *self, EntStage stage)
{
  self->stage = stage;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ent_rate_bar_set_tenths (EntRateBar *self, int tenths)
{
  self->tenths = tenths;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
