/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two buttons in one place; the tooltip says until when the data goes. Main thread. */
#include "config.h"

#include "ent-sync-button.h"

#include "ent-sync-view.h"
#include "ent-words.h"

#include <glib/gi18n.h>

struct _EntSyncButton
{
  GtkWidget parent_instance;

  GtkWidget *stack;
  GtkWidget *button;
  GtkWidget *running;
  GtkWidget *spinner;
  GtkWidget *popover;
  EntEngine *engine;
  EntZone *zone;
};

G_DEFINE_FINAL_TYPE (EntSyncButton, ent_sync_button, GTK_TYPE_WIDGET)

static void
update (EntSyncButton *self)
{
  gboolean syncing = ent_engine_is_syncing (self->engine);
  g_autofree char *until = ent_words_synchronised (ent_engine_get_last_success (self->engine),
                                                   self->zone, ent_clock_now ());
  g_autofree char *tooltip = g_strdup_printf (_ ("Synchronise now (F5)\n%s"), until);
  gboolean had_focus = gtk_widget_has_focus (self->button);

  gtk_widget_set_tooltip_text (self->button, tooltip);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), syncing ? self->running : self->button);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), syncing);
  if (!syncing)
    gtk_menu_button_popdown (GTK_MENU_BUTTON (self->running));
  else if (had_focus)
    gtk_widget_grab_focus (self->running);
}

static void
ent_sync_button_dispose (GObject *object)
{
  EntSyncButton *self = ENT_SYNC_BUTTON (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->zone, ent_zone_unref);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_sync_button_parent_class)->dispose (object);
}

static void
ent_sync_button_class_init (EntSyncButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_sync_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
ent_sync_button_init (EntSyncButton *self)
{
  self->stack = gtk_stack_new ();
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));

  self->button = gtk_button_new_from_icon_name ("view-refresh-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.sync");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Synchronise"), -1);
  gtk_stack_add_child (GTK_STACK (self->stack), self->button);

  self->spinner = gtk_spinner_new ();
  self->popover = gtk_popover_new ();
  gtk_widget_set_size_request (self->popover, 320, -1);
  gtk_widget_add_css_class (self->popover, "sync-popover");
  self->running = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->running), self->spinner);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->running), self->popover);
  gtk_widget_set_tooltip_text (self->running, _ ("Synchronising: show the progress"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->running), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress of the synchronisation"), -1);
  gtk_stack_add_child (GTK_STACK (self->stack), self->running);
}

void
ent_sync_button_set_engine (EntSyncButton *self, EntEngine *engine)
{
  self->engine = g_object_ref (engine);
  self->zone = ent_zone_new_default (ent_words_get_locale ());
  gtk_popover_set_child (GTK_POPOVER (self->popover), ent_sync_view_new (engine));
  g_signal_connect_object (engine, "notify::syncing", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "sources-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
