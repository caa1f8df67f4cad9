/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The simulator's own random numbers: the same on every machine and for ever, integers only, so
 * that a seed names one provider. Plain values, usable from any thread, owned by the caller.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The state of xoshiro256**; a value, copied freely. */
typedef struct
{
  guint64 s[4];
} EntSimRandom;

/* One point of a quantile table: at most `ppm` millionths of the draws are below `value`. */
typedef struct
{
  guint32 ppm;
  guint32 value;
} EntSimQuantile;

guint64 ent_sim_mix (guint64 a, guint64 b);
void ent_sim_random_init (EntSimRandom *self, guint64 seed);
guint64 ent_sim_random_next (EntSimRandom *self);
guint32 ent_sim_random_below (EntSimRandom *self, guint32 n);
gboolean ent_sim_random_chance (EntSimRandom *self, guint32 ppm);
guint ent_sim_random_weighted (EntSimRandom *self, const guint32 *weights, guint n_weights);
guint32 ent_sim_random_quantile (EntSimRandom *self, const EntSimQuantile *points, guint n_points);

G_END_DECLS
