/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli exports list, verify. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-output.h"
#include "ent-words.h"

#include "ent-export-verify.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* ---- list ---- */

static void
set_text (JsonObject *object, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, key, text);
  else
    json_object_set_null_member (object, key);
}

static void
set_instant (JsonObject *object, const char *key, gint64 instant)
{
  g_autofree char *text = instant > 0 ? ent_instant_format (instant) : NULL;

  set_text (object, key, text);
}

/* What was asked for: null where a newer version wrote it. */
static void
set_request (JsonObject *object, const char *text)
{
  g_autoptr (EntExportRequest) request = ent_export_request_from_json (text, NULL);
  g_autofree char *report = request != NULL ? ent_report_to_json (request->report) : NULL;
  g_autoptr (JsonNode) node = report != NULL ? json_from_string (report, NULL) : NULL;
  static const char *const keys[] = { "view", "period", "timezone", "filters" };
  JsonObject *values = node != NULL ? json_node_get_object (node) : NULL;

  set_text (object, "format", request != NULL ? ent_format_key (request->report->format) : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (values != NULL && json_object_has_member (values, keys[i]))
      json_object_set_member (object, keys[i], json_object_dup_member (values, keys[i]));
    else
      json_object_set_null_member (object, keys[i]);
}

static const char *
state_key (EntExportState state)
{
  static const char *const keys[] = {
    [ENT_EXPORT_QUEUED] = "queued",       [ENT_EXPORT_RUNNING] = "running",
    [ENT_EXPORT_FINISHED] = "finished",   [ENT_EXPORT_FAILED] = "failed",
    [ENT_EXPORT_CANCELLED] = "cancelled", [ENT_EXPORT_INTERRUPTED] = "interrupted",
  };

  return keys[state];
}

static void
print_json_line (const EntExportRecord *record)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_int_member (object, "id", record->id);
  json_object_set_string_member (object, "state", state_key (record->state));
  set_instant (object, "requested_at", record->requested_at);
  set_instant (object, "finished_at", record->finished_at);
  set_text (object, "user", record->user);
  set_text (object, "subaccount", record->subaccount);
  set_text (object, "template", record->template_name);
  set_request (object, record->request);
  set_text (object, "path", record->path);
  json_object_set_int_member (object, "rows", record->rows);
  json_object_set_int_member (object, "bytes", record->bytes);
  set_text (object, "sha256", record->sha256);
  json_object_set_int_member (object, "data_version", record->data_version);
  set_text (object, "error", record->error);
  json_node_set_object (root, object);
  text = json_to_string (root, FALSE);
  ent_cli_put (text);
  ent_cli_put ("\n");
}

static void
add_row (EntCliTable *table, const EntExportRecord *record, const EntZone *zone)
{
  ent_cli_table_take (table, ent_words_date_time_full (record->requested_at, zone));
  ent_cli_table_add (table, record->user != NULL ? record->user : "");
  ent_cli_table_add (table, record->template_name != NULL ? record->template_name : "");
  ent_cli_table_add (table, ent_words_export_state ((int) record->state));
  ent_cli_table_take (table, ent_words_count (record->rows));
  ent_cli_table_take (table, ent_words_size ((guint64) record->bytes));
  ent_cli_table_add (table, record->path != NULL ? record->path : "");
}

static void
print_table (GPtrArray *records)
{
  g_autoptr (EntCliTable) table = ent_cli_table_new ("llllrrl");
  g_autoptr (EntZone) zone = ent_zone_new_default (ent_words_get_locale ());

  ent_cli_table_add (table, _ ("Requested"));
  ent_cli_table_add (table, _ ("Requested by"));
  ent_cli_table_add (table, _ ("Template"));
  ent_cli_table_add (table, _ ("State"));
  ent_cli_table_add (table, _ ("Rows"));
  ent_cli_table_add (table, _ ("Size"));
  ent_cli_table_add (table, _ ("File"));
  ent_cli_table_rule (table);
  for (guint i = 0; i < records->len; i++)
    add_row (table, g_ptr_array_index (records, i), zone);
  ent_cli_table_print (table);
}

gboolean
ent_cli_exports_list (EntCli *cli, int argc, char **argv, GError **error)
{
  gboolean json = FALSE;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("One JSON object on each line"), NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv,
                                            entries, NULL, NULL, 0, error);
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (arguments == NULL)
    return FALSE;
  user_data = ent_cli_open_user_data (cli, error);
  if (user_data == NULL || ent_user_data_settle_exports (user_data, error) < 0)
    return FALSE;
  records = ent_user_data_list_exports (user_data, error);
  if (records == NULL)
    return FALSE;
  if (!json && records->len == 0)
    ent_cli_remark (cli, _ ("Nothing was exported yet."));
  else if (!json)
    print_table (records);
  for (guint i = 0; json && i < records->len; i++)
    print_json_line (g_ptr_array_index (records, i));
  return TRUE;
}

/* ---- verify ---- */

static void
print_changes (const EntVerification *verification)
{
  if (verification->changes->len == 0)
    ent_cli_put (_ ("  The figures are the same; only the file differs.\n"));
  for (guint i = 0; i < verification->changes->len; i++)
    {
      const EntVerifyChange *change = g_ptr_array_index (verification->changes, i);
      g_autofree char *line =
          g_strdup_printf ("  %s: %s → %s\n", change->key, change->before, change->after);

      ent_cli_put (line);
    }
}

static const char *
outcome_words (EntVerifyOutcome outcome)
{
  switch (outcome)
    {
    case ENT_VERIFY_SAME:
      return _ ("the same");
    case ENT_VERIFY_CHANGED:
      return _ ("the report gives another file now");
    case ENT_VERIFY_EDITED:
      return _ ("the file was changed after it was exported");
    case ENT_VERIFY_UNKNOWN:
    default:
      return _ ("not known here: neither the history nor a provenance file beside it has it");
    }
}

/* In the language that the file was made in; what is said of it is in ours. */
static EntVerification *
verify_in_its_language (
    EntCli *cli, EntStore *store, EntUserData *user_data, const char *path, GError **error)
{
  g_autofree char *own = g_strdup (ent_words_get_locale ());
  g_autofree char *locale = ent_export_verify_locale (user_data, path, cli->cancellable, error);
  EntVerification *verification;

  if (locale == NULL)
    return NULL;
  if (*locale != '\0' && strcmp (locale, own) != 0)
    ent_words_init (locale);
  verification = ent_export_verify (store, user_data, path, cli->cancellable, error);
  if (strcmp (ent_words_get_locale (), own) != 0)
    ent_words_init (own);
  return verification;
}

static gboolean
verify_one (EntCli *cli,
            EntStore *store,
            EntUserData *user_data,
            const char *path,
            gboolean *all_same,
            GError **error)
{
  g_autoptr (EntVerification) verification =
      verify_in_its_language (cli, store, user_data, path, error);
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *line = NULL;

  if (verification == NULL)
    return FALSE;
  line = g_strdup_printf ("%s: %s\n", shown, outcome_words (verification->outcome));
  ent_cli_put (line);
  if (verification->outcome == ENT_VERIFY_CHANGED)
    print_changes (verification);
  *all_same = *all_same && verification->outcome == ENT_VERIFY_SAME;
  return TRUE;
}

gboolean
ent_cli_exports_verify (EntCli *cli, int argc, char **argv, GError **error)
{
  GOptionEntry entries[] = { { NULL } };
  g_auto (GStrv) paths = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv, entries,
                                        NULL, NULL, -2, error);
  g_autoptr (EntCliStore) store = NULL;
  g_autoptr (EntUserData) user_data = NULL;
  gboolean all_same = TRUE;

  if (paths == NULL)
    return FALSE;
  store = ent_cli_open_store (cli, error);
  user_data = store != NULL ? ent_cli_open_user_data (cli, error) : NULL;
  if (user_data == NULL)
    return FALSE;
  for (guint i = 0; paths[i] != NULL; i++)
    if (!verify_one (cli, store, user_data, paths[i], &all_same, error))
      return FALSE;
  if (all_same)
    return TRUE;
  g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED, "%s", _ ("Not every file is the same."));
  return FALSE;
}
