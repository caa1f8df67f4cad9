/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any template of the list, by its id: details, rename, duplicate, delete with undo, order, pin,
 * schedule. A schedule goes where its template goes. Main thread. */
#include "config.h"

#include "ent-window-templates.h"

#include "ent-name-dialog.h"
#include "ent-template-schedule.h"
#include "ent-timer.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>

static EntTemplate *
template_of (EntWindow *self, GVariant *parameter)
{
  return ent_window_find_template (self, g_variant_get_int64 (parameter));
}

static EntTemplate *
loaded (EntWindow *self)
{
  return self->session != NULL
             ? ent_window_find_template (self, ent_session_get_template_id (self->session))
             : NULL;
}

static EntScheduleEntry *
dup_timer (EntWindow *self, gint64 id)
{
  const EntScheduleEntry *entry =
      self->schedules != NULL ? ent_schedules_find (self->schedules, id) : NULL;

  return entry != NULL ? ent_schedule_entry_copy (entry) : NULL;
}

/* systemd that does not answer was told of when the schedule was made; the files follow. */
static gboolean
is_serious (const GError *error)
{
  return error != NULL && !g_error_matches (error, ENT_TIMER_ERROR, ENT_TIMER_ERROR_UNAVAILABLE);
}

/* ---- Details ---- */

static void
details_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;

  if (self->template_page == NULL || template_of (self, parameter) == NULL)
    return;
  ent_template_page_set_template (self->template_page, g_variant_get_int64 (parameter));
  ent_window_show_page (self, "template");
  ent_window_update_title (self);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/* ---- Rename ---- */

static gboolean
rename_in_worker (EntUserData *user_data, gpointer data, GError **error)
{
  EntTemplateJob *job = data;
  g_autoptr (GError) timer_error = NULL;

  if (!ent_template_job_save_in_worker (user_data, job, error))
    return FALSE;
  if (job->timer == NULL)
    return TRUE;
  g_free (job->timer->template_name);
  job->timer->template_name = g_strdup (job->saved->report->name);
  ent_timer_set (job->timer, NULL, &timer_error);
  if (!is_serious (timer_error))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&timer_error));
  return FALSE;
}

static void
renamed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntTemplateJob) job = data;
  g_autoptr (GError) error = NULL;

  if (!ent_engine_run_finish (ENT_ENGINE (source), result, &error))
    ent_window_toast_error (job->window, error);
  if (job->saved != NULL && job->window->session != NULL)
    {
      ent_window_template_saved (job->window, job->saved);
      ent_window_update_title (job->window);
    }
}

static void
rename_template (EntWindow *self, EntTemplate *template, const char *name)
{
  EntTemplateJob *job = ent_template_job_new (self, template->id);

  job->revision = template->revision;
  job->report = ent_report_copy (template->report);
  g_free (job->report->name);
  job->report->name = g_strdup (name);
  job->timer = dup_timer (self, template->id);
  ent_template_job_start (job, rename_in_worker, renamed_cb);
}

static void
rename_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  const char *name;
  gint64 id;
  EntTemplate *template;

  g_variant_get (parameter, "(x&s)", &id, &name);
  template = ent_window_find_template (self, id);
  if (template != NULL)
    rename_template (self, template, name);
}

static void
rename_here_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;

  ent_sidebar_rename_template (self->sidebar, g_variant_get_int64 (parameter));
}

static void
rename_named_cb (const char *name, gpointer data)
{
  EntTemplate *template = loaded (data);

  if (template != NULL)
    rename_template (data, template, name);
}

/* Of the loaded one, from the menu of the report: by a dialog, as the sidebar may be away. */
static void
rename_template_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  EntTemplate *template = loaded (self);
  g_auto (GStrv) taken = ent_window_template_names (self);

  if (template == NULL)
    return;
  ent_name_dialog_present (GTK_WINDOW (self), _ ("Rename report template"), NULL, _ ("_Rename"),
                           template->report->name, (const char *const *) taken, rename_named_cb,
                           g_object_ref (self), g_object_unref);
}

/* ---- Duplicate ---- */

static void
duplicated_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntTemplateJob) job = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!ent_engine_run_finish (ENT_ENGINE (source), result, &error))
    {
      ent_window_toast_error (job->window, error);
      return;
    }
  text = g_strdup_printf (_ ("Saved “%s”"), job->saved->report->name);
  ent_window_toast (job->window, text);
}

static void
duplicate_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  EntTemplate *template = template_of (self, parameter);
  EntTemplateJob *job;

  if (template == NULL)
    return;
  job = ent_template_job_new (self, 0);
  job->report = ent_report_copy (template->report);
  g_free (job->report->name);
  job->report->name = ent_window_free_template_name (self, template->report->name);
  ent_template_job_start (job, ent_template_job_save_in_worker, duplicated_cb);
}

/* ---- Delete, undo ---- */

/* The timer goes with its template, and comes back with it. */
static gboolean
delete_in_worker (EntUserData *user_data, gpointer data, GError **error)
{
  EntTemplateJob *job = data;
  g_autoptr (GError) timer_error = NULL;
  gboolean ok = job->undelete
                    ? ent_user_data_undelete_template (user_data, job->id, error)
                    : ent_user_data_delete_template (user_data, job->id, ent_clock_now (), error);

  if (!ok || job->timer == NULL)
    return ok;
  if (job->undelete)
    ent_timer_set (job->timer, NULL, &timer_error);
  else
    ent_timer_remove (job->timer->data_dir, job->id, NULL, &timer_error);
  if (!is_serious (timer_error))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&timer_error));
  return FALSE;
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntTemplateJob) job = data;
  EntWindow *self = job->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!ent_engine_run_finish (ENT_ENGINE (source), result, &error))
    {
      ent_window_toast_error (self, error);
      return;
    }
  if (job->undelete)
    return;
  if (job->timer != NULL)
    g_hash_table_replace (self->deleted_timers, g_memdup2 (&job->id, sizeof job->id),
                          g_steal_pointer (&job->timer));
  text = g_strdup_printf (_ ("Deleted “%s”"), job->report->name);
  ent_window_toast_action (self, text, _ ("Undo"), "win.undelete-template",
                           g_variant_new_int64 (job->id));
}

static void
delete_template (EntWindow *self, EntTemplate *template)
{
  EntTemplateJob *job = ent_template_job_new (self, template->id);

  job->report = ent_report_copy (template->report);
  job->timer = dup_timer (self, template->id);
  if (self->session != NULL && ent_session_get_template_id (self->session) == template->id)
    ent_session_set_template (self->session, 0, NULL);
  if (self->template_page != NULL &&
      ent_template_page_get_template (self->template_page) == template->id &&
      g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "template") == 0)
    ent_window_show_page (self, "report");
  ent_template_job_start (job, delete_in_worker, deleted_cb);
}

static void
delete_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntTemplate *template = template_of (data, parameter);

  if (template != NULL)
    delete_template (data, template);
}

static void
delete_template_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntTemplate *template = loaded (data);

  if (template != NULL)
    delete_template (data, template);
}

static void
undelete_template_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  gint64 id = g_variant_get_int64 (parameter);
  EntTemplateJob *job = ent_template_job_new (self, id);
  EntScheduleEntry *timer = g_hash_table_lookup (self->deleted_timers, &id);

  job->undelete = TRUE;
  job->timer = timer != NULL ? ent_schedule_entry_copy (timer) : NULL;
  ent_template_job_start (job, delete_in_worker, deleted_cb);
}

/* ---- Order ---- */

static gboolean
move_in_worker (EntUserData *user_data, gpointer data, GError **error)
{
  EntTemplateJob *job = data;

  return ent_user_data_move_template (user_data, job->id, job->position, job->pinned, error);
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntTemplateJob) job = data;
  g_autoptr (GError) error = NULL;

  if (!ent_engine_run_finish (ENT_ENGINE (source), result, &error))
    ent_window_toast_error (job->window, error);
}

static void
move_template (EntWindow *self, gint64 id, gint64 position, gboolean pinned)
{
  EntTemplateJob *job = ent_template_job_new (self, id);

  job->position = position;
  job->pinned = pinned;
  ent_template_job_start (job, move_in_worker, moved_cb);
}

/* Beside another one, which may be among the pinned. */
static void
move_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  gint64 id, other_id;
  gboolean below;
  EntTemplate *other;

  g_variant_get (parameter, "(xxb)", &id, &other_id, &below);
  other = ent_window_find_template (self, other_id);
  if (ent_window_find_template (self, id) != NULL && other != NULL)
    move_template (self, id, other->position + (below ? 1 : 0), other->pinned);
}

/* One place up (-1) or down (1), within the pinned or within the others. */
static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  GPtrArray *templates = ent_engine_get_list (self->engine, ENT_ENGINE_TEMPLATES);
  gint64 id;
  int by;

  g_variant_get (parameter, "(xi)", &id, &by);
  for (guint i = 0; i < templates->len; i++)
    {
      EntTemplate *template = g_ptr_array_index (templates, i);
      EntTemplate *other;

      if (template->id != id || (by < 0 && i == 0) || (by > 0 && i + 1 == templates->len))
        continue;
      other = g_ptr_array_index (templates, by < 0 ? i - 1 : i + 1);
      if (other->pinned == template->pinned)
        move_template (self, id, other->position + (by > 0 ? 1 : 0), template->pinned);
      return;
    }
}

static void
pin_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntTemplate *template = template_of (data, parameter);

  if (template != NULL)
    move_template (data, template->id, template->position, !template->pinned);
}

/* ---- Schedules ---- */

static void
told_cb (const char *told, gpointer data)
{
  ent_window_toast (data, told);
}

static void
schedule_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  EntTemplate *template = template_of (self, parameter);

  if (template != NULL && self->schedules != NULL)
    ent_template_schedule_present (GTK_WINDOW (self), self->engine, self->schedules, template,
                                   told_cb, g_object_ref (self), g_object_unref);
}

static void
unscheduled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntWindow) self = data;
  g_autoptr (GError) error = NULL;

  ent_schedules_finish (ENT_SCHEDULES (source), result, &error);
  if (is_serious (error))
    ent_window_toast_error (self, error);
  else
    ent_window_toast (self, _ ("It no longer runs by itself"));
}

static void
unschedule_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;

  if (self->schedules != NULL)
    ent_schedules_remove_async (self->schedules, g_variant_get_int64 (parameter), unscheduled_cb,
                                g_object_ref (self));
}

void
ent_window_add_template_list_actions (EntWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "template-details", .activate = details_cb, .parameter_type = "x" },
    { .name = "template-rename", .activate = rename_cb, .parameter_type = "(xs)" },
    { .name = "template-rename-here", .activate = rename_here_cb, .parameter_type = "x" },
    { .name = "template-duplicate", .activate = duplicate_cb, .parameter_type = "x" },
    { .name = "template-delete", .activate = delete_cb, .parameter_type = "x" },
    { .name = "template-move", .activate = move_cb, .parameter_type = "(xxb)" },
    { .name = "template-step", .activate = step_cb, .parameter_type = "(xi)" },
    { .name = "template-pin", .activate = pin_cb, .parameter_type = "x" },
    { .name = "template-schedule", .activate = schedule_cb, .parameter_type = "x" },
    { .name = "template-unschedule", .activate = unschedule_cb, .parameter_type = "x" },
    { .name = "rename-template", .activate = rename_template_cb },
    { .name = "delete-template", .activate = delete_template_cb },
    { .name = "undelete-template", .activate = undelete_template_cb, .parameter_type = "x" },
  };

  self->deleted_timers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                (GDestroyNotify) ent_schedule_entry_free);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
