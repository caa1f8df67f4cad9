/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Its child is the one of the template. Main thread. */
#include "config.h"

#include "ent-content-bin.h"

#define COMFORTABLE_WIDTH 660

struct _EntContentBin
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (EntContentBin, ent_content_bin, GTK_TYPE_WIDGET)

static void
ent_content_bin_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child == NULL)
    return;
  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, COMFORTABLE_WIDTH);
}

static void
ent_content_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static GtkSizeRequestMode
ent_content_bin_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ent_content_bin_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ent_content_bin_parent_class)->dispose (object);
}

static void
ent_content_bin_class_init (EntContentBinClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_content_bin_dispose;
  widget_class->measure = ent_content_bin_measure;
  widget_class->size_allocate = ent_content_bin_size_allocate;
  widget_class->get_request_mode = ent_content_bin_get_request_mode;
}

static void
ent_content_bin_init (EntContentBin *self)
{
}
