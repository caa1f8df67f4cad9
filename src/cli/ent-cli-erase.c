/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli erase: for good, from the rows, the columns and the write-ahead log. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-output.h"
#include "ent-words.h"

#include "ent-phone.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* Fewer digits would erase other people's messages. */
#define MIN_DIGITS 7

typedef struct
{
  char *phone;
  char *source;
  char *before;
  gboolean yes;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->phone);
  g_free (self->source);
  g_free (self->before);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (EntCli *cli, Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "phone", 0, 0, G_OPTION_ARG_STRING, &options->phone,
      N_ ("All messages from and to this number, written in full with its country code"),
      N_ ("NUMBER") },
    { "source", 0, 0, G_OPTION_ARG_STRING, &options->source, N_ ("All messages of this source"),
      N_ ("NAME") },
    { "before", 0, 0, G_OPTION_ARG_STRING, &options->before, N_ ("All messages before this day"),
      N_ ("DATE") },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &options->yes, N_ ("Do not ask"), NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv,
                                            entries, NULL, NULL, 0, error);
  int given;

  if (arguments == NULL)
    return FALSE;
  given = (options->phone != NULL) + (options->source != NULL) + (options->before != NULL);
  if (given != 1)
    return ent_cli_usage (error, _ ("Give one of --phone, --source and --before."));
  return TRUE;
}

static gint64
erase_phone (EntCli *cli, EntStore *store, const char *phone, GError **error)
{
  g_autofree char *digits = ent_phone_normalise (phone);

  if (digits == NULL || strlen (digits) < MIN_DIGITS)
    {
      ent_cli_usage (error, _ ("--phone takes a whole number such as +5511912345678, not “%s”."),
                     phone);
      return -1;
    }
  return ent_store_erase_phone (store, digits, cli->cancellable, error);
}

static gboolean
is_present (const GPtrArray *records, const char *key)
{
  for (guint i = 0; i < records->len; i++)
    if (strcmp (((const EntSourceRecord *) g_ptr_array_index (records, i))->key, key) == 0)
      return TRUE;
  return FALSE;
}

/* Keys of the source of that name, and of those that had it, were removed and left their messages
 * here: the name in them is the only handle to these. */
static GStrv
find_keys (EntCli *cli, EntStore *store, const char *name, GError **error)
{
  g_autoptr (EntUserData) user_data = ent_cli_open_user_data (cli, error);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_auto (GStrv) named = NULL;

  if (user_data == NULL)
    return NULL;
  records = ent_user_data_list_sources (user_data, error);
  if (records == NULL)
    return NULL;
  snapshot = ent_store_snapshot (store, error);
  if (snapshot == NULL)
    return NULL;
  named = ent_snapshot_source_keys (snapshot, name);
  for (guint i = 0; named[i] != NULL; i++)
    if (!is_present (records, named[i]))
      g_strv_builder_add (keys, named[i]);
  for (guint i = 0; i < records->len; i++)
    {
      const EntSourceRecord *record = g_ptr_array_index (records, i);

      if (strcmp (record->name, name) == 0)
        g_strv_builder_add (keys, record->key);
    }
  return g_strv_builder_end (keys);
}

static gint64
erase_source (EntCli *cli, EntStore *store, const char *name, GError **error)
{
  /* The snapshot is gone again: one that is open keeps the log from being emptied. */
  g_auto (GStrv) keys = find_keys (cli, store, name, error);
  gint64 erased = 0;

  if (keys == NULL)
    return -1;
  if (keys[0] == NULL)
    {
      g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED,
                   _ ("There is no source “%s”. See entrega-cli source list"), name);
      return -1;
    }
  for (guint i = 0; keys[i] != NULL; i++)
    {
      gint64 n = ent_store_erase_source (store, keys[i], cli->cancellable, error);

      if (n < 0)
        return -1;
      erased += n;
    }
  return erased;
}

static gint64
erase_before (EntCli *cli, EntStore *store, const char *date, GError **error)
{
  g_autoptr (EntZone) zone = ent_zone_new_default (ent_words_get_locale ());
  EntDay day;

  if (!ent_day_parse (date, &day, NULL))
    {
      ent_cli_usage (error, _ ("%s takes a date such as 2026-11-22, not “%s”."), "--before", date);
      return -1;
    }
  return ent_store_erase_before (store, ent_zone_day_start (zone, day), cli->cancellable, error);
}

static gint64
erase (EntCli *cli, const Options *options, GError **error)
{
  g_autoptr (EntCliStore) store = ent_cli_open_store (cli, error);

  if (store == NULL)
    return -1;
  if (options->phone != NULL)
    return erase_phone (cli, store, options->phone, error);
  if (options->source != NULL)
    return erase_source (cli, store, options->source, error);
  return erase_before (cli, store, options->before, error);
}

static char *
question_of (const Options *options)
{
  if (options->phone != NULL)
    return g_strdup_printf (_ ("Erase all messages from and to %s for good?"), options->phone);
  if (options->source != NULL)
    return g_strdup_printf (_ ("Erase all messages of “%s” for good?"), options->source);
  return g_strdup_printf (_ ("Erase all messages before %s for good?"), options->before);
}

gboolean
ent_cli_erase (EntCli *cli, int argc, char **argv, GError **error)
{
  g_auto (Options) options = { NULL };
  g_autofree char *question = NULL;
  g_autofree char *count = NULL;
  gint64 n;

  if (!parse (cli, &options, argc, argv, error))
    return FALSE;
  question = question_of (&options);
  if (!options.yes && !ent_cli_is_terminal (STDIN_FILENO))
    return ent_cli_usage (error, _ ("Without a terminal to ask on, --yes is needed to erase."));
  if (!options.yes && !ent_cli_confirm (question))
    return TRUE;
  n = erase (cli, &options, error);
  if (n < 0)
    return FALSE;
  count = ent_words_messages (n);
  ent_cli_remark (cli, _ ("Erased: %s."), count);
  return TRUE;
}
