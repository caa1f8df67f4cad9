/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The buffered CSV writer: RFC 4180, and what spreadsheets need on top of it. A field is quoted
 * when it holds any sign that some reader may take for a separator, whatever ours is. */

#include "config.h"

#include "ent-csv.h"

#include "ent-export-error.h"
#include "ent-words.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_BYTES (512 * 1024)
#define MAX_NUMBER_BYTES 24

struct _EntCsv
{
  int fd;
  EntCsvDialect dialect;
  EntLocalClock clock;
  EntCellChanges *changes; /* not owned */
  EntSha256 *digest;       /* not owned; may be NULL */
  EntCsvTurnFunc turn;     /* may be NULL */
  gpointer turn_data;
  gsize used;
  gboolean in_row; /* a field was written before in this row */
  int failure;     /* errno of the first failed write */
  char buffer[BUFFER_BYTES];
};

EntCsv *
ent_csv_new (int fd, const EntCsvDialect *dialect, const EntZone *zone, EntCellChanges *changes)
{
  /* The buffer needs no zeros. */
  EntCsv *self = g_malloc (sizeof (EntCsv));

  self->fd = fd;
  self->dialect = *dialect;
  self->changes = changes;
  self->digest = NULL;
  self->turn = NULL;
  self->used = 0;
  self->in_row = FALSE;
  self->failure = 0;
  ent_local_clock_init (&self->clock, zone);
  if (dialect->bom)
    {
      memcpy (self->buffer, "\357\273\277", 3);
      self->used = 3;
    }
  return self;
}

EntCsv *
ent_csv_twin (const EntCsv *self, EntCellChanges *changes)
{
  EntCsvDialect dialect = self->dialect;
  EntCsv *twin;

  dialect.bom = FALSE;
  twin = ent_csv_new (self->fd, &dialect, self->clock.zone, changes);
  twin->digest = self->digest;
  return twin;
}

void
ent_csv_set_digest (EntCsv *self, EntSha256 *digest)
{
  self->digest = digest;
}

void
ent_csv_set_turn (EntCsv *self, EntCsvTurnFunc turn, gpointer user_data)
{
  self->turn = turn;
  self->turn_data = user_data;
}

void
ent_csv_free (EntCsv *self)
{
  g_free (self);
}

static void
write_out (EntCsv *self, const char *data, gsize length)
{
  if (self->turn != NULL && !self->turn (self->turn_data))
    return;
  if (self->digest != NULL)
    ent_sha256_update (self->digest, data, length);
  while (length > 0 && self->failure == 0)
    {
      gssize n = write (self->fd, data, length);

      if (n > 0)
        {
          data += n;
          length -= n;
        }
      else if (n == 0 || errno != EINTR)
        self->failure = n == 0 ? EIO : errno;
    }
}

void
ent_csv_flush (EntCsv *self)
{
  if (self->used > 0)
    write_out (self, self->buffer, self->used);
  self->used = 0;
}

static void
put (EntCsv *self, const char *data, gsize length)
{
  if (self->used + length > BUFFER_BYTES)
    ent_csv_flush (self);
  if (length > BUFFER_BYTES)
    {
      write_out (self, data, length);
      return;
    }
  memcpy (self->buffer + self->used, data, length);
  self->used += length;
}

static void
put_char (EntCsv *self, char c)
{
  if (self->used == BUFFER_BYTES)
    ent_csv_flush (self);
  self->buffer[self->used++] = c;
}

static void
begin_field (EntCsv *self)
{
  if (self->in_row)
    put_char (self, self->dialect.separator);
  self->in_row = TRUE;
}

/* Sixteen bytes at a time, which any processor of today does in one go. */
typedef guint8 Bytes __attribute__ ((vector_size (16)));

static inline Bytes
find_special (Bytes text, guint8 separator)
{
  return (Bytes) ((text == ',') | (text == ';') | (text == '\t') | (text == '"') | (text == '\r') |
                  (text == '\n') | (text == separator));
}

static gboolean
is_special (char c, char separator)
{
  return c == ',' || c == ';' || c == '\t' || c == '"' || c == '\r' || c == '\n' || c == separator;
}

static gboolean
has_special (const char *text, gsize length, char separator)
{
  Bytes part, found = { 0 };
  guint64 halves[2];

  if (length < sizeof part)
    {
      for (gsize i = 0; i < length; i++)
        if (is_special (text[i], separator))
          return TRUE;
      return FALSE;
    }
  /* The last part may overlap the one before it. */
  for (gsize i = 0; i < length; i += sizeof part)
    {
      memcpy (&part, text + MIN (i, length - sizeof part), sizeof part);
      found |= find_special (part, (guint8) separator);
    }
  memcpy (halves, &found, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

static gboolean
wants_quotes (const EntCsv *self, const char *text, gsize length)
{
  return length > 0 && (text[0] == ' ' || text[length - 1] == ' ' ||
                        has_special (text, length, self->dialect.separator));
}

static void
put_quoted (EntCsv *self, const char *text, gsize length, gboolean apostrophe)
{
  const char *end = text + length;

  put_char (self, '"');
  if (apostrophe)
    put_char (self, '\'');
  while (text < end)
    {
      const char *quote = memchr (text, '"', end - text);

      if (quote == NULL)
        {
          put (self, text, end - text);
          break;
        }
      put (self, text, quote + 1 - text);
      put_char (self, '"');
      text = quote + 1;
    }
  put_char (self, '"');
}

static void
put_text (EntCsv *self, const char *text, gboolean apostrophe)
{
  gsize length = strlen (text);

  if (wants_quotes (self, text, length))
    {
      put_quoted (self, text, length, apostrophe);
      return;
    }
  if (apostrophe)
    put_char (self, '\'');
  put (self, text, length);
}

void
ent_csv_text (EntCsv *self, const char *text)
{
  g_autofree char *cut = NULL;
  gboolean bites = FALSE;

  begin_field (self);
  if (self->dialect.safe)
    {
      bites = ent_text_bites (text);
      cut = ent_text_cut_for_cell (text);
      if (bites)
        self->changes->neutralised++;
      if (cut != NULL)
        self->changes->cut_cells++;
    }
  put_text (self, cut != NULL ? cut : text, bites);
}

void
ent_csv_literal (EntCsv *self, const char *text)
{
  begin_field (self);
  put_text (self, text, FALSE);
}

static gsize
print_unsigned (guint64 number, char *end)
{
  char *p = end;

  do
    {
      *--p = (char) ('0' + number % 10);
      number /= 10;
    }
  while (number > 0);
  return (gsize) (end - p);
}

static void
put_integer (EntCsv *self, gint64 number)
{
  char digits[MAX_NUMBER_BYTES];
  char *end = digits + sizeof digits;
  gsize length = print_unsigned (number < 0 ? -(guint64) number : (guint64) number, end);

  if (number < 0)
    put_char (self, '-');
  put (self, end - length, length);
}

void
ent_csv_integer (EntCsv *self, gint64 number)
{
  begin_field (self);
  put_integer (self, number);
}

void
ent_csv_tenths (EntCsv *self, int tenths)
{
  begin_field (self);
  if (tenths < 0)
    return;
  /* A decimal comma where the comma is the separator too: quoted. */
  if (self->dialect.decimal == self->dialect.separator)
    put_char (self, '"');
  put_integer (self, tenths / 10);
  put_char (self, self->dialect.decimal);
  put_char (self, (char) ('0' + tenths % 10));
  if (self->dialect.decimal == self->dialect.separator)
    put_char (self, '"');
}

static void
write_phone (EntCsv *self, const char *digits)
{
  begin_field (self);
  if (self->dialect.safe)
    self->changes->plus_dropped++;
  else
    put_char (self, '+');
  put (self, digits, strlen (digits));
}

static void
write_time (EntCsv *self, gint64 instant)
{
  char text[ENT_LOCAL_CLOCK_BYTES];
  guint length = ent_local_clock_format (&self->clock, instant, self->dialect.keys, text);

  begin_field (self);
  put (self, text, length);
}

void
ent_csv_cell (EntCsv *self, EntColumn column, const EntCell *cell)
{
  switch (cell->kind)
    {
    case ENT_CELL_TEXT:
      if ((column == ENT_COLUMN_ORIGIN || column == ENT_COLUMN_PHONE) &&
          ent_text_is_international_number (cell->text))
        write_phone (self, cell->text + 1);
      else
        ent_csv_text (self, cell->text);
      break;
    case ENT_CELL_PHONE:
      write_phone (self, cell->text);
      break;
    case ENT_CELL_TIME:
      write_time (self, cell->number);
      break;
    case ENT_CELL_INTEGER:
      ent_csv_integer (self, cell->number);
      break;
    case ENT_CELL_FLAG:
      if (self->dialect.keys)
        ent_csv_literal (self, cell->number != 0 ? "true" : "false");
      else
        ent_csv_literal (self, ent_words_flag (cell->number != 0));
      break;
    case ENT_CELL_WORD:
      ent_csv_literal (self, self->dialect.keys ? cell->text : cell->word);
      break;
    case ENT_CELL_EMPTY:
    default:
      begin_field (self);
      break;
    }
}

void
ent_csv_end_row (EntCsv *self)
{
  if (self->dialect.crlf)
    put_char (self, '\r');
  put_char (self, '\n');
  self->in_row = FALSE;
}

gboolean
ent_csv_is_good (const EntCsv *self)
{
  return self->failure == 0;
}

gboolean
ent_csv_finish (EntCsv *self, GError **error)
{
  ent_csv_flush (self);
  if (self->failure == 0)
    return TRUE;
  g_set_error (error, ENT_EXPORT_ERROR,
               self->failure == ENOSPC || self->failure == EDQUOT ? ENT_EXPORT_ERROR_FULL
                                                                  : ENT_EXPORT_ERROR_FAILED,
               "%s", g_strerror (self->failure));
  return FALSE;
}
