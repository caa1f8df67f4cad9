/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may happen to a database: a process killed while it writes, a full disk, a folder that
 * cannot be written, files that are something else, damage, other versions. */

#include "store-world.h"

#include "ent-schema.h"
#include "ent-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PER_BATCH 300

/* Messages of number @i, and a cursor that says so. */
static EntBatch *
numbered_batch (guint i)
{
  EntBatch *batch = ent_batch_new ("src", "Name");
  const EntCoverageInterval interval = { WORLD_NOW - DAY_MS, WORLD_NOW + i, WORLD_NOW,
                                         ENT_CHANNEL_SMS, 0 };

  batch->now = WORLD_NOW;
  batch->observations = ent_observations_new ();
  for (guint j = 0; j < PER_BATCH; j++)
    {
      EntObservation *o = ent_observations_append (batch->observations);
      g_autofree char *rid = g_strdup_printf ("m%u", i * PER_BATCH + j);

      o->remote_id = ent_observations_intern (batch->observations, rid, -1);
      o->updated_at = WORLD_NOW;
      o->stages = ENT_STAGE_FLAG_SENT;
      o->stage_times[ENT_STAGE_TIME_ACCEPTED] = WORLD_NOW - 1000 - j;
      o->texts[ENT_FIELD_CAMPAIGN - ENT_N_NUMBER_FIELDS] =
          ent_observations_intern (batch->observations, rid, -1);
    }
  batch->coverage = g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));
  g_array_append_val (batch->coverage, interval);
  batch->cursor_slot = g_strdup ("n");
  batch->cursor = g_strdup_printf ("%u", i + 1);
  return batch;
}

static guint
committed (EntStore *store)
{
  g_autofree char *cursor = ent_store_get_cursor (store, "src", "n", NULL);

  return cursor != NULL ? (guint) atoi (cursor) : 0;
}

/* Rows, cursor and coverage are of the same commit. */
static void
assert_whole (EntStore *store)
{
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, NULL);
  g_autoptr (EntCoverageMap) coverage = ent_store_get_coverage (store, "src", NULL);
  guint n = committed (store);

  g_assert_cmpint (ent_snapshot_get_n_messages (snapshot), ==, n * PER_BATCH);
  if (n > 0)
    g_assert_cmpint (g_array_index (coverage, EntCoverageInterval, 0).to, ==, WORLD_NOW + n - 1);
  g_clear_pointer (&snapshot, ent_snapshot_free);
  world_assert_clean (store);
}

/* ---- Killed --------------------------------------------------------------------------------- */

static int
write_until_killed (const char *dir)
{
  EntStore *store = world_open (dir);

  g_assert_cmpint (write (STDOUT_FILENO, "!", 1), ==, 1);
  for (guint i = committed (store);; i++)
    if (!ent_store_ingest (store, numbered_batch (i), NULL, NULL))
      return 1;
}

static void
test_killed (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  guint rounds = ent_test_rounds (25, 1000);
  guint last = 0;

  for (guint i = 0; i < rounds; i++)
    {
      const char *argv[] = { self, "--write", dir, NULL };
      g_autoptr (GSubprocess) child = ent_test_spawn (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
      char ready;
      EntStore *store;

      g_assert_cmpint (
          g_input_stream_read (g_subprocess_get_stdout_pipe (child), &ready, 1, NULL, NULL), ==, 1);
      g_usleep ((gulong) g_rand_int_range (rand, 1000, 60000));
      g_subprocess_force_exit (child);
      g_assert_true (g_subprocess_wait (child, NULL, NULL));
      g_assert_true (g_subprocess_get_if_signaled (child));

      store = world_open (dir);
      g_assert_cmpuint (committed (store), >=, last);
      last = committed (store);
      assert_whole (store);
      world_close (store);
    }
  g_assert_cmpuint (last, >, 0);
}

/* ---- Full disk ------------------------------------------------------------------------------ */

static void
limit_pages (EntWriter *writer, gpointer data)
{
  gint64 n = 0;
  g_autofree char *limit = NULL;

  g_assert_true (ent_database_query_int64 (writer->database, "PRAGMA page_count", &n, NULL));
  limit = g_strdup_printf ("PRAGMA max_page_count=%" G_GINT64_FORMAT, n + *(gint64 *) data);
  g_assert_true (ent_database_exec (writer->database, limit, NULL));
}

/* However many pages are left: the batch goes in or it does not, and later it does. */
static void
test_disk_full (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  guint n_refused = 0;

  for (gint64 room = 0; room < 24; room++)
    {
      g_autoptr (GError) error = NULL;
      guint before = committed (store);
      gint64 plenty = 1 << 20;

      ent_store_run_on_writer (store, limit_pages, &room);
      if (!ent_store_ingest (store, numbered_batch (before), NULL, &error))
        {
          g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FULL);
          g_assert_cmpuint (committed (store), ==, before);
          n_refused++;
        }
      assert_whole (store);
      ent_store_run_on_writer (store, limit_pages, &plenty);
      g_assert_true (ent_store_ingest (store, numbered_batch (committed (store)), NULL, NULL));
    }
  g_assert_cmpuint (n_refused, >, 3);
  assert_whole (store);
  world_close (store);
}

/* ---- Modes ---------------------------------------------------------------------------------- */

static void
assert_mode (const char *dir, const char *name, mode_t mode)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, mode);
}

static void
test_modes (void)
{
  static const mode_t masks[] = { 000, 022, 077, 027 };

  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      g_autoptr (EntTestDir) base = ent_test_dir_new ();
      g_autofree char *dir = g_build_filename (base, "a", "data", NULL);
      mode_t old = umask (masks[i]);
      EntStore *store = world_open (dir);

      g_assert_true (ent_store_ingest (store, numbered_batch (0), NULL, NULL));
      umask (old);
      assert_mode (base, "a/data", 0700);
      assert_mode (dir, "messages.db", 0600);
      assert_mode (dir, "messages.db-wal", 0600);
      assert_mode (dir, "messages.db-shm", 0600);
      world_close (store);
    }
}

/* ---- Something else in its place ------------------------------------------------------------ */

static void
assert_refused (const char *dir, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntStore) store = ent_store_open (dir, &error);

  g_assert_null (store);
  g_assert_error (error, ENT_STORE_ERROR, code);
}

static void
test_not_a_database (void)
{
  static const struct
  {
    const char *text;
    gssize length;
  } files[] = {
    { "", 0 },
    { "x", 1 },
    { "This is a letter, and no database at all.", -1 },
    { "SQLite format 3", 16 },
    { "PK\003\004", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (EntTestDir) dir = ent_test_dir_new ();
      g_autofree char *path =
          ent_test_write_file (dir, "messages.db", files[i].text, files[i].length);
      g_autofree char *after = NULL;
      gsize length;

      assert_refused (dir, ENT_STORE_ERROR_CORRUPT);
      g_assert_true (g_file_get_contents (path, &after, &length, NULL));
      g_assert_cmpmem (after, length, files[i].text,
                       files[i].length < 0 ? strlen (files[i].text) : (gsize) files[i].length);
    }
}

static void
test_not_a_file (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "messages.db", NULL);
  g_autofree char *target = g_build_filename (dir, "elsewhere.db", NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_refused (dir, ENT_STORE_ERROR_CORRUPT);
  g_assert_cmpint (g_rmdir (path), ==, 0);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (dir, ENT_STORE_ERROR_CORRUPT);
  g_assert_cmpint (g_unlink (path), ==, 0);

  g_assert_cmpint (symlink (target, path), ==, 0);
  assert_refused (dir, ENT_STORE_ERROR_CORRUPT);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

static void
run_sql (const char *dir, const char *sql)
{
  g_autofree char *path = g_build_filename (dir, "messages.db", NULL);
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
test_other_application (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "messages.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before, n_after;

  run_sql (dir, "CREATE TABLE other (x); INSERT INTO other VALUES (1)");
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  assert_refused (dir, ENT_STORE_ERROR_CORRUPT);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
copy_file (const char *from_dir, const char *to_dir, const char *name)
{
  g_autofree char *from = g_build_filename (from_dir, name, NULL);
  g_autofree char *to = g_build_filename (to_dir, name, NULL);
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &data, &size, NULL));
  g_assert_true (g_file_set_contents_full (to, data, (gssize) size, 0, 0600, NULL));
}

/* A checkpoint that was cut short: the head already promises pages that only the log has. That is
 * no damage, and nothing may be set aside for it. */
static void
test_checkpoint_cut_short (void)
{
  const guint8 many_pages[] = { 0, 0, 0x10, 0 };
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntTestDir) copy = ent_test_dir_new ();
  g_autofree char *path = g_build_filename (copy, "messages.db", NULL);
  g_autoptr (GError) error = NULL;
  EntStore *store = world_open (dir);
  int fd;

  g_assert_true (ent_store_ingest (store, numbered_batch (0), NULL, &error));
  g_assert_no_error (error);
  copy_file (dir, copy, "messages.db");
  copy_file (dir, copy, "messages.db-wal");
  world_close (store);
  fd = open (path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (pwrite (fd, many_pages, sizeof many_pages, 28), ==, sizeof many_pages);
  close (fd);

  store = world_open (copy);
  g_assert_cmpuint (committed (store), ==, 1);
  assert_whole (store);
  world_close (store);
}

static void
set_version (const char *dir, int version)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version=%d", version);

  run_sql (dir, sql);
}

static void
test_versions (void)
{
  const int versions[] = { ent_messages_n_migrations + 1, ent_messages_n_migrations + 100, G_MAXINT,
                           -1 };

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (EntTestDir) dir = ent_test_dir_new ();

      world_close (world_open (dir));
      set_version (dir, versions[i]);
      assert_refused (dir, ENT_STORE_ERROR_VERSION);
      set_version (dir, ent_messages_n_migrations);
      world_close (world_open (dir));
    }
}

/* A database as the first version made it: brought up to date, with the same messages; as a
 * whole or, when that fails, not at all. */
static void
test_migration (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);

  for (guint i = 0; i < 3; i++)
    g_assert_true (ent_store_ingest (store, numbered_batch (i), NULL, NULL));
  world_close (store);

  run_sql (dir, "DROP TABLE idfilter; CREATE VIEW idfilter AS SELECT 1");
  set_version (dir, 1);
  assert_refused (dir, ENT_STORE_ERROR_FAILED);
  run_sql (dir, "DROP VIEW idfilter");
  store = world_open (dir);
  assert_whole (store);
  g_assert_true (ent_store_ingest (store, numbered_batch (3), NULL, NULL));
  assert_whole (store);
  world_close (store);
  store = world_open (dir);
  assert_whole (store);
  world_close (store);
}

static void
test_quarantine (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *path = ent_test_write_file (dir, "messages.db", "damaged", -1);
  g_autofree char *wal = ent_test_write_file (dir, "messages.db-wal", "log", -1);
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *aside_wal = NULL;

  assert_refused (dir, ENT_STORE_ERROR_CORRUPT);
  aside = ent_store_quarantine (dir, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  aside_wal = g_strconcat (aside, "-wal", NULL);
  g_assert_true (g_file_test (aside_wal, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  world_close (world_open (dir));
  g_assert_null (ent_store_quarantine ("/nonexistent/folder", &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND);
}

/* ---- Reading only --------------------------------------------------------------------------- */

/* As a user who may not write, since root may always. The program is opened before the user is
 * changed, since it may stand in a folder that only root may enter. */
static void
run_as_nobody (const char *dir, const char *mode)
{
  int self = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  char *argv[] = { (char *) "test-store-faults", (char *) mode, (char *) dir, NULL };
  pid_t pid = fork ();
  int status = 0;

  g_assert_cmpint (self, >=, 0);
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
        _exit (99);
      fexecve (self, argv, environ);
      _exit (98);
    }
  close (self);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static int
read_only_visit (const char *dir)
{
  g_autoptr (GError) error = NULL;
  EntStore *store = ent_store_open (dir, &error);
  g_autoptr (EntSnapshot) snapshot = NULL;

  g_assert_no_error (error);
  g_assert_true (ent_store_is_read_only (store));
  snapshot = ent_store_snapshot (store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ent_snapshot_get_n_messages (snapshot), ==, PER_BATCH);
  g_clear_pointer (&snapshot, ent_snapshot_free);
  g_assert_false (ent_store_ingest (store, numbered_batch (1), NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READONLY);
  g_clear_error (&error);
  g_assert_cmpint (ent_store_erase_before (store, WORLD_NOW, NULL, &error), ==, -1);
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READONLY);
  world_assert_clean (store);
  world_close (store);
  return 0;
}

static int
refused_visit (const char *dir)
{
  assert_refused (dir, ENT_STORE_ERROR_READONLY);
  return 0;
}

static void
test_read_only (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "messages.db", NULL);
  EntStore *store = world_open (dir);

  g_assert_true (ent_store_ingest (store, numbered_batch (0), NULL, NULL));
  g_assert_false (ent_store_is_read_only (store));
  world_close (store);

  /* The file, then the folder with it. */
  g_assert_cmpint (chmod (path, 0444), ==, 0);
  g_assert_cmpint (chmod (dir, 0777), ==, 0);
  run_as_nobody (dir, "--read-only");
  g_assert_cmpint (chmod (dir, 0555), ==, 0);
  run_as_nobody (dir, "--read-only");

  g_assert_cmpint (chmod (dir, 0755), ==, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (chmod (dir, 0555), ==, 0);
  run_as_nobody (dir, "--refused");
  g_assert_cmpint (chmod (dir, 0700), ==, 0);
}

/* ---- Damage --------------------------------------------------------------------------------- */

/* A column that was changed behind our back is found, and one whose header makes no sense is
 * counted anew. */
static void
test_damaged_columns (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_store_ingest (store, numbered_batch (0), NULL, NULL));
  world_close (store);

  run_sql (dir, "UPDATE colseg SET data = CAST (substr (data, 1, 1000) || X'77' ||"
                " substr (data, 1002) AS BLOB)");
  store = world_open (dir);
  g_assert_true (ent_store_check (store, FALSE, report, NULL, &error));
  g_assert_false (ent_store_check (store, TRUE, report, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT);
  g_assert_nonnull (strstr (report->str, "columns of message"));
  world_close (store);
  g_clear_error (&error);

  run_sql (dir, "UPDATE colseg SET data = X'0011223344'");
  store = world_open (dir);
  {
    g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, &error);

    g_assert_no_error (error);
    g_assert_cmpint (ent_snapshot_get_n_messages (snapshot), ==, PER_BATCH);
  }
  /* Writing on top of it mends what is stored. */
  g_assert_true (ent_store_ingest (store, numbered_batch (1), NULL, NULL));
  assert_whole (store);
  world_close (store);

  run_sql (dir, "DELETE FROM idseg");
  store = world_open (dir);
  {
    EntIngestResult result;

    g_assert_true (ent_store_ingest (store, numbered_batch (1), &result, NULL));
    g_assert_cmpint (result.added, ==, 0);
    g_assert_cmpint (result.unchanged, ==, PER_BATCH);
  }
  world_close (store);
}

/* Bytes flipped anywhere: an error or an answer, never a crash. */
static void
test_flipped_bytes (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "messages.db", NULL);
  g_autoptr (GRand) rand = ent_test_rand_new ();
  EntStore *store = world_open (dir);
  g_autofree char *good = NULL;
  gsize length;
  guint n_refused = 0;

  for (guint i = 0; i < 4; i++)
    g_assert_true (ent_store_ingest (store, numbered_batch (i), NULL, NULL));
  world_close (store);
  g_assert_true (g_file_get_contents (path, &good, &length, NULL));

  for (guint round = 0; round < ent_test_rounds (150, 10000); round++)
    {
      g_autofree char *bad = g_memdup2 (good, length);
      guint n = (guint) g_rand_int_range (rand, 1, 65);
      g_autoptr (GError) error = NULL;
      gsize cut = g_rand_int_range (rand, 0, 10) == 0
                      ? (gsize) g_rand_int_range (rand, 0, (gint32) length)
                      : length;

      for (guint i = 0; i < n; i++)
        bad[g_rand_int_range (rand, 0, (gint32) length)] ^=
            (char) (1 << g_rand_int_range (rand, 0, 8));
      g_assert_true (g_file_set_contents (path, bad, (gssize) cut, NULL));
      store = ent_store_open (dir, &error);
      n_refused += store == NULL;
      if (store != NULL)
        {
          g_autoptr (EntReport) report = ent_report_new ("en");
          g_autoptr (EntQuery) query = ent_query_new (report, WORLD_NOW);
          g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, NULL);

          for (int by = 0; snapshot != NULL && by < ENT_N_BYS; by++)
            {
              g_autoptr (EntSummary) summary =
                  ent_snapshot_summarise (snapshot, query, (EntBy) by, NULL, NULL);

              g_assert_true (summary == NULL || summary->n_rows < 100000);
            }
          for (int column = 0; snapshot != NULL && column < ENT_N_COLUMNS; column += 5)
            {
              const EntSort sort = { (EntColumn) column, TRUE };
              g_autoptr (EntSelection) selection =
                  ent_snapshot_select (snapshot, query, sort, NULL, NULL);
              g_autoptr (GPtrArray) rows = NULL;

              if (selection != NULL)
                rows = ent_snapshot_rows (snapshot, ent_selection_get_positions (selection),
                                          MIN (ent_selection_get_size (selection), 50), NULL, NULL);
            }
          g_clear_pointer (&snapshot, ent_snapshot_free);
          ent_store_ingest (store, numbered_batch (3), NULL, NULL);
          world_close (store);
        }
    }
  g_test_message ("%u refused", n_refused);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    return write_until_killed (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "--read-only"))
    return read_only_visit (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "--refused"))
    return refused_visit (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/faults/killed", test_killed);
  g_test_add_func ("/store/faults/disk-full", test_disk_full);
  g_test_add_func ("/store/faults/modes", test_modes);
  g_test_add_func ("/store/faults/not-a-database", test_not_a_database);
  g_test_add_func ("/store/faults/not-a-file", test_not_a_file);
  g_test_add_func ("/store/faults/other-application", test_other_application);
  g_test_add_func ("/store/faults/checkpoint-cut-short", test_checkpoint_cut_short);
  g_test_add_func ("/store/faults/versions", test_versions);
  g_test_add_func ("/store/faults/migration", test_migration);
  g_test_add_func ("/store/faults/quarantine", test_quarantine);
  g_test_add_func ("/store/faults/read-only", test_read_only);
  g_test_add_func ("/store/faults/damaged-columns", test_damaged_columns);
  g_test_add_func ("/store/faults/flipped-bytes", test_flipped_bytes);
  return g_test_run ();
}
