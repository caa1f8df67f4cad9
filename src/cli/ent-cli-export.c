/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli export. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-export-options.h"
#include "ent-cli-notify.h"
#include "ent-cli-output.h"
#include "ent-cli-report-options.h"
#include "ent-cli-sync.h"
#include "ent-words.h"

#include "ent-export-name.h"
#include "ent-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* With the empty one at the end. */
#define N_OWN_OPTIONS 12

typedef struct
{
  EntCliReportOptions report;
  EntCliExportOptions how;
  char *output;
  char *separator;
  char *decimal;
  gboolean no_bom;
  gboolean lf;
  gboolean raw;
  gboolean keys;
  gboolean provenance;
  gboolean fail_if_empty;
  gboolean sync;
  gboolean notify;
} Options;

static void
options_clear (Options *self)
{
  ent_cli_report_options_clear (&self->report);
  ent_cli_export_options_clear (&self->how);
  g_free (self->output);
  g_free (self->separator);
  g_free (self->decimal);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (EntCli *cli, Options *self, int argc, char **argv, GError **error)
{
  g_autofree GOptionEntry *entries = ent_cli_report_options_entries (
      &self->report, ENT_CLI_OPTIONS_SUMMARY | ENT_CLI_OPTIONS_ROWS);
  g_auto (GStrv) arguments = NULL;
  GOptionEntry own[ENT_CLI_N_EXPORT_OPTIONS + N_OWN_OPTIONS] = { { NULL } };
  const GOptionEntry more[N_OWN_OPTIONS] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_ ("The file to write; {template}, {view}, {period}, {from}, {to}, {date}, {time} and "
          "{format} stand for what the report has"),
      N_ ("FILE") },
    { "sync", 0, 0, G_OPTION_ARG_NONE, &self->sync,
      N_ ("Synchronise first; if that fails, export what is there and exit with 3"), NULL },
    { "notify", 0, 0, G_OPTION_ARG_NONE, &self->notify,
      N_ ("Tell the desktop when the file is there"), NULL },
    { "separator", 0, 0, G_OPTION_ARG_STRING, &self->separator,
      N_ ("Of the custom dialect: one sign, or tab"), N_ ("SIGN") },
    { "decimal", 0, 0, G_OPTION_ARG_STRING, &self->decimal, N_ ("Of the custom dialect: . or ,"),
      N_ ("SIGN") },
    { "no-bom", 0, 0, G_OPTION_ARG_NONE, &self->no_bom, N_ ("Of the custom dialect: no UTF-8 mark"),
      NULL },
    { "lf", 0, 0, G_OPTION_ARG_NONE, &self->lf, N_ ("Of the custom dialect: lines end in LF alone"),
      NULL },
    { "raw", 0, 0, G_OPTION_ARG_NONE, &self->raw,
      N_ ("Of the custom dialect: texts are not made safe for spreadsheets"), NULL },
    { "keys", 0, 0, G_OPTION_ARG_NONE, &self->keys,
      N_ ("Of the custom dialect: machine keys and ISO 8601 times"), NULL },
    { "provenance", 0, 0, G_OPTION_ARG_NONE, &self->provenance,
      N_ ("Also write FILE.provenance.json: where the numbers came from"), NULL },
    { "fail-if-empty", 0, 0, G_OPTION_ARG_NONE, &self->fail_if_empty,
      N_ ("Exit with 4, and write no file, where nothing matches"), NULL },
    { NULL },
  };

  ent_cli_export_options_fill (&self->how, own);
  memcpy (own + ENT_CLI_N_EXPORT_OPTIONS, more, sizeof more);
  arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv, entries, own,
                             &self->report, 0, error);
  return arguments != NULL;
}

/* All that can be told without reading anything. */
static gboolean
check (const EntCli *cli, const Options *self, GError **error)
{
  g_autofree char *fault = NULL;

  if (self->output == NULL || *self->output == '\0')
    return ent_cli_usage (error, _ ("--output is missing: which file shall be written?"));
  fault = ent_export_name_find_fault (self->output);
  if (fault != NULL)
    {
      g_autofree char *known = ent_export_name_list_placeholders ();

      return ent_cli_usage (
          error, _ ("--output has no place for “%s”: it knows %s, and a brace is written twice."),
          fault, known);
    }
  if (self->sync && cli->offline)
    return ent_cli_usage (error, _ ("Nothing can be synchronised with --offline."));
  return TRUE;
}

/* Without --format beside no template, the name of the file tells it. */
static gboolean
apply_file_name (const Options *self, EntReport *report, GError **error)
{
  const char *dot = strrchr (self->output, '.');
  g_autofree char *formats = NULL;
  EntFormat format;

  if (self->how.format != NULL || self->report.template_name != NULL)
    return TRUE;
  if (dot != NULL && ent_format_from_key (dot + 1, &format) && ent_export_writer (format) != NULL)
    {
      report->format = format;
      return TRUE;
    }
  formats = ent_cli_list_formats ();
  return ent_cli_usage (
      error, _ ("The name of the file does not tell its format: give --format %s."), formats);
}

static gboolean
check_dialect (const Options *self, const EntReport *report, GError **error)
{
  gboolean has_custom = self->separator != NULL || self->decimal != NULL || self->no_bom ||
                        self->lf || self->raw || self->keys;

  if (self->how.dialect != NULL && report->format != ENT_FORMAT_CSV)
    return ent_cli_usage (error, _ ("--dialect goes with --format csv only."));
  if (has_custom && report->dialect != ENT_DIALECT_CUSTOM)
    return ent_cli_usage (
        error,
        _ ("--separator, --decimal, --no-bom, --lf, --raw and --keys need --dialect custom."));
  return TRUE;
}

static gboolean
apply_custom (const Options *self, EntExportRequest *request, GError **error)
{
  EntCsvDialect *custom = &request->custom;

  if (self->separator != NULL)
    {
      gboolean tab = strcmp (self->separator, "tab") == 0 || strcmp (self->separator, "\\t") == 0;
      char sign = tab ? '\t' : self->separator[0];

      if (!tab && (strlen (self->separator) != 1 || g_ascii_isalnum (sign) || sign == '"' ||
                   sign == '\n' || sign == '\r' || sign == '.' || sign == '-' || sign == '\''))
        return ent_cli_usage (error,
                              _ ("--separator takes one sign such as ; , | or the word tab."));
      custom->separator = sign;
    }
  if (self->decimal != NULL)
    {
      if (strcmp (self->decimal, ".") != 0 && strcmp (self->decimal, ",") != 0)
        return ent_cli_usage (error, _ ("--decimal takes . or ,"));
      custom->decimal = self->decimal[0];
    }
  custom->bom = !self->no_bom;
  custom->crlf = !self->lf;
  custom->safe = !self->raw;
  custom->keys = self->keys;
  return TRUE;
}

static void
progress_cb (const EntExportProgress *progress, gpointer data)
{
  g_autofree char *done = ent_words_count (progress->done);
  g_autofree char *rows = ent_words_rows (progress->total);

  /* Translators: how many rows are written, "12,480 rows". */
  ent_cli_progress (data, _ ("%s of %s"), done, rows);
}

/* "Nothing matched": asked before a file is written. */
static gboolean
check_not_empty (EntCli *cli, EntStore *store, const EntReport *report, GError **error)
{
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, error);
  g_autoptr (EntQuery) query = NULL;
  gint64 n;

  if (snapshot == NULL)
    return FALSE;
  query = ent_query_new (report, ent_clock_now ());
  n = ent_snapshot_count (snapshot, query, cli->cancellable, error);
  if (n == 0)
    g_set_error_literal (error, ENT_CLI_ERROR, ENT_CLI_ERROR_EMPTY,
                         _ ("Nothing matched: no file was written."));
  return n > 0;
}

static void
tell_result (EntCli *cli, const EntExportResult *result)
{
  g_autofree char *rows = ent_words_rows (result->rows);
  g_autofree char *size = ent_words_size ((guint64) result->bytes);

  ent_cli_clear_progress ();
  /* Translators: "12,480 rows", "1.2 MB", a path. */
  ent_cli_remark (cli, _ ("%s, %s: %s"), rows, size, result->path);
  if (result->changes.cut_cells > 0)
    {
      g_autofree char *count = ent_words_count (result->changes.cut_cells);

      ent_cli_remark (cli, _ ("Texts cut to a cell's limit: %s"), count);
    }
  ent_cli_note (cli, "SHA-256 %s", result->sha256);
  if (result->history_error != NULL)
    {
      g_autofree char *line = ent_words_error_line (result->history_error);

      ent_cli_warn (_ ("The export is done but not in the history. %s"), line);
    }
}

static gboolean
write_file (EntCli *cli,
            const Options *options,
            EntStore *store,
            EntUserData *user_data,
            const EntExportRequest *request,
            GError **error)
{
  g_autoptr (EntExportResult) result = NULL;

  if (options->fail_if_empty && !check_not_empty (cli, store, request->report, error))
    return FALSE;
  /* Exports of processes that are no more. */
  ent_user_data_settle_exports (user_data, NULL);
  result = ent_export_run (store, user_data, request, progress_cb, cli, cli->cancellable, error);
  if (result == NULL)
    return FALSE;
  tell_result (cli, result);
  ent_cli_report_options_done (&options->report, cli, store, user_data, request->report);
  if (options->notify)
    ent_cli_notify_done (cli, request->report, result);
  return TRUE;
}

/* A synchronisation that failed was told, and is remembered for the exit status only: what is there
 * is exported all the same. Ctrl+C ends both. */
static gboolean
write_export (EntCli *cli,
              const Options *options,
              EntUserData *user_data,
              const EntExportRequest *request,
              GError **error)
{
  g_autoptr (EntCliStore) store = ent_cli_open_store (cli, error);
  gboolean is_fresh;

  if (store == NULL)
    return FALSE;
  is_fresh = !options->sync || ent_cli_sync_before (cli, store, user_data);
  if (!write_file (cli, options, store, user_data, request, error))
    return FALSE;
  if (!is_fresh)
    g_set_error_literal (error, ENT_CLI_ERROR, ENT_CLI_ERROR_PARTLY,
                         _ ("The file has what was there: the synchronisation failed."));
  return is_fresh;
}

/* The report that was asked for, whole. */
static EntReport *
build_report (EntCli *cli, Options *options, EntUserData *user_data, GError **error)
{
  g_autoptr (EntReport) report =
      ent_cli_report_options_build (&options->report, cli, user_data, error);

  if (report == NULL)
    return NULL;
  /* Without --view an export is detailed, unless a template says otherwise. */
  if (options->report.template_name == NULL)
    report->view = ENT_VIEW_DETAILED;
  if (!ent_cli_export_options_apply (&options->how, report, error) ||
      !apply_file_name (options, report, error) || !check_dialect (options, report, error))
    return NULL;
  return g_steal_pointer (&report);
}

gboolean
ent_cli_export (EntCli *cli, int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntReport) report = NULL;
  g_autoptr (EntExportRequest) request = NULL;
  g_autofree char *path = NULL;
  gint64 now;

  ent_cli_report_options_init (&options.report);
  if (!parse (cli, &options, argc, argv, error) || !check (cli, &options, error))
    return FALSE;
  user_data = ent_cli_open_user_data (cli, error);
  if (user_data == NULL)
    return FALSE;
  report = build_report (cli, &options, user_data, error);
  if (report == NULL)
    return FALSE;
  now = ent_clock_now ();
  path = ent_export_name_expand (options.output, report, now);
  request = ent_export_request_new (report, path, now);
  request->side_car = options.provenance;
  if (!apply_custom (&options, request, error))
    return FALSE;
  if (write_export (cli, &options, user_data, request, error))
    return TRUE;
  /* Also after a synchronisation that failed there is a file, and that was notified. */
  if (options.notify && error != NULL &&
      !g_error_matches (*error, ENT_CLI_ERROR, ENT_CLI_ERROR_PARTLY))
    ent_cli_notify_failed (cli, report);
  return FALSE;
}
