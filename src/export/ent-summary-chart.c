/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points, ticks and titles of a summary's chart. Pure; any thread. */
#include "config.h"

#include "ent-summary-chart.h"

#include "ent-text.h"
#include "ent-words-date.h"
#include "ent-words-name.h"
#include "ent-words-number.h"

#include <glib/gi18n-lib.h>

/* More columns side by side cannot be told apart, nor their names read. */
#define MAX_VALUES 12
#define MAX_TICK_CHARS 14

/* The local day a row's key starts with, whatever the grain. */
static gboolean
key_day (const EntSummaryRow *row, EntDay *day)
{
  g_autofree char *date = g_strndup (row->key, 10);

  return ent_day_parse (date, day, NULL);
}

static char *
tick_of (const EntSummaryRow *row, EntBy by)
{
  g_autofree char *first = NULL;
  g_autofree char *name = NULL;
  EntDay day;

  switch (by)
    {
    case ENT_BY_DAY:
      return key_day (row, &day) ? ent_words_day_axis (day) : g_strdup (row->key);
    case ENT_BY_HOUR:
      /* Midnight carries its date, the other hours only themselves. */
      if (g_str_has_suffix (row->key, "T00") && key_day (row, &day))
        return ent_words_day_axis (day);
      return ent_words_hour ((int) g_ascii_strtoll (row->key + 11, NULL, 10));
    case ENT_BY_MONTH:
      first = g_strconcat (row->key, "-01", NULL);
      return ent_day_parse (first, &day, NULL) ? ent_words_month_axis (day) : g_strdup (row->key);
    case ENT_BY_WEEK:
      return g_strdup (row->key + 5);
    case ENT_BY_SUBACCOUNT:
    case ENT_BY_USER:
    case ENT_BY_CAMPAIGN:
    case ENT_BY_CONTENT_TYPE:
    case ENT_BY_STATUS:
    case ENT_BY_REASON:
    case ENT_BY_CARRIER:
    default:
      name = ent_words_row (by, row->key);
      return ent_text_for_display (name, MAX_TICK_CHARS);
    }
}

static void
add_row (EntChart *chart, const EntSummary *summary, const EntSummaryRow *row)
{
  g_autofree char *title = ent_words_row (summary->by, row->key);
  g_autofree char *tick = tick_of (row, summary->by);

  ent_chart_add_point (chart, title, tick, &row->counters, row->coverage,
                       ent_by_is_time (summary->by) && row->start <= summary->as_of &&
                           summary->as_of < row->end);
}

EntChart *
ent_chart_from_summary (const EntSummary *summary, EntChartStyle style, guint series)
{
  gboolean is_time = ent_by_is_time (summary->by);
  guint n = is_time ? summary->n_rows : MIN (summary->n_rows, MAX_VALUES);
  /* A line between two campaigns would mean nothing. */
  EntChart *chart = ent_chart_new (is_time ? style : ENT_CHART_COLUMNS,
                                   series != 0 ? series : ENT_SUMMARY_CHART_SERIES);

  for (guint i = 0; i < n; i++)
    add_row (chart, summary, &summary->rows[i]);
  for (guint stage = 0; stage < ENT_N_STAGES; stage++)
    ent_chart_set_label (chart, (EntStage) stage, ent_words_stage ((EntStage) stage));
  ent_chart_set_no_data_caption (chart, ent_words_coverage (ENT_COVERAGE_NONE));
  ent_chart_set_format (chart, ent_words_count);
  return chart;
}

char *
ent_chart_title (EntBy by, guint series)
{
  gboolean usual = series == 0 || series == ENT_SUMMARY_CHART_SERIES;

  switch (by)
    {
    case ENT_BY_HOUR:
      return g_strdup (usual ? _ ("Delivered and errors per hour") : _ ("Messages per hour"));
    case ENT_BY_WEEK:
      return g_strdup (usual ? _ ("Delivered and errors per week") : _ ("Messages per week"));
    case ENT_BY_MONTH:
      return g_strdup (usual ? _ ("Delivered and errors per month") : _ ("Messages per month"));
    case ENT_BY_SUBACCOUNT:
    case ENT_BY_USER:
    case ENT_BY_CAMPAIGN:
    case ENT_BY_CONTENT_TYPE:
    case ENT_BY_STATUS:
    case ENT_BY_REASON:
    case ENT_BY_CARRIER:
      /* Translators: the title of a chart: "Delivered and errors: Campaign". */
      return g_strdup_printf (usual ? _ ("Delivered and errors: %s") : _ ("Messages: %s"),
                              ent_words_by (by));
    case ENT_BY_DAY:
    default:
      return g_strdup (usual ? _ ("Delivered and errors per day") : _ ("Messages per day"));
    }
}
