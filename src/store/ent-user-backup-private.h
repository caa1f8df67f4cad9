/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of user.db: <data_dir>/backups/user-2026-11-22.db. Private to the store.
 * Any thread; before user.db is open. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The newest backup that passes SQLite's integrity check; NULL when there is none. (transfer full)
 */
char *ent_user_backup_newest_good (const char *data_dir);
/* Copies a backup over @path, which must not exist; whole or not at all, 0600. */
gboolean ent_user_backup_copy (const char *backup, const char *path, GError **error);

G_END_DECLS
