/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data at one commit: rows and columns that agree, untouched by what is written
 * meanwhile. Everything that must agree with itself (a window's refresh, an export, a
 * report) is read from one snapshot. Calls block and belong on a worker; one thread at a
 * time per snapshot; cancellable within 50 ms. */
#pragma once

#include "ent-coverage.h"
#include "ent-message.h"
#include "ent-report.h"
#include "ent-selection.h"
#include "ent-summary.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _EntSnapshot EntSnapshot;

void ent_snapshot_free (EntSnapshot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSnapshot, ent_snapshot_free)

/* The same commit once more, for a second thread beside that of @self. NULL where it cannot be had,
 * most often because newer data has come since: the work is then done by one. (transfer full) */
EntSnapshot *ent_snapshot_twin (EntSnapshot *self);

gint64 ent_snapshot_get_data_version (const EntSnapshot *self);
/* Time of the last commit of data, UTC ms; 0 for an empty store. */
gint64 ent_snapshot_get_last_commit (const EntSnapshot *self);
gint64 ent_snapshot_get_n_messages (const EntSnapshot *self);

/* Counters; (transfer full). */
EntSummary *ent_snapshot_summarise (
    EntSnapshot *self, const EntQuery *query, EntBy by, GCancellable *cancellable, GError **error);
/* How many messages match; as exact as the selection's size. -1 on error. */
gint64 ent_snapshot_count (EntSnapshot *self,
                           const EntQuery *query,
                           GCancellable *cancellable,
                           GError **error);
/* The matching messages in order; ties by id. (transfer full) */
EntSelection *ent_snapshot_select (EntSnapshot *self,
                                   const EntQuery *query,
                                   EntSort sort,
                                   GCancellable *cancellable,
                                   GError **error);
/* The messages at @positions, in that order; a position without a row is NULL.
 * (element-type EntMessage) (transfer full) */
GPtrArray *ent_snapshot_rows (EntSnapshot *self,
                              const guint32 *positions,
                              guint n,
                              GCancellable *cancellable,
                              GError **error);
/* Messages with that remote id, over all sources. (transfer full) */
GPtrArray *ent_snapshot_find (EntSnapshot *self,
                              const char *remote_id,
                              GCancellable *cancellable,
                              GError **error);
/* The other messages with the same phone, by time, at most @limit around @message. (transfer full)
 */
GPtrArray *ent_snapshot_conversation (EntSnapshot *self,
                                      const EntMessage *message,
                                      guint limit,
                                      GCancellable *cancellable,
                                      GError **error);
/* Names that a dimension's filter may take, with how many messages of the query's range
 * have each (the query's filter on that very field left out), most first; "" for none. */
typedef struct
{
  char *value;
  gint64 count;
} EntValueCount;
GArray *ent_snapshot_values (EntSnapshot *self,
                             const EntQuery *query,
                             EntFilterField field,
                             GCancellable *cancellable,
                             GError **error);
EntCoverage ent_snapshot_coverage_at (EntSnapshot *self,
                                      const EntMessage *message,
                                      gint64 now,
                                      const EntZone *zone);
/* (transfer full) */
EntCoverageMap *ent_snapshot_coverage_map (EntSnapshot *self, GError **error);
/* Keys of the sources that brought messages under this name, removed ones too, which no other list
 * has any more. (transfer full) */
GStrv ent_snapshot_source_keys (EntSnapshot *self, const char *name);
/* First and last counting time in the store; FALSE when it is empty. */
gboolean ent_snapshot_extent (EntSnapshot *self, gint64 *first, gint64 *last);

G_END_DECLS
