/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a zone of the system's tz database (RFC 8536) into a table of spans. Not by GTimeZone:
 * that one ends its rules in 2037, takes "BRT3" for a zone, and answers too slowly for a question
 * asked once per message. Reads one file of the system when a zone is made; any thread. */

#include "config.h"

#include "ent-quote-private.h"
#include "ent-zone-private.h"

#include <string.h>

#define HEADER_BYTES 44
/* The largest file of the tz database has under 4 kB. */
#define MAX_FILE_BYTES (1024 * 1024)
#define MAX_NAME_BYTES 64
/* Changes beyond these (the "big bang" that some files start with) say nothing of use and would
 * overflow milliseconds. About 300,000 years. */
#define MAX_SECONDS G_GINT64_CONSTANT (10000000000000)
#define MAX_OFFSET_SECONDS (26 * 3600)
/* The last year of files written for old readers. */
#define LAST_FAT_YEAR 2037

typedef struct
{
  const guint8 *data;
  gsize length;
  gsize at;
} Reader;

typedef struct
{
  guint8 version;
  guint32 is_ut;
  guint32 is_standard;
  guint32 leaps;
  guint32 times;
  guint32 types;
  guint32 chars;
} Header;

static const guint8 *
take (Reader *self, gsize n)
{
  if (n > self->length - self->at)
    return NULL;

  self->at += n;
  return self->data + self->at - n;
}

static gint64
big_endian (const guint8 *bytes, guint n)
{
  /* Starts from the sign, so that the shifts carry it up. */
  guint64 value = (bytes[0] & 0x80) != 0 ? ~G_GUINT64_CONSTANT (0) : 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return (gint64) value;
}

static gboolean
take_header (Reader *self, Header *header)
{
  const guint8 *bytes = take (self, HEADER_BYTES);
  guint32 *counts[] = { &header->is_ut, &header->is_standard, &header->leaps,
                        &header->times, &header->types,       &header->chars };

  if (bytes == NULL || memcmp (bytes, "TZif", 4) != 0)
    return FALSE;

  header->version = bytes[4];
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      *counts[i] = (guint32) big_endian (bytes + 20 + 4 * i, 4);
      if (*counts[i] > MAX_FILE_BYTES)
        return FALSE;
    }
  return header->types > 0;
}

static gsize
block_bytes (const Header *header, guint time_size)
{
  return (gsize) header->times * (time_size + 1) + (gsize) header->types * 6 + header->chars +
         (gsize) header->leaps * (time_size + 4) + header->is_standard + header->is_ut;
}

/* Appends a change of offset; changes that change nothing are dropped. */
static void
add_span (GArray *spans, gint64 start, gint64 offset)
{
  EntZoneSpan *last = &g_array_index (spans, EntZoneSpan, spans->len - 1);

  /* Permanent summer time is written as an end and a beginning at one instant. */
  if (start == last->start && spans->len > 1)
    {
      g_array_set_size (spans, spans->len - 1);
      last--;
    }
  if (offset != last->offset)
    {
      EntZoneSpan span = { .start = start, .offset = offset };

      g_array_append_val (spans, span);
    }
}

static gboolean
take_spans (Reader *self, const Header *header, guint time_size, GArray *spans)
{
  const guint8 *times, *indices, *types;
  gint64 last = G_MININT64;

  /* Files with leap seconds count another time than ours. */
  if (header->leaps != 0 || block_bytes (header, time_size) > self->length - self->at)
    return FALSE;

  times = take (self, (gsize) header->times * time_size);
  indices = take (self, header->times);
  types = take (self, (gsize) header->types * 6);
  take (self, (gsize) header->chars + header->is_standard + header->is_ut);

  for (guint32 i = 0; i <= header->times; i++)
    {
      /* Before the first change the first type holds. */
      guint8 type = i == 0 ? 0 : indices[i - 1];
      gint64 start = i == 0 ? G_MININT64 : big_endian (times + (i - 1) * time_size, time_size);
      gint64 offset;

      if (type >= header->types || (i > 0 && start <= last))
        return FALSE;
      offset = big_endian (types + type * 6, 4);
      if (ABS (offset) > MAX_OFFSET_SECONDS || start > MAX_SECONDS)
        return FALSE;

      last = start;
      if (start < -MAX_SECONDS)
        {
          EntZoneSpan span = { .start = G_MININT64, .offset = offset * ENT_SECOND_MS };

          g_array_set_size (spans, 0);
          g_array_append_val (spans, span);
        }
      else
        {
          add_span (spans, start * ENT_SECOND_MS, offset * ENT_SECOND_MS);
        }
    }
  return TRUE;
}

static int
year_of (gint64 instant)
{
  int year;

  ent_day_to_ymd ((EntDay) (instant / ENT_DAY_MS), &year, NULL, NULL);
  return year;
}

/* Writes the rule out for a whole cycle of the calendar behind the listed changes. */
static void
expand_rule (const EntZoneRule *rule, GArray *spans, gint64 *cycle_from)
{
  gint64 listed = g_array_index (spans, EntZoneSpan, spans->len - 1).start;
  int first = listed == G_MININT64 ? 1970 : year_of (listed);
  int cycle = MAX (first, LAST_FAT_YEAR) + 1;

  for (int year = first; year <= cycle + 401; year++)
    {
      gint64 begin, end;

      ent_zone_rule_changes (rule, year, &begin, &end);
      for (guint i = 0; i < 2; i++)
        {
          gboolean is_begin = (begin < end) == (i == 0);
          gint64 start = is_begin ? begin : end;

          if (start > listed)
            add_span (spans, start, is_begin ? rule->summer : rule->standard);
        }
    }
  *cycle_from = ent_day_from_ymd (cycle, 1, 1) * ENT_DAY_MS;
}

/* The line behind the second block; a file may leave it empty. */
static gboolean
take_rule (Reader *self, GArray *spans, gint64 *cycle_from)
{
  const guint8 *open = take (self, 1);
  const char *text = (const char *) self->data + self->at;
  const char *close = NULL;
  EntZoneRule rule;

  if (open == NULL || *open != '\n')
    return FALSE;
  close = memchr (text, '\n', self->length - self->at);
  if (close == NULL)
    return FALSE;
  if (close == text)
    return TRUE;
  if (!ent_zone_rule_parse (&rule, text, (gsize) (close - text)))
    return FALSE;
  if (rule.has_summer)
    expand_rule (&rule, spans, cycle_from);
  return TRUE;
}

/* How far the wall clock had come before each span. */
static void
fill_reached (GArray *spans)
{
  gint64 reached = G_MININT64;

  for (guint i = 0; i < spans->len; i++)
    {
      EntZoneSpan *span = &g_array_index (spans, EntZoneSpan, i);

      if (i > 0)
        reached = MAX (reached, span->start + span[-1].offset);
      span->reached = reached;
    }
}

static gboolean
parse (Reader *reader, GArray *spans, gint64 *cycle_from)
{
  Header header;

  if (!take_header (reader, &header))
    return FALSE;
  if (header.version == 0)
    return take_spans (reader, &header, 4, spans);

  return take (reader, block_bytes (&header, 4)) != NULL && take_header (reader, &header) &&
         take_spans (reader, &header, 8, spans) && take_rule (reader, spans, cycle_from);
}

GArray *
ent_zone_file_parse (const guint8 *data, gsize length, gint64 *cycle_from, GError **error)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (EntZoneSpan));
  Reader reader = { data, length, 0 };

  *cycle_from = G_MAXINT64;
  if (!parse (&reader, spans, cycle_from))
    {
      g_set_error_literal (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID,
                           "not a time zone file that can be understood");
      return NULL;
    }

  fill_reached (spans);
  return g_steal_pointer (&spans);
}

const char *
ent_zone_file_folder (void)
{
  const char *folder = g_getenv ("TZDIR");

  return folder != NULL && *folder != '\0' ? folder : "/usr/share/zoneinfo";
}

/* Names as the tz database writes them: no way out of its folder, none of its other files. */
static gboolean
is_zone_name (const char *name)
{
  if (!g_ascii_isalpha (*name) || strlen (name) > MAX_NAME_BYTES)
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("/_+-", *p) == NULL)
        return FALSE;
      if (*p == '/' && !g_ascii_isalpha (p[1]))
        return FALSE;
    }

  return !g_str_has_prefix (name, "posix/") && !g_str_has_prefix (name, "right/") &&
         !g_str_equal (name, "posixrules") && !g_str_equal (name, "localtime");
}

GArray *
ent_zone_file_read (const char *name, gint64 *cycle_from, GError **error)
{
  g_autofree char *quoted = ent_quote (name, -1);
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  gsize length = 0;
  GArray *spans;

  if (is_zone_name (name))
    path = g_build_filename (ent_zone_file_folder (), name, NULL);
  if (path == NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR) ||
      !g_file_get_contents (path, &data, &length, NULL))
    {
      g_set_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID,
                   "%s is not a time zone: expected a name such as America/Sao_Paulo", quoted);
      return NULL;
    }

  spans =
      ent_zone_file_parse ((const guint8 *) data, MIN (length, MAX_FILE_BYTES), cycle_from, error);
  if (spans == NULL)
    g_prefix_error (error, "%s: ", quoted);
  return spans;
}
