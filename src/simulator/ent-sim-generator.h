/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes the messages of one day, a pure function of the configuration and the day. Main thread.
 */
#pragma once

#include "ent-sim-message.h"
#include "ent-sim-plan.h"

G_BEGIN_DECLS

EntSimMessage *ent_sim_generate_day (
    const EntSimConfig *config, EntSimPlan *plan, int day, guint32 length, guint32 *n_messages);

G_END_DECLS
