/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The true counters of each day, channel and direction, for whoever wants to check what was read
 * from the wire against what happened. Main thread; owned by the caller.
 */
#pragma once

#include "ent-sim-world.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_SIM_COUNTER_TOTAL,
  ENT_SIM_COUNTER_SENT,
  ENT_SIM_COUNTER_DELIVERED,
  ENT_SIM_COUNTER_READ,
  ENT_SIM_COUNTER_SEND_FAILED,
  ENT_SIM_COUNTER_NOT_DELIVERED,
  ENT_SIM_COUNTER_QUEUED,
  ENT_SIM_COUNTER_IN_TRANSIT,
  ENT_SIM_COUNTER_RECEIVED,
} EntSimCounter;

#define ENT_SIM_N_COUNTERS (ENT_SIM_COUNTER_RECEIVED + 1)

typedef struct _EntSimLedger EntSimLedger;

EntSimLedger *ent_sim_ledger_new (EntSimWorld *world, GTimeZone *zone, int from, int to);
void ent_sim_ledger_free (EntSimLedger *self);
guint32 ent_sim_ledger_get (const EntSimLedger *self,
                            int day,
                            EntSimChannel channel,
                            gboolean outbound,
                            EntSimCounter counter);
void ent_sim_ledger_append_json (const EntSimLedger *self, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSimLedger, ent_sim_ledger_free)

G_END_DECLS
