/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are kept as one block of texts, already cut to their columns: a row takes about a hundred
 * bytes, and drawing a page is putting glyphs down. */

#include "config.h"

#include "ent-pdf-detail.h"

#include "ent-pdf-detail-columns.h"
#include "ent-pdf-glyphs.h"
#include "ent-text.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GAP 5.0
#define HEAD_HEIGHT 17.0
#define ROW_HEIGHT 13.0
/* More than any column of a page can show. */
#define MAX_CHARS 300
#define ROWS_PER_TICK 512
/* So many messages are looked at before the columns get their widths. */
#define SAMPLE_ROWS 400

struct _EntPdfDetail
{
  GArray *columns; /* EntPdfColumn */
  GString *texts;  /* of all cells, each with its NUL, row by row */
  GArray *starts;  /* gsize: of each row in @texts */
  EntPdfGlyphs *glyphs;
  EntPdfRun *run;
  char *note;
};

/* ---- Reading ---- */

typedef struct
{
  EntPdfDetail *self;
  EntExportDocument *document;
  EntRowReader *reader; /* not owned */
  EntPdfPen pen;        /* measures what the table of glyphs does not know */
  double width;         /* of the table */
  const EntColumn *wanted;
  guint n_wanted;
  char *left_out;
} Reading;

static char *
cell_text (Reading *reading, const EntCell *cell)
{
  switch (cell->kind)
    {
    case ENT_CELL_TEXT:
      return ent_text_for_display (cell->text, MAX_CHARS);
    case ENT_CELL_PHONE:
      return g_strconcat ("+", cell->text, NULL);
    case ENT_CELL_TIME:
      return ent_words_date_time_full (cell->number, reading->document->query->zone);
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

/* *@known: whether the table of glyphs has all its letters. */
static double
text_width (Reading *reading, const char *text, gboolean *known)
{
  double width = ent_pdf_glyphs_width (reading->self->glyphs, text);

  *known = width >= 0;
  return *known ? width : ent_pdf_pen_width (&reading->pen, ENT_PDF_STYLE_DETAIL, text);
}

static char *
make_text (Reading *reading, const EntMessage *message, EntColumn column)
{
  EntCoverage coverage = column == ENT_COLUMN_COVERAGE
                             ? ent_row_reader_get_coverage (reading->reader, message)
                             : ENT_COVERAGE_NONE;
  EntCell cell;

  ent_cell_make (reading->document->cells, column, coverage, &cell);
  return cell_text (reading, &cell);
}

static void
add_text (Reading *reading, const char *text, double width)
{
  EntPdfDetail *self = reading->self;
  g_autofree char *cut = NULL;
  gboolean known;

  if (text_width (reading, text, &known) > width)
    {
      reading->document->changes->cut_cells++;
      /* Otherwise Pango will end it with an ellipsis when it is drawn. */
      if (known)
        cut = ent_pdf_glyphs_cut (self->glyphs, text, width);
    }
  if (cut != NULL)
    text = cut;
  g_string_append_len (self->texts, text, (gssize) strlen (text) + 1);
}

static void
add_message (Reading *reading, const EntMessage *message)
{
  EntPdfDetail *self = reading->self;
  gsize start = self->texts->len;

  g_array_append_val (self->starts, start);
  ent_cell_maker_next_row (reading->document->cells, message);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EntPdfColumn *column = &g_array_index (self->columns, EntPdfColumn, i);
      g_autofree char *text = make_text (reading, message, column->column);

      add_text (reading, text, column->width);
    }
  reading->document->rows_written++;
}

/* How wide the texts of each column are in the first messages. */
static double *
measure_heads (Reading *reading)
{
  double *heads = g_new0 (double, reading->n_wanted);

  for (guint i = 0; i < reading->n_wanted; i++)
    heads[i] = 1 + ent_pdf_pen_width (&reading->pen, ENT_PDF_STYLE_DETAIL_HEAD,
                                      ent_words_column (reading->wanted[i]));
  return heads;
}

static double *
measure (Reading *reading, const double *heads, GPtrArray *sample)
{
  double *natural = g_memdup2 (heads, reading->n_wanted * sizeof (double));
  /* Looking is not printing: nothing is masked yet. */
  EntCellChanges changes = *reading->document->changes;
  gboolean known;

  for (guint row = 0; row < sample->len; row++)
    {
      const EntMessage *message = g_ptr_array_index (sample, row);

      ent_cell_maker_next_row (reading->document->cells, message);
      for (guint i = 0; i < reading->n_wanted; i++)
        {
          g_autofree char *text = make_text (reading, message, reading->wanted[i]);

          natural[i] = MAX (natural[i], 1 + text_width (reading, text, &known));
        }
    }
  *reading->document->changes = changes;
  return natural;
}

static void
begin_rows (Reading *reading, GPtrArray *sample)
{
  g_autofree double *heads = measure_heads (reading);
  g_autofree double *natural = measure (reading, heads, sample);

  reading->self->columns = ent_pdf_detail_columns (
      reading->wanted, heads, natural, reading->n_wanted, reading->width, GAP, &reading->left_out);
  for (guint i = 0; i < sample->len; i++)
    add_message (reading, g_ptr_array_index (sample, i));
}

static gboolean
read_messages (Reading *reading, GError **error)
{
  EntExportDocument *document = reading->document;
  g_autoptr (GPtrArray) sample =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ent_message_unref);
  g_autoptr (GError) local_error = NULL;
  const EntMessage *message;

  while ((message = ent_row_reader_next (reading->reader, document->cancellable, &local_error)) !=
         NULL)
    {
      if (reading->self->columns != NULL)
        add_message (reading, message);
      else
        g_ptr_array_add (sample, ent_message_copy (message));
      if (reading->self->columns == NULL && sample->len == SAMPLE_ROWS)
        begin_rows (reading, sample);
      /* Reading is half of the work: drawing is the other. */
      if (document->rows_written % ROWS_PER_TICK == 0 &&
          !ent_export_document_tick (document, document->rows_written / 2, &local_error))
        break;
    }
  if (reading->self->columns == NULL && local_error == NULL)
    begin_rows (reading, sample);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static char *
make_note (const EntExportDocument *document, const char *left_out)
{
  g_autofree char *written = ent_words_messages (document->rows_written);
  g_autofree char *expected = ent_words_messages (document->rows_expected);
  const char *zone = ent_zone_get_name (document->query->zone);
  GString *out = g_string_new (NULL);

  if (document->rows_skipped == 0)
    /* Translators: "1,204 messages; times in America/Sao_Paulo." */
    g_string_append_printf (out, C_ ("pdf", "%s; times in %s."), written, zone);
  else
    /* Translators: "The first 100,000 messages of 123,456 messages; times in America/Sao_Paulo." */
    g_string_append_printf (out, C_ ("pdf", "The first %s of %s; times in %s."), written, expected,
                            zone);
  if (left_out != NULL)
    {
      g_string_append_c (out, ' ');
      /* Translators: names of columns that do not fit on paper. */
      g_string_append_printf (out, C_ ("pdf", "Not on paper for want of room: %s."), left_out);
    }
  return g_string_free (out, FALSE);
}

/* The report's own columns; a report without a choice of its own prints those of the screen, since
 * all of them would not fit. */
static const EntColumn *
wanted_columns (const EntExportDocument *document, guint *n)
{
  const GArray *wanted = document->report->columns;

  if (wanted == NULL || wanted->len == 0)
    return ent_columns_default (n);
  *n = document->n_columns;
  return document->columns;
}

static gboolean
read_all (EntPdfDetail *self,
          EntExportDocument *document,
          EntRowReader *reader,
          double width,
          GError **error)
{
  Reading reading = { self, document, reader };
  cairo_t *cr = ent_pdf_measuring_cairo ();
  gboolean ok;

  reading.width = width;
  reading.wanted = wanted_columns (document, &reading.n_wanted);
  ent_pdf_pen_init (&reading.pen, cr, FALSE);
  ok = read_messages (&reading, error);
  ent_pdf_pen_clear (&reading.pen);
  cairo_destroy (cr);
  if (ok)
    self->note = make_note (document, reading.left_out);
  g_free (reading.left_out);
  return ok;
}

EntPdfDetail *
ent_pdf_detail_new (EntExportDocument *document, double width, guint max_rows, GError **error)
{
  g_autoptr (EntPdfDetail) self = g_new0 (EntPdfDetail, 1);
  g_autoptr (EntRowReader) reader = ent_export_document_read (document, error);

  self->texts = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->glyphs = ent_pdf_glyphs_new (ENT_PDF_STYLE_DETAIL);
  self->run = ent_pdf_run_new ();
  if (reader == NULL)
    return NULL;
  ent_row_reader_clip (reader, 0, max_rows);
  if (document->rows_expected > max_rows)
    document->rows_skipped = document->rows_expected - max_rows;
  if (!read_all (self, document, reader, width, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
ent_pdf_detail_free (EntPdfDetail *self)
{
  g_clear_pointer (&self->columns, g_array_unref);
  g_string_free (self->texts, TRUE);
  g_array_unref (self->starts);
  g_clear_pointer (&self->glyphs, ent_pdf_glyphs_free);
  g_clear_pointer (&self->run, ent_pdf_run_free);
  g_free (self->note);
  g_free (self);
}

guint
ent_pdf_detail_get_n_rows (const EntPdfDetail *self)
{
  return self->starts->len;
}

const char *
ent_pdf_detail_get_note (const EntPdfDetail *self)
{
  return self->note;
}

double
ent_pdf_detail_head_height (void)
{
  return HEAD_HEIGHT;
}

double
ent_pdf_detail_row_height (void)
{
  return ROW_HEIGHT;
}

/* ---- Drawing ---- */

static gboolean
is_number (EntColumn column)
{
  return ent_column_cell_kind (column) == ENT_CELL_INTEGER;
}

static void
draw_head (EntPdfDetail *self, EntPdfPen *pen, double x, double y)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EntPdfColumn *column = &g_array_index (self->columns, EntPdfColumn, i);

      ent_pdf_pen_text (pen, ENT_PDF_STYLE_DETAIL_HEAD, ent_words_column (column->column),
                        x + column->x, y + 4, column->width, is_number (column->column) ? 1 : 0);
    }
}

static void
draw_row (EntPdfDetail *self, EntPdfPen *pen, double x, double y, guint row)
{
  const char *text = self->texts->str + g_array_index (self->starts, gsize, row);

  for (guint i = 0; i < self->columns->len; i++, text += strlen (text) + 1)
    {
      const EntPdfColumn *column = &g_array_index (self->columns, EntPdfColumn, i);
      double left = x + column->x;

      if (*text == '\0')
        continue;
      if (is_number (column->column))
        left += MAX (0, column->width - ent_pdf_glyphs_width (self->glyphs, text));
      if (!ent_pdf_run_add (self->run, self->glyphs, text, left, y))
        ent_pdf_pen_text (pen, ENT_PDF_STYLE_DETAIL, text, x + column->x, y, column->width, 0);
    }
}

void
ent_pdf_detail_draw (
    EntPdfDetail *self, EntPdfPen *pen, double x, double y, double width, guint first, guint n)
{
  draw_head (self, pen, x, y);
  y += HEAD_HEIGHT;
  ent_pdf_pen_rule (pen, ENT_PDF_INK_RULE, x, y, width);
  for (guint i = 0; i < n; i++)
    {
      double top = y + i * ROW_HEIGHT;

      draw_row (self, pen, x, top + (ROW_HEIGHT - ent_pdf_style_line (ENT_PDF_STYLE_DETAIL)) / 2,
                first + i);
      ent_pdf_pen_rule (pen, ENT_PDF_INK_FAINT_RULE, x, top + ROW_HEIGHT, width);
    }
  ent_pdf_run_show (self->run, self->glyphs, pen);
}
