/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of a command, and those that every command takes. */

#include "config.h"

#include "ent-cli.h"

#include "ent-time.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

static void
print_version_and_exit (void)
{
  g_print ("entrega-cli %s\n", VERSION);
  exit (ENT_CLI_DONE);
}

static gboolean
version_cb (const char *name, const char *value, gpointer data, GError **error)
{
  print_version_and_exit ();
  return TRUE;
}

static void
add_common_entries (GOptionGroup *group, EntCli *cli)
{
  const GOptionEntry entries[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &cli->data_dir,
      N_ ("Folder of the data; by default that of the window"), N_ ("FOLDER") },
    { "offline", 0, 0, G_OPTION_ARG_NONE, &cli->offline, N_ ("Use no network"), NULL },
    { "locale", 0, 0, G_OPTION_ARG_STRING, &cli->locale, N_ ("Language: pt_BR, es or en"),
      N_ ("LOCALE") },
    { "now", 0, 0, G_OPTION_ARG_STRING, &cli->now,
      N_ ("Take this as the present time: 2026-11-22T14:00:00Z"), N_ ("INSTANT") },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &cli->quiet, N_ ("No progress, no remarks"), NULL },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &cli->verbose, N_ ("Tell more"), NULL },
    { "version", 0, G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK, version_cb,
      N_ ("Print the version"), NULL },
    { NULL },
  };

  g_option_group_add_entries (group, entries);
}

static gboolean
apply_common (EntCli *cli, GError **error)
{
  GError *local_error = NULL;

  if (!ent_clock_set (cli->now, &local_error))
    {
      g_clear_error (&local_error);
      return ent_cli_usage (error,
                            _ ("--now takes an instant such as 2026-11-22T14:00:00Z, not “%s”."),
                            cli->now != NULL ? cli->now : g_getenv ("ENTREGA_NOW"));
    }
  if (cli->data_dir == NULL)
    cli->data_dir = g_build_filename (g_get_user_data_dir (), APP_ID, NULL);
  else
    {
      g_autofree char *given = g_steal_pointer (&cli->data_dir);

      cli->data_dir = g_canonicalize_filename (given, NULL);
    }
  return TRUE;
}

static gboolean
check_arguments (const EntCliCommand *command, char **arguments, int wanted, GError **error)
{
  int given = arguments != NULL ? (int) g_strv_length (arguments) : 0;

  if (wanted == -1 || given == wanted || (wanted == -2 && given > 0))
    return TRUE;
  if (given == 0 || (wanted > 1 && given < wanted))
    return ent_cli_usage (error, _ ("%s needs %s. See entrega-cli %s --help"), command->name,
                          _ (command->arguments), command->name);
  if (wanted > 1)
    return ent_cli_usage (error, _ ("%s takes no more than %s. See entrega-cli %s --help"),
                          command->name, _ (command->arguments), command->name);
  if (wanted == 0)
    return ent_cli_usage (error, _ ("%s takes no argument “%s”. See entrega-cli %s --help"),
                          command->name, arguments[0], command->name);
  return ent_cli_usage (error, _ ("%s takes one %s, not %d. See entrega-cli %s --help"),
                        command->name, _ (command->arguments), given, command->name);
}

GStrv
ent_cli_parse (EntCli *cli,
               const EntCliCommand *command,
               int argc,
               char **argv,
               const GOptionEntry *entries,
               const GOptionEntry *more_entries,
               gpointer user_data,
               int n_arguments,
               GError **error)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *call = NULL;
  g_auto (GStrv) arguments = NULL;
  /* GOption takes out what it knows; it frees nothing of it. */
  g_auto (GStrv) copy = g_new0 (char *, argc + 1);
  GOptionGroup *group;
  GError *local_error = NULL;
  const GOptionEntry remaining[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, NULL },
    { NULL },
  };

  for (int i = 0; i < argc; i++)
    copy[i] = g_strdup (argv[i]);
  call = g_strdup_printf ("%s%s%s", command->name, command->arguments != NULL ? " " : "",
                          command->arguments != NULL ? _ (command->arguments) : "");
  context = g_option_context_new (call);
  g_option_context_set_summary (context, _ (command->summary));
  group = g_option_group_new ("main", "", "", user_data, NULL);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_group_add_entries (group, entries);
  if (more_entries != NULL)
    g_option_group_add_entries (group, more_entries);
  add_common_entries (group, cli);
  g_option_group_add_entries (group, remaining);
  g_option_context_set_main_group (context, group);
  if (!g_option_context_parse_strv (context, &copy, &local_error))
    {
      ent_cli_usage_from (error, local_error);
      return NULL;
    }
  if (!apply_common (cli, error) || !check_arguments (command, arguments, n_arguments, error))
    return NULL;
  if (arguments == NULL)
    arguments = g_new0 (char *, 1);
  return g_steal_pointer (&arguments);
}
