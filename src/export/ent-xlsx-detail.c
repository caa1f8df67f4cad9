/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages: one row each, on as many sheets as they need. Rows are written in order and never
 * held, so that any number of them takes the same memory. */

#include "config.h"

#include "ent-xlsx-sheets.h"

#include "ent-words.h"

#include <glib/gi18n-lib.h>

#define ROWS_PER_TICK 1024
/* Pixels of the window to characters of a spreadsheet. */
#define PIXELS_PER_CHARACTER 7.0
#define MAX_PHONE_BYTES 64

typedef struct
{
  EntXlsxBook *book;
  EntExportDocument *document;
  EntXlsxSheet *sheet; /* being written; NULL between sheets */
  guint row;           /* the next */
  guint part;
  guint parts;
} Detail;

static double
usual_width (EntColumn column)
{
  switch (ent_column_cell_kind (column))
    {
    case ENT_CELL_TIME:
      return 20;
    case ENT_CELL_PHONE:
      return 18;
    case ENT_CELL_INTEGER:
    case ENT_CELL_FLAG:
      return 12;
    case ENT_CELL_WORD:
      return 16;
    case ENT_CELL_EMPTY:
    case ENT_CELL_TEXT:
    default:
      if (column == ENT_COLUMN_CONTENT)
        return 60;
      return column == ENT_COLUMN_MESSAGE_ID || column == ENT_COLUMN_CAMPAIGN ? 30 : 22;
    }
}

static double
column_width (const EntExportDocument *document, guint index)
{
  const GArray *wanted = document->report->columns;

  if (wanted != NULL && index < wanted->len)
    {
      int pixels = g_array_index (wanted, EntReportColumn, index).width;

      if (pixels > 0)
        return CLAMP (pixels / PIXELS_PER_CHARACTER, 4, 120);
    }
  return usual_width (document->columns[index]);
}

static void
begin_sheet (Detail *self)
{
  g_autofree char *name = NULL;

  self->part++;
  if (self->parts > 1)
    name = g_strdup_printf ("%s %u", C_ ("sheet", "Detailed"), self->part);
  else
    name = g_strdup (C_ ("sheet", "Detailed"));
  self->sheet = ent_xlsx_book_add_sheet (self->book, name);
  ent_xlsx_head_lines (self->sheet, 0, 3);
  for (guint i = 0; i < self->document->n_columns; i++)
    {
      g_autofree char *head =
          ent_column_head (self->document->columns[i], self->document->query->zone);

      ent_xlsx_width (self->sheet, i, column_width (self->document, i));
      ent_xlsx_text (self->sheet, 0, i, head,
                     ent_column_cell_kind (self->document->columns[i]) == ENT_CELL_INTEGER
                         ? ENT_XLSX_HEAD_NUMBER
                         : ENT_XLSX_HEAD);
    }
  self->row = 1;
}

static void
end_sheet (Detail *self)
{
  ent_xlsx_table_habits (self->sheet, self->row, self->document->n_columns);
  g_clear_pointer (&self->sheet, ent_xlsx_sheet_free);
}

static void
write_cell (Detail *self, guint column, const EntCell *cell)
{
  char phone[MAX_PHONE_BYTES];

  switch (cell->kind)
    {
    case ENT_CELL_TEXT:
      ent_xlsx_text (self->sheet, self->row, column, cell->text, ENT_XLSX_PLAIN);
      break;
    case ENT_CELL_PHONE:
      phone[0] = '+';
      g_strlcpy (phone + 1, cell->text, sizeof phone - 1);
      ent_xlsx_text (self->sheet, self->row, column, phone, ENT_XLSX_PLAIN);
      break;
    case ENT_CELL_TIME:
      ent_xlsx_instant (self->sheet, self->row, column, cell->number);
      break;
    case ENT_CELL_INTEGER:
      ent_xlsx_count (self->sheet, self->row, column, cell->number);
      break;
    case ENT_CELL_FLAG:
      ent_xlsx_text (self->sheet, self->row, column, ent_words_flag (cell->number != 0),
                     ENT_XLSX_PLAIN);
      break;
    case ENT_CELL_WORD:
      ent_xlsx_text (self->sheet, self->row, column, cell->word, ENT_XLSX_PLAIN);
      break;
    case ENT_CELL_EMPTY:
    default:
      break;
    }
}

static void
write_message (Detail *self, EntRowReader *reader, const EntMessage *message)
{
  EntExportDocument *document = self->document;

  ent_cell_maker_next_row (document->cells, message);
  for (guint i = 0; i < document->n_columns; i++)
    {
      EntColumn column = document->columns[i];
      EntCoverage coverage = column == ENT_COLUMN_COVERAGE
                                 ? ent_row_reader_get_coverage (reader, message)
                                 : ENT_COVERAGE_NONE;
      EntCell cell;

      ent_cell_make (document->cells, column, coverage, &cell);
      write_cell (self, i, &cell);
    }
  self->row++;
  document->rows_written++;
}

static gboolean
write_messages (Detail *self, EntRowReader *reader, GError **error)
{
  EntExportDocument *document = self->document;
  g_autoptr (GError) local_error = NULL;
  const EntMessage *message;

  while ((message = ent_row_reader_next (reader, document->cancellable, &local_error)) != NULL)
    {
      if (self->row >= self->book->limits.rows)
        {
          end_sheet (self);
          begin_sheet (self);
        }
      write_message (self, reader, message);
      if (document->rows_written % ROWS_PER_TICK == 0 &&
          (!ent_xlsx_book_check (self->book, &local_error) ||
           !ent_export_document_tick (document, document->rows_written, &local_error)))
        break;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
ent_xlsx_write_detailed (EntXlsxBook *book, EntExportDocument *document, GError **error)
{
  g_autoptr (EntRowReader) reader = ent_export_document_read (document, error);
  guint per_sheet = book->limits.rows - 1;
  Detail self = { .book = book, .document = document };
  gboolean ok;

  if (reader == NULL)
    return FALSE;
  self.parts = MAX (1, (ent_row_reader_get_size (reader) + per_sheet - 1) / per_sheet);
  begin_sheet (&self);
  ok = write_messages (&self, reader, error);
  end_sheet (&self);
  return ok && ent_xlsx_book_check (book, error);
}
