/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ledger against a recount, message by message, and against what the wire says by the rules
 * that a client is given; at clocks that move on.
 */
#include <string.h>

#include "ent-sim-calendar.h"
#include "ent-sim-ledger.h"
#include "ent-sim-wire.h"
#include "sim-test.h"

#define N_STAGES (ENT_SIM_STAGE_RECEIVED + 1)

typedef struct
{
  const char *zone;
  const char *end;
} LedgerCase;

/* Days of 23 and 25 hours lie within thirty days before each end that has a zone with them. */
static const LedgerCase cases[] = {
  { "America/Sao_Paulo", "2026-11-15" }, { "America/Sao_Paulo", "2018-11-20" },
  { "America/Sao_Paulo", "2018-02-28" }, { "America/Santiago", "2025-09-20" },
  { "America/Santiago", "2025-04-20" },  { "UTC", "2026-11-15" },
  { "Asia/Kathmandu", "2026-11-15" },    { "Pacific/Kiritimati", "2026-11-15" },
  { "Pacific/Pago_Pago", "2026-11-15" },
};

/* The key of a day, channel and direction. */
static char *
row_key (GDateTime *local, guint channel, gboolean outbound)
{
  g_autofree char *date = g_date_time_format (local, "%Y-%m-%d");

  return g_strdup_printf ("%s %u %d", date, channel, outbound);
}

/* Counts the stages of all messages up to the clock, each by its own GDateTime. */
static GHashTable *
recount (EntSimWorld *world, GTimeZone *zone, int last_day)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gint64 clock = ent_sim_world_get_clock (world);

  for (int number = ent_sim_world_get_first_day (world); number <= last_day; number++)
    {
      const EntSimDay *day = ent_sim_world_get_day (world, number);

      for (guint32 i = 0; i < day->n_messages; i++)
        {
          gint64 instant = ent_sim_day_get_instant (day, i);
          g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / 1000);
          g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
          const EntSimMessage *message = &day->messages[i];
          g_autofree char *key =
              row_key (local, message->channel, message->fate != ENT_SIM_FATE_RECEIVED);
          guint32 *stages = g_hash_table_lookup (rows, key);

          if (instant > clock)
            continue;
          if (stages == NULL)
            {
              stages = g_new0 (guint32, N_STAGES);
              g_hash_table_insert (rows, g_steal_pointer (&key), stages);
            }
          stages[ent_sim_message_get_stage (message, clock - instant)]++;
        }
    }
  return rows;
}

static void
check_identities (const guint32 *c)
{
  g_assert_cmpuint (c[ENT_SIM_COUNTER_TOTAL], ==,
                    c[ENT_SIM_COUNTER_SENT] + c[ENT_SIM_COUNTER_SEND_FAILED] +
                        c[ENT_SIM_COUNTER_QUEUED]);
  g_assert_cmpuint (c[ENT_SIM_COUNTER_SENT], ==,
                    c[ENT_SIM_COUNTER_DELIVERED] + c[ENT_SIM_COUNTER_NOT_DELIVERED] +
                        c[ENT_SIM_COUNTER_IN_TRANSIT]);
  g_assert_cmpuint (c[ENT_SIM_COUNTER_READ], <=, c[ENT_SIM_COUNTER_DELIVERED]);
}

/* Compares one row with the recount; returns its messages, both directions. */
static guint
check_row (
    const EntSimLedger *ledger, GHashTable *rows, int day, EntSimChannel channel, gboolean outbound)
{
  static const guint32 none[N_STAGES];
  int year, month, day_of_month;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *key = NULL;
  const guint32 *stages;
  guint32 c[ENT_SIM_N_COUNTERS];

  ent_sim_day_to_civil (day, &year, &month, &day_of_month);
  date = g_date_time_new_utc (year, month, day_of_month, 12, 0, 0);
  key = row_key (date, channel, outbound);
  stages = g_hash_table_lookup (rows, key);
  if (stages == NULL)
    stages = none;
  for (guint i = 0; i < ENT_SIM_N_COUNTERS; i++)
    c[i] = ent_sim_ledger_get (ledger, day, channel, outbound, (EntSimCounter) i);

  check_identities (c);
  g_assert_cmpuint (c[ENT_SIM_COUNTER_RECEIVED], ==, stages[ENT_SIM_STAGE_RECEIVED]);
  g_assert_cmpuint (c[ENT_SIM_COUNTER_QUEUED], ==, stages[ENT_SIM_STAGE_QUEUED]);
  g_assert_cmpuint (c[ENT_SIM_COUNTER_IN_TRANSIT], ==, stages[ENT_SIM_STAGE_SENT]);
  g_assert_cmpuint (c[ENT_SIM_COUNTER_SEND_FAILED], ==, stages[ENT_SIM_STAGE_SEND_FAILED]);
  g_assert_cmpuint (c[ENT_SIM_COUNTER_NOT_DELIVERED], ==, stages[ENT_SIM_STAGE_NOT_DELIVERED]);
  g_assert_cmpuint (c[ENT_SIM_COUNTER_READ], ==, stages[ENT_SIM_STAGE_READ]);
  g_assert_cmpuint (c[ENT_SIM_COUNTER_DELIVERED], ==,
                    stages[ENT_SIM_STAGE_DELIVERED] + stages[ENT_SIM_STAGE_READ]);
  g_assert_true (outbound ? c[ENT_SIM_COUNTER_RECEIVED] == 0 : c[ENT_SIM_COUNTER_TOTAL] == 0);
  return c[ENT_SIM_COUNTER_TOTAL] + c[ENT_SIM_COUNTER_RECEIVED];
}

static guint
check_ledger (EntSimWorld *world, GTimeZone *zone, int from, int to)
{
  g_autoptr (EntSimLedger) ledger = ent_sim_ledger_new (world, zone, from, to);
  g_autoptr (GHashTable) rows = recount (world, zone, to + 2);
  guint messages = 0;

  for (int day = from; day <= to; day++)
    for (int channel = 0; channel < ENT_SIM_N_CHANNELS; channel++)
      for (int outbound = 0; outbound < 2; outbound++)
        messages += check_row (ledger, rows, day, (EntSimChannel) channel, outbound);
  return messages;
}

static void
test_recount (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = ent_sim_zone_new (cases[i].zone);
      EntSimConfig config = sim_test_config (i + 1, 30, 6000, cases[i].end);
      g_autoptr (EntSimWorld) world = ent_sim_world_new (&config, ent_sim_config_get_end (&config));

      g_test_message ("%s, %s", cases[i].zone, cases[i].end);
      g_assert_nonnull (zone);
      g_assert_cmpuint (check_ledger (world, zone, config.end_day - 31, config.end_day + 2), ==,
                        6000);
      /* A part of the days is the same rows. */
      g_assert_cmpuint (check_ledger (world, zone, config.end_day - 12, config.end_day - 3), >,
                        1000);
    }
}

/* In the middle of a day, only what has happened counts. */
static void
test_partial_day (void)
{
  EntSimConfig config = sim_test_config (6, 10, 5000, SIM_TEST_END);
  g_autoptr (GTimeZone) zone = ent_sim_zone_new (ENT_SIM_HOME_ZONE);
  gint64 noon = ent_sim_config_get_end (&config) - 12 * 3600000;
  g_autoptr (EntSimWorld) world = ent_sim_world_new (&config, noon);
  guint messages = check_ledger (world, zone, config.end_day - 9, config.end_day);

  g_assert_cmpuint (messages, <, 5000);
  g_assert_cmpuint (messages, >, 4500);
}

/* ---- The wire ---------------------------------------------------------------------------- */

/* The stage that a client must conclude from status and code. */
static EntSimStage
conclude (JsonObject *message)
{
  const char *word = sim_test_string (message, "status");
  gint64 code = json_object_get_int_member_with_default (message, "status_code", 0);
  gboolean was_read = g_str_equal (word, "read");

  if (g_str_equal (sim_test_string (message, "direction"), "inbound"))
    return ENT_SIM_STAGE_RECEIVED;
  if (code == 220 || code == 221)
    return was_read ? ENT_SIM_STAGE_READ : ENT_SIM_STAGE_DELIVERED;
  if (code != 0)
    {
      g_assert_cmpint (code, >=, 100);
      g_assert_cmpint (code, <, 500);
      return (const EntSimStage[]){ ENT_SIM_STAGE_QUEUED, ENT_SIM_STAGE_SENT,
                                    ENT_SIM_STAGE_SEND_FAILED,
                                    ENT_SIM_STAGE_NOT_DELIVERED }[code / 100 - 1];
    }
  if (was_read)
    return ENT_SIM_STAGE_READ;
  if (g_str_equal (word, "delivered"))
    return ENT_SIM_STAGE_DELIVERED;
  if (g_str_equal (word, "enroute") || g_str_equal (word, "submitted"))
    return ENT_SIM_STAGE_SENT;
  if (g_str_equal (word, "expired"))
    return ENT_SIM_STAGE_NOT_DELIVERED;
  if (g_str_equal (word, "failed") || g_str_equal (word, "rejected") ||
      g_str_equal (word, "cancelled"))
    return ENT_SIM_STAGE_SEND_FAILED;
  return ENT_SIM_STAGE_QUEUED;
}

/* Counts the wire's rows of one day in São Paulo by stage, and notes each message's stage. */
static void
count_wire_day (EntSimEngage *engage, int day, const char *channel, guint *stages, GHashTable *seen)
{
  g_autoptr (GString) conditions = g_string_new ("\"start_date\":\"");
  g_autoptr (GPtrArray) messages = NULL;

  ent_sim_day_append (conditions, day);
  g_string_append (conditions, "T00:00:00\",\"end_date\":\"");
  ent_sim_day_append (conditions, day + 1);
  g_string_append_printf (conditions, "T00:00:00\",\"channels\":[\"%s\"]", channel);
  messages = sim_test_ask_all (engage, conditions->str);
  memset (stages, 0, N_STAGES * sizeof *stages);
  for (guint i = 0; i < messages->len; i++)
    {
      JsonObject *message = g_ptr_array_index (messages, i);
      EntSimStage stage = conclude (message);

      stages[stage]++;
      g_assert_true (json_object_has_member (message, "delivered_timestamp") ==
                     (stage == ENT_SIM_STAGE_DELIVERED || stage == ENT_SIM_STAGE_READ));
      g_hash_table_insert (seen, g_strdup (sim_test_string (message, "message_id")),
                           GUINT_TO_POINTER (stage));
    }
}

static void
compare_day (const EntSimLedger *ledger, EntSimEngage *engage, int day, GHashTable *seen)
{
  static const char *const channels[ENT_SIM_N_CHANNELS] = { "WHATSAPP", "SMS" };

  for (guint c = 0; c < ENT_SIM_N_CHANNELS; c++)
    {
      guint stages[N_STAGES];

      count_wire_day (engage, day, channels[c], stages, seen);
#define COUNTER(name, outbound)                                                                    \
  ent_sim_ledger_get (ledger, day, (EntSimChannel) c, outbound, ENT_SIM_COUNTER_##name)
      g_assert_cmpuint (stages[ENT_SIM_STAGE_QUEUED], ==, COUNTER (QUEUED, TRUE));
      g_assert_cmpuint (stages[ENT_SIM_STAGE_SENT], ==, COUNTER (IN_TRANSIT, TRUE));
      g_assert_cmpuint (stages[ENT_SIM_STAGE_SEND_FAILED], ==, COUNTER (SEND_FAILED, TRUE));
      g_assert_cmpuint (stages[ENT_SIM_STAGE_NOT_DELIVERED], ==, COUNTER (NOT_DELIVERED, TRUE));
      g_assert_cmpuint (stages[ENT_SIM_STAGE_READ], ==, COUNTER (READ, TRUE));
      g_assert_cmpuint (stages[ENT_SIM_STAGE_READ] + stages[ENT_SIM_STAGE_DELIVERED], ==,
                        COUNTER (DELIVERED, TRUE));
      g_assert_cmpuint (stages[ENT_SIM_STAGE_RECEIVED], ==, COUNTER (RECEIVED, FALSE));
#undef COUNTER
    }
}

/* A later stage, or the same: what a client has seen never becomes less. */
static void
check_progress (GHashTable *before, GHashTable *after)
{
  static const guint rank[N_STAGES] = {
    [ENT_SIM_STAGE_QUEUED] = 0,  [ENT_SIM_STAGE_SENT] = 1,        [ENT_SIM_STAGE_DELIVERED] = 2,
    [ENT_SIM_STAGE_READ] = 3,    [ENT_SIM_STAGE_SEND_FAILED] = 4, [ENT_SIM_STAGE_NOT_DELIVERED] = 4,
    [ENT_SIM_STAGE_RECEIVED] = 4
  };
  GHashTableIter iter;
  gpointer id, stage;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &id, &stage))
    {
      gpointer now = NULL;

      g_assert_true (g_hash_table_lookup_extended (after, id, NULL, &now));
      g_assert_cmpuint (rank[GPOINTER_TO_UINT (now)], >=, rank[GPOINTER_TO_UINT (stage)]);
      if (GPOINTER_TO_UINT (stage) == ENT_SIM_STAGE_SENT)
        g_assert_cmpuint (GPOINTER_TO_UINT (now), !=, ENT_SIM_STAGE_SEND_FAILED);
      if (GPOINTER_TO_UINT (stage) == ENT_SIM_STAGE_DELIVERED)
        g_assert_cmpuint (rank[GPOINTER_TO_UINT (now)], <, 4);
    }
}

/* Six hours, three days, twenty days: wire and ledger move on together. */
static void
test_wire (void)
{
  static const gint64 advances[] = { 0, 10, 6 * 3600, 3 * 86400, 20 * 86400 };
  EntSimConfig config = sim_test_config (9, 10, 4000, SIM_TEST_END);
  g_autoptr (GTimeZone) zone = ent_sim_zone_new (ENT_SIM_HOME_ZONE);
  /* Two in the afternoon of the last day: messages are on their way. */
  g_autoptr (EntSimWorld) world =
      ent_sim_world_new (&config, ent_sim_config_get_end (&config) - 10 * 3600000);
  g_autoptr (EntSimEngage) engage = ent_sim_engage_new (world);
  g_autoptr (GHashTable) before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint last_size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (advances); i++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr (EntSimLedger) ledger = NULL;

      g_assert_true (ent_sim_world_advance (world, advances[i]));
      ledger = ent_sim_ledger_new (world, zone, config.end_day - 10, config.end_day + 24);
      for (int d = -10; d <= 24; d++)
        compare_day (ledger, engage, config.end_day + d, seen);
      check_progress (before, seen);
      g_assert_cmpuint (g_hash_table_size (seen), >=, last_size);
      last_size = g_hash_table_size (seen);
      g_clear_pointer (&before, g_hash_table_unref);
      before = g_steal_pointer (&seen);
    }
  /* Twenty-three more days at the rate of the first ten. */
  g_assert_cmpuint (last_size, >, 10000);
}

static void
test_json (void)
{
  g_autoptr (EntSimWorld) world = sim_test_world (1, 3, 900);
  g_autoptr (GTimeZone) zone = ent_sim_zone_new (ENT_SIM_HOME_ZONE);
  int end = ent_sim_world_get_config (world)->end_day;
  g_autoptr (EntSimLedger) ledger = ent_sim_ledger_new (world, zone, end - 1, end);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) root = NULL;
  JsonArray *rows;
  JsonObject *row;

  ent_sim_ledger_append_json (ledger, text);
  root = json_from_string (text->str, NULL);
  g_assert_nonnull (root);
  g_assert_cmpstr (sim_test_string (json_node_get_object (root), "as_of"), ==, SIM_TEST_CLOCK);
  rows = json_object_get_array_member (json_node_get_object (root), "rows");
  g_assert_cmpuint (json_array_get_length (rows), ==, 8);
  row = json_array_get_object_element (rows, 6);
  g_assert_cmpstr (sim_test_string (row, "day"), ==, SIM_TEST_END);
  g_assert_cmpstr (sim_test_string (row, "channel"), ==, "sms");
  g_assert_cmpstr (sim_test_string (row, "direction"), ==, "mt");
  g_assert_cmpint (
      json_object_get_int_member (row, "total"), ==,
      ent_sim_ledger_get (ledger, end, ENT_SIM_CHANNEL_SMS, TRUE, ENT_SIM_COUNTER_TOTAL));
  g_assert_cmpint (json_object_get_int_member (row, "total"), >, 0);
  g_assert_cmpuint (json_object_get_size (row), ==, 3 + ENT_SIM_N_COUNTERS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/ledger/recount", test_recount);
  g_test_add_func ("/simulator/ledger/partial-day", test_partial_day);
  g_test_add_func ("/simulator/ledger/wire", test_wire);
  g_test_add_func ("/simulator/ledger/json", test_json);
  return g_test_run ();
}
