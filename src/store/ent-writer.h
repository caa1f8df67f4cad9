/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one who writes messages.db: a connection, a transaction at a time, and the columns of
 * the segments that it touches. Belongs to the store's write worker. Private to the store. */
#pragma once

#include "ent-store-private.h"

G_BEGIN_DECLS

struct _EntWriter
{
  EntStore *store; /* owns the writer */
  EntDatabase *database;
  gboolean durable; /* the connection's present setting */
  int log_pages;
  gboolean log_has_erased; /* emptying the log after an erasure is still to be done */

  /* Of all commits; NULL before the first batch. */
  EntIdentities *identities;
  gboolean has_fallbacks; /* some row counts by another than its acceptance time */

  /* Of the running transaction. */
  EntTable *table;     /* what it began with; NULL outside of one */
  EntSources *sources; /* with those that it registered */
  gboolean new_sources;
  guint32 n_rows;
  GHashTable *staged; /* segment → EntSegment, ours to change */
  EntSegment *last_staged;
  guint last_index;
};

EntWriter *ent_writer_new (EntStore *store, GError **error);
void ent_writer_free (EntWriter *self);

/* @durable: the commit is on disk before it returns. */
gboolean ent_writer_begin (EntWriter *self, gboolean durable, GError **error);
/* The segment for changing. */
EntSegment *ent_writer_stage (EntWriter *self, guint segment);
/* Sets the columns of a row; n_rows at most, which is a new one (the caller counts it). */
void ent_writer_put (EntWriter *self, guint32 position, const EntPacked *packed);
/* @now: UTC ms, the time of the commit. Rolls back when it fails. */
gboolean ent_writer_commit (EntWriter *self, gint64 now, GError **error);
/* Harmless without a transaction. */
void ent_writer_rollback (EntWriter *self);
/* After an erasure: nothing stays in the log. BUSY when a reader keeps it; then it is tried
 * again after each commit, and closing the store does it at the latest. */
gboolean ent_writer_truncate_log (EntWriter *self, GError **error);

/* ent-resolve.c: loads what is missing of the identities, and makes room for @n_more. In a
 * transaction. */
gboolean ent_writer_load_identities (EntWriter *self, guint32 n_more, GError **error);
/* The row that an observation speaks of: 0 in @id when it is certainly new, -1 when only
 * ent_writer_resolve_late can tell. */
#define ENT_RESOLVE_NEW 0
#define ENT_RESOLVE_LATE (-1)
gboolean ent_writer_resolve (EntWriter *self,
                             guint source,
                             const EntObservation *observation,
                             guint64 hash,
                             gint64 *id,
                             GError **error);
/* Row ids of many identities at once, 0 where there is none. */
gboolean ent_writer_resolve_late (EntWriter *self,
                                  guint source,
                                  const char *const *remote_ids,
                                  guint n,
                                  gint64 *ids,
                                  GError **error);

/* ent-ingest.c, on the write worker. */
gboolean
ent_writer_ingest (EntWriter *self, const EntBatch *batch, EntIngestResult *result, GError **error);

G_END_DECLS
