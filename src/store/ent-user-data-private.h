/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of user.db share: the connection and its lock. Private to the store.
 * Any thread that holds the lock. */
#pragma once

#include "ent-database.h"
#include "ent-user-data.h"

G_BEGIN_DECLS

struct _EntUserData
{
  GMutex lock; /* guards the connection; held for one short call */
  EntDatabase *database;
  char *data_dir;
  char *restored_from;
  gatomicrefcount ref_count;
};

#define ENT_USER_DATA_LOCK(self)                                                                   \
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&(self)->lock)

/* user.db and its backups; also used where no EntUserData is open. */
char *ent_user_data_path (const char *data_dir);
EntDatabaseSchema ent_user_data_schema (void);

/* The templates that are not deleted, in the order of the sidebar; under the lock of whoever owns
 * @database. (transfer full) */
GPtrArray *ent_user_templates_read (EntDatabase *database, GError **error);

/* SQLite's unique constraint as EXISTS, with what people gave as @name. */
void ent_user_data_name_taken (GError **error, const char *name);

G_END_DECLS
