/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slots tile the plot, columns stack without a seam, the hit test is the slots' inverse. */
#include "config.h"

#include "ent-chart-geometry.h"
#include "ent-test-util.h"

#include <math.h>

static EntChart *
chart_of (guint n, gint64 delivered, gint64 send_failed)
{
  EntChart *chart =
      ent_chart_new (ENT_CHART_COLUMNS, 1u << ENT_STAGE_DELIVERED | 1u << ENT_STAGE_ERRORS);
  EntCounters counters = { 0 };

  ent_counters_add (&counters, ENT_STATUS_DELIVERED, TRUE, delivered);
  ent_counters_add (&counters, ENT_STATUS_SEND_FAILED, TRUE, send_failed);
  for (guint i = 0; i < n; i++)
    ent_chart_add_point (chart, "day", "1", &counters, ENT_COVERAGE_COMPLETE, FALSE);
  return chart;
}

static EntChartLayout
layout_of (EntChart *chart, double width, double height)
{
  return ent_chart_layout (chart, (EntChartRect){ 0, 0, width, height }, 40, 10, 24, 20, 14, TRUE);
}

static void
test_slots_tile (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint i = 0; i < 2000; i++)
    {
      guint n = (guint) g_rand_int_range (rand, 1, 400);
      g_autoptr (EntChart) chart = chart_of (n, 10, 1);
      EntChartLayout layout = layout_of (chart, g_rand_int_range (rand, 100, 3000), 300);
      double end = layout.plot.x;

      for (guint p = 0; p < n; p++)
        {
          EntChartRect slot = ent_chart_layout_slot (&layout, p);

          g_assert_cmpfloat (slot.x, ==, p == 0 ? round (end) : end);
          g_assert_cmpfloat (slot.width, >=, 0);
          g_assert_cmpint (ent_chart_layout_hit (&layout, ent_chart_layout_center (&layout, p), 20),
                           ==, (int) p);
          end = slot.x + slot.width;
        }
      g_assert_cmpfloat_with_epsilon (end, layout.plot.x + layout.plot.width, 0.5);
    }
}

static void
test_columns_stack (void)
{
  g_autoptr (EntChart) chart = chart_of (7, 1804, 52);
  EntChartLayout layout = layout_of (chart, 800, 300);
  EntChartRect delivered = ent_chart_layout_column (&layout, 3, 0, 1804);
  EntChartRect errors = ent_chart_layout_column (&layout, 3, 1804, 1856);

  g_assert_cmpfloat (errors.y + errors.height, ==, delivered.y);
  g_assert_cmpfloat (delivered.y + delivered.height, ==, layout.plot.y + layout.plot.height);
  g_assert_cmpfloat (delivered.x, ==, errors.x);
  /* A whole number of pixels, inside its slot. */
  g_assert_cmpfloat (delivered.x, ==, round (delivered.x));
  g_assert_cmpfloat (delivered.x, >=, ent_chart_layout_slot (&layout, 3).x);
}

static void
test_few_are_seen (void)
{
  g_autoptr (EntChart) chart = chart_of (7, 1000000, 1);
  EntChartLayout layout = layout_of (chart, 800, 300);

  g_assert_cmpfloat (ent_chart_layout_column (&layout, 0, 1000000, 1000001).height, >=, 1);
  g_assert_cmpfloat (ent_chart_layout_column (&layout, 0, 5, 5).height, ==, 0);
}

static void
test_hit_outside (void)
{
  g_autoptr (EntChart) chart = chart_of (7, 10, 1);
  g_autoptr (EntChart) empty = ent_chart_new (ENT_CHART_LINES, 0);
  EntChartLayout layout = layout_of (chart, 800, 300);
  EntChartLayout nothing = layout_of (empty, 800, 300);

  g_assert_cmpint (ent_chart_layout_hit (&layout, 10, 100), ==, -1); /* on the axis */
  g_assert_cmpint (ent_chart_layout_hit (&layout, 801, 100), ==, -1);
  g_assert_cmpint (ent_chart_layout_hit (&layout, 400, 301), ==, -1);
  g_assert_cmpint (ent_chart_layout_hit (&layout, layout.plot.x, 100), ==, 0);
  g_assert_cmpint (ent_chart_layout_hit (&layout, layout.plot.x + layout.plot.width, 100), ==, 6);
  g_assert_cmpint (ent_chart_layout_hit (&nothing, 400, 100), ==, -1);
}

static void
test_peak (void)
{
  EntCounters counters = { 0 };
  g_autoptr (EntChart) columns =
      ent_chart_new (ENT_CHART_COLUMNS, 1u << ENT_STAGE_DELIVERED | 1u << ENT_STAGE_ERRORS);
  g_autoptr (EntChart) lines =
      ent_chart_new (ENT_CHART_LINES, 1u << ENT_STAGE_DELIVERED | 1u << ENT_STAGE_ERRORS);

  ent_counters_add (&counters, ENT_STATUS_READ, TRUE, 70);
  ent_counters_add (&counters, ENT_STATUS_NOT_DELIVERED, TRUE, 30);
  ent_chart_add_point (columns, "", "", &counters, ENT_COVERAGE_COMPLETE, FALSE);
  ent_chart_add_point (lines, "", "", &counters, ENT_COVERAGE_COMPLETE, FALSE);
  g_assert_cmpint (ent_chart_get_peak (columns), ==, 100); /* stacked */
  g_assert_cmpint (ent_chart_get_peak (lines), ==, 70);
}

static void
test_last_label_stays (void)
{
  g_autoptr (EntChart) chart = chart_of (90, 10, 1);
  EntChartLayout layout = layout_of (chart, 700, 300);

  g_assert_cmpuint (layout.label_stride, >, 1);
  g_assert_cmpuint ((89 - layout.label_offset) % layout.label_stride, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/geometry/slots-tile", test_slots_tile);
  g_test_add_func ("/chart/geometry/columns-stack", test_columns_stack);
  g_test_add_func ("/chart/geometry/few-are-seen", test_few_are_seen);
  g_test_add_func ("/chart/geometry/hit-outside", test_hit_outside);
  g_test_add_func ("/chart/geometry/peak", test_peak);
  g_test_add_func ("/chart/geometry/last-label-stays", test_last_label_stays);
  return g_test_run ();
}
