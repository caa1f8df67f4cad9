/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libadwaita 1.2 has no banner: a revealer with an icon, a label and a button. Main thread. */
#include "config.h"

#include "ent-banner.h"

#include "ent-action.h"

struct _EntBanner
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (EntBanner, ent_banner, GTK_TYPE_WIDGET)

static void
hidden_cb (EntBanner *self)
{
  /* A hidden banner takes no spacing of the box that it stands in. */
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_revealer_get_child_revealed (GTK_REVEALER (self->revealer)) ||
                              gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)));
}

static void
ent_banner_dispose (GObject *object)
{
  EntBanner *self = ENT_BANNER (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_banner_parent_class)->dispose (object);
}

static void
ent_banner_class_init (EntBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_banner_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
ent_banner_init (EntBanner *self)
{
  self->revealer = gtk_revealer_new ();
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));

  self->box = g_object_new (GTK_TYPE_BOX, "css-name", "banner-box", "spacing", 12, NULL);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->box);

  self->icon = gtk_image_new ();
  g_object_set (self->icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (self->box), self->icon);

  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->label);

  self->button = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->button);

  g_signal_connect_object (self->revealer, "notify::child-revealed", G_CALLBACK (hidden_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
ent_banner_new (void)
{
  return g_object_new (ENT_TYPE_BANNER, NULL);
}

void
ent_banner_show (EntBanner *self,
                 EntBannerKind kind,
                 const char *icon_name,
                 const char *text,
                 const char *label,
                 const char *action)
{
  static const char *const classes[] = { "neutral", "warning", "error" };

  if (text == NULL)
    {
      gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
      hidden_cb (self);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->box, classes[i]);
  gtk_widget_add_css_class (self->box, classes[kind]);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_widget_set_visible (self->button, action != NULL);
  if (action != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (self->button), label);
      ent_action_set (self->button, action);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}
