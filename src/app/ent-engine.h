/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all windows share: the store, the user's own data, synchronisation, the credentials
 * known for this run and the provider of the sample data. One per application, owned by it.
 * Main thread; everything slow runs on workers and answers here.
 *
 * Signals: sources-changed, templates-changed, exports-changed (no arguments): the list was
 * read again. sync-finished (GPtrArray of EntSyncResult, GError or NULL).
 * Property syncing (boolean). */
#pragma once

#include "ent-store.h"
#include "ent-sync.h"
#include "ent-user-data.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define ENT_TYPE_ENGINE (ent_engine_get_type ())
G_DECLARE_FINAL_TYPE (EntEngine, ent_engine, ENT, ENGINE, GObject)

EntEngine *ent_engine_new (const char *data_dir);
const char *ent_engine_get_data_dir (EntEngine *self);
void ent_engine_open_async (EntEngine *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean ent_engine_open_finish (EntEngine *self, GAsyncResult *result, GError **error);
gboolean ent_engine_is_open (EntEngine *self);
/* Ends what runs and closes the databases. Blocks for as long as a commit takes. */
void ent_engine_close (EntEngine *self);

EntStore *ent_engine_get_store (EntEngine *self);
EntUserData *ent_engine_get_user_data (EntEngine *self);
EntSync *ent_engine_get_sync (EntEngine *self);

/* ---- Lists, as last read; main-thread copies, never NULL ---- */

typedef enum
{
  ENT_ENGINE_SOURCES,
  ENT_ENGINE_TEMPLATES,
  ENT_ENGINE_EXPORTS,
} EntEngineList;
#define ENT_N_ENGINE_LISTS 3

GPtrArray *ent_engine_get_list (EntEngine *self, EntEngineList list);
/* Whether that list was read at least once. */
gboolean ent_engine_has_list (EntEngine *self, EntEngineList list);
void ent_engine_reload (EntEngine *self, EntEngineList list);
EntSourceRecord *ent_engine_find_source (EntEngine *self, const char *key);
EntSourceRecord *ent_engine_find_sample (EntEngine *self);

/* Whether there is a source that is not paused. */
gboolean ent_engine_has_active_source (EntEngine *self);

/* ---- Work on the user's data, on a worker ---- */

typedef gboolean (*EntEngineJob) (EntUserData *user_data, gpointer data, GError **error);
/* Runs @job on a worker, then reads @list again. @callback may be NULL (then a failure is
 * lost: give one wherever something can fail). */
void ent_engine_run_async (EntEngine *self,
                           EntEngineList list,
                           EntEngineJob job,
                           gpointer data,
                           GDestroyNotify destroy,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean ent_engine_run_finish (EntEngine *self, GAsyncResult *result, GError **error);

/* ---- Synchronising ---- */

gboolean ent_engine_is_syncing (EntEngine *self);
/* @only_source: a name, or NULL for all that are not paused. Does nothing while one runs. */
void ent_engine_synchronise (EntEngine *self, const char *only_source);
void ent_engine_cancel_sync (EntEngine *self);
/* The last synchronisation that failed as a whole; NULL when it went well. */
const GError *ent_engine_get_sync_error (EntEngine *self);
/* Latest success over all sources, UTC ms; 0 = never. */
gint64 ent_engine_get_last_success (EntEngine *self);

/* ---- Sources ---- */

/* (transfer full) */
EntSourceRecord *ent_engine_copy_source (const EntSourceRecord *record);
/* For this run only; (transfer none). */
void ent_engine_set_session_credentials (EntEngine *self, const char *key, JsonObject *credentials);
gboolean ent_engine_has_session_credentials (EntEngine *self, const char *key);

/* Are address and credentials right? @options and @credentials are copied. */
void ent_engine_test_source_async (EntEngine *self,
                                   const char *kind,
                                   JsonObject *options,
                                   JsonObject *credentials,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean ent_engine_test_source_finish (EntEngine *self, GAsyncResult *result, GError **error);
/* The same for a source that is there, with the credentials it has. */
void ent_engine_test_record_async (EntEngine *self,
                                   const EntSourceRecord *record,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/* Stores the secret in the keyring, or keeps it for this run where none answers, and saves
 * the record with what became of it. @credentials NULL: unchanged. */
void ent_engine_save_source_async (EntEngine *self,
                                   const EntSourceRecord *record,
                                   JsonObject *credentials,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* @in_keyring: FALSE when the secret is known for this run only. */
gboolean ent_engine_save_source_finish (EntEngine *self,
                                        GAsyncResult *result,
                                        gboolean *in_keyring,
                                        GError **error);

/* @erase: its messages too. */
void ent_engine_remove_source_async (EntEngine *self,
                                     const char *key,
                                     gboolean erase,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Messages erased, -1 on error. */
gint64 ent_engine_remove_source_finish (EntEngine *self, GAsyncResult *result, GError **error);

/* ---- Sample data ---- */

/* Starts the bundled provider (again, where the source is there already), adds or updates the
 * source, and synchronises it. */
void ent_engine_start_sample_async (EntEngine *self, GAsyncReadyCallback callback, gpointer data);
gboolean ent_engine_start_sample_finish (EntEngine *self, GAsyncResult *result, GError **error);

G_END_DECLS
