/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Patterns over packed numbers, against an oracle that compares strings. */

#include "config.h"

#include "ent-phone-scan.h"

#include "ent-test-util.h"

#include <string.h>

static gboolean
matches (const char *pattern_text, const char *digits)
{
  EntPhonePattern pattern;

  g_assert_true (ent_phone_pattern_init (&pattern, pattern_text));
  return ent_phone_pattern_matches (&pattern, ent_phone_pack (digits));
}

static void
test_examples (void)
{
  static const struct
  {
    const char *pattern;
    const char *phone;
    gboolean matches;
  } cases[] = {
    { "+5511", "5511912345678", TRUE },
    { "+5511", "15511912345", FALSE },
    { "0055119123", "5511912345678", TRUE },
    { "0055119123", "15511912345", FALSE },
    { "+005511", "5511912345678", TRUE },
    { "0055 11 91234-5678", "551112345678", TRUE },
    { "0012", "5511912340012", TRUE },
    { "0012", "5511912341200", FALSE },
    { "5511*", "5511912345678", TRUE },
    { "5511*", "15511912345", FALSE },
    { "*5678", "5511912345678", TRUE },
    { "*5678", "5511912356789", FALSE },
    { "*0056", "5511912340056", TRUE },
    { "1234", "5511912345678", TRUE },
    { "*1234*", "5511912345678", TRUE },
    { "4321", "5511912345678", FALSE },
    { " 912-34 ", "5511912345678", TRUE },
    /* The ninth digit, both ways, with and without country code and punctuation. */
    { "+55 (11) 91234-5678", "551112345678", TRUE },
    { "+55 (11) 91234-5678", "5511912345678", TRUE },
    { "+55 (11) 1234-5678", "5511912345678", TRUE },
    { "5511912345678", "551112345678", TRUE },
    { "551112345678", "5511912345678", TRUE },
    { "551112345678", "5511812345678", FALSE },
    { "11912345678", "551112345678", TRUE },
    { "11 1234-5678", "5511912345678", TRUE },
    { "11 1234-5678", "1112345678", TRUE },
    { "(11) 91234-5678", "5511912345678", TRUE },
    { "(11) 91234-5678", "5521912345678", FALSE },
    /* A full number is that number and no other. */
    { "551112345678", "5511123456789", FALSE },
    { "551112345678", "1551112345678", FALSE },
    /* A number of another country that could be a Brazilian one without its code. */
    { "5512345678", "525512345678", TRUE },
    /* Open at one side: no ninth digit is guessed. */
    { "*11912345678", "551112345678", FALSE },
    { "1234", "", FALSE },
    { "*1234", "", FALSE },
    { "+1234", "123", FALSE },
    { "1234", "1234", TRUE },
    { "*1234", "1234", TRUE },
    { "+1234", "1234", TRUE },
    { "*1234", "234", FALSE },
    { "7777", "7777777777777777", TRUE },
    { "123456789012345", "0123456789012345", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s against %s", cases[i].pattern, cases[i].phone);
      g_assert_cmpint (matches (cases[i].pattern, cases[i].phone), ==, cases[i].matches);
    }
}

static void
test_refused (void)
{
  static const char *const refused[] = {
    "",
    "*",
    "+",
    "123",
    "+123",
    "*123",
    "123*",
    "+00123",
    "12a45",
    "*+551",
    "1234567890123456",
    "55**11",
    "12*34",
    "**1234",
    "+55 (11) 9****-4321",
    "ana",
    "12 3",
    "\xff\xff\xff\xff",
  };
  EntPhonePattern pattern;

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("refused %" G_GSIZE_FORMAT, i);
      g_assert_false (ent_phone_pattern_init (&pattern, refused[i]));
    }
  g_assert_false (ent_phone_pattern_init (&pattern, NULL));
}

/* ---- The oracle ----------------------------------------------------------------------------- */

typedef enum
{
  WRITE_PLAIN,
  WRITE_PLUS,
  WRITE_STAR_FIRST,
  WRITE_STAR_LAST,
  N_WAYS,
} Way;

/* The other form of a Brazilian number after @head characters of country and area code, or NULL. */
static char *
twin_of (const char *digits, gsize head)
{
  const char *area = digits + head - 2;
  gsize rest = strlen (digits) - head;

  if (area[0] == '0' || area[1] == '0')
    return NULL;
  if (rest == 8)
    return g_strdup_printf ("%.*s9%s", (int) head, digits, digits + head);
  if (rest == 9 && digits[head] == '9')
    return g_strdup_printf ("%.*s%s", (int) head, digits, digits + head + 1);
  return NULL;
}

static gboolean
oracle (const char *digits, Way way, const char *phone)
{
  gsize length = strlen (digits);
  g_autofree char *twin = NULL;

  if (way == WRITE_STAR_FIRST)
    return g_str_has_suffix (phone, digits);
  if (way == WRITE_STAR_LAST)
    return g_str_has_prefix (phone, digits);

  if (g_str_has_prefix (digits, "55") && (length == 12 || length == 13))
    {
      twin = twin_of (digits, 4);
      if (twin != NULL)
        return strcmp (phone, digits) == 0 || strcmp (phone, twin) == 0;
    }
  if (way == WRITE_PLUS)
    return g_str_has_prefix (phone, digits);
  if (length == 10 || length == 11)
    twin = twin_of (digits, 2);
  return strstr (phone, digits) != NULL || (twin != NULL && strstr (phone, twin) != NULL);
}

/* ---- Random patterns and numbers ------------------------------------------------------------ */

/* Few different digits make near misses common; 5, 1 and 9 make Brazilian numbers so. */
static void
random_digits (GRand *rand, char *digits, guint length)
{
  static const char pool[] = "55119901";

  for (guint i = 0; i < length; i++)
    digits[i] = pool[g_rand_int_range (rand, 0, sizeof pool - 1)];
  digits[length] = '\0';
}

static void
random_phone (GRand *rand, const char *pattern, char *phone)
{
  guint length = (guint) strlen (pattern);
  guint before;

  random_digits (rand, phone, (guint) g_rand_int_range (rand, 0, 17));
  if (g_rand_boolean (rand))
    return;

  /* Half of them contain the pattern somewhere, some of these with the ninth digit in or out. */
  before = (guint) g_rand_int_range (rand, 0, 17 - (gint32) length);
  random_digits (rand, phone, before);
  memcpy (phone + before, pattern, length + 1);
  if (g_rand_boolean (rand))
    random_digits (rand, phone + before + length,
                   (guint) g_rand_int_range (rand, 0, 17 - (gint32) (before + length)));
  length = (guint) strlen (phone);
  if (length > 5 && length < 16 && g_rand_boolean (rand))
    {
      guint at = g_rand_boolean (rand) ? 4 : 2;

      if (g_rand_boolean (rand))
        memmove (phone + at, phone + at + 1, length - at);
      else
        {
          memmove (phone + at + 1, phone + at, length - at + 1);
          phone[at] = '9';
        }
    }
}

static char *
write_pattern (const char *digits, Way way)
{
  switch (way)
    {
    case WRITE_PLUS:
      return g_strconcat ("+", digits, NULL);
    case WRITE_STAR_FIRST:
      return g_strconcat ("*", digits, NULL);
    case WRITE_STAR_LAST:
      return g_strconcat (digits, "*", NULL);
    case WRITE_PLAIN:
    case N_WAYS:
    default:
      return g_strdup (digits);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  guint n_matches[N_WAYS] = { 0 };
  guint n_patterns = ent_test_rounds (20000, 1000000);

  for (guint round = 0; round < n_patterns; round++)
    {
      char digits[17];
      Way way = (Way) g_rand_int_range (rand, 0, N_WAYS);
      g_autofree char *text = NULL;
      EntPhonePattern pattern;

      random_digits (rand, digits, (guint) g_rand_int_range (rand, 4, 16));
      if (digits[0] == '0')
        digits[0] = '5';
      text = write_pattern (digits, way);
      g_assert_true (ent_phone_pattern_init (&pattern, text));
      for (guint i = 0; i < 30; i++)
        {
          char phone[34];
          gboolean expected;

          random_phone (rand, digits, phone);
          expected = oracle (digits, way, phone);
          n_matches[way] += expected;
          if (ent_phone_pattern_matches (&pattern, ent_phone_pack (phone)) != expected)
            g_error ("%s against %s should be %d", text, phone, expected);
        }
    }

  /* The generator reaches both answers in each way of writing. */
  for (guint way = 0; way < N_WAYS; way++)
    {
      g_assert_cmpuint (n_matches[way], >, n_patterns / 4);
      g_assert_cmpuint (n_matches[way], <, n_patterns * 6);
    }
}

/* Any 64 bits may come out of a damaged file: no answer is wrong, but there must be one. */
static void
test_garbage (void)
{
  static const char *const texts[] = { "+5511", "*4321", "1234", "5511912345678", "11912345678" };
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      EntPhonePattern pattern;
      guint n = 0;

      g_assert_true (ent_phone_pattern_init (&pattern, texts[i]));
      for (guint round = 0; round < 20000; round++)
        {
          guint64 packed = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);

          n += ent_phone_pattern_matches (&pattern, packed);
        }
      g_assert_cmpuint (n, <, 2000);
      g_assert_false (ent_phone_pattern_matches (&pattern, 0));
      g_assert_false (ent_phone_pattern_matches (&pattern, G_MAXUINT64));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone-pattern/examples", test_examples);
  g_test_add_func ("/phone-pattern/refused", test_refused);
  g_test_add_func ("/phone-pattern/random", test_random);
  g_test_add_func ("/phone-pattern/garbage", test_garbage);
  return g_test_run ();
}
