/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite connection with its cached statements: opening safely, migrations,
 * transactions, and SQLite's codes as EntStoreError. Private to the store. A connection
 * and its statements belong to one thread at a time. Every SQL text is a string constant;
 * values are bound, never printed. */
#pragma once

#include "ent-store-error.h"

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _EntDatabase EntDatabase;
typedef struct _EntStatement EntStatement;

/* What a file must be. user_version is the number of migrations that it has seen. */
typedef struct
{
  guint32 application_id;
  const char *const *migrations; /* SQL of each, oldest first */
  int n_migrations;
  gboolean full_sync; /* synchronous FULL; else NORMAL */
  int cache_kib;      /* page cache */
} EntDatabaseSchema;

typedef enum
{
  ENT_DATABASE_CREATE,     /* read and write; made where there is none */
  ENT_DATABASE_READ_WRITE, /* the file must exist */
  ENT_DATABASE_READ_ONLY,
} EntDatabaseMode;

/* Opens @path. A missing file is made whole under another name first (0600) and then linked
 * into place, so that a crash never leaves half a database. With CREATE and READ_WRITE a file
 * or folder that cannot be written is opened for reading only (see ent_database_is_read_only).
 * Errors: CORRUPT (no database of ours, damaged, no regular file), VERSION, READONLY, BUSY,
 * FULL, FAILED. Nothing is ever written to a file that is refused. */
EntDatabase *ent_database_open (const char *path,
                                const EntDatabaseSchema *schema,
                                EntDatabaseMode mode,
                                GError **error);
void ent_database_free (EntDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntDatabase, ent_database_free)

sqlite3 *ent_database_get_handle (EntDatabase *self);
const char *ent_database_get_path (EntDatabase *self);
gboolean ent_database_is_read_only (EntDatabase *self);

/* Statements end with G_IO_ERROR_CANCELLED soon after @cancellable is; NULL takes it away.
 * The cancellable must live until then. */
void ent_database_set_cancellable (EntDatabase *self, GCancellable *cancellable);

/* How long a statement waits for a lock of another connection; 30 s unless told. */
void ent_database_set_patience (EntDatabase *self, guint ms);

/* Fills @error from the connection's last error; @what is the step that failed. */
void ent_database_set_error (EntDatabase *self, int code, const char *what, GError **error);

/* Runs one or more statements without values or results. */
gboolean ent_database_exec (EntDatabase *self, const char *sql, GError **error);
/* The first column of the first row; 0 where there is no row. */
gboolean
ent_database_query_int64 (EntDatabase *self, const char *sql, gint64 *value, GError **error);

gboolean ent_database_begin (EntDatabase *self, GError **error); /* BEGIN IMMEDIATE */
gboolean ent_database_begin_read (EntDatabase *self,
                                  GError **error); /* BEGIN; pins at the first read */
gboolean ent_database_commit (EntDatabase *self, GError **error); /* rolls back when it fails */
void ent_database_rollback (EntDatabase *self); /* harmless without a transaction */

/* A statement from the connection's cache; @sql must be a constant. It goes back, reset and
 * without values, with ent_statement_release (g_autoptr does it). NULL on error. */
EntStatement *ent_database_prepare (EntDatabase *self, const char *sql, GError **error);
void ent_statement_release (EntStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntStatement, ent_statement_release)

sqlite3_stmt *ent_statement_get_handle (EntStatement *self);
/* Parameters count from 1. Texts and blobs are not copied: they must live until the
 * statement is reset. NULL binds NULL. */
void ent_statement_bind_int64 (EntStatement *self, int index, gint64 value);
void ent_statement_bind_text (EntStatement *self, int index, const char *text);
void ent_statement_bind_blob (EntStatement *self, int index, const void *data, gsize size);
void ent_statement_bind_null (EntStatement *self, int index);

typedef enum
{
  ENT_STEP_ERROR,
  ENT_STEP_DONE,
  ENT_STEP_ROW,
} EntStep;
EntStep ent_statement_step (EntStatement *self, GError **error);
/* Steps to the end and resets, keeping the values bound; for statements without results. */
gboolean ent_statement_run (EntStatement *self, GError **error);
void ent_statement_reset (EntStatement *self);

/* Columns count from 0; texts live until the next step. */
gboolean ent_statement_is_null (EntStatement *self, int column);
gint64 ent_statement_get_int64 (EntStatement *self, int column);
const char *ent_statement_get_text (EntStatement *self, int column); /* (nullable) */
char *ent_statement_dup_text (EntStatement *self, int column);       /* (nullable) */
const void *ent_statement_get_blob (EntStatement *self, int column, gsize *size);

/* Renames a damaged database, with its -wal and -shm, to PATH.corrupt-YYYYMMDDTHHMMSS.
 * None may have it open. (transfer full): the new name, NULL on error */
char *ent_database_set_aside (const char *path, GError **error);

/* Makes @dir and its parents where missing, the last one 0700. */
gboolean ent_database_make_dir (const char *dir, GError **error);

G_END_DECLS
