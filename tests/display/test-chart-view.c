/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart on screen: one current point whatever the input, a bubble that is never cut off, the
 * same words for eyes and ears. */
#include "config.h"

#include "ent-chart-bubble.h"
#include "ent-chart-view.h"
#include "ent-style.h"
#include "ent-test-util.h"

#include <adwaita.h>

#define N_DAYS 14

typedef struct
{
  GtkWidget *window;
  GtkWidget *bubble;
  GtkWidget *view;
  int current;
  int activated;
  guint first;
  guint last;
} Fixture;

static void
current_cb (Fixture *self, int index)
{
  EntChart *chart = ent_chart_view_get_chart (ENT_CHART_VIEW (self->view));

  self->current = index;
  if (index >= 0)
    ent_chart_bubble_set_point (ENT_CHART_BUBBLE (self->bubble),
                                ent_chart_get_point (chart, (guint) index),
                                ENT_PERCENT_OF_PREVIOUS_STAGE);
}

static void
activated_cb (Fixture *self, guint index)
{
  self->activated = (int) index;
}

static void
span_cb (Fixture *self, guint first, guint last)
{
  self->first = first;
  self->last = last;
}

static EntChart *
new_chart (void)
{
  EntChart *chart =
      ent_chart_new (ENT_CHART_COLUMNS, 1u << ENT_STAGE_DELIVERED | 1u << ENT_STAGE_ERRORS);

  for (guint day = 0; day < N_DAYS; day++)
    {
      g_autofree char *title = g_strdup_printf ("Day %u", day + 1);
      EntCounters counters = { 0 };

      ent_counters_add (&counters, ENT_STATUS_DELIVERED, TRUE, 1800 + day);
      ent_counters_add (&counters, ENT_STATUS_NOT_DELIVERED, TRUE, 50);
      ent_chart_add_point (chart, title, title, &counters, ENT_COVERAGE_COMPLETE,
                           day == N_DAYS - 1);
    }
  return chart;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (EntChart) chart = new_chart ();

  self->current = self->activated = -1;
  self->first = self->last = G_MAXUINT;
  self->bubble = ent_chart_bubble_new ();
  self->view = ent_chart_view_new (self->bubble);
  g_signal_connect_swapped (self->view, "current-changed", G_CALLBACK (current_cb), self);
  g_signal_connect_swapped (self->view, "activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->view, "span-selected", G_CALLBACK (span_cb), self);
  ent_chart_view_set_chart (ENT_CHART_VIEW (self->view), chart);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 600, 300);
  gtk_window_set_child (GTK_WINDOW (self->window), self->view);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_test_widget_wait_for_draw (self->view);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gpointer view = g_object_ref (self->view);

  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (view);
}

static void
act (Fixture *self, const char *action)
{
  g_assert_true (gtk_widget_activate_action (self->view, action, NULL));
}

static void
test_walk (Fixture *self, gconstpointer data)
{
  /* The first step goes to the newest day. */
  act (self, "chart.next-point");
  g_assert_cmpint (self->current, ==, N_DAYS - 1);
  act (self, "chart.next-point");
  g_assert_cmpint (self->current, ==, N_DAYS - 1);
  act (self, "chart.previous-point");
  g_assert_cmpint (self->current, ==, N_DAYS - 2);
  act (self, "chart.open-point");
  g_assert_cmpint (self->activated, ==, N_DAYS - 2);
  g_assert_cmpuint (self->first, ==, G_MAXUINT);
}

static void
test_fewer_points (Fixture *self, gconstpointer data)
{
  g_autoptr (EntChart) empty = ent_chart_new (ENT_CHART_LINES, 1u << ENT_STAGE_DELIVERED);

  ent_chart_view_set_current (ENT_CHART_VIEW (self->view), 5);
  ent_chart_view_set_chart (ENT_CHART_VIEW (self->view), empty);
  g_assert_cmpint (self->current, ==, -1);
  act (self, "chart.next-point");
  g_assert_cmpint (ent_chart_view_get_current (ENT_CHART_VIEW (self->view)), ==, -1);
  ent_chart_view_set_chart (ENT_CHART_VIEW (self->view), NULL);
  gtk_test_widget_wait_for_draw (self->view);
}

/* Beside the point, inside the widget, for every point. */
static void
test_bubble_is_whole (Fixture *self, gconstpointer data)
{
  for (int index = 0; index < N_DAYS; index++)
    {
      graphene_rect_t bounds;
      float width = (float) gtk_widget_get_width (self->view);

      ent_chart_view_set_current (ENT_CHART_VIEW (self->view), index);
      gtk_test_widget_wait_for_draw (self->view);
      g_assert_true (gtk_widget_get_child_visible (self->bubble));
      g_assert_true (gtk_widget_compute_bounds (self->bubble, self->view, &bounds));
      g_assert_cmpfloat (bounds.size.width, >, 100);
      g_assert_cmpfloat (bounds.origin.x, >=, 0);
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, width);
    }
  ent_chart_view_set_current (ENT_CHART_VIEW (self->view), -1);
  gtk_test_widget_wait_for_draw (self->view);
  g_assert_false (gtk_widget_get_child_visible (self->bubble));
}

static void
test_role_and_words (Fixture *self, gconstpointer data)
{
  EntChart *chart = ent_chart_view_get_chart (ENT_CHART_VIEW (self->view));
  g_autofree char *sentence =
      ent_chart_bubble_describe (ent_chart_get_point (chart, 3), ENT_PERCENT_OF_PREVIOUS_STAGE);

  gtk_test_accessible_assert_role (self->view, GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_nonnull (strstr (sentence, "Day 4"));
  g_assert_nonnull (strstr (sentence, "1,803"));
  g_assert_nonnull (strstr (sentence, "97.3"));
}

/* Painting happens once; a hover only draws on top. */
static void
test_timing_is_taken (Fixture *self, gconstpointer data)
{
  double average, worst;

  ent_chart_view_take_timing (ENT_CHART_VIEW (self->view), &average, &worst);
  ent_chart_view_set_current (ENT_CHART_VIEW (self->view), 2);
  gtk_test_widget_wait_for_draw (self->view);
  ent_chart_view_take_timing (ENT_CHART_VIEW (self->view), &average, &worst);
  g_assert_cmpfloat (average, >, 0);
  g_assert_cmpfloat (worst, >=, average);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ent_style_init ();
#define ADD(name, function)                                                                        \
  g_test_add ("/display/chart-view/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("walk", test_walk);
  ADD ("fewer-points", test_fewer_points);
  ADD ("bubble-is-whole", test_bubble_is_whole);
  ADD ("role-and-words", test_role_and_words);
  ADD ("timing-is-taken", test_timing_is_taken);
  return g_test_run ();
}
