/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selections: the matching positions of a query, in order. Made on the snapshot's thread;
 * the finished value is immutable and any thread's. */

#include "config.h"

#include "ent-memory.h"
#include "ent-scan-loops.h"
#include "ent-store-private.h"

#include <string.h>

struct _EntSelection
{
  gatomicrefcount ref_count;
  guint32 *positions; /* borrowed memory */
  gsize capacity;
  guint n;
  gint64 data_version;
};

static EntSelection *
selection_new (guint32 *positions, gsize capacity, guint n, gint64 data_version)
{
  EntSelection *self = g_new0 (EntSelection, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->positions = positions;
  self->capacity = capacity;
  self->n = n;
  self->data_version = data_version;
  return self;
}

EntSelection *
ent_selection_ref (EntSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_selection_unref (EntSelection *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  ent_memory_give_back (self->positions, self->capacity);
  g_free (self);
}

guint
ent_selection_get_size (const EntSelection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n;
}

gint64
ent_selection_get_id (const EntSelection *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->n, 0);

  return (gint64) self->positions[index] + 1;
}

const guint32 *
ent_selection_get_positions (const EntSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->positions;
}

gint64
ent_selection_get_data_version (const EntSelection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->data_version;
}

/* ---- Counting and selecting ----------------------------------------------------------------- */

static gboolean
count_cb (EntSegment *segment,
          guint index,
          EntMatch match,
          const guint8 *mask,
          gpointer user_data,
          GError **error)
{
  gint64 *count = user_data;

  *count += match == ENT_MATCH_ALL ? segment->info.n_live : ent_loop_count (mask);
  return TRUE;
}

gint64
ent_snapshot_count (EntSnapshot *self,
                    const EntQuery *query,
                    GCancellable *cancellable,
                    GError **error)
{
  EntSnapshotScan scan;
  gint64 count = 0;

  g_return_val_if_fail (self != NULL && query != NULL, -1);

  scan = ent_snapshot_scan_of (query);
  if (!ent_snapshot_scan (self, &scan, count_cb, &count, cancellable, error))
    return -1;
  return count;
}

/* The matching rows as a bit a row of the table, and how many they are. */
typedef struct
{
  guint64 *bits;
  gsize n;
} Collection;

/* Up to so many rows are put in order of time by themselves. */
#define SORTED_ALONE 4096

#define WORDS_PER_SEGMENT (ENT_SEGMENT_ROWS / 64)

static gboolean
collect_cb (EntSegment *segment,
            guint index,
            EntMatch match,
            const guint8 *mask,
            gpointer user_data,
            GError **error)
{
  Collection *self = user_data;
  guint64 *bits = self->bits + (gsize) index * WORDS_PER_SEGMENT;
  guint8 live[ENT_SEGMENT_ROWS] __attribute__ ((aligned (16)));

  if (match == ENT_MATCH_ALL && segment->info.n_live == ENT_SEGMENT_ROWS)
    {
      memset (bits, 0xff, WORDS_PER_SEGMENT * sizeof *bits);
      self->n += ENT_SEGMENT_ROWS;
      return TRUE;
    }
  if (match == ENT_MATCH_ALL)
    ent_loop_live (live, segment->status);
  self->n += ent_loop_bits (match == ENT_MATCH_ALL ? live : mask, bits);
  return TRUE;
}

/* The store's order of time brought up to the snapshot's table. */
static EntOrder *
get_order (EntSnapshot *self, GCancellable *cancellable, GError **error)
{
  EntStore *store = self->store;
  g_autoptr (EntOrder) older = NULL;
  EntOrder *order;

  g_mutex_lock (&store->lock);
  older = store->order != NULL ? ent_order_ref (store->order) : NULL;
  g_mutex_unlock (&store->lock);
  if (older != NULL && ent_order_fits (older, self->table))
    return g_steal_pointer (&older);

  order = ent_order_new (self->table, older, cancellable, error);
  if (order == NULL)
    return NULL;
  g_mutex_lock (&store->lock);
  /* A snapshot that was taken long ago does not set the store back. */
  if (store->order == NULL || self->table == store->table)
    {
      g_clear_pointer (&store->order, ent_order_unref);
      store->order = ent_order_ref (order);
    }
  g_mutex_unlock (&store->lock);
  return order;
}

static gboolean
emit_sorted (EntSnapshot *self,
             const Collection *found,
             EntSort sort,
             gint64 now,
             guint32 *positions,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (EntOrder) order = NULL;

  /* Very few are sorted sooner than the order of all is made. */
  if (sort.column != ENT_COLUMN_CREATED_AT || found->n < SORTED_ALONE)
    return ent_snapshot_sort (self, found->bits, found->n, sort, now, positions, cancellable,
                              error);
  order = get_order (self, cancellable, error);
  if (order == NULL)
    return FALSE;
  ent_order_emit (order, self->table, found->bits, !sort.descending, positions, found->n);
  return TRUE;
}

EntSelection *
ent_snapshot_select (EntSnapshot *self,
                     const EntQuery *query,
                     EntSort sort,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree guint64 *bits = NULL;
  guint32 *positions;
  gsize capacity;
  Collection found = { NULL, 0 };
  EntSnapshotScan scan;

  g_return_val_if_fail (self != NULL && query != NULL, NULL);

  scan = ent_snapshot_scan_of (query);
  bits = g_new0 (guint64, (gsize) self->table->n_segments * WORDS_PER_SEGMENT + 1);
  found.bits = bits;
  if (!ent_snapshot_scan (self, &scan, collect_cb, &found, cancellable, error))
    return NULL;
  positions = ent_memory_borrow (found.n * sizeof *positions, &capacity);
  if (!emit_sorted (self, &found, sort, query->now, positions, cancellable, error))
    {
      ent_memory_give_back (positions, capacity);
      return NULL;
    }
  return selection_new (positions, capacity, (guint) found.n, self->table->version);
}
