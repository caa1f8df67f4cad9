/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An AdwMessageDialog with an entry; its verb is enabled while the name can be used. Main
 * thread; the dialog owns what it was given. */
#include "config.h"

#include "ent-name-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  GtkEditable *entry;
  char *own; /* the name as it was: it may stay */
  GStrv taken;
  EntNameDialogFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_free (asking->own);
  g_strfreev (asking->taken);
  if (asking->destroy != NULL)
    asking->destroy (asking->user_data);
  g_free (asking);
}

static void
changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  gboolean taken = asking->taken != NULL && g_strcmp0 (name, asking->own) != 0 &&
                   g_strv_contains ((const char *const *) asking->taken, name);

  adw_message_dialog_set_response_enabled (dialog, "ok", name[0] != '\0' && !taken);
  if (taken)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (entry), taken ? _ ("This name is taken.") : NULL);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (asking->entry)));

  if (g_str_equal (response, "ok") && name[0] != '\0')
    asking->func (name, asking->user_data);
}

void
ent_name_dialog_present (GtkWindow *parent,
                         const char *title,
                         const char *body,
                         const char *button,
                         const char *name,
                         const char *const *taken,
                         EntNameDialogFunc func,
                         gpointer user_data,
                         GDestroyNotify destroy)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, title, body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  GtkWidget *entry = gtk_entry_new ();
  Asking *asking = g_new0 (Asking, 1);

  asking->entry = GTK_EDITABLE (entry);
  asking->own = g_strdup (name);
  asking->taken = g_strdupv ((char **) taken);
  asking->func = func;
  asking->user_data = user_data;
  asking->destroy = destroy;
  g_object_set_data_full (G_OBJECT (dialog), "asking", asking, asking_free);

  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "ok", button, NULL);
  adw_message_dialog_set_response_appearance (message, "ok", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "ok");
  adw_message_dialog_set_close_response (message, "cancel");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 120);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"),
                                  -1);
  adw_message_dialog_set_extra_child (message, entry);
  g_signal_connect (entry, "changed", G_CALLBACK (changed_cb), dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), name != NULL ? name : "");
  changed_cb (GTK_EDITABLE (entry), message);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}
