/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which windows a synchronisation asks for: pure, tested alone. */
#pragma once

#include "ent-coverage.h"
#include "ent-source.h"
#include "ent-sync.h"
#include "ent-time.h"

G_BEGIN_DECLS

#define ENT_SYNC_DAY_MS G_GINT64_CONSTANT (86400000)
/* A first synchronisation begins with the local day so many days ago. */
#define ENT_SYNC_FIRST_DAYS 90
/* The last change of a message's status comes at most so long after it was sent. */
#define ENT_SYNC_LATE_MS (7 * ENT_SYNC_DAY_MS)
/* Days with open messages are read again once a day, this far back. A little less than a day, so
 * that a daily timer that comes early by minutes does not skip one. */
#define ENT_SYNC_OPEN_DAYS 30
#define ENT_SYNC_OPEN_AGE_MS (20 * G_GINT64_CONSTANT (3600000))
/* Local days in one window of a channel that is mostly empty. */
#define ENT_SYNC_SPARSE_DAYS 30

typedef struct
{
  gint64 now;
  const EntZone *zone;
  const EntSourceClass *klass;
  const EntCoverageMap *coverage;          /* of this source, all channels */
  gint64 synced[ENT_N_CHANNELS];           /* what was true then is known; ENT_TIME_NONE: never */
  const GArray *open_days[ENT_N_CHANNELS]; /* EntDay, ascending; may be NULL */
  gint64 from;                             /* by hand, half-open; ENT_TIME_NONE = by the rules */
  gint64 to;
  gint64
      fresh; /* what was read at this instant or later is not read again; ENT_TIME_NONE: all is */
} EntSyncPlanInput;

/* The beginning of the stretch that is read whole: from there to now. */
gint64 ent_sync_plan_base (const EntSyncPlanInput *input, EntChannel channel);

/* (element-type EntSyncWindow) (transfer full): the latest first, of one channel never
 * overlapping. Windows of main channels lie within a local day. */
GArray *ent_sync_plan (const EntSyncPlanInput *input);

/* @window in pieces, the latest first: by local days where it is longer than the class's window,
 * else of the class's smallest window. NULL where it cannot be split. (transfer full) */
GArray *
ent_sync_split (const EntSyncWindow *window, const EntSourceClass *klass, const EntZone *zone);

G_END_DECLS
