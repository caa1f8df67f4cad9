/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli source list, test, remove, pause, resume. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-credentials.h"
#include "ent-cli-output.h"
#include "ent-words.h"

#include "ent-cell.h"
#include "ent-credentials.h"
#include "ent-sync-sources.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

/* ---- list ---- */

static const char *
credentials_key (EntCredentialsKind kind)
{
  static const char *const keys[] = { "keyring", "file", "env", "session", "none" };

  return (guint) kind < G_N_ELEMENTS (keys) ? keys[kind] : "";
}

static void
append_instant (GString *out, const char *key, gint64 instant)
{
  g_autofree char *text = instant > 0 ? ent_instant_format (instant) : NULL;

  if (text != NULL)
    g_string_append_printf (out, ",\"%s\":\"%s\"", key, text);
  else
    g_string_append_printf (out, ",\"%s\":null", key);
}

/* No secret is in a record: the reference of the credentials is a path or a name. */
static void
print_json (const EntSourceRecord *record)
{
  g_autoptr (GString) out = g_string_new ("{\"name\":");

  ent_json_append_string (out, record->name);
  ent_json_append_member (out, "kind", record->kind);
  g_string_append_printf (out, ",\"options\":%s", record->options != NULL ? record->options : "{}");
  ent_json_append_member (out, "credentials", credentials_key (record->credentials));
  ent_json_append_member (out, "credentials_from", record->credentials_ref);
  g_string_append_printf (out, ",\"paused\":%s,\"sample\":%s", record->paused ? "true" : "false",
                          record->sample ? "true" : "false");
  append_instant (out, "last_success", record->last_success);
  append_instant (out, "last_attempt", record->last_attempt);
  ent_json_append_member (out, "last_error", record->last_error);
  g_string_append (out, "}\n");
  ent_cli_put (out->str);
}

static char *
state_of (const EntSourceRecord *record, const EntZone *zone)
{
  if (record->paused)
    return g_strdup (C_ ("source", "Paused"));
  if (record->last_error != NULL)
    return ent_words_error_line_from_text (record->last_error);
  return ent_words_synchronised (record->last_success, zone, ent_clock_now ());
}

static void
print_table (const GPtrArray *records)
{
  g_autoptr (EntCliTable) table = ent_cli_table_new ("lll");
  g_autoptr (EntZone) zone = ent_zone_new_default (ent_words_get_locale ());

  ent_cli_table_add (table, C_ ("source", "Source"));
  ent_cli_table_add (table, C_ ("source", "Kind"));
  ent_cli_table_add (table, C_ ("source", "State"));
  ent_cli_table_rule (table);
  for (guint i = 0; i < records->len; i++)
    {
      const EntSourceRecord *record = g_ptr_array_index (records, i);

      ent_cli_table_add (table, record->name);
      ent_cli_table_add (table, ent_words_source_kind (record->kind));
      ent_cli_table_take (table, state_of (record, zone));
    }
  ent_cli_table_print (table);
}

gboolean
ent_cli_source_list (EntCli *cli, int argc, char **argv, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("One JSON object per line"), NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv,
                                            entries, NULL, NULL, 0, error);
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (arguments == NULL)
    return FALSE;
  user_data = ent_cli_open_user_data (cli, error);
  if (user_data == NULL)
    return FALSE;
  records = ent_user_data_list_sources (user_data, error);
  if (records == NULL)
    return FALSE;
  if (json)
    for (guint i = 0; i < records->len; i++)
      print_json (g_ptr_array_index (records, i));
  else if (records->len == 0)
    ent_cli_remark (cli, _ ("There are no sources yet. See entrega-cli source add --help"));
  else
    print_table (records);
  return TRUE;
}

/* ---- The commands that take a name ---- */

/* Parses, opens, finds. */
static EntSourceRecord *
find_record (EntCli *cli,
             int argc,
             char **argv,
             const GOptionEntry *entries,
             EntUserData **user_data,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv,
                                            entries, NULL, NULL, 1, error);
  EntSourceRecord *record;

  if (arguments == NULL)
    return NULL;
  *user_data = ent_cli_open_user_data (cli, error);
  if (*user_data == NULL)
    return NULL;
  record = ent_user_data_find_source (*user_data, arguments[0], &local_error);
  if (record != NULL)
    return record;
  if (g_error_matches (local_error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND))
    g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED,
                 _ ("There is no source “%s”. See entrega-cli source list"), arguments[0]);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static GHashTable *
session_credentials (const EntSourceRecord *record, JsonObject *object)
{
  GHashTable *table =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);

  if (object != NULL)
    g_hash_table_insert (table, g_strdup (record->key), json_object_ref (object));
  return table;
}

gboolean
ent_cli_source_test (EntCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char *file = NULL;
  const GOptionEntry entries[] = {
    { "credentials-file", 0, 0, G_OPTION_ARG_FILENAME, &file,
      N_ ("Credentials for this run only; - for the standard input"), N_ ("FILE") },
    { NULL },
  };
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntSourceRecord) record = find_record (cli, argc, argv, entries, &user_data, error);
  g_autoptr (JsonObject) credentials = NULL;
  g_autoptr (GHashTable) session = NULL;
  g_autoptr (EntSource) source = NULL;

  if (record == NULL)
    return FALSE;
  if (cli->offline)
    return ent_cli_usage (error, _ ("A source cannot be tested with --offline."));
  if (file != NULL)
    {
      credentials = ent_credentials_read_file (file, FALSE, error);
      if (credentials == NULL)
        return FALSE;
    }
  session = session_credentials (record, credentials);
  source = ent_sync_open_source (record, session, cli->cancellable, error);
  if (source == NULL || !ent_source_test (source, cli->cancellable, error))
    return FALSE;
  ent_cli_remark (cli, _ ("“%s” answers and accepts the credentials."), record->name);
  return TRUE;
}

static gboolean
erase_data (EntCli *cli, const EntSourceRecord *record, GError **error)
{
  g_autoptr (EntCliStore) store = ent_cli_open_store (cli, error);
  g_autofree char *count = NULL;
  gint64 n;

  if (store == NULL)
    return FALSE;
  n = ent_store_erase_source (store, record->key, cli->cancellable, error);
  if (n < 0)
    return FALSE;
  count = ent_words_messages (n);
  ent_cli_remark (cli, _ ("Erased: %s."), count);
  return TRUE;
}

gboolean
ent_cli_source_remove (EntCli *cli, int argc, char **argv, GError **error)
{
  gboolean erase = FALSE;
  gboolean yes = FALSE;
  const GOptionEntry entries[] = {
    { "erase", 0, 0, G_OPTION_ARG_NONE, &erase, N_ ("Erase its messages too; else they are kept"),
      NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, N_ ("Do not ask"), NULL },
    { NULL },
  };
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntSourceRecord) record = find_record (cli, argc, argv, entries, &user_data, error);
  g_autofree char *question = NULL;

  if (record == NULL)
    return FALSE;
  question =
      erase ? g_strdup_printf (_ ("Remove “%s” and erase its messages for good?"), record->name)
            : g_strdup_printf (_ ("Remove “%s” and keep its messages?"), record->name);
  if (erase && !yes && !ent_cli_is_terminal (STDIN_FILENO))
    return ent_cli_usage (error, _ ("Without a terminal to ask on, --yes is needed to erase."));
  if (!yes && !ent_cli_confirm (question))
    return TRUE;
  if (erase && !erase_data (cli, record, error))
    return FALSE;
  if (!ent_user_data_remove_source (user_data, record->key, error))
    return FALSE;
  /* Where no keyring answers there is nothing to forget. */
  if (record->credentials == ENT_CREDENTIALS_KEYRING)
    ent_credentials_forget (record->key, cli->cancellable, NULL);
  ent_cli_remark (cli, _ ("Removed the source “%s”."), record->name);
  return TRUE;
}

static gboolean
set_paused (EntCli *cli, int argc, char **argv, gboolean paused, GError **error)
{
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntSourceRecord) record = find_record (cli, argc, argv, NULL, &user_data, error);

  if (record == NULL)
    return FALSE;
  record->paused = paused;
  if (!ent_user_data_save_source (user_data, record, error))
    return FALSE;
  ent_cli_remark (cli, paused ? _ ("Paused the source “%s”.") : _ ("Resumed the source “%s”."),
                  record->name);
  return TRUE;
}

gboolean
ent_cli_source_pause (EntCli *cli, int argc, char **argv, GError **error)
{
  return set_paused (cli, argc, argv, TRUE, error);
}

gboolean
ent_cli_source_resume (EntCli *cli, int argc, char **argv, GError **error)
{
  return set_paused (cli, argc, argv, FALSE, error);
}
