/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The messages that are made up: the same for the same seed, in order, with histories that make
 * sense and rates that look like a provider's.
 */
#include <string.h>

#include "ent-sim-calendar.h"
#include "ent-sim-company.h"
#include "sim-test.h"

static void
test_deterministic (void)
{
  g_autoptr (EntSimWorld) a = sim_test_world (11, 30, 9000);
  g_autoptr (EntSimWorld) b = sim_test_world (11, 30, 9000);
  g_autoptr (EntSimWorld) other = sim_test_world (12, 30, 9000);
  int first = ent_sim_world_get_first_day (a);
  guint differing = 0;

  /* One world is made forwards, the other backwards, and past the end too. */
  for (int d = 49; d >= 0; d--)
    ent_sim_world_get_day (b, first + d);
  for (int d = 0; d < 50; d++)
    {
      const EntSimDay *left = ent_sim_world_get_day (a, first + d);
      const EntSimDay *right = ent_sim_world_get_day (b, first + d);
      const EntSimDay *third = ent_sim_world_get_day (other, first + d);

      g_assert_cmpmem (left->messages, left->n_messages * sizeof *left->messages, right->messages,
                       right->n_messages * sizeof *right->messages);
      differing +=
          third->n_messages != left->n_messages ||
          memcmp (left->messages, third->messages, left->n_messages * sizeof *left->messages) != 0;
    }
  g_assert_cmpuint (differing, ==, 50);
}

static void
check_times (const EntSimMessage *message)
{
  if (message->sent == ENT_SIM_NEVER)
    {
      g_assert_cmpuint (message->read, ==, ENT_SIM_NEVER);
      g_assert_true (message->done == ENT_SIM_NEVER || message->fate == ENT_SIM_FATE_SEND_FAILED);
    }
  if (message->done != ENT_SIM_NEVER)
    {
      g_assert_true (message->sent == ENT_SIM_NEVER || message->sent <= message->done);
      g_assert_cmpuint (message->done, <, 7 * 86400000u);
    }
  if (message->read != ENT_SIM_NEVER)
    {
      g_assert_cmpuint (message->done, <=, message->read);
      g_assert_cmpuint (message->read, <, 7 * 86400000u);
      g_assert_cmpint (message->channel, ==, ENT_SIM_CHANNEL_WHATSAPP);
    }
  g_assert_true ((message->read != ENT_SIM_NEVER) == (message->fate == ENT_SIM_FATE_READ));
}

static void
check_seconds (const EntSimMessage *message)
{
  guint account = ent_sim_slot_get_account (message->slot);

  if (ent_sim_account_get (account)->stamp != ENT_SIM_STAMP_BARE)
    return;
  g_assert_cmpuint (message->at % 1000, ==, 0);
  g_assert_true (message->done == ENT_SIM_NEVER || message->done % 1000 == 0);
  g_assert_true (message->read == ENT_SIM_NEVER || message->read % 1000 == 0);
}

/* A sequence of messages by time, each with a history in order; answers come after what they
 * answer was delivered, from the same person. */
static void
test_messages (void)
{
  g_autoptr (EntSimWorld) world = sim_test_world (3, 40, 40000);
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);
  int first = ent_sim_world_get_first_day (world);
  guint total = 0, inbound = 0, answers = 0;

  for (int d = 0; d < 40; d++)
    {
      const EntSimDay *day = ent_sim_world_get_day (world, first + d);
      gint64 end = ent_sim_world_get_day (world, first + d + 1)->start;

      for (guint32 i = 0; i < day->n_messages; i++)
        {
          EntSimMessage *message = &day->messages[i];

          g_assert_true (g_hash_table_insert (known, &message->key, message));
          g_assert_true (i == 0 || day->messages[i - 1].at <= message->at);
          g_assert_cmpint (ent_sim_day_get_instant (day, i), <, end);
          check_times (message);
          check_seconds (message);
          total++;
          inbound += message->fate == ENT_SIM_FATE_RECEIVED;
          if (message->reply_key != 0)
            {
              const EntSimMessage *asked = g_hash_table_lookup (known, &message->reply_key);

              g_assert_nonnull (asked);
              g_assert_cmpuint (asked->contact, ==, message->contact);
              g_assert_cmpuint (asked->slot, ==, message->slot);
              g_assert_cmpuint (asked->channel, ==, message->channel);
              g_assert_cmpuint (asked->at + asked->done, <=, message->at);
              answers++;
            }
        }
    }
  g_assert_cmpuint (total, ==, 40000);
  g_assert_cmpuint (inbound, >, 3000);
  g_assert_cmpuint (inbound, <, 3400);
  g_assert_cmpuint (answers, >, inbound * 3 / 4);
  g_assert_cmpuint (answers, <, inbound);
}

/* Stages only go forwards as a message grows older, and nothing changes after seven days. */
static void
test_stages (void)
{
  static const gint64 ages[] = { 0,           1000,     5000,         60000,       3600000,
                                 6 * 3600000, 86400000, 3 * 86400000, 7 * 86400000 };
  /* For each stage, those that may come before it, as bits. */
  static const guint before[] = {
    [ENT_SIM_STAGE_QUEUED] = 1 << ENT_SIM_STAGE_QUEUED,
    [ENT_SIM_STAGE_SENT] = 1 << ENT_SIM_STAGE_QUEUED | 1 << ENT_SIM_STAGE_SENT,
    [ENT_SIM_STAGE_DELIVERED] =
        1 << ENT_SIM_STAGE_QUEUED | 1 << ENT_SIM_STAGE_SENT | 1 << ENT_SIM_STAGE_DELIVERED,
    [ENT_SIM_STAGE_READ] = 1 << ENT_SIM_STAGE_QUEUED | 1 << ENT_SIM_STAGE_SENT |
                           1 << ENT_SIM_STAGE_DELIVERED | 1 << ENT_SIM_STAGE_READ,
    [ENT_SIM_STAGE_SEND_FAILED] = 1 << ENT_SIM_STAGE_QUEUED | 1 << ENT_SIM_STAGE_SEND_FAILED,
    [ENT_SIM_STAGE_NOT_DELIVERED] =
        1 << ENT_SIM_STAGE_QUEUED | 1 << ENT_SIM_STAGE_SENT | 1 << ENT_SIM_STAGE_NOT_DELIVERED,
    [ENT_SIM_STAGE_RECEIVED] = 1 << ENT_SIM_STAGE_RECEIVED,
  };
  g_autoptr (EntSimWorld) world = sim_test_world (4, 10, 20000);
  guint seen[G_N_ELEMENTS (before)] = { 0 };

  for (int d = 0; d < 10; d++)
    {
      const EntSimDay *day = ent_sim_world_get_day (world, ent_sim_world_get_first_day (world) + d);

      for (guint32 i = 0; i < day->n_messages; i++)
        {
          const EntSimMessage *message = &day->messages[i];
          EntSimStage last = ent_sim_message_get_stage (message, 0);
          guint32 update = 0;

          for (guint a = 0; a < G_N_ELEMENTS (ages); a++)
            {
              EntSimStage stage = ent_sim_message_get_stage (message, ages[a]);
              guint32 new_update = ent_sim_message_get_last_update (message, ages[a]);

              g_assert_cmpuint (before[stage] & (1u << last), !=, 0);
              g_assert_cmpuint (new_update, >=, update);
              g_assert_cmpuint (new_update, <=, ages[a]);
              last = stage;
              update = new_update;
            }
          g_assert_cmpint (ent_sim_message_get_stage (message, G_MAXINT64 / 2), ==, last);
          seen[last]++;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    g_assert_cmpuint (seen[i], >, 0);
}

static void
check_between (const char *what, double value, double least, double most)
{
  g_test_message ("%s: %.2f", what, value);
  g_assert_cmpfloat (value, >=, least);
  g_assert_cmpfloat (value, <=, most);
}

/* What the sample's charts and cards show. */
static void
test_rates (void)
{
  g_autoptr (EntSimWorld) world = sim_test_world (1, 90, 50000);
  gint64 clock = ent_sim_world_get_clock (world);
  guint stages[2][ENT_SIM_STAGE_RECEIVED + 1] = { { 0 } };
  double total = 0, sent = 0, delivered = 0, failed = 0;

  for (int d = 0; d < 90; d++)
    {
      const EntSimDay *day = ent_sim_world_get_day (world, ent_sim_world_get_first_day (world) + d);

      for (guint32 i = 0; i < day->n_messages; i++)
        stages[day->messages[i].channel][ent_sim_message_get_stage (
            &day->messages[i], clock - ent_sim_day_get_instant (day, i))]++;
    }
  for (guint c = 0; c < 2; c++)
    {
      const guint *counts = stages[c];
      double arrived = counts[ENT_SIM_STAGE_DELIVERED] + counts[ENT_SIM_STAGE_READ];

      delivered += arrived;
      sent += arrived + counts[ENT_SIM_STAGE_SENT] + counts[ENT_SIM_STAGE_NOT_DELIVERED];
      failed += counts[ENT_SIM_STAGE_SEND_FAILED] + counts[ENT_SIM_STAGE_NOT_DELIVERED];
      total += counts[ENT_SIM_STAGE_SEND_FAILED] + counts[ENT_SIM_STAGE_QUEUED];
      if (c == ENT_SIM_CHANNEL_WHATSAPP)
        check_between ("read of delivered", 100 * counts[ENT_SIM_STAGE_READ] / arrived, 62, 68);
      else
        g_assert_cmpuint (counts[ENT_SIM_STAGE_READ], ==, 0);
    }
  total += sent;
  check_between ("delivered of sent", 100 * delivered / sent, 94, 96);
  check_between ("errors of total", 100 * failed / total, 3, 6);
}

static void
test_clock (void)
{
  g_autoptr (EntSimWorld) world = sim_test_world (1, 5, 100);
  gint64 start = ent_sim_world_get_clock (world);
  g_autofree char *text = ent_sim_instant_to_string (start);

  g_assert_cmpstr (text, ==, SIM_TEST_CLOCK);
  g_assert_true (ent_sim_world_advance (world, 0));
  g_assert_true (ent_sim_world_advance (world, 60));
  g_assert_cmpint (ent_sim_world_get_clock (world), ==, start + 60000);
  g_assert_false (ent_sim_world_advance (world, -1));
  g_assert_false (ent_sim_world_advance (world, G_MAXINT64));
  g_assert_false (ent_sim_world_advance (world, G_GINT64_CONSTANT (11) * 366 * 86400));
  g_assert_cmpint (ent_sim_world_get_clock (world), ==, start + 60000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/world/deterministic", test_deterministic);
  g_test_add_func ("/simulator/world/messages", test_messages);
  g_test_add_func ("/simulator/world/stages", test_stages);
  g_test_add_func ("/simulator/world/rates", test_rates);
  g_test_add_func ("/simulator/world/clock", test_clock);
  return g_test_run ();
}
