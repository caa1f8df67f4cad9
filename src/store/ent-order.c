/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of time: see the header. Immutable once made; any thread. */

#include "config.h"

#include "ent-order.h"

#include "ent-memory.h"
#include "ent-radix.h"

#include <string.h>

/* Which rows of a segment the order knows, and with which times. */
typedef struct
{
  guint64 times_id;
  guint32 n;
} Known;

struct _EntOrder
{
  gatomicrefcount ref_count;
  guint32 n_rows;
  guint n_segments;
  Known *known;
  guint32 *positions; /* newest first */
  guint32 *ranks;     /* where each position stands in them */
};

EntOrder *
ent_order_ref (EntOrder *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_order_unref (EntOrder *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->known);
  ent_memory_free (self->positions, self->n_rows * sizeof *self->positions);
  ent_memory_free (self->ranks, self->n_rows * sizeof *self->ranks);
  g_free (self);
}

gboolean
ent_order_fits (const EntOrder *self, const EntTable *table)
{
  if (self->n_rows != table->n_rows || self->n_segments != table->n_segments)
    return FALSE;
  for (guint i = 0; i < table->n_segments; i++)
    if (self->known[i].times_id != table->segments[i]->times_id ||
        self->known[i].n != table->segments[i]->info.n)
      return FALSE;
  return TRUE;
}

static gint64
time_at (const EntTable *table, guint32 position)
{
  const EntSegment *segment = table->segments[position >> ENT_SEGMENT_SHIFT];

  /* Rows that are gone stand anywhere: no bit is ever set for them. */
  if (segment->block == NULL)
    return 0;
  return ent_segment_get_time (segment, position & (ENT_SEGMENT_ROWS - 1));
}

/* Whether @a stands before @b. */
static gboolean
stands_before (gint64 t_a, guint32 a, gint64 t_b, guint32 b)
{
  return t_a != t_b ? t_a > t_b : a < b;
}

/* Whether everything that the order knows is in the table: an earlier one of it. */
static gboolean
is_earlier (const EntOrder *self, const EntTable *table)
{
  if (self->n_rows > table->n_rows || self->n_segments > table->n_segments)
    return FALSE;
  for (guint i = 0; i < self->n_segments; i++)
    if (self->known[i].n > table->segments[i]->info.n)
      return FALSE;
  return TRUE;
}

/* ---- Making --------------------------------------------------------------------------------- */

static guint64
key_at (const EntTable *table, guint32 position)
{
  return ~((guint64) time_at (table, position) ^ (G_GUINT64_CONSTANT (1) << 63));
}

/* From nothing: all rows. */
static guint32 *
sort_all (const EntTable *table, GCancellable *cancellable, GError **error)
{
  gsize n = table->n_rows;
  guint32 *positions = ent_memory_new (n * sizeof *positions);
  guint64 *keys = ent_memory_new (n * sizeof *keys);
  gboolean done;

  for (guint32 i = 0; i < n; i++)
    {
      positions[i] = i;
      keys[i] = key_at (table, i);
    }
  done = ent_radix_sort (keys, positions, n, cancellable, error);
  ent_memory_free (keys, n * sizeof *keys);
  if (!done)
    {
      ent_memory_free (positions, n * sizeof *positions);
      return NULL;
    }
  return positions;
}

/* The rows that @older does not know, in order. NULL when cancelled. */
static GArray *
sort_unknown (const EntTable *table,
              const EntOrder *older,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < table->n_segments; i++)
    {
      guint32 row = 0;

      if (i < older->n_segments && older->known[i].times_id == table->segments[i]->times_id)
        row = older->known[i].n;
      for (; row < table->segments[i]->info.n; row++)
        {
          guint32 position = i * ENT_SEGMENT_ROWS + row;
          guint64 key = key_at (table, position);

          g_array_append_val (rows, position);
          g_array_append_val (keys, key);
        }
    }
  if (!ent_radix_sort ((guint64 *) (gpointer) keys->data, (guint32 *) (gpointer) rows->data,
                       rows->len, cancellable, error))
    return NULL;
  return g_steal_pointer (&rows);
}

/* The old order without the rows of segments whose times have changed; NULL: all of it. */
static guint32 *
old_without_changed (const EntTable *table, const EntOrder *older, guint32 *n)
{
  g_autofree guint8 *changed = g_new0 (guint8, older->n_segments + 1);
  gboolean any = FALSE;
  guint32 *kept;

  for (guint i = 0; i < older->n_segments; i++)
    {
      changed[i] = older->known[i].times_id != table->segments[i]->times_id;
      any |= changed[i];
    }
  *n = older->n_rows;
  if (!any)
    return NULL;

  /* One more than is kept is written. */
  kept = g_new (guint32, older->n_rows + 1);
  *n = 0;
  for (guint32 i = 0; i < older->n_rows; i++)
    {
      kept[*n] = older->positions[i];
      *n += !changed[older->positions[i] >> ENT_SEGMENT_SHIFT];
    }
  return kept;
}

/* Where @position belongs in @order. */
static guint32
find_place (const EntTable *table, const guint32 *order, guint32 from, guint32 n, guint32 position)
{
  gint64 t = time_at (table, position);
  guint32 low = from;
  guint32 high = n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (stands_before (time_at (table, order[middle]), order[middle], t, position))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Few among many: what lies between two of them is copied in one go. */
static void
insert_few (
    const EntTable *table, const guint32 *old, guint32 n_old, const GArray *rows, guint32 *out)
{
  guint32 from = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      guint32 position = g_array_index (rows, guint32, i);
      guint32 place = find_place (table, old, from, n_old, position);

      memcpy (out, old + from, (place - from) * sizeof *out);
      out += place - from;
      from = place;
      *out++ = position;
    }
  memcpy (out, old + from, (n_old - from) * sizeof *out);
}

static guint32 *
sort_from (const EntTable *table, const EntOrder *older, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) rows = sort_unknown (table, older, cancellable, error);
  g_autofree guint32 *kept = NULL;
  guint32 *positions;
  guint32 n_old;

  if (rows == NULL)
    return NULL;
  kept = old_without_changed (table, older, &n_old);
  g_assert (n_old + rows->len == table->n_rows);
  positions = ent_memory_new (table->n_rows * sizeof *positions);
  insert_few (table, kept != NULL ? kept : older->positions, n_old, rows, positions);
  return positions;
}

static void
remember (EntOrder *self, const EntTable *table)
{
  self->n_rows = table->n_rows;
  self->n_segments = table->n_segments;
  self->known = g_new (Known, MAX (table->n_segments, 1));
  for (guint i = 0; i < table->n_segments; i++)
    {
      self->known[i].times_id = table->segments[i]->times_id;
      self->known[i].n = table->segments[i]->info.n;
    }
  self->ranks = ent_memory_new (self->n_rows * sizeof *self->ranks);
  for (guint32 rank = 0; rank < self->n_rows; rank++)
    self->ranks[self->positions[rank]] = rank;
}

EntOrder *
ent_order_new (const EntTable *table, EntOrder *older, GCancellable *cancellable, GError **error)
{
  guint32 *positions;
  EntOrder *self;

  positions = older != NULL && is_earlier (older, table)
                  ? sort_from (table, older, cancellable, error)
                  : sort_all (table, cancellable, error);
  if (positions == NULL)
    return NULL;
  self = g_new0 (EntOrder, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->positions = positions;
  remember (self, table);
  return self;
}

/* ---- Using ---------------------------------------------------------------------------------- */

static inline guint
bit_at (const guint64 *bits, guint32 position)
{
  return (bits[position >> 6] >> (position & 63)) & 1;
}

/* Many of all: each row in its turn. */
static void
emit_many (const EntOrder *self, const guint64 *restrict bits, guint32 *restrict out, gsize n)
{
  gsize done = 0;

  /* Without a branch a row: each is written, and kept by moving on. Stopping at the last
   * one that is kept leaves room for the writing. */
  for (const guint32 *p = self->positions; done < n; p++)
    {
      out[done] = *p;
      done += bit_at (bits, *p);
    }
}

/* Few of all: their ranks are marked, and the marks read in order. */
static void
emit_few (const EntOrder *self, const guint64 *restrict bits, guint32 *restrict out)
{
  gsize n_words = (self->n_rows + 63) / 64;
  guint64 *marks = g_new0 (guint64, MAX (n_words, 1));

  for (gsize word = 0; word < n_words; word++)
    for (guint64 left = bits[word]; left != 0; left &= left - 1)
      {
        guint32 rank = self->ranks[word * 64 + (guint) __builtin_ctzll (left)];

        marks[rank >> 6] |= G_GUINT64_CONSTANT (1) << (rank & 63);
      }
  for (gsize word = 0; word < n_words; word++)
    for (guint64 left = marks[word]; left != 0; left &= left - 1)
      *out++ = self->positions[word * 64 + (guint) __builtin_ctzll (left)];
  g_free (marks);
}

static void
reverse (guint32 *positions, gsize n)
{
  for (gsize low = 0, high = n; low + 1 < high; low++)
    {
      guint32 kept = positions[low];

      high--;
      positions[low] = positions[high];
      positions[high] = kept;
    }
}

void
ent_order_emit (const EntOrder *self,
                const EntTable *table,
                const guint64 *bits,
                gboolean ascending,
                guint32 *out,
                gsize n)
{
  if (n < self->n_rows / 16)
    emit_few (self, bits, out);
  else
    emit_many (self, bits, out, n);
  if (!ascending)
    return;
  reverse (out, n);
  /* Rows of the same instant now fall by position. */
  for (gsize from = 0, to; from < n; from = to)
    {
      gint64 t = time_at (table, out[from]);

      for (to = from + 1; to < n && time_at (table, out[to]) == t;)
        to++;
      reverse (out + from, to - from);
    }
}
