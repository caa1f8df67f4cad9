/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole synchronisation, measured: pages over HTTP to committed rows, as the product does it.
 * Speaks perf-serve. */

#include "config.h"

#include "ent-process.h"
#include "ent-sync.h"
#include "perf-data.h"
#include "perf-serve.h"

#include <ent-time.h>

#define KEY "bench"

static gboolean
save_source (EntUserData *user_data, const char *url, GError **error)
{
  g_autoptr (EntSourceRecord) record = ent_source_record_new ();

  record->key = g_strdup (KEY);
  record->kind = g_strdup ("engage");
  record->name = g_strdup ("Benchmark");
  record->options = g_strdup_printf ("{\"url\":\"%s\"}", url);
  record->credentials = ENT_CREDENTIALS_SESSION;
  return ent_user_data_save_source (user_data, record, error);
}

static GHashTable *
make_credentials (void)
{
  GHashTable *table =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) json_object_unref);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "api_key", "bench");
  json_object_set_string_member (object, "api_secret", "bench");
  g_hash_table_insert (table, (gpointer) KEY, object);
  return table;
}

static gboolean
synchronise (EntStore *store, EntUserData *user_data, gint64 *added, GError **error)
{
  g_autoptr (EntSync) sync = ent_sync_new (store, user_data);
  g_autoptr (GHashTable) credentials = make_credentials ();
  g_autoptr (GPtrArray) results = NULL;
  EntSyncOptions options = {
    .from = ENT_TIME_NONE,
    .to = ENT_TIME_NONE,
    .session_credentials = credentials,
  };

  if (!ent_sync_run (sync, &options, NULL, &results, error))
    return FALSE;
  *added = ((EntSyncResult *) results->pdata[0])->added;
  return TRUE;
}

/* {"folder":…,"url":…}: the first synchronisation of an empty data folder. */
static gboolean
do_sync (JsonObject *request, JsonObject *answer, gpointer unused, GError **error)
{
  const char *folder = perf_get_string (request, "folder", "");
  g_autoptr (EntUserData) user_data = ent_user_data_open (folder, error);
  g_autoptr (EntStore) store = NULL;
  PerfClock clock;
  gint64 added = 0;
  gboolean good;

  if (user_data == NULL || !save_source (user_data, perf_get_string (request, "url", ""), error))
    return FALSE;
  store = ent_store_open (folder, error);
  if (store == NULL)
    return FALSE;
  perf_clock_start (&clock);
  good = synchronise (store, user_data, &added, error);
  perf_clock_stop (&clock, answer);
  ent_store_close (store);
  json_object_set_int_member (answer, "count", added);
  return good;
}

static const PerfCommand commands[] = {
  { "sync", do_sync },
  { NULL, NULL },
};

int
main (int argc, char **argv)
{
  g_autofree char *now = ent_instant_format (PERF_NOW_MS);

  ent_process_init ();
  ent_clock_set (now, NULL);
  return perf_serve (commands, NULL);
}
