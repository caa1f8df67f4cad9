/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values that a filter's field can take, with how many messages have each. On the
 * snapshot's thread. */

#include "config.h"

#include "ent-count.h"
#include "ent-store-private.h"

#include <string.h>

typedef struct
{
  EntGroup group;
  guint dim;
  guint32 n_groups;
  gint64 horizon;
  guint32 *counts;
} ValueScan;

static gboolean
count_cb (EntSegment *segment,
          guint index,
          EntMatch match,
          const guint8 *mask,
          gpointer user_data,
          GError **error)
{
  ValueScan *self = user_data;

  ent_group_count (self->group, self->dim, self->n_groups, self->horizon, segment, match, mask,
                   self->counts);
  return TRUE;
}

/* FALSE for fields without a list of values. */
static gboolean
choose (EntSnapshot *self, EntFilterField field, ValueScan *scan)
{
  scan->group = ENT_GROUP_DIM;
  switch (field)
    {
    case ENT_FILTER_SUBACCOUNT:
      scan->dim = ENT_DIMENSION_SUBACCOUNT;
      break;
    case ENT_FILTER_USER:
      scan->dim = ENT_DIMENSION_USER;
      break;
    case ENT_FILTER_CAMPAIGN:
      scan->dim = ENT_DIMENSION_CAMPAIGN;
      break;
    case ENT_FILTER_CARRIER:
      scan->dim = ENT_DIMENSION_CARRIER;
      break;
    case ENT_FILTER_CHANNEL:
      scan->group = ENT_GROUP_CHANNEL;
      scan->n_groups = ENT_N_CHANNELS;
      return TRUE;
    case ENT_FILTER_CONTENT_TYPE:
      scan->group = ENT_GROUP_CONTENT_TYPE;
      scan->n_groups = ENT_N_CONTENT_TYPES;
      return TRUE;
    case ENT_FILTER_REASON:
      scan->group = ENT_GROUP_REASON;
      scan->n_groups = ENT_N_REASONS;
      return TRUE;
    case ENT_FILTER_STATUS:
    case ENT_FILTER_STAGE:
    case ENT_FILTER_DIRECTION:
      scan->group = ENT_GROUP_STATUS;
      scan->n_groups = ENT_N_STATUSES;
      return TRUE;
    case ENT_FILTER_PHONE:
    case ENT_FILTER_CONTACT:
    case ENT_FILTER_TEXT:
    default:
      return FALSE;
    }
  scan->n_groups = self->table->n_names[scan->dim] + 1;
  return TRUE;
}

/* Messages of a group that are sent or, @old, unconfirmed; all others are in either. */
static gint64
count_of (const ValueScan *scan, guint32 group, gboolean old)
{
  const guint32 *counts = scan->counts + ((gsize) group * 2 + (guint) old) * ENT_N_STATUS_CODES;
  gint64 sum = 0;

  for (guint code = 0; code < ENT_N_STATUS_CODES; code++)
    sum += counts[code];
  return sum;
}

static void
add (GHashTable *values, const char *value, gint64 count)
{
  gint64 *sum = g_hash_table_lookup (values, value);

  if (count == 0)
    return;
  if (sum == NULL)
    {
      sum = g_new0 (gint64, 1);
      g_hash_table_insert (values, (gpointer) value, sum);
    }
  *sum += count;
}

static void
add_status (GHashTable *values, EntFilterField field, EntStatus status, gint64 count)
{
  if (field == ENT_FILTER_DIRECTION)
    add (values,
         ent_direction_key (status == ENT_STATUS_RECEIVED ? ENT_DIRECTION_MO : ENT_DIRECTION_MT),
         count);
  else if (field == ENT_FILTER_STATUS)
    add (values, ent_status_key (status), count);
  else
    for (int stage = 0; stage < ENT_N_STAGES; stage++)
      if ((ent_stage_statuses ((EntStage) stage) >> status) & 1)
        add (values, ent_stage_key ((EntStage) stage), count);
}

static void
add_group (EntSnapshot *self,
           GHashTable *values,
           EntFilterField field,
           const ValueScan *scan,
           guint32 group)
{
  gint64 young = count_of (scan, group, FALSE);
  gint64 old = count_of (scan, group, TRUE);

  switch (scan->group)
    {
    case ENT_GROUP_DIM:
      add (values,
           ent_dimensions_get_label (self->store->names, (EntDimensionKind) scan->dim, group),
           young + old);
      break;
    case ENT_GROUP_CHANNEL:
      add (values, ent_channel_key ((EntChannel) group), young + old);
      break;
    case ENT_GROUP_CONTENT_TYPE:
      add (values, ent_content_type_key ((EntContentType) group), young + old);
      break;
    case ENT_GROUP_REASON:
      add (values, ent_reason_key ((EntReason) group), young + old);
      break;
    case ENT_GROUP_STATUS:
    default:
      add_status (values, field, (EntStatus) group, young);
      add_status (values, field,
                  group == ENT_STATUS_SENT ? ENT_STATUS_UNCONFIRMED : (EntStatus) group, old);
      break;
    }
}

static void
clear_value (gpointer data)
{
  g_clear_pointer (&((EntValueCount *) data)->value, g_free);
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  const EntValueCount *one = a;
  const EntValueCount *two = b;

  if (one->count != two->count)
    return one->count > two->count ? -1 : 1;
  return strcmp (one->value, two->value);
}

GArray *
ent_snapshot_values (EntSnapshot *self,
                     const EntQuery *query,
                     EntFilterField field,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autofree guint32 *counts = NULL;
  GArray *result;
  ValueScan scan = { 0 };
  EntSnapshotScan span;
  GHashTableIter iter;
  gpointer key, value;

  g_return_val_if_fail (self != NULL && query != NULL, NULL);
  g_return_val_if_fail (choose (self, field, &scan), NULL);

  span = ent_snapshot_scan_of (query);
  span.without = (int) field;
  scan.horizon = query->now - ENT_CONFIRMATION_HORIZON_MS;
  scan.counts = counts = g_new0 (guint32, (gsize) scan.n_groups * 2 * ENT_N_STATUS_CODES);
  if (!ent_snapshot_scan (self, &span, count_cb, &scan, cancellable, error))
    return NULL;
  for (guint32 group = 0; group < scan.n_groups; group++)
    add_group (self, values, field, &scan, group);

  result = g_array_new (FALSE, FALSE, sizeof (EntValueCount));
  g_array_set_clear_func (result, clear_value);
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const EntValueCount item = { g_strdup (key), *(gint64 *) value };

      g_array_append_val (result, item);
    }
  g_array_sort (result, compare_values);
  return result;
}
