/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting by keys that are read from the rows: see the header. Texts are compared without
 * case and accents first, then byte by byte. On the snapshot's thread. */

#include "config.h"

#include "ent-sort-rows.h"

#include "ent-radix.h"
#include "ent-text.h"

#include <string.h>

/* With more wanted rows than this in a segment its rows are read in one go. */
#define MANY_ROWS 256

typedef enum
{
  KEY_NUMBER,
  KEY_TEXT,
  KEY_POOLED, /* a text, or the number of a name */
} KeyType;

typedef struct
{
  EntColumn column;
  KeyType type;
  EntDimensionKind kind;
  const char *one;  /* by id */
  const char *many; /* by range of ids */
} Key;

#define NUMBER(column, expression)                                                                 \
  {                                                                                                \
    column, KEY_NUMBER, 0, "SELECT id, " expression " FROM message WHERE id = ?1",                 \
        "SELECT id, " expression " FROM message WHERE id BETWEEN ?1 AND ?2"                        \
  }
#define TEXT(column, expression)                                                                   \
  {                                                                                                \
    column, KEY_TEXT, 0, "SELECT id, " expression " FROM message WHERE id = ?1",                   \
        "SELECT id, " expression " FROM message WHERE id BETWEEN ?1 AND ?2"                        \
  }
#define POOLED(column, kind, expression)                                                           \
  {                                                                                                \
    column, KEY_POOLED, kind, "SELECT id, " expression " FROM message WHERE id = ?1",              \
        "SELECT id, " expression " FROM message WHERE id BETWEEN ?1 AND ?2"                        \
  }
/* Identifiers in the form of UUIDs sort as their bytes, which is as their text. */
#define IDENTIFIER(column, name)                                                                   \
  TEXT (column, "CASE typeof (" name ") WHEN 'blob' THEN lower (hex (" name ")) ELSE " name " EN"  \
                "D")

/* Seconds as ent_message_secs_to_deliver and _to_read have them; 8: the MO direction. */
#define IF_MT(expression) "CASE WHEN (numbers >> 4) & 3 <> 2 THEN " expression " END"

static const Key keys[] = {
  IDENTIFIER (ENT_COLUMN_MESSAGE_ID, "rid"),
  NUMBER (ENT_COLUMN_SENT_AT, "t + sent"),
  NUMBER (ENT_COLUMN_DELIVERED_AT, "t + delivered"),
  NUMBER (ENT_COLUMN_READ_AT, "t + read"),
  NUMBER (ENT_COLUMN_FAILED_AT, "t + failed"),
  POOLED (ENT_COLUMN_REASON_CODE, ENT_DIMENSION_RAW_CODE, "raw_code"),
  TEXT (ENT_COLUMN_CONTACT_NAME, "contact_name"),
  POOLED (ENT_COLUMN_ORIGIN, ENT_DIMENSION_ORIGIN, "origin"),
  TEXT (ENT_COLUMN_CONTENT, "content"),
  IDENTIFIER (ENT_COLUMN_CORRELATION_ID, "correlation_id"),
  TEXT (ENT_COLUMN_EXTRA_INFO, "extra_info"),
  NUMBER (ENT_COLUMN_WITH_SESSION, "nullif (numbers >> 16 & 3, 0)"),
  IDENTIFIER (ENT_COLUMN_CONVERSATION_ID, "conversation_id"),
  POOLED (ENT_COLUMN_CONVERSATION_TYPE, ENT_DIMENSION_CONVERSATION_TYPE, "conversation_type"),
  NUMBER (ENT_COLUMN_CONVERSATION_EXPIRES_AT, "conversation_expires_at"),
  NUMBER (ENT_COLUMN_PARTS, "parts"),
  NUMBER (ENT_COLUMN_SECS_TO_DELIVER,
          IF_MT ("CASE WHEN stages & 4 AND delivered >= coalesce (sent, iif (fallback IS NULL, 0,"
                 " NULL)) AND t + delivered <= ?3 THEN (delivered - coalesce (sent, 0)) / 1000"
                 " END")),
  NUMBER (ENT_COLUMN_SECS_TO_READ,
          IF_MT ("CASE WHEN stages & 8 AND read >= delivered AND t + read <= ?3"
                 " THEN (read - delivered) / 1000 END")),
  NUMBER (ENT_COLUMN_UPDATED_AT, "t + last_update"),
};

static const Key *
find_key (EntColumn column)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].column == column)
      return &keys[i];
  return NULL;
}

/* What is read of the rows, by index of position. */
typedef struct
{
  EntSnapshot *snapshot;
  const Key *key;
  gboolean descending;
  gint64 now;
  guint64 *numbers;
  const char **texts; /* NULL: absent */
  GStringChunk *chunk;
} Reading;

/* Folded text, a separator below all others, the text itself: one comparison does both. */
static const char *
text_key (Reading *self, const char *text)
{
  g_autofree char *folded = ent_text_fold (text);
  g_autofree char *both = g_strconcat (folded, "\001", text, NULL);

  return g_string_chunk_insert (self->chunk, both);
}

static void
read_key (Reading *self, EntStatement *statement, gsize i)
{
  gboolean absent = ent_statement_is_null (statement, 1);
  const char *text = NULL;

  if (self->key->type == KEY_NUMBER)
    {
      guint64 key =
          (guint64) ent_statement_get_int64 (statement, 1) ^ (G_GUINT64_CONSTANT (1) << 63);

      self->numbers[i] = absent ? G_MAXUINT64 : self->descending ? ~key - 1 : key;
      return;
    }
  if (self->key->type == KEY_POOLED &&
      sqlite3_column_type (ent_statement_get_handle (statement), 1) == SQLITE_INTEGER)
    text = ent_dimensions_get (self->snapshot->store->names, self->key->kind,
                               (guint32) ent_statement_get_int64 (statement, 1))
               .name;
  else if (!absent)
    text = ent_statement_get_text (statement, 1);
  self->texts[i] = text != NULL ? text_key (self, text) : NULL;
}

static void
bind_now (Reading *self, EntStatement *statement)
{
  sqlite3_stmt *handle = ent_statement_get_handle (statement);

  if (sqlite3_bind_parameter_count (handle) >= 3)
    ent_statement_bind_int64 (statement, 3, self->now);
}

static gboolean
read_many (Reading *self, const guint32 *positions, gsize from, gsize to, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (self->snapshot->database, self->key->many, error);
  gsize i = from;
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, (gint64) positions[from] + 1);
  ent_statement_bind_int64 (statement, 2, (gint64) positions[to - 1] + 1);
  bind_now (self, statement);
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    {
      gint64 id = ent_statement_get_int64 (statement, 0);

      while (i < to && (gint64) positions[i] + 1 < id)
        i++;
      if (i < to && (gint64) positions[i] + 1 == id)
        read_key (self, statement, i);
    }
  return step == ENT_STEP_DONE;
}

static gboolean
read_each (Reading *self, const guint32 *positions, gsize from, gsize to, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (self->snapshot->database, self->key->one, error);

  if (statement == NULL)
    return FALSE;
  bind_now (self, statement);
  for (gsize i = from; i < to; i++)
    {
      EntStep step;

      ent_statement_bind_int64 (statement, 1, (gint64) positions[i] + 1);
      step = ent_statement_step (statement, error);
      if (step == ENT_STEP_ERROR)
        return FALSE;
      if (step == ENT_STEP_ROW)
        read_key (self, statement, i);
      ent_statement_reset (statement);
    }
  return TRUE;
}

static gboolean
read_all (
    Reading *self, const guint32 *positions, gsize n, GCancellable *cancellable, GError **error)
{
  for (gsize from = 0, to; from < n; from = to)
    {
      guint32 segment = positions[from] >> ENT_SEGMENT_SHIFT;

      if (!ent_check_cancelled (cancellable, error))
        return FALSE;
      for (to = from + 1; to < n && positions[to] >> ENT_SEGMENT_SHIFT == segment;)
        to++;
      if (to - from > MANY_ROWS ? !read_many (self, positions, from, to, error)
                                : !read_each (self, positions, from, to, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const char *text;
  guint32 position;
} TextKey;

static int
compare_texts (const void *a, const void *b, void *user_data)
{
  const TextKey *one = a;
  const TextKey *two = b;
  gboolean descending = *(const gboolean *) user_data;
  int order = 0;

  if (one->text == NULL || two->text == NULL)
    order = (one->text == NULL) - (two->text == NULL);
  else
    order = descending ? strcmp (two->text, one->text) : strcmp (one->text, two->text);
  return order != 0 ? order : one->position < two->position ? -1 : one->position > two->position;
}

static gboolean
sort_texts (Reading *self, guint32 *positions, gsize n, GCancellable *cancellable, GError **error)
{
  g_autofree TextKey *items = g_new (TextKey, n);

  for (gsize i = 0; i < n; i++)
    {
      items[i].text = self->texts[i];
      items[i].position = positions[i];
    }
  if (!ent_check_cancelled (cancellable, error))
    return FALSE;
  g_qsort_with_data (items, (int) n, sizeof *items, compare_texts, &self->descending);
  for (gsize i = 0; i < n; i++)
    positions[i] = items[i].position;
  return TRUE;
}

gboolean
ent_snapshot_sort_by_rows (EntSnapshot *self,
                           guint32 *positions,
                           gsize n,
                           EntSort sort,
                           gint64 now,
                           GCancellable *cancellable,
                           GError **error)
{
  Reading reading = {
    .snapshot = self,
    .key = find_key (sort.column),
    .descending = sort.descending,
    .now = now,
  };
  g_autofree guint64 *numbers = NULL;
  g_autofree const char **texts = NULL;
  gboolean good;

  g_assert (reading.key != NULL);

  if (reading.key->type == KEY_NUMBER)
    reading.numbers = numbers = g_new (guint64, n);
  else
    {
      reading.texts = texts = g_new0 (const char *, n);
      reading.chunk = g_string_chunk_new (65536);
    }
  ent_database_set_cancellable (self->database, cancellable);
  good = read_all (&reading, positions, n, cancellable, error);
  ent_database_set_cancellable (self->database, NULL);
  if (good)
    good = reading.key->type == KEY_NUMBER
               ? ent_radix_sort (numbers, positions, n, cancellable, error)
               : sort_texts (&reading, positions, n, cancellable, error);
  g_clear_pointer (&reading.chunk, g_string_chunk_free);
  return good;
}
