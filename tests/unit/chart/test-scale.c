/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The value axis: round steps, never shorter than the peak, never more ticks than asked for. */
#include "config.h"

#include "ent-chart-scale.h"
#include "ent-test-util.h"

static gboolean
is_round (gint64 step)
{
  while (step % 10 == 0)
    step /= 10;
  return step == 1 || step == 2 || step == 5;
}

static void
test_examples (void)
{
  static const struct
  {
    gint64 peak;
    guint max_steps;
    gint64 step;
    guint n_steps;
  } cases[] = {
    { 0, 4, 1, 1 },      { 1, 4, 1, 1 },      { 4, 4, 1, 4 },       { 5, 4, 2, 3 },
    { 1804, 4, 500, 4 }, { 2000, 4, 500, 4 }, { 2001, 4, 1000, 3 }, { 10000000, 5, 2000000, 5 },
    { 9, 1, 10, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EntChartScale scale = ent_chart_scale_for (cases[i].peak, cases[i].max_steps);

      g_assert_cmpint (scale.step, ==, cases[i].step);
      g_assert_cmpuint (scale.n_steps, ==, cases[i].n_steps);
    }
}

static void
test_properties (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint i = 0; i < 100000; i++)
    {
      gint64 peak =
          ((gint64) g_rand_int (rand) << 31 | g_rand_int (rand)) >> g_rand_int_range (rand, 0, 62);
      guint max_steps = (guint) g_rand_int_range (rand, 1, 9);
      EntChartScale scale;

      peak = MAX (peak, 0) & G_GINT64_CONSTANT (0xffffffffffffff);
      scale = ent_chart_scale_for (peak, max_steps);
      g_assert_cmpuint (scale.n_steps, >=, 1);
      g_assert_cmpuint (scale.n_steps, <=, max_steps);
      g_assert_cmpint (ent_chart_scale_top (&scale), >=, peak);
      g_assert_true (is_round (scale.step));
      /* The last step is needed. */
      g_assert_true (scale.n_steps == 1 || ent_chart_scale_top (&scale) - scale.step < peak);
    }
}

static void
test_map (void)
{
  EntChartScale scale = { 500, 4 };

  g_assert_cmpfloat (ent_chart_scale_map (&scale, 0, 200), ==, 0);
  g_assert_cmpfloat (ent_chart_scale_map (&scale, 2000, 200), ==, 200);
  g_assert_cmpfloat (ent_chart_scale_map (&scale, 500, 200), ==, 50);
}

static void
test_label_stride (void)
{
  g_assert_cmpuint (ent_chart_label_stride (60, 30, 10, 7), ==, 1);
  g_assert_cmpuint (ent_chart_label_stride (30, 30, 10, 30), ==, 2);
  g_assert_cmpuint (ent_chart_label_stride (10, 50, 10, 90), ==, 7);
  /* Beyond the calendar's steps still no overlap. */
  g_assert_cmpfloat (ent_chart_label_stride (0.1, 50, 10, 2000) * 0.1, >=, 60);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/scale/examples", test_examples);
  g_test_add_func ("/chart/scale/properties", test_properties);
  g_test_add_func ("/chart/scale/map", test_map);
  g_test_add_func ("/chart/scale/label-stride", test_label_stride);
  return g_test_run ();
}
