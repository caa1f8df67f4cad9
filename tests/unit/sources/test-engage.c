/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source as its users see it: options and credentials checked, pages asked for, and each
 * network fault either overcome by another try or reported as what it is, never as an empty page.
 */
#include "config.h"

#include "ent-fault-server.h"
#include "ent-retry.h"
#include "ent-source.h"
#include "ent-test-util.h"

#include <string.h>

#define CANARY "canary-19bd77"

static const char page[] =
    "{\"messages\":["
    "{\"message_id\":\"a\",\"direction\":\"outbound\",\"timestamp\":\"2026-07-19T09:30:00Z\","
    "\"status\":\"delivered\",\"content\":\"ol\xc3\xa1, chegou! ol\xc3\xa1, chegou!\"},"
    "{\"message_id\":\"b\",\"direction\":\"inbound\",\"timestamp\":\"2026-07-19T09:31:00Z\"}],"
    "\"pagination\":{\"page\":0,\"page_size\":100,\"has_next\":false}}";
#define PAGE_LENGTH (sizeof page - 1)

/* ---- Waits are counted, not waited -------------------------------------------------------- */

static guint n_waits;
static gint64 last_wait_ms;

static gboolean
count_wait (gint64 wait_ms, GCancellable *cancellable, gpointer user_data, GError **error)
{
  n_waits++;
  last_wait_ms = wait_ms;
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static JsonObject *
parse_object (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static EntSource *
open_source (const char *options_text, const char *credentials_text, GError **error)
{
  g_autoptr (JsonObject) options = parse_object (options_text);
  g_autoptr (JsonObject) credentials = parse_object (credentials_text);

  return ent_source_new ("engage", options, credentials, error);
}

#define CREDENTIALS "{\"api_key\":\"key\",\"api_secret\":\"" CANARY "\"}"

static EntSource *
open_at (const char *url)
{
  g_autofree char *options = g_strdup_printf ("{\"url\":\"%s\"}", url);
  g_autoptr (GError) error = NULL;
  EntSource *source = open_source (options, CREDENTIALS, &error);

  g_assert_no_error (error);
  return source;
}

static const EntPageRequest first_page = { ENT_CHANNEL_SMS, 0, 86400000, NULL };

/* ---- Faults ------------------------------------------------------------------------------- */

typedef void (*FaultFunc) (EntFaultAnswer *answer);

static void
cut_by_length (EntFaultAnswer *answer)
{
  ent_fault_answer_printf (answer, "HTTP/1.1 200 OK\r\nContent-Length: %u\r\n\r\n",
                           (guint) PAGE_LENGTH);
  ent_fault_answer_append (answer, page, PAGE_LENGTH / 2);
  answer->end = ENT_FAULT_CLOSE;
}

static void
short_length (EntFaultAnswer *answer)
{
  ent_fault_answer_printf (answer, "HTTP/1.1 200 OK\r\nContent-Length: %u\r\n\r\n",
                           (guint) PAGE_LENGTH - 40);
  ent_fault_answer_append (answer, page, PAGE_LENGTH);
  answer->end = ENT_FAULT_CLOSE;
}

static void
cut_after_chunk (EntFaultAnswer *answer)
{
  ent_fault_answer_printf (answer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  ent_fault_answer_append_chunk (answer, page, PAGE_LENGTH / 2);
  answer->end = ENT_FAULT_CLOSE;
}

static void
cut_in_chunk (EntFaultAnswer *answer)
{
  cut_after_chunk (answer);
  g_byte_array_set_size (answer->bytes, answer->bytes->len - 10);
}

static void
cut_without_length (EntFaultAnswer *answer)
{
  ent_fault_answer_printf (answer, "HTTP/1.0 200 OK\r\n\r\n");
  ent_fault_answer_append (answer, page, PAGE_LENGTH / 2);
  answer->end = ENT_FAULT_CLOSE;
}

static void
cut_gzip (EntFaultAnswer *answer)
{
  g_autoptr (GByteArray) body = ent_fault_gzip (page, PAGE_LENGTH);

  ent_fault_answer_printf (answer, "HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
  ent_fault_answer_append (answer, body->data, body->len / 2);
  answer->end = ENT_FAULT_CLOSE;
}

static void
cut_gzip_trailer (EntFaultAnswer *answer)
{
  g_autoptr (GByteArray) body = ent_fault_gzip (page, PAGE_LENGTH);

  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", body->data, body->len - 4);
}

static void
wrong_crc (EntFaultAnswer *answer)
{
  g_autoptr (GByteArray) body = ent_fault_gzip (page, PAGE_LENGTH);

  body->data[body->len - 7] ^= 0x10;
  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", body->data, body->len);
}

static void
reset (EntFaultAnswer *answer)
{
  cut_by_length (answer);
  answer->end = ENT_FAULT_RESET;
}

static void
nothing (EntFaultAnswer *answer)
{
  answer->end = ENT_FAULT_CLOSE;
}

static void
empty_body (EntFaultAnswer *answer)
{
  ent_fault_answer_set (answer, 200, NULL, "", 0);
}

static void
garbage (EntFaultAnswer *answer)
{
  ent_fault_answer_printf (answer, "\x16\x03\x01 what\r\n\r\n");
  answer->end = ENT_FAULT_CLOSE;
}

static void
two_lengths (EntFaultAnswer *answer)
{
  ent_fault_answer_printf (answer,
                           "HTTP/1.1 200 OK\r\nContent-Length: %u\r\nContent-Length: 3\r\n\r\n",
                           (guint) PAGE_LENGTH);
  ent_fault_answer_append (answer, page, PAGE_LENGTH);
}

static void
web_page (EntFaultAnswer *answer)
{
  static const char html[] = "<!DOCTYPE html><html><title>Wi-Fi</title>{}</html>";

  ent_fault_answer_set (answer, 200, "Content-Type: text/html\r\n", html, sizeof html - 1);
}

static void
no_content (EntFaultAnswer *answer)
{
  ent_fault_answer_printf (answer, "HTTP/1.1 204 No Content\r\n\r\n");
}

static void
partial_content (EntFaultAnswer *answer)
{
  ent_fault_answer_set (answer, 206, NULL, page, PAGE_LENGTH);
}

static void
redirect (EntFaultAnswer *answer)
{
  ent_fault_answer_set (answer, 307, "Location: /elsewhere\r\n", "", 0);
}

static void
many_items (EntFaultAnswer *answer)
{
  g_autoptr (GString) text = g_string_new ("{\"messages\":[");

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, i > 0 ? ",{}" : "{}");
  g_string_append (text, "],\"pagination\":{\"page\":0,\"has_next\":false}}");
  ent_fault_answer_set (answer, 200, NULL, text->str, text->len);
}

static void
deep_nesting (EntFaultAnswer *answer)
{
  g_autofree char *text = g_strnfill (100000, '[');

  ent_fault_answer_set (answer, 200, NULL, text, 100000);
}

static void
bomb (EntFaultAnswer *answer)
{
  g_autofree char *spaces = g_strnfill (24 << 20, ' ');
  g_autoptr (GByteArray) body = ent_fault_gzip (spaces, 24 << 20);

  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", body->data, body->len);
}

static const struct
{
  const char *name;
  FaultFunc func;
  int code;
  gboolean retried;
} faults[] = {
  { "cut-by-length", cut_by_length, ENT_API_ERROR_PROTOCOL, TRUE },
  { "short-length", short_length, ENT_API_ERROR_PROTOCOL, TRUE },
  { "cut-after-chunk", cut_after_chunk, ENT_API_ERROR_PROTOCOL, TRUE },
  { "cut-in-chunk", cut_in_chunk, ENT_API_ERROR_PROTOCOL, TRUE },
  { "cut-without-length", cut_without_length, ENT_API_ERROR_PROTOCOL, TRUE },
  { "cut-gzip", cut_gzip, ENT_API_ERROR_PROTOCOL, TRUE },
  { "cut-gzip-trailer", cut_gzip_trailer, ENT_API_ERROR_PROTOCOL, TRUE },
  { "wrong-crc", wrong_crc, ENT_API_ERROR_PROTOCOL, TRUE },
  { "reset", reset, ENT_API_ERROR_PROTOCOL, TRUE },
  { "nothing", nothing, ENT_API_ERROR_OFFLINE, TRUE },
  { "empty-body", empty_body, ENT_API_ERROR_PROTOCOL, TRUE },
  { "garbage", garbage, ENT_API_ERROR_PROTOCOL, TRUE },
  { "two-lengths", two_lengths, ENT_API_ERROR_PROTOCOL, FALSE },
  { "web-page", web_page, ENT_API_ERROR_PROTOCOL, FALSE },
  { "no-content", no_content, ENT_API_ERROR_PROTOCOL, FALSE },
  { "partial-content", partial_content, ENT_API_ERROR_PROTOCOL, FALSE },
  { "redirect", redirect, ENT_API_ERROR_PROTOCOL, FALSE },
  { "many-items", many_items, ENT_API_ERROR_PROTOCOL, FALSE },
  { "bomb", bomb, ENT_API_ERROR_PROTOCOL, FALSE },
};

/* The fault comes @times times, then the page. */
typedef struct
{
  FaultFunc func;
  guint times;
} Script;

static void
fault_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  const Script *script = user_data;

  if (request->number <= script->times)
    script->func (answer);
  else
    ent_fault_answer_set (answer, 200, "Content-Type: application/json\r\n", page, PAGE_LENGTH);
}

static void
check_page (const EntPage *got)
{
  g_assert_cmpuint (got->n_items, ==, 2);
  g_assert_cmpuint (got->quarantine->len, ==, 0);
  g_assert_cmpuint (ent_observations_get_size (got->observations), ==, 2);
  g_assert_cmpstr (ent_observations_get (got->observations, 0)->remote_id, ==, "a");
  g_assert_cmpstr (ent_observations_get (got->observations, 1)->remote_id, ==, "b");
}

static void
check_fault (guint index, guint times)
{
  Script script = { faults[index].func, times };
  g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, fault_script, &script);
  g_autoptr (EntSource) source = open_at (ent_fault_server_get_url (server));
  g_autoptr (GError) error = NULL;
  g_autoptr (EntPage) got = NULL;
  gboolean passes = faults[index].retried && times < ENT_RETRY_MAX_TRIES;

  n_waits = 0;
  got = ent_source_fetch (source, &first_page, NULL, &error);
  g_test_message ("%s, %u times: %s", faults[index].name, times,
                  error != NULL ? error->message : "");
  if (passes)
    {
      g_assert_no_error (error);
      check_page (got);
      g_assert_cmpuint (n_waits, ==, times);
    }
  else
    {
      g_assert_null (got);
      g_assert_error (error, ENT_API_ERROR, faults[index].code);
      g_assert_null (strstr (error->message, CANARY));
      g_assert_cmpuint (n_waits, ==, faults[index].retried ? ENT_RETRY_MAX_TRIES - 1 : 0);
    }
  /* libsoup itself asks once more where a kept connection ended before the answer. */
  if (faults[index].func != nothing)
    g_assert_cmpuint (ent_fault_server_get_n_requests (server), ==, n_waits + 1);
}

static void
test_faults_once (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    check_fault (i, 1);
}

static void
test_faults_for_ever (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    check_fault (i, G_MAXUINT);
}

/* A page cut at every byte is never taken for one. */
typedef struct
{
  gsize length;
  gboolean chunked;
} Cut;

static void
cut_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  const Cut *cut = user_data;

  if (cut->chunked)
    {
      ent_fault_answer_printf (answer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      if (cut->length > 0)
        ent_fault_answer_append_chunk (answer, page, cut->length);
    }
  else
    {
      ent_fault_answer_printf (answer, "HTTP/1.0 200 OK\r\n\r\n");
      ent_fault_answer_append (answer, page, cut->length);
    }
  answer->end = ENT_FAULT_CLOSE;
}

static gboolean
refuse_wait (gint64 wait_ms, GCancellable *cancellable, gpointer user_data, GError **error)
{
  n_waits++;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No time to wait");
  return FALSE;
}

static void
test_cut_anywhere (void)
{
  Cut cut = { 0 };
  g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, cut_script, &cut);
  g_autoptr (EntSource) source = open_at (ent_fault_server_get_url (server));

  ent_retry_set_wait_func (refuse_wait, NULL);
  n_waits = 0;
  for (cut.length = 0; cut.length <= PAGE_LENGTH; cut.length++)
    for (guint chunked = 0; chunked < 2; chunked++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (EntPage) got = NULL;

        cut.chunked = chunked == 1;
        got = ent_source_fetch (source, &first_page, NULL, &error);
        if (cut.length < PAGE_LENGTH)
          {
            g_assert_null (got);
            g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          }
        else
          {
            g_assert_no_error (error);
            check_page (got);
          }
      }
  g_assert_cmpuint (n_waits, ==, 2 * PAGE_LENGTH);
  ent_retry_set_wait_func (count_wait, NULL);
}

/* ---- Statuses ----------------------------------------------------------------------------- */

typedef struct
{
  guint status;
  const char *headers;
  const char *body;
} Status;

static void
status_script (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  const Status *status = user_data;

  ent_fault_answer_set (answer, status->status, status->headers, status->body,
                        strlen (status->body));
}

static void
test_statuses (void)
{
  static const struct
  {
    guint status;
    int code;
    gboolean retried;
  } cases[] = {
    { 400, ENT_API_ERROR_REFUSED, FALSE },     { 401, ENT_API_ERROR_AUTH, FALSE },
    { 403, ENT_API_ERROR_FORBIDDEN, FALSE },   { 404, ENT_API_ERROR_REFUSED, FALSE },
    { 405, ENT_API_ERROR_REFUSED, FALSE },     { 407, ENT_API_ERROR_OFFLINE, FALSE },
    { 408, ENT_API_ERROR_TIMEOUT, TRUE },      { 409, ENT_API_ERROR_REFUSED, FALSE },
    { 410, ENT_API_ERROR_REFUSED, FALSE },     { 422, ENT_API_ERROR_REFUSED, FALSE },
    { 425, ENT_API_ERROR_RATE_LIMITED, TRUE }, { 429, ENT_API_ERROR_RATE_LIMITED, TRUE },
    { 500, ENT_API_ERROR_SERVER, TRUE },       { 501, ENT_API_ERROR_SERVER, FALSE },
    { 502, ENT_API_ERROR_SERVER, TRUE },       { 503, ENT_API_ERROR_SERVER, TRUE },
    { 504, ENT_API_ERROR_SERVER, TRUE },       { 201, ENT_API_ERROR_PROTOCOL, FALSE },
    { 304, ENT_API_ERROR_PROTOCOL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Status status = { cases[i].status, NULL, "{\"message\":\"said by the provider\"}" };
      g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, status_script, &status);
      g_autoptr (EntSource) source = open_at (ent_fault_server_get_url (server));
      g_autoptr (GError) error = NULL;

      n_waits = 0;
      g_assert_null (ent_source_fetch (source, &first_page, NULL, &error));
      g_assert_error (error, ENT_API_ERROR, cases[i].code);
      g_assert_cmpuint (n_waits, ==, cases[i].retried ? ENT_RETRY_MAX_TRIES - 1 : 0);
      if (cases[i].status >= 400)
        g_assert_nonnull (strstr (error->message, "said by the provider"));
    }
}

/* Seven statuses, twelve forms of the header: what can be read is waited for, and nothing is
 * waited for longer than the cap. */
static void
test_retry_after (void)
{
  static const guint statuses[] = { 408, 425, 429, 500, 502, 503, 504 };
  static const struct
  {
    const char *header;
    gint64 least;
    gint64 most;
  } headers[] = {
    { "Retry-After: 0\r\n", 0, 0 },
    { "Retry-After: 7\r\n", 7000, 7000 },
    { "retry-after:  7 \r\n", 7000, 7000 },
    { "Retry-After: 120\r\n", 120000, 120000 },
    { "Retry-After: 999999999999999999999\r\n", 120000, 120000 },
    { "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n", 120000, 120000 },
    { "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n", 0, 0 },
    { "Retry-After: -5\r\n", 0, 59999 },
    { "Retry-After: soon\r\n", 0, 59999 },
    { "Retry-After: 1.5\r\n", 0, 59999 },
    { "Retry-After:\r\n", 0, 59999 },
    { "", 0, 59999 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    for (guint j = 0; j < G_N_ELEMENTS (headers); j++)
      {
        Status status = { statuses[i], headers[j].header, "" };
        g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, status_script, &status);
        g_autoptr (EntSource) source = open_at (ent_fault_server_get_url (server));
        g_autoptr (GError) error = NULL;

        n_waits = 0;
        g_assert_null (ent_source_fetch (source, &first_page, NULL, &error));
        g_assert_cmpuint (n_waits, ==, ENT_RETRY_MAX_TRIES - 1);
        g_assert_cmpint (last_wait_ms, >=, headers[j].least);
        g_assert_cmpint (last_wait_ms, <=, headers[j].most);
      }
}

static guint n_retries_told;

static void
retry_cb (guint attempt, gint64 wait_ms, const GError *error, gpointer user_data)
{
  g_assert_cmpuint (attempt, ==, ++n_retries_told);
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_SERVER);
  g_assert_cmpint (wait_ms, >=, 0);
}

static void
test_retries_are_told (void)
{
  Status status = { 503, NULL, "" };
  g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, status_script, &status);
  g_autoptr (EntSource) source = open_at (ent_fault_server_get_url (server));
  g_autoptr (GError) error = NULL;

  n_retries_told = 0;
  ent_source_set_retry_func (source, retry_cb, NULL);
  g_assert_null (ent_source_fetch (source, &first_page, NULL, &error));
  g_assert_cmpuint (n_retries_told, ==, ENT_RETRY_MAX_TRIES - 1);
}

/* ---- The rest ----------------------------------------------------------------------------- */

/* The test of a connection is one small request, and answers at once. */
static void
test_test (void)
{
  Status bad = { 503, NULL, "" };
  Script good = { NULL, 0 };
  g_autoptr (EntFaultServer) failing = ent_fault_server_new (NULL, status_script, &bad);
  g_autoptr (EntFaultServer) working = ent_fault_server_new (NULL, fault_script, &good);
  g_autoptr (EntSource) refused = open_at (ent_fault_server_get_url (failing));
  g_autoptr (EntSource) accepted = open_at (ent_fault_server_get_url (working));
  g_autoptr (GError) error = NULL;

  n_waits = 0;
  g_assert_false (ent_source_test (refused, NULL, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_SERVER);
  g_assert_cmpuint (n_waits, ==, 0);
  g_clear_error (&error);
  g_assert_true (ent_source_test (accepted, NULL, &error));
  g_assert_no_error (error);
}

static void
test_options (void)
{
  static const struct
  {
    const char *options;
    const char *credentials;
    int code; /* -1: accepted */
  } cases[] = {
    { "{}", CREDENTIALS, -1 },
    { "{\"region\":\"au\"}", CREDENTIALS, -1 },
    { "{\"url\":\"http://127.0.0.1:1\",\"accounts\":[\"a\",\"b\"]}", CREDENTIALS, -1 },
    { "{\"accounts\":\"a\",\"user_key\":null,\"campaign_key\":\"\",\"new\":1}", CREDENTIALS, -1 },
    { "{\"region\":\"mars\"}", CREDENTIALS, ENT_API_ERROR_OPTIONS },
    { "{\"region\":1}", CREDENTIALS, ENT_API_ERROR_OPTIONS },
    { "{\"url\":\"http://example.com\"}", CREDENTIALS, ENT_API_ERROR_OPTIONS },
    { "{\"accounts\":[1]}", CREDENTIALS, ENT_API_ERROR_OPTIONS },
    { "{\"accounts\":{}}", CREDENTIALS, ENT_API_ERROR_OPTIONS },
    { "{}", "{\"api_key\":\"key\"}", ENT_API_ERROR_CREDENTIALS },
    { "{}", "{\"api_secret\":\"" CANARY "\"}", ENT_API_ERROR_CREDENTIALS },
    { "{}", "{\"api_key\":\"\",\"api_secret\":\"" CANARY "\"}", ENT_API_ERROR_CREDENTIALS },
    { "{}", "{\"api_key\":7,\"api_secret\":\"" CANARY "\"}", ENT_API_ERROR_CREDENTIALS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntSource) source = open_source (cases[i].options, cases[i].credentials, &error);

      if (cases[i].code < 0)
        {
          g_assert_no_error (error);
          g_assert_nonnull (source);
          continue;
        }
      g_assert_null (source);
      g_assert_error (error, ENT_API_ERROR, cases[i].code);
      g_assert_null (strstr (error->message, CANARY));
    }
}

static void
test_kinds (void)
{
  const EntSourceClass *klass = ent_source_class_find ("engage");
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (klass);
  g_assert_true (ent_source_classes ()[0] == klass);
  g_assert_null (ent_source_class_find ("no-such-kind"));
  g_assert_null (ent_source_class_find (NULL));
  g_assert_null (ent_source_new ("no-such-kind", NULL, NULL, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_OPTIONS);
  g_assert_cmpuint (klass->n_main_channels, <=, klass->n_channels);
}

static void
test_bad_page_token (void)
{
  g_autoptr (EntSource) source = open_at ("http://127.0.0.1:1");
  EntPageRequest request = first_page;
  g_autoptr (GError) error = NULL;

  request.page = (char *) "-1";
  g_assert_null (ent_source_fetch (source, &request, NULL, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL);
}

static void
test_hostile_pages_are_cheap (void)
{
  static const FaultFunc hostile[] = { many_items, deep_nesting, bomb };

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      Script script = { hostile[i], G_MAXUINT };
      g_autoptr (EntFaultServer) server = ent_fault_server_new (NULL, fault_script, &script);
      g_autoptr (EntSource) source = open_at (ent_fault_server_get_url (server));
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_source_fetch (source, &first_page, NULL, &error));
      g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ent_retry_set_wait_func (count_wait, NULL);
  g_test_add_func ("/engage/faults/once", test_faults_once);
  g_test_add_func ("/engage/faults/for-ever", test_faults_for_ever);
  g_test_add_func ("/engage/faults/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/engage/statuses", test_statuses);
  g_test_add_func ("/engage/retry-after", test_retry_after);
  g_test_add_func ("/engage/retries-are-told", test_retries_are_told);
  g_test_add_func ("/engage/test", test_test);
  g_test_add_func ("/engage/options", test_options);
  g_test_add_func ("/engage/kinds", test_kinds);
  g_test_add_func ("/engage/bad-page-token", test_bad_page_token);
  g_test_add_func ("/engage/hostile-pages", test_hostile_pages_are_cheap);
  return g_test_run ();
}
