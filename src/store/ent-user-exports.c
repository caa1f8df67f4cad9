/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of exports in user.db. Any thread, under the lock of EntUserData. */
#include "config.h"

#include "ent-leftover.h"
#include "ent-user-data-private.h"

#include <glib/gstdio.h>

#define LOCK_PREFIX "export-"
#define LOCK_SUFFIX ".lock"

#define COLUMNS                                                                                    \
  "id, state, requested_at, started_at, finished_at, user, subaccount, template_name, request, "   \
  "path, partial_path, "                                                                           \
  "row_count, bytes, sha256, data_version, error, provenance, pid"

EntExportRecord *
ent_export_record_new (void)
{
  EntExportRecord *self = g_new0 (EntExportRecord, 1);

  self->ref_count = 1;
  return self;
}

EntExportRecord *
ent_export_record_ref (EntExportRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ent_export_record_unref (EntExportRecord *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->user);
  g_free (self->subaccount);
  g_free (self->template_name);
  g_free (self->request);
  g_free (self->path);
  g_free (self->partial_path);
  g_free (self->sha256);
  g_free (self->error);
  g_free (self->provenance);
  g_free (self);
}

static EntExportRecord *
record_from_row (EntStatement *row)
{
  EntExportRecord *record = ent_export_record_new ();

  record->id = ent_statement_get_int64 (row, 0);
  record->state = (EntExportState) ent_statement_get_int64 (row, 1);
  record->requested_at = ent_statement_get_int64 (row, 2);
  record->started_at = ent_statement_get_int64 (row, 3);
  record->finished_at = ent_statement_get_int64 (row, 4);
  record->user = ent_statement_dup_text (row, 5);
  record->subaccount = ent_statement_dup_text (row, 6);
  record->template_name = ent_statement_dup_text (row, 7);
  record->request = ent_statement_dup_text (row, 8);
  record->path = ent_statement_dup_text (row, 9);
  record->partial_path = ent_statement_dup_text (row, 10);
  record->rows = ent_statement_get_int64 (row, 11);
  record->bytes = ent_statement_get_int64 (row, 12);
  record->sha256 = ent_statement_dup_text (row, 13);
  record->data_version = ent_statement_get_int64 (row, 14);
  record->error = ent_statement_dup_text (row, 15);
  record->provenance = ent_statement_dup_text (row, 16);
  record->pid = (pid_t) ent_statement_get_int64 (row, 17);
  return record;
}

/* Under the lock. */
static GPtrArray *
collect (EntStatement *rows, GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ent_export_record_unref);
  EntStep step;

  while ((step = ent_statement_step (rows, error)) == ENT_STEP_ROW)
    g_ptr_array_add (records, record_from_row (rows));
  return step == ENT_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

GPtrArray *
ent_user_data_list_exports (EntUserData *self, GError **error)
{
  g_autoptr (EntStatement) rows = NULL;
  ENT_USER_DATA_LOCK (self);

  rows = ent_database_prepare (self->database,
                               "SELECT " COLUMNS
                               " FROM export WHERE removed = 0 ORDER BY requested_at DESC, id DESC",
                               error);
  return rows != NULL ? collect (rows, error) : NULL;
}

static void
bind_record (EntStatement *statement, const EntExportRecord *record)
{
  if (record->id == 0)
    ent_statement_bind_null (statement, 1);
  else
    ent_statement_bind_int64 (statement, 1, record->id);
  ent_statement_bind_int64 (statement, 2, record->state);
  ent_statement_bind_int64 (statement, 3, record->requested_at);
  ent_statement_bind_int64 (statement, 4, record->started_at);
  ent_statement_bind_int64 (statement, 5, record->finished_at);
  ent_statement_bind_text (statement, 6, record->user);
  ent_statement_bind_text (statement, 7, record->subaccount);
  ent_statement_bind_text (statement, 8, record->template_name);
  ent_statement_bind_text (statement, 9, record->request != NULL ? record->request : "{}");
  ent_statement_bind_text (statement, 10, record->path);
  ent_statement_bind_text (statement, 11, record->partial_path);
  ent_statement_bind_int64 (statement, 12, record->rows);
  ent_statement_bind_int64 (statement, 13, record->bytes);
  ent_statement_bind_text (statement, 14, record->sha256);
  ent_statement_bind_int64 (statement, 15, record->data_version);
  ent_statement_bind_text (statement, 16, record->error);
  ent_statement_bind_text (statement, 17, record->provenance);
  ent_statement_bind_int64 (statement, 18, record->pid);
}

static gint64
save_locked (EntUserData *self, const EntExportRecord *record, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->database,
      "INSERT INTO export (" COLUMNS
      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
      "?16, ?17, ?18) ON CONFLICT (id) DO UPDATE SET state = ?2, requested_at = ?3, started_at = "
      "?4, "
      "finished_at = ?5, user = ?6, subaccount = ?7, template_name = ?8, request = ?9, path = ?10, "
      "partial_path = ?11, row_count = ?12, bytes = ?13, sha256 = ?14, data_version = ?15, error = "
      "?16, "
      "provenance = ?17, pid = ?18",
      error);

  if (statement == NULL)
    return 0;
  bind_record (statement, record);
  if (!ent_statement_run (statement, error))
    return 0;
  return record->id != 0 ? record->id
                         : sqlite3_last_insert_rowid (ent_database_get_handle (self->database));
}

gint64
ent_user_data_save_export (EntUserData *self, const EntExportRecord *record, GError **error)
{
  ENT_USER_DATA_LOCK (self);

  return save_locked (self, record, error);
}

gboolean
ent_user_data_remove_export (EntUserData *self, gint64 id, gboolean removed, GError **error)
{
  g_autoptr (EntStatement) statement = NULL;
  ENT_USER_DATA_LOCK (self);

  statement =
      ent_database_prepare (self->database, "UPDATE export SET removed = ?2 WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, id);
  ent_statement_bind_int64 (statement, 2, removed);
  return ent_statement_run (statement, error);
}

/* Beside the database, not beside the file: some file systems of others take a lock for a refusal.
 */
static char *
lock_path (EntUserData *self, const char *partial_path)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, partial_path, -1);
  g_autofree char *name = g_strdup_printf (LOCK_PREFIX "%.16s" LOCK_SUFFIX, digest);

  return g_build_filename (self->data_dir, name, NULL);
}

int
ent_user_data_hold_export (EntUserData *self, const char *partial_path)
{
  g_autofree char *path = lock_path (self, partial_path);

  return ent_leftover_hold (path);
}

void
ent_user_data_let_go_export (EntUserData *self, const char *partial_path, int fd)
{
  g_autofree char *path = lock_path (self, partial_path);

  ent_leftover_let_go (path, fd);
}

static void
remove_parts (const char *partial_path)
{
  /* A workbook keeps its temporary files in a folder beside it, and each has a name for a
   * moment; a provenance file waits beside it for its turn. */
  g_autofree char *folder = g_strconcat (partial_path, ".d", NULL);
  g_autofree char *provenance = g_strconcat (partial_path, ".json", NULL);

  g_unlink (partial_path);
  g_unlink (provenance);
  ent_leftover_remove_folder (folder);
}

/* It may have ended since it was read: then there is nothing to settle. *@settled: whether there
 * was. */
static gboolean
settle_one (EntUserData *self, const EntExportRecord *record, gboolean *settled, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (self->database,
                            "UPDATE export SET state = ?2, pid = 0, partial_path = NULL"
                            " WHERE id = ?1 AND state IN (0, 1) RETURNING id",
                            error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, record->id);
  ent_statement_bind_int64 (statement, 2, ENT_EXPORT_INTERRUPTED);
  step = ent_statement_step (statement, error);
  *settled = step == ENT_STEP_ROW;
  if (*settled && record->partial_path != NULL)
    remove_parts (record->partial_path);
  return step != ENT_STEP_ERROR;
}

/* Who writes a file holds its lock; where there is none, the process's id tells. */
static gboolean
settle_if_dead (EntUserData *self, const EntExportRecord *record, gboolean *settled, GError **error)
{
  g_autofree char *path =
      record->partial_path != NULL ? lock_path (self, record->partial_path) : NULL;
  int fd = -1;
  EntLeftoverState state = path != NULL ? ent_leftover_get_state (path, &fd) : ENT_LEFTOVER_UNKNOWN;
  gboolean ok = TRUE;

  *settled = FALSE;
  if (state == ENT_LEFTOVER_FREE ||
      (state == ENT_LEFTOVER_UNKNOWN && !ent_leftover_is_alive ((int) record->pid)))
    ok = settle_one (self, record, settled, error);
  if (state == ENT_LEFTOVER_FREE)
    ent_leftover_let_go (path, fd);
  return ok;
}

/* Killed after its last word, or before its first: no open record leads to such a lock. */
static void
remove_free_locks (EntUserData *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->data_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;
      int fd;

      if (!g_str_has_prefix (name, LOCK_PREFIX) || !g_str_has_suffix (name, LOCK_SUFFIX))
        continue;
      path = g_build_filename (self->data_dir, name, NULL);
      if (ent_leftover_get_state (path, &fd) == ENT_LEFTOVER_FREE)
        ent_leftover_let_go (path, fd);
    }
}

int
ent_user_data_settle_exports (EntUserData *self, GError **error)
{
  g_autoptr (EntStatement) rows = NULL;
  g_autoptr (GPtrArray) open_records = NULL;
  int settled = 0;
  ENT_USER_DATA_LOCK (self);

  ent_leftover_settle (self->data_dir, "verify");

  /* 0 and 1: queued and running. */
  rows = ent_database_prepare (self->database,
                               "SELECT " COLUMNS " FROM export WHERE state IN (0, 1)", error);
  open_records = rows != NULL ? collect (rows, error) : NULL;
  if (open_records == NULL)
    return -1;
  ent_statement_reset (rows);
  for (guint i = 0; i < open_records->len; i++)
    {
      gboolean one;

      if (!settle_if_dead (self, g_ptr_array_index (open_records, i), &one, error))
        return -1;
      settled += one;
    }
  remove_free_locks (self);
  return settled;
}
