/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A day is made in two steps: the outbound messages, sorted by time, then the inbound ones, most of
 * which answer one of them. An answer comes on the same day as its question, so that no day needs
 * another. See the header.
 */
#include "config.h"

#include "ent-sim-generator.h"

#include <stdlib.h>
#include <string.h>

#include "ent-sim-company.h"
#include "ent-sim-themes.h"

#define SALT_DAY G_GUINT64_CONSTANT (0xda7)
#define SALT_BURST G_GUINT64_CONSTANT (0xb57)

#define HOUR_MS 3600000u
#define MINUTE_MS 60000u

/* Chances in millionths. */
#define INBOUND 80000
#define IS_ANSWER 860000
#define OPTS_OUT 35000
#define NO_CAMPAIGN 70000
#define NO_USER 60000
#define IN_BURST 650000
#define TO_REGULAR 350000

/* How many questions are tried before an inbound message becomes an unasked one. */
#define ANSWER_TRIES 6

#define NO_USER_INDEX 0xff

static const guint32 hours_always[24] = { 6,  3,  2,  2,  2,  4,  10, 24, 48, 70, 82, 84,
                                          76, 72, 74, 78, 80, 78, 74, 66, 56, 44, 28, 14 };
static const guint32 hours_office[24] = { 0,  0,  0,  0,  0,  0,  0,  8,  55, 90, 100, 92,
                                          70, 78, 92, 95, 88, 70, 36, 12, 4,  0,  0,   0 };

static const EntSimQuantile answered_after[4] = {
  { 0, 4000 }, { 500000, 6 * MINUTE_MS }, { 800000, HOUR_MS }, { 1000000, 10 * HOUR_MS }
};

typedef struct
{
  const EntSimConfig *config;
  int day;
  guint32 length; /* of the day, ms */
  EntSimEvents events;
  EntSimRandom random;
  guint32 slot_sums[ENT_SIM_N_SLOTS]; /* running sums of the slots' weights */
} Maker;

static void
maker_init (
    Maker *maker, const EntSimConfig *config, const EntSimPlan *plan, int day, guint32 length)
{
  guint32 sum = 0;

  maker->config = config;
  maker->day = day;
  maker->length = length;
  maker->events = ent_sim_plan_get_events (plan, day);
  ent_sim_random_init (&maker->random, ent_sim_mix (config->seed ^ SALT_DAY, (guint64) day));
  ent_sim_slot_get_weights (config->seed, day, maker->events.peak, maker->slot_sums);
  for (guint i = 0; i < ENT_SIM_N_SLOTS; i++)
    {
      sum += maker->slot_sums[i];
      maker->slot_sums[i] = sum;
    }
}

static guint8
draw_slot (Maker *maker)
{
  guint32 draw = ent_sim_random_below (&maker->random, maker->slot_sums[ENT_SIM_N_SLOTS - 1]);
  guint slot = 0;

  while (maker->slot_sums[slot] <= draw)
    slot++;
  return (guint8) slot;
}

/* Regular customers hear more often than the others. */
static guint32
draw_contact (Maker *maker, guint account)
{
  guint64 share = (guint64) maker->config->messages * ent_sim_account_get (account)->weight;
  guint32 n_contacts = (guint32) CLAMP (share / 6000, 40, 400000);

  if (ent_sim_random_chance (&maker->random, TO_REGULAR))
    n_contacts /= 10;
  return ent_sim_random_below (&maker->random, n_contacts);
}

static guint8
draw_user (Maker *maker, guint account)
{
  guint n_users = ent_sim_account_get_n_users (account);

  if (ent_sim_random_chance (&maker->random, NO_USER))
    return NO_USER_INDEX;
  /* The first user has most of the work. */
  return (guint8) ent_sim_random_below (&maker->random,
                                        1 + ent_sim_random_below (&maker->random, n_users));
}

static guint32
draw_burst (Maker *maker, guint slot)
{
  guint64 hash =
      ent_sim_mix (ent_sim_mix (maker->config->seed ^ SALT_BURST, slot), (guint64) maker->day / 7);
  guint32 start = (9 + (guint32) (hash % 8)) * HOUR_MS + (guint32) (hash >> 8) % 4 * 15 * MINUTE_MS;

  return start + ent_sim_random_below (&maker->random,
                                       ent_sim_random_below (&maker->random, 100 * MINUTE_MS) + 1);
}

static guint32
draw_time (Maker *maker, guint slot, EntSimPace pace)
{
  guint later = (guint) ent_sim_account_get (ent_sim_slot_get_account (slot))->hours_later;
  guint32 at;

  if (pace == ENT_SIM_PACE_BURST && ent_sim_random_chance (&maker->random, IN_BURST))
    at = draw_burst (maker, slot);
  else
    {
      const guint32 *hours = pace == ENT_SIM_PACE_ALWAYS ? hours_always : hours_office;

      at = ent_sim_random_weighted (&maker->random, hours, 24) * HOUR_MS +
           ent_sim_random_below (&maker->random, HOUR_MS);
    }
  at = (at + later * HOUR_MS) % (24 * HOUR_MS);
  /* A day of 23 hours has no 24th. */
  return at % maker->length;
}

static gboolean
in_outage (const Maker *maker, const EntSimContact *contact, guint32 at)
{
  return maker->events.outage && contact->country == ENT_SIM_COUNTRY_BR &&
         contact->carrier == ENT_SIM_OUTAGE_CARRIER &&
         at >= maker->events.outage_from_h * HOUR_MS && at < maker->events.outage_until_h * HOUR_MS;
}

static gboolean
has_bare_stamps (guint account)
{
  return ent_sim_account_get (account)->stamp == ENT_SIM_STAMP_BARE;
}

static void
make_outbound (Maker *maker, EntSimMessage *message)
{
  EntSimRandom *random = &maker->random;
  const EntSimTheme *theme;
  EntSimContact contact;
  guint account;

  message->key = ent_sim_random_next (random) | 1; /* 0 means "no message" */
  message->slot = draw_slot (maker);
  account = ent_sim_slot_get_account (message->slot);
  theme =
      ent_sim_theme_get (ent_sim_slot_get_theme (maker->config->seed, message->slot, maker->day));
  message->channel =
      (int) ent_sim_random_below (random, 1000) <
              (int) ent_sim_account_get (account)->whatsapp_permille + theme->whatsapp_bias
          ? ENT_SIM_CHANNEL_WHATSAPP
          : ENT_SIM_CHANNEL_SMS;
  message->contact = draw_contact (maker, account);
  message->user = draw_user (maker, account);
  if (ent_sim_random_chance (random, NO_CAMPAIGN))
    message->flags |= ENT_SIM_FLAG_NO_CAMPAIGN;
  message->at = draw_time (maker, message->slot, theme->pace);

  contact = ent_sim_contact_get (maker->config->seed, account, message->contact);
  ent_sim_message_draw_history (message, random, contact.carrier,
                                in_outage (maker, &contact, message->at));
  if (has_bare_stamps (account))
    ent_sim_message_round_to_seconds (message);
}

/* Makes `message` an answer to one of the questions, unless none fits. */
static gboolean
make_answer (Maker *maker, EntSimMessage *message, const EntSimMessage *questions, guint32 n)
{
  for (guint i = 0; i < ANSWER_TRIES && n > 0; i++)
    {
      const EntSimMessage *question = &questions[ent_sim_random_below (&maker->random, n)];
      guint32 seen = question->fate == ENT_SIM_FATE_READ ? question->read : question->done;
      guint64 at;

      if (question->fate != ENT_SIM_FATE_READ && question->fate != ENT_SIM_FATE_DELIVERED)
        continue;
      at = (guint64) question->at + seen +
           ent_sim_random_quantile (&maker->random, answered_after, G_N_ELEMENTS (answered_after));
      if (at >= maker->length)
        continue;

      message->at = (guint32) at;
      message->reply_key = question->key;
      message->slot = question->slot;
      message->contact = question->contact;
      message->channel = question->channel;
      message->flags = question->flags & ENT_SIM_FLAG_NO_CAMPAIGN;
      message->user = question->user;
      return TRUE;
    }
  return FALSE;
}

static void
make_inbound (Maker *maker, EntSimMessage *message, const EntSimMessage *questions, guint32 n)
{
  EntSimRandom *random = &maker->random;
  guint account;

  message->key = ent_sim_random_next (random) | 1;
  message->fate = ENT_SIM_FATE_RECEIVED;
  message->sent = message->done = message->read = ENT_SIM_NEVER;

  if (!ent_sim_random_chance (random, IS_ANSWER) || !make_answer (maker, message, questions, n))
    {
      message->slot = draw_slot (maker);
      account = ent_sim_slot_get_account (message->slot);
      message->channel =
          ent_sim_random_below (random, 1000) < ent_sim_account_get (account)->whatsapp_permille
              ? ENT_SIM_CHANNEL_WHATSAPP
              : ENT_SIM_CHANNEL_SMS;
      message->contact = draw_contact (maker, account);
      message->user = NO_USER_INDEX;
      message->flags = ENT_SIM_FLAG_NO_CAMPAIGN;
      message->at = draw_time (maker, message->slot, ENT_SIM_PACE_ALWAYS);
    }
  else if (ent_sim_random_chance (random, OPTS_OUT))
    message->flags |= ENT_SIM_FLAG_OPT_OUT;

  if (has_bare_stamps (ent_sim_slot_get_account (message->slot)))
    ent_sim_message_round_to_seconds (message);
}

static int
compare_messages (const void *a, const void *b)
{
  const EntSimMessage *left = a;
  const EntSimMessage *right = b;

  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;
  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  return 0;
}

/**
 * ent_sim_generate_day:
 * @length: of the day in milliseconds
 * @n_messages: (out): how many there are
 *
 * Returns: (transfer full) (array length=n_messages): the messages of @day by time, to be freed
 *   with g_free()
 */
EntSimMessage *
ent_sim_generate_day (
    const EntSimConfig *config, EntSimPlan *plan, int day, guint32 length, guint32 *n_messages)
{
  guint32 n = ent_sim_plan_get_count (plan, day);
  EntSimMessage *messages = g_new0 (EntSimMessage, MAX (n, 1));
  guint64 inbound_ppm = (guint64) n * INBOUND;
  guint32 n_inbound;
  guint32 n_outbound;
  Maker maker;

  maker_init (&maker, config, plan, day, length);
  n_inbound = (guint32) (inbound_ppm / 1000000);
  if (ent_sim_random_chance (&maker.random, (guint32) (inbound_ppm % 1000000)))
    n_inbound++;
  n_outbound = n - n_inbound;

  for (guint32 i = 0; i < n_outbound; i++)
    make_outbound (&maker, &messages[i]);
  for (guint32 i = n_outbound; i < n; i++)
    make_inbound (&maker, &messages[i], messages, n_outbound);
  qsort (messages, n, sizeof *messages, compare_messages);

  *n_messages = n;
  return messages;
}
