/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting: see the header. Whole segments, then blocks of 256 rows that lie in one cell,
 * are counted with vectors; only blocks that an edge divides are counted row by row. */

#include "config.h"

#include "ent-count.h"

#include "ent-scan-loops.h"

#include <string.h>

#define BLOCK 256u
/* 150 years of quarters: longer ranges are answered by search alone. */
#define MAX_TABLE (150 * 366 * 96)
#define SEVERAL (G_MAXUINT32 - 1)

struct _EntTimeline
{
  gint64 *edges;
  guint n_cells;
  gint64 first_quarter;
  guint32 n_quarters;
  guint32 *table; /* quarter - first_quarter → cell or SEVERAL */
};

guint32
ent_timeline_find (const EntTimeline *self, gint64 t)
{
  guint low = 0;
  guint high = self->n_cells;

  if (t < self->edges[0] || t >= self->edges[self->n_cells])
    return ENT_CELL_NONE;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (t >= self->edges[middle])
        low = middle;
      else
        high = middle;
    }
  return low;
}

static void
fill_table (EntTimeline *self)
{
  guint cell = 0;

  for (guint32 i = 0; i < self->n_quarters; i++)
    {
      gint64 start = (self->first_quarter + i) * ENT_QUARTER_MS;
      gint64 end = start + ENT_QUARTER_MS;

      while (cell + 1 < self->n_cells && self->edges[cell + 1] <= start)
        cell++;
      if (start < self->edges[0] || end > self->edges[cell + 1])
        self->table[i] = SEVERAL;
      else
        self->table[i] = cell;
    }
}

EntTimeline *
ent_timeline_new (const gint64 *edges, guint n_cells)
{
  EntTimeline *self = g_new0 (EntTimeline, 1);
  gint64 quarters;

  self->edges = g_memdup2 (edges, (n_cells + 1) * sizeof *edges);
  self->n_cells = n_cells;
  self->first_quarter = ent_quarter_of (edges[0]);
  quarters = ent_quarter_of (edges[n_cells]) - self->first_quarter + 1;
  if (quarters > 0 && quarters <= MAX_TABLE)
    {
      self->n_quarters = (guint32) quarters;
      self->table = g_new (guint32, self->n_quarters);
      fill_table (self);
    }
  return self;
}

void
ent_timeline_free (EntTimeline *self)
{
  g_free (self->edges);
  g_free (self->table);
  g_free (self);
}

gboolean
ent_timeline_find_quarter (const EntTimeline *self, gint64 quarter, guint32 *cell)
{
  guint64 index = (guint64) quarter - (guint64) self->first_quarter;

  if (self->table == NULL)
    return FALSE;
  *cell = index < self->n_quarters ? self->table[index] : ENT_CELL_NONE;
  return *cell != SEVERAL;
}

/* Rows one by one. */
static void
count_rows (const EntTimeline *self,
            const EntSegment *segment,
            const guint8 *mask,
            guint from,
            guint to,
            gint64 *counts)
{
  for (guint i = from; i < to; i++)
    {
      guint8 status = segment->status[i];
      guint32 cell;

      if (status & ENT_STATUS_HOLE || (mask != NULL && mask[i] == 0))
        continue;
      if (!ent_timeline_find_quarter (self, segment->quarter[i], &cell))
        cell = ent_timeline_find (self, ent_segment_get_time (segment, i));
      if (cell != ENT_CELL_NONE)
        counts[(gsize) cell * ENT_N_STATUS_CODES + (status & ENT_STATUS_CODE)]++;
    }
}

static guint
codes_present (const EntSegment *segment)
{
  guint codes = 0;

  for (guint code = 0; code < ENT_N_STATUS_CODES; code++)
    if (segment->info.histogram[code] != 0)
      codes |= 1u << code;
  return codes;
}

static void
count_blocks (const EntTimeline *self,
              const EntSegment *segment,
              const guint8 *mask,
              gint64 *counts)
{
  guint codes = codes_present (segment);

  for (guint from = 0; from < segment->info.n; from += BLOCK)
    {
      guint to = from + BLOCK;
      gint32 min, max;
      guint32 first, last;

      ent_loop_extent (segment->quarter, from, to, &min, &max);
      if (ent_timeline_find_quarter (self, min, &first) &&
          ent_timeline_find_quarter (self, max, &last) && first == last && first != ENT_CELL_NONE)
        ent_loop_histogram (segment->status, mask, from, to, codes,
                            counts + (gsize) first * ENT_N_STATUS_CODES);
      else
        count_rows (self, segment, mask, from, to, counts);
    }
}

void
ent_timeline_count (const EntTimeline *self,
                    const EntSegment *segment,
                    EntMatch match,
                    const guint8 *mask,
                    gint64 *counts)
{
  guint32 first;
  gint64 *cell_counts;

  if (match == ENT_MATCH_NONE || segment->info.n_live == 0)
    return;
  if (match == ENT_MATCH_ALL)
    mask = NULL;
  first = ent_timeline_find (self, segment->info.min_t);
  if (first == ENT_CELL_NONE || first != ent_timeline_find (self, segment->info.max_t))
    {
      count_blocks (self, segment, mask, counts);
      return;
    }

  cell_counts = counts + (gsize) first * ENT_N_STATUS_CODES;
  if (mask != NULL)
    ent_loop_histogram (segment->status, mask, 0, ENT_SEGMENT_ROWS, codes_present (segment),
                        cell_counts);
  else
    for (guint code = 0; code < ENT_N_STATUS_CODES; code++)
      cell_counts[code] += segment->info.histogram[code];
}

/* The group of each row, as 32 bits. */
static void
read_groups (EntGroup group, guint dim, const EntSegment *segment, guint32 *restrict out)
{
  switch (group)
    {
    case ENT_GROUP_DIM:
      if (ent_segment_is_wide (segment, dim))
        memcpy (out, segment->dims[dim], ENT_SEGMENT_ROWS * sizeof *out);
      else
        for (guint i = 0; i < ENT_SEGMENT_ROWS; i++)
          out[i] = ((const guint16 *) segment->dims[dim])[i];
      break;
    case ENT_GROUP_CONTENT_TYPE:
      for (guint i = 0; i < ENT_SEGMENT_ROWS; i++)
        out[i] = segment->kind[i] >> ENT_KIND_CONTENT_TYPE_SHIFT;
      break;
    case ENT_GROUP_REASON:
      for (guint i = 0; i < ENT_SEGMENT_ROWS; i++)
        out[i] = segment->reason[i];
      break;
    case ENT_GROUP_STATUS:
      for (guint i = 0; i < ENT_SEGMENT_ROWS; i++)
        out[i] = segment->status[i] & ENT_STATUS_BITS;
      break;
    case ENT_GROUP_CHANNEL:
    default:
      for (guint i = 0; i < ENT_SEGMENT_ROWS; i++)
        out[i] = segment->kind[i] & ENT_KIND_CHANNEL;
      break;
    }
}

void
ent_group_count (EntGroup group,
                 guint dim,
                 guint32 n_groups,
                 gint64 horizon,
                 const EntSegment *segment,
                 EntMatch match,
                 const guint8 *mask,
                 guint32 *counts)
{
  guint32 groups[ENT_SEGMENT_ROWS];
  gboolean all_old = segment->info.max_t < horizon;
  gboolean mixed = !all_old && segment->info.min_t < horizon;

  if (match == ENT_MATCH_NONE || segment->info.n_live == 0)
    return;
  if (match == ENT_MATCH_ALL)
    mask = NULL;
  read_groups (group, dim, segment, groups);
  for (guint i = 0; i < segment->info.n; i++)
    {
      guint8 status = segment->status[i];
      gboolean old = mixed ? ent_segment_get_time (segment, i) < horizon : all_old;

      if (status & ENT_STATUS_HOLE || (mask != NULL && mask[i] == 0) || groups[i] >= n_groups)
        continue;
      counts[((gsize) groups[i] * 2 + (guint) old) * ENT_N_STATUS_CODES +
             (status & ENT_STATUS_CODE)]++;
    }
}

void
ent_counters_add_codes (EntCounters *counters, const gint64 *counts, gboolean old)
{
  for (guint code = 0; code < ENT_N_STATUS_CODES; code++)
    {
      EntStatus status = (EntStatus) (code & ENT_STATUS_BITS);

      if (counts[code] == 0)
        continue;
      if (status == ENT_STATUS_SENT && old)
        status = ENT_STATUS_UNCONFIRMED;
      ent_counters_add (counters, status, (code & ENT_STATUS_READABLE) != 0, counts[code]);
    }
}
