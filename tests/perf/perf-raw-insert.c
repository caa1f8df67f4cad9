/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Values are as compact as the product's: times after the first one, identifiers
 * as sixteen bytes, names as numbers, a phone as an integer. */

#include "config.h"

#include "perf-raw-insert.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

struct _PerfRawInsert
{
  sqlite3 *database;
  sqlite3_stmt *insert;
  gint64 id;
};

static const char schema[] =
    "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
    "PRAGMA cache_size = -65536;"
    "CREATE TABLE message (id INTEGER PRIMARY KEY, t, source, rid, stages, numbers, sent,"
    " delivered, read, failed, last_update, subaccount, user, campaign, carrier, phone,"
    " contact_name, origin, content, correlation_id, extra_info, parts, conversation_id,"
    " conversation_type, conversation_expires_at, raw_code, raw_text, raw_status)";

static const char insert_sql[] =
    "INSERT INTO message VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
    " ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)";

static gboolean
check (PerfRawInsert *self, int code, GError **error)
{
  if (code == SQLITE_OK || code == SQLITE_DONE)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "SQLite: %s", sqlite3_errmsg (self->database));
  return FALSE;
}

PerfRawInsert *
perf_raw_insert_new (const char *path, GError **error)
{
  g_autoptr (PerfRawInsert) self = g_new0 (PerfRawInsert, 1);

  g_unlink (path);
  if (!check (self, sqlite3_open (path, &self->database), error) ||
      !check (self, sqlite3_exec (self->database, schema, NULL, NULL, NULL), error) ||
      !check (self, sqlite3_prepare_v2 (self->database, insert_sql, -1, &self->insert, NULL),
              error))
    return NULL;
  return g_steal_pointer (&self);
}

void
perf_raw_insert_free (PerfRawInsert *self)
{
  sqlite3_finalize (self->insert);
  sqlite3_close (self->database);
  g_free (self);
}

static void
bind_time (PerfRawInsert *self, int index, const PerfRow *row, gint64 time)
{
  if (time != ENT_TIME_NONE)
    sqlite3_bind_int64 (self->insert, index, time - row->times[ENT_STAGE_TIME_ACCEPTED]);
}

static void
bind_number (PerfRawInsert *self, int index, gint64 number)
{
  if (number != 0)
    sqlite3_bind_int64 (self->insert, index, number);
}

static void
bind_text (PerfRawInsert *self, int index, const char *text)
{
  if (text != NULL && *text != '\0')
    sqlite3_bind_text (self->insert, index, text, -1, SQLITE_STATIC);
}

static void
bind_uuid (PerfRawInsert *self, int index, const char *text)
{
  guint8 bytes[16];
  guint n = 0;

  if (*text == '\0')
    return;
  for (guint i = 0; i < 36 && n < sizeof bytes; i++)
    {
      if (text[i] == '-')
        continue;
      bytes[n++] =
          (guint8) (g_ascii_xdigit_value (text[i]) << 4 | g_ascii_xdigit_value (text[i + 1]));
      i++;
    }
  sqlite3_bind_blob (self->insert, index, bytes, sizeof bytes, SQLITE_TRANSIENT);
}

static void
bind_people (PerfRawInsert *self, const PerfRow *row)
{
  bind_number (self, 12, row->subaccount);
  bind_number (self, 13, row->user);
  bind_number (self, 14, row->campaign);
  bind_number (self, 15, row->carrier);
  sqlite3_bind_int64 (self->insert, 16, g_ascii_strtoll (row->phone, NULL, 10));
  bind_text (self, 17, row->contact_name);
  bind_number (self, 18, row->origin);
}

static void
bind_rest (PerfRawInsert *self, const PerfRow *row)
{
  bind_text (self, 19, row->content);
  bind_uuid (self, 20, row->correlation_id);
  bind_text (self, 21, row->extra_info);
  sqlite3_bind_int (self->insert, 22, row->parts);
  bind_uuid (self, 23, row->conversation_id);
  bind_number (self, 24, row->conversation_type != NULL);
  if (row->conversation_expires_at != ENT_NUMBER_NONE)
    sqlite3_bind_int64 (self->insert, 25, row->conversation_expires_at);
  bind_number (self, 26, row->code);
  bind_number (self, 27, row->code);
  bind_number (self, 28, (gint64) row->status + 1);
}

static gboolean
insert_row (PerfRawInsert *self, const PerfRow *row, GError **error)
{
  sqlite3_clear_bindings (self->insert);
  sqlite3_bind_int64 (self->insert, 1, ++self->id);
  sqlite3_bind_int64 (self->insert, 2, row->times[ENT_STAGE_TIME_ACCEPTED]);
  sqlite3_bind_int (self->insert, 3, 1);
  bind_uuid (self, 4, row->remote_id);
  sqlite3_bind_int (self->insert, 5, (int) row->stages);
  sqlite3_bind_int (self->insert, 6,
                    (int) (row->channel | row->direction << 3 | row->content_type << 4 |
                           (guint) row->reason << 8));
  for (int i = 0; i < 4; i++)
    bind_time (self, 7 + i, row, row->times[ENT_STAGE_TIME_SENT + i]);
  bind_time (self, 11, row, row->updated_at);
  bind_people (self, row);
  bind_rest (self, row);
  return check (self, sqlite3_step (self->insert), error) &&
         check (self, sqlite3_reset (self->insert), error);
}

gboolean
perf_raw_insert_rows (PerfRawInsert *self, const PerfRow *rows, guint n, GError **error)
{
  if (!check (self, sqlite3_exec (self->database, "BEGIN", NULL, NULL, NULL), error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!insert_row (self, &rows[i], error))
      return FALSE;
  return check (self, sqlite3_exec (self->database, "COMMIT", NULL, NULL, NULL), error);
}
