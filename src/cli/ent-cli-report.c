/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli report: counters and percentages, as a table or as the JSON of the contract. */

#include "config.h"

#include "ent-cli-chart.h"
#include "ent-cli-commands.h"
#include "ent-cli-output.h"
#include "ent-cli-report-json.h"
#include "ent-cli-report-options.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>

static gboolean
is_missing (const EntSummaryRow *row)
{
  return row->coverage == ENT_COVERAGE_NONE && row->counters.total == 0 &&
         row->counters.received == 0;
}

static void
add_head (EntCliTable *table, EntBy by, gboolean with_rates)
{
  ent_cli_table_add (table, ent_words_by (by));
  ent_cli_table_add (table, ent_words_counter (0));
  ent_cli_table_add (table, ent_words_stage (ENT_STAGE_SENT));
  ent_cli_table_add (table, ent_words_stage (ENT_STAGE_DELIVERED));
  ent_cli_table_add (table, ent_words_stage (ENT_STAGE_READ));
  ent_cli_table_add (table, ent_words_stage (ENT_STAGE_ERRORS));
  ent_cli_table_add (table, ent_words_stage (ENT_STAGE_PENDING));
  ent_cli_table_add (table, ent_words_stage (ENT_STAGE_RECEIVED));
  for (guint i = 1; with_rates && i < ENT_N_RATES; i++)
    ent_cli_table_add (table, ent_words_rate ((EntRate) i));
  ent_cli_table_add (table, ent_words_column (ENT_COLUMN_COVERAGE));
}

static void
add_counters (EntCliTable *table, const EntCounters *counters, gboolean missing)
{
  const gint64 values[] = {
    counters->total,
    counters->sent,
    counters->delivered,
    counters->read,
    ent_counters_errors (counters),
    ent_counters_pending (counters),
    counters->received,
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    ent_cli_table_take (table, missing ? g_strdup (ENT_WORDS_NONE) : ent_words_count (values[i]));
}

static void
add_row (EntCliTable *table,
         const EntReport *report,
         char *name,
         const EntCounters *counters,
         EntCoverage coverage,
         gboolean missing)
{
  ent_cli_table_take (table, name);
  add_counters (table, counters, missing);
  for (guint i = 1; report->basis == ENT_BASIS_SEND_DATE && i < ENT_N_RATES; i++)
    ent_cli_table_take (table, ent_words_rate_of (counters, (EntRate) i, report->percent_of));
  ent_cli_table_add (table, ent_words_coverage (coverage));
}

static void
print_head (const EntReport *report, const EntSummary *summary)
{
  g_autofree char *period =
      ent_words_period_resolved (&report->period, report->zone, summary->as_of);
  g_autofree char *filter = ent_words_filter (report->filter);
  g_autofree char *coverage = ent_words_coverage_days (summary->days_by_coverage);

  if (report->name != NULL)
    g_print ("%s\n", report->name);
  g_print ("%s · %s\n%s\n", period, ent_zone_get_name (report->zone), filter);
  if (coverage != NULL)
    g_print ("%s\n", coverage);
  g_print ("\n");
}

static void
print_table (const EntReport *report, const EntSummary *summary)
{
  gboolean with_rates = report->basis == ENT_BASIS_SEND_DATE;
  g_autoptr (EntCliTable) table = ent_cli_table_new (with_rates ? "lrrrrrrrrrrl" : "lrrrrrrrl");

  add_head (table, summary->by, with_rates);
  ent_cli_table_rule (table);
  for (guint i = 0; i < summary->n_rows; i++)
    {
      const EntSummaryRow *row = &summary->rows[i];

      add_row (table, report, ent_words_row (summary->by, row->key), &row->counters, row->coverage,
               is_missing (row));
    }
  ent_cli_table_rule (table);
  add_row (table, report,
           /* Translators: the last row of a table, the sum of the others. */
           g_strdup (C_ ("table", "Total")), &summary->totals, summary->coverage, FALSE);
  ent_cli_table_print (table);
}

/* What changed against the period compared with: one line. */
static gboolean
print_comparison (const EntReport *report,
                  const EntQuery *query,
                  EntSnapshot *snapshot,
                  EntCli *cli,
                  GError **error)
{
  g_autoptr (EntQuery) now_query = ent_query_copy (query);
  g_autoptr (EntQuery) then_query = ent_query_copy (query);
  g_autoptr (EntSummary) now_summary = NULL;
  g_autoptr (EntSummary) then_summary = NULL;
  g_autofree char *days = NULL;
  g_autofree char *total = NULL;
  g_autofree char *delivered = NULL;
  g_autofree char *errors = NULL;

  if (!ent_range_comparison (&query->range, query->zone, query->now,
                             report->compare == ENT_COMPARE_SAME_WEEKDAYS, &now_query->range,
                             &then_query->range))
    return TRUE;
  now_summary = ent_snapshot_summarise (snapshot, now_query, ENT_BY_DAY, cli->cancellable, error);
  if (now_summary == NULL)
    return FALSE;
  then_summary = ent_snapshot_summarise (snapshot, then_query, ENT_BY_DAY, cli->cancellable, error);
  if (then_summary == NULL)
    return FALSE;
  days = ent_words_day_range (then_query->range.first, then_query->range.last);
  total = ent_words_change (now_summary->totals.total, then_summary->totals.total);
  delivered = ent_words_change (now_summary->totals.delivered, then_summary->totals.delivered);
  errors = ent_words_change (ent_counters_errors (&now_summary->totals),
                             ent_counters_errors (&then_summary->totals));
  /* Translators: a comparison: the days compared with, then three changes such as "+4 %". */
  g_print (_ ("\nAgainst %s: total %s, delivered %s, errors %s\n"), days, total, delivered, errors);
  return TRUE;
}

static gboolean
print_report (const EntReport *report,
              EntStore *store,
              EntCli *cli,
              gboolean json,
              const char *chart,
              GError **error)
{
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, error);
  g_autoptr (EntQuery) query = NULL;
  g_autoptr (EntSummary) summary = NULL;

  if (snapshot == NULL)
    return FALSE;
  query = ent_query_new (report, ent_clock_now ());
  summary = ent_snapshot_summarise (snapshot, query, report->by, cli->cancellable, error);
  if (summary == NULL)
    return FALSE;
  if (chart != NULL && !ent_cli_chart_write (report, summary, chart, error))
    return FALSE;
  if (json)
    {
      g_autofree char *text = ent_cli_report_json (report, summary);

      ent_cli_put (text);
      return TRUE;
    }
  print_head (report, summary);
  print_table (report, summary);
  if (report->compare != ENT_COMPARE_NONE)
    return print_comparison (report, query, snapshot, cli, error);
  return TRUE;
}

gboolean
ent_cli_report (EntCli *cli, int argc, char **argv, GError **error)
{
  g_auto (EntCliReportOptions) options;
  g_autofree GOptionEntry *entries = NULL;
  g_autofree char *chart = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntReport) report = NULL;
  g_autoptr (EntCliStore) store = NULL;
  gboolean json = FALSE;
  const GOptionEntry own[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("One JSON object"), NULL },
    { "chart", 0, 0, G_OPTION_ARG_FILENAME, &chart, N_ ("Also draw the chart, as PNG or SVG"),
      N_ ("FILE") },
    { NULL },
  };

  ent_cli_report_options_init (&options);
  entries = ent_cli_report_options_entries (&options, ENT_CLI_OPTIONS_SUMMARY);
  arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv, entries, own,
                             &options, 0, error);
  if (arguments == NULL)
    return FALSE;
  user_data = ent_cli_open_user_data (cli, error);
  if (user_data == NULL)
    return FALSE;
  report = ent_cli_report_options_build (&options, cli, user_data, error);
  if (report == NULL)
    return FALSE;
  store = ent_cli_open_store (cli, error);
  if (store == NULL || !print_report (report, store, cli, json, chart, error))
    return FALSE;
  ent_cli_report_options_done (&options, cli, store, user_data, report);
  return TRUE;
}
