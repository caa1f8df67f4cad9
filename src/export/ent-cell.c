/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message, column by column. The mode of privacy is applied in this file and nowhere else.
 * A masked number must not come back through another column: ids of some providers contain it,
 * so every text of a masked row is searched for it. */

#include "config.h"

#include "ent-cell.h"

#include "ent-pseudonym.h"
#include "ent-words.h"

#include "ent-phone.h"

#include <string.h>

/* Shorter digits would be found by chance inside ids. */
#define MIN_DIGITS_TO_SEARCH 8

/* The words of the vocabularies, looked up once: asking gettext for each cell took a sixth of the
 * time of an export. */
typedef struct
{
  const char *channels[ENT_N_CHANNELS];
  const char *directions[ENT_N_DIRECTIONS];
  const char *content_types[ENT_N_CONTENT_TYPES];
  const char *statuses[ENT_N_STATUSES];
  const char *stages[ENT_N_STAGE_TIMES];
  const char *received;
  const char *reasons[ENT_N_REASONS];
  const char *coverages[ENT_N_COVERAGES];
} Words;

struct _EntCellMaker
{
  EntPrivacy privacy;
  GBytes *key; /* of pseudonyms, or NULL */
  gint64 now;
  const EntMessage *message; /* not owned; the present row */
  const char *phone;         /* its digits or text, NULL for none */
  char *masked;              /* what stands for them; NULL in full mode */
  GPtrArray *scratch;        /* texts made for this row */
  EntCellChanges changes;
  Words words;
};

static void
look_words_up (Words *words)
{
  for (guint i = 0; i < ENT_N_CHANNELS; i++)
    words->channels[i] = ent_words_channel ((EntChannel) i);
  for (guint i = 0; i < ENT_N_DIRECTIONS; i++)
    words->directions[i] = ent_words_direction_short ((EntDirection) i);
  for (guint i = 0; i < ENT_N_CONTENT_TYPES; i++)
    words->content_types[i] = ent_words_content_type ((EntContentType) i);
  for (guint i = 0; i < ENT_N_STATUSES; i++)
    words->statuses[i] = ent_words_status ((EntStatus) i);
  for (guint i = 0; i < ENT_N_STAGE_TIMES; i++)
    words->stages[i] = ent_words_life_stage ((EntStageTime) i, ENT_DIRECTION_MT);
  words->received = ent_words_life_stage (ENT_STAGE_TIME_ACCEPTED, ENT_DIRECTION_MO);
  for (guint i = 0; i < ENT_N_REASONS; i++)
    words->reasons[i] = ent_words_reason ((EntReason) i);
  for (guint i = 0; i < ENT_N_COVERAGES; i++)
    words->coverages[i] = ent_words_coverage ((EntCoverage) i);
}

EntCellMaker *
ent_cell_maker_new (EntPrivacy privacy, GBytes *pseudonym_key, gint64 now)
{
  EntCellMaker *self = g_new0 (EntCellMaker, 1);

  g_return_val_if_fail (!(privacy & ENT_PRIVACY_PSEUDONYM) || pseudonym_key != NULL, NULL);
  self->privacy = privacy;
  self->key = pseudonym_key != NULL ? g_bytes_ref (pseudonym_key) : NULL;
  self->now = now;
  self->scratch = g_ptr_array_new_with_free_func (g_free);
  look_words_up (&self->words);
  return self;
}

EntCellMaker *
ent_cell_maker_twin (const EntCellMaker *self)
{
  return ent_cell_maker_new (self->privacy, self->key, self->now);
}

void
ent_cell_changes_add (EntCellChanges *self, const EntCellChanges *more)
{
  self->masked_phones += more->masked_phones;
  self->hidden_names += more->hidden_names;
  self->hidden_contents += more->hidden_contents;
  self->neutralised += more->neutralised;
  self->plus_dropped += more->plus_dropped;
  self->cut_cells += more->cut_cells;
}

void
ent_cell_maker_free (EntCellMaker *self)
{
  g_clear_pointer (&self->key, g_bytes_unref);
  g_ptr_array_unref (self->scratch);
  g_free (self->masked);
  g_free (self);
}

static gboolean
is_digits (const char *text)
{
  gsize n = strspn (text, "0123456789");

  return n > 0 && text[n] == '\0';
}

static char *
mask_phone (EntCellMaker *self, const char *phone)
{
  if (self->privacy & ENT_PRIVACY_PSEUDONYM)
    return ent_pseudonym_make (self->key, phone);
  if (is_digits (phone))
    return ent_phone_last4 (phone);
  return g_strdup ("****");
}

void
ent_cell_maker_next_row (EntCellMaker *self, const EntMessage *message)
{
  if (self->scratch->len > 0)
    g_ptr_array_set_size (self->scratch, 0);
  g_clear_pointer (&self->masked, g_free);
  self->message = message;
  self->phone = ent_message_get_text (message, ENT_FIELD_PHONE);
  if (self->phone != NULL && self->privacy & (ENT_PRIVACY_LAST4 | ENT_PRIVACY_PSEUDONYM))
    self->masked = mask_phone (self, self->phone);
}

static const char *
keep (EntCellMaker *self, char *text)
{
  g_ptr_array_add (self->scratch, text);
  return text;
}

static void
set_empty (EntCell *cell)
{
  *cell = (EntCell){ .kind = ENT_CELL_EMPTY };
}

static void
set_word (EntCell *cell, const char *key, const char *word)
{
  *cell = (EntCell){ .kind = ENT_CELL_WORD, .text = key, .word = word };
}

static void
set_number (EntCell *cell, EntCellKind kind, gint64 number, gint64 none)
{
  if (number == none)
    set_empty (cell);
  else
    *cell = (EntCell){ .kind = kind, .number = number };
}

static const char *
without_phone (EntCellMaker *self, const char *text)
{
  g_auto (GStrv) parts = NULL;

  if (self->masked == NULL || strlen (self->phone) < MIN_DIGITS_TO_SEARCH ||
      strstr (text, self->phone) == NULL)
    return text;
  parts = g_strsplit (text, self->phone, -1);
  return keep (self, g_strjoinv (self->masked, parts));
}

static void
set_text (EntCellMaker *self, EntCell *cell, const char *text)
{
  if (text == NULL || *text == '\0')
    set_empty (cell);
  else
    *cell = (EntCell){ .kind = ENT_CELL_TEXT, .text = without_phone (self, text) };
}

static void
make_phone (EntCellMaker *self, EntCell *cell)
{
  if (self->phone == NULL || *self->phone == '\0')
    set_empty (cell);
  else if (self->masked != NULL)
    {
      self->changes.masked_phones++;
      *cell = (EntCell){ .kind = ENT_CELL_TEXT, .text = self->masked };
    }
  else
    *cell = (EntCell){ .kind = is_digits (self->phone) ? ENT_CELL_PHONE : ENT_CELL_TEXT,
                       .text = self->phone };
}

static void
make_name (EntCellMaker *self, EntCell *cell)
{
  const char *name = ent_message_get_text (self->message, ENT_FIELD_CONTACT_NAME);

  if (self->privacy & (ENT_PRIVACY_LAST4 | ENT_PRIVACY_PSEUDONYM) && name != NULL)
    {
      self->changes.hidden_names++;
      name = NULL;
    }
  set_text (self, cell, name);
}

static void
make_content (EntCellMaker *self, EntCell *cell)
{
  const char *content = ent_message_get_text (self->message, ENT_FIELD_CONTENT);

  if (self->privacy & ENT_PRIVACY_NO_CONTENT && content != NULL)
    {
      self->changes.hidden_contents++;
      content = NULL;
    }
  set_text (self, cell, content);
}

static void
make_status (EntCellMaker *self, EntCell *cell)
{
  EntStatus status = ent_message_get_status (self->message);

  if (status == ENT_STATUS_SENT)
    status = ent_status_at (status, ent_message_get_time (self->message, NULL), FALSE, self->now);
  set_word (cell, ent_status_key (status), self->words.statuses[status]);
}

/* The furthest stage reached; "total" for a message that only counts there. */
static void
make_stage (EntCellMaker *self, EntCell *cell)
{
  guint stages = self->message->stages;
  EntDirection direction = ent_message_get_direction (self->message);
  EntStage stage = ENT_STAGE_TOTAL;
  EntStageTime time = ENT_STAGE_TIME_ACCEPTED;

  if (direction == ENT_DIRECTION_MO)
    stage = ENT_STAGE_RECEIVED;
  else if (stages & ENT_STAGE_FLAG_READ)
    {
      stage = ENT_STAGE_READ;
      time = ENT_STAGE_TIME_READ;
    }
  else if (stages & ENT_STAGE_FLAG_DELIVERED)
    {
      stage = ENT_STAGE_DELIVERED;
      time = ENT_STAGE_TIME_DELIVERED;
    }
  else if (stages & ENT_STAGE_FLAG_SENT)
    {
      stage = ENT_STAGE_SENT;
      time = ENT_STAGE_TIME_SENT;
    }
  set_word (cell, ent_stage_key (stage),
            stage == ENT_STAGE_RECEIVED ? self->words.received : self->words.stages[time]);
}

static void
make_reason (EntCellMaker *self, EntCell *cell)
{
  EntReason reason = ent_message_get_reason (self->message);

  if (reason == ENT_REASON_NONE)
    set_empty (cell);
  else
    set_word (cell, ent_reason_key (reason), self->words.reasons[reason]);
}

static void
make_time (EntCellMaker *self, EntColumn column, EntCell *cell)
{
  const EntMessage *message = self->message;
  gboolean mo = ent_message_get_direction (message) == ENT_DIRECTION_MO;
  gint64 time = ENT_TIME_NONE;

  if (column == ENT_COLUMN_CREATED_AT)
    time = ent_message_get_time (message, NULL);
  else if (column == ENT_COLUMN_RECEIVED_AT)
    time = mo ? message->stage_times[ENT_STAGE_TIME_ACCEPTED] : ENT_TIME_NONE;
  else if (column == ENT_COLUMN_SENT_AT)
    time = message->stage_times[ENT_STAGE_TIME_SENT];
  else if (column == ENT_COLUMN_DELIVERED_AT)
    time = message->stage_times[ENT_STAGE_TIME_DELIVERED];
  else if (column == ENT_COLUMN_READ_AT)
    time = message->stage_times[ENT_STAGE_TIME_READ];
  else if (column == ENT_COLUMN_FAILED_AT)
    time = message->stage_times[ENT_STAGE_TIME_FAILED];
  else if (column == ENT_COLUMN_UPDATED_AT)
    time = message->last_update;
  else if (column == ENT_COLUMN_CONVERSATION_EXPIRES_AT)
    time = ent_message_get_number (message, ENT_FIELD_CONVERSATION_EXPIRES_AT);
  set_number (cell, ENT_CELL_TIME, time, ENT_TIME_NONE);
}

/* The columns that are one text field of the message as it is; 0, which is a number field, for
 * the others. */
static const guint8 text_fields[ENT_N_COLUMNS] = {
  [ENT_COLUMN_ORIGIN] = ENT_FIELD_ORIGIN,
  [ENT_COLUMN_REASON_CODE] = ENT_FIELD_RAW_CODE,
  [ENT_COLUMN_SUBACCOUNT_ID] = ENT_FIELD_SUBACCOUNT_ID,
  [ENT_COLUMN_SUBACCOUNT] = ENT_FIELD_SUBACCOUNT,
  [ENT_COLUMN_USER_ID] = ENT_FIELD_USER_ID,
  [ENT_COLUMN_USER] = ENT_FIELD_USER,
  [ENT_COLUMN_CAMPAIGN_ID] = ENT_FIELD_CAMPAIGN_ID,
  [ENT_COLUMN_CAMPAIGN] = ENT_FIELD_CAMPAIGN,
  [ENT_COLUMN_CORRELATION_ID] = ENT_FIELD_CORRELATION_ID,
  [ENT_COLUMN_EXTRA_INFO] = ENT_FIELD_EXTRA_INFO,
  [ENT_COLUMN_CONVERSATION_ID] = ENT_FIELD_CONVERSATION_ID,
  [ENT_COLUMN_CONVERSATION_TYPE] = ENT_FIELD_CONVERSATION_TYPE,
  [ENT_COLUMN_CARRIER] = ENT_FIELD_CARRIER,
};

static void
make_other (EntCellMaker *self, EntColumn column, EntCell *cell)
{
  const EntMessage *message = self->message;

  if (column == ENT_COLUMN_MESSAGE_ID)
    set_text (self, cell, message->remote_id);
  else if (column == ENT_COLUMN_SOURCE)
    set_text (self, cell, message->source_name != NULL ? message->source_name : message->source);
  else if (column == ENT_COLUMN_PARTS)
    set_number (cell, ENT_CELL_INTEGER, ent_message_get_number (message, ENT_FIELD_PARTS),
                ENT_NUMBER_NONE);
  else if (column == ENT_COLUMN_WITH_SESSION)
    set_number (cell, ENT_CELL_FLAG, ent_message_get_number (message, ENT_FIELD_WITH_SESSION),
                ENT_NUMBER_NONE);
  else if (column == ENT_COLUMN_SECS_TO_DELIVER)
    set_number (cell, ENT_CELL_INTEGER, ent_message_secs_to_deliver (message, self->now), -1);
  else if (column == ENT_COLUMN_SECS_TO_READ)
    set_number (cell, ENT_CELL_INTEGER, ent_message_secs_to_read (message, self->now), -1);
  else
    set_empty (cell);
}

static void
make_vocabulary (EntCellMaker *self, EntColumn column, EntCell *cell)
{
  const EntMessage *message = self->message;

  if (column == ENT_COLUMN_CHANNEL)
    {
      EntChannel channel = ent_message_get_channel (message);
      set_word (cell, ent_channel_key (channel), self->words.channels[channel]);
    }
  else if (column == ENT_COLUMN_DIRECTION)
    {
      EntDirection direction = ent_message_get_direction (message);
      set_word (cell, ent_direction_key (direction), self->words.directions[direction]);
    }
  else
    {
      EntContentType type = ent_message_get_content_type (message);
      set_word (cell, ent_content_type_key (type), self->words.content_types[type]);
    }
}

void
ent_cell_make (EntCellMaker *self, EntColumn column, EntCoverage coverage, EntCell *cell)
{
  g_return_if_fail ((guint) column < ENT_N_COLUMNS);

  if (text_fields[column] != 0)
    set_text (self, cell, ent_message_get_text (self->message, (EntField) text_fields[column]));
  else if (ent_column_cell_kind (column) == ENT_CELL_TIME)
    make_time (self, column, cell);
  else if (column == ENT_COLUMN_PHONE)
    make_phone (self, cell);
  else if (column == ENT_COLUMN_CONTACT_NAME)
    make_name (self, cell);
  else if (column == ENT_COLUMN_CONTENT)
    make_content (self, cell);
  else if (column == ENT_COLUMN_STATUS)
    make_status (self, cell);
  else if (column == ENT_COLUMN_STAGE)
    make_stage (self, cell);
  else if (column == ENT_COLUMN_REASON)
    make_reason (self, cell);
  else if (column == ENT_COLUMN_COVERAGE)
    set_word (cell, ent_coverage_key (coverage), self->words.coverages[coverage]);
  else if (ent_column_cell_kind (column) == ENT_CELL_WORD)
    make_vocabulary (self, column, cell);
  else
    make_other (self, column, cell);
}

EntCellChanges *
ent_cell_maker_get_changes (EntCellMaker *self)
{
  return &self->changes;
}

EntCellKind
ent_column_cell_kind (EntColumn column)
{
  /* What is not listed is text. */
  static const guint8 kinds[ENT_N_COLUMNS] = {
    [ENT_COLUMN_DIRECTION] = ENT_CELL_WORD,
    [ENT_COLUMN_CHANNEL] = ENT_CELL_WORD,
    [ENT_COLUMN_CREATED_AT] = ENT_CELL_TIME,
    [ENT_COLUMN_SENT_AT] = ENT_CELL_TIME,
    [ENT_COLUMN_DELIVERED_AT] = ENT_CELL_TIME,
    [ENT_COLUMN_READ_AT] = ENT_CELL_TIME,
    [ENT_COLUMN_FAILED_AT] = ENT_CELL_TIME,
    [ENT_COLUMN_RECEIVED_AT] = ENT_CELL_TIME,
    [ENT_COLUMN_STATUS] = ENT_CELL_WORD,
    [ENT_COLUMN_STAGE] = ENT_CELL_WORD,
    [ENT_COLUMN_REASON] = ENT_CELL_WORD,
    [ENT_COLUMN_PHONE] = ENT_CELL_PHONE,
    [ENT_COLUMN_CONTENT_TYPE] = ENT_CELL_WORD,
    [ENT_COLUMN_WITH_SESSION] = ENT_CELL_FLAG,
    [ENT_COLUMN_CONVERSATION_EXPIRES_AT] = ENT_CELL_TIME,
    [ENT_COLUMN_PARTS] = ENT_CELL_INTEGER,
    [ENT_COLUMN_SECS_TO_DELIVER] = ENT_CELL_INTEGER,
    [ENT_COLUMN_SECS_TO_READ] = ENT_CELL_INTEGER,
    [ENT_COLUMN_UPDATED_AT] = ENT_CELL_TIME,
    [ENT_COLUMN_COVERAGE] = ENT_CELL_WORD,
  };

  if ((guint) column >= ENT_N_COLUMNS || kinds[column] == ENT_CELL_EMPTY)
    return ENT_CELL_TEXT;
  return (EntCellKind) kinds[column];
}

char *
ent_column_head (EntColumn column, const EntZone *zone)
{
  if (ent_column_cell_kind (column) != ENT_CELL_TIME)
    return g_strdup (ent_words_column (column));
  return g_strdup_printf ("%s (%s)", ent_words_column (column), ent_zone_get_name (zone));
}
