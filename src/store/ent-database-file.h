/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a database before SQLite touches it: what it is, making and publishing a new
 * one. Blocking; any thread. Private to ent-database. */
#pragma once

#include "ent-store-error.h"

G_BEGIN_DECLS

/* @path with its folder free of links, so that SQLITE_OPEN_NOFOLLOW speaks of the file
 * alone. The folder must exist. (transfer full) */
char *ent_database_file_resolve (const char *path, GError **error);
/* Whether anything at all has that name, a broken link too. */
gboolean ent_database_file_exists (const char *path);
/* Whether file and folder can be written by us. */
gboolean ent_database_file_is_writable (const char *path);
/* Whether a write-ahead log with something in it lies beside. */
gboolean ent_database_file_has_log (const char *path);
/* A regular file with something in it; else CORRUPT. Does not open it: closing a file drops
 * all POSIX locks that the process holds on it, SQLite's too, and another process could
 * then take away a log that is in use. */
gboolean ent_database_file_check (const char *path, GError **error);

/* An empty file beside @path, 0600 whatever the umask. (transfer full) */
char *ent_database_file_new_draft (const char *path, GError **error);
/* Gives the draft the name @path unless that exists by now, which is no error. */
gboolean ent_database_file_publish (const char *draft, const char *path, GError **error);
/* Removes a draft with what SQLite may have left beside it. */
void ent_database_file_remove (const char *path);

G_END_DECLS
