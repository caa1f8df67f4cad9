/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding, listing, pausing and removing sources; templates and exports on the command line;
 * erasing. No network: the provider of these sources does not exist. */

#include "config.h"

#include "ent-cli-test.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>

#define CREDENTIALS "{\"api_key\":\"key-CANARY\",\"api_secret\":\"secret-CANARY\"}"

static char *
write_credentials (EntCliTest *test, int mode)
{
  char *path = ent_test_write_file (test->data->dir, "credentials.json", CREDENTIALS, -1);

  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

static EntCliRun *
add (EntCliTest *test, const char *name, const char *path)
{
  return ent_cli_test_run (test, "source", "add", "--kind", "engage", "--name", name, "--url",
                           "http://127.0.0.1:1", "--credentials-from", path, NULL);
}

static JsonObject *
find_listed (EntCliTest *test, const char *name, JsonNode **node)
{
  g_autoptr (EntCliRun) run = ent_cli_test_run (test, "source", "list", "--json", NULL);
  g_auto (GStrv) lines = NULL;

  ent_cli_run_assert (run, 0);
  g_assert_null (strstr (run->out, "CANARY"));
  lines = g_strsplit (run->out, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      JsonObject *object;

      *node = json_from_string (lines[i], NULL);
      g_assert_nonnull (*node);
      object = json_node_get_object (*node);
      if (strcmp (json_object_get_string_member (object, "name"), name) == 0)
        return object;
      g_clear_pointer (node, json_node_unref);
    }
  return NULL;
}

static void
test_add (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autofree char *path = write_credentials (test, 0600);
  g_autoptr (EntCliRun) added = add (test, "Acme", path);
  g_autoptr (EntCliRun) again = add (test, "Acme", path);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  ent_cli_run_assert (added, 0);
  ent_cli_run_assert (again, 1);
  g_assert_nonnull (strstr (again->err, "a source “Acme” already"));
  object = find_listed (test, "Acme", &node);
  g_assert_nonnull (object);
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "engage");
  g_assert_cmpstr (json_object_get_string_member (object, "credentials"), ==, "file");
  g_assert_cmpstr (json_object_get_string_member (object, "credentials_from"), ==, path);
  g_assert_false (json_object_get_boolean_member (object, "paused"));
  g_assert_true (json_object_get_null_member (object, "last_success"));
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (object, "options"), "url"), ==,
      "http://127.0.0.1:1");
}

static void
test_credentials (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autofree char *open_path = write_credentials (test, 0644);
  g_autofree char *empty = ent_test_write_file (test->data->dir, "empty.json", "{}", -1);
  g_autoptr (EntCliRun) too_open = add (test, "Open", open_path);
  g_autoptr (EntCliRun) missing = add (test, "Missing", "/nowhere/credentials");
  g_autoptr (EntCliRun) variable = add (test, "Variable", "env:ENTREGA_NO_SUCH_VARIABLE");
  g_autoptr (EntCliRun) incomplete = NULL;

  ent_cli_run_assert (too_open, 1);
  ent_cli_run_assert (missing, 1);
  ent_cli_run_assert (variable, 1);
  g_assert_cmpint (g_chmod (empty, 0600), ==, 0);
  incomplete = add (test, "Incomplete", empty);
  ent_cli_run_assert (incomplete, 2);
  g_assert_nonnull (strstr (incomplete->err, "api_key"));
}

/* Where no keyring answers, the secret is not stored, and that is said. */
static void
test_no_keyring (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) run =
      ent_cli_test_run_with (test, CREDENTIALS, "source", "add", "--kind", "engage", "--name",
                             "Session", "--region", "eu", "--credentials-file", "-", NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *database = g_build_filename (test->data->dir, "user.db", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  JsonObject *object;

  ent_cli_run_assert (run, 0);
  g_assert_nonnull (strstr (run->err, "were not stored"));
  g_assert_null (strstr (run->err, "CANARY"));
  object = find_listed (test, "Session", &node);
  g_assert_cmpstr (json_object_get_string_member (object, "credentials"), ==, "session");
  g_assert_true (g_file_get_contents (database, &bytes, &length, NULL));
  g_assert_null (memmem (bytes, length, "CANARY", 6));
}

static void
test_pause_and_remove (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) paused = ent_cli_test_run (test, "source", "pause", "Loja", NULL);
  g_autoptr (EntCliRun) listed = ent_cli_test_run (test, "source", "list", NULL);
  g_autoptr (EntCliRun) nothing_to_do = ent_cli_test_run (test, "sync", NULL);
  g_autoptr (EntCliRun) resumed = ent_cli_test_run (test, "source", "resume", "Loja", NULL);
  g_autoptr (EntCliRun) removed = ent_cli_test_run (test, "source", "remove", "Loja", NULL);
  g_autoptr (EntCliRun) kept = ent_cli_test_run (test, "report", "--json", NULL);

  ent_cli_run_assert (paused, 0);
  ent_cli_run_assert (listed, 0);
  g_assert_nonnull (strstr (listed->out, "Paused"));
  ent_cli_run_assert (nothing_to_do, 1);
  ent_cli_run_assert (resumed, 0);
  ent_cli_run_assert (removed, 0);
  ent_cli_run_assert (kept, 0);
  g_assert_nonnull (strstr (kept->out, "\"totals\":{\"total\":10,"));
}

static void
test_remove_with_data (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) removed =
      ent_cli_test_run (test, "source", "remove", "Loja", "--erase", "--yes", NULL);
  g_autoptr (EntCliRun) report = ent_cli_test_run (test, "report", "--json", NULL);

  ent_cli_run_assert (removed, 0);
  g_assert_nonnull (strstr (removed->err, "12 messages"));
  g_assert_nonnull (strstr (report->out, "\"totals\":{\"total\":0,"));
  g_assert_nonnull (strstr (report->out, "\"coverage\":\"none\""));
}

/* A source that was removed is known by the name in its messages only; one that never brought any
 * can be removed with "its messages" too. */
static void
test_erase_what_was_left (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) removed =
      ent_cli_test_run (test, "source", "remove", "Loja", "--yes", NULL);
  g_autoptr (EntCliRun) erased =
      ent_cli_test_run (test, "erase", "--source", "Loja", "--yes", NULL);
  g_autoptr (EntCliRun) report = ent_cli_test_run (test, "report", "--json", NULL);
  g_autoptr (EntCliRun) added = ent_cli_test_run_with (
      test, "{\"api_key\":\"k\",\"api_secret\":\"s\"}", "source", "add", "--kind", "engage",
      "--name", "Nova", "--region", "eu", "--credentials-file", "-", NULL);
  g_autoptr (EntCliRun) unused =
      ent_cli_test_run (test, "source", "remove", "Nova", "--erase", "--yes", NULL);
  g_autoptr (EntCliRun) unknown =
      ent_cli_test_run (test, "erase", "--source", "Nova", "--yes", NULL);

  ent_cli_run_assert (removed, 0);
  ent_cli_run_assert (erased, 0);
  g_assert_nonnull (strstr (erased->err, "12 messages"));
  g_assert_nonnull (strstr (report->out, "\"totals\":{\"total\":0,"));
  ent_cli_run_assert (added, 0);
  ent_cli_run_assert (unused, 0);
  g_assert_nonnull (strstr (unused->err, "Removed the source “Nova”."));
  ent_cli_run_assert (unknown, 1);
}

/* One of several sources cannot be reached: partly done. */
static void
test_sync_statuses (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) one = ent_cli_test_run (test, "sync", "--source", "Loja", NULL);
  g_autoptr (EntCliRun) unknown = ent_cli_test_run (test, "sync", "--source", "x", NULL);

  ent_cli_run_assert (one, 1);
  g_assert_nonnull (strstr (one->out, "Credentials are missing"));
  ent_cli_run_assert (unknown, 1);
  g_assert_nonnull (strstr (unknown->err, "no source “x”"));
}

/* A provider that takes the connection and says nothing. */
static void
test_interrupt (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autofree char *path = write_credentials (test, 0600);
  const char *const add_argv[] = {
    test->program, "source",     "add",           "--kind", "engage",
    "--name",      "Silent",     "--url",         url,      "--credentials-from",
    path,          "--data-dir", test->data->dir, NULL
  };
  const char *const sync_argv[] = { test->program, "sync",          "--source", "Silent",
                                    "--data-dir",  test->data->dir, NULL };
  g_autoptr (GSubprocess) sync = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (ent_test_run (add_argv, NULL, NULL, NULL), ==, 0);
  sync = ent_test_spawn (sync_argv,
                         G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
  /* Once it has connected, it is waiting for an answer. */
  connection = g_socket_listener_accept (listener, NULL, NULL, NULL);
  g_assert_nonnull (connection);
  g_subprocess_send_signal (sync, SIGINT);
  g_assert_true (g_subprocess_communicate_utf8 (sync, NULL, NULL, NULL, &err, NULL));
  g_assert_true (g_subprocess_get_if_exited (sync));
  g_assert_cmpint (g_subprocess_get_exit_status (sync), ==, 1);
  g_assert_nonnull (strstr (err, "Cancelled"));
}

static void
test_erase_phone (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) erased =
      ent_cli_test_run (test, "erase", "--yes", "--phone", "+55 (11) 91234-5678", NULL);
  g_autoptr (EntCliRun) listed =
      ent_cli_test_run (test, "list", "--json", "--phone", "5511912345678", NULL);
  g_autoptr (EntCliRun) report = ent_cli_test_run (test, "report", "--json", NULL);

  ent_cli_run_assert (erased, 0);
  g_assert_nonnull (strstr (erased->err, "3 messages"));
  g_assert_cmpstr (listed->out, ==, "");
  g_assert_nonnull (strstr (report->out, "\"totals\":{\"total\":8,"));
}

static void
test_erase_before (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) erased = ent_cli_test_run (test, "erase", "--yes", "--before", "2026-11-18",
                                                   "--locale", "pt_BR", NULL);
  g_autoptr (EntCliRun) check = ent_cli_test_run (test, "check", "--full", NULL);

  /* Midnight of São Paulo: m-05 stays, m-06 one second before goes. */
  ent_cli_run_assert (erased, 0);
  g_assert_nonnull (strstr (erased->err, "5 mensagens"));
  ent_cli_run_assert (check, 0);
}

static void
test_template_file (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autofree char *path = ent_test_write_file (
      test->data->dir, "t.json",
      "{\"entrega_template\":1,\"name\":\"Natal\",\"period\":\"last-7-days\","
      "\"timezone\":\"America/Sao_Paulo\",\"filters\":{\"campaign\":[\"Natal\"],"
      "\"channel\":[\"whatsapp\"]},\"by\":\"status\",\"locale\":\"pt_BR\"}",
      -1);
  g_autoptr (EntCliRun) plain = ent_cli_test_run (test, "report", "--template", path, NULL);
  g_autoptr (EntCliRun) overridden =
      ent_cli_test_run (test, "report", "--json", "--channel", "sms", "--template", path, NULL);

  ent_cli_run_assert (plain, 0);
  /* In the language of the template. */
  g_assert_true (g_str_has_prefix (plain->out, "Natal\nÚltimos 7 dias"));
  g_assert_nonnull (strstr (plain->out, "Canal: WhatsApp; Campanha: Natal"));
  ent_cli_run_assert (overridden, 0);
  g_assert_nonnull (
      strstr (overridden->out, "\"filters\":{\"channel\":[\"sms\"],\"campaign\":[\"Natal\"]}"));
}

static void
test_damaged_template (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autofree char *path = ent_test_write_file (test->data->dir, "t.json", "{\"x\":", -1);
  g_autoptr (EntCliRun) run = ent_cli_test_run (test, "report", "--template", path, NULL);

  ent_cli_run_assert (run, 1);
}

static void
test_export (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autofree char *path = g_build_filename (test->data->dir, "a.csv", NULL);
  g_autofree char *side_car = g_strconcat (path, ".provenance.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (EntCliRun) run = ent_cli_test_run (
      test, "export", "--output", path, "--dialect", "custom", "--separator", "tab", "--no-bom",
      "--lf", "--keys", "--raw", "--columns", "message_id,phone", "--privacy", "last4", "--status",
      "read", "--timezone", ENT_TEST_ZONE, "--provenance", NULL);

  ent_cli_run_assert (run, 0);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_nonnull (strstr (run->err, "2 rows"));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "message_id\tphone\nm-11\t****2222\nm-01\t****5678\n");
  g_assert_true (g_file_test (side_car, G_FILE_TEST_IS_REGULAR));
}

static void
test_chart (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autofree char *png = g_build_filename (test->data->dir, "c.png", NULL);
  g_autofree char *svg = g_build_filename (test->data->dir, "c.svg", NULL);
  g_autoptr (EntCliRun) as_png = ent_cli_test_run (test, "report", "--chart", png, NULL);
  g_autoptr (EntCliRun) as_svg = ent_cli_test_run (test, "report", "--chart", svg, NULL);
  g_autofree char *png_bytes = NULL;
  g_autofree char *svg_text = NULL;

  ent_cli_run_assert (as_png, 0);
  ent_cli_run_assert (as_svg, 0);
  g_assert_true (g_file_get_contents (png, &png_bytes, NULL, NULL));
  g_assert_true (g_str_has_prefix (png_bytes, "\211PNG"));
  g_assert_true (g_file_get_contents (svg, &svg_text, NULL, NULL));
  g_assert_nonnull (strstr (svg_text, "<svg"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sources/add", test_add);
  g_test_add_func ("/sources/credentials", test_credentials);
  g_test_add_func ("/sources/no-keyring", test_no_keyring);
  g_test_add_func ("/sources/pause-and-remove", test_pause_and_remove);
  g_test_add_func ("/sources/remove-with-data", test_remove_with_data);
  g_test_add_func ("/sources/sync-statuses", test_sync_statuses);
  g_test_add_func ("/sources/interrupt", test_interrupt);
  g_test_add_func ("/sources/erase-what-was-left", test_erase_what_was_left);
  g_test_add_func ("/sources/erase-phone", test_erase_phone);
  g_test_add_func ("/sources/erase-before", test_erase_before);
  g_test_add_func ("/sources/template-file", test_template_file);
  g_test_add_func ("/sources/damaged-template", test_damaged_template);
  g_test_add_func ("/sources/export", test_export);
  g_test_add_func ("/sources/chart", test_chart);
  return g_test_run ();
}
