/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli template import, export. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-output.h"
#include "ent-cli-template.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SUFFIX ".entrega-template"

/* A file without a name inside is called as the file is. */
static char *
name_from_path (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot;

  if (g_str_has_suffix (base, SUFFIX) && strlen (base) > strlen (SUFFIX))
    base[strlen (base) - strlen (SUFFIX)] = '\0';
  else if ((dot = strrchr (base, '.')) != NULL && dot != base)
    *dot = '\0';
  return g_filename_display_name (base);
}

static void
set_name (EntReport *report, const char *wanted, const char *path)
{
  if (wanted == NULL && report->name != NULL)
    return;
  g_free (report->name);
  report->name = wanted != NULL ? g_strdup (wanted) : name_from_path (path);
}

gboolean
ent_cli_template_import (EntCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char *name = NULL;
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("Call it so instead of as the file says"),
      N_ ("NAME") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &force,
      N_ ("Replace the template of that name, whatever it is"), NULL },
    { NULL },
  };
  g_auto (GStrv) paths = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv, entries,
                                        NULL, NULL, 1, error);
  g_autoptr (EntReport) report = NULL;
  g_autoptr (EntUserData) user_data = NULL;

  if (paths == NULL)
    return FALSE;
  report = ent_cli_template_read (paths[0], cli->cancellable, error);
  if (report == NULL)
    return FALSE;
  set_name (report, name, paths[0]);
  user_data = ent_cli_open_user_data (cli, error);
  return user_data != NULL &&
         ent_cli_template_save_as (cli, user_data, report,
                                   force ? ENT_CLI_SAVE_FORCE : ENT_CLI_SAVE_NEW, 0, error);
}

/* Whole or not at all. The file may hold phone numbers of filters: for the user alone. */
static gboolean
write_file (EntCli *cli, const char *path, const char *text, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (strcmp (path, "-") == 0)
    {
      ent_cli_put (text);
      return TRUE;
    }
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return FALSE;
  ent_cli_remark (cli, _ ("The template was written to %s"), shown);
  return TRUE;
}

gboolean
ent_cli_template_export (EntCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("The file to write; - for the standard output"), N_ ("FILE") },
    { NULL },
  };
  g_auto (GStrv) names = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv, entries,
                                        NULL, NULL, 1, error);
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntTemplate) found = NULL;
  g_autofree char *text = NULL;

  if (names == NULL)
    return FALSE;
  if (output == NULL || *output == '\0')
    return ent_cli_usage (error, _ ("--output is missing: which file shall be written?"));
  user_data = ent_cli_open_user_data (cli, error);
  if (user_data == NULL)
    return FALSE;
  found = ent_cli_template_find (user_data, names[0], error);
  if (found == NULL)
    return FALSE;
  text = ent_report_to_json (found->report);
  return write_file (cli, output, text, error);
}
