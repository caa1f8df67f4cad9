/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages and the one merge rule. Everything that merging touches is a join: flags are or-ed,
 * times take the minimum, a register takes the greater (stamp, value). Joins commute, associate and
 * repeat without effect, and so does their product; whoever adds a rule must keep it a join.
 * A message belongs to one thread while it changes; unchanging ones may be read by any. */

#include "config.h"

#include "ent-message.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (EntMessage, ent_message, ent_message_ref, ent_message_unref)

/**
 * ent_message_new:
 * @source: the source's key
 * @remote_id: the provider's id of the message
 *
 * Returns: (transfer full): a message of which nothing has been observed yet
 */
EntMessage *
ent_message_new (const char *source, const char *remote_id)
{
  EntMessage *self;

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (remote_id != NULL, NULL);

  self = g_new0 (EntMessage, 1);
  self->ref_count = 1;
  self->source = g_strdup (source);
  self->remote_id = g_strdup (remote_id);
  self->first_update = ENT_TIME_NONE;
  self->last_update = ENT_TIME_NONE;
  for (guint i = 0; i < ENT_N_STAGE_TIMES; i++)
    self->stage_times[i] = ENT_TIME_NONE;
  for (guint i = 0; i < ENT_N_FIELDS; i++)
    {
      self->fields[i].stamp = ENT_TIME_NONE;
      self->fields[i].number = ENT_NUMBER_NONE;
    }
  return self;
}

EntMessage *
ent_message_copy (const EntMessage *self)
{
  EntMessage *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->ref_count = 1;
  copy->source = g_strdup (self->source);
  copy->source_name = g_strdup (self->source_name);
  copy->remote_id = g_strdup (self->remote_id);
  for (guint i = 0; i < ENT_N_FIELDS; i++)
    copy->fields[i].text = g_strdup (self->fields[i].text);
  return copy;
}

EntMessage *
ent_message_ref (EntMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ent_message_unref (EntMessage *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;

  g_free (self->source);
  g_free (self->source_name);
  g_free (self->remote_id);
  for (guint i = ENT_N_NUMBER_FIELDS; i < ENT_N_FIELDS; i++)
    g_free (self->fields[i].text);
  g_free (self);
}

/* ---- Merging -------------------------------------------------------------------------------- */

/* An absent value never competes, so it never erases. */
static gboolean
offer_number (EntRegister *kept, gint64 stamp, gint64 number)
{
  if (number == ENT_NUMBER_NONE)
    return FALSE;
  if (kept->number != ENT_NUMBER_NONE &&
      (stamp < kept->stamp || (stamp == kept->stamp && number <= kept->number)))
    return FALSE;

  kept->stamp = stamp;
  kept->number = number;
  return TRUE;
}

static gboolean
offer_text (EntRegister *kept, gint64 stamp, const char *text)
{
  int order;

  if (text == NULL)
    return FALSE;
  if (kept->text == NULL)
    {
      kept->stamp = stamp;
      kept->text = g_strdup (text);
      return TRUE;
    }
  if (stamp < kept->stamp)
    return FALSE;

  /* strcmp() compares as unsigned bytes: the same in every locale. */
  order = strcmp (text, kept->text);
  if (stamp == kept->stamp && order <= 0)
    return FALSE;
  kept->stamp = stamp;
  if (order != 0)
    {
      g_free (kept->text);
      kept->text = g_strdup (text);
    }
  return TRUE;
}

static gboolean
offer_earliest (gint64 *kept, gint64 time)
{
  if (time == ENT_TIME_NONE || (*kept != ENT_TIME_NONE && time >= *kept))
    return FALSE;

  *kept = time;
  return TRUE;
}

/* ENT_TIME_NONE is the least of all times, so that it needs no case of its own. */
static gboolean
offer_latest (gint64 *kept, gint64 time)
{
  if (time <= *kept)
    return FALSE;

  *kept = time;
  return TRUE;
}

/* Read implies delivered, delivered implies sent, sent implies accepted. Their times stay unknown:
 * a time is never borrowed from another stage. */
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

/* What observations and messages have in common. */
static gboolean
offer_stages (EntMessage *self, guint stages, const gint64 *stage_times, gint64 first, gint64 last)
{
  guint closed = close_stages (self->stages | stages);
  gboolean changed = closed != self->stages;

  self->stages = closed;
  for (guint i = 0; i < ENT_N_STAGE_TIMES; i++)
    changed |= offer_earliest (&self->stage_times[i], stage_times[i]);
  changed |= offer_earliest (&self->first_update, first);
  changed |= offer_latest (&self->last_update, last);
  return changed;
}

gboolean
ent_message_merge (EntMessage *self, const EntObservation *observation)
{
  gint64 stamp;
  gboolean changed;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (observation != NULL, FALSE);
  g_return_val_if_fail (g_strcmp0 (self->remote_id, observation->remote_id) == 0, FALSE);
  g_return_val_if_fail (observation->updated_at != ENT_TIME_NONE, FALSE);

  stamp = observation->updated_at;
  changed = offer_stages (self, observation->stages, observation->stage_times, stamp, stamp);
  for (guint i = 0; i < ENT_N_NUMBER_FIELDS; i++)
    changed |= offer_number (&self->fields[i], stamp, observation->numbers[i]);
  for (guint i = 0; i < ENT_N_TEXT_FIELDS; i++)
    changed |= offer_text (&self->fields[ENT_N_NUMBER_FIELDS + i], stamp, observation->texts[i]);
  return changed;
}

gboolean
ent_message_absorb (EntMessage *self, const EntMessage *other)
{
  gboolean changed;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);
  g_return_val_if_fail (g_strcmp0 (self->source, other->source) == 0, FALSE);
  g_return_val_if_fail (g_strcmp0 (self->remote_id, other->remote_id) == 0, FALSE);

  changed = offer_stages (self, other->stages, other->stage_times, other->first_update,
                          other->last_update);
  for (guint i = 0; i < ENT_N_FIELDS; i++)
    {
      const EntRegister *theirs = &other->fields[i];

      if (i < ENT_N_NUMBER_FIELDS)
        changed |= offer_number (&self->fields[i], theirs->stamp, theirs->number);
      else
        changed |= offer_text (&self->fields[i], theirs->stamp, theirs->text);
    }
  return changed;
}

static gboolean
register_equal (const EntRegister *a, const EntRegister *b)
{
  gboolean absent = a->text == NULL && a->number == ENT_NUMBER_NONE;

  return a->number == b->number && g_strcmp0 (a->text, b->text) == 0 &&
         (absent || a->stamp == b->stamp);
}

gboolean
ent_message_equal (const EntMessage *a, const EntMessage *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (g_strcmp0 (a->source, b->source) != 0 || g_strcmp0 (a->remote_id, b->remote_id) != 0 ||
      a->stages != b->stages || a->first_update != b->first_update ||
      a->last_update != b->last_update ||
      memcmp (a->stage_times, b->stage_times, sizeof a->stage_times) != 0)
    return FALSE;

  for (guint i = 0; i < ENT_N_FIELDS; i++)
    if (!register_equal (&a->fields[i], &b->fields[i]))
      return FALSE;
  return TRUE;
}

/* ---- Reading -------------------------------------------------------------------------------- */

const char *
ent_message_get_text (const EntMessage *self, EntField field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) field >= ENT_N_NUMBER_FIELDS && (guint) field < ENT_N_FIELDS, NULL);

  return self->fields[field].text;
}

gint64
ent_message_get_number (const EntMessage *self, EntField field)
{
  g_return_val_if_fail (self != NULL, ENT_NUMBER_NONE);
  g_return_val_if_fail ((guint) field < ENT_N_NUMBER_FIELDS, ENT_NUMBER_NONE);

  return self->fields[field].number;
}

/* A value of an enumeration; @fallback where absent or (a damaged store) out of range. */
static guint
get_enum (const EntMessage *self, EntField field, guint n_values, guint fallback)
{
  gint64 number = self->fields[field].number;

  return number >= 0 && number < n_values ? (guint) number : fallback;
}

EntChannel
ent_message_get_channel (const EntMessage *self)
{
  g_return_val_if_fail (self != NULL, ENT_CHANNEL_OTHER);

  return get_enum (self, ENT_FIELD_CHANNEL, ENT_N_CHANNELS, ENT_CHANNEL_OTHER);
}

EntDirection
ent_message_get_direction (const EntMessage *self)
{
  g_return_val_if_fail (self != NULL, ENT_DIRECTION_MT);

  return get_enum (self, ENT_FIELD_DIRECTION, ENT_N_DIRECTIONS, ENT_DIRECTION_MT);
}

EntContentType
ent_message_get_content_type (const EntMessage *self)
{
  g_return_val_if_fail (self != NULL, ENT_CONTENT_TYPE_OTHER);

  return get_enum (self, ENT_FIELD_CONTENT_TYPE, ENT_N_CONTENT_TYPES, ENT_CONTENT_TYPE_OTHER);
}

EntReason
ent_message_get_reason (const EntMessage *self)
{
  EntStatus status;
  guint reason;

  g_return_val_if_fail (self != NULL, ENT_REASON_NONE);

  status = ent_message_get_status (self);
  if (status != ENT_STATUS_SEND_FAILED && status != ENT_STATUS_NOT_DELIVERED)
    return ENT_REASON_NONE;

  reason = get_enum (self, ENT_FIELD_REASON, ENT_N_REASONS, ENT_REASON_UNKNOWN);
  return reason == ENT_REASON_NONE ? ENT_REASON_UNKNOWN : reason;
}

gint64
ent_message_get_time (const EntMessage *self, EntTimeKind *kind)
{
  EntTimeKind found = ENT_TIME_KIND_UPDATED;
  gint64 time;

  g_return_val_if_fail (self != NULL, ENT_TIME_NONE);

  time = self->first_update;
  if (self->stage_times[ENT_STAGE_TIME_ACCEPTED] != ENT_TIME_NONE)
    {
      found = ENT_TIME_KIND_ACCEPTED;
      time = self->stage_times[ENT_STAGE_TIME_ACCEPTED];
    }
  else if (self->stage_times[ENT_STAGE_TIME_SENT] != ENT_TIME_NONE)
    {
      found = ENT_TIME_KIND_SENT;
      time = self->stage_times[ENT_STAGE_TIME_SENT];
    }

  if (kind != NULL)
    *kind = found;
  return time;
}

EntStatus
ent_status_from_stages (guint stages, EntDirection direction)
{
  if (direction == ENT_DIRECTION_MO)
    return ENT_STATUS_RECEIVED;

  /* Only proof of delivery cancels a failure; having been sent never does. */
  if (stages & ENT_STAGE_FLAG_READ)
    return ENT_STATUS_READ;
  if (stages & ENT_STAGE_FLAG_DELIVERED)
    return ENT_STATUS_DELIVERED;
  if (stages & ENT_STAGE_FLAG_FAILED)
    return stages & ENT_STAGE_FLAG_SENT ? ENT_STATUS_NOT_DELIVERED : ENT_STATUS_SEND_FAILED;
  return stages & ENT_STAGE_FLAG_SENT ? ENT_STATUS_SENT : ENT_STATUS_QUEUED;
}

EntStatus
ent_message_get_status (const EntMessage *self)
{
  g_return_val_if_fail (self != NULL, ENT_STATUS_QUEUED);

  return ent_status_from_stages (self->stages, ent_message_get_direction (self));
}

EntStatus
ent_status_at (EntStatus status, gint64 time, gboolean carrier_never_confirms, gint64 now)
{
  if (status != ENT_STATUS_SENT)
    return status;
  if (carrier_never_confirms)
    return ENT_STATUS_UNCONFIRMED;
  /* Written so that no extreme of either time overflows. */
  if (now < G_MININT64 + ENT_CONFIRMATION_HORIZON_MS || time >= now - ENT_CONFIRMATION_HORIZON_MS)
    return ENT_STATUS_SENT;
  return ENT_STATUS_UNCONFIRMED;
}

gboolean
ent_message_is_inferred (const EntMessage *self, EntStageTime stage)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail ((guint) stage < ENT_N_STAGE_TIMES, FALSE);

  return (self->stages & (1u << stage)) != 0 && self->stage_times[stage] == ENT_TIME_NONE;
}

static gboolean
stages_in_order (const EntMessage *self)
{
  gint64 last = ENT_TIME_NONE;

  for (guint i = ENT_STAGE_TIME_ACCEPTED; i <= ENT_STAGE_TIME_READ; i++)
    {
      gint64 time = self->stage_times[i];

      if (time == ENT_TIME_NONE)
        continue;
      if (time < last)
        return FALSE;
      last = time;
    }
  return TRUE;
}

gboolean
ent_message_has_anomaly (const EntMessage *self)
{
  const guint contradiction = ENT_STAGE_FLAG_DELIVERED | ENT_STAGE_FLAG_FAILED;

  g_return_val_if_fail (self != NULL, FALSE);

  return (self->stages & contradiction) == contradiction || !stages_in_order (self);
}

/* Whole seconds between two times that are known, in order and not in the future; else -1. */
static gint64
seconds_between (gint64 from, gint64 to, gint64 now)
{
  if (from == ENT_TIME_NONE || to == ENT_TIME_NONE || to < from || to > now)
    return -1;

  /* Unsigned, because times at both ends of the range would overflow. */
  return (gint64) (((guint64) to - (guint64) from) / 1000);
}

gint64
ent_message_secs_to_deliver (const EntMessage *self, gint64 now)
{
  gint64 from;

  g_return_val_if_fail (self != NULL, -1);

  if (ent_message_get_direction (self) == ENT_DIRECTION_MO ||
      !(self->stages & ENT_STAGE_FLAG_DELIVERED))
    return -1;
  from = self->stage_times[ENT_STAGE_TIME_SENT];
  if (from == ENT_TIME_NONE)
    from = self->stage_times[ENT_STAGE_TIME_ACCEPTED];
  return seconds_between (from, self->stage_times[ENT_STAGE_TIME_DELIVERED], now);
}

gint64
ent_message_secs_to_read (const EntMessage *self, gint64 now)
{
  g_return_val_if_fail (self != NULL, -1);

  if (ent_message_get_direction (self) == ENT_DIRECTION_MO || !(self->stages & ENT_STAGE_FLAG_READ))
    return -1;
  return seconds_between (self->stage_times[ENT_STAGE_TIME_DELIVERED],
                          self->stage_times[ENT_STAGE_TIME_READ], now);
}
