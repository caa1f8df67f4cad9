/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of a provider from text to observations, measured: the product's parser, and json-glib
 * reading the same fields of the same page. Speaks perf-serve. */

#include "config.h"

#include "ent-engage-page.h"
#include "perf-serve.h"
#include "perf-write.h"

#include <string.h>

#define PAGE 1000

typedef struct
{
  char *page;
  gsize length;
} Bench;

/* Repeats, so that a page of a millisecond can be timed. */
static gboolean
do_ours (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  const Bench *self = data;
  gint64 repeat = perf_get_int (request, "repeat", 20);
  EntEngageContext context = { "user", "campaign", ENT_CHANNEL_WHATSAPP, 0 };
  PerfClock clock;
  gint64 n = 0;

  perf_clock_start (&clock);
  for (gint64 i = 0; i < repeat; i++)
    {
      gboolean damaged;
      g_autoptr (EntPage) page =
          ent_engage_parse_page (self->page, self->length, &context, &damaged, error);

      if (page == NULL)
        return FALSE;
      n += ent_observations_get_size (page->observations);
    }
  perf_clock_stop (&clock, answer);
  json_object_set_int_member (answer, "count", n);
  return TRUE;
}

/* ---- json-glib ------------------------------------------------------------------------------ */

static gint64
read_time (JsonObject *item, const char *key)
{
  const char *text = json_object_get_string_member_with_default (item, key, "");
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return time != NULL
             ? g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000
             : ENT_TIME_NONE;
}

static void
take_text (
    JsonObject *item, const char *key, EntObservations *out, EntObservation *into, EntField f)
{
  const char *text = json_object_get_string_member_with_default (item, key, NULL);

  if (text != NULL)
    into->texts[f - ENT_N_NUMBER_FIELDS] = ent_observations_intern (out, text, -1);
}

static void
take_metadata (JsonObject *item, EntObservations *out, EntObservation *into)
{
  JsonArray *pairs = json_object_get_array_member (item, "metadata");

  for (guint i = 0; i < json_array_get_length (pairs); i++)
    {
      JsonObject *pair = json_array_get_object_element (pairs, i);
      const char *key = json_object_get_string_member (pair, "key");

      if (strcmp (key, "user") == 0)
        take_text (pair, "value", out, into, ENT_FIELD_USER);
      else if (strcmp (key, "campaign") == 0)
        take_text (pair, "value", out, into, ENT_FIELD_CAMPAIGN);
      else
        take_text (pair, "value", out, into, ENT_FIELD_CORRELATION_ID);
    }
}

static void
take_item (JsonObject *item, EntObservations *out)
{
  EntObservation *into = ent_observations_append (out);
  gboolean inbound = strcmp (json_object_get_string_member (item, "direction"), "inbound") == 0;

  into->remote_id =
      ent_observations_intern (out, json_object_get_string_member (item, "message_id"), -1);
  into->stage_times[ENT_STAGE_TIME_ACCEPTED] = read_time (item, "timestamp");
  into->stage_times[ENT_STAGE_TIME_DELIVERED] = read_time (item, "delivered_timestamp");
  into->updated_at = read_time (item, "last_status_update");
  into->numbers[ENT_FIELD_DIRECTION] = inbound ? ENT_DIRECTION_MO : ENT_DIRECTION_MT;
  into->numbers[ENT_FIELD_PARTS] = json_object_get_int_member_with_default (item, "units", 0);
  into->numbers[ENT_FIELD_REASON] =
      json_object_get_int_member_with_default (item, "status_code", 0);
  take_text (item, "status", out, into, ENT_FIELD_RAW_STATUS);
  take_text (item, "status_description", out, into, ENT_FIELD_RAW_TEXT);
  take_text (item, "content", out, into, ENT_FIELD_CONTENT);
  take_text (item, "account_id", out, into, ENT_FIELD_SUBACCOUNT);
  take_text (item, inbound ? "source_address" : "destination_address", out, into, ENT_FIELD_PHONE);
  take_text (item, inbound ? "destination_address" : "source_address", out, into, ENT_FIELD_ORIGIN);
  take_metadata (item, out, into);
}

static gboolean
do_json_glib (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  const Bench *self = data;
  gint64 repeat = perf_get_int (request, "repeat", 20);
  PerfClock clock;
  gint64 n = 0;

  perf_clock_start (&clock);
  for (gint64 i = 0; i < repeat; i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (EntObservations) out = ent_observations_new ();
      JsonArray *messages;

      if (!json_parser_load_from_data (parser, self->page, (gssize) self->length, error))
        return FALSE;
      messages = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                               "messages");
      for (guint k = 0; k < json_array_get_length (messages); k++)
        take_item (json_array_get_object_element (messages, k), out);
      n += ent_observations_get_size (out);
    }
  perf_clock_stop (&clock, answer);
  json_object_set_int_member (answer, "count", n);
  return TRUE;
}

static const PerfCommand commands[] = {
  { "ours", do_ours },
  { "json-glib", do_json_glib },
  { NULL, NULL },
};

int
main (int argc, char **argv)
{
  g_autoptr (PerfData) data = perf_data_new (100 * PAGE);
  g_autoptr (GArray) order = perf_data_day_order (data, 1);
  Bench bench;
  int status;

  bench.page =
      perf_engage_page (data, (const guint64 *) (void *) order->data, PAGE, 0, PAGE, FALSE);
  bench.length = strlen (bench.page);
  status = perf_serve (commands, &bench);
  g_free (bench.page);
  return status;
}
