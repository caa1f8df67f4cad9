/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a synchronisation stands, written and read again; the lock; what is noted of an error. */
#include "config.h"

#include "ent-sync-cursor.h"
#include "ent-sync-lock.h"
#include "ent-sync-sources.h"
#include "ent-test-util.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 1000; round++)
    {
      g_auto (EntSyncCursor) cursor = { 0 };
      g_auto (EntSyncCursor) read = { 0 };
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;

      ent_sync_cursor_init (&cursor);
      for (guint i = 0; i < ENT_N_CHANNELS; i++)
        if (g_rand_boolean (rand))
          cursor.synced[i] = g_rand_int (rand);
      if (g_rand_boolean (rand))
        cursor.pass = g_rand_int (rand);
      if (g_rand_boolean (rand))
        {
          gint64 from = g_rand_int (rand);
          EntSyncWindow window = { (EntChannel) g_rand_int_range (rand, 0, ENT_N_CHANNELS), from,
                                   from + 1 + g_rand_int_range (rand, 0, 1000) };

          ent_sync_cursor_set_window (&cursor, &window, "page \"7\"");
        }
      text = ent_sync_cursor_print (&cursor);
      ent_sync_cursor_parse (&read, text);
      again = ent_sync_cursor_print (&read);
      g_assert_cmpstr (text, ==, again);
      g_assert_cmpmem (cursor.synced, sizeof cursor.synced, read.synced, sizeof read.synced);
      g_assert_cmpint (cursor.pass, ==, read.pass);
      g_assert_cmpstr (cursor.page, ==, read.page);
      g_assert_cmpint (cursor.window.channel, ==, read.window.channel);
      g_assert_cmpint (cursor.window.from, ==, read.window.from);
      g_assert_cmpint (cursor.window.to, ==, read.window.to);
    }
}

/* What cannot be read counts as nothing known: then more is read again, never less. */
static void
test_damaged (void)
{
  static const char *const cases[] = {
    NULL,
    "",
    "x",
    "[]",
    "{}",
    "{\"synced\":7,\"pass\":\"x\",\"window\":[]}",
    "{\"synced\":{\"sms\":-9223372036854775807},\"pass\":9223372036854775807}",
    "{\"synced\":{\"sms\":\"x\",\"whatsapp\":1.5},\"pass\":null}",
    "{\"window\":{\"channel\":\"pigeon\",\"from\":1,\"to\":2,\"page\":\"1\"}}",
    "{\"window\":{\"channel\":\"sms\",\"from\":2,\"to\":1,\"page\":\"1\"}}",
    "{\"window\":{\"channel\":\"sms\",\"from\":1,\"to\":2}}",
    "{\"window\":{\"channel\":\"sms\",\"to\":2,\"page\":\"1\"}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (EntSyncCursor) cursor = { 0 };

      ent_sync_cursor_parse (&cursor, cases[i]);
      for (guint j = 0; j < ENT_N_CHANNELS; j++)
        g_assert_cmpint (cursor.synced[j], ==, ENT_TIME_NONE);
      g_assert_cmpint (cursor.pass, ==, ENT_TIME_NONE);
      g_assert_null (cursor.page);
    }
}

/* ---- The lock ------------------------------------------------------------------------------- */

static void
test_lock (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *pid = g_strdup_printf ("process %ld,", (long) getpid ());
  g_autofree char *path = g_build_filename (dir, "sync.lock", NULL);
  g_autoptr (GError) error = NULL;
  EntSyncLock *first = ent_sync_lock_acquire (dir, FALSE, NULL, &error);
  struct stat info;

  g_assert_no_error (error);
  g_assert_null (ent_sync_lock_acquire (dir, FALSE, NULL, &error));
  g_assert_error (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, pid));
  g_assert_nonnull (strstr (error->message, "since 20"));
  g_clear_error (&error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);

  ent_sync_lock_release (first);
  ent_sync_lock_release (ent_sync_lock_acquire (dir, FALSE, NULL, &error));
  g_assert_no_error (error);
}

static gpointer
wait_for_lock (gpointer data)
{
  g_autoptr (GError) error = NULL;
  EntSyncLock *lock = ent_sync_lock_acquire (data, TRUE, NULL, &error);

  g_assert_no_error (error);
  return lock;
}

static void
test_lock_waits (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  EntSyncLock *first = ent_sync_lock_acquire (dir, TRUE, NULL, &error);
  GThread *thread;

  g_assert_no_error (error);
  g_cancellable_cancel (cancelled);
  g_assert_null (ent_sync_lock_acquire (dir, TRUE, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  thread = g_thread_new ("wait", wait_for_lock, dir);
  ent_sync_lock_release (first);
  ent_sync_lock_release (g_thread_join (thread));
}

/* The kernel drops the lock of a process that was killed. */
static void
test_lock_of_the_dead (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (GError) error = NULL;
  int ready[2];
  pid_t child;
  char byte;

  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  if (child == 0)
    {
      EntSyncLock *lock = ent_sync_lock_acquire (dir, FALSE, NULL, NULL);

      if (lock == NULL || write (ready[1], "x", 1) != 1)
        _exit (1);
      pause ();
      _exit (0);
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_null (ent_sync_lock_acquire (dir, FALSE, NULL, &error));
  g_assert_error (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_LOCKED);
  g_clear_error (&error);

  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  ent_sync_lock_release (ent_sync_lock_acquire (dir, FALSE, NULL, &error));
  g_assert_no_error (error);
  close (ready[0]);
  close (ready[1]);
}

static void
test_lock_without_folder (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *missing = g_build_filename (dir, "missing", NULL);
  g_autofree char *target = g_build_filename (dir, "target", NULL);
  g_autofree char *link = g_build_filename (dir, "sync.lock", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_sync_lock_acquire (missing, FALSE, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* A link in its place is not followed. */
  g_assert_cmpint (symlink (target, link), ==, 0);
  g_assert_null (ent_sync_lock_acquire (dir, FALSE, NULL, &error));
  g_assert_nonnull (error);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

/* ---- What is noted of an error -------------------------------------------------------------- */

static void
test_error_text (void)
{
  static const struct
  {
    int code;
    const char *message;
    const char *text;
  } cases[] = {
    { ENT_API_ERROR_AUTH, "HTTP 401: Invalid", "api:auth:HTTP 401: Invalid" },
    { ENT_API_ERROR_REFUSED, "HTTP 400: +5511900001000 is bad", "api:refused:HTTP 400: +… is bad" },
    { ENT_API_ERROR_RATE_LIMITED, "12345", "api:rate-limited:…" },
    { ENT_API_ERROR_TLS, "1234 \xc3\xa9", "api:tls:1234 \xc3\xa9" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
          g_error_new_literal (ENT_API_ERROR, cases[i].code, cases[i].message);
      g_autofree char *text = ent_sync_error_to_text (error);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  {
    g_autofree char *long_message = g_strnfill (5000, 'x');
    g_autoptr (GError) error =
        g_error_new_literal (ENT_STORE_ERROR, ENT_STORE_ERROR_FULL, long_message);
    g_autofree char *text = ent_sync_error_to_text (error);

    g_assert_true (g_str_has_prefix (text, "store:full:x"));
    g_assert_cmpuint (strlen (text), <, 300);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cursor/round-trip", test_round_trip);
  g_test_add_func ("/cursor/damaged", test_damaged);
  g_test_add_func ("/lock/one-at-a-time", test_lock);
  g_test_add_func ("/lock/waits", test_lock_waits);
  g_test_add_func ("/lock/of-the-dead", test_lock_of_the_dead);
  g_test_add_func ("/lock/without-folder", test_lock_without_folder);
  g_test_add_func ("/sources/error-text", test_error_text);
  return g_test_run ();
}
