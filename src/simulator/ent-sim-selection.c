/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which messages a query selects: days by their number, the ends of the period by halving, and the
 * other conditions one message after another, cheap ones first.
 */
#include "config.h"

#include <string.h>

#include "ent-sim-calendar.h"
#include "ent-sim-query.h"
#include "ent-sim-wire.h"

static gboolean
answers (EntSimAsk asked, gboolean fact)
{
  return asked == ENT_SIM_ASK_ANY || (asked == ENT_SIM_ASK_YES) == (fact != FALSE);
}

static gboolean
contains (const GStrv list, const char *word)
{
  return list == NULL || g_strv_contains ((const char *const *) list, word);
}

typedef void (*AppendAddress) (GString *out, const EntSimSight *sight);

static gboolean
matches_address (const GStrv list, const EntSimSight *sight, AppendAddress append)
{
  g_autoptr (GString) address = NULL;

  if (list == NULL)
    return TRUE;
  address = g_string_new (NULL);
  append (address, sight);
  return contains (list, address->str + (address->str[0] == '+' ? 1 : 0));
}

static gboolean
matches_metadata (const EntSimQuery *query, const EntSimSight *sight)
{
  g_auto (EntSimMetadata) metadata = { 0 };

  if (query->metadata_key == NULL)
    return TRUE;
  ent_sim_wire_get_metadata (sight, &metadata);
  for (guint i = 0; i < metadata.n_pairs; i++)
    if (g_str_equal (metadata.keys[i], query->metadata_key) &&
        contains (query->metadata_values, metadata.values[i]->str))
      return TRUE;
  return FALSE;
}

static gboolean
matches (const EntSimQuery *query, const EntSimSight *sight)
{
  const EntSimMessage *message = sight->message;

  return (query->channels & (1u << message->channel)) != 0 &&
         answers (query->outbound, ent_sim_wire_is_outbound (sight)) &&
         answers (query->opt_out, (message->flags & ENT_SIM_FLAG_OPT_OUT) != 0) &&
         (query->accounts == NULL ||
          contains (query->accounts, ent_sim_wire_get_account_id (sight))) &&
         (query->statuses == NULL ||
          contains (query->statuses, ent_sim_wire_get_status (sight).word)) &&
         (query->media == ENT_SIM_ASK_ANY ||
          answers (query->media, ent_sim_wire_has_media (sight))) &&
         matches_address (query->sources, sight, ent_sim_wire_append_source) &&
         matches_address (query->destinations, sight, ent_sim_wire_append_destination) &&
         matches_metadata (query, sight);
}

/**
 * ent_sim_query_select:
 *
 * Returns: (transfer full) (element-type EntSimRef): the messages that the query selects at the
 *   world's clock, newest first
 */
GArray *
ent_sim_query_select (const EntSimQuery *self, EntSimWorld *world)
{
  GArray *refs = g_array_new (FALSE, FALSE, sizeof (EntSimRef));
  /* The clock's own instant has happened. */
  gint64 end = MIN (self->end, ent_sim_world_get_clock (world) + 1);
  int first_day, last_day;

  if (end <= self->start)
    return refs;
  last_day = ent_sim_world_get_home_day (world, end - 1);
  first_day =
      MAX (ent_sim_world_get_home_day (world, self->start), ent_sim_world_get_first_day (world));

  for (int number = last_day; number >= first_day; number--)
    {
      const EntSimDay *day = ent_sim_world_get_day (world, number);
      guint32 from = ent_sim_day_find (day, self->start);

      for (guint32 i = ent_sim_day_find (day, end); i-- > from;)
        {
          EntSimSight sight = ent_sim_sight (world, day, i);
          EntSimRef ref = { number, i };

          if (matches (self, &sight))
            g_array_append_val (refs, ref);
        }
    }
  return refs;
}
