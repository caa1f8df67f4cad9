/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands below the day table: that its answers are the store's, that each number opens
 * exactly the messages it counted, and that it gives way to the window's own questions. */
#include "config.h"

#include "../unit/store/store-world.h"
#include "ent-bar-row.h"
#include "ent-breakdown-page.h"
#include "ent-breakdown.h"
#include "ent-heat-map.h"
#include "ent-hour-week.h"
#include "ent-style.h"
#include "ent-test-util.h"
#include "ent-words.h"

#include <adwaita.h>

#define DEADLINE 20000

typedef struct
{
  char *dir;
  World *world;
  EntStore *store;
  EntSession *session;
  EntBreakdown *breakdown;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autoptr (EntReport) report = ent_report_new ("en");

  g_assert_true (ent_clock_set ("2026-11-22T12:00:00Z", NULL));
  self->dir = ent_test_dir_new ();
  self->store = world_open (self->dir);
  self->world = world_new (rand, 1500);
  world_ingest (self->world, self->store, rand, 400);
  ent_zone_unref (report->zone);
  report->zone = ent_zone_new ("America/Sao_Paulo", NULL);
  report->period.kind = ENT_PERIOD_LAST_30_DAYS;
  self->session = ent_session_new (self->store, NULL, NULL, report);
  self->breakdown = ent_breakdown_new (self->session);
}

static gboolean
is_alone (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_run_dispose (G_OBJECT (self->breakdown));
  g_assert_true (ent_test_wait_until (is_alone, self->breakdown, DEADLINE));
  g_assert_finalize_object (self->breakdown);
  ent_session_close (self->session);
  g_assert_true (ent_test_wait_until (is_alone, self->session, DEADLINE));
  g_assert_finalize_object (self->session);
  world_close (self->store);
  world_free (self->world);
  ent_test_dir_remove (self->dir);
}

/* ---- Waiting ---- */

static gboolean
is_answered (gpointer data)
{
  return ent_breakdown_get_insight (data) != NULL;
}

static gboolean
is_selected (gpointer data)
{
  return ent_session_get_selection_state (data) == ENT_LOAD_READY;
}

static void
wait_answers (Fixture *self)
{
  g_assert_true (ent_test_wait_until (is_answered, self->breakdown, DEADLINE));
  g_assert_no_error (ent_breakdown_get_error (self->breakdown));
}

static void
assert_door (Fixture *self, gint64 count, EntStage stage, const EntSummary *summary, guint row)
{
  const EntSummaryRow *entry = &summary->rows[row];

  if (ent_by_is_time (summary->by))
    ent_session_drill (self->session, stage, entry->start, entry->end, ENT_BY_DAY, NULL);
  else
    ent_session_drill (self->session, stage, ENT_TIME_NONE, ENT_TIME_NONE, summary->by, entry->key);
  g_assert_true (ent_test_wait_until (is_selected, self->session, DEADLINE));
  g_assert_cmpint (ent_selection_get_size (ent_session_get_selection (self->session)), ==, count);
}

/* ---- Answers ---- */

static void
assert_same (const EntSummary *one, const EntSummary *two)
{
  g_assert_cmpuint (one->n_rows, ==, two->n_rows);
  g_assert_true (ent_counters_equal (&one->totals, &two->totals));
  for (guint i = 0; i < one->n_rows; i++)
    {
      g_assert_cmpstr (one->rows[i].key, ==, two->rows[i].key);
      g_assert_true (ent_counters_equal (&one->rows[i].counters, &two->rows[i].counters));
    }
}

static void
test_answers (Fixture *self, gconstpointer data)
{
  g_autoptr (EntQuery) query = ent_session_dup_query (self->session, ENT_VIEW_CONSOLIDATED);
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (self->store, NULL);
  g_autoptr (EntSummary) campaigns =
      ent_snapshot_summarise (snapshot, query, ENT_BY_CAMPAIGN, NULL, NULL);
  g_autoptr (EntSummary) reasons =
      ent_snapshot_summarise (snapshot, query, ENT_BY_REASON, NULL, NULL);
  EntInsight insight;

  wait_answers (self);
  g_assert_true (ent_snapshot_insight (snapshot, query, &insight, NULL, NULL));
  assert_same (ent_breakdown_get_dimension (self->breakdown), campaigns);
  assert_same (ent_breakdown_get_reasons (self->breakdown), reasons);
  g_assert_cmpint (ent_breakdown_get_insight (self->breakdown)->replied, ==, insight.replied);
  g_assert_cmpint (ent_breakdown_get_insight (self->breakdown)->to_deliver.p90, ==,
                   insight.to_deliver.p90);
}

static gboolean
is_by_carrier (gpointer data)
{
  return ent_breakdown_get_dimension (data)->by == ENT_BY_CARRIER;
}

static void
test_dimension (Fixture *self, gconstpointer data)
{
  wait_answers (self);
  ent_breakdown_set_by (self->breakdown, ENT_BY_CARRIER);
  g_assert_true (ent_test_wait_until (is_by_carrier, self->breakdown, DEADLINE));
}

/* A list that is opened comes first; what was still to be asked is asked on the way back. */
static void
test_gives_way (Fixture *self, gconstpointer data)
{
  ent_session_set_view (self->session, ENT_VIEW_DETAILED);
  g_assert_true (ent_test_wait_until (is_selected, self->session, DEADLINE));
  g_assert_null (ent_breakdown_get_insight (self->breakdown));
  ent_session_set_view (self->session, ENT_VIEW_CONSOLIDATED);
  wait_answers (self);
}

static void
test_doors (Fixture *self, gconstpointer data)
{
  g_autoptr (EntSummary) reasons = NULL;
  g_autoptr (EntSummary) hours = NULL;
  gint64 errors = 0;

  wait_answers (self);
  reasons = ent_summary_ref (ent_breakdown_get_reasons (self->breakdown));
  hours = ent_summary_ref (ent_breakdown_get_hours (self->breakdown));
  for (guint i = 0; i < reasons->n_rows; i++)
    {
      gint64 count = ent_counters_errors (&reasons->rows[i].counters);

      errors += count;
      assert_door (self, count, ENT_STAGE_ERRORS, reasons, i);
    }
  g_assert_cmpint (errors, ==, ent_counters_errors (&reasons->totals));
  for (guint i = 0; i < hours->n_rows; i += 37)
    assert_door (self, hours->rows[i].counters.total, ENT_STAGE_TOTAL, hours, i);
}

/* ---- The week ---- */

static void
test_week (Fixture *self, gconstpointer data)
{
  const EntZone *zone = ent_session_get_report (self->session)->zone;
  EntSummary *hours;
  EntHourWeek week;
  gint64 sum = 0, peak = 0;

  wait_answers (self);
  hours = ent_breakdown_get_hours (self->breakdown);
  ent_hour_week_fill (&week, hours, ENT_STAGE_TOTAL, zone, ent_clock_now ());
  for (int weekday = 0; weekday < 7; weekday++)
    for (int hour = 0; hour < 24; hour++)
      {
        gint64 count = 0;

        for (guint i = 0; i < hours->n_rows; i++)
          if (hours->rows[i].start <= ent_clock_now () &&
              ent_hour_week_is_at (&hours->rows[i], zone, weekday, hour))
            count += hours->rows[i].counters.total;
        g_assert_cmpint (week.cells[weekday][hour].count, ==, count);
        sum += count;
        peak = MAX (peak, count);
      }
  g_assert_cmpint (sum, ==, hours->totals.total);
  g_assert_cmpint (week.peak, ==, peak);
  g_assert_cmpint (week.cells[week.peak_weekday][week.peak_hour].count, ==, peak);
}

/* Sunday at noon is now: its afternoon is not zero, it has not been; nor is a day that was never
 * synchronised. */
static void
test_week_unknown (Fixture *self, gconstpointer data)
{
  g_autoptr (EntZone) utc = ent_zone_new_utc ();
  EntSummaryRow rows[3] = { { .coverage = ENT_COVERAGE_COMPLETE },
                            { .coverage = ENT_COVERAGE_NONE },
                            { .coverage = ENT_COVERAGE_COMPLETE } };
  const EntSummary hours = { .by = ENT_BY_HOUR, .n_rows = 3, .rows = rows };
  EntHourWeek week;

  g_assert_true (ent_instant_parse ("2026-11-22T11:00:00Z", -1, NULL, &rows[0].start, NULL));
  rows[1].start = rows[0].start - 60 * 60 * 1000;
  rows[2].start = rows[0].start + 2 * 60 * 60 * 1000;
  ent_hour_week_fill (&week, &hours, ENT_STAGE_TOTAL, utc, ent_clock_now ());
  g_assert_cmpuint (week.cells[6][11].n_hours, ==, 1);
  g_assert_cmpuint (week.cells[6][10].n_hours, ==, 0);
  g_assert_cmpuint (week.cells[6][13].n_hours, ==, 0);
  g_assert_cmpint (week.peak_weekday, ==, -1);
}

/* ---- On screen ---- */

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
show_page (Fixture *self, GtkWidget **window)
{
  GtkWidget *page = ent_breakdown_page_new (self->session);

  *window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (*window), 1000, 1200);
  gtk_window_set_child (GTK_WINDOW (*window), page);
  gtk_window_present (GTK_WINDOW (*window));
  gtk_test_widget_wait_for_draw (page);
  return page;
}

static gboolean
has_peak (gpointer data)
{
  return ent_heat_map_get_week (data)->peak > 0;
}

/* By keyboard: to the busiest hour, one to the side, and away. */
static void
test_heat_map (Fixture *self, gconstpointer data)
{
  GtkWidget *window, *page = show_page (self, &window);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GtkWidget *map;
  int weekday, hour;

  collect (page, ENT_TYPE_HEAT_MAP, found);
  g_assert_cmpuint (found->len, ==, 1);
  map = found->pdata[0];
  g_assert_true (ent_test_wait_until (has_peak, map, DEADLINE));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (map), GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_false (ent_heat_map_get_current (ENT_HEAT_MAP (map), &weekday, &hour));
  g_assert_true (gtk_widget_activate_action (map, "heat-map.next-hour", NULL));
  g_assert_true (ent_heat_map_get_current (ENT_HEAT_MAP (map), &weekday, &hour));
  g_assert_cmpint (weekday, ==, ent_heat_map_get_week (ENT_HEAT_MAP (map))->peak_weekday);
  g_assert_cmpint (hour, ==, ent_heat_map_get_week (ENT_HEAT_MAP (map))->peak_hour);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Each reason that has messages is a row that can be pressed, with its count in its name. */
static void
test_rows (Fixture *self, gconstpointer data)
{
  GtkWidget *window, *page = show_page (self, &window);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GPtrArray) maps = g_ptr_array_new ();
  EntSummary *reasons;
  guint wanted = 5, shown = 0; /* the funnel's */

  collect (page, ENT_TYPE_HEAT_MAP, maps);
  wait_answers (self);
  g_assert_true (ent_test_wait_until (has_peak, maps->pdata[0], DEADLINE));
  reasons = ent_breakdown_get_reasons (self->breakdown);
  for (guint i = 0; i < reasons->n_rows; i++)
    wanted += ent_counters_errors (&reasons->rows[i].counters) > 0;
  collect (page, ENT_TYPE_BAR_ROW, rows);
  for (guint i = 0; i < rows->len; i++)
    shown += gtk_widget_get_visible (rows->pdata[i]);
  g_assert_cmpuint (shown, ==, wanted);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ent_style_init ();
#define ADD(path, func) g_test_add ("/breakdown/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("answers", test_answers);
  ADD ("dimension", test_dimension);
  ADD ("gives-way", test_gives_way);
  ADD ("doors", test_doors);
  ADD ("week", test_week);
  ADD ("week-unknown", test_week_unknown);
  ADD ("heat-map", test_heat_map);
  ADD ("rows", test_rows);
  return g_test_run ();
}
