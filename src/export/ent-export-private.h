/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The job with a history that was begun before it: the queue says "queued" first.
 * The thread of the export. */
#pragma once

#include "ent-export-history.h"

G_BEGIN_DECLS

EntExportResult *ent_export_run_with_history (EntStore *store,
                                              EntUserData *user_data,
                                              const EntExportRequest *request,
                                              EntExportProgressFunc progress,
                                              gpointer progress_data,
                                              EntExportHistory *history,
                                              GCancellable *cancellable,
                                              GError **error);

G_END_DECLS
