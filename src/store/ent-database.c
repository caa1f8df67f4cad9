/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections, statements and transactions: see the header. A connection belongs to one
 * thread at a time; only its cancellable may be touched from others. */

#include "config.h"

#include "ent-database.h"

#include "ent-database-file.h"

#include <errno.h>

/* How long a statement waits for another connection's lock, and between two tries. */
#define PATIENCE_MS 30000
#define BUSY_SLEEP_US 2000
/* SQLite's virtual machine steps between two looks at the cancellable: far below a
 * millisecond. */
#define PROGRESS_STEPS 2000

struct _EntDatabase
{
  sqlite3 *handle;
  char *path;
  gboolean read_only;
  GHashTable *statements; /* SQL text (its address) → EntStatement */
  GCancellable *cancellable;
  gint64 busy_since; /* monotonic */
  guint patience_ms;
};

struct _EntStatement
{
  EntDatabase *database;
  sqlite3_stmt *handle;
  gboolean in_use;
  gboolean cached;
};

static EntStoreError
error_code (EntDatabase *self, int code)
{
  int os_error = self != NULL && self->handle != NULL ? sqlite3_system_errno (self->handle) : 0;

  if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
    return ENT_STORE_ERROR_EXISTS;

  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ENT_STORE_ERROR_CORRUPT;
    case SQLITE_FULL:
      return ENT_STORE_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return ENT_STORE_ERROR_BUSY;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return ENT_STORE_ERROR_READONLY;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      if (os_error == ENOSPC || os_error == EDQUOT || os_error == EFBIG)
        return ENT_STORE_ERROR_FULL;
      if (os_error == EACCES || os_error == EROFS || os_error == EPERM)
        return ENT_STORE_ERROR_READONLY;
      return ENT_STORE_ERROR_FAILED;
    default:
      return ENT_STORE_ERROR_FAILED;
    }
}

void
ent_database_set_error (EntDatabase *self, int code, const char *what, GError **error)
{
  int os_error = sqlite3_system_errno (self->handle);

  if ((code & 0xff) == SQLITE_INTERRUPT ||
      (self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
      return;
    }

  if (((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) && os_error != 0)
    g_set_error (error, ENT_STORE_ERROR, error_code (self, code), "%s: %s (%d), %s", what,
                 sqlite3_errmsg (self->handle), code, g_strerror (os_error));
  else
    g_set_error (error, ENT_STORE_ERROR, error_code (self, code), "%s: %s (%d)", what,
                 sqlite3_errmsg (self->handle), code);
}

static int
progress_cb (gpointer user_data)
{
  EntDatabase *self = user_data;

  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

static int
busy_cb (gpointer user_data, int n_tries)
{
  EntDatabase *self = user_data;

  if (n_tries == 0)
    self->busy_since = g_get_monotonic_time ();
  if (progress_cb (self) ||
      g_get_monotonic_time () - self->busy_since >= (gint64) self->patience_ms * 1000)
    return 0;
  g_usleep (BUSY_SLEEP_US);
  return 1;
}

static void
statement_free (EntStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

/* Settings of the connection, not of the file. None of them writes. */
static void
configure_handle (EntDatabase *self)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, progress_cb, self);
  sqlite3_busy_handler (self->handle, busy_cb, self);
}

static gboolean
configure_session (EntDatabase *self, const EntDatabaseSchema *schema, GError **error)
{
  g_autofree char *cache = g_strdup_printf ("PRAGMA cache_size=-%d", schema->cache_kib);

  if (!ent_database_exec (self,
                          "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"
                          "PRAGMA secure_delete=ON",
                          error) ||
      !ent_database_exec (self, cache, error))
    return FALSE;
  if (self->read_only)
    return ent_database_exec (self, "PRAGMA query_only=ON", error);
  return ent_database_exec (self, "PRAGMA journal_mode=WAL", error) &&
         ent_database_exec (
             self, schema->full_sync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL",
             error);
}

/* One transaction: the file has the old schema or the new one, never something between. */
static gboolean
migrate (EntDatabase *self, const EntDatabaseSchema *schema, GError **error)
{
  gint64 version;
  gint64 broken;
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version=%d", schema->n_migrations);

  if (!ent_database_exec (self, "BEGIN EXCLUSIVE", error))
    return FALSE;
  if (!ent_database_query_int64 (self, "PRAGMA user_version", &version, error))
    {
      ent_database_rollback (self);
      return FALSE;
    }
  for (gint64 i = version; i < schema->n_migrations; i++)
    if (!ent_database_exec (self, schema->migrations[i], error))
      {
        ent_database_rollback (self);
        g_prefix_error (error, "Migration %d: ", (int) i + 1);
        return FALSE;
      }
  if (!ent_database_exec (self, set_version, error) ||
      !ent_database_query_int64 (self, "SELECT count(*) FROM pragma_foreign_key_check", &broken,
                                 error))
    {
      ent_database_rollback (self);
      return FALSE;
    }
  if (broken != 0)
    {
      ent_database_rollback (self);
      g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT,
                           "A migration left broken references");
      return FALSE;
    }
  return ent_database_commit (self, error);
}

static gboolean
check_version (EntDatabase *self, const EntDatabaseSchema *schema, GError **error)
{
  gint64 version;

  if (!ent_database_query_int64 (self, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version < 0 || version > schema->n_migrations)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_VERSION,
                   "%s has schema version %" G_GINT64_FORMAT
                   ", this program knows versions up to %d",
                   self->path, version, schema->n_migrations);
      return FALSE;
    }
  if (version == schema->n_migrations)
    return TRUE;
  if (self->read_only)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READONLY,
                   "%s has the older schema version %" G_GINT64_FORMAT
                   " and cannot be written to bring it to %d",
                   self->path, version, schema->n_migrations);
      return FALSE;
    }
  return migrate (self, schema, error);
}

/* Before the first connection of the process: SQLite's count of its memory costs a lock at
 * each allocation, and nobody asks for it. */
static void
set_up_library (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&done, 1);
    }
}

/* A connection without any check of what the file is. */
static EntDatabase *
open_handle (const char *path, int flags, gboolean immutable, GError **error)
{
  g_autoptr (EntDatabase) self = g_new0 (EntDatabase, 1);
  g_autofree char *escaped = g_uri_escape_string (path, "/", TRUE);
  g_autofree char *uri = g_strdup_printf ("file:%s%s", escaped, immutable ? "?immutable=1" : "");
  int code;

  set_up_library ();
  self->path = g_strdup (path);
  self->patience_ms = PATIENCE_MS;
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) statement_free);
  code = sqlite3_open_v2 (uri, &self->handle,
                          flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW |
                              SQLITE_OPEN_EXRESCODE,
                          NULL);
  if (code != SQLITE_OK)
    {
      ent_database_set_error (self, code, "Could not open the database", error);
      return NULL;
    }
  configure_handle (self);
  self->read_only = sqlite3_db_readonly (self->handle, "main") != 0;
  return g_steal_pointer (&self);
}

/* Makes a complete, empty database at @path, which does not exist yet. */
static gboolean
create_at (const char *path, const EntDatabaseSchema *schema, GError **error)
{
  g_autoptr (EntDatabase) self = open_handle (path, SQLITE_OPEN_READWRITE, FALSE, error);
  g_autofree char *identity =
      g_strdup_printf ("PRAGMA page_size=8192; PRAGMA auto_vacuum=INCREMENTAL;"
                       "PRAGMA application_id=%u",
                       schema->application_id);

  return self != NULL && ent_database_exec (self, identity, error) &&
         configure_session (self, schema, error) && migrate (self, schema, error) &&
         ent_database_exec (self, "PRAGMA wal_checkpoint(TRUNCATE)", error);
}

static gboolean
create_file (const char *path, const EntDatabaseSchema *schema, GError **error)
{
  g_autofree char *draft = ent_database_file_new_draft (path, error);
  gboolean done;

  if (draft == NULL)
    return FALSE;
  done = create_at (draft, schema, error) && ent_database_file_publish (draft, path, error);
  ent_database_file_remove (draft);
  return done;
}

/* In a folder that cannot be written SQLite cannot make its shared memory file. Where no
 * write-ahead log waits there is nothing in it to see, and the file is opened as what it
 * is for us: unchanging. */
static EntDatabase *
open_read_only (const char *path, const EntDatabaseSchema *schema, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (EntDatabase) self = open_handle (path, SQLITE_OPEN_READONLY, FALSE, &local);
  gint64 ignored;

  if (self != NULL && ent_database_query_int64 (self, "PRAGMA schema_version", &ignored, &local))
    return g_steal_pointer (&self);
  if (g_error_matches (local, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT) ||
      ent_database_file_has_log (path))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return open_handle (path, SQLITE_OPEN_READONLY, TRUE, error);
}

/* Where the format of SQLite's files has the number, 32 bits, big-endian. */
#define APPLICATION_ID_AT 68
#define HEADER_BYTES 100

/* Whose database it is, read as if nothing else existed: no lock, no log, no recovery, so that a
 * file of somebody else's is not touched. Only the head is looked at: a checkpoint that was
 * interrupted (by a kill, a full disk) leaves a head that promises pages which still stand in the
 * log, and SQLite calls such a file malformed where it may not look there. */
static gboolean
check_identity (const char *path, guint32 application_id, GError **error)
{
  g_autoptr (EntDatabase) self = open_handle (path, SQLITE_OPEN_READONLY, TRUE, error);
  sqlite3_file *file = NULL;
  guint8 head[HEADER_BYTES];
  guint32 found;

  if (self == NULL)
    return FALSE;
  if (sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
      file->pMethods == NULL || file->pMethods->xRead (file, head, HEADER_BYTES, 0) != SQLITE_OK ||
      memcmp (head, "SQLite format 3", 16) != 0)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT, "%s is no database", path);
      return FALSE;
    }
  memcpy (&found, head + APPLICATION_ID_AT, sizeof found);
  if (GUINT32_FROM_BE (found) == application_id)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT,
               "%s is a database of another application", path);
  return FALSE;
}

EntDatabase *
ent_database_open (const char *path,
                   const EntDatabaseSchema *schema,
                   EntDatabaseMode mode,
                   GError **error)
{
  g_autoptr (EntDatabase) self = NULL;
  g_autofree char *real = NULL;

  g_return_val_if_fail (path != NULL && schema != NULL, NULL);

  real = ent_database_file_resolve (path, error);
  if (real == NULL)
    return NULL;
  if (mode == ENT_DATABASE_CREATE && !ent_database_file_exists (real) &&
      !create_file (real, schema, error))
    return NULL;
  if (!ent_database_file_check (real, error) ||
      !check_identity (real, schema->application_id, error))
    return NULL;

  if (mode != ENT_DATABASE_READ_ONLY && ent_database_file_is_writable (real))
    self = open_handle (real, SQLITE_OPEN_READWRITE, FALSE, error);
  else
    self = open_read_only (real, schema, error);
  if (self == NULL || !configure_session (self, schema, error) ||
      !check_version (self, schema, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
ent_database_free (EntDatabase *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->statements, g_hash_table_unref);
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("A statement or blob of %s is still open", self->path);
  g_free (self->path);
  g_free (self);
}

sqlite3 *
ent_database_get_handle (EntDatabase *self)
{
  return self->handle;
}

const char *
ent_database_get_path (EntDatabase *self)
{
  return self->path;
}

gboolean
ent_database_is_read_only (EntDatabase *self)
{
  return self->read_only;
}

void
ent_database_set_cancellable (EntDatabase *self, GCancellable *cancellable)
{
  self->cancellable = cancellable;
}

void
ent_database_set_patience (EntDatabase *self, guint ms)
{
  self->patience_ms = ms;
}

gboolean
ent_database_exec (EntDatabase *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  ent_database_set_error (self, code, "Database statement failed", error);
  return FALSE;
}

gboolean
ent_database_query_int64 (EntDatabase *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (self, sql, error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  step = ent_statement_step (statement, error);
  if (step == ENT_STEP_ERROR)
    return FALSE;
  *value = step == ENT_STEP_ROW ? ent_statement_get_int64 (statement, 0) : 0;
  return TRUE;
}

gboolean
ent_database_begin (EntDatabase *self, GError **error)
{
  return ent_database_exec (self, "BEGIN IMMEDIATE", error);
}

gboolean
ent_database_begin_read (EntDatabase *self, GError **error)
{
  return ent_database_exec (self, "BEGIN", error);
}

gboolean
ent_database_commit (EntDatabase *self, GError **error)
{
  if (ent_database_exec (self, "COMMIT", error))
    return TRUE;
  ent_database_rollback (self);
  return FALSE;
}

void
ent_database_rollback (EntDatabase *self)
{
  /* A failed statement may have rolled back by itself; a cancelled caller must still be
   * able to roll back. */
  GCancellable *cancellable = g_steal_pointer (&self->cancellable);

  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
  self->cancellable = cancellable;
}

EntStatement *
ent_database_prepare (EntDatabase *self, const char *sql, GError **error)
{
  EntStatement *cached = g_hash_table_lookup (self->statements, sql);
  EntStatement *statement;
  int code;

  if (cached != NULL && !cached->in_use)
    {
      cached->in_use = TRUE;
      return cached;
    }

  statement = g_new0 (EntStatement, 1);
  statement->database = self;
  statement->in_use = TRUE;
  statement->cached = cached == NULL;
  code =
      sqlite3_prepare_v3 (self->handle, sql, -1, statement->cached ? SQLITE_PREPARE_PERSISTENT : 0,
                          &statement->handle, NULL);
  if (code != SQLITE_OK)
    {
      ent_database_set_error (self, code, "Database statement not understood", error);
      g_free (statement);
      return NULL;
    }
  if (statement->cached)
    g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

void
ent_statement_release (EntStatement *self)
{
  if (self == NULL)
    return;
  if (!self->cached)
    {
      statement_free (self);
      return;
    }
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->in_use = FALSE;
}

sqlite3_stmt *
ent_statement_get_handle (EntStatement *self)
{
  return self->handle;
}

void
ent_statement_bind_int64 (EntStatement *self, int index, gint64 value)
{
  int code = sqlite3_bind_int64 (self->handle, index, value);

  g_assert (code == SQLITE_OK);
}

void
ent_statement_bind_text (EntStatement *self, int index, const char *text)
{
  int code = sqlite3_bind_text (self->handle, index, text, -1, SQLITE_STATIC);

  g_assert (code == SQLITE_OK);
}

void
ent_statement_bind_blob (EntStatement *self, int index, const void *data, gsize size)
{
  int code = sqlite3_bind_blob64 (self->handle, index, data, size, SQLITE_STATIC);

  g_assert (code == SQLITE_OK);
}

void
ent_statement_bind_null (EntStatement *self, int index)
{
  int code = sqlite3_bind_null (self->handle, index);

  g_assert (code == SQLITE_OK);
}

EntStep
ent_statement_step (EntStatement *self, GError **error)
{
  int code = sqlite3_step (self->handle);

  if (code == SQLITE_ROW)
    return ENT_STEP_ROW;
  if (code == SQLITE_DONE)
    return ENT_STEP_DONE;
  ent_database_set_error (self->database, code, "Database statement failed", error);
  return ENT_STEP_ERROR;
}

gboolean
ent_statement_run (EntStatement *self, GError **error)
{
  EntStep step = ent_statement_step (self, error);

  while (step == ENT_STEP_ROW)
    step = ent_statement_step (self, error);
  sqlite3_reset (self->handle);
  return step == ENT_STEP_DONE;
}

void
ent_statement_reset (EntStatement *self)
{
  sqlite3_reset (self->handle);
}

gboolean
ent_statement_is_null (EntStatement *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

gint64
ent_statement_get_int64 (EntStatement *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

const char *
ent_statement_get_text (EntStatement *self, int column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

char *
ent_statement_dup_text (EntStatement *self, int column)
{
  return g_strdup (ent_statement_get_text (self, column));
}

const void *
ent_statement_get_blob (EntStatement *self, int column, gsize *size)
{
  const void *data = sqlite3_column_blob (self->handle, column);

  *size = (gsize) sqlite3_column_bytes (self->handle, column);
  return data;
}
