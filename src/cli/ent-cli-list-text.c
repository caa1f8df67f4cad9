/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text form of list. It streams, so a column's width is fixed, not measured. */

#include "config.h"

#include "ent-cli-list-text.h"

#include "ent-cli-output.h"
#include "ent-words.h"

#include "ent-phone.h"
#include "ent-text.h"

#include <stdio.h>
#include <unistd.h>

#define NO_LIMIT 65536

struct _EntCliListText
{
  const EntColumn *columns;
  guint n;
  EntZone *zone;
  gboolean aligned;
};

EntCliListText *
ent_cli_list_text_new (const EntColumn *columns, guint n, EntZone *zone)
{
  EntCliListText *self = g_new0 (EntCliListText, 1);

  self->columns = columns;
  self->n = n;
  self->zone = ent_zone_ref (zone);
  self->aligned = ent_cli_is_terminal (STDOUT_FILENO);
  return self;
}

void
ent_cli_list_text_free (EntCliListText *self)
{
  ent_zone_unref (self->zone);
  g_free (self);
}

static guint
width_of (EntColumn column)
{
  switch (ent_column_cell_kind (column))
    {
    case ENT_CELL_TIME:
      return 20;
    case ENT_CELL_PHONE:
      return 20;
    case ENT_CELL_INTEGER:
    case ENT_CELL_FLAG:
      return 8;
    case ENT_CELL_WORD:
      return column == ENT_COLUMN_REASON ? 24 : 14;
    case ENT_CELL_TEXT:
    case ENT_CELL_EMPTY:
    default:
      return column == ENT_COLUMN_CONTENT ? 40 : column == ENT_COLUMN_MESSAGE_ID ? 36 : 18;
    }
}

char *
ent_cli_cell_text (const EntCell *cell, const EntZone *zone, gsize max_chars)
{
  switch (cell->kind)
    {
    case ENT_CELL_TEXT:
      return g_strdelimit (ent_text_for_display (cell->text, max_chars), "\t", ' ');
    case ENT_CELL_PHONE:
      return ent_phone_format (cell->text);
    case ENT_CELL_TIME:
      return ent_words_date_time_full (cell->number, zone);
    case ENT_CELL_INTEGER:
      return ent_words_count (cell->number);
    case ENT_CELL_FLAG:
      return g_strdup (ent_words_flag (cell->number != 0));
    case ENT_CELL_WORD:
      return g_strdup (cell->word);
    case ENT_CELL_EMPTY:
    default:
      return g_strdup ("");
    }
}

/* Blanks up to the column's width; a wide sign takes two places. */
static void
put_aligned (const char *text, guint width)
{
  guint used = 0;
  const char *p = text;

  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);
      guint places = g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;

      if (used + places > width)
        break;
      used += places;
      p = g_utf8_next_char (p);
    }
  fwrite (text, 1, (gsize) (p - text), stdout);
  for (; used < width; used++)
    fputc (' ', stdout);
}

static void
put_cell (EntCliListText *self, guint index, const char *text)
{
  gboolean last = index + 1 == self->n;

  if (!self->aligned || last)
    ent_cli_put (text);
  else
    put_aligned (text, width_of (self->columns[index]));
  ent_cli_put (last ? "\n" : self->aligned ? "  " : "\t");
}

void
ent_cli_list_text_head (EntCliListText *self)
{
  for (guint i = 0; i < self->n; i++)
    put_cell (self, i, ent_words_column (self->columns[i]));
}

void
ent_cli_list_text_row (EntCliListText *self, EntCellMaker *maker, EntCoverage coverage)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *text = NULL;
      EntCell cell;

      ent_cell_make (maker, self->columns[i], coverage, &cell);
      text = ent_cli_cell_text (&cell, self->zone,
                                self->aligned ? width_of (self->columns[i]) : NO_LIMIT);
      put_cell (self, i, text);
    }
}
