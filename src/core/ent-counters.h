/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The funnel: counters, their identities, the percentages and how they are rounded.
 * For MT messages T = E + send_failed + queued, E = D + not_delivered + in_transit,
 * L ≤ D ≤ E ≤ T. MO messages count in received and nowhere else. Pure values. */
#pragma once

#include "ent-vocabulary.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 total;
  gint64 sent;
  gint64 delivered;
  gint64 read;
  gint64 send_failed;
  gint64 not_delivered;
  gint64 queued;
  gint64 in_transit;
  gint64 received;
  /* Delivered over channels that can report reads: the base of the read rate. */
  gint64 delivered_readable;
  gint64 unconfirmed; /* part of in_transit */
} EntCounters;

/* Adds @n messages of that status and channel kind. */
void ent_counters_add (EntCounters *self, EntStatus status, gboolean reports_reads, gint64 n);
void ent_counters_sum (EntCounters *self, const EntCounters *other);
gboolean ent_counters_equal (const EntCounters *a, const EntCounters *b);
gboolean ent_counters_hold (const EntCounters *self);  /* the identities */
gint64 ent_counters_errors (const EntCounters *self);  /* send_failed + not_delivered */
gint64 ent_counters_pending (const EntCounters *self); /* queued + in_transit */
/* What a stage's card shows. */
gint64 ent_counters_stage (const EntCounters *self, EntStage stage);

/* The nine public counters in the order of report --json. */
#define ENT_N_COUNTER_KEYS 9
const char *ent_counters_key (guint index);
gint64 ent_counters_value (const EntCounters *self, guint index);

typedef enum
{
  ENT_PERCENT_OF_PREVIOUS_STAGE, /* sent/total, delivered/sent, read/delivered */
  ENT_PERCENT_OF_TOTAL,
} EntPercentBase;

typedef enum
{
  ENT_RATE_SENT,
  ENT_RATE_DELIVERED,
  ENT_RATE_READ,
  ENT_RATE_ERROR, /* errors/total whatever the base */
} EntRate;
#define ENT_N_RATES 4
const char *ent_rate_key (EntRate rate); /* sent, delivered, read, error */

typedef struct
{
  gint64 numerator;
  gint64 denominator;
} EntRatio;

EntRatio ent_counters_rate (const EntCounters *self, EntRate rate, EntPercentBase base);

#define ENT_TENTHS_NONE (-1)
/* Percent in tenths, half up, in integers: 0 … 1000; never 1000 unless n = d, never 0
 * unless n = 0; ENT_TENTHS_NONE for a zero denominator. */
int ent_ratio_tenths (EntRatio ratio);

G_END_DECLS
