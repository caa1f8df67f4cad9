/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loops over one segment: see the header. Built with -O3 whatever the build type. */

#include "config.h"

#include "ent-scan-loops.h"

#include "ent-phone-scan.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define ROWS ENT_SEGMENT_ROWS

/* Vectors of 16 bytes, which every processor that this runs on has. */
typedef guint8 Bytes __attribute__ ((vector_size (16)));
typedef guint16 Words __attribute__ ((vector_size (16)));

void
ent_loop_live (guint8 *restrict mask, const guint8 *restrict status)
{
  for (guint i = 0; i < ROWS; i++)
    mask[i] = status[i] & ENT_STATUS_HOLE ? 0 : 255;
}

/* Up to this many values are compared in one pass over the column. */
#define VALUES_PER_PASS 4

/* @mask &= column is one of @n ≤ VALUES_PER_PASS values, or, with @flip of all ones, none. */
static inline void
and_some_bytes (guint8 *mask, const guint8 *column, const guint8 *values, guint n, Bytes flip)
{
  for (guint i = 0; i < ROWS; i += sizeof (Bytes))
    {
      Bytes rows, kept, any;

      memcpy (&rows, column + i, sizeof rows);
      memcpy (&kept, mask + i, sizeof kept);
      any = (Bytes) (rows == values[0]);
      for (guint j = 1; j < n; j++)
        any |= (Bytes) (rows == values[j]);
      kept &= any ^ flip;
      memcpy (mask + i, &kept, sizeof kept);
    }
}

void
ent_loop_and_bytes (
    guint8 *mask, const guint8 *column, const guint8 *values, guint n, gboolean negate)
{
  const guint8 last = values[n - 1];
  Bytes flip = negate ? ~(Bytes){ 0 } : (Bytes){ 0 };
  guint8 any[ROWS];

  switch (n)
    {
    case 1:
      and_some_bytes (mask, column, values, 1, flip);
      return;
    case 2:
      and_some_bytes (mask, column, values, 2, flip);
      return;
    case 3:
      and_some_bytes (mask, column, values, 3, flip);
      return;
    case 4:
      and_some_bytes (mask, column, values, 4, flip);
      return;
    default:
      break;
    }
  /* What is in none of the passes is in none. */
  memset (any, 255, sizeof any);
  for (guint i = 0; i < n; i += VALUES_PER_PASS)
    {
      guint8 pass[VALUES_PER_PASS];

      for (guint j = 0; j < VALUES_PER_PASS; j++)
        pass[j] = i + j < n ? values[i + j] : last;
      and_some_bytes (any, column, pass, VALUES_PER_PASS, ~(Bytes){ 0 });
    }
  ent_loop_and_mask (mask, any, !negate);
}

void
ent_loop_and_bits (guint8 *mask, const guint8 *column, guint8 bits, guint8 value)
{
  for (guint i = 0; i < ROWS; i += sizeof (Bytes))
    {
      Bytes rows, kept;

      memcpy (&rows, column + i, sizeof rows);
      memcpy (&kept, mask + i, sizeof kept);
      kept &= (Bytes) ((rows & bits) == value);
      memcpy (mask + i, &kept, sizeof kept);
    }
}

/* Comparisons of 16 bits as comparisons of 8: of each the lower half. */
static inline Bytes
narrow (Words low, Words high)
{
  return __builtin_shufflevector ((Bytes) low, (Bytes) high, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20,
                                  22, 24, 26, 28, 30);
}

static inline void
and_some_words (guint8 *mask, const guint16 *column, const guint16 *values, guint n, Bytes flip)
{
  for (guint i = 0; i < ROWS; i += sizeof (Bytes))
    {
      Words low, high, any_low, any_high;
      Bytes kept;

      memcpy (&low, column + i, sizeof low);
      memcpy (&high, column + i + 8, sizeof high);
      memcpy (&kept, mask + i, sizeof kept);
      any_low = (Words) (low == values[0]);
      any_high = (Words) (high == values[0]);
      for (guint j = 1; j < n; j++)
        {
          any_low |= (Words) (low == values[j]);
          any_high |= (Words) (high == values[j]);
        }
      kept &= narrow (any_low, any_high) ^ flip;
      memcpy (mask + i, &kept, sizeof kept);
    }
}

static void
or_dims32 (guint8 *restrict any, const guint32 *restrict column, guint32 value)
{
  for (guint i = 0; i < ROWS; i++)
    any[i] |= (guint8) - (column[i] == value);
}

static void
and_dims32 (guint8 *mask, const guint32 *column, const guint32 *values, guint n, gboolean negate)
{
  guint8 any[ROWS] = { 0 };

  for (guint i = 0; i < n; i++)
    or_dims32 (any, column, values[i]);
  ent_loop_and_mask (mask, any, negate);
}

void
ent_loop_and_dims (guint8 *mask,
                   const EntSegment *segment,
                   guint dim,
                   const guint32 *values,
                   guint n,
                   gboolean negate)
{
  Bytes flip = negate ? ~(Bytes){ 0 } : (Bytes){ 0 };
  guint16 words[VALUES_PER_PASS];
  guint n_words = 0;

  if (ent_segment_is_wide (segment, dim))
    {
      and_dims32 (mask, segment->dims[dim], values, n, negate);
      return;
    }
  g_assert (n <= VALUES_PER_PASS);
  for (guint i = 0; i < n; i++)
    if (values[i] <= G_MAXUINT16)
      words[n_words++] = (guint16) values[i];
  if (n_words == 0)
    {
      if (!negate)
        memset (mask, 0, ROWS);
      return;
    }
  if (n_words == 1)
    {
      and_some_words (mask, segment->dims[dim], words, 1, flip);
      return;
    }
  while (n_words < VALUES_PER_PASS)
    words[n_words++] = words[0];
  and_some_words (mask, segment->dims[dim], words, VALUES_PER_PASS, flip);
}

void
ent_loop_and_dim_table (guint8 *restrict mask,
                        const EntSegment *segment,
                        guint dim,
                        const guint8 *restrict table,
                        guint32 n_table)
{
  if (ent_segment_is_wide (segment, dim))
    {
      const guint32 *column = segment->dims[dim];

      for (guint i = 0; i < ROWS; i++)
        mask[i] &= column[i] < n_table ? table[column[i]] : 0;
    }
  else
    {
      const guint16 *column = segment->dims[dim];

      for (guint i = 0; i < ROWS; i++)
        mask[i] &= table[column[i]];
    }
}

void
ent_loop_and_quarters (guint8 *restrict mask,
                       const gint32 *restrict quarter,
                       gint32 from,
                       gint32 to)
{
  for (guint i = 0; i < ROWS; i++)
    mask[i] &= (guint8) - ((quarter[i] >= from) & (quarter[i] < to));
}

void
ent_loop_or_phones (guint8 *restrict any,
                    const guint64 *restrict phone,
                    const EntPhonePattern *pattern)
{
  const EntPhonePattern local = *pattern;

  switch ((EntPhoneMatchKind) local.kind)
    {
    case ENT_PHONE_MATCH_EXACT:
      for (guint i = 0; i < ROWS; i++)
        any[i] |= (guint8) -ent_phone_scan_exact (&local, phone[i]);
      break;
    case ENT_PHONE_MATCH_PREFIX:
      for (guint i = 0; i < ROWS; i++)
        any[i] |= (guint8) -ent_phone_scan_prefix (&local, phone[i]);
      break;
    case ENT_PHONE_MATCH_SUFFIX:
      for (guint i = 0; i < ROWS; i++)
        any[i] |= (guint8) -ent_phone_scan_suffix (&local, phone[i]);
      break;
    case ENT_PHONE_MATCH_INFIX:
      for (guint i = 0; i < ROWS; i++)
        any[i] |= (guint8) -ent_phone_scan_infix (&local, phone[i]);
      break;
    default:
      break;
    }
}

void
ent_loop_and_mask (guint8 *restrict mask, const guint8 *restrict any, gboolean negate)
{
  const guint8 flip = negate ? 255 : 0;

  for (guint i = 0; i < ROWS; i++)
    mask[i] &= any[i] ^ flip;
}

guint
ent_loop_count (const guint8 *mask)
{
  guint count = 0;

  for (guint i = 0; i < ROWS; i += 1024)
    {
      /* A vector of sums that fit a byte each. */
      Bytes sum = { 0 };

      for (guint j = i; j < i + 1024; j += 16)
        {
          Bytes rows;

          memcpy (&rows, mask + j, sizeof rows);
          sum += rows & 1;
        }
      for (guint j = 0; j < 16; j++)
        count += sum[j];
    }
  return count;
}

guint
ent_loop_rows (const guint8 *mask, guint16 *rows)
{
  guint n = 0;

  for (guint i = 0; i < ROWS; i += 8)
    {
      guint64 eight;

      memcpy (&eight, mask + i, sizeof eight);
      for (eight = GUINT64_FROM_LE (eight) & G_GUINT64_CONSTANT (0x0101010101010101); eight != 0;
           eight &= eight - 1)
        rows[n++] = (guint16) (i + (guint) __builtin_ctzll (eight) / 8);
    }
  return n;
}

/* A bit for each of 64 rows. */
static inline guint64
bits_of (const guint8 *mask)
{
  guint64 bits = 0;

#ifdef __SSE2__
  for (guint part = 0; part < 4; part++)
    {
      __m128i rows = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (mask + part * 16));

      bits |= (guint64) (guint) _mm_movemask_epi8 (rows) << (part * 16);
    }
#else
  for (guint byte = 0; byte < 8; byte++)
    {
      guint64 eight;

      /* One bit of each of eight bytes, gathered by a multiplication. */
      memcpy (&eight, mask + byte * 8, sizeof eight);
      eight = GUINT64_FROM_LE (eight) & G_GUINT64_CONSTANT (0x0101010101010101);
      bits |= (eight * G_GUINT64_CONSTANT (0x0102040810204080) >> 56) << (byte * 8);
    }
#endif
  return bits;
}

guint
ent_loop_bits (const guint8 *restrict mask, guint64 *restrict bits)
{
  for (guint word = 0; word < ROWS / 64; word++)
    bits[word] = bits_of (mask + word * 64);
  return ent_loop_count (mask);
}

guint
ent_loop_emit (const guint8 *mask, guint32 base, guint32 *out)
{
  guint n = 0;

  for (guint i = 0; i < ROWS; i += 8)
    {
      guint64 eight;

      memcpy (&eight, mask + i, sizeof eight);
      if (eight == 0)
        continue;
      /* Without a branch a row: each is written, and kept by moving on. */
      for (guint j = 0; j < 8; j++)
        {
          out[n] = base + i + j;
          n += mask[i + j] & 1;
        }
    }
  return n;
}

/* Rows of a histogram that are taken at once: 64 vectors, so that no byte overflows. */
#define STRIDE 1024

/* The status codes of some rows, 255 for those that are not counted. */
static void
read_codes (const guint8 *status, const guint8 *mask, guint n, Bytes *out)
{
  const Bytes nothing = { 0 };

  for (guint i = 0; i < n; i += sizeof (Bytes))
    {
      Bytes rows, keep = ~nothing;

      memcpy (&rows, status + i, sizeof rows);
      if (mask != NULL)
        memcpy (&keep, mask + i, sizeof keep);
      *out++ = (rows & (ENT_STATUS_CODE | ENT_STATUS_HOLE)) | ~keep;
    }
}

static guint
count_code (const Bytes *codes, guint n_vectors, guint8 code)
{
  Bytes sum = { 0 };
  guint count = 0;

  for (guint i = 0; i < n_vectors; i++)
    sum -= (Bytes) (codes[i] == code);
  for (guint i = 0; i < sizeof sum; i++)
    count += sum[i];
  return count;
}

void
ent_loop_histogram (
    const guint8 *status, const guint8 *mask, guint from, guint to, guint codes, gint64 *counts)
{
  Bytes rows[STRIDE / sizeof (Bytes)];

  for (guint start = from; start < to; start += STRIDE)
    {
      guint n = MIN (to - start, STRIDE);

      read_codes (status + start, mask != NULL ? mask + start : NULL, n, rows);
      for (guint code = 0; code < ENT_N_STATUS_CODES; code++)
        if (codes & (1u << code))
          counts[code] += count_code (rows, n / sizeof (Bytes), (guint8) code);
    }
}

void
ent_loop_extent (const gint32 *quarter, guint from, guint to, gint32 *min, gint32 *max)
{
  gint32 least = quarter[from];
  gint32 most = quarter[from];

  for (guint i = from; i < to; i++)
    {
      least = MIN (least, quarter[i]);
      most = MAX (most, quarter[i]);
    }
  *min = least;
  *max = most;
}
