/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The provider over HTTP: server and client in one thread, both asynchronous.
 */
#include <libsoup/soup.h>
#include <string.h>

#include "ent-sim-server.h"
#include "sim-test.h"

#define BODY "{\"start_date\":\"2026-11-10T00:00:00Z\",\"end_date\":\"2026-11-12T00:00:00Z\"}"

typedef struct
{
  EntSimServer *server;
  SoupSession *session; /* does not decode */
  char *authorization;
} Fixture;

typedef struct
{
  guint status;
  SoupMessage *message;
  GBytes *body; /* NULL when the exchange failed */
  GError *error;
} Reply;

static void
reply_clear (Reply *reply)
{
  g_clear_object (&reply->message);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_clear_error (&reply->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reply, reply_clear)

static char *
read_authorization (const EntSimServer *server)
{
  g_autofree char *line = ent_sim_server_dup_ready_line (server);
  g_autoptr (JsonNode) root = json_from_string (line, NULL);
  JsonObject *source = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (root), "sources"), 0);
  JsonObject *credentials = json_object_get_object_member (source, "credentials");
  g_autofree char *plain = g_strconcat (sim_test_string (credentials, "api_key"), ":",
                                        sim_test_string (credentials, "api_secret"), NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) plain, strlen (plain));

  return g_strconcat ("Basic ", encoded, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer spec)
{
  g_autoptr (GError) error = NULL;
  EntSimFaults faults;

  ent_sim_faults_parse (spec != NULL ? spec : "", &faults, &error);
  g_assert_no_error (error);
  fixture->server = ent_sim_server_new (sim_test_world (5, 30, 6000), &faults);
  ent_sim_server_listen (fixture->server, 0, &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new ();
  soup_session_remove_feature_by_type (fixture->session, SOUP_TYPE_CONTENT_DECODER);
  fixture->authorization = read_authorization (fixture->server);
}

static void
tear_down (Fixture *fixture, gconstpointer spec)
{
  soup_session_abort (fixture->session);
  g_clear_object (&fixture->session);
  g_clear_pointer (&fixture->server, ent_sim_server_free);
  g_free (fixture->authorization);
}

static void
store_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static SoupMessage *
make_message (Fixture *fixture, const char *method, const char *path, const char *body)
{
  g_autofree char *url = g_strconcat (ent_sim_server_get_url (fixture->server), path, NULL);
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (strstr (path, "/v2-preview/") != NULL)
    soup_message_headers_replace (headers, "Authorization", fixture->authorization);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  return message;
}

static Reply
send_message (Fixture *fixture, SoupMessage *message)
{
  Reply reply = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL,
                                    store_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  /* The session takes its connection back a moment later. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  reply.body = soup_session_send_and_read_finish (fixture->session, result, &reply.error);
  reply.status = soup_message_get_status (message);
  reply.message = g_object_ref (message);
  return reply;
}

static Reply
request (Fixture *fixture, const char *method, const char *path, const char *body)
{
  g_autoptr (SoupMessage) message = make_message (fixture, method, path, body);

  return send_message (fixture, message);
}

static const char *
get_header (const Reply *reply, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (reply->message), name);
}

static char *
get_text (const Reply *reply)
{
  gsize length;
  const char *data;

  g_assert_no_error (reply->error);
  data = g_bytes_get_data (reply->body, &length);
  return g_strndup (data, length);
}

static JsonObject *
get_object (const Reply *reply)
{
  g_autofree char *text = get_text (reply);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (get_header (reply, "Content-Type"), ==, "application/json");
  return json_object_ref (json_node_get_object (root));
}

static void
test_ready_line (Fixture *fixture, gconstpointer spec)
{
  g_autofree char *line = ent_sim_server_dup_ready_line (fixture->server);
  g_autoptr (JsonNode) root = json_from_string (line, NULL);
  JsonObject *object = json_node_get_object (root);
  JsonObject *source =
      json_array_get_object_element (json_object_get_array_member (object, "sources"), 0);
  const char *url = sim_test_string (object, "url");

  g_assert_null (strchr (line, '\n'));
  g_assert_true (g_str_has_prefix (url, "http://127.0.0.1:"));
  g_assert_cmpstr (url, ==, ent_sim_server_get_url (fixture->server));
  g_assert_cmpstr (sim_test_string (object, "clock"), ==, SIM_TEST_CLOCK);
  g_assert_cmpstr (sim_test_string (source, "kind"), ==, "engage");
  g_assert_cmpstr (sim_test_string (source, "url"), ==, url);
}

static void
test_detail (Fixture *fixture, gconstpointer spec)
{
  g_auto (Reply) reply = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_autoptr (JsonObject) object = get_object (&reply);

  g_assert_cmpuint (reply.status, ==, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "messages")), ==,
                    100);
  g_assert_null (get_header (&reply, "Content-Encoding"));
}

static void
test_unauthorized (Fixture *fixture, gconstpointer spec)
{
  g_autoptr (SoupMessage) message = make_message (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_auto (Reply) reply = { 0 };
  g_autoptr (JsonObject) object = NULL;

  soup_message_headers_remove (soup_message_get_request_headers (message), "Authorization");
  reply = send_message (fixture, message);
  object = get_object (&reply);
  g_assert_cmpuint (reply.status, ==, 401);
  g_assert_cmpstr (sim_test_string (object, "message"), ==, "Invalid authentication credentials");
}

typedef struct
{
  const char *method;
  const char *path;
  const char *body;
  guint status;
  const char *allow;
} PathCase;

static void
test_paths (Fixture *fixture, gconstpointer spec)
{
  static const PathCase cases[] = {
    { "GET", "/", NULL, 404, NULL },
    { "GET", "/nothing", NULL, 404, NULL },
    { "POST", ENT_SIM_ENGAGE_PATH "/more", BODY, 404, NULL },
    { "GET", "/v2-preview/reporting/messages", NULL, 404, NULL },
    { "GET", ENT_SIM_ENGAGE_PATH, NULL, 405, "POST" },
    { "PUT", ENT_SIM_ENGAGE_PATH, BODY, 405, "POST" },
    { "POST", "/ledger", "{}", 405, "GET" },
    { "DELETE", "/clock", NULL, 405, "GET, POST" },
    { "GET", "/faults", NULL, 405, "POST" },
    { "GET", "/ledger/x", NULL, 404, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Reply) reply = request (fixture, cases[i].method, cases[i].path, cases[i].body);
      g_autoptr (JsonObject) object = get_object (&reply);

      g_test_message ("%s %s", cases[i].method, cases[i].path);
      g_assert_cmpuint (reply.status, ==, cases[i].status);
      g_assert_cmpstr (get_header (&reply, "Allow"), ==, cases[i].allow);
      g_assert_nonnull (sim_test_string (object, "message"));
    }
}

static void
test_too_large (Fixture *fixture, gconstpointer spec)
{
  g_autofree char *large = g_strnfill (300 * 1024, ' ');
  g_auto (Reply) reply = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, large);

  g_assert_cmpuint (reply.status, ==, 413);
}

static char *
gunzip (GBytes *bytes)
{
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (memory, G_CONVERTER (gzip));
  g_autofree char *text = g_malloc0 (1 << 20);
  g_autoptr (GError) error = NULL;

  g_input_stream_read_all (stream, text, (1 << 20) - 1, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&text);
}

static void
test_gzip (Fixture *fixture, gconstpointer spec)
{
  static const char *const refusing[] = { "identity", "gzip;q=0", "br" };
  g_autoptr (SoupMessage) message = make_message (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_auto (Reply) plain = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_autofree char *expected = get_text (&plain);
  g_autofree char *text = NULL;
  g_auto (Reply) reply = { 0 };

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding",
                                "deflate, gzip;q=0.9");
  reply = send_message (fixture, message);
  g_assert_no_error (reply.error);
  g_assert_cmpstr (get_header (&reply, "Content-Encoding"), ==, "gzip");
  text = gunzip (reply.body);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (g_bytes_get_size (reply.body), <, strlen (expected) / 3);

  for (guint i = 0; i < G_N_ELEMENTS (refusing); i++)
    {
      g_autoptr (SoupMessage) other = make_message (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
      g_auto (Reply) uncompressed = { 0 };

      soup_message_headers_replace (soup_message_get_request_headers (other), "Accept-Encoding",
                                    refusing[i]);
      uncompressed = send_message (fixture, other);
      g_assert_null (get_header (&uncompressed, "Content-Encoding"));
    }
}

static void
test_clock (Fixture *fixture, gconstpointer spec)
{
  static const char *const wrong[] = { "",
                                       "{",
                                       "[]",
                                       "{}",
                                       "{\"advance_seconds\":-1}",
                                       "{\"advance_seconds\":1.5}",
                                       "{\"advance_seconds\":\"60\"}",
                                       "{\"advance_seconds\":9000000000000000000}" };
  static const char *const right[][2] = {
    { "{\"advance_seconds\":0}", "{\"clock\":\"2026-11-16T03:00:00Z\"}" },
    { "{\"advance_seconds\":21600}", "{\"clock\":\"2026-11-16T09:00:00Z\"}" },
    { "{\"advance_seconds\":1728000}", "{\"clock\":\"2026-12-06T09:00:00Z\"}" },
  };
  g_auto (Reply) now = { 0 };
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (Reply) reply = request (fixture, "POST", "/clock", wrong[i]);

      g_test_message ("%s", wrong[i]);
      g_assert_cmpuint (reply.status, ==, 400);
    }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_auto (Reply) reply = request (fixture, "POST", "/clock", right[i][0]);
      g_autofree char *answer = get_text (&reply);

      g_assert_cmpuint (reply.status, ==, 200);
      g_assert_cmpstr (answer, ==, right[i][1]);
    }
  now = request (fixture, "GET", "/clock", NULL);
  text = get_text (&now);
  g_assert_cmpstr (text, ==, right[2][1]);
}

static guint
count_rows (Fixture *fixture, const char *path)
{
  g_auto (Reply) reply = request (fixture, "GET", path, NULL);
  g_autoptr (JsonObject) object = get_object (&reply);

  g_assert_cmpuint (reply.status, ==, 200);
  return json_array_get_length (json_object_get_array_member (object, "rows"));
}

static void
test_ledger (Fixture *fixture, gconstpointer spec)
{
  static const char *const wrong[] = { "/ledger?timezone=Mars/Olympus",
                                       "/ledger?timezone=%2Fetc%2Fpasswd",
                                       "/ledger?from=x",
                                       "/ledger?to=2026-02-30",
                                       "/ledger?from=2026-11-02&to=2026-11-01",
                                       "/ledger?from=1990-01-01&to=2199-01-01" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (Reply) reply = request (fixture, "GET", wrong[i], NULL);

      g_test_message ("%s", wrong[i]);
      g_assert_cmpuint (reply.status, ==, 400);
    }
  g_assert_cmpuint (count_rows (fixture, "/ledger?timezone=UTC&from=2026-11-01&to=2026-11-03"), ==,
                    12);
  /* Without dates, from the first day to that of the clock. */
  g_assert_cmpuint (count_rows (fixture, "/ledger"), ==, 31 * 4);
}

/* ---- Faults ------------------------------------------------------------------------------ */

static void
test_status_fault (Fixture *fixture, gconstpointer spec)
{
  for (guint i = 1; i <= 4; i++)
    {
      g_auto (Reply) reply = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);

      g_assert_cmpuint (reply.status, ==, i % 2 == 0 ? 503 : 200);
      g_assert_cmpstr (get_header (&reply, "Retry-After"), ==, i % 2 == 0 ? "2" : NULL);
    }
}

static void
test_account_faults (Fixture *fixture, gconstpointer spec)
{
  guint status = g_str_equal (spec, "unauthorized") ? 401 : 403;
  g_auto (Reply) reply = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_auto (Reply) ledger = request (fixture, "GET", "/ledger", NULL);

  g_assert_cmpuint (reply.status, ==, status);
  g_assert_cmpuint (ledger.status, ==, 200);
}

static void
test_html_fault (Fixture *fixture, gconstpointer spec)
{
  g_auto (Reply) reply = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_autofree char *text = get_text (&reply);

  g_assert_cmpuint (reply.status, ==, 200);
  g_assert_cmpstr (get_header (&reply, "Content-Type"), ==, "text/html; charset=utf-8");
  g_assert_true (g_str_has_prefix (text, "<!DOCTYPE html>"));
}

/* Connections end without an answer; ledger and clock stay there for the test's sake. */
static void
test_offline_fault (Fixture *fixture, gconstpointer spec)
{
  g_auto (Reply) first = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_auto (Reply) second = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_auto (Reply) clock = request (fixture, "GET", "/clock", NULL);

  g_assert_cmpuint (first.status, ==, 200);
  g_assert_null (second.body);
  g_assert_nonnull (second.error);
  g_assert_cmpuint (clock.status, ==, 200);
}

static void
test_slow_fault (Fixture *fixture, gconstpointer spec)
{
  gint64 start = g_get_monotonic_time ();
  g_auto (Reply) reply = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);

  g_assert_cmpint (g_get_monotonic_time () - start, >=, 150000);
  g_assert_cmpuint (reply.status, ==, 200);
}

static void
test_slow_and_offline (Fixture *fixture, gconstpointer spec)
{
  g_auto (Reply) reply = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);

  g_assert_null (reply.body);
  g_assert_nonnull (reply.error);
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* A client that gives up waiting leaves nothing behind, nor does a server that is freed first. */
static void
test_slow_and_cancelled (Fixture *fixture, gconstpointer spec)
{
  g_autoptr (SoupMessage) message = make_message (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  g_auto (Reply) next = { 0 };

  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, cancellable,
                                    store_result_cb, &result);
  g_timeout_add (20, cancel_cb, cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  body = soup_session_send_and_read_finish (fixture->session, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* The answer to the one that went away falls due while this one waits. */
  next = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_assert_cmpuint (next.status, ==, 200);
}

static void
test_freed_while_late (Fixture *fixture, gconstpointer spec)
{
  g_autoptr (SoupMessage) message = make_message (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  gint64 deadline = g_get_monotonic_time () + 50000;

  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL,
                                    store_result_cb, &result);
  while (g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);
  g_clear_pointer (&fixture->server, ent_sim_server_free);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  body = soup_session_send_and_read_finish (fixture->session, result, &error);
  g_assert_null (body);
  g_assert_nonnull (error);
}

static void
test_change_faults (Fixture *fixture, gconstpointer spec)
{
  g_auto (Reply) wrong = request (fixture, "POST", "/faults", "{\"faults\":\"nonsense\"}");
  g_auto (Reply) missing = request (fixture, "POST", "/faults", "{}");
  g_auto (Reply) set = request (fixture, "POST", "/faults", "{\"faults\":\"html=1\"}");
  g_autofree char *answer = get_text (&set);
  g_auto (Reply) first = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);
  g_auto (Reply) again = request (fixture, "POST", "/faults", "{\"faults\":\"\"}");
  g_auto (Reply) second = request (fixture, "POST", ENT_SIM_ENGAGE_PATH, BODY);

  g_assert_cmpuint (wrong.status, ==, 400);
  g_assert_cmpuint (missing.status, ==, 400);
  g_assert_cmpuint (set.status, ==, 200);
  g_assert_cmpstr (answer, ==, "{\"faults\":\"html=1\"}");
  g_assert_cmpstr (get_header (&first, "Content-Type"), ==, "text/html; charset=utf-8");
  g_assert_cmpuint (again.status, ==, 200);
  g_assert_cmpstr (get_header (&second, "Content-Type"), ==, "application/json");
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

/* Clients that come once and go leave no descriptors behind. */
static void
test_clients_go (Fixture *fixture, gconstpointer spec)
{
  guint before = count_descriptors ();

  for (guint i = 0; i < 50; i++)
    {
      g_auto (Reply) reply = request (fixture, "GET", "/clock", NULL);

      g_assert_cmpuint (reply.status, ==, 200);
      soup_session_abort (fixture->session);
      g_object_unref (fixture->session);
      fixture->session = soup_session_new ();
    }
  g_assert_cmpuint (count_descriptors (), <, before + 10);
}

/* A client that stays uses one connection for all of its requests. */
static void
test_client_stays (Fixture *fixture, gconstpointer spec)
{
  guint64 first = 0;

  for (guint i = 0; i < 5; i++)
    {
      g_auto (Reply) reply = request (fixture, "GET", "/clock", NULL);
      guint64 connection = soup_message_get_connection_id (reply.message);

      g_assert_cmpuint (reply.status, ==, 200);
      g_assert_cmpuint (connection, !=, 0);
      first = i == 0 ? connection : first;
      g_assert_cmpuint (connection, ==, first);
    }
}

static void
test_port_in_use (Fixture *fixture, gconstpointer spec)
{
  EntSimFaults faults = { 0 };
  g_autoptr (EntSimServer) other = ent_sim_server_new (sim_test_world (1, 1, 1), &faults);
  const char *colon = strrchr (ent_sim_server_get_url (fixture->server), ':');
  g_autoptr (GError) error = NULL;

  g_assert_false (
      ent_sim_server_listen (other, (guint16) g_ascii_strtoull (colon + 1, NULL, 10), &error));
  g_assert_nonnull (error);
}

static void
add (const char *name, const char *spec, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/simulator/server/", name, NULL);

  g_test_add (path, Fixture, spec, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("ready-line", NULL, test_ready_line);
  add ("detail", NULL, test_detail);
  add ("unauthorized", NULL, test_unauthorized);
  add ("paths", NULL, test_paths);
  add ("too-large", NULL, test_too_large);
  add ("gzip", NULL, test_gzip);
  add ("clock", NULL, test_clock);
  add ("ledger", NULL, test_ledger);
  add ("fault/status", "status=503:every=2,retry-after=2", test_status_fault);
  add ("fault/unauthorized", "unauthorized", test_account_faults);
  add ("fault/forbidden", "forbidden", test_account_faults);
  add ("fault/html", "html=1", test_html_fault);
  add ("fault/offline", "offline-after=1", test_offline_fault);
  add ("fault/slow", "slow=150", test_slow_fault);
  add ("fault/slow-and-offline", "slow=20,offline-after=0", test_slow_and_offline);
  add ("fault/slow-and-cancelled", "slow=100", test_slow_and_cancelled);
  add ("fault/freed-while-late", "slow=10000", test_freed_while_late);
  add ("fault/change", NULL, test_change_faults);
  add ("clients-go", NULL, test_clients_go);
  add ("client-stays", NULL, test_client_stays);
  add ("port-in-use", NULL, test_port_in_use);
  return g_test_run ();
}
