/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The packed columns: segments of 4,096 rows that are changed only by the one who made
 * them and never again once published, and the table of all segments at one commit. Pure
 * memory; no SQL. Private to the store.
 *
 * A row takes 41 bytes (2 more for each dimension whose numbers outgrow 16 bits there):
 *   phone u64        ent_phone_pack, 0 where it is no number
 *   quarter i32      quarter hours since 1970 of the counting time, rounded down
 *   ms u32           milliseconds within the quarter
 *   dims 5 × u16     subaccount, user, campaign, carrier (numbers of names), source;
 *                    u32 in a segment that holds a number over 65,535
 *   kind u8          channel (bits 0–2), direction (3), content type (4–7)
 *   status u8        EntStatus, never unconfirmed (bits 0–2), the channel can tell reads (3),
 *                    no such row (7)
 *   reason u8        EntReason
 *   secs 2 × u16     seconds to deliver and to read: see ent_secs_pack
 *   events 4 × u16   quarters from the counting time to sent, delivered, read, failed
 */
#pragma once

#include "ent-dimension.h"
#include "ent-message.h"
#include "ent-time.h"

G_BEGIN_DECLS

#define ENT_SEGMENT_SHIFT 12
#define ENT_SEGMENT_ROWS 4096u

/* Columns of numbers of names; the first four are EntDimensionKind. */
#define ENT_N_DIM_COLUMNS 5
#define ENT_DIM_SOURCE 4

#define ENT_KIND_CHANNEL 0x07
#define ENT_KIND_DIRECTION 0x08
#define ENT_KIND_DIRECTION_SHIFT 3
#define ENT_KIND_CONTENT_TYPE 0xf0
#define ENT_KIND_CONTENT_TYPE_SHIFT 4

#define ENT_STATUS_BITS 0x07
#define ENT_STATUS_READABLE 0x08
#define ENT_STATUS_CODE 0x0f /* the two above: index of histograms */
#define ENT_STATUS_HOLE 0x80
#define ENT_N_STATUS_CODES 16

typedef enum
{
  ENT_EVENT_SENT,
  ENT_EVENT_DELIVERED,
  ENT_EVENT_READ,
  ENT_EVENT_FAILED,
} EntEvent;
#define ENT_N_EVENTS 4
#define ENT_EVENT_NONE 65535      /* no time known */
#define ENT_EVENT_ELSEWHERE 65534 /* before the counting time or 682 days after: see the row */

#define ENT_SECS_NONE 65535
/* Up to this the code is the number of seconds; above it stands for 600 seconds more each. */
#define ENT_SECS_EXACT 49152
guint16 ent_secs_pack (gint64 secs); /* -1: none */
gint64 ent_secs_unpack (guint16 code);

/* One row. */
typedef struct
{
  guint64 phone;
  gint64 t;
  guint32 dims[ENT_N_DIM_COLUMNS];
  guint8 kind;
  guint8 status;
  guint8 reason;
  guint16 secs[2];
  guint16 events[ENT_N_EVENTS];
} EntPacked;

static inline gint64
ent_quarter_of (gint64 t)
{
  gint64 quarter = t / ENT_QUARTER_MS;

  return quarter - (t % ENT_QUARTER_MS < 0);
}

/* The event code of an event at @time of a message that counts at @t. */
guint16 ent_event_pack (gint64 t, gint64 time);

/* What is known of a segment without looking at its rows. Stored with it as it is. */
typedef struct
{
  guint32 magic;  /* and layout: ENT_SEGMENT_MAGIC */
  guint32 n;      /* rows, holes among them */
  guint32 n_live; /* rows that are there */
  guint8 wide;    /* bit per dim column: 32 bits each */
  guint8 sorted;  /* times never fall from row to row (no holes) */
  guint8 spare[2];
  gint64 min_t; /* of the rows that are there; min > max when there are none */
  gint64 max_t;
  guint32 histogram[ENT_N_STATUS_CODES];
  guint64 present[ENT_N_DIM_COLUMNS]; /* bit (number mod 64): some row has such a number */
  guint64 kinds[4];                   /* bit per kind byte */
} EntSegmentInfo;

#define ENT_SEGMENT_MAGIC 0x45434f31u /* "ECO1" */

typedef struct
{
  gatomicrefcount ref_count;
  EntSegmentInfo info;
  gint64 version;   /* commit that wrote it */
  guint64 times_id; /* another one whenever a row that was there has got another time */
  guint8 *block;    /* what is stored: header, then columns; NULL where no row is there */
  gsize block_size;

  guint64 *phone;
  gint32 *quarter;
  guint32 *ms;
  void *dims[ENT_N_DIM_COLUMNS];
  guint8 *kind;
  guint8 *status;
  guint8 *reason;
  guint16 *secs[2];
  guint16 *events[ENT_N_EVENTS];

  guint16 *order; /* rows by (time, row), made at the first need; atomic */
} EntSegment;

/* The info at the start of a block takes this much. */
#define ENT_SEGMENT_HEADER 192
gsize ent_segment_block_size (guint wide);

/* An empty one that the caller may change. */
EntSegment *ent_segment_new (guint wide);
/* A copy that may be changed. */
EntSegment *ent_segment_copy (const EntSegment *self);
EntSegment *ent_segment_ref (EntSegment *self);
void ent_segment_unref (EntSegment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSegment, ent_segment_unref)

/* For the loader: a segment of @n rows around a block (of ent_memory_new; transfer full) as
 * it was stored, NULL for one without rows. NULL, and the block freed, when its header makes no
 * sense. */
EntSegment *ent_segment_new_for_block (guint8 *block, gsize size, guint32 n, gint64 version);

/* Writes a row of a segment that is still the caller's; @row at most n (then n grows).
 * May give the segment a wider layout. */
void ent_segment_put (EntSegment *self, guint row, const EntPacked *packed);
void ent_segment_put_hole (EntSegment *self, guint row);
/* Computes the info; after it the segment is ready to be published and changes no more. One
 * without rows lets go of its block. */
void ent_segment_seal (EntSegment *self);
/* FALSE for a hole. */
gboolean ent_segment_get (const EntSegment *self, guint row, EntPacked *packed);

static inline gint64
ent_segment_get_time (const EntSegment *self, guint row)
{
  return (gint64) self->quarter[row] * ENT_QUARTER_MS + self->ms[row];
}

static inline gboolean
ent_segment_is_wide (const EntSegment *self, guint dim)
{
  return (self->info.wide >> dim) & 1;
}

static inline guint32
ent_segment_get_dim (const EntSegment *self, guint dim, guint row)
{
  return ent_segment_is_wide (self, dim) ? ((const guint32 *) self->dims[dim])[row]
                                         : ((const guint16 *) self->dims[dim])[row];
}

/* Rows in the order of (time, row), holes last: NULL when that is their own order. */
const guint16 *ent_segment_get_order (EntSegment *self);

/* All segments at one commit. */
typedef struct
{
  gatomicrefcount ref_count;
  gint64 version;     /* commit number */
  gint64 last_commit; /* UTC ms */
  guint32 n_rows;     /* positions, holes among them */
  guint32 n_live;
  guint32 n_names[ENT_N_DIMENSIONS]; /* highest number of each kind of name */
  guint n_segments;
  EntSegment **segments;
} EntTable;

EntTable *ent_table_new_empty (void);
/* A copy with room for @n_segments; the new places are NULL and must be filled with
 * ent_table_take before it is published. */
EntTable *ent_table_copy (const EntTable *self, guint n_segments);
EntTable *ent_table_ref (EntTable *self);
void ent_table_unref (EntTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntTable, ent_table_unref)

void ent_table_take (EntTable *self, guint index, EntSegment *segment); /* owns @segment */
/* Sums up its segments; after it the table is ready to be published. */
void ent_table_seal (EntTable *self);
gsize ent_table_get_memory (const EntTable *self);

G_END_DECLS
