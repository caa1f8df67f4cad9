/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * splitmix64 spreads a seed, xoshiro256** draws from it (both are public-domain algorithms by
 * Blackman and Vigna). No floating point and no libc: byte-identical answers are a promise.
 */
#include "config.h"

#include "ent-sim-random.h"

static guint64
splitmix (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static guint64
rotl (guint64 x, int k)
{
  return (x << k) | (x >> (64 - k));
}

/**
 * ent_sim_mix:
 *
 * Returns: a number that depends on @a, @b and their order, and looks like neither
 */
guint64
ent_sim_mix (guint64 a, guint64 b)
{
  return splitmix (splitmix (a) ^ rotl (b, 17) ^ G_GUINT64_CONSTANT (0x5851f42d4c957f2d));
}

/**
 * ent_sim_random_init:
 * @self: (out caller-allocates): the generator
 * @seed: any number, zero included
 *
 * Starts a sequence. Equal seeds give equal sequences.
 */
void
ent_sim_random_init (EntSimRandom *self, guint64 seed)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->s); i++)
    {
      seed = splitmix (seed);
      self->s[i] = seed;
    }
}

guint64
ent_sim_random_next (EntSimRandom *self)
{
  guint64 *s = self->s;
  guint64 result = rotl (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotl (s[3], 45);
  return result;
}

/**
 * ent_sim_random_below:
 * @n: more than zero
 *
 * Returns: a number from 0 to @n − 1
 */
guint32
ent_sim_random_below (EntSimRandom *self, guint32 n)
{
  return (guint32) (((ent_sim_random_next (self) >> 32) * n) >> 32);
}

/**
 * ent_sim_random_chance:
 * @ppm: the chance in millionths
 */
gboolean
ent_sim_random_chance (EntSimRandom *self, guint32 ppm)
{
  return ent_sim_random_below (self, 1000000) < ppm;
}

/**
 * ent_sim_random_weighted:
 * @weights: (array length=n_weights): at least one of them above zero
 *
 * Returns: an index, in proportion to the weights
 */
guint
ent_sim_random_weighted (EntSimRandom *self, const guint32 *weights, guint n_weights)
{
  guint32 total = 0;
  guint32 draw;
  guint i;

  for (i = 0; i < n_weights; i++)
    total += weights[i];
  draw = ent_sim_random_below (self, total);
  for (i = 0; i + 1 < n_weights && draw >= weights[i]; i++)
    draw -= weights[i];
  return i;
}

/**
 * ent_sim_random_quantile:
 * @points: (array length=n_points): growing, from 0 ppm to 1,000,000 ppm
 *
 * Draws from a distribution given by its quantiles, straight lines between them.
 */
guint32
ent_sim_random_quantile (EntSimRandom *self, const EntSimQuantile *points, guint n_points)
{
  guint32 draw = ent_sim_random_below (self, 1000000);
  guint i = 1;

  while (i + 1 < n_points && points[i].ppm <= draw)
    i++;
  return points[i - 1].value +
         (guint32) ((guint64) (points[i].value - points[i - 1].value) * (draw - points[i - 1].ppm) /
                    (points[i].ppm - points[i - 1].ppm));
}
