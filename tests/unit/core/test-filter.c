/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter as a value: adding, taking away, negating, words, limits, equality. */

#include "ent-filter.h"
#include "ent-test-util.h"

#include <string.h>

/* Replaces *@filter by itself with @word. */
static void
add_word (EntFilter **filter, EntFilterField field, const char *word)
{
  g_autoptr (GError) error = NULL;
  EntFilter *next = ent_filter_with_word (*filter, field, word, &error);

  g_assert_no_error (error);
  ent_filter_unref (*filter);
  *filter = next;
}

static void
assert_value (
    const EntFilter *filter, EntFilterField field, guint index, const char *value, gboolean negated)
{
  gboolean is_negated = !negated;

  g_assert_cmpstr (ent_filter_get_value (filter, field, index, &is_negated), ==, value);
  g_assert_cmpint (is_negated, ==, negated);
}

static void
test_keys (void)
{
  static const char *const keys[] = { "channel",  "direction",    "subaccount", "user",
                                      "campaign", "content-type", "status",     "stage",
                                      "reason",   "carrier",      "phone",      "contact",
                                      "text" };
  EntFilterField field = ENT_FILTER_TEXT;

  g_assert_cmpuint (G_N_ELEMENTS (keys), ==, ENT_N_FILTER_FIELDS);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_true (ent_filter_field_from_key (keys[i], &field));
      g_assert_cmpint (field, ==, (int) i);
      g_assert_cmpstr (ent_filter_field_key (field), ==, keys[i]);
    }
  g_assert_true (ent_filter_field_from_key ("content_type", &field));
  g_assert_cmpint (field, ==, ENT_FILTER_CONTENT_TYPE);
  g_assert_false (ent_filter_field_from_key ("", &field));
  g_assert_false (ent_filter_field_from_key ("Channel", &field));
  g_assert_false (ent_filter_field_from_key (NULL, &field));
  g_assert_null (ent_filter_field_key ((EntFilterField) ENT_N_FILTER_FIELDS));
}

static void
test_with_and_without (void)
{
  g_autoptr (EntFilter) empty = ent_filter_new ();
  g_autoptr (EntFilter) one = NULL;
  g_autoptr (EntFilter) two = NULL;
  g_autoptr (EntFilter) same = NULL;
  g_autoptr (EntFilter) turned = NULL;
  g_autoptr (EntFilter) less = NULL;
  g_autoptr (EntFilter) none = NULL;
  g_autoptr (EntFilter) untouched = NULL;

  g_assert_true (ent_filter_is_empty (empty));
  one = ent_filter_with (empty, ENT_FILTER_CAMPAIGN, "Entregas", FALSE, NULL);
  two = ent_filter_with (one, ENT_FILTER_CAMPAIGN, "Teste", TRUE, NULL);
  same = ent_filter_with (two, ENT_FILTER_CAMPAIGN, "Entregas", FALSE, NULL);
  turned = ent_filter_with (two, ENT_FILTER_CAMPAIGN, "Entregas", TRUE, NULL);
  less = ent_filter_without (two, ENT_FILTER_CAMPAIGN, "Entregas");
  none = ent_filter_without (less, ENT_FILTER_CAMPAIGN, "Teste");
  untouched = ent_filter_without (two, ENT_FILTER_USER, "Entregas");

  /* Nothing that was handed out changed. */
  g_assert_true (ent_filter_is_empty (empty));
  g_assert_cmpuint (ent_filter_get_n_values (one, ENT_FILTER_CAMPAIGN), ==, 1);
  g_assert_cmpuint (ent_filter_get_n_values (two, ENT_FILTER_CAMPAIGN), ==, 2);
  assert_value (two, ENT_FILTER_CAMPAIGN, 0, "Entregas", FALSE);
  assert_value (two, ENT_FILTER_CAMPAIGN, 1, "Teste", TRUE);
  g_assert_true (ent_filter_equal (same, two));
  g_assert_cmpuint (ent_filter_get_n_values (turned, ENT_FILTER_CAMPAIGN), ==, 2);
  assert_value (turned, ENT_FILTER_CAMPAIGN, 0, "Entregas", TRUE);
  g_assert_false (ent_filter_equal (turned, two));
  g_assert_cmpuint (ent_filter_get_n_values (less, ENT_FILTER_CAMPAIGN), ==, 1);
  assert_value (less, ENT_FILTER_CAMPAIGN, 0, "Teste", TRUE);
  g_assert_true (ent_filter_has_field (less, ENT_FILTER_CAMPAIGN));
  g_assert_false (ent_filter_has_field (less, ENT_FILTER_USER));
  g_assert_true (ent_filter_is_empty (none));
  g_assert_false (ent_filter_has_field (none, ENT_FILTER_CAMPAIGN));
  g_assert_true (ent_filter_equal (none, empty));
  g_assert_true (ent_filter_equal (untouched, two));
}

static void
test_without_field (void)
{
  g_autoptr (EntFilter) filter = ent_filter_new ();
  g_autoptr (EntFilter) less = NULL;

  add_word (&filter, ENT_FILTER_CAMPAIGN, "a");
  add_word (&filter, ENT_FILTER_CAMPAIGN, "!b");
  add_word (&filter, ENT_FILTER_USER, "ana");
  less = ent_filter_without_field (filter, ENT_FILTER_CAMPAIGN);
  g_assert_cmpuint (ent_filter_get_n_values (less, ENT_FILTER_CAMPAIGN), ==, 0);
  g_assert_cmpuint (ent_filter_get_n_values (less, ENT_FILTER_USER), ==, 1);
  g_assert_cmpuint (ent_filter_get_n_values (filter, ENT_FILTER_CAMPAIGN), ==, 2);
}

static void
test_words (void)
{
  static const struct
  {
    const char *word;
    const char *value;
    gboolean negated;
  } words[] = {
    { "Teste", "Teste", FALSE },
    { "!Teste", "Teste", TRUE },
    { "\\!Teste", "!Teste", FALSE },
    { "!\\!Teste", "!Teste", TRUE },
    { "!!Teste", "!Teste", TRUE },
    { "a!b", "a!b", FALSE },
    { "\\a", "\\a", FALSE },
    { "\\\\!a", "\\!a", FALSE },
    { "\\\\a", "\\\\a", FALSE },
    { "!", "", TRUE },
    { "", "", FALSE },
    { "\\!", "!", FALSE },
    { "\\", "\\", FALSE },
    { "!\\", "\\", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (EntFilter) filter = ent_filter_new ();

      add_word (&filter, ENT_FILTER_CAMPAIGN, words[i].word);
      assert_value (filter, ENT_FILTER_CAMPAIGN, 0, words[i].value, words[i].negated);
    }
}

static void
refuse (EntFilterField field, const char *value, EntFilterError code, const char *part)
{
  g_autoptr (EntFilter) filter = ent_filter_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_filter_with (filter, field, value, FALSE, &error));
  g_assert_error (error, ENT_FILTER_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_prefix (error->message, ent_filter_field_key (field)));
  if (strstr (error->message, part) == NULL)
    g_error ("no \"%s\" in: %s", part, error->message);
  g_assert_null (ent_filter_with_word (filter, field, value, NULL));
  g_assert_true (ent_filter_is_empty (filter));
}

static void
test_closed_fields (void)
{
  refuse (ENT_FILTER_CHANNEL, "telegram", ENT_FILTER_ERROR_VALUE,
          "“telegram”; one of: whatsapp, sms, rcs, mms, other");
  refuse (ENT_FILTER_CHANNEL, "", ENT_FILTER_ERROR_VALUE, "whatsapp");
  refuse (ENT_FILTER_CHANNEL, "SMS", ENT_FILTER_ERROR_VALUE, "sms");
  refuse (ENT_FILTER_DIRECTION, "out", ENT_FILTER_ERROR_VALUE, "mt, mo");
  refuse (ENT_FILTER_CONTENT_TYPE, "gif", ENT_FILTER_ERROR_VALUE, "text, template, image");
  refuse (ENT_FILTER_STATUS, "failed", ENT_FILTER_ERROR_VALUE, "send-failed, not-delivered");
  refuse (ENT_FILTER_STAGE, "unconfirmed", ENT_FILTER_ERROR_VALUE, "total, sent, delivered, read");
  refuse (ENT_FILTER_REASON, "none", ENT_FILTER_ERROR_VALUE, "invalid-number, unreachable");
  refuse (ENT_FILTER_REASON, "\xe2\x80\xaeunknown\n", ENT_FILTER_ERROR_VALUE, "“?unknown?”");
}

static void
test_known_values (void)
{
  g_autoptr (EntFilter) filter = ent_filter_new ();

  for (guint i = 0; i < ENT_N_CHANNELS; i++)
    add_word (&filter, ENT_FILTER_CHANNEL, ent_channel_key ((EntChannel) i));
  for (guint i = 0; i < ENT_N_STATUSES; i++)
    add_word (&filter, ENT_FILTER_STATUS, ent_status_key ((EntStatus) i));
  for (guint i = 0; i < ENT_N_STAGES; i++)
    add_word (&filter, ENT_FILTER_STAGE, ent_stage_key ((EntStage) i));
  for (guint i = 0; i < ENT_N_REASONS; i++)
    add_word (&filter, ENT_FILTER_REASON, ent_reason_key ((EntReason) i));
  add_word (&filter, ENT_FILTER_DIRECTION, "!mo");
  add_word (&filter, ENT_FILTER_CONTENT_TYPE, "!template");
  g_assert_cmpuint (ent_filter_get_n_values (filter, ENT_FILTER_CHANNEL), ==, ENT_N_CHANNELS);
  g_assert_cmpuint (ent_filter_get_n_values (filter, ENT_FILTER_STATUS), ==, ENT_N_STATUSES);
  g_assert_cmpuint (ent_filter_get_n_values (filter, ENT_FILTER_STAGE), ==, ENT_N_STAGES);
  g_assert_cmpuint (ent_filter_get_n_values (filter, ENT_FILTER_REASON), ==, ENT_N_REASONS);
  assert_value (filter, ENT_FILTER_DIRECTION, 0, "mo", TRUE);
}

static void
test_texts (void)
{
  g_autoptr (EntFilter) filter = ent_filter_new ();
  g_autofree char *longest = g_strnfill (1000, 'x');
  g_autofree char *longer = g_strnfill (1001, 'x');

  refuse (ENT_FILTER_PHONE, "123", ENT_FILTER_ERROR_VALUE, "“123” is not 4 to 15 digits");
  refuse (ENT_FILTER_PHONE, "+1-2 3", ENT_FILTER_ERROR_VALUE, "4 to 15 digits");
  refuse (ENT_FILTER_PHONE, "", ENT_FILTER_ERROR_VALUE, "4 to 15 digits");
  refuse (ENT_FILTER_PHONE, "Ana Paula", ENT_FILTER_ERROR_VALUE, "4 to 15 digits");
  refuse (ENT_FILTER_PHONE, "12345678901234567", ENT_FILTER_ERROR_VALUE, "4 to 15 digits");
  refuse (ENT_FILTER_CONTACT, "", ENT_FILTER_ERROR_VALUE, "empty");
  refuse (ENT_FILTER_TEXT, "", ENT_FILTER_ERROR_VALUE, "empty");
  refuse (ENT_FILTER_TEXT, "\xff", ENT_FILTER_ERROR_VALUE, "UTF-8");
  refuse (ENT_FILTER_CAMPAIGN, longer, ENT_FILTER_ERROR_LIMIT, "1001");

  add_word (&filter, ENT_FILTER_CAMPAIGN, longest);
  add_word (&filter, ENT_FILTER_CAMPAIGN, "");
  add_word (&filter, ENT_FILTER_SUBACCOUNT, "");
  add_word (&filter, ENT_FILTER_USER, "");
  add_word (&filter, ENT_FILTER_CARRIER, "");
  add_word (&filter, ENT_FILTER_PHONE, "4321");
  add_word (&filter, ENT_FILTER_PHONE, "+55 (11) 91234-5678");
  add_word (&filter, ENT_FILTER_PHONE, "!*4321");
  assert_value (filter, ENT_FILTER_CAMPAIGN, 1, "", FALSE);
  assert_value (filter, ENT_FILTER_PHONE, 1, "+55 (11) 91234-5678", FALSE);
  assert_value (filter, ENT_FILTER_PHONE, 2, "*4321", TRUE);
}

/* 10,000 values over all fields, one by one as someone pastes them. */
static void
test_limit (void)
{
  g_autoptr (EntFilter) filter = ent_filter_new ();
  g_autoptr (EntFilter) over = NULL;
  g_autoptr (EntFilter) known = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 10000; i++)
    {
      char value[16];

      g_snprintf (value, sizeof value, "9%05d", i);
      add_word (&filter, i % 2 == 0 ? ENT_FILTER_PHONE : ENT_FILTER_CAMPAIGN, value);
    }
  over = ent_filter_with (filter, ENT_FILTER_USER, "one more", FALSE, &error);
  g_assert_null (over);
  g_assert_error (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_LIMIT);
  /* One that is there already is not one more. */
  known = ent_filter_with (filter, ENT_FILTER_PHONE, "900000", TRUE, NULL);
  g_assert_nonnull (known);
  assert_value (known, ENT_FILTER_PHONE, 0, "900000", TRUE);
}

static void
test_equal (void)
{
  g_autoptr (EntFilter) a = ent_filter_new ();
  g_autoptr (EntFilter) b = ent_filter_new ();
  g_autoptr (EntFilter) more = NULL;
  g_autoptr (EntFilter) other_field = NULL;
  g_autoptr (EntFilter) other_value = NULL;

  add_word (&a, ENT_FILTER_CAMPAIGN, "x");
  add_word (&a, ENT_FILTER_CAMPAIGN, "!y");
  add_word (&a, ENT_FILTER_CHANNEL, "sms");
  add_word (&b, ENT_FILTER_CHANNEL, "sms");
  add_word (&b, ENT_FILTER_CAMPAIGN, "!y");
  add_word (&b, ENT_FILTER_CAMPAIGN, "x");
  g_assert_true (ent_filter_equal (a, b));
  g_assert_true (ent_filter_equal (a, a));

  more = ent_filter_with (b, ENT_FILTER_CAMPAIGN, "z", FALSE, NULL);
  g_assert_false (ent_filter_equal (a, more));
  g_assert_false (ent_filter_equal (more, a));
  other_value = ent_filter_without (more, ENT_FILTER_CAMPAIGN, "x");
  g_assert_false (ent_filter_equal (a, other_value));
  other_field = ent_filter_without_field (a, ENT_FILTER_CHANNEL);
  g_assert_false (ent_filter_equal (a, other_field));
}

static void
test_boxed (void)
{
  g_autoptr (EntFilter) filter = ent_filter_new ();
  EntFilter *copy = g_boxed_copy (ENT_TYPE_FILTER, filter);

  g_assert_true (copy == filter);
  g_boxed_free (ENT_TYPE_FILTER, copy);
  g_assert_true (ent_filter_is_empty (filter));
}

/* Random histories: the filter is the set that a plain table says it is. */
static void
test_against_table (void)
{
  static const char *const values[] = { "a", "b", "!c", "\\!d", "é", "" };
  g_autoptr (GRand) random = ent_test_rand_new ();

  for (int round = 0; round < 500; round++)
    {
      g_autoptr (EntFilter) filter = ent_filter_new ();
      g_autoptr (GHashTable) table = g_hash_table_new (g_str_hash, g_str_equal);

      for (int step = 0; step < 40; step++)
        {
          const char *value = values[g_rand_int (random) % G_N_ELEMENTS (values)];
          gboolean negated = g_rand_boolean (random);
          EntFilter *next;

          if (g_rand_int (random) % 3 == 0)
            {
              next = ent_filter_without (filter, ENT_FILTER_USER, value);
              g_hash_table_remove (table, value);
            }
          else
            {
              next = ent_filter_with (filter, ENT_FILTER_USER, value, negated, NULL);
              g_hash_table_insert (table, (gpointer) value, GINT_TO_POINTER (negated + 1));
            }
          ent_filter_unref (filter);
          filter = next;

          g_assert_cmpuint (ent_filter_get_n_values (filter, ENT_FILTER_USER), ==,
                            g_hash_table_size (table));
          for (guint i = 0; i < g_hash_table_size (table); i++)
            {
              const char *got = ent_filter_get_value (filter, ENT_FILTER_USER, i, &negated);

              g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (table, got)), ==, negated + 1);
            }
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/keys", test_keys);
  g_test_add_func ("/filter/with-and-without", test_with_and_without);
  g_test_add_func ("/filter/without-field", test_without_field);
  g_test_add_func ("/filter/words", test_words);
  g_test_add_func ("/filter/closed-fields", test_closed_fields);
  g_test_add_func ("/filter/known-values", test_known_values);
  g_test_add_func ("/filter/texts", test_texts);
  g_test_add_func ("/filter/limit", test_limit);
  g_test_add_func ("/filter/equal", test_equal);
  g_test_add_func ("/filter/boxed", test_boxed);
  g_test_add_func ("/filter/against-table", test_against_table);
  return g_test_run ();
}
