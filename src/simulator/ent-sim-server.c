/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTTP around the world: what stands under which path, and the faults that concern connections. See
 * the header.
 */
#include "config.h"

#include "ent-sim-server.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "ent-sim-calendar.h"
#include "ent-sim-engage.h"
#include "ent-sim-error.h"
#include "ent-sim-http.h"
#include "ent-sim-idle.h"
#include "ent-sim-json.h"
#include "ent-sim-ledger.h"

#define MAX_LEDGER_DAYS 8000
#define PAGE_BYTES 65536

struct _EntSimServer
{
  SoupServer *soup;
  EntSimIdle *idle;
  EntSimWorld *world;
  EntSimEngage *engage;
  EntSimFaults faults;
  guint n_requests;
  char *url;
  GHashTable *late; /* Late, as a set: answers that a fault holds back */
};

/* ---- Engage ------------------------------------------------------------------------------ */

static void
respond_status (EntSimServer *self, SoupServerMessage *message)
{
  if (self->faults.has_retry_after)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", self->faults.retry_after);

      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Retry-After", seconds);
    }
  /* libsoup has no phrase for 429. */
  ent_sim_http_respond_message (message, self->faults.status,
                                self->faults.status == 429
                                    ? "Too Many Requests"
                                    : soup_status_get_phrase (self->faults.status));
}

static void
respond_html (SoupServerMessage *message)
{
  g_autoptr (GString) page =
      g_string_new ("<!DOCTYPE html><html><head><title>Wi-Fi</title></head>"
                    "<body><h1>Please sign in to the network</h1></body></html>");

  ent_sim_http_respond (message, 200, "text/html; charset=utf-8", page);
}

static void
close_connection (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static void
respond_page (EntSimServer *self, SoupServerMessage *message, EntSimVerdict verdict)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr (GString) answer = g_string_sized_new (PAGE_BYTES);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  guint status = ent_sim_engage_answer (
      self->engage,
      soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                    "Authorization"),
      data != NULL ? data : "", length, &self->faults, verdict, answer);

  ent_sim_http_respond_json (message, status, answer);
}

static void
answer_engage (EntSimServer *self, SoupServerMessage *message, EntSimVerdict verdict)
{
  switch (verdict)
    {
    case ENT_SIM_VERDICT_CLOSE:
      close_connection (message);
      break;
    case ENT_SIM_VERDICT_UNAUTHORIZED:
      ent_sim_http_respond_message (message, 401, "Invalid authentication credentials");
      break;
    case ENT_SIM_VERDICT_FORBIDDEN:
      ent_sim_http_respond_message (message, 403, "This account may not read reports");
      break;
    case ENT_SIM_VERDICT_STATUS:
      respond_status (self, message);
      break;
    case ENT_SIM_VERDICT_HTML:
      respond_html (message);
      break;
    case ENT_SIM_VERDICT_ANSWER:
    case ENT_SIM_VERDICT_TRUNCATE:
    case ENT_SIM_VERDICT_EMPTY_HAS_NEXT:
    case ENT_SIM_VERDICT_BAD_ITEM:
    default:
      respond_page (self, message, verdict);
      break;
    }
}

/* An answer that waits for its time. */
typedef struct
{
  EntSimServer *server;
  SoupServerMessage *message;
  EntSimVerdict verdict;
  guint source;
} Late;

static void
late_free (gpointer data)
{
  Late *late = data;

  g_clear_handle_id (&late->source, g_source_remove);
  g_signal_handlers_disconnect_by_data (late->message, late);
  g_object_unref (late->message);
  g_free (late);
}

static gboolean
late_answer_cb (gpointer user_data)
{
  Late *late = user_data;
  EntSimServer *self = late->server;
  EntSimVerdict verdict = late->verdict;
  g_autoptr (SoupServerMessage) message = g_object_ref (late->message);

  /* The message may finish inside of what follows; it is ours no more by then. */
  late->source = 0;
  g_hash_table_remove (self->late, late);
  answer_engage (self, message, verdict);
  if (verdict != ENT_SIM_VERDICT_CLOSE)
    soup_server_message_unpause (message);
  return G_SOURCE_REMOVE;
}

static void
late_finished_cb (SoupServerMessage *message, gpointer user_data)
{
  Late *late = user_data;

  g_hash_table_remove (late->server->late, late);
}

static void
answer_late (EntSimServer *self, SoupServerMessage *message, EntSimVerdict verdict)
{
  Late *late = g_new0 (Late, 1);

  late->server = self;
  late->message = g_object_ref (message);
  late->verdict = verdict;
  late->source = g_timeout_add (self->faults.slow_ms, late_answer_cb, late);
  g_signal_connect (message, "finished", G_CALLBACK (late_finished_cb), late);
  g_hash_table_add (self->late, late);
  soup_server_message_pause (message);
}

static void
engage_cb (SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  EntSimServer *self = user_data;
  EntSimVerdict verdict;

  if (!ent_sim_http_check (message, path, ENT_SIM_ENGAGE_PATH, "POST"))
    return;
  verdict = ent_sim_faults_judge (&self->faults, ++self->n_requests);
  if (self->faults.slow_ms > 0)
    answer_late (self, message, verdict);
  else
    answer_engage (self, message, verdict);
}

/* ---- Ledger, clock, faults --------------------------------------------------------------- */

static const char *
get_parameter (GHashTable *query, const char *name)
{
  return query != NULL ? g_hash_table_lookup (query, name) : NULL;
}

static void
ledger_cb (SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  EntSimServer *self = user_data;
  const char *name = get_parameter (query, "timezone");
  const char *from_text = get_parameter (query, "from");
  const char *to_text = get_parameter (query, "to");
  g_autoptr (GTimeZone) zone = ent_sim_zone_new (name != NULL ? name : ENT_SIM_HOME_ZONE);
  g_autoptr (EntSimLedger) ledger = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  int from = ent_sim_world_get_first_day (self->world);
  int to;

  if (!ent_sim_http_check (message, path, "/ledger", "GET"))
    return;
  if (zone == NULL)
    {
      ent_sim_http_respond_message (message, 400, "timezone is not a known time zone");
      return;
    }
  to = ent_sim_zone_local_day (zone, ent_sim_world_get_clock (self->world));
  if ((from_text != NULL && !ent_sim_day_parse (from_text, &from)) ||
      (to_text != NULL && !ent_sim_day_parse (to_text, &to)))
    {
      ent_sim_http_respond_message (message, 400, "from and to must be dates as 2026-11-15");
      return;
    }
  if (to < from || to - from >= MAX_LEDGER_DAYS)
    {
      ent_sim_http_respond_message (message, 400,
                                    "to must not be before from, nor very far from it");
      return;
    }

  ledger = ent_sim_ledger_new (self->world, zone, from, to);
  ent_sim_ledger_append_json (ledger, text);
  ent_sim_http_respond_json (message, 200, text);
}

static void
clock_cb (SoupServer *soup,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  EntSimServer *self = user_data;
  g_autoptr (GString) text = g_string_new ("{");
  g_autofree char *clock = NULL;

  if (!ent_sim_http_check (message, path, "/clock", "GET, POST"))
    return;
  if (g_str_equal (soup_server_message_get_method (message), "POST"))
    {
      g_autoptr (JsonNode) root = ent_sim_http_parse_object (message);
      JsonNode *seconds = ent_sim_http_get_value (root, "advance_seconds", G_TYPE_INT64);

      if (seconds == NULL || !ent_sim_world_advance (self->world, json_node_get_int (seconds)))
        {
          ent_sim_http_respond_message (message, 400,
                                        "advance_seconds must be an integer, from 0 to ten years");
          return;
        }
    }

  clock = ent_sim_instant_to_string (ent_sim_world_get_clock (self->world));
  ent_sim_json_append_text (text, "clock", clock);
  g_string_append_c (text, '}');
  ent_sim_http_respond_json (message, 200, text);
}

static void
faults_cb (SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  EntSimServer *self = user_data;
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  EntSimFaults faults;
  JsonNode *spec;

  if (!ent_sim_http_check (message, path, "/faults", "POST"))
    return;
  root = ent_sim_http_parse_object (message);
  spec = ent_sim_http_get_value (root, "faults", G_TYPE_STRING);
  if (spec == NULL)
    {
      ent_sim_http_respond_message (message, 400, "faults must be a string, as for --faults");
      return;
    }
  if (!ent_sim_faults_parse (json_node_get_string (spec), &faults, &error))
    {
      ent_sim_http_respond_message (message, 400, error->message);
      return;
    }
  self->faults = faults;
  self->n_requests = 0;
  ent_sim_json_append_text (text, "faults", json_node_get_string (spec));
  g_string_append_c (text, '}');
  ent_sim_http_respond_json (message, 200, text);
}

static void
other_cb (SoupServer *soup,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  ent_sim_http_respond_message (message, 404, "Not Found");
}

/* ---- Life -------------------------------------------------------------------------------- */

/**
 * ent_sim_server_new:
 * @world: (transfer full): what to serve
 * @faults: what to do wrong; copied
 */
EntSimServer *
ent_sim_server_new (EntSimWorld *world, const EntSimFaults *faults)
{
  EntSimServer *self = g_new0 (EntSimServer, 1);

  self->world = world;
  self->engage = ent_sim_engage_new (world);
  self->faults = *faults;
  self->late = g_hash_table_new_full (g_direct_hash, g_direct_equal, late_free, NULL);
  self->soup = soup_server_new ("server-header", "entrega-simulator ", NULL);
  self->idle = ent_sim_idle_new (self->soup);
  soup_server_add_handler (self->soup, NULL, other_cb, self, NULL);
  soup_server_add_handler (self->soup, ENT_SIM_ENGAGE_PATH, engage_cb, self, NULL);
  soup_server_add_handler (self->soup, "/ledger", ledger_cb, self, NULL);
  soup_server_add_handler (self->soup, "/clock", clock_cb, self, NULL);
  soup_server_add_handler (self->soup, "/faults", faults_cb, self, NULL);
  return self;
}

void
ent_sim_server_free (EntSimServer *self)
{
  g_hash_table_unref (self->late);
  ent_sim_idle_free (self->idle);
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  ent_sim_engage_free (self->engage);
  ent_sim_world_free (self->world);
  g_free (self->url);
  g_free (self);
}

/**
 * ent_sim_server_listen:
 * @port: on 127.0.0.1; 0 for any free one
 * @error: set to %ENT_SIM_ERROR_LISTEN
 */
gboolean
ent_sim_server_listen (EntSimServer *self, guint16 port, GError **error)
{
  g_autoptr (GError) cause = NULL;
  GSList *uris;

  if (!soup_server_listen_local (self->soup, port, SOUP_SERVER_LISTEN_IPV4_ONLY, &cause))
    {
      g_set_error (error, ENT_SIM_ERROR, ENT_SIM_ERROR_LISTEN, "Cannot listen on port %u: %s", port,
                   cause->message);
      return FALSE;
    }
  uris = soup_server_get_uris (self->soup);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

/**
 * ent_sim_server_get_url:
 *
 * Returns: (transfer none): where it listens, without a slash at the end
 */
const char *
ent_sim_server_get_url (const EntSimServer *self)
{
  return self->url;
}

/**
 * ent_sim_server_dup_ready_line:
 *
 * Returns: (transfer full): what the program prints when it listens, without the line's end
 */
char *
ent_sim_server_dup_ready_line (const EntSimServer *self)
{
  g_autofree char *clock = ent_sim_instant_to_string (ent_sim_world_get_clock (self->world));
  GString *line = g_string_new ("{");

  ent_sim_json_append_text (line, "url", self->url);
  ent_sim_json_append_text (line, "clock", clock);
  g_string_append (line, ",\"sources\":[{");
  ent_sim_json_append_text (line, "kind", "engage");
  ent_sim_json_append_text (line, "url", self->url);
  g_string_append (line, ",\"credentials\":{");
  ent_sim_json_append_text (line, "api_key", ent_sim_engage_get_key (self->engage));
  ent_sim_json_append_text (line, "api_secret", ent_sim_engage_get_secret (self->engage));
  g_string_append (line, "}}]}");
  return g_string_free (line, FALSE);
}
