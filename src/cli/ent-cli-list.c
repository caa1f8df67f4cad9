/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli list: the messages that match, streaming, from one snapshot. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-list-text.h"
#include "ent-cli-output.h"
#include "ent-cli-report-options.h"

#include "ent-cell.h"
#include "ent-row-reader.h"

#include <glib/gi18n-lib.h>

#define FLUSH_BYTES 65536

typedef struct
{
  gint64 limit;
  gint64 offset;
  gboolean json;
} Options;

static GArray *
columns_of (const EntReport *report, gboolean json)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (EntColumn));
  guint n_default;
  const EntColumn *defaults = ent_columns_default (&n_default);

  for (guint i = 0; i < report->columns->len; i++)
    g_array_append_val (columns, g_array_index (report->columns, EntReportColumn, i).column);
  if (columns->len > 0)
    return columns;
  if (!json)
    g_array_append_vals (columns, defaults, n_default);
  for (guint i = 0; json && i < ENT_N_COLUMNS; i++)
    {
      EntColumn column = (EntColumn) i;

      g_array_append_val (columns, column);
    }
  return columns;
}

static gboolean
has_coverage (const GArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_array_index (columns, EntColumn, i) == ENT_COLUMN_COVERAGE)
      return TRUE;
  return FALSE;
}

static void
flush_json (GString *out)
{
  ent_cli_put (out->str);
  g_string_truncate (out, 0);
}

static void
put_json (GString *out, EntCellMaker *maker, const GArray *columns, EntCoverage coverage)
{
  ent_cells_append_json (out, maker, (const EntColumn *) (gpointer) columns->data, columns->len,
                         coverage);
  g_string_append_c (out, '\n');
  if (out->len >= FLUSH_BYTES)
    flush_json (out);
}

static gboolean
print_rows (EntRowReader *reader,
            const EntReport *report,
            gboolean json,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) columns = columns_of (report, json);
  g_autoptr (EntCellMaker) maker = ent_cell_maker_new (ENT_PRIVACY_FULL, NULL, ent_clock_now ());
  g_autoptr (EntCliListText) text = ent_cli_list_text_new (
      (const EntColumn *) (gpointer) columns->data, columns->len, report->zone);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  gboolean with_coverage = has_coverage (columns);
  const EntMessage *message;

  if (!json)
    ent_cli_list_text_head (text);
  while ((message = ent_row_reader_next (reader, cancellable, &local_error)) != NULL)
    {
      EntCoverage coverage = ENT_COVERAGE_NONE;

      if (with_coverage)
        coverage = ent_row_reader_get_coverage (reader, message);
      ent_cell_maker_next_row (maker, message);
      if (json)
        put_json (out, maker, columns, coverage);
      else
        ent_cli_list_text_row (text, maker, coverage);
    }
  flush_json (out);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
print_list (
    EntStore *store, const EntReport *report, const Options *options, EntCli *cli, GError **error)
{
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, error);
  g_autoptr (EntQuery) query = NULL;
  g_autoptr (EntRowReader) reader = NULL;

  if (snapshot == NULL)
    return FALSE;
  query = ent_query_new (report, ent_clock_now ());
  reader = ent_row_reader_new (snapshot, query, report->sort, cli->cancellable, error);
  if (reader == NULL)
    return FALSE;
  ent_row_reader_clip (reader, (guint) MIN (options->offset, G_MAXUINT32), options->limit);
  return print_rows (reader, report, options->json, cli->cancellable, error);
}

gboolean
ent_cli_list (EntCli *cli, int argc, char **argv, GError **error)
{
  g_auto (EntCliReportOptions) report_options;
  g_autofree GOptionEntry *entries = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntReport) report = NULL;
  g_autoptr (EntCliStore) store = NULL;
  Options options = { .limit = -1 };
  const GOptionEntry own[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT64, &options.limit, N_ ("At most so many"), N_ ("N") },
    { "offset", 0, 0, G_OPTION_ARG_INT64, &options.offset, N_ ("Leave out the first N"), N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("One JSON object per line"), NULL },
    { NULL },
  };

  ent_cli_report_options_init (&report_options);
  entries = ent_cli_report_options_entries (&report_options, ENT_CLI_OPTIONS_ROWS);
  arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv, entries, own,
                             &report_options, 0, error);
  if (arguments == NULL)
    return FALSE;
  if (options.limit < -1 || options.offset < 0)
    return ent_cli_usage (error, _ ("--limit and --offset take a number from 0 on."));
  user_data = ent_cli_open_user_data (cli, error);
  if (user_data == NULL)
    return FALSE;
  report = ent_cli_report_options_build (&report_options, cli, user_data, error);
  if (report == NULL)
    return FALSE;
  store = ent_cli_open_store (cli, error);
  if (store == NULL || !print_list (store, report, &options, cli, error))
    return FALSE;
  ent_cli_report_options_done (&report_options, cli, store, user_data, report);
  return TRUE;
}
