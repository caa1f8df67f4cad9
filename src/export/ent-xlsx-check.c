/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the central directory of the archive, then each part through inflate. Rows are many: that
 * there are as many bytes of them as were written says that none is missing; what stands around
 * them, and every other part, goes through a parser. One thread; 64 kB of memory. */

#include "config.h"

#include "ent-xlsx-check.h"

#include "ent-export-error.h"

#include <string.h>

#define END_RECORD_BYTES 22
#define ENTRY_BYTES 46
#define LOCAL_BYTES 30
#define BUFFER_BYTES 65536
#define END_MAGIC 0x06054b50
#define ENTRY_MAGIC 0x02014b50
#define LOCAL_MAGIC 0x04034b50
#define STORED_ELSEWHERE 0xffffffff
#define SHEET_FOLDER "xl/worksheets/sheet"
#define ROWS_BEGIN "<sheetData>"

typedef struct
{
  guint64 packed;
  guint64 unpacked;
  guint64 offset;
  guint sheet; /* its number, from 1; 0: another part */
} Part;

/* What goes by of a part. */
typedef struct
{
  GMarkupParseContext *parser;
  guint64 rows;       /* bytes of rows that there must be */
  guint64 rows_start; /* where they begin; G_MAXUINT64: not seen yet */
  guint64 at;         /* of the next byte */
} Reading;

static guint32
read_le (const guint8 *bytes, guint n)
{
  guint32 value = 0;

  for (guint i = 0; i < n; i++)
    value |= (guint32) bytes[i] << (8 * i);
  return value;
}

/* It has just been written: what is missing had no room, and room is what helps. */
static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FULL, "The workbook is damaged: %s", what);
  return FALSE;
}

static gboolean
read_at (GInputStream *stream,
         guint64 offset,
         void *buffer,
         gsize length,
         GCancellable *cancellable,
         GError **error)
{
  gsize done = 0;

  if (!g_seekable_seek (G_SEEKABLE (stream), (goffset) offset, G_SEEK_SET, cancellable, error) ||
      !g_input_stream_read_all (stream, buffer, length, &done, cancellable, error))
    return FALSE;
  return done == length || fail (error, "it is too short");
}

/* The sizes that do not fit stand in the extra field with tag 1, in this order. */
static void
read_zip64 (const guint8 *extra, gsize length, Part *part)
{
  guint64 *const values[] = { &part->unpacked, &part->packed, &part->offset };

  while (length >= 4)
    {
      guint tag = read_le (extra, 2);
      gsize size = MIN (read_le (extra + 2, 2), length - 4);
      const guint8 *p = extra + 4;

      for (guint i = 0; tag == 1 && i < G_N_ELEMENTS (values); i++)
        if (*values[i] == STORED_ELSEWHERE && p + 8 <= extra + 4 + size)
          {
            *values[i] = read_le (p, 4) | (guint64) read_le (p + 4, 4) << 32;
            p += 8;
          }
      extra += 4 + size;
      length -= 4 + size;
    }
}

static guint
sheet_number (const char *name, gsize length)
{
  g_autofree char *text = g_strndup (name, length);
  guint64 number = 0;

  if (g_str_has_prefix (text, SHEET_FOLDER) && g_str_has_suffix (text, ".xml"))
    number = g_ascii_strtoull (text + strlen (SHEET_FOLDER), NULL, 10);
  return number <= G_MAXUINT ? (guint) number : 0;
}

/* (element-type Part) */
static GArray *
read_directory (GInputStream *stream, goffset size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_autofree guint8 *directory = NULL;
  guint8 end[END_RECORD_BYTES];
  gsize length, at = 0;

  if (size < END_RECORD_BYTES)
    {
      fail (error, "it is too short");
      return NULL;
    }
  if (!read_at (stream, (guint64) size - END_RECORD_BYTES, end, END_RECORD_BYTES, cancellable,
                error))
    return NULL;
  length = read_le (end + 12, 4);
  if (read_le (end, 4) != END_MAGIC || length > (gsize) size)
    {
      fail (error, "it has no directory");
      return NULL;
    }
  directory = g_malloc (length + 1);
  if (!read_at (stream, read_le (end + 16, 4), directory, length, cancellable, error))
    return NULL;
  while (at + ENTRY_BYTES <= length && read_le (directory + at, 4) == ENTRY_MAGIC)
    {
      const guint8 *entry = directory + at;
      gsize name = read_le (entry + 28, 2), extra = read_le (entry + 30, 2);
      Part part = { read_le (entry + 20, 4), read_le (entry + 24, 4), read_le (entry + 42, 4), 0 };

      at += ENTRY_BYTES + name + extra + read_le (entry + 32, 2);
      if (at > length)
        break;
      read_zip64 (entry + ENTRY_BYTES + name, extra, &part);
      part.sheet = sheet_number ((const char *) entry + ENTRY_BYTES, name);
      g_array_append_val (parts, part);
    }
  if (parts->len == 0 || parts->len != read_le (end + 10, 2))
    {
      fail (error, "its directory is cut short");
      return NULL;
    }
  return g_steal_pointer (&parts);
}

static gboolean
parse (Reading *self, const char *bytes, gsize length, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (length == 0 || g_markup_parse_context_parse (self->parser, bytes, (gssize) length, &problem))
    return TRUE;
  return fail (error, problem->message);
}

/* The rows are left out of what is parsed: where they must have ended, the parser has to find the
 * end of what ROWS_BEGIN began. */
static gboolean
take_chunk (Reading *self, const char *chunk, gsize length, GError **error)
{
  guint64 start = self->at, rows_end;
  const char *found;
  gsize head = 0, tail;

  self->at += length;
  if (self->rows == 0)
    return parse (self, chunk, length, error);
  if (self->rows_start == G_MAXUINT64)
    {
      /* Only the first chunk comes here: heads are much shorter than it. */
      found = g_strstr_len (chunk, (gssize) length, ROWS_BEGIN);
      if (found == NULL)
        return fail (error, "a sheet has no rows");
      head = (gsize) (found - chunk) + strlen (ROWS_BEGIN);
      self->rows_start = start + head;
      if (!parse (self, chunk, head, error))
        return FALSE;
    }
  rows_end = self->rows_start + self->rows;
  if (rows_end >= self->at)
    return TRUE;
  tail = rows_end > start ? (gsize) (rows_end - start) : 0;
  return parse (self, chunk + tail, length - tail, error);
}

static gboolean
read_part (GInputStream *stream,
           const Part *part,
           Reading *reading,
           char *buffer,
           GCancellable *cancellable,
           GError **error)
{
  while (reading->at < part->unpacked)
    {
      gsize n;

      if (!g_input_stream_read_all (stream, buffer, BUFFER_BYTES, &n, cancellable, error))
        return FALSE;
      if (n == 0)
        break;
      if (!take_chunk (reading, buffer, n, error))
        return FALSE;
    }
  if (reading->at != part->unpacked)
    return fail (error, "a part has another length");
  return g_markup_parse_context_end_parse (reading->parser, NULL) ||
         fail (error, "a part is cut short");
}

static gboolean
check_part (GInputStream *stream,
            const Part *part,
            guint64 rows,
            char *buffer,
            GCancellable *cancellable,
            GError **error)
{
  static const GMarkupParser no_parser = { NULL };
  g_autoptr (GZlibDecompressor) inflate = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  g_autoptr (GMarkupParseContext) parser = g_markup_parse_context_new (&no_parser, 0, NULL, NULL);
  g_autoptr (GInputStream) unpacked = NULL;
  Reading reading = { parser, rows, G_MAXUINT64, 0 };
  guint8 local[LOCAL_BYTES];
  guint64 start;

  if (!read_at (stream, part->offset, local, LOCAL_BYTES, cancellable, error))
    return FALSE;
  if (read_le (local, 4) != LOCAL_MAGIC)
    return fail (error, "a part is not where it should be");
  start = part->offset + LOCAL_BYTES + read_le (local + 26, 2) + read_le (local + 28, 2);
  if (!g_seekable_seek (G_SEEKABLE (stream), (goffset) start, G_SEEK_SET, cancellable, error))
    return FALSE;
  unpacked = g_converter_input_stream_new (stream, G_CONVERTER (inflate));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (unpacked), FALSE);
  return read_part (unpacked, part, &reading, buffer, cancellable, error);
}

gboolean
ent_xlsx_check_file (const char *path,
                     const guint64 *sheet_bytes,
                     guint n_sheets,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GArray) parts = NULL;
  g_autofree char *buffer = NULL;
  guint seen = 0;

  if (stream == NULL)
    return FALSE;
  info =
      g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, error);
  if (info == NULL)
    return FALSE;
  parts = read_directory (G_INPUT_STREAM (stream), g_file_info_get_size (info), cancellable, error);
  if (parts == NULL)
    return FALSE;
  buffer = g_malloc (BUFFER_BYTES);
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);
      gboolean sheet = part->sheet > 0 && part->sheet <= n_sheets;

      seen += sheet;
      if (!check_part (G_INPUT_STREAM (stream), part, sheet ? sheet_bytes[part->sheet - 1] : 0,
                       buffer, cancellable, error))
        return FALSE;
    }
  return seen == n_sheets || fail (error, "a sheet is missing");
}
