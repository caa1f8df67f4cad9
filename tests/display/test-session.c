/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of a window without the window: what is pending and what is applied, undo, the live
 * count, and that every number opens exactly the messages that it counted, over random filters. */
#include "config.h"

#include "../unit/store/store-world.h"
#include "ent-session.h"
#include "ent-test-util.h"

#define DEADLINE 20000

typedef struct
{
  char *dir;
  World *world;
  EntStore *store;
  EntReport *report;
  EntSession *session;
  guint n_reports;
  guint n_drafts;
} Fixture;

static void
count_cb (guint *counter)
{
  (*counter)++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  g_assert_true (ent_clock_set ("2026-11-22T12:00:00Z", NULL));
  self->dir = ent_test_dir_new ();
  self->store = world_open (self->dir);
  self->world = world_new (rand, 1500);
  world_ingest (self->world, self->store, rand, 400);
  self->report = ent_report_new ("en");
  ent_zone_unref (self->report->zone);
  self->report->zone = ent_zone_new ("America/Sao_Paulo", NULL);
  self->report->period.kind = ENT_PERIOD_LAST_30_DAYS;
  self->report->compare = ENT_COMPARE_PREVIOUS_PERIOD;
  self->session = ent_session_new (self->store, NULL, NULL, self->report);
  g_signal_connect_swapped (self->session, "report-changed", G_CALLBACK (count_cb),
                            &self->n_reports);
  g_signal_connect_swapped (self->session, "draft-changed", G_CALLBACK (count_cb), &self->n_drafts);
}

static gboolean
is_alone (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ent_session_close (self->session);
  /* Answers on their way hold a reference; none may be kept for good. */
  g_assert_true (ent_test_wait_until (is_alone, self->session, DEADLINE));
  g_assert_finalize_object (self->session);
  ent_report_free (self->report);
  world_close (self->store);
  world_free (self->world);
  ent_test_dir_remove (self->dir);
}

/* ---- Waiting ---- */

static gboolean
is_ready (gpointer data)
{
  EntSession *session = data;

  return ent_session_get_report (session)->view == ENT_VIEW_DETAILED
             ? ent_session_get_selection_state (session) == ENT_LOAD_READY
             : ent_session_get_overview_state (session) == ENT_LOAD_READY;
}

static void
wait_ready (Fixture *self)
{
  g_assert_true (ent_test_wait_until (is_ready, self->session, DEADLINE));
}

static gboolean
is_counted (gpointer data)
{
  return ent_session_get_draft_count (data) >= 0;
}

static gint64
wait_count (Fixture *self)
{
  g_assert_true (ent_test_wait_until (is_counted, self->session, DEADLINE));
  return ent_session_get_draft_count (self->session);
}

static gint64
count_of (Fixture *self, EntView view)
{
  g_autoptr (EntQuery) query = ent_session_dup_query (self->session, view);
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (self->store, NULL);

  return ent_snapshot_count (snapshot, query, NULL, NULL);
}

static EntFilter *
filter_of (EntFilterField field, const char *value)
{
  g_autoptr (EntFilter) all = ent_filter_new ();

  return ent_filter_with (all, field, value, FALSE, NULL);
}

/* ---- Draft ---- */

static void
test_pending (Fixture *self, gconstpointer data)
{
  g_autoptr (EntFilter) sent = filter_of (ENT_FILTER_DIRECTION, "mt");
  const EntPeriod period = { .kind = ENT_PERIOD_LAST_7_DAYS };
  gint64 before;

  wait_ready (self);
  before = ent_session_get_overview (self->session)->summary->totals.received;
  g_assert_cmpint (before, >, 0);
  self->n_reports = self->n_drafts = 0;

  ent_session_set_draft_filter (self->session, sent);
  ent_session_set_draft_period (self->session, &period);
  g_assert_true (ent_session_is_pending (self->session));
  g_assert_cmpuint (self->n_drafts, ==, 2);
  g_assert_cmpuint (self->n_reports, ==, 0);
  g_assert_true (ent_filter_is_empty (ent_session_get_report (self->session)->filter));

  ent_session_apply (self->session);
  g_assert_false (ent_session_is_pending (self->session));
  g_assert_cmpuint (self->n_reports, ==, 1);
  wait_ready (self);
  g_assert_cmpint (ent_session_get_overview (self->session)->summary->totals.received, ==, 0);
  g_assert_cmpuint (ent_session_get_overview (self->session)->summary->n_rows, ==, 7);

  ent_session_set_draft_period (self->session, &self->report->period);
  ent_session_discard (self->session);
  g_assert_false (ent_session_is_pending (self->session));
  g_assert_cmpint (ent_session_get_draft_period (self->session)->kind, ==, ENT_PERIOD_LAST_7_DAYS);

  ent_session_clear (self->session);
  g_assert_true (ent_filter_is_empty (ent_session_get_report (self->session)->filter));
  g_assert_cmpint (ent_session_get_report (self->session)->period.kind, ==, ENT_PERIOD_LAST_7_DAYS);
}

static void
test_live_count (Fixture *self, gconstpointer data)
{
  g_autoptr (EntFilter) received = filter_of (ENT_FILTER_DIRECTION, "mo");
  gint64 all;

  all = wait_count (self);
  g_assert_cmpint (all, ==, count_of (self, ENT_VIEW_CONSOLIDATED));

  /* Typing: only the last draft is counted. */
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (EntFilter) filter = filter_of (ENT_FILTER_CAMPAIGN, i % 2 ? "a" : "b");

      ent_session_set_draft_filter (self->session, filter);
      g_assert_cmpint (ent_session_get_draft_count (self->session), ==, -1);
    }
  ent_session_set_draft_filter (self->session, received);
  wait_count (self);
  g_assert_cmpint (ent_session_get_draft_count (self->session), <, all);
  ent_session_apply (self->session);
  g_assert_cmpint (wait_count (self), ==, count_of (self, ENT_VIEW_CONSOLIDATED));
}

static void
test_channel (Fixture *self, gconstpointer data)
{
  g_autoptr (EntFilter) sent = filter_of (ENT_FILTER_DIRECTION, "mt");
  g_autoptr (EntFilter) mixed = filter_of (ENT_FILTER_CHANNEL, "rcs");

  g_assert_cmpint (ent_session_get_channel (self->session), ==, ENT_SESSION_ALL_CHANNELS);
  ent_session_set_draft_filter (self->session, sent);
  ent_session_set_channel (self->session, ENT_CHANNEL_SMS);
  /* The channel is in force, the direction still pending. */
  g_assert_cmpint (ent_session_get_channel (self->session), ==, ENT_CHANNEL_SMS);
  g_assert_true (ent_session_is_pending (self->session));
  g_assert_false (
      ent_filter_has_field (ent_session_get_report (self->session)->filter, ENT_FILTER_DIRECTION));
  g_assert_true (
      ent_filter_has_field (ent_session_get_draft_filter (self->session), ENT_FILTER_CHANNEL));

  /* A draft cannot bring another channel in by the back door. */
  ent_session_set_draft_filter (self->session, mixed);
  ent_session_apply (self->session);
  g_assert_cmpint (ent_session_get_channel (self->session), ==, ENT_CHANNEL_SMS);
  ent_session_set_channel (self->session, ENT_SESSION_ALL_CHANNELS);
  g_assert_true (ent_filter_is_empty (ent_session_get_report (self->session)->filter));
}

/* ---- Undo ---- */

static void
test_undo (Fixture *self, gconstpointer data)
{
  g_autoptr (EntFilter) sent = filter_of (ENT_FILTER_DIRECTION, "mt");
  const EntPeriod week = { .kind = ENT_PERIOD_LAST_7_DAYS };

  g_assert_false (ent_session_can_undo (self->session));
  ent_session_set_draft_filter (self->session, sent);
  ent_session_apply (self->session);
  ent_session_set_draft_period (self->session, &week);
  g_assert_true (ent_session_can_undo (self->session));

  /* A pending change is undone without applying anything. */
  self->n_reports = 0;
  ent_session_undo (self->session);
  g_assert_false (ent_session_is_pending (self->session));
  g_assert_cmpint (ent_session_get_report (self->session)->period.kind, ==,
                   ENT_PERIOD_LAST_30_DAYS);
  g_assert_true (
      ent_filter_has_field (ent_session_get_report (self->session)->filter, ENT_FILTER_DIRECTION));

  /* From an applied state the step back is applied. */
  ent_session_undo (self->session);
  g_assert_true (ent_filter_is_empty (ent_session_get_report (self->session)->filter));
  g_assert_false (ent_session_can_undo (self->session));
  g_assert_true (ent_session_can_redo (self->session));

  ent_session_redo (self->session);
  g_assert_true (
      ent_filter_has_field (ent_session_get_report (self->session)->filter, ENT_FILTER_DIRECTION));

  /* A new change forgets what could have been redone. */
  ent_session_clear (self->session);
  g_assert_false (ent_session_can_redo (self->session));
}

static void
test_undo_drill (Fixture *self, gconstpointer data)
{
  ent_session_drill (self->session, ENT_STAGE_DELIVERED, ENT_TIME_NONE, ENT_TIME_NONE, ENT_BY_DAY,
                     NULL);
  g_assert_cmpint (ent_session_get_report (self->session)->view, ==, ENT_VIEW_DETAILED);
  g_assert_true (ent_session_get_drill (self->session)->has_stage);
  ent_session_undo (self->session);
  g_assert_cmpint (ent_session_get_report (self->session)->view, ==, ENT_VIEW_CONSOLIDATED);
  g_assert_false (ent_session_get_drill (self->session)->has_stage);

  ent_session_redo (self->session);
  g_assert_true (ent_session_get_drill (self->session)->has_stage);
  /* The consolidated page has no drill. */
  ent_session_set_view (self->session, ENT_VIEW_CONSOLIDATED);
  g_assert_false (ent_session_get_drill (self->session)->has_stage);
}

/* ---- Every number is a door ---- */

/* Where the drill leads, as the list would show it. */
static void
assert_door (Fixture *self,
             gint64 expected,
             EntStage stage,
             gint64 from,
             gint64 to,
             EntBy by,
             const char *value)
{
  if (expected == 0)
    return;
  ent_session_drill (self->session, stage, from, to, by, value);
  wait_ready (self);
  if (ent_selection_get_size (ent_session_get_selection (self->session)) != expected)
    {
      g_autoptr (EntQuery) query = ent_session_dup_query (self->session, ENT_VIEW_DETAILED);
      g_autofree char *text = world_describe (query);

      g_test_message ("stage %s of %s: %s", ent_stage_key (stage), value, text);
    }
  g_assert_cmpuint (ent_selection_get_size (ent_session_get_selection (self->session)), ==,
                    expected);
  g_assert_cmpint (wait_count (self), ==, expected);
  ent_session_set_view (self->session, ENT_VIEW_CONSOLIDATED);
}

static void
assert_doors (Fixture *self, const EntSummary *summary, guint row)
{
  static const EntStage stages[] = {
    ENT_STAGE_TOTAL,         ENT_STAGE_SENT,    ENT_STAGE_DELIVERED,
    ENT_STAGE_READ,          ENT_STAGE_ERRORS,  ENT_STAGE_SEND_FAILED,
    ENT_STAGE_NOT_DELIVERED, ENT_STAGE_PENDING, ENT_STAGE_RECEIVED,
  };
  const EntSummaryRow *entry = &summary->rows[row];

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      gint64 whole = ent_counters_stage (&summary->totals, stages[i]);
      gint64 part = ent_counters_stage (&entry->counters, stages[i]);

      if (ent_by_is_time (summary->by))
        {
          assert_door (self, whole, stages[i], ENT_TIME_NONE, ENT_TIME_NONE, ENT_BY_DAY, NULL);
          assert_door (self, part, stages[i], entry->start, entry->end, ENT_BY_DAY, NULL);
        }
      else
        assert_door (self, part, stages[i], ENT_TIME_NONE, ENT_TIME_NONE, summary->by, entry->key);
    }
}

static void
test_doors (Fixture *self, gconstpointer data)
{
  /* Not the dimensions with an id beside the name: this world calls one campaign by the id of
   * another, and a filter takes either. */
  static const EntBy bys[] = { ENT_BY_DAY,    ENT_BY_HOUR,   ENT_BY_WEEK,    ENT_BY_MONTH,
                               ENT_BY_STATUS, ENT_BY_REASON, ENT_BY_CARRIER, ENT_BY_CONTENT_TYPE };
  g_autoptr (GRand) rand = ent_test_rand_new ();
  guint rounds = ent_test_rounds (4, 200);

  for (guint round = 0; round < rounds; round++)
    {
      g_autoptr (EntQuery) query = world_query (rand, FALSE);
      g_autoptr (EntReport) report = ent_report_copy (self->report);
      g_autoptr (EntSummary) summary = NULL;

      ent_filter_unref (report->filter);
      report->filter = ent_filter_ref (query->filter);
      report->by = bys[g_rand_int_range (rand, 0, G_N_ELEMENTS (bys))];
      ent_session_load_report (self->session, report, 0);
      wait_ready (self);
      summary = ent_summary_ref (ent_session_get_overview (self->session)->summary);
      if (summary->n_rows > 0)
        assert_doors (self, summary, (guint) g_rand_int_range (rand, 0, (gint32) summary->n_rows));
    }
}

/* What is said of the drill when it is saved or exported says the same messages. */
static void
test_shown_report (Fixture *self, gconstpointer data)
{
  EntSummary *summary;
  const EntSummaryRow *row;
  g_autoptr (EntReport) shown = NULL;
  g_autoptr (EntQuery) query = NULL;
  g_autoptr (EntSnapshot) snapshot = NULL;
  gint64 expected;

  wait_ready (self);
  summary = ent_session_get_overview (self->session)->summary;
  row = &summary->rows[summary->n_rows - 2];
  expected = row->counters.delivered;
  ent_session_drill (self->session, ENT_STAGE_DELIVERED, row->start, row->end, ENT_BY_DAY, NULL);
  shown = ent_session_dup_shown_report (self->session);
  query = ent_query_new (shown, ent_clock_now ());
  snapshot = ent_store_snapshot (self->store, NULL);
  g_assert_cmpint (ent_snapshot_count (snapshot, query, NULL, NULL), ==, expected);

  ent_session_drop_drill (self->session, ENT_DRILL_STAGE);
  g_assert_false (ent_session_get_drill (self->session)->has_stage);
  g_assert_true (ent_session_get_drill (self->session)->has_span);
  wait_ready (self);
  g_assert_cmpuint (ent_selection_get_size (ent_session_get_selection (self->session)), ==,
                    count_of (self, ENT_VIEW_DETAILED));
}

/* ---- Answers ---- */

static void
selection_cb (EntSession *session, guint *generation)
{
  if (ent_session_get_selection (session) != NULL)
    *generation = ent_session_get_selection_generation (session);
}

/* New data is a refresh: the same question, so the list stays where it is. */
static void
test_refresh (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autoptr (World) more = world_new (rand, 300);
  guint generation, seen = G_MAXUINT;
  gint64 version;
  EntSort sort = { ENT_COLUMN_CREATED_AT, FALSE };

  ent_session_set_view (self->session, ENT_VIEW_DETAILED);
  wait_ready (self);
  generation = ent_session_get_selection_generation (self->session);
  version = ent_selection_get_data_version (ent_session_get_selection (self->session));
  g_signal_connect (self->session, "selection-changed", G_CALLBACK (selection_cb), &seen);
  world_ingest (more, self->store, rand, 300);
  while (ent_selection_get_data_version (ent_session_get_selection (self->session)) <
         ent_store_get_data_version (self->store))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (ent_selection_get_data_version (ent_session_get_selection (self->session)), >,
                   version);
  g_assert_cmpuint (ent_session_get_selection_generation (self->session), ==, generation);
  g_assert_cmpuint (seen, ==, generation);

  ent_session_set_sort (self->session, sort);
  wait_ready (self);
  g_assert_cmpuint (ent_session_get_selection_generation (self->session), !=, generation);
  g_signal_handlers_disconnect_by_func (self->session, selection_cb, &seen);
}

/* A second window asks the same store; neither loses its answer. */
static void
test_two_windows (Fixture *self, gconstpointer data)
{
  EntSession *other = ent_session_new (self->store, NULL, NULL, self->report);

  ent_session_set_by (self->session, ENT_BY_HOUR);
  ent_session_set_by (other, ENT_BY_WEEK);
  g_assert_true (ent_test_wait_until (is_ready, other, DEADLINE));
  wait_ready (self);
  g_assert_cmpint (ent_session_get_overview (other)->summary->by, ==, ENT_BY_WEEK);
  g_assert_cmpint (ent_session_get_overview (self->session)->summary->by, ==, ENT_BY_HOUR);

  ent_session_close (other);
  g_assert_true (ent_test_wait_until (is_alone, other, DEADLINE));
  g_assert_finalize_object (other);
}

/* Closing in the middle of everything; nothing answers a closed session. */
static void
test_close_early (Fixture *self, gconstpointer data)
{
  EntSession *other = ent_session_new (self->store, NULL, NULL, self->report);
  guint answers = 0;

  g_signal_connect_swapped (other, "overview-changed", G_CALLBACK (count_cb), &answers);
  ent_session_set_channel (other, ENT_CHANNEL_SMS);
  ent_session_close (other);
  g_assert_true (ent_test_wait_until (is_alone, other, DEADLINE));
  g_assert_cmpuint (answers, ==, 0);
  g_assert_finalize_object (other);
}

static void
test_step_period (Fixture *self, gconstpointer data)
{
  EntRange first = ent_session_get_range (self->session), back;

  ent_session_step_period (self->session, -1);
  back = ent_session_get_range (self->session);
  g_assert_cmpint (back.last, ==, first.first - 1);
  g_assert_cmpint (back.last - back.first, ==, first.last - first.first);
  g_assert_cmpint (back.to, ==, first.from);
  ent_session_step_period (self->session, 1);
  g_assert_cmpint (ent_session_get_range (self->session).first, ==, first.first);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/session/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("pending", test_pending);
  ADD ("live-count", test_live_count);
  ADD ("channel", test_channel);
  ADD ("undo", test_undo);
  ADD ("undo-drill", test_undo_drill);
  ADD ("doors", test_doors);
  ADD ("shown-report", test_shown_report);
  ADD ("refresh", test_refresh);
  ADD ("two-windows", test_two_windows);
  ADD ("close-early", test_close_early);
  ADD ("step-period", test_step_period);
#undef ADD
  return g_test_run ();
}
