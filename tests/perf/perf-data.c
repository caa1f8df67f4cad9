/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the made-up messages are sent, and in which campaign: a week with its weekends, a day with
 * its night, and campaigns that live about thirty days and differ in size as words do (zipf).
 * What a message says and how it fared is in perf-row.c. */

#include "config.h"

#include "perf-data-private.h"

#include "perf-random.h"

#include <math.h>
#include <string.h>

/* By weekday; the first day is a Tuesday. */
static const double weekday_weights[7] = { 1.1, 1.2, 1.15, 1.2, 1.25, 0.7, 0.4 };
/* By local hour. */
static const double hour_weights[24] = { 1,  1,  1,  1,  1,  2,  5,  12, 25, 40, 45, 42,
                                         30, 35, 42, 44, 42, 38, 30, 22, 14, 8,  4,  2 };

#define CAMPAIGN_DAYS 30
/* Messages outside of any campaign, of a hundred. */
#define WITHOUT_CAMPAIGN 15

static void
spread_days (PerfData *self)
{
  double sum = 0, total = 0;

  for (guint day = 0; day < PERF_DAYS; day++)
    total += weekday_weights[(day + 1) % 7];
  for (guint day = 0; day < PERF_DAYS; day++)
    {
      self->day_starts[day] = (guint64) ((double) self->n * (sum / total));
      sum += weekday_weights[(day + 1) % 7];
    }
  self->day_starts[PERF_DAYS] = self->n;
}

static void
spread_hours (PerfData *self)
{
  double sum = 0, total = 0;

  for (guint hour = 0; hour < 24; hour++)
    total += hour_weights[hour];
  for (guint hour = 0; hour < 24; hour++)
    {
      sum += hour_weights[hour];
      self->hour_ends[hour] = sum / total;
    }
  self->hour_ends[23] = 1.0;
}

/* Campaign c begins on a day of its own, up to a month before the first one here. */
static void
fill_campaigns (PerfData *self)
{
  for (guint day = 0; day < PERF_DAYS; day++)
    {
      PerfCampaigns *alive = &self->campaigns[day];
      double sum = 0;

      for (guint c = 1; c <= PERF_N_CAMPAIGNS; c++)
        {
          int first = (int) perf_random_below (c, 71, PERF_DAYS + CAMPAIGN_DAYS) - CAMPAIGN_DAYS;

          if ((int) day < first || (int) day >= first + CAMPAIGN_DAYS)
            continue;
          alive->numbers[alive->n] = c;
          sum += 1.0 / (1.0 + alive->n);
          alive->sums[alive->n++] = sum;
        }
    }
}

PerfData *
perf_data_new (guint64 n)
{
  PerfData *self = g_new0 (PerfData, 1);

  self->n = n;
  self->n_phones = (guint) CLAMP (n * 3 / 10, 1000, G_MAXUINT32 / 2);
  spread_days (self);
  spread_hours (self);
  fill_campaigns (self);
  return self;
}

void
perf_data_free (PerfData *self)
{
  g_free (self);
}

guint64
perf_data_get_n (const PerfData *self)
{
  return self->n;
}

guint64
perf_data_day_start (const PerfData *self, guint day)
{
  return self->day_starts[day];
}

/* Positions of a day are spread evenly over its weighted hours, so that times rise with them. */
gint64
perf_data_time (const PerfData *self, guint64 index, guint *day)
{
  guint low = 0, high = PERF_DAYS;
  double share, begin = 0;
  guint hour = 0;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (self->day_starts[middle] <= index)
        low = middle;
      else
        high = middle;
    }
  *day = low;

  share = ((double) (index - self->day_starts[low]) + perf_random_unit (index, 1)) /
          (double) (self->day_starts[low + 1] - self->day_starts[low]);
  while (hour < 23 && share >= self->hour_ends[hour])
    begin = self->hour_ends[hour++];
  share = (hour + (share - begin) / (self->hour_ends[hour] - begin)) / 24;
  return PERF_START_MS + low * PERF_DAY_MS + (gint64) (MIN (share, 0.9999999) * PERF_DAY_MS);
}

guint
perf_data_campaign (const PerfData *self, guint64 index, guint day)
{
  const PerfCampaigns *alive = &self->campaigns[day];
  guint low = 0, high = alive->n - 1;
  double wanted;

  if (perf_random_below (index, 2, 100) < WITHOUT_CAMPAIGN)
    return 0;
  wanted = perf_random_unit (index, 3) * alive->sums[alive->n - 1];
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (alive->sums[middle] <= wanted)
        low = middle + 1;
      else
        high = middle;
    }
  return alive->numbers[low];
}

/* ---- Order of arrival ----------------------------------------------------------------------- */

EntChannel
perf_data_channel (guint64 index)
{
  guint hundredth = perf_random_below (index, 4, 100);

  if (hundredth < 62)
    return ENT_CHANNEL_WHATSAPP;
  if (hundredth < 96)
    return ENT_CHANNEL_SMS;
  return hundredth < 99 ? ENT_CHANNEL_RCS : ENT_CHANNEL_MMS;
}

GArray *
perf_data_day_order (const PerfData *self, guint day)
{
  guint64 from = self->day_starts[day], to = self->day_starts[day + 1];
  g_autoptr (GArray) order =
      g_array_sized_new (FALSE, FALSE, sizeof (guint64), (guint) (to - from));

  for (guint channel = 0; channel < ENT_N_CHANNELS; channel++)
    for (guint64 index = from; index < to; index++)
      if (perf_data_channel (index) == (EntChannel) channel)
        g_array_append_val (order, index);
  return g_steal_pointer (&order);
}
