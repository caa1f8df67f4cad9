/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One number, wherever it is read: the chart's tooltip, the card, the table, report --json and the
 * count of list --stage, for every day and series of sample data that came over HTTP. */
#include "config.h"

#include "ent-card.h"
#include "ent-chart-bubble.h"
#include "ent-chart-view.h"
#include "ent-consolidated-page.h"
#include "ent-day-table.h"
#include "ent-flow.h"
#include "ent-style.h"
#include "ent-words-name.h"
#include "ent-words-number.h"

#include <adwaita.h>
#include <json-glib/json-glib.h>

#define ZONE "America/Sao_Paulo"
#define SAMPLE_DAYS 14
#define PAGE_DAYS 7
#define END "2026-11-22"

typedef struct
{
  EntFlowProvider *provider;
  EntFlowHome *home;
  EntSync *sync;
  EntSession *session;
  GtkWidget *window;
  GtkWidget *page;
  EntDay end;
} Fixture;

/* --- looking around in the widgets ---------------------------------------------------------- */

static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static GtkWidget *
find_one (GtkWidget *root, GType type)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (root, type, found);
  g_assert_cmpuint (found->len, >=, 1);
  return g_ptr_array_index (found, 0);
}

/* The texts of all labels below @widget, one a line. */
static char *
texts_of (GtkWidget *widget)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GString *texts = g_string_new ("\n");

  collect (widget, GTK_TYPE_LABEL, labels);
  for (guint i = 0; i < labels->len; i++)
    g_string_append_printf (texts, "%s\n", gtk_label_get_text (labels->pdata[i]));
  return g_string_free (texts, FALSE);
}

static void
assert_has_line (const char *texts, const char *line)
{
  g_autofree char *whole = g_strconcat ("\n", line, "\n", NULL);

  if (strstr (texts, whole) == NULL)
    g_error ("“%s” is not among:%s", line, texts);
}

/* --- setting up ----------------------------------------------------------------------------- */

static gboolean
is_ready (gpointer user_data)
{
  return ent_session_get_overview_state (user_data) == ENT_LOAD_READY;
}

static void
show_days (Fixture *self, EntDay first, EntDay last)
{
  EntPeriod period;

  g_assert_true (ent_period_init_dates (&period, first, last, NULL));
  ent_session_set_draft_period (self->session, &period);
  ent_session_apply (self->session);
  g_assert_true (ent_test_wait_until (is_ready, self->session, 10000));
  gtk_test_widget_wait_for_draw (self->page);
  g_assert_cmpint (ent_session_get_overview (self->session)->summary->range.first, ==, first);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (EntReport) report = ent_report_new ("pt_BR");
  g_autoptr (EntSyncResult) synced G_GNUC_UNUSED = NULL;

  self->provider = ent_flow_provider_new (7, SAMPLE_DAYS, 3000, END, NULL);
  self->home = ent_flow_home_new ();
  ent_flow_home_add_source (self->home, ENT_FLOW_SOURCE, ent_flow_provider_get_url (self->provider),
                            ent_flow_provider_get_credentials (self->provider));
  synced = ent_flow_sync (self->home);
  self->sync = ent_sync_new (self->home->store, self->home->user_data);
  g_assert_cmpstr (ent_zone_get_name (report->zone), ==, ZONE);
  self->session = ent_session_new (self->home->store, self->home->user_data, self->sync, report);
  self->page = ent_consolidated_page_new (self->session);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 1100);
  gtk_window_set_child (GTK_WINDOW (self->window), self->page);
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (ent_day_parse (END, &self->end, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  ent_session_close (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->sync);
  ent_flow_home_free (self->home);
  ent_flow_provider_free (self->provider);
}

/* --- the command line ------------------------------------------------------------------------ */

/* What it printed; its clock is ours. */
static char *
run_cli (Fixture *self, const char *command, EntDay first, EntDay last, const char *stage)
{
  g_autofree char *program = ent_test_program ("entrega-cli");
  g_autofree char *now = ent_instant_format (ent_clock_now ());
  g_autofree char *from = ent_day_format (first);
  g_autofree char *to = ent_day_format (last);
  const char *argv[] = { program,
                         "--data-dir",
                         self->home->dir,
                         "--now",
                         now,
                         command,
                         "--json",
                         "--timezone",
                         ZONE,
                         "--from",
                         from,
                         "--to",
                         to,
                         stage != NULL ? "--stage" : NULL,
                         stage,
                         NULL };
  char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (ent_test_run (argv, NULL, &out, &err), ==, 0);
  return out;
}

static gint64
count_lines (const char *text)
{
  gint64 lines = 0;

  for (; *text != '\0'; text++)
    lines += *text == '\n';
  return lines;
}

static void
assert_json_counters (JsonObject *object, const EntCounters *counters)
{
  for (guint i = 0; i < ENT_N_COUNTER_KEYS; i++)
    g_assert_cmpint (json_object_get_int_member (object, ent_counters_key (i)), ==,
                     ent_counters_value (counters, i));
}

/* --- the tests ------------------------------------------------------------------------------- */

static void
test_report_json (Fixture *self, gconstpointer data)
{
  EntDay first = self->end - SAMPLE_DAYS + 1;
  const EntSummary *summary;
  g_autofree char *out = run_cli (self, "report", first, self->end, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root;
  JsonArray *rows;

  show_days (self, first, self->end);
  summary = ent_session_get_overview (self->session)->summary;
  g_assert_true (json_parser_load_from_data (parser, out, -1, NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  rows = json_object_get_array_member (root, "rows");
  g_assert_cmpuint (json_array_get_length (rows), ==, SAMPLE_DAYS);
  g_assert_cmpint (summary->totals.total, >, 1000);
  assert_json_counters (json_object_get_object_member (root, "totals"), &summary->totals);
  for (guint i = 0; i < SAMPLE_DAYS; i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      g_assert_cmpstr (json_object_get_string_member (row, "key"), ==, summary->rows[i].key);
      assert_json_counters (row, &summary->rows[i].counters);
    }
}

static void
test_list_of_each_number (Fixture *self, gconstpointer data)
{
  EntDay first = self->end - SAMPLE_DAYS + 1;
  const EntSummary *summary;

  show_days (self, first, self->end);
  summary = ent_session_get_overview (self->session)->summary;
  for (int day = 0; day < SAMPLE_DAYS; day++)
    for (EntStage stage = ENT_STAGE_TOTAL; stage <= ENT_STAGE_RECEIVED; stage++)
      {
        g_autofree char *out =
            run_cli (self, "list", first + day, first + day, ent_stage_key (stage));

        g_assert_cmpint (count_lines (out), ==,
                         ent_counters_stage (&summary->rows[day].counters, stage));
      }
}

static void
assert_tooltip (EntChartBubble *bubble, const EntSummaryRow *row)
{
  static const EntStage named[] = { ENT_STAGE_SENT, ENT_STAGE_TOTAL, ENT_STAGE_READ,
                                    ENT_STAGE_PENDING };
  g_autofree char *texts = texts_of (GTK_WIDGET (bubble));
  g_autofree char *delivered = ent_words_count (row->counters.delivered);
  g_autofree char *errors = ent_words_count (ent_counters_errors (&row->counters));
  g_autofree char *rate =
      ent_words_rate_of (&row->counters, ENT_RATE_DELIVERED, ENT_PERCENT_OF_PREVIOUS_STAGE);
  g_autofree char *error_rate =
      ent_words_rate_of (&row->counters, ENT_RATE_ERROR, ENT_PERCENT_OF_PREVIOUS_STAGE);

  assert_has_line (texts, delivered);
  assert_has_line (texts, errors);
  assert_has_line (texts, rate);
  assert_has_line (texts, error_rate);
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      g_autofree char *count = ent_words_count (ent_counters_stage (&row->counters, named[i]));
      g_autofree char *part = g_strdup_printf ("%s %s", ent_words_stage (named[i]), count);

      g_assert_nonnull (strstr (texts, part));
    }
}

static void
test_tooltip (Fixture *self, gconstpointer data)
{
  for (EntDay first = self->end - SAMPLE_DAYS + 1; first <= self->end; first += PAGE_DAYS)
    {
      EntChartView *view = ENT_CHART_VIEW (find_one (self->page, ENT_TYPE_CHART_VIEW));
      EntChartBubble *bubble = ENT_CHART_BUBBLE (find_one (self->page, ENT_TYPE_CHART_BUBBLE));
      const EntSummary *summary;

      show_days (self, first, first + PAGE_DAYS - 1);
      summary = ent_session_get_overview (self->session)->summary;
      g_assert_cmpuint (ent_chart_get_n_points (ent_chart_view_get_chart (view)), ==, PAGE_DAYS);
      for (int day = 0; day < PAGE_DAYS; day++)
        {
          ent_chart_view_set_current (view, day);
          assert_tooltip (bubble, &summary->rows[day]);
        }
      ent_chart_view_set_current (view, -1);
    }
}

static void
test_cards (Fixture *self, gconstpointer data)
{
  static const EntStage stages[] = { ENT_STAGE_TOTAL,   ENT_STAGE_SENT,   ENT_STAGE_DELIVERED,
                                     ENT_STAGE_READ,    ENT_STAGE_ERRORS, ENT_STAGE_PENDING,
                                     ENT_STAGE_RECEIVED };
  const EntSummary *summary;
  g_autofree char *texts = NULL;
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();
  g_autoptr (GString) all = g_string_new (NULL);

  show_days (self, self->end - PAGE_DAYS + 1, self->end);
  summary = ent_session_get_overview (self->session)->summary;
  collect (self->page, ENT_TYPE_CARD, cards);
  g_assert_cmpuint (cards->len, ==, G_N_ELEMENTS (stages));
  for (guint i = 0; i < cards->len; i++)
    {
      g_autofree char *card = texts_of (cards->pdata[i]);

      g_string_append (all, card);
    }
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autofree char *count = ent_words_count (ent_counters_stage (&summary->totals, stages[i]));
      g_autofree char *at_least = g_strconcat ("≥ ", count, NULL);

      assert_has_line (all->str, stages[i] == ENT_STAGE_READ ? at_least : count);
    }
}

/* The inner list of a column view: its children are the rows. */
static GtkWidget *
rows_of (GtkWidget *table)
{
  return find_one (table, GTK_TYPE_LIST_BASE);
}

static void
assert_table_row (GtkWidget *table, const EntSummaryRow *row)
{
  static const EntStage stages[] = { ENT_STAGE_TOTAL, ENT_STAGE_SENT,   ENT_STAGE_DELIVERED,
                                     ENT_STAGE_READ,  ENT_STAGE_ERRORS, ENT_STAGE_RECEIVED };
  g_autofree char *label = ent_words_row (ENT_BY_DAY, row->key);
  g_autofree char *marked = g_strconcat ("\n", label, "\n", NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (rows_of (table)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *texts = texts_of (child);

      if (strstr (texts, marked) == NULL)
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
        {
          g_autofree char *count = ent_words_count (ent_counters_stage (&row->counters, stages[i]));

          assert_has_line (texts, count);
        }
      return;
    }
  g_error ("the table has no row “%s”", label);
}

static void
test_table (Fixture *self, gconstpointer data)
{
  GtkWidget *table = find_one (self->page, ENT_TYPE_DAY_TABLE);

  for (EntDay first = self->end - SAMPLE_DAYS + 1; first <= self->end; first += PAGE_DAYS)
    {
      const EntSummary *summary;

      show_days (self, first, first + PAGE_DAYS - 1);
      summary = ent_session_get_overview (self->session)->summary;
      for (int day = 0; day < PAGE_DAYS; day++)
        assert_table_row (table, &summary->rows[day]);
    }
}

static gboolean
is_selected (gpointer user_data)
{
  return ent_session_get_selection_state (user_data) == ENT_LOAD_READY;
}

/* Each number is a door to exactly the messages that it counted. */
static void
test_doors (Fixture *self, gconstpointer data)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (EntSummaryRow));
  const EntSummary *summary;

  show_days (self, self->end - PAGE_DAYS + 1, self->end);
  summary = ent_session_get_overview (self->session)->summary;
  g_array_append_vals (wanted, summary->rows, PAGE_DAYS);
  for (guint day = 0; day < PAGE_DAYS; day++)
    for (EntStage stage = ENT_STAGE_TOTAL; stage <= ENT_STAGE_RECEIVED; stage++)
      {
        EntSummaryRow row = g_array_index (wanted, EntSummaryRow, day);

        ent_session_drill (self->session, stage, row.start, row.end, ENT_BY_DAY, NULL);
        g_assert_true (ent_test_wait_until (is_selected, self->session, 10000));
        g_assert_cmpint (ent_selection_get_size (ent_session_get_selection (self->session)), ==,
                         ent_counters_stage (&row.counters, stage));
      }
}

/* --- random reports -------------------------------------------------------------------------- */

/* Names that messages of the data have. */
static char *
random_name (Fixture *self, GRand *rand, const EntReport *report, EntFilterField field)
{
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (self->home->store, NULL);
  g_autoptr (EntQuery) query = ent_query_new (report, ent_clock_now ());
  g_autoptr (GArray) values = ent_snapshot_values (snapshot, query, field, NULL, NULL);
  char *name = NULL;

  for (guint i = 0; i < values->len; i++)
    {
      const EntValueCount *value = &g_array_index (values, EntValueCount, i);

      /* Each has the same chance. */
      if (g_rand_int_range (rand, 0, (gint32) i + 1) == 0)
        {
          g_free (name);
          name = g_strdup (value->value);
        }
    }
  return name;
}

static char *
random_value (Fixture *self, GRand *rand, const EntReport *report, EntFilterField field)
{
  guint n = 0;

  while (ent_filter_known_value (field, n) != NULL)
    n++;
  if (n > 0)
    return g_strdup (
        ent_filter_known_value (field, (guint) g_rand_int_range (rand, 0, (gint32) n)));
  return random_name (self, rand, report, field);
}

static EntReport *
random_report (Fixture *self, GRand *rand)
{
  static const EntFilterField fields[] = {
    ENT_FILTER_CHANNEL,  ENT_FILTER_DIRECTION,    ENT_FILTER_SUBACCOUNT, ENT_FILTER_USER,
    ENT_FILTER_CAMPAIGN, ENT_FILTER_CONTENT_TYPE, ENT_FILTER_STATUS,     ENT_FILTER_STAGE,
  };
  EntReport *report = ent_report_new ("pt_BR");
  EntDay first = self->end - g_rand_int_range (rand, 0, SAMPLE_DAYS);
  EntDay last = g_rand_int_range (rand, first, self->end + 1);

  g_assert_true (ent_period_init_dates (&report->period, first, last, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = NULL;
      EntFilter *filter;

      if (g_rand_int_range (rand, 0, 4) != 0)
        continue;
      value = random_value (self, rand, report, fields[i]);
      if (value == NULL)
        continue;
      filter = ent_filter_with (report->filter, fields[i], value, g_rand_boolean (rand), NULL);
      g_assert_nonnull (filter);
      ent_filter_unref (report->filter);
      report->filter = filter;
    }
  return report;
}

/* report --json of the template file of @report. */
static JsonParser *
report_json (Fixture *self, const EntReport *report)
{
  g_autofree char *program = ent_test_program ("entrega-cli");
  g_autofree char *now = ent_instant_format (ent_clock_now ());
  g_autofree char *text = ent_report_to_json (report);
  g_autofree char *file = ent_test_write_file (self->home->dir, "x.entrega-template", text, -1);
  const char *argv[] = { program,  "--data-dir", self->home->dir, "--now", now,
                         "report", "--json",     "--template",    file,    NULL };
  g_autofree char *out = NULL, *err = NULL;
  JsonParser *parser = json_parser_new ();

  g_assert_cmpint (ent_test_run (argv, NULL, &out, &err), ==, 0);
  g_assert_true (json_parser_load_from_data (parser, out, -1, NULL));
  return parser;
}

static void
assert_screen (Fixture *self, const EntReport *report)
{
  g_autoptr (JsonParser) parser = report_json (self, report);
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonArray *rows = json_object_get_array_member (root, "rows");
  const EntOverview *overview;

  ent_session_load_report (self->session, report, 0);
  g_assert_true (ent_test_wait_until (is_ready, self->session, 10000));
  overview = ent_session_get_overview (self->session);
  g_assert_cmpint (json_object_get_int_member (root, "data_version"), ==,
                   ent_store_get_data_version (self->home->store));
  assert_json_counters (json_object_get_object_member (root, "totals"), &overview->summary->totals);
  g_assert_cmpuint (json_array_get_length (rows), ==, overview->summary->n_rows);
  for (guint i = 0; i < overview->summary->n_rows; i++)
    assert_json_counters (json_array_get_object_element (rows, i),
                          &overview->summary->rows[i].counters);
}

/* The files' side of it is in the tests of the command line. */
static void
test_random_reports (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < ent_test_rounds (15, 300); round++)
    {
      g_autoptr (EntReport) report = random_report (self, rand);

      assert_screen (self, report);
    }
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ent_style_init ();
#define ADD(name, function)                                                                        \
  g_test_add ("/display/numbers-agree/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("report-json", test_report_json);
  ADD ("list-of-each-number", test_list_of_each_number);
  ADD ("tooltip", test_tooltip);
  ADD ("cards", test_cards);
  ADD ("table", test_table);
  ADD ("doors", test_doors);
  ADD ("random-reports", test_random_reports);
  return g_test_run ();
}
