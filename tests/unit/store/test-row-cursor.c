/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cursor gives the messages that looking each of them up gives, in any order of positions. */

#include "config.h"

#include "ent-row-cursor.h"
#include "store-world.h"

#include <string.h>

typedef struct
{
  char *dir;
  EntStore *store;
  EntSnapshot *snapshot;
  GRand *rand;
  guint n; /* positions */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (World) world = NULL;

  self->dir = ent_test_dir_new ();
  self->rand = ent_test_rand_new ();
  self->store = world_open (self->dir);
  world = world_new (self->rand, ent_test_rounds (1500, 20000));
  world_ingest (world, self->store, self->rand, 400);
  /* Holes. */
  g_assert_cmpint (ent_store_erase_before (self->store, WORLD_NOW - 60 * DAY_MS, NULL, NULL), >=,
                   0);
  self->snapshot = ent_store_snapshot (self->store, NULL);
  g_assert_nonnull (self->snapshot);
  self->n = (guint) g_hash_table_size (world->messages);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ent_snapshot_free (self->snapshot);
  world_close (self->store);
  g_rand_free (self->rand);
  ent_test_dir_remove (self->dir);
}

/* Stamps of registers are not read. */
static void
assert_same (const EntMessage *found, const EntMessage *wanted, gboolean whole)
{
  static const EntField usual[] = {
    ENT_FIELD_PHONE,      ENT_FIELD_CONTACT_NAME, ENT_FIELD_CONTENT, ENT_FIELD_SUBACCOUNT_ID,
    ENT_FIELD_SUBACCOUNT, ENT_FIELD_USER_ID,      ENT_FIELD_USER,    ENT_FIELD_CAMPAIGN_ID,
    ENT_FIELD_CAMPAIGN,   ENT_FIELD_CARRIER,
  };

  g_assert_cmpint (found->id, ==, wanted->id);
  g_assert_cmpstr (found->source, ==, wanted->source);
  g_assert_cmpstr (found->source_name, ==, wanted->source_name);
  g_assert_cmpstr (found->remote_id, ==, wanted->remote_id);
  g_assert_cmpuint (found->stages, ==, wanted->stages);
  g_assert_cmpmem (found->stage_times, sizeof found->stage_times, wanted->stage_times,
                   sizeof wanted->stage_times);
  if (whole)
    g_assert_cmpint (found->last_update, ==, wanted->last_update);
  g_assert_cmpint (ent_message_get_time (found, NULL), ==, ent_message_get_time (wanted, NULL));
  for (guint i = 0; i < ENT_N_NUMBER_FIELDS; i++)
    if (whole || (i != ENT_FIELD_CONVERSATION_EXPIRES_AT && i != ENT_FIELD_PARTS))
      g_assert_cmpint (found->fields[i].number, ==, wanted->fields[i].number);
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    g_assert_cmpstr (found->fields[usual[i]].text, ==, wanted->fields[usual[i]].text);
  for (guint i = ENT_N_NUMBER_FIELDS; whole && i < ENT_N_FIELDS; i++)
    g_assert_cmpstr (found->fields[i].text, ==, wanted->fields[i].text);
}

static void
check (Fixture *self, const GArray *positions, gboolean whole)
{
  static const EntColumn usual[] = { ENT_COLUMN_CREATED_AT, ENT_COLUMN_CONTENT };
  const guint32 *wanted = (const guint32 *) (gpointer) positions->data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      ent_snapshot_rows (self->snapshot, wanted, positions->len, NULL, &error);
  g_autoptr (EntRowCursor) cursor = NULL;

  g_assert_no_error (error);
  cursor = ent_row_cursor_new (self->snapshot, wanted, positions->len, whole ? NULL : usual,
                               whole ? 0 : G_N_ELEMENTS (usual), NULL);
  for (guint i = 0; i < rows->len; i++)
    if (rows->pdata[i] != NULL)
      {
        const EntMessage *found = ent_row_cursor_next (cursor, &error);

        g_assert_no_error (error);
        g_assert_nonnull (found);
        assert_same (found, rows->pdata[i], whole);
      }
  g_assert_null (ent_row_cursor_next (cursor, &error));
  g_assert_no_error (error);
}

/* Several runs up or down at once, with gaps, as a list by time is. */
static GArray *
make_runs (Fixture *self)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n_runs = (guint) g_rand_int_range (self->rand, 1, 7);
  gint64 at[6];
  int step[6];

  for (guint i = 0; i < n_runs; i++)
    {
      at[i] = g_rand_int_range (self->rand, 0, (gint32) self->n);
      step[i] = g_rand_boolean (self->rand) ? 1 : -1;
    }
  for (guint i = 0; i < 600; i++)
    {
      guint run = (guint) g_rand_int_range (self->rand, 0, (gint32) n_runs);
      guint32 position;

      at[run] += step[run] * g_rand_int_range (self->rand, 1, i % 7 == 0 ? 9 : 2);
      if (at[run] < 0 || at[run] >= (gint64) self->n)
        at[run] = g_rand_int_range (self->rand, 0, (gint32) self->n);
      position = (guint32) at[run];
      g_array_append_val (positions, position);
    }
  return positions;
}

static void
test_runs (Fixture *self, gconstpointer data)
{
  for (guint round = 0; round < ent_test_rounds (40, 1000); round++)
    {
      g_autoptr (GArray) positions = make_runs (self);

      check (self, positions, round % 2 == 0);
    }
}

static void
test_all (Fixture *self, gconstpointer data)
{
  g_autoptr (GArray) up = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) down = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < self->n; i++)
    {
      guint32 other = self->n - 1 - i;

      g_array_append_val (up, i);
      g_array_append_val (down, other);
    }
  check (self, up, TRUE);
  check (self, down, FALSE);
}

/* One cursor that goes from part to part, over the twin of the snapshot. */
static void
test_moved (Fixture *self, gconstpointer data)
{
  g_autoptr (EntSnapshot) twin = ent_snapshot_twin (self->snapshot);
  g_autoptr (GArray) positions = make_runs (self);
  const guint32 *wanted = (const guint32 *) (gpointer) positions->data;
  g_autoptr (GPtrArray) rows =
      ent_snapshot_rows (self->snapshot, wanted, positions->len, NULL, NULL);
  g_autoptr (EntRowCursor) cursor = NULL;

  g_assert_nonnull (twin);
  g_assert_cmpint (ent_snapshot_get_data_version (twin), ==,
                   ent_snapshot_get_data_version (self->snapshot));
  cursor = ent_row_cursor_new (twin, NULL, 0, NULL, 0, NULL);
  g_assert_null (ent_row_cursor_next (cursor, NULL));
  for (guint round = 0; round < 100; round++)
    {
      guint from = (guint) g_rand_int_range (self->rand, 0, (gint32) positions->len);
      guint n = (guint) g_rand_int_range (self->rand, 0, (gint32) (positions->len - from) + 1);

      ent_row_cursor_move (cursor, wanted + from, n);
      for (guint i = from; i < from + n; i++)
        if (rows->pdata[i] != NULL)
          assert_same (ent_row_cursor_next (cursor, NULL), rows->pdata[i], TRUE);
      g_assert_null (ent_row_cursor_next (cursor, NULL));
    }
}

/* What has been written since is another commit: there is no twin of the one before. */
static void
test_no_twin (Fixture *self, gconstpointer data)
{
  g_autoptr (World) more = world_new (self->rand, 10);

  world_ingest (more, self->store, self->rand, 10);
  g_assert_null (ent_snapshot_twin (self->snapshot));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/store/row-cursor/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("runs", test_runs);
  ADD ("all", test_all);
  ADD ("moved", test_moved);
  ADD ("no-twin", test_no_twin);
  return g_test_run ();
}
