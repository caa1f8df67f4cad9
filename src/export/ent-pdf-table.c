/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns, lines and cells of the tables. Texts are made when they are drawn, so that a table costs
 * no more than its summary. */

#include "config.h"

#include "ent-pdf-table.h"

#include "ent-words.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_HEIGHT 26.0
#define LINE_HEIGHT 25.0
#define PLAIN_LINE_HEIGHT 17.0
#define GAP 6.0

/* What a column shows of a line's counters. */
typedef enum
{
  COLUMN_NAME,
  COLUMN_STAGE,
  COLUMN_SHARE, /* of all, of the first kind of count of this table */
  COLUMN_COVERAGE,
} ColumnKind;

typedef struct
{
  ColumnKind kind;
  EntStage stage;
  int rate;      /* EntRate below the count; -1 none */
  double weight; /* of the table's width */
} Column;

static const Column funnel_columns[] = {
  { COLUMN_NAME, ENT_STAGE_TOTAL, -1, 18 },
  { COLUMN_STAGE, ENT_STAGE_TOTAL, -1, 9.5 },
  { COLUMN_STAGE, ENT_STAGE_SENT, ENT_RATE_SENT, 12.5 },
  { COLUMN_STAGE, ENT_STAGE_DELIVERED, ENT_RATE_DELIVERED, 12.5 },
  { COLUMN_STAGE, ENT_STAGE_READ, ENT_RATE_READ, 13.5 },
  { COLUMN_STAGE, ENT_STAGE_ERRORS, ENT_RATE_ERROR, 12.5 },
  { COLUMN_STAGE, ENT_STAGE_PENDING, -1, 9.5 },
  { COLUMN_STAGE, ENT_STAGE_RECEIVED, -1, 9.5 },
  { COLUMN_COVERAGE, ENT_STAGE_TOTAL, -1, 12 },
};
/* The same for what is no time: its coverage is that of the period. */
static const Column dimension_columns[] = {
  { COLUMN_NAME, ENT_STAGE_TOTAL, -1, 29 },
  { COLUMN_STAGE, ENT_STAGE_TOTAL, -1, 9.5 },
  { COLUMN_STAGE, ENT_STAGE_SENT, ENT_RATE_SENT, 12.5 },
  { COLUMN_STAGE, ENT_STAGE_DELIVERED, ENT_RATE_DELIVERED, 12.5 },
  { COLUMN_STAGE, ENT_STAGE_READ, ENT_RATE_READ, 13.5 },
  { COLUMN_STAGE, ENT_STAGE_ERRORS, ENT_RATE_ERROR, 12.5 },
  { COLUMN_STAGE, ENT_STAGE_PENDING, -1, 9.5 },
  { COLUMN_STAGE, ENT_STAGE_RECEIVED, -1, 9.5 },
};
static const Column reason_columns[] = {
  { COLUMN_NAME, ENT_STAGE_ERRORS, -1, 60 },
  { COLUMN_STAGE, ENT_STAGE_SEND_FAILED, -1, 12 },
  { COLUMN_STAGE, ENT_STAGE_NOT_DELIVERED, -1, 12 },
  { COLUMN_SHARE, ENT_STAGE_ERRORS, -1, 16 },
};
static const Column share_columns[] = {
  { COLUMN_NAME, ENT_STAGE_TOTAL, -1, 60 },
  { COLUMN_SHARE, ENT_STAGE_TOTAL, -1, 18 },
};

static const Column *
columns_of (const EntPdfTable *self, guint *n)
{
  switch (self->kind)
    {
    case ENT_PDF_TABLE_REASONS:
      *n = G_N_ELEMENTS (reason_columns);
      return reason_columns;
    case ENT_PDF_TABLE_SHARES:
      *n = G_N_ELEMENTS (share_columns);
      return share_columns;
    case ENT_PDF_TABLE_FUNNEL:
    default:
      if (!ent_by_is_time (self->summary->by))
        {
          *n = G_N_ELEMENTS (dimension_columns);
          return dimension_columns;
        }
      *n = G_N_ELEMENTS (funnel_columns);
      return funnel_columns;
    }
}

/* ---- Making ---- */

static gint64
share_count (const EntPdfTable *self, const EntCounters *counters)
{
  if (self->kind == ENT_PDF_TABLE_REASONS)
    return ent_counters_errors (counters);
  return counters->total + counters->received;
}

EntPdfTable *
ent_pdf_table_new (EntSummary *summary,
                   EntPdfTableKind kind,
                   EntPercentBase percent_of,
                   gboolean has_rates,
                   guint max_rows,
                   gboolean whole)
{
  EntPdfTable *self = g_new0 (EntPdfTable, 1);

  self->kind = kind;
  self->summary = ent_summary_ref (summary);
  self->percent_of = percent_of;
  self->has_rates = has_rates;
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < summary->n_rows; i++)
    {
      const EntCounters *counters = &summary->rows[i].counters;

      if (!whole && kind != ENT_PDF_TABLE_FUNNEL && share_count (self, counters) == 0)
        continue;
      ent_counters_sum (&self->all, counters);
      if (self->order->len < max_rows)
        g_array_append_val (self->order, i);
      else
        {
          self->n_rest++;
          ent_counters_sum (&self->rest, counters);
        }
    }
  return self;
}

void
ent_pdf_table_free (EntPdfTable *self)
{
  ent_summary_unref (self->summary);
  g_array_unref (self->order);
  g_free (self);
}

guint
ent_pdf_table_get_n_lines (const EntPdfTable *self)
{
  return self->order->len + (self->n_rest > 0 ? 1 : 0) + 1;
}

double
ent_pdf_table_head_height (const EntPdfTable *self)
{
  return HEAD_HEIGHT;
}

double
ent_pdf_table_line_height (const EntPdfTable *self)
{
  if (self->kind == ENT_PDF_TABLE_REASONS)
    return LINE_HEIGHT + ent_pdf_style_line (ENT_PDF_STYLE_TABLE_NOTE);
  /* Without percentages there is one line of text. */
  return self->kind == ENT_PDF_TABLE_FUNNEL && !self->has_rates ? PLAIN_LINE_HEIGHT : LINE_HEIGHT;
}

/* ---- Lines ---- */

typedef struct
{
  const EntSummaryRow *row; /* NULL for the rest and for the sum */
  const EntCounters *counters;
  gboolean sum;
} Line;

static Line
line_at (const EntPdfTable *self, guint index)
{
  if (index < self->order->len)
    {
      const EntSummaryRow *row = &self->summary->rows[g_array_index (self->order, guint, index)];

      return (Line){ row, &row->counters, FALSE };
    }
  if (index == self->order->len && self->n_rest > 0)
    return (Line){ NULL, &self->rest, FALSE };
  return (Line){ NULL, &self->all, TRUE };
}

/* On paper a date has its year, whatever year it is read in. */
static char *
row_name (EntBy by, const char *key)
{
  g_autofree char *date = g_strndup (key, 10);
  g_autofree char *full = NULL;
  EntDay day;

  if ((by == ENT_BY_DAY || by == ENT_BY_HOUR) && ent_day_parse (date, &day, NULL))
    {
      full = ent_words_day_full (day);
      if (by == ENT_BY_DAY)
        return g_strdup_printf ("%s %s", ent_words_weekday_short (ent_day_weekday (day)), full);
      return g_strdup_printf ("%s %s:00", full, strlen (key) == 13 ? key + 11 : "");
    }
  if (by == ENT_BY_WEEK && strlen (key) == 8)
    {
      day = ent_day_week_start (ent_day_from_ymd (atoi (key), 1, 4)) + 7 * (atoi (key + 6) - 1);
      return ent_words_day_range_full (day, day + 6);
    }
  return ent_words_row (by, key);
}

static char *
line_name (const EntPdfTable *self, const Line *line)
{
  g_autofree char *count = NULL;

  if (line->row != NULL)
    return row_name (self->summary->by, line->row->key);
  if (line->sum)
    return g_strdup (C_ ("table", "Total"));
  count = ent_words_count (self->n_rest);
  /* Translators: the line below the rows that are printed one by one. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s other", "%s others", self->n_rest),
                          count);
}

/* A time that was never synchronised has no numbers. */
static gboolean
is_missing (const Line *line)
{
  return line->row != NULL && line->row->coverage == ENT_COVERAGE_NONE &&
         line->counters->total == 0 && line->counters->received == 0;
}

static char *
ratio_text (EntRate rate, gboolean at_least, EntRatio ratio)
{
  int tenths = ent_ratio_tenths (ratio);
  g_autofree char *percent =
      at_least ? ent_words_rate_tenths (rate, tenths) : ent_words_tenths (tenths);
  g_autofree char *denominator = ent_words_count (ratio.denominator);

  if (tenths == ENT_TENTHS_NONE)
    return g_strdup (ENT_WORDS_NONE);
  /* Translators: a percentage and what it is a part of: "96.2 % of 10,240". */
  return g_strdup_printf (C_ ("table", "%s of %s"), percent, denominator);
}

/* ---- Drawing ---- */

typedef struct
{
  const EntPdfTable *table;
  EntPdfPen *pen;
  double line_height;
} Drawing;

static EntPdfStyle
cell_style (const Line *line)
{
  return line->sum ? ENT_PDF_STYLE_TABLE_TOTAL : ENT_PDF_STYLE_TABLE_CELL;
}

/* The counts of a line stand at one height, whether there is something below them or not. */
static double
count_top (const Drawing *self, double y)
{
  double height = ent_pdf_style_line (ENT_PDF_STYLE_TABLE_CELL);

  if (self->line_height > PLAIN_LINE_HEIGHT)
    height += ent_pdf_style_line (ENT_PDF_STYLE_TABLE_NOTE);
  return y + (self->line_height - height) / 2;
}

static void
draw_number (Drawing *self,
             const Line *line,
             const char *number,
             const char *note,
             double x,
             double y,
             double width)
{
  double height = ent_pdf_style_line (ENT_PDF_STYLE_TABLE_CELL);
  double top = count_top (self, y);

  ent_pdf_pen_number (self->pen, cell_style (line), number, x, top, width, 1);
  if (note != NULL)
    ent_pdf_pen_number (self->pen, ENT_PDF_STYLE_TABLE_NOTE, note, x, top + height, width, 1);
}

static void
draw_stage (Drawing *self, const Column *column, const Line *line, double x, double y, double width)
{
  g_autofree char *number = NULL;
  g_autofree char *note = NULL;

  if (is_missing (line))
    number = g_strdup (ENT_WORDS_NONE);
  else
    number = ent_words_count (ent_counters_stage (line->counters, column->stage));
  if (self->table->has_rates && column->rate >= 0 && !is_missing (line))
    note = ratio_text (
        (EntRate) column->rate, TRUE,
        ent_counters_rate (line->counters, (EntRate) column->rate, self->table->percent_of));
  draw_number (self, line, number, note, x, y, width);
}

static void
draw_share (Drawing *self, const Line *line, double x, double y, double width)
{
  EntRatio ratio = { share_count (self->table, line->counters),
                     share_count (self->table, &self->table->all) };
  g_autofree char *number = ent_words_count (ratio.numerator);
  g_autofree char *note = ratio_text (ENT_RATE_ERROR, FALSE, ratio);

  draw_number (self, line, number, note, x, y, width);
}

static void
draw_name (Drawing *self, const Line *line, double x, double y, double width)
{
  g_autofree char *name = line_name (self->table, line);
  const char *help = NULL;
  double height = ent_pdf_style_line (ENT_PDF_STYLE_TABLE_CELL);
  double note_height = ent_pdf_style_line (ENT_PDF_STYLE_TABLE_NOTE);
  guint lines;

  if (self->table->kind == ENT_PDF_TABLE_REASONS && line->row != NULL)
    {
      EntReason reason;

      if (ent_reason_from_key (line->row->key, &reason))
        help = ent_words_reason_help (reason);
    }
  if (help != NULL && *help != '\0')
    {
      double top = y + (self->line_height - height - 2 * note_height) / 2;

      ent_pdf_pen_text (self->pen, cell_style (line), name, x, top, width, 0);
      ent_pdf_pen_box (self->pen, ENT_PDF_STYLE_TABLE_NOTE, help, x, top + height, width, 2);
      return;
    }
  lines = self->line_height >= LINE_HEIGHT
              ? MIN (2, ent_pdf_pen_count_lines (self->pen, cell_style (line), name, width))
              : 1;
  /* On one line with the counts; two lines take the middle. */
  if (lines == 1 && self->line_height > PLAIN_LINE_HEIGHT)
    y += (self->line_height - height - note_height) / 2;
  else
    y += (self->line_height - lines * height) / 2;
  ent_pdf_pen_box (self->pen, cell_style (line), name, x, y, width, lines);
}

static void
draw_coverage (Drawing *self, const Line *line, double x, double y, double width)
{
  EntCoverage coverage = line->row != NULL ? line->row->coverage : self->table->summary->coverage;
  double above =
      ent_pdf_style_line (ENT_PDF_STYLE_TABLE_CELL) - ent_pdf_style_line (ENT_PDF_STYLE_TABLE_NOTE);

  /* On the base line of the counts. Of single rows, only what is not as it should be. */
  if (coverage != ENT_COVERAGE_COMPLETE || line->sum)
    ent_pdf_pen_text (self->pen, ENT_PDF_STYLE_TABLE_NOTE, ent_words_coverage (coverage), x,
                      count_top (self, y) + above * 0.75, width, 0);
}

static void
draw_cell (Drawing *self, const Column *column, const Line *line, double x, double y, double width)
{
  ent_pdf_pen_begin (self->pen, "TD", NULL);
  if (column->kind == COLUMN_NAME)
    draw_name (self, line, x, y, width);
  else if (column->kind == COLUMN_STAGE)
    draw_stage (self, column, line, x, y, width);
  else if (column->kind == COLUMN_SHARE)
    draw_share (self, line, x, y, width);
  else
    draw_coverage (self, line, x, y, width);
  ent_pdf_pen_end (self->pen, "TD");
}

static const char *
column_head (const EntPdfTable *self, const Column *column)
{
  if (column->kind == COLUMN_NAME)
    return ent_words_by (self->summary->by);
  if (column->kind == COLUMN_COVERAGE)
    return ent_words_column (ENT_COLUMN_COVERAGE);
  if (column->kind == COLUMN_SHARE && self->kind == ENT_PDF_TABLE_SHARES)
    return C_ ("table", "Messages");
  if (column->stage == ENT_STAGE_TOTAL)
    return C_ ("table", "Total");
  return ent_words_stage (column->stage);
}

/* @line: NULL for the head. */
static void
draw_line (Drawing *self, const Line *line, double x, double y, double width)
{
  guint n;
  const Column *columns = columns_of (self->table, &n);
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += columns[i].weight;
  /* A table of two columns is not drawn over the whole page. */
  if (self->table->kind == ENT_PDF_TABLE_SHARES)
    width *= 0.6;
  ent_pdf_pen_begin (self->pen, "TR", NULL);
  for (guint i = 0; i < n; i++)
    {
      double all = width * columns[i].weight / sum;
      double inner = all - (i + 1 < n ? GAP : 0);
      double left = columns[i].kind == COLUMN_COVERAGE ? x + GAP : x;

      if (columns[i].kind == COLUMN_COVERAGE)
        inner -= GAP;
      if (line != NULL)
        draw_cell (self, &columns[i], line, left, y, inner);
      else
        {
          gboolean right = columns[i].kind == COLUMN_STAGE || columns[i].kind == COLUMN_SHARE;

          ent_pdf_pen_begin (self->pen, "TH", NULL);
          /* Rather small than cut. */
          ent_pdf_pen_number (self->pen, ENT_PDF_STYLE_TABLE_HEAD,
                              column_head (self->table, &columns[i]), left, y + HEAD_HEIGHT - 16,
                              inner, right ? 1 : 0);
          ent_pdf_pen_end (self->pen, "TH");
        }
      x += all;
    }
  ent_pdf_pen_end (self->pen, "TR");
}

void
ent_pdf_table_draw (
    const EntPdfTable *self, EntPdfPen *pen, double x, double y, double width, guint first, guint n)
{
  Drawing drawing = { self, pen, ent_pdf_table_line_height (self) };
  double rule = self->kind == ENT_PDF_TABLE_SHARES ? width * 0.6 : width;

  ent_pdf_pen_begin (pen, "Table", NULL);
  draw_line (&drawing, NULL, x, y, width);
  y += HEAD_HEIGHT;
  ent_pdf_pen_rule (pen, ENT_PDF_INK_RULE, x, y, rule);
  for (guint i = first; i < first + n; i++)
    {
      Line line = line_at (self, i);

      draw_line (&drawing, &line, x, y, width);
      y += drawing.line_height;
      ent_pdf_pen_rule (pen,
                        i + 2 == ent_pdf_table_get_n_lines (self) ? ENT_PDF_INK_RULE
                                                                  : ENT_PDF_INK_FAINT_RULE,
                        x, y, rule);
    }
  ent_pdf_pen_end (pen, "Table");
}
