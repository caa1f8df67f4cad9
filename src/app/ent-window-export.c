/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exporting what the report page shows: how and where to, and what became of it. Main thread; the
 * file is written on the export's own thread. */
#include "config.h"

#include "ent-export-dialog.h"
#include "ent-export-jobs.h"
#include "ent-export-verify.h"
#include "ent-settings.h"
#include "ent-text.h"
#include "ent-window-private.h"
#include "ent-words.h"

#include <glib/gi18n.h>

/* ---- What ---- */

static EntDialect
chosen_dialect (void)
{
  g_autofree char *key = ent_settings_dup_string ("csv-dialect", "locale");
  EntDialect dialect;

  return ent_dialect_from_key (key, &dialect) ? dialect : ENT_DIALECT_DEFAULT;
}

/* A template says itself how much it shows; otherwise the preferences do, and the window's
 * own mask is never weaker in the file than on screen. */
static EntPrivacy
chosen_privacy (EntWindow *self, const EntReport *report)
{
  g_autofree char *key = ent_settings_dup_string ("export-privacy", "full");
  EntPrivacy privacy = report->privacy;

  if (privacy == ENT_PRIVACY_FULL && !g_str_equal (key, "full"))
    ent_privacy_add_key (&privacy, key, NULL);
  if (ent_settings_get_boolean ("export-hide-content", FALSE))
    privacy |= ENT_PRIVACY_NO_CONTENT;
  if (ent_session_get_masked (self->session) &&
      (privacy & (ENT_PRIVACY_LAST4 | ENT_PRIVACY_PSEUDONYM)) == 0)
    privacy |= ENT_PRIVACY_LAST4;
  return privacy;
}

EntExportRequest *
ent_window_export_request (EntWindow *self, EntFormat format, const char *path)
{
  g_autoptr (EntReport) report = ent_session_dup_shown_report (self->session);
  EntExportRequest *request;

  report->format = format;
  if (report->dialect == ENT_DIALECT_DEFAULT)
    report->dialect = chosen_dialect ();
  report->privacy = chosen_privacy (self, report);
  request = ent_export_request_new (report, path, ent_clock_now ());
  if (ent_session_get_template_id (self->session) != 0)
    request->template_name = g_strdup (report->name);
  return request;
}

/* ---- Afterwards ---- */

/* A toast has one button of its own; the second one stands in its title. */
static void
toast_exported (EntWindow *self, const char *text, const char *path)
{
  AdwToast *toast = adw_toast_new (text);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *show = gtk_button_new_with_label (_ ("Show in folder"));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_tooltip_text (label, path);
  gtk_widget_add_css_class (show, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (show), "s", path);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (show), "app.show-file");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), show);
  adw_toast_set_custom_title (toast, box);
  adw_toast_set_button_label (toast, _ ("Open"));
  adw_toast_set_action_target_value (toast, g_variant_new_string (path));
  adw_toast_set_action_name (toast, "app.open-file");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* The window, or a dialog of it. */
static gboolean
is_in_sight (GApplication *application)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (application));

  for (GList *at = windows; at != NULL; at = at->next)
    if (gtk_window_is_active (at->data))
      return TRUE;
  return FALSE;
}

static void
notify_finished (EntWindow *self, const char *text, const char *path)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr (GNotification) notification = NULL;

  toast_exported (self, text, path);
  if (application == NULL || is_in_sight (application) ||
      !ent_settings_get_boolean ("notifications", TRUE))
    return;
  /* No file name: it may carry a customer's, and a lock screen shows it. */
  notification = g_notification_new (_ ("Export finished"));
  g_notification_set_body (notification, text);
  g_notification_add_button_with_target (notification, _ ("Open"), "app.open-file", "s", path);
  g_notification_add_button_with_target (notification, _ ("Show in folder"), "app.show-file", "s",
                                         path);
  g_application_send_notification (application, "export", notification);
}

static void
exported_cb (const EntExportResult *done, const GError *error, gpointer data)
{
  EntWindow *self = data;
  g_autofree char *rows = NULL, *text = NULL;

  if (done == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        ent_window_toast_error (self, error);
      return;
    }
  rows = ent_words_rows (done->rows);
  /* Translators: "Exported 12,480 rows" */
  text = g_strdup_printf (_ ("Exported %s"), rows);
  notify_finished (self, text, done->path);
}

/* ---- Where to ---- */

char *
ent_window_export_name (EntWindow *self)
{
  const EntReport *report = ent_session_get_report (self->session);
  EntRange range = ent_session_get_range (self->session);
  const char *title = report->name != NULL ? report->name : ent_words_view (report->view);
  g_autofree char *first = ent_day_format (range.first);
  g_autofree char *last = ent_day_format (range.last);
  g_autofree char *text = g_strdup_printf ("%s %s %s", title, first, last);

  return ent_text_file_name (text);
}

static void
remember_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  ent_settings_set_string ("export-folder", folder);
}

static void
run (EntWindow *self, const EntExportRequest *request)
{
  ent_export_jobs_start (ent_export_jobs_get (self->engine), request, exported_cb,
                         g_object_ref (self), g_object_unref);
}

static void
chosen_cb (const EntExportRequest *request, gpointer data)
{
  EntWindow *self = data;

  if (self->session == NULL)
    return;
  remember_folder (request->path);
  ent_settings_set_string ("export-format", ent_format_key (request->report->format));
  run (self, request);
}

char *
ent_window_export_folder (void)
{
  g_autofree char *last = ent_settings_dup_string ("export-folder", "");
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  if (last[0] != '\0' && g_file_test (last, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&last);
  return g_strdup (documents != NULL ? documents : g_get_home_dir ());
}

/* The list's columns: the report's, or the default ones. (transfer full) */
static GArray *
shown_columns (EntWindow *self)
{
  GArray *shown = ent_session_get_report (self->session)->columns;
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (EntReportColumn));
  guint n;
  const EntColumn *defaults = ent_columns_default (&n);

  if (shown != NULL && shown->len > 0)
    return g_array_append_vals (columns, shown->data, shown->len);
  for (guint i = 0; i < n; i++)
    {
      EntReportColumn column = { defaults[i], 0 };

      g_array_append_val (columns, column);
    }
  return columns;
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  g_autofree char *folder = NULL, *name = NULL, *file = NULL, *path = NULL;
  g_autoptr (EntExportRequest) request = NULL;
  g_autoptr (GArray) columns = NULL;
  EntFormat format;

  if (self->session == NULL ||
      !ent_format_from_key (g_variant_get_string (parameter, NULL), &format))
    return;
  folder = ent_window_export_folder ();
  name = ent_window_export_name (self);
  file = g_strdup_printf ("%s.%s", name, ent_format_key (format));
  path = g_build_filename (folder, file, NULL);
  request = ent_window_export_request (self, format, path);
  columns = shown_columns (self);
  ent_export_dialog_present (GTK_WINDOW (self), self->engine, request, columns, chosen_cb, self);
}

/* In the format of the last time. */
static void
export_again_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *format = ent_settings_dup_string ("export-format", "csv");

  g_action_group_activate_action (G_ACTION_GROUP (data), "export", g_variant_new_string (format));
}

/* ---- The history's own ---- */

/* The same report again, at the present data, to the same place. */
static void
run_export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntExportRequest) request =
      ent_export_request_from_json (g_variant_get_string (parameter, NULL), &error);

  if (request == NULL)
    {
      ent_window_toast_error (self, error);
      return;
    }
  request->now = ent_clock_now ();
  run (self, request);
}

/* Runs the report once more, without a trace, and says whether it gives the very file. */
static void
verify_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  EntEngine *engine = source;
  GError *error = NULL;
  EntVerification *verification = ent_export_verify (
      ent_engine_get_store (engine), ent_engine_get_user_data (engine), data, cancellable, &error);

  if (verification != NULL)
    g_task_return_pointer (task, verification, (GDestroyNotify) ent_verification_free);
  else
    g_task_return_error (task, error);
}

/* The words of the process cannot change for one file. */
static gboolean
is_of_other_language (const EntVerification *verification)
{
  for (guint i = 0; i < verification->changes->len; i++)
    {
      const EntVerifyChange *change = g_ptr_array_index (verification->changes, i);

      if (g_str_equal (change->key, "locale"))
        return TRUE;
    }
  return FALSE;
}

static const char *
verdict (const EntVerification *verification)
{
  switch (verification->outcome)
    {
    case ENT_VERIFY_SAME:
      return _ ("Verified: the report gives this very file");
    case ENT_VERIFY_CHANGED:
      if (is_of_other_language (verification))
        return _ ("Exported in another language: “entrega-cli exports verify” can tell");
      return verification->changes->len > 0
                 ? _ ("The data changed since: the report gives another file now")
                 : _ ("The figures are the same; only the file differs");
    case ENT_VERIFY_EDITED:
      return _ ("The file was changed after it was exported");
    case ENT_VERIFY_UNKNOWN:
    default:
      return _ ("This file is not known here");
    }
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntVerification) verification = g_task_propagate_pointer (G_TASK (result), &error);

  if (verification != NULL)
    ent_window_toast (self, verdict (verification));
  else
    ent_window_toast_error (self, error);
}

static void
verify_export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  g_autoptr (GTask) task = g_task_new (self->engine, NULL, verified_cb, g_object_ref (self));

  g_task_set_source_tag (task, verify_export_cb);
  g_task_set_task_data (task, g_variant_dup_string (parameter, NULL), g_free);
  g_task_run_in_thread (task, verify_in_worker);
}

typedef struct
{
  EntWindow *window;
  gint64 id;
  gboolean removed;
} Removal;

static gboolean
remove_in_worker (EntUserData *user_data, gpointer data, GError **error)
{
  Removal *removal = data;

  return ent_user_data_remove_export (user_data, removal->id, removal->removed, error);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Removal *removal = data;
  g_autoptr (EntWindow) self = removal->window;
  g_autoptr (GError) error = NULL;

  if (!ent_engine_run_finish (ENT_ENGINE (source), result, &error))
    ent_window_toast_error (self, error);
  else if (removal->removed)
    ent_window_toast_action (self, _ ("Removed from the list; the file stays"), _ ("Undo"),
                             "win.restore-export", g_variant_new_int64 (removal->id));
  g_free (removal);
}

static void
remove_export (EntWindow *self, gint64 id, gboolean removed)
{
  Removal *removal = g_new0 (Removal, 1);

  removal->window = g_object_ref (self);
  removal->id = id;
  removal->removed = removed;
  ent_engine_run_async (self->engine, ENT_ENGINE_EXPORTS, remove_in_worker, removal, NULL,
                        removed_cb, removal);
}

static void
remove_export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  remove_export (data, g_variant_get_int64 (parameter), TRUE);
}

static void
restore_export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  remove_export (data, g_variant_get_int64 (parameter), FALSE);
}

void
ent_window_add_export_actions (EntWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "export", .activate = export_cb, .parameter_type = "s" },
    { .name = "export-again", .activate = export_again_cb },
    { .name = "run-export", .activate = run_export_cb, .parameter_type = "s" },
    { .name = "verify-export", .activate = verify_export_cb, .parameter_type = "s" },
    { .name = "remove-export", .activate = remove_export_cb, .parameter_type = "x" },
    { .name = "restore-export", .activate = restore_export_cb, .parameter_type = "x" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
