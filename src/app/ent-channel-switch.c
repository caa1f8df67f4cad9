/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One toggle a channel, and one for all. Which channels exist is asked of the store each time
 * its data changes, at most one question at a time. Main thread. */
#include "config.h"

#include "ent-channel-switch.h"

#include "ent-words.h"

#include <glib/gi18n.h>

#define ALL ENT_N_CHANNELS

struct _EntChannelSwitch
{
  GtkWidget parent_instance;

  GtkWidget *toggles[ENT_N_CHANNELS + 1];
  EntSession *session;
  GCancellable *cancellable;
  gint64 asked_version;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (EntChannelSwitch, ent_channel_switch, GTK_TYPE_WIDGET)

/* The two that are always there, also without data: an empty state explains. */
static gboolean
is_permanent (guint index)
{
  return index == ALL || index == ENT_CHANNEL_WHATSAPP || index == ENT_CHANNEL_SMS;
}

static void
update (EntChannelSwitch *self)
{
  int channel = ent_session_get_channel (self->session);

  self->updating = TRUE;
  for (guint i = 0; i <= ALL; i++)
    {
      gboolean active = i == ALL ? channel == ENT_SESSION_ALL_CHANNELS : channel == (int) i;

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggles[i]), active);
      if (active)
        gtk_widget_set_visible (self->toggles[i], TRUE);
    }
  self->updating = FALSE;
}

static void
values_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntChannelSwitch) self = data;
  g_autoptr (GArray) values = ent_store_values_finish (ENT_STORE (source), result, NULL);

  g_clear_object (&self->cancellable);
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const EntValueCount *entry = &g_array_index (values, EntValueCount, i);
      EntChannel channel;

      if (entry->count > 0 && ent_channel_from_key (entry->value, &channel))
        gtk_widget_set_visible (self->toggles[channel], TRUE);
    }
}

static void
look_for_channels (EntChannelSwitch *self)
{
  EntStore *store = ent_session_get_store (self->session);
  g_autoptr (EntQuery) query = NULL;

  if (store == NULL || self->cancellable != NULL ||
      ent_store_get_data_version (store) == self->asked_version)
    return;
  self->asked_version = ent_store_get_data_version (store);
  self->cancellable = g_cancellable_new ();
  query = ent_session_dup_query (self->session, ENT_VIEW_CONSOLIDATED);
  ent_store_values_async (store, query, ENT_FILTER_CHANNEL, self->cancellable, values_cb,
                          g_object_ref (self));
}

static void
toggled_cb (GtkToggleButton *button, EntChannelSwitch *self)
{
  if (self->updating || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i <= ALL; i++)
    if (self->toggles[i] == GTK_WIDGET (button))
      ent_session_set_channel (self->session, i == ALL ? ENT_SESSION_ALL_CHANNELS : (int) i);
}

static void
ent_channel_switch_dispose (GObject *object)
{
  EntChannelSwitch *self = ENT_CHANNEL_SWITCH (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  for (guint i = 0; i <= ALL; i++)
    g_clear_pointer (&self->toggles[i], gtk_widget_unparent);
  G_OBJECT_CLASS (ent_channel_switch_parent_class)->dispose (object);
}

static void
ent_channel_switch_class_init (EntChannelSwitchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_channel_switch_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ent_channel_switch_init (EntChannelSwitch *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  gtk_widget_add_css_class (GTK_WIDGET (self), "channel-switch");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Channel"), -1);
  for (guint i = 0; i <= ALL; i++)
    {
      const char *label = i == ALL ? C_ ("channels", "All") : ent_words_channel ((EntChannel) i);
      GtkWidget *toggle = gtk_toggle_button_new_with_label (label);

      self->toggles[i] = toggle;
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (toggle),
                                     GTK_TOGGLE_BUTTON (self->toggles[0]));
      gtk_widget_set_visible (toggle, is_permanent (i));
      gtk_widget_set_parent (toggle, GTK_WIDGET (self));
      g_signal_connect (toggle, "toggled", G_CALLBACK (toggled_cb), self);
    }
}

void
ent_channel_switch_set_session (EntChannelSwitch *self, EntSession *session)
{
  g_set_object (&self->session, session);
  g_signal_connect_object (session, "report-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "overview-changed", G_CALLBACK (look_for_channels), self,
                           G_CONNECT_SWAPPED);
  update (self);
  look_for_channels (self);
}
