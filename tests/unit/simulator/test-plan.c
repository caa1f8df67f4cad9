/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the messages spread over the days.
 */
#include "ent-sim-calendar.h"
#include "sim-test.h"

/* Whatever is asked for, the filled span holds exactly that. */
static void
test_sums (void)
{
  static const guint32 messages[] = { 0, 1, 7, 100, 50000, 999983 };
  static const int days[] = { 1, 2, 7, 90, 365, 3650 };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    for (guint j = 0; j < G_N_ELEMENTS (days); j++)
      {
        EntSimConfig config = sim_test_config (i * 10 + j, days[j], messages[i], SIM_TEST_END);
        g_autoptr (EntSimPlan) plan = ent_sim_plan_new (&config);
        guint64 sum = 0;

        for (int d = 0; d < days[j]; d++)
          sum += ent_sim_plan_get_count (plan, config.end_day - d);
        g_assert_cmpuint (sum, ==, messages[i]);
        g_assert_cmpuint (ent_sim_plan_get_count (plan, config.end_day - days[j]), ==, 0);
      }
}

/* The days after the span go on at its rate, whatever was asked for first. */
static void
test_after_end (void)
{
  EntSimConfig config = sim_test_config (5, 91, 91000, SIM_TEST_END);
  g_autoptr (EntSimPlan) plan = ent_sim_plan_new (&config);
  g_autoptr (EntSimPlan) other = ent_sim_plan_new (&config);
  guint64 sum = 0;

  for (int d = 91; d > 0; d--)
    {
      guint32 count = ent_sim_plan_get_count (plan, config.end_day + d);

      g_assert_cmpuint (count, >, 0);
      sum += count;
    }
  for (int d = 1; d <= 91; d++)
    g_assert_cmpuint (ent_sim_plan_get_count (other, config.end_day + d), ==,
                      ent_sim_plan_get_count (plan, config.end_day + d));
  g_assert_cmpuint (sum, >, 80000);
  g_assert_cmpuint (sum, <, 102000);
}

/* A week has a weekend, each thirty days a peak and an outage, both on working days, the last
 * outage within the last seven days: what opens first should show something. */
static void
test_rhythm (void)
{
  for (guint64 seed = 1; seed <= 50; seed++)
    {
      EntSimConfig config = sim_test_config (seed, 90, 90000, SIM_TEST_END);
      g_autoptr (EntSimPlan) plan = ent_sim_plan_new (&config);
      guint peaks = 0, outages = 0, recent_outages = 0;

      for (int d = 0; d < 90; d++)
        {
          int day = config.end_day - d;
          EntSimEvents events = ent_sim_plan_get_events (plan, day);
          guint32 count = ent_sim_plan_get_count (plan, day);

          if (events.peak > 2000)
            {
              peaks++;
              g_assert_cmpuint (count, >, 1600);
              g_assert_cmpint (ent_sim_day_weekday (day), <, 5);
            }
          else if (events.peak == 1000 && ent_sim_day_weekday (day) == 6)
            g_assert_cmpuint (count, <, 520);
          if (events.outage)
            {
              outages++;
              recent_outages += d < 7;
              g_assert_cmpint (ent_sim_day_weekday (day), <, 5);
              g_assert_cmpint (events.outage_from_h, <, events.outage_until_h);
              g_assert_cmpuint (events.peak, ==, 1000);
            }
        }
      g_assert_cmpuint (peaks, ==, 3);
      g_assert_cmpuint (outages, ==, 3);
      g_assert_cmpuint (recent_outages, ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/plan/sums", test_sums);
  g_test_add_func ("/simulator/plan/after-end", test_after_end);
  g_test_add_func ("/simulator/plan/rhythm", test_rhythm);
  return g_test_run ();
}
