/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The provider on loopback: Engage's message details, the ledger, the clock and the faults. Runs
 * in the main context of the thread that made it; that thread owns it.
 */
#pragma once

#include "ent-sim-faults.h"
#include "ent-sim-world.h"

G_BEGIN_DECLS

#define ENT_SIM_ENGAGE_PATH "/v2-preview/reporting/messages/detail"

typedef struct _EntSimServer EntSimServer;

EntSimServer *ent_sim_server_new (EntSimWorld *world, const EntSimFaults *faults);
void ent_sim_server_free (EntSimServer *self);
gboolean ent_sim_server_listen (EntSimServer *self, guint16 port, GError **error);
const char *ent_sim_server_get_url (const EntSimServer *self);
char *ent_sim_server_dup_ready_line (const EntSimServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSimServer, ent_sim_server_free)

G_END_DECLS
