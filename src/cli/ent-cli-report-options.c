/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of options for all reports. Filters are collected while parsing and applied at the
 * end, because a template, wherever it stands, comes first. */

#include "config.h"

#include "ent-cli-report-options.h"

#include "ent-cli-template.h"
#include "ent-words.h"

#include "ent-filter.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  EntFilterField field;
  char *word;
} FilterWord;

static void
clear_word (gpointer data)
{
  g_free (((FilterWord *) data)->word);
}

void
ent_cli_report_options_init (EntCliReportOptions *self)
{
  memset (self, 0, sizeof *self);
  self->words = g_array_new (FALSE, FALSE, sizeof (FilterWord));
  g_array_set_clear_func (self->words, clear_word);
}

void
ent_cli_report_options_clear (EntCliReportOptions *self)
{
  g_free (self->template_name);
  g_free (self->period);
  g_free (self->from);
  g_free (self->to);
  g_free (self->timezone);
  g_free (self->by);
  g_free (self->basis);
  g_free (self->percent_of);
  g_free (self->compare);
  g_free (self->sort);
  g_free (self->columns);
  g_array_unref (self->words);
}

/* ---- The table ---- */

static gboolean
filter_cb (const char *name, const char *value, gpointer data, GError **error)
{
  EntCliReportOptions *self = data;
  FilterWord word;

  if (!ent_filter_field_from_key (name + strlen ("--"), &word.field))
    return ent_cli_usage (error, "%s", name);
  if (!g_utf8_validate (value, -1, NULL))
    return ent_cli_usage (error, _ ("The value of %s is no UTF-8 text."), name);
  word.word = g_strdup (value);
  g_array_append_val (self->words, word);
  return TRUE;
}

static void
append_filters (GArray *entries)
{
  const GOptionEntry filters[] = {
    { "channel", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb,
      N_ ("whatsapp, sms, rcs, mms or other; filters can be repeated, a leading ! leaves out"),
      N_ ("CHANNEL") },
    { "direction", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb,
      N_ ("mt (sent to customers) or mo (received from them)"), N_ ("DIRECTION") },
    { "subaccount", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb,
      N_ ("Name or ID; an empty text stands for none"), N_ ("NAME") },
    { "user", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb, N_ ("Name or ID"), N_ ("NAME") },
    { "campaign", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb, N_ ("Name or ID"), N_ ("NAME") },
    { "content-type", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb, N_ ("text, template, image …"),
      N_ ("TYPE") },
    { "status", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb,
      N_ ("The present state: queued, sent, delivered, read, send-failed, not-delivered, "
          "unconfirmed, received"),
      N_ ("STATUS") },
    { "stage", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb,
      N_ ("What a counter counts: total, sent, delivered, read, errors, send-failed, "
          "not-delivered, pending, received"),
      N_ ("STAGE") },
    { "reason", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb,
      N_ ("invalid-number, unreachable, expired, blocked, content, window, quota, platform, "
          "unknown"),
      N_ ("REASON") },
    { "carrier", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb, N_ ("Name of the carrier"), N_ ("NAME") },
    { "phone", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb,
      N_ ("At least four digits; with a + it starts so, with a * before them it ends so"),
      N_ ("NUMBER") },
    { "contact", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb, N_ ("Part of the contact's name"),
      N_ ("NAME") },
    { "text", 0, 0, G_OPTION_ARG_CALLBACK, filter_cb, N_ ("Part of the content"), N_ ("TEXT") },
  };

  g_array_append_vals (entries, filters, G_N_ELEMENTS (filters));
}

static void
append_period (GArray *entries, EntCliReportOptions *self)
{
  const GOptionEntry period[] = {
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &self->template_name,
      N_ ("Start from this report template; options given beside it win"), N_ ("NAME|FILE") },
    { "period", 0, 0, G_OPTION_ARG_STRING, &self->period,
      N_ ("today, yesterday, last-7-days (default), last-30-days, last-90-days, previous-7-days, "
          "this-week, previous-week, this-month, previous-month"),
      N_ ("PERIOD") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &self->from, N_ ("First day: 2026-11-01"), N_ ("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &self->to, N_ ("Last day; today by default"), N_ ("DATE") },
    { "timezone", 0, 0, G_OPTION_ARG_STRING, &self->timezone, N_ ("America/Sao_Paulo, UTC …"),
      N_ ("ZONE") },
  };

  g_array_append_vals (entries, period, G_N_ELEMENTS (period));
}

static void
append_summary (GArray *entries, EntCliReportOptions *self)
{
  const GOptionEntry summary[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &self->by,
      N_ ("A row for each day (default), hour, week, month, subaccount, user, campaign, "
          "content-type, status, reason, carrier"),
      N_ ("GRAIN") },
    { "basis", 0, 0, G_OPTION_ARG_STRING, &self->basis,
      N_ ("Count by send-date (default) or event-date"), N_ ("BASIS") },
    { "percent-of", 0, 0, G_OPTION_ARG_STRING, &self->percent_of,
      N_ ("Percentages of previous-stage (default) or total"), N_ ("BASE") },
    { "compare", 0, 0, G_OPTION_ARG_STRING, &self->compare,
      N_ ("With none (default), previous-period or same-weekdays"), N_ ("WHAT") },
  };

  g_array_append_vals (entries, summary, G_N_ELEMENTS (summary));
}

static void
append_rows (GArray *entries, EntCliReportOptions *self)
{
  const GOptionEntry rows[] = {
    { "sort", 0, 0, G_OPTION_ARG_STRING, &self->sort,
      N_ ("A column, with :desc for falling order; created_at:desc by default"),
      N_ ("COLUMN[:desc]") },
    { "columns", 0, 0, G_OPTION_ARG_STRING, &self->columns, N_ ("Columns apart by commas"),
      N_ ("A,B,C") },
  };

  g_array_append_vals (entries, rows, G_N_ELEMENTS (rows));
}

GOptionEntry *
ent_cli_report_options_entries (EntCliReportOptions *self, EntCliReportOptionsFlags flags)
{
  GArray *entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  append_period (entries, self);
  append_filters (entries);
  if (flags & ENT_CLI_OPTIONS_SUMMARY)
    append_summary (entries, self);
  if (flags & ENT_CLI_OPTIONS_ROWS)
    append_rows (entries, self);
  return (GOptionEntry *) (gpointer) g_array_free (entries, FALSE);
}

char *
ent_cli_list_keys (EntCliKeyFunc key, guint n)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        /* Translators: between the last two of "a, b or c"; keep the spaces. */
        g_string_append (out, i + 1 == n ? C_ ("list", " or ") : ", ");
      g_string_append (out, key (i));
    }
  return g_string_free (out, FALSE);
}

/* ---- Applying ---- */

/* A saved template of that name, else a file. */
static EntReport *
find_template (EntCliReportOptions *self, EntCli *cli, EntUserData *user_data, GError **error)
{
  const char *name = self->template_name;
  g_autofree char *shown = g_filename_display_name (name);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (EntTemplate) template = NULL;

  if (user_data != NULL)
    template = ent_user_data_find_template (user_data, name, &local_error);
  if (template != NULL)
    {
      self->template_id = template->id;
      self->template_revision = template->revision;
      return ent_report_copy (template->report);
    }
  if (local_error != NULL &&
      !g_error_matches (local_error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (g_file_test (name, G_FILE_TEST_EXISTS))
    return ent_cli_template_read (name, cli->cancellable, error);
  g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED,
               _ ("There is neither a template nor a file “%s”."), shown);
  return NULL;
}

static const char *
period_key (guint index)
{
  return ent_period_kind_key ((EntPeriodKind) index);
}

static gboolean
apply_period (EntCliReportOptions *self, EntReport *report, GError **error)
{
  g_autofree char *keys = NULL;
  EntPeriodKind kind;

  if (self->period == NULL)
    return TRUE;
  if (self->from != NULL || self->to != NULL)
    return ent_cli_usage (error, _ ("Give either --period or --from and --to."));
  if (ent_period_kind_from_key (self->period, &kind))
    {
      report->period = (EntPeriod){ .kind = kind };
      return TRUE;
    }
  keys = ent_cli_list_keys (period_key, ENT_N_PERIOD_TOKENS);
  return ent_cli_usage (error, _ ("--period takes %s, not “%s”."), keys, self->period);
}

static gboolean
parse_date (const char *option, const char *text, EntDay *day, GError **error)
{
  if (ent_day_parse (text, day, NULL))
    return TRUE;
  return ent_cli_usage (error, _ ("%s takes a date such as 2026-11-22, not “%s”."), option, text);
}

static gboolean
apply_dates (EntCliReportOptions *self, EntReport *report, GError **error)
{
  GError *local_error = NULL;
  EntDay first, last;

  if (self->from == NULL && self->to == NULL)
    return TRUE;
  if (self->from == NULL)
    return ent_cli_usage (error, _ ("--to needs --from."));
  if (!parse_date ("--from", self->from, &first, error))
    return FALSE;
  last = ent_zone_day_of (report->zone, ent_clock_now ());
  if (self->to != NULL && !parse_date ("--to", self->to, &last, error))
    return FALSE;
  if (first > last)
    return ent_cli_usage (error, _ ("The first day must not be after the last."));
  if (!ent_period_init_dates (&report->period, first, last, &local_error))
    return ent_cli_usage_from (error, local_error);
  return TRUE;
}

static gboolean
apply_timezone (EntCliReportOptions *self, EntReport *report, GError **error)
{
  EntZone *zone;

  if (self->timezone == NULL)
    return TRUE;
  zone = ent_zone_new (self->timezone, NULL);
  if (zone == NULL)
    return ent_cli_usage (error, _ ("--timezone takes a name such as America/Sao_Paulo, not “%s”."),
                          self->timezone);
  ent_zone_unref (report->zone);
  report->zone = zone;
  return TRUE;
}

static void
set_filter (EntReport *report, EntFilter *filter)
{
  ent_filter_unref (report->filter);
  report->filter = filter;
}

/* Giving a field replaces what the template has for it. */
static gboolean
apply_filters (EntCliReportOptions *self, EntReport *report, GError **error)
{
  for (guint i = 0; i < self->words->len; i++)
    set_filter (report, ent_filter_without_field (
                            report->filter, g_array_index (self->words, FilterWord, i).field));
  for (guint i = 0; i < self->words->len; i++)
    {
      FilterWord *word = &g_array_index (self->words, FilterWord, i);
      GError *local_error = NULL;
      EntFilter *filter =
          ent_filter_with_word (report->filter, word->field, word->word, &local_error);

      if (filter == NULL)
        return ent_cli_usage_from (error, local_error);
      set_filter (report, filter);
    }
  return TRUE;
}

/* One of a few keys. */
static gboolean
choose (const char *option,
        const char *text,
        const char *const *keys,
        guint n,
        guint *choice,
        GError **error)
{
  GString *list;

  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (strcmp (keys[i], text) == 0)
      {
        *choice = i;
        return TRUE;
      }
  list = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s",
                            i == 0       ? ""
                            : i + 1 == n ? C_ ("list", " or ")
                                         : ", ",
                            keys[i]);
  ent_cli_usage (error, _ ("%s takes %s, not “%s”."), option, list->str, text);
  g_string_free (list, TRUE);
  return FALSE;
}

static const char *
by_key (guint index)
{
  return ent_by_key ((EntBy) index);
}

static gboolean
apply_summary (EntCliReportOptions *self, EntReport *report, GError **error)
{
  static const char *const bases[] = { "send-date", "event-date" };
  static const char *const percents[] = { "previous-stage", "total" };
  static const char *const compares[] = { "none", "previous-period", "same-weekdays" };
  guint basis = report->basis;
  guint percent_of = report->percent_of;
  guint compare = report->compare;

  if (self->by != NULL && !ent_by_from_key (self->by, &report->by))
    {
      g_autofree char *keys = ent_cli_list_keys (by_key, ENT_N_BYS);

      return ent_cli_usage (error, _ ("--by takes %s, not “%s”."), keys, self->by);
    }
  if (!choose ("--basis", self->basis, bases, G_N_ELEMENTS (bases), &basis, error) ||
      !choose ("--percent-of", self->percent_of, percents, G_N_ELEMENTS (percents), &percent_of,
               error) ||
      !choose ("--compare", self->compare, compares, G_N_ELEMENTS (compares), &compare, error))
    return FALSE;
  report->basis = (EntBasis) basis;
  report->percent_of = (EntPercentBase) percent_of;
  report->compare = (EntCompare) compare;
  return TRUE;
}

static const char *
column_key (guint index)
{
  return ent_column_key ((EntColumn) index);
}

static gboolean
apply_columns (EntCliReportOptions *self, EntReport *report, GError **error)
{
  g_auto (GStrv) keys = NULL;

  if (self->columns == NULL)
    return TRUE;
  g_array_set_size (report->columns, 0);
  keys = g_strsplit (self->columns, ",", -1);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      EntReportColumn column = { 0 };

      if (!ent_column_from_key (g_strstrip (keys[i]), &column.column))
        {
          g_autofree char *list = ent_cli_list_keys (column_key, ENT_N_COLUMNS);

          return ent_cli_usage (error, _ ("--columns takes %s, not “%s”."), list, keys[i]);
        }
      g_array_append_val (report->columns, column);
    }
  return TRUE;
}

static gboolean
apply_sort (EntCliReportOptions *self, EntReport *report, GError **error)
{
  GError *local_error = NULL;

  if (self->sort == NULL || ent_sort_parse (self->sort, &report->sort, &local_error))
    return TRUE;
  return ent_cli_usage_from (error, local_error);
}

EntReport *
ent_cli_report_options_build (EntCliReportOptions *self,
                              EntCli *cli,
                              EntUserData *user_data,
                              GError **error)
{
  g_autoptr (EntReport) report = NULL;

  if (self->template_name != NULL)
    {
      report = find_template (self, cli, user_data, error);
      if (report == NULL)
        return NULL;
      if (cli->locale == NULL && report->locale != NULL)
        ent_words_init (report->locale);
    }
  else
    report = ent_report_new (ent_words_get_locale ());

  /* The zone first: the last day by default is today there. */
  if (!apply_timezone (self, report, error) || !apply_period (self, report, error) ||
      !apply_dates (self, report, error) || !apply_filters (self, report, error) ||
      !apply_summary (self, report, error) || !apply_columns (self, report, error) ||
      !apply_sort (self, report, error))
    return NULL;
  return g_steal_pointer (&report);
}

void
ent_cli_report_options_done (const EntCliReportOptions *self,
                             EntCli *cli,
                             EntStore *store,
                             EntUserData *user_data,
                             const EntReport *report)
{
  if (self->template_name == NULL)
    return;
  ent_cli_template_tell_missing (cli, store, report);
  /* The report is made, whether or not this can be remembered. */
  if (self->template_id != 0)
    ent_user_data_touch_template (user_data, self->template_id, ent_clock_now (), NULL);
}
