/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A synchronisation killed at any moment, again and again, ends where an undisturbed one does;
 * and two processes never synchronise one folder at the same time. */
#include "config.h"

#include "ent-flow.h"
#include "ent-time.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define END "2026-11-15"

/* ---- The other process: this program, again ------------------------------------------------- */

static int
sync_in_process (const char *dir, const char *now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntFlowHome) home = NULL;

  if (!ent_clock_set (now, &error))
    return 4;
  home = ent_flow_home_open (dir);
  if (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return error->domain == ENT_SYNC_ERROR && error->code == ENT_SYNC_ERROR_LOCKED ? 5 : 3;
}

static GSubprocess *
start_sync (const char *dir, GSubprocessFlags flags)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *now = ent_instant_format (ent_clock_now ());
  const char *argv[] = { self, "--sync", dir, now, NULL };

  return ent_test_spawn (argv, flags, NULL);
}

/* Whether it was killed, and not done before. */
static gboolean
kill_after (GSubprocess *process, gulong delay_us)
{
  g_usleep (delay_us);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  return g_subprocess_get_if_signaled (process);
}

static void
add_source (const char *dir, EntFlowProvider *provider)
{
  g_autoptr (EntFlowHome) home = ent_flow_home_open (dir);

  ent_flow_home_add_source (home, ENT_FLOW_SOURCE, ent_flow_provider_get_url (provider),
                            ent_flow_provider_get_credentials (provider));
}

static void
check_integrity (EntFlowHome *home)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (!ent_store_check (home->store, TRUE, report, NULL, &error))
    g_error ("%s", report->str);
  g_assert_no_error (error);
}

/* ---- Kills ---------------------------------------------------------------------------------- */

static void
test_kills (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autoptr (EntFlowProvider) provider = ent_flow_provider_new (7, 90, 12000, END, NULL);
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  guint wanted = ent_test_rounds (8, 50);
  guint killed = 0;
  gint64 rows = 0;

  add_source (dir, provider);
  for (guint round = 0; killed < wanted && round < wanted * 20; round++)
    {
      g_autoptr (GSubprocess) process = start_sync (dir, G_SUBPROCESS_FLAGS_NONE);
      g_autoptr (EntFlowHome) home = NULL;

      if (!kill_after (process, (gulong) g_rand_int_range (rand, 2000, 250000)))
        {
          /* It was faster than us: more to do. */
          g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
          ent_flow_provider_advance (provider, 6 * 3600);
          continue;
        }
      killed++;
      home = ent_flow_home_open (dir);
      check_integrity (home);
      g_assert_cmpint (ent_flow_home_count (home), >=, rows);
      rows = ent_flow_home_count (home);
    }
  g_assert_cmpuint (killed, ==, wanted);

  {
    g_autoptr (EntFlowHome) home = ent_flow_home_open (dir);
    g_autoptr (EntSyncResult) result = ent_flow_sync (home);

    g_assert_no_error (result->error);
    check_integrity (home);
    ent_flow_assert_ledger (home, provider, "America/Sao_Paulo", 90);
  }
}

/* What was committed before a kill is not fetched again. */
static void
test_resumes (void)
{
  g_autoptr (EntFlowProvider) provider = ent_flow_provider_new (8, 90, 12000, END, "slow=20");
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (EntFlowHome) home = NULL;
  gint64 before;

  add_source (dir, provider);
  process = start_sync (dir, G_SUBPROCESS_FLAGS_NONE);
  g_assert_true (kill_after (process, 1800000));
  home = ent_flow_home_open (dir);
  before = ent_flow_home_count (home);
  g_assert_cmpint (before, >, 0);
  ent_flow_provider_set_faults (provider, "");
  {
    g_autoptr (EntSyncResult) result = ent_flow_sync (home);

    /* At most the open page comes twice. */
    g_assert_cmpint (result->fetched, <=, ent_flow_home_count (home) - before + 100);
    g_assert_cmpint (result->added, ==, ent_flow_home_count (home) - before);
  }
  ent_flow_assert_ledger (home, provider, "America/Sao_Paulo", 90);
}

/* ---- Two at once ---------------------------------------------------------------------------- */

static void
test_two_processes (void)
{
  g_autoptr (EntFlowProvider) provider = ent_flow_provider_new (9, 10, 500, END, "slow=50");
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (GSubprocess) first = NULL;
  g_autofree char *lock = NULL;
  g_autofree char *message = NULL;
  g_autofree char *pid = NULL;
  guint tries = 0;

  add_source (dir, provider);
  lock = g_build_filename (dir, "sync.lock", NULL);
  first = start_sync (dir, G_SUBPROCESS_FLAGS_NONE);
  pid = g_strdup_printf ("process %s,", g_subprocess_get_identifier (first));
  while (!g_file_test (lock, G_FILE_TEST_EXISTS) && tries++ < 2000)
    g_usleep (5000);

  {
    g_autoptr (GSubprocess) second = start_sync (dir, G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_autoptr (GError) error = NULL;

    g_subprocess_communicate_utf8 (second, NULL, NULL, NULL, &message, &error);
    g_assert_no_error (error);
    g_assert_cmpint (g_subprocess_get_exit_status (second), ==, 5);
    g_assert_nonnull (strstr (message, pid));
    g_assert_nonnull (strstr (message, "since 20"));
  }
  ent_flow_provider_set_faults (provider, "");
  g_subprocess_wait (first, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (first), ==, 0);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && strcmp (argv[1], "--sync") == 0)
    return sync_in_process (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kill/kills", test_kills);
  g_test_add_func ("/kill/resumes", test_resumes);
  g_test_add_func ("/kill/two-processes", test_two_processes);
  return g_test_run ();
}
