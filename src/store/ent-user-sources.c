/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sources in user.db. Any thread, under the lock of EntUserData. */
#include "config.h"

#include "ent-user-data-private.h"

#define COLUMNS                                                                                    \
  "key, kind, name, options, credentials, credentials_ref, paused, sample, created_at, "           \
  "last_success, "                                                                                 \
  "last_attempt, last_error"

EntSourceRecord *
ent_source_record_new (void)
{
  EntSourceRecord *self = g_new0 (EntSourceRecord, 1);

  self->key = g_uuid_string_random ();
  self->ref_count = 1;
  return self;
}

EntSourceRecord *
ent_source_record_ref (EntSourceRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ent_source_record_unref (EntSourceRecord *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->key);
  g_free (self->kind);
  g_free (self->name);
  g_free (self->options);
  g_free (self->credentials_ref);
  g_free (self->last_error);
  g_free (self);
}

static EntSourceRecord *
record_from_row (EntStatement *row)
{
  EntSourceRecord *record = g_new0 (EntSourceRecord, 1);

  record->ref_count = 1;
  record->key = ent_statement_dup_text (row, 0);
  record->kind = ent_statement_dup_text (row, 1);
  record->name = ent_statement_dup_text (row, 2);
  record->options = ent_statement_dup_text (row, 3);
  record->credentials = (EntCredentialsKind) ent_statement_get_int64 (row, 4);
  record->credentials_ref = ent_statement_dup_text (row, 5);
  record->paused = ent_statement_get_int64 (row, 6) != 0;
  record->sample = ent_statement_get_int64 (row, 7) != 0;
  record->created_at = ent_statement_get_int64 (row, 8);
  record->last_success = ent_statement_get_int64 (row, 9);
  record->last_attempt = ent_statement_get_int64 (row, 10);
  record->last_error = ent_statement_dup_text (row, 11);
  return record;
}

GPtrArray *
ent_user_data_list_sources (EntUserData *self, GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ent_source_record_unref);
  g_autoptr (EntStatement) rows = NULL;
  EntStep step;
  ENT_USER_DATA_LOCK (self);

  rows = ent_database_prepare (self->database,
                               "SELECT " COLUMNS " FROM source ORDER BY created_at, name", error);
  if (rows == NULL)
    return NULL;
  while ((step = ent_statement_step (rows, error)) == ENT_STEP_ROW)
    g_ptr_array_add (records, record_from_row (rows));
  return step == ENT_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

EntSourceRecord *
ent_user_data_find_source (EntUserData *self, const char *name, GError **error)
{
  g_autoptr (EntStatement) rows = NULL;
  ENT_USER_DATA_LOCK (self);

  rows = ent_database_prepare (self->database, "SELECT " COLUMNS " FROM source WHERE name = ?1",
                               error);
  if (rows == NULL)
    return NULL;
  ent_statement_bind_text (rows, 1, name);
  switch (ent_statement_step (rows, error))
    {
    case ENT_STEP_ROW:
      return record_from_row (rows);
    case ENT_STEP_DONE:
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND, "there is no source “%s”",
                   name);
      return NULL;
    case ENT_STEP_ERROR:
    default:
      return NULL;
    }
}

static gboolean
name_is_taken (EntUserData *self, const EntSourceRecord *record)
{
  g_autoptr (EntStatement) rows = ent_database_prepare (
      self->database, "SELECT 1 FROM source WHERE name = ?1 AND key <> ?2", NULL);

  if (rows == NULL)
    return FALSE;
  ent_statement_bind_text (rows, 1, record->name);
  ent_statement_bind_text (rows, 2, record->key);
  return ent_statement_step (rows, NULL) == ENT_STEP_ROW;
}

gboolean
ent_user_data_save_source (EntUserData *self, const EntSourceRecord *record, GError **error)
{
  g_autoptr (EntStatement) statement = NULL;
  ENT_USER_DATA_LOCK (self);

  statement = ent_database_prepare (
      self->database,
      "INSERT INTO source (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
      "ON CONFLICT (key) DO UPDATE SET kind = ?2, name = ?3, options = ?4, credentials = ?5, "
      "credentials_ref = ?6, "
      "paused = ?7, sample = ?8, last_success = ?10, last_attempt = ?11, last_error = ?12",
      error);
  if (statement == NULL)
    return FALSE;
  ent_statement_bind_text (statement, 1, record->key);
  ent_statement_bind_text (statement, 2, record->kind);
  ent_statement_bind_text (statement, 3, record->name);
  ent_statement_bind_text (statement, 4, record->options != NULL ? record->options : "{}");
  ent_statement_bind_int64 (statement, 5, record->credentials);
  ent_statement_bind_text (statement, 6, record->credentials_ref);
  ent_statement_bind_int64 (statement, 7, record->paused);
  ent_statement_bind_int64 (statement, 8, record->sample);
  ent_statement_bind_int64 (statement, 9, record->created_at);
  ent_statement_bind_int64 (statement, 10, record->last_success);
  ent_statement_bind_int64 (statement, 11, record->last_attempt);
  ent_statement_bind_text (statement, 12, record->last_error);
  if (ent_statement_run (statement, error))
    return TRUE;
  if (name_is_taken (self, record))
    ent_user_data_name_taken (error, record->name);
  return FALSE;
}

gboolean
ent_user_data_remove_source (EntUserData *self, const char *key, GError **error)
{
  g_autoptr (EntStatement) statement = NULL;
  ENT_USER_DATA_LOCK (self);

  statement = ent_database_prepare (self->database, "DELETE FROM source WHERE key = ?1", error);
  if (statement == NULL)
    return FALSE;
  ent_statement_bind_text (statement, 1, key);
  return ent_statement_run (statement, error);
}
