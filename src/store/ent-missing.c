/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting each name over all days: see the header. */
#include "config.h"

#include "ent-missing.h"

/* Looking for more would take longer than the report itself. */
#define MAX_VALUES 100

void
ent_missing_free (EntMissing *self)
{
  g_free (self->value);
  g_free (self);
}

/* How many messages have that value; -1 on error. */
static gint64
count_value (EntSnapshot *self,
             EntQuery *query,
             EntFilterField field,
             const char *value,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (EntFilter) empty = ent_filter_new ();
  g_autoptr (EntFilter) filter = ent_filter_with (empty, field, value, FALSE, error);

  if (filter == NULL)
    return -1;
  ent_filter_unref (query->filter);
  query->filter = g_steal_pointer (&filter);
  return ent_snapshot_count (self, query, cancellable, error);
}

static gboolean
find_in_field (EntSnapshot *self,
               EntQuery *query,
               const EntFilter *filter,
               EntFilterField field,
               GPtrArray *missing,
               GCancellable *cancellable,
               GError **error)
{
  guint n = MIN (ent_filter_get_n_values (filter, field), MAX_VALUES);

  for (guint i = 0; i < n; i++)
    {
      const char *value = ent_filter_get_value (filter, field, i, NULL);
      gint64 count =
          *value == '\0' ? 1 : count_value (self, query, field, value, cancellable, error);

      if (count < 0)
        return FALSE;
      if (count == 0)
        {
          EntMissing *found = g_new0 (EntMissing, 1);

          found->field = field;
          found->value = g_strdup (value);
          g_ptr_array_add (missing, found);
        }
    }
  return TRUE;
}

/* All days that hold a message. */
static EntQuery *
query_over_all (const EntReport *report, gint64 first, gint64 last, gint64 now)
{
  EntQuery *query = ent_query_new (report, now);

  query->range = ent_range_for_days (query->zone, ent_zone_day_of (query->zone, first),
                                     ent_zone_day_of (query->zone, last));
  query->basis = ENT_BASIS_SEND_DATE;
  return query;
}

GPtrArray *
ent_snapshot_find_missing (EntSnapshot *self,
                           const EntReport *report,
                           gint64 now,
                           GCancellable *cancellable,
                           GError **error)
{
  static const EntFilterField fields[] = { ENT_FILTER_SUBACCOUNT, ENT_FILTER_USER,
                                           ENT_FILTER_CAMPAIGN, ENT_FILTER_CARRIER };
  g_autoptr (GPtrArray) missing =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ent_missing_free);
  g_autoptr (EntQuery) query = NULL;
  gint64 first, last;

  if (!ent_snapshot_extent (self, &first, &last))
    return g_steal_pointer (&missing);
  query = query_over_all (report, first, last, now);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!find_in_field (self, query, report->filter, fields[i], missing, cancellable, error))
      return NULL;
  return g_steal_pointer (&missing);
}
