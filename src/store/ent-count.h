/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting the matching rows of segments by stretch of time or by group, and by status
 * code. Pure; a count belongs to one thread. Private to the store. */
#pragma once

#include "ent-columns.h"
#include "ent-counters.h"
#include "ent-scan.h"

G_BEGIN_DECLS

/* Time cut into cells, ascending and without gaps. */
typedef struct _EntTimeline EntTimeline;

/* @edges: n_cells + 1 instants, each greater than the one before. */
EntTimeline *ent_timeline_new (const gint64 *edges, guint n_cells);
void ent_timeline_free (EntTimeline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntTimeline, ent_timeline_free)

#define ENT_CELL_NONE G_MAXUINT32
/* The cell of an instant; ENT_CELL_NONE outside. */
guint32 ent_timeline_find (const EntTimeline *self, gint64 t);
/* The cell of all instants of a quarter hour, ENT_CELL_NONE outside; FALSE when instants of
 * it are in different ones. */
gboolean ent_timeline_find_quarter (const EntTimeline *self, gint64 quarter, guint32 *cell);
/* Adds to @counts[cell × ENT_N_STATUS_CODES + code]. @mask is read for ENT_MATCH_SOME. */
void ent_timeline_count (const EntTimeline *self,
                         const EntSegment *segment,
                         EntMatch match,
                         const guint8 *mask,
                         gint64 *counts);

/* What rows are grouped by. */
typedef enum
{
  ENT_GROUP_DIM, /* number of a dim column */
  ENT_GROUP_CONTENT_TYPE,
  ENT_GROUP_REASON,
  ENT_GROUP_STATUS, /* status code */
  ENT_GROUP_CHANNEL,
} EntGroup;

/* Adds to @counts[(group × 2 + old) × ENT_N_STATUS_CODES + code], old being a time before
 * @horizon; groups from @n_groups on are left out. @dim: for ENT_GROUP_DIM. */
void ent_group_count (EntGroup group,
                      guint dim,
                      guint32 n_groups,
                      gint64 horizon,
                      const EntSegment *segment,
                      EntMatch match,
                      const guint8 *mask,
                      guint32 *counts);

/* Counters of ENT_N_STATUS_CODES counts; @old: sent means unconfirmed. Adds. */
void ent_counters_add_codes (EntCounters *counters, const gint64 *counts, gboolean old);

G_END_DECLS
