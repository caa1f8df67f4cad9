/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Written by hand, since a rate has exactly one decimal whatever a library's printf thinks. */

#include "config.h"

#include "ent-cli-report-json.h"

#include "ent-cell.h"

#include <json-glib/json-glib.h>

static void
append_period (GString *out, const EntReport *report, const EntSummary *summary)
{
  g_autofree char *from = ent_day_format (summary->range.first);
  g_autofree char *to = ent_day_format (summary->range.last);

  g_string_append_printf (out, "{\"from\":\"%s\",\"to\":\"%s\",\"timezone\":", from, to);
  ent_json_append_string (out, ent_zone_get_name (report->zone));
  g_string_append_c (out, '}');
}

static void
append_counters (GString *out, const EntCounters *counters)
{
  for (guint i = 0; i < ENT_N_COUNTER_KEYS; i++)
    g_string_append_printf (out, "%s\"%s\":%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            ent_counters_key (i), ent_counters_value (counters, i));
}

static void
append_rates (GString *out, const EntReport *report, const EntCounters *counters)
{
  g_string_append_c (out, '{');
  for (guint i = 0; i < ENT_N_RATES; i++)
    {
      EntRate rate = (EntRate) i;
      int tenths = ENT_TENTHS_NONE;

      /* Stages counted each on its own day make no ratio. */
      if (report->basis == ENT_BASIS_SEND_DATE)
        tenths = ent_ratio_tenths (ent_counters_rate (counters, rate, report->percent_of));
      g_string_append_printf (out, "%s\"%s\":", i > 0 ? "," : "", ent_rate_key (rate));
      if (tenths == ENT_TENTHS_NONE)
        g_string_append (out, "null");
      else
        g_string_append_printf (out, "%d.%d", tenths / 10, tenths % 10);
    }
  g_string_append_c (out, '}');
}

static void
append_row (GString *out, const EntReport *report, const EntSummaryRow *row)
{
  g_string_append (out, "{\"key\":");
  ent_json_append_string (out, row->key);
  g_string_append_c (out, ',');
  append_counters (out, &row->counters);
  g_string_append (out, ",\"rates\":");
  append_rates (out, report, &row->counters);
  g_string_append_printf (out, ",\"coverage\":\"%s\"}", ent_coverage_key (row->coverage));
}

char *
ent_cli_report_json (const EntReport *report, const EntSummary *summary)
{
  GString *out = g_string_new ("{\"period\":");
  g_autoptr (JsonNode) filters = ent_filter_to_json (report->filter);
  g_autofree char *filters_text = json_to_string (filters, FALSE);
  g_autofree char *as_of = ent_instant_format (summary->as_of);

  append_period (out, report, summary);
  g_string_append_printf (
      out, ",\"filters\":%s,\"as_of\":\"%s\",\"data_version\":%" G_GINT64_FORMAT ",\n\"totals\":{",
      filters_text, as_of, summary->data_version);
  append_counters (out, &summary->totals);
  g_string_append (out, "},\n\"rates\":");
  append_rates (out, report, &summary->totals);
  g_string_append (out, ",\n\"rows\":[");
  for (guint i = 0; i < summary->n_rows; i++)
    {
      g_string_append (out, i > 0 ? ",\n" : "\n");
      append_row (out, report, &summary->rows[i]);
    }
  g_string_append (out, "]}\n");
  return g_string_free (out, FALSE);
}
