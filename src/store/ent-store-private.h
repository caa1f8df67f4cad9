/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the store share: the store's insides, snapshots, the writer. Never
 * included from another folder. */
#pragma once

#include "ent-columns.h"
#include "ent-database.h"
#include "ent-identity.h"
#include "ent-order.h"
#include "ent-rows.h"
#include "ent-scan.h"
#include "ent-store.h"
#include "ent-worker.h"

G_BEGIN_DECLS

#define ENT_STORE_FILE "messages.db"

/* The sources at one commit; number = index + 1. Immutable, reference-counted. */
typedef struct
{
  gatomicrefcount ref_count;
  guint n;
  EntSourceName *items;
} EntSources;
EntSources *ent_sources_new (guint n);
EntSources *ent_sources_ref (EntSources *self);
void ent_sources_unref (EntSources *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSources, ent_sources_unref)
/* 0: not known. */
guint ent_sources_find (const EntSources *self, const char *key);

typedef enum
{
  ENT_REQUEST_OVERVIEW,
  ENT_REQUEST_SELECT,
  ENT_REQUEST_COUNT,
} EntRequest;
#define ENT_N_REQUESTS 3

typedef struct _EntWriter EntWriter;

struct _EntStore
{
  GObject parent_instance;

  /* Set before any thread starts. */
  char *data_dir;
  char *path;
  gboolean read_only;
  GMainContext *context; /* of who opened it */
  EntDimensions *names;

  /* Under the lock. A commit of ours happens under it together with the change of table, so
   * that a snapshot finds rows and columns of the same commit. */
  GMutex lock;
  EntTable *table;
  EntSources *sources;
  EntOrder *order; /* of some table, mostly the last one; NULL before the first list */
  GQueue readers;  /* idle connections */
  gboolean closed;
  GSource *notification; /* waits in the context */
  GCancellable *running[ENT_N_REQUESTS];

  EntWorker *write_worker;
  EntWorker *query_worker;
  EntWorker *page_worker;
  EntWriter *writer; /* the write worker's */
};

struct _EntSnapshot
{
  EntStore *store;
  EntDatabase *database; /* in a read transaction */
  EntTable *table;
  EntSources *sources;
};

/* A connection of its own. */
EntDatabase *ent_store_connect (EntStore *self, gboolean for_writing, GError **error);

/* Runs on the write worker and waits for it. */
typedef void (*EntWriterFunc) (EntWriter *writer, gpointer data);
void ent_store_run_on_writer (EntStore *self, EntWriterFunc func, gpointer data);

/* ent-load.c: the connection sees a commit that the table does not know. Call with the lock
 * held and a transaction open. Reads what is newer; the first time, everything. */
gboolean ent_store_refresh_locked (EntStore *self, EntDatabase *database, GError **error);
/* Whether the version that the transaction sees is the table's. */
gboolean
ent_store_read_state (EntDatabase *database, gint64 *version, gint64 *last_commit, GError **error);
/* A segment of @n rows counted anew from the table of messages, sealed. */
EntSegment *ent_store_recount_segment (
    EntDatabase *database, EntDimensions *names, guint segment, guint32 n, GError **error);

/* Tells the opener's context that the version changed. Any thread. */
void ent_store_notify (EntStore *self);

/* ent-coverage-store.c: coverage in the database. */
EntCoverageMap *
ent_coverage_load (EntDatabase *database, guint source, GError **error); /* 0: all */
gboolean
ent_coverage_save (EntDatabase *database, guint source, const EntCoverageMap *map, GError **error);

/* ent-snapshot-scan.c: each segment with matching rows. @mask is valid for ENT_MATCH_SOME.
 * FALSE from the function ends the scan with its error. */
typedef gboolean (*EntSegmentFunc) (EntSegment *segment,
                                    guint index,
                                    EntMatch match,
                                    const guint8 *mask,
                                    gpointer user_data,
                                    GError **error);
typedef struct
{
  const EntFilter *filter;
  gint64 from;
  gint64 to;
  gint64 now;
  EntBasis basis; /* EVENT_DATE: a wanted stage must have been reached in the span */
  int without;    /* field left out, or ENT_SCAN_NO_FIELD */
} EntSnapshotScan;
EntSnapshotScan ent_snapshot_scan_of (const EntQuery *query);
gboolean ent_snapshot_scan (EntSnapshot *self,
                            const EntSnapshotScan *scan,
                            EntSegmentFunc func,
                            gpointer user_data,
                            GCancellable *cancellable,
                            GError **error);

/* The columns of one row; FALSE where there is none. */
static inline gboolean
ent_snapshot_get_packed (EntSnapshot *self, guint32 position, EntPacked *packed)
{
  return position < self->table->n_rows &&
         ent_segment_get (self->table->segments[position >> ENT_SEGMENT_SHIFT],
                          position & (ENT_SEGMENT_ROWS - 1), packed);
}

/* ent-summary-coverage.c */
typedef struct _EntCoverageView EntCoverageView;
EntCoverageView *ent_coverage_view_new (EntSnapshot *snapshot,
                                        const EntQuery *query,
                                        GCancellable *cancellable,
                                        GError **error);
void ent_coverage_view_free (EntCoverageView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCoverageView, ent_coverage_view_free)
EntCoverage ent_coverage_view_state (EntCoverageView *self, gint64 from, gint64 to);

/* ent-sort.c: the positions of the rows whose bit is set, in order. @out: room for all @n. */
gboolean ent_snapshot_sort (EntSnapshot *self,
                            const guint64 *bits,
                            gsize n,
                            EntSort sort,
                            gint64 now,
                            guint32 *out,
                            GCancellable *cancellable,
                            GError **error);

static inline gboolean
ent_check_cancelled (GCancellable *cancellable, GError **error)
{
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

G_END_DECLS
