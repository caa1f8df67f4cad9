/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Credentials: from text, files, the environment and standard input, and in libsecret's file
 * backend, which needs no keyring daemon. No message repeats a secret. */
#include "config.h"

#include "ent-credentials.h"
#include "ent-source.h"
#include "ent-test-util.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define CANARY "canary-5e02b1"
#define TEXT "{\"api_key\":\"key\",\"api_secret\":\"" CANARY "\"}"

static void
assert_credentials (JsonObject *credentials)
{
  g_assert_nonnull (credentials);
  g_assert_cmpstr (json_object_get_string_member (credentials, "api_key"), ==, "key");
  g_assert_cmpstr (json_object_get_string_member (credentials, "api_secret"), ==, CANARY);
  ent_credentials_wipe (credentials);
}

static void
assert_refused (JsonObject *credentials, GError *error)
{
  g_assert_null (credentials);
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_CREDENTIALS);
  g_assert_null (strstr (error->message, CANARY));
  g_error_free (error);
}

static void
test_parse (void)
{
  static const char *const refused[] = {
    "",
    "[]",
    "\"" CANARY "\"",
    "{\"api_secret\":\"" CANARY "\"",
    "{\"api_secret\":{\"x\":\"" CANARY "\"}}",
    "{\"api_secret\":17,\"x\":\"" CANARY "\"}",
    "{\"api_secret\":\"" CANARY "\\u0000\"}",
    ("api_secret=" CANARY),
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *huge = g_strnfill (20000, ' ');

  assert_credentials (ent_credentials_parse (TEXT, strlen (TEXT), &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      JsonObject *object = ent_credentials_parse (refused[i], strlen (refused[i]), &error);

      assert_refused (object, g_steal_pointer (&error));
    }
  g_assert_null (ent_credentials_parse (huge, 20000, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_CREDENTIALS);
}

static void
test_file_modes (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *path = ent_test_write_file (dir, "credentials.json", TEXT "\n", -1);
  static const mode_t open_modes[] = { 0640, 0604, 0666, 0610, 0601 };
  GError *error = NULL;
  JsonObject *object;

  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  assert_credentials (ent_credentials_read_file (path, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  assert_credentials (ent_credentials_read_file (path, TRUE, &error));
  for (guint i = 0; i < G_N_ELEMENTS (open_modes); i++)
    {
      g_assert_cmpint (g_chmod (path, (int) open_modes[i]), ==, 0);
      object = ent_credentials_read_file (path, TRUE, &error);
      assert_refused (object, g_steal_pointer (&error));
      assert_credentials (ent_credentials_read_file (path, FALSE, &error));
      g_assert_no_error (error);
    }
}

static void
test_no_file (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *missing = g_build_filename (dir, "missing", NULL);
  g_autofree char *pipe = g_build_filename (dir, "pipe", NULL);
  g_autofree char *empty = ent_test_write_file (dir, "empty", "", 0);
  GError *error = NULL;
  JsonObject *object;

  object = ent_credentials_read_file (missing, TRUE, &error);
  assert_refused (object, g_steal_pointer (&error));
  object = ent_credentials_read_file (dir, TRUE, &error);
  assert_refused (object, g_steal_pointer (&error));
  /* A pipe that nobody writes to must not hang us. */
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  object = ent_credentials_read_file (pipe, TRUE, &error);
  assert_refused (object, g_steal_pointer (&error));
  g_assert_cmpint (g_chmod (empty, 0600), ==, 0);
  object = ent_credentials_read_file (empty, TRUE, &error);
  assert_refused (object, g_steal_pointer (&error));
}

static void
test_environment (void)
{
  GError *error = NULL;
  JsonObject *object;

  g_setenv ("ENTREGA_TEST_CREDENTIALS", TEXT, TRUE);
  assert_credentials (ent_credentials_read_env ("ENTREGA_TEST_CREDENTIALS", &error));
  g_assert_no_error (error);
  g_setenv ("ENTREGA_TEST_CREDENTIALS", CANARY, TRUE);
  object = ent_credentials_read_env ("ENTREGA_TEST_CREDENTIALS", &error);
  assert_refused (object, g_steal_pointer (&error));
  g_unsetenv ("ENTREGA_TEST_CREDENTIALS");
  object = ent_credentials_read_env ("ENTREGA_TEST_CREDENTIALS", &error);
  assert_refused (object, g_steal_pointer (&error));
}

/* Standard input is the process's, so it is another process that reads it: this one, again. */
static void
test_standard_input (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { self, "--read-standard-input", NULL };
  g_autofree char *out = NULL;

  g_assert_cmpint (ent_test_run (argv, TEXT, &out, NULL), ==, 0);
  g_assert_cmpstr (out, ==, CANARY);
  g_clear_pointer (&out, g_free);
  g_assert_cmpint (ent_test_run (argv, CANARY, &out, NULL), ==, 3);
  g_assert_cmpstr (out, ==, "");
}

static int
read_standard_input (void)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = ent_credentials_read_file ("-", TRUE, &error);

  if (object == NULL)
    return error->domain == ENT_API_ERROR && strstr (error->message, CANARY) == NULL ? 3 : 4;
  g_print ("%s", json_object_get_string_member (object, "api_secret"));
  ent_credentials_wipe (object);
  return 0;
}

/* ---- The keyring: libsecret's file, in a process of its own, since the backend is chosen once -
 */

static int
use_keyring (const char *what)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  if (strcmp (what, "store") == 0)
    {
      gboolean stored;

      object = ent_credentials_parse (TEXT, strlen (TEXT), &error);
      stored = ent_credentials_store ("key-1", "Entrega: test", object, NULL, &error);
      ent_credentials_wipe (object);
      return stored ? 0 : 3;
    }
  if (strcmp (what, "forget") == 0)
    return ent_credentials_forget ("key-1", NULL, &error) ? 0 : 3;

  object = ent_credentials_lookup (what, NULL, &error);
  if (object == NULL)
    return error->domain == ENT_API_ERROR && error->code == ENT_API_ERROR_CREDENTIALS ? 3 : 4;
  g_print ("%s", json_object_get_string_member (object, "api_secret"));
  ent_credentials_wipe (object);
  return 0;
}

static int
run_keyring (const char *what, const char *file, char **out)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { self, "--keyring", what, NULL };
  g_autofree char *path = g_strdup_printf ("SECRET_FILE_TEST_PATH=%s", file);
  const char *env[] = { "SECRET_BACKEND=file", path, "SECRET_FILE_TEST_PASSWORD=pw", NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = ent_test_spawn (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, file != NULL ? env : NULL);
  g_subprocess_communicate_utf8 (process, NULL, NULL, out, NULL, &error);
  g_assert_no_error (error);
  return g_subprocess_get_exit_status (process);
}

static void
test_keyring (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *file = g_build_filename (dir, "keyring", NULL);
  g_autofree char *stored = NULL;
  g_autofree char *out = NULL;
  gsize length;

  g_assert_cmpint (run_keyring ("key-1", file, NULL), ==, 3);
  g_assert_cmpint (run_keyring ("store", file, NULL), ==, 0);
  g_assert_cmpint (run_keyring ("key-1", file, &out), ==, 0);
  g_assert_cmpstr (out, ==, CANARY);
  g_assert_cmpint (run_keyring ("key-2", file, NULL), ==, 3);

  g_assert_true (g_file_get_contents (file, &stored, &length, NULL));
  g_assert_null (g_strstr_len (stored, (gssize) length, CANARY));

  g_assert_cmpint (run_keyring ("forget", file, NULL), ==, 0);
  g_assert_cmpint (run_keyring ("forget", file, NULL), ==, 0);
  g_assert_cmpint (run_keyring ("key-1", file, NULL), ==, 3);
}

/* Without a bus nobody answers: an error of ours at once, nothing stored. */
static void
test_no_keyring (void)
{
  g_assert_cmpint (run_keyring ("key-1", NULL, NULL), ==, 3);
  g_assert_cmpint (run_keyring ("store", NULL, NULL), ==, 3);
}

static void
test_wiped (void)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = ent_credentials_parse (TEXT, strlen (TEXT), &error);
  const char *text = json_object_get_string_member (object, "api_secret");

  /* Another reference keeps the memory alive, so that it can be looked at. */
  json_object_ref (object);
  ent_credentials_wipe (object);
  g_assert_cmpstr (text, ==, "");
  for (gsize i = 0; i < strlen (CANARY); i++)
    g_assert_cmpint (text[i], ==, 0);
  json_object_unref (object);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "--read-standard-input") == 0)
    return read_standard_input ();
  if (argc == 3 && strcmp (argv[1], "--keyring") == 0)
    return use_keyring (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credentials/parse", test_parse);
  g_test_add_func ("/credentials/file-modes", test_file_modes);
  g_test_add_func ("/credentials/no-file", test_no_file);
  g_test_add_func ("/credentials/environment", test_environment);
  g_test_add_func ("/credentials/standard-input", test_standard_input);
  g_test_add_func ("/credentials/keyring", test_keyring);
  g_test_add_func ("/credentials/no-keyring", test_no_keyring);
  g_test_add_func ("/credentials/wiped", test_wiped);
  return g_test_run ();
}
