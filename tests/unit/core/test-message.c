/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each merge rule by an example that has a name, and what is read off a merged message. */

#include "config.h"

#include "ent-message.h"

#define ACCEPTED ENT_STAGE_FLAG_ACCEPTED
#define SENT ENT_STAGE_FLAG_SENT
#define DELIVERED ENT_STAGE_FLAG_DELIVERED
#define READ ENT_STAGE_FLAG_READ
#define FAILED ENT_STAGE_FLAG_FAILED

#define DAY_MS G_GINT64_CONSTANT (86400000)

static EntObservation
observe (gint64 updated_at, guint stages)
{
  EntObservation item;

  ent_observation_init (&item);
  item.remote_id = "m-1";
  item.updated_at = updated_at;
  item.stages = stages;
  return item;
}

static EntObservation
observe_text (gint64 updated_at, EntField field, const char *text)
{
  EntObservation item = observe (updated_at, 0);

  item.texts[field - ENT_N_NUMBER_FIELDS] = text;
  return item;
}

static EntObservation
observe_number (gint64 updated_at, EntField field, gint64 number)
{
  EntObservation item = observe (updated_at, 0);

  item.numbers[field] = number;
  return item;
}

static EntObservation
observe_time (gint64 updated_at, guint stages, EntStageTime stage, gint64 time)
{
  EntObservation item = observe (updated_at, stages);

  item.stage_times[stage] = time;
  return item;
}

static gboolean
merge (EntMessage *message, EntObservation item)
{
  return ent_message_merge (message, &item);
}

/* Merges two observations in both orders, checks that both give one row, returns it. */
static EntMessage *
merge_both (EntObservation a, EntObservation b)
{
  EntMessage *message = ent_message_new ("s", "m-1");
  g_autoptr (EntMessage) other = ent_message_new ("s", "m-1");

  merge (message, a);
  merge (message, b);
  merge (other, b);
  merge (other, a);
  g_assert_true (ent_message_equal (message, other));
  return message;
}

static EntStatus
status_of (guint first, guint second)
{
  g_autoptr (EntMessage) message = merge_both (observe (1, first), observe (2, second));

  return ent_message_get_status (message);
}

/* ---- Rules (a) to (h) ----------------------------------------------------------------------- */

static void
test_a_key (void)
{
  g_autoptr (EntMessage) message = ent_message_new ("engage", "m-1");
  g_autoptr (EntMessage) other_source = ent_message_new ("latam", "m-1");
  g_autoptr (EntMessage) other_id = ent_message_new ("engage", "m-2");
  g_autoptr (EntMessage) same = ent_message_new ("engage", "m-1");

  same->id = 7;
  same->source_name = g_strdup ("Engage");
  g_assert_true (ent_message_equal (message, same));
  g_assert_false (ent_message_equal (message, other_source));
  g_assert_false (ent_message_equal (message, other_id));
}

static void
test_a_foreign_observation (void)
{
  g_autoptr (EntMessage) message = ent_message_new ("engage", "m-2");

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*remote_id*");
  g_assert_false (merge (message, observe (1, SENT)));
  g_test_assert_expected_messages ();
  g_assert_cmpuint (message->stages, ==, 0);
}

static void
test_b_flags_are_ored (void)
{
  g_autoptr (EntMessage) message = merge_both (observe (5, ACCEPTED | FAILED), observe (1, SENT));

  g_assert_cmphex (message->stages, ==, ACCEPTED | SENT | FAILED);
}

static void
test_b_earliest_time (void)
{
  g_autoptr (EntMessage) message = merge_both (observe_time (9, SENT, ENT_STAGE_TIME_SENT, 300),
                                               observe_time (1, SENT, ENT_STAGE_TIME_SENT, 200));

  g_assert_cmpint (message->stage_times[ENT_STAGE_TIME_SENT], ==, 200);
  /* A later observation without a time takes none away. */
  g_assert_true (merge (message, observe (20, SENT)));
  g_assert_cmpint (message->stage_times[ENT_STAGE_TIME_SENT], ==, 200);
  g_assert_cmpint (message->first_update, ==, 1);
  g_assert_cmpint (message->last_update, ==, 20);
}

static void
test_c_closure (void)
{
  g_autoptr (EntMessage) message = ent_message_new ("s", "m-1");

  merge (message, observe_time (1, READ, ENT_STAGE_TIME_READ, 500));
  g_assert_cmphex (message->stages, ==, ACCEPTED | SENT | DELIVERED | READ);
  g_assert_cmpint (message->stage_times[ENT_STAGE_TIME_DELIVERED], ==, ENT_TIME_NONE);
  g_assert_true (ent_message_is_inferred (message, ENT_STAGE_TIME_DELIVERED));
  g_assert_true (ent_message_is_inferred (message, ENT_STAGE_TIME_ACCEPTED));
  g_assert_false (ent_message_is_inferred (message, ENT_STAGE_TIME_READ));
  g_assert_false (ent_message_is_inferred (message, ENT_STAGE_TIME_FAILED));
  /* In the funnel, not in latency. */
  g_assert_cmpint (ent_message_get_status (message), ==, ENT_STATUS_READ);
  g_assert_cmpint (ent_message_secs_to_deliver (message, 1000), ==, -1);
  g_assert_cmpint (ent_message_secs_to_read (message, 1000), ==, -1);

  /* The inferred stage becomes a reported one when its time arrives. */
  merge (message, observe_time (2, DELIVERED, ENT_STAGE_TIME_DELIVERED, 400));
  g_assert_false (ent_message_is_inferred (message, ENT_STAGE_TIME_DELIVERED));
}

static void
test_c_failure_implies_nothing (void)
{
  g_autoptr (EntMessage) message = ent_message_new ("s", "m-1");

  merge (message, observe (1, FAILED));
  g_assert_cmphex (message->stages, ==, FAILED);
}

static void
test_d_delivery_cancels_failure (void)
{
  g_autoptr (EntMessage) message = merge_both (observe (1, FAILED), observe (2, DELIVERED));

  g_assert_cmpint (ent_message_get_status (message), ==, ENT_STATUS_DELIVERED);
  g_assert_cmpint (ent_message_get_reason (message), ==, ENT_REASON_NONE);
  g_assert_true (ent_message_has_anomaly (message));
  g_assert_cmpint (status_of (SENT | FAILED, READ), ==, ENT_STATUS_READ);
  g_assert_cmpint (status_of (DELIVERED, FAILED), ==, ENT_STATUS_DELIVERED);
}

static void
test_e_sent_never_cancels_failure (void)
{
  g_assert_cmpint (status_of (SENT, FAILED), ==, ENT_STATUS_NOT_DELIVERED);
  g_assert_cmpint (status_of (FAILED, SENT), ==, ENT_STATUS_NOT_DELIVERED);
  g_assert_cmpint (status_of (ACCEPTED, FAILED), ==, ENT_STATUS_SEND_FAILED);
  g_assert_cmpint (status_of (FAILED, FAILED), ==, ENT_STATUS_SEND_FAILED);
}

static void
test_f_registers (void)
{
  g_autoptr (EntMessage) message = merge_both (observe_text (5, ENT_FIELD_CAMPAIGN, "new"),
                                               observe_text (4, ENT_FIELD_CAMPAIGN, "old"));

  g_assert_cmpstr (ent_message_get_text (message, ENT_FIELD_CAMPAIGN), ==, "new");

  /* Each field has a stamp of its own: an older observation may still write another field. */
  merge (message, observe_text (3, ENT_FIELD_USER, "ana"));
  g_assert_cmpstr (ent_message_get_text (message, ENT_FIELD_USER), ==, "ana");
  g_assert_cmpint (message->fields[ENT_FIELD_USER].stamp, ==, 3);
  g_assert_cmpint (message->fields[ENT_FIELD_CAMPAIGN].stamp, ==, 5);
}

static void
test_f_ties_by_bytes (void)
{
  /* "ã" is C3 A3 and sorts behind every ASCII letter, in whatever locale. */
  g_autoptr (EntMessage) text = merge_both (observe_text (5, ENT_FIELD_CONTENT, "z"),
                                            observe_text (5, ENT_FIELD_CONTENT, "ã"));
  g_autoptr (EntMessage) number =
      merge_both (observe_number (5, ENT_FIELD_PARTS, 2), observe_number (5, ENT_FIELD_PARTS, 10));

  g_assert_cmpstr (ent_message_get_text (text, ENT_FIELD_CONTENT), ==, "ã");
  g_assert_cmpint (ent_message_get_number (number, ENT_FIELD_PARTS), ==, 10);
}

static void
test_f_same_value_later (void)
{
  g_autoptr (EntMessage) message =
      merge_both (observe_text (5, ENT_FIELD_USER, "ana"), observe_text (9, ENT_FIELD_USER, "ana"));

  /* The later stamp counts: what was said at 7 is older than the confirmation at 9. */
  merge (message, observe_text (7, ENT_FIELD_USER, "bia"));
  g_assert_cmpstr (ent_message_get_text (message, ENT_FIELD_USER), ==, "ana");
}

static void
test_g_null_never_erases (void)
{
  g_autoptr (EntMessage) message =
      merge_both (observe_text (1, ENT_FIELD_USER, "ana"), observe_text (9, ENT_FIELD_USER, NULL));

  g_assert_cmpstr (ent_message_get_text (message, ENT_FIELD_USER), ==, "ana");
  g_assert_cmpint (message->fields[ENT_FIELD_USER].stamp, ==, 1);
  merge (message, observe_number (2, ENT_FIELD_PARTS, 3));
  merge (message, observe_number (8, ENT_FIELD_PARTS, ENT_NUMBER_NONE));
  g_assert_cmpint (ent_message_get_number (message, ENT_FIELD_PARTS), ==, 3);

  /* An empty text is a value. */
  merge (message, observe_text (10, ENT_FIELD_USER, ""));
  g_assert_cmpstr (ent_message_get_text (message, ENT_FIELD_USER), ==, "");
}

static void
test_h_out_of_order (void)
{
  g_autoptr (EntMessage) message =
      merge_both (observe_time (1, SENT, ENT_STAGE_TIME_SENT, 5000),
                  observe_time (2, DELIVERED, ENT_STAGE_TIME_DELIVERED, 4999));

  g_assert_cmpint (message->stage_times[ENT_STAGE_TIME_DELIVERED], ==, 4999);
  g_assert_true (ent_message_has_anomaly (message));
  g_assert_cmpint (ent_message_secs_to_deliver (message, 100000), ==, -1);
}

static void
test_h_same_moment (void)
{
  g_autoptr (EntMessage) message =
      merge_both (observe_time (1, SENT, ENT_STAGE_TIME_SENT, 5000),
                  observe_time (2, DELIVERED, ENT_STAGE_TIME_DELIVERED, 5000));

  g_assert_false (ent_message_has_anomaly (message));
  g_assert_cmpint (ent_message_secs_to_deliver (message, 100000), ==, 0);
}

static void
test_h_future (void)
{
  g_autoptr (EntMessage) message =
      merge_both (observe_time (1, SENT, ENT_STAGE_TIME_SENT, 5000),
                  observe_time (2, DELIVERED, ENT_STAGE_TIME_DELIVERED, 9000));

  /* The future is judged when the message is read. */
  g_assert_cmpint (ent_message_secs_to_deliver (message, 8999), ==, -1);
  g_assert_cmpint (ent_message_secs_to_deliver (message, 9000), ==, 4);
  g_assert_false (ent_message_has_anomaly (message));
}

/* ---- Reading -------------------------------------------------------------------------------- */

static void
test_nothing_observed (void)
{
  g_autoptr (EntMessage) message = ent_message_new ("s", "m-1");

  for (guint field = 0; field < ENT_N_NUMBER_FIELDS; field++)
    g_assert_cmpint (ent_message_get_number (message, field), ==, ENT_NUMBER_NONE);
  for (guint field = ENT_N_NUMBER_FIELDS; field < ENT_N_FIELDS; field++)
    g_assert_null (ent_message_get_text (message, field));
  g_assert_cmpint (ent_message_get_channel (message), ==, ENT_CHANNEL_OTHER);
  g_assert_cmpint (ent_message_get_direction (message), ==, ENT_DIRECTION_MT);
  g_assert_cmpint (ent_message_get_content_type (message), ==, ENT_CONTENT_TYPE_OTHER);
  g_assert_cmpint (ent_message_get_reason (message), ==, ENT_REASON_NONE);
  g_assert_cmpint (ent_message_get_status (message), ==, ENT_STATUS_QUEUED);
  g_assert_cmpint (ent_message_get_time (message, NULL), ==, ENT_TIME_NONE);
  g_assert_false (ent_message_has_anomaly (message));
}

static void
test_enumerations (void)
{
  g_autoptr (EntMessage) message = ent_message_new ("s", "m-1");

  merge (message, observe_number (1, ENT_FIELD_CHANNEL, ENT_CHANNEL_RCS));
  merge (message, observe_number (1, ENT_FIELD_DIRECTION, ENT_DIRECTION_MO));
  merge (message, observe_number (1, ENT_FIELD_CONTENT_TYPE, ENT_CONTENT_TYPE_VIDEO));
  g_assert_cmpint (ent_message_get_channel (message), ==, ENT_CHANNEL_RCS);
  g_assert_cmpint (ent_message_get_direction (message), ==, ENT_DIRECTION_MO);
  g_assert_cmpint (ent_message_get_content_type (message), ==, ENT_CONTENT_TYPE_VIDEO);
  g_assert_cmpint (ent_message_get_status (message), ==, ENT_STATUS_RECEIVED);

  /* What no enumeration has. */
  merge (message, observe_number (2, ENT_FIELD_CHANNEL, ENT_N_CHANNELS));
  merge (message, observe_number (2, ENT_FIELD_DIRECTION, -1));
  merge (message, observe_number (2, ENT_FIELD_CONTENT_TYPE, G_MAXINT64));
  g_assert_cmpint (ent_message_get_channel (message), ==, ENT_CHANNEL_OTHER);
  g_assert_cmpint (ent_message_get_direction (message), ==, ENT_DIRECTION_MT);
  g_assert_cmpint (ent_message_get_content_type (message), ==, ENT_CONTENT_TYPE_OTHER);
}

static void
test_reason (void)
{
  g_autoptr (EntMessage) message = ent_message_new ("s", "m-1");

  merge (message, observe_number (1, ENT_FIELD_REASON, ENT_REASON_QUOTA));
  g_assert_cmpint (ent_message_get_reason (message), ==, ENT_REASON_NONE);
  merge (message, observe (2, FAILED));
  g_assert_cmpint (ent_message_get_reason (message), ==, ENT_REASON_QUOTA);
  merge (message, observe_number (3, ENT_FIELD_REASON, ENT_REASON_NONE));
  g_assert_cmpint (ent_message_get_reason (message), ==, ENT_REASON_UNKNOWN);
  merge (message, observe_number (4, ENT_FIELD_REASON, ENT_N_REASONS));
  g_assert_cmpint (ent_message_get_reason (message), ==, ENT_REASON_UNKNOWN);
}

static void
test_time (void)
{
  g_autoptr (EntMessage) message = ent_message_new ("s", "m-1");
  EntTimeKind kind = ENT_TIME_KIND_ACCEPTED;

  merge (message, observe (900, 0));
  merge (message, observe (800, 0));
  g_assert_cmpint (ent_message_get_time (message, &kind), ==, 800);
  g_assert_cmpint (kind, ==, ENT_TIME_KIND_UPDATED);
  merge (message, observe_time (950, SENT, ENT_STAGE_TIME_SENT, 700));
  g_assert_cmpint (ent_message_get_time (message, &kind), ==, 700);
  g_assert_cmpint (kind, ==, ENT_TIME_KIND_SENT);
  merge (message, observe_time (960, ACCEPTED, ENT_STAGE_TIME_ACCEPTED, 750));
  g_assert_cmpint (ent_message_get_time (message, &kind), ==, 750);
  g_assert_cmpint (kind, ==, ENT_TIME_KIND_ACCEPTED);
}

static void
test_unconfirmed (void)
{
  const gint64 now = 40 * DAY_MS;
  const gint64 edge = 10 * DAY_MS;

  g_assert_cmpint (ent_status_at (ENT_STATUS_SENT, edge, FALSE, now), ==, ENT_STATUS_SENT);
  g_assert_cmpint (ent_status_at (ENT_STATUS_SENT, edge - 1, FALSE, now), ==,
                   ENT_STATUS_UNCONFIRMED);
  g_assert_cmpint (ent_status_at (ENT_STATUS_SENT, now, TRUE, now), ==, ENT_STATUS_UNCONFIRMED);
  for (guint status = 0; status < ENT_N_STATUSES; status++)
    if (status != ENT_STATUS_SENT)
      g_assert_cmpint (ent_status_at (status, 0, TRUE, now), ==, status);

  g_assert_cmpint (ent_status_at (ENT_STATUS_SENT, G_MININT64, FALSE, G_MININT64), ==,
                   ENT_STATUS_SENT);
  g_assert_cmpint (ent_status_at (ENT_STATUS_SENT, G_MAXINT64, FALSE, G_MININT64), ==,
                   ENT_STATUS_SENT);
  g_assert_cmpint (ent_status_at (ENT_STATUS_SENT, G_MININT64, FALSE, G_MAXINT64), ==,
                   ENT_STATUS_UNCONFIRMED);
}

static void
test_status_from_stages (void)
{
  for (guint stages = 0; stages < 32; stages++)
    {
      EntStatus status = ent_status_from_stages (stages, ENT_DIRECTION_MT);
      EntStatus expected;

      if (stages & READ)
        expected = ENT_STATUS_READ;
      else if (stages & DELIVERED)
        expected = ENT_STATUS_DELIVERED;
      else if ((stages & (SENT | FAILED)) == (SENT | FAILED))
        expected = ENT_STATUS_NOT_DELIVERED;
      else if (stages & FAILED)
        expected = ENT_STATUS_SEND_FAILED;
      else
        expected = stages & SENT ? ENT_STATUS_SENT : ENT_STATUS_QUEUED;
      g_assert_cmpint (status, ==, expected);
      g_assert_cmpint (ent_status_from_stages (stages, ENT_DIRECTION_MO), ==, ENT_STATUS_RECEIVED);
    }
}

static void
test_latency (void)
{
  g_autoptr (EntMessage) message = ent_message_new ("s", "m-1");

  merge (message, observe_time (1, ACCEPTED, ENT_STAGE_TIME_ACCEPTED, 1000));
  merge (message, observe_time (1, DELIVERED, ENT_STAGE_TIME_DELIVERED, 61999));
  g_assert_cmpint (ent_message_secs_to_deliver (message, 100000), ==, 60);
  merge (message, observe_time (1, SENT, ENT_STAGE_TIME_SENT, 2000));
  g_assert_cmpint (ent_message_secs_to_deliver (message, 100000), ==, 59);
  g_assert_cmpint (ent_message_secs_to_read (message, 100000), ==, -1);
  merge (message, observe_time (1, READ, ENT_STAGE_TIME_READ, 61999));
  g_assert_cmpint (ent_message_secs_to_read (message, 100000), ==, 0);

  /* Nothing is measured on messages from the customer. */
  merge (message, observe_number (1, ENT_FIELD_DIRECTION, ENT_DIRECTION_MO));
  g_assert_cmpint (ent_message_secs_to_deliver (message, 100000), ==, -1);
  g_assert_cmpint (ent_message_secs_to_read (message, 100000), ==, -1);
}

static void
test_latency_extremes (void)
{
  g_autoptr (EntMessage) message = ent_message_new ("s", "m-1");

  merge (message, observe_time (1, SENT, ENT_STAGE_TIME_SENT, G_MININT64 + 1));
  merge (message, observe_time (1, DELIVERED, ENT_STAGE_TIME_DELIVERED, G_MAXINT64));
  g_assert_cmpint (ent_message_secs_to_deliver (message, G_MAXINT64), ==, G_MAXUINT64 / 1000);
}

static void
test_boxed (void)
{
  g_autoptr (EntMessage) message = ent_message_new ("s", "m-1");
  EntMessage *copy = g_boxed_copy (ENT_TYPE_MESSAGE, message);

  g_assert_true (copy == message);
  g_assert_cmpint (message->ref_count, ==, 2);
  g_boxed_free (ENT_TYPE_MESSAGE, copy);
  g_assert_cmpint (message->ref_count, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message/a-key", test_a_key);
  g_test_add_func ("/message/a-foreign-observation", test_a_foreign_observation);
  g_test_add_func ("/message/b-flags-are-ored", test_b_flags_are_ored);
  g_test_add_func ("/message/b-earliest-time", test_b_earliest_time);
  g_test_add_func ("/message/c-closure", test_c_closure);
  g_test_add_func ("/message/c-failure-implies-nothing", test_c_failure_implies_nothing);
  g_test_add_func ("/message/d-delivery-cancels-failure", test_d_delivery_cancels_failure);
  g_test_add_func ("/message/e-sent-never-cancels-failure", test_e_sent_never_cancels_failure);
  g_test_add_func ("/message/f-registers", test_f_registers);
  g_test_add_func ("/message/f-ties-by-bytes", test_f_ties_by_bytes);
  g_test_add_func ("/message/f-same-value-later", test_f_same_value_later);
  g_test_add_func ("/message/g-null-never-erases", test_g_null_never_erases);
  g_test_add_func ("/message/h-out-of-order", test_h_out_of_order);
  g_test_add_func ("/message/h-same-moment", test_h_same_moment);
  g_test_add_func ("/message/h-future", test_h_future);
  g_test_add_func ("/message/nothing-observed", test_nothing_observed);
  g_test_add_func ("/message/enumerations", test_enumerations);
  g_test_add_func ("/message/reason", test_reason);
  g_test_add_func ("/message/time", test_time);
  g_test_add_func ("/message/unconfirmed", test_unconfirmed);
  g_test_add_func ("/message/status-from-stages", test_status_from_stages);
  g_test_add_func ("/message/latency", test_latency);
  g_test_add_func ("/message/latency-extremes", test_latency_extremes);
  g_test_add_func ("/message/boxed", test_boxed);
  return g_test_run ();
}
