/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report --chart: the window's chart without a window. */

#include "config.h"

#include "ent-cli-chart.h"

#include "ent-chart-image.h"
#include "ent-cli.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WIDTH 1200
#define HEIGHT 480

/* The tick below a point: as short as its grain allows. */
static char *
tick (EntBy by, const char *key, guint index)
{
  EntDay day;

  if (by == ENT_BY_HOUR && strlen (key) == 13)
    return g_strdup (key + 11);
  if (by == ENT_BY_DAY && ent_day_parse (key, &day, NULL))
    {
      int mday;

      ent_day_to_ymd (day, NULL, NULL, &mday);
      return mday == 1 || index == 0 ? ent_words_day_axis (day) : g_strdup_printf ("%d", mday);
    }
  return ent_words_row (by, key);
}

static EntChart *
make_chart (const EntReport *report, const EntSummary *summary)
{
  EntChart *chart = ent_chart_new (report->chart_style, report->series);

  for (guint i = 0; i < ENT_N_STAGES; i++)
    ent_chart_set_label (chart, (EntStage) i, ent_words_stage ((EntStage) i));
  ent_chart_set_no_data_caption (chart, ent_words_coverage (ENT_COVERAGE_NONE));
  ent_chart_set_format (chart, ent_words_count);
  for (guint i = 0; i < summary->n_rows; i++)
    {
      const EntSummaryRow *row = &summary->rows[i];
      g_autofree char *title = ent_words_row (summary->by, row->key);
      g_autofree char *short_title = tick (summary->by, row->key, i);
      gboolean running = ent_by_is_time (summary->by) && row->end > summary->as_of;

      ent_chart_add_point (chart, title, short_title, &row->counters, row->coverage, running);
    }
  return chart;
}

gboolean
ent_cli_chart_write (const EntReport *report,
                     const EntSummary *summary,
                     const char *path,
                     GError **error)
{
  g_autoptr (EntChart) chart = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *period = NULL;
  gboolean svg = g_str_has_suffix (path, ".svg");

  if (!svg && !g_str_has_suffix (path, ".png"))
    return ent_cli_usage (error, _ ("--chart takes a file that ends in .png or .svg, not “%s”."),
                          path);
  chart = make_chart (report, summary);
  period = ent_words_period_resolved (&report->period, report->zone, summary->as_of);
  bytes = svg ? ent_chart_to_svg (chart, period, WIDTH, HEIGHT, error)
              : ent_chart_to_png (chart, period, WIDTH, HEIGHT, 1.0, error);
  if (bytes == NULL)
    return FALSE;
  return g_file_set_contents_full (
      path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}
