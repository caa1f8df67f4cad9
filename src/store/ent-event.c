/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Event dates: see the header. The columns know the quarter hour of an event; only where
 * that does not decide is the row asked. */

#include "config.h"

#include "ent-event.h"

/* What a message adds to the counters, and when. */
typedef struct
{
  gsize offset; /* of the counter */
  guint statuses;
  int event;
} Part;

#define BIT(status) (1u << (status))
#define DELIVERED_ONES (BIT (ENT_STATUS_DELIVERED) | BIT (ENT_STATUS_READ))
#define SENT_ONES                                                                                  \
  (BIT (ENT_STATUS_SENT) | BIT (ENT_STATUS_UNCONFIRMED) | BIT (ENT_STATUS_NOT_DELIVERED) |         \
   DELIVERED_ONES)
#define MT_ONES (SENT_ONES | BIT (ENT_STATUS_QUEUED) | BIT (ENT_STATUS_SEND_FAILED))

static const Part parts[] = {
  { G_STRUCT_OFFSET (EntCounters, total), MT_ONES, ENT_EVENT_COUNTING },
  { G_STRUCT_OFFSET (EntCounters, sent), SENT_ONES, ENT_EVENT_SENT },
  { G_STRUCT_OFFSET (EntCounters, delivered), DELIVERED_ONES, ENT_EVENT_DELIVERED },
  { G_STRUCT_OFFSET (EntCounters, read), BIT (ENT_STATUS_READ), ENT_EVENT_READ },
  { G_STRUCT_OFFSET (EntCounters, send_failed), BIT (ENT_STATUS_SEND_FAILED), ENT_EVENT_FAILED },
  { G_STRUCT_OFFSET (EntCounters, not_delivered), BIT (ENT_STATUS_NOT_DELIVERED),
    ENT_EVENT_FAILED },
  { G_STRUCT_OFFSET (EntCounters, queued), BIT (ENT_STATUS_QUEUED), ENT_EVENT_COUNTING },
  { G_STRUCT_OFFSET (EntCounters, in_transit), BIT (ENT_STATUS_SENT) | BIT (ENT_STATUS_UNCONFIRMED),
    ENT_EVENT_SENT },
  { G_STRUCT_OFFSET (EntCounters, unconfirmed), BIT (ENT_STATUS_UNCONFIRMED), ENT_EVENT_SENT },
  { G_STRUCT_OFFSET (EntCounters, received), BIT (ENT_STATUS_RECEIVED), ENT_EVENT_COUNTING },
};

static gboolean
read_event_time (EntSnapshot *snapshot, guint32 position, int event, gint64 *time, GError **error)
{
  g_autoptr (EntStatement) statement = ent_database_prepare (
      snapshot->database,
      "SELECT t, t + sent, t + delivered, t + read, t + failed FROM message WHERE id = ?1", error);
  EntStep step;

  if (statement == NULL)
    return FALSE;
  ent_statement_bind_int64 (statement, 1, (gint64) position + 1);
  step = ent_statement_step (statement, error);
  if (step == ENT_STEP_ERROR)
    return FALSE;
  *time = ENT_TIME_NONE;
  if (step == ENT_STEP_ROW && !ent_statement_is_null (statement, event + 1))
    *time = ent_statement_get_int64 (statement, event + 1);
  return TRUE;
}

gboolean
ent_event_find_cell (EntSnapshot *snapshot,
                     const EntTimeline *timeline,
                     guint32 position,
                     int event,
                     guint32 *cell,
                     GError **error)
{
  const EntSegment *segment = snapshot->table->segments[position >> ENT_SEGMENT_SHIFT];
  guint row = position & (ENT_SEGMENT_ROWS - 1);
  gint64 quarter = segment->quarter[row];
  guint16 code = event == ENT_EVENT_COUNTING ? ENT_EVENT_NONE : segment->events[event][row];
  gint64 time;

  if (code == ENT_EVENT_NONE)
    {
      if (!ent_timeline_find_quarter (timeline, quarter, cell))
        *cell = ent_timeline_find (timeline, ent_segment_get_time (segment, row));
      return TRUE;
    }
  if (code != ENT_EVENT_ELSEWHERE && ent_timeline_find_quarter (timeline, quarter + code, cell))
    return TRUE;
  if (!read_event_time (snapshot, position, event, &time, error))
    return FALSE;
  *cell = ent_timeline_find (timeline, time);
  return TRUE;
}

static EntStatus
status_of (const EntSegment *segment, guint row, gint64 horizon)
{
  EntStatus status = (EntStatus) (segment->status[row] & ENT_STATUS_BITS);

  if (status == ENT_STATUS_SENT && ent_segment_get_time (segment, row) < horizon)
    return ENT_STATUS_UNCONFIRMED;
  return status;
}

/* ---- Narrowing ------------------------------------------------------------------------------ */

/* The event of a message of that status that belongs to a stage. */
static int
event_of_stage (EntStage stage, EntStatus status)
{
  switch (stage)
    {
    case ENT_STAGE_SENT:
      return ENT_EVENT_SENT;
    case ENT_STAGE_DELIVERED:
      return ENT_EVENT_DELIVERED;
    case ENT_STAGE_READ:
      return ENT_EVENT_READ;
    case ENT_STAGE_ERRORS:
    case ENT_STAGE_SEND_FAILED:
    case ENT_STAGE_NOT_DELIVERED:
      return ENT_EVENT_FAILED;
    case ENT_STAGE_PENDING:
      return status == ENT_STATUS_QUEUED ? ENT_EVENT_COUNTING : ENT_EVENT_SENT;
    case ENT_STAGE_TOTAL:
    case ENT_STAGE_RECEIVED:
    default:
      return ENT_EVENT_COUNTING;
    }
}

/* Stages that the filter wants. */
static guint
wanted_stages (const EntFilter *filter)
{
  guint n = ent_filter_get_n_values (filter, ENT_FILTER_STAGE);
  guint stages = 0;

  for (guint i = 0; i < n; i++)
    {
      gboolean negated;
      EntStage stage;
      const char *key = ent_filter_get_value (filter, ENT_FILTER_STAGE, i, &negated);

      if (!negated && ent_stage_from_key (key, &stage))
        stages |= 1u << stage;
    }
  return stages;
}

static gboolean
reached_in (EntSnapshot *snapshot,
            const EntTimeline *timeline,
            guint stages,
            guint32 position,
            EntStatus status,
            gboolean *reached,
            GError **error)
{
  *reached = FALSE;
  for (int stage = 0; stage < ENT_N_STAGES && !*reached; stage++)
    {
      guint32 cell;

      if (!((stages >> stage) & 1) || !((ent_stage_statuses ((EntStage) stage) >> status) & 1))
        continue;
      if (!ent_event_find_cell (snapshot, timeline, position,
                                event_of_stage ((EntStage) stage, status), &cell, error))
        return FALSE;
      *reached = cell != ENT_CELL_NONE;
    }
  return TRUE;
}

gboolean
ent_event_narrow (EntSnapshot *snapshot,
                  const EntTimeline *timeline,
                  const EntFilter *filter,
                  guint index,
                  guint8 *mask,
                  GError **error)
{
  const EntSegment *segment = snapshot->table->segments[index];
  guint stages = wanted_stages (filter);

  if (stages == 0)
    stages = 1u << ENT_STAGE_TOTAL | 1u << ENT_STAGE_RECEIVED;
  for (guint row = 0; row < segment->info.n; row++)
    {
      gboolean reached;

      if (mask[row] == 0)
        continue;
      /* Whether a sent message is old does not change when it was sent. */
      if (!reached_in (snapshot, timeline, stages, index * ENT_SEGMENT_ROWS + row,
                       (EntStatus) (segment->status[row] & ENT_STATUS_BITS), &reached, error))
        return FALSE;
      if (!reached)
        mask[row] = 0;
    }
  return TRUE;
}

/* ---- Counting ------------------------------------------------------------------------------- */

static guint32
group_of (const EntEventCount *self, const EntSegment *segment, guint row)
{
  switch (self->group)
    {
    case ENT_GROUP_DIM:
      return ent_segment_get_dim (segment, self->dim, row);
    case ENT_GROUP_CONTENT_TYPE:
      return segment->kind[row] >> ENT_KIND_CONTENT_TYPE_SHIFT;
    case ENT_GROUP_REASON:
      return segment->reason[row];
    case ENT_GROUP_STATUS:
      return status_of (segment, row, self->horizon);
    case ENT_GROUP_CHANNEL:
    default:
      return segment->kind[row] & ENT_KIND_CHANNEL;
    }
}

static gboolean
count_row (EntEventCount *self, const EntSegment *segment, guint32 position, GError **error)
{
  guint row = position & (ENT_SEGMENT_ROWS - 1);
  EntStatus status = status_of (segment, row, self->horizon);
  gboolean readable = (segment->status[row] & ENT_STATUS_READABLE) != 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      guint32 cell, place;

      if (!((parts[i].statuses >> status) & 1))
        continue;
      if (!ent_event_find_cell (self->snapshot, self->timeline, position, parts[i].event, &cell,
                                error))
        return FALSE;
      place = self->by_cell ? cell : group_of (self, segment, row);
      if (cell == ENT_CELL_NONE || place >= self->n_counters)
        continue;
      G_STRUCT_MEMBER (gint64, &self->counters[place], parts[i].offset)++;
      if (parts[i].event == ENT_EVENT_DELIVERED && (readable || status == ENT_STATUS_READ))
        self->counters[place].delivered_readable++;
    }
  return TRUE;
}

gboolean
ent_event_count_cb (EntSegment *segment,
                    guint index,
                    EntMatch match,
                    const guint8 *mask,
                    gpointer user_data,
                    GError **error)
{
  EntEventCount *self = user_data;

  for (guint row = 0; row < segment->info.n; row++)
    {
      if (segment->status[row] & ENT_STATUS_HOLE || (match == ENT_MATCH_SOME && mask[row] == 0))
        continue;
      if (!count_row (self, segment, index * ENT_SEGMENT_ROWS + row, error))
        return FALSE;
    }
  return TRUE;
}
