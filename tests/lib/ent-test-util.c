/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Helpers that every test program may use: see the header. Main thread of a test program only;
 * nothing here keeps state between calls except the seed, which is read once. */

#include "ent-test-util.h"

#include <errno.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>

/* The seed of runs that name none: property tests then give the same answer every day. */
#define DEFAULT_SEED 20231115u

static int
remove_entry_cb (const char *path, const struct stat *info, int type, struct FTW *where)
{
  return remove (path);
}

/**
 * ent_test_dir_new:
 *
 * Makes an empty temporary folder, mode 0700.
 *
 * Returns: (transfer full): its path; release it with ent_test_dir_remove()
 */
char *
ent_test_dir_new (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("entrega-test-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

/**
 * ent_test_dir_remove:
 * @path: (transfer full) (nullable): a folder of ent_test_dir_new()
 *
 * Removes the folder with all that is in it, without following links, and frees @path.
 */
void
ent_test_dir_remove (char *path)
{
  if (path == NULL)
    return;

  if (nftw (path, remove_entry_cb, 16, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
    g_error ("Could not remove %s: %s", path, g_strerror (errno));
  g_free (path);
}

/**
 * ent_test_write_file:
 * @dir: a folder
 * @name: a file name in it
 * @data: what to write
 * @length: its length in bytes, or -1 for a string
 *
 * Returns: (transfer full): the file's path
 */
char *
ent_test_write_file (const char *dir, const char *name, const void *data, gssize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (dir, name, NULL);

  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
  return path;
}

/**
 * ent_test_seed:
 *
 * The seed of this run: the variable ENTREGA_TEST_SEED, or a fixed one. It is printed at its first
 * use, so that the log of a failing run says how to repeat it.
 *
 * Returns: the seed
 */
guint32
ent_test_seed (void)
{
  static gsize ready = 0;
  static guint32 seed = DEFAULT_SEED;

  if (g_once_init_enter (&ready))
    {
      const char *text = g_getenv ("ENTREGA_TEST_SEED");

      if (text != NULL && *text != '\0')
        {
          guint64 value = 0;

          if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &value, NULL))
            g_error ("ENTREGA_TEST_SEED is not a number: %s", text);
          seed = (guint32) value;
        }
      g_test_message ("ENTREGA_TEST_SEED=%u", seed);
      g_once_init_leave (&ready, 1);
    }

  return seed;
}

/**
 * ent_test_rand_new:
 *
 * Returns: (transfer full): a random generator started with ent_test_seed()
 */
GRand *
ent_test_rand_new (void)
{
  return g_rand_new_with_seed (ent_test_seed ());
}

/**
 * ent_test_is_long:
 *
 * Returns: whether this is a long run (ENTREGA_TEST_LONG=1, `./dev test --long`)
 */
gboolean
ent_test_is_long (void)
{
  return g_strcmp0 (g_getenv ("ENTREGA_TEST_LONG"), "1") == 0;
}

/**
 * ent_test_rounds:
 * @normal: rounds of a normal run
 * @in_long_runs: rounds of a long run
 *
 * Returns: how many rounds a repeating test should make
 */
guint
ent_test_rounds (guint normal, guint in_long_runs)
{
  return ent_test_is_long () ? in_long_runs : normal;
}

static gboolean
deadline_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
look_again_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * ent_test_wait_until:
 * @predicate: what to wait for
 * @user_data: its argument
 * @deadline_ms: how long to wait at most, in milliseconds
 *
 * Runs the thread-default main context until @predicate holds. It is asked after each event, and
 * every 10 ms for the sake of conditions that announce no event (a file, another process).
 *
 * Returns: whether @predicate came true in time
 */
gboolean
ent_test_wait_until (EntTestPredicate predicate, gpointer user_data, guint deadline_ms)
{
  GMainContext *context = g_main_context_get_thread_default ();
  g_autoptr (GSource) deadline = g_timeout_source_new (deadline_ms);
  g_autoptr (GSource) again = g_timeout_source_new (10);
  gboolean too_late = FALSE;
  gboolean holds;

  g_source_set_callback (deadline, deadline_cb, &too_late, NULL);
  g_source_attach (deadline, context);
  g_source_set_callback (again, look_again_cb, NULL, NULL);
  g_source_attach (again, context);

  while (!(holds = predicate (user_data)) && !too_late)
    g_main_context_iteration (context, TRUE);

  g_source_destroy (deadline);
  g_source_destroy (again);
  return holds;
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

/**
 * ent_test_wait_async:
 * @result: where ent_test_store_result() puts the result; %NULL before
 * @deadline_ms: how long to wait at most, in milliseconds
 *
 * Waits for an asynchronous call that was given ent_test_store_result() and @result. A call that
 * does not come back in time fails the test.
 */
void
ent_test_wait_async (GAsyncResult **result, guint deadline_ms)
{
  if (!ent_test_wait_until (has_result, result, deadline_ms))
    g_error ("An asynchronous call did not come back within %u ms", deadline_ms);
}

/**
 * ent_test_store_result:
 * @source: (nullable): ignored
 * @result: the result
 * @user_data: a `GAsyncResult **` that is %NULL
 *
 * A #GAsyncReadyCallback that keeps the result for ent_test_wait_async().
 */
void
ent_test_store_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
}

/* Where the build puts each program, below the build folder. */
static const char *
program_folder (const char *name)
{
  static const struct
  {
    const char *name;
    const char *folder;
  } programs[] = {
    { "entrega", "app" },
    { "entrega-cli", "cli" },
    { "entrega-simulator", "simulator" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    if (strcmp (programs[i].name, name) == 0)
      return programs[i].folder;

  g_error ("%s is no program of this project", name);
}

/**
 * ent_test_program:
 * @name: entrega, entrega-cli or entrega-simulator
 *
 * Returns: (transfer full): the path of the program in the build folder (ENTREGA_BUILDDIR)
 */
char *
ent_test_program (const char *name)
{
  const char *build = g_getenv ("ENTREGA_BUILDDIR");

  if (build == NULL)
    g_error ("ENTREGA_BUILDDIR is not set; run the tests with ./dev test or meson test");
  return g_build_filename (build, "src", program_folder (name), name, NULL);
}

/**
 * ent_test_spawn:
 * @argv: program and arguments
 * @flags: which of its streams to pipe
 * @env: (nullable): a %NULL-terminated list of NAME=VALUE
 *
 * Starts a program, with the environment of the test and @env on top.
 *
 * Returns: (transfer full): the running program
 */
GSubprocess *
ent_test_spawn (const char *const *argv, GSubprocessFlags flags, const char *const *env)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  for (; env != NULL && *env != NULL; env++)
    {
      g_auto (GStrv) pair = g_strsplit (*env, "=", 2);

      g_assert_cmpuint (g_strv_length (pair), ==, 2);
      g_subprocess_launcher_setenv (launcher, pair[0], pair[1], TRUE);
    }

  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  return process;
}

/**
 * ent_test_run:
 * @argv: program and arguments
 * @input: (nullable): what it reads from standard input
 * @out: (out) (optional) (transfer full): what it wrote to standard output
 * @err: (out) (optional) (transfer full): what it wrote to standard error
 *
 * Runs a program to its end. Output that is not UTF-8 fails the test.
 *
 * Returns: its exit status, or minus the number of the signal that ended it
 */
int
ent_test_run (const char *const *argv, const char *input, char **out, char **err)
{
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                           G_SUBPROCESS_FLAGS_STDERR_PIPE;
  g_autoptr (GSubprocess) process = ent_test_spawn (argv, flags, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *stdout_text = NULL;
  g_autofree char *stderr_text = NULL;

  g_subprocess_communicate_utf8 (process, input, NULL, &stdout_text, &stderr_text, &error);
  g_assert_no_error (error);
  if (out != NULL)
    *out = g_steal_pointer (&stdout_text);
  if (err != NULL)
    *err = g_steal_pointer (&stderr_text);

  if (g_subprocess_get_if_signaled (process))
    return -g_subprocess_get_term_sig (process);
  return g_subprocess_get_exit_status (process);
}
