/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Daily backups of user.db and the way back. The copy is SQLite's own (VACUUM INTO), so it is
 * whole whatever is being written meanwhile. Any thread. */
#include "config.h"

#include "ent-user-backup-private.h"
#include "ent-user-data-private.h"

#include "ent-time.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define BACKUPS_KEPT 14
#define PREFIX "user-"
#define SUFFIX ".db"

static char *
backup_dir (const char *data_dir)
{
  return g_build_filename (data_dir, "backups", NULL);
}

static gboolean
is_backup_name (const char *name)
{
  return g_str_has_prefix (name, PREFIX) && g_str_has_suffix (name, SUFFIX);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return -strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names carry their date, so the order of names is the order of age. */
GStrv
ent_user_data_list_backups (const char *data_dir)
{
  g_autofree char *path = backup_dir (data_dir);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_backup_name (name))
      g_ptr_array_add (found, g_build_filename (path, name, NULL));
  g_ptr_array_sort (found, compare_newest_first);
  g_ptr_array_add (found, NULL);
  return (GStrv) g_ptr_array_steal (found, NULL);
}

static gboolean
is_good (const char *path)
{
  EntDatabaseSchema schema = ent_user_data_schema ();
  g_autoptr (EntDatabase) database =
      ent_database_open (path, &schema, ENT_DATABASE_READ_ONLY, NULL);
  g_autoptr (EntStatement) statement = NULL;

  if (database == NULL)
    return FALSE;
  statement = ent_database_prepare (database, "PRAGMA integrity_check(1)", NULL);
  return statement != NULL && ent_statement_step (statement, NULL) == ENT_STEP_ROW &&
         g_strcmp0 (ent_statement_get_text (statement, 0), "ok") == 0;
}

char *
ent_user_backup_newest_good (const char *data_dir)
{
  g_auto (GStrv) backups = ent_user_data_list_backups (data_dir);

  for (guint i = 0; backups[i] != NULL; i++)
    if (is_good (backups[i]))
      return g_strdup (backups[i]);
  return NULL;
}

gboolean
ent_user_backup_copy (const char *backup, const char *path, GError **error)
{
  g_autofree char *contents = NULL;
  gsize length;

  return g_file_get_contents (backup, &contents, &length, error) &&
         g_file_set_contents_full (path, contents, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

static void
drop_old (const char *data_dir)
{
  g_auto (GStrv) backups = ent_user_data_list_backups (data_dir);

  for (guint i = 0; backups[i] != NULL; i++)
    if (i >= BACKUPS_KEPT)
      g_unlink (backups[i]);
}

/* Under another name first: a backup that is there is a whole one. */
static gboolean
vacuum_into (EntUserData *self, const char *path, GError **error)
{
  g_autofree char *partial = g_strconcat (path, ".part", NULL);
  g_autoptr (EntStatement) statement = NULL;

  g_unlink (partial);
  statement = ent_database_prepare (self->database, "VACUUM INTO ?1", error);
  if (statement == NULL)
    return FALSE;
  ent_statement_bind_text (statement, 1, partial);
  if (!ent_statement_run (statement, error))
    {
      g_unlink (partial);
      return FALSE;
    }
  if (g_chmod (partial, 0600) != 0 || g_rename (partial, path) != 0)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READONLY, "backup of user.db: %s",
                   g_strerror (errno));
      g_unlink (partial);
      return FALSE;
    }
  return TRUE;
}

/* Before the first source and template there is nothing to lose, and the day's backup shall have
 * something. */
static gboolean
has_nothing (EntUserData *self)
{
  gint64 n;

  return ent_database_query_int64 (self->database,
                                   "SELECT EXISTS (SELECT 1 FROM source) + EXISTS (SELECT 1 FROM "
                                   "template) + EXISTS (SELECT 1 FROM export)",
                                   &n, NULL) &&
         n == 0;
}

gboolean
ent_user_data_backup (EntUserData *self, gint64 now, GError **error)
{
  g_autofree char *dir = backup_dir (self->data_dir);
  g_autoptr (EntZone) zone = ent_zone_new_default (NULL);
  g_autofree char *day = ent_day_format (ent_zone_day_of (zone, now));
  g_autofree char *name = g_strconcat (PREFIX, day, SUFFIX, NULL);
  g_autofree char *path = g_build_filename (dir, name, NULL);
  ENT_USER_DATA_LOCK (self);

  if (ent_database_is_read_only (self->database) || g_file_test (path, G_FILE_TEST_EXISTS) ||
      has_nothing (self))
    return TRUE;
  if (!ent_database_make_dir (dir, error) || !vacuum_into (self, path, error))
    return FALSE;
  drop_old (self->data_dir);
  return TRUE;
}

GPtrArray *
ent_user_data_read_backup (const char *backup, GError **error)
{
  EntDatabaseSchema schema = ent_user_data_schema ();
  g_autoptr (EntDatabase) database =
      ent_database_open (backup, &schema, ENT_DATABASE_READ_ONLY, error);

  return database != NULL ? ent_user_templates_read (database, error) : NULL;
}

/* The present file is set aside, so that a restore can be taken back. */
gboolean
ent_user_data_restore (const char *data_dir, const char *backup, GError **error)
{
  g_autofree char *path = ent_user_data_path (data_dir);

  if (!is_good (backup))
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT, "%s is no good backup", backup);
      return FALSE;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *aside = ent_database_set_aside (path, error);

      if (aside == NULL)
        return FALSE;
    }
  return ent_user_backup_copy (backup, path, error);
}
