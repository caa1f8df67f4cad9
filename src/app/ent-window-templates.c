/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report that is shown as a template: run, save, save as, revert, and what to do when it was
 * changed elsewhere. A template is saved over with the revision that was loaded here, so that no
 * edit of another window or of the command line is lost unseen. Main thread. */
#include "config.h"

#include "ent-window-templates.h"

#include "ent-name-dialog.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>

/* ---- The list ---- */

EntTemplate *
ent_window_find_template (EntWindow *self, gint64 id)
{
  GPtrArray *templates = ent_engine_get_list (self->engine, ENT_ENGINE_TEMPLATES);

  for (guint i = 0; id != 0 && i < templates->len; i++)
    {
      EntTemplate *template = g_ptr_array_index (templates, i);

      if (template->id == id)
        return template;
    }
  return NULL;
}

GStrv
ent_window_template_names (EntWindow *self)
{
  GPtrArray *templates = ent_engine_get_list (self->engine, ENT_ENGINE_TEMPLATES);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < templates->len; i++)
    {
      EntTemplate *template = g_ptr_array_index (templates, i);

      g_strv_builder_add (builder, template->report->name);
    }
  return g_strv_builder_end (builder);
}

char *
ent_window_free_template_name (EntWindow *self, const char *name)
{
  g_auto (GStrv) taken = ent_window_template_names (self);

  if (!g_strv_contains ((const char *const *) taken, name))
    return g_strdup (name);
  for (guint i = 2;; i++)
    {
      char *candidate = g_strdup_printf ("%s (%u)", name, i);

      if (!g_strv_contains ((const char *const *) taken, candidate))
        return candidate;
      g_free (candidate);
    }
}

/* ---- Jobs ---- */

EntTemplateJob *
ent_template_job_new (EntWindow *self, gint64 id)
{
  EntTemplateJob *job = g_new0 (EntTemplateJob, 1);

  job->window = g_object_ref (self);
  job->id = id;
  job->revision = -1;
  return job;
}

void
ent_template_job_free (EntTemplateJob *job)
{
  g_object_unref (job->window);
  g_clear_pointer (&job->report, ent_report_free);
  g_clear_pointer (&job->saved, ent_template_unref);
  g_clear_pointer (&job->timer, ent_schedule_entry_free);
  g_free (job);
}

void
ent_template_job_start (EntTemplateJob *job, EntEngineJob work, GAsyncReadyCallback callback)
{
  ent_engine_run_async (job->window->engine, ENT_ENGINE_TEMPLATES, work, job, NULL, callback, job);
}

gboolean
ent_template_job_save_in_worker (EntUserData *user_data, gpointer data, GError **error)
{
  EntTemplateJob *job = data;

  job->saved = ent_user_data_save_template (user_data, job->id, job->revision, job->report,
                                            ent_clock_now (), error);
  return job->saved != NULL;
}

static gboolean
touch_in_worker (EntUserData *user_data, gpointer data, GError **error)
{
  EntTemplateJob *job = data;

  return ent_user_data_touch_template (user_data, job->id, ent_clock_now (), error);
}

/* ---- What is loaded ---- */

/* The template as it was when it was loaded or saved here; NULL for none. */
static EntTemplate *
loaded_template (EntWindow *self)
{
  gint64 id = self->session != NULL ? ent_session_get_template_id (self->session) : 0;

  return id != 0 ? g_hash_table_lookup (self->loaded, &id) : NULL;
}

static void
remember_loaded (EntWindow *self, EntTemplate *template)
{
  g_hash_table_replace (self->loaded, g_memdup2 (&template->id, sizeof template->id),
                        ent_template_ref (template));
}

/* Whether the report asks for something else than the template did. */
static gboolean
differs (EntWindow *self, const EntTemplate *template)
{
  g_autoptr (EntReport) shown = ent_report_copy (ent_session_get_report (self->session));

  g_free (shown->name);
  shown->name = g_strdup (template->report->name);
  return !ent_report_equal (shown, template->report);
}

void
ent_window_update_template_bar (EntWindow *self)
{
  EntTemplate *loaded = loaded_template (self);
  EntTemplate *listed;
  EntTemplateState state = ENT_TEMPLATE_SAVED;
  GAction *revert = g_action_map_lookup_action (G_ACTION_MAP (self), "revert-template");

  /* Before it is ready, and while it is taken apart. */
  if (self->session == NULL)
    return;
  if (loaded == NULL || g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "report") != 0)
    {
      ent_template_bar_show (self->template_bar, NULL, 0, ENT_TEMPLATE_SAVED);
      g_simple_action_set_enabled (G_SIMPLE_ACTION (revert), FALSE);
      return;
    }
  listed = ent_window_find_template (self, loaded->id);
  if (listed != NULL && listed->revision > loaded->revision)
    state = ENT_TEMPLATE_NEWER;
  else if (differs (self, loaded))
    state = ENT_TEMPLATE_CHANGED;
  g_simple_action_set_enabled (G_SIMPLE_ACTION (revert), state != ENT_TEMPLATE_SAVED);
  ent_template_bar_show (self->template_bar, loaded->report->name, loaded->id, state);
}

static void
load (EntWindow *self, EntTemplate *template)
{
  remember_loaded (self, template);
  ent_session_load_report (self->session, template->report, template->id);
  ent_window_update_template_bar (self);
}

void
ent_window_template_saved (EntWindow *self, EntTemplate *saved)
{
  EntTemplate *loaded = loaded_template (self);
  gboolean follows;

  if (loaded == NULL || loaded->id != saved->id)
    return;
  /* What is shown stays, unless it was the very template before it was changed. */
  follows = !differs (self, loaded);
  remember_loaded (self, saved);
  if (follows && differs (self, saved))
    ent_session_load_report (self->session, saved->report, saved->id);
  ent_session_set_template (self->session, saved->id, saved->report->name);
  ent_window_update_template_bar (self);
}

/* ---- Run, revert ---- */

static void
touched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntTemplateJob) job = data;
  g_autoptr (GError) error = NULL;

  if (!ent_engine_run_finish (ENT_ENGINE (source), result, &error))
    ent_window_toast_error (job->window, error);
}

void
ent_window_run_template (EntWindow *self, gint64 id)
{
  EntTemplate *template = ent_window_find_template (self, id);

  if (template == NULL || self->session == NULL)
    return;
  load (self, template);
  ent_window_show_page (self, "report");
  ent_template_job_start (ent_template_job_new (self, id), touch_in_worker, touched_cb);
}

static void
run_template_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_window_run_template (data, g_variant_get_int64 (parameter));
}

/* Back to the newest version that was saved, wherever that was. */
static void
revert_template_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  EntTemplate *loaded = loaded_template (self);
  EntTemplate *listed = loaded != NULL ? ent_window_find_template (self, loaded->id) : NULL;

  if (loaded != NULL)
    load (self, listed != NULL ? listed : loaded);
}

/* ---- Save ---- */

static void save_report (EntTemplateJob *job);

/* The other version is on disk: over it, beside it, or not at all. */
static void
conflict_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autoptr (EntTemplateJob) job = data;
  EntTemplateJob *again;

  if (g_str_equal (response, "cancel"))
    return;
  again = ent_template_job_new (job->window, job->id);
  again->report = ent_report_copy (job->report);
  if (g_str_equal (response, "beside"))
    {
      again->id = 0;
      g_free (again->report->name);
      again->report->name = ent_window_free_template_name (job->window, job->report->name);
    }
  save_report (again);
}

static void
ask_conflict (EntTemplateJob *job)
{
  GtkWidget *dialog;
  g_autofree char *title = NULL;

  /* Translators: %s is the name of a report template. */
  title = g_strdup_printf (_ ("“%s” was changed elsewhere"), job->report->name);
  dialog = adw_message_dialog_new (
      GTK_WINDOW (job->window), title,
      _ ("Another window or a command saved it since it was opened here. Nothing was saved yet."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "beside",
                                    _ ("Save _beside it"), "replace", _ ("_Replace it"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "replace",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "beside",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "beside");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (conflict_response_cb), job);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Deleted elsewhere: what is here is saved anew. */
static void
save_anew (const EntTemplateJob *job)
{
  EntTemplateJob *again = ent_template_job_new (job->window, 0);

  again->report = ent_report_copy (job->report);
  save_report (again);
}

static void
tell_saved (EntTemplateJob *job)
{
  EntWindow *self = job->window;
  g_autofree char *text = NULL;

  if (self->session == NULL)
    return;
  if (!job->quiet)
    {
      /* What is shown is that template from now on. */
      remember_loaded (self, job->saved);
      ent_session_set_template (self->session, job->saved->id, job->saved->report->name);
      text = g_strdup_printf (_ ("Saved “%s”"), job->saved->report->name);
      ent_window_toast (self, text);
    }
  else
    ent_window_template_saved (self, job->saved);
  ent_window_update_template_bar (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntTemplateJob) job = data;
  g_autoptr (GError) error = NULL;

  if (ent_engine_run_finish (ENT_ENGINE (source), result, &error))
    tell_saved (job);
  else if (g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CONFLICT))
    ask_conflict (g_steal_pointer (&job));
  else if (g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND) && job->id != 0)
    save_anew (job);
  else
    ent_window_toast_error (job->window, error);
}

static void
save_report (EntTemplateJob *job)
{
  ent_template_job_start (job, ent_template_job_save_in_worker, saved_cb);
}

void
ent_window_save_report (
    EntWindow *self, const EntReport *report, gint64 id, gint64 revision, gboolean quiet)
{
  EntTemplateJob *job = ent_template_job_new (self, id);

  job->revision = revision;
  job->report = ent_report_copy (report);
  job->quiet = quiet;
  save_report (job);
}

static void
save_shown (EntWindow *self, gint64 id, gint64 revision, const char *name)
{
  g_autoptr (EntReport) report = ent_session_dup_shown_report (self->session);

  g_free (report->name);
  report->name = g_strdup (name);
  ent_window_save_report (self, report, id, revision, FALSE);
}

static void
save_named_cb (const char *name, gpointer data)
{
  EntWindow *self = data;

  if (self->session != NULL)
    save_shown (self, 0, -1, name);
}

static void
ask_name (EntWindow *self, const char *suggestion)
{
  g_auto (GStrv) taken = ent_window_template_names (self);

  ent_name_dialog_present (GTK_WINDOW (self), _ ("Save report template"),
                           _ ("Filters, columns and dates are kept; relative dates stay relative."),
                           _ ("_Save"), suggestion, (const char *const *) taken, save_named_cb,
                           g_object_ref (self), g_object_unref);
}

static void
save_template_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  EntTemplate *loaded = loaded_template (self);

  if (self->session == NULL)
    return;
  if (loaded == NULL)
    ask_name (self, "");
  else
    save_shown (self, loaded->id, loaded->revision, loaded->report->name);
}

static void
save_template_as_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  EntTemplate *loaded = loaded_template (self);
  g_autofree char *name = NULL;

  if (self->session == NULL)
    return;
  name =
      loaded != NULL ? ent_window_free_template_name (self, loaded->report->name) : g_strdup ("");
  ask_name (self, name);
}

/* ---- Putting together ---- */

static void
export_changed_cb (EntTemplatePage *page, EntReport *report, EntTemplate *template, EntWindow *self)
{
  ent_window_save_report (self, report, template->id, template->revision, TRUE);
}

void
ent_window_add_template_actions (EntWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "save-template", .activate = save_template_cb },
    { .name = "save-template-as", .activate = save_template_as_cb },
    { .name = "revert-template", .activate = revert_template_cb },
    { .name = "run-template", .activate = run_template_cb, .parameter_type = "x" },
  };

  self->loaded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                        (GDestroyNotify) ent_template_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  ent_window_add_template_list_actions (self);
  ent_window_add_template_file_actions (self);
}

/* Another process may have saved meanwhile; to look is cheap, and nobody tells. */
static void
is_active_cb (EntWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)) && ent_engine_is_open (self->engine))
    ent_engine_reload (self->engine, ENT_ENGINE_TEMPLATES);
}

void
ent_window_ready_templates (EntWindow *self)
{
  self->schedules = ent_schedules_new (self->engine);
  self->template_page = ENT_TEMPLATE_PAGE (ent_template_page_new (self->engine, self->schedules));
  gtk_widget_set_hexpand (GTK_WIDGET (self->template_page), TRUE);
  gtk_box_append (self->template_slot, GTK_WIDGET (self->template_page));
  ent_sidebar_set_schedules (self->sidebar, self->schedules);
  g_signal_connect_object (self->template_page, "export-changed", G_CALLBACK (export_changed_cb),
                           self, 0);
  g_signal_connect_object (self->engine, "templates-changed",
                           G_CALLBACK (ent_window_update_template_bar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "report-changed",
                           G_CALLBACK (ent_window_update_template_bar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "notify::visible-child",
                           G_CALLBACK (ent_window_update_template_bar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::is-active", G_CALLBACK (is_active_cb), self,
                           G_CONNECT_SWAPPED);
  ent_window_update_template_bar (self);
}
