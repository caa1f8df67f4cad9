/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts list, status line and message pane together; AdwFlap folds the pane over the list where
 * both do not fit. Main thread. */
#include "config.h"

#include "ent-detailed-page.h"

#include "ent-column-chooser.h"
#include "ent-message-pane.h"
#include "ent-message-table.h"
#include "ent-state-view.h"
#include "ent-words-number.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _EntDetailedPage
{
  GtkWidget parent_instance;

  EntSession *session;
  GtkWidget *flap;
  GtkWidget *table;
  GtkWidget *pane;
  GtkWidget *count;
  GtkWidget *failure;
};

G_DEFINE_FINAL_TYPE (EntDetailedPage, ent_detailed_page, GTK_TYPE_WIDGET)

static void
update_status (EntDetailedPage *self)
{
  EntMessageTable *table = ENT_MESSAGE_TABLE (self->table);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (ent_message_table_get_list (table)));
  guint selected = ent_message_table_get_n_selected (table);
  g_autofree char *messages = ent_words_messages (n);
  g_autofree char *chosen = ent_words_count (selected);
  g_autofree char *text = NULL;

  if (selected > 1)
    /* Translators: "12,480 messages · 3 selected" */
    text = g_strdup_printf (_ ("%s · %s selected"), messages, chosen);
  else
    text = g_steal_pointer (&messages);
  gtk_label_set_text (GTK_LABEL (self->count), text);
}

static void
show_message (EntDetailedPage *self)
{
  g_autoptr (EntMessageRow) row =
      ent_message_table_dup_selected_row (ENT_MESSAGE_TABLE (self->table));

  ent_message_pane_set_row (ENT_MESSAGE_PANE (self->pane), row,
                            ent_session_get_report (self->session)->zone);
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), row != NULL);
}

static void
selected_cb (EntDetailedPage *self)
{
  update_status (self);
  show_message (self);
}

static void
closed_cb (EntDetailedPage *self)
{
  ent_message_table_unselect (ENT_MESSAGE_TABLE (self->table));
  gtk_widget_grab_focus (self->table);
}

static void
error_cb (EntDetailedPage *self)
{
  EntMessageList *list = ent_message_table_get_list (ENT_MESSAGE_TABLE (self->table));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->failure),
                                 ent_message_list_get_error (list) != NULL);
}

static void
retry_cb (EntDetailedPage *self)
{
  ent_message_list_retry (ent_message_table_get_list (ENT_MESSAGE_TABLE (self->table)));
}

static GtkWidget *
new_failure (EntDetailedPage *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ ("Some rows could not be read."));
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Try again"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_revealer_set_child (GTK_REVEALER (revealer), box);
  return revealer;
}

static GtkWidget *
new_status_line (EntDetailedPage *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->count = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->count), 0);
  gtk_widget_set_hexpand (self->count, TRUE);
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_widget_add_css_class (self->count, "dim-label");
  gtk_widget_add_css_class (line, "status-line");
  gtk_box_append (GTK_BOX (line), self->count);
  gtk_box_append (GTK_BOX (line), ent_column_chooser_new_for_session (self->session));
  return line;
}

static GtkWidget *
new_list_side (EntDetailedPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *states = ent_state_view_new (self->session, ENT_VIEW_DETAILED, self->table);

  self->failure = new_failure (self);
  gtk_box_append (GTK_BOX (box), self->failure);
  gtk_widget_set_vexpand (states, TRUE);
  gtk_box_append (GTK_BOX (box), states);
  gtk_box_append (GTK_BOX (box), new_status_line (self));
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static void
ent_detailed_page_dispose (GObject *object)
{
  EntDetailedPage *self = ENT_DETAILED_PAGE (object);

  /* The pane and the cells speak through the table's text. */
  if (self->pane != NULL)
    ent_message_pane_set_row (ENT_MESSAGE_PANE (self->pane), NULL,
                              ent_session_get_report (self->session)->zone);
  self->pane = NULL;
  g_clear_pointer (&self->flap, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ent_detailed_page_parent_class)->dispose (object);
}

static void
ent_detailed_page_class_init (EntDetailedPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_detailed_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
ent_detailed_page_init (EntDetailedPage *self)
{
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

static void
build (EntDetailedPage *self)
{
  EntMessageTable *table;

  self->table = ent_message_table_new (self->session);
  table = ENT_MESSAGE_TABLE (self->table);
  self->pane = ent_message_pane_new (ent_session_get_store (self->session),
                                     ent_message_table_get_text (table));
  self->flap = adw_flap_new ();
  adw_flap_set_flap_position (ADW_FLAP (self->flap), GTK_PACK_END);
  adw_flap_set_content (ADW_FLAP (self->flap), new_list_side (self));
  adw_flap_set_flap (ADW_FLAP (self->flap), self->pane);
  adw_flap_set_separator (ADW_FLAP (self->flap), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), FALSE);
  adw_flap_set_swipe_to_open (ADW_FLAP (self->flap), FALSE);
  gtk_widget_set_parent (self->flap, GTK_WIDGET (self));
}

GtkWidget *
ent_detailed_page_new (EntSession *session)
{
  EntDetailedPage *self = g_object_new (ENT_TYPE_DETAILED_PAGE, NULL);
  EntMessageList *list;

  self->session = g_object_ref (session);
  build (self);
  list = ent_message_table_get_list (ENT_MESSAGE_TABLE (self->table));
  g_signal_connect_object (self->table, "selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pane, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (update_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::error", G_CALLBACK (error_cb), self, G_CONNECT_SWAPPED);
  update_status (self);
  return GTK_WIDGET (self);
}
