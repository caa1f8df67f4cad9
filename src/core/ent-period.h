/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods: relative tokens or two dates, resolved against a zone and a now;
 * and the buckets (day, hour, week, month) of a resolved range. Pure values. */
#pragma once

#include "ent-time.h"
#include "ent-vocabulary.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_PERIOD_TODAY,
  ENT_PERIOD_YESTERDAY,
  ENT_PERIOD_LAST_7_DAYS,
  ENT_PERIOD_LAST_30_DAYS,
  ENT_PERIOD_LAST_90_DAYS,
  ENT_PERIOD_PREVIOUS_7_DAYS,
  ENT_PERIOD_THIS_WEEK,
  ENT_PERIOD_PREVIOUS_WEEK,
  ENT_PERIOD_THIS_MONTH,
  ENT_PERIOD_PREVIOUS_MONTH,
  ENT_PERIOD_DATES, /* two inclusive dates */
} EntPeriodKind;
#define ENT_N_PERIOD_TOKENS ENT_PERIOD_DATES

typedef struct
{
  EntPeriodKind kind;
  EntDay first; /* only for DATES; inclusive */
  EntDay last;  /* only for DATES; inclusive */
} EntPeriod;

/* Local days first … last, inclusive, and the half-open instants they span. */
typedef struct
{
  EntDay first;
  EntDay last;
  gint64 from;
  gint64 to;
} EntRange;

const char *ent_period_kind_key (EntPeriodKind kind); /* "last-7-days"; "dates" */
gboolean ent_period_kind_from_key (const char *key, EntPeriodKind *kind); /* tokens only */
gboolean ent_period_equal (const EntPeriod *a, const EntPeriod *b);
/* Refuses first > last and spans over 4,000 days. */
gboolean ent_period_init_dates (EntPeriod *period, EntDay first, EntDay last, GError **error);

EntRange ent_range_for_days (const EntZone *zone, EntDay first, EntDay last);
EntRange ent_period_resolve (const EntPeriod *period, const EntZone *zone, gint64 now);

/* The range to compare @range with: as many days immediately before, or, with
 * @by_weekday, shifted back by whole weeks. Today, being partial, and its twin are left
 * out of both: @current is set to what is compared, @previous to what with. FALSE when
 * nothing is left (the range is today alone). */
gboolean ent_range_comparison (const EntRange *range,
                               const EntZone *zone,
                               gint64 now,
                               gboolean by_weekday,
                               EntRange *current,
                               EntRange *previous);

/* One bucket is one contiguous span: in a 25-hour day the repeated hour is one bucket,
 * in a 23-hour day the skipped one has none. Weeks (Monday) and months are clipped to the range. */
typedef struct
{
  gint64 start;
  gint64 end;
  char key[16]; /* 2026-11-15, 2026-11-15T14, 2026-W46, 2026-11 */
} EntBucket;

/* @by: a time grain. (transfer full) (element-type EntBucket) */
GArray *ent_range_buckets (const EntRange *range, const EntZone *zone, EntBy by);

G_END_DECLS
