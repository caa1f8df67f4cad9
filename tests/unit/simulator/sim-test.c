/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * See the header.
 */
#include "sim-test.h"

#include <string.h>

#include "ent-sim-calendar.h"

EntSimConfig
sim_test_config (guint64 seed, int days, guint32 messages, const char *end)
{
  EntSimConfig config = { .seed = seed, .days = days, .messages = messages };

  g_assert_true (ent_sim_day_parse (end, &config.end_day));
  return config;
}

EntSimWorld *
sim_test_world (guint64 seed, int days, guint32 messages)
{
  EntSimConfig config = sim_test_config (seed, days, messages, SIM_TEST_END);

  return ent_sim_world_new (&config, ent_sim_config_get_end (&config));
}

/* Asks with the right credentials and without faults other than `verdict`. */
guint
sim_test_ask_raw (EntSimEngage *engage, const char *body, EntSimVerdict verdict, GString *answer)
{
  g_autofree char *plain =
      g_strconcat (ent_sim_engage_get_key (engage), ":", ent_sim_engage_get_secret (engage), NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) plain, strlen (plain));
  g_autofree char *authorization = g_strconcat ("Basic ", encoded, NULL);
  EntSimFaults faults = { 0 };

  g_string_truncate (answer, 0);
  return ent_sim_engage_answer (engage, authorization, body, strlen (body), &faults, verdict,
                                answer);
}

/* Returns: (transfer full): the answer's object */
JsonObject *
sim_test_ask (EntSimEngage *engage, guint expected_status, const char *body)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  guint status = sim_test_ask_raw (engage, body, ENT_SIM_VERDICT_ANSWER, answer);

  if (status != expected_status)
    g_test_message ("%s", answer->str);
  g_assert_cmpuint (status, ==, expected_status);
  root = json_from_string (answer->str, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (root));
}

/* Walks through all pages. `conditions` are members of the body, without braces.
 * Returns: (transfer full) (element-type JsonObject): the messages */
GPtrArray *
sim_test_ask_all (EntSimEngage *engage, const char *conditions)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  gboolean has_next = TRUE;

  for (guint page = 0; has_next; page++)
    {
      g_autofree char *body =
          g_strdup_printf ("{%s,\"page\":%u,\"page_size\":100}", conditions, page);
      g_autoptr (JsonObject) answer = sim_test_ask (engage, 200, body);
      JsonArray *array = json_object_get_array_member (answer, "messages");

      has_next = json_object_get_boolean_member (
          json_object_get_object_member (answer, "pagination"), "has_next");
      g_assert_cmpuint (json_array_get_length (array), <=, 100);
      g_assert_true (!has_next || json_array_get_length (array) == 100);
      for (guint i = 0; i < json_array_get_length (array); i++)
        g_ptr_array_add (messages, json_object_ref (json_array_get_object_element (array, i)));
    }
  return messages;
}

/* Returns: (nullable): the member, or NULL where there is none */
const char *
sim_test_string (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}
