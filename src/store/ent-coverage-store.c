/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coverage in the database: read and written whole, a source at a time; it is hundreds of
 * rows at most. On whichever thread holds the connection. */

#include "config.h"

#include "ent-store-private.h"

EntCoverageMap *
ent_coverage_load (EntDatabase *database, guint source, GError **error)
{
  g_autoptr (EntStatement) statement =
      ent_database_prepare (database,
                            "SELECT source, channel, start, stop, fetched_at FROM coverage"
                            " WHERE ?1 = 0 OR source = ?1 ORDER BY source, channel, start",
                            error);
  g_autoptr (EntCoverageMap) map = g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));
  EntStep step;

  if (statement == NULL)
    return NULL;
  ent_statement_bind_int64 (statement, 1, source);
  while ((step = ent_statement_step (statement, error)) == ENT_STEP_ROW)
    {
      const EntCoverageInterval interval = {
        .source = (guint) ent_statement_get_int64 (statement, 0),
        .channel = (EntChannel) ent_statement_get_int64 (statement, 1),
        .from = ent_statement_get_int64 (statement, 2),
        .to = ent_statement_get_int64 (statement, 3),
        .fetched_at = ent_statement_get_int64 (statement, 4),
      };

      g_array_append_val (map, interval);
    }
  return step == ENT_STEP_DONE ? g_steal_pointer (&map) : NULL;
}

gboolean
ent_coverage_save (EntDatabase *database, guint source, const EntCoverageMap *map, GError **error)
{
  g_autoptr (EntStatement) remove =
      ent_database_prepare (database, "DELETE FROM coverage WHERE source = ?1", error);
  g_autoptr (EntStatement) insert =
      ent_database_prepare (database,
                            "INSERT INTO coverage (source, channel, start, stop, fetched_at)"
                            " VALUES (?1, ?2, ?3, ?4, ?5)",
                            remove != NULL ? error : NULL);

  if (remove == NULL || insert == NULL)
    return FALSE;
  ent_statement_bind_int64 (remove, 1, source);
  if (!ent_statement_run (remove, error))
    return FALSE;
  for (guint i = 0; i < map->len; i++)
    {
      const EntCoverageInterval *interval = &g_array_index (map, EntCoverageInterval, i);

      if (interval->source != source)
        continue;
      ent_statement_bind_int64 (insert, 1, source);
      ent_statement_bind_int64 (insert, 2, interval->channel);
      ent_statement_bind_int64 (insert, 3, interval->from);
      ent_statement_bind_int64 (insert, 4, interval->to);
      ent_statement_bind_int64 (insert, 5, interval->fetched_at);
      if (!ent_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}
