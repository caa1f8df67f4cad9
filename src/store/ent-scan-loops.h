/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops over one segment that everything else is made of: a mask of one byte a row
 * (0 or 255), narrowed by one condition after the other, then counted or turned into
 * positions. Written so that the compiler turns them into vectors of 16 bytes; no
 * intrinsics. Pure. Private to the store. */
#pragma once

#include "ent-columns.h"
#include "ent-phone.h"

G_BEGIN_DECLS

/* @mask[i] = the row is there. */
void ent_loop_live (guint8 *mask, const guint8 *status);
/* @mask[i] &= column[i] is one of @values, or with @negate none of them. */
void ent_loop_and_bytes (
    guint8 *mask, const guint8 *column, const guint8 *values, guint n, gboolean negate);
/* @mask[i] &= (column[i] & @bits) is @value. */
void ent_loop_and_bits (guint8 *mask, const guint8 *column, guint8 bits, guint8 value);
void ent_loop_and_dims (guint8 *mask,
                        const EntSegment *segment,
                        guint dim,
                        const guint32 *values,
                        guint n,
                        gboolean negate);
/* @table: a byte (0 or 255) for each number up to @n_table, at least 65,536 of them. */
void ent_loop_and_dim_table (
    guint8 *mask, const EntSegment *segment, guint dim, const guint8 *table, guint32 n_table);
/* @mask[i] &= from ≤ quarter[i] < to */
void ent_loop_and_quarters (guint8 *mask, const gint32 *quarter, gint32 from, gint32 to);
/* @any[i] |= the phone matches */
void ent_loop_or_phones (guint8 *any, const guint64 *phone, const EntPhonePattern *pattern);
/* @mask[i] &= any[i], or with @negate its opposite. */
void ent_loop_and_mask (guint8 *mask, const guint8 *any, gboolean negate);

guint ent_loop_count (const guint8 *mask);
/* The few rows in @mask; returns how many. */
guint ent_loop_rows (const guint8 *mask, guint16 *rows);
/* The mask as a bit a row, 64 words; returns how many are set. */
guint ent_loop_bits (const guint8 *mask, guint64 *bits);
/* Positions of the rows in @mask, @base + row; returns how many. @out: room for a whole segment. */
guint ent_loop_emit (const guint8 *mask, guint32 base, guint32 *out);
/* Adds rows [@from, @to) by status code, those in @mask, or all (NULL) that are there.
 * @from and @to: multiples of 64. @codes: bits of the codes that occur. */
void ent_loop_histogram (
    const guint8 *status, const guint8 *mask, guint from, guint to, guint codes, gint64 *counts);
/* Least and greatest quarter of rows [@from, @to), multiples of 64. */
void ent_loop_extent (const gint32 *quarter, guint from, guint to, gint32 *min, gint32 *max);

G_END_DECLS
