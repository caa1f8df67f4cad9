/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days are kept once made: a million messages take 64 MB. See the header.
 */
#include "config.h"

#include "ent-sim-world.h"

#include "ent-sim-calendar.h"
#include "ent-sim-generator.h"

/* The clock stops here; the plan's sums would grow without need. */
#define LAST_DAY_AFTER_END 3650

struct _EntSimWorld
{
  EntSimConfig config;
  gint64 clock; /* instant */
  GTimeZone *home;
  EntSimPlan *plan;
  GHashTable *days; /* day number → EntSimDay */
};

static void
day_free (gpointer data)
{
  EntSimDay *day = data;

  g_free (day->messages);
  g_free (day);
}

/**
 * ent_sim_world_new:
 * @config: what to make up; copied
 * @clock: where the clock stands at first
 */
EntSimWorld *
ent_sim_world_new (const EntSimConfig *config, gint64 clock)
{
  EntSimWorld *self = g_new0 (EntSimWorld, 1);

  self->config = *config;
  self->clock = clock;
  self->home = ent_sim_zone_new (ENT_SIM_HOME_ZONE);
  if (self->home == NULL)
    g_error ("This machine has no time zone data for " ENT_SIM_HOME_ZONE);
  self->plan = ent_sim_plan_new (config);
  self->days = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, day_free);
  return self;
}

void
ent_sim_world_free (EntSimWorld *self)
{
  g_hash_table_unref (self->days);
  ent_sim_plan_free (self->plan);
  g_time_zone_unref (self->home);
  g_free (self);
}

const EntSimConfig *
ent_sim_world_get_config (const EntSimWorld *self)
{
  return &self->config;
}

gint64
ent_sim_world_get_clock (const EntSimWorld *self)
{
  return self->clock;
}

/**
 * ent_sim_world_advance:
 * @seconds: not negative
 *
 * Returns: %FALSE, with nothing changed, when the clock would leave what can be made up
 */
gboolean
ent_sim_world_advance (EntSimWorld *self, gint64 seconds)
{
  gint64 last = (gint64) (self->config.end_day + LAST_DAY_AFTER_END) * ENT_SIM_DAY_MS;

  if (seconds < 0 || seconds > (last - self->clock) / ENT_SIM_SECOND_MS)
    return FALSE;
  self->clock += seconds * ENT_SIM_SECOND_MS;
  return TRUE;
}

int
ent_sim_world_get_first_day (const EntSimWorld *self)
{
  return self->config.end_day - self->config.days + 1;
}

/**
 * ent_sim_world_get_home_day:
 *
 * Returns: the day of the home zone that @instant lies in
 */
int
ent_sim_world_get_home_day (const EntSimWorld *self, gint64 instant)
{
  return ent_sim_zone_local_day (self->home, instant);
}

/**
 * ent_sim_world_get_day:
 *
 * Returns: (transfer none): the messages of @day, those that the clock has not reached included;
 *   empty days have none
 */
const EntSimDay *
ent_sim_world_get_day (EntSimWorld *self, int day)
{
  EntSimDay *found = g_hash_table_lookup (self->days, GINT_TO_POINTER (day));

  if (found == NULL)
    {
      gint64 end = ent_sim_zone_day_start (self->home, day + 1);

      found = g_new0 (EntSimDay, 1);
      found->day = day;
      found->start = ent_sim_zone_day_start (self->home, day);
      found->messages = ent_sim_generate_day (&self->config, self->plan, day,
                                              (guint32) (end - found->start), &found->n_messages);
      g_hash_table_insert (self->days, GINT_TO_POINTER (day), found);
    }
  return found;
}

/**
 * ent_sim_config_get_end:
 *
 * Returns: the instant that ends the filled span: 24:00 of its last day
 */
gint64
ent_sim_config_get_end (const EntSimConfig *config)
{
  g_autoptr (GTimeZone) home = ent_sim_zone_new (ENT_SIM_HOME_ZONE);

  return ent_sim_zone_day_start (home, config->end_day + 1);
}

gint64
ent_sim_day_get_instant (const EntSimDay *self, guint32 index)
{
  return self->start + self->messages[index].at;
}

/**
 * ent_sim_day_find:
 *
 * Returns: the index of the first message at or after @instant, the number of messages if none
 */
guint32
ent_sim_day_find (const EntSimDay *self, gint64 instant)
{
  guint32 low = 0;
  guint32 high = self->n_messages;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (ent_sim_day_get_instant (self, middle) < instant)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}
