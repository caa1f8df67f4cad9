/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The provider's data: every message of every day, made when first looked at, and the clock that
 * says how much of it has happened. Main thread only; owned by the server.
 */
#pragma once

#include "ent-sim-message.h"
#include "ent-sim-plan.h"

G_BEGIN_DECLS

/* The messages of one day of the home zone, by time. */
typedef struct
{
  int day;
  gint64 start; /* instant */
  guint32 n_messages;
  EntSimMessage *messages;
} EntSimDay;

typedef struct _EntSimWorld EntSimWorld;

EntSimWorld *ent_sim_world_new (const EntSimConfig *config, gint64 clock);
void ent_sim_world_free (EntSimWorld *self);
const EntSimConfig *ent_sim_world_get_config (const EntSimWorld *self);
gint64 ent_sim_world_get_clock (const EntSimWorld *self);
gboolean ent_sim_world_advance (EntSimWorld *self, gint64 seconds);
int ent_sim_world_get_first_day (const EntSimWorld *self);
int ent_sim_world_get_home_day (const EntSimWorld *self, gint64 instant);
const EntSimDay *ent_sim_world_get_day (EntSimWorld *self, int day);

gint64 ent_sim_config_get_end (const EntSimConfig *config);
gint64 ent_sim_day_get_instant (const EntSimDay *self, guint32 index);
guint32 ent_sim_day_find (const EntSimDay *self, gint64 instant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSimWorld, ent_sim_world_free)

G_END_DECLS
