/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules for texts in cells that hold for CSV and spreadsheets alike, and rows as JSON. Pure. */

#include "config.h"

#include "ent-cell.h"

#include <string.h>

#define CUT_MARK " […]"
#define CUT_MARK_UNITS 4
#define MIN_NUMBER_DIGITS 7
#define MAX_NUMBER_DIGITS 15

/* = + - @ and their full-width forms, tab, CR, LF */
static gboolean
is_trigger (gunichar c)
{
  return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r' || c == '\n' ||
         c == 0xff1d || c == 0xff0b || c == 0xff0d || c == 0xff20;
}

static gboolean
is_blank (gunichar c)
{
  /* U+FEFF and the zero-width ones are dropped by some readers. */
  return g_unichar_isspace (c) || c == 0xfeff || (c >= 0x200b && c <= 0x200d);
}

gboolean
ent_text_bites (const char *text)
{
  /* Nearly every text starts with a letter or a digit. */
  if (g_ascii_isalnum (*text))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_trigger (c))
        return TRUE;
      if (!is_blank (c))
        return FALSE;
    }
  return FALSE;
}

gboolean
ent_text_is_international_number (const char *text)
{
  gsize digits;

  if (*text != '+')
    return FALSE;
  digits = strspn (text + 1, "0123456789");
  return text[1 + digits] == '\0' && digits >= MIN_NUMBER_DIGITS && digits <= MAX_NUMBER_DIGITS;
}

/* The longest beginning of @text within @units of UTF-16, the measure of spreadsheets. */
static const char *
end_within (const char *text, guint units)
{
  guint used = 0;
  const char *p = text;

  while (*p != '\0')
    {
      used += g_utf8_get_char (p) > 0xffff ? 2 : 1;
      if (used > units)
        return p;
      p = g_utf8_next_char (p);
    }
  return p;
}

char *
ent_text_cut_for_cell (const char *text)
{
  const char *end;

  /* No text has more units than bytes. */
  if (strlen (text) <= ENT_CELL_MAX_UNITS)
    return NULL;
  if (*end_within (text, ENT_CELL_MAX_UNITS) == '\0')
    return NULL;
  end = end_within (text, ENT_CELL_MAX_UNITS - CUT_MARK_UNITS);
  return g_strdup_printf ("%.*s" CUT_MARK, (int) (end - text), text);
}

void
ent_json_append_string (GString *out, const char *text)
{
  const char *start = text;
  const char *p;

  g_string_append_c (out, '"');
  for (p = text; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (out, start, p - start);
      start = p + 1;
      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == '\t')
        g_string_append (out, "\\t");
      else if (c == '\r')
        g_string_append (out, "\\r");
      else
        g_string_append_printf (out, "\\u%04x", c);
    }
  g_string_append_len (out, start, p - start);
  g_string_append_c (out, '"');
}

void
ent_json_append_member (GString *out, const char *key, const char *text)
{
  g_string_append_printf (out, ",\"%s\":", key);
  if (text != NULL)
    ent_json_append_string (out, text);
  else
    g_string_append (out, "null");
}

static void
append_json_cell (GString *out, const EntCell *cell)
{
  g_autofree char *text = NULL;

  switch (cell->kind)
    {
    case ENT_CELL_TEXT:
    case ENT_CELL_WORD:
      ent_json_append_string (out, cell->text);
      break;
    case ENT_CELL_PHONE:
      g_string_append_printf (out, "\"+%s\"", cell->text);
      break;
    case ENT_CELL_TIME:
      text = ent_instant_format (cell->number);
      ent_json_append_string (out, text);
      break;
    case ENT_CELL_INTEGER:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, cell->number);
      break;
    case ENT_CELL_FLAG:
      g_string_append (out, cell->number != 0 ? "true" : "false");
      break;
    case ENT_CELL_EMPTY:
    default:
      g_string_append (out, "null");
      break;
    }
}

void
ent_cells_append_json (
    GString *out, EntCellMaker *maker, const EntColumn *columns, guint n, EntCoverage coverage)
{
  g_string_append_c (out, '{');
  for (guint i = 0; i < n; i++)
    {
      EntCell cell;

      ent_cell_make (maker, columns[i], coverage, &cell);
      g_string_append_printf (out, "%s\"%s\":", i > 0 ? "," : "", ent_column_key (columns[i]));
      append_json_cell (out, &cell);
    }
  g_string_append_c (out, '}');
}
