/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program itself: its options, its line, and how it ends.
 */
#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ent-test-util.h"
#include "sim-test.h"

#define DEADLINE_S 30

static void
test_help (void)
{
  g_autofree char *program = ent_test_program ("entrega-simulator");
  static const char *const words[] = { "--port",          "--seed",  "--days",   "--messages",
                                       "--end",           "--now",   "--faults", "offline-after=N",
                                       "duplicate-pages", "/ledger", "/clock" };
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (
      ent_test_run ((const char *const[]){ program, "--help", NULL }, NULL, &out, &err), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_nonnull (strstr (out, words[i]));
  g_assert_cmpstr (err, ==, "");
}

static void
test_version (void)
{
  g_autofree char *program = ent_test_program ("entrega-simulator");
  g_autofree char *out = NULL;

  g_assert_cmpint (
      ent_test_run ((const char *const[]){ program, "--version", NULL }, NULL, &out, NULL), ==, 0);
  g_assert_true (g_str_has_prefix (out, "entrega-simulator "));
}

/* Wrong usage: exit status 2, a sentence on stderr, nothing on stdout. */
static void
test_usage (void)
{
  static const char *const wrong[][3] = {
    { "--bogus", NULL },
    { "surplus", NULL },
    { "--port", NULL },
    { "--port=65536", NULL },
    { "--port=x", NULL },
    { "--seed=-1", NULL },
    { "--seed=", NULL },
    { "--days=0", NULL },
    { "--days=3651", NULL },
    { "--messages=-5", NULL },
    { "--messages=1e6", NULL },
    { "--end=2026-02-30", NULL },
    { "--end=tomorrow", NULL },
    { "--now=later", NULL },
    { "--now=1970-01-01T00:00:00Z", NULL },
    { "--end=2026-01-01", "--now=2026-01-01T00:00:00Z", NULL },
    { "--faults=nonsense", NULL },
    { "--parent=0", NULL },
  };
  g_autofree char *program = ent_test_program ("entrega-simulator");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;
      const char *const argv[] = { program, wrong[i][0], wrong[i][1], NULL };

      g_test_message ("%s", wrong[i][0]);
      g_assert_cmpint (ent_test_run (argv, NULL, &out, &err), ==, 2);
      g_assert_cmpstr (out, ==, "");
      g_assert_true (g_str_has_prefix (err, "entrega-simulator: "));
    }
}

static char *
read_line (GSubprocess *process)
{
  g_autoptr (GDataInputStream) stream =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (stream), FALSE);
  return g_data_input_stream_read_line (stream, NULL, NULL, NULL);
}

/* Starts the simulator and returns its line's object. */
static JsonObject *
start (GSubprocess **process, const char *option, const char *const *env)
{
  g_autofree char *program = ent_test_program ("entrega-simulator");
  const char *const argv[] = { program, "--messages=100", "--days=3", option, NULL };
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) root = NULL;

  *process = ent_test_spawn (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, env);
  line = read_line (*process);
  g_assert_nonnull (line);
  root = json_from_string (line, NULL);
  g_assert_nonnull (root);
  return json_object_ref (json_node_get_object (root));
}

static void
stop (GSubprocess *process, int signal_number)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (process, signal_number);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

static void
test_signals (void)
{
  static const int signals[] = { SIGTERM, SIGINT };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (GSubprocess) process = NULL;
      g_autoptr (JsonObject) ready = start (&process, "--end=" SIM_TEST_END, NULL);

      g_assert_cmpstr (sim_test_string (ready, "clock"), ==, SIM_TEST_CLOCK);
      stop (process, signals[i]);
    }
}

/* Without --end the clock is now: --now, ENTREGA_NOW or the machine's. */
static void
test_now (void)
{
  static const char *const env[] = { "ENTREGA_NOW=2025-03-04T05:06:07.890-03:00", NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GSubprocess) by_env = NULL;
  g_autoptr (GSubprocess) by_machine = NULL;
  g_autoptr (JsonObject) ready = start (&process, "--now=2026-05-06T12:34:56Z", NULL);
  g_autoptr (JsonObject) ready_by_env = start (&by_env, NULL, env);
  g_autoptr (JsonObject) ready_by_machine = start (&by_machine, NULL, NULL);
  g_autoptr (GDateTime) clock = NULL;

  g_assert_cmpstr (sim_test_string (ready, "clock"), ==, "2026-05-06T12:34:56Z");
  g_assert_cmpstr (sim_test_string (ready_by_env, "clock"), ==, "2025-03-04T08:06:07Z");
  clock = g_date_time_new_from_iso8601 (sim_test_string (ready_by_machine, "clock"), NULL);
  g_assert_nonnull (clock);
  g_assert_cmpint (ABS (g_date_time_to_unix (clock) - g_get_real_time () / G_USEC_PER_SEC), <, 60);
  stop (process, SIGTERM);
  stop (by_env, SIGTERM);
  stop (by_machine, SIGTERM);
}

static void
test_port_in_use (void)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonObject) ready = start (&process, "--end=" SIM_TEST_END, NULL);
  g_autofree char *program = ent_test_program ("entrega-simulator");
  g_autofree char *port =
      g_strconcat ("--port=", strrchr (sim_test_string (ready, "url"), ':') + 1, NULL);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (ent_test_run ((const char *const[]){ program, port, NULL }, NULL, &out, &err),
                   ==, 1);
  g_assert_cmpstr (out, ==, "");
  g_assert_nonnull (strstr (err, "Cannot listen"));
  stop (process, SIGTERM);
}

/* ---- The parent's death ------------------------------------------------------------------ */

/* Waits for a process that became ours because its parent died. Should it not end, the alarm ends
 * the test. */
static int
wait_for_orphan (pid_t pid)
{
  int status = 0;

  alarm (DEADLINE_S);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  alarm (0);
  return status;
}

/* Runs a shell line that prints the simulator's process id first. */
static pid_t
run_shell (const char *line, GSubprocess **shell)
{
  g_autofree char *program = ent_test_program ("entrega-simulator");
  const char *const argv[] = { "/bin/sh", "-c", line, program, NULL };
  g_autofree char *first = NULL;

  *shell = ent_test_spawn (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  first = read_line (*shell);
  g_assert_nonnull (first);
  return (pid_t) g_ascii_strtoll (first, NULL, 10);
}

/* The parent is killed while the simulator serves. */
static void
test_parent_dies (void)
{
  g_autoptr (GSubprocess) shell = NULL;
  g_autoptr (GDataInputStream) stream = NULL;
  g_autofree char *pid_line = NULL;
  g_autofree char *ready = NULL;
  g_autofree char *program = ent_test_program ("entrega-simulator");
  const char *const argv[] = { "/bin/sh", "-c", "\"$0\" --messages=10 --days=2 & echo $!; wait",
                               program, NULL };
  pid_t pid;
  int status;

  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 1), ==, 0);
  shell = ent_test_spawn (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (shell));
  pid_line = g_data_input_stream_read_line (stream, NULL, NULL, NULL);
  ready = g_data_input_stream_read_line (stream, NULL, NULL, NULL);
  g_assert_nonnull (pid_line);
  g_assert_true (g_str_has_prefix (ready, "{\"url\""));
  pid = (pid_t) g_ascii_strtoll (pid_line, NULL, 10);
  g_assert_cmpint (kill (pid, 0), ==, 0);

  g_subprocess_force_exit (shell);
  g_subprocess_wait (shell, NULL, NULL);
  status = wait_for_orphan (pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* The parent has gone before the simulator could ask the kernel to be told. */
static void
test_parent_died_before (void)
{
  g_autoptr (GSubprocess) shell = NULL;
  pid_t pid;
  int status;

  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 1), ==, 0);
  /* The inner shell becomes the simulator only when its parent is no more. */
  pid = run_shell ("parent=$$; (while kill -0 $parent 2>/dev/null; do :; done; "
                   "exec \"$0\" --parent=$parent --messages=10 --days=2) & echo $!",
                   &shell);
  g_subprocess_wait (shell, NULL, NULL);
  status = wait_for_orphan (pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* Named rightly, the parent makes no difference. */
static void
test_parent_lives (void)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *option = g_strdup_printf ("--parent=%d", (int) getpid ());
  g_autoptr (JsonObject) ready = start (&process, option, NULL);

  g_assert_nonnull (sim_test_string (ready, "url"));
  stop (process, SIGTERM);
}

typedef struct
{
  GSubprocess *process;
  guint16 port;
} Started;

static gpointer
start_in_thread (gpointer data)
{
  Started *started = data;
  g_autoptr (JsonObject) ready = start (&started->process, "--end=" SIM_TEST_END, NULL);
  const char *colon = strrchr (sim_test_string (ready, "url"), ':');

  started->port = (guint16) g_ascii_strtoull (colon + 1, NULL, 10);
  return NULL;
}

static void
check_alive (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  static const char request[] = "GET /clock HTTP/1.0\r\n\r\n";
  char answer[12] = { 0 };

  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer,
                           sizeof answer, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (answer + 9, 3, "200", 3);
}

/* The kernel tells of the death of the thread that started it: that is not the process. */
static void
test_thread_dies (void)
{
  Started started = { 0 };
  g_autoptr (GSubprocess) process = NULL;

  g_thread_join (g_thread_new ("starter", start_in_thread, &started));
  process = started.process;
  for (guint i = 0; i < 20; i++)
    {
      g_subprocess_send_signal (process, SIGUSR1);
      check_alive (started.port);
    }
  stop (process, SIGTERM);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("ENTREGA_NOW");
  g_test_add_func ("/simulator/program/help", test_help);
  g_test_add_func ("/simulator/program/version", test_version);
  g_test_add_func ("/simulator/program/usage", test_usage);
  g_test_add_func ("/simulator/program/signals", test_signals);
  g_test_add_func ("/simulator/program/now", test_now);
  g_test_add_func ("/simulator/program/port-in-use", test_port_in_use);
  g_test_add_func ("/simulator/program/parent-dies", test_parent_dies);
  g_test_add_func ("/simulator/program/parent-died-before", test_parent_died_before);
  g_test_add_func ("/simulator/program/parent-lives", test_parent_lives);
  g_test_add_func ("/simulator/program/thread-dies", test_thread_dies);
  return g_test_run ();
}
