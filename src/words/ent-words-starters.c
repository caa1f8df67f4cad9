/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four templates to learn from: see the header. */

#include "config.h"

#include "ent-words-starters.h"

#include "ent-words-locale.h"

#include <glib/gi18n-lib.h>

static EntReport *
starter_new (const char *name, EntPeriodKind period)
{
  EntReport *report = ent_report_new (ent_words_get_locale ());

  report->name = g_strdup (name);
  report->period.kind = period;
  report->format = ENT_FORMAT_XLSX;
  return report;
}

/* The words are ours and right. */
static void
filter_by (EntReport *report, EntFilterField field, const char *word)
{
  EntFilter *filter = ent_filter_with_word (report->filter, field, word, NULL);

  g_assert (filter != NULL);
  ent_filter_unref (report->filter);
  report->filter = filter;
}

/* A relative day and a breakdown. */
static EntReport *
yesterday_by_campaign (void)
{
  EntReport *report =
      starter_new (C_ ("starter template", "Yesterday by campaign"), ENT_PERIOD_YESTERDAY);

  report->by = ENT_BY_CAMPAIGN;
  filter_by (report, ENT_FILTER_DIRECTION, "mt");
  return report;
}

/* A comparison. */
static EntReport *
last_week (void)
{
  EntReport *report = starter_new (C_ ("starter template", "Last week against the week before"),
                                   ENT_PERIOD_PREVIOUS_WEEK);

  report->compare = ENT_COMPARE_PREVIOUS_PERIOD;
  report->format = ENT_FORMAT_PDF;
  filter_by (report, ENT_FILTER_DIRECTION, "mt");
  return report;
}

/* A filter by what a counter counts, broken down by cause. */
static EntReport *
failures_by_reason (void)
{
  EntReport *report = starter_new (
      C_ ("starter template", "Failures of the last 30 days by reason"), ENT_PERIOD_LAST_30_DAYS);

  report->by = ENT_BY_REASON;
  filter_by (report, ENT_FILTER_DIRECTION, "mt");
  filter_by (report, ENT_FILTER_STAGE, "errors");
  return report;
}

static void
add_column (EntReport *report, EntColumn column)
{
  EntReportColumn added = { column, 0 };

  g_array_append_val (report->columns, added);
}

/* A list with columns, order and several values of a filter: for cleaning up an address book. */
static EntReport *
numbers_that_never_receive (void)
{
  EntReport *report =
      starter_new (C_ ("starter template", "Numbers that never receive"), ENT_PERIOD_LAST_90_DAYS);

  report->view = ENT_VIEW_DETAILED;
  report->sort = (EntSort){ ENT_COLUMN_PHONE, FALSE };
  filter_by (report, ENT_FILTER_DIRECTION, "mt");
  filter_by (report, ENT_FILTER_REASON, "invalid-number");
  filter_by (report, ENT_FILTER_REASON, "blocked");
  add_column (report, ENT_COLUMN_PHONE);
  add_column (report, ENT_COLUMN_CONTACT_NAME);
  add_column (report, ENT_COLUMN_REASON);
  add_column (report, ENT_COLUMN_CREATED_AT);
  add_column (report, ENT_COLUMN_CHANNEL);
  add_column (report, ENT_COLUMN_CAMPAIGN);
  return report;
}

GPtrArray *
ent_words_starters (void)
{
  GPtrArray *starters = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_report_free);

  g_ptr_array_add (starters, yesterday_by_campaign ());
  g_ptr_array_add (starters, last_week ());
  g_ptr_array_add (starters, failures_by_reason ());
  g_ptr_array_add (starters, numbers_that_never_receive ());
  return starters;
}
