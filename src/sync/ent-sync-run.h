/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a job: what its files share. Fetch thread. */
#pragma once

#include "ent-sync-cursor.h"
#include "ent-sync-job.h"
#include "ent-sync-plan.h"

G_BEGIN_DECLS

typedef struct
{
  const EntSyncJob *job;
  GCancellable *cancellable;
  gint64 now;       /* the clock, frozen for the job */
  gint64 as_of;     /* when the pass began: now, or earlier for one that is resumed */
  gboolean by_hand; /* a range was given: no cursor */
  EntSyncCursor cursor;
  GQueue windows;                       /* EntSyncWindow, owned */
  gint64 answered_from[ENT_N_CHANNELS]; /* the earliest window that was read; ENT_TIME_NONE: none */
  gint64 refused_to[ENT_N_CHANNELS];    /* what ends here or earlier is refused; ENT_TIME_NONE */
  gboolean off[ENT_N_CHANNELS];         /* the account does not have this channel */

  EntBatch *batch;    /* what waits for the next commit */
  gint64 last_commit; /* monotonic µs */
} EntSyncRun;

/* ent-sync-commit.c */
void ent_sync_run_add_page (EntSyncRun *self, EntPage *page);
void ent_sync_run_cover (EntSyncRun *self, const EntSyncWindow *window);
/* Commits if enough has come together or enough time has passed, or @always. */
gboolean ent_sync_run_commit (EntSyncRun *self, gboolean always, GError **error);

/* ent-sync-job.c: these windows are the next ones. */
void ent_sync_run_put_first (EntSyncRun *self, const GArray *pieces);

/* ent-sync-refusal.c: the first page of @window was refused. TRUE: that is settled, the
 * synchronisation goes on. */
gboolean
ent_sync_run_settle_refusal (EntSyncRun *self, const EntSyncWindow *window, const GError *refusal);

/* ent-sync-window.c */
typedef enum
{
  ENT_SYNC_WINDOW_READ,
  ENT_SYNC_WINDOW_TOO_FULL, /* its rows so far are kept; it has to be split */
  ENT_SYNC_WINDOW_FAILED,
} EntSyncWindowResult;

/* @page: where to go on, NULL for the first. */
EntSyncWindowResult ent_sync_run_read_window (EntSyncRun *self,
                                              const EntSyncWindow *window,
                                              const char *page,
                                              GError **error);

G_END_DECLS
