/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strict reader: what it takes, what it refuses and where it says so; json-glib's own
 * parser as a witness for what is taken. And the writer: always the same bytes. */

#include "ent-json-guard.h"
#include "ent-json-private.h"
#include "ent-test-util.h"

#include <string.h>

#define MAX_BYTES (1 << 20)
#define MAX_DEPTH 16

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = ent_json_parse_guarded (text, strlen (text), MAX_BYTES, MAX_DEPTH, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}

static void
test_taken (void)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    " [ ] ",
    "\t{\r\n}\n",
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "0.5",
    "-0.5e10",
    "1E+2",
    "1e-2",
    "\"\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\u00e7\\ud83d\\ude00 \\uFFFD ç😀\"",
    "\"\\u0001\"",
    "\"\\ud7ff\\ue000\\udbff\\udfff\"",
    "[1,2,[3,{\"a\":[]}],{},\"x\",null,true,false]",
    "{\"a\":1,\"b\":{\"a\":1},\"\":2,\"ab\":[{\"a\":1},{\"a\":2}]}",
    "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = parse (texts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) witness = json_from_string (texts[i], &error);

      g_test_message ("%s", texts[i]);
      g_assert_no_error (error);
      g_assert_true (json_node_equal (node, witness));
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } texts[] = {
    { "", "line 1, column 1: the text ends" },
    { " \n ", "line 2, column 2: the text ends" },
    { "{", "expected a key" },
    { "[", "the text ends" },
    { "[1", "expected a comma or ]" },
    { "[1,", "the text ends" },
    { "[1,]", "not a JSON value" },
    { "[,1]", "not a JSON value" },
    { "[1 2]", "expected a comma or ]" },
    { "[1}", "expected a comma or ]" },
    { "{\"a\"}", "expected a colon" },
    { "{\"a\":}", "not a JSON value" },
    { "{\"a\":1,}", "expected a key" },
    { "{\"a\":1", "expected a comma or }" },
    { "{\"a\":1]", "expected a comma or }" },
    { "{a:1}", "expected a key" },
    { "{1:1}", "expected a key" },
    { "{'a':1}", "expected a key" },
    { "{\"a\":1,\"b\":2,\"a\":3}", "line 1, column 14: the key “a” stands twice" },
    { "{\"a\":1,\"\\u0061\":3}", "the key “a” stands twice" },
    { "{\"\":1,\"\":3}", "stands twice" },
    { "{} {}", "line 1, column 4: more text" },
    { "{}x", "more text" },
    { "1 2", "more text" },
    { "// hello\n{}", "not a JSON value" },
    { "/* hello */ {}", "not a JSON value" },
    { "var x = {}", "not a JSON value" },
    { "nul", "not a JSON value" },
    { "nulls", "not a JSON value" },
    { "True", "not a JSON value" },
    { "NaN", "not a JSON value" },
    { "Infinity", "not a JSON value" },
    { "-Infinity", "malformed number" },
    { "+1", "not a JSON value" },
    { "-", "malformed number" },
    { "01", "malformed number" },
    { "017", "malformed number" },
    { "0x10", "malformed number" },
    { "1.", "malformed number" },
    { ".5", "not a JSON value" },
    { "1.e5", "malformed number" },
    { "1e", "malformed number" },
    { "1e+", "malformed number" },
    { "1.2.3", "malformed number" },
    { "1a", "malformed number" },
    { "9223372036854775808", "out of range" },
    { "-9223372036854775809", "out of range" },
    { "123456789012345678901234567890", "out of range" },
    { "1e999", "out of range" },
    { "-1e999", "out of range" },
    { "'a'", "not a JSON value" },
    { "\"a", "ends inside a string" },
    { "\"a\\", "ends inside a string" },
    { "\"a\nb\"", "control character" },
    { "\"a\tb\"", "control character" },
    { "\"\x01\"", "control character" },
    { "\"\\x41\"", "unknown escape" },
    { "\"\\'\"", "unknown escape" },
    { "\"\\u12\"", "four hexadecimal" },
    { "\"\\u12g4\"", "four hexadecimal" },
    { "\"\\u0000\"", "\\u0000" },
    { "\"\\ud800\"", "surrogate" },
    { "\"\\udc00\"", "surrogate" },
    { "\"\\ud800\\u0041\"", "surrogate" },
    { "\"\\ud800x\"", "surrogate" },
    { "\"\\ud800\\ud800\"", "surrogate" },
    { "\xef\xbb\xbf{}", "line 1, column 1: the text begins with a byte-order mark" },
    { "\"\xff\"", "line 1, column 2: not UTF-8" },
    { "\"\xed\xa0\x80\"", "not UTF-8" },
    { "\"\xc0\x80\"", "not UTF-8" },
    { "[1,\n 2,\n \"çã\", x]", "line 3, column 8: not a JSON value" },
    { "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", "line 1, column 17: lists and objects nested" },
    { "[{\"\":[[[[[[[[[[[[[[[[", "nested over 16" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      /* An exact copy, so that a sanitizer sees a step too far. */
      gsize length = strlen (texts[i].text);
      g_autofree char *copy = g_memdup2 (texts[i].text, length);

      g_assert_null (ent_json_parse_guarded (copy, length, MAX_BYTES, MAX_DEPTH, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      if (strstr (error->message, texts[i].message) == NULL)
        g_error ("%s: no \"%s\" in: %s", texts[i].text, texts[i].message, error->message);
    }
}

static void
test_nul (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_json_parse_guarded ("{}\0", 3, MAX_BYTES, MAX_DEPTH, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_null (ent_json_parse_guarded (NULL, 0, MAX_BYTES, MAX_DEPTH, NULL));
}

static void
test_limits (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *objects = g_malloc0 (5 * 100000 + 1);
  g_autoptr (GError) too_long = NULL;
  EntJsonFault fault = ENT_JSON_FAULT_NONE;
  gint64 begin = g_get_monotonic_time ();

  for (int i = 0; i < 100000; i++)
    memcpy (objects + 5 * i, "{\"a\":", 5);
  g_assert_null (ent_json_parse_classified (deep, 100000, MAX_BYTES, MAX_DEPTH, &fault, NULL));
  g_assert_cmpint (fault, ==, ENT_JSON_FAULT_LIMIT);
  g_assert_null (ent_json_parse_classified (objects, 500000, MAX_BYTES, MAX_DEPTH, &fault, NULL));
  g_assert_cmpint (fault, ==, ENT_JSON_FAULT_LIMIT);
  /* Deep ones are harmless to the reader itself, too: it does not recurse. */
  g_assert_null (ent_json_parse_classified (deep, 100000, MAX_BYTES, 200000, &fault, NULL));
  g_assert_cmpint (fault, ==, ENT_JSON_FAULT_SYNTAX);

  g_assert_null (ent_json_parse_guarded ("[1, 2]", 6, 5, MAX_DEPTH, &too_long));
  g_assert_error (too_long, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (too_long->message, "6 bytes; at most 5"));
  g_assert_null (ent_json_parse_classified ("[1, 2]", 6, 5, MAX_DEPTH, &fault, NULL));
  g_assert_cmpint (fault, ==, ENT_JSON_FAULT_LIMIT);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

static char *
random_text (GRand *random)
{
  static const char *const parts[] = { "a",  "ç",    "😀",    "\"",           "\\", "/",
                                       "\n", "\x01", "\x7f", "\xe2\x80\xae", " ",  "0" };
  GString *text = g_string_new (NULL);
  guint n = g_rand_int (random) % 6;

  for (guint i = 0; i < n; i++)
    g_string_append (text, parts[g_rand_int (random) % G_N_ELEMENTS (parts)]);
  return g_string_free (text, FALSE);
}

static JsonNode *random_node (GRand *random, guint depth);

static JsonObject *
random_object (GRand *random, guint depth)
{
  JsonObject *object = json_object_new ();
  guint n = g_rand_int (random) % 5;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = random_text (random);

      json_object_set_member (object, key, random_node (random, depth - 1));
    }
  return object;
}

static JsonNode *
random_node (GRand *random, guint depth)
{
  JsonNode *node = json_node_alloc ();
  g_autofree char *text = random_text (random);
  JsonArray *array;
  guint n;

  switch (g_rand_int (random) % (depth > 0 ? 8 : 6))
    {
    case 0:
      return json_node_init_null (node);
    case 1:
      return json_node_init_boolean (node, g_rand_boolean (random));
    case 2:
      return json_node_init_int (
          node, (gint64) ((guint64) g_rand_int (random) << 32 | g_rand_int (random)));
    case 3:
      return json_node_init_double (node, g_rand_double_range (random, -1, 1) *
                                              (g_rand_boolean (random) ? 1e-9 : 1e300));
    case 4:
      return json_node_init_double (node, g_rand_int_range (random, -1000, 1000));
    case 5:
      return json_node_init_string (node, text);
    case 6:
      json_node_init (node, JSON_NODE_OBJECT);
      json_node_take_object (node, random_object (random, depth));
      return node;
    default:
      json_node_init (node, JSON_NODE_ARRAY);
      array = json_array_new ();
      n = g_rand_int (random) % 5;
      for (guint i = 0; i < n; i++)
        json_array_add_element (array, random_node (random, depth - 1));
      json_node_take_array (node, array);
      return node;
    }
}

/* What is written is read back as it was, by json-glib, too; and written again the same. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = ent_test_rand_new ();

  for (guint i = 0; i < ent_test_rounds (5000, 200000); i++)
    {
      g_autoptr (JsonObject) object = random_object (random, 6);
      g_autoptr (JsonObject) copy = ent_json_object_copy (object);
      g_autofree char *text = ent_json_write (object);
      g_autofree char *of_copy = ent_json_write (copy);
      g_autoptr (JsonNode) node = parse (text);
      g_autoptr (JsonNode) witness = json_from_string (text, NULL);
      g_autofree char *again = ent_json_write (json_node_get_object (node));

      g_assert_true (json_object_equal (json_node_get_object (node), object));
      g_assert_nonnull (witness);
      g_assert_true (json_node_equal (node, witness));
      g_assert_cmpstr (again, ==, text);
      g_assert_cmpstr (of_copy, ==, text);
    }
}

/* Whatever a spoilt text is taken for, json-glib takes it for the same. */
static void
test_spoilt (void)
{
  static const char letters[] = "{}[]\",:\\ 0123456789-+.eEtrufalsn/'\n\xc3\xa7u";
  static const char whole[] =
      "{\"a\": [1, -2.5e3, true, {\"b\": null}], \"c\\u00e7\": \"\\ud83d\\ude00\", \"d\": {}}";
  g_autoptr (GRand) random = ent_test_rand_new ();
  guint taken = 0;

  for (guint i = 0; i < ent_test_rounds (100000, 5000000); i++)
    {
      g_autofree char *text = g_strdup (whole);
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (JsonNode) witness = NULL;
      g_autoptr (GError) error = NULL;
      guint n = 1 + g_rand_int (random) % 3;

      for (guint j = 0; j < n; j++)
        text[g_rand_int (random) % (sizeof whole - 1)] =
            letters[g_rand_int (random) % (sizeof letters - 1)];
      node = ent_json_parse_guarded (text, strlen (text), MAX_BYTES, MAX_DEPTH, &error);
      g_assert_true ((node == NULL) == (error != NULL));
      if (node == NULL)
        continue;
      taken++;
      witness = json_from_string (text, NULL);
      g_assert_nonnull (witness);
      g_assert_true (json_node_equal (node, witness));
    }
  g_assert_cmpuint (taken, >, 1000);
}

static void
test_written (void)
{
  g_autoptr (JsonNode) node = parse (
      "{\"a\":[],\"b\":{},\"c\":[1,{\"d\":-0.1}],\"e\":1.0,\"f\":1e25,\"g\":\"\\u001f\\u007f\","
      "\"h\":null,\"i\":[true,false],\"j\":\"\\/ç\"}");
  g_autofree char *text = ent_json_write (json_node_get_object (node));

  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"a\": [],\n"
                   "  \"b\": {},\n"
                   "  \"c\": [\n"
                   "    1,\n"
                   "    {\n"
                   "      \"d\": -0.1\n"
                   "    }\n"
                   "  ],\n"
                   "  \"e\": 1.0,\n"
                   "  \"f\": 1e+25,\n"
                   "  \"g\": \"\\u001f\\u007f\",\n"
                   "  \"h\": null,\n"
                   "  \"i\": [\n"
                   "    true,\n"
                   "    false\n"
                   "  ],\n"
                   "  \"j\": \"/ç\"\n"
                   "}\n");
}

/* Why there is a reader of our own: what the floor's does. Where a newer one does better, this
 * still holds: ours refuses all of it. */
static void
test_why (void)
{
  static const char *const lax[] = { "",           "/* x */ {}", "{'a':1}",
                                     "var x = {}", "[017]",      "[99999999999999999999]",
                                     "[1e999]" };

  for (guint i = 0; i < G_N_ELEMENTS (lax); i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      gboolean taken = json_parser_load_from_data (parser, lax[i], -1, NULL);

      g_test_message ("json-glib %s: %s", taken ? "takes" : "refuses", lax[i]);
      g_assert_null (ent_json_parse_guarded (lax[i], strlen (lax[i]), MAX_BYTES, MAX_DEPTH, NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-guard/taken", test_taken);
  g_test_add_func ("/json-guard/refused", test_refused);
  g_test_add_func ("/json-guard/nul", test_nul);
  g_test_add_func ("/json-guard/limits", test_limits);
  g_test_add_func ("/json-guard/round-trip", test_round_trip);
  g_test_add_func ("/json-guard/spoilt", test_spoilt);
  g_test_add_func ("/json-guard/written", test_written);
  g_test_add_func ("/json-guard/why", test_why);
  return g_test_run ();
}
