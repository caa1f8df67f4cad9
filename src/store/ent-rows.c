/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the table of messages to and from SQL: see the header and schema/messages-1.sql. No
 * state; any thread. */

#include "config.h"

#include "ent-rows.h"

#include <string.h>

/* Parameters of the statements; the columns of ENT_ROW_COLUMNS are one less. */
enum
{
  P_ID = 1,
  P_T,
  P_SOURCE,
  P_RID,
  P_STAGES,
  P_NUMBERS,
  P_SENT,
  P_DELIVERED,
  P_READ,
  P_FAILED,
  P_FIRST_UPDATE,
  P_LAST_UPDATE,
  P_SUBACCOUNT,
  P_USER,
  P_CAMPAIGN,
  P_CARRIER,
  P_PHONE,
  P_CONTACT_NAME,
  P_ORIGIN,
  P_CONTENT,
  P_CORRELATION_ID,
  P_EXTRA_INFO,
  P_PARTS,
  P_CONVERSATION_ID,
  P_CONVERSATION_TYPE,
  P_CONVERSATION_EXPIRES_AT,
  P_RAW_CODE,
  P_RAW_TEXT,
  P_RAW_STATUS,
  P_STAMPS,
  P_FALLBACK,
};
#define COLUMN(parameter) ((parameter) -1)

const char ent_row_insert_sql[] =
    "INSERT INTO message (" ENT_ROW_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
    " ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28,"
    " ?29, ?30, ?31)";

#define UPDATE_COLUMNS                                                                             \
  "stages = ?5, numbers = ?6, sent = ?7, delivered = ?8, read = ?9, failed = ?10,"                 \
  " first_update = ?11, last_update = ?12, subaccount = ?13, user = ?14, campaign = ?15,"          \
  " carrier = ?16, phone = ?17, contact_name = ?18, origin = ?19, content = ?20,"                  \
  " correlation_id = ?21, extra_info = ?22, parts = ?23, conversation_id = ?24,"                   \
  " conversation_type = ?25, conversation_expires_at = ?26, raw_code = ?27, raw_text = ?28,"       \
  " raw_status = ?29, stamps = ?30"

const char ent_row_update_sql[] = "UPDATE message SET " UPDATE_COLUMNS " WHERE id = ?1"
                                  " AND t = ?2 AND source = ?3 AND rid = ?4 AND fallback IS ?31";

const char ent_row_update_key_sql[] =
    "UPDATE message SET " UPDATE_COLUMNS ", t = ?2, source = ?3, rid = ?4, fallback = ?31"
    " WHERE id = ?1";

/* ---- Writing -------------------------------------------------------------------------------- */

/* Small numbers share one integer: for each, 0 is absent, else the value + 1. */
static const struct
{
  EntField field;
  guint shift;
  guint bits;
} packed_numbers[] = {
  { ENT_FIELD_CHANNEL, 0, 4 }, { ENT_FIELD_DIRECTION, 4, 2 },     { ENT_FIELD_CONTENT_TYPE, 6, 5 },
  { ENT_FIELD_REASON, 11, 5 }, { ENT_FIELD_WITH_SESSION, 16, 2 },
};

static gint64
pack_numbers (const EntRowImage *self)
{
  gint64 packed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (packed_numbers); i++)
    {
      gint64 value = self->numbers[packed_numbers[i].field];
      gint64 most = (1 << packed_numbers[i].bits) - 2;

      if (value != ENT_NUMBER_NONE && value >= 0 && value <= most)
        packed |= (value + 1) << packed_numbers[i].shift;
    }
  return packed;
}

void
ent_row_unpack_numbers (EntMessage *message, gint64 packed)
{
  for (guint i = 0; i < G_N_ELEMENTS (packed_numbers); i++)
    {
      gint64 value = packed >> packed_numbers[i].shift & ((1 << packed_numbers[i].bits) - 1);

      if (value != 0)
        message->fields[packed_numbers[i].field].number = value - 1;
    }
}

/* Value of a lower-case hexadecimal digit + 1; 0 for anything else. */
static const guint8 hex_values[256] = {
  ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
  ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

#define UUID_LENGTH 36

static gboolean
is_uuid_dash (guint i)
{
  return i == 8 || i == 13 || i == 18 || i == 23;
}

/* Only the canonical form, so that unpacking gives the same text back. */
static gboolean
pack_uuid (const char *text, guint8 *bytes)
{
  /* Where the sixteen pairs of digits begin. */
  static const guint8 pairs[16] = { 0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34 };
  guint wrong = 0;

  if (strnlen (text, UUID_LENGTH + 1) != UUID_LENGTH)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      guint high = hex_values[(guint8) text[pairs[i]]];
      guint low = hex_values[(guint8) text[pairs[i] + 1]];

      wrong |= (high == 0) | (low == 0);
      bytes[i] = (guint8) ((high - 1) << 4 | (low - 1));
    }
  return wrong == 0 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
}

void
ent_row_unpack_uuid (const guint8 *bytes, char *buffer)
{
  static const char digits[] = "0123456789abcdef";

  for (guint i = 0; i < UUID_LENGTH; i++)
    if (is_uuid_dash (i))
      buffer[i] = '-';
    else
      {
        buffer[i++] = digits[*bytes >> 4];
        buffer[i] = digits[*bytes++ & 15];
      }
  buffer[UUID_LENGTH] = '\0';
}

static char *
unpack_uuid (const guint8 *bytes)
{
  char *text = g_malloc (UUID_LENGTH + 1);

  ent_row_unpack_uuid (bytes, text);
  return text;
}

void
ent_row_bind_id (EntStatement *statement, int index, const char *text, guint8 *buffer)
{
  if (text != NULL && pack_uuid (text, buffer))
    ent_statement_bind_blob (statement, index, buffer, 16);
  else
    ent_statement_bind_text (statement, index, text);
}

/* Digits that an integer gives back as they were. */
static gboolean
is_plain_number (const char *text, gint64 *number)
{
  gint64 value = 0;
  guint i = 0;

  if (text[0] < '1' || text[0] > '9')
    return FALSE;
  for (; text[i] != '\0'; i++)
    {
      if (text[i] < '0' || text[i] > '9' || i == 18)
        return FALSE;
      value = value * 10 + (text[i] - '0');
    }
  *number = value;
  return TRUE;
}

static void
bind_phone (EntStatement *statement, const char *phone)
{
  gint64 number;

  if (phone != NULL && is_plain_number (phone, &number))
    ent_statement_bind_int64 (statement, P_PHONE, number);
  else
    ent_statement_bind_text (statement, P_PHONE, phone);
}

/* Times as distances from t, in wrapping arithmetic: whatever the time, it comes back. */
static void
bind_time (EntStatement *statement, int index, gint64 t, gint64 time)
{
  if (time == ENT_TIME_NONE)
    ent_statement_bind_null (statement, index);
  else
    ent_statement_bind_int64 (statement, index, (gint64) ((guint64) time - (guint64) t));
}

static gint64
read_time (EntStatement *statement, int parameter, gint64 t)
{
  if (ent_statement_is_null (statement, COLUMN (parameter)))
    return ENT_TIME_NONE;
  return (gint64) ((guint64) ent_statement_get_int64 (statement, COLUMN (parameter)) + (guint64) t);
}

static void
bind_number (EntStatement *statement, int index, gint64 number)
{
  if (number == ENT_NUMBER_NONE)
    ent_statement_bind_null (statement, index);
  else
    ent_statement_bind_int64 (statement, index, number);
}

static void
bind_pooled (EntStatement *statement, int index, guint32 number, const char *text)
{
  if (number != 0)
    ent_statement_bind_int64 (statement, index, number);
  else
    ent_statement_bind_text (statement, index, text);
}

/* For each register written before last_update: its field, then how long before, seven bits
 * a byte. */
static gsize
pack_stamps (const EntRowImage *self, guint8 *out)
{
  gsize n = 0;

  if (self->uniform)
    return 0;
  for (guint i = 0; i < ENT_N_FIELDS; i++)
    {
      gboolean absent = i < ENT_N_NUMBER_FIELDS ? self->numbers[i] == ENT_NUMBER_NONE
                                                : self->texts[i - ENT_N_NUMBER_FIELDS] == NULL;
      guint64 before = (guint64) self->last_update - (guint64) self->stamps[i];

      if (absent || before == 0)
        continue;
      out[n++] = (guint8) i;
      for (; before >= 128; before >>= 7)
        out[n++] = (guint8) (before | 128);
      out[n++] = (guint8) before;
    }
  return n;
}

static void
unpack_stamps (EntMessage *message, const guint8 *in, gsize size)
{
  for (guint i = 0; i < ENT_N_FIELDS; i++)
    if (message->fields[i].text != NULL || message->fields[i].number != ENT_NUMBER_NONE)
      message->fields[i].stamp = message->last_update;

  for (gsize i = 0; i < size;)
    {
      guint field = in[i++];
      guint64 before = 0;
      guint shift = 0;

      for (; i < size && in[i] & 128 && shift < 63; shift += 7)
        before |= (guint64) (in[i++] & 127) << shift;
      if (i < size)
        before |= (guint64) in[i++] << shift;
      if (field < ENT_N_FIELDS)
        message->fields[field].stamp = (gint64) ((guint64) message->last_update - before);
    }
}

void
ent_row_bind (EntStatement *statement,
              gint64 id,
              const EntRowImage *image,
              const EntRowNames *names,
              EntRowScratch *scratch)
{
  static const struct
  {
    int parameter;
    EntField field;
  } texts[] = {
    { P_CONTACT_NAME, ENT_FIELD_CONTACT_NAME },
    { P_CONTENT, ENT_FIELD_CONTENT },
    { P_EXTRA_INFO, ENT_FIELD_EXTRA_INFO },
  };
  static const struct
  {
    int parameter;
    EntDimensionKind kind;
    EntField field;
  } pooled[] = {
    { P_ORIGIN, ENT_DIMENSION_ORIGIN, ENT_FIELD_ORIGIN },
    { P_CONVERSATION_TYPE, ENT_DIMENSION_CONVERSATION_TYPE, ENT_FIELD_CONVERSATION_TYPE },
    { P_RAW_CODE, ENT_DIMENSION_RAW_CODE, ENT_FIELD_RAW_CODE },
    { P_RAW_TEXT, ENT_DIMENSION_RAW_TEXT, ENT_FIELD_RAW_TEXT },
    { P_RAW_STATUS, ENT_DIMENSION_RAW_STATUS, ENT_FIELD_RAW_STATUS },
  };
  gsize n_stamps = pack_stamps (image, scratch->stamps);

  ent_statement_bind_int64 (statement, P_ID, id);
  ent_statement_bind_int64 (statement, P_T, image->t);
  ent_statement_bind_int64 (statement, P_SOURCE, image->source);
  ent_row_bind_id (statement, P_RID, image->remote_id, scratch->remote_id);
  ent_statement_bind_int64 (statement, P_STAGES, image->stages);
  ent_statement_bind_int64 (statement, P_NUMBERS, pack_numbers (image));
  for (int i = 0; i < ENT_N_EVENTS; i++)
    bind_time (statement, P_SENT + i, image->t, image->stage_times[ENT_STAGE_TIME_SENT + i]);
  bind_time (statement, P_FIRST_UPDATE, image->t,
             image->first_update == image->last_update ? ENT_TIME_NONE : image->first_update);
  bind_time (statement, P_LAST_UPDATE, image->t, image->last_update);
  for (int i = 0; i < ENT_N_COLUMN_DIMENSIONS; i++)
    bind_number (statement, P_SUBACCOUNT + i,
                 names->numbers[i] != 0 ? names->numbers[i] : ENT_NUMBER_NONE);
  bind_phone (statement, ent_row_image_get_text (image, ENT_FIELD_PHONE));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    ent_statement_bind_text (statement, texts[i].parameter,
                             ent_row_image_get_text (image, texts[i].field));
  for (guint i = 0; i < G_N_ELEMENTS (pooled); i++)
    bind_pooled (statement, pooled[i].parameter, names->numbers[pooled[i].kind],
                 ent_row_image_get_text (image, pooled[i].field));
  ent_row_bind_id (statement, P_CORRELATION_ID,
                   ent_row_image_get_text (image, ENT_FIELD_CORRELATION_ID),
                   scratch->correlation_id);
  ent_row_bind_id (statement, P_CONVERSATION_ID,
                   ent_row_image_get_text (image, ENT_FIELD_CONVERSATION_ID),
                   scratch->conversation_id);
  bind_number (statement, P_PARTS, image->numbers[ENT_FIELD_PARTS]);
  bind_number (statement, P_CONVERSATION_EXPIRES_AT,
               image->numbers[ENT_FIELD_CONVERSATION_EXPIRES_AT]);
  ent_statement_bind_blob (statement, P_STAMPS, n_stamps > 0 ? scratch->stamps : NULL, n_stamps);
  bind_number (statement, P_FALLBACK,
               image->time_kind != ENT_TIME_KIND_ACCEPTED ? image->time_kind : ENT_NUMBER_NONE);
}

/* ---- Reading -------------------------------------------------------------------------------- */

static char *
read_id (EntStatement *statement, int parameter)
{
  sqlite3_stmt *handle = ent_statement_get_handle (statement);
  int column = COLUMN (parameter);

  if (sqlite3_column_type (handle, column) == SQLITE_BLOB &&
      sqlite3_column_bytes (handle, column) == 16)
    return unpack_uuid (sqlite3_column_blob (handle, column));
  return ent_statement_dup_text (statement, column);
}

static char *
read_pooled (EntStatement *statement, int parameter, EntDimensions *names, EntDimensionKind kind)
{
  sqlite3_stmt *handle = ent_statement_get_handle (statement);
  int column = COLUMN (parameter);

  if (sqlite3_column_type (handle, column) == SQLITE_INTEGER)
    return g_strdup (
        ent_dimensions_get (names, kind, (guint32) sqlite3_column_int64 (handle, column)).name);
  return ent_statement_dup_text (statement, column);
}

static void
read_names (EntMessage *message, EntStatement *statement, EntDimensions *names)
{
  static const EntField ids[] = { ENT_FIELD_SUBACCOUNT_ID, ENT_FIELD_USER_ID,
                                  ENT_FIELD_CAMPAIGN_ID };
  static const EntField texts[] = { ENT_FIELD_SUBACCOUNT, ENT_FIELD_USER, ENT_FIELD_CAMPAIGN,
                                    ENT_FIELD_CARRIER };

  for (int i = 0; i < ENT_N_COLUMN_DIMENSIONS; i++)
    {
      guint32 number = (guint32) ent_statement_get_int64 (statement, COLUMN (P_SUBACCOUNT + i));
      EntName name = ent_dimensions_get (names, (EntDimensionKind) i, number);

      if (i < (int) G_N_ELEMENTS (ids))
        message->fields[ids[i]].text = g_strdup (name.id);
      message->fields[texts[i]].text = g_strdup (name.name);
    }
}

static void
read_texts (EntMessage *message, EntStatement *statement, EntDimensions *names)
{
  EntRegister *fields = message->fields;

  fields[ENT_FIELD_PHONE].text = ent_statement_dup_text (statement, COLUMN (P_PHONE));
  fields[ENT_FIELD_CONTACT_NAME].text = ent_statement_dup_text (statement, COLUMN (P_CONTACT_NAME));
  fields[ENT_FIELD_CONTENT].text = ent_statement_dup_text (statement, COLUMN (P_CONTENT));
  fields[ENT_FIELD_EXTRA_INFO].text = ent_statement_dup_text (statement, COLUMN (P_EXTRA_INFO));
  fields[ENT_FIELD_CORRELATION_ID].text = read_id (statement, P_CORRELATION_ID);
  fields[ENT_FIELD_CONVERSATION_ID].text = read_id (statement, P_CONVERSATION_ID);
  fields[ENT_FIELD_ORIGIN].text = read_pooled (statement, P_ORIGIN, names, ENT_DIMENSION_ORIGIN);
  fields[ENT_FIELD_CONVERSATION_TYPE].text =
      read_pooled (statement, P_CONVERSATION_TYPE, names, ENT_DIMENSION_CONVERSATION_TYPE);
  fields[ENT_FIELD_RAW_CODE].text =
      read_pooled (statement, P_RAW_CODE, names, ENT_DIMENSION_RAW_CODE);
  fields[ENT_FIELD_RAW_TEXT].text =
      read_pooled (statement, P_RAW_TEXT, names, ENT_DIMENSION_RAW_TEXT);
  fields[ENT_FIELD_RAW_STATUS].text =
      read_pooled (statement, P_RAW_STATUS, names, ENT_DIMENSION_RAW_STATUS);
}

guint
ent_row_read_source (EntStatement *statement)
{
  return (guint) ent_statement_get_int64 (statement, COLUMN (P_SOURCE));
}

EntMessage *
ent_row_read (EntStatement *statement,
              EntDimensions *names,
              const EntSourceName *sources,
              guint n_sources)
{
  guint source = ent_row_read_source (statement);
  g_autofree char *remote_id = read_id (statement, P_RID);
  gint64 t = ent_statement_get_int64 (statement, COLUMN (P_T));
  EntMessage *message;
  const guint8 *stamps;
  gsize n_stamps;

  if (source == 0 || source > n_sources || remote_id == NULL)
    return NULL;
  message = ent_message_new (sources[source - 1].key, remote_id);
  message->id = ent_statement_get_int64 (statement, COLUMN (P_ID));
  message->source_name = g_strdup (sources[source - 1].name);
  message->stages = (guint) ent_statement_get_int64 (statement, COLUMN (P_STAGES));
  if (ent_statement_is_null (statement, COLUMN (P_FALLBACK)))
    message->stage_times[ENT_STAGE_TIME_ACCEPTED] = t;
  for (int i = 0; i < ENT_N_EVENTS; i++)
    message->stage_times[ENT_STAGE_TIME_SENT + i] = read_time (statement, P_SENT + i, t);
  message->last_update = read_time (statement, P_LAST_UPDATE, t);
  message->first_update = read_time (statement, P_FIRST_UPDATE, t);
  if (message->first_update == ENT_TIME_NONE)
    message->first_update = message->last_update;

  ent_row_unpack_numbers (message, ent_statement_get_int64 (statement, COLUMN (P_NUMBERS)));
  if (!ent_statement_is_null (statement, COLUMN (P_PARTS)))
    message->fields[ENT_FIELD_PARTS].number = ent_statement_get_int64 (statement, COLUMN (P_PARTS));
  if (!ent_statement_is_null (statement, COLUMN (P_CONVERSATION_EXPIRES_AT)))
    message->fields[ENT_FIELD_CONVERSATION_EXPIRES_AT].number =
        ent_statement_get_int64 (statement, COLUMN (P_CONVERSATION_EXPIRES_AT));
  read_names (message, statement, names);
  read_texts (message, statement, names);
  stamps = ent_statement_get_blob (statement, COLUMN (P_STAMPS), &n_stamps);
  unpack_stamps (message, stamps, n_stamps);
  return message;
}
