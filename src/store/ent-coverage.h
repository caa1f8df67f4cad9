/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was synchronised when: UTC intervals per source and channel, and the state of a
 * span of time derived from them. Pure values. */
#pragma once

#include "ent-vocabulary.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 from; /* UTC ms, half-open */
  gint64 to;
  gint64 fetched_at; /* when the provider was asked */
  EntChannel channel;
  guint source; /* number of the source in the store */
} EntCoverageInterval;

/* (element-type EntCoverageInterval), sorted by source, channel, from; no overlaps inside one. */
typedef GArray EntCoverageMap;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCoverageMap, g_array_unref)

/* Lays @interval over the map: what it covers now has its fetch time. */
void ent_coverage_map_lay (EntCoverageMap *map, const EntCoverageInterval *interval);
/* Takes [from, to) of one source and channel off the map: what was there is erased. */
void ent_coverage_map_cut (
    EntCoverageMap *map, guint source, EntChannel channel, gint64 from, gint64 to);
/* The state of [from, to) for one source and channel. Time after @now does not count;
 * a span that reaches past @now is at best PARTIAL. @open_messages: it holds messages
 * that may still change; then STALE when a part of it was last read over 24 h before @now. */
EntCoverage ent_coverage_map_state (const EntCoverageMap *map,
                                    guint source,
                                    EntChannel channel,
                                    gint64 from,
                                    gint64 to,
                                    gboolean open_messages,
                                    gint64 now);

G_END_DECLS
