/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter in files: the written form, the way back, and what is refused. */

#include "ent-filter.h"
#include "ent-json-guard.h"
#include "ent-test-util.h"

#include <string.h>

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = ent_json_parse_guarded (text, strlen (text), 1 << 24, 8, &error);

  g_assert_no_error (error);
  return node;
}

static char *
to_text (const EntFilter *filter)
{
  g_autoptr (JsonNode) node = ent_filter_to_json (filter);

  return json_to_string (node, FALSE);
}

static EntFilter *
from_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse (text);
  EntFilter *filter = ent_filter_from_json (node, &error);

  g_assert_no_error (error);
  g_assert_nonnull (filter);
  return filter;
}

static void
test_form (void)
{
  g_autoptr (EntFilter) empty = from_text ("{}");
  g_autoptr (EntFilter) filter =
      from_text ("{\"text\":[\"\\\\!oi\"],\"status\":[],\"campaign\":[\"Entregas\",\"!Teste\"],"
                 "\"content_type\":[\"text\"],\"channel\":[\"whatsapp\"]}");
  g_autofree char *text = to_text (filter);
  g_autofree char *nothing = to_text (empty);
  gboolean negated = TRUE;

  g_assert_cmpstr (nothing, ==, "{}");
  g_assert_true (ent_filter_is_empty (empty));
  g_assert_cmpstr (text, ==,
                   "{\"channel\":[\"whatsapp\"],\"campaign\":[\"Entregas\",\"!Teste\"],"
                   "\"content-type\":[\"text\"],\"text\":[\"\\\\!oi\"]}");
  g_assert_cmpstr (ent_filter_get_value (filter, ENT_FILTER_TEXT, 0, &negated), ==, "!oi");
  g_assert_false (negated);
}

static void
test_twins (void)
{
  g_autoptr (EntFilter) filter = from_text ("{\"user\":[\"ana\",\"bia\",\"ana\",\"!bia\"]}");
  g_autofree char *text = to_text (filter);

  g_assert_cmpstr (text, ==, "{\"user\":[\"ana\",\"!bia\"]}");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    EntFilterError code;
    const char *part;
  } wrong[] = {
    { "[]", ENT_FILTER_ERROR_VALUE, "object" },
    { "\"sms\"", ENT_FILTER_ERROR_VALUE, "object" },
    { "null", ENT_FILTER_ERROR_VALUE, "object" },
    { "{\"colour\":[\"red\"]}", ENT_FILTER_ERROR_FIELD, "“colour”" },
    { "{\"channel\":\"sms\"}", ENT_FILTER_ERROR_VALUE, "channel: expected a list" },
    { "{\"channel\":null}", ENT_FILTER_ERROR_VALUE, "channel: expected a list" },
    { "{\"channel\":{}}", ENT_FILTER_ERROR_VALUE, "channel: expected a list" },
    { "{\"channel\":[\"sms\",1]}", ENT_FILTER_ERROR_VALUE, "channel: item 2" },
    { "{\"channel\":[null]}", ENT_FILTER_ERROR_VALUE, "channel: item 1" },
    { "{\"channel\":[[\"sms\"]]}", ENT_FILTER_ERROR_VALUE, "channel: item 1" },
    { "{\"user\":[true]}", ENT_FILTER_ERROR_VALUE, "user: item 1" },
    { "{\"channel\":[\"fax\"]}", ENT_FILTER_ERROR_VALUE, "one of: whatsapp" },
    { "{\"phone\":[\"123\"]}", ENT_FILTER_ERROR_VALUE, "phone" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (wrong[i].text);

      g_assert_null (ent_filter_from_json (node, &error));
      g_assert_error (error, ENT_FILTER_ERROR, (int) wrong[i].code);
      if (strstr (error->message, wrong[i].part) == NULL)
        g_error ("no \"%s\" in: %s", wrong[i].part, error->message);
    }
}

/* 10,000 values are read at once, 10,001 refused, both without long thinking. */
static void
test_limit (void)
{
  for (int n = 10000; n <= 10001; n++)
    {
      g_autoptr (GString) text = g_string_new ("{\"campaign\":[");
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (EntFilter) filter = NULL;

      for (int i = 0; i < n; i++)
        g_string_append_printf (text, "%s\"campaign %d\"", i > 0 ? "," : "", i);
      g_string_append (text, "]}");
      node = parse (text->str);
      filter = ent_filter_from_json (node, &error);
      if (n == 10000)
        {
          g_assert_no_error (error);
          g_assert_cmpuint (ent_filter_get_n_values (filter, ENT_FILTER_CAMPAIGN), ==, 10000);
        }
      else
        {
          g_assert_null (filter);
          g_assert_error (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_LIMIT);
        }
    }
}

static char *
random_value (GRand *random)
{
  static const char *const parts[] = { "!", "\\", "\"", "a", "ç", "\n", " ", "😀", "/", "\x01" };
  GString *value = g_string_new (NULL);
  guint n = g_rand_int (random) % 6;

  for (guint i = 0; i < n; i++)
    g_string_append (value, parts[g_rand_int (random) % G_N_ELEMENTS (parts)]);
  return g_string_free (value, FALSE);
}

static void
test_round_trip (void)
{
  static const EntFilterField open_fields[] = { ENT_FILTER_SUBACCOUNT, ENT_FILTER_USER,
                                                ENT_FILTER_CAMPAIGN, ENT_FILTER_CARRIER };
  g_autoptr (GRand) random = ent_test_rand_new ();

  for (int i = 0; i < 5000; i++)
    {
      g_autoptr (EntFilter) filter = ent_filter_new ();
      g_autoptr (EntFilter) back = NULL;
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;
      guint n = g_rand_int (random) % 12;

      for (guint j = 0; j < n; j++)
        {
          EntFilterField field = open_fields[g_rand_int (random) % G_N_ELEMENTS (open_fields)];
          g_autofree char *value = random_value (random);
          EntFilter *next = ent_filter_with (filter, field, value, g_rand_boolean (random), NULL);

          g_assert_nonnull (next);
          ent_filter_unref (filter);
          filter = next;
        }
      text = to_text (filter);
      back = from_text (text);
      again = to_text (back);
      g_assert_true (ent_filter_equal (filter, back));
      g_assert_cmpstr (text, ==, again);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-json/form", test_form);
  g_test_add_func ("/filter-json/twins", test_twins);
  g_test_add_func ("/filter-json/refused", test_refused);
  g_test_add_func ("/filter-json/limit", test_limit);
  g_test_add_func ("/filter-json/round-trip", test_round_trip);
  return g_test_run ();
}
