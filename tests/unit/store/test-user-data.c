/* SPDX-License-Identifier: GPL-3.0-or-later */
/* user.db: what the user made comes back as it was, is never lost unseen, and survives damage. */
#include "config.h"

#include "ent-leftover.h"
#include "ent-test-util.h"
#include "ent-user-data.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOW G_GINT64_CONSTANT (1795305600000)
#define DAY_MS G_GINT64_CONSTANT (86400000)

static EntUserData *
open_data (const char *dir)
{
  g_autoptr (GError) error = NULL;
  EntUserData *data = ent_user_data_open (dir, &error);

  g_assert_no_error (error);
  return data;
}

static EntReport *
report_named (const char *name)
{
  EntReport *report = ent_report_new ("pt_BR");

  report->name = g_strdup (name);
  return report;
}

static EntTemplate *
save (EntUserData *data, gint64 id, gint64 revision, const char *name)
{
  g_autoptr (EntReport) report = report_named (name);
  g_autoptr (GError) error = NULL;
  EntTemplate *saved = ent_user_data_save_template (data, id, revision, report, NOW, &error);

  g_assert_no_error (error);
  return saved;
}

static void
test_sources (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (EntSourceRecord) record = ent_source_record_new ();
  g_autoptr (EntSourceRecord) twin = ent_source_record_new ();
  g_autoptr (EntSourceRecord) found = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  record->kind = g_strdup ("engage");
  record->name = g_strdup ("Loja");
  record->options = g_strdup ("{\"region\":\"eu\"}");
  record->credentials = ENT_CREDENTIALS_ENV;
  record->credentials_ref = g_strdup ("LOJA_KEY");
  record->created_at = NOW;
  g_assert_true (ent_user_data_save_source (data, record, &error));
  record->last_error = g_strdup ("api:auth:401");
  record->last_attempt = NOW + 1;
  g_assert_true (ent_user_data_save_source (data, record, &error));

  found = ent_user_data_find_source (data, "Loja", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->key, ==, record->key);
  g_assert_cmpstr (found->options, ==, "{\"region\":\"eu\"}");
  g_assert_cmpstr (found->credentials_ref, ==, "LOJA_KEY");
  g_assert_cmpstr (found->last_error, ==, "api:auth:401");
  g_assert_cmpint (found->last_attempt, ==, NOW + 1);

  twin->kind = g_strdup ("engage");
  twin->name = g_strdup ("Loja");
  g_assert_false (ent_user_data_save_source (data, twin, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS);
  g_clear_error (&error);

  g_assert_true (ent_user_data_remove_source (data, record->key, &error));
  none = ent_user_data_list_sources (data, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (ent_user_data_find_source (data, "Loja", &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND);
}

static void
test_template_round_trip (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (EntUserData) again = NULL;
  g_autoptr (EntTemplate) saved = save (data, 0, -1, "  Semana passada ");
  g_autoptr (EntTemplate) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (saved->report->name, ==, "Semana passada");
  g_clear_pointer (&data, ent_user_data_unref);
  again = open_data (dir);
  found = ent_user_data_find_template (again, "Semana passada", &error);
  g_assert_no_error (error);
  g_assert_true (ent_report_equal (found->report, saved->report));
  g_assert_cmpint (found->revision, ==, 1);
}

/* Two windows: the later save over an older revision is refused, nothing is lost unseen. */
static void
test_template_conflict (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) one = open_data (dir);
  g_autoptr (EntUserData) two = open_data (dir);
  g_autoptr (EntTemplate) first = save (one, 0, -1, "A");
  g_autoptr (EntTemplate) second = save (two, first->id, first->revision, "B");
  g_autoptr (EntReport) late = report_named ("C");
  g_autoptr (EntTemplate) forced = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (second->revision, ==, first->revision + 1);
  g_assert_null (ent_user_data_save_template (one, first->id, first->revision, late, NOW, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  forced = ent_user_data_save_template (one, first->id, -1, late, NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (forced->report->name, ==, "C");
}

static void
test_template_names (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (EntTemplate) a G_GNUC_UNUSED = save (data, 0, -1, "A");
  g_autoptr (EntReport) twin = report_named ("A");
  g_autoptr (EntReport) nameless = report_named ("   ");
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_user_data_save_template (data, 0, -1, twin, NOW, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (ent_user_data_save_template (data, 0, -1, nameless, NOW, &error));
  g_assert_nonnull (error);
}

static void
test_template_delete_and_undo (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (EntTemplate) a = save (data, 0, -1, "A");
  g_autoptr (EntTemplate) b = save (data, 0, -1, "B");
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_user_data_delete_template (data, a->id, NOW, &error));
  left = ent_user_data_list_templates (data, &error);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_true (ent_user_data_undelete_template (data, a->id, &error));
  g_assert_no_error (error);
  g_assert_true (ent_user_data_delete_template (data, a->id, NOW, &error));
  {
    /* The name went to another one meanwhile. */
    g_autoptr (EntTemplate) other = save (data, 0, -1, "A");

    g_assert_false (ent_user_data_undelete_template (data, a->id, &error));
    g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS);
    g_clear_error (&error);
    g_assert_cmpint (other->id, !=, a->id);
  }
  /* 31 days later the next deletion clears the tombstone away. */
  g_assert_true (ent_user_data_delete_template (data, b->id, NOW + 31 * DAY_MS, &error));
  g_assert_false (ent_user_data_undelete_template (data, a->id, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND);
}

static void
test_template_order (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (EntTemplate) a = save (data, 0, -1, "A");
  g_autoptr (EntTemplate) b = save (data, 0, -1, "B");
  g_autoptr (EntTemplate) c = save (data, 0, -1, "C");
  g_autoptr (GPtrArray) order = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_user_data_move_template (data, c->id, a->position, FALSE, &error));
  g_assert_true (ent_user_data_move_template (data, b->id, b->position, TRUE, &error));
  order = ent_user_data_list_templates (data, &error);
  g_assert_cmpint (((EntTemplate *) order->pdata[0])->id, ==, b->id); /* pinned */
  g_assert_cmpint (((EntTemplate *) order->pdata[1])->id, ==, c->id);
  g_assert_cmpint (((EntTemplate *) order->pdata[2])->id, ==, a->id);
}

/* A child that dies while it exports leaves a record that says so and no half file. */
static void
test_exports_settle (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *partial = ent_test_write_file (dir, "report.csv.part", "half", 4);
  g_autofree char *provenance = ent_test_write_file (dir, "report.csv.part.json", "{}", 2);
  g_autofree char *folder = g_strconcat (partial, ".d", NULL);
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (EntExportRecord) dead = ent_export_record_new ();
  g_autoptr (EntExportRecord) alive = ent_export_record_new ();
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  pid_t child = fork ();

  if (child == 0)
    _exit (0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  /* Killed while the library's temporary file had its name. */
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_free (ent_test_write_file (dir, "report.csv.part.d/tmp.8mQwhP", "", 0));
  dead->state = ENT_EXPORT_RUNNING;
  dead->requested_at = NOW;
  dead->pid = child;
  dead->partial_path = g_strdup (partial);
  alive->state = ENT_EXPORT_RUNNING;
  alive->requested_at = NOW + 1;
  alive->pid = getpid ();
  dead->id = ent_user_data_save_export (data, dead, &error);
  alive->id = ent_user_data_save_export (data, alive, &error);
  g_assert_cmpint (dead->id, !=, 0);
  g_assert_cmpint (ent_user_data_settle_exports (data, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (provenance, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  list = ent_user_data_list_exports (data, &error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpint (((EntExportRecord *) list->pdata[0])->state, ==, ENT_EXPORT_RUNNING);
  g_assert_cmpint (((EntExportRecord *) list->pdata[1])->state, ==, ENT_EXPORT_INTERRUPTED);
  g_assert_true (ent_user_data_remove_export (data, dead->id, TRUE, &error));
  g_clear_pointer (&list, g_ptr_array_unref);
  list = ent_user_data_list_exports (data, &error);
  g_assert_cmpuint (list->len, ==, 1);
}

static gint64
save_running (EntUserData *data, pid_t pid, const char *partial)
{
  g_autoptr (EntExportRecord) record = ent_export_record_new ();

  record->state = ENT_EXPORT_RUNNING;
  record->requested_at = NOW;
  record->pid = pid;
  record->partial_path = g_strdup (partial);
  record->id = ent_user_data_save_export (data, record, NULL);
  return record->id;
}

static EntExportState
state_of (EntUserData *data, gint64 id)
{
  g_autoptr (GPtrArray) list = ent_user_data_list_exports (data, NULL);

  for (guint i = 0; i < list->len; i++)
    if (((EntExportRecord *) list->pdata[i])->id == id)
      return ((EntExportRecord *) list->pdata[i])->state;
  g_assert_not_reached ();
}

static guint
count_locks (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ".lock") && g_str_has_prefix (name, "export-");
  return n;
}

/* Who says to be at work counts, not who has the process's id now; and an id that another program
 * has got is nobody's. */
static void
test_ids_used_again (void)
{
  static const char *const waiting[] = { "cat", NULL };
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *left = ent_test_write_file (dir, "left.csv.part", "half", 4);
  g_autofree char *held = ent_test_write_file (dir, "held.csv.part", "half", 4);
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (GSubprocess) other = g_subprocess_newv (waiting, G_SUBPROCESS_FLAGS_STDIN_PIPE, NULL);
  pid_t pid = (pid_t) atoi (g_subprocess_get_identifier (other));
  gint64 with_file = save_running (data, pid, left);
  gint64 without = save_running (data, pid, NULL);
  gint64 unseen = save_running (data, G_MAXINT32, held);
  int fd = ent_user_data_hold_export (data, held);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ent_user_data_settle_exports (data, NULL), ==, 2);
  g_assert_cmpint (state_of (data, with_file), ==, ENT_EXPORT_INTERRUPTED);
  g_assert_cmpint (state_of (data, without), ==, ENT_EXPORT_INTERRUPTED);
  g_assert_cmpint (state_of (data, unseen), ==, ENT_EXPORT_RUNNING);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  /* As a killed process leaves it. */
  close (fd);
  g_assert_cmpint (ent_user_data_settle_exports (data, NULL), ==, 1);
  g_assert_cmpuint (count_locks (dir), ==, 0);
  g_assert_cmpint (state_of (data, unseen), ==, ENT_EXPORT_INTERRUPTED);
  g_assert_false (g_file_test (held, G_FILE_TEST_EXISTS));
  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (other), NULL, NULL));
  g_assert_true (g_subprocess_wait_check (other, NULL, NULL));
}

/* An export that ends between the look at the list and the claim stays finished. */
static void
test_ended_meanwhile (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *partial = g_build_filename (dir, "x.csv.part", NULL);
  g_autoptr (EntUserData) data = open_data (dir);
  gint64 id = save_running (data, G_MAXINT32, partial);
  g_autoptr (GPtrArray) list = NULL;
  EntExportRecord *record;
  int fd = ent_user_data_hold_export (data, partial);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ent_user_data_settle_exports (data, NULL), ==, 0);
  g_assert_cmpuint (count_locks (dir), ==, 1);
  list = ent_user_data_list_exports (data, NULL);
  record = list->pdata[0];
  record->state = ENT_EXPORT_FINISHED;
  g_assert_cmpint (ent_user_data_save_export (data, record, NULL), ==, id);
  ent_user_data_let_go_export (data, partial, fd);
  g_assert_cmpint (ent_user_data_settle_exports (data, NULL), ==, 0);
  g_assert_cmpint (state_of (data, id), ==, ENT_EXPORT_FINISHED);
  g_assert_cmpuint (count_locks (dir), ==, 0);

  /* Killed when it was finished and had not given its lock back. */
  fd = ent_user_data_hold_export (data, partial);
  g_assert_cmpint (ent_user_data_settle_exports (data, NULL), ==, 0);
  g_assert_cmpuint (count_locks (dir), ==, 1);
  close (fd);
  g_assert_cmpint (ent_user_data_settle_exports (data, NULL), ==, 0);
  g_assert_cmpuint (count_locks (dir), ==, 0);
}

/* Folders of dead processes go, with what is in them; those of living ones stay, and links are not
 * followed. */
static void
test_leftovers (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntTestDir) elsewhere = ent_test_dir_new ();
  g_autofree char *precious = ent_test_write_file (elsewhere, "precious", "x", 1);
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (GError) error = NULL;
  g_autofree char *alive = ent_leftover_make_folder (dir, "verify", &error);
  g_autofree char *dead = NULL, *deeper = NULL, *file = NULL, *link = NULL, *name = NULL;
  pid_t child = fork ();

  g_assert_no_error (error);
  if (child == 0)
    _exit (0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  name = g_strdup_printf ("verify-%d-abcdef", (int) child);
  dead = g_build_filename (dir, name, NULL);
  deeper = g_build_filename (dead, "out.xlsx.part-1.d", NULL);
  file = g_build_filename (deeper, "tmp.1", NULL);
  link = g_build_filename (dead, "link", NULL);
  g_assert_cmpint (g_mkdir_with_parents (deeper, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_cmpint (symlink (elsewhere, link), ==, 0);
  g_assert_cmpint (ent_user_data_settle_exports (data, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_false (g_file_test (dead, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (alive, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (precious, G_FILE_TEST_EXISTS));
}

static void
damage (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "user.db", NULL);
  g_autofree char *wal = g_build_filename (dir, "user.db-wal", NULL);
  g_autoptr (GError) error = NULL;

  g_unlink (wal);
  g_file_set_contents (path, "this is no database, but it was one", -1, &error);
  g_assert_no_error (error);
}

static void
test_damage_is_restored (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (EntTemplate) saved = save (data, 0, -1, "A");
  g_autoptr (EntTemplate) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_user_data_backup (data, NOW, &error));
  g_clear_pointer (&data, ent_user_data_unref);
  damage (dir);
  data = open_data (dir);
  g_assert_nonnull (ent_user_data_get_restored_from (data));
  found = ent_user_data_find_template (data, "A", &error);
  g_assert_no_error (error);
  g_assert_true (ent_report_equal (found->report, saved->report));
}

static void
test_damage_without_backup_is_said (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) data = open_data (dir);
  g_autofree char *path = g_build_filename (dir, "user.db", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&data, ent_user_data_unref);
  damage (dir);
  g_assert_null (ent_user_data_open (dir, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT);
  /* Nothing was put in its place. */
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "this is no database"));
}

static void
test_backups_are_daily_and_few (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (EntTemplate) saved = NULL;
  g_auto (GStrv) none = NULL;
  g_auto (GStrv) backups = NULL;
  g_autoptr (GPtrArray) templates = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  /* A day's backup is not spent on nothing. */
  g_assert_true (ent_user_data_backup (data, NOW, &error));
  none = ent_user_data_list_backups (dir);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  saved = save (data, 0, -1, "A");
  for (guint day = 0; day < 20; day++)
    for (guint again = 0; again < 2; again++)
      g_assert_true (ent_user_data_backup (data, NOW + day * DAY_MS + again, &error));
  backups = ent_user_data_list_backups (dir);
  g_assert_cmpuint (g_strv_length (backups), ==, 14);
  g_assert_true (g_str_has_suffix (backups[0], "user-2026-12-11.db"));
  g_assert_cmpint (g_stat (backups[0], &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  templates = ent_user_data_read_backup (backups[13], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (templates->len, ==, 1);
}

static GPtrArray *
starters_new (void)
{
  GPtrArray *starters = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_report_free);

  for (guint i = 0; i < 3; i++)
    {
      EntReport *report = ent_report_new (NULL);

      report->name = g_strdup_printf ("Starter %u", i);
      g_ptr_array_add (starters, report);
    }
  return starters;
}

/* Once, and never again: what was deleted does not come back. */
static void
test_starters (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (GPtrArray) starters = starters_new ();
  g_autoptr (GPtrArray) templates = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_user_data_add_starters (data, starters, NOW, &error));
  templates = ent_user_data_list_templates (data, &error);
  g_assert_cmpuint (templates->len, ==, 3);
  g_assert_cmpstr (((EntTemplate *) templates->pdata[0])->report->name, ==, "Starter 0");
  for (guint i = 0; i < 3; i++)
    g_assert_true (ent_user_data_delete_template (data, ((EntTemplate *) templates->pdata[i])->id,
                                                  NOW, &error));
  g_clear_pointer (&data, ent_user_data_unref);
  data = open_data (dir);
  /* Also long after the last trace of them is gone. */
  {
    g_autoptr (EntTemplate) mine = save (data, 0, -1, "Mine");

    g_assert_true (ent_user_data_delete_template (data, mine->id, NOW + 60 * DAY_MS, &error));
  }
  g_assert_true (ent_user_data_add_starters (data, starters, NOW + 90 * DAY_MS, &error));
  g_assert_no_error (error);
  g_clear_pointer (&templates, g_ptr_array_unref);
  templates = ent_user_data_list_templates (data, &error);
  g_assert_cmpuint (templates->len, ==, 0);
}

/* Names are compared composed and trimmed, however they were typed. */
static void
test_names_are_normal (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (EntTemplate) saved = save (data, 0, -1, " Relato\xcc\x81rio ");
  g_autoptr (EntTemplate) found = NULL;
  g_autoptr (EntTemplate) none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (saved->report->name, ==, "Relat\xc3\xb3rio");
  found = ent_user_data_find_template (data, "Relato\xcc\x81rio", &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->id, ==, saved->id);
  none = ent_user_data_find_template (data, "\xff", &error);
  g_assert_null (none);
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND);
}

static void
test_restore_by_hand (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntUserData) data = open_data (dir);
  g_autoptr (EntTemplate) before G_GNUC_UNUSED = save (data, 0, -1, "A");
  g_autoptr (EntTemplate) after = NULL;
  g_auto (GStrv) backups = NULL;
  g_autoptr (GPtrArray) templates = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_user_data_backup (data, NOW, &error));
  after = save (data, 0, -1, "B");
  g_clear_pointer (&data, ent_user_data_unref);
  backups = ent_user_data_list_backups (dir);
  g_assert_true (ent_user_data_restore (dir, backups[0], &error));
  g_assert_no_error (error);
  data = open_data (dir);
  templates = ent_user_data_list_templates (data, &error);
  g_assert_cmpuint (templates->len, ==, 1);
  g_assert_cmpstr (((EntTemplate *) templates->pdata[0])->report->name, ==, "A");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("TZ", "UTC", TRUE);
  g_test_add_func ("/store/user-data/sources", test_sources);
  g_test_add_func ("/store/user-data/template-round-trip", test_template_round_trip);
  g_test_add_func ("/store/user-data/template-conflict", test_template_conflict);
  g_test_add_func ("/store/user-data/template-names", test_template_names);
  g_test_add_func ("/store/user-data/template-delete-and-undo", test_template_delete_and_undo);
  g_test_add_func ("/store/user-data/template-order", test_template_order);
  g_test_add_func ("/store/user-data/exports-settle", test_exports_settle);
  g_test_add_func ("/store/user-data/ids-used-again", test_ids_used_again);
  g_test_add_func ("/store/user-data/ended-meanwhile", test_ended_meanwhile);
  g_test_add_func ("/store/user-data/leftovers", test_leftovers);
  g_test_add_func ("/store/user-data/damage-is-restored", test_damage_is_restored);
  g_test_add_func ("/store/user-data/damage-without-backup-is-said",
                   test_damage_without_backup_is_said);
  g_test_add_func ("/store/user-data/backups-are-daily-and-few", test_backups_are_daily_and_few);
  g_test_add_func ("/store/user-data/starters", test_starters);
  g_test_add_func ("/store/user-data/names-are-normal", test_names_are_normal);
  g_test_add_func ("/store/user-data/restore-by-hand", test_restore_by_hand);
  return g_test_run ();
}
