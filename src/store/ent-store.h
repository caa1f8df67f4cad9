/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: messages.db with its packed columns, and the threads that own it (one
 * writer, one query worker, one page reader). Blocking calls may come from any thread but
 * the main one of a window; the _async pairs answer in the caller's main context. */
#pragma once

#include "ent-ingest.h"
#include "ent-insight.h"
#include "ent-snapshot.h"
#include "ent-store-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ENT_TYPE_STORE (ent_store_get_type ())
G_DECLARE_FINAL_TYPE (EntStore, ent_store, ENT, STORE, GObject)
/* Property "data-version" (int64): notified in the main context that opened the store after
 * each commit, also another process's (looked for when a snapshot is taken and on ent_store_poll).
 */

/* Opens or creates <data_dir>/messages.db (folder 0700, files 0600). Blocks until the columns are
 * loaded. */
EntStore *ent_store_open (const char *data_dir, GError **error);
void ent_store_open_async (const char *data_dir,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
EntStore *ent_store_open_finish (GAsyncResult *result, GError **error);
/* Ends the threads, checkpoints, closes. Blocks; after it only unref is allowed. */
void ent_store_close (EntStore *self);

/* Renames a damaged messages.db out of the way, as messages.db.corrupt-<time>; the next open
 * makes a fresh one. None may have it open. (transfer full): its new name; NULL on error */
char *ent_store_quarantine (const char *data_dir, GError **error);

const char *ent_store_get_data_dir (EntStore *self);
gboolean ent_store_is_read_only (EntStore *self);
gint64 ent_store_get_data_version (EntStore *self);
/* Looks whether another process has committed; cheap. */
void ent_store_poll (EntStore *self);

/* (transfer full); any thread. */
EntSnapshot *ent_store_snapshot (EntStore *self, GError **error);

/* Blocks until the writer has committed (or refused) the batch; takes ownership of it. */
gboolean
ent_store_ingest (EntStore *self, EntBatch *batch, EntIngestResult *result, GError **error);
/* The cursor last committed in a slot of a source; NULL without error when there is none. (transfer
 * full) */
char *ent_store_get_cursor (EntStore *self, const char *source, const char *slot, GError **error);
/* Which slots a source has. (transfer full) */
GStrv ent_store_list_cursors (EntStore *self, const char *source, GError **error);
/* Coverage of one source and channel. (transfer full) */
EntCoverageMap *ent_store_get_coverage (EntStore *self, const char *source, GError **error);
/* Local days of [from, to) that hold messages which may still change (queued, or sent
 * and not unconfirmed), of one source and channel. (element-type EntDay) (transfer full) */
GArray *ent_store_open_days (EntStore *self,
                             const char *source,
                             EntChannel channel,
                             const EntZone *zone,
                             gint64 from,
                             gint64 to,
                             gint64 now,
                             GError **error);
/* Quarantined items of a source (all when NULL). */
gint64 ent_store_count_quarantine (EntStore *self, const char *source, GError **error);

/* Erasing is explicit: rows, columns, write-ahead log; coverage becomes none. Returns messages
 * erased, 0 also for a source that never brought any, -1 on error. */
gint64 ent_store_erase_source (EntStore *self,
                               const char *source,
                               GCancellable *cancellable,
                               GError **error);
gint64 ent_store_erase_phone (EntStore *self,
                              const char *digits,
                              GCancellable *cancellable,
                              GError **error);
gint64
ent_store_erase_before (EntStore *self, gint64 before, GCancellable *cancellable, GError **error);

/* The three calls of a window. Each starts a new one of its kind and cancels the running
 * one (it ends with G_IO_ERROR_CANCELLED); all run on the query worker. */
typedef struct
{
  EntSummary *summary;
  EntSummary *compared; /* same grain over the range compared with; NULL without comparison */
  EntSummary *current;  /* the part of the range that is compared (today left out); NULL without */
} EntOverview;
void ent_overview_free (EntOverview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntOverview, ent_overview_free)
void ent_store_overview_async (EntStore *self,
                               const EntReport *report,
                               gint64 now,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
EntOverview *ent_store_overview_finish (EntStore *self, GAsyncResult *result, GError **error);
void ent_store_select_async (EntStore *self,
                             const EntQuery *query,
                             EntSort sort,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
EntSelection *ent_store_select_finish (EntStore *self, GAsyncResult *result, GError **error);
void ent_store_count_async (EntStore *self,
                            const EntQuery *query,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gint64 ent_store_count_finish (EntStore *self, GAsyncResult *result, GError **error);
/* Breakdown by one dimension (not cancelled by the others). */
void ent_store_summarise_async (EntStore *self,
                                const EntQuery *query,
                                EntBy by,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
EntSummary *ent_store_summarise_finish (EntStore *self, GAsyncResult *result, GError **error);
/* Latency and answers (not cancelled by the others). (transfer full): free with g_free */
void ent_store_insight_async (EntStore *self,
                              const EntQuery *query,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
EntInsight *ent_store_insight_finish (EntStore *self, GAsyncResult *result, GError **error);
/* Short jobs, on the page reader. */
void ent_store_rows_async (EntStore *self,
                           const guint32 *positions,
                           guint n,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GPtrArray *ent_store_rows_finish (EntStore *self, GAsyncResult *result, GError **error);
void ent_store_conversation_async (EntStore *self,
                                   EntMessage *message,
                                   guint limit,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *ent_store_conversation_finish (EntStore *self, GAsyncResult *result, GError **error);
void ent_store_values_async (EntStore *self,
                             const EntQuery *query,
                             EntFilterField field,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GArray *ent_store_values_finish (EntStore *self, GAsyncResult *result, GError **error);

/* Integrity: SQLite's own check, and with @full a recount of everything from the rows
 * compared with the columns. @report gets one line per finding and figures (rows, memory). */
gboolean ent_store_check (
    EntStore *self, gboolean full, GString *report, GCancellable *cancellable, GError **error);
/* Bytes of memory that the packed columns take. */
gsize ent_store_get_memory (EntStore *self);

G_END_DECLS
