/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Snapshots while others write, commits of other processes, the asynchronous calls and their
 * cancellation. */

#include "store-world.h"

#include <sys/wait.h>
#include <unistd.h>

/* Messages 1 to n, all sent at the same instant on one day. */
static EntBatch *
plain_batch (guint from, guint to)
{
  EntBatch *batch = ent_batch_new ("src", "Name");

  batch->now = WORLD_NOW;
  batch->observations = ent_observations_new ();
  for (guint i = from; i < to; i++)
    {
      EntObservation *o = ent_observations_append (batch->observations);
      g_autofree char *rid = g_strdup_printf ("m%u", i);

      o->remote_id = ent_observations_intern (batch->observations, rid, -1);
      o->updated_at = WORLD_NOW;
      o->stages = ENT_STAGE_FLAG_SENT;
      o->stage_times[ENT_STAGE_TIME_ACCEPTED] = WORLD_NOW - 1000 - i;
      o->texts[ENT_FIELD_CONTENT - ENT_N_NUMBER_FIELDS] = "Some text to look through";
      o->texts[ENT_FIELD_CAMPAIGN - ENT_N_NUMBER_FIELDS] = i % 2 ? "odd" : "even";
    }
  return batch;
}

static EntQuery *
everything (void)
{
  g_autoptr (EntReport) report = ent_report_new ("en");

  return ent_query_new (report, WORLD_NOW);
}

static EntQuery *
text_search (void)
{
  EntQuery *query = everything ();
  EntFilter *filter = ent_filter_with (query->filter, ENT_FILTER_TEXT, "text to look", FALSE, NULL);

  ent_filter_unref (query->filter);
  query->filter = filter;
  return query;
}

/* ---- Isolation ------------------------------------------------------------------------------ */

typedef struct
{
  EntStore *store;
  guint n;
} Writing;

static gpointer
write_in_thread (gpointer data)
{
  Writing *writing = data;

  for (guint i = 0; i < writing->n; i++)
    g_assert_true (
        ent_store_ingest (writing->store, plain_batch (i * 100, i * 100 + 150), NULL, NULL));
  return NULL;
}

/* Columns (count), rows read by SQL (text search) and totals agree in each snapshot. */
static void
assert_consistent (EntSnapshot *snapshot)
{
  g_autoptr (EntQuery) all = everything ();
  g_autoptr (EntQuery) by_text = text_search ();
  gint64 n = ent_snapshot_get_n_messages (snapshot);
  g_autoptr (EntSummary) summary =
      ent_snapshot_summarise (snapshot, all, ENT_BY_CAMPAIGN, NULL, NULL);

  g_assert_cmpint (ent_snapshot_count (snapshot, all, NULL, NULL), ==, n);
  g_assert_cmpint (ent_snapshot_count (snapshot, by_text, NULL, NULL), ==, n);
  g_assert_cmpint (summary->totals.total, ==, n);
  g_assert_cmpint (summary->data_version, ==, ent_snapshot_get_data_version (snapshot));
}

static void
test_isolation (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  Writing writing = { store, 60 };
  g_autoptr (EntSnapshot) first = NULL;
  GThread *thread;
  gint64 last = 0;

  g_assert_true (ent_store_ingest (store, plain_batch (0, 10), NULL, NULL));
  first = ent_store_snapshot (store, NULL);
  thread = g_thread_new ("writer", write_in_thread, &writing);
  while (last < 6050)
    {
      g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, NULL);
      gint64 n = ent_snapshot_get_n_messages (snapshot);

      g_assert_cmpint (n, >=, last);
      assert_consistent (snapshot);
      last = n;
    }
  g_thread_join (thread);

  /* The first one is where it was. */
  g_assert_cmpint (ent_snapshot_get_n_messages (first), ==, 10);
  assert_consistent (first);
  g_clear_pointer (&first, ent_snapshot_free);
  world_assert_clean (store);
  world_close (store);
}

/* ---- Other processes ------------------------------------------------------------------------ */

static void
notified_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static gboolean
has_notified (gpointer user_data)
{
  return *(guint *) user_data > 0;
}

static void
test_other_process (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  guint n_notified = 0;
  gint64 version;

  g_signal_connect (store, "notify::data-version", G_CALLBACK (notified_cb), &n_notified);
  g_assert_true (ent_store_ingest (store, plain_batch (0, 5000), NULL, NULL));
  g_assert_true (ent_test_wait_until (has_notified, &n_notified, 5000));
  version = ent_store_get_data_version (store);

  for (guint round = 1; round <= 3; round++)
    {
      g_autofree char *number = g_strdup_printf ("%u", round);
      const char *argv[] = { "/proc/self/exe", "--other", dir, number, NULL };
      g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
      g_autoptr (EntSnapshot) snapshot = NULL;

      argv[0] = self;
      g_assert_cmpint (ent_test_run (argv, NULL, NULL, NULL), ==, 0);
      n_notified = 0;
      ent_store_poll (store);
      g_assert_true (ent_test_wait_until (has_notified, &n_notified, 5000));
      g_assert_cmpint (ent_store_get_data_version (store), ==, version + round);
      snapshot = ent_store_snapshot (store, NULL);
      g_assert_cmpint (ent_snapshot_get_n_messages (snapshot), ==, 5000 + round * 1000);
      assert_consistent (snapshot);
    }
  /* And we can write on top of what it wrote. */
  g_assert_true (ent_store_ingest (store, plain_batch (4000, 9000), NULL, NULL));
  {
    g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, NULL);

    g_assert_cmpint (ent_snapshot_get_n_messages (snapshot), ==, 9000);
  }
  world_assert_clean (store);
  ent_store_close (store);
  g_assert_finalize_object (store);
}

static int
be_other_process (const char *dir, const char *number)
{
  guint round = (guint) atoi (number);
  EntStore *store = world_open (dir);
  EntIngestResult result;

  g_assert_true (ent_store_ingest (store, plain_batch (4000 + round * 1000, 5000 + round * 1000),
                                   &result, NULL));
  g_assert_cmpint (result.added, ==, 1000);
  world_close (store);
  return 0;
}

/* ---- Asynchronous calls --------------------------------------------------------------------- */

static EntStore *
open_async (const char *dir)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  EntStore *store;

  ent_store_open_async (dir, NULL, ent_test_store_result, &result);
  ent_test_wait_async (&result, 10000);
  store = ent_store_open_finish (result, &error);
  g_assert_no_error (error);
  return store;
}

static void
test_async (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = open_async (dir);
  g_autoptr (EntReport) report = ent_report_new ("en");
  g_autoptr (EntQuery) query = everything ();
  const EntSort sort = { ENT_COLUMN_CREATED_AT, TRUE };
  GAsyncResult *results[7] = { NULL };
  g_autoptr (EntOverview) overview = NULL;
  g_autoptr (EntSelection) selection = NULL;
  g_autoptr (EntSummary) summary = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) conversation = NULL;
  g_autoptr (GArray) values = NULL;
  g_autofree EntInsight *insight = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_store_ingest (store, plain_batch (0, 5000), NULL, NULL));
  report->compare = ENT_COMPARE_PREVIOUS_PERIOD;
  ent_store_overview_async (store, report, WORLD_NOW, NULL, ent_test_store_result, &results[0]);
  ent_store_select_async (store, query, sort, NULL, ent_test_store_result, &results[1]);
  ent_store_count_async (store, query, NULL, ent_test_store_result, &results[2]);
  ent_store_summarise_async (store, query, ENT_BY_CAMPAIGN, NULL, ent_test_store_result,
                             &results[3]);
  ent_store_values_async (store, query, ENT_FILTER_CAMPAIGN, NULL, ent_test_store_result,
                          &results[4]);
  for (guint i = 0; i < 5; i++)
    ent_test_wait_async (&results[i], 10000);

  overview = ent_store_overview_finish (store, results[0], &error);
  g_assert_no_error (error);
  g_assert_cmpint (overview->summary->totals.total, ==, 5000);
  g_assert_nonnull (overview->compared);
  g_assert_nonnull (overview->current);
  g_assert_cmpint (overview->current->range.last, <, overview->summary->range.last);
  selection = ent_store_select_finish (store, results[1], &error);
  g_assert_cmpuint (ent_selection_get_size (selection), ==, 5000);
  g_assert_cmpint (ent_selection_get_id (selection, 0), ==, 1);
  g_assert_cmpint (ent_store_count_finish (store, results[2], &error), ==, 5000);
  summary = ent_store_summarise_finish (store, results[3], &error);
  g_assert_cmpuint (summary->n_rows, ==, 2);
  values = ent_store_values_finish (store, results[4], &error);
  g_assert_cmpuint (values->len, ==, 2);

  g_clear_object (&results[0]);
  ent_store_insight_async (store, query, NULL, ent_test_store_result, &results[0]);
  ent_test_wait_async (&results[0], 10000);
  insight = ent_store_insight_finish (store, results[0], &error);
  g_assert_cmpint (insight->to_deliver.n, ==, 0);
  g_assert_cmpint (insight->replied, ==, 0);

  ent_store_rows_async (store, ent_selection_get_positions (selection), 50, NULL,
                        ent_test_store_result, &results[5]);
  ent_test_wait_async (&results[5], 10000);
  rows = ent_store_rows_finish (store, results[5], &error);
  g_assert_cmpuint (rows->len, ==, 50);
  ent_store_conversation_async (store, g_ptr_array_index (rows, 0), 5, NULL, ent_test_store_result,
                                &results[6]);
  ent_test_wait_async (&results[6], 10000);
  conversation = ent_store_conversation_finish (store, results[6], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conversation->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_clear_object (&results[i]);

  ent_store_close (store);
  g_assert_finalize_object (store);
}

/* Before, at once, soon, after: a cancelled call always says so, and others go on. */
static void
test_cancel (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  g_autoptr (EntQuery) query = text_search ();

  for (guint i = 0; i < 5; i++)
    g_assert_true (
        ent_store_ingest (store, plain_batch (i * 10000, i * 10000 + 10000), NULL, NULL));
  for (guint when = 0; when < 3; when++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (when == 0)
        g_cancellable_cancel (cancellable);
      ent_store_count_async (store, query, cancellable, ent_test_store_result, &result);
      if (when == 2)
        g_usleep (2000);
      g_cancellable_cancel (cancellable);
      ent_test_wait_async (&result, 10000);
      g_assert_cmpint (ent_store_count_finish (store, result, &error), ==, -1);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, NULL);
    g_autoptr (GError) error = NULL;

    ent_store_count_async (store, query, cancellable, ent_test_store_result, &result);
    ent_test_wait_async (&result, 30000);
    g_cancellable_cancel (cancellable);
    g_assert_cmpint (ent_snapshot_count (snapshot, query, cancellable, &error), ==, -1);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    /* The snapshot is as good as before. */
    g_assert_cmpint (ent_snapshot_count (snapshot, query, NULL, NULL), ==, 50000);
  }
  world_close (store);
}

/* The newest of a kind ends the one before it: that has its whole answer already, or none. On a
 * busy machine one may be through before the next is asked, but not all of them. */
static void
test_newest_wins (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  g_autoptr (EntQuery) query = text_search ();
  GAsyncResult *results[8] = { NULL };
  guint n = G_N_ELEMENTS (results);
  guint n_cancelled = 0;

  for (guint i = 0; i < 6; i++)
    g_assert_true (
        ent_store_ingest (store, plain_batch (i * 10000, i * 10000 + 10000), NULL, NULL));
  for (guint i = 0; i < n; i++)
    ent_store_count_async (store, query, NULL, ent_test_store_result, &results[i]);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 count;

      ent_test_wait_async (&results[i], 30000);
      count = ent_store_count_finish (store, results[i], &error);
      n_cancelled += g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      if (i + 1 == n || error == NULL)
        g_assert_cmpint (count, ==, 60000);
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_object (&results[i]);
    }
  g_assert_cmpuint (n_cancelled, >, 0);
  world_close (store);
}

/* Closing with calls under way: each is answered. */
static void
test_close_busy (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  g_autoptr (EntQuery) query = text_search ();
  GAsyncResult *results[3] = { NULL };

  g_assert_true (ent_store_ingest (store, plain_batch (0, 20000), NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    ent_store_summarise_async (store, query, ENT_BY_DAY, NULL, ent_test_store_result, &results[i]);
  ent_store_close (store);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntSummary) summary = NULL;

      ent_test_wait_async (&results[i], 30000);
      summary = ent_store_summarise_finish (store, results[i], &error);
      g_assert_true ((summary != NULL) == (error == NULL));
      g_clear_object (&results[i]);
    }
  g_object_unref (store);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--other"))
    return be_other_process (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/threads/isolation", test_isolation);
  g_test_add_func ("/store/threads/other-process", test_other_process);
  g_test_add_func ("/store/threads/async", test_async);
  g_test_add_func ("/store/threads/cancel", test_cancel);
  g_test_add_func ("/store/threads/newest-wins", test_newest_wins);
  g_test_add_func ("/store/threads/close-busy", test_close_busy);
  return g_test_run ();
}
