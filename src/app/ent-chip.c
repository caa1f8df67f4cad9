/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A label and a button in one pill; Delete and Backspace on the button remove it too. Main thread.
 */
#include "config.h"

#include "ent-chip.h"

#include <glib/gi18n.h>

struct _EntChip
{
  GtkWidget parent_instance;

  GtkWidget *label;
  GtkWidget *button;
};

static guint removed_signal;

G_DEFINE_FINAL_TYPE (EntChip, ent_chip, GTK_TYPE_WIDGET)

static void
remove_cb (EntChip *self)
{
  g_signal_emit (self, removed_signal, 0);
}

static gboolean
remove_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  remove_cb (ENT_CHIP (widget));
  return TRUE;
}

static void
ent_chip_dispose (GObject *object)
{
  EntChip *self = ENT_CHIP (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_chip_parent_class)->dispose (object);
}

static void
ent_chip_class_init (EntChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_chip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, remove_shortcut_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_BackSpace, 0, remove_shortcut_cb, NULL);
  removed_signal = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
ent_chip_init (EntChip *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 40);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));

  self->button = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "circular");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (remove_cb), self);
}

GtkWidget *
ent_chip_new (const char *text, const char *css_class)
{
  EntChip *self = g_object_new (ENT_TYPE_CHIP, NULL);
  g_autofree char *tooltip = g_strdup_printf (_ ("Remove: %s"), text);

  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_widget_set_tooltip_text (self->button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  return GTK_WIDGET (self);
}
