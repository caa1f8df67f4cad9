/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sources a synchronisation is about, and what user.db remembers of it. Fetch thread. */
#include "config.h"

#include "ent-sync-sources.h"

#include "ent-credentials.h"
#include "ent-json-guard.h"
#include "ent-time.h"

#include <string.h>

#define MAX_OPTIONS_BYTES 65536
#define MAX_OPTIONS_DEPTH 4
/* A run of so many digits may be somebody's number. */
#define SAFE_DIGITS 4
#define MAX_DETAIL_BYTES 200

/* Reports that a person imports have nothing to be asked. */
static gboolean
can_be_asked (const EntSourceRecord *record)
{
  return g_strcmp0 (record->kind, "report-file") != 0;
}

/* People say its name; the window, which must not mind a renaming, its key. */
static gboolean
is_called (const EntSourceRecord *record, const char *name_or_key)
{
  return g_strcmp0 (record->name, name_or_key) == 0 || g_strcmp0 (record->key, name_or_key) == 0;
}

GPtrArray *
ent_sync_find_sources (EntUserData *user_data, const char *only_source, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) all = ent_user_data_list_sources (user_data, error);

  if (all == NULL)
    return NULL;
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_source_record_unref);
  for (guint i = 0; i < all->len; i++)
    {
      EntSourceRecord *record = g_ptr_array_index (all, i);
      gboolean wanted = only_source != NULL ? is_called (record, only_source) : !record->paused;

      if (wanted && can_be_asked (record))
        g_ptr_array_add (found, ent_source_record_ref (record));
    }
  if (found->len > 0)
    return g_steal_pointer (&found);

  if (only_source != NULL)
    g_set_error (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_NO_SOURCE,
                 "There is no source called %s that can be synchronised", only_source);
  else
    g_set_error (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_NO_SOURCE,
                 "There is no source to synchronise");
  return NULL;
}

/* ---- Opening -------------------------------------------------------------------------------- */

/* NULL without an error for a source that needs none. */
static JsonObject *
load_credentials (const EntSourceRecord *record,
                  GHashTable *session,
                  GCancellable *cancellable,
                  GError **error)
{
  JsonObject *known = session != NULL ? g_hash_table_lookup (session, record->key) : NULL;

  if (known != NULL)
    return json_object_ref (known);
  switch (record->credentials)
    {
    case ENT_CREDENTIALS_KEYRING:
      return ent_credentials_lookup (record->key, cancellable, error);
    case ENT_CREDENTIALS_FILE:
      return ent_credentials_read_file (record->credentials_ref, TRUE, error);
    case ENT_CREDENTIALS_ENV:
      return ent_credentials_read_env (record->credentials_ref, error);
    case ENT_CREDENTIALS_SESSION:
      g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_CREDENTIALS,
                   "The credentials were not kept and have to be given again");
      return NULL;
    case ENT_CREDENTIALS_NONE:
      break;
    }
  return NULL;
}

/* Those that were read for this run are wiped; the session's belong to the caller. */
static void
drop_credentials (JsonObject *credentials, const EntSourceRecord *record, GHashTable *session)
{
  if (credentials == NULL)
    return;
  if (session != NULL && g_hash_table_lookup (session, record->key) == credentials)
    json_object_unref (credentials);
  else
    ent_credentials_wipe (credentials);
}

static JsonNode *
parse_options (const EntSourceRecord *record, GError **error)
{
  const char *text = record->options != NULL && *record->options != '\0' ? record->options : "{}";
  g_autoptr (JsonNode) node =
      ent_json_parse_guarded (text, strlen (text), MAX_OPTIONS_BYTES, MAX_OPTIONS_DEPTH, NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_OPTIONS, "The source's options are damaged");
  return NULL;
}

EntSource *
ent_sync_open_source (const EntSourceRecord *record,
                      GHashTable *session,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (JsonNode) options = parse_options (record, error);
  g_autoptr (GError) problem = NULL;
  JsonObject *credentials;
  EntSource *source;

  if (options == NULL)
    return NULL;
  credentials = load_credentials (record, session, cancellable, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  source = ent_source_new (record->kind, json_node_get_object (options), credentials, error);
  drop_credentials (credentials, record, session);
  return source;
}

/* ---- Notes ---------------------------------------------------------------------------------- */

static const char *
api_code_key (int code)
{
  switch ((EntApiError) code)
    {
    case ENT_API_ERROR_AUTH:
      return "auth";
    case ENT_API_ERROR_FORBIDDEN:
      return "forbidden";
    case ENT_API_ERROR_OFFLINE:
      return "offline";
    case ENT_API_ERROR_TIMEOUT:
      return "timeout";
    case ENT_API_ERROR_RATE_LIMITED:
      return "rate-limited";
    case ENT_API_ERROR_SERVER:
      return "server";
    case ENT_API_ERROR_REFUSED:
      return "refused";
    case ENT_API_ERROR_PROTOCOL:
      return "protocol";
    case ENT_API_ERROR_TLS:
      return "tls";
    case ENT_API_ERROR_CREDENTIALS:
      return "credentials";
    case ENT_API_ERROR_OPTIONS:
      return "options";
    }
  return "failed";
}

static const char *
store_code_key (int code)
{
  switch ((EntStoreError) code)
    {
    case ENT_STORE_ERROR_CORRUPT:
      return "corrupt";
    case ENT_STORE_ERROR_FULL:
      return "full";
    case ENT_STORE_ERROR_BUSY:
      return "busy";
    case ENT_STORE_ERROR_READONLY:
      return "readonly";
    case ENT_STORE_ERROR_VERSION:
      return "version";
    case ENT_STORE_ERROR_NOT_FOUND:
      return "not-found";
    case ENT_STORE_ERROR_EXISTS:
      return "exists";
    case ENT_STORE_ERROR_CONFLICT:
      return "conflict";
    case ENT_STORE_ERROR_FAILED:
      break;
    }
  return "failed";
}

/* A provider's message may repeat a number that it refused. */
static char *
hide_numbers (const char *text)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0' && out->len < MAX_DETAIL_BYTES)
    {
      gsize digits = strspn (text, "0123456789");
      const char *next = g_utf8_next_char (text);

      if (digits > SAFE_DIGITS)
        {
          g_string_append (out, "…");
          text += digits;
        }
      else if (digits > 0)
        {
          g_string_append_len (out, text, (gssize) digits);
          text += digits;
        }
      else
        {
          g_string_append_len (out, text, next - text);
          text = next;
        }
    }
  return g_string_free (out, FALSE);
}

char *
ent_sync_error_to_text (const GError *problem)
{
  g_autofree char *detail = hide_numbers (problem->message);

  if (problem->domain == ENT_API_ERROR)
    return g_strdup_printf ("api:%s:%s", api_code_key (problem->code), detail);
  if (problem->domain == ENT_STORE_ERROR)
    return g_strdup_printf ("store:%s:%s", store_code_key (problem->code), detail);
  return g_strdup_printf ("other:failed:%s", detail);
}

static EntSourceRecord *
find_by_key (EntUserData *user_data, const char *key, GError **error)
{
  g_autoptr (GPtrArray) all = ent_user_data_list_sources (user_data, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      EntSourceRecord *record = g_ptr_array_index (all, i);

      if (strcmp (record->key, key) == 0)
        return ent_source_record_ref (record);
    }
  return NULL;
}

gboolean
ent_sync_note_attempt (
    EntUserData *user_data, const char *key, gboolean begins, const GError *problem, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (EntSourceRecord) record = NULL;

  if (problem != NULL && g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;

  /* Read again each time: the user may have renamed or removed it meanwhile. */
  record = find_by_key (user_data, key, &missing);
  if (record == NULL)
    {
      if (missing == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }

  if (begins)
    record->last_attempt = ent_clock_now ();
  else
    {
      g_clear_pointer (&record->last_error, g_free);
      if (problem != NULL)
        record->last_error = ent_sync_error_to_text (problem);
      else
        record->last_success = ent_clock_now ();
    }
  return ent_user_data_save_source (user_data, record, error);
}
