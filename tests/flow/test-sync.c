/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A synchronisation seen from outside: what a first one asks, several sources, credentials,
 * cancelling, the asynchronous face, the lock, and that no secret is left anywhere. */
#include "config.h"

#include "ent-flow-script.h"
#include "ent-flow.h"
#include "ent-retry.h"
#include "ent-time.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW "2026-11-15T20:00:00Z"
#define HOUR G_GINT64_CONSTANT (3600000)
#define DAY (24 * HOUR)

/* ---- What a first one asks ------------------------------------------------------------------ */

static void
test_first (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  g_autoptr (EntSourceRecord) record = NULL;
  gint64 now = ent_clock_now ();
  gint64 today = now - now % DAY;

  ent_flow_script_add_many (script, "SMS", 3, today - 40 * DAY, HOUR);
  ent_flow_script_add_many (script, "WHATSAPP", 3, today + HOUR, HOUR);
  {
    g_autoptr (EntSyncResult) result = ent_flow_sync (home);

    g_assert_cmpint (result->fetched, ==, 6);
    g_assert_cmpint (result->added, ==, 6);
    g_assert_cmpint (result->changed, ==, 0);
  }
  /* The latest day of each channel comes before any other day. */
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (g_array_index (script->asked, EntFlowQuestion, i).to, ==, now);
  /* 91 days of two channels, 30 days at a time of the two that are mostly empty. */
  g_assert_cmpuint (script->asked->len, ==, 2 * 91 + 2 * 4);

  g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_SMS, today - 90 * DAY, today), ==,
                   ENT_COVERAGE_COMPLETE);
  g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_RCS, today - 90 * DAY, today), ==,
                   ENT_COVERAGE_COMPLETE);
  g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_SMS, today, today + DAY), ==,
                   ENT_COVERAGE_PARTIAL);
  g_assert_cmpint (
      ent_flow_home_coverage (home, ENT_CHANNEL_SMS, today - 91 * DAY, today - 90 * DAY), ==,
      ENT_COVERAGE_NONE);
  g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_OTHER, today - DAY, today), ==,
                   ENT_COVERAGE_NONE);

  record = ent_flow_home_find_source (home, ENT_FLOW_SOURCE);
  g_assert_cmpint (record->last_success, ==, now);
  g_assert_cmpint (record->last_attempt, ==, now);
  g_assert_null (record->last_error);
}

static void
test_by_hand (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  gint64 now = ent_clock_now ();
  gint64 today = now - now % DAY;
  EntSyncOptions options = ent_flow_by_hand (today - 200 * DAY, today - 198 * DAY);
  g_autoptr (GError) error = NULL;

  ent_flow_script_add_many (script, "SMS", 5, today - 200 * DAY, HOUR);
  ent_flow_script_add_many (script, "SMS", 5, today, HOUR);
  g_assert_true (ent_flow_try_sync (home, &options, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ent_flow_home_count (home), ==, 5);
  g_assert_cmpint (
      ent_flow_home_coverage (home, ENT_CHANNEL_SMS, today - 200 * DAY, today - 198 * DAY), ==,
      ENT_COVERAGE_COMPLETE);

  /* It was no first synchronisation: that one still comes, whole. */
  ent_sync_result_free (ent_flow_sync (home));
  g_assert_cmpint (ent_flow_home_count (home), ==, 10);
  g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_SMS, today - 90 * DAY, today), ==,
                   ENT_COVERAGE_COMPLETE);
}

/* ---- Several sources ------------------------------------------------------------------------ */

/* Every question is answered with a status. */
static gboolean
refuse_cb (const EntFlowQuestion *question,
           const char *honest,
           EntFaultAnswer *answer,
           gpointer user_data)
{
  ent_fault_answer_set (answer, GPOINTER_TO_UINT (user_data), "Location: /x\r\n", "{}", 2);
  return TRUE;
}

static void
test_partly (void)
{
  g_autoptr (EntFlowScript) good = ent_flow_script_new ();
  g_autoptr (EntFlowScript) bad = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (EntSourceRecord) paused = NULL;
  g_autoptr (GError) error = NULL;
  EntSyncOptions only = ent_flow_by_rules;

  bad->hook = refuse_cb;
  bad->hook_data = GUINT_TO_POINTER (400);
  ent_flow_script_add_many (good, "SMS", 7, ent_clock_now () - HOUR, 1000);
  ent_flow_home_add_source (home, "A bad one", ent_fault_server_get_url (bad->server),
                            ENT_FLOW_ANY_CREDENTIALS);
  ent_flow_home_add_source (home, "Good", ent_fault_server_get_url (good->server),
                            ENT_FLOW_ANY_CREDENTIALS);

  g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, &results, &error));
  g_assert_error (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_PARTLY);
  g_clear_error (&error);
  g_assert_cmpuint (results->len, ==, 2);
  g_assert_cmpint (ent_flow_home_count (home), ==, 7);
  for (guint i = 0; i < 2; i++)
    {
      const EntSyncResult *result = g_ptr_array_index (results, i);

      if (strcmp (result->source_name, "Good") == 0)
        g_assert_no_error (result->error);
      else
        g_assert_error (result->error, ENT_API_ERROR, ENT_API_ERROR_REFUSED);
    }

  only.only_source = (char *) "Good";
  g_assert_true (ent_flow_try_sync (home, &only, NULL, &error));
  g_assert_no_error (error);
  only.only_source = (char *) "Nobody";
  g_assert_false (ent_flow_try_sync (home, &only, NULL, &error));
  g_assert_error (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_NO_SOURCE);
  g_clear_error (&error);

  /* A paused one is left out, unless it is asked for by name. */
  paused = ent_flow_home_find_source (home, "A bad one");
  paused->paused = TRUE;
  g_assert_true (ent_user_data_save_source (home->user_data, paused, &error));
  g_assert_true (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
  only.only_source = (char *) "A bad one";
  g_assert_false (ent_flow_try_sync (home, &only, NULL, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_REFUSED);
}

static void
test_no_source (void)
{
  g_autoptr (EntFlowHome) home = ent_flow_home_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
  g_assert_error (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_NO_SOURCE);
}

static void
test_credentials (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  g_autoptr (EntSourceRecord) record = ent_flow_home_find_source (home, ENT_FLOW_SOURCE);
  g_autoptr (GHashTable) session =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) json_object_unref);
  JsonObject *credentials = json_object_new ();
  EntSyncOptions options = ent_flow_by_rules;
  g_autoptr (GError) error = NULL;

  record->credentials = ENT_CREDENTIALS_SESSION;
  g_assert_true (ent_user_data_save_source (home->user_data, record, &error));
  g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_CREDENTIALS);
  g_clear_error (&error);
  g_assert_cmpuint (script->asked->len, ==, 0);

  json_object_set_string_member (credentials, "api_key", "k");
  json_object_set_string_member (credentials, "api_secret", "s");
  g_hash_table_insert (session, record->key, credentials);
  options.session_credentials = session;
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (ent_flow_try_sync (home, &options, NULL, &error));
      g_assert_no_error (error);
    }
  /* They are the caller's, and stay whole. */
  g_assert_cmpstr (json_object_get_string_member (credentials, "api_secret"), ==, "s");
}

/* ---- Cancelling ----------------------------------------------------------------------------- */

typedef struct
{
  GAsyncResult *result;
  guint n_progress;
  guint n_running;
} Watcher;

static void
progress_cb (EntSync *sync, gpointer user_data)
{
  Watcher *watcher = user_data;

  watcher->n_progress++;
}

static void
running_cb (EntSync *sync, GParamSpec *pspec, gpointer user_data)
{
  Watcher *watcher = user_data;

  watcher->n_running++;
}

static gboolean
hang_cb (const EntFlowQuestion *question,
         const char *honest,
         EntFaultAnswer *answer,
         gpointer user_data)
{
  answer->end = ENT_FAULT_HANG;
  return TRUE;
}

static gboolean
busy_cb (const EntFlowQuestion *question,
         const char *honest,
         EntFaultAnswer *answer,
         gpointer user_data)
{
  ent_fault_answer_set (answer, 429, "Retry-After: 100\r\n", "", 0);
  return TRUE;
}

static gboolean
has_asked (gpointer user_data)
{
  return ent_fault_server_get_n_requests (user_data) > 0;
}

static gboolean
is_waiting (gpointer user_data)
{
  EntSyncProgress progress;
  gboolean waiting;

  ent_sync_get_progress (user_data, &progress);
  waiting = progress.state == ENT_SYNC_WAITING && progress.retry_at > g_get_monotonic_time ();
  ent_sync_progress_clear (&progress);
  return waiting;
}

static void
check_cancel (EntFlowHook hook, gboolean in_wait)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  g_autoptr (EntSync) sync = ent_sync_new (home->store, home->user_data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EntSourceRecord) record = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  Watcher watcher = { 0 };
  gint64 start;

  script->hook = hook;
  ent_sync_run_async (sync, &ent_flow_by_rules, cancellable, ent_test_store_result,
                      &watcher.result);
  if (in_wait)
    g_assert_true (ent_test_wait_until (is_waiting, sync, 10000));
  else
    g_assert_true (ent_test_wait_until (has_asked, script->server, 10000));
  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  ent_test_wait_async (&watcher.result, 10000);
  /* Some milliseconds; a machine that is busy with other tests takes longer, yet nowhere near the
   * minute or more that the wait or the deadline would have taken. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 30000000);

  g_assert_false (ent_sync_run_finish (sync, watcher.result, &results, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (results->len, ==, 1);
  g_clear_object (&watcher.result);
  record = ent_flow_home_find_source (home, ENT_FLOW_SOURCE);
  g_assert_null (record->last_error);
}

static void
test_cancel (void)
{
  ent_retry_set_wait_func (NULL, NULL);
  check_cancel (hang_cb, FALSE);
  check_cancel (busy_cb, TRUE);
  ent_retry_set_wait_func (ent_flow_no_wait, NULL);
}

static void
test_cancelled_before (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  g_autoptr (EntSync) sync = ent_sync_new (home->store, home->user_data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (ent_sync_run (sync, &ent_flow_by_rules, cancellable, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (script->asked->len, ==, 0);
}

/* ---- The asynchronous face ------------------------------------------------------------------ */

static void
test_async (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  g_autoptr (EntSync) sync = ent_sync_new (home->store, home->user_data);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  EntSyncProgress progress;
  Watcher watcher = { 0 };
  gboolean running = FALSE;

  ent_flow_script_add_many (script, "SMS", 300, ent_clock_now () - HOUR, 1000);
  g_signal_connect (sync, "progress", G_CALLBACK (progress_cb), &watcher);
  g_signal_connect (sync, "notify::running", G_CALLBACK (running_cb), &watcher);
  ent_sync_run_async (sync, &ent_flow_by_rules, NULL, ent_test_store_result, &watcher.result);
  g_object_get (sync, "running", &running, NULL);
  g_assert_true (running);
  g_assert_cmpuint (watcher.n_running, ==, 1);

  ent_test_wait_async (&watcher.result, 30000);
  g_object_get (sync, "running", &running, NULL);
  g_assert_false (running);
  g_assert_cmpuint (watcher.n_running, ==, 2);
  g_assert_cmpuint (watcher.n_progress, >, 0);
  g_assert_true (ent_sync_run_finish (sync, watcher.result, &results, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 1);

  ent_sync_get_progress (sync, &progress);
  g_assert_cmpint (progress.state, ==, ENT_SYNC_IDLE);
  g_assert_cmpint (progress.fetched, ==, 300);
  g_assert_cmpint (progress.added, ==, 300);
  g_assert_cmpuint (progress.windows_done, ==, progress.windows_total);
  g_assert_null (progress.source_name);
  ent_sync_progress_clear (&progress);
  g_clear_object (&watcher.result);
  g_assert_finalize_object (g_steal_pointer (&sync));
}

/* One at a time, whoever asks. */
static void
test_locked (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  g_autoptr (EntSync) first = ent_sync_new (home->store, home->user_data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  script->hook = hang_cb;
  ent_sync_run_async (first, &ent_flow_by_rules, cancellable, ent_test_store_result, &result);
  g_assert_true (ent_test_wait_until (has_asked, script->server, 10000));
  g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
  g_assert_error (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_LOCKED);
  g_cancellable_cancel (cancellable);
  ent_test_wait_async (&result, 10000);
  g_clear_object (&result);
}

/* ---- Secrets -------------------------------------------------------------------------------- */

#define CANARY "canary-c0ffee42"

static GString *logged;

static GLogWriterOutput
keep_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].length < 0)
      g_string_append_printf (logged, "%s=%s\n", fields[i].key, (const char *) fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

static void
assert_no_canary (const char *path)
{
  g_autofree char *data = NULL;
  g_autofree char *encoded = g_base64_encode ((const guchar *) "k:" CANARY, strlen ("k:" CANARY));
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_null (memmem (data, length, CANARY, strlen (CANARY)));
  g_assert_null (memmem (data, length, encoded, strlen (encoded)));
}

static void
assert_no_canary_below (const char *dir)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  const char *name;

  g_assert_nonnull (entries);
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      GStatBuf info;

      g_assert_cmpint (g_lstat (path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 0077, ==, 0);
      if (S_ISDIR (info.st_mode))
        assert_no_canary_below (path);
      else
        assert_no_canary (path);
    }
}

/* In a process of its own, since it takes over the log. Each way to fail, then a good end. */
static void
test_secrets_subprocess (void)
{
  static const guint statuses[] = { 401, 403, 400, 503, 302, 0 };
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new ();

  logged = g_string_new (NULL);
  g_log_set_writer_func (keep_log, NULL, NULL);
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  ent_flow_home_add_source (home, ENT_FLOW_SOURCE, ent_fault_server_get_url (script->server),
                            "{\"api_key\":\"k\",\"api_secret\":\"" CANARY "\"}");
  ent_flow_script_add_many (script, "SMS", 10, ent_clock_now () - HOUR, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) received = NULL;
      g_autoptr (EntSourceRecord) record = NULL;
      gboolean good;

      script->hook = statuses[i] != 0 ? refuse_cb : NULL;
      script->hook_data = GUINT_TO_POINTER (statuses[i]);
      good = ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error);
      g_assert_true (good || strstr (error->message, CANARY) == NULL);
      record = ent_flow_home_find_source (home, ENT_FLOW_SOURCE);
      g_assert_true (record->last_error == NULL || strstr (record->last_error, CANARY) == NULL);
      /* It did go out, encoded, in the header: the test tests something. */
      received = ent_fault_server_dup_received (script->server);
      g_assert_nonnull (memmem (received->data, received->len, "Authorization: Basic ", 21));
    }
  g_assert_cmpint (ent_flow_home_count (home), ==, 10);
  assert_no_canary_below (home->dir);
  ent_flow_home_reopen (home);
  assert_no_canary_below (home->dir);
  g_assert_null (strstr (logged->str, CANARY));
}

static void
test_secrets (void)
{
  g_test_trap_subprocess ("/sync/secrets/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout_unmatched ("*" CANARY "*");
  g_test_trap_assert_stderr_unmatched ("*" CANARY "*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (ent_clock_set (NOW, NULL));
  ent_retry_set_wait_func (ent_flow_no_wait, NULL);
  g_test_add_func ("/sync/first", test_first);
  g_test_add_func ("/sync/by-hand", test_by_hand);
  g_test_add_func ("/sync/partly", test_partly);
  g_test_add_func ("/sync/no-source", test_no_source);
  g_test_add_func ("/sync/credentials", test_credentials);
  g_test_add_func ("/sync/cancel", test_cancel);
  g_test_add_func ("/sync/cancelled-before", test_cancelled_before);
  g_test_add_func ("/sync/async", test_async);
  g_test_add_func ("/sync/locked", test_locked);
  g_test_add_func ("/sync/secrets", test_secrets);
  g_test_add_func ("/sync/secrets/subprocess", test_secrets_subprocess);
  return g_test_run ();
}
