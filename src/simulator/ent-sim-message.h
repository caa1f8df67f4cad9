/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One message and its history. The history is drawn once, when the message is made, and is the
 * truth: what the wire and the ledger say at a clock follows from it. Plain values; the world
 * owns the arrays of them.
 */
#pragma once

#include "ent-sim-random.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_SIM_CHANNEL_WHATSAPP,
  ENT_SIM_CHANNEL_SMS,
} EntSimChannel;

#define ENT_SIM_N_CHANNELS 2

/* How the life of a message ends. */
typedef enum
{
  ENT_SIM_FATE_RECEIVED, /* inbound: all there is */
  ENT_SIM_FATE_DELIVERED,
  ENT_SIM_FATE_READ,
  ENT_SIM_FATE_SEND_FAILED,
  ENT_SIM_FATE_NOT_DELIVERED,
  ENT_SIM_FATE_SILENT,  /* sent, and never heard of again */
  ENT_SIM_FATE_HELD,    /* held for screening for ever */
  ENT_SIM_FATE_STRANGE, /* its status is a word that no document knows */
} EntSimFate;

/* Where a message stands at a clock. */
typedef enum
{
  ENT_SIM_STAGE_QUEUED,
  ENT_SIM_STAGE_SENT,
  ENT_SIM_STAGE_DELIVERED,
  ENT_SIM_STAGE_READ,
  ENT_SIM_STAGE_SEND_FAILED,
  ENT_SIM_STAGE_NOT_DELIVERED,
  ENT_SIM_STAGE_RECEIVED,
} EntSimStage;

#define ENT_SIM_NEVER G_MAXUINT32

/* All changes of a message happen before it is seven days old. */
#define ENT_SIM_LAST_CHANGE_MS (7u * 86400000u - 1000u)

typedef enum
{
  ENT_SIM_FLAG_DELAYED = 1 << 0, /* held for a while before it was sent */
  ENT_SIM_FLAG_OPT_OUT = 1 << 1,
  ENT_SIM_FLAG_NO_CAMPAIGN = 1 << 2,
} EntSimFlags;

typedef struct
{
  guint64 key;       /* identity; all that is not stored here is derived from it */
  guint64 reply_key; /* of the message that this one answers, or 0 */
  guint32 at;        /* ms after the start of its day */
  guint32 sent;      /* ms after `at`, or NEVER; so are the next two */
  guint32 done;      /* delivered or failed, by fate */
  guint32 read;
  guint32 contact;
  guint8 slot; /* campaign; names the account too */
  guint8 user; /* index in the account, or 0xff for none */
  guint8 channel;
  guint8 fate;
  guint8 reason; /* index into the failures of its fate */
  guint8 flags;
} EntSimMessage;

/* A way to fail, as the wire tells it. */
typedef struct
{
  guint16 code; /* 0: the wire gives no code */
  guint16 weight;
  gboolean slow; /* known only after hours */
  const char *word;
  const char *description;
} EntSimFailure;

void ent_sim_message_draw_history (EntSimMessage *self,
                                   EntSimRandom *random,
                                   guint carrier,
                                   gboolean outage);
void ent_sim_message_round_to_seconds (EntSimMessage *self);
EntSimStage ent_sim_message_get_stage (const EntSimMessage *self, gint64 age);
guint32 ent_sim_message_get_last_update (const EntSimMessage *self, gint64 age);
const EntSimFailure *ent_sim_message_get_failure (const EntSimMessage *self);

G_END_DECLS
