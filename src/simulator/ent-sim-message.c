/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The odds and delays of a made-up platform, and the state of a message at an age. See the header.
 */
#include "config.h"

#include "ent-sim-message.h"

#include "ent-sim-company.h"

#define SECOND 1000u
#define MINUTE (60u * SECOND)
#define HOUR (60u * MINUTE)
#define DAY (24u * HOUR)

/* Chances in millionths, per channel: WhatsApp, SMS. */
static const guint32 chance_strange[2] = { 400, 400 };
static const guint32 chance_held[2] = { 300, 300 };
static const guint32 chance_send_failed[2] = { 14000, 18000 };
static const guint32 chance_not_delivered[2] = { 18000, 25000 };
static const guint32 chance_silent[2] = { 17000, 6000 };
static const guint32 chance_delayed[2] = { 6000, 9000 };
static const guint32 chance_read = 655000;
static const guint32 chance_silent_carrier = 850000;
static const guint32 chance_outage[2] = { 180000, 860000 };

static const EntSimQuantile sent_after[2][5] = {
  { { 0, 200 },
    { 500000, 900 },
    { 950000, 3 * SECOND },
    { 999000, 9 * SECOND },
    { 1000000, 15 * SECOND } },
  { { 0, 400 },
    { 500000, 1500 },
    { 950000, 6 * SECOND },
    { 999000, 40 * SECOND },
    { 1000000, 90 * SECOND } },
};

static const EntSimQuantile delivered_after[2][7] = {
  { { 0, 400 },
    { 500000, 2500 },
    { 800000, 20 * SECOND },
    { 930000, 10 * MINUTE },
    { 980000, 3 * HOUR },
    { 995000, DAY },
    { 1000000, 6 * DAY + 12 * HOUR } },
  { { 0, 1200 },
    { 500000, 6 * SECOND },
    { 850000, 40 * SECOND },
    { 950000, 15 * MINUTE },
    { 985000, 5 * HOUR },
    { 999000, 2 * DAY },
    { 1000000, 5 * DAY } },
};

static const EntSimQuantile read_after[8] = {
  { 0, 2 * SECOND },      { 300000, 90 * SECOND },
  { 500000, 8 * MINUTE }, { 750000, HOUR },
  { 900000, 6 * HOUR },   { 970000, DAY },
  { 995000, 3 * DAY },    { 1000000, 6 * DAY + 20 * HOUR },
};

static const EntSimQuantile held_for[3] = { { 0, 5 * MINUTE },
                                            { 800000, HOUR },
                                            { 1000000, 6 * HOUR } };
static const EntSimQuantile refused_after[4] = {
  { 0, 150 }, { 700000, SECOND }, { 950000, 5 * SECOND }, { 1000000, MINUTE }
};
static const EntSimQuantile failed_after[4] = {
  { 0, 2 * SECOND }, { 600000, 12 * SECOND }, { 900000, 2 * MINUTE }, { 1000000, HOUR }
};
static const EntSimQuantile expired_after[4] = {
  { 0, HOUR }, { 300000, DAY - MINUTE }, { 700000, DAY + MINUTE }, { 1000000, 3 * DAY }
};

/* Before the message left the platform. The first two are what an outage gives. Without a code
 * only words that do not imply that the message was sent may stand here. */
static const EntSimFailure send_failures[] = {
  { 330, 14, FALSE, "failed", "Gateway failure" },
  { 332, 8, FALSE, "failed", "No route to the destination" },
  { 301, 6, FALSE, "rejected", "Usage limit reached" },
  { 302, 20, FALSE, "rejected", "Destination address is blocked" },
  { 303, 2, FALSE, "rejected", "Source address is blocked" },
  { 304, 4, FALSE, "failed", "Message dropped" },
  { 305, 5, FALSE, "rejected", "Duplicate message" },
  { 320, 7, TRUE, "expired", "Validity period over before submission" },
  { 331, 10, FALSE, "rejected", "Message discarded" },
  { 333, 2, FALSE, "failed", "Source address not supported by the route" },
  { 0, 6, FALSE, "failed", NULL },
  { 0, 5, FALSE, "rejected", NULL },
  { 0, 4, FALSE, "cancelled", NULL },
};

/* After it left the platform. The first two are what an outage gives. Without a code only
 * "expired" says that the message had been sent. */
static const EntSimFailure delivery_failures[] = {
  { 400, 6, FALSE, "failed", "Message could not be delivered" },
  { 414, 30, TRUE, "failed", "Destination could not be reached" },
  { 401, 14, TRUE, "expired", "Validity period over before delivery" },
  { 402, 7, FALSE, "rejected", "Rejected downstream" },
  { 403, 1, FALSE, "failed", "Skipped by the provider" },
  { 405, 1, FALSE, "cancelled", "Cancelled by the provider" },
  { 410, 1, FALSE, "rejected", "Invalid source address" },
  { 411, 24, FALSE, "failed", "Invalid destination address" },
  { 412, 7, FALSE, "rejected", "Destination blocked by the carrier" },
  { 413, 5, FALSE, "failed", "Destination has no message service" },
  { 0, 4, TRUE, "expired", NULL },
};

static const EntSimFailure *
failures_of (EntSimFate fate, guint *n_failures)
{
  if (fate == ENT_SIM_FATE_SEND_FAILED)
    {
      *n_failures = G_N_ELEMENTS (send_failures);
      return send_failures;
    }
  *n_failures = G_N_ELEMENTS (delivery_failures);
  return delivery_failures;
}

static guint8
draw_reason (EntSimRandom *random, EntSimFate fate)
{
  guint32 weights[16];
  guint n_failures;
  const EntSimFailure *failures = failures_of (fate, &n_failures);

  for (guint i = 0; i < n_failures; i++)
    weights[i] = failures[i].weight;
  return (guint8) ent_sim_random_weighted (random, weights, n_failures);
}

static EntSimFate
draw_fate (EntSimRandom *random, guint channel, guint carrier)
{
  guint32 draw = ent_sim_random_below (random, 1000000);
  guint32 silent = chance_silent[channel];
  struct
  {
    guint32 chance;
    EntSimFate fate;
  } steps[] = {
    { chance_strange[channel], ENT_SIM_FATE_STRANGE },
    { chance_held[channel], ENT_SIM_FATE_HELD },
    { chance_send_failed[channel], ENT_SIM_FATE_SEND_FAILED },
    { chance_not_delivered[channel], ENT_SIM_FATE_NOT_DELIVERED },
    { silent, ENT_SIM_FATE_SILENT },
  };

  if (channel == ENT_SIM_CHANNEL_SMS && carrier == ENT_SIM_SILENT_CARRIER)
    steps[G_N_ELEMENTS (steps) - 1].chance = chance_silent_carrier;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (draw < steps[i].chance)
        return steps[i].fate;
      draw -= steps[i].chance;
    }
  if (channel == ENT_SIM_CHANNEL_WHATSAPP && ent_sim_random_chance (random, chance_read))
    return ENT_SIM_FATE_READ;
  return ENT_SIM_FATE_DELIVERED;
}

static guint32
add_capped (guint32 a, guint32 b)
{
  return MIN (a + b, ENT_SIM_LAST_CHANGE_MS);
}

static void
draw_failure_time (EntSimMessage *self, EntSimRandom *random)
{
  gboolean slow = ent_sim_message_get_failure (self)->slow;

  if (slow)
    self->done = ent_sim_random_quantile (random, expired_after, G_N_ELEMENTS (expired_after));
  else if (self->fate == ENT_SIM_FATE_SEND_FAILED)
    self->done = ent_sim_random_quantile (random, refused_after, G_N_ELEMENTS (refused_after));
  else
    self->done = ent_sim_random_quantile (random, failed_after, G_N_ELEMENTS (failed_after));
}

/* The delays that the fate asks for. */
static void
draw_times (EntSimMessage *self, EntSimRandom *random)
{
  guint channel = self->channel;

  if (self->fate == ENT_SIM_FATE_STRANGE || self->fate == ENT_SIM_FATE_HELD)
    return;
  if (self->fate == ENT_SIM_FATE_SEND_FAILED)
    {
      draw_failure_time (self, random);
      return;
    }

  self->sent = ent_sim_random_quantile (random, sent_after[channel], G_N_ELEMENTS (sent_after[0]));
  if (ent_sim_random_chance (random, chance_delayed[channel]))
    {
      self->flags |= ENT_SIM_FLAG_DELAYED;
      self->sent += ent_sim_random_quantile (random, held_for, G_N_ELEMENTS (held_for));
    }

  if (self->fate == ENT_SIM_FATE_NOT_DELIVERED)
    draw_failure_time (self, random);
  else if (self->fate != ENT_SIM_FATE_SILENT)
    self->done = ent_sim_random_quantile (random, delivered_after[channel],
                                          G_N_ELEMENTS (delivered_after[0]));
  if (self->done != ENT_SIM_NEVER)
    self->done = add_capped (self->done, self->sent);
  if (self->fate == ENT_SIM_FATE_READ)
    self->read = add_capped (
        self->done, ent_sim_random_quantile (random, read_after, G_N_ELEMENTS (read_after)));
}

/**
 * ent_sim_message_draw_history:
 * @self: an outbound message with its channel set
 * @carrier: of its recipient
 * @outage: whether that carrier is down at this moment
 *
 * Draws the whole life of the message, from its acceptance to the last change.
 */
void
ent_sim_message_draw_history (EntSimMessage *self,
                              EntSimRandom *random,
                              guint carrier,
                              gboolean outage)
{
  self->sent = self->done = self->read = ENT_SIM_NEVER;
  if (outage && ent_sim_random_chance (random, chance_outage[self->channel]))
    {
      self->fate = ent_sim_random_chance (random, 700000) ? ENT_SIM_FATE_SEND_FAILED
                                                          : ENT_SIM_FATE_NOT_DELIVERED;
      self->reason = (guint8) ent_sim_random_below (random, 2);
    }
  else
    {
      self->fate = (guint8) draw_fate (random, self->channel, carrier);
      if (self->fate == ENT_SIM_FATE_SEND_FAILED || self->fate == ENT_SIM_FATE_NOT_DELIVERED)
        self->reason = draw_reason (random, (EntSimFate) self->fate);
    }
  draw_times (self, random);
}

/**
 * ent_sim_message_round_to_seconds:
 *
 * Rounds down all times of a message whose account writes no fractions on the wire, so that wire
 * and truth agree.
 */
void
ent_sim_message_round_to_seconds (EntSimMessage *self)
{
  guint32 *times[] = { &self->at, &self->sent, &self->done, &self->read };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (*times[i] != ENT_SIM_NEVER)
      *times[i] -= *times[i] % SECOND;
}

/* NEVER is above seven days, but a message lives on after that. */
static gboolean
is_past (guint32 moment, gint64 age)
{
  return moment != ENT_SIM_NEVER && (gint64) moment <= age;
}

/**
 * ent_sim_message_get_stage:
 * @age: milliseconds from the message's time to the clock, not negative
 *
 * Returns: the truth at that clock
 */
EntSimStage
ent_sim_message_get_stage (const EntSimMessage *self, gint64 age)
{
  if (self->fate == ENT_SIM_FATE_RECEIVED)
    return ENT_SIM_STAGE_RECEIVED;
  if (is_past (self->read, age))
    return ENT_SIM_STAGE_READ;
  if (is_past (self->done, age))
    switch (self->fate)
      {
      case ENT_SIM_FATE_SEND_FAILED:
        return ENT_SIM_STAGE_SEND_FAILED;
      case ENT_SIM_FATE_NOT_DELIVERED:
        return ENT_SIM_STAGE_NOT_DELIVERED;
      default:
        return ENT_SIM_STAGE_DELIVERED;
      }
  return is_past (self->sent, age) ? ENT_SIM_STAGE_SENT : ENT_SIM_STAGE_QUEUED;
}

/**
 * ent_sim_message_get_last_update:
 * @age: as for ent_sim_message_get_stage()
 *
 * Returns: milliseconds from the message's time to its last change that the clock has seen
 */
guint32
ent_sim_message_get_last_update (const EntSimMessage *self, gint64 age)
{
  if (self->fate == ENT_SIM_FATE_RECEIVED)
    return 0;
  if (is_past (self->read, age))
    return self->read;
  if (is_past (self->done, age))
    return self->done;
  return is_past (self->sent, age) ? self->sent : 0;
}

/**
 * ent_sim_message_get_failure:
 * @self: a message whose fate is to fail
 */
const EntSimFailure *
ent_sim_message_get_failure (const EntSimMessage *self)
{
  guint n_failures;
  const EntSimFailure *failures = failures_of ((EntSimFate) self->fate, &n_failures);

  g_assert (self->reason < n_failures);
  return &failures[self->reason];
}
