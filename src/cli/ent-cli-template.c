/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding, reading and saving templates for all commands. */

#include "config.h"

#include "ent-cli-template.h"

#include "ent-cli-output.h"
#include "ent-words.h"

#include "ent-missing.h"
#include "ent-timer.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define MAX_BYTES (1024 * 1024)

/* ---- Files ---- */

static GInputStream *
open_file (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (strcmp (path, "-") == 0)
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  file = g_file_new_for_path (path);
  return G_INPUT_STREAM (g_file_read (file, cancellable, error));
}

EntReport *
ent_cli_template_read (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GInputStream) stream = open_file (path, cancellable, error);
  /* One more than allowed, so that the parser sees what is too much. */
  g_autofree char *text = g_malloc (MAX_BYTES + 1);
  EntReport *report = NULL;
  gsize length = 0;

  if (stream != NULL &&
      g_input_stream_read_all (stream, text, MAX_BYTES + 1, &length, cancellable, error))
    report = ent_report_from_json (text, length, error);
  if (report == NULL)
    g_prefix_error (error, "%s: ", shown);
  return report;
}

/* ---- Saved ones ---- */

EntTemplate *
ent_cli_template_find (EntUserData *user_data, const char *name, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  EntTemplate *found = ent_user_data_find_template (user_data, name, &local_error);

  if (found != NULL)
    return found;
  if (g_error_matches (local_error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND))
    {
      g_autofree char *shown = g_filename_display_name (name);

      g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED,
                   _ ("There is no template “%s”. See entrega-cli template list"), shown);
    }
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gboolean
ent_cli_template_check (const EntReport *report, GError **error)
{
  g_autofree char *json = NULL;
  g_autoptr (EntReport) read = NULL;
  GError *local_error = NULL;

  if (report->name == NULL || !g_utf8_validate (report->name, -1, NULL))
    return ent_cli_usage (error, _ ("A template needs a name, in UTF-8."));
  json = ent_report_to_json (report);
  read = ent_report_from_json (json, strlen (json), &local_error);
  if (read == NULL)
    return ent_cli_usage_from (error, local_error);
  return TRUE;
}

static gboolean
refuse_taken (const EntTemplate *there, GError **error)
{
  g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED,
               _ ("There is a template “%s” already (revision %d). Nothing was saved; --force "
                  "replaces it."),
               there->report->name, (int) there->revision);
  return FALSE;
}

static gboolean
refuse_newer (const EntTemplate *there, gint64 revision, GError **error)
{
  g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED,
               _ ("The template “%s” was changed meanwhile (revision %d, not %d). Nothing was "
                  "saved; --force replaces it."),
               there->report->name, (int) there->revision, (int) revision);
  return FALSE;
}

static gboolean
may_replace (const EntTemplate *there, EntCliSave how, gint64 revision, GError **error)
{
  if (how == ENT_CLI_SAVE_NEW)
    return refuse_taken (there, error);
  if (how == ENT_CLI_SAVE_KNOWN && there->revision != revision)
    return refuse_newer (there, revision, error);
  return TRUE;
}

/* The store compares the revision once more, in its transaction: whoever saves between our look and
 * our save is not written over. */
gboolean
ent_cli_template_save_as (EntCli *cli,
                          EntUserData *user_data,
                          const EntReport *report,
                          EntCliSave how,
                          gint64 revision,
                          GError **error)
{
  g_autoptr (EntTemplate) there = NULL;
  g_autoptr (EntTemplate) saved = NULL;

  if (!ent_cli_template_check (report, error))
    return FALSE;
  there = ent_user_data_find_template (user_data, report->name, NULL);
  if (there != NULL && !may_replace (there, how, revision, error))
    return FALSE;
  saved = ent_user_data_save_template (user_data, there != NULL ? there->id : 0,
                                       there == NULL || how == ENT_CLI_SAVE_FORCE ? -1 : revision,
                                       report, ent_clock_now (), error);
  if (saved == NULL)
    return FALSE;
  ent_cli_remark (cli, _ ("Saved as template “%s”, revision %d."), saved->report->name,
                  (int) saved->revision);
  return TRUE;
}

/* ---- What is no longer there ---- */

void
ent_cli_template_tell_missing (EntCli *cli, EntStore *store, const EntReport *report)
{
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, NULL);
  g_autoptr (GPtrArray) missing = NULL;

  if (snapshot != NULL)
    missing =
        ent_snapshot_find_missing (snapshot, report, ent_clock_now (), cli->cancellable, NULL);
  for (guint i = 0; missing != NULL && i < missing->len; i++)
    {
      const EntMissing *found = g_ptr_array_index (missing, i);
      g_autofree char *shown = ent_words_filter_value (found->field, found->value);

      /* Translators: a field such as Campaign, and a name that no message has. */
      ent_cli_remark (cli, _ ("%s “%s”: not found"), ent_words_filter_field (found->field), shown);
    }
}

/* ---- Schedules ---- */

char *
ent_cli_template_schedule (const EntScheduleEntry *entry)
{
  return entry != NULL
             ? ent_words_schedule (entry->when.every, entry->when.weekday, entry->when.month_day,
                                   entry->when.hour, entry->when.minute)
             : NULL;
}

void
ent_cli_template_move_timer (EntCli *cli, gint64 id, const char *name)
{
  g_autoptr (EntScheduleEntry) entry = ent_timer_find (cli->data_dir, id);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (entry == NULL)
    return;
  if (name != NULL)
    {
      g_free (entry->template_name);
      entry->template_name = g_strdup (name);
      ok = ent_timer_set (entry, NULL, &error);
    }
  else
    ok = ent_timer_remove (cli->data_dir, id, NULL, &error);
  if (ok)
    ent_cli_remark (cli, name != NULL ? _ ("Its schedule runs it under the new name.")
                                      : _ ("Its schedule was removed too."));
  else if (g_error_matches (error, ENT_TIMER_ERROR, ENT_TIMER_ERROR_UNAVAILABLE))
    ent_cli_remark (cli, _ ("Its schedule was changed as well; systemd, which does not answer, "
                            "will notice at the next login."));
  else
    ent_cli_warn (_ ("Its schedule could not be changed: %s"), error->message);
}
