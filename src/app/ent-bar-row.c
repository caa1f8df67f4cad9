/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Main thread. */
#include "config.h"

#include "ent-bar-row.h"

#include "ent-rate-bar.h"

struct _EntBarRow
{
  GtkButton parent_instance;

  GtkWidget *grid;
  GtkLabel *name;
  GtkLabel *help;
  GtkWidget *bar;
  GtkLabel *count;
  GtkLabel *percent;
  gboolean tall;
};

G_DEFINE_FINAL_TYPE (EntBarRow, ent_bar_row, GTK_TYPE_BUTTON)

static GtkLabel *
new_label (float xalign, const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, xalign);
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static void
ent_bar_row_class_init (EntBarRowClass *klass)
{
}

static void
ent_bar_row_init (EntBarRow *self)
{
  GtkGrid *grid;

  self->grid = gtk_grid_new ();
  grid = GTK_GRID (self->grid);
  gtk_grid_set_column_spacing (grid, 12);
  self->name = new_label (0, "stage");
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  self->help = new_label (0, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->help), "dim-label");
  gtk_label_set_wrap (self->help, TRUE);
  gtk_label_set_natural_wrap_mode (self->help, GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_visible (GTK_WIDGET (self->help), FALSE);
  self->bar = ent_rate_bar_new ();
  gtk_widget_set_hexpand (self->bar, TRUE);
  gtk_widget_set_valign (self->bar, GTK_ALIGN_CENTER);
  self->count = new_label (1, "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "heading");
  self->percent = new_label (1, "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->percent), "dim-label");
  gtk_grid_attach (grid, GTK_WIDGET (self->name), 0, 0, 1, 1);
  gtk_grid_attach (grid, self->bar, 1, 0, 1, 1);
  gtk_grid_attach (grid, GTK_WIDGET (self->count), 2, 0, 1, 1);
  gtk_grid_attach (grid, GTK_WIDGET (self->percent), 3, 0, 1, 1);
  gtk_button_set_child (GTK_BUTTON (self), self->grid);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "bar-row");
}

GtkWidget *
ent_bar_row_new (EntStage stage, gboolean is_door)
{
  EntBarRow *self =
      g_object_new (ENT_TYPE_BAR_ROW, "focusable", is_door, "accessible-role",
                    is_door ? GTK_ACCESSIBLE_ROLE_BUTTON : GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  if (!is_door)
    gtk_widget_add_css_class (GTK_WIDGET (self), "no-door");
  ent_rate_bar_set_stage (ENT_RATE_BAR (self->bar), stage);
  return GTK_WIDGET (self);
}

void
ent_bar_row_set_tall (EntBarRow *self)
{
  GtkGrid *grid = GTK_GRID (self->grid);

  self->tall = TRUE;
  gtk_grid_set_row_spacing (grid, 3);
  g_object_ref (self->bar);
  gtk_grid_remove (grid, self->bar);
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  gtk_grid_attach (grid, self->bar, 0, 1, 4, 1);
  g_object_unref (self->bar);
  gtk_grid_attach (grid, GTK_WIDGET (self->help), 0, 2, 4, 1);
  gtk_widget_set_visible (GTK_WIDGET (self->help), TRUE);
}

void
ent_bar_row_join (EntBarRow *self,
                  GtkSizeGroup *names,
                  GtkSizeGroup *counts,
                  GtkSizeGroup *percents)
{
  gtk_size_group_add_widget (names, GTK_WIDGET (self->name));
  gtk_size_group_add_widget (counts, GTK_WIDGET (self->count));
  gtk_size_group_add_widget (percents, GTK_WIDGET (self->percent));
}

void
ent_bar_row_set (EntBarRow *self,
                 const char *name,
                 const char *help,
                 const char *count,
                 const char *percent,
                 int tenths)
{
  g_autofree char *label = percent[0] != '\0' ? g_strdup_printf ("%s: %s, %s", name, count, percent)
                                              : g_strdup_printf ("%s: %s", name, count);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->help, help);
  gtk_label_set_label (self->count, count);
  gtk_label_set_label (self->percent, percent);
  ent_rate_bar_set_tenths (ENT_RATE_BAR (self->bar), tenths);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->tall || help[0] == '\0' ? NULL : help);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, help, -1);
}
