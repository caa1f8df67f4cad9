/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasing: what was asked for goes, with every trace in the files; all else stays. */

#include "store-world.h"

#include <string.h>

typedef struct
{
  EntTestDir *dir;
  GRand *rand;
  World *world;
  EntStore *store;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = ent_test_dir_new ();
  f->rand = ent_test_rand_new ();
  f->world = world_new (f->rand, 9000);
  f->store = world_open (f->dir);
  world_ingest (f->world, f->store, f->rand, 5000);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  world_close (f->store);
  world_free (f->world);
  g_rand_free (f->rand);
  ent_test_dir_remove (f->dir);
}

/* Covers all days of a source's channels. */
static void
cover (Fixture *f, guint source)
{
  EntBatch *batch = ent_batch_new (world_source (source), NULL);

  batch->now = WORLD_NOW;
  batch->coverage = g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));
  for (int channel = 0; channel < ENT_N_CHANNELS; channel++)
    {
      const EntCoverageInterval interval = { WORLD_NOW - 120 * DAY_MS, WORLD_NOW, WORLD_NOW,
                                             (EntChannel) channel, 0 };

      g_array_append_val (batch->coverage, interval);
    }
  g_assert_true (ent_store_ingest (f->store, batch, NULL, NULL));
}

typedef gboolean (*Wanted) (const EntMessage *message);

/* Takes what was erased off the world, too; returns how many. */
static guint
forget (World *world, Wanted wanted)
{
  GHashTableIter iter;
  gpointer message;
  guint n = 0;

  g_hash_table_iter_init (&iter, world->messages);
  while (g_hash_table_iter_next (&iter, NULL, &message))
    if (wanted (message))
      {
        g_hash_table_iter_remove (&iter);
        n++;
      }
  return n;
}

/* All that is left, found by scan and by row, before and after opening again. */
static void
assert_left (Fixture *f)
{
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (f->store, NULL);
      g_autoptr (EntFilter) filter = ent_filter_new ();
      g_autoptr (EntZone) zone = ent_zone_new_utc ();
      EntDay today = ent_zone_day_of (zone, WORLD_NOW);
      EntQuery query = { filter, zone, { 0 }, WORLD_NOW, ENT_BASIS_SEND_DATE };
      const EntSort sort = { ENT_COLUMN_CREATED_AT, TRUE };
      g_autoptr (EntSelection) selection = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      query.range = ent_range_for_days (zone, today - 200, today + 3000);
      selection = ent_snapshot_select (snapshot, &query, sort, NULL, NULL);
      g_assert_cmpuint (ent_selection_get_size (selection), ==,
                        g_hash_table_size (f->world->messages));
      g_assert_cmpint (ent_snapshot_get_n_messages (snapshot), ==,
                       g_hash_table_size (f->world->messages));
      rows = ent_snapshot_rows (snapshot, ent_selection_get_positions (selection),
                                ent_selection_get_size (selection), NULL, NULL);
      for (guint i = 0; i < rows->len; i++)
        {
          const EntMessage *message = g_ptr_array_index (rows, i);
          g_autofree char *key = g_strdup_printf ("%s/%s", message->source, message->remote_id);

          g_assert_true (
              ent_message_equal (message, g_hash_table_lookup (f->world->messages, key)));
        }
      g_clear_pointer (&snapshot, ent_snapshot_free);
      world_assert_clean (f->store);
      world_close (f->store);
      f->store = world_open (f->dir);
    }
}

static gboolean
has_phone (const EntMessage *message)
{
  const char *phone = ent_message_get_text (message, ENT_FIELD_PHONE);

  return g_strcmp0 (phone, "5511912345678") == 0 || g_strcmp0 (phone, "551112345678") == 0;
}

/* How often a text occurs in the files of the store. */
static guint
count_in_files (const char *dir, const char *text)
{
  static const char *const files[] = { "messages.db", "messages.db-wal" };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (dir, files[i], NULL);
      g_autofree char *data = NULL;
      gsize length = 0;
      const char *at;

      g_file_get_contents (path, &data, &length, NULL);
      at = data;
      while (at != NULL &&
             (at = memmem (at, length - (gsize) (at - data), text, strlen (text))) != NULL)
        {
          at++;
          n++;
        }
    }
  return n;
}

static void
test_phone (Fixture *f, gconstpointer data)
{
  EntBatch *batch = ent_batch_new (world_source (0), NULL);
  g_autoptr (GError) error = NULL;
  EntObservation *o;
  gint64 erased;
  guint expected;

  cover (f, 0);
  /* A message whose every text can be looked for in the files. */
  batch->observations = ent_observations_new ();
  o = ent_observations_append (batch->observations);
  o->remote_id = "canary-id";
  o->updated_at = WORLD_NOW;
  o->stage_times[ENT_STAGE_TIME_ACCEPTED] = WORLD_NOW - 1000;
  o->numbers[ENT_FIELD_CHANNEL] = ENT_CHANNEL_SMS;
  o->texts[ENT_FIELD_PHONE - ENT_N_NUMBER_FIELDS] = "551112345678";
  o->texts[ENT_FIELD_CONTENT - ENT_N_NUMBER_FIELDS] = "canary-content";
  o->texts[ENT_FIELD_CONTACT_NAME - ENT_N_NUMBER_FIELDS] = "canary-contact";
  o->texts[ENT_FIELD_RAW_TEXT - ENT_N_NUMBER_FIELDS] = "canary 5511912345678 rejected";
  ent_batch_add_quarantined (batch, "canary-reason", "{\"to\":\"+55 (11) 91234-5678\"}");
  ent_batch_add_quarantined (batch, "other", "{\"to\":\"+55 11 90000-0000\"}");
  g_assert_true (ent_store_ingest (f->store, batch, NULL, NULL));
  g_assert_cmpuint (count_in_files (f->dir, "canary-content"), >, 0);

  expected = forget (f->world, has_phone) + 1;
  g_assert_cmpuint (expected, >, 100);
  erased = ent_store_erase_phone (f->store, "+55 (11) 91234-5678", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (erased, ==, expected);
  g_assert_cmpint (ent_store_count_quarantine (f->store, NULL, NULL), ==, 1);
  g_assert_cmpuint (count_in_files (f->dir, "canary"), ==, 0);
  assert_left (f);
  g_assert_cmpint (ent_store_erase_phone (f->store, "5511912345678", NULL, &error), ==, 0);
  g_assert_no_error (error);

  /* The quarter hour of what is gone is no longer known as complete; others are. */
  {
    g_autoptr (EntCoverageMap) map = ent_store_get_coverage (f->store, world_source (0), NULL);
    gint64 quarter = (WORLD_NOW - 1000) / ENT_QUARTER_MS * ENT_QUARTER_MS;

    g_assert_cmpint (ent_coverage_map_state (map, 1, ENT_CHANNEL_SMS, quarter,
                                             quarter + ENT_QUARTER_MS, FALSE, WORLD_NOW),
                     ==, ENT_COVERAGE_NONE);
  }
}

static gboolean
has_address (const EntMessage *message)
{
  return g_strcmp0 (ent_message_get_text (message, ENT_FIELD_PHONE), "wa:abc-def") == 0;
}

static void
test_address (Fixture *f, gconstpointer data)
{
  guint expected = forget (f->world, has_address);

  g_assert_cmpuint (expected, >, 0);
  g_assert_cmpint (ent_store_erase_phone (f->store, "wa:abc-def", NULL, NULL), ==, expected);
  assert_left (f);
}

static void
add_named (Fixture *f, const char *source, const char *campaign, const char *origin)
{
  EntBatch *batch = ent_batch_new (source, NULL);
  EntObservation *o;

  batch->observations = ent_observations_new ();
  o = ent_observations_append (batch->observations);
  o->remote_id = "named";
  o->updated_at = WORLD_NOW;
  o->stage_times[ENT_STAGE_TIME_ACCEPTED] = WORLD_NOW - 1000;
  o->texts[ENT_FIELD_CAMPAIGN - ENT_N_NUMBER_FIELDS] = campaign;
  o->texts[ENT_FIELD_ORIGIN - ENT_N_NUMBER_FIELDS] = origin;
  g_assert_true (ent_store_ingest (f->store, batch, NULL, NULL));
}

static void
assert_campaign (Fixture *f, const char *campaign)
{
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (f->store, NULL);
  g_autoptr (GPtrArray) found = ent_snapshot_find (snapshot, "named", NULL, NULL);

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (ent_message_get_text (g_ptr_array_index (found, 0), ENT_FIELD_CAMPAIGN), ==,
                   campaign);
}

static gboolean
is_of_source (const EntMessage *message)
{
  return strcmp (message->source, world_source (1)) == 0;
}

static void
test_source (Fixture *f, gconstpointer data)
{
  g_autoptr (EntCoverageMap) gone = NULL;
  g_autoptr (EntCoverageMap) kept = NULL;
  g_autoptr (GError) error = NULL;
  guint expected = forget (f->world, is_of_source);

  for (guint i = 0; i < 2; i++)
    cover (f, i);
  add_named (f, world_source (1), "canary-campaign", "canary-origin");
  g_assert_cmpuint (count_in_files (f->dir, "canary"), >, 0);
  expected++;
  g_assert_cmpint (ent_store_erase_source (f->store, world_source (1), NULL, &error), ==, expected);
  g_assert_no_error (error);
  gone = ent_store_get_coverage (f->store, world_source (1), NULL);
  g_assert_cmpuint (gone->len, ==, 0);
  kept = ent_store_get_coverage (f->store, world_source (0), NULL);
  g_assert_cmpuint (kept->len, ==, ENT_N_CHANNELS);
  g_assert_cmpuint (count_in_files (f->dir, "canary"), ==, 0);
  assert_left (f);
  /* A name that was erased can come back. */
  add_named (f, world_source (0), "canary-campaign", "canary-origin");
  assert_campaign (f, "canary-campaign");
  world_close (f->store);
  f->store = world_open (f->dir);
  assert_campaign (f, "canary-campaign");
  g_assert_cmpint (ent_store_erase_source (f->store, "never brought any", NULL, &error), ==, 0);
  g_assert_no_error (error);
}

#define BORDER (WORLD_NOW - 6 * DAY_MS)

static gboolean
is_before (const EntMessage *message)
{
  return ent_message_get_time (message, NULL) < BORDER;
}

static void
test_before (Fixture *f, gconstpointer data)
{
  guint expected = forget (f->world, is_before);
  g_autoptr (EntCoverageMap) map = NULL;
  g_autoptr (GError) error = NULL;

  cover (f, 0);
  g_assert_cmpint (ent_store_erase_before (f->store, BORDER, NULL, &error), ==, expected);
  g_assert_no_error (error);
  map = ent_store_get_coverage (f->store, world_source (0), NULL);
  for (guint i = 0; i < map->len; i++)
    g_assert_cmpint (g_array_index (map, EntCoverageInterval, i).from, ==, BORDER);
  assert_left (f);
}

/* Everything goes, whole segments with it; then new messages come. */
static void
test_all_then_more (Fixture *f, gconstpointer data)
{
  g_autoptr (World) world = world_new (f->rand, 300);
  gsize before = ent_store_get_memory (f->store);
  guint n = g_hash_table_size (f->world->messages);

  g_assert_cmpint (ent_store_erase_before (f->store, WORLD_NOW + 100000 * DAY_MS, NULL, NULL), ==,
                   n);
  g_assert_cmpuint (ent_store_get_memory (f->store), <, before);
  g_hash_table_remove_all (f->world->messages);
  assert_left (f);

  world_ingest (world, f->store, f->rand, 1000);
  world_free (f->world);
  f->world = g_steal_pointer (&world);
  assert_left (f);
  /* And the old ones again, as after a new synchronisation. */
  world_ingest (f->world, f->store, f->rand, 1000);
  assert_left (f);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_cmpint (ent_store_erase_before (f->store, WORLD_NOW, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  world_assert_stored (f->world, f->store);
}

/* An open snapshot keeps the log: that is said, and done again later. */
static void
test_with_reader (Fixture *f, gconstpointer data)
{
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (f->store, NULL);
  g_autoptr (GError) error = NULL;
  gint64 n = ent_snapshot_get_n_messages (snapshot);
  guint expected = forget (f->world, has_phone);
  gint64 erased = ent_store_erase_phone (f->store, "5511912345678", NULL, &error);

  if (erased < 0)
    g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_BUSY);
  else
    g_assert_cmpint (erased, ==, expected);
  g_assert_cmpint (ent_snapshot_get_n_messages (snapshot), ==, n);
  g_clear_pointer (&snapshot, ent_snapshot_free);
  g_clear_error (&error);
  g_assert_cmpint (ent_store_erase_phone (f->store, "5511912345678", NULL, &error), ==, 0);
  g_assert_no_error (error);
  assert_left (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/erase/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("phone", test_phone);
  ADD ("address", test_address);
  ADD ("source", test_source);
  ADD ("before", test_before);
  ADD ("all-then-more", test_all_then_more);
  ADD ("cancelled", test_cancelled);
  ADD ("with-reader", test_with_reader);
  return g_test_run ();
}
