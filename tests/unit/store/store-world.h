/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up world for testing the store: random observations of a few thousand messages, and
 * a naive store beside ours that keeps every message as a value, merges with the domain's own
 * rule and counts by loops. Main thread of a test program. */
#pragma once

#include "ent-store.h"
#include "ent-test-util.h"

G_BEGIN_DECLS

/* 2026-11-22T12:00:00Z */
#define WORLD_NOW G_GINT64_CONSTANT (1795348800000)
#define DAY_MS G_GINT64_CONSTANT (86400000)

#define WORLD_N_SOURCES 3

/* One observation, with its source. */
typedef struct
{
  guint source;
  EntObservation observation;
} WorldItem;

typedef struct
{
  EntObservations *arena; /* owns the strings */
  GArray *items;          /* WorldItem */
  GHashTable *messages;   /* "source/rid" → EntMessage, all items merged */
} World;

/* @n_messages of them, each observed one to four times, in random order. */
World *world_new (GRand *rand, guint n_messages);
void world_free (World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

const char *world_source (guint source);
void world_shuffle (World *self, GRand *rand);

/* A batch of items [from, to) of one source; those of other sources are left out. */
EntBatch *world_batch (const World *self, guint source, guint from, guint to);
/* Ingests all items in batches of random size. */
void world_ingest (const World *self, EntStore *store, GRand *rand, guint most);
/* Two stores, or a store and the world, hold the same messages. */
void world_assert_stored (const World *self, EntStore *store);
/* All messages of a snapshot, by position; NULL where there is none. (transfer full) */
GPtrArray *world_read_all (EntSnapshot *snapshot);

EntStore *world_open (const char *dir);
void world_close (EntStore *store);
void world_assert_clean (EntStore *store);

/* A random filter, range, zone and basis. (transfer full) */
EntQuery *world_query (GRand *rand, gboolean by_event);
char *world_describe (const EntQuery *query);

/* ---- The naive store ---- */

/* Whether the message is in the query, by the filter's definition and the counting time. */
gboolean naive_matches (const EntMessage *message, const EntQuery *query);
gboolean naive_passes (const EntMessage *message, const EntFilter *filter, gint64 now);
/* Counters by bucket or key. Free with ent_summary_unref. */
EntSummary *naive_summarise (const GPtrArray *messages, const EntQuery *query, EntBy by);
void naive_add (EntCounters *counters, const EntMessage *message, gint64 now);

G_END_DECLS
