/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The difference of two orders: see the header. Pure. */
#include "config.h"

#include "ent-splice.h"

typedef struct
{
  const guint32 *before;
  const guint32 *after;
  guint n_before;
  guint n_after;
} Middle;

static Middle
trim (const guint32 *before, guint n_before, const guint32 *after, guint n_after, guint *head)
{
  guint tail = 0;

  *head = 0;
  while (*head < n_before && *head < n_after && before[*head] == after[*head])
    (*head)++;
  while (tail < n_before - *head && tail < n_after - *head &&
         before[n_before - 1 - tail] == after[n_after - 1 - tail])
    tail++;
  return (Middle){ before + *head, after + *head, n_before - *head - tail, n_after - *head - tail };
}

static GHashTable *
set_of (const guint32 *positions, guint n)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n; i++)
    g_hash_table_add (set, GUINT_TO_POINTER (positions[i]));
  return set;
}

static guint
run_outside (const guint32 *positions, guint from, guint n, GHashTable *set)
{
  guint end = from;

  while (end < n && !g_hash_table_contains (set, GUINT_TO_POINTER (positions[end])))
    end++;
  return end - from;
}

/* Walks both orders side by side: what only one has becomes a splice, what both have must come in
 * the same order. FALSE: it does not, or there are too many splices. */
static gboolean
walk (const Middle *middle,
      guint at,
      GHashTable *old_set,
      GHashTable *new_set,
      GArray *splices,
      guint max_splices)
{
  guint i = 0, j = 0;

  while (i < middle->n_before || j < middle->n_after)
    {
      guint removed = run_outside (middle->before, i, middle->n_before, new_set);
      guint added = run_outside (middle->after, j, middle->n_after, old_set);

      if (removed > 0)
        g_array_append_val (splices, ((EntSplice){ at, removed, 0 }));
      if (added > 0)
        g_array_append_val (splices, ((EntSplice){ at, 0, added }));
      if (splices->len > max_splices)
        return FALSE;
      i += removed;
      j += added;
      at += added;
      if (i == middle->n_before && j == middle->n_after)
        return TRUE;
      if (i == middle->n_before || j == middle->n_after || middle->before[i] != middle->after[j])
        return FALSE;
      i++, j++, at++;
    }
  return TRUE;
}

GArray *
ent_splices_between (
    const guint32 *before, guint n_before, const guint32 *after, guint n_after, guint max_splices)
{
  g_autoptr (GArray) splices = g_array_new (FALSE, FALSE, sizeof (EntSplice));
  guint head;
  Middle middle = trim (before, n_before, after, n_after, &head);
  gboolean kept;

  if (middle.n_before == 0 && middle.n_after == 0)
    return g_steal_pointer (&splices);
  if (middle.n_before == 0 || middle.n_after == 0)
    {
      /* Rows were only added, or only removed, in one place: no need to look at each. */
      g_array_append_val (splices, ((EntSplice){ head, middle.n_before, middle.n_after }));
      return g_steal_pointer (&splices);
    }
  {
    g_autoptr (GHashTable) old_set = set_of (middle.before, middle.n_before);
    g_autoptr (GHashTable) new_set = set_of (middle.after, middle.n_after);

    kept = walk (&middle, head, old_set, new_set, splices, max_splices);
  }
  return kept ? g_steal_pointer (&splices) : NULL;
}
