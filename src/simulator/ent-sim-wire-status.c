/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Status word and code of a message: one of several ways to say what is true of it. Each entry
 * implies exactly its stage by the provider's rule that a code wins over the word.
 */
#include "config.h"

#include "ent-sim-wire.h"

#define SALT_STATUS G_GUINT64_CONSTANT (0x57a7)

static const EntSimWireStatus queued[] = {
  { "queued", 0, NULL },     { "processing", 101, "Processing in the gateway" },
  { "processing", 0, NULL }, { "queued", 101, "Processing in the gateway" },
  { "scheduled", 0, NULL },  { "enroute", 102, "Message is being re-routed" },
};

static const EntSimWireStatus held[] = {
  { "held", 151, "Held for screening" },
  { "held", 0, NULL },
};

static const EntSimWireStatus strange[] = {
  { "undefined", 0, NULL },
  { "deferred", 0, NULL },
  { "in_review", 0, NULL },
};

static const EntSimWireStatus sent[] = {
  { "enroute", 211, "Message is en route" },
  { "submitted", 200, "Message submitted to the provider" },
  { "submitted", 210, "Message accepted by the provider" },
  { "enroute", 212, "Delivery pending" },
  { "enroute", 0, NULL },
  { "submitted", 0, NULL },
  { "processed", 200, "Message submitted to the provider" },
  { "scheduled", 213, "Scheduled by the provider" },
};

static const EntSimWireStatus delivered[] = {
  { "delivered", 220, "Message delivered" },
  { "delivered", 221, "Message delivered to the handset" },
  { "delivered", 221, "Message delivered to the handset" },
  { "delivered", 0, NULL },
};

static const EntSimWireStatus was_read[] = {
  { "read", 221, "Message delivered to the handset" },
  { "read", 221, "Message delivered to the handset" },
  { "read", 221, NULL },
  { "read", 0, NULL },
};

static const EntSimWireStatus received[] = {
  { "processed", 0, NULL }, { "processed", 0, NULL }, { "processed", 0, NULL },
  { "processed", 0, NULL }, { "processed", 0, NULL }, { "delivered", 220, "Message delivered" },
};

#define PICK(table, key) (table[ent_sim_mix (key, SALT_STATUS) % G_N_ELEMENTS (table)])

static EntSimWireStatus
queued_status (const EntSimMessage *message)
{
  if (message->fate == ENT_SIM_FATE_STRANGE)
    return PICK (strange, message->key);
  if (message->fate == ENT_SIM_FATE_HELD || (message->flags & ENT_SIM_FLAG_DELAYED) != 0)
    return PICK (held, message->key);
  return PICK (queued, message->key);
}

static EntSimWireStatus
failed_status (const EntSimMessage *message)
{
  const EntSimFailure *failure = ent_sim_message_get_failure (message);

  return (EntSimWireStatus){ failure->word, failure->code, failure->description };
}

/**
 * ent_sim_wire_get_status:
 *
 * Returns: what the wire says of the message at the clock of @sight
 */
EntSimWireStatus
ent_sim_wire_get_status (const EntSimSight *sight)
{
  const EntSimMessage *message = sight->message;

  switch (ent_sim_message_get_stage (message, sight->clock - sight->instant))
    {
    case ENT_SIM_STAGE_SENT:
      return PICK (sent, message->key);
    case ENT_SIM_STAGE_DELIVERED:
      return PICK (delivered, message->key);
    case ENT_SIM_STAGE_READ:
      return PICK (was_read, message->key);
    case ENT_SIM_STAGE_SEND_FAILED:
    case ENT_SIM_STAGE_NOT_DELIVERED:
      return failed_status (message);
    case ENT_SIM_STAGE_RECEIVED:
      return PICK (received, message->key);
    case ENT_SIM_STAGE_QUEUED:
    default:
      return queued_status (message);
    }
}
