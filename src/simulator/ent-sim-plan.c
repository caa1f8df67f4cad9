/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A day's weight is a product of a few factors in thousandths. Counts come from the running sum of
 * the weights, so the filled span holds exactly the messages asked for and the days after it go on
 * at the same rate.
 */
#include "config.h"

#include "ent-sim-plan.h"

#include "ent-sim-calendar.h"
#include "ent-sim-random.h"

/* Special days come back each so many days, counted from the end of the span. */
#define CYCLE_DAYS 30

#define SALT_JITTER G_GUINT64_CONSTANT (0x6a17)
#define SALT_OUTAGE G_GUINT64_CONSTANT (0x0a6e)
#define SALT_PEAK G_GUINT64_CONSTANT (0x9ea4)

struct _EntSimPlan
{
  EntSimConfig config;
  int start_day;
  guint64 span_weight; /* sum over the filled span */
  GArray *sums;        /* guint64: weight of the days before start_day + index */
};

/* Monday to Sunday: shops write less at the weekend. */
static const guint32 weekday_factor[7] = { 1000, 1060, 1090, 1050, 1130, 640, 350 };

static int
floor_div (int a, int b)
{
  int quotient = a / b;

  return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient;
}

/* The distance from the end of the span of a cycle's special day: `base` days, moved further back
 * to the next working day, because a special Sunday would hardly show. */
static int
special_distance (const EntSimPlan *self, int cycle, int base)
{
  int distance = cycle * CYCLE_DAYS + base;

  while (ent_sim_day_weekday (self->config.end_day - distance) >= 5)
    distance++;
  return distance;
}

static guint32
peak_factor (const EntSimPlan *self, int day)
{
  int distance = self->config.end_day - day;
  int cycle = floor_div (distance, CYCLE_DAYS);
  guint64 hash = ent_sim_mix (self->config.seed ^ SALT_PEAK, (guint64) (gint64) cycle);
  int off = special_distance (self, cycle, 10 + (int) (hash % 5)) - distance;

  /* The day before warms up, the peak, the day after cools down. */
  if (off == 0)
    return 2150 + (guint32) (hash >> 32) % 300;
  if (off == -1)
    return 1350;
  return off == 1 ? 1600 : 1000;
}

/**
 * ent_sim_plan_get_events:
 *
 * Returns: what is special about @day; a pure function of the configuration
 */
EntSimEvents
ent_sim_plan_get_events (const EntSimPlan *self, int day)
{
  EntSimEvents events = { .peak = peak_factor (self, day) };
  int distance = self->config.end_day - day;
  int cycle = floor_div (distance, CYCLE_DAYS);
  guint64 hash = ent_sim_mix (self->config.seed ^ SALT_OUTAGE, (guint64) (gint64) cycle);

  if (distance == special_distance (self, cycle, 2 + (int) (hash % 2)))
    {
      events.outage = TRUE;
      events.outage_from_h = 8 + (hash >> 16) % 2;
      events.outage_until_h = 18 + (hash >> 24) % 3;
    }
  return events;
}

static guint64
day_weight (const EntSimPlan *self, int day)
{
  guint64 hash = ent_sim_mix (self->config.seed ^ SALT_JITTER, (guint64) day);
  guint64 weight = weekday_factor[ent_sim_day_weekday (day)];
  int year, month, day_of_month;

  ent_sim_day_to_civil (day, &year, &month, &day_of_month);
  weight *= 940 + hash % 121;
  weight *= day_of_month <= 5 ? 1120 : (day_of_month == 10 || day_of_month == 20 ? 1080 : 1000);
  weight *= peak_factor (self, day);
  return weight / 1000000;
}

/* The weight of all days of the plan before `day`. */
static guint64
sum_before (EntSimPlan *self, int day)
{
  guint index;

  if (day <= self->start_day)
    return 0;
  index = (guint) (day - self->start_day);
  while (self->sums->len <= index)
    {
      guint last = self->sums->len - 1;
      guint64 sum = g_array_index (self->sums, guint64, last) +
                    day_weight (self, self->start_day + (int) last);

      g_array_append_val (self->sums, sum);
    }
  return g_array_index (self->sums, guint64, index);
}

EntSimPlan *
ent_sim_plan_new (const EntSimConfig *config)
{
  EntSimPlan *self = g_new0 (EntSimPlan, 1);
  guint64 zero = 0;

  self->config = *config;
  self->start_day = config->end_day - config->days + 1;
  self->sums = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_val (self->sums, zero);
  self->span_weight = sum_before (self, config->end_day + 1);
  return self;
}

void
ent_sim_plan_free (EntSimPlan *self)
{
  g_array_unref (self->sums);
  g_free (self);
}

/**
 * ent_sim_plan_get_count:
 *
 * Returns: how many messages @day has from its start to its end; none before the span
 */
guint32
ent_sim_plan_get_count (EntSimPlan *self, int day)
{
  guint64 messages = self->config.messages;

  return (guint32) (messages * sum_before (self, day + 1) / self->span_weight -
                    messages * sum_before (self, day) / self->span_weight);
}
