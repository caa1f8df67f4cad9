/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli template save, delete, rename, duplicate. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-export-options.h"
#include "ent-cli-output.h"
#include "ent-cli-report-options.h"
#include "ent-cli-template.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- save ---- */

typedef struct
{
  EntCliReportOptions report;
  EntCliExportOptions how;
  char *name;
  gint64 revision;
  gboolean force;
} SaveOptions;

static void
save_options_clear (SaveOptions *self)
{
  ent_cli_report_options_clear (&self->report);
  ent_cli_export_options_clear (&self->how);
  g_free (self->name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SaveOptions, save_options_clear)

/* With the empty one at the end. */
#define N_SAVE_OPTIONS 4

static gboolean
parse_save (EntCli *cli, SaveOptions *self, int argc, char **argv, GError **error)
{
  g_autofree GOptionEntry *entries = ent_cli_report_options_entries (
      &self->report, ENT_CLI_OPTIONS_SUMMARY | ENT_CLI_OPTIONS_ROWS);
  GOptionEntry own[ENT_CLI_N_EXPORT_OPTIONS + N_SAVE_OPTIONS] = { { NULL } };
  const GOptionEntry more[N_SAVE_OPTIONS] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &self->name, N_ ("The name of the template"),
      N_ ("NAME") },
    { "revision", 0, 0, G_OPTION_ARG_INT64, &self->revision,
      N_ ("Replace the template of that name if it still has this revision"), N_ ("N") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &self->force,
      N_ ("Replace the template of that name, whatever it is"), NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = NULL;

  ent_cli_export_options_fill (&self->how, own);
  memcpy (own + ENT_CLI_N_EXPORT_OPTIONS, more, sizeof more);
  arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv, entries, own,
                             &self->report, 0, error);
  if (arguments == NULL)
    return FALSE;
  if (self->name == NULL)
    return ent_cli_usage (error, _ ("--name is missing: how shall the template be called?"));
  return TRUE;
}

/* A template that was the start of this very one has been read: its revision is known. */
static EntCliSave
way_of_saving (SaveOptions *self, const EntReport *start)
{
  if (self->force)
    return ENT_CLI_SAVE_FORCE;
  if (self->revision >= 0)
    return ENT_CLI_SAVE_KNOWN;
  if (self->report.template_id == 0 || start->name == NULL || strcmp (start->name, self->name) != 0)
    return ENT_CLI_SAVE_NEW;
  self->revision = self->report.template_revision;
  return ENT_CLI_SAVE_KNOWN;
}

gboolean
ent_cli_template_save (EntCli *cli, int argc, char **argv, GError **error)
{
  g_auto (SaveOptions) options = { .revision = -1 };
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntReport) report = NULL;
  EntCliSave how;

  ent_cli_report_options_init (&options.report);
  if (!parse_save (cli, &options, argc, argv, error))
    return FALSE;
  user_data = ent_cli_open_user_data (cli, error);
  if (user_data == NULL)
    return FALSE;
  report = ent_cli_report_options_build (&options.report, cli, user_data, error);
  if (report == NULL || !ent_cli_export_options_apply (&options.how, report, error))
    return FALSE;
  how = way_of_saving (&options, report);
  g_free (report->name);
  report->name = g_strdup (options.name);
  if (cli->locale != NULL)
    {
      g_free (report->locale);
      report->locale = g_strdup (cli->locale);
    }
  return ent_cli_template_save_as (cli, user_data, report, how, options.revision, error);
}

/* ---- delete, rename, duplicate ---- */

/* The saved template that the first of @n names means. */
static EntTemplate *
find_first (EntCli *cli,
            int argc,
            char **argv,
            int n,
            GStrv *names,
            EntUserData **user_data,
            GError **error)
{
  *names =
      ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv, NULL, NULL, NULL, n, error);
  if (*names == NULL)
    return NULL;
  *user_data = ent_cli_open_user_data (cli, error);
  return *user_data != NULL ? ent_cli_template_find (*user_data, (*names)[0], error) : NULL;
}

gboolean
ent_cli_template_delete (EntCli *cli, int argc, char **argv, GError **error)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntTemplate) found = find_first (cli, argc, argv, 1, &names, &user_data, error);

  if (found == NULL ||
      !ent_user_data_delete_template (user_data, found->id, ent_clock_now (), error))
    return FALSE;
  ent_cli_remark (cli, _ ("Template “%s” was deleted."), found->report->name);
  ent_cli_template_move_timer (cli, found->id, NULL);
  return TRUE;
}

static gboolean
refuse_name (const char *name, GError **error)
{
  g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED,
               _ ("There is a template “%s” already: choose another name."), name);
  return FALSE;
}

/* Saves @found under another name, as @id with @revision. */
static EntTemplate *
save_under (
    EntUserData *user_data, const EntTemplate *found, const char *name, gint64 id, GError **error)
{
  g_autoptr (EntReport) report = ent_report_copy (found->report);
  g_autoptr (GError) local_error = NULL;
  EntTemplate *saved;

  g_free (report->name);
  report->name = g_strdup (name);
  if (!ent_cli_template_check (report, error))
    return NULL;
  saved = ent_user_data_save_template (user_data, id, id != 0 ? found->revision : -1, report,
                                       ent_clock_now (), &local_error);
  if (saved != NULL)
    return saved;
  if (g_error_matches (local_error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS))
    refuse_name (name, error);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gboolean
ent_cli_template_rename (EntCli *cli, int argc, char **argv, GError **error)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntTemplate) found = find_first (cli, argc, argv, 2, &names, &user_data, error);
  g_autoptr (EntTemplate) saved = NULL;

  if (found == NULL)
    return FALSE;
  saved = save_under (user_data, found, names[1], found->id, error);
  if (saved == NULL)
    return FALSE;
  ent_cli_remark (cli, _ ("Template “%s” is now called “%s”."), found->report->name,
                  saved->report->name);
  ent_cli_template_move_timer (cli, found->id, saved->report->name);
  return TRUE;
}

gboolean
ent_cli_template_duplicate (EntCli *cli, int argc, char **argv, GError **error)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntTemplate) found = find_first (cli, argc, argv, 2, &names, &user_data, error);
  g_autoptr (EntTemplate) saved = NULL;

  if (found == NULL)
    return FALSE;
  saved = save_under (user_data, found, names[1], 0, error);
  if (saved == NULL)
    return FALSE;
  ent_cli_remark (cli, _ ("Saved as template “%s”, revision %d."), saved->report->name,
                  (int) saved->revision);
  return TRUE;
}
