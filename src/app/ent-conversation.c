/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few dozen bubbles at most, so plain widgets will do. Main thread. */
#include "config.h"

#include "ent-conversation.h"

#include "ent-text.h"
#include "ent-words-date.h"
#include "ent-words-name.h"

#include <glib/gi18n-lib.h>

#define MAX_CHARS 400

struct _EntConversation
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (EntConversation, ent_conversation, GTK_TYPE_BOX)

static void
clear (EntConversation *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
}

static void
say (EntConversation *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (self), label);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* "19 Nov 14:03:12 · ● Delivered" */
static char *
foot_of (const EntMessage *message, EntMessageText *text, const EntZone *zone)
{
  EntStatus status = ent_message_text_status (text, message);
  g_autofree char *when = ent_words_date_time (ent_message_get_time (message, NULL), zone);

  return g_strdup_printf ("%s · %s %s", when, ent_status_mark (status), ent_words_status (status));
}

static GtkWidget *
new_bubble (const EntMessage *message, gboolean current, EntMessageText *text, const EntZone *zone)
{
  gboolean theirs = ent_message_get_direction (message) == ENT_DIRECTION_MO;
  const char *content = ent_message_get_text (message, ENT_FIELD_CONTENT);
  g_autofree char *said = ent_text_for_display (
      content != NULL ? content : ent_words_content_type (ent_message_get_content_type (message)),
      MAX_CHARS);
  g_autofree char *foot = foot_of (message, text, zone);
  GtkWidget *bubble = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (bubble), new_label (said, NULL));
  gtk_box_append (GTK_BOX (bubble), new_label (foot, "caption"));
  gtk_widget_add_css_class (bubble, "bubble");
  gtk_widget_add_css_class (bubble, theirs ? "theirs" : "ours");
  if (current)
    gtk_widget_add_css_class (bubble, "current");
  gtk_widget_set_halign (bubble, theirs ? GTK_ALIGN_START : GTK_ALIGN_END);
  return bubble;
}

void
ent_conversation_set_messages (EntConversation *self,
                               GPtrArray *messages,
                               const EntMessage *current,
                               EntMessageText *text,
                               const EntZone *zone)
{
  guint others = 0;

  g_return_if_fail (ENT_IS_CONVERSATION (self));

  clear (self);
  for (guint i = 0; i < messages->len; i++)
    {
      const EntMessage *message = g_ptr_array_index (messages, i);
      gboolean is_current = message->id == current->id;

      others += is_current ? 0 : 1;
      gtk_box_append (GTK_BOX (self), new_bubble (message, is_current, text, zone));
    }
  if (others > 0)
    return;
  clear (self);
  say (self, _ ("No other message with this number was synchronised."));
}

void
ent_conversation_set_failed (EntConversation *self)
{
  g_return_if_fail (ENT_IS_CONVERSATION (self));

  clear (self);
  say (self, _ ("The other messages could not be read."));
}

static void
ent_conversation_class_init (EntConversationClass *klass)
{
}

static void
ent_conversation_init (EntConversation *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
ent_conversation_new (void)
{
  return g_object_new (ENT_TYPE_CONVERSATION, NULL);
}
