/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the provider refuses, and what it says about it.
 */
#include <string.h>

#include "ent-sim-query.h"
#include "sim-test.h"

#define PERIOD "\"start_date\":\"2026-11-10T00:00:00Z\",\"end_date\":\"2026-11-12T00:00:00Z\""

typedef struct
{
  const char *body;
  const char *detail; /* one of the details */
} Refusal;

static const Refusal refusals[] = {
  { "", "the body must be JSON" },
  { "{", "the body must be JSON" },
  { "nonsense", "the body must be JSON" },
  { "[]", "the body must be a JSON object" },
  { "3", "the body must be a JSON object" },
  { "{}", "start_date is required" },
  { "{}", "end_date is required" },
  { "{\"start_date\":null,\"end_date\":\"2026-11-12T00:00:00Z\"}", "start_date is required" },
  { "{\"start_date\":12,\"end_date\":\"2026-11-12T00:00:00Z\"}", "start_date must be a string" },
  { "{\"start_date\":\"soon\"}", "start_date must be a date and time in ISO 8601" },
  { "{\"start_date\":\"2026-11-12T00:00:00Z\",\"end_date\":\"2026-11-12T00:00:00Z\"}",
    "end_date must be after start_date" },
  { "{\"start_date\":\"2026-11-12T00:00:00Z\",\"end_date\":\"2026-11-11T00:00:00Z\"}",
    "end_date must be after start_date" },
  { "{" PERIOD ",\"timezone\":\"Mars/Olympus\"}", "timezone is not a known time zone" },
  { "{" PERIOD ",\"timezone\":5}", "timezone must be a string" },
  { "{" PERIOD ",\"direction\":\"MT\"}", "direction must be inbound, outbound or all" },
  { "{" PERIOD ",\"direction\":\"OUTBOUND\"}", "direction must be inbound, outbound or all" },
  { "{" PERIOD ",\"status\":[\"delivered\"]}", "status[0] is not a status" },
  { "{" PERIOD ",\"status\":[\"READ\",\"LOST\"]}", "status[1] is not a status" },
  { "{" PERIOD ",\"status\":\"READ\"}", "status must be an array of strings" },
  { "{" PERIOD ",\"channels\":[\"whatsapp\"]}", "channels[0] is not a channel" },
  { "{" PERIOD ",\"message_format\":[\"FAX\"]}", "message_format[0] is not a channel" },
  { "{" PERIOD ",\"accounts\":[1]}", "accounts[0] must be a string" },
  { "{" PERIOD ",\"sources\":{}}", "sources must be an array of strings" },
  { "{" PERIOD ",\"destination\":[]}", "destination must be a string" },
  { "{" PERIOD ",\"metadata_value\":\"x\"}", "metadata_value needs metadata_key" },
  { "{" PERIOD ",\"metadata_values\":[\"x\"]}", "metadata_value needs metadata_key" },
  { "{" PERIOD ",\"opt_out\":1}", "opt_out must be a boolean" },
  { "{" PERIOD ",\"mms_media\":\"yes\"}", "mms_media must be a boolean" },
  { "{" PERIOD ",\"page\":-1}", "page must not be less than 0" },
  { "{" PERIOD ",\"page\":\"1\"}", "page must be an integer" },
  { "{" PERIOD ",\"page\":1.5}", "page must be an integer" },
  { "{" PERIOD ",\"page_size\":0}", "page_size must be from 1 to 100" },
  { "{" PERIOD ",\"page_size\":101}", "page_size must be from 1 to 100" },
};

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_auto (GStrv) details = NULL;
      g_autoptr (EntSimQuery) query =
          ent_sim_query_parse (refusals[i].body, strlen (refusals[i].body), &details);

      g_test_message ("%s", refusals[i].body);
      g_assert_null (query);
      g_assert_true (g_strv_contains ((const char *const *) details, refusals[i].detail));
    }
}

/* All that is wrong is told at once, and told as the documents say. */
static void
test_answer (void)
{
  g_autoptr (EntSimWorld) world = sim_test_world (1, 5, 100);
  g_autoptr (EntSimEngage) engage = ent_sim_engage_new (world);
  g_autoptr (JsonObject) answer =
      sim_test_ask (engage, 400, "{\"page\":-1,\"page_size\":200,\"direction\":\"up\"}");

  g_assert_cmpstr (sim_test_string (answer, "message"), ==, "Bad Request");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "details")), ==,
                    5);
}

static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_auto (GStrv) details = NULL;
  g_auto (GStrv) more_details = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (ent_sim_query_parse (deep->str, deep->len, &details));
  g_assert_cmpstr (details[0], ==, "the body must be JSON");
  g_assert_null (ent_sim_query_parse ("{\"a\":\"\xff\"}", 9, &more_details));
  g_assert_cmpstr (more_details[0], ==, "the body must be JSON");
}

static void
test_defaults (void)
{
  static const char body[] = "{\"start_date\":\"2026-11-10T00:00:00\","
                             "\"end_date\":\"2026-11-12T00:00:00\",\"status\":[],"
                             "\"accounts\":null,\"something_new\":{\"deep\":[1]}}";
  g_auto (GStrv) details = NULL;
  g_autoptr (EntSimQuery) query = ent_sim_query_parse (body, strlen (body), &details);

  g_assert_nonnull (query);
  /* Without offset and timezone, the account's own zone. */
  g_assert_cmpint (query->start, ==, G_GINT64_CONSTANT (1794279600000));
  g_assert_cmpint (query->end - query->start, ==, 2 * 86400000);
  g_assert_cmpint (query->page, ==, 0);
  g_assert_cmpuint (query->page_size, ==, 100);
  g_assert_cmpint (query->outbound, ==, ENT_SIM_ASK_ANY);
  g_assert_null (query->statuses);
  g_assert_null (query->accounts);
}

/* Requests for two pages of one selection are recognised as such, others are not. */
static void
test_selector (void)
{
  static const char *const bodies[] = {
    "{" PERIOD ",\"page\":0,\"page_size\":10}",
    "{" PERIOD ",\"page\":5}",
    "{" PERIOD ",\"channels\":[\"SMS\"]}",
  };
  char *selectors[3];

  for (guint i = 0; i < 3; i++)
    {
      g_auto (GStrv) details = NULL;
      g_autoptr (EntSimQuery) query = ent_sim_query_parse (bodies[i], strlen (bodies[i]), &details);

      g_assert_nonnull (query);
      selectors[i] = g_strdup (query->selector);
    }
  g_assert_cmpstr (selectors[0], ==, selectors[1]);
  g_assert_cmpstr (selectors[0], !=, selectors[2]);
  for (guint i = 0; i < 3; i++)
    g_free (selectors[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/query/refusals", test_refusals);
  g_test_add_func ("/simulator/query/answer", test_answer);
  g_test_add_func ("/simulator/query/hostile", test_hostile);
  g_test_add_func ("/simulator/query/defaults", test_defaults);
  g_test_add_func ("/simulator/query/selector", test_selector);
  return g_test_run ();
}
