/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A summary as a table, and its chart. Percentages are numbers of one decimal, rounded as
 * everywhere else in Entrega, and stand beside their numerator and denominator. */

#include "config.h"

#include "ent-xlsx-sheets.h"

#include "ent-summary-chart.h"
#include "ent-words.h"

#include "ent-chart-theme.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_RATE_COLUMN (1 + ENT_N_COUNTER_KEYS)
#define MIN_NAME_WIDTH 12.0
#define MAX_NAME_WIDTH 60.0
/* A chart below a table that is longer than this would not be found. */
#define MAX_ROWS_ABOVE_CHART 45

static guint
write_head (EntXlsxSheet *sheet, const EntExportDocument *document, EntBy by)
{
  guint column = 0;

  ent_xlsx_head_lines (sheet, 0, 2);
  ent_xlsx_text (sheet, 0, column++, ent_words_by (by), ENT_XLSX_HEAD);
  for (guint i = 0; i < ENT_N_COUNTER_KEYS; i++)
    {
      ent_xlsx_width (sheet, column, 16);
      ent_xlsx_text (sheet, 0, column++, ent_words_counter (i), ENT_XLSX_HEAD_NUMBER);
    }
  for (guint i = 0; ent_export_document_has_rates (document) && i < ENT_N_RATES; i++)
    for (guint part = 0; part < 3; part++)
      {
        g_autofree char *head = ent_words_rate_part ((EntRate) i, (EntRatePart) part);

        ent_xlsx_width (sheet, column, 24);
        ent_xlsx_text (sheet, 0, column++, head, ENT_XLSX_HEAD_NUMBER);
      }
  ent_xlsx_width (sheet, column, 15);
  ent_xlsx_text (sheet, 0, column++, ent_words_column (ENT_COLUMN_COVERAGE), ENT_XLSX_HEAD);
  return column;
}

static void
write_key (EntXlsxSheet *sheet, guint row, EntBy by, const char *key)
{
  g_autofree char *date = g_strndup (key, 10);
  g_autofree char *month = g_strconcat (key, "-01", NULL);
  g_autofree char *name = NULL;
  EntDay day;

  if (by == ENT_BY_DAY && ent_day_parse (key, &day, NULL))
    ent_xlsx_day (sheet, row, 0, day, ENT_XLSX_DATE);
  else if (by == ENT_BY_HOUR && strlen (key) == 13 && ent_day_parse (date, &day, NULL))
    ent_xlsx_number (sheet, row, 0,
                     ent_xlsx_serial (day, 3600 * g_ascii_strtoll (key + 11, NULL, 10)),
                     ENT_XLSX_DATE_TIME);
  else if (by == ENT_BY_MONTH && ent_day_parse (month, &day, NULL))
    ent_xlsx_day (sheet, row, 0, day, ENT_XLSX_MONTH);
  else if (ent_by_is_time (by))
    ent_xlsx_text (sheet, row, 0, key, ENT_XLSX_NAME);
  else if (*key == '\0' || by == ENT_BY_CONTENT_TYPE || by == ENT_BY_STATUS || by == ENT_BY_REASON)
    {
      name = ent_words_row (by, key);
      ent_xlsx_text (sheet, row, 0, name, ENT_XLSX_NAME);
    }
  else
    ent_xlsx_text (sheet, row, 0, key, ENT_XLSX_NAME);
}

static void
write_rate (EntXlsxSheet *sheet, guint row, guint column, EntRate rate, EntRatio ratio)
{
  int tenths = ent_ratio_tenths (ratio);

  ent_xlsx_count (sheet, row, column, ratio.numerator);
  ent_xlsx_count (sheet, row, column + 1, ratio.denominator);
  if (tenths != ENT_TENTHS_NONE)
    ent_xlsx_number (sheet, row, column + 2, tenths / 1000.0,
                     rate == ENT_RATE_READ ? ENT_XLSX_PERCENT_AT_LEAST : ENT_XLSX_PERCENT);
}

static void
write_row (EntXlsxSheet *sheet,
           guint row,
           const EntExportDocument *document,
           EntBy by,
           const EntSummaryRow *data)
{
  gboolean has_rates = ent_export_document_has_rates (document);
  guint coverage_column = FIRST_RATE_COLUMN + (has_rates ? 3 * ENT_N_RATES : 0);
  /* A time that was never synchronised has no numbers: a zero would be a lie. */
  gboolean missing = data->coverage == ENT_COVERAGE_NONE && data->counters.total == 0 &&
                     data->counters.received == 0;

  write_key (sheet, row, by, data->key);
  for (guint i = 0; !missing && i < ENT_N_COUNTER_KEYS; i++)
    ent_xlsx_count (sheet, row, 1 + i, ent_counters_value (&data->counters, i));
  for (guint i = 0; !missing && has_rates && i < ENT_N_RATES; i++)
    write_rate (sheet, row, FIRST_RATE_COLUMN + 3 * i, (EntRate) i,
                ent_counters_rate (&data->counters, (EntRate) i, document->report->percent_of));
  ent_xlsx_text (sheet, row, coverage_column, ent_words_coverage (data->coverage), ENT_XLSX_STATE);
}

static double
name_width (const EntSummary *summary)
{
  double width = MIN_NAME_WIDTH;

  if (ent_by_is_time (summary->by))
    return summary->by == ENT_BY_HOUR ? 20 : MIN_NAME_WIDTH;
  for (guint i = 0; i < summary->n_rows && i < 1000; i++)
    {
      g_autofree char *name = ent_words_row (summary->by, summary->rows[i].key);

      width = MAX (width, (double) g_utf8_strlen (name, -1) + 3);
    }
  return MIN (width, MAX_NAME_WIDTH);
}

static void
write_part (EntXlsxBook *book,
            const EntExportDocument *document,
            const EntSummary *summary,
            guint first,
            guint n,
            const char *name,
            EntXlsxChartSource *charted)
{
  g_autoptr (EntXlsxSheet) sheet = ent_xlsx_book_add_sheet (book, name);
  guint n_columns;

  ent_xlsx_width (sheet, 0, name_width (summary));
  n_columns = write_head (sheet, document, summary->by);
  for (guint i = 0; i < n; i++)
    write_row (sheet, 1 + i, document, summary->by, &summary->rows[first + i]);
  ent_xlsx_table_habits (sheet, n + 1, n_columns);
  if (charted == NULL || n == 0)
    return;
  charted->sheet = g_strdup (sheet->name);
  charted->by = summary->by;
  charted->n_rows = n;
  charted->has_rates = ent_export_document_has_rates (document);
  charted->style = document->report->chart_style;
  charted->series = document->report->series;
  if (n <= MAX_ROWS_ABOVE_CHART)
    ent_xlsx_insert_chart (sheet, n + 2, 0, charted);
  else
    ent_xlsx_insert_chart (sheet, 2, n_columns + 1, charted);
}

void
ent_xlsx_write_table (EntXlsxBook *book,
                      const EntExportDocument *document,
                      const EntSummary *summary,
                      EntXlsxChartSource *charted)
{
  guint per_sheet = book->limits.rows - 1;
  const char *name = ent_words_by_title (summary->by);
  guint parts = summary->n_rows == 0 ? 1 : (summary->n_rows - 1) / per_sheet + 1;

  for (guint part = 0; part < parts; part++)
    {
      guint first = part * per_sheet;
      g_autofree char *numbered =
          parts > 1 ? g_strdup_printf ("%s %u", name, part + 1) : g_strdup (name);

      write_part (book, document, summary, first, MIN (per_sheet, summary->n_rows - first),
                  numbered, part == 0 ? charted : NULL);
    }
}

/* ---- Chart ---- */

/* The column whose numbers are those of @stage; 0 for none. */
static guint
stage_column (EntStage stage, gboolean has_rates)
{
  static const char *const keys[ENT_N_STAGES] = {
    [ENT_STAGE_TOTAL] = "total",
    [ENT_STAGE_SENT] = "sent",
    [ENT_STAGE_DELIVERED] = "delivered",
    [ENT_STAGE_READ] = "read",
    [ENT_STAGE_SEND_FAILED] = "send_failed",
    [ENT_STAGE_NOT_DELIVERED] = "not_delivered",
    [ENT_STAGE_RECEIVED] = "received",
  };

  if (stage == ENT_STAGE_ERRORS)
    return has_rates ? FIRST_RATE_COLUMN + 3 * ENT_RATE_ERROR : 0;
  for (guint i = 0; keys[stage] != NULL && i < ENT_N_COUNTER_KEYS; i++)
    if (strcmp (keys[stage], ent_counters_key (i)) == 0)
      return 1 + i;
  return 0;
}

static lxw_color_t
stage_color (EntStage stage)
{
  EntColor color = ent_chart_series_color (ENT_CHART_PRINT, stage);
  lxw_color_t red = (lxw_color_t) (color.red * 255 + 0.5);
  lxw_color_t green = (lxw_color_t) (color.green * 255 + 0.5);
  lxw_color_t blue = (lxw_color_t) (color.blue * 255 + 0.5);

  return red << 16 | green << 8 | blue;
}

static gboolean
is_error (EntStage stage)
{
  return stage == ENT_STAGE_ERRORS || stage == ENT_STAGE_SEND_FAILED ||
         stage == ENT_STAGE_NOT_DELIVERED;
}

static void
add_series (lxw_chart *chart,
            const EntXlsxChartSource *source,
            EntStage stage,
            guint column,
            const char *name)
{
  lxw_chart_series *series = chart_add_series (chart, NULL, NULL);
  lxw_chart_line line = { .color = stage_color (stage), .width = 2.25 };
  lxw_chart_fill fill = { .color = stage_color (stage) };
  lxw_chart_pattern pattern = { .fg_color = stage_color (stage),
                                .bg_color = 0xFFFFFF,
                                .type = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL };

  if (series == NULL)
    return;
  chart_series_set_categories (series, source->sheet, 1, 0, source->n_rows, 0);
  chart_series_set_values (series, source->sheet, 1, (lxw_col_t) column, source->n_rows,
                           (lxw_col_t) column);
  chart_series_set_name (series, name);
  if (source->style == ENT_CHART_LINES)
    {
      line.dash_type = is_error (stage) ? LXW_CHART_LINE_DASH_DASH : LXW_CHART_LINE_DASH_SOLID;
      chart_series_set_line (series, &line);
      chart_series_set_marker_type (series, is_error (stage) ? LXW_CHART_MARKER_TRIANGLE
                                                             : LXW_CHART_MARKER_CIRCLE);
    }
  else if (is_error (stage))
    chart_series_set_pattern (series, &pattern);
  else
    chart_series_set_fill (series, &fill);
}

static void
add_stage (lxw_chart *chart, const EntXlsxChartSource *source, EntStage stage)
{
  guint column = stage_column (stage, source->has_rates);

  if (column != 0)
    add_series (chart, source, stage, column, ent_words_stage (stage));
  else if (stage == ENT_STAGE_ERRORS)
    {
      add_stage (chart, source, ENT_STAGE_SEND_FAILED);
      add_stage (chart, source, ENT_STAGE_NOT_DELIVERED);
    }
  else if (stage == ENT_STAGE_PENDING)
    /* queued and in_transit stand side by side in the table */
    for (guint i = 0; i < ENT_N_COUNTER_KEYS; i++)
      if (g_str_equal (ent_counters_key (i), "queued") ||
          g_str_equal (ent_counters_key (i), "in_transit"))
        add_series (chart, source, stage, 1 + i, ent_words_counter (i));
}

static void
style_chart (lxw_chart *chart, const EntXlsxChartSource *source)
{
  g_autofree char *title = ent_chart_title (source->by, source->series);
  lxw_chart_font title_font = { .size = 12, .bold = TRUE, .color = 0x241F31 };
  lxw_chart_font font = { .size = 9, .color = 0x5E5C64 };
  lxw_chart_line grid = { .color = 0xDEDDDA, .width = 0.75 };
  lxw_chart_line none = { .none = TRUE };

  chart_title_set_name (chart, title);
  chart_title_set_name_font (chart, &title_font);
  chart_legend_set_position (chart, LXW_CHART_LEGEND_BOTTOM);
  chart_legend_set_font (chart, &font);
  chart_axis_set_num_font (chart->x_axis, &font);
  chart_axis_set_num_font (chart->y_axis, &font);
  chart_axis_set_num_format (chart->y_axis, "#,##0");
  chart_axis_major_gridlines_set_line (chart->y_axis, &grid);
  chart_axis_set_line (chart->y_axis, &none);
  chart_axis_set_min (chart->y_axis, 0);
  if (source->by == ENT_BY_DAY)
    chart_axis_set_num_format (chart->x_axis, ent_words_has_decimal_comma () ? "dd/mm" : "d mmm");
  if (source->style != ENT_CHART_LINES)
    chart_set_series_gap (chart, 60);
}

/* Only parts of a whole may stand on each other. */
static gboolean
can_stack (guint series)
{
  guint parts = 1u << ENT_STAGE_DELIVERED | 1u << ENT_STAGE_ERRORS | 1u << ENT_STAGE_PENDING |
                1u << ENT_STAGE_SEND_FAILED | 1u << ENT_STAGE_NOT_DELIVERED;

  return (series & ~parts) == 0 &&
         !((series & 1u << ENT_STAGE_ERRORS) &&
           (series & (1u << ENT_STAGE_SEND_FAILED | 1u << ENT_STAGE_NOT_DELIVERED)));
}

static lxw_chart_type
chart_type (EntChartStyle style, guint series)
{
  if (style == ENT_CHART_LINES)
    return LXW_CHART_LINE;
  return can_stack (series) ? LXW_CHART_COLUMN_STACKED : LXW_CHART_COLUMN;
}

void
ent_xlsx_insert_chart (EntXlsxSheet *sheet,
                       guint row,
                       guint column,
                       const EntXlsxChartSource *source)
{
  guint series = source->series != 0 ? source->series : ENT_SUMMARY_CHART_SERIES;
  g_autofree char *title = ent_chart_title (source->by, source->series);
  lxw_chart_options options = { .x_scale = 1.75, .y_scale = 1.15, .description = title };
  lxw_chart *chart;

  if (source->sheet == NULL || sheet->worksheet == NULL)
    return;
  chart = workbook_add_chart (sheet->book->workbook, (uint8_t) chart_type (source->style, series));
  if (chart == NULL)
    {
      ent_xlsx_book_fail (sheet->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
      return;
    }
  for (guint stage = 0; stage < ENT_N_STAGES; stage++)
    if (series & 1u << stage)
      add_stage (chart, source, (EntStage) stage);
  style_chart (chart, source);
  ent_xlsx_book_fail (sheet->book, worksheet_insert_chart_opt (
                                       sheet->worksheet, row, (lxw_col_t) column, chart, &options));
}
