/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers requests for message details: credentials, checks, selection, pages. No HTTP here: a
 * request is its headers' text and body, an answer a status and a body. Main thread; owned by the
 * server.
 */
#pragma once

#include "ent-sim-faults.h"
#include "ent-sim-world.h"

G_BEGIN_DECLS

typedef struct _EntSimEngage EntSimEngage;

EntSimEngage *ent_sim_engage_new (EntSimWorld *world);
void ent_sim_engage_free (EntSimEngage *self);
const char *ent_sim_engage_get_key (const EntSimEngage *self);
const char *ent_sim_engage_get_secret (const EntSimEngage *self);
guint ent_sim_engage_answer (EntSimEngage *self,
                             const char *authorization,
                             const char *body,
                             gsize length,
                             const EntSimFaults *faults,
                             EntSimVerdict verdict,
                             GString *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSimEngage, ent_sim_engage_free)

G_END_DECLS
