/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that look random and depend on nothing but a key: splitmix64. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

static inline guint64
perf_mix (guint64 key)
{
  key += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  key = (key ^ (key >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  key = (key ^ (key >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return key ^ (key >> 31);
}

/* The @salt-th number of @key. */
static inline guint64
perf_random (guint64 key, guint salt)
{
  return perf_mix (perf_mix (key) + salt * G_GUINT64_CONSTANT (0xd1342543de82ef95));
}

/* 0 <= result < @n; @n below 2^32. */
static inline guint
perf_random_below (guint64 key, guint salt, guint n)
{
  return (guint) (((perf_random (key, salt) >> 32) * n) >> 32);
}

/* 0 <= result < 1 */
static inline double
perf_random_unit (guint64 key, guint salt)
{
  return (double) (perf_random (key, salt) >> 11) / 9007199254740992.0;
}

G_END_DECLS
