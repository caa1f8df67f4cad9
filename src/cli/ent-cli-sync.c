/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli sync. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-output.h"
#include "ent-cli-sync.h"
#include "ent-words.h"

#include "ent-cell.h"
#include "ent-credentials.h"
#include "ent-sync.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#define LONG_WAIT_SECONDS 10

typedef struct
{
  char *source;
  char *from;
  char *to;
  char *credentials_file;
  gboolean wait;
  gboolean json;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->source);
  g_free (self->from);
  g_free (self->to);
  g_free (self->credentials_file);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (EntCli *cli, Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "source", 0, 0, G_OPTION_ARG_STRING, &options->source, N_ ("Only this one"), N_ ("NAME") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options->from,
      N_ ("First day to fetch; by default what is new and what may have changed"), N_ ("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options->to, N_ ("Last day to fetch"), N_ ("DATE") },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &options->wait,
      N_ ("Wait for another synchronisation to end"), NULL },
    { "credentials-file", 0, 0, G_OPTION_ARG_FILENAME, &options->credentials_file,
      N_ ("Credentials of --source for this run only; - for the standard input"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("One JSON object per source"), NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv,
                                            entries, NULL, NULL, 0, error);

  if (arguments == NULL)
    return FALSE;
  if (cli->offline)
    return ent_cli_usage (error, _ ("Nothing can be synchronised with --offline."));
  if (options->credentials_file != NULL && options->source == NULL)
    return ent_cli_usage (error, _ ("--credentials-file needs --source."));
  return TRUE;
}

/* Local days in the default zone, both inclusive. */
static gboolean
set_dates (const Options *options, EntSyncOptions *sync, GError **error)
{
  g_autoptr (EntZone) zone = ent_zone_new_default (ent_words_get_locale ());
  EntDay first, last;

  sync->from = ENT_TIME_NONE;
  sync->to = ENT_TIME_NONE;
  if (options->from == NULL && options->to == NULL)
    return TRUE;
  if (options->from == NULL)
    return ent_cli_usage (error, _ ("--to needs --from."));
  last = ent_zone_day_of (zone, ent_clock_now ());
  if (!ent_day_parse (options->from, &first, NULL))
    return ent_cli_usage (error, _ ("%s takes a date such as 2026-11-22, not “%s”."), "--from",
                          options->from);
  if (options->to != NULL && !ent_day_parse (options->to, &last, NULL))
    return ent_cli_usage (error, _ ("%s takes a date such as 2026-11-22, not “%s”."), "--to",
                          options->to);
  if (first > last)
    return ent_cli_usage (error, _ ("The first day must not be after the last."));
  sync->from = ent_zone_day_start (zone, first);
  sync->to = MIN (ent_zone_day_start (zone, last + 1), ent_clock_now ());
  return TRUE;
}

static gboolean
set_credentials (const Options *options,
                 EntUserData *user_data,
                 EntSyncOptions *sync,
                 GError **error)
{
  g_autoptr (EntSourceRecord) record = NULL;
  JsonObject *object;

  if (options->source == NULL)
    return TRUE;
  record = ent_user_data_find_source (user_data, options->source, NULL);
  if (record == NULL)
    {
      g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED,
                   _ ("There is no source “%s”. See entrega-cli source list"), options->source);
      return FALSE;
    }
  if (options->credentials_file == NULL)
    return TRUE;
  object = ent_credentials_read_file (options->credentials_file, FALSE, error);
  if (object == NULL)
    return FALSE;
  sync->session_credentials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                     (GDestroyNotify) ent_credentials_wipe);
  g_hash_table_insert (sync->session_credentials, g_strdup (record->key), object);
  return TRUE;
}

/* A short wait is told to who looks on; a long one also to a log, which would show a program that
 * does nothing. */
static void
tell_wait (const EntCli *cli, const EntSyncProgress *progress)
{
  gint64 left = MAX (0, progress->retry_at - g_get_monotonic_time ());
  gint64 seconds = (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_autofree char *duration = ent_words_duration (seconds);
  /* Translators: the name of a source, a duration: "Sales: the provider does not answer or asks to
   * wait; next try in 2 min". */
  g_autofree char *text =
      g_strdup_printf (_ ("%s: the provider does not answer or asks to wait; next try in %s"),
                       progress->source_name, duration);

  if (seconds >= LONG_WAIT_SECONDS && !ent_cli_is_terminal (STDERR_FILENO))
    ent_cli_remark (cli, "%s", text);
  else
    ent_cli_progress (cli, "%s", text);
}

static void
progress_cb (const EntSyncProgress *progress, gpointer data)
{
  EntCli *cli = data;
  g_autofree char *fetched = ent_words_messages (progress->fetched);

  if (progress->source_name == NULL)
    return;
  if (progress->state == ENT_SYNC_WAITING)
    tell_wait (cli, progress);
  else
    ent_cli_progress (cli,
                      /* Translators: source, channel, step of steps, "1,204 messages". */
                      _ ("%s · %s · %u of %u · %s"), progress->source_name,
                      ent_words_channel (progress->channel), progress->windows_done,
                      progress->windows_total, fetched);
}

static char *
outcome_of (const EntSyncResult *result, const EntZone *zone)
{
  g_autofree char *since = NULL;

  if (result->error != NULL)
    return ent_words_error_line (result->error);
  if (result->answers_from == ENT_TIME_NONE)
    return g_strdup (C_ ("sync", "Done"));
  since = ent_words_when (result->answers_from, zone, ent_clock_now ());
  /* Translators: %s is a day and a time. */
  return g_strdup_printf (C_ ("sync", "Done; the provider keeps nothing before %s"), since);
}

static void
print_table (const GPtrArray *results)
{
  g_autoptr (EntCliTable) table = ent_cli_table_new ("lrrrrl");
  g_autoptr (EntZone) zone = ent_zone_new_default (ent_words_get_locale ());

  ent_cli_table_add (table, C_ ("sync", "Source"));
  ent_cli_table_add (table, C_ ("sync", "Fetched"));
  ent_cli_table_add (table, C_ ("sync", "New"));
  ent_cli_table_add (table, C_ ("sync", "Changed"));
  /* Translators: items of a provider that could not be understood and were kept apart. */
  ent_cli_table_add (table, C_ ("sync", "Set aside"));
  ent_cli_table_add (table, C_ ("sync", "Result"));
  ent_cli_table_rule (table);
  for (guint i = 0; i < results->len; i++)
    {
      const EntSyncResult *result = g_ptr_array_index (results, i);

      ent_cli_table_add (table, result->source_name);
      ent_cli_table_take (table, ent_words_count (result->fetched));
      ent_cli_table_take (table, ent_words_count (result->added));
      ent_cli_table_take (table, ent_words_count (result->changed));
      ent_cli_table_take (table, ent_words_count (result->quarantined));
      ent_cli_table_take (table, outcome_of (result, zone));
    }
  ent_cli_table_print (table);
}

static void
print_json (const EntSyncResult *result)
{
  g_autoptr (GString) out = g_string_new ("{\"source\":");

  ent_json_append_string (out, result->source_name);
  g_string_append_printf (out,
                          ",\"fetched\":%" G_GINT64_FORMAT ",\"added\":%" G_GINT64_FORMAT
                          ",\"changed\":%" G_GINT64_FORMAT ",\"quarantined\":%" G_GINT64_FORMAT
                          ",\"error\":",
                          result->fetched, result->added, result->changed, result->quarantined);
  if (result->error != NULL)
    {
      g_autofree char *text = ent_words_error_to_text (result->error, FALSE);

      ent_json_append_string (out, text);
    }
  else
    g_string_append (out, "null");
  g_string_append (out, "}\n");
  ent_cli_put (out->str);
}

static void
print_results (const Options *options, const GPtrArray *results)
{
  ent_cli_clear_progress ();
  if (results == NULL || results->len == 0)
    return;
  if (options->json)
    for (guint i = 0; i < results->len; i++)
      print_json (g_ptr_array_index (results, i));
  else
    print_table (results);
}

/* A damaged database is put out of the way, whole, and begun anew: that is what can be mended. */
static EntCliStore *
open_or_set_aside (EntCli *cli, GError **error)
{
  g_autoptr (GError) damage = NULL;
  EntCliStore *store = ent_cli_open_store (cli, &damage);
  g_autofree char *aside = NULL;

  if (store != NULL)
    return store;
  if (!g_error_matches (damage, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&damage));
      return NULL;
    }
  aside = ent_store_quarantine (cli->data_dir, error);
  if (aside == NULL)
    return NULL;
  ent_cli_warn (_ ("The message database was damaged. It was set aside as %s; what the provider "
                   "still keeps is fetched again."),
                aside);
  return ent_cli_open_store (cli, error);
}

static gboolean
synchronise (EntCli *cli,
             const Options *options,
             EntUserData *user_data,
             EntSyncOptions *sync_options,
             GError **error)
{
  g_autoptr (EntCliStore) store = open_or_set_aside (cli, error);
  g_autoptr (EntSync) sync = NULL;
  g_autoptr (GPtrArray) results = NULL;
  gboolean ok;

  if (store == NULL)
    return FALSE;
  sync = ent_sync_new (store, user_data);
  ent_sync_set_progress_func (sync, progress_cb, cli);
  ok = ent_sync_run (sync, sync_options, cli->cancellable, &results, error);
  print_results (options, results);
  return ok;
}

gboolean
ent_cli_sync (EntCli *cli, int argc, char **argv, GError **error)
{
  g_auto (Options) options = { NULL };
  g_autoptr (EntUserData) user_data = NULL;
  EntSyncOptions sync_options = { NULL };
  gboolean ok;

  if (!parse (cli, &options, argc, argv, error) || !set_dates (&options, &sync_options, error))
    return FALSE;
  user_data = ent_cli_open_user_data (cli, error);
  if (user_data == NULL)
    return FALSE;
  sync_options.only_source = options.source;
  sync_options.wait = options.wait;
  ok = set_credentials (&options, user_data, &sync_options, error) &&
       synchronise (cli, &options, user_data, &sync_options, error);
  g_clear_pointer (&sync_options.session_credentials, g_hash_table_unref);
  return ok;
}

/* How many sources failed; each is told. */
static guint
tell_failures (const GPtrArray *results)
{
  guint n = 0;

  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const EntSyncResult *result = g_ptr_array_index (results, i);
      g_autofree char *line = NULL;

      if (result->error == NULL)
        continue;
      line = ent_words_error_line (result->error);
      /* Translators: the name of a source, and why it could not be synchronised. */
      ent_cli_warn (C_ ("sync", "%s: %s"), result->source_name, line);
      n++;
    }
  return n;
}

gboolean
ent_cli_sync_before (EntCli *cli, EntStore *store, EntUserData *user_data)
{
  g_autoptr (EntSync) sync = ent_sync_new (store, user_data);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  EntSyncOptions options = { NULL, ENT_TIME_NONE, ENT_TIME_NONE, TRUE, NULL };
  gboolean ok;

  ent_sync_set_progress_func (sync, progress_cb, cli);
  ok = ent_sync_run (sync, &options, cli->cancellable, &results, &error);
  ent_cli_clear_progress ();
  if (ok)
    return TRUE;
  line = ent_words_error_line (error);
  /* Nothing to fetch is no failure: all sources are paused, or files. */
  if (g_error_matches (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_NO_SOURCE))
    {
      ent_cli_remark (cli, "%s", line);
      return TRUE;
    }
  if (tell_failures (results) == 0)
    ent_cli_warn ("%s", line);
  return FALSE;
}
