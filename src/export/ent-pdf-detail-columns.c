/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns on paper. Pure. */

#include "config.h"

#include "ent-pdf-detail-columns.h"

#include "ent-cell.h"
#include "ent-words-name.h"

/* The least that is of use, and how much a column takes of what is left. Points at the size of
 * ENT_PDF_STYLE_DETAIL. */
static void
needs_of (EntColumn column, double *least, double *share)
{
  *share = 1;
  switch (ent_column_cell_kind (column))
    {
    case ENT_CELL_TIME:
      *least = 74;
      *share = 0;
      return;
    case ENT_CELL_PHONE:
      *least = 62;
      *share = 0.2;
      return;
    case ENT_CELL_INTEGER:
    case ENT_CELL_FLAG:
      *least = 30;
      *share = 0;
      return;
    case ENT_CELL_WORD:
      *least = column == ENT_COLUMN_REASON ? 66 : 44;
      *share = 0.3;
      return;
    case ENT_CELL_EMPTY:
    case ENT_CELL_TEXT:
    default:
      *least = 46;
      break;
    }
  if (column == ENT_COLUMN_CONTENT)
    {
      *least = 90;
      *share = 6;
    }
  else if (column == ENT_COLUMN_MESSAGE_ID || column == ENT_COLUMN_CORRELATION_ID)
    {
      *least = 132; /* a UUID */
      *share = 0;
    }
}

/* The least width, not more than what is needed. */
static double
least_width (EntColumn column, const double *natural, guint source)
{
  double least, share;

  needs_of (column, &least, &share);
  return natural != NULL ? MIN (least, natural[source]) : least;
}

/* What a column takes of what is left: nothing once its texts fit. */
static double
share_of (const EntPdfColumn *column, const double *natural)
{
  double least, share;

  needs_of (column->column, &least, &share);
  return natural != NULL && natural[column->source] <= column->width + 0.01 ? 0 : share;
}

/* Heads are whole before any text gets more than the least. Returns what is left of @spare. */
static double
show_heads (GArray *columns, const double *heads, double spare)
{
  for (guint i = 0; i < columns->len; i++)
    {
      EntPdfColumn *column = &g_array_index (columns, EntPdfColumn, i);
      double part = CLAMP (heads[column->source] - column->width, 0, spare);

      column->width += part;
      spare -= part;
    }
  return spare;
}

/* Shares @spare between the columns; what one of them does not need goes to the others. */
static void
stretch (GArray *columns, const double *natural, double spare)
{
  while (spare > 0.01)
    {
      double shares = 0, given = 0;

      for (guint i = 0; i < columns->len; i++)
        shares += share_of (&g_array_index (columns, EntPdfColumn, i), natural);
      if (shares <= 0)
        return;
      for (guint i = 0; i < columns->len; i++)
        {
          EntPdfColumn *column = &g_array_index (columns, EntPdfColumn, i);
          double part = spare * share_of (column, natural) / shares;

          if (natural != NULL)
            part = MIN (part, MAX (0, natural[column->source] - column->width));
          column->width += part;
          given += part;
        }
      spare -= given;
    }
}

static void
set_places (GArray *columns, double gap)
{
  double x = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      EntPdfColumn *column = &g_array_index (columns, EntPdfColumn, i);

      column->x = x;
      x += column->width + gap;
    }
}

GArray *
ent_pdf_detail_columns (const EntColumn *columns,
                        const double *heads,
                        const double *natural,
                        guint n,
                        double width,
                        double gap,
                        char **left_out)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (EntPdfColumn));
  GString *others = g_string_new (NULL);
  double used = 0;

  for (guint i = 0; i < n; i++)
    {
      EntPdfColumn column = { columns[i], i, 0, least_width (columns[i], natural, i) };
      double more = (chosen->len > 0 ? gap : 0) + column.width;

      if (used + more <= width)
        {
          used += more;
          g_array_append_val (chosen, column);
        }
      else
        g_string_append_printf (others, "%s%s", others->len > 0 ? ", " : "",
                                ent_words_column (columns[i]));
    }
  stretch (chosen, natural,
           heads != NULL ? show_heads (chosen, heads, width - used) : width - used);
  set_places (chosen, gap);
  *left_out = g_string_free (others, others->len == 0);
  return chosen;
}
