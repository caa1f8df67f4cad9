/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counters do not say of a query's messages: how long delivery and reading took, and how
 * many were answered. */
#pragma once

#include "ent-snapshot.h"

G_BEGIN_DECLS

/* Seconds; exact up to 13 hours, rounded down to ten minutes above. Only messages whose times
 * are known, in order and not in the future take part. */
typedef struct
{
  gint64 n;   /* messages that took part; 0: the others are -1 */
  gint64 p50; /* half of them took no longer */
  gint64 p90;
  gint64 p99;
} EntPercentiles;

typedef struct
{
  EntPercentiles to_deliver; /* from sent, else from accepted */
  EntPercentiles to_read;    /* from delivered */
  /* Messages sent to a number from which one came to the same source within 24 hours. A
   * guess, and to be labelled so: a later message may have been the one that was answered. */
  gint64 replied;
} EntInsight;

#define ENT_REPLY_WINDOW_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* By sending date whatever the query's basis. FALSE on error. */
gboolean ent_snapshot_insight (EntSnapshot *self,
                               const EntQuery *query,
                               EntInsight *insight,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
