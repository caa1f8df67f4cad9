/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An export that is killed at any moment leaves the final name absent or a whole file, a history
 * that says what happened, and after the next start no part of it. */
#include "config.h"

#include "ent-export.h"
#include "export-world.h"

#include "ent-test-util.h"
#include "ent-user-data.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define N_MESSAGES 4000

typedef struct
{
  World *world;
  char *out; /* folder of the files */
  GRand *rand;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->world = world_new (N_MESSAGES, FALSE);
  ent_store_close (self->world->store);
  g_clear_object (&self->world->store);
  self->out = ent_test_dir_new ();
  self->rand = ent_test_rand_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  /* world_free closes what is open. */
  g_autoptr (GError) error = NULL;

  self->world->store = ent_store_open (self->world->dir, &error);
  g_assert_no_error (error);
  world_free (self->world);
  ent_test_dir_remove (self->out);
  g_rand_free (self->rand);
}

static GSubprocess *
start_export (Fixture *self, const char *format, const char *path)
{
  g_autofree char *program = ent_test_program ("entrega-cli");
  const char *argv[] = { program,    "--data-dir", self->world->dir, "--now",  WORLD_NOW,
                         "--quiet",  "export",     "--provenance",   "--view", "detailed",
                         "--format", format,       "--output",       path,     NULL };

  return ent_test_spawn (argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
}

static gint64
run_whole (Fixture *self, const char *format, const char *path)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GSubprocess) process = start_export (self, format, path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
  return g_get_monotonic_time () - start;
}

static guint
count_parts (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint parts = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    parts += strstr (name, ".part") != NULL;
  return parts;
}

/* The next start settles what was left; nothing claims to be running. */
static void
assert_settled (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntUserData) user_data = ent_user_data_open (self->world->dir, &error);
  g_autoptr (GPtrArray) records = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (ent_user_data_settle_exports (user_data, &error), >=, 0);
  records = ent_user_data_list_exports (user_data, &error);
  for (guint i = 0; i < records->len; i++)
    {
      EntExportRecord *record = g_ptr_array_index (records, i);

      g_assert_true (record->state == ENT_EXPORT_FINISHED ||
                     record->state == ENT_EXPORT_INTERRUPTED);
    }
  g_assert_cmpuint (count_parts (self->out), ==, 0);
}

/* The provenance beside it comes after the file, and whole. */
static void
assert_side_car (const char *path, const char *digest)
{
  g_autofree char *side_car = g_strconcat (path, ".provenance.json", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (side_car, &text, NULL, NULL))
    return;
  g_assert_nonnull (digest);
  g_assert_nonnull (strstr (text, digest));
  g_assert_true (g_str_has_suffix (text, "}\n"));
  g_unlink (side_car);
}

/* A kill at a moment between the start and a little after the usual end. */
static void
kill_once (Fixture *self, const char *format, gint64 usual, const char *whole)
{
  g_autofree char *name = g_strdup_printf ("killed.%s", format);
  g_autofree char *path = g_build_filename (self->out, name, NULL);
  g_autoptr (GSubprocess) process = start_export (self, format, path);
  g_autofree char *digest = NULL;
  gint64 bytes;

  g_usleep ((gulong) g_rand_int_range (self->rand, 0, (gint32) (usual * 11 / 10)));
  g_subprocess_send_signal (process, SIGKILL);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      digest = ent_export_digest_file (path, &bytes, NULL, NULL);
      g_assert_cmpstr (digest, ==, whole);
    }
  assert_side_car (path, digest);
  assert_settled (self);
  g_unlink (path);
}

static void
test_kill (Fixture *self, gconstpointer data)
{
  const char *format = data;
  g_autofree char *name = g_strdup_printf ("whole.%s", format);
  g_autofree char *path = g_build_filename (self->out, name, NULL);
  gint64 usual = run_whole (self, format, path);
  gint64 bytes;
  g_autofree char *whole = ent_export_digest_file (path, &bytes, NULL, NULL);

  g_assert_cmpint (bytes, >, 1000);
  for (guint i = 0; i < ent_test_rounds (8, 100); i++)
    kill_once (self, format, usual, whole);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/flow/kill-export/csv", Fixture, "csv", set_up, test_kill, tear_down);
  g_test_add ("/flow/kill-export/xlsx", Fixture, "xlsx", set_up, test_kill, tear_down);
  g_test_add ("/flow/kill-export/pdf", Fixture, "pdf", set_up, test_kill, tear_down);
  return g_test_run ();
}
