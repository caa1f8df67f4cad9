/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list and the chart of the window, measured on a display: frames, scrolling, a new filter.
 * Speaks perf-serve; the main loop runs only while a request is being answered. Main thread. */

#include "config.h"

#include "ent-chart-panel.h"
#include "ent-chart-view.h"
#include "ent-message-table.h"
#include "ent-style.h"
#include "perf-data.h"
#include "perf-frames.h"
#include "perf-serve.h"

#include <adwaita.h>

#include <ent-time.h>

/* Rows that are certainly on screen. */
#define ON_SCREEN 20
#define DEADLINE_US (60 * G_USEC_PER_SEC)

typedef struct
{
  EntStore *store;
  EntUserData *user_data;
  EntSync *sync;
  EntSession *session;
  GtkWidget *window;
  GtkWidget *table;
  GtkWidget *panel;
} Bench;

/* ---- Waiting -------------------------------------------------------------------------------- */

typedef gboolean (*DoneFunc) (Bench *self);

static gboolean
run_until (Bench *self, PerfFrames *frames, DoneFunc done, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (!done (self))
    {
      perf_frames_iterate (frames);
      if (g_get_monotonic_time () > deadline)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The window did not get there");
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
is_idle (Bench *self)
{
  return !g_main_context_pending (NULL);
}

static gboolean
is_answered (Bench *self)
{
  return ent_session_get_selection_state (self->session) == ENT_LOAD_READY;
}

/* The first rows have their messages; they must be on screen, for nobody else holds them. */
static gboolean
has_rows (Bench *self)
{
  GListModel *list = G_LIST_MODEL (ent_message_table_get_list (ENT_MESSAGE_TABLE (self->table)));
  guint n = MIN (g_list_model_get_n_items (list), ON_SCREEN);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EntMessageRow) row = g_list_model_get_item (list, i);

      if (ent_message_row_get_message (row) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
shows_answer (Bench *self)
{
  return ent_session_get_selection_state (self->session) == ENT_LOAD_READY &&
         ent_message_list_get_selection (ent_message_table_get_list (
             ENT_MESSAGE_TABLE (self->table))) == ent_session_get_selection (self->session) &&
         has_rows (self);
}

/* ---- Opening -------------------------------------------------------------------------------- */

static void
present (Bench *self, GtkWidget *child, int width, int height)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_set_child (GTK_WINDOW (self->window), child);
  gtk_window_present (GTK_WINDOW (self->window));
}

static gboolean
do_open (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  const char *folder = perf_get_string (request, "folder", "");
  g_autoptr (EntReport) report = ent_report_new ("pt_BR");
  g_auto (PerfFrames) frames = { NULL };

  self->store = ent_store_open (folder, error);
  self->user_data = self->store != NULL ? ent_user_data_open (folder, error) : NULL;
  if (self->user_data == NULL)
    return FALSE;
  self->sync = ent_sync_new (self->store, self->user_data);
  report->view = ENT_VIEW_DETAILED;
  report->period.kind = ENT_PERIOD_LAST_90_DAYS;
  self->session = ent_session_new (self->store, self->user_data, self->sync, report);
  ent_session_refresh (self->session);
  return run_until (self, &frames, is_answered, error);
}

/* ---- The list ------------------------------------------------------------------------------- */

static guint
list_size (Bench *self)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (ent_message_table_get_list (ENT_MESSAGE_TABLE (self->table))));
}

static gboolean
show_table (Bench *self, GError **error)
{
  g_auto (PerfFrames) frames = { NULL };

  if (self->table == NULL)
    {
      self->table = ent_message_table_new (self->session);
      self->panel = NULL;
      present (self, self->table, 1400, 900);
    }
  else
    ent_message_table_scroll_to (ENT_MESSAGE_TABLE (self->table), 0);
  return run_until (self, &frames, shows_answer, error) &&
         run_until (self, &frames, is_idle, error);
}

/* Jumps to places all over the list, and rolls a page from each. The worst iteration counts. */
static gboolean
do_scroll (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  guint jumps = (guint) perf_get_int (request, "jumps", 20);
  g_auto (PerfFrames) frames = { NULL };
  guint n;

  if (!show_table (self, error))
    return FALSE;
  n = list_size (self);
  perf_frames_watch (&frames, self->window);
  for (guint i = 0; i < jumps; i++)
    {
      guint place = (guint) ((guint64) n * (2 * i + 1) / (2 * jumps));

      for (guint step = 0; step < 3; step++)
        {
          ent_message_table_scroll_to (ENT_MESSAGE_TABLE (self->table), place + step * 20);
          perf_frames_wait (&frames, 1);
        }
      if (!run_until (self, &frames, is_idle, error))
        return FALSE;
    }
  perf_frames_tell (&frames, answer);
  json_object_set_int_member (answer, "count", n);
  return TRUE;
}

/* From Apply, in the middle of the list, to the frame that shows the new rows from the top.
 * {"filter":…} */
static gboolean
do_filter (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  g_autoptr (EntFilter) filter =
      ent_filter_from_json (json_object_get_member (request, "filter"), error);
  g_auto (PerfFrames) frames = { NULL };
  PerfClock clock;

  if (filter == NULL || !show_table (self, error))
    return FALSE;
  perf_frames_watch (&frames, self->window);
  ent_message_table_scroll_to (ENT_MESSAGE_TABLE (self->table), list_size (self) / 2);
  perf_frames_wait (&frames, 1);
  ent_session_set_draft_filter (self->session, filter);
  if (!run_until (self, &frames, is_idle, error))
    return FALSE;
  perf_clock_start (&clock);
  ent_session_apply (self->session);
  if (!run_until (self, &frames, shows_answer, error))
    return FALSE;
  perf_frames_wait (&frames, 1);
  perf_clock_stop (&clock, answer);
  json_object_set_int_member (answer, "count",
                              ent_selection_get_size (ent_session_get_selection (self->session)));
  return TRUE;
}

/* ---- The chart ------------------------------------------------------------------------------ */

static gboolean
chart_is_there (Bench *self)
{
  EntChartView *view = ENT_CHART_VIEW (ent_chart_panel_get_view (ENT_CHART_PANEL (self->panel)));
  EntChart *chart = ent_chart_view_get_chart (view);

  return chart != NULL && ent_chart_get_n_points (chart) == PERF_DAYS;
}

/* The pointer goes over all days; one frame each. */
static gboolean
do_hover (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  g_auto (PerfFrames) frames = { NULL };
  EntChartView *view;
  double average, worst;

  if (self->panel == NULL)
    {
      self->table = NULL;
      ent_session_set_view (self->session, ENT_VIEW_CONSOLIDATED);
      self->panel = ent_chart_panel_new (self->session);
      present (self, self->panel, 1200, 300);
    }
  if (!run_until (self, &frames, chart_is_there, error) ||
      !run_until (self, &frames, is_idle, error))
    return FALSE;
  perf_frames_watch (&frames, self->window);
  view = ENT_CHART_VIEW (ent_chart_panel_get_view (ENT_CHART_PANEL (self->panel)));
  ent_chart_view_set_current (view, 0);
  perf_frames_wait (&frames, 2);
  perf_frames_reset (&frames);
  ent_chart_view_take_timing (view, &average, &worst);
  for (int i = 1; i < PERF_DAYS; i++)
    {
      ent_chart_view_set_current (view, i);
      perf_frames_wait (&frames, 1);
    }
  ent_chart_view_take_timing (view, &average, &worst);
  perf_frames_tell (&frames, answer);
  json_object_set_double_member (answer, "snapshot_ms", average / 1000);
  return TRUE;
}

static const PerfCommand commands[] = {
  { "open", do_open },   { "scroll", do_scroll }, { "filter", do_filter },
  { "hover", do_hover }, { NULL, NULL },
};

static void
close_all (Bench *self)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  if (self->session != NULL)
    ent_session_close (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->sync);
  g_clear_pointer (&self->user_data, ent_user_data_unref);
  if (self->store != NULL)
    ent_store_close (self->store);
  g_clear_object (&self->store);
}

int
main (int argc, char **argv)
{
  g_autofree char *now = ent_instant_format (PERF_NOW_MS);
  Bench bench = { NULL };
  int status;

  ent_clock_set (now, NULL);
  if (!gtk_init_check ())
    {
      g_printerr ("entrega-bench-window: there is no display\n");
      return 1;
    }
  adw_init ();
  ent_style_init ();
  perf_frames_install ();
  status = perf_serve (commands, &bench);
  close_all (&bench);
  return status;
}
