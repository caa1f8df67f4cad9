/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads the request's JSON strictly: what the documents say of a field's type and values is
 * checked, every complaint is collected, and members that they do not name are passed over.
 */
#include "config.h"

#include "ent-sim-query.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "ent-sim-calendar.h"
#include "ent-sim-json.h"

#define MAX_DEPTH 8
#define MAX_PAGE_SIZE 100

static const char *const status_words[] = { "UNDEFINED", "QUEUED",    "PROCESSING", "PROCESSED",
                                            "FAILED",    "SCHEDULED", "CANCELLED",  "DELIVERED",
                                            "EXPIRED",   "ENROUTE",   "HELD",       "SUBMITTED",
                                            "REJECTED",  "READ",      NULL };

static const char *const channel_words[] = {
  "SMS", "MMS", "TTS", "RCS", "WHATSAPP", "CHANNEL", NULL
};

/* What reading a body needs at hand. */
typedef struct
{
  JsonObject *object;
  GPtrArray *details; /* complaints */
} Reader;

static void G_GNUC_PRINTF (2, 3) complain (Reader *reader, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (reader->details, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* The member, or NULL where it is absent or null. */
static JsonNode *
get_member (Reader *reader, const char *name)
{
  JsonNode *node = json_object_get_member (reader->object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gboolean
holds_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static const char *
read_string (Reader *reader, const char *name)
{
  JsonNode *node = get_member (reader, name);

  if (node == NULL)
    return NULL;
  if (!holds_string (node))
    {
      complain (reader, "%s must be a string", name);
      return NULL;
    }
  return json_node_get_string (node);
}

static gint64
read_integer (Reader *reader, const char *name, gint64 fallback, gint64 least, gint64 most)
{
  JsonNode *node = get_member (reader, name);

  if (node == NULL)
    return fallback;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    {
      complain (reader, "%s must be an integer", name);
      return fallback;
    }
  if (json_node_get_int (node) < least || json_node_get_int (node) > most)
    {
      if (most == G_MAXINT64)
        complain (reader, "%s must not be less than %" G_GINT64_FORMAT, name, least);
      else
        complain (reader, "%s must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name, least,
                  most);
      return fallback;
    }
  return json_node_get_int (node);
}

/* The July revision has the booleans as strings: both are taken. */
static EntSimAsk
read_boolean (Reader *reader, const char *name)
{
  JsonNode *node = get_member (reader, name);

  if (node == NULL)
    return ENT_SIM_ASK_ANY;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? ENT_SIM_ASK_YES : ENT_SIM_ASK_NO;
  if (holds_string (node) && g_str_equal (json_node_get_string (node), "true"))
    return ENT_SIM_ASK_YES;
  if (holds_string (node) && g_str_equal (json_node_get_string (node), "false"))
    return ENT_SIM_ASK_NO;
  complain (reader, "%s must be a boolean", name);
  return ENT_SIM_ASK_ANY;
}

/* The strings of an array; an empty array asks for nothing in particular, as an absent one. */
static GStrv
read_strings (Reader *reader, const char *name)
{
  JsonNode *node = get_member (reader, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      complain (reader, "%s must be an array of strings", name);
      return NULL;
    }
  array = json_node_get_array (node);
  if (json_array_get_length (array) == 0)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (holds_string (element))
        g_strv_builder_add (builder, json_node_get_string (element));
      else
        complain (reader, "%s[%u] must be a string", name, i);
    }
  return g_strv_builder_end (builder);
}

/* The array form wins over the single one. */
static GStrv
read_one_or_many (Reader *reader, const char *one, const char *many)
{
  g_auto (GStrv) strings = read_strings (reader, many);
  const char *single = read_string (reader, one);

  if (strings == NULL && single != NULL)
    {
      strings = g_new0 (char *, 2);
      strings[0] = g_strdup (single);
    }
  return g_steal_pointer (&strings);
}

static void
keep_digits (GStrv strings)
{
  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    {
      char *to = strings[i];

      for (const char *from = strings[i]; *from != '\0'; from++)
        if (g_ascii_isdigit (*from))
          *to++ = *from;
      *to = '\0';
    }
}

static void
read_instant (Reader *reader, const char *name, GTimeZone *zone, gint64 *instant)
{
  const char *text = read_string (reader, name);

  if (text == NULL)
    {
      if (get_member (reader, name) == NULL)
        complain (reader, "%s is required", name);
    }
  else if (!ent_sim_instant_parse (text, zone, instant))
    complain (reader, "%s must be a date and time in ISO 8601", name);
}

static void
read_period (Reader *reader, EntSimQuery *query)
{
  const char *name = read_string (reader, "timezone");
  guint n_complaints;

  query->zone = ent_sim_zone_new (name != NULL ? name : ENT_SIM_HOME_ZONE);
  if (query->zone == NULL)
    {
      complain (reader, "timezone is not a known time zone");
      query->zone = g_time_zone_new_utc ();
    }

  n_complaints = reader->details->len;
  read_instant (reader, "start_date", query->zone, &query->start);
  read_instant (reader, "end_date", query->zone, &query->end);
  if (reader->details->len == n_complaints && query->end <= query->start)
    complain (reader, "end_date must be after start_date");
}

static void
read_direction (Reader *reader, EntSimQuery *query)
{
  const char *direction = read_string (reader, "direction");

  if (direction == NULL || g_str_equal (direction, "all"))
    query->outbound = ENT_SIM_ASK_ANY;
  else if (g_str_equal (direction, "outbound"))
    query->outbound = ENT_SIM_ASK_YES;
  else if (g_str_equal (direction, "inbound"))
    query->outbound = ENT_SIM_ASK_NO;
  else
    complain (reader, "direction must be inbound, outbound or all");
}

static void
read_channels (Reader *reader, EntSimQuery *query)
{
  const char *name = get_member (reader, "channels") != NULL ? "channels" : "message_format";
  g_auto (GStrv) channels = read_strings (reader, name);

  query->channels = channels == NULL ? (1 << ENT_SIM_N_CHANNELS) - 1 : 0;
  for (guint i = 0; channels != NULL && channels[i] != NULL; i++)
    {
      if (!g_strv_contains (channel_words, channels[i]))
        complain (reader, "%s[%u] is not a channel", name, i);
      else if (g_str_equal (channels[i], "WHATSAPP"))
        query->channels |= 1 << ENT_SIM_CHANNEL_WHATSAPP;
      else if (g_str_equal (channels[i], "SMS"))
        query->channels |= 1 << ENT_SIM_CHANNEL_SMS;
    }
}

static void
read_statuses (Reader *reader, EntSimQuery *query)
{
  query->statuses = read_strings (reader, "status");
  for (guint i = 0; query->statuses != NULL && query->statuses[i] != NULL; i++)
    {
      g_autofree char *word = g_steal_pointer (&query->statuses[i]);

      if (!g_strv_contains (status_words, word))
        complain (reader, "status[%u] is not a status", i);
      query->statuses[i] = g_ascii_strdown (word, -1);
    }
}

static void
read_metadata (Reader *reader, EntSimQuery *query)
{
  query->metadata_key = g_strdup (read_string (reader, "metadata_key"));
  query->metadata_values = read_one_or_many (reader, "metadata_value", "metadata_values");
  if (query->metadata_values != NULL && query->metadata_key == NULL)
    complain (reader, "metadata_value needs metadata_key");
}

/* All that selects, as text: the object without what pages. */
static char *
make_selector (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_object_remove_member (object, "page");
  json_object_remove_member (object, "page_size");
  json_node_init_object (node, object);
  return json_to_string (node, FALSE);
}

static EntSimQuery *
read_query (Reader *reader)
{
  g_autoptr (EntSimQuery) query = g_new0 (EntSimQuery, 1);

  read_period (reader, query);
  read_direction (reader, query);
  read_channels (reader, query);
  read_statuses (reader, query);
  read_metadata (reader, query);
  query->sources = read_one_or_many (reader, "source", "sources");
  query->destinations = read_one_or_many (reader, "destination", "destinations");
  keep_digits (query->sources);
  keep_digits (query->destinations);
  query->accounts = read_strings (reader, "accounts");
  query->opt_out = read_boolean (reader, "opt_out");
  query->media = read_boolean (reader, "mms_media");
  query->page = read_integer (reader, "page", 0, 0, G_MAXINT64);
  query->page_size = (guint) read_integer (reader, "page_size", MAX_PAGE_SIZE, 1, MAX_PAGE_SIZE);
  query->selector = make_selector (reader->object);
  return g_steal_pointer (&query);
}

static GStrv
one_detail (const char *detail)
{
  GStrv details = g_new0 (char *, 2);

  details[0] = g_strdup (detail);
  return details;
}

/**
 * ent_sim_query_parse:
 * @body: (array length=length): what the client sent
 * @details: (out) (transfer full): on failure, what is wrong with it
 *
 * Returns: (transfer full) (nullable): the query, or %NULL with @details set
 */
EntSimQuery *
ent_sim_query_parse (const char *body, gsize length, GStrv *details)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray) complaints = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (EntSimQuery) query = NULL;
  g_autoptr (JsonObject) object = NULL;
  JsonNode *root;

  if (!g_utf8_validate_len (body, length, NULL) ||
      !ent_sim_json_is_shallow (body, length, MAX_DEPTH) ||
      !json_parser_load_from_data (parser, body, (gssize) length, NULL) ||
      (root = json_parser_get_root (parser)) == NULL)
    {
      *details = one_detail ("the body must be JSON");
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      *details = one_detail ("the body must be a JSON object");
      return NULL;
    }

  object = json_object_ref (json_node_get_object (root));
  query = read_query (&(Reader){ object, complaints });
  if (complaints->len > 0)
    {
      g_ptr_array_add (complaints, NULL);
      *details = (GStrv) g_ptr_array_steal (complaints, NULL);
      return NULL;
    }
  return g_steal_pointer (&query);
}

void
ent_sim_query_free (EntSimQuery *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_strfreev (self->sources);
  g_strfreev (self->destinations);
  g_strfreev (self->accounts);
  g_strfreev (self->statuses);
  g_free (self->metadata_key);
  g_strfreev (self->metadata_values);
  g_free (self->selector);
  g_free (self);
}
