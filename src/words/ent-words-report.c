/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a template does, for its page in the window and for the terminal. */

#include "config.h"

#include "ent-words-report.h"

#include "ent-words-date.h"
#include "ent-words-filter.h"
#include "ent-words-name-private.h"
#include "ent-words-name.h"

#include <glib/gi18n-lib.h>

void
ent_words_line_free (EntWordsLine *self)
{
  g_free (self->head);
  g_free (self->line);
  g_free (self);
}

static void
take_line (GPtrArray *lines, const char *head, char *text)
{
  EntWordsLine *line = g_new0 (EntWordsLine, 1);

  line->head = g_strdup (head);
  line->line = text;
  g_ptr_array_add (lines, line);
}

/* "Consolidated by campaign", "Detailed" */
static char *
kind_text (const EntReport *report)
{
  if (report->view == ENT_VIEW_DETAILED)
    return g_strdup (ent_words_view (report->view));
  /* Translators: kind of report and what its rows are: "Consolidated by: Campaign". */
  return g_strdup_printf (C_ ("template", "%s by: %s"), ent_words_view (report->view),
                          ent_words_by (report->by));
}

/* Each field of the filter a line of its own. */
static void
add_filters (GPtrArray *lines, const EntReport *report)
{
  if (ent_filter_is_empty (report->filter))
    take_line (lines, C_ ("template", "Filters"), ent_words_filter (report->filter));
  for (guint i = 0; i < ENT_N_FILTER_FIELDS; i++)
    {
      char *values = ent_words_filter_field_values (report->filter, (EntFilterField) i);

      if (values != NULL)
        take_line (lines, C_ ("template", "Only"), values);
    }
}

static char *
series_text (const EntReport *report)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ENT_N_STAGES; i++)
    if (report->series & 1u << i)
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "",
                              ent_words_stage ((EntStage) i));
  if (out->len > 0)
    g_string_append (out, " · ");
  g_string_append (out, ent_words_chart_style (report->chart_style));
  return g_string_free (out, FALSE);
}

static void
add_consolidated (GPtrArray *lines, const EntReport *report)
{
  take_line (lines, C_ ("template", "Chart"), series_text (report));
  if (report->compare != ENT_COMPARE_NONE)
    take_line (lines, C_ ("template", "Compared with"),
               g_strdup (ent_words_compare (report->compare)));
  take_line (lines, C_ ("template", "Counted by"), g_strdup (ent_words_basis (report->basis)));
  if (report->basis == ENT_BASIS_SEND_DATE)
    take_line (lines, C_ ("template", "Percentages of"),
               g_strdup (ent_words_percent_base (report->percent_of)));
}

static char *
columns_text (const EntReport *report)
{
  GString *out = g_string_new (NULL);
  guint n = 0;
  const EntColumn *defaults = ent_columns_default (&n);

  for (guint i = 0; i < report->columns->len; i++)
    g_string_append_printf (
        out, "%s%s", i > 0 ? ", " : "",
        ent_words_column (g_array_index (report->columns, EntReportColumn, i).column));
  for (guint i = 0; report->columns->len == 0 && i < n; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", ent_words_column (defaults[i]));
  return g_string_free (out, FALSE);
}

static void
add_detailed (GPtrArray *lines, const EntReport *report)
{
  take_line (lines, C_ ("template", "Columns"), columns_text (report));
  take_line (lines, C_ ("template", "Sorted by"),
             g_strdup_printf ("%s %s", ent_words_column (report->sort.column),
                              report->sort.descending ? "↓" : "↑"));
}

static char *
export_text (const EntReport *report)
{
  g_autofree char *privacy = NULL;

  if (report->privacy != ENT_PRIVACY_FULL)
    privacy = ent_words_privacy_modes (report->privacy);
  return g_strconcat (ent_words_format (report->format),
                      report->format == ENT_FORMAT_CSV ? " · " : "",
                      report->format == ENT_FORMAT_CSV ? ent_words_dialect (report->dialect) : "",
                      privacy != NULL ? " · " : "", privacy, NULL);
}

GPtrArray *
ent_words_report_lines (const EntReport *report, gint64 now)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_words_line_free);

  take_line (lines, C_ ("template", "Report"), kind_text (report));
  take_line (lines, C_ ("template", "Period"),
             ent_words_period_resolved (&report->period, report->zone, now));
  take_line (lines, C_ ("template", "Time zone"), g_strdup (ent_zone_get_name (report->zone)));
  add_filters (lines, report);
  if (report->view == ENT_VIEW_CONSOLIDATED)
    add_consolidated (lines, report);
  else
    add_detailed (lines, report);
  take_line (lines, C_ ("template", "Export"), export_text (report));
  if (report->locale != NULL)
    take_line (lines, C_ ("template", "Language"), g_strdup (report->locale));
  return lines;
}

char *
ent_words_report_summary (const EntReport *report, gint64 now)
{
  g_autofree char *kind = kind_text (report);
  g_autofree char *period = ent_words_period_resolved (&report->period, report->zone, now);

  return g_strconcat (kind, " · ", period, NULL);
}

const char *
ent_words_schedule_every (int every)
{
  static const char *const names[] = {
    NC_ ("schedule", "Every day"),
    NC_ ("schedule", "Monday to Friday"),
    NC_ ("schedule", "Once a week"),
    NC_ ("schedule", "Once a month"),
  };

  return ent_words_pick ("schedule", names, G_N_ELEMENTS (names), (guint) every);
}

char *
ent_words_schedule (int every, int weekday, int month_day, int hour, int minute)
{
  g_autofree char *time = g_strdup_printf ("%02d:%02d", hour, minute);

  switch (every)
    {
    case 0:
      /* Translators: %s is a time such as 07:30. */
      return g_strdup_printf (C_ ("schedule", "Every day at %s"), time);
    case 1:
      return g_strdup_printf (C_ ("schedule", "Monday to Friday at %s"), time);
    case 2:
      /* Translators: a day of the week, a time: "Every week on Monday at 07:30". */
      return g_strdup_printf (C_ ("schedule", "Every week on %s at %s"),
                              ent_words_weekday (weekday), time);
    default:
      /* Translators: a day of the month, a time. */
      return g_strdup_printf (C_ ("schedule", "On day %d of each month at %s"), month_day, time);
    }
}
