/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking a compiled filter of a segment: see the header. A step first asks what is known of
 * the whole segment, and reads rows only where that does not decide. */

#include "config.h"

#include "ent-scan-loops.h"
#include "ent-scan-private.h"

#include <string.h>

/* With so few rows left the other conditions are asked of each of them. */
#define FEW_ROWS 40

/* The mask of a segment, written only when the first step needs it; then, when few rows are
 * left, a list of them. */
typedef struct
{
  guint8 *mask;
  gboolean written;
  gboolean is_list;
  guint16 rows[FEW_ROWS];
  guint n_rows;
} Narrowing;

static guint8 *
begin (Narrowing *narrowing, const EntSegment *segment)
{
  if (!narrowing->written)
    {
      if (segment->info.n_live == ENT_SEGMENT_ROWS)
        memset (narrowing->mask, 255, ENT_SEGMENT_ROWS);
      else
        ent_loop_live (narrowing->mask, segment->status);
      narrowing->written = TRUE;
    }
  return narrowing->mask;
}

/* After a step that leaves few. */
static void
try_list (Narrowing *narrowing)
{
  if (!narrowing->written || narrowing->is_list)
    return;
  if (ent_loop_count (narrowing->mask) > FEW_ROWS)
    return;
  narrowing->n_rows = ent_loop_rows (narrowing->mask, narrowing->rows);
  narrowing->is_list = TRUE;
}

/* Goes over the rows of a list; each that does not fit is taken out. */
#define KEEP_ROWS(narrowing, row, condition)                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint kept_rows = 0;                                                                           \
    for (guint at_row = 0; at_row < (narrowing)->n_rows; at_row++)                                 \
      {                                                                                            \
        guint row = (narrowing)->rows[at_row];                                                     \
        if (condition)                                                                             \
          (narrowing)->rows[kept_rows++] = (guint16) row;                                          \
        else                                                                                       \
          (narrowing)->mask[row] = 0;                                                              \
      }                                                                                            \
    (narrowing)->n_rows = kept_rows;                                                               \
  }                                                                                                \
  G_STMT_END

static EntMatch
match_time (const EntScan *self, const EntSegment *segment, Narrowing *narrowing)
{
  guint8 *mask;

  if (segment->info.max_t < self->from || segment->info.min_t >= self->to)
    return ENT_MATCH_NONE;
  if (segment->info.min_t >= self->from && segment->info.max_t < self->to)
    return ENT_MATCH_ALL;

  mask = begin (narrowing, segment);
  if (self->from % ENT_QUARTER_MS == 0 && self->to % ENT_QUARTER_MS == 0)
    ent_loop_and_quarters (mask, segment->quarter,
                           (gint32) CLAMP (self->from / ENT_QUARTER_MS, G_MININT32, G_MAXINT32),
                           (gint32) CLAMP (self->to / ENT_QUARTER_MS, G_MININT32, G_MAXINT32));
  else
    for (guint i = 0; i < segment->info.n; i++)
      {
        gint64 t = ent_segment_get_time (segment, i);

        if (t < self->from || t >= self->to)
          mask[i] = 0;
      }
  return ENT_MATCH_SOME;
}

/* Bytes that occur in the segment, by whether they are allowed: the shorter list is used. */
typedef struct
{
  guint8 allowed[256];
  guint8 refused[256];
  guint n_allowed;
  guint n_refused;
} ByteSets;

/* Whether the allowed bytes, and none of the refused ones, have some bits in common: those of one
 * direction do, however many channels and types of content occur. */
static gboolean
have_common_bits (const ByteSets *sets, guint8 *bits, guint8 *value)
{
  *bits = 0xff;
  *value = sets->allowed[0];
  for (guint i = 1; i < sets->n_allowed; i++)
    *bits &= (guint8) ~(sets->allowed[i] ^ *value);
  *value &= *bits;
  for (guint i = 0; i < sets->n_refused; i++)
    if ((sets->refused[i] & *bits) == *value)
      return FALSE;
  return TRUE;
}

static EntMatch
match_bytes (const EntSegment *segment,
             const guint8 *column,
             const ByteSets *sets,
             Narrowing *narrowing)
{
  guint8 bits, value;

  if (sets->n_allowed == 0)
    return ENT_MATCH_NONE;
  if (sets->n_refused == 0)
    return ENT_MATCH_ALL;
  if (narrowing->is_list)
    KEEP_ROWS (narrowing, row, memchr (sets->allowed, column[row], sets->n_allowed) != NULL);
  else if (have_common_bits (sets, &bits, &value))
    ent_loop_and_bits (begin (narrowing, segment), column, bits, value);
  else if (sets->n_allowed <= sets->n_refused)
    ent_loop_and_bytes (begin (narrowing, segment), column, sets->allowed, sets->n_allowed, FALSE);
  else
    ent_loop_and_bytes (begin (narrowing, segment), column, sets->refused, sets->n_refused, TRUE);
  return ENT_MATCH_SOME;
}

static EntMatch
match_kinds (const EntScan *self, const EntSegment *segment, Narrowing *narrowing)
{
  ByteSets sets;

  sets.n_allowed = sets.n_refused = 0;
  for (guint word = 0; word < 4; word++)
    for (guint64 bits = segment->info.kinds[word]; bits != 0; bits &= bits - 1)
      {
        guint bit = (guint) __builtin_ctzll (bits);

        if ((self->kinds[word] >> bit) & 1)
          sets.allowed[sets.n_allowed++] = (guint8) (word * 64 + bit);
        else
          sets.refused[sets.n_refused++] = (guint8) (word * 64 + bit);
      }
  return match_bytes (segment, segment->kind, &sets, narrowing);
}

static EntMatch
match_codes (const EntSegment *segment, guint codes, Narrowing *narrowing)
{
  ByteSets sets;

  sets.n_allowed = sets.n_refused = 0;
  for (guint code = 0; code < ENT_N_STATUS_CODES; code++)
    if (segment->info.histogram[code] == 0)
      continue;
    else if ((codes >> code) & 1)
      sets.allowed[sets.n_allowed++] = (guint8) code;
    else
      sets.refused[sets.n_refused++] = (guint8) code;
  /* A hole's byte is none of these codes, and the mask has it out already. */
  return match_bytes (segment, segment->status, &sets, narrowing);
}

static EntMatch
match_statuses (const EntScan *self, const EntSegment *segment, Narrowing *narrowing)
{
  guint8 *mask;

  if (self->young_codes == self->old_codes || segment->info.min_t >= self->horizon)
    return match_codes (segment, self->young_codes, narrowing);
  if (segment->info.max_t < self->horizon)
    return match_codes (segment, self->old_codes, narrowing);

  /* The mask stays true to the list; rows that are out already stay out. */
  mask = begin (narrowing, segment);
  for (guint i = 0; i < segment->info.n; i++)
    {
      gboolean old = ent_segment_get_time (segment, i) < self->horizon;
      guint codes = old ? self->old_codes : self->young_codes;

      if (!((codes >> (segment->status[i] & ENT_STATUS_CODE)) & 1))
        mask[i] = 0;
    }
  if (narrowing->is_list)
    KEEP_ROWS (narrowing, row, mask[row] != 0);
  return ENT_MATCH_SOME;
}

static EntMatch
match_reasons (const EntScan *self, const EntSegment *segment, Narrowing *narrowing)
{
  ByteSets sets;

  if (self->reasons == ENT_SCAN_ALL_REASONS)
    return ENT_MATCH_ALL;
  sets.n_allowed = sets.n_refused = 0;
  for (guint reason = 0; reason < ENT_N_REASONS; reason++)
    if ((self->reasons >> reason) & 1)
      sets.allowed[sets.n_allowed++] = (guint8) reason;
    else
      sets.refused[sets.n_refused++] = (guint8) reason;
  return match_bytes (segment, segment->reason, &sets, narrowing);
}

static EntMatch
match_dim (const EntDimStep *step, const EntSegment *segment, Narrowing *narrowing)
{
  guint64 present = segment->info.present[step->dim];
  guint8 *mask;

  if ((present & step->some) == 0)
    return ENT_MATCH_NONE;
  if ((present & ~step->all) == 0)
    return ENT_MATCH_ALL;
  if (narrowing->is_list)
    {
      KEEP_ROWS (narrowing, row,
                 ent_segment_get_dim (segment, step->dim, row) < step->n_table &&
                     step->table[ent_segment_get_dim (segment, step->dim, row)] != 0);
      return ENT_MATCH_SOME;
    }
  mask = begin (narrowing, segment);
  if (step->n_list > 0)
    ent_loop_and_dims (mask, segment, step->dim, step->list, step->n_list, step->list_negated);
  else
    ent_loop_and_dim_table (mask, segment, step->dim, step->table, step->n_table);
  try_list (narrowing);
  return ENT_MATCH_SOME;
}

static gboolean
in_sorted (const GArray *sorted, guint64 value)
{
  guint low = 0;
  guint high = sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint64 at = g_array_index (sorted, guint64, middle);

      if (at == value)
        return TRUE;
      if (at < value)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

static gboolean
phone_in (const EntScan *self, guint list, guint64 phone)
{
  const GArray *patterns = self->phones[list];

  if (phone == 0)
    return FALSE;
  for (guint i = 0; patterns != NULL && i < patterns->len; i++)
    if (ent_phone_pattern_matches (&g_array_index (patterns, EntPhonePattern, i), phone))
      return TRUE;
  return self->exact[list] != NULL && in_sorted (self->exact[list], phone);
}

static void
match_phones (const EntScan *self, const EntSegment *segment, Narrowing *narrowing, guint list)
{
  guint8 any[ENT_SEGMENT_ROWS] __attribute__ ((aligned (16))) = { 0 };
  guint8 *mask;

  if (narrowing->is_list)
    {
      KEEP_ROWS (narrowing, row, phone_in (self, list, segment->phone[row]) == (list == 0));
      return;
    }
  mask = begin (narrowing, segment);
  for (guint i = 0; self->phones[list] != NULL && i < self->phones[list]->len; i++)
    ent_loop_or_phones (any, segment->phone,
                        &g_array_index (self->phones[list], EntPhonePattern, i));
  for (guint i = 0; self->exact[list] != NULL && i < segment->info.n; i++)
    if (mask[i] && segment->phone[i] != 0 && in_sorted (self->exact[list], segment->phone[i]))
      any[i] = 255;
  ent_loop_and_mask (mask, any, list == 1);
}

/* Names first: they leave the fewest rows. */
EntMatch
ent_scan_match (const EntScan *self, const EntSegment *segment, guint8 *mask)
{
  Narrowing narrowing;

  if (self->impossible || segment->info.n_live == 0)
    return ENT_MATCH_NONE;
  narrowing.mask = mask;
  narrowing.written = FALSE;
  narrowing.is_list = FALSE;
  if (match_time (self, segment, &narrowing) == ENT_MATCH_NONE)
    return ENT_MATCH_NONE;
  for (guint i = 0; i < self->n_dims; i++)
    if (match_dim (&self->dims[i], segment, &narrowing) == ENT_MATCH_NONE)
      return ENT_MATCH_NONE;
  if ((self->has_kinds && match_kinds (self, segment, &narrowing) == ENT_MATCH_NONE) ||
      match_statuses (self, segment, &narrowing) == ENT_MATCH_NONE ||
      match_reasons (self, segment, &narrowing) == ENT_MATCH_NONE)
    return ENT_MATCH_NONE;
  for (guint list = 0; list < 2; list++)
    if (self->phones[list] != NULL || self->exact[list] != NULL)
      match_phones (self, segment, &narrowing, list);
  if (narrowing.is_list && narrowing.n_rows == 0)
    return ENT_MATCH_NONE;
  return narrowing.written ? ENT_MATCH_SOME : ENT_MATCH_ALL;
}

#define LINE_BYTES 64

static void
prefetch (const void *column, gsize size)
{
  for (gsize i = 0; i < size; i += LINE_BYTES)
    __builtin_prefetch ((const char *) column + i);
}

void
ent_scan_prefetch (const EntScan *self, const EntSegment *segment)
{
  if (self->impossible || segment->block == NULL || segment->info.max_t < self->from ||
      segment->info.min_t >= self->to)
    return;
  for (guint i = 0; i < self->n_dims; i++)
    prefetch (segment->dims[self->dims[i].dim],
              ENT_SEGMENT_ROWS * (ent_segment_is_wide (segment, self->dims[i].dim)
                                      ? sizeof (guint32)
                                      : sizeof (guint16)));
}

gboolean
ent_scan_match_mask (const EntScan *self, const EntSegment *segment, guint8 *mask)
{
  switch (ent_scan_match (self, segment, mask))
    {
    case ENT_MATCH_NONE:
      return FALSE;
    case ENT_MATCH_ALL:
      ent_loop_live (mask, segment->status);
      return TRUE;
    case ENT_MATCH_SOME:
    default:
      return TRUE;
    }
}
