/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates from files, chosen or dropped on the window, and to files. Files are read on a worker
 * and never more of them than a template may have. Main thread. */
#include "config.h"

#include "ent-window-templates.h"

#include "ent-text.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BYTES (1024 * 1024)
#define SUFFIX ".entrega-template"

/* ---- Import ---- */

/* A file without a name inside is called as the file is. */
static char *
name_from_file (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  char *dot;

  if (g_str_has_suffix (base, SUFFIX) && strlen (base) > strlen (SUFFIX))
    base[strlen (base) - strlen (SUFFIX)] = '\0';
  else if ((dot = strrchr (base, '.')) != NULL && dot != base)
    *dot = '\0';
  return g_filename_display_name (base);
}

static void
read_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GFile *file = data;
  GError *error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &error);
  /* One more than allowed, so that the parser sees what is too much. */
  g_autofree char *text = g_malloc (MAX_BYTES + 1);
  EntReport *report = NULL;
  gsize length = 0;

  if (stream != NULL && g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_BYTES + 1,
                                                 &length, cancellable, &error))
    report = ent_report_from_json (text, length, &error);
  if (report == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (report->name == NULL)
    report->name = name_from_file (file);
  g_task_return_pointer (task, report, (GDestroyNotify) ent_report_free);
}

/* A refused file needs to be read about at leisure: a dialog, not a toast. */
static void
show_refusal (EntWindow *self, GFile *file, const GError *error)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (base);
  g_autoptr (EntWordsError) words = ent_words_error_new (error);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  /* Translators: %s is the name of a file. */
  title = g_strdup_printf (_ ("“%s” was not imported"), shown);
  body = g_strdup_printf ("%s. %s", words->title, words->body != NULL ? words->body : "");
  dialog = adw_message_dialog_new (GTK_WINDOW (self), title, body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
is_there_already (EntWindow *self, const EntReport *report)
{
  GPtrArray *templates = ent_engine_get_list (self->engine, ENT_ENGINE_TEMPLATES);
  g_autofree char *text = ent_report_to_json (report);

  for (guint i = 0; i < templates->len; i++)
    {
      EntTemplate *template = g_ptr_array_index (templates, i);
      g_autofree char *other = ent_report_to_json (template->report);

      if (strcmp (text, other) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntTemplateJob) job = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!ent_engine_run_finish (ENT_ENGINE (source), result, &error))
    {
      ent_window_toast_error (job->window, error);
      return;
    }
  /* Translators: %s is the name of a template. */
  text = g_strdup_printf (_ ("Imported “%s”"), job->saved->report->name);
  ent_window_toast_action (job->window, text, _ ("Run"), "win.run-template",
                           g_variant_new_int64 (job->saved->id));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EntWindow *self = ENT_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntReport) report = g_task_propagate_pointer (G_TASK (result), &error);
  EntTemplateJob *job;

  if (report == NULL)
    {
      show_refusal (self, g_task_get_task_data (G_TASK (result)), error);
      return;
    }
  if (is_there_already (self, report))
    {
      g_autofree char *text = g_strdup_printf (_ ("“%s” is there already"), report->name);

      ent_window_toast (self, text);
      return;
    }
  job = ent_template_job_new (self, 0);
  job->report = ent_report_copy (report);
  g_free (job->report->name);
  job->report->name = ent_window_free_template_name (self, report->name);
  ent_template_job_start (job, ent_template_job_save_in_worker, imported_cb);
}

static void
import_file (EntWindow *self, GFile *file)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, read_cb, NULL);

  g_task_set_source_tag (task, import_file);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_in_worker);
}

/* ---- Opening ---- */

/* Names are compared with those of the list, so files wait until it was read. */
static void
import_waiting (EntWindow *self)
{
  if (!self->ready || !ent_engine_has_list (self->engine, ENT_ENGINE_TEMPLATES))
    return;
  for (guint i = 0; i < self->waiting_files->len; i++)
    import_file (self, g_ptr_array_index (self->waiting_files, i));
  g_ptr_array_set_size (self->waiting_files, 0);
}

void
ent_window_open_file (EntWindow *self, GFile *file)
{
  g_ptr_array_add (self->waiting_files, g_object_ref (file));
  import_waiting (self);
}

static void
import_chosen_cb (GtkNativeDialog *dialog, int response, EntWindow *self)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

  for (guint i = 0; response == GTK_RESPONSE_ACCEPT && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      ent_window_open_file (self, file);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *pattern)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  GtkFileChooserNative *dialog;

  if (!self->ready)
    return;
  dialog = gtk_file_chooser_native_new (_ ("Import templates"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("Report templates"), "*" SUFFIX);
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("All files"), "*");
  g_signal_connect_object (dialog, "response", G_CALLBACK (import_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- Dropping ---- */

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, EntWindow *self)
{
  GSList *files = g_value_get_boxed (value);

  if (!self->ready)
    return FALSE;
  for (GSList *l = files; l != NULL; l = l->next)
    ent_window_open_file (self, l->data);
  return files != NULL;
}

static void
drag_over_cb (EntWindow *self, GParamSpec *pspec, GtkDropTarget *target)
{
  if (gtk_drop_target_get_current_drop (target) != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->pages), "drop-here");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->pages), "drop-here");
}

static void
add_drop_target (EntWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  g_signal_connect_swapped (target, "notify::current-drop", G_CALLBACK (drag_over_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ---- Export ---- */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (G_FILE (source));

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    ent_window_toast_error (self, error);
  else if (path != NULL)
    ent_window_toast_action (self, _ ("The template was written to a file"), _ ("Show in folder"),
                             "app.show-file", g_variant_new_string (path));
}

static void
export_chosen_cb (GtkNativeDialog *dialog, int response, EntWindow *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  const char *text = g_object_get_data (G_OBJECT (dialog), "text");

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      /* Filters may hold phone numbers: for the user alone. */
      g_file_replace_contents_bytes_async (
          file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL,
          written_cb, g_object_ref (self));
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  EntTemplate *template = ent_window_find_template (self, g_variant_get_int64 (parameter));
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  GtkFileChooserNative *dialog;

  if (template == NULL)
    return;
  base = ent_text_file_name (template->report->name);
  name = g_strconcat (base, SUFFIX, NULL);
  dialog = gtk_file_chooser_native_new (_ ("Export the template"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_object_set_data_full (G_OBJECT (dialog), "text", ent_report_to_json (template->report), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (export_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
ent_window_add_template_file_actions (EntWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "import-template", .activate = import_cb },
    { .name = "template-export", .activate = export_cb, .parameter_type = "x" },
  };

  self->waiting_files = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_object (self->engine, "templates-changed", G_CALLBACK (import_waiting), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  add_drop_target (self);
}
