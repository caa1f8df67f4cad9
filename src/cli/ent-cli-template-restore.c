/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli template restore: templates of a daily backup, put beside what is there. Nothing is
 * ever lost by it, and a window may stay open. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-output.h"
#include "ent-cli-template.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *from;
  gboolean list;
  gboolean force;
  gboolean json;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->from);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* …/backups/user-2026-11-22.db gives 2026-11-22. */
static char *
date_of (const char *backup)
{
  g_autofree char *base = g_path_get_basename (backup);
  const char *start = strchr (base, '-');

  return start != NULL ? g_strndup (start + 1, strcspn (start + 1, ".")) : g_strdup (base);
}

/* ---- --list ---- */

static void
list_json (const char *date, const GPtrArray *templates)
{
  g_print ("{\"date\":\"%s\",\"templates\":", date);
  if (templates != NULL)
    g_print ("%u}\n", templates->len);
  else
    g_print ("null}\n");
}

static void
list_backups (GStrv backups, gboolean json)
{
  for (guint i = 0; backups[i] != NULL; i++)
    {
      g_autofree char *date = date_of (backups[i]);
      g_autoptr (GPtrArray) templates = ent_user_data_read_backup (backups[i], NULL);

      if (json)
        list_json (date, templates);
      else if (templates == NULL)
        g_print ("%s  %s\n", date, C_ ("backup", "damaged"));
      else
        g_print (ngettext ("%s  %u template\n", "%s  %u templates\n", templates->len), date,
                 templates->len);
    }
}

/* ---- Restoring ---- */

static char *
choose_backup (GStrv backups, const char *wanted, GError **error)
{
  for (guint i = 0; backups[i] != NULL; i++)
    {
      g_autofree char *date = date_of (backups[i]);
      g_autoptr (GPtrArray) templates = NULL;

      if (wanted != NULL)
        {
          if (strcmp (date, wanted) == 0)
            return g_strdup (backups[i]);
          continue;
        }
      /* The newest that can be read. */
      templates = ent_user_data_read_backup (backups[i], NULL);
      if (templates != NULL)
        return g_strdup (backups[i]);
    }
  if (wanted != NULL)
    g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED,
                 _ ("There is no backup of %s. See entrega-cli template restore --list"), wanted);
  else
    g_set_error_literal (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED, _ ("There is no backup yet."));
  return NULL;
}

/* "Name (2026-11-22)", or with a number where that is taken too. */
static char *
free_name (EntUserData *user_data, const char *name, const char *date)
{
  for (guint i = 1;; i++)
    {
      char *candidate = i == 1 ? g_strdup_printf ("%s (%s)", name, date)
                               : g_strdup_printf ("%s (%s, %u)", name, date, i);
      g_autoptr (EntTemplate) taken = ent_user_data_find_template (user_data, candidate, NULL);

      if (taken == NULL)
        return candidate;
      g_free (candidate);
    }
}

static gboolean
add (EntUserData *user_data, gint64 id, const EntReport *kept, const char *name, GError **error)
{
  g_autoptr (EntReport) report = ent_report_copy (kept);
  g_autoptr (EntTemplate) saved = NULL;

  g_free (report->name);
  report->name = g_strdup (name);
  saved = ent_user_data_save_template (user_data, id, -1, report, ent_clock_now (), error);
  return saved != NULL;
}

static gboolean
is_same (const EntReport *a, const EntReport *b)
{
  g_autofree char *text = ent_report_to_json (a);
  g_autofree char *other = ent_report_to_json (b);

  return strcmp (text, other) == 0;
}

/* One template: put back, left alone, or put beside the one that differs. */
static gboolean
restore_one (EntCli *cli,
             EntUserData *user_data,
             const EntReport *kept,
             const char *date,
             gboolean force,
             GError **error)
{
  g_autoptr (EntTemplate) there = ent_user_data_find_template (user_data, kept->name, NULL);
  g_autofree char *name = NULL;

  if (there != NULL && is_same (there->report, kept))
    {
      ent_cli_note (cli, _ ("“%s” is as it was."), kept->name);
      return TRUE;
    }
  if (there == NULL || force)
    {
      if (!add (user_data, there != NULL ? there->id : 0, kept, kept->name, error))
        return FALSE;
      ent_cli_remark (cli, _ ("“%s” was restored."), kept->name);
      return TRUE;
    }
  name = free_name (user_data, kept->name, date);
  if (!add (user_data, 0, kept, name, error))
    return FALSE;
  ent_cli_remark (cli, _ ("“%s” was changed since; as it was then, it is “%s”."), kept->name, name);
  return TRUE;
}

static gboolean
restore (EntCli *cli, const Options *options, GStrv backups, GError **error)
{
  g_autofree char *backup = choose_backup (backups, options->from, error);
  g_autofree char *date = NULL;
  g_autoptr (GPtrArray) templates = NULL;
  g_autoptr (EntUserData) user_data = NULL;

  if (backup == NULL)
    return FALSE;
  templates = ent_user_data_read_backup (backup, error);
  user_data = templates != NULL ? ent_cli_open_user_data (cli, error) : NULL;
  if (user_data == NULL)
    return FALSE;
  date = date_of (backup);
  for (guint i = 0; i < templates->len; i++)
    {
      const EntTemplate *template = g_ptr_array_index (templates, i);

      if (!restore_one (cli, user_data, template->report, date, options->force, error))
        return FALSE;
    }
  /* Translators: %s is a date. */
  ent_cli_remark (cli, _ ("The templates of the backup of %s are all there."), date);
  return TRUE;
}

gboolean
ent_cli_template_restore (EntCli *cli, int argc, char **argv, GError **error)
{
  g_auto (Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &options.list, N_ ("List the backups and change nothing"),
      NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from,
      N_ ("Of this day; by default the newest good one"), N_ ("DATE") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options.force,
      N_ ("Replace templates that were changed since, instead of adding beside them"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("With --list: as JSON"), NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv,
                                            entries, NULL, NULL, 0, error);
  g_auto (GStrv) backups = NULL;

  if (arguments == NULL)
    return FALSE;
  backups = ent_user_data_list_backups (cli->data_dir);
  if (!options.list)
    return restore (cli, &options, backups, error);
  list_backups (backups, options.json);
  if (backups[0] == NULL)
    ent_cli_remark (cli, _ ("There is no backup yet."));
  return TRUE;
}
