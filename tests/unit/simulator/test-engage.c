/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages, filters and shapes of the answers, seen as a client sees them: as JSON.
 */
#include <string.h>

#include "ent-sim-calendar.h"
#include "sim-test.h"

/* Two days in UTC. */
#define PERIOD                                                                                     \
  "\"start_date\":\"2026-11-10T00:00:00Z\",\"end_date\":\"2026-11-12T00:00:00Z\","                 \
  "\"timezone\":\"UTC\""

static EntSimWorld *world;
static EntSimEngage *engage;

static void
test_credentials (void)
{
  static const char *const wrong[] = { NULL, "", "Basic", "Basic !!!", "Basic eDp5", "Bearer x" };
  EntSimFaults faults = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GString) answer = g_string_new (NULL);
      guint status = ent_sim_engage_answer (engage, wrong[i], "{" PERIOD "}", 1, &faults,
                                            ENT_SIM_VERDICT_ANSWER, answer);

      g_assert_cmpuint (status, ==, 401);
      g_assert_cmpstr (answer->str, ==, "{\"message\":\"Invalid authentication credentials\"}");
    }
}

static gint64
get_instant (JsonObject *message, const char *name)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 instant = 0;

  g_assert_true (ent_sim_instant_parse (sim_test_string (message, name), utc, &instant));
  return instant;
}

/* The concatenation of all pages is the same whatever their size: no row lost, none twice. */
static void
test_pages (void)
{
  static const guint sizes[] = { 100, 33, 7, 1 };
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (GString) ids = g_string_new (NULL);
      g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      gboolean has_next = TRUE;
      gint64 last = G_MAXINT64;

      for (guint page = 0; has_next; page++)
        {
          g_autofree char *body =
              g_strdup_printf ("{" PERIOD ",\"page\":%u,\"page_size\":%u}", page, sizes[s]);
          g_autoptr (JsonObject) answer = sim_test_ask (engage, 200, body);
          JsonObject *pagination = json_object_get_object_member (answer, "pagination");
          JsonArray *messages = json_object_get_array_member (answer, "messages");

          g_assert_cmpint (json_object_get_int_member (pagination, "page"), ==, page);
          g_assert_cmpint (json_object_get_int_member (pagination, "page_size"), ==, sizes[s]);
          has_next = json_object_get_boolean_member (pagination, "has_next");
          g_assert_cmpuint (json_array_get_length (messages), >, 0);
          for (guint i = 0; i < json_array_get_length (messages); i++)
            {
              JsonObject *message = json_array_get_object_element (messages, i);
              const char *id = sim_test_string (message, "message_id");

              g_assert_true (g_uuid_string_is_valid (id));
              g_assert_true (g_hash_table_add (known, g_strdup (id)));
              g_assert_cmpint (get_instant (message, "timestamp"), <=, last);
              last = get_instant (message, "timestamp");
              g_string_append (ids, id);
            }
        }
      if (s == 0)
        g_string_assign (expected, ids->str);
      g_assert_cmpstr (ids->str, ==, expected->str);
      g_assert_cmpuint (g_hash_table_size (known), >, 150);
    }
}

static void
test_past_the_end (void)
{
  static const char *const pages[] = { "1000", "1000000000", "9223372036854775807" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *body = g_strdup_printf ("{" PERIOD ",\"page\":%s}", pages[i]);
      g_autoptr (JsonObject) answer = sim_test_ask (engage, 200, body);

      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "messages")),
                        ==, 0);
      g_assert_false (json_object_get_boolean_member (
          json_object_get_object_member (answer, "pagination"), "has_next"));
    }
}

/* The last page is full, and says that it is the last one. */
static void
test_exact_page (void)
{
  g_autoptr (GPtrArray) all = sim_test_ask_all (engage, PERIOD);
  guint size = 100;
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) answer = NULL;

  while (all->len % size != 0)
    size--;
  body = g_strdup_printf ("{" PERIOD ",\"page\":%u,\"page_size\":%u}", all->len / size - 1, size);
  answer = sim_test_ask (engage, 200, body);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "messages")), ==,
                    size);
  g_assert_false (json_object_get_boolean_member (
      json_object_get_object_member (answer, "pagination"), "has_next"));
}

/* Its first instant belongs to a period, its last one does not. */
static void
test_half_open (void)
{
  g_autoptr (GPtrArray) all = sim_test_ask_all (engage, PERIOD);
  JsonObject *message = g_ptr_array_index (all, all->len / 2);
  gint64 instant = get_instant (message, "timestamp");

  for (int shift = -1; shift <= 1; shift++)
    {
      gint64 from = instant + shift;
      g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (from / 1000);
      g_autoptr (GDateTime) next = g_date_time_new_from_unix_utc ((from + 1) / 1000);
      g_autofree char *start = g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S");
      g_autofree char *end = g_date_time_format (next, "%Y-%m-%dT%H:%M:%S");
      g_autofree char *conditions =
          g_strdup_printf ("\"start_date\":\"%s.%03dZ\",\"end_date\":\"%s.%03dZ\"", start,
                           (int) (from % 1000), end, (int) ((from + 1) % 1000));
      g_autoptr (GPtrArray) found = sim_test_ask_all (engage, conditions);
      gboolean present = FALSE;

      for (guint i = 0; i < found->len; i++)
        present |= g_str_equal (sim_test_string (g_ptr_array_index (found, i), "message_id"),
                                sim_test_string (message, "message_id"));
      g_assert_cmpint (present, ==, shift == 0);
    }
}

/* A filter, and what it means of a message as the answer shows it. */
typedef struct
{
  const char *conditions;
  gboolean (*accepts) (JsonObject *message);
} Filter;

static gboolean
is_outbound (JsonObject *message)
{
  return g_str_equal (sim_test_string (message, "direction"), "outbound");
}

static gboolean
is_inbound (JsonObject *message)
{
  return g_str_equal (sim_test_string (message, "direction"), "inbound");
}

static gboolean
is_any (JsonObject *message)
{
  return TRUE;
}

static gboolean
is_of_two_accounts (JsonObject *message)
{
  const char *account = sim_test_string (message, "account_id");

  return g_str_equal (account, "loja_sul") || g_str_equal (account, "cobros_co");
}

static gboolean
is_none (JsonObject *message)
{
  return FALSE;
}

static gboolean
is_read_or_failed (JsonObject *message)
{
  const char *status = sim_test_string (message, "status");

  return g_str_equal (status, "read") || g_str_equal (status, "failed");
}

static gboolean
is_opt_out (JsonObject *message)
{
  return g_strcmp0 (sim_test_string (message, "action"), "OPT_OUT") == 0;
}

static gboolean
is_no_opt_out (JsonObject *message)
{
  return !is_opt_out (message);
}

static gboolean
has_media (JsonObject *message)
{
  return json_object_has_member (message, "media_url");
}

static const char *
get_metadata (JsonObject *message, const char *key)
{
  JsonNode *node = json_object_get_member (message, "metadata");
  JsonArray *array;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_string_member_with_default (json_node_get_object (node), key, NULL);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *pair = json_array_get_object_element (array, i);

      if (g_str_equal (sim_test_string (pair, "key"), key))
        return sim_test_string (pair, "value");
    }
  return NULL;
}

static gboolean
has_user (JsonObject *message)
{
  return get_metadata (message, "user") != NULL;
}

static gboolean
is_of_maria (JsonObject *message)
{
  return g_strcmp0 (get_metadata (message, "user"), "maria") == 0;
}

static gboolean
is_of_jose_or_maria (JsonObject *message)
{
  return is_of_maria (message) || g_strcmp0 (get_metadata (message, "user"), "josé.ramos") == 0;
}

static gboolean
is_maria_read (JsonObject *message)
{
  return is_of_maria (message) && g_str_equal (sim_test_string (message, "status"), "read");
}

static const Filter filters[] = {
  { "\"direction\":\"all\"", is_any },
  { "\"direction\":\"outbound\"", is_outbound },
  { "\"direction\":\"inbound\"", is_inbound },
  { "\"accounts\":[\"loja_sul\",\"cobros_co\"]", is_of_two_accounts },
  { "\"accounts\":[\"nobody\"]", is_none },
  { "\"channels\":[\"SMS\",\"WHATSAPP\"]", is_any },
  { "\"channels\":[\"RCS\",\"TTS\"]", is_none },
  { "\"message_format\":[\"MMS\"]", is_none },
  { "\"channels\":[\"RCS\"],\"message_format\":[\"SMS\"]", is_none },
  { "\"status\":[\"READ\",\"FAILED\"]", is_read_or_failed },
  { "\"opt_out\":true", is_opt_out },
  { "\"opt_out\":\"true\"", is_opt_out },
  { "\"opt_out\":false", is_no_opt_out },
  { "\"mms_media\":true", has_media },
  { "\"metadata_key\":\"user\"", has_user },
  { "\"metadata_key\":\"user\",\"metadata_value\":\"maria\"", is_of_maria },
  { "\"metadata_key\":\"user\",\"metadata_values\":[\"maria\",\"josé.ramos\"]",
    is_of_jose_or_maria },
  { "\"metadata_key\":\"user\",\"metadata_value\":\"x\",\"metadata_values\":[\"maria\"]",
    is_of_maria },
  { "\"metadata_key\":\"user\",\"metadata_value\":\"maria\",\"status\":[\"READ\"]", is_maria_read },
};

static void
test_filters (void)
{
  g_autoptr (GPtrArray) all = sim_test_ask_all (engage, PERIOD);

  for (guint f = 0; f < G_N_ELEMENTS (filters); f++)
    {
      g_autofree char *conditions = g_strconcat (PERIOD ",", filters[f].conditions, NULL);
      g_autoptr (GPtrArray) found = sim_test_ask_all (engage, conditions);
      guint n_expected = 0;

      g_test_message ("%s", filters[f].conditions);
      for (guint i = 0; i < all->len; i++)
        {
          JsonObject *message = g_ptr_array_index (all, i);

          if (!filters[f].accepts (message))
            continue;
          g_assert_cmpuint (n_expected, <, found->len);
          g_assert_cmpstr (sim_test_string (g_ptr_array_index (found, n_expected), "message_id"),
                           ==, sim_test_string (message, "message_id"));
          n_expected++;
        }
      g_assert_cmpuint (found->len, ==, n_expected);
      g_assert_true (n_expected > 0 || filters[f].accepts == is_none);
    }
}

static void
test_channels (void)
{
  g_autoptr (GPtrArray) all = sim_test_ask_all (engage, PERIOD);
  g_autoptr (GPtrArray) sms = sim_test_ask_all (engage, PERIOD ",\"channels\":[\"SMS\"]");
  g_autoptr (GPtrArray) old = sim_test_ask_all (engage, PERIOD ",\"message_format\":[\"SMS\"]");
  g_autoptr (GPtrArray) chat = sim_test_ask_all (engage, PERIOD ",\"channels\":[\"WHATSAPP\"]");

  g_assert_cmpuint (sms->len, >, 0);
  g_assert_cmpuint (chat->len, >, sms->len);
  g_assert_cmpuint (sms->len + chat->len, ==, all->len);
  g_assert_cmpuint (old->len, ==, sms->len);
  for (guint i = 0; i < sms->len; i++)
    g_assert_cmpstr (sim_test_string (g_ptr_array_index (sms, i), "status"), !=, "read");
}

/* A phone is found as destination of what was sent to it, as source of what it sent. */
static void
test_addresses (void)
{
  g_autoptr (GPtrArray) all = sim_test_ask_all (engage, PERIOD);
  JsonObject *answer = NULL;
  const char *phone;
  g_autofree char *by_source = NULL;
  g_autofree char *by_destinations = NULL;
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GPtrArray) received = NULL;

  for (guint i = 0; i < all->len && answer == NULL; i++)
    if (json_object_has_member (g_ptr_array_index (all, i), "in_response_to"))
      answer = g_ptr_array_index (all, i);
  g_assert_nonnull (answer);
  phone = sim_test_string (answer, "source_address");
  g_assert_cmpint (phone[0], ==, '+');

  by_source = g_strdup_printf (PERIOD ",\"source\":\"%s\"", phone);
  received = sim_test_ask_all (engage, by_source);
  g_assert_cmpuint (received->len, >, 0);
  for (guint i = 0; i < received->len; i++)
    g_assert_true (is_inbound (g_ptr_array_index (received, i)));

  /* The array wins over the single form, and a plus sign makes no difference. */
  by_destinations =
      g_strdup_printf (PERIOD ",\"destination\":\"+1\",\"destinations\":[\"0\",\"%s\"]", phone + 1);
  sent = sim_test_ask_all (engage, by_destinations);
  g_assert_cmpuint (sent->len, >, 0);
  for (guint i = 0; i < sent->len; i++)
    {
      JsonObject *message = g_ptr_array_index (sent, i);

      g_assert_true (is_outbound (message));
      g_assert_cmpstr (sim_test_string (message, "destination_address"), ==, phone);
    }
}

/* The asked zone changes how times are written, not which rows there are nor when they were. */
static void
test_zone (void)
{
  g_autoptr (GTimeZone) zone = ent_sim_zone_new ("Asia/Kathmandu");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) all = sim_test_ask_all (engage, PERIOD);
  g_autoptr (GPtrArray) shifted = sim_test_ask_all (
      engage, "\"start_date\":\"2026-11-10T05:45:00\",\"end_date\":\"2026-11-12T05:45:00\","
              "\"timezone\":\"Asia/Kathmandu\"");
  guint bare = 0, offsets = 0, zulu = 0;

  g_assert_cmpuint (all->len, ==, shifted->len);
  for (guint i = 0; i < all->len; i++)
    {
      const char *plain = sim_test_string (g_ptr_array_index (all, i), "timestamp");
      const char *text = sim_test_string (g_ptr_array_index (shifted, i), "timestamp");
      gint64 a = 0, b = 0;

      g_assert_true (ent_sim_instant_parse (plain, utc, &a));
      g_assert_true (ent_sim_instant_parse (text, zone, &b));
      g_assert_cmpint (a, ==, b);
      g_assert_cmpstr (plain, !=, text);
      if (strlen (plain) == 19)
        bare++;
      else if (g_str_has_suffix (plain, "Z"))
        zulu++;
      else
        {
          g_assert_true (g_str_has_suffix (plain, "+00:00"));
          offsets++;
        }
      g_assert_true (strlen (text) == 19 || g_str_has_suffix (text, "+05:45"));
    }
  g_assert_cmpuint (bare, >, 0);
  g_assert_cmpuint (offsets, >, bare / 2);
  g_assert_cmpuint (zulu, >, offsets);
}

/* Every shape that a reader must take occurs. */
static void
test_shapes (void)
{
  static const char *const always[] = { "message_id",          "format",    "timestamp",
                                        "last_status_update",  "direction", "status",
                                        "destination_address", "units",     "account_id" };
  static const char *const sometimes[] = { "delivered_timestamp",
                                           "status_code",
                                           "status_description",
                                           "source_address",
                                           "source_address_country",
                                           "destination_address_country",
                                           "content",
                                           "message_type",
                                           "media_url",
                                           "in_response_to",
                                           "action",
                                           "metadata" };
  g_autoptr (GPtrArray) all = sim_test_ask_all (engage, PERIOD);
  guint objects = 0, arrays = 0;

  for (guint i = 0; i < all->len; i++)
    {
      JsonNode *metadata = json_object_get_member (g_ptr_array_index (all, i), "metadata");

      for (guint k = 0; k < G_N_ELEMENTS (always); k++)
        g_assert_true (json_object_has_member (g_ptr_array_index (all, i), always[k]));
      objects += metadata != NULL && JSON_NODE_HOLDS_OBJECT (metadata);
      arrays += metadata != NULL && JSON_NODE_HOLDS_ARRAY (metadata);
    }
  g_assert_cmpuint (objects, >, 10);
  g_assert_cmpuint (arrays, >, objects);
  for (guint k = 0; k < G_N_ELEMENTS (sometimes); k++)
    {
      guint present = 0;

      for (guint i = 0; i < all->len; i++)
        present += json_object_has_member (g_ptr_array_index (all, i), sometimes[k]);
      g_test_message ("%s: %u of %u", sometimes[k], present, all->len);
      g_assert_cmpuint (present, >, 0);
      g_assert_cmpuint (present, <, all->len);
    }
}

static void
test_oldest (void)
{
  g_autoptr (JsonObject) refused = sim_test_ask (
      engage, 400,
      "{\"start_date\":\"2025-11-16T02:59:59Z\",\"end_date\":\"2025-11-17T00:00:00Z\"}");
  g_autoptr (JsonObject) taken = sim_test_ask (
      engage, 200,
      "{\"start_date\":\"2025-11-16T03:00:00Z\",\"end_date\":\"2025-11-17T00:00:00Z\"}");

  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (refused, "details"), 0), ==,
      "start_date must be within the last 365 days");
  g_assert_true (json_object_has_member (taken, "messages"));
}

/* All pages of all days as one digest. */
static char *
digest_world (guint64 seed, const char *timezone)
{
  g_autoptr (EntSimWorld) fresh = sim_test_world (seed, 20, 3000);
  g_autoptr (EntSimEngage) asked = ent_sim_engage_new (fresh);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GString) answer = g_string_new (NULL);

  for (int day = 25; day >= 0; day--)
    for (guint page = 0; page == 0 || strstr (answer->str, "\"has_next\":true") != NULL; page++)
      {
        g_autofree char *start = ent_sim_instant_to_string (ent_sim_world_get_clock (fresh) -
                                                            (day + 1) * ENT_SIM_DAY_MS);
        g_autofree char *end =
            ent_sim_instant_to_string (ent_sim_world_get_clock (fresh) - day * ENT_SIM_DAY_MS);
        g_autofree char *body = g_strdup_printf (
            "{\"start_date\":\"%s\",\"end_date\":\"%s\",\"timezone\":\"%s\",\"page\":%u}", start,
            end, timezone, page);

        g_assert_cmpuint (sim_test_ask_raw (asked, body, ENT_SIM_VERDICT_ANSWER, answer), ==, 200);
        g_checksum_update (checksum, (const guchar *) answer->str, (gssize) answer->len);
      }
  return g_strdup (g_checksum_get_string (checksum));
}

/* The same provider, byte for byte: twice here, and on every other machine. The digest changes
 * with everything that is made up, so a change of it is a change of every sample. */
static void
test_digest (void)
{
  g_autofree char *first = digest_world (21, "UTC");
  g_autofree char *second = digest_world (21, "UTC");
  g_autofree char *other_seed = digest_world (22, "UTC");
  g_autofree char *other_zone = digest_world (21, "Asia/Kathmandu");

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, other_seed);
  g_assert_cmpstr (first, !=, other_zone);
  g_assert_cmpstr (first, ==, "80b09dc241805ffc6fc303949e10f5315eb7554880cc26fea700f78b7d14c968");
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  world = sim_test_world (2, 30, 30000);
  engage = ent_sim_engage_new (world);
  g_test_add_func ("/simulator/engage/credentials", test_credentials);
  g_test_add_func ("/simulator/engage/pages", test_pages);
  g_test_add_func ("/simulator/engage/past-the-end", test_past_the_end);
  g_test_add_func ("/simulator/engage/exact-page", test_exact_page);
  g_test_add_func ("/simulator/engage/half-open", test_half_open);
  g_test_add_func ("/simulator/engage/filters", test_filters);
  g_test_add_func ("/simulator/engage/channels", test_channels);
  g_test_add_func ("/simulator/engage/addresses", test_addresses);
  g_test_add_func ("/simulator/engage/zone", test_zone);
  g_test_add_func ("/simulator/engage/shapes", test_shapes);
  g_test_add_func ("/simulator/engage/oldest", test_oldest);
  g_test_add_func ("/simulator/engage/digest", test_digest);
  result = g_test_run ();
  ent_sim_engage_free (engage);
  ent_sim_world_free (world);
  return result;
}
