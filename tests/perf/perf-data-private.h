/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the generator share. */
#pragma once

#include "perf-data.h"

G_BEGIN_DECLS

typedef struct
{
  guint n;
  guint numbers[PERF_N_CAMPAIGNS];
  double sums[PERF_N_CAMPAIGNS]; /* of weights up to and with this one */
} PerfCampaigns;

struct _PerfData
{
  guint64 n;
  guint n_phones;
  guint64 day_starts[PERF_DAYS + 1];
  double hour_ends[24]; /* share of a day's messages up to the end of the hour */
  PerfCampaigns campaigns[PERF_DAYS];
};

gint64 perf_data_time (const PerfData *self, guint64 index, guint *day);
guint perf_data_campaign (const PerfData *self, guint64 index, guint day);
EntChannel perf_data_channel (guint64 index);

G_END_DECLS
