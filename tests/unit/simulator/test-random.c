/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The generator of the simulator: known values (the same provider on every machine) and shapes.
 */
#include "ent-sim-random.h"

#define N_DRAWS 200000

/* xoshiro256** from the state 1, 2, 3, 4, as its authors' code prints it. */
static void
test_known_values (void)
{
  static const guint64 expected[] = { G_GUINT64_CONSTANT (11520), G_GUINT64_CONSTANT (0),
                                      G_GUINT64_CONSTANT (1509978240),
                                      G_GUINT64_CONSTANT (1215971899390074240) };
  EntSimRandom random = { { 1, 2, 3, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (ent_sim_random_next (&random), ==, expected[i]);
}

static void
test_seeds (void)
{
  EntSimRandom a, b, c;
  guint same = 0;

  ent_sim_random_init (&a, 7);
  ent_sim_random_init (&b, 7);
  ent_sim_random_init (&c, 8);
  for (guint i = 0; i < 1000; i++)
    {
      guint64 value = ent_sim_random_next (&a);

      g_assert_cmpuint (value, ==, ent_sim_random_next (&b));
      same += value == ent_sim_random_next (&c);
    }
  g_assert_cmpuint (same, ==, 0);
  g_assert_cmpuint (ent_sim_mix (1, 2), !=, ent_sim_mix (2, 1));
  g_assert_cmpuint (ent_sim_mix (0, 0), !=, 0);
}

static void
test_below (void)
{
  guint counts[7] = { 0 };
  EntSimRandom random;

  ent_sim_random_init (&random, 1);
  for (guint i = 0; i < N_DRAWS; i++)
    {
      guint32 value = ent_sim_random_below (&random, 7);

      g_assert_cmpuint (value, <, 7);
      counts[value]++;
    }
  for (guint i = 0; i < 7; i++)
    {
      g_assert_cmpuint (counts[i], >, N_DRAWS / 7 * 97 / 100);
      g_assert_cmpuint (counts[i], <, N_DRAWS / 7 * 103 / 100);
    }
}

static void
test_weighted (void)
{
  static const guint32 weights[] = { 0, 30, 0, 10, 60, 0 };
  guint counts[6] = { 0 };
  EntSimRandom random;

  ent_sim_random_init (&random, 2);
  for (guint i = 0; i < N_DRAWS; i++)
    counts[ent_sim_random_weighted (&random, weights, G_N_ELEMENTS (weights))]++;
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    g_assert_cmpint (ABS ((int) counts[i] - (int) (weights[i] * (N_DRAWS / 100))), <,
                     N_DRAWS / 100);
}

static void
test_quantile (void)
{
  static const EntSimQuantile points[] = {
    { 0, 10 }, { 500000, 20 }, { 900000, 1000 }, { 1000000, 5000 }
  };
  guint low = 0, middle = 0;
  EntSimRandom random;

  ent_sim_random_init (&random, 3);
  for (guint i = 0; i < N_DRAWS; i++)
    {
      guint32 value = ent_sim_random_quantile (&random, points, G_N_ELEMENTS (points));

      g_assert_cmpuint (value, >=, 10);
      g_assert_cmpuint (value, <, 5000);
      low += value < 20;
      middle += value < 1000;
    }
  g_assert_cmpint (ABS ((int) low - N_DRAWS / 2), <, N_DRAWS / 100);
  g_assert_cmpint (ABS ((int) middle - N_DRAWS / 10 * 9), <, N_DRAWS / 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/random/known-values", test_known_values);
  g_test_add_func ("/simulator/random/seeds", test_seeds);
  g_test_add_func ("/simulator/random/below", test_below);
  g_test_add_func ("/simulator/random/weighted", test_weighted);
  g_test_add_func ("/simulator/random/quantile", test_quantile);
  return g_test_run ();
}
