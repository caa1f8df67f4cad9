/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports and template files: the documented sample, unknown keys in their places, and random
 * reports there and back. */

#include "ent-report.h"
#include "ent-test-template.h"
#include "ent-test-util.h"

#include <string.h>

static EntReport *
read_report (const char *text)
{
  g_autoptr (GError) error = NULL;
  EntReport *report = ent_report_from_json (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  return report;
}

/* @text with the first @old replaced by @new. */
static char *
replace (const char *text, const char *old, const char *new)
{
  const char *at = strstr (text, old);
  g_autofree char *head = NULL;

  g_assert_nonnull (at);
  head = g_strndup (text, (gsize) (at - text));
  return g_strconcat (head, new, at + strlen (old), NULL);
}

static void
assert_same_bytes (const char *text)
{
  g_autoptr (EntReport) report = read_report (text);
  g_autoptr (EntReport) copy = ent_report_copy (report);
  g_autofree char *written = ent_report_to_json (report);
  g_autofree char *of_copy = ent_report_to_json (copy);

  g_assert_cmpstr (written, ==, text);
  g_assert_cmpstr (of_copy, ==, text);
  g_assert_true (ent_report_equal (report, copy));
}

static void
test_sample (void)
{
  g_autoptr (EntReport) report = read_report (TEMPLATE_TEXT);
  gboolean negated = FALSE;

  assert_same_bytes (TEMPLATE_TEXT);
  g_assert_cmpstr (report->name, ==, "Last week by campaign");
  g_assert_cmpint (report->view, ==, ENT_VIEW_CONSOLIDATED);
  g_assert_cmpint (report->period.kind, ==, ENT_PERIOD_PREVIOUS_WEEK);
  g_assert_cmpstr (ent_zone_get_name (report->zone), ==, "America/Sao_Paulo");
  g_assert_cmpuint (ent_filter_get_n_values (report->filter, ENT_FILTER_CAMPAIGN), ==, 2);
  g_assert_cmpstr (ent_filter_get_value (report->filter, ENT_FILTER_CAMPAIGN, 1, &negated), ==,
                   "Teste");
  g_assert_true (negated);
  g_assert_false (ent_filter_has_field (report->filter, ENT_FILTER_STATUS));
  g_assert_cmpint (report->basis, ==, ENT_BASIS_SEND_DATE);
  g_assert_cmpint (report->percent_of, ==, ENT_PERCENT_OF_PREVIOUS_STAGE);
  g_assert_cmpint (report->by, ==, ENT_BY_CAMPAIGN);
  g_assert_cmpint (report->compare, ==, ENT_COMPARE_PREVIOUS_PERIOD);
  g_assert_cmpuint (report->series, ==, 1u << ENT_STAGE_DELIVERED | 1u << ENT_STAGE_ERRORS);
  g_assert_cmpint (report->chart_style, ==, ENT_CHART_COLUMNS);
  g_assert_cmpuint (report->columns->len, ==, 2);
  g_assert_cmpint (g_array_index (report->columns, EntReportColumn, 0).column, ==,
                   ENT_COLUMN_CREATED_AT);
  g_assert_cmpint (g_array_index (report->columns, EntReportColumn, 0).width, ==, 150);
  g_assert_cmpint (g_array_index (report->columns, EntReportColumn, 1).column, ==,
                   ENT_COLUMN_PHONE);
  g_assert_cmpint (g_array_index (report->columns, EntReportColumn, 1).width, ==, 0);
  g_assert_cmpint (report->sort.column, ==, ENT_COLUMN_CREATED_AT);
  g_assert_true (report->sort.descending);
  g_assert_cmpint (report->format, ==, ENT_FORMAT_XLSX);
  g_assert_cmpint (report->dialect, ==, ENT_DIALECT_EXCEL_PT);
  g_assert_cmpint (report->privacy, ==, ENT_PRIVACY_LAST4);
  g_assert_cmpstr (report->locale, ==, "pt_BR");
}

/* As people write it by hand: one line, keys in any order, what is missing has its default. */
static void
test_by_hand (void)
{
  g_autoptr (EntReport) report =
      read_report ("{\"sort\":\"phone\",\"period\":{\"to\":\"2026-11-15\",\"from\":\"2026-11-01\"},"
                   "\"entrega_template\":1,\"name\":\"  Relato\xcc\x81rio \"}");
  g_autoptr (EntReport) fresh = ent_report_new (NULL);
  g_autofree char *written = ent_report_to_json (report);

  g_assert_cmpstr (report->name, ==, "Relatório");
  g_assert_cmpint (report->period.kind, ==, ENT_PERIOD_DATES);
  g_assert_cmpint (report->period.last - report->period.first, ==, 14);
  g_assert_cmpint (report->sort.column, ==, ENT_COLUMN_PHONE);
  g_assert_false (report->sort.descending);
  g_assert_cmpint (report->by, ==, fresh->by);
  g_assert_cmpuint (report->series, ==, fresh->series);
  g_assert_true (ent_filter_is_empty (report->filter));
  g_assert_true (g_str_has_prefix (written, "{\n  \"entrega_template\": 1,\n  \"name\": "));
  g_assert_nonnull (strstr (written, "  \"period\": {\n    \"from\": \"2026-11-01\",\n"));
  g_assert_nonnull (strstr (written, "  \"sort\": \"phone:asc\",\n"));
  assert_same_bytes (written);
}

static void
test_defaults (void)
{
  g_autoptr (EntReport) report = ent_report_new ("pt_BR");
  g_autofree char *text = ent_report_to_json (report);
  g_autoptr (EntReport) back = read_report (text);

  g_assert_null (report->name);
  g_assert_null (report->locale);
  g_assert_cmpstr (ent_zone_get_name (report->zone), ==, "America/Sao_Paulo");
  g_assert_cmpint (report->period.kind, ==, ENT_PERIOD_LAST_7_DAYS);
  g_assert_cmpint (report->by, ==, ENT_BY_DAY);
  g_assert_true (report->sort.descending);
  g_assert_cmpint (report->sort.column, ==, ENT_COLUMN_CREATED_AT);
  g_assert_true (ent_filter_is_empty (report->filter));
  g_assert_cmpuint (report->columns->len, ==, 0);
  g_assert_true (ent_report_equal (report, back));
  assert_same_bytes (text);
}

/* Each unknown key in each place of the file comes back where it stood. */
static void
test_unknown_keys (void)
{
  static const char *const anchors[] = {
    "\n  \"entrega_template\"",
    "\n  \"name\"",
    "\n  \"view\"",
    "\n  \"period\"",
    "\n  \"timezone\"",
    "\n  \"filters\"",
    "\n    \"channel\"",
    "\n    \"direction\"",
    "\n    \"campaign\"",
    "\n    \"status\"",
    "\n  \"basis\"",
    "\n  \"percent_of\"",
    "\n  \"by\"",
    "\n  \"compare\"",
    "\n  \"chart\"",
    "\n    \"series\"",
    "\n    \"style\"",
    "\n  \"columns\"",
    "\n      \"key\"",
    "\n      \"width\"",
    "\n  \"sort\"",
    "\n  \"export\"",
    "\n    \"format\"",
    "\n    \"dialect\"",
    "\n    \"privacy\"",
    "\n  \"locale\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (anchors); i++)
    {
      g_autofree char *indent = g_strndup (anchors[i], strspn (anchors[i], "\n "));
      g_autofree char *new = g_strdup_printf ("%s\"zz\": {%s  \"a\": [],%s  \"b\": 1.5%s},%s"
                                              "\"aa\": null,%s",
                                              indent, indent, indent, indent, indent, anchors[i]);
      g_autofree char *text = replace (TEMPLATE_TEXT, anchors[i], new);
      g_autoptr (EntReport) report = read_report (text);
      g_autoptr (EntReport) sample = read_report (TEMPLATE_TEXT);

      g_test_message ("before%s", anchors[i]);
      assert_same_bytes (text);
      g_assert_true (ent_report_equal (report, sample));
    }
}

static void
test_unknown_keys_at_ends (void)
{
  static const char *const ends[][2] = {
    { "\"pt_BR\"\n}", "\"pt_BR\",\n  \"zz\": true\n}" },
    { "\"status\": []\n", "\"status\": [],\n    \"zz\": true\n" },
    { "\"style\": \"columns\"\n", "\"style\": \"columns\",\n    \"zz\": true\n" },
    { "\"width\": 150\n", "\"width\": 150,\n      \"zz\": true\n" },
    { "\"key\": \"phone\"\n", "\"key\": \"phone\",\n      \"zz\": true\n" },
    { "      \"last4\"\n    ]\n", "      \"last4\"\n    ],\n    \"zz\": true\n" },
    { "\"previous-week\"",
      "{\n    \"aa\": 1,\n    \"from\": \"2026-11-01\",\n    \"zz\": 2,\n    \"to\": "
      "\"2026-11-15\",\n    \"bb\": 3\n  }" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *text = replace (TEMPLATE_TEXT, ends[i][0], ends[i][1]);

      assert_same_bytes (text);
    }
}

/* Edits go beside what is kept. */
static void
test_edited (void)
{
  g_autofree char *first =
      replace (TEMPLATE_TEXT, "    \"status\": []\n", "    \"status\": [],\n    \"zz\": 1\n");
  g_autofree char *text =
      replace (first, "\"key\": \"phone\"\n", "\"key\": \"phone\",\n      \"zz\": 2\n");
  g_autoptr (EntReport) report = read_report (text);
  g_autofree char *written = NULL;
  EntReportColumn content = { .column = ENT_COLUMN_CONTENT };
  EntFilter *filter = ent_filter_with (report->filter, ENT_FILTER_STATUS, "read", FALSE, NULL);

  ent_filter_unref (report->filter);
  report->filter = ent_filter_without_field (filter, ENT_FILTER_CAMPAIGN);
  ent_filter_unref (filter);
  g_array_remove_index (report->columns, 0);
  g_array_append_val (report->columns, content);
  g_clear_pointer (&report->locale, g_free);
  g_free (report->name);
  report->name = g_strdup ("Another");

  written = ent_report_to_json (report);
  g_assert_nonnull (strstr (written, "  \"name\": \"Another\",\n"));
  g_assert_nonnull (strstr (written, "    \"status\": [\n      \"read\"\n    ],\n    \"zz\": 1\n"));
  g_assert_null (strstr (written, "\"campaign\": ["));
  g_assert_nonnull (strstr (written, "  \"columns\": [\n    {\n      \"key\": \"phone\",\n"
                                     "      \"zz\": 2\n    },\n    {\n      \"key\": \"content\"\n"
                                     "    }\n  ],\n"));
  g_assert_null (strstr (written, "locale"));
  assert_same_bytes (written);
}

static void
test_newer_version (void)
{
  g_autofree char *version = replace (TEMPLATE_TEXT, "\"entrega_template\": 1",
                                      "\"entrega_template\": 3,\n  \"merge\": [\n    \"x\"\n  ]");
  g_autofree char *unknown_value = replace (version, "\"by\": \"campaign\"", "\"by\": \"country\"");
  g_autofree char *wrong_type = replace (version, "\"by\": \"campaign\"", "\"by\": 7");
  g_autofree char *broken = replace (version, "]", "}");
  g_autoptr (EntReport) report = read_report (version);
  g_autoptr (EntReport) sample = read_report (TEMPLATE_TEXT);
  const char *const refused[] = { unknown_value, wrong_type };
  g_autoptr (GError) error = NULL;

  assert_same_bytes (version);
  g_assert_true (ent_report_equal (report, sample));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) newer = NULL;

      g_assert_null (ent_report_from_json (refused[i], strlen (refused[i]), &newer));
      g_assert_error (newer, ENT_REPORT_ERROR, ENT_REPORT_ERROR_VERSION);
      g_assert_nonnull (strstr (newer->message, "newer Entrega"));
      g_assert_nonnull (strstr (newer->message, "by: "));
    }
  g_assert_null (ent_report_from_json (broken, strlen (broken), &error));
  g_assert_error (error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_INVALID);
}

static EntReport *
random_report (GRand *random)
{
  static const char *const zones[] = { "America/Sao_Paulo", "UTC", "Asia/Kathmandu" };
  static const char *const names[] = { NULL, "a", "Relatório \"1\"", "😀 \\ /", "x\xe2\x80\xaey" };
  static const char *const words[] = { "a", "!b", "\\!c", "", "ç\n" };
  static const EntPrivacy privacies[] = { ENT_PRIVACY_FULL, ENT_PRIVACY_LAST4,
                                          ENT_PRIVACY_PSEUDONYM };
  EntReport *report = ent_report_new (NULL);
  EntColumn columns[ENT_N_COLUMNS];
  guint n;

  report->name = g_strdup (names[g_rand_int (random) % G_N_ELEMENTS (names)]);
  report->view = (EntView) (g_rand_int (random) % 2);
  report->period.kind = (EntPeriodKind) (g_rand_int (random) % (ENT_N_PERIOD_TOKENS + 1));
  if (report->period.kind == ENT_PERIOD_DATES)
    {
      report->period.first = g_rand_int_range (random, -5000, 40000);
      report->period.last = report->period.first + g_rand_int_range (random, 0, 4000);
    }
  ent_zone_unref (report->zone);
  report->zone = ent_zone_new (zones[g_rand_int (random) % G_N_ELEMENTS (zones)], NULL);
  n = g_rand_int (random) % 6;
  for (guint i = 0; i < n; i++)
    {
      EntFilterField field = g_rand_boolean (random) ? ENT_FILTER_USER : ENT_FILTER_CARRIER;
      const char *word = words[g_rand_int (random) % G_N_ELEMENTS (words)];
      EntFilter *filter = ent_filter_with_word (report->filter, field, word, NULL);

      ent_filter_unref (report->filter);
      report->filter = filter;
    }
  report->basis = (EntBasis) (g_rand_int (random) % 2);
  report->percent_of = (EntPercentBase) (g_rand_int (random) % 2);
  report->by = (EntBy) (g_rand_int (random) % ENT_N_BYS);
  report->compare = (EntCompare) (g_rand_int (random) % 3);
  report->series = g_rand_int (random) % (1u << ENT_N_STAGES);
  report->chart_style = (EntChartStyle) (g_rand_int (random) % 2);

  for (guint i = 0; i < ENT_N_COLUMNS; i++)
    columns[i] = (EntColumn) i;
  n = g_rand_int (random) % (ENT_N_COLUMNS + 1);
  for (guint i = 0; i < n; i++)
    {
      guint other = i + g_rand_int (random) % (ENT_N_COLUMNS - i);
      EntReportColumn column = { .column = columns[other] };

      columns[other] = columns[i];
      if (g_rand_boolean (random))
        column.width = g_rand_int_range (random, 1, 4097);
      g_array_append_val (report->columns, column);
    }
  report->sort.column = (EntColumn) (g_rand_int (random) % ENT_N_COLUMNS);
  report->sort.descending = g_rand_boolean (random);
  report->format = (EntFormat) (g_rand_int (random) % 3);
  report->dialect = (EntDialect) (g_rand_int (random) % 5);
  report->privacy = privacies[g_rand_int (random) % G_N_ELEMENTS (privacies)];
  if (g_rand_boolean (random))
    report->privacy = (EntPrivacy) (report->privacy | ENT_PRIVACY_NO_CONTENT);
  if (g_rand_boolean (random))
    report->locale = g_strdup ("es_419.UTF-8");
  return report;
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) random = ent_test_rand_new ();
  g_autoptr (EntReport) before = ent_report_new ("fr_FR");

  for (guint i = 0; i < ent_test_rounds (2000, 50000); i++)
    {
      g_autoptr (EntReport) report = random_report (random);
      g_autofree char *text = ent_report_to_json (report);
      g_autoptr (EntReport) back = read_report (text);
      g_autofree char *before_text = ent_report_to_json (before);

      g_assert_true (ent_report_equal (report, back));
      assert_same_bytes (text);
      /* Equal means the same file, and only that. */
      g_assert_cmpint (ent_report_equal (report, before), ==, g_str_equal (text, before_text));
      ent_report_free (before);
      before = g_steal_pointer (&report);
    }
}

/* Every single field counts. */
static void
test_equal (void)
{
  g_autoptr (EntReport) a = read_report (TEMPLATE_TEXT);
  static const char *const changes[][2] = {
    { "\"Last week", "\"last week" },
    { "\"consolidated\"", "\"detailed\"" },
    { "\"previous-week\"", "\"this-week\"" },
    { "\"America/Sao_Paulo\"", "\"America/Recife\"" },
    { "\"!Teste\"", "\"Teste\"" },
    { "\"send-date\"", "\"event-date\"" },
    { "\"previous-stage\"", "\"total\"" },
    { "\"by\": \"campaign\"", "\"by\": \"day\"" },
    { "\"previous-period\"", "\"none\"" },
    { "      \"errors\"", "      \"read\"" },
    { "\"style\": \"columns\"", "\"style\": \"lines\"" },
    { "150", "151" },
    { "\"key\": \"phone\"", "\"key\": \"user\"" },
    { "created_at:desc", "created_at:asc" },
    { "created_at:desc", "sent_at:desc" },
    { "\"xlsx\"", "\"pdf\"" },
    { "\"excel-pt\"", "\"machine\"" },
    { "\"last4\"", "\"pseudonym\"" },
    { "\"last4\"", "\"last4\", \"no-content\"" },
    { "\"pt_BR\"", "\"en_US\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *text = replace (TEMPLATE_TEXT, changes[i][0], changes[i][1]);
      g_autoptr (EntReport) b = read_report (text);

      g_test_message ("%s", changes[i][1]);
      g_assert_false (ent_report_equal (a, b));
      g_assert_false (ent_report_equal (b, a));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/sample", test_sample);
  g_test_add_func ("/report/by-hand", test_by_hand);
  g_test_add_func ("/report/defaults", test_defaults);
  g_test_add_func ("/report/unknown-keys", test_unknown_keys);
  g_test_add_func ("/report/unknown-keys-at-ends", test_unknown_keys_at_ends);
  g_test_add_func ("/report/edited", test_edited);
  g_test_add_func ("/report/newer-version", test_newer_version);
  g_test_add_func ("/report/round-trip", test_round_trip);
  g_test_add_func ("/report/equal", test_equal);
  return g_test_run ();
}
