/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates in words: what they do, when they run, and the ones that a first start brings. */
#include "ent-test-words.h"

#define NOW G_GINT64_CONSTANT (1795359600000) /* 2026-11-22T15:00:00Z, a Sunday */

static const char *
line_of (const GPtrArray *lines, guint index)
{
  g_assert_cmpuint (index, <, lines->len);
  return ((const EntWordsLine *) g_ptr_array_index (lines, index))->line;
}

static void
test_consolidated (void)
{
  g_autoptr (EntReport) report = ent_report_new ("pt_BR");
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *both = NULL;

  report->period.kind = ENT_PERIOD_PREVIOUS_WEEK;
  report->by = ENT_BY_CAMPAIGN;
  lines = ent_words_report_lines (report, NOW);
  g_assert_cmpstr (line_of (lines, 0), ==,
                   EXPECT ("Consolidated by: Campaign", "Consolidado por: Campanha",
                           "Consolidado por: Campaña"));
  g_assert_true (
      g_str_has_prefix (line_of (lines, 1), EXPECT ("Previous week · 9", "Semana anterior · 9",
                                                    "Semana anterior · 9")));
  g_assert_cmpstr (line_of (lines, 2), ==, "America/Sao_Paulo");
  both = g_strconcat (line_of (lines, 0), " · ", line_of (lines, 1), NULL);
  assert_take (ent_words_report_summary (report, NOW), both);
}

/* Each filter has a line; a list has columns and an order instead of a chart. */
static void
test_detailed (void)
{
  g_autoptr (EntReport) report = ent_report_new (NULL);
  g_autoptr (EntFilter) filter =
      ent_filter_with_word (report->filter, ENT_FILTER_CHANNEL, "sms", NULL);
  g_autoptr (GPtrArray) lines = NULL;

  report->view = ENT_VIEW_DETAILED;
  ent_filter_unref (report->filter);
  report->filter = ent_filter_with_word (filter, ENT_FILTER_CAMPAIGN, "!<b>Teste</b>", NULL);
  lines = ent_words_report_lines (report, NOW);
  g_assert_cmpuint (lines->len, ==, 8);
  g_assert_nonnull (strstr (line_of (lines, 3), "SMS"));
  g_assert_nonnull (strstr (line_of (lines, 4), "<b>Teste</b>"));
  g_assert_true (g_str_has_suffix (line_of (lines, 6), "↓"));
}

static void
test_schedules (void)
{
  assert_take (
      ent_words_schedule (0, 0, 1, 7, 5),
      EXPECT ("Every day at 07:05", "Todos os dias às 07:05", "Todos los días a las 07:05"));
  assert_take (ent_words_schedule (1, 0, 1, 18, 0),
               EXPECT ("Monday to Friday at 18:00", "De segunda a sexta às 18:00",
                       "De lunes a viernes a las 18:00"));
  g_assert_cmpstr (ent_words_schedule_every (2), !=, ent_words_schedule_every (3));
  g_assert_cmpstr (ent_words_schedule_every (9), ==, "");
}

/* Each is a template that can be saved, shows something that no other does, and has a name in the
 * user's language. */
static void
test_starters (void)
{
  g_autoptr (GPtrArray) starters = ent_words_starters ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (starters->len, ==, 4);
  for (guint i = 0; i < starters->len; i++)
    {
      const EntReport *report = g_ptr_array_index (starters, i);
      g_autofree char *json = ent_report_to_json (report);
      g_autoptr (GError) error = NULL;
      g_autoptr (EntReport) read = ent_report_from_json (json, strlen (json), &error);

      g_assert_no_error (error);
      g_assert_true (ent_report_equal (report, read));
      g_assert_cmpint (report->period.kind, !=, ENT_PERIOD_DATES);
      g_assert_true (g_hash_table_add (names, report->name));
    }
  g_assert_cmpstr (((const EntReport *) g_ptr_array_index (starters, 0))->name, ==,
                   EXPECT ("Yesterday by campaign", "Ontem por campanha", "Ayer por campaña"));
}

int
main (int argc, char *argv[])
{
  start (&argc, &argv);
  g_test_add_func ("/words/templates/consolidated", test_consolidated);
  g_test_add_func ("/words/templates/detailed", test_detailed);
  g_test_add_func ("/words/templates/schedules", test_schedules);
  g_test_add_func ("/words/templates/starters", test_starters);
  return g_test_run ();
}
