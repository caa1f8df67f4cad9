/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages arrive in runs: a channel's day after a channel's day, each by time. A list by time
 * goes through a few such runs at once, so a few statements stand in the table, each at the row
 * that it gave last; the one whose neighbour is wanted takes a step, which costs a tenth of
 * looking a row up. The snapshot's thread. */

#include "config.h"

#include "ent-row-cursor.h"

#include "ent-phone.h"
#include "ent-store-private.h"

#include <string.h>

#define LANES 4
/* Rows that are stepped over rather than looked up behind. */
#define MAX_GAP 3
#define PHONE_BYTES 17
#define UUID_BYTES 37

/* What both selects begin with. Times are since t; that, the phone and most names are known to the
 * packed columns. */
enum
{
  C_ID,
  C_RID,
  C_STAGES,
  C_NUMBERS,
  C_SENT,
  C_DELIVERED,
  C_READ,
  C_FAILED,
  C_CONTACT_NAME,
  C_CONTENT,
  C_FALLBACK,
  /* Only in the whole one. */
  C_LAST_UPDATE,
  C_PARTS,
  C_ORIGIN,
  C_CORRELATION_ID,
  C_EXTRA_INFO,
  C_CONVERSATION_ID,
  C_CONVERSATION_TYPE,
  C_CONVERSATION_EXPIRES_AT,
  C_RAW_CODE,
  C_RAW_TEXT,
  C_RAW_STATUS,
};

#define USUAL                                                                                      \
  "id, rid, stages, numbers, sent, delivered, read, failed, contact_name, content, fallback"
#define WHOLE                                                                                      \
  USUAL ", last_update, parts, origin, correlation_id, extra_info, conversation_id, "              \
        "conversation_type, conversation_expires_at, raw_code, raw_text, raw_status"
#define UP " FROM message WHERE id >= ?1 ORDER BY id"
#define DOWN " FROM message WHERE id <= ?1 ORDER BY id DESC"

/* By whether it is whole, and whether it goes down. */
static const char *const selects[2][2] = {
  { "SELECT " USUAL UP, "SELECT " USUAL DOWN },
  { "SELECT " WHOLE UP, "SELECT " WHOLE DOWN },
};

typedef struct
{
  EntStatement *statements[2]; /* up, down; NULL until needed */
  gboolean down;
  gint64 id;    /* of the row that it stands at; 0: at none */
  guint64 used; /* when */
} Lane;

struct _EntRowCursor
{
  EntSnapshot *snapshot; /* not owned */
  const guint32 *positions;
  guint n;
  guint next;
  gboolean whole;
  Lane lanes[LANES];
  guint64 clock;

  EntMessage *message; /* texts are borrowed from the row, the names and the buffers */
  EntRegister blank[ENT_N_FIELDS];
  EntStatement *odd_phone; /* NULL until needed */
  char phone[PHONE_BYTES];
  char remote_id[UUID_BYTES];
  char correlation_id[UUID_BYTES];
  char conversation_id[UUID_BYTES];
};

static gboolean
needs_whole (const EntColumn *columns, guint n)
{
  static const EntColumn rare[] = {
    ENT_COLUMN_REASON_CODE,
    ENT_COLUMN_ORIGIN,
    ENT_COLUMN_CORRELATION_ID,
    ENT_COLUMN_EXTRA_INFO,
    ENT_COLUMN_CONVERSATION_ID,
    ENT_COLUMN_CONVERSATION_TYPE,
    ENT_COLUMN_CONVERSATION_EXPIRES_AT,
    ENT_COLUMN_PARTS,
    ENT_COLUMN_UPDATED_AT,
  };

  for (guint i = 0; columns != NULL && i < n; i++)
    for (guint k = 0; k < G_N_ELEMENTS (rare); k++)
      if (columns[i] == rare[k])
        return TRUE;
  return columns == NULL;
}

EntRowCursor *
ent_row_cursor_new (EntSnapshot *snapshot,
                    const guint32 *positions,
                    guint n,
                    const EntColumn *columns,
                    guint n_columns,
                    GCancellable *cancellable)
{
  EntRowCursor *self;

  g_return_val_if_fail (snapshot != NULL, NULL);

  self = g_new0 (EntRowCursor, 1);
  self->snapshot = snapshot;
  self->positions = positions;
  self->n = n;
  self->whole = needs_whole (columns, n_columns);
  self->message = ent_message_new ("", "");
  memcpy (self->blank, self->message->fields, sizeof self->blank);
  g_clear_pointer (&self->message->source, g_free);
  g_clear_pointer (&self->message->remote_id, g_free);
  ent_database_set_cancellable (snapshot->database, cancellable);
  return self;
}

void
ent_row_cursor_free (EntRowCursor *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < LANES; i++)
    for (guint k = 0; k < 2; k++)
      ent_statement_release (self->lanes[i].statements[k]);
  ent_statement_release (self->odd_phone);
  ent_database_set_cancellable (self->snapshot->database, NULL);
  memcpy (self->message->fields, self->blank, sizeof self->blank);
  self->message->source = self->message->source_name = self->message->remote_id = NULL;
  ent_message_unref (self->message);
  g_free (self);
}

void
ent_row_cursor_move (EntRowCursor *self, const guint32 *positions, guint n)
{
  g_return_if_fail (self != NULL);

  self->positions = positions;
  self->n = n;
  self->next = 0;
}

/* ---- To the row ----------------------------------------------------------------------------- */

/* How many steps the lane is from the row; -1: it does not come by. */
static gint64
distance (const Lane *lane, gint64 id)
{
  gint64 steps = lane->down ? lane->id - id : id - lane->id;

  return lane->id != 0 && steps > 0 && steps <= MAX_GAP ? steps : -1;
}

/* The lane that is at or before the row, else the one that was not used for longest. */
static Lane *
find_lane (EntRowCursor *self, gint64 id, gint64 *steps)
{
  Lane *oldest = &self->lanes[0];

  for (guint i = 0; i < LANES; i++)
    {
      *steps = distance (&self->lanes[i], id);
      if (*steps > 0)
        return &self->lanes[i];
      if (self->lanes[i].used < oldest->used)
        oldest = &self->lanes[i];
    }
  *steps = -1;
  return oldest;
}

/* Whether the rows after the present one come before it in the table. */
static gboolean
goes_down (const EntRowCursor *self)
{
  guint32 position = self->positions[self->next];
  guint end = MIN (self->n, self->next + 4 * LANES);

  for (guint i = self->next + 1; i < end; i++)
    {
      if (self->positions[i] == position + 1)
        return FALSE;
      if (self->positions[i] + 1 == position)
        return TRUE;
    }
  return FALSE;
}

static gboolean
place_lane (EntRowCursor *self, Lane *lane, gint64 id, GError **error)
{
  EntStatement **statement;

  lane->down = goes_down (self);
  statement = &lane->statements[lane->down];
  if (*statement == NULL)
    {
      *statement =
          ent_database_prepare (self->snapshot->database, selects[self->whole][lane->down], error);
      if (*statement == NULL)
        return FALSE;
    }
  ent_statement_reset (*statement);
  ent_statement_bind_int64 (*statement, 1, id);
  return TRUE;
}

/* The statement that stands at row @id; NULL without error where there is no such row. */
static EntStatement *
go_to (EntRowCursor *self, gint64 id, GError **error)
{
  gint64 steps;
  Lane *lane = find_lane (self, id, &steps);
  EntStatement *statement;

  lane->used = ++self->clock;
  if (steps < 0)
    {
      if (!place_lane (self, lane, id, error))
        return NULL;
      steps = 1;
    }
  statement = lane->statements[lane->down];
  for (; steps > 0; steps--)
    {
      lane->id = 0;
      if (ent_statement_step (statement, error) != ENT_STEP_ROW)
        return NULL;
      lane->id = ent_statement_get_int64 (statement, C_ID);
      /* Rows may be missing in between. */
      if (lane->id == id)
        return statement;
      if (lane->down ? lane->id < id : lane->id > id)
        return NULL;
    }
  return NULL;
}

/* ---- The row as a message ------------------------------------------------------------------- */

static char *
borrow_text (sqlite3_stmt *row, int column)
{
  return (char *) sqlite3_column_text (row, column);
}

static char *
borrow_id (sqlite3_stmt *row, int column, char *buffer)
{
  if (sqlite3_column_type (row, column) != SQLITE_BLOB || sqlite3_column_bytes (row, column) != 16)
    return borrow_text (row, column);
  ent_row_unpack_uuid (sqlite3_column_blob (row, column), buffer);
  return buffer;
}

static char *
borrow_pooled (EntRowCursor *self, sqlite3_stmt *row, int column, EntDimensionKind kind)
{
  if (sqlite3_column_type (row, column) != SQLITE_INTEGER)
    return borrow_text (row, column);
  return (char *) ent_dimensions_get (self->snapshot->store->names, kind,
                                      (guint32) sqlite3_column_int64 (row, column))
      .name;
}

static gint64
read_time (sqlite3_stmt *row, int column, gint64 t)
{
  if (sqlite3_column_type (row, column) == SQLITE_NULL)
    return ENT_TIME_NONE;
  return (gint64) ((guint64) sqlite3_column_int64 (row, column) + (guint64) t);
}

static void
fill_times (EntMessage *message, sqlite3_stmt *row, gint64 t)
{
  gboolean accepted = sqlite3_column_type (row, C_FALLBACK) == SQLITE_NULL;

  message->stage_times[ENT_STAGE_TIME_ACCEPTED] = accepted ? t : ENT_TIME_NONE;
  for (int i = 0; i < ENT_N_EVENTS; i++)
    message->stage_times[ENT_STAGE_TIME_SENT + i] = read_time (row, C_SENT + i, t);
  /* Rows without any stage's time count by it. */
  message->first_update = t;
}

static void
fill_names (EntRowCursor *self, const EntPacked *packed)
{
  static const EntField ids[] = { ENT_FIELD_SUBACCOUNT_ID, ENT_FIELD_USER_ID,
                                  ENT_FIELD_CAMPAIGN_ID };
  static const EntField texts[] = { ENT_FIELD_SUBACCOUNT, ENT_FIELD_USER, ENT_FIELD_CAMPAIGN,
                                    ENT_FIELD_CARRIER };
  EntRegister *fields = self->message->fields;

  for (guint i = 0; i < ENT_N_COLUMN_DIMENSIONS; i++)
    {
      EntName name =
          ent_dimensions_get (self->snapshot->store->names, (EntDimensionKind) i, packed->dims[i]);

      if (i < G_N_ELEMENTS (ids))
        fields[ids[i]].text = (char *) name.id;
      fields[texts[i]].text = (char *) name.name;
    }
}

static void
fill_texts (EntRowCursor *self, sqlite3_stmt *row, const EntPacked *packed)
{
  EntRegister *fields = self->message->fields;

  if (packed->phone != 0)
    fields[ENT_FIELD_PHONE].text = ent_phone_unpack (packed->phone, self->phone);
  fields[ENT_FIELD_CONTACT_NAME].text = borrow_text (row, C_CONTACT_NAME);
  fields[ENT_FIELD_CONTENT].text = borrow_text (row, C_CONTENT);
}

/* What is no number has to be read: sender names, short texts. They are few. */
static gboolean
fill_odd_phone (EntRowCursor *self, gint64 id, GError **error)
{
  EntStep step;

  if (self->odd_phone == NULL)
    self->odd_phone = ent_database_prepare (self->snapshot->database,
                                            "SELECT phone FROM message WHERE id = ?1", error);
  if (self->odd_phone == NULL)
    return FALSE;
  ent_statement_reset (self->odd_phone);
  ent_statement_bind_int64 (self->odd_phone, 1, id);
  step = ent_statement_step (self->odd_phone, error);
  if (step == ENT_STEP_ROW)
    self->message->fields[ENT_FIELD_PHONE].text =
        borrow_text (ent_statement_get_handle (self->odd_phone), 0);
  return step != ENT_STEP_ERROR;
}

static void
fill_rare (EntRowCursor *self, sqlite3_stmt *row, gint64 t)
{
  EntRegister *fields = self->message->fields;

  self->message->last_update = read_time (row, C_LAST_UPDATE, t);
  if (sqlite3_column_type (row, C_PARTS) != SQLITE_NULL)
    fields[ENT_FIELD_PARTS].number = sqlite3_column_int64 (row, C_PARTS);
  fields[ENT_FIELD_ORIGIN].text = borrow_pooled (self, row, C_ORIGIN, ENT_DIMENSION_ORIGIN);
  fields[ENT_FIELD_CORRELATION_ID].text = borrow_id (row, C_CORRELATION_ID, self->correlation_id);
  fields[ENT_FIELD_EXTRA_INFO].text = borrow_text (row, C_EXTRA_INFO);
  fields[ENT_FIELD_CONVERSATION_ID].text =
      borrow_id (row, C_CONVERSATION_ID, self->conversation_id);
  fields[ENT_FIELD_CONVERSATION_TYPE].text =
      borrow_pooled (self, row, C_CONVERSATION_TYPE, ENT_DIMENSION_CONVERSATION_TYPE);
  if (sqlite3_column_type (row, C_CONVERSATION_EXPIRES_AT) != SQLITE_NULL)
    fields[ENT_FIELD_CONVERSATION_EXPIRES_AT].number =
        sqlite3_column_int64 (row, C_CONVERSATION_EXPIRES_AT);
  fields[ENT_FIELD_RAW_CODE].text = borrow_pooled (self, row, C_RAW_CODE, ENT_DIMENSION_RAW_CODE);
  fields[ENT_FIELD_RAW_TEXT].text = borrow_pooled (self, row, C_RAW_TEXT, ENT_DIMENSION_RAW_TEXT);
  fields[ENT_FIELD_RAW_STATUS].text =
      borrow_pooled (self, row, C_RAW_STATUS, ENT_DIMENSION_RAW_STATUS);
}

/* FALSE for a row that refers to what is not there. */
static gboolean
fill_message (EntRowCursor *self, sqlite3_stmt *row, const EntPacked *packed)
{
  EntMessage *message = self->message;
  guint source = packed->dims[ENT_DIM_SOURCE];

  if (source == 0 || source > self->snapshot->sources->n)
    return FALSE;
  memcpy (message->fields, self->blank, sizeof self->blank);
  message->id = sqlite3_column_int64 (row, C_ID);
  message->source = (char *) self->snapshot->sources->items[source - 1].key;
  message->source_name = (char *) self->snapshot->sources->items[source - 1].name;
  message->remote_id = borrow_id (row, C_RID, self->remote_id);
  message->stages = (guint) sqlite3_column_int64 (row, C_STAGES);
  ent_row_unpack_numbers (message, sqlite3_column_int64 (row, C_NUMBERS));
  fill_times (message, row, packed->t);
  fill_names (self, packed);
  fill_texts (self, row, packed);
  if (self->whole)
    fill_rare (self, row, packed->t);
  return message->remote_id != NULL;
}

const EntMessage *
ent_row_cursor_next (EntRowCursor *self, GError **error)
{
  for (; self->next < self->n; self->next++)
    {
      guint32 position = self->positions[self->next];
      g_autoptr (GError) problem = NULL;
      EntStatement *statement;
      EntPacked packed;

      if (!ent_snapshot_get_packed (self->snapshot, position, &packed))
        continue;
      statement = go_to (self, (gint64) position + 1, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      if (statement == NULL || !fill_message (self, ent_statement_get_handle (statement), &packed))
        continue;
      if (packed.phone == 0 && !fill_odd_phone (self, (gint64) position + 1, error))
        return NULL;
      self->next++;
      return self->message;
    }
  return NULL;
}
