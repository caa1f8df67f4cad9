/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting by event date: each stage of a message on the day that it happened. A stage
 * without a time of its own counts on the message's counting time, so that over all time
 * both bases give the same numbers. On the snapshot's thread. Private to the store. */
#pragma once

#include "ent-count.h"
#include "ent-store-private.h"

G_BEGIN_DECLS

/* Where a message's stage counts. */
#define ENT_EVENT_COUNTING (-1) /* an EntEvent, or this: the counting time */

/* The cell that an event of a row falls into; ENT_CELL_NONE outside the timeline. */
gboolean ent_event_find_cell (EntSnapshot *snapshot,
                              const EntTimeline *timeline,
                              guint32 position,
                              int event,
                              guint32 *cell,
                              GError **error);

/* Rows of @mask without those of which no wanted stage was reached in the timeline. */
gboolean ent_event_narrow (EntSnapshot *snapshot,
                           const EntTimeline *timeline,
                           const EntFilter *filter,
                           guint segment,
                           guint8 *mask,
                           GError **error);

typedef struct
{
  EntSnapshot *snapshot;
  const EntTimeline *timeline;
  gint64 horizon;
  gboolean by_cell; /* counters by cell; else by group, what falls into any cell */
  EntGroup group;
  guint dim;
  guint32 n_counters;
  EntCounters *counters;
} EntEventCount;

/* An EntSegmentFunc over EntEventCount. */
gboolean ent_event_count_cb (EntSegment *segment,
                             guint index,
                             EntMatch match,
                             const guint8 *mask,
                             gpointer user_data,
                             GError **error);

G_END_DECLS
