/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The selection beside the list keeps its rows when others come and go, and never asks the
 * list for an item. Needs no display, but the toolkit. */
#include "config.h"

#include "ent-message-selection.h"
#include "ent-test-util.h"

#define N_ROWS 200u
#define START G_GINT64_CONSTANT (1795305600000)
#define STEP_MS 60000

typedef struct
{
  EntStore *store;
  EntTestDir *dir;
  EntMessageList *list;
  EntMessageSelection *selection;
  guint changes;
} Fixture;

static void
changed_cb (Fixture *self)
{
  self->changes++;
}

/* One message a minute. */
static void
fill_store (EntStore *store)
{
  EntBatch *batch = ent_batch_new ("key", "Source");
  g_autoptr (GError) error = NULL;
  EntIngestResult result;

  batch->observations = ent_observations_new ();
  batch->now = START;
  for (guint i = 0; i < N_ROWS; i++)
    {
      EntObservation *observation = ent_observations_append (batch->observations);
      g_autofree char *id = g_strdup_printf ("message-%u", i);

      ent_observation_init (observation);
      observation->remote_id = ent_observations_intern (batch->observations, id, -1);
      observation->updated_at = START + i * STEP_MS;
      observation->stages = ENT_STAGE_FLAG_ACCEPTED;
      observation->stage_times[ENT_STAGE_TIME_ACCEPTED] = START + i * STEP_MS;
      observation->numbers[ENT_FIELD_CHANNEL] = ENT_CHANNEL_SMS;
      observation->numbers[ENT_FIELD_DIRECTION] = ENT_DIRECTION_MT;
    }
  g_assert_true (ent_store_ingest (store, batch, &result, &error));
  g_assert_cmpint (result.added, ==, N_ROWS);
}

/* The newest first, of the first @n minutes. */
static EntSelection *
select_first (EntStore *store, guint n)
{
  g_autoptr (EntReport) report = ent_report_new ("C");
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, &error);
  g_autoptr (EntQuery) query = ent_query_new (report, START);
  EntSelection *selection;

  query->range.from = START;
  query->range.to = START + n * STEP_MS;
  selection =
      ent_snapshot_select (snapshot, query, (EntSort){ ENT_COLUMN_CREATED_AT, TRUE }, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ent_selection_get_size (selection), ==, n);
  return selection;
}

static void
show_first (Fixture *self, guint n, gboolean keep)
{
  g_autoptr (EntSelection) selection = select_first (self->store, n);

  g_assert_true (ent_message_list_set_selection (self->list, selection, keep) == keep);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->dir = ent_test_dir_new ();
  self->store = ent_store_open (self->dir, &error);
  g_assert_no_error (error);
  fill_store (self->store);
  self->list = ent_message_list_new (self->store);
  self->selection = ent_message_selection_new (self->list);
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (changed_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->selection);
  g_assert_finalize_object (g_steal_pointer (&self->list));
  ent_store_close (self->store);
  g_clear_object (&self->store);
  ent_test_dir_remove (self->dir);
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
  gtk_selection_model_select_all (model);
  gtk_selection_model_unselect_all (model);
  g_assert_cmpuint (self->changes, ==, 0);
}

static void
test_ranges (Fixture *self, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);
  g_autoptr (GtkBitset) selected = NULL;

  show_first (self, 100, FALSE);
  gtk_selection_model_select_item (model, 3, TRUE);
  gtk_selection_model_select_range (model, 5, 3, FALSE);
  gtk_selection_model_unselect_item (model, 6);
  selected = gtk_selection_model_get_selection (model);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 3);
  g_assert_true (gtk_selection_model_is_selected (model, 3));
  g_assert_true (gtk_selection_model_is_selected (model, 5));
  g_assert_false (gtk_selection_model_is_selected (model, 6));
  g_assert_true (gtk_selection_model_is_selected (model, 7));
  g_assert_cmpuint (self->changes, ==, 3);
  /* Nothing new, nothing said. */
  gtk_selection_model_select_item (model, 3, FALSE);
  g_assert_cmpuint (self->changes, ==, 3);
}

/* A synchronisation puts newer rows on top, an erasure takes some away. */
static void
test_bits_move_with_rows (Fixture *self, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  show_first (self, 100, FALSE);
  gtk_selection_model_select_item (model, 10, TRUE);
  show_first (self, 200, TRUE);
  g_assert_true (gtk_selection_model_is_selected (model, 110));
  g_assert_false (gtk_selection_model_is_selected (model, 10));
  show_first (self, 95, TRUE);
  g_assert_true (gtk_selection_model_is_selected (model, 5));
  /* Its own row goes: nothing is selected, and that is said. */
  self->changes = 0;
  show_first (self, 50, TRUE);
  g_assert_cmpuint (self->changes, ==, 1);
  g_assert_false (gtk_selection_model_is_selected (model, 5));
}

static gboolean
has_message (gpointer row)
{
  return ent_message_row_get_message (row) != NULL;
}

/* A row is one object as long as somebody holds it, and its message comes by itself. */
static void
test_rows_load (Fixture *self, gconstpointer data)
{
  g_autoptr (EntMessageRow) row = NULL;
  g_autoptr (EntMessageRow) again = NULL;

  show_first (self, 100, FALSE);
  row = g_list_model_get_item (G_LIST_MODEL (self->selection), 0);
  again = g_list_model_get_item (G_LIST_MODEL (self->selection), 0);
  g_assert_true (row == again);
  g_assert_true (ent_test_wait_until (has_message, row, 5000));
  g_assert_cmpstr (ent_message_row_get_message (row)->remote_id, ==, "message-99");
  g_clear_object (&again);
  show_first (self, 200, TRUE);
  again = g_list_model_get_item (G_LIST_MODEL (self->selection), 100);
  g_assert_true (row == again);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/display/message-selection/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("empty", test_empty);
  ADD ("ranges", test_ranges);
  ADD ("bits-move-with-rows", test_bits_move_with_rows);
  ADD ("rows-load", test_rows_load);
  return g_test_run ();
}
