/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exports of the detailed report, measured whole: snapshot, rows, file on disk, digest. Speaks
 * perf-serve. */

#include "config.h"

#include "ent-export.h"
#include "ent-process.h"
#include "perf-data.h"
#include "perf-serve.h"

#include <string.h>

typedef struct
{
  EntStore *store;
} Bench;

static gboolean
do_open (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;

  self->store = ent_store_open (perf_get_string (request, "folder", ""), error);
  return self->store != NULL;
}

/* {"columns":[…],"format":…,"path":…}: all messages of the 90 days, the oldest first. */
static EntExportRequest *
read_request (JsonObject *request, GError **error)
{
  g_autoptr (EntReport) report = ent_report_new ("pt_BR");
  JsonArray *columns = json_object_get_array_member (request, "columns");

  report->view = ENT_VIEW_DETAILED;
  report->period.kind = ENT_PERIOD_LAST_90_DAYS;
  report->dialect = ENT_DIALECT_EXCEL_EN;
  if (!ent_sort_parse ("created_at:asc", &report->sort, error) ||
      !ent_format_from_key (perf_get_string (request, "format", "csv"), &report->format))
    return NULL;
  g_array_set_size (report->columns, 0);
  for (guint i = 0; i < json_array_get_length (columns); i++)
    {
      EntReportColumn column = { ENT_COLUMN_MESSAGE_ID, 0 };

      ent_column_from_key (json_array_get_string_element (columns, i), &column.column);
      g_array_append_val (report->columns, column);
    }
  return ent_export_request_new (report, perf_get_string (request, "path", ""), PERF_NOW_MS);
}

/* More memory than the process had before. */
static void
tell_memory (gint64 before, JsonObject *answer)
{
  json_object_set_double_member (answer, "above_mb",
                                 (double) (perf_memory_peak () - before) / 1048576);
}

static gboolean
do_export (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  g_autoptr (EntExportRequest) wanted = read_request (request, error);
  g_autoptr (EntExportResult) result = NULL;
  PerfClock clock;
  gint64 before;

  if (wanted == NULL)
    return FALSE;
  perf_memory_reset_peak ();
  before = perf_memory_now ();
  perf_clock_start (&clock);
  result = ent_export_run (self->store, NULL, wanted, NULL, NULL, NULL, error);
  if (result == NULL)
    return FALSE;
  perf_clock_stop (&clock, answer);
  tell_memory (before, answer);
  json_object_set_int_member (answer, "count", result->rows);
  json_object_set_int_member (answer, "bytes", result->bytes);
  return TRUE;
}

static const PerfCommand commands[] = {
  { "open", do_open },
  { "export", do_export },
  { NULL, NULL },
};

int
main (int argc, char **argv)
{
  Bench bench = { NULL };
  int status;

  ent_process_init ();
  status = perf_serve (commands, &bench);

  if (bench.store != NULL)
    ent_store_close (bench.store);
  g_clear_object (&bench.store);
  return status;
}
