/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From arguments to a command to an exit status. */

#include "config.h"

#include "ent-cli.h"

#include "ent-cli-output.h"
#include "ent-cli-signal.h"
#include "ent-words.h"

#include "ent-sync.h"
#include "ent-time.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

G_DEFINE_QUARK (ent - cli - error - quark, ent_cli_error)

#define PROGRAM "entrega-cli"
/* Of the commands, in characters. */
#define HELP_WIDTH 28

gboolean
ent_cli_usage (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (ENT_CLI_ERROR, ENT_CLI_ERROR_USAGE, format, args);
  va_end (args);
  return FALSE;
}

gboolean
ent_cli_usage_from (GError **error, GError *cause)
{
  g_autofree char *said = ent_words_error_cause (cause);

  g_set_error_literal (error, ENT_CLI_ERROR, ENT_CLI_ERROR_USAGE, said);
  g_error_free (cause);
  return FALSE;
}

EntCliStore *
ent_cli_open_store (EntCli *cli, GError **error)
{
  ent_cli_note (cli, _ ("Data folder: %s"), cli->data_dir);
  return ent_store_open (cli->data_dir, error);
}

void
ent_cli_close_store (EntCliStore *store)
{
  ent_store_close (store);
  g_object_unref (store);
}

EntUserData *
ent_cli_open_user_data (EntCli *cli, GError **error)
{
  EntUserData *user_data = ent_user_data_open (cli->data_dir, error);
  g_autoptr (GError) backup_error = NULL;

  if (user_data != NULL && ent_user_data_get_restored_from (user_data) != NULL)
    ent_cli_warn (_ ("Templates and sources were damaged: the backup %s took their place."),
                  ent_user_data_get_restored_from (user_data));
  /* Once a day. A command that only reads must not fail for it. */
  if (user_data != NULL && !ent_user_data_backup (user_data, ent_clock_now (), &backup_error))
    ent_cli_note (cli, _ ("No backup of the templates was made: %s"), backup_error->message);
  return user_data;
}

const EntCliCommand *
ent_cli_find_command (const char *name)
{
  for (const EntCliCommand *command = ent_cli_commands; command->name != NULL; command++)
    if (strcmp (command->name, name) == 0)
      return command;
  return NULL;
}

static gboolean
has_subcommands (const char *word)
{
  g_autofree char *prefix = g_strconcat (word, " ", NULL);

  for (const EntCliCommand *command = ent_cli_commands; command->name != NULL; command++)
    if (g_str_has_prefix (command->name, prefix))
      return TRUE;
  return FALSE;
}

/* ---- Help ---- */

static void
print_commands (const char *word)
{
  for (const EntCliCommand *command = ent_cli_commands; command->name != NULL; command++)
    {
      g_autofree char *call = NULL;

      if (word != NULL &&
          !(g_str_has_prefix (command->name, word) && command->name[strlen (word)] == ' '))
        continue;
      call = g_strdup_printf ("%s%s%s", command->name, command->arguments != NULL ? " " : "",
                              command->arguments != NULL ? _ (command->arguments) : "");
      g_print ("  %s%*s %s\n", call, (int) MAX (HELP_WIDTH - g_utf8_strlen (call, -1), 0), "",
               _ (command->summary));
    }
}

static void
print_help (const char *word)
{
  g_print (_ ("Usage: %s COMMAND [OPTION…]\n"), PROGRAM);
  g_print ("\n%s\n", _ ("Commands:"));
  print_commands (word);
  if (word == NULL)
    g_print ("\n%s\n", _ ("Message delivery reports: everything of Entrega without its window."));
  g_print (_ ("Each command tells its options: %s COMMAND --help\n"), PROGRAM);
}

/* ---- Finding the command ---- */

/* Options that stand before the command and take a value of their own. */
static gboolean
takes_value (const char *option)
{
  return strcmp (option, "--data-dir") == 0 || strcmp (option, "--locale") == 0 ||
         strcmp (option, "--now") == 0;
}

/* Splits the arguments into the command's name and its own arguments, options that stood before
 * the name with them. */
static char *
take_command (int argc, char **argv, GPtrArray *rest)
{
  GString *name = g_string_new (NULL);
  int wanted = 1;

  for (int i = 1; i < argc; i++)
    {
      if (wanted > 0 && argv[i][0] == '-')
        {
          g_ptr_array_add (rest, argv[i]);
          if (takes_value (argv[i]) && i + 1 < argc)
            g_ptr_array_add (rest, argv[++i]);
          continue;
        }
      if (wanted == 0)
        {
          g_ptr_array_add (rest, argv[i]);
          continue;
        }
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", argv[i]);
      wanted = name->len > 0 && wanted == 1 && has_subcommands (name->str) ? 1 : 0;
    }
  return g_string_free (name, FALSE);
}

static gboolean
has_option (const GPtrArray *arguments, const char *option)
{
  for (guint i = 0; i < arguments->len; i++)
    if (strcmp (g_ptr_array_index (arguments, i), option) == 0)
      return TRUE;
  return FALSE;
}

/* Without a known command: help, the version, or what is wrong. TRUE when that was all. */
static gboolean
answer_without_command (const char *name, const GPtrArray *rest, GError **error)
{
  if (has_option (rest, "--version"))
    {
      g_print ("%s %s\n", PROGRAM, VERSION);
      return TRUE;
    }
  if (*name == '\0' || strcmp (name, "help") == 0)
    {
      if (*name != '\0' || has_option (rest, "--help") || has_option (rest, "-h"))
        {
          print_help (NULL);
          return TRUE;
        }
      return ent_cli_usage (error, _ ("A command is missing. See %s --help"), PROGRAM);
    }
  if (has_subcommands (name) && (has_option (rest, "--help") || has_option (rest, "-h")))
    {
      print_help (name);
      return TRUE;
    }
  if (has_subcommands (name))
    return ent_cli_usage (error, _ ("“%s” needs another word. See %s %s --help"), name, PROGRAM,
                          name);
  return ent_cli_usage (error, _ ("There is no command “%s”. See %s --help"), name, PROGRAM);
}

static gboolean
run (EntCli *cli, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  g_autofree char *name = NULL;
  const EntCliCommand *command;

  g_ptr_array_add (rest, argv[0]);
  name = take_command (argc, argv, rest);
  command = ent_cli_find_command (name);
  if (command == NULL)
    return answer_without_command (name, rest, error);
  g_ptr_array_index (rest, 0) = (gpointer) command->name;
  return command->run (cli, (int) rest->len, (char **) rest->pdata, error);
}

/* ---- The end ---- */

static EntCliStatus
status_of (const GError *error)
{
  if (error->domain == ENT_CLI_ERROR)
    switch ((EntCliError) error->code)
      {
      case ENT_CLI_ERROR_USAGE:
        return ENT_CLI_WRONG_USAGE;
      case ENT_CLI_ERROR_EMPTY:
        return ENT_CLI_NOTHING_MATCHED;
      case ENT_CLI_ERROR_PARTLY:
        return ENT_CLI_PARTLY_DONE;
      case ENT_CLI_ERROR_FAILED:
      default:
        return ENT_CLI_FAILED;
      }
  if (g_error_matches (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_PARTLY))
    return ENT_CLI_PARTLY_DONE;
  return ENT_CLI_FAILED;
}

static void
tell_error (const EntCli *cli, const GError *error)
{
  g_autofree char *line = NULL;

  if (error->domain == ENT_CLI_ERROR)
    line = g_strdup (error->message);
  else
    line = ent_words_error_line (error);
  ent_cli_clear_progress ();
  g_printerr ("%s: %s\n", PROGRAM, line);
  if (cli->verbose && error->domain != ENT_CLI_ERROR)
    g_printerr ("%s %d: %s\n", g_quark_to_string (error->domain), error->code, error->message);
}

/* The language is needed before the first sentence, also that of a wrong option. */
static gboolean
init_words (int argc, char **argv, GError **error)
{
  const char *locale = NULL;

  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--locale="))
      locale = argv[i] + strlen ("--locale=");
    else if (strcmp (argv[i], "--locale") == 0 && i + 1 < argc)
      locale = argv[i + 1];
  if (ent_words_init (locale))
    return TRUE;
  return ent_cli_usage (
      error, _ ("--locale takes pt_BR, es or en, with or without a country, not “%s”."), locale);
}

static void
cli_clear (EntCli *cli)
{
  g_free (cli->data_dir);
  g_free (cli->locale);
  g_free (cli->now);
  g_clear_object (&cli->cancellable);
}

int
ent_cli_main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  EntCli cli = { .cancellable = g_cancellable_new () };
  EntCliStatus status = ENT_CLI_DONE;

  g_set_prgname (PROGRAM);
  ent_cli_signal_watch (g_object_ref (cli.cancellable));
  if (!init_words (argc, argv, &error) || !run (&cli, argc, argv, &error))
    {
      tell_error (&cli, error);
      status = status_of (error);
    }
  ent_cli_clear_progress ();
  /* A full disk or a closed pipe behind the standard output is a failure too. */
  if ((fflush (stdout) != 0 || ferror (stdout)) && status == ENT_CLI_DONE)
    {
      g_printerr ("%s: %s\n", PROGRAM, _ ("The output could not be written."));
      status = ENT_CLI_FAILED;
    }
  cli_clear (&cli);
  return status;
}
