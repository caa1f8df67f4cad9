/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counters of a query by day, hour, week, month or dimension: an immutable,
 * reference-counted value; any thread. */
#pragma once

#include "ent-coverage.h"
#include "ent-report.h"

G_BEGIN_DECLS

typedef struct
{
  char *key;    /* 2026-11-15 …; for a dimension its name, "" for none */
  gint64 start; /* time grains only: the bucket's half-open span */
  gint64 end;
  EntCounters counters;
  EntCoverage coverage;
} EntSummaryRow;

typedef struct
{
  EntRange range;
  EntBy by;
  gint64 as_of;        /* the query's now */
  gint64 data_version; /* grows with each commit */
  EntCounters totals;
  EntCoverage coverage; /* of the whole range: the worst of its days, none only if all are none,
                           else partial */
  guint n_rows;
  EntSummaryRow *rows; /* time: every bucket of the range; dimension: by total + received, largest
                          first, then key */
  guint days_by_coverage[ENT_N_COVERAGES]; /* how many local days of the range are in each state */
  int ref_count;
} EntSummary;

EntSummary *ent_summary_ref (EntSummary *self);
void ent_summary_unref (EntSummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSummary, ent_summary_unref)

G_END_DECLS
