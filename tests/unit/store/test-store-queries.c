/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store's answers against a naive store's, over random messages, filters, ranges, zones
 * and grains. */

#include "store-world.h"

#include "ent-phone.h"

#include <string.h>

typedef struct
{
  EntTestDir *dir;
  GRand *rand;
  World *world;
  EntStore *store;
  EntSnapshot *snapshot;
  GPtrArray *rows; /* what is stored, by position */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = ent_test_dir_new ();
  f->rand = ent_test_rand_new ();
  f->world = world_new (f->rand, 9000);
  f->store = world_open (f->dir);
  world_ingest (f->world, f->store, f->rand, 4000);
  f->snapshot = ent_store_snapshot (f->store, NULL);
  f->rows = world_read_all (f->snapshot);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_ptr_array_unref (f->rows);
  ent_snapshot_free (f->snapshot);
  world_close (f->store);
  world_free (f->world);
  g_rand_free (f->rand);
  ent_test_dir_remove (f->dir);
}

static void
assert_counters (const EntCounters *got, const EntCounters *expected, const char *where)
{
  if (!ent_counters_equal (got, expected))
    for (guint i = 0; i < ENT_N_COUNTER_KEYS; i++)
      g_test_message ("%s %s: %" G_GINT64_FORMAT " instead of %" G_GINT64_FORMAT, where,
                      ent_counters_key (i), ent_counters_value (got, i),
                      ent_counters_value (expected, i));
  g_assert_true (ent_counters_equal (got, expected));
}

static void
assert_summaries (const EntSummary *got, const EntSummary *expected)
{
  g_assert_cmpuint (got->n_rows, ==, expected->n_rows);
  for (guint i = 0; i < got->n_rows; i++)
    {
      g_assert_cmpstr (got->rows[i].key, ==, expected->rows[i].key);
      assert_counters (&got->rows[i].counters, &expected->rows[i].counters, expected->rows[i].key);
      g_assert_true (ent_counters_hold (&got->rows[i].counters));
    }
  assert_counters (&got->totals, &expected->totals, "totals");
}

static void
test_stored (Fixture *f, gconstpointer data)
{
  world_assert_stored (f->world, f->store);
  world_assert_clean (f->store);
}

static void
test_summaries (Fixture *f, gconstpointer data)
{
  guint n = ent_test_rounds (1000, 20000);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EntQuery) query = world_query (f->rand, FALSE);
      EntBy by = (EntBy) g_rand_int_range (f->rand, 0, ENT_N_BYS);
      g_autofree char *text = world_describe (query);
      g_autoptr (GError) error = NULL;
      g_autoptr (EntSummary) got = NULL;
      g_autoptr (EntSummary) expected = NULL;

      g_test_message ("%u: %s by %s", i, text, ent_by_key (by));
      got = ent_snapshot_summarise (f->snapshot, query, by, NULL, &error);
      g_assert_no_error (error);
      expected = naive_summarise (f->rows, query, by);
      assert_summaries (got, expected);
      g_assert_cmpint (got->data_version, ==, ent_snapshot_get_data_version (f->snapshot));
      g_assert_cmpint (got->as_of, ==, query->now);
    }
}

/* Exactly the matching messages, each once. */
static void
test_selections (Fixture *f, gconstpointer data)
{
  guint n = ent_test_rounds (300, 5000);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EntQuery) query = world_query (f->rand, FALSE);
      const EntSort sort = { ENT_COLUMN_CREATED_AT, g_rand_boolean (f->rand) };
      g_autofree char *text = world_describe (query);
      g_autofree guint8 *seen = g_new0 (guint8, f->rows->len);
      g_autoptr (GError) error = NULL;
      g_autoptr (EntSelection) got = NULL;
      guint expected = 0;

      g_test_message ("%u: %s", i, text);
      got = ent_snapshot_select (f->snapshot, query, sort, NULL, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < ent_selection_get_size (got); j++)
        {
          guint32 position = ent_selection_get_positions (got)[j];

          g_assert_cmpint (ent_selection_get_id (got, j), ==, position + 1);
          g_assert_cmpuint (seen[position]++, ==, 0);
        }
      for (guint j = 0; j < f->rows->len; j++)
        {
          gboolean matches = naive_matches (g_ptr_array_index (f->rows, j), query);

          g_assert_cmpint (seen[j], ==, matches);
          expected += matches;
        }
      g_assert_cmpuint (ent_selection_get_size (got), ==, expected);
      g_assert_cmpint (ent_snapshot_count (f->snapshot, query, NULL, &error), ==, expected);
    }
}

/* Each number of a summary opens as many rows: the drill-down. */
static void
test_drill_down (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < ent_test_rounds (60, 1000); i++)
    {
      g_autoptr (EntQuery) query = world_query (f->rand, i % 2 == 1);
      g_autofree char *text = world_describe (query);
      g_autoptr (EntSummary) summary = NULL;

      g_test_message ("%u: %s%s", i, text, i % 2 == 1 ? " by event" : "");
      if (ent_filter_has_field (query->filter, ENT_FILTER_STAGE))
        continue;
      summary = ent_snapshot_summarise (f->snapshot, query, ENT_BY_DAY, NULL, NULL);
      for (guint row = 0; row < MIN (summary->n_rows, 3); row++)
        for (int stage = 0; stage < ENT_N_STAGES; stage++)
          {
            g_autoptr (EntQuery) day = ent_query_copy (query);

            day->range.first += (EntDay) row;
            day->range.last = day->range.first;
            day->range.from = summary->rows[row].start;
            day->range.to = summary->rows[row].end;
            ent_filter_unref (day->filter);
            day->filter = ent_filter_with (query->filter, ENT_FILTER_STAGE,
                                           ent_stage_key ((EntStage) stage), FALSE, NULL);
            g_assert_cmpint (ent_snapshot_count (f->snapshot, day, NULL, NULL), ==,
                             ent_counters_stage (&summary->rows[row].counters, (EntStage) stage));
          }
    }
}

/* ---- By event date -------------------------------------------------------------------------- */

static gint64
event_time (const EntMessage *message, EntStageTime stage)
{
  gint64 time = message->stage_times[stage];

  return time != ENT_TIME_NONE ? time : ent_message_get_time (message, NULL);
}

static void
add_events (EntCounters *c, const EntMessage *m, gint64 from, gint64 to, gint64 now)
{
  gint64 t = ent_message_get_time (m, NULL);
  EntStatus status = ent_status_at (ent_message_get_status (m), t, FALSE, now);
  EntCounters whole = { 0 };
  gboolean at_t = t >= from && t < to;
  gint64 sent = event_time (m, ENT_STAGE_TIME_SENT);
  gint64 delivered = event_time (m, ENT_STAGE_TIME_DELIVERED);
  gint64 read = event_time (m, ENT_STAGE_TIME_READ);
  gint64 failed = event_time (m, ENT_STAGE_TIME_FAILED);

  ent_counters_add (&whole, status, ent_channel_reports_reads (ent_message_get_channel (m)), 1);
  if (at_t)
    {
      c->total += whole.total;
      c->queued += whole.queued;
      c->received += whole.received;
    }
  if (sent >= from && sent < to)
    {
      c->sent += whole.sent;
      c->in_transit += whole.in_transit;
      c->unconfirmed += whole.unconfirmed;
    }
  if (delivered >= from && delivered < to)
    {
      c->delivered += whole.delivered;
      c->delivered_readable += whole.delivered_readable;
    }
  if (read >= from && read < to)
    c->read += whole.read;
  if (failed >= from && failed < to)
    {
      c->send_failed += whole.send_failed;
      c->not_delivered += whole.not_delivered;
    }
}

static void
test_event_date (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < ent_test_rounds (150, 3000); i++)
    {
      g_autoptr (EntQuery) query = world_query (f->rand, TRUE);
      EntBy by = g_rand_boolean (f->rand) ? ENT_BY_DAY : ENT_BY_CAMPAIGN;
      g_autofree char *text = world_describe (query);
      g_autofree EntCounters *expected = NULL;
      EntCounters totals = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (EntSummary) got = NULL;

      g_test_message ("%u: %s by %s", i, text, ent_by_key (by));
      got = ent_snapshot_summarise (f->snapshot, query, by, NULL, &error);
      g_assert_no_error (error);
      expected = g_new0 (EntCounters, got->n_rows + 1);
      for (guint j = 0; j < f->rows->len; j++)
        {
          const EntMessage *message = g_ptr_array_index (f->rows, j);

          if (!naive_passes (message, query->filter, query->now))
            continue;
          add_events (&totals, message, query->range.from, query->range.to, query->now);
          for (guint row = 0; by == ENT_BY_DAY && row < got->n_rows; row++)
            add_events (&expected[row], message, got->rows[row].start, got->rows[row].end,
                        query->now);
        }
      for (guint row = 0; by == ENT_BY_DAY && row < got->n_rows; row++)
        assert_counters (&got->rows[row].counters, &expected[row], got->rows[row].key);
      assert_counters (&got->totals, &totals, "totals");
    }
}

/* Over all time both bases count the same. */
static void
test_bases_agree (Fixture *f, gconstpointer data)
{
  g_autoptr (EntQuery) query = world_query (f->rand, FALSE);
  g_autoptr (EntSummary) by_sending = NULL;
  g_autoptr (EntSummary) by_event = NULL;
  EntDay last = ent_zone_day_of (query->zone, WORLD_NOW);

  ent_filter_unref (query->filter);
  query->filter = ent_filter_new ();
  /* Stages were spread over up to three times 800 days behind the sending. */
  query->range = ent_range_for_days (query->zone, last - 300, last + 3000);
  by_sending = ent_snapshot_summarise (f->snapshot, query, ENT_BY_MONTH, NULL, NULL);
  query->basis = ENT_BASIS_EVENT_DATE;
  by_event = ent_snapshot_summarise (f->snapshot, query, ENT_BY_MONTH, NULL, NULL);
  assert_counters (&by_event->totals, &by_sending->totals, "totals");
  g_assert_cmpint (by_sending->totals.total + by_sending->totals.received, ==, f->rows->len);
}

/* ---- Values --------------------------------------------------------------------------------- */

static void
assert_values (Fixture *f, const EntQuery *query, EntFilterField field, EntBy by)
{
  g_autoptr (EntFilter) without = ent_filter_without_field (query->filter, field);
  g_autoptr (EntQuery) rest = ent_query_copy (query);
  g_autoptr (EntSummary) expected = NULL;
  g_autoptr (GArray) got = NULL;
  g_autoptr (GError) error = NULL;

  ent_filter_unref (rest->filter);
  rest->filter = ent_filter_ref (without);
  expected = naive_summarise (f->rows, rest, by);
  got = ent_snapshot_values (f->snapshot, query, field, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (got->len, ==, expected->n_rows);
  for (guint i = 0; i < got->len; i++)
    {
      const EntValueCount *value = &g_array_index (got, EntValueCount, i);

      g_assert_cmpstr (value->value, ==, expected->rows[i].key);
      g_assert_cmpint (value->count, ==,
                       expected->rows[i].counters.total + expected->rows[i].counters.received);
    }
}

static void
test_values (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < ent_test_rounds (40, 500); i++)
    {
      g_autoptr (EntQuery) query = world_query (f->rand, FALSE);

      assert_values (f, query, ENT_FILTER_CAMPAIGN, ENT_BY_CAMPAIGN);
      assert_values (f, query, ENT_FILTER_SUBACCOUNT, ENT_BY_SUBACCOUNT);
      assert_values (f, query, ENT_FILTER_CARRIER, ENT_BY_CARRIER);
      assert_values (f, query, ENT_FILTER_STATUS, ENT_BY_STATUS);
      assert_values (f, query, ENT_FILTER_REASON, ENT_BY_REASON);
      assert_values (f, query, ENT_FILTER_CONTENT_TYPE, ENT_BY_CONTENT_TYPE);
    }
}

/* ---- Many values ---------------------------------------------------------------------------- */

static void
test_many_phones (Fixture *f, gconstpointer data)
{
  g_autoptr (EntQuery) query = world_query (f->rand, FALSE);
  EntFilter *filter = ent_filter_new ();
  guint expected = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *number = g_strdup_printf ("55119123456%02u", i % 100);
      EntFilter *more = ent_filter_with (filter, ENT_FILTER_PHONE, number, FALSE, NULL);

      ent_filter_unref (filter);
      filter = more;
    }
  ent_filter_unref (query->filter);
  query->filter = filter;
  query->range = ent_range_for_days (query->zone, ent_zone_day_of (query->zone, WORLD_NOW) - 200,
                                     ent_zone_day_of (query->zone, WORLD_NOW));
  for (guint i = 0; i < f->rows->len; i++)
    expected += naive_matches (g_ptr_array_index (f->rows, i), query);
  g_assert_cmpuint (expected, >, 0);
  g_assert_cmpint (ent_snapshot_count (f->snapshot, query, NULL, NULL), ==, expected);
}

/* ---- Latency and answers -------------------------------------------------------------------- */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 two = *(const gint64 *) b;

  return one < two ? -1 : one > two;
}

/* As the store rounds them. */
static void
assert_percentile (gint64 got, GArray *sorted, guint share)
{
  gint64 exact;

  if (sorted->len == 0)
    {
      g_assert_cmpint (got, ==, -1);
      return;
    }
  exact = g_array_index (sorted, gint64, (sorted->len * share + 99) / 100 - 1);
  if (exact < 49152)
    g_assert_cmpint (got, ==, exact);
  else
    {
      g_assert_cmpint (got, <=, exact);
      g_assert_cmpint (got, >=, 49152);
    }
}

static void
assert_percentiles (const EntPercentiles *got, GArray *values)
{
  g_array_sort (values, compare_numbers);
  g_assert_cmpint (got->n, ==, values->len);
  assert_percentile (got->p50, values, 50);
  assert_percentile (got->p90, values, 90);
  assert_percentile (got->p99, values, 99);
}

static gboolean
is_replied (Fixture *f, const EntMessage *sent)
{
  const char *phone = ent_message_get_text (sent, ENT_FIELD_PHONE);
  gint64 t = ent_message_get_time (sent, NULL);

  if (phone == NULL || ent_phone_pack (phone) == 0)
    return FALSE;
  for (guint i = 0; i < f->rows->len; i++)
    {
      const EntMessage *other = g_ptr_array_index (f->rows, i);
      gint64 later = ent_message_get_time (other, NULL) - t;

      if (ent_message_get_direction (other) == ENT_DIRECTION_MO && later >= 0 &&
          later <= ENT_REPLY_WINDOW_MS && strcmp (other->source, sent->source) == 0 &&
          g_strcmp0 (ent_message_get_text (other, ENT_FIELD_PHONE), phone) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
test_insight (Fixture *f, gconstpointer data)
{
  for (guint round = 0; round < ent_test_rounds (4, 200); round++)
    {
      g_autoptr (EntQuery) query = world_query (f->rand, FALSE);
      g_autofree char *text = world_describe (query);
      g_autoptr (GArray) to_deliver = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) to_read = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GError) error = NULL;
      gint64 n_replied = 0;
      EntInsight insight;

      /* Late enough for no event to be in the future, where the store sees quarters. */
      query->now = WORLD_NOW + 10000 * DAY_MS;
      g_test_message ("%u: %s", round, text);
      g_assert_true (ent_snapshot_insight (f->snapshot, query, &insight, NULL, &error));
      g_assert_no_error (error);
      for (guint i = 0; i < f->rows->len; i++)
        {
          const EntMessage *message = g_ptr_array_index (f->rows, i);
          gint64 deliver = ent_message_secs_to_deliver (message, query->now);
          gint64 read = ent_message_secs_to_read (message, query->now);

          if (!naive_matches (message, query) ||
              ent_message_get_direction (message) != ENT_DIRECTION_MT)
            continue;
          if (deliver >= 0)
            g_array_append_val (to_deliver, deliver);
          if (read >= 0)
            g_array_append_val (to_read, read);
          n_replied += is_replied (f, message);
        }
      assert_percentiles (&insight.to_deliver, to_deliver);
      assert_percentiles (&insight.to_read, to_read);
      g_assert_cmpint (insight.replied, ==, n_replied);
    }
}

static void
test_extent (Fixture *f, gconstpointer data)
{
  gint64 least = G_MAXINT64;
  gint64 most = G_MININT64;
  gint64 first, last;

  for (guint i = 0; i < f->rows->len; i++)
    {
      gint64 t = ent_message_get_time (g_ptr_array_index (f->rows, i), NULL);

      least = MIN (least, t);
      most = MAX (most, t);
    }
  g_assert_true (ent_snapshot_extent (f->snapshot, &first, &last));
  g_assert_cmpint (first, ==, least);
  g_assert_cmpint (last, ==, most);
}

static void
test_find (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < f->rows->len; i += 97)
    {
      const EntMessage *row = g_ptr_array_index (f->rows, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = ent_snapshot_find (f->snapshot, row->remote_id, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, 1);
      g_assert_true (ent_message_equal (g_ptr_array_index (found, 0), row));
    }
  {
    g_autoptr (GPtrArray) none = ent_snapshot_find (f->snapshot, "no such id", NULL, NULL);

    g_assert_cmpuint (none->len, ==, 0);
  }
}

/* The nearest ones by time, in order, without the message itself. */
static void
test_conversation (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < f->rows->len; i += 311)
    {
      const EntMessage *row = g_ptr_array_index (f->rows, i);
      const char *phone = ent_message_get_text (row, ENT_FIELD_PHONE);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) all =
          ent_snapshot_conversation (f->snapshot, row, 100000, NULL, &error);
      g_autoptr (GPtrArray) few = ent_snapshot_conversation (f->snapshot, row, 10, NULL, &error);
      guint expected = 0;

      g_assert_no_error (error);
      for (guint j = 0; j < f->rows->len; j++)
        {
          const char *other =
              ent_message_get_text (g_ptr_array_index (f->rows, j), ENT_FIELD_PHONE);
          gboolean twins =
              phone != NULL && other != NULL &&
              ((strcmp (phone, "5511912345678") == 0 && strcmp (other, "551112345678") == 0) ||
               (strcmp (phone, "551112345678") == 0 && strcmp (other, "5511912345678") == 0));

          expected += j != i && phone != NULL && (g_strcmp0 (phone, other) == 0 || twins);
        }
      g_assert_cmpuint (all->len, ==, expected);
      g_assert_cmpuint (few->len, ==, MIN (expected, 10));
      for (guint j = 1; j < all->len; j++)
        g_assert_cmpint (ent_message_get_time (g_ptr_array_index (all, j - 1), NULL), <=,
                         ent_message_get_time (g_ptr_array_index (all, j), NULL));
    }
}

static void
test_rows (Fixture *f, gconstpointer data)
{
  const guint32 positions[] = { 5, 0, 4096, 1000000, 8, 5 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      ent_snapshot_rows (f->snapshot, positions, G_N_ELEMENTS (positions), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (positions));
  for (guint i = 0; i < rows->len; i++)
    if (positions[i] == 1000000)
      g_assert_null (g_ptr_array_index (rows, i));
    else
      g_assert_cmpint (((EntMessage *) g_ptr_array_index (rows, i))->id, ==, positions[i] + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/queries/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("stored", test_stored);
  ADD ("summaries", test_summaries);
  ADD ("selections", test_selections);
  ADD ("drill-down", test_drill_down);
  ADD ("event-date", test_event_date);
  ADD ("bases-agree", test_bases_agree);
  ADD ("values", test_values);
  ADD ("many-phones", test_many_phones);
  ADD ("insight", test_insight);
  ADD ("extent", test_extent);
  ADD ("find", test_find);
  ADD ("conversation", test_conversation);
  ADD ("rows", test_rows);
  return g_test_run ();
}
