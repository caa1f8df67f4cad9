/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drill as a filter: the same messages that a number counted, also where the report's
 * own filter speaks of the same field. Values only; main thread. */
#include "config.h"

#include "ent-session-private.h"

void
ent_drill_clear (EntDrill *self)
{
  g_free (self->value);
  *self = (EntDrill){ 0 };
}

void
ent_drill_set (EntDrill *self, const EntDrill *other)
{
  char *value = g_strdup (other->value);

  g_free (self->value);
  *self = *other;
  self->value = value;
}

/* The statuses that a filter lets through, as bits 1u << EntStatus. "Sent" means unconfirmed
 * too, as in the filter itself. */
static guint
allowed_statuses (const EntFilter *filter)
{
  guint only = 0, never = 0, n = ent_filter_get_n_values (filter, ENT_FILTER_STATUS);

  for (guint i = 0; i < n; i++)
    {
      gboolean negated = FALSE;
      const char *key = ent_filter_get_value (filter, ENT_FILTER_STATUS, i, &negated);
      EntStatus status;

      if (!ent_status_from_key (key, &status))
        continue;
      if (negated)
        never |= 1u << status;
      else
        only |= 1u << status;
    }
  return (only != 0 ? only : (1u << ENT_N_STATUSES) - 1) & ~never;
}

/* A second value of the stage field would be "or", where the drill means "and": then the
 * stage is said by the statuses it counts. */
static EntFilter *
narrow_stage_by_status (const EntFilter *filter, EntStage stage)
{
  guint statuses = allowed_statuses (filter) & ent_stage_statuses (stage);
  g_autoptr (EntFilter) result = ent_filter_without_field (filter, ENT_FILTER_STATUS);

  for (guint status = 0; status < ENT_N_STATUSES; status++)
    {
      EntFilter *next;

      if ((statuses & (1u << status)) == 0)
        continue;
      next = ent_filter_with (result, ENT_FILTER_STATUS, ent_status_key (status), FALSE, NULL);
      if (next == NULL)
        continue;
      ent_filter_unref (result);
      result = next;
    }
  return g_steal_pointer (&result);
}

static EntFilter *
narrow_stage (const EntFilter *filter, EntStage stage)
{
  if (ent_filter_has_field (filter, ENT_FILTER_STAGE))
    return narrow_stage_by_status (filter, stage);
  return ent_filter_with (filter, ENT_FILTER_STAGE, ent_stage_key (stage), FALSE, NULL);
}

EntFilter *
ent_drill_narrow_filter (const EntDrill *self, const EntFilter *filter)
{
  g_autoptr (EntFilter) result = ent_filter_ref ((EntFilter *) filter);

  if (self->has_value)
    {
      g_autoptr (EntFilter) bare = ent_filter_without_field (result, self->field);
      EntFilter *next = ent_filter_with (bare, self->field, self->value, FALSE, NULL);

      if (next != NULL)
        {
          ent_filter_unref (result);
          result = next;
        }
    }
  if (self->has_stage)
    {
      EntFilter *next = narrow_stage (result, self->stage);

      if (next != NULL)
        {
          ent_filter_unref (result);
          result = next;
        }
    }
  return g_steal_pointer (&result);
}
