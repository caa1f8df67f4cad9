/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selections in order, by each column in both directions: against the order that the rows
 * themselves give. Ties by id, what is absent last. */

#include "store-world.h"

#include "ent-phone.h"
#include "ent-text.h"

#include <string.h>

/* A row's key: a number, or a text, or nothing. */
typedef struct
{
  gboolean absent;
  gint64 number;
  char *text;
  char *folded;
} Key;

static void
set_text (Key *key, const char *text)
{
  key->absent = text == NULL;
  key->text = g_strdup (text);
  key->folded = text != NULL ? ent_text_fold (text) : NULL;
}

/* Names: "" is absent. */
static void
set_name (Key *key, const char *name, const char *id)
{
  set_text (key, name != NULL && *name != '\0' ? name : id);
  key->absent |= key->text != NULL && *key->text == '\0';
}

static void
set_number (Key *key, gint64 number, gboolean absent)
{
  key->number = number;
  key->absent = absent;
}

static void
set_time (Key *key, const EntMessage *m, EntStageTime stage)
{
  set_number (key, m->stage_times[stage], m->stage_times[stage] == ENT_TIME_NONE);
}

/* A UUID in lower case sorts as its digits. */
static void
set_id (Key *key, const char *id)
{
  g_autoptr (GString) digits = NULL;
  gboolean canonical = id != NULL && strlen (id) == 36;

  for (guint i = 0; canonical && i < 36; i++)
    canonical = (i == 8 || i == 13 || i == 18 || i == 23)
                    ? id[i] == '-'
                    : g_ascii_isdigit (id[i]) || (id[i] >= 'a' && id[i] <= 'f');
  if (!canonical)
    {
      set_text (key, id);
      return;
    }
  digits = g_string_new (id);
  g_string_replace (digits, "-", "", 0);
  set_text (key, digits->str);
}

static void
read_key (Key *key, const EntMessage *m, EntColumn column)
{
#define TEXT(field) ent_message_get_text (m, ENT_FIELD_##field)
  EntReason reason = ent_message_get_reason (m);
  const char *phone = TEXT (PHONE);
  gint64 secs;

  switch (column)
    {
    case ENT_COLUMN_CREATED_AT:
    case ENT_COLUMN_COVERAGE:
      set_number (key, ent_message_get_time (m, NULL), FALSE);
      break;
    case ENT_COLUMN_RECEIVED_AT:
      set_number (key, ent_message_get_time (m, NULL),
                  ent_message_get_direction (m) != ENT_DIRECTION_MO);
      break;
    case ENT_COLUMN_SENT_AT:
      set_time (key, m, ENT_STAGE_TIME_SENT);
      break;
    case ENT_COLUMN_DELIVERED_AT:
      set_time (key, m, ENT_STAGE_TIME_DELIVERED);
      break;
    case ENT_COLUMN_READ_AT:
      set_time (key, m, ENT_STAGE_TIME_READ);
      break;
    case ENT_COLUMN_FAILED_AT:
      set_time (key, m, ENT_STAGE_TIME_FAILED);
      break;
    case ENT_COLUMN_DIRECTION:
      set_number (key, ent_message_get_direction (m), FALSE);
      break;
    case ENT_COLUMN_CHANNEL:
      set_number (key, ent_message_get_channel (m), FALSE);
      break;
    case ENT_COLUMN_CONTENT_TYPE:
      set_number (key, ent_message_get_content_type (m), FALSE);
      break;
    case ENT_COLUMN_STATUS:
    case ENT_COLUMN_STAGE:
      set_number (key,
                  ent_status_at (ent_message_get_status (m), ent_message_get_time (m, NULL), FALSE,
                                 WORLD_NOW),
                  FALSE);
      break;
    case ENT_COLUMN_REASON:
      set_number (key, reason, reason == ENT_REASON_NONE);
      break;
    case ENT_COLUMN_PHONE:
      key->absent = phone == NULL || ent_phone_pack (phone) == 0;
      if (!key->absent)
        set_text (key, phone);
      break;
    case ENT_COLUMN_SUBACCOUNT:
      set_name (key, TEXT (SUBACCOUNT), TEXT (SUBACCOUNT_ID));
      break;
    case ENT_COLUMN_SUBACCOUNT_ID:
      set_name (key, TEXT (SUBACCOUNT_ID), NULL);
      break;
    case ENT_COLUMN_USER:
      set_name (key, TEXT (USER), TEXT (USER_ID));
      break;
    case ENT_COLUMN_USER_ID:
      set_name (key, TEXT (USER_ID), NULL);
      break;
    case ENT_COLUMN_CAMPAIGN:
      set_name (key, TEXT (CAMPAIGN), TEXT (CAMPAIGN_ID));
      break;
    case ENT_COLUMN_CAMPAIGN_ID:
      set_name (key, TEXT (CAMPAIGN_ID), NULL);
      break;
    case ENT_COLUMN_CARRIER:
      set_name (key, TEXT (CARRIER), NULL);
      break;
    case ENT_COLUMN_SOURCE:
      set_text (key, m->source_name);
      break;
    case ENT_COLUMN_MESSAGE_ID:
      set_id (key, m->remote_id);
      break;
    case ENT_COLUMN_CORRELATION_ID:
      set_id (key, TEXT (CORRELATION_ID));
      break;
    case ENT_COLUMN_CONVERSATION_ID:
      set_id (key, TEXT (CONVERSATION_ID));
      break;
    case ENT_COLUMN_REASON_CODE:
      set_text (key, TEXT (RAW_CODE));
      break;
    case ENT_COLUMN_CONTACT_NAME:
      set_text (key, TEXT (CONTACT_NAME));
      break;
    case ENT_COLUMN_ORIGIN:
      set_text (key, TEXT (ORIGIN));
      break;
    case ENT_COLUMN_CONTENT:
      set_text (key, TEXT (CONTENT));
      break;
    case ENT_COLUMN_EXTRA_INFO:
      set_text (key, TEXT (EXTRA_INFO));
      break;
    case ENT_COLUMN_CONVERSATION_TYPE:
      set_text (key, TEXT (CONVERSATION_TYPE));
      break;
    case ENT_COLUMN_WITH_SESSION:
      key->number = ent_message_get_number (m, ENT_FIELD_WITH_SESSION);
      key->absent = key->number == ENT_NUMBER_NONE;
      break;
    case ENT_COLUMN_CONVERSATION_EXPIRES_AT:
      key->number = ent_message_get_number (m, ENT_FIELD_CONVERSATION_EXPIRES_AT);
      key->absent = key->number == ENT_NUMBER_NONE;
      break;
    case ENT_COLUMN_PARTS:
      key->number = ent_message_get_number (m, ENT_FIELD_PARTS);
      key->absent = key->number == ENT_NUMBER_NONE;
      break;
    case ENT_COLUMN_SECS_TO_DELIVER:
      secs = ent_message_secs_to_deliver (m, WORLD_NOW);
      set_number (key, secs, secs < 0);
      break;
    case ENT_COLUMN_SECS_TO_READ:
      secs = ent_message_secs_to_read (m, WORLD_NOW);
      set_number (key, secs, secs < 0);
      break;
    case ENT_COLUMN_UPDATED_AT:
    default:
      set_number (key, m->last_update, FALSE);
      break;
    }
}

static void
clear_key (Key *key)
{
  g_clear_pointer (&key->text, g_free);
  g_clear_pointer (&key->folded, g_free);
}

/* Whether @one may stand before @two. */
static gboolean
in_order (const Key *one, const Key *two, gboolean descending, gboolean ids_rise)
{
  int order;

  if (one->absent || two->absent)
    return one->absent && two->absent ? ids_rise : two->absent;
  if (one->text != NULL)
    {
      order = strcmp (one->folded, two->folded);
      if (order == 0)
        order = strcmp (one->text, two->text);
    }
  else
    order = one->number < two->number ? -1 : one->number > two->number;
  if (order == 0)
    return ids_rise;
  return descending ? order > 0 : order < 0;
}

static void
assert_in_order (EntSnapshot *snapshot, const GPtrArray *rows, const EntQuery *query, EntSort sort)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSelection) selection = ent_snapshot_select (snapshot, query, sort, NULL, &error);
  Key last = { 0 };

  g_assert_no_error (error);
  for (guint i = 0; i < ent_selection_get_size (selection); i++)
    {
      guint32 position = ent_selection_get_positions (selection)[i];
      Key key = { 0 };

      read_key (&key, g_ptr_array_index (rows, position), sort.column);
      if (i > 0)
        g_assert_true (in_order (&last, &key, sort.descending,
                                 ent_selection_get_positions (selection)[i - 1] < position));
      clear_key (&last);
      last = key;
    }
  clear_key (&last);
}

static void
test_columns (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autoptr (World) world = world_new (rand, 9000);
  EntStore *store = world_open (dir);
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  world_ingest (world, store, rand, 5000);
  snapshot = ent_store_snapshot (store, NULL);
  rows = world_read_all (snapshot);
  for (int column = 0; column < ENT_N_COLUMNS; column++)
    for (int descending = 0; descending < 2; descending++)
      {
        const EntSort sort = { (EntColumn) column, descending };
        g_autoptr (EntQuery) all = world_query (rand, FALSE);
        g_autoptr (EntQuery) some = world_query (rand, FALSE);
        EntDay today = ent_zone_day_of (all->zone, WORLD_NOW);

        all->now = some->now = WORLD_NOW;
        ent_filter_unref (all->filter);
        all->filter = ent_filter_new ();
        all->range = ent_range_for_days (all->zone, today - 200, today + 3000);
        g_test_message ("%s %d", ent_column_key ((EntColumn) column), descending);
        assert_in_order (snapshot, rows, all, sort);
        assert_in_order (snapshot, rows, some, sort);
      }
  g_clear_pointer (&snapshot, ent_snapshot_free);
  world_close (store);
}

/* Rows that arrive as a synchronisation brings them: in order, newest first, two sources one
 * after the other, many at the same instant. */
typedef gint64 (*Arrival) (guint i, guint n);

static gint64
rising (guint i, guint n)
{
  return i * 1000;
}

static gint64
falling (guint i, guint n)
{
  return (n - i) * 1000;
}

static gint64
bursts (guint i, guint n)
{
  return i / 100 * 1000;
}

static gint64
two_runs (guint i, guint n)
{
  return (i < n / 2 ? i * 2 : (i - n / 2) * 2 + 1) * 500;
}

static gint64
one_late (guint i, guint n)
{
  return i == n - 3 ? 5 : i * 1000;
}

static gint64
all_equal (guint i, guint n)
{
  return 0;
}

static void
test_arrivals (void)
{
  static const Arrival arrivals[] = { rising, falling, bursts, two_runs, one_late, all_equal };
  const guint n = 3 * 4096 + 77;

  for (guint a = 0; a < G_N_ELEMENTS (arrivals); a++)
    {
      g_autoptr (EntTestDir) dir = ent_test_dir_new ();
      EntStore *store = world_open (dir);
      EntBatch *batch = ent_batch_new ("src", "Name");
      g_autoptr (EntSnapshot) snapshot = NULL;
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (EntZone) zone = ent_zone_new_utc ();
      EntDay today = ent_zone_day_of (zone, WORLD_NOW);
      g_autoptr (EntFilter) filter = ent_filter_new ();
      g_autoptr (EntFilter) odd = ent_filter_with (filter, ENT_FILTER_CAMPAIGN, "odd", FALSE, NULL);

      batch->observations = ent_observations_new ();
      for (guint i = 0; i < n; i++)
        {
          EntObservation *o = ent_observations_append (batch->observations);
          g_autofree char *rid = g_strdup_printf ("m%u", i);

          o->remote_id = ent_observations_intern (batch->observations, rid, -1);
          o->updated_at = WORLD_NOW;
          o->stage_times[ENT_STAGE_TIME_ACCEPTED] = WORLD_NOW - DAY_MS + arrivals[a](i, n);
          o->texts[ENT_FIELD_CAMPAIGN - ENT_N_NUMBER_FIELDS] = i * 7 % 3 ? "odd" : "even";
        }
      g_assert_true (ent_store_ingest (store, batch, NULL, NULL));
      snapshot = ent_store_snapshot (store, NULL);
      rows = world_read_all (snapshot);
      for (int descending = 0; descending < 2; descending++)
        {
          const EntSort sort = { ENT_COLUMN_CREATED_AT, descending };
          EntQuery query = { filter, zone, { 0 }, WORLD_NOW, ENT_BASIS_SEND_DATE };

          query.range = ent_range_for_days (zone, today - 10, today + 10);
          assert_in_order (snapshot, rows, &query, sort);
          query.filter = odd;
          assert_in_order (snapshot, rows, &query, sort);
        }
      g_clear_pointer (&snapshot, ent_snapshot_free);
      world_close (store);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/sort/columns", test_columns);
  g_test_add_func ("/store/sort/arrivals", test_arrivals);
  return g_test_run ();
}
