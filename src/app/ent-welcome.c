/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page has no state of its own but "starting"; the rest is the engine's. Main thread. */
#include "config.h"

#include "ent-welcome.h"

#include "ent-sync-view.h"

struct _EntWelcome
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkImage *logo;
  GtkStack *stack;
  GtkWidget *choices;
  GtkBox *progress;
  GtkWidget *starting;

  GtkWidget *sync_view;
  EntEngine *engine;
  gboolean is_starting;
};

G_DEFINE_FINAL_TYPE (EntWelcome, ent_welcome, GTK_TYPE_WIDGET)

static void
update (EntWelcome *self)
{
  gboolean syncing = self->engine != NULL && ent_engine_is_syncing (self->engine);

  gtk_widget_set_visible (self->starting, !syncing);
  if (self->sync_view != NULL)
    gtk_widget_set_visible (self->sync_view, syncing);
  gtk_stack_set_visible_child_name (self->stack,
                                    syncing || self->is_starting ? "progress" : "choices");
}

static void
ent_welcome_dispose (GObject *object)
{
  EntWelcome *self = ENT_WELCOME (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_welcome_parent_class)->dispose (object);
}

static void
ent_welcome_class_init (EntWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_welcome_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/entrega/Entrega/ent-welcome.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, EntWelcome, scroller);
  gtk_widget_class_bind_template_child (widget_class, EntWelcome, logo);
  gtk_widget_class_bind_template_child (widget_class, EntWelcome, stack);
  gtk_widget_class_bind_template_child (widget_class, EntWelcome, choices);
  gtk_widget_class_bind_template_child (widget_class, EntWelcome, progress);
  gtk_widget_class_bind_template_child (widget_class, EntWelcome, starting);
}

static void
ent_welcome_init (EntWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_image_set_from_icon_name (self->logo, "org.entrega.Entrega");
}

void
ent_welcome_set_engine (EntWelcome *self, EntEngine *engine)
{
  self->engine = g_object_ref (engine);
  self->sync_view = ent_sync_view_new (engine);
  gtk_box_append (self->progress, self->sync_view);
  g_signal_connect_object (engine, "notify::syncing", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
ent_welcome_set_starting (EntWelcome *self, gboolean starting)
{
  self->is_starting = starting;
  update (self);
}
