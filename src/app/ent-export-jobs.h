/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exports that run now, over all windows: progress with rate and time left, cancelling. What
 * became of them is in the history, which the engine reads. One per engine. Main thread.
 *
 * Signal: progress (gint64 record id): it moved on, started or ended. */
#pragma once

#include "ent-engine.h"
#include "ent-export.h"

G_BEGIN_DECLS

#define ENT_TYPE_EXPORT_JOBS (ent_export_jobs_get_type ())
G_DECLARE_FINAL_TYPE (EntExportJobs, ent_export_jobs, ENT, EXPORT_JOBS, GObject)

/* The engine's. (transfer none) */
EntExportJobs *ent_export_jobs_get (EntEngine *engine);

/* Either @result or @error is set. */
typedef void (*EntExportJobFunc) (const EntExportResult *result,
                                  const GError *error,
                                  gpointer data);
/* @data is freed with @destroy after @func was called. */
void ent_export_jobs_start (EntExportJobs *self,
                            const EntExportRequest *request,
                            EntExportJobFunc func,
                            gpointer data,
                            GDestroyNotify destroy);

typedef struct
{
  gint64 done;
  gint64 total;
  double rate;      /* rows a second; 0 = not known yet */
  gint64 seconds;   /* left; -1 = not known */
  gboolean waiting; /* for its turn */
} EntExportJobProgress;
/* FALSE: it does not run in this process. */
gboolean ent_export_jobs_get_progress (EntExportJobs *self,
                                       gint64 record_id,
                                       EntExportJobProgress *progress);
void ent_export_jobs_cancel (EntExportJobs *self, gint64 record_id);
guint ent_export_jobs_get_n_running (EntExportJobs *self);

G_END_DECLS
