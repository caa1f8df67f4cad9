/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Observations and CSV. Names come from small tables that are made once, so that what is measured
 * around these functions is not their formatting. One thread. */

#include "config.h"

#include "perf-write.h"

#include <string.h>

/* ---- Names, made once ----------------------------------------------------------------------- */

typedef const char *(*NameFunc) (guint number, char *buffer);

static const char *
get_name (NameFunc func, guint number)
{
  static GHashTable *tables = NULL;
  GPtrArray *names;

  if (number == 0)
    return NULL;
  if (tables == NULL)
    tables = g_hash_table_new (NULL, NULL);
  names = g_hash_table_lookup (tables, (gpointer) func);
  if (names == NULL)
    {
      names = g_ptr_array_new ();
      g_hash_table_insert (tables, (gpointer) func, names);
    }
  while (names->len <= number)
    {
      char buffer[PERF_NAME_SIZE];

      g_ptr_array_add (names, g_strdup (func (names->len, buffer)));
    }
  return names->pdata[number];
}

static const char *
or_null (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

/* ---- Observations --------------------------------------------------------------------------- */

static void
set_text (EntObservations *observations, EntObservation *out, EntField field, const char *text)
{
  if (or_null (text) != NULL)
    out->texts[field - ENT_N_NUMBER_FIELDS] = ent_observations_intern (observations, text, -1);
}

static void
set_numbers (EntObservation *out, const PerfRow *row)
{
  out->numbers[ENT_FIELD_CHANNEL] = row->channel;
  out->numbers[ENT_FIELD_DIRECTION] = row->direction;
  out->numbers[ENT_FIELD_CONTENT_TYPE] = row->content_type;
  if (row->reason != ENT_REASON_NONE)
    out->numbers[ENT_FIELD_REASON] = row->reason;
  out->numbers[ENT_FIELD_PARTS] = row->parts;
  if (row->with_session >= 0)
    out->numbers[ENT_FIELD_WITH_SESSION] = row->with_session;
  out->numbers[ENT_FIELD_CONVERSATION_EXPIRES_AT] = row->conversation_expires_at;
}

static void
set_names (EntObservations *observations, EntObservation *out, const PerfRow *row)
{
  set_text (observations, out, ENT_FIELD_SUBACCOUNT_ID,
            get_name (perf_name_subaccount_id, row->subaccount));
  set_text (observations, out, ENT_FIELD_SUBACCOUNT,
            get_name (perf_name_subaccount, row->subaccount));
  set_text (observations, out, ENT_FIELD_USER_ID, get_name (perf_name_user_id, row->user));
  set_text (observations, out, ENT_FIELD_USER, get_name (perf_name_user, row->user));
  set_text (observations, out, ENT_FIELD_CAMPAIGN_ID,
            get_name (perf_name_campaign_id, row->campaign));
  set_text (observations, out, ENT_FIELD_CAMPAIGN, get_name (perf_name_campaign, row->campaign));
  set_text (observations, out, ENT_FIELD_CARRIER, perf_name_carrier (row->carrier));
  set_text (observations, out, ENT_FIELD_ORIGIN, perf_name_origin (row->origin));
}

void
perf_append_observation (EntObservations *observations, const PerfRow *row)
{
  EntObservation *out = ent_observations_append (observations);
  char code[16] = "";

  out->remote_id = ent_observations_intern (observations, row->remote_id, 36);
  out->updated_at = row->updated_at;
  out->stages = row->stages;
  memcpy (out->stage_times, row->times, sizeof out->stage_times);
  set_numbers (out, row);
  set_names (observations, out, row);
  set_text (observations, out, ENT_FIELD_PHONE, row->phone);
  set_text (observations, out, ENT_FIELD_CONTACT_NAME, row->contact_name);
  set_text (observations, out, ENT_FIELD_CONTENT, row->content);
  set_text (observations, out, ENT_FIELD_CORRELATION_ID, row->correlation_id);
  set_text (observations, out, ENT_FIELD_EXTRA_INFO, row->extra_info);
  set_text (observations, out, ENT_FIELD_CONVERSATION_ID, row->conversation_id);
  set_text (observations, out, ENT_FIELD_CONVERSATION_TYPE, row->conversation_type);
  if (row->code != 0)
    g_snprintf (code, sizeof code, "%d", row->code);
  set_text (observations, out, ENT_FIELD_RAW_CODE, code);
  set_text (observations, out, ENT_FIELD_RAW_TEXT, row->code_text);
  set_text (observations, out, ENT_FIELD_RAW_STATUS, row->status_word);
}

/* ---- CSV ------------------------------------------------------------------------------------ */

const char *const perf_csv_columns[] = {
  "message_id",
  "direction",
  "channel",
  "created_at",
  "sent_at",
  "delivered_at",
  "read_at",
  "failed_at",
  "status",
  "reason",
  "reason_code",
  "raw_text",
  "raw_status",
  "phone",
  "contact_name",
  "origin",
  "content_type",
  "content",
  "subaccount_id",
  "subaccount",
  "user_id",
  "user",
  "campaign_id",
  "campaign",
  "correlation_id",
  "extra_info",
  "with_session",
  "conversation_id",
  "conversation_type",
  "conversation_expires_at",
  "carrier",
  "parts",
  "updated_at",
};

guint
perf_csv_n_columns (void)
{
  return G_N_ELEMENTS (perf_csv_columns);
}

static void
append_digits (GString *out, guint number, guint width)
{
  char digits[10];

  for (guint i = width; i-- > 0; number /= 10)
    digits[i] = '0' + number % 10;
  g_string_append_len (out, digits, width);
}

/* 2026-11-22 14:03:12.345, UTC. The data begins in August of the year: days are counted from it. */
static void
append_instant (GString *out, gint64 time)
{
  static const guint month_days[] = { 31, 30, 31, 30, 31, 31, 28 };
  gint64 since = time - G_GINT64_CONSTANT (1785542400000); /* 2026-08-01 */
  guint day = (guint) (since / PERF_DAY_MS), ms = (guint) (since % PERF_DAY_MS);
  guint month = 0;

  while (day >= month_days[month])
    day -= month_days[month++];
  append_digits (out, month < 5 ? 2026 : 2027, 4);
  g_string_append_c (out, '-');
  append_digits (out, (month + 7) % 12 + 1, 2);
  g_string_append_c (out, '-');
  append_digits (out, day + 1, 2);
  g_string_append_c (out, ' ');
  append_digits (out, ms / 3600000, 2);
  g_string_append_c (out, ':');
  append_digits (out, ms / 60000 % 60, 2);
  g_string_append_c (out, ':');
  append_digits (out, ms / 1000 % 60, 2);
  g_string_append_c (out, '.');
  append_digits (out, ms % 1000, 3);
}

static void
csv_time (GString *out, gint64 time)
{
  if (time != ENT_TIME_NONE)
    append_instant (out, time);
  g_string_append_c (out, ',');
}

/* An absent text is an empty field without quotes. */
static void
csv_text (GString *out, const char *text)
{
  if (or_null (text) != NULL)
    {
      g_string_append_c (out, '"');
      g_string_append (out, text); /* none of ours has a quote */
      g_string_append_c (out, '"');
    }
  g_string_append_c (out, ',');
}

static void
csv_number (GString *out, gint64 number)
{
  char text[24];

  g_string_append_len (out, text, g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT ",", number));
}

static void
csv_names (GString *out, const PerfRow *row)
{
  csv_text (out, get_name (perf_name_subaccount_id, row->subaccount));
  csv_text (out, get_name (perf_name_subaccount, row->subaccount));
  csv_text (out, get_name (perf_name_user_id, row->user));
  csv_text (out, get_name (perf_name_user, row->user));
  csv_text (out, get_name (perf_name_campaign_id, row->campaign));
  csv_text (out, get_name (perf_name_campaign, row->campaign));
}

void
perf_append_csv (GString *out, const PerfRow *row)
{
  csv_text (out, row->remote_id);
  csv_text (out, ent_direction_key (row->direction));
  csv_text (out, ent_channel_key (row->channel));
  for (guint i = 0; i < ENT_N_STAGE_TIMES; i++)
    csv_time (out, row->times[i]);
  csv_text (out, ent_status_key (row->status));
  csv_text (out, ent_reason_key (row->reason));
  if (row->code != 0)
    csv_number (out, row->code);
  else
    g_string_append_c (out, ',');
  csv_text (out, row->code_text);
  csv_text (out, row->status_word);
  csv_text (out, row->phone);
  csv_text (out, row->contact_name);
  csv_text (out, perf_name_origin (row->origin));
  csv_text (out, ent_content_type_key (row->content_type));
  csv_text (out, row->content);
  csv_names (out, row);
  csv_text (out, row->correlation_id);
  csv_text (out, row->extra_info);
  g_string_append (out, row->with_session < 0 ? "," : row->with_session ? "true," : "false,");
  csv_text (out, row->conversation_id);
  csv_text (out, row->conversation_type);
  csv_time (out, row->conversation_expires_at);
  csv_text (out, perf_name_carrier (row->carrier));
  csv_number (out, row->parts);
  append_instant (out, row->updated_at);
  g_string_append_c (out, '\n');
}

/* ---- Engage --------------------------------------------------------------------------------- */

static void
json_text (GString *out, const char *key, const char *text)
{
  if (or_null (text) != NULL)
    g_string_append_printf (out, "\"%s\":\"%s\",", key, text);
}

static void
json_time (GString *out, const char *key, gint64 time)
{
  gsize start;

  if (time == ENT_TIME_NONE)
    return;
  g_string_append_printf (out, "\"%s\":\"", key);
  start = out->len;
  append_instant (out, time);
  out->str[start + 10] = 'T';
  g_string_append (out, "Z\",");
}

static void
json_pair (GString *out, const char *key, const char *value)
{
  if (or_null (value) != NULL)
    g_string_append_printf (out, "%s{\"key\":\"%s\",\"value\":\"%s\"}",
                            out->str[out->len - 1] == '[' ? "" : ",", key, value);
}

static const char *
message_type (const PerfRow *row)
{
  switch (row->content_type)
    {
    case ENT_CONTENT_TYPE_IMAGE:
    case ENT_CONTENT_TYPE_VIDEO:
    case ENT_CONTENT_TYPE_AUDIO:
    case ENT_CONTENT_TYPE_DOCUMENT:
      return "MEDIA_MESSAGE";
    case ENT_CONTENT_TYPE_INTERACTIVE:
      return "CHOICE_MESSAGE";
    case ENT_CONTENT_TYPE_TEXT:
    case ENT_CONTENT_TYPE_TEMPLATE:
    case ENT_CONTENT_TYPE_STICKER:
    case ENT_CONTENT_TYPE_LOCATION:
    case ENT_CONTENT_TYPE_CONTACT:
    case ENT_CONTENT_TYPE_OTHER:
    default:
      return "TEXT_MESSAGE";
    }
}

static void
json_addresses (GString *out, const PerfRow *row)
{
  gboolean inbound = row->direction == ENT_DIRECTION_MO;

  g_string_append_printf (out, "\"%s\":\"+%s\",",
                          inbound ? "source_address" : "destination_address", row->phone);
  json_text (out, inbound ? "destination_address" : "source_address",
             perf_name_origin (row->origin));
  json_text (out, inbound ? "source_address_country" : "destination_address_country", "BR");
}

void
perf_append_engage (GString *out, const PerfRow *row)
{
  g_string_append_c (out, '{');
  json_text (out, "message_id", row->remote_id);
  json_text (out, "format", row->channel == ENT_CHANNEL_MMS ? "MMS" : "SMS");
  json_time (out, "timestamp", row->times[ENT_STAGE_TIME_ACCEPTED]);
  json_time (out, "delivered_timestamp", row->times[ENT_STAGE_TIME_DELIVERED]);
  json_time (out, "last_status_update", row->updated_at);
  json_text (out, "direction", row->direction == ENT_DIRECTION_MO ? "inbound" : "outbound");
  json_text (out, "status", row->status_word);
  if (row->code != 0)
    g_string_append_printf (out, "\"status_code\":%d,", row->code);
  json_text (out, "status_description", row->code_text);
  json_addresses (out, row);
  json_text (out, "content", row->content);
  json_text (out, "account_id", get_name (perf_name_subaccount_id, row->subaccount));
  json_text (out, "message_type", message_type (row));
  g_string_append_printf (out, "\"units\":%d,\"metadata\":[", row->parts);
  json_pair (out, "campaign", get_name (perf_name_campaign, row->campaign));
  json_pair (out, "user", get_name (perf_name_user, row->user));
  json_pair (out, "correlation_id", row->correlation_id);
  g_string_append (out, "]}");
}

char *
perf_engage_page (const PerfData *data,
                  const guint64 *order,
                  guint n,
                  guint page,
                  guint page_size,
                  gboolean has_next)
{
  GString *out = g_string_sized_new (n * 700 + 200);
  PerfRow row;

  g_string_append (out, "{\"messages\":[");
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      perf_data_row (data, order[i], &row);
      perf_append_engage (out, &row);
    }
  g_string_append_printf (out, "],\"pagination\":{\"page\":%u,\"page_size\":%u,\"has_next\":%s}}",
                          page, page_size, has_next ? "true" : "false");
  return g_string_free (out, FALSE);
}
