/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request: deadlines, size limits, headers that lie, redirects, TLS, cancellation, and that
 * the secret goes to the configured origin only. */
#include "config.h"

#include "ent-fault-server.h"
#include "ent-http.h"
#include "ent-test-util.h"

#include <string.h>

#define CANARY "canary-77aa01"

/* What a script does is one function; what the client sees is compared below. */
typedef struct
{
  EntFaultFunc script;
  EntHttpLimits limits;
  guint status; /* expected answer; 0: an error */
  int code;     /* of ENT_API_ERROR */
  gboolean may_pass;
  const char *body; /* expected; NULL: not compared */
} Case;

static gboolean
send_once (const char *url,
           const EntHttpLimits *limits,
           EntHttpAnswer *answer,
           gboolean *may_pass,
           GError **error)
{
  g_autoptr (EntHttp) http = ent_http_new (url, limits, error);

  if (http == NULL)
    return FALSE;
  ent_http_set_basic_authorization (http, "key", CANARY);
  return ent_http_send_once (http, "/path", "{\"q\":1}", answer, may_pass, NULL, error);
}

static void
run_case (const Case *c)
{
  g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, c->script, NULL);
  g_auto (EntHttpAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean may_pass = FALSE;
  gboolean answered;

  answered = send_once (ent_fault_server_get_url (server), &c->limits, &answer, &may_pass, &error);
  if (c->status != 0)
    {
      g_assert_no_error (error);
      g_assert_true (answered);
      g_assert_cmpuint (answer.status, ==, c->status);
      if (c->body != NULL)
        g_assert_cmpmem (answer.body->data, answer.body->len, c->body, strlen (c->body));
    }
  else
    {
      g_assert_false (answered);
      g_assert_error (error, ENT_API_ERROR, c->code);
      g_assert_cmpint (may_pass, ==, c->may_pass);
    }
}

#define DEFAULTS ENT_HTTP_LIMITS_DEFAULT

/* ---- Answers as they should be -------------------------------------------------------------- */

static void
plain_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_set (answer, 200, "Content-Type: application/json\r\n", "{\"a\":1}", 7);
}

static void
gzip_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  g_autoptr (GByteArray) body = ent_fault_gzip ("{\"a\":1}", 7);

  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", body->data, body->len);
}

static void
chunked_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_printf (answer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  ent_fault_answer_append_chunk (answer, "{\"a\"", 4);
  ent_fault_answer_append_chunk (answer, ":1}", 3);
  ent_fault_answer_append_chunk (answer, NULL, 0);
}

/* The longest text of long runs of one letter that the ratio allows nowhere near. */
static void
large_gzip_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GByteArray) body = NULL;

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (text, "%u,", i * 2654435761u);
  body = ent_fault_gzip (text->str, text->len);
  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", body->data, body->len);
}

static void
test_good (void)
{
  run_case (&(Case){ plain_script, DEFAULTS, .status = 200, .body = "{\"a\":1}" });
  run_case (&(Case){ gzip_script, DEFAULTS, .status = 200, .body = "{\"a\":1}" });
  run_case (&(Case){ chunked_script, DEFAULTS, .status = 200, .body = "{\"a\":1}" });
  run_case (&(Case){ large_gzip_script, DEFAULTS, .status = 200 });
}

static void
test_connection_is_kept (void)
{
  g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, gzip_script, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntHttp) http = ent_http_new (ent_fault_server_get_url (server), NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 10; i++)
    {
      g_auto (EntHttpAnswer) answer = { 0 };
      gboolean may_pass;

      g_assert_true (ent_http_send_once (http, "/p", "{}", &answer, &may_pass, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (ent_fault_server_get_n_connections (server), ==, 1);
  g_assert_cmpuint (ent_fault_server_get_n_requests (server), ==, 10);
}

static void
test_request_bytes (void)
{
  g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, plain_script, NULL);
  g_auto (EntHttpAnswer) answer = { 0 };
  g_autoptr (GByteArray) received = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *url = g_strconcat (ent_fault_server_get_url (server), "/base/", NULL);
  gboolean may_pass;

  g_assert_true (send_once (url, NULL, &answer, &may_pass, &error));
  received = ent_fault_server_dup_received (server);
  text = g_strndup ((const char *) received->data, received->len);
  g_assert_true (g_str_has_prefix (text, "POST /base/path HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (text, "Authorization: Basic a2V5OmNhbmFyeS03N2FhMDE=\r\n"));
  g_assert_nonnull (strstr (text, "Accept-Encoding: gzip\r\n"));
  g_assert_nonnull (strstr (text, "Content-Type: application/json\r\n"));
  g_assert_true (g_str_has_suffix (text, "\r\n\r\n{\"q\":1}"));
  g_assert_null (strstr (text, CANARY));
}

/* ---- Addresses ------------------------------------------------------------------------------ */

static void
test_addresses (void)
{
  static const char *const good[] = { "https://eu.app.api.sinch.com",
                                      "https://proxy.example:8443/engage/", "http://127.0.0.1:8080",
                                      "http://localhost", "http://[::1]:9" };
  static const char *const bad[] = { "",
                                     "eu.app.api.sinch.com",
                                     "http://eu.app.api.sinch.com",
                                     "http://127.0.0.1.example.com",
                                     "ftp://127.0.0.1",
                                     "file:///etc/passwd",
                                     "https://",
                                     "https://key:" CANARY "@host.example",
                                     "https://host.example/?key=" CANARY,
                                     "https://host.example/#" CANARY,
                                     "https://host.example:99999/" CANARY };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntHttp) http = ent_http_new (good[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (http);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_http_new (bad[i], NULL, &error));
      g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_OPTIONS);
      g_assert_null (strstr (error->message, CANARY));
    }
}

/* ---- Deadlines ------------------------------------------------------------------------------ */

static void
silent_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  answer->end = ENT_FAULT_HANG;
}

static void
stalled_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_printf (answer, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":");
  answer->end = ENT_FAULT_HANG;
}

static void
drip_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_printf (answer, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
  ent_fault_answer_printf (answer, "%0*d", 100000, 0);
  answer->piece = 50;
  answer->pause_us = 5000;
}

static void
slow_head_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_printf (answer, "HTTP/1.1 200 OK\r\nX-Long: %0*d", 100000, 0);
  answer->piece = 50;
  answer->pause_us = 5000;
}

static EntHttpLimits
limits (gint64 idle_ms, gint64 total_ms, gint64 rate_ms)
{
  EntHttpLimits made = DEFAULTS;

  made.idle_ms = idle_ms;
  made.total_ms = total_ms;
  made.rate_ms = rate_ms;
  return made;
}

static void
test_deadlines (void)
{
  const gint64 never = 100000;
  gint64 start = g_get_monotonic_time ();

  /* Silence, before and in the body. */
  run_case (&(Case){ silent_script, limits (60, never, never), .code = ENT_API_ERROR_TIMEOUT,
                     .may_pass = TRUE });
  run_case (&(Case){ stalled_script, limits (60, never, never), .code = ENT_API_ERROR_TIMEOUT,
                     .may_pass = TRUE });
  /* Bytes that come, but too few in a stretch of time. */
  run_case (&(Case){ drip_script, limits (never, never, 60), .code = ENT_API_ERROR_TIMEOUT,
                     .may_pass = TRUE });
  /* Bytes that come for ever. */
  run_case (&(Case){ drip_script, limits (never, 60, never), .code = ENT_API_ERROR_TIMEOUT,
                     .may_pass = TRUE });
  run_case (&(Case){ slow_head_script, limits (never, 60, never), .code = ENT_API_ERROR_TIMEOUT,
                     .may_pass = TRUE });
  /* Far from the deadlines that were not meant, also on a busy machine. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60000000);
}

/* A drip that is fast enough is no drip. */
static void
test_slow_but_steady (void)
{
  EntHttpLimits generous = limits (60000, 120000, 50);

  generous.rate_bytes = 1;
  run_case (&(Case){ stalled_script, generous, .code = ENT_API_ERROR_TIMEOUT, .may_pass = TRUE });
  generous.rate_ms = 60000;
  run_case (&(Case){ large_gzip_script, generous, .status = 200 });
}

/* A listening socket whose queue is full: the connection never stands. */
static void
test_connect_deadline (void)
{
  g_autoptr (GSocket) listener = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) local = NULL;
  g_autoptr (GPtrArray) crowd = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *url = NULL;
  g_auto (EntHttpAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  EntHttpLimits short_limits = DEFAULTS;
  gboolean may_pass = FALSE;

  listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_socket_set_listen_backlog (listener, 0);
  g_assert_true (g_socket_bind (listener, wanted, TRUE, &error));
  g_assert_true (g_socket_listen (listener, &error));
  local = g_socket_get_local_address (listener, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    {
      GSocket *client =
          g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (client, FALSE);
      g_socket_connect (client, local, NULL, NULL);
      g_ptr_array_add (crowd, client);
    }

  short_limits.connect_ms = 80;
  url = g_strdup_printf ("http://127.0.0.1:%u",
                         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local)));
  g_assert_false (send_once (url, &short_limits, &answer, &may_pass, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_TIMEOUT);
  g_assert_true (may_pass);
}

/* ---- Bodies that are too large -------------------------------------------------------------- */

static void
endless_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  if (answer->bytes->len == 0)
    ent_fault_answer_printf (answer, "HTTP/1.0 200 OK\r\n\r\n%0*d", 1 << 20, 0);
  answer->forever = TRUE;
}

static GByteArray *
make_bomb (void)
{
  g_autofree char *zeros = g_malloc0 (64 << 20);

  return ent_fault_gzip (zeros, 64 << 20);
}

static void
bomb_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  static GByteArray *bomb = NULL;

  if (bomb == NULL)
    bomb = make_bomb ();
  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", bomb->data, bomb->len);
}

static gsize
resident_kb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return (gsize) g_ascii_strtoull (line + 6, NULL, 10);
}

static void
test_too_large (void)
{
  EntHttpLimits small = DEFAULTS;
  EntHttpLimits no_ratio = DEFAULTS;
  gsize before;

  /* What the server itself needs stays out of the measure. */
  {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();

    bomb_script (NULL, &(EntFaultAnswer){ .bytes = bytes }, NULL);
  }
  before = resident_kb ();

  small.max_body = 1 << 20;
  run_case (&(Case){ endless_script, small, .code = ENT_API_ERROR_PROTOCOL });
  run_case (&(Case){ bomb_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL });
  no_ratio.max_ratio = G_MAXUINT;
  no_ratio.max_body = 16 << 20;
  run_case (&(Case){ bomb_script, no_ratio, .code = ENT_API_ERROR_PROTOCOL });
  g_assert_cmpuint (resident_kb () - MIN (before, resident_kb ()), <, 64 * 1024);
}

/* ---- Answers that lie or break -------------------------------------------------------------- */

static void
two_lengths_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_printf (
      answer, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nContent-Length: 9\r\n\r\n{\"a\":1}  ");
}

static void
same_length_twice_script (const EntFaultRequest *request,
                          EntFaultAnswer *answer,
                          gpointer user_data)
{
  ent_fault_answer_printf (
      answer, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
}

static void
long_length_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_printf (answer, "HTTP/1.1 200 OK\r\nContent-Length: 70\r\n\r\n{\"a\":1}");
  answer->end = ENT_FAULT_CLOSE;
}

static void
reset_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  long_length_script (request, answer, user_data);
  answer->end = ENT_FAULT_RESET;
}

static void
cut_chunk_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_printf (answer,
                           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"a\"");
  answer->end = ENT_FAULT_CLOSE;
}

static void
nothing_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  answer->end = ENT_FAULT_CLOSE;
}

static void
garbage_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_printf (answer, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
  answer->end = ENT_FAULT_CLOSE;
}

static void
huge_head_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_printf (answer, "HTTP/1.1 200 OK\r\nX-Huge: %0*d\r\nContent-Length: 2\r\n\r\n{}",
                           200000, 0);
}

static void
cut_gzip_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  g_autoptr (GByteArray) body = ent_fault_gzip ("{\"a\":1}", 7);

  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", body->data, body->len - 6);
}

static void
wrong_crc_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  g_autoptr (GByteArray) body = ent_fault_gzip ("{\"a\":1}", 7);

  body->data[body->len - 6] ^= 1;
  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", body->data, body->len);
}

static void
corrupt_gzip_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  g_autoptr (GByteArray) body = ent_fault_gzip ("{\"a\":1}", 7);

  body->data[10] = 0xff;
  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", body->data, body->len);
}

static void
gzip_and_more_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  g_autoptr (GByteArray) body = ent_fault_gzip ("{\"a\":1}", 7);

  g_byte_array_append (body, (const guint8 *) "more", 4);
  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", body->data, body->len);
}

static void
brotli_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_set (answer, 200, "Content-Encoding: br\r\n", "{\"a\":1}", 7);
}

static void
test_broken (void)
{
  run_case (&(Case){ two_lengths_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL });
  run_case (&(Case){ same_length_twice_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL });
  run_case (
      &(Case){ long_length_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL, .may_pass = TRUE });
  run_case (&(Case){ reset_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL, .may_pass = TRUE });
  run_case (
      &(Case){ cut_chunk_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL, .may_pass = TRUE });
  run_case (&(Case){ nothing_script, DEFAULTS, .code = ENT_API_ERROR_OFFLINE, .may_pass = TRUE });
  run_case (&(Case){ cut_gzip_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL, .may_pass = TRUE });
  run_case (
      &(Case){ wrong_crc_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL, .may_pass = TRUE });
  run_case (
      &(Case){ corrupt_gzip_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL, .may_pass = TRUE });
  run_case (
      &(Case){ gzip_and_more_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL, .may_pass = TRUE });
  run_case (&(Case){ brotli_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL });
  run_case (&(Case){ garbage_script, DEFAULTS, .code = ENT_API_ERROR_PROTOCOL, .may_pass = TRUE });
  run_case (&(Case){ huge_head_script, DEFAULTS, .code = ENT_API_ERROR_OFFLINE, .may_pass = TRUE });
}

static void
test_unreachable (void)
{
  g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, plain_script, NULL);
  g_autofree char *url = g_strdup (ent_fault_server_get_url (server));
  g_auto (EntHttpAnswer) refused = { 0 };
  g_auto (EntHttpAnswer) unknown = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean may_pass = FALSE;

  ent_fault_server_free (g_steal_pointer (&server));
  g_assert_false (send_once (url, NULL, &refused, &may_pass, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_OFFLINE);
  g_assert_true (may_pass);
  g_clear_error (&error);

  g_assert_false (send_once ("https://no-such-host.invalid", NULL, &unknown, &may_pass, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_OFFLINE);
  g_assert_true (may_pass);
}

/* ---- Redirects and challenges --------------------------------------------------------------- */

static void
redirect_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  g_autofree char *headers = g_strdup_printf ("Location: %s\r\n", (const char *) user_data);

  ent_fault_answer_set (answer, 302, headers, "", 0);
}

static void
challenge_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  ent_fault_answer_set (answer, 401, "WWW-Authenticate: Basic realm=\"x\"\r\n", "", 0);
}

static void
test_redirects_are_not_followed (void)
{
  g_autoptr (EntFaultServer) other = ent_fault_server_new (NULL, plain_script, NULL);
  g_autofree char *elsewhere = g_strconcat (ent_fault_server_get_url (other), "/path", NULL);
  const char *const targets[] = {
    elsewhere, "/path", "file:///etc/passwd", "//other.example/", "https://127.0.0.1:1/", ""
  };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (EntFaultServer) server =
          ent_fault_server_new (NULL, redirect_script, (gpointer) targets[i]);
      g_auto (EntHttpAnswer) answer = { 0 };
      g_autoptr (GError) error = NULL;
      gboolean may_pass;

      g_assert_true (
          send_once (ent_fault_server_get_url (server), NULL, &answer, &may_pass, &error));
      g_assert_cmpuint (answer.status, ==, 302);
      g_assert_cmpuint (ent_fault_server_get_n_requests (server), ==, 1);
    }
  g_assert_cmpuint (ent_fault_server_get_n_connections (other), ==, 0);
}

static void
test_challenge_is_an_answer (void)
{
  g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, challenge_script, NULL);
  g_auto (EntHttpAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean may_pass;

  g_assert_true (send_once (ent_fault_server_get_url (server), NULL, &answer, &may_pass, &error));
  g_assert_cmpuint (answer.status, ==, 401);
  g_assert_cmpuint (ent_fault_server_get_n_requests (server), ==, 1);
}

/* ---- TLS ------------------------------------------------------------------------------------ */

static GTlsCertificate *
make_certificate (const char *dir, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%s/%s.key", dir, name);
  g_autofree char *cert = g_strdup_printf ("%s/%s.pem", dir, name);
  g_autofree char *subject = g_strdup_printf ("/CN=%s", name);
  g_autofree char *alternative = g_strdup_printf ("subjectAltName=%s", name);
  const char *argv[] = {
    "openssl", "req",   "-x509", "-newkey", "ec",        "-pkeyopt", "ec_paramgen_curve:prime256v1",
    "-nodes",  "-subj", subject, "-addext", alternative, "-keyout",  key,
    "-out",    cert,    NULL
  };
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;

  g_assert_cmpint (ent_test_run (argv, NULL, NULL, NULL), ==, 0);
  certificate = g_tls_certificate_new_from_files (cert, key, &error);
  g_assert_no_error (error);
  return certificate;
}

/* Nobody whom the system trusts has signed it, whether it names this host or another. */
static void
test_tls (void)
{
  static const char *const names[] = { "IP:127.0.0.1", "DNS:other.example" };
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GTlsCertificate) certificate = make_certificate (dir, names[i]);
      g_autoptr (EntFaultServer) server = ent_fault_server_new (certificate, plain_script, NULL);
      g_auto (EntHttpAnswer) answer = { 0 };
      g_autoptr (GByteArray) received = NULL;
      g_autoptr (GError) error = NULL;
      gboolean may_pass = TRUE;

      g_assert_false (
          send_once (ent_fault_server_get_url (server), NULL, &answer, &may_pass, &error));
      g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_TLS);
      g_assert_false (may_pass);
      received = ent_fault_server_dup_received (server);
      g_assert_cmpuint (received->len, ==, 0);
    }
}

/* ---- Cancelling ----------------------------------------------------------------------------- */

typedef struct
{
  GCancellable *cancellable;
  EntFaultServer *server;
  guint n_requests; /* that had come before */
  gint64 delay;     /* µs after the request */
} Canceller;

/* Cancels once the request has come in. */
static gpointer
cancel_in_thread (gpointer data)
{
  Canceller *canceller = data;

  while (ent_fault_server_get_n_requests (canceller->server) == 0)
    g_usleep (500);
  g_cancellable_cancel (canceller->cancellable);
  return NULL;
}

static void
check_cancel (EntFaultFunc script)
{
  g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, script, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EntHttp) http = ent_http_new (ent_fault_server_get_url (server), NULL, &error);
  g_auto (EntHttpAnswer) answer = { 0 };
  Canceller canceller = { cancellable, server };
  GThread *thread = g_thread_new ("cancel", cancel_in_thread, &canceller);
  gint64 start = g_get_monotonic_time ();
  gboolean may_pass = TRUE;

  g_assert_false (ent_http_send_once (http, "/p", "{}", &answer, &may_pass, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (may_pass);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 30000000);
  g_thread_join (thread);
}

static void
test_cancel_before (void)
{
  g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, plain_script, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EntHttp) http = ent_http_new (ent_fault_server_get_url (server), NULL, &error);
  g_auto (EntHttpAnswer) answer = { 0 };
  gboolean may_pass;

  g_cancellable_cancel (cancellable);
  g_assert_false (ent_http_send_once (http, "/p", "{}", &answer, &may_pass, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (ent_fault_server_get_n_connections (server), ==, 0);
}

static void
test_cancel_during (void)
{
  check_cancel (silent_script);
  check_cancel (stalled_script);
  check_cancel (drip_script);
  check_cancel (slow_head_script);
}

/* Cancels within the half of a millisecond in which a prompt answer comes in. */
static gpointer
cancel_within_the_answer (gpointer data)
{
  Canceller *canceller = data;
  guint before = canceller->n_requests;
  gint64 until;

  while (ent_fault_server_get_n_requests (canceller->server) == before &&
         !g_cancellable_is_cancelled (canceller->cancellable))
    ;
  until = g_get_monotonic_time () + canceller->delay;
  while (g_get_monotonic_time () < until)
    ;
  g_cancellable_cancel (canceller->cancellable);
  return NULL;
}

/* At whatever moment it comes: the whole answer or none, and the next request is answered. */
static void
test_cancel_at_any_moment (void)
{
  g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, plain_script, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntHttp) http = ent_http_new (ent_fault_server_get_url (server), NULL, &error);
  guint rounds = ent_test_rounds (600, 20000);

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) refused = NULL;
      g_auto (EntHttpAnswer) answer = { 0 };
      g_auto (EntHttpAnswer) next = { 0 };
      Canceller canceller = { cancellable, server, ent_fault_server_get_n_requests (server),
                              g_test_rand_int_range (0, 500) };
      GThread *thread = g_thread_new ("cancel", cancel_within_the_answer, &canceller);
      gboolean may_pass;

      if (ent_http_send_once (http, "/p", "{}", &answer, &may_pass, cancellable, &refused))
        g_assert_cmpuint (answer.body->len, ==, 7);
      else
        g_assert_error (refused, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_cancellable_cancel (cancellable);
      g_thread_join (thread);
      g_assert_true (ent_http_send_once (http, "/p", "{}", &next, &may_pass, NULL, &error));
      g_assert_no_error (error);
    }
}

/* ---- What errors say ------------------------------------------------------------------------ */

static void
test_error_texts (void)
{
  static const struct
  {
    const char *body;
    const char *text;
  } cases[] = {
    { "{\"message\":\"Bad Request\",\"details\":[\"end_date must be after start_date\",\"x\"]}",
      "Bad Request: end_date must be after start_date: x" },
    { "{\"message\":\"Invalid authentication credentials\"}",
      "Invalid authentication credentials" },
    { "{\"error\":{\"code\":400,\"message\":\"no\",\"status\":\"INVALID\"}}", "no" },
    { "{\"code\":\"syntax_invalid\",\"text\":\"Invalid JSON\"}", "Invalid JSON" },
    { "{\"errorCode\":7,\"errorMessage\":\"seven\"}", "seven" },
    { "{\"type\":\"x\",\"title\":\"Gone\",\"detail\":\"for good\"}", "Gone: for good" },
    { "{\"error\":\"invalid_grant\",\"error_description\":\"expired\"}", "invalid_grant: expired" },
    { "{\"message\":\"two\\nlines\\u202e\\u0000\"}", "two lines\xe2\x80\xb9U+202E\xe2\x80\xba" },
    { "{}", NULL },
    { "[]", NULL },
    { "", NULL },
    { "<html>502</html>", NULL },
    { "{\"message\":{}}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ent_http_error_text (cases[i].body, strlen (cases[i].body));

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/good", test_good);
  g_test_add_func ("/http/connection-is-kept", test_connection_is_kept);
  g_test_add_func ("/http/request-bytes", test_request_bytes);
  g_test_add_func ("/http/addresses", test_addresses);
  g_test_add_func ("/http/deadlines", test_deadlines);
  g_test_add_func ("/http/slow-but-steady", test_slow_but_steady);
  g_test_add_func ("/http/connect-deadline", test_connect_deadline);
  g_test_add_func ("/http/too-large", test_too_large);
  g_test_add_func ("/http/broken", test_broken);
  g_test_add_func ("/http/unreachable", test_unreachable);
  g_test_add_func ("/http/redirects-are-not-followed", test_redirects_are_not_followed);
  g_test_add_func ("/http/challenge-is-an-answer", test_challenge_is_an_answer);
  g_test_add_func ("/http/tls", test_tls);
  g_test_add_func ("/http/cancel-before", test_cancel_before);
  g_test_add_func ("/http/cancel-during", test_cancel_during);
  g_test_add_func ("/http/cancel-at-any-moment", test_cancel_at_any_moment);
  g_test_add_func ("/http/error-texts", test_error_texts);
  return g_test_run ();
}
