/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rebuilt for each message; the conversation arrives later from the page reader, and only if the
 * same message is still shown. Main thread. */
#include "config.h"

#include "ent-message-pane.h"

#include "ent-conversation.h"
#include "ent-life-line.h"
#include "ent-text.h"
#include "ent-words-message.h"
#include "ent-words-name.h"

#include <glib/gi18n-lib.h>

#define CONVERSATION_LIMIT 50
#define SPACING 12

struct _EntMessagePane
{
  GtkWidget parent_instance;

  EntStore *store;
  EntMessageText *text;
  EntMessageRow *row;
  EntZone *zone;
  GtkWidget *body;
  GtkWidget *root;
  GtkWidget *conversation;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (EntMessagePane, ent_message_pane, GTK_TYPE_WIDGET)

static guint closed_signal;

static const EntColumn detail_columns[] = {
  ENT_COLUMN_PHONE,      ENT_COLUMN_CONTACT_NAME, ENT_COLUMN_CHANNEL,
  ENT_COLUMN_DIRECTION,  ENT_COLUMN_CONTENT_TYPE, ENT_COLUMN_CAMPAIGN,
  ENT_COLUMN_SUBACCOUNT, ENT_COLUMN_USER,         ENT_COLUMN_ORIGIN,
  ENT_COLUMN_CARRIER,    ENT_COLUMN_PARTS,        ENT_COLUMN_CORRELATION_ID,
  ENT_COLUMN_EXTRA_INFO, ENT_COLUMN_SOURCE,       ENT_COLUMN_MESSAGE_ID,
};

static GtkWidget *
new_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
append_heading (EntMessagePane *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, 6);
  gtk_box_append (GTK_BOX (self->body), label);
}

static void
append_status (EntMessagePane *self, const EntMessage *message)
{
  EntStatus status = ent_message_text_status (self->text, message);
  g_autofree char *diagnosis = ent_words_diagnosis (message, ent_clock_now ());
  g_autofree char *raw = ent_words_raw_reason (message);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *mark = gtk_label_new (ent_status_mark (status));
  GtkWidget *name = new_text (ent_words_status (status), "title-3");

  gtk_widget_add_css_class (mark, "status-mark");
  gtk_widget_add_css_class (mark, ent_status_css_class (status));
  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (self->body), line);
  gtk_box_append (GTK_BOX (self->body), new_text (diagnosis, NULL));
  if (raw != NULL)
    gtk_box_append (GTK_BOX (self->body), new_text (raw, "dim-label"));
}

static void
append_content (EntMessagePane *self, const EntMessage *message)
{
  const char *content = ent_message_get_text (message, ENT_FIELD_CONTENT);
  g_autofree char *readable = content != NULL ? ent_text_for_reading (content) : NULL;
  GtkWidget *label =
      new_text (readable != NULL ? readable : _ ("This source does not provide the content."),
                "message-content");

  if (readable == NULL)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "card");
  gtk_box_append (GTK_BOX (self->body), label);
}

static void
append_details (EntMessagePane *self, const EntMessage *message)
{
  GtkWidget *grid = gtk_grid_new ();
  int line = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < G_N_ELEMENTS (detail_columns); i++)
    {
      g_autofree char *value = ent_message_text_get (self->text, message, detail_columns[i]);
      GtkWidget *name, *label;

      if (*value == '\0')
        continue;
      name = gtk_label_new (ent_words_column (detail_columns[i]));
      gtk_label_set_xalign (GTK_LABEL (name), 0);
      gtk_label_set_yalign (GTK_LABEL (name), 0);
      gtk_widget_add_css_class (name, "dim-label");
      label = new_text (value, "numeric");
      gtk_widget_set_hexpand (label, TRUE);
      gtk_grid_attach (GTK_GRID (grid), name, 0, line, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), label, 1, line++, 1, 1);
    }
  gtk_box_append (GTK_BOX (self->body), grid);
}

/* --- the conversation --------------------------------------------------------------------- */

static void
conversation_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EntMessagePane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages =
      ent_store_conversation_finish (ENT_STORE (source), result, &error);
  EntMessage *message;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->row == NULL)
    return;
  message = ent_message_row_get_message (self->row);
  if (messages == NULL || message == NULL)
    {
      ent_conversation_set_failed (ENT_CONVERSATION (self->conversation));
      return;
    }
  ent_conversation_set_messages (ENT_CONVERSATION (self->conversation), messages, message,
                                 self->text, self->zone);
}

static void
ask_conversation (EntMessagePane *self, EntMessage *message)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  ent_store_conversation_async (self->store, message, CONVERSATION_LIMIT, self->cancellable,
                                conversation_cb, g_object_ref (self));
}

/* --- the whole ------------------------------------------------------------------------------ */

static void
clear_body (EntMessagePane *self)
{
  GtkWidget *child;

  self->conversation = NULL;
  while ((child = gtk_widget_get_first_child (self->body)) != NULL)
    gtk_box_remove (GTK_BOX (self->body), child);
}

static void
rebuild (EntMessagePane *self)
{
  EntMessage *message = self->row != NULL ? ent_message_row_get_message (self->row) : NULL;

  clear_body (self);
  if (message == NULL)
    return;
  append_status (self, message);
  append_content (self, message);
  append_heading (self, _ ("Life"));
  gtk_box_append (GTK_BOX (self->body), ent_life_line_new (message, self->zone));
  append_heading (self, _ ("Details"));
  append_details (self, message);
  append_heading (self, _ ("With the same number"));
  self->conversation = ent_conversation_new ();
  gtk_box_append (GTK_BOX (self->body), self->conversation);
  ask_conversation (self, message);
}

void
ent_message_pane_set_row (EntMessagePane *self, EntMessageRow *row, const EntZone *zone)
{
  g_return_if_fail (ENT_IS_MESSAGE_PANE (self));

  if (self->row != NULL)
    g_signal_handlers_disconnect_by_func (self->row, rebuild, self);
  g_set_object (&self->row, row);
  g_clear_pointer (&self->zone, ent_zone_unref);
  self->zone = ent_zone_ref ((EntZone *) zone);
  if (row != NULL)
    g_signal_connect_swapped (row, "changed", G_CALLBACK (rebuild), self);
  rebuild (self);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, closed_signal, 0);
}

static GtkWidget *
new_head (void)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_ ("Message"));
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, _ ("Close"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Close"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "message-pane.close");
  gtk_widget_add_css_class (head, "message-pane-head");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), button);
  return head;
}

static void
ent_message_pane_dispose (GObject *object)
{
  EntMessagePane *self = ENT_MESSAGE_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_func (self->row, rebuild, self);
  g_clear_object (&self->row);
  g_clear_pointer (&self->zone, ent_zone_unref);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (ent_message_pane_parent_class)->dispose (object);
}

static void
ent_message_pane_class_init (EntMessagePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_message_pane_dispose;
  closed_signal = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "messagepane");
  gtk_widget_class_install_action (widget_class, "message-pane.close", NULL, close_action);
}

static void
ent_message_pane_init (EntMessagePane *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_add_css_class (self->body, "message-pane-body");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->body);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->root), new_head ());
  gtk_box_append (GTK_BOX (self->root), scrolled);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, -1);
}

GtkWidget *
ent_message_pane_new (EntStore *store, EntMessageText *text)
{
  EntMessagePane *self = g_object_new (ENT_TYPE_MESSAGE_PANE, NULL);

  self->store = g_object_ref (store);
  self->text = text;
  return GTK_WIDGET (self);
}
