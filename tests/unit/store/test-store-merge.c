/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ingestion is a set: the same observations in any order, split into any batches, repeated,
 * over any number of openings, make the same messages. */

#include "store-world.h"

#include <string.h>

static void
test_order (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  guint rounds = ent_test_rounds (6, 100);

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (World) world = world_new (rand, (guint) g_rand_int_range (rand, 1, 1500));
      guint orders = 3;

      for (guint j = 0; j < orders; j++)
        {
          g_autoptr (EntTestDir) dir = ent_test_dir_new ();
          EntStore *store = world_open (dir);

          world_ingest (world, store, rand, (guint) g_rand_int_range (rand, 1, 3000));
          world_assert_stored (world, store);
          if (j == 0)
            world_assert_clean (store);
          world_close (store);
          world_shuffle (world, rand);
        }
    }
}

/* Closing and opening between batches, and everything twice. */
static void
test_reopened (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autoptr (World) world = world_new (rand, 5000);
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();

  for (guint part = 0; part < 4; part++)
    {
      EntStore *store = world_open (dir);

      for (guint source = 0; source < WORLD_N_SOURCES; source++)
        {
          guint from = part * world->items->len / 4;
          guint to = (part + 1) * world->items->len / 4;

          g_assert_true (
              ent_store_ingest (store, world_batch (world, source, from, to), NULL, NULL));
        }
      world_close (store);
    }
  {
    EntStore *store = world_open (dir);

    world_assert_stored (world, store);
    for (guint source = 0; source < WORLD_N_SOURCES; source++)
      {
        EntIngestResult result;

        g_assert_true (
            ent_store_ingest (store, world_batch (world, source, 0, G_MAXUINT), &result, NULL));
        g_assert_cmpint (result.added, ==, 0);
        g_assert_cmpint (result.changed, ==, 0);
        g_assert_cmpint (result.unchanged, >, 0);
      }
    world_assert_stored (world, store);
    world_assert_clean (store);
    world_close (store);
  }
}

/* Two stores over one folder take turns, each seeing what the other wrote. */
static void
test_two_writers (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autoptr (World) world = world_new (rand, 3000);
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *stores[2] = { world_open (dir), world_open (dir) };
  guint turn = 0;

  for (guint from = 0; from < world->items->len; from += 700)
    for (guint source = 0; source < WORLD_N_SOURCES; source++)
      {
        g_autoptr (GError) error = NULL;

        ent_store_ingest (stores[turn++ % 2], world_batch (world, source, from, from + 700), NULL,
                          &error);
        g_assert_no_error (error);
      }
  world_assert_stored (world, stores[0]);
  world_assert_stored (world, stores[1]);
  world_assert_clean (stores[1]);
  world_close (stores[0]);
  world_close (stores[1]);
}

/* What a source may say of one message over time, and what must come of it. */
static void
add (EntBatch *batch, const char *rid, gint64 updated_at, guint stages, gint64 accepted)
{
  EntObservation *o = ent_observations_append (batch->observations);

  o->remote_id = ent_observations_intern (batch->observations, rid, -1);
  o->updated_at = updated_at;
  o->stages = stages;
  o->stage_times[ENT_STAGE_TIME_ACCEPTED] = accepted;
}

static void
test_acceptance_late (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  EntBatch *batch = ent_batch_new ("hook", "Hook");
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  EntIngestResult result;
  EntTimeKind kind;
  gint64 t;

  batch->observations = ent_observations_new ();
  add (batch, "a", WORLD_NOW, ENT_STAGE_FLAG_DELIVERED, ENT_TIME_NONE);
  add (batch, "a", WORLD_NOW - 1, ENT_STAGE_FLAG_SENT, ENT_TIME_NONE);
  g_assert_true (ent_store_ingest (store, batch, &result, NULL));
  g_assert_cmpint (result.added, ==, 1);
  g_assert_cmpint (result.changed, ==, 1);

  batch = ent_batch_new ("hook", NULL);
  batch->observations = ent_observations_new ();
  add (batch, "a", WORLD_NOW - 2, ENT_STAGE_FLAG_ACCEPTED, WORLD_NOW - 5 * DAY_MS);
  g_assert_true (ent_store_ingest (store, batch, &result, NULL));
  g_assert_cmpint (result.added, ==, 0);
  g_assert_cmpint (result.changed, ==, 1);
  /* And again by a report that does not know it. */
  batch = ent_batch_new ("hook", NULL);
  batch->observations = ent_observations_new ();
  add (batch, "a", WORLD_NOW + 1, ENT_STAGE_FLAG_READ, ENT_TIME_NONE);
  /* And by one that knows it otherwise. */
  add (batch, "a", WORLD_NOW + 1, ENT_STAGE_FLAG_READ, WORLD_NOW - 6 * DAY_MS);
  g_assert_true (ent_store_ingest (store, batch, &result, NULL));
  g_assert_cmpint (result.added, ==, 0);
  g_assert_cmpint (result.changed, ==, 2);

  snapshot = ent_store_snapshot (store, NULL);
  g_assert_cmpint (ent_snapshot_get_n_messages (snapshot), ==, 1);
  rows = world_read_all (snapshot);
  t = ent_message_get_time (g_ptr_array_index (rows, 0), &kind);
  g_assert_cmpint (t, ==, WORLD_NOW - 6 * DAY_MS);
  g_assert_cmpint (kind, ==, ENT_TIME_KIND_ACCEPTED);
  g_assert_cmpint (ent_message_get_status (g_ptr_array_index (rows, 0)), ==, ENT_STATUS_READ);
  g_clear_pointer (&snapshot, ent_snapshot_free);
  world_assert_clean (store);
  world_close (store);
}

/* The same remote id of two sources is two messages. */
static void
test_sources_apart (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) found = NULL;

  for (guint source = 0; source < 2; source++)
    {
      EntBatch *batch = ent_batch_new (source == 0 ? "one" : "two", "Name");

      batch->observations = ent_observations_new ();
      add (batch, "same", WORLD_NOW, ENT_STAGE_FLAG_SENT, WORLD_NOW);
      g_assert_true (ent_store_ingest (store, batch, NULL, NULL));
    }
  snapshot = ent_store_snapshot (store, NULL);
  found = ent_snapshot_find (snapshot, "same", NULL, NULL);
  g_assert_cmpuint (found->len, ==, 2);
  g_clear_pointer (&snapshot, ent_snapshot_free);
  world_close (store);
}

/* Rows, coverage, cursor and quarantine of a batch go together, or none does. */
static void
test_all_or_nothing (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  EntBatch *batch = ent_batch_new ("src", "Name");
  const EntCoverageInterval interval = { WORLD_NOW - DAY_MS, WORLD_NOW, WORLD_NOW, ENT_CHANNEL_SMS,
                                         0 };
  g_autoptr (EntCoverageMap) coverage = NULL;
  g_autofree char *cursor = NULL;
  g_auto (GStrv) slots = NULL;
  EntIngestResult result;
  g_autoptr (GError) error = NULL;

  batch->now = WORLD_NOW;
  batch->observations = ent_observations_new ();
  batch->coverage = g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));
  g_array_append_val (batch->coverage, interval);
  batch->cursor_slot = g_strdup ("page");
  batch->cursor = g_strdup ("token-2");
  ent_batch_add_quarantined (batch, "no id", "{}");
  ent_batch_add_quarantined (batch, "no id", "{}");
  ent_batch_add_quarantined (batch, "no id", "{\"a\":1}");
  add (batch, "x", WORLD_NOW, ENT_STAGE_FLAG_SENT, WORLD_NOW);
  ent_store_ingest (store, batch, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.data_version, ==, ent_store_get_data_version (store));

  cursor = ent_store_get_cursor (store, "src", "page", &error);
  g_assert_cmpstr (cursor, ==, "token-2");
  slots = ent_store_list_cursors (store, "src", &error);
  g_assert_cmpuint (g_strv_length (slots), ==, 1);
  g_assert_null (ent_store_get_cursor (store, "src", "other", &error));
  g_assert_null (ent_store_get_cursor (store, "nobody", "page", &error));
  coverage = ent_store_get_coverage (store, "src", &error);
  g_assert_cmpuint (coverage->len, ==, 1);
  g_assert_cmpint (g_array_index (coverage, EntCoverageInterval, 0).to, ==, WORLD_NOW);
  g_assert_cmpint (ent_store_count_quarantine (store, "src", &error), ==, 2);
  g_assert_cmpint (ent_store_count_quarantine (store, "nobody", &error), ==, 0);
  g_assert_cmpint (ent_store_count_quarantine (store, NULL, &error), ==, 2);
  g_assert_no_error (error);

  batch = ent_batch_new ("src", NULL);
  batch->cursor_slot = g_strdup ("page");
  g_assert_true (ent_store_ingest (store, batch, NULL, NULL));
  g_assert_null (ent_store_get_cursor (store, "src", "page", &error));
  g_assert_no_error (error);
  world_close (store);
}

/* Extremes that a provider may send: nothing of it may be lost or moved. */
static void
test_extremes (void)
{
  static const gint64 times[] = { 0,
                                  -1,
                                  -ENT_QUARTER_MS,
                                  G_GINT64_CONSTANT (253402300799999),
                                  G_GINT64_CONSTANT (-62135596800000),
                                  G_GINT64_CONSTANT (2147483648000) };
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  EntBatch *batch = ent_batch_new ("src", "Name");
  g_autofree char *lengthy = g_strnfill (60000, 'x');
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  batch->observations = ent_observations_new ();
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      EntObservation *o = ent_observations_append (batch->observations);
      g_autofree char *rid = g_strdup_printf ("%u", i);

      o->remote_id = ent_observations_intern (batch->observations, rid, -1);
      o->updated_at = times[(i + 3) % G_N_ELEMENTS (times)];
      o->stages = ENT_STAGE_FLAG_READ;
      o->stage_times[ENT_STAGE_TIME_ACCEPTED] = times[i];
      o->stage_times[ENT_STAGE_TIME_READ] = times[(i + 1) % G_N_ELEMENTS (times)];
      o->texts[ENT_FIELD_RAW_TEXT - ENT_N_NUMBER_FIELDS] = lengthy;
      o->texts[ENT_FIELD_CONTENT - ENT_N_NUMBER_FIELDS] = lengthy;
      o->texts[ENT_FIELD_CAMPAIGN - ENT_N_NUMBER_FIELDS] = lengthy;
      o->numbers[ENT_FIELD_PARTS] = G_MAXINT64;
      o->numbers[ENT_FIELD_CONVERSATION_EXPIRES_AT] = G_MININT64 + 1;
    }
  g_assert_true (ent_store_ingest (store, batch, NULL, NULL));
  snapshot = ent_store_snapshot (store, NULL);
  rows = world_read_all (snapshot);
  for (guint i = 0; i < rows->len; i++)
    {
      const EntMessage *message = g_ptr_array_index (rows, i);

      g_assert_cmpint (message->stage_times[ENT_STAGE_TIME_ACCEPTED], ==, times[i]);
      g_assert_cmpint (message->stage_times[ENT_STAGE_TIME_READ], ==,
                       times[(i + 1) % G_N_ELEMENTS (times)]);
      g_assert_cmpint (message->last_update, ==, times[(i + 3) % G_N_ELEMENTS (times)]);
      g_assert_cmpstr (ent_message_get_text (message, ENT_FIELD_RAW_TEXT), ==, lengthy);
      g_assert_cmpstr (ent_message_get_text (message, ENT_FIELD_CAMPAIGN), ==, lengthy);
      g_assert_cmpint (ent_message_get_number (message, ENT_FIELD_PARTS), ==, G_MAXINT64);
      g_assert_cmpint (ent_message_get_number (message, ENT_FIELD_CONVERSATION_EXPIRES_AT), ==,
                       G_MININT64 + 1);
    }
  g_clear_pointer (&snapshot, ent_snapshot_free);
  world_assert_clean (store);
  world_close (store);
}

/* A dimension with more names than 16 bits can number. */
static void
test_many_names (void)
{
  const guint n = 70000;
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  EntStore *store = world_open (dir);
  EntBatch *batch = ent_batch_new ("src", "Name");
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (EntZone) zone = ent_zone_new_utc ();
  EntQuery query = { ent_filter_new (), zone, { 0 }, WORLD_NOW, ENT_BASIS_SEND_DATE };
  EntDay today = ent_zone_day_of (zone, WORLD_NOW);
  g_autoptr (EntSummary) summary = NULL;
  g_autoptr (EntFilter) one = NULL;

  batch->observations = ent_observations_new ();
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u", i);
      EntObservation *o = ent_observations_append (batch->observations);

      o->remote_id = ent_observations_intern (batch->observations, name, -1);
      o->updated_at = WORLD_NOW;
      o->stage_times[ENT_STAGE_TIME_ACCEPTED] = WORLD_NOW - 1000;
      o->texts[ENT_FIELD_CAMPAIGN - ENT_N_NUMBER_FIELDS] = o->remote_id;
      o->texts[ENT_FIELD_RAW_STATUS - ENT_N_NUMBER_FIELDS] = o->remote_id;
    }
  g_assert_true (ent_store_ingest (store, batch, NULL, NULL));
  world_close (store);

  store = world_open (dir);
  snapshot = ent_store_snapshot (store, NULL);
  query.range = ent_range_for_days (zone, today, today);
  summary = ent_snapshot_summarise (snapshot, &query, ENT_BY_CAMPAIGN, NULL, NULL);
  g_assert_cmpuint (summary->n_rows, ==, n);
  g_assert_cmpint (summary->totals.total, ==, n);

  one = query.filter;
  query.filter = ent_filter_with (one, ENT_FILTER_CAMPAIGN, "c69999", FALSE, NULL);
  g_assert_cmpint (ent_snapshot_count (snapshot, &query, NULL, NULL), ==, 1);
  ent_filter_unref (query.filter);
  query.filter = ent_filter_with (one, ENT_FILTER_CAMPAIGN, "c69999", TRUE, NULL);
  g_assert_cmpint (ent_snapshot_count (snapshot, &query, NULL, NULL), ==, n - 1);
  ent_filter_unref (query.filter);
  g_clear_pointer (&snapshot, ent_snapshot_free);
  world_assert_clean (store);
  world_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/merge/order", test_order);
  g_test_add_func ("/store/merge/reopened", test_reopened);
  g_test_add_func ("/store/merge/two-writers", test_two_writers);
  g_test_add_func ("/store/merge/acceptance-late", test_acceptance_late);
  g_test_add_func ("/store/merge/sources-apart", test_sources_apart);
  g_test_add_func ("/store/merge/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/store/merge/extremes", test_extremes);
  g_test_add_func ("/store/merge/many-names", test_many_names);
  return g_test_run ();
}
