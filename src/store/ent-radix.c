/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Radix sorts: see the header. Built with -O3. */

#include "config.h"

#include "ent-radix.h"

#include "ent-memory.h"

#include <string.h>

#define DIGIT_BITS 11
#define N_DIGITS (1u << DIGIT_BITS)

static gboolean
cancelled (GCancellable *cancellable, GError **error)
{
  return g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* One pass over one digit. */
static void
scatter (const guint64 *restrict keys,
         const guint32 *restrict positions,
         gsize n,
         guint shift,
         guint64 *restrict to_keys,
         guint32 *restrict to_positions)
{
  gsize places[N_DIGITS] = { 0 };
  gsize sum = 0;

  for (gsize i = 0; i < n; i++)
    places[(keys[i] >> shift) & (N_DIGITS - 1)]++;
  for (guint d = 0; d < N_DIGITS; d++)
    {
      gsize count = places[d];

      places[d] = sum;
      sum += count;
    }
  for (gsize i = 0; i < n; i++)
    {
      gsize place = places[(keys[i] >> shift) & (N_DIGITS - 1)]++;

      to_keys[place] = keys[i];
      to_positions[place] = positions[i];
    }
}

gboolean
ent_radix_sort (
    guint64 *keys, guint32 *positions, gsize n, GCancellable *cancellable, GError **error)
{
  guint64 *other_keys;
  guint32 *other_positions;
  guint64 *from_keys = keys;
  guint32 *from_positions = positions;
  guint64 all_or = 0;
  guint64 all_and = G_MAXUINT64;
  gboolean sorted = TRUE;
  gboolean stopped = FALSE;

  for (gsize i = 0; i < n; i++)
    {
      all_or |= keys[i];
      all_and &= keys[i];
      sorted &= i == 0 || keys[i - 1] <= keys[i];
    }
  if (sorted)
    return TRUE;

  other_keys = ent_memory_new (n * sizeof *other_keys);
  other_positions = ent_memory_new (n * sizeof *other_positions);
  for (guint shift = 0; shift < 64 && !stopped; shift += DIGIT_BITS)
    {
      guint64 *to_keys = from_keys == keys ? other_keys : keys;
      guint32 *to_positions = from_positions == positions ? other_positions : positions;

      /* A digit that is the same everywhere sorts nothing. */
      if ((((all_or ^ all_and) >> shift) & (N_DIGITS - 1)) == 0)
        continue;
      stopped = cancelled (cancellable, error);
      if (stopped)
        break;
      scatter (from_keys, from_positions, n, shift, to_keys, to_positions);
      from_keys = to_keys;
      from_positions = to_positions;
    }
  if (from_positions != positions)
    memcpy (positions, from_positions, n * sizeof *positions);
  ent_memory_free (other_keys, n * sizeof *other_keys);
  ent_memory_free (other_positions, n * sizeof *other_positions);
  return !stopped;
}
