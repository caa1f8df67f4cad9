/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a message looks in an Engage answer. The truth comes first (ent-sim-message), this is how it
 * is told; nothing here decides what happened. Main thread, no state.
 */
#pragma once

#include "ent-sim-world.h"

G_BEGIN_DECLS

/* A message where it lies, and the clock to tell it at. */
typedef struct
{
  const EntSimConfig *config;
  const EntSimDay *day;
  const EntSimMessage *message;
  gint64 instant;
  gint64 clock;
} EntSimSight;

typedef struct
{
  const char *word;
  guint code; /* 0: none */
  const char *description;
} EntSimWireStatus;

#define ENT_SIM_MAX_METADATA 5

typedef struct
{
  guint n_pairs;
  const char *keys[ENT_SIM_MAX_METADATA];
  GString *values[ENT_SIM_MAX_METADATA];
} EntSimMetadata;

/* What a fault makes of a message; 0 is the plain truth. */
typedef enum
{
  ENT_SIM_TWIST_NONE = 0,
  ENT_SIM_TWIST_UNKNOWN_STATUS = 1 << 0,
  ENT_SIM_TWIST_UNKNOWN_FIELDS = 1 << 1,
  ENT_SIM_TWIST_WRONG_TYPES = 1 << 2,
} EntSimTwist;

EntSimSight ent_sim_sight (const EntSimWorld *world, const EntSimDay *day, guint32 index);
EntSimWireStatus ent_sim_wire_get_status (const EntSimSight *sight);
gboolean ent_sim_wire_is_outbound (const EntSimSight *sight);
gboolean ent_sim_wire_has_media (const EntSimSight *sight);
const char *ent_sim_wire_get_account_id (const EntSimSight *sight);
void ent_sim_wire_append_source (GString *out, const EntSimSight *sight);
void ent_sim_wire_append_destination (GString *out, const EntSimSight *sight);
void ent_sim_wire_get_metadata (const EntSimSight *sight, EntSimMetadata *metadata);
void ent_sim_metadata_clear (EntSimMetadata *metadata);
void ent_sim_wire_append_uuid (GString *out, guint64 key);
void ent_sim_wire_append_message (GString *out,
                                  const EntSimSight *sight,
                                  GTimeZone *zone,
                                  EntSimTwist twist);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntSimMetadata, ent_sim_metadata_clear)

G_END_DECLS
