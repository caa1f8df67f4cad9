/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Images of rows: everything that a row says, from an observation or a merged message, and
 * what the packed columns keep of it. No state; any thread. */

#include "config.h"

#include "ent-rows.h"

#include "ent-phone.h"

#include <string.h>

static guint
close_stages (guint stages)
{
  if (stages & ENT_STAGE_FLAG_READ)
    stages |= ENT_STAGE_FLAG_DELIVERED;
  if (stages & ENT_STAGE_FLAG_DELIVERED)
    stages |= ENT_STAGE_FLAG_SENT;
  if (stages & ENT_STAGE_FLAG_SENT)
    stages |= ENT_STAGE_FLAG_ACCEPTED;
  return stages;
}

static void
set_time (EntRowImage *self)
{
  self->t = self->first_update;
  self->time_kind = ENT_TIME_KIND_UPDATED;
  if (self->stage_times[ENT_STAGE_TIME_ACCEPTED] != ENT_TIME_NONE)
    {
      self->t = self->stage_times[ENT_STAGE_TIME_ACCEPTED];
      self->time_kind = ENT_TIME_KIND_ACCEPTED;
    }
  else if (self->stage_times[ENT_STAGE_TIME_SENT] != ENT_TIME_NONE)
    {
      self->t = self->stage_times[ENT_STAGE_TIME_SENT];
      self->time_kind = ENT_TIME_KIND_SENT;
    }
}

void
ent_row_image_from_observation (EntRowImage *self, const EntObservation *observation, guint source)
{
  self->remote_id = observation->remote_id;
  self->source = source;
  self->stages = close_stages (observation->stages);
  memcpy (self->stage_times, observation->stage_times, sizeof self->stage_times);
  self->first_update = observation->updated_at;
  self->last_update = observation->updated_at;
  memcpy (self->numbers, observation->numbers, sizeof self->numbers);
  memcpy (self->texts, observation->texts, sizeof self->texts);
  self->uniform = TRUE;
  set_time (self);
}

void
ent_row_image_from_message (EntRowImage *self, const EntMessage *message, guint source)
{
  self->remote_id = message->remote_id;
  self->source = source;
  self->stages = message->stages;
  memcpy (self->stage_times, message->stage_times, sizeof self->stage_times);
  self->first_update = message->first_update;
  self->last_update = message->last_update;
  for (guint i = 0; i < ENT_N_FIELDS; i++)
    {
      if (i < ENT_N_NUMBER_FIELDS)
        self->numbers[i] = message->fields[i].number;
      else
        self->texts[i - ENT_N_NUMBER_FIELDS] = message->fields[i].text;
      self->stamps[i] = message->fields[i].stamp;
    }
  self->uniform = FALSE;
  set_time (self);
}

EntName
ent_row_image_get_name (const EntRowImage *self, EntDimensionKind kind)
{
  static const struct
  {
    int id; /* -1: none */
    EntField name;
  } fields[ENT_N_DIMENSIONS] = {
    [ENT_DIMENSION_SUBACCOUNT] = { ENT_FIELD_SUBACCOUNT_ID, ENT_FIELD_SUBACCOUNT },
    [ENT_DIMENSION_USER] = { ENT_FIELD_USER_ID, ENT_FIELD_USER },
    [ENT_DIMENSION_CAMPAIGN] = { ENT_FIELD_CAMPAIGN_ID, ENT_FIELD_CAMPAIGN },
    [ENT_DIMENSION_CARRIER] = { -1, ENT_FIELD_CARRIER },
    [ENT_DIMENSION_ORIGIN] = { -1, ENT_FIELD_ORIGIN },
    [ENT_DIMENSION_CONVERSATION_TYPE] = { -1, ENT_FIELD_CONVERSATION_TYPE },
    [ENT_DIMENSION_RAW_CODE] = { -1, ENT_FIELD_RAW_CODE },
    [ENT_DIMENSION_RAW_TEXT] = { -1, ENT_FIELD_RAW_TEXT },
    [ENT_DIMENSION_RAW_STATUS] = { -1, ENT_FIELD_RAW_STATUS },
  };
  EntName name = { NULL, ent_row_image_get_text (self, fields[kind].name) };

  if (fields[kind].id >= 0)
    name.id = ent_row_image_get_text (self, (EntField) fields[kind].id);
  return name;
}

/* So many digits in a row may be a phone number. */
#define PHONE_LIKE_DIGITS 7
#define POOLED_MAX_BYTES 120

gboolean
ent_dimension_accepts (EntDimensionKind kind, EntName name)
{
  guint digits = 0;
  gsize length = 0;

  if (kind < ENT_N_COLUMN_DIMENSIONS)
    return TRUE;
  for (const char *p = name.name; *p != '\0'; p++, length++)
    {
      digits = g_ascii_isdigit (*p) ? digits + 1 : 0;
      if ((digits >= PHONE_LIKE_DIGITS && kind != ENT_DIMENSION_ORIGIN) ||
          length >= POOLED_MAX_BYTES)
        return FALSE;
    }
  return TRUE;
}

/* ---- Packing -------------------------------------------------------------------------------- */

static guint
enum_of (gint64 number, guint n_values, guint fallback)
{
  return number >= 0 && number < n_values ? (guint) number : fallback;
}

static guint8
pack_reason (const EntRowImage *self, EntStatus status)
{
  guint reason;

  if (status != ENT_STATUS_SEND_FAILED && status != ENT_STATUS_NOT_DELIVERED)
    return ENT_REASON_NONE;
  reason = enum_of (self->numbers[ENT_FIELD_REASON], ENT_N_REASONS, ENT_REASON_UNKNOWN);
  return (guint8) (reason == ENT_REASON_NONE ? ENT_REASON_UNKNOWN : reason);
}

/* Whole seconds between two times that are known and in order, else -1. Whether they lie in
 * the future is judged when read. */
static gint64
seconds_between (gint64 from, gint64 to)
{
  if (from == ENT_TIME_NONE || to == ENT_TIME_NONE || to < from)
    return -1;
  return (gint64) MIN (((guint64) to - (guint64) from) / 1000, (guint64) G_MAXINT64);
}

static void
pack_times (const EntRowImage *self, EntDirection direction, EntPacked *packed)
{
  const gint64 *times = self->stage_times;
  gint64 sent = times[ENT_STAGE_TIME_SENT];
  gint64 to_deliver = -1;
  gint64 to_read = -1;

  if (sent == ENT_TIME_NONE)
    sent = times[ENT_STAGE_TIME_ACCEPTED];
  if (direction != ENT_DIRECTION_MO && self->stages & ENT_STAGE_FLAG_DELIVERED)
    to_deliver = seconds_between (sent, times[ENT_STAGE_TIME_DELIVERED]);
  if (direction != ENT_DIRECTION_MO && self->stages & ENT_STAGE_FLAG_READ)
    to_read = seconds_between (times[ENT_STAGE_TIME_DELIVERED], times[ENT_STAGE_TIME_READ]);
  packed->secs[0] = ent_secs_pack (to_deliver);
  packed->secs[1] = ent_secs_pack (to_read);
  for (guint i = 0; i < ENT_N_EVENTS; i++)
    packed->events[i] = ent_event_pack (self->t, times[ENT_STAGE_TIME_SENT + i]);
}

void
ent_row_pack (const EntRowImage *self, const EntRowNames *names, EntPacked *packed)
{
  guint channel = enum_of (self->numbers[ENT_FIELD_CHANNEL], ENT_N_CHANNELS, ENT_CHANNEL_OTHER);
  guint direction =
      enum_of (self->numbers[ENT_FIELD_DIRECTION], ENT_N_DIRECTIONS, ENT_DIRECTION_MT);
  guint type =
      enum_of (self->numbers[ENT_FIELD_CONTENT_TYPE], ENT_N_CONTENT_TYPES, ENT_CONTENT_TYPE_OTHER);
  EntStatus status = ent_status_from_stages (self->stages, direction);
  const char *phone = ent_row_image_get_text (self, ENT_FIELD_PHONE);

  packed->phone = phone != NULL ? ent_phone_pack (phone) : 0;
  packed->t = self->t;
  for (guint i = 0; i < ENT_N_COLUMN_DIMENSIONS; i++)
    packed->dims[i] = names->numbers[i];
  packed->dims[ENT_DIM_SOURCE] = self->source;
  packed->kind = (guint8) (channel | direction << ENT_KIND_DIRECTION_SHIFT |
                           type << ENT_KIND_CONTENT_TYPE_SHIFT);
  packed->status =
      (guint8) (status | (ent_channel_reports_reads (channel) ? ENT_STATUS_READABLE : 0));
  packed->reason = pack_reason (self, status);
  pack_times (self, direction, packed);
}
