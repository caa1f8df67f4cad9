/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removing names what is lost before it asks; everything else is done at once. Main thread. */
#include "config.h"

#include "ent-source-row.h"

#include "ent-source-dialog.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>

struct _EntSourceRow
{
  AdwExpanderRow parent_instance;

  GtkWidget *dot;
  GtkWidget *state;
  GtkWidget *error_row;
  GtkWidget *pause;
  GtkWidget *test_row;
  GtkWidget *edit_row;
  EntEngine *engine;
  EntSourceRecord *record;
  EntZone *zone;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (EntSourceRow, ent_source_row, ADW_TYPE_EXPANDER_ROW)

static void
tell (EntSourceRow *self, const char *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
tell_error (EntSourceRow *self, const GError *error)
{
  g_autofree char *line = ent_words_error_line (error);

  tell (self, line);
}

/* ---- State in words ---- */

static void
update_state (EntSourceRow *self)
{
  static const char *const states[] = { "ok", "busy", "trouble", "failed" };
  const EntSourceRecord *record = self->record;
  const char *state = record->last_error != NULL ? "failed"
                      : record->paused           ? "trouble"
                      : record->last_success > 0 ? "ok"
                                                 : "trouble";
  g_autofree char *until =
      ent_words_synchronised (record->last_success, self->zone, ent_clock_now ());
  g_autofree char *text =
      record->paused ? g_strdup_printf (_ ("Paused. %s"), until) : g_strdup (until);
  g_autofree char *subtitle =
      g_strdup_printf ("%s · %s", ent_words_source_kind (record->kind), text);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_widget_remove_css_class (self->dot, states[i]);
  gtk_widget_add_css_class (self->dot, state);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), record->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}

static void
update_error (EntSourceRow *self)
{
  g_autoptr (EntWordsError) words = NULL;

  gtk_widget_set_visible (self->error_row, self->record->last_error != NULL);
  if (self->record->last_error == NULL)
    return;
  words = ent_words_error_new_from_text (self->record->last_error);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->error_row), words->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->error_row),
                               words->body != NULL ? words->body : "");
}

/* ---- Actions ---- */

static void
sync_cb (EntSourceRow *self)
{
  ent_engine_synchronise (self->engine, self->record->name);
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntSourceRow) self = data;
  g_autoptr (GError) error = NULL;

  if (ent_engine_test_source_finish (ENT_ENGINE (source), result, &error))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->test_row),
                                 _ ("Address and credentials are right."));
  else
    {
      g_autofree char *line = ent_words_error_line (error);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->test_row), line);
    }
}

static void
test_cb (EntSourceRow *self)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->test_row), _ ("Asking the provider…"));
  ent_engine_test_record_async (self->engine, self->record, tested_cb, g_object_ref (self));
}

static void
edit_cb (EntSourceRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  ent_source_dialog_present (GTK_WINDOW (root), self->engine, self->record);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntSourceRow) self = data;
  g_autoptr (GError) error = NULL;

  if (!ent_engine_save_source_finish (ENT_ENGINE (source), result, NULL, &error))
    tell_error (self, error);
}

static void
pause_cb (EntSourceRow *self)
{
  g_autoptr (EntSourceRecord) record = NULL;

  if (self->updating)
    return;
  record = ent_engine_copy_source (self->record);
  record->paused = !gtk_switch_get_active (GTK_SWITCH (self->pause));
  ent_engine_save_source_async (self->engine, record, NULL, saved_cb, g_object_ref (self));
}

/* ---- Removing ---- */

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkWidget *window = data;
  g_autoptr (GError) error = NULL;
  gint64 erased = ent_engine_remove_source_finish (ENT_ENGINE (source), result, &error);
  g_autofree char *text = NULL, *count = NULL;

  if (erased < 0)
    text = ent_words_error_line (error);
  else if (erased > 0)
    {
      count = ent_words_messages (erased);
      /* Translators: "Source removed, 12,480 messages erased" */
      text = g_strdup_printf (_ ("Source removed, %s erased"), count);
    }
  else
    text = g_strdup (_ ("Source removed, its messages stay"));
  gtk_widget_activate_action (window, "win.toast", "s", text);
  g_object_unref (window);
}

static void
remove_response_cb (AdwMessageDialog *dialog, const char *response, EntSourceRow *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (dialog)));

  if (g_str_equal (response, "cancel"))
    return;
  ent_engine_remove_source_async (self->engine, self->record->key, g_str_equal (response, "erase"),
                                  removed_cb, g_object_ref (window));
}

static void
remove_cb (EntSourceRow *self)
{
  GtkWidget *dialog;
  g_autofree char *title = g_strdup_printf (_ ("Remove “%s”?"), self->record->name);

  dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), title,
      _ ("Its credentials are deleted from the keyring and it is not synchronised any more. Its "
         "messages can stay for your reports, or be erased: what the provider no longer keeps is "
         "then lost for good."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "keep",
                                    _ ("_Keep messages"), "erase", _ ("_Erase messages"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "erase",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- Parts ---- */

static GtkWidget *
add_row (EntSourceRow *self,
         const char *title,
         const char *subtitle,
         const char *label,
         GCallback callback)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (label != NULL)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (label);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                      -1);
      g_signal_connect_swapped (button, "clicked", callback, self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
    }
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return row;
}

static void
add_pause (EntSourceRow *self)
{
  GtkWidget *row = add_row (self, _ ("Synchronise this source"),
                            _ ("While paused, its messages stay in your reports."), NULL, NULL);

  self->pause = gtk_switch_new ();
  gtk_widget_set_valign (self->pause, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->pause);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->pause);
  g_signal_connect_swapped (self->pause, "notify::active", G_CALLBACK (pause_cb), self);
}

static void
build (EntSourceRow *self)
{
  GtkWidget *row;

  self->error_row = add_row (self, "", "", NULL, NULL);
  gtk_widget_add_css_class (self->error_row, "error");
  add_row (self, _ ("Synchronise now"), NULL, _ ("_Synchronise"), G_CALLBACK (sync_cb));
  add_pause (self);
  self->test_row =
      add_row (self, _ ("Test the connection"), NULL, _ ("_Test"), G_CALLBACK (test_cb));
  self->edit_row =
      add_row (self, _ ("Name, credentials and options"), NULL, _ ("_Edit…"), G_CALLBACK (edit_cb));
  row = add_row (self, _ ("Remove this source"), NULL, _ ("_Remove…"), G_CALLBACK (remove_cb));
  gtk_widget_add_css_class (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)),
                            "destructive-action");
}

/* ---- GObject ---- */

static void
ent_source_row_dispose (GObject *object)
{
  EntSourceRow *self = ENT_SOURCE_ROW (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->record, ent_source_record_unref);
  g_clear_pointer (&self->zone, ent_zone_unref);
  G_OBJECT_CLASS (ent_source_row_parent_class)->dispose (object);
}

static void
ent_source_row_class_init (EntSourceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_source_row_dispose;
}

static void
ent_source_row_init (EntSourceRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->dot, "state-dot");
  gtk_widget_set_valign (self->dot, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (self->dot, 6);
  gtk_widget_set_margin_end (self->dot, 6);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), self->dot);
  self->zone = ent_zone_new_default (ent_words_get_locale ());
  build (self);
}

GtkWidget *
ent_source_row_new (EntEngine *engine, const EntSourceRecord *record)
{
  EntSourceRow *self = g_object_new (ENT_TYPE_SOURCE_ROW, NULL);

  self->engine = g_object_ref (engine);
  ent_source_row_update (self, record);
  return GTK_WIDGET (self);
}

const char *
ent_source_row_get_key (EntSourceRow *self)
{
  return self->record->key;
}

void
ent_source_row_update (EntSourceRow *self, const EntSourceRecord *record)
{
  EntSourceRecord *copy = ent_engine_copy_source (record);

  g_clear_pointer (&self->record, ent_source_record_unref);
  self->record = copy;
  self->updating = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->pause), !record->paused);
  self->updating = FALSE;
  /* The sample data is started anew each time; there is nothing to type. */
  gtk_widget_set_visible (self->edit_row, !record->sample);
  update_state (self);
  update_error (self);
}
