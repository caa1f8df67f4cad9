/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts the stages that the histories have reached. It never looks at the wire, so that an error
 * in telling is no error in counting. See the header.
 */
#include "config.h"

#include "ent-sim-ledger.h"

#include "ent-sim-calendar.h"
#include "ent-sim-json.h"

/* Offsets and their changes lie on quarters of an hour nearly everywhere; where one does not, the
 * messages of that quarter are looked at one by one. */
#define QUARTER_MS G_GINT64_CONSTANT (900000)

/* A day of another zone touches at most three of the home zone; one more is no harm. */
#define MARGIN_DAYS 2

struct _EntSimLedger
{
  gint64 clock;
  int from;
  int to;
  guint32 (*counters)[ENT_SIM_N_COUNTERS]; /* by day, channel, direction (outbound first) */
};

/* Says which local day an instant counts for. A day begins with the first instant whose local date
 * is that day or a later one; where a clock goes back over midnight, the date does too, and the
 * day does not. So the greatest date met so far counts. Instants come in order. */
typedef struct
{
  GTimeZone *zone;
  gint64 quarter;
  gboolean even; /* the whole quarter has one date */
  int greatest;
} DayFinder;

static int
find_day (DayFinder *finder, gint64 instant)
{
  gint64 quarter = instant / QUARTER_MS;

  if (quarter != finder->quarter)
    {
      int first = ent_sim_zone_local_day (finder->zone, quarter * QUARTER_MS);

      finder->quarter = quarter;
      finder->greatest = MAX (finder->greatest, first);
      finder->even = first == ent_sim_zone_local_day (finder->zone, (quarter + 1) * QUARTER_MS - 1);
    }
  if (!finder->even)
    finder->greatest = MAX (finder->greatest, ent_sim_zone_local_day (finder->zone, instant));
  return finder->greatest;
}

static guint
row_index (const EntSimLedger *self, int day, EntSimChannel channel, gboolean outbound)
{
  return ((guint) (day - self->from) * ENT_SIM_N_CHANNELS + channel) * 2 + (outbound ? 0 : 1);
}

static void
count_outbound (guint32 *row, EntSimStage stage)
{
  row[ENT_SIM_COUNTER_TOTAL]++;
  switch (stage)
    {
    case ENT_SIM_STAGE_QUEUED:
      row[ENT_SIM_COUNTER_QUEUED]++;
      break;
    case ENT_SIM_STAGE_SEND_FAILED:
      row[ENT_SIM_COUNTER_SEND_FAILED]++;
      break;
    case ENT_SIM_STAGE_SENT:
      row[ENT_SIM_COUNTER_SENT]++;
      row[ENT_SIM_COUNTER_IN_TRANSIT]++;
      break;
    case ENT_SIM_STAGE_NOT_DELIVERED:
      row[ENT_SIM_COUNTER_SENT]++;
      row[ENT_SIM_COUNTER_NOT_DELIVERED]++;
      break;
    case ENT_SIM_STAGE_READ:
      row[ENT_SIM_COUNTER_READ]++;
      G_GNUC_FALLTHROUGH;
    case ENT_SIM_STAGE_DELIVERED:
      row[ENT_SIM_COUNTER_SENT]++;
      row[ENT_SIM_COUNTER_DELIVERED]++;
      break;
    case ENT_SIM_STAGE_RECEIVED:
    default:
      g_assert_not_reached ();
    }
}

static void
count_message (EntSimLedger *self, const EntSimMessage *message, int day, gint64 instant)
{
  EntSimStage stage = ent_sim_message_get_stage (message, self->clock - instant);
  gboolean outbound = stage != ENT_SIM_STAGE_RECEIVED;
  guint32 *row = self->counters[row_index (self, day, (EntSimChannel) message->channel, outbound)];

  if (outbound)
    count_outbound (row, stage);
  else
    row[ENT_SIM_COUNTER_RECEIVED]++;
}

/**
 * ent_sim_ledger_new:
 * @from: the first local day
 * @to: the last local day, not before @from
 *
 * Counts everything of these days of @zone that has happened at the world's clock.
 */
EntSimLedger *
ent_sim_ledger_new (EntSimWorld *world, GTimeZone *zone, int from, int to)
{
  EntSimLedger *self = g_new0 (EntSimLedger, 1);
  gint64 clock = ent_sim_world_get_clock (world);
  int first = MAX (from - MARGIN_DAYS, ent_sim_world_get_first_day (world));
  int last = MIN (to + MARGIN_DAYS, ent_sim_world_get_home_day (world, clock));
  DayFinder finder = { .zone = zone, .quarter = -1, .greatest = G_MININT };

  self->clock = clock;
  self->from = from;
  self->to = to;
  self->counters =
      g_malloc0_n ((gsize) (to - from + 1) * ENT_SIM_N_CHANNELS * 2, sizeof *self->counters);
  for (int number = first; number <= last; number++)
    {
      const EntSimDay *day = ent_sim_world_get_day (world, number);

      for (guint32 i = 0; i < day->n_messages; i++)
        {
          gint64 instant = ent_sim_day_get_instant (day, i);
          int local_day = find_day (&finder, instant);

          if (instant <= clock && local_day >= from && local_day <= to)
            count_message (self, &day->messages[i], local_day, instant);
        }
    }
  return self;
}

void
ent_sim_ledger_free (EntSimLedger *self)
{
  g_free (self->counters);
  g_free (self);
}

/**
 * ent_sim_ledger_get:
 * @day: one of the ledger's days
 */
guint32
ent_sim_ledger_get (const EntSimLedger *self,
                    int day,
                    EntSimChannel channel,
                    gboolean outbound,
                    EntSimCounter counter)
{
  return self->counters[row_index (self, day, channel, outbound)][counter];
}

static void
append_row (
    const EntSimLedger *self, GString *out, int day, EntSimChannel channel, gboolean outbound)
{
  static const char *const names[ENT_SIM_N_COUNTERS] = { "total",  "sent",        "delivered",
                                                         "read",   "send_failed", "not_delivered",
                                                         "queued", "in_transit",  "received" };

  g_string_append_c (out, '{');
  ent_sim_json_append_key (out, "day");
  g_string_append_c (out, '"');
  ent_sim_day_append (out, day);
  g_string_append_c (out, '"');
  ent_sim_json_append_text (out, "channel",
                            channel == ENT_SIM_CHANNEL_WHATSAPP ? "whatsapp" : "sms");
  ent_sim_json_append_text (out, "direction", outbound ? "mt" : "mo");
  for (guint i = 0; i < ENT_SIM_N_COUNTERS; i++)
    ent_sim_json_append_number (
        out, names[i], ent_sim_ledger_get (self, day, channel, outbound, (EntSimCounter) i));
  g_string_append_c (out, '}');
}

/**
 * ent_sim_ledger_append_json:
 *
 * Appends the answer to GET /ledger: four rows a day, those without messages too.
 */
void
ent_sim_ledger_append_json (const EntSimLedger *self, GString *out)
{
  g_autofree char *as_of = ent_sim_instant_to_string (self->clock);

  g_string_append_c (out, '{');
  ent_sim_json_append_text (out, "as_of", as_of);
  g_string_append (out, ",\"rows\":[");
  for (int day = self->from; day <= self->to; day++)
    for (int channel = 0; channel < ENT_SIM_N_CHANNELS; channel++)
      for (int inbound = 0; inbound < 2; inbound++)
        {
          if (out->str[out->len - 1] == '}')
            g_string_append_c (out, ',');
          append_row (self, out, day, (EntSimChannel) channel, !inbound);
        }
  g_string_append (out, "]}");
}
