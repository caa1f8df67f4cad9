/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synchronising: which windows to ask for, resuming, committing, coverage, progress.
 * ent_sync_run blocks (command line, tests); ent_sync_run_async runs it on the fetch
 * thread and notifies progress in the main context of the caller. One synchronisation of
 * a data folder at a time, whatever the process (lock file with pid and start). */
#pragma once

#include "ent-source.h"
#include "ent-store.h"
#include "ent-user-data.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_SYNC_ERROR_LOCKED, /* another process synchronises: the message has its pid and since when */
  ENT_SYNC_ERROR_PARTLY, /* some sources failed; see the results */
  ENT_SYNC_ERROR_NO_SOURCE,
} EntSyncError;
#define ENT_SYNC_ERROR (ent_sync_error_quark ())
GQuark ent_sync_error_quark (void);

typedef enum
{
  ENT_SYNC_IDLE,
  ENT_SYNC_RUNNING,
  ENT_SYNC_WAITING, /* between tries, see retry_at */
} EntSyncState;

/* A copy of the progress at one moment. */
typedef struct
{
  EntSyncState state;
  char *source_name; /* being synchronised; NULL when idle */
  EntChannel channel;
  gint64 window_from; /* UTC ms */
  gint64 window_to;
  guint windows_done;
  guint windows_total;
  gint64 fetched; /* observations received */
  gint64 added;
  gint64 changed;
  gint64 quarantined;
  gint64 retry_at; /* monotonic µs; 0 = not waiting */
} EntSyncProgress;
void ent_sync_progress_clear (EntSyncProgress *self);

typedef struct
{
  char *source_key;
  char *source_name;
  gint64 fetched;
  gint64 added;
  gint64 changed;
  gint64 quarantined;
  /* The provider refused older days, which is no failure: they stay uncovered, and this is the
   * instant from which on it answers. ENT_TIME_NONE: nothing was refused. */
  gint64 answers_from;
  char *refusal; /* what it said; NULL where nothing was refused, or nothing was said */
  GError *error; /* NULL = done */
} EntSyncResult;
void ent_sync_result_free (EntSyncResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSyncResult, ent_sync_result_free)

typedef struct
{
  char *only_source; /* name or key, also of a paused one; NULL = all that are not paused */
  gint64 from;       /* UTC ms; ENT_TIME_NONE in both, or 0 in both = by the rules */
  gint64 to;
  gboolean wait; /* for the lock */
  /* Credentials known for this run only, by source key; may be NULL. (element-type utf8 JsonObject)
   */
  GHashTable *session_credentials;
} EntSyncOptions;

#define ENT_TYPE_SYNC (ent_sync_get_type ())
G_DECLARE_FINAL_TYPE (EntSync, ent_sync, ENT, SYNC, GObject)
/* Signal "progress" (no arguments): at most ten times a second, in the main context that made
 * the object (run_async only); read the state with ent_sync_get_progress.
 * Property "running" (boolean). */

EntSync *ent_sync_new (EntStore *store, EntUserData *user_data);
void ent_sync_get_progress (EntSync *self,
                            EntSyncProgress *progress); /* any thread; clear it after use */

/* @results: (element-type EntSyncResult) (transfer full), also with an error. Errors: LOCKED,
 * PARTLY, NO_SOURCE, G_IO_ERROR_CANCELLED, or the only source's own. */
gboolean ent_sync_run (EntSync *self,
                       const EntSyncOptions *options,
                       GCancellable *cancellable,
                       GPtrArray **results,
                       GError **error);
void ent_sync_run_async (EntSync *self,
                         const EntSyncOptions *options,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean
ent_sync_run_finish (EntSync *self, GAsyncResult *result, GPtrArray **results, GError **error);
/* For the command line: called on the running thread after each page. */
typedef void (*EntSyncProgressFunc) (const EntSyncProgress *progress, gpointer user_data);
void ent_sync_set_progress_func (EntSync *self, EntSyncProgressFunc func, gpointer user_data);

/* What a synchronisation asks for at a time; see ent-sync-plan.h. */
typedef struct
{
  EntChannel channel;
  gint64 from;
  gint64 to;
} EntSyncWindow;

G_END_DECLS
