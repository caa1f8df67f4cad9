/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The templates in user.db: named reports with a revision, so that no edit is lost unseen, and
 * a tombstone for 30 days, so that deleting can be undone. Any thread, under the lock. */
#include "config.h"

#include "ent-user-data-private.h"

#include <string.h>

#define COLUMNS "id, revision, position, pinned, created_at, updated_at, last_run, report"
#define TOMBSTONE_MS (30 * G_GINT64_CONSTANT (86400000))

EntTemplate *
ent_template_ref (EntTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ent_template_unref (EntTemplate *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_clear_pointer (&self->report, ent_report_free);
  g_free (self);
}

/* NULL with an error where the stored report cannot be read: said, never skipped. */
static EntTemplate *
template_from_row (EntStatement *row, GError **error)
{
  const char *json = ent_statement_get_text (row, 7);
  g_autoptr (EntReport) report = ent_report_from_json (json, strlen (json), error);
  EntTemplate *self;

  if (report == NULL)
    {
      g_prefix_error (error, "stored template %" G_GINT64_FORMAT ": ",
                      ent_statement_get_int64 (row, 0));
      return NULL;
    }
  self = g_new0 (EntTemplate, 1);
  self->ref_count = 1;
  self->id = ent_statement_get_int64 (row, 0);
  self->revision = ent_statement_get_int64 (row, 1);
  self->position = ent_statement_get_int64 (row, 2);
  self->pinned = ent_statement_get_int64 (row, 3) != 0;
  self->created_at = ent_statement_get_int64 (row, 4);
  self->updated_at = ent_statement_get_int64 (row, 5);
  self->last_run = ent_statement_get_int64 (row, 6);
  self->report = g_steal_pointer (&report);
  return self;
}

GPtrArray *
ent_user_templates_read (EntDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) templates =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ent_template_unref);
  g_autoptr (EntStatement) rows =
      ent_database_prepare (database,
                            "SELECT " COLUMNS " FROM template WHERE deleted_at IS NULL "
                            "ORDER BY pinned DESC, position, id",
                            error);
  EntStep step;

  if (rows == NULL)
    return NULL;
  while ((step = ent_statement_step (rows, error)) == ENT_STEP_ROW)
    {
      EntTemplate *found = template_from_row (rows, error);

      if (found == NULL)
        return NULL;
      g_ptr_array_add (templates, found);
    }
  return step == ENT_STEP_DONE ? g_steal_pointer (&templates) : NULL;
}

GPtrArray *
ent_user_data_list_templates (EntUserData *self, GError **error)
{
  ENT_USER_DATA_LOCK (self);

  return ent_user_templates_read (self->database, error);
}

/* Under the lock. NULL without error: there is none. */
static EntTemplate *
find_by (EntUserData *self, const char *name, gint64 id, GError **error)
{
  g_autoptr (EntStatement) rows =
      name != NULL
          ? ent_database_prepare (self->database,
                                  "SELECT " COLUMNS " FROM template WHERE name = ?1", error)
          : ent_database_prepare (
                self->database,
                "SELECT " COLUMNS " FROM template WHERE id = ?1 AND deleted_at IS NULL", error);

  if (rows == NULL)
    return NULL;
  if (name != NULL)
    ent_statement_bind_text (rows, 1, name);
  else
    ent_statement_bind_int64 (rows, 1, id);
  return ent_statement_step (rows, error) == ENT_STEP_ROW ? template_from_row (rows, error) : NULL;
}

/* Unique, NFC, trimmed. */
static char *
normal_name (const char *name)
{
  g_autofree char *normal = name != NULL ? g_utf8_normalize (name, -1, G_NORMALIZE_NFC) : NULL;

  return normal != NULL ? g_strdup (g_strstrip (normal)) : NULL;
}

EntTemplate *
ent_user_data_find_template (EntUserData *self, const char *name, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *normal = normal_name (name);
  EntTemplate *found;
  ENT_USER_DATA_LOCK (self);

  /* No UTF-8: the name of nothing. */
  found = find_by (self, normal != NULL ? normal : "", 0, &failure);
  if (found == NULL && failure == NULL)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND, "there is no template “%s”",
                 name);
  else if (found == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return found;
}

static gboolean
insert_template (
    EntUserData *self, const char *name, const char *json, gint64 now, gint64 *id, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->database,
      "INSERT INTO template (name, revision, position, pinned, created_at, updated_at, last_run, "
      "report) "
      "VALUES (?1, 1, (SELECT coalesce (max (position), 0) + 1 FROM template), 0, ?2, ?2, 0, ?3)",
      error);

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_text (statement, 1, name);
  ent_statement_bind_int64 (statement, 2, now);
  ent_statement_bind_text (statement, 3, json);
  if (!ent_statement_run (statement, error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (ent_database_get_handle (self->database));
  return TRUE;
}

static gboolean
update_template (
    EntUserData *self, gint64 id, const char *name, const char *json, gint64 now, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (self->database,
                            "UPDATE template SET name = ?2, report = ?3, updated_at = ?4, revision "
                            "= revision + 1 WHERE id = ?1",
                            error);

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, id);
  ent_statement_bind_text (statement, 2, name);
  ent_statement_bind_text (statement, 3, json);
  ent_statement_bind_int64 (statement, 4, now);
  return ent_statement_run (statement, error);
}

/* Whether @id may be saved over: it exists and nobody else changed it since @revision. */
static gboolean
check_revision (EntUserData *self, gint64 id, gint64 revision, const char *name, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EntTemplate) there = find_by (self, NULL, id, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (there == NULL)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
                   "the template “%s” was deleted", name);
      return FALSE;
    }
  if (revision >= 0 && there->revision != revision)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CONFLICT,
                   "the template “%s” was changed meanwhile", name);
      return FALSE;
    }
  return TRUE;
}

static EntTemplate *
save_in_transaction (EntUserData *self,
                     gint64 id,
                     gint64 revision,
                     const EntReport *report,
                     gint64 now,
                     GError **error)
{
  g_autofree char *json = ent_report_to_json (report);
  g_autoptr (EntTemplate) taken = find_by (self, report->name, 0, error);

  if (taken != NULL && taken->id != id)
    {
      ent_user_data_name_taken (error, report->name);
      return NULL;
    }
  if (id == 0)
    {
      if (!insert_template (self, report->name, json, now, &id, error))
        return NULL;
    }
  else if (!check_revision (self, id, revision, report->name, error) ||
           !update_template (self, id, report->name, json, now, error))
    return NULL;
  return find_by (self, NULL, id, error);
}

EntTemplate *
ent_user_data_save_template (EntUserData *self,
                             gint64 id,
                             gint64 revision,
                             const EntReport *report,
                             gint64 now,
                             GError **error)
{
  g_autoptr (EntReport) named = ent_report_copy (report);
  g_autoptr (EntTemplate) saved = NULL;
  ENT_USER_DATA_LOCK (self);

  g_free (named->name);
  named->name = normal_name (report->name);
  if (named->name == NULL || *named->name == '\0')
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND, "a template needs a name");
      return NULL;
    }
  if (!ent_database_begin (self->database, error))
    return NULL;
  saved = save_in_transaction (self, id, revision, named, now, error);
  if (saved == NULL)
    {
      ent_database_rollback (self->database);
      return NULL;
    }
  return ent_database_commit (self->database, error) ? g_steal_pointer (&saved) : NULL;
}

/* AUTOINCREMENT remembers the last id for ever, also when its row is gone. */
static gboolean
had_any_template (EntUserData *self, gboolean *had, GError **error)
{
  gint64 n;

  if (!ent_database_query_int64 (self->database,
                                 "SELECT count (*) FROM sqlite_sequence WHERE name = 'template'",
                                 &n, error))
    return FALSE;
  *had = n > 0;
  return TRUE;
}

static gboolean
insert_all (EntUserData *self, GPtrArray *reports, gint64 now, GError **error)
{
  for (guint i = 0; i < reports->len; i++)
    {
      const EntReport *report = g_ptr_array_index (reports, i);
      g_autofree char *json = ent_report_to_json (report);
      gint64 id;

      if (!insert_template (self, report->name, json, now, &id, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ent_user_data_add_starters (EntUserData *self, GPtrArray *reports, gint64 now, GError **error)
{
  gboolean had = FALSE;
  ENT_USER_DATA_LOCK (self);

  if (ent_database_is_read_only (self->database))
    return TRUE;
  if (!ent_database_begin (self->database, error))
    return FALSE;
  if (!had_any_template (self, &had, error) || (!had && !insert_all (self, reports, now, error)))
    {
      ent_database_rollback (self->database);
      return FALSE;
    }
  return ent_database_commit (self->database, error);
}

/* Changes one row by id; NOT_FOUND where there is none. */
static gboolean
change_one (EntUserData *self, EntStatement *statement, GError **error)
{
  if (!ent_statement_run (statement, error))
    return FALSE;
  if (sqlite3_changes (ent_database_get_handle (self->database)) == 1)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND, "there is no such template");
  return FALSE;
}

static gboolean
purge_tombstones (EntUserData *self, gint64 now, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (self->database, "DELETE FROM template WHERE deleted_at < ?1", error);

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, now - TOMBSTONE_MS);
  return ent_statement_run (statement, error);
}

gboolean
ent_user_data_delete_template (EntUserData *self, gint64 id, gint64 now, GError **error)
{
  g_autoptr (EntStatement) statement = NULL;
  ENT_USER_DATA_LOCK (self);

  statement = ent_database_prepare (
      self->database,
      "UPDATE template SET name = NULL, deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NULL",
      error);
  if (statement == NULL || !purge_tombstones (self, now, error))
    return FALSE;
  ent_statement_bind_int64 (statement, 1, id);
  ent_statement_bind_int64 (statement, 2, now);
  return change_one (self, statement, error);
}

/* The name stands in the stored report; meanwhile somebody may have taken it. */
gboolean
ent_user_data_undelete_template (EntUserData *self, gint64 id, GError **error)
{
  g_autoptr (EntStatement) rows = NULL;
  g_autoptr (EntStatement) statement = NULL;
  g_autoptr (EntTemplate) deleted = NULL;
  g_autoptr (EntTemplate) taken = NULL;
  ENT_USER_DATA_LOCK (self);

  rows = ent_database_prepare (
      self->database, "SELECT " COLUMNS " FROM template WHERE id = ?1 AND deleted_at IS NOT NULL",
      error);
  if (rows == NULL)
    return FALSE;
  ent_statement_bind_int64 (rows, 1, id);
  if (ent_statement_step (rows, error) != ENT_STEP_ROW)
    {
      if (error == NULL || *error == NULL)
        g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
                     "there is no such deleted template");
      return FALSE;
    }
  deleted = template_from_row (rows, error);
  if (deleted == NULL)
    return FALSE;
  ent_statement_reset (rows);
  taken = find_by (self, deleted->report->name, 0, NULL);
  if (taken != NULL)
    {
      ent_user_data_name_taken (error, deleted->report->name);
      return FALSE;
    }
  statement = ent_database_prepare (
      self->database, "UPDATE template SET name = ?2, deleted_at = NULL WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, id);
  ent_statement_bind_text (statement, 2, deleted->report->name);
  return change_one (self, statement, error);
}

/* Room is made at @position by moving the others of the list down. */
static gboolean
make_room (EntUserData *self, gint64 position, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      self->database, "UPDATE template SET position = position + 1 WHERE position >= ?1", error);

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, position);
  return ent_statement_run (statement, error);
}

static gboolean
move_to (EntUserData *self, gint64 id, gint64 position, gboolean pinned, GError **error)
{
  g_autoptr (EntStatement) statement = NULL;

  if (!make_room (self, position, error))
    return FALSE;
  statement = ent_database_prepare (
      self->database, "UPDATE template SET position = ?2, pinned = ?3 WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, id);
  ent_statement_bind_int64 (statement, 2, position);
  ent_statement_bind_int64 (statement, 3, pinned);
  return change_one (self, statement, error);
}

gboolean
ent_user_data_move_template (
    EntUserData *self, gint64 id, gint64 position, gboolean pinned, GError **error)
{
  ENT_USER_DATA_LOCK (self);

  if (!ent_database_begin (self->database, error))
    return FALSE;
  if (!move_to (self, id, position, pinned, error))
    {
      ent_database_rollback (self->database);
      return FALSE;
    }
  return ent_database_commit (self->database, error);
}

gboolean
ent_user_data_touch_template (EntUserData *self, gint64 id, gint64 now, GError **error)
{
  g_autoptr (EntStatement) statement = NULL;
  ENT_USER_DATA_LOCK (self);

  statement = ent_database_prepare (self->database,
                                    "UPDATE template SET last_run = ?2 WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, id);
  ent_statement_bind_int64 (statement, 2, now);
  return change_one (self, statement, error);
}
