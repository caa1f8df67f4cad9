/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows come from the kind's own description of its fields. What is typed leaves the
 * dialog only as a JSON object handed to the engine. Main thread. */
#include "config.h"

#include "ent-source-dialog.h"

#include "ent-source.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>

struct _EntSourceDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkButton *save;
  AdwComboRow *kind;
  AdwEntryRow *name;
  GtkLabel *kind_help;
  AdwPreferencesGroup *credentials;
  AdwPreferencesGroup *options;
  AdwActionRow *test_row;
  GtkSpinner *spinner;
  GtkWidget *test;

  GPtrArray *credential_rows; /* AdwEntryRow; its field is object data */
  GPtrArray *option_rows;
  EntEngine *engine;
  EntSourceRecord *record; /* being edited; NULL for a new one */
  GCancellable *cancellable;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (EntSourceDialog, ent_source_dialog, ADW_TYPE_WINDOW)

static const EntSourceClass *
chosen_class (EntSourceDialog *self)
{
  return ent_source_classes ()[adw_combo_row_get_selected (self->kind)];
}

static const EntSourceField *
row_field (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "field");
}

/* ---- Rows ---- */

static GtkWidget *
row_new (const EntSourceField *field)
{
  GtkWidget *row = field->secret ? adw_password_entry_row_new () : adw_entry_row_new ();
  const char *label = ent_words_source_field (field->key);
  g_autofree char *title = NULL;

  if (field->example != NULL)
    /* Translators: a field and an example of what to type: "Region (eu)" */
    title = g_strdup_printf (_ ("%s (for example %s)"), label, field->example);
  else
    title = g_strdup (label);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_object_set_data (G_OBJECT (row), "field", (gpointer) field);
  return row;
}

static void
remove_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static void changed_cb (EntSourceDialog *self);

static void
add_rows (EntSourceDialog *self,
          AdwPreferencesGroup *group,
          GPtrArray *rows,
          const EntSourceField *fields)
{
  remove_rows (group, rows);
  for (; fields != NULL && fields->key != NULL; fields++)
    {
      GtkWidget *row = row_new (fields);

      g_ptr_array_add (rows, row);
      adw_preferences_group_add (group, row);
      g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_set_visible (GTK_WIDGET (group), rows->len > 0);
}

static void
fill_options (EntSourceDialog *self)
{
  g_autoptr (JsonNode) node = json_from_string (self->record->options, NULL);
  JsonObject *options;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  options = json_node_get_object (node);
  for (guint i = 0; i < self->option_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->option_rows, i);
      const char *key = row_field (row)->key;
      JsonNode *member = json_object_get_member (options, key);

      if (member != NULL && JSON_NODE_HOLDS_VALUE (member) &&
          json_node_get_value_type (member) == G_TYPE_STRING)
        gtk_editable_set_text (GTK_EDITABLE (row), json_node_get_string (member));
    }
}

/* ---- What was typed ---- */

/* @onto: (nullable) members that the form does not show stay as they are. */
static JsonObject *
collect (GPtrArray *rows, JsonObject *onto)
{
  JsonObject *object = onto != NULL ? json_object_ref (onto) : json_object_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (rows, i);
      const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
      const char *key = row_field (row)->key;

      if (text[0] != '\0')
        json_object_set_string_member (object, key, text);
      else if (json_object_has_member (object, key))
        json_object_remove_member (object, key);
    }
  return object;
}

static JsonObject *
collect_options (EntSourceDialog *self)
{
  g_autoptr (JsonNode) node =
      self->record != NULL ? json_from_string (self->record->options, NULL) : NULL;

  return collect (self->option_rows, node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                                         ? json_node_get_object (node)
                                         : NULL);
}

static gboolean
has_credentials (EntSourceDialog *self)
{
  for (guint i = 0; i < self->credential_rows->len; i++)
    if (gtk_editable_get_text (GTK_EDITABLE (g_ptr_array_index (self->credential_rows, i)))[0] !=
        '\0')
      return TRUE;
  return FALSE;
}

static gboolean
is_complete (EntSourceDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  gboolean typed = has_credentials (self);

  if (name[0] == '\0')
    return FALSE;
  for (guint i = 0; i < self->credential_rows->len + self->option_rows->len; i++)
    {
      gboolean credential = i < self->credential_rows->len;
      GtkWidget *row = credential
                           ? g_ptr_array_index (self->credential_rows, i)
                           : g_ptr_array_index (self->option_rows, i - self->credential_rows->len);

      /* A source that is there keeps its secret unless a new one is typed. */
      if (credential && self->record != NULL && !typed)
        continue;
      if (row_field (row)->required && gtk_editable_get_text (GTK_EDITABLE (row))[0] == '\0')
        return FALSE;
    }
  return TRUE;
}

/* ---- States ---- */

static void
update_buttons (EntSourceDialog *self)
{
  gboolean complete = is_complete (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->save), complete && !self->busy);
  gtk_widget_set_sensitive (self->test, complete && !self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
}

static void
set_result (EntSourceDialog *self, const char *text, const char *css_class)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->test_row), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->test_row), "error");
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->test_row), css_class);
  adw_action_row_set_subtitle (self->test_row, text);
}

static void
set_failure (EntSourceDialog *self, const GError *error)
{
  g_autofree char *line = ent_words_error_line (error);
  g_autofree char *safe = g_markup_escape_text (line, -1);

  set_result (self, safe, "error");
}

static void
changed_cb (EntSourceDialog *self)
{
  set_result (self, "", NULL);
  update_buttons (self);
}

static void
kind_changed_cb (EntSourceDialog *self)
{
  const EntSourceClass *klass;

  if (adw_combo_row_get_selected (self->kind) == GTK_INVALID_LIST_POSITION)
    return;
  klass = chosen_class (self);
  add_rows (self, self->credentials, self->credential_rows, klass->credentials);
  add_rows (self, self->options, self->option_rows, klass->options);
  gtk_label_set_label (self->kind_help, ent_words_source_kind_help (klass->kind));
  changed_cb (self);
}

/* ---- Test ---- */

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntSourceDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean passed = ent_engine_test_source_finish (ENT_ENGINE (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->busy = FALSE;
  if (passed)
    set_result (self, _ ("Address and credentials are right."), "success");
  else
    set_failure (self, error);
  update_buttons (self);
}

static void
test_cb (EntSourceDialog *self)
{
  self->busy = TRUE;
  set_result (self, _ ("Asking the provider…"), NULL);
  update_buttons (self);
  if (self->record != NULL && !has_credentials (self))
    {
      ent_engine_test_record_async (self->engine, self->record, tested_cb, g_object_ref (self));
      return;
    }
  {
    g_autoptr (JsonObject) options = collect_options (self);
    g_autoptr (JsonObject) credentials = collect (self->credential_rows, NULL);

    ent_engine_test_source_async (self->engine, chosen_class (self)->kind, options, credentials,
                                  self->cancellable, tested_cb, g_object_ref (self));
  }
}

/* ---- Save ---- */

static void
tell (EntSourceDialog *self, const char *text)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", text);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntSourceDialog) self = data;
  EntEngine *engine = ENT_ENGINE (source);
  g_autoptr (GError) error = NULL;
  gboolean in_keyring = TRUE;

  self->busy = FALSE;
  if (!ent_engine_save_source_finish (engine, result, &in_keyring, &error))
    {
      set_failure (self, error);
      update_buttons (self);
      return;
    }
  if (!in_keyring)
    tell (self, _ ("No keyring answered: the credentials are kept for this run only."));
  if (ent_engine_is_open (engine))
    ent_engine_synchronise (engine, self->record->name);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_cb (EntSourceDialog *self)
{
  g_autoptr (JsonObject) options = collect_options (self);
  g_autoptr (JsonObject) credentials =
      has_credentials (self) ? collect (self->credential_rows, NULL) : NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  if (self->record == NULL)
    {
      self->record = ent_source_record_new ();
      self->record->key = g_uuid_string_random ();
      self->record->created_at = ent_clock_now ();
    }
  g_free (self->record->kind);
  self->record->kind = g_strdup (chosen_class (self)->kind);
  g_free (self->record->name);
  self->record->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  json_node_set_object (node, options);
  g_free (self->record->options);
  self->record->options = json_to_string (node, FALSE);
  if (credentials != NULL)
    self->record->credentials = ENT_CREDENTIALS_KEYRING;
  else if (self->credential_rows->len == 0)
    self->record->credentials = ENT_CREDENTIALS_NONE;

  self->busy = TRUE;
  update_buttons (self);
  ent_engine_save_source_async (self->engine, self->record, credentials, saved_cb,
                                g_object_ref (self));
}

/* ---- GObject ---- */

static void
ent_source_dialog_dispose (GObject *object)
{
  EntSourceDialog *self = ENT_SOURCE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->record, ent_source_record_unref);
  G_OBJECT_CLASS (ent_source_dialog_parent_class)->dispose (object);
}

static void
ent_source_dialog_finalize (GObject *object)
{
  EntSourceDialog *self = ENT_SOURCE_DIALOG (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->credential_rows);
  g_ptr_array_unref (self->option_rows);
  G_OBJECT_CLASS (ent_source_dialog_parent_class)->finalize (object);
}

static void
ent_source_dialog_class_init (EntSourceDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ent_source_dialog_dispose;
  object_class->finalize = ent_source_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/entrega/Entrega/ent-source-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EntSourceDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, EntSourceDialog, save);
  gtk_widget_class_bind_template_child (widget_class, EntSourceDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, EntSourceDialog, name);
  gtk_widget_class_bind_template_child (widget_class, EntSourceDialog, kind_help);
  gtk_widget_class_bind_template_child (widget_class, EntSourceDialog, credentials);
  gtk_widget_class_bind_template_child (widget_class, EntSourceDialog, options);
  gtk_widget_class_bind_template_child (widget_class, EntSourceDialog, test_row);
  gtk_widget_class_bind_template_child (widget_class, EntSourceDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, EntSourceDialog, test);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
}

static void
ent_source_dialog_init (EntSourceDialog *self)
{
  self->credential_rows = g_ptr_array_new ();
  self->option_rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_kinds (EntSourceDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const EntSourceClass *const *classes = ent_source_classes ();
  guint selected = 0;

  for (guint i = 0; classes[i] != NULL; i++)
    {
      gtk_string_list_append (names, ent_words_source_kind (classes[i]->kind));
      if (self->record != NULL && g_strcmp0 (classes[i]->kind, self->record->kind) == 0)
        selected = i;
    }
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->kind, selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), self->record == NULL);
  kind_changed_cb (self);
}

void
ent_source_dialog_present (GtkWindow *parent, EntEngine *engine, const EntSourceRecord *record)
{
  EntSourceDialog *self = g_object_new (ENT_TYPE_SOURCE_DIALOG, "transient-for", parent, NULL);

  self->engine = g_object_ref (engine);
  self->record = record != NULL ? ent_engine_copy_source (record) : NULL;
  gtk_window_set_title (GTK_WINDOW (self), record != NULL ? _ ("Edit source") : _ ("Add a source"));
  adw_window_title_set_title (self->window_title, gtk_window_get_title (GTK_WINDOW (self)));
  gtk_button_set_label (self->save, record != NULL ? _ ("_Save") : _ ("_Add"));
  fill_kinds (self);
  if (record != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name), record->name);
      fill_options (self);
      adw_preferences_group_set_description (self->credentials,
                                             _ ("Leave empty to keep what is stored."));
    }
  else
    adw_preferences_group_set_description (
        self->credentials, _ ("Kept in the keyring, never in Entrega's own files."));
  update_buttons (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}
