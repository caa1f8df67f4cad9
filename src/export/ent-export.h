/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running an export: snapshot, temporary file beside the target, sync, rename, digest,
 * history. ent_export_run blocks (command line, tests); ent_export_run_async runs on a thread
 * of its own, two exports at a time, and reports in the main context of the caller. */
#pragma once

#include "ent-export-document.h"
#include "ent-export-error.h"
#include "ent-provenance.h"
#include "ent-store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 record_id; /* of the history; 0 where it could not be written */
  gint64 rows;
  gint64 matched; /* messages or rows that the report has */
  gint64 bytes;
  char *sha256;
  char *path;
  EntCellChanges changes;
  GError *history_error; /* the file is there, the history could not be kept; NULL */
} EntExportResult;
void ent_export_result_free (EntExportResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntExportResult, ent_export_result_free)

typedef struct
{
  gint64 record_id;
  EntExportState state; /* queued, running */
  gint64 done;
  gint64 total;
} EntExportProgress;
typedef void (*EntExportProgressFunc) (const EntExportProgress *progress, gpointer user_data);

/* @user_data: (nullable): no history then. Errors: ENT_EXPORT_ERROR, ENT_STORE_ERROR,
 * G_IO_ERROR_CANCELLED; after one there is neither a file nor a part of it, and the history
 * says failed or cancelled. (transfer full) */
EntExportResult *ent_export_run (EntStore *store,
                                 EntUserData *user_data,
                                 const EntExportRequest *request,
                                 EntExportProgressFunc progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GError **error);
/* @progress: in the caller's main context, at most ten times a second. */
void ent_export_run_async (EntStore *store,
                           EntUserData *user_data,
                           const EntExportRequest *request,
                           EntExportProgressFunc progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer callback_data);
EntExportResult *ent_export_run_finish (GAsyncResult *result, GError **error);

/* Is the file at @path, in bytes, the one with that digest? */
char *
ent_export_digest_file (const char *path, gint64 *bytes, GCancellable *cancellable, GError **error);

G_END_DECLS
