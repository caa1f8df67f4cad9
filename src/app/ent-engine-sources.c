/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources: testing, saving with their secret, removing. The secret goes to the keyring, or
 * stays in memory for this run; it is never written by us. Main thread; work on workers. */
#include "config.h"

#include "ent-credentials.h"
#include "ent-engine-private.h"
#include "ent-source.h"

/* ---- Test ---- */

typedef struct
{
  char *kind;
  JsonObject *options;
  JsonObject *credentials; /* NULL: what @record has */
  EntSourceRecord *record;
} Test;

static void
test_free (gpointer data)
{
  Test *test = data;

  g_free (test->kind);
  g_clear_pointer (&test->options, json_object_unref);
  g_clear_pointer (&test->credentials, json_object_unref);
  g_clear_pointer (&test->record, ent_source_record_unref);
  g_free (test);
}

/* A deep copy, since a JsonObject is not for two threads. */
static JsonObject *
copy_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) copy = NULL;

  json_node_set_object (node, object);
  text = json_to_string (node, FALSE);
  copy = json_from_string (text, NULL);
  return json_node_dup_object (copy);
}

static JsonObject *
lookup_credentials (const EntSourceRecord *record, GCancellable *cancellable, GError **error)
{
  switch (record->credentials)
    {
    case ENT_CREDENTIALS_KEYRING:
      return ent_credentials_lookup (record->key, cancellable, error);
    case ENT_CREDENTIALS_FILE:
      return ent_credentials_read_file (record->credentials_ref, TRUE, error);
    case ENT_CREDENTIALS_ENV:
      return ent_credentials_read_env (record->credentials_ref, error);
    case ENT_CREDENTIALS_NONE:
      return json_object_new ();
    case ENT_CREDENTIALS_SESSION:
    default:
      g_set_error_literal (error, ENT_API_ERROR, ENT_API_ERROR_CREDENTIALS,
                           "the credentials were known for an earlier run only");
      return NULL;
    }
}

static void
test_in_worker (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Test *test = data;
  g_autoptr (EntSource) source = NULL;
  GError *error = NULL;

  if (test->credentials == NULL)
    test->credentials = lookup_credentials (test->record, cancellable, &error);
  if (test->credentials != NULL)
    source = ent_source_new (test->kind, test->options, test->credentials, &error);
  if (source == NULL || !ent_source_test (source, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
test_start (EntEngine *self,
            Test *test,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ent_engine_test_source_async);
  g_task_set_task_data (task, test, test_free);
  g_task_run_in_thread (task, test_in_worker);
}

void
ent_engine_test_source_async (EntEngine *self,
                              const char *kind,
                              JsonObject *options,
                              JsonObject *credentials,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Test *test = g_new0 (Test, 1);

  test->kind = g_strdup (kind);
  test->options = copy_object (options);
  test->credentials = copy_object (credentials);
  test_start (self, test, cancellable, callback, user_data);
}

void
ent_engine_test_record_async (EntEngine *self,
                              const EntSourceRecord *record,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  JsonObject *known = g_hash_table_lookup (self->session_credentials, record->key);
  g_autoptr (JsonNode) options = json_from_string (record->options, NULL);
  Test *test = g_new0 (Test, 1);

  test->kind = g_strdup (record->kind);
  test->options = options != NULL && JSON_NODE_HOLDS_OBJECT (options)
                      ? json_node_dup_object (options)
                      : json_object_new ();
  test->credentials = known != NULL ? copy_object (known) : NULL;
  test->record = ent_source_record_ref ((EntSourceRecord *) record);
  test_start (self, test, NULL, callback, user_data);
}

gboolean
ent_engine_test_source_finish (EntEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- Save ---- */

typedef struct
{
  EntUserData *user_data;
  EntSourceRecord *record;
  JsonObject *credentials;
  JsonObject *known; /* main thread's copy, for the session */
  gboolean in_keyring;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  ent_user_data_unref (save->user_data);
  ent_source_record_unref (save->record);
  g_clear_pointer (&save->credentials, json_object_unref);
  g_clear_pointer (&save->known, json_object_unref);
  g_free (save);
}

EntSourceRecord *
ent_engine_copy_source (const EntSourceRecord *record)
{
  EntSourceRecord *copy = ent_source_record_new ();

  /* A new record comes with a key of its own. */
  g_free (copy->key);
  copy->key = g_strdup (record->key);
  copy->kind = g_strdup (record->kind);
  copy->name = g_strdup (record->name);
  copy->options = g_strdup (record->options);
  copy->credentials = record->credentials;
  copy->credentials_ref = g_strdup (record->credentials_ref);
  copy->paused = record->paused;
  copy->sample = record->sample;
  copy->created_at = record->created_at;
  copy->last_success = record->last_success;
  copy->last_attempt = record->last_attempt;
  copy->last_error = g_strdup (record->last_error);
  return copy;
}

static void
save_in_worker (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Save *save = data;
  EntSourceRecord *record = save->record;
  GError *error = NULL;

  save->in_keyring = TRUE;
  if (save->credentials != NULL && record->credentials == ENT_CREDENTIALS_KEYRING)
    {
      g_autoptr (GError) refused = NULL;

      save->in_keyring = ent_credentials_store (record->key, record->name, save->credentials,
                                                cancellable, &refused);
      if (!save->in_keyring)
        record->credentials = ENT_CREDENTIALS_SESSION;
    }
  if (ent_user_data_save_source (save->user_data, record, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EntEngine *self = ENT_ENGINE (source);
  g_autoptr (GTask) task = data;
  Save *save = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (save->known != NULL && save->record->credentials == ENT_CREDENTIALS_SESSION)
    ent_engine_set_session_credentials (self, save->record->key, save->known);
  if (ent_engine_is_open (self))
    ent_engine_reload (self, ENT_ENGINE_SOURCES);
  g_task_return_int (task, save->in_keyring ? 1 : 0);
}

void
ent_engine_save_source_async (EntEngine *self,
                              const EntSourceRecord *record,
                              JsonObject *credentials,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) worker = g_task_new (self, NULL, saved_cb, task);
  Save *save = g_new0 (Save, 1);

  g_task_set_source_tag (task, ent_engine_save_source_async);
  save->user_data = ent_user_data_ref (self->user_data);
  save->record = ent_engine_copy_source (record);
  if (credentials != NULL)
    {
      save->credentials = copy_object (credentials);
      save->known = json_object_ref (credentials);
    }
  g_task_set_task_data (worker, save, save_free);
  g_task_run_in_thread (worker, save_in_worker);
}

gboolean
ent_engine_save_source_finish (EntEngine *self,
                               GAsyncResult *result,
                               gboolean *in_keyring,
                               GError **error)
{
  gssize kept = g_task_propagate_int (G_TASK (result), error);

  if (kept < 0)
    return FALSE;
  if (in_keyring != NULL)
    *in_keyring = kept == 1;
  return TRUE;
}

/* ---- Remove ---- */

typedef struct
{
  EntStore *store;
  EntUserData *user_data;
  char *key;
  gboolean erase;
  gboolean forget;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->store);
  ent_user_data_unref (removal->user_data);
  g_free (removal->key);
  g_free (removal);
}

/* The messages go first: where that fails, the source is still there to try again with. */
static void
remove_in_worker (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Removal *removal = data;
  GError *error = NULL;
  gint64 erased = 0;

  if (removal->erase)
    erased = ent_store_erase_source (removal->store, removal->key, cancellable, &error);
  if (erased < 0 || !ent_user_data_remove_source (removal->user_data, removal->key, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  /* A keyring that does not answer keeps a secret that nothing refers to any more. */
  if (removal->forget)
    ent_credentials_forget (removal->key, cancellable, NULL);
  g_task_return_int (task, erased);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EntEngine *self = ENT_ENGINE (source);
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gssize erased = g_task_propagate_int (G_TASK (result), &error);

  if (erased >= 0)
    ent_engine_forget_session_credentials (self, removal->key);
  if (ent_engine_is_open (self))
    ent_engine_reload (self, ENT_ENGINE_SOURCES);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, erased);
}

void
ent_engine_remove_source_async (EntEngine *self,
                                const char *key,
                                gboolean erase,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) worker = g_task_new (self, NULL, removed_cb, task);
  EntSourceRecord *record = ent_engine_find_source (self, key);
  Removal *removal = g_new0 (Removal, 1);

  g_task_set_source_tag (task, ent_engine_remove_source_async);
  removal->store = g_object_ref (self->store);
  removal->user_data = ent_user_data_ref (self->user_data);
  removal->key = g_strdup (key);
  removal->erase = erase;
  removal->forget = record != NULL && record->credentials == ENT_CREDENTIALS_KEYRING;
  if (record != NULL && record->sample)
    g_clear_pointer (&self->sample, ent_sample_free);
  g_task_set_task_data (worker, removal, removal_free);
  g_task_run_in_thread (worker, remove_in_worker);
}

gint64
ent_engine_remove_source_finish (EntEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

/* ---- Credentials of this run ---- */

void
ent_engine_set_session_credentials (EntEngine *self, const char *key, JsonObject *credentials)
{
  g_hash_table_replace (self->session_credentials, g_strdup (key), json_object_ref (credentials));
}

gboolean
ent_engine_has_session_credentials (EntEngine *self, const char *key)
{
  return g_hash_table_contains (self->session_credentials, key);
}

void
ent_engine_forget_session_credentials (EntEngine *self, const char *key)
{
  g_hash_table_remove (self->session_credentials, key);
}
