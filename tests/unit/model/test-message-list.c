/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a list changes from one question to the next: exact emissions, each either removing or
 * adding, and a model that answers rightly in between. */

#include "config.h"

#include "ent-message-list.h"
#include "store-world.h"

typedef struct
{
  char *dir;
  EntStore *store;
  EntMessageList *list;
  GString *changes; /* "position,removed,added " of each emission */
  guint n_items;    /* as the emissions say */
} Fixture;

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *self)
{
  g_string_append_printf (self->changes, "%u,%u,%u ", position, removed, added);
  self->n_items = self->n_items - removed + added;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, self->n_items);
  for (guint i = 0; i < self->n_items; i += 1 + self->n_items / 7)
    {
      g_autoptr (EntMessageRow) row = g_list_model_get_item (model, i);

      g_assert_nonnull (row);
    }
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autoptr (World) world = world_new (rand, 900);

  self->dir = ent_test_dir_new ();
  self->store = world_open (self->dir);
  world_ingest (world, self->store, rand, 400);
  self->list = ent_message_list_new (self->store);
  self->changes = g_string_new (NULL);
  g_signal_connect (self->list, "items-changed", G_CALLBACK (changed_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  g_string_free (self->changes, TRUE);
  world_close (self->store);
  ent_test_dir_remove (self->dir);
}

/* All messages, up or down by time; those of one channel where it is not NULL. */
static EntSelection *
select_messages (Fixture *self, const char *channel, gboolean descending)
{
  g_autoptr (EntReport) report = ent_report_new ("pt_BR");
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (self->store, NULL);
  g_autoptr (EntQuery) query = NULL;
  EntSort sort = { ENT_COLUMN_CREATED_AT, descending };
  EntSelection *selection;

  g_assert_true (ent_period_init_dates (&report->period, ent_day_from_ymd (2020, 1, 1),
                                        ent_day_from_ymd (2029, 12, 31), NULL));
  if (channel != NULL)
    {
      EntFilter *filter =
          ent_filter_with (report->filter, ENT_FILTER_CHANNEL, channel, FALSE, NULL);

      ent_filter_unref (report->filter);
      report->filter = filter;
    }
  query = ent_query_new (report, WORLD_NOW);
  selection = ent_snapshot_select (snapshot, query, sort, NULL, NULL);
  g_assert_nonnull (selection);
  return selection;
}

static void
assert_changes (Fixture *self, const char *expected)
{
  g_assert_cmpstr (self->changes->str, ==, expected);
  g_string_truncate (self->changes, 0);
}

static void
assert_shows (Fixture *self, EntSelection *selection)
{
  guint n = ent_selection_get_size (selection);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EntMessageRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      g_assert_cmpuint (ent_message_row_get_position (row), ==,
                        ent_selection_get_positions (selection)[i]);
    }
}

static char *expect (const char *format, ...) G_GNUC_PRINTF (1, 2);
static char *
expect (const char *format, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return text;
}

static void
test_steps (Fixture *self, gconstpointer data)
{
  g_autoptr (EntSelection) down = select_messages (self, NULL, TRUE);
  g_autoptr (EntSelection) up = select_messages (self, NULL, FALSE);
  guint n = ent_selection_get_size (down);
  g_autofree char *first = expect ("0,0,%u ", n);
  g_autofree char *rest = expect ("256,%u,0 256,0,%u ", n, n - 256);
  g_autoptr (EntMessageRow) row = NULL;

  g_assert_cmpuint (n, >, 600);
  /* There is nothing to put anything before. */
  ent_message_list_put_in_front (self->list, down);
  assert_changes (self, "");
  g_assert_false (ent_message_list_set_selection (self->list, down, FALSE));
  assert_changes (self, first);
  assert_shows (self, down);

  ent_message_list_put_in_front (self->list, up);
  assert_changes (self, "0,0,256 ");
  row = g_list_model_get_item (G_LIST_MODEL (self->list), 0);
  g_assert_cmpuint (ent_message_row_get_position (row), ==, ent_selection_get_positions (up)[0]);
  g_clear_object (&row);
  row = g_list_model_get_item (G_LIST_MODEL (self->list), 256);
  g_assert_cmpuint (ent_message_row_get_position (row), ==, ent_selection_get_positions (down)[0]);
  g_assert_false (ent_message_list_set_selection (self->list, up, FALSE));
  assert_changes (self, rest);
  assert_shows (self, up);
}

/* Another answer came than the one whose rows stand in front. */
static void
test_overtaken (Fixture *self, gconstpointer data)
{
  g_autoptr (EntSelection) down = select_messages (self, NULL, TRUE);
  g_autoptr (EntSelection) up = select_messages (self, NULL, FALSE);
  g_autoptr (EntSelection) sms = select_messages (self, "sms", FALSE);
  g_autofree char *expected = expect ("0,0,256 0,256,0 0,%u,0 0,0,%u ",
                                      ent_selection_get_size (down), ent_selection_get_size (sms));

  ent_message_list_set_selection (self->list, down, FALSE);
  g_string_truncate (self->changes, 0);
  ent_message_list_put_in_front (self->list, up);
  g_assert_false (ent_message_list_set_selection (self->list, sms, TRUE));
  assert_changes (self, expected);
  assert_shows (self, sms);
}

static void
test_without (Fixture *self, gconstpointer data)
{
  g_autoptr (EntSelection) down = select_messages (self, NULL, TRUE);
  g_autofree char *expected = expect ("0,%u,0 ", ent_selection_get_size (down));

  ent_message_list_set_selection (self->list, down, FALSE);
  g_string_truncate (self->changes, 0);
  ent_message_list_put_in_front (self->list, NULL);
  g_assert_false (ent_message_list_set_selection (self->list, NULL, FALSE));
  assert_changes (self, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/model/message-list/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("steps", test_steps);
  ADD ("overtaken", test_overtaken);
  ADD ("without", test_without);
  return g_test_run ();
}
