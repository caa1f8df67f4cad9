/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed columns: see the header. A segment is its maker's alone until it is sealed and
 * published; then any thread reads it without a lock. */

#include "config.h"

#include "ent-columns.h"

#include "ent-memory.h"

#include <stdlib.h>
#include <string.h>

/* Steps above ENT_SECS_EXACT; the last code before "none" stands for everything longer. */
#define SECS_STEP 600
#define SECS_LONGEST 65534

/* It is stored as it is: a change of it is a new magic number. */
G_STATIC_ASSERT (sizeof (EntSegmentInfo) == 168 && sizeof (EntSegmentInfo) <= ENT_SEGMENT_HEADER);

static guint64
next_times_id (void)
{
  static guint64 last = 0;

  return __atomic_add_fetch (&last, 1, __ATOMIC_RELAXED);
}

guint16
ent_secs_pack (gint64 secs)
{
  if (secs < 0)
    return ENT_SECS_NONE;
  if (secs < ENT_SECS_EXACT)
    return (guint16) secs;
  return (guint16) MIN (ENT_SECS_EXACT + (secs - ENT_SECS_EXACT) / SECS_STEP, SECS_LONGEST);
}

gint64
ent_secs_unpack (guint16 code)
{
  if (code == ENT_SECS_NONE)
    return -1;
  if (code < ENT_SECS_EXACT)
    return code;
  return ENT_SECS_EXACT + (gint64) (code - ENT_SECS_EXACT) * SECS_STEP;
}

guint16
ent_event_pack (gint64 t, gint64 time)
{
  gint64 distance;

  if (time == ENT_TIME_NONE)
    return ENT_EVENT_NONE;
  distance = ent_quarter_of (time) - ent_quarter_of (t);
  return distance < 0 || distance >= ENT_EVENT_ELSEWHERE ? ENT_EVENT_ELSEWHERE : (guint16) distance;
}

static gsize
dim_width (guint wide, guint dim)
{
  return (wide >> dim) & 1 ? sizeof (guint32) : sizeof (guint16);
}

gsize
ent_segment_block_size (guint wide)
{
  gsize row = sizeof (guint64) + sizeof (gint32) + sizeof (guint32) + 3 +
              (2 + ENT_N_EVENTS) * sizeof (guint16);

  for (guint i = 0; i < ENT_N_DIM_COLUMNS; i++)
    row += dim_width (wide, i);
  return ENT_SEGMENT_HEADER + row * ENT_SEGMENT_ROWS;
}

/* The columns of a block, those that change after the sending together at its end. */
static void
lay_out (EntSegment *self)
{
  guint8 *at = self->block + ENT_SEGMENT_HEADER;

  self->phone = (gpointer) at;
  at += ENT_SEGMENT_ROWS * sizeof (guint64);
  self->quarter = (gpointer) at;
  at += ENT_SEGMENT_ROWS * sizeof (gint32);
  self->ms = (gpointer) at;
  at += ENT_SEGMENT_ROWS * sizeof (guint32);
  for (guint i = 0; i < ENT_N_DIM_COLUMNS; i++)
    {
      self->dims[i] = at;
      at += ENT_SEGMENT_ROWS * dim_width (self->info.wide, i);
    }
  self->kind = at;
  at += ENT_SEGMENT_ROWS;
  self->status = at;
  at += ENT_SEGMENT_ROWS;
  self->reason = at;
  at += ENT_SEGMENT_ROWS;
  for (guint i = 0; i < 2; i++, at += ENT_SEGMENT_ROWS * sizeof (guint16))
    self->secs[i] = (gpointer) at;
  for (guint i = 0; i < ENT_N_EVENTS; i++, at += ENT_SEGMENT_ROWS * sizeof (guint16))
    self->events[i] = (gpointer) at;
}

static void
allocate (EntSegment *self)
{
  self->block_size = ent_segment_block_size (self->info.wide);
  self->block = ent_memory_new (self->block_size);
  lay_out (self);
}

EntSegment *
ent_segment_new (guint wide)
{
  EntSegment *self = g_new0 (EntSegment, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->info.magic = ENT_SEGMENT_MAGIC;
  self->info.wide = (guint8) wide;
  self->times_id = next_times_id ();
  allocate (self);
  memset (self->block, 0, self->block_size);
  /* Loops run over whole segments: rows that are not there yet are holes. */
  memset (self->status, ENT_STATUS_HOLE, ENT_SEGMENT_ROWS);
  return self;
}

EntSegment *
ent_segment_copy (const EntSegment *self)
{
  EntSegment *copy;

  if (self->block == NULL)
    {
      copy = ent_segment_new (self->info.wide);
      copy->info.n = self->info.n;
      return copy;
    }
  copy = g_new0 (EntSegment, 1);
  g_atomic_ref_count_init (&copy->ref_count);
  copy->info = self->info;
  copy->times_id = self->times_id;
  allocate (copy);
  memcpy (copy->block, self->block, self->block_size);
  return copy;
}

EntSegment *
ent_segment_ref (EntSegment *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_segment_unref (EntSegment *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  ent_memory_free (self->block, self->block_size);
  g_free (self->order);
  g_free (self);
}

static gboolean
info_is_sane (const EntSegmentInfo *info, guint32 n)
{
  guint32 sum = 0;

  for (guint i = 0; i < ENT_N_STATUS_CODES; i++)
    sum += MIN (info->histogram[i], ENT_SEGMENT_ROWS);
  return info->magic == ENT_SEGMENT_MAGIC && info->n == n && n <= ENT_SEGMENT_ROWS &&
         info->n_live <= n && sum == info->n_live && info->wide >> ENT_N_DIM_COLUMNS == 0 &&
         (info->n_live == 0 || info->min_t <= info->max_t);
}

EntSegment *
ent_segment_new_for_block (guint8 *block, gsize size, guint32 n, gint64 version)
{
  EntSegment *self = g_new0 (EntSegment, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->version = version;
  self->times_id = next_times_id ();
  self->info.magic = ENT_SEGMENT_MAGIC;
  self->info.n = n;
  if (block == NULL)
    return self;

  self->block = block;
  self->block_size = size;
  if (size >= ENT_SEGMENT_HEADER)
    memcpy (&self->info, block, sizeof self->info);
  if (size < ENT_SEGMENT_HEADER || !info_is_sane (&self->info, n) ||
      size != ent_segment_block_size (self->info.wide))
    {
      ent_segment_unref (self);
      return NULL;
    }
  lay_out (self);
  return self;
}

/* Gives the segment columns of 32 bits for the dimensions in @wide. */
static void
widen (EntSegment *self, guint wide)
{
  g_autoptr (EntSegment) wider = ent_segment_new (wide);
  EntPacked packed;

  for (guint row = 0; row < self->info.n; row++)
    if (ent_segment_get (self, row, &packed))
      ent_segment_put (wider, row, &packed);
    else
      ent_segment_put_hole (wider, row);

  ent_memory_free (self->block, self->block_size);
  self->block = g_steal_pointer (&wider->block);
  self->block_size = wider->block_size;
  self->info.wide = (guint8) wide;
  lay_out (self);
}

static void
put_time (EntSegment *self, guint row, gint64 t)
{
  /* Year 9999 is quarter 281 million: only times that no calendar has are clamped. */
  gint32 quarter = (gint32) CLAMP (ent_quarter_of (t), G_MININT32, G_MAXINT32);
  guint32 ms = (guint32) (t - ent_quarter_of (t) * ENT_QUARTER_MS);

  if (row < self->info.n && (self->quarter[row] != quarter || self->ms[row] != ms))
    self->times_id = next_times_id ();
  self->quarter[row] = quarter;
  self->ms[row] = ms;
}

void
ent_segment_put (EntSegment *self, guint row, const EntPacked *packed)
{
  guint wide = self->info.wide;

  g_assert (row <= self->info.n && row < ENT_SEGMENT_ROWS);

  for (guint i = 0; i < ENT_N_DIM_COLUMNS; i++)
    if (packed->dims[i] > G_MAXUINT16)
      wide |= 1u << i;
  if (wide != self->info.wide)
    widen (self, wide);

  put_time (self, row, packed->t);
  self->info.n = MAX (self->info.n, row + 1);
  self->phone[row] = packed->phone;
  for (guint i = 0; i < ENT_N_DIM_COLUMNS; i++)
    if (ent_segment_is_wide (self, i))
      ((guint32 *) self->dims[i])[row] = packed->dims[i];
    else
      ((guint16 *) self->dims[i])[row] = (guint16) packed->dims[i];
  self->kind[row] = packed->kind;
  self->status[row] = packed->status;
  self->reason[row] = packed->reason;
  for (guint i = 0; i < 2; i++)
    self->secs[i][row] = packed->secs[i];
  for (guint i = 0; i < ENT_N_EVENTS; i++)
    self->events[i][row] = packed->events[i];
}

void
ent_segment_put_hole (EntSegment *self, guint row)
{
  static const EntPacked nothing;

  ent_segment_put (self, row, &nothing);
  self->status[row] = ENT_STATUS_HOLE;
}

gboolean
ent_segment_get (const EntSegment *self, guint row, EntPacked *packed)
{
  if (row >= self->info.n || self->block == NULL || self->status[row] & ENT_STATUS_HOLE)
    return FALSE;

  packed->phone = self->phone[row];
  packed->t = ent_segment_get_time (self, row);
  for (guint i = 0; i < ENT_N_DIM_COLUMNS; i++)
    packed->dims[i] = ent_segment_get_dim (self, i, row);
  packed->kind = self->kind[row];
  packed->status = self->status[row];
  packed->reason = self->reason[row];
  for (guint i = 0; i < 2; i++)
    packed->secs[i] = self->secs[i][row];
  for (guint i = 0; i < ENT_N_EVENTS; i++)
    packed->events[i] = self->events[i][row];
  return TRUE;
}

void
ent_segment_seal (EntSegment *self)
{
  EntSegmentInfo *info = &self->info;
  gint64 last = G_MININT64;

  info->n_live = 0;
  info->sorted = 1;
  info->min_t = G_MAXINT64;
  info->max_t = G_MININT64;
  memset (info->histogram, 0, sizeof info->histogram);
  memset (info->present, 0, sizeof info->present);
  memset (info->kinds, 0, sizeof info->kinds);

  for (guint row = 0; row < info->n; row++)
    {
      guint8 status = self->status[row];
      gint64 t;

      if (status & ENT_STATUS_HOLE)
        {
          info->sorted = 0;
          continue;
        }
      t = ent_segment_get_time (self, row);
      info->sorted &= t >= last;
      last = t;
      info->min_t = MIN (info->min_t, t);
      info->max_t = MAX (info->max_t, t);
      info->n_live++;
      info->histogram[status & ENT_STATUS_CODE]++;
      info->kinds[self->kind[row] >> 6] |= G_GUINT64_CONSTANT (1) << (self->kind[row] & 63);
      for (guint i = 0; i < ENT_N_DIM_COLUMNS; i++)
        info->present[i] |= G_GUINT64_CONSTANT (1) << (ent_segment_get_dim (self, i, row) & 63);
    }
  g_clear_pointer (&self->order, g_free);
  if (info->n_live == 0)
    {
      ent_memory_free (self->block, self->block_size);
      self->block = NULL;
    }
  else
    memcpy (self->block, info, sizeof *info);
}

static int
compare_rows (const void *a, const void *b, void *user_data)
{
  const EntSegment *self = user_data;
  guint16 one = *(const guint16 *) a;
  guint16 two = *(const guint16 *) b;
  gint64 t_one;
  gint64 t_two;

  if ((self->status[one] ^ self->status[two]) & ENT_STATUS_HOLE)
    return self->status[one] & ENT_STATUS_HOLE ? 1 : -1;
  t_one = ent_segment_get_time (self, one);
  t_two = ent_segment_get_time (self, two);
  if (t_one != t_two)
    return t_one < t_two ? -1 : 1;
  return (int) one - (int) two;
}

const guint16 *
ent_segment_get_order (EntSegment *self)
{
  guint16 *order;

  if (self->info.sorted || self->block == NULL)
    return NULL;
  order = g_atomic_pointer_get (&self->order);
  if (order != NULL)
    return order;

  order = g_new (guint16, ENT_SEGMENT_ROWS);
  for (guint i = 0; i < ENT_SEGMENT_ROWS; i++)
    order[i] = (guint16) i;
  qsort_r (order, self->info.n, sizeof *order, compare_rows, self);
  /* Another thread may have been faster: the first one stays. */
  if (!g_atomic_pointer_compare_and_exchange (&self->order, NULL, order))
    g_free (order);
  return g_atomic_pointer_get (&self->order);
}

EntTable *
ent_table_new_empty (void)
{
  EntTable *self = g_new0 (EntTable, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

EntTable *
ent_table_copy (const EntTable *self, guint n_segments)
{
  EntTable *copy = ent_table_new_empty ();

  copy->version = self->version;
  copy->last_commit = self->last_commit;
  memcpy (copy->n_names, self->n_names, sizeof copy->n_names);
  copy->n_segments = n_segments;
  copy->segments = g_new0 (EntSegment *, MAX (n_segments, 1));
  for (guint i = 0; i < MIN (n_segments, self->n_segments); i++)
    copy->segments[i] = ent_segment_ref (self->segments[i]);
  return copy;
}

EntTable *
ent_table_ref (EntTable *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_table_unref (EntTable *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_segments; i++)
    g_clear_pointer (&self->segments[i], ent_segment_unref);
  g_free (self->segments);
  g_free (self);
}

void
ent_table_take (EntTable *self, guint index, EntSegment *segment)
{
  g_assert (index < self->n_segments);

  g_clear_pointer (&self->segments[index], ent_segment_unref);
  self->segments[index] = segment;
}

void
ent_table_seal (EntTable *self)
{
  self->n_live = 0;
  self->n_rows = 0;
  for (guint i = 0; i < self->n_segments; i++)
    {
      g_assert (self->segments[i] != NULL);
      self->n_live += self->segments[i]->info.n_live;
      self->n_rows = i * ENT_SEGMENT_ROWS + self->segments[i]->info.n;
    }
}

gsize
ent_table_get_memory (const EntTable *self)
{
  gsize bytes = sizeof *self + self->n_segments * (sizeof (gpointer) + sizeof (EntSegment));

  for (guint i = 0; i < self->n_segments; i++)
    {
      EntSegment *segment = self->segments[i];

      if (segment->block != NULL)
        bytes += segment->block_size;
      if (g_atomic_pointer_get (&segment->order) != NULL)
        bytes += ENT_SEGMENT_ROWS * sizeof (guint16);
    }
  return bytes;
}
