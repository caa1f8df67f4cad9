/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strict reader of provider pages: what it accepts, what it refuses, what it makes of values,
 * and that it agrees with the strict reader of our own files on mutated documents. */
#include "config.h"

#include "ent-json-guard.h"
#include "ent-json.h"
#include "ent-test-util.h"

static EntJson *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  EntJson *json = ent_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (json);
  return json;
}

static char *
print_again (const char *text)
{
  g_autoptr (EntJson) json = parse (text);

  return ent_json_node_print (ent_json_get_root (json), 4096);
}

static void
test_values (void)
{
  static const struct
  {
    const char *text;
    const char *printed;
  } cases[] = {
    { "null", "null" },
    { " true ", "true" },
    { "false\n", "false" },
    { "0", "0" },
    { "-12.5e+3", "-12.5e+3" },
    { "123456789012345678901234567890", "123456789012345678901234567890" },
    { "1e999", "1e999" },
    { "\"\"", "\"\"" },
    { "[]", "[]" },
    { "{}", "{}" },
    { "[ 1 , [ 2 ] , {\"a\" : [ ] } ]", "[1,[2],{\"a\":[]}]" },
    { "{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2}" },
    { "\xef\xbb\xbf{\"a\":null}", "{\"a\":null}" },
    { "\"\\u00e9\\n\\/\\\\\\\"\"", "\"\xc3\xa9\\u000a/\\\\\\\"\"" },
    { "\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"" },
    { "\"\\ud800\"", "\"\xef\xbf\xbd\"" },
    { "\"\\ud800x\"", "\"\xef\xbf\xbdx\"" },
    { "\"\\udc00\\ud800\"", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
    { "\"\\ud800\\ud83d\\ude00\"", "\"\xef\xbf\xbd\xf0\x9f\x98\x80\"" },
    { "\"\\u0000\"", "\"\\u0000\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *printed = print_again (cases[i].text);

      g_assert_cmpstr (printed, ==, cases[i].printed);
    }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "{",
    "[",
    "[1",
    "[1,",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "\"abc",
    "\"abc\\",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{,}",
    "{\"a\"}",
    "{\"a\",1}",
    "{a:1}",
    "{\"a\":1,}",
    "{\"a\":1 \"b\":2}",
    "]",
    "}",
    "[}",
    "{]",
    "[1}",
    "{\"a\":1]",
    "[1]]",
    "[] []",
    "{}{}",
    "1 2",
    "nul",
    "nulll",
    "truex",
    "True",
    "01",
    "-",
    "-a",
    "1.",
    ".5",
    "1e",
    "1e+",
    "+1",
    "0x10",
    "NaN",
    "Infinity",
    "'a'",
    "[1]//c",
    "/*c*/[1]",
    "\"\\x\"",
    "\"\\u12g4\"",
    "\"\\u12\"",
    "\"\t\"",
    "\"\n\"",
    "\"\xff\"",
    "\"\xc3\"",
    "\"\xed\xa0\x80\"",
    "\"\xc0\x80\"",
    "1\"a\"",
    "\"a\"1",
    "\"a\"\"b\"",
    "[1[2]]",
    "{\"a\":1:2}",
    "\xef\xbb\xbf",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntJson) json = ent_json_parse (cases[i], strlen (cases[i]), &error);

      if (json != NULL)
        g_error ("%s was accepted", cases[i]);
      g_assert_nonnull (error);
      g_assert_true (error->domain == G_IO_ERROR);
    }
}

/* Each proper beginning of a document is refused, and told from a wrong one. */
static void
test_cut (void)
{
  static const char text[] = "{\"a\":[12,\"x\xc3\xa9\"],\"b\":{\"c\":\"\"}}";

  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntJson) json = ent_json_parse (text, length, &error);

      g_assert_null (json);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntJson) json = NULL;

  /* Nesting: as deep as allowed, one deeper, absurdly deep. */
  for (int i = 0; i < ENT_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, '[');
  for (int i = 0; i < ENT_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, ']');
  json = ent_json_parse (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_nonnull (json);

  g_string_prepend_c (text, '[');
  g_string_append_c (text, ']');
  g_assert_null (ent_json_parse (text->str, text->len, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  g_string_truncate (text, 0);
  for (int i = 0; i < 1000000; i++)
    g_string_append_c (text, '[');
  g_assert_null (ent_json_parse (text->str, text->len, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  /* The number of values. */
  g_assert_null (ent_json_parse_limited ("[1,2,3]", 7, 3, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  ent_json_free (ent_json_parse_limited ("[1,2,3]", 7, 4, &error));
  g_assert_no_error (error);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    gboolean whole;
    gint64 value;
  } cases[] = {
    { "221", TRUE, 221 },
    { "-1", TRUE, -1 },
    { "9223372036854775807", TRUE, G_MAXINT64 },
    { "-9223372036854775808", TRUE, G_MININT64 },
    { "9223372036854775808", FALSE, 0 },
    { "99999999999999999999", FALSE, 0 },
    { "2.21e2", TRUE, 221 },
    { "221.0", TRUE, 221 },
    { "221.5", FALSE, 0 },
    { "1e999", FALSE, 0 },
    { "1e17", FALSE, 0 },
    { "\"221\"", FALSE, 0 },
    { "null", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EntJson) json = parse (cases[i].text);
      gint64 value = 0;

      g_assert_cmpint (ent_json_get_int (ent_json_get_root (json), &value), ==, cases[i].whole);
      g_assert_cmpint (value, ==, cases[i].value);
    }
}

static void
test_members (void)
{
  g_autoptr (EntJson) json =
      parse ("{\"a\":{\"x\":1},\"b\":[10,20],\"a\":2,\"\":3,\"z\\u0000\":4}");
  const EntJsonNode *root = ent_json_get_root (json);
  const EntJsonNode *value;
  const char *text = NULL;
  EntJsonIter iter;
  gint64 sum = 0;
  gint64 number;

  g_assert_true (ent_json_is (ent_json_member (root, "a"), ENT_JSON_OBJECT));
  g_assert_true (ent_json_is (ent_json_member (ent_json_member (root, "a"), "x"), ENT_JSON_NUMBER));
  g_assert_null (ent_json_member (root, "x"));
  g_assert_null (ent_json_member (root, "z"));
  g_assert_null (ent_json_member (NULL, "a"));
  g_assert_null (ent_json_member (ent_json_member (root, "b"), "a"));
  g_assert_nonnull (ent_json_member (root, ""));

  ent_json_iter_init (&iter, ent_json_member (root, "b"));
  while (ent_json_iter_next (&iter, NULL, &value))
    {
      g_assert_true (ent_json_get_int (value, &number));
      sum += number;
    }
  g_assert_cmpint (sum, ==, 30);
  g_assert_false (ent_json_get_string (ent_json_member (root, "b"), &text));
  g_assert_null (text);
}

static void
test_print_cut (void)
{
  g_autoptr (EntJson) json = parse ("[\"\xc3\xa9\xc3\xa9\xc3\xa9\",1,2,3]");
  g_autofree char *whole = ent_json_node_print (ent_json_get_root (json), 100);

  for (gsize max = 0; max <= strlen (whole); max++)
    {
      g_autofree char *cut = ent_json_node_print (ent_json_get_root (json), max);

      g_assert_cmpuint (strlen (cut), <=, max);
      g_assert_cmpuint (strlen (cut) + 1, >=, MIN (max, strlen (whole)));
      g_assert_true (g_utf8_validate (cut, -1, NULL));
      g_assert_true (g_str_has_prefix (whole, cut));
    }
}

/* ---- Against the reader of our own files ---------------------------------------------------- */

static void
append_random_string (GString *out, GRand *rand)
{
  static const char *const pieces[] = { "a",       "Z",    " ",    "\xc3\xa9", "\xe2\x82\xac",
                                        "\\n",     "\\\"", "\\\\", "\\/",      "\\u0041",
                                        "\\u00e9", "\\t",  "0",    "{",        "]" };
  int n = g_rand_int_range (rand, 0, 12);

  g_string_append_c (out, '"');
  while (n-- > 0)
    g_string_append (out, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  g_string_append_c (out, '"');
}

static void
append_random_value (GString *out, GRand *rand, int depth)
{
  static const char *const scalars[] = { "null", "true", "false", "0",       "-1",
                                         "12",   "3.5",  "1e3",   "-0.25E-2" };
  int kind = g_rand_int_range (rand, 0, depth > 4 ? 2 : 4);
  int n = g_rand_int_range (rand, 0, 4);

  if (kind == 0)
    g_string_append (out, scalars[g_rand_int_range (rand, 0, G_N_ELEMENTS (scalars))]);
  else if (kind == 1)
    append_random_string (out, rand);
  else
    {
      g_string_append_c (out, kind == 2 ? '[' : '{');
      for (int i = 0; i < n; i++)
        {
          if (i > 0)
            g_string_append (out, g_rand_boolean (rand) ? "," : " ,\n");
          if (kind == 3)
            g_string_append_printf (out, "\"k%d\" :", i);
          append_random_value (out, rand, depth + 1);
        }
      g_string_append_c (out, kind == 2 ? ']' : '}');
    }
}

static void
mutate (GString *text, GRand *rand)
{
  static const char bytes[] = "{}[]\",:\\0123456789eE.+-tfnu \n\x01\xc3\xa9";
  gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) text->len);

  switch (g_rand_int_range (rand, 0, 3))
    {
    case 0:
      g_string_erase (text, (gssize) at, 1);
      break;
    case 1:
      text->str[at] = bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
      break;
    default:
      g_string_insert_c (text, (gssize) at, bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)]);
      break;
    }
}

static void
assert_same_value (const EntJsonNode *ours, JsonNode *theirs)
{
  const EntJsonNode *key;
  const EntJsonNode *value;
  EntJsonIter iter;
  guint i = 0;

  ent_json_iter_init (&iter, ours);
  switch ((EntJsonKind) ours->kind)
    {
    case ENT_JSON_NULL:
      g_assert_true (JSON_NODE_HOLDS_NULL (theirs));
      break;
    case ENT_JSON_FALSE:
    case ENT_JSON_TRUE:
      g_assert_cmpint (json_node_get_boolean (theirs), ==, ours->kind == ENT_JSON_TRUE);
      break;
    case ENT_JSON_NUMBER:
      g_assert_cmpfloat (json_node_get_double (theirs), ==, g_ascii_strtod (ours->text, NULL));
      break;
    case ENT_JSON_STRING:
      g_assert_cmpstr (json_node_get_string (theirs), ==, ours->text);
      break;
    case ENT_JSON_ARRAY:
      g_assert_cmpuint (json_array_get_length (json_node_get_array (theirs)), ==, ours->length);
      while (ent_json_iter_next (&iter, NULL, &value))
        assert_same_value (value, json_array_get_element (json_node_get_array (theirs), i++));
      break;
    case ENT_JSON_OBJECT:
      g_assert_cmpuint (json_object_get_size (json_node_get_object (theirs)), ==, ours->length);
      while (ent_json_iter_next (&iter, &key, &value))
        assert_same_value (value,
                           json_object_get_member (json_node_get_object (theirs), key->text));
      break;
    }
}

/* Our own files may not; of a provider's the first counts. */
static gboolean
repeats_a_name (const EntJsonNode *node)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  const EntJsonNode *key;
  const EntJsonNode *value;
  EntJsonIter iter;

  ent_json_iter_init (&iter, node);
  while (ent_json_iter_next (&iter, &key, &value))
    if ((key != NULL && !g_hash_table_add (names, (gpointer) key->text)) || repeats_a_name (value))
      return TRUE;
  return FALSE;
}

static void
test_agrees (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  guint accepted = 0;
  guint rounds = ent_test_rounds (40000, 2000000);

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (EntJson) ours = NULL;
      g_autoptr (JsonNode) theirs = NULL;

      append_random_value (text, rand, 0);
      for (int n = g_rand_int_range (rand, 0, 4); n > 0 && text->len > 0; n--)
        mutate (text, rand);

      ours = ent_json_parse (text->str, text->len, NULL);
      theirs = ent_json_parse_guarded (text->str, text->len, 65536, 32, NULL);
      /* Numbers that a double does not hold, odd escapes and repeated names are the known
       * differences: there we take more. */
      if (ours == NULL && theirs != NULL)
        g_error ("only the other one takes %s", text->str);
      if (ours != NULL && theirs == NULL && strstr (text->str, "\\u") == NULL &&
          strpbrk (text->str, "eE") == NULL && !repeats_a_name (ent_json_get_root (ours)))
        g_error ("only we take %s", text->str);
      if (ours != NULL && theirs != NULL)
        {
          accepted++;
          assert_same_value (ent_json_get_root (ours), theirs);
        }
    }
  g_assert_cmpuint (accepted, >, rounds / 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/values", test_values);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/cut", test_cut);
  g_test_add_func ("/json/limits", test_limits);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/print-cut", test_print_cut);
  g_test_add_func ("/json/agrees-with-our-own-reader", test_agrees);
  return g_test_run ();
}
