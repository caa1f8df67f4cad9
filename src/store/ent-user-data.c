/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening user.db, and what happens when it is damaged: the newest good backup takes its
 * place and the damaged file is set aside, never deleted. Any thread, under one lock. */
#include "config.h"

#include "ent-user-backup-private.h"
#include "ent-user-data-private.h"

#include "ent-schema.h"

#define CACHE_KIB 512

EntDatabaseSchema
ent_user_data_schema (void)
{
  return (EntDatabaseSchema){
    .application_id = ENT_USER_APPLICATION_ID,
    .migrations = ent_user_migrations,
    .n_migrations = ent_user_n_migrations,
    .full_sync = TRUE,
    .cache_kib = CACHE_KIB,
  };
}

char *
ent_user_data_path (const char *data_dir)
{
  return g_build_filename (data_dir, "user.db", NULL);
}

void
ent_user_data_name_taken (GError **error, const char *name)
{
  g_clear_error (error);
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS, "the name “%s” is taken", name);
}

/* SQLite looks into a page only when it needs it; this file is small enough to look at all. */
static EntDatabase *
open_whole (const char *path, GError **error)
{
  EntDatabaseSchema schema = ent_user_data_schema ();
  g_autoptr (EntDatabase) database = ent_database_open (path, &schema, ENT_DATABASE_CREATE, error);
  g_autoptr (EntStatement) check = NULL;

  if (database == NULL)
    return NULL;
  check = ent_database_prepare (database, "PRAGMA quick_check(1)", error);
  if (check == NULL || ent_statement_step (check, error) != ENT_STEP_ROW)
    return NULL;
  if (g_strcmp0 (ent_statement_get_text (check, 0), "ok") != 0)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT, "%s is damaged: %s", path,
                   ent_statement_get_text (check, 0));
      return NULL;
    }
  g_clear_pointer (&check, ent_statement_release);
  return g_steal_pointer (&database);
}

/* A folder with backups once had the file. */
static gboolean
bring_back_missing (const char *data_dir, const char *path, char **restored_from, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  *restored_from = ent_user_backup_newest_good (data_dir);
  return *restored_from == NULL || ent_user_backup_copy (*restored_from, path, error);
}

static EntDatabase *
open_or_restore (const char *data_dir, char **restored_from, GError **error)
{
  g_autofree char *path = ent_user_data_path (data_dir);
  g_autofree char *aside = NULL;
  g_autoptr (GError) damage = NULL;
  EntDatabase *database;

  if (!bring_back_missing (data_dir, path, restored_from, error))
    return NULL;
  database = open_whole (path, &damage);
  if (database != NULL)
    return database;
  if (!g_error_matches (damage, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&damage));
      return NULL;
    }
  *restored_from = ent_user_backup_newest_good (data_dir);
  /* Without a backup nothing is put in its place: the user must know first. */
  if (*restored_from == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&damage));
      return NULL;
    }
  aside = ent_database_set_aside (path, error);
  if (aside == NULL || !ent_user_backup_copy (*restored_from, path, error))
    return NULL;
  return open_whole (path, error);
}

EntUserData *
ent_user_data_open (const char *data_dir, GError **error)
{
  g_autofree char *restored_from = NULL;
  EntDatabase *database;
  EntUserData *self;

  g_return_val_if_fail (data_dir != NULL, NULL);

  if (!ent_database_make_dir (data_dir, error))
    return NULL;
  database = open_or_restore (data_dir, &restored_from, error);
  if (database == NULL)
    {
      g_prefix_error (error, "opening user.db: ");
      return NULL;
    }
  self = g_new0 (EntUserData, 1);
  g_mutex_init (&self->lock);
  g_atomic_ref_count_init (&self->ref_count);
  self->database = database;
  self->data_dir = g_strdup (data_dir);
  self->restored_from = g_steal_pointer (&restored_from);
  return self;
}

EntUserData *
ent_user_data_ref (EntUserData *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_user_data_unref (EntUserData *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  ent_database_free (self->database);
  g_mutex_clear (&self->lock);
  g_free (self->data_dir);
  g_free (self->restored_from);
  g_free (self);
}

const char *
ent_user_data_get_restored_from (EntUserData *self)
{
  return self->restored_from;
}
