/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cleaning and showing of text, against hostile examples and random bytes. */

#include "config.h"

#include "ent-text.h"

#include "ent-test-util.h"

#include <string.h>

#define FFFD "\xef\xbf\xbd"

typedef struct
{
  const char *name;
  const char *text;
  gsize length;
  const char *clean;
} Case;

#define CASE(name, text, clean)                                                                    \
  {                                                                                                \
    name, text, sizeof text - 1, clean                                                             \
  }

static const Case cases[] = {
  CASE ("empty", "", ""),
  CASE ("plain", "Olá, tudo bem? 😀", "Olá, tudo bem? 😀"),
  CASE ("white space stays", "a\tb\nc\rd\r\ne ", "a\tb\nc\rd\r\ne "),
  CASE ("NUL inside", "a\0b", "ab"),
  CASE ("only NULs", "\0\0\0", ""),
  CASE ("C0",
        "a\x01\x08\x0b\x0c\x0e\x1b[31m\x1f"
        "b",
        "a[31mb"),
  CASE ("DEL",
        "a\x7f"
        "b",
        "ab"),
  CASE ("C1",
        "a\xc2\x80\xc2\x85\xc2\x9b\xc2\x9f\xc2\xa0"
        "b",
        "a\u00a0b"),
  CASE ("U+FFFE and U+FFFF",
        "a\xef\xbf\xbe\xef\xbf\xbf"
        "b",
        "ab"),
  CASE ("U+FFFD stays", "a" FFFD "b", "a" FFFD "b"),
  CASE ("bidi controls stay", "a\u202e\u2066b\u2069\u202c", "a\u202e\u2066b\u2069\u202c"),
  CASE ("lone continuation byte",
        "a\x80"
        "b",
        "a" FFFD "b"),
  CASE ("lone head", "a\xc3", "a" FFFD),
  CASE ("cut short", "a\xf0\x9f\x98", "a" FFFD FFFD FFFD),
  CASE ("Latin-1", "S\xe3o Paulo", "S" FFFD "o Paulo"),
  CASE ("overlong slash", "\xc0\xaf", FFFD FFFD),
  CASE ("overlong NUL",
        "a\xc0\x80"
        "b",
        "a" FFFD FFFD "b"),
  CASE ("overlong euro sign", "\xf0\x82\x82\xac", FFFD FFFD FFFD FFFD),
  CASE ("lone high surrogate",
        "a\xed\xa0\x80"
        "b",
        "a" FFFD FFFD FFFD "b"),
  CASE ("lone low surrogate", "\xed\xbf\xbf", FFFD FFFD FFFD),
  CASE ("surrogate pair (CESU-8)", "\xed\xa0\xbd\xed\xb8\x80", FFFD FFFD FFFD FFFD FFFD FFFD),
  CASE ("above U+10FFFF", "\xf4\x90\x80\x80", FFFD FFFD FFFD FFFD),
  CASE ("five-byte form", "\xf8\x88\x80\x80\x80", FFFD FFFD FFFD FFFD FFFD),
  CASE ("UTF-16 byte order mark",
        "\xff\xfe"
        "a",
        FFFD FFFD "a"),
  CASE ("last code point", "\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"),
  CASE ("control after eight good bytes",
        "12345678\x01"
        "9",
        "123456789"),
  CASE ("control as eighth of eight", "1234567\x1f", "1234567"),
  CASE ("DEL as first of eight",
        "\x7f"
        "1234567",
        "1234567"),
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = ent_text_clean (cases[i].text, (gssize) cases[i].length, 0);
      gboolean same = cases[i].length == strlen (cases[i].clean) &&
                      memcmp (cases[i].text, cases[i].clean, cases[i].length) == 0;

      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (clean, ==, cases[i].clean);
      g_assert_cmpint (ent_text_is_clean (cases[i].text, cases[i].length, 0), ==, same);
    }
}

static void
test_string_length (void)
{
  g_autofree char *clean = ent_text_clean ("a\x01"
                                           "b\0c",
                                           -1, 0);
  g_autofree char *nothing = ent_text_clean (NULL, 0, 0);

  g_assert_cmpstr (clean, ==, "ab");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_true (ent_text_is_clean (NULL, 0, 0));
}

static void
test_cut_at_character (void)
{
  static const char text[] = "añ€😀z"; /* 1 + 2 + 3 + 4 + 1 bytes */
  static const gsize expected[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11 };

  for (gsize max = 1; max < G_N_ELEMENTS (expected); max++)
    {
      g_autofree char *clean = ent_text_clean (text, -1, max);

      g_assert_cmpuint (strlen (clean), ==, expected[max]);
      g_assert_true (g_str_has_prefix (text, clean));
      g_assert_cmpint (ent_text_is_clean (text, strlen (text), max), ==, max >= 11);
    }
}

static void
test_cut_after_cleaning (void)
{
  /* What is dropped takes no room, what is replaced takes more. */
  g_autofree char *dropped = ent_text_clean ("\x01\x01\x01\x01"
                                             "abcdef",
                                             -1, 4);
  g_autofree char *replaced = ent_text_clean ("a\xff\xff\xff", -1, 6);

  g_assert_cmpstr (dropped, ==, "abcd");
  g_assert_cmpstr (replaced, ==, "a" FFFD);
}

static void
test_default_cap (void)
{
  g_autofree char *text = g_strnfill (ENT_TEXT_MAX_BYTES + 5, 'x');
  g_autofree char *clean = ent_text_clean (text, -1, 0);
  g_autofree char *wide = g_malloc (3 * 30000);
  g_autofree char *cut = NULL;

  g_assert_cmpuint (strlen (clean), ==, ENT_TEXT_MAX_BYTES);
  g_assert_true (ent_text_is_clean (clean, strlen (clean), 0));
  g_assert_false (ent_text_is_clean (text, strlen (text), 0));

  for (gsize i = 0; i < 30000; i++)
    memcpy (wide + 3 * i, "€", 3);
  cut = ent_text_clean (wide, 3 * 30000, 0);
  g_assert_cmpuint (strlen (cut), ==, ENT_TEXT_MAX_BYTES / 3 * 3);
}

/* Pieces that together make every kind of damage likely. */
static gsize
random_bytes (GRand *rand, char *bytes, gsize size)
{
  static const char *const pieces[] = {
    "a",        "ção",      "€",    "😀",      "\xed\xa0\x80", "\xef\xbf", "\xef\xbf\xbe", "\x7f",
    "\xc2\x9b", "\xf0\x9f", "\r\n", "\u202e", "\x80",         "\xff",     "12345678"
  };
  gsize length = 0;

  while (length + 8 < size && g_rand_int_range (rand, 0, 12) != 0)
    {
      const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];

      if (g_rand_int_range (rand, 0, 4) == 0)
        bytes[length++] = (char) g_rand_int (rand);
      else
        {
          memcpy (bytes + length, piece, strlen (piece));
          length += strlen (piece);
        }
    }
  return length;
}

static void
assert_clean (const char *text, gsize max_bytes)
{
  g_assert_cmpuint (strlen (text), <=, max_bytes);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_true (c == '\t' || c == '\n' || c == '\r' || !g_unichar_iscntrl (c));
      g_assert_true (c != 0xfffe && c != 0xffff);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  guint n_same = 0;
  guint rounds = ent_test_rounds (100000, 2000000);

  for (guint round = 0; round < rounds; round++)
    {
      char bytes[96];
      gsize length = random_bytes (rand, bytes, sizeof bytes);
      gsize max = (gsize) g_rand_int_range (rand, 1, 100);
      g_autofree char *clean = ent_text_clean (bytes, (gssize) length, max);
      g_autofree char *again = ent_text_clean (clean, -1, max);
      gboolean same = strlen (clean) == length && memcmp (clean, bytes, length) == 0;

      assert_clean (clean, max);
      g_assert_cmpstr (again, ==, clean);
      g_assert_true (ent_text_is_clean (clean, strlen (clean), max));
      g_assert_cmpint (ent_text_is_clean (bytes, length, max), ==, same);
      n_same += same;
    }
  g_assert_cmpuint (n_same, >, rounds / 20);
  g_assert_cmpuint (n_same, <, rounds / 2);
}

/* Whole text, whatever its damage, cleans as GLib repairs it, minus what is dropped. */
static void
test_like_glib (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 20000; round++)
    {
      char bytes[96];
      gsize length = random_bytes (rand, bytes, sizeof bytes);
      g_autofree char *clean = NULL;
      g_autofree char *repaired = NULL;
      g_autoptr (GString) expected = g_string_new (NULL);

      for (gsize i = 0; i < length; i++)
        if (bytes[i] == '\0')
          bytes[i] = 'n';
      clean = ent_text_clean (bytes, (gssize) length, 0);
      repaired = g_utf8_make_valid (bytes, (gssize) length);
      for (const char *p = repaired; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);

          if (c == '\t' || c == '\n' || c == '\r' ||
              (!g_unichar_iscntrl (c) && c != 0xfffe && c != 0xffff))
            g_string_append_unichar (expected, c);
        }
      g_assert_cmpstr (clean, ==, expected->str);
    }
}

/* ---- Showing -------------------------------------------------------------------------------- */

static void
assert_display (const char *text, gsize max_chars, const char *expected)
{
  g_autofree char *shown = ent_text_for_display (text, max_chars);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_display (void)
{
  assert_display ("", 10, "");
  assert_display ("Olá", 3, "Olá");
  assert_display ("Olá!", 3, "Ol…");
  assert_display ("Olá!", 1, "…");
  assert_display ("Olá!", 0, "");
  assert_display ("a\nb\r\nc\rd\te\u2028f\u2029g", 100, "a b c d e f g");
  assert_display ("a\n\nb\r\n\r\nc\n\r", 100, "a  b  c  ");
  assert_display ("a\xff\x01\xc2\x85z", 100, "a" FFFD "z");
  /* Marks that are no control of direction stay as they are. */
  assert_display ("a\u200eb\u200fc", 100, "a\u200eb\u200fc");
}

static void
test_display_bidi (void)
{
  assert_display ("fatura\u202efdp.exe", 100, "fatura‹U+202E›fdp.exe");
  assert_display ("\u202a\u202b\u202c\u202d", 100, "‹U+202A›‹U+202B›‹U+202C›‹U+202D›");
  assert_display ("\u2066\u2067\u2068\u2069", 100, "‹U+2066›‹U+2067›‹U+2068›‹U+2069›");
  assert_display ("\u2029\u202f\u2065\u206a", 100, " \u202f\u2065\u206a");
  /* An escape is shown whole or not at all. */
  assert_display ("ab\u202ec", 11, "ab‹U+202E›c");
  assert_display ("ab\u202ecd", 11, "ab‹U+202E›…");
  assert_display ("ab\u202ecd", 10, "ab…");
  assert_display ("ab\u202e", 10, "ab‹U+202E›");
  assert_display ("ab\u202e", 9, "ab…");
}

static void
test_reading (void)
{
  g_autofree char *shown =
      ent_text_for_reading ("um\r\ndois\rtrês\n\n\tquatro\u2029\u202ecinco\x01\xff");

  g_assert_cmpstr (shown, ==, "um\ndois\ntrês\n\n\tquatro\n‹U+202E›cinco" FFFD);
}

static void
test_display_random (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 50000; round++)
    {
      char bytes[97];
      gsize length = random_bytes (rand, bytes, sizeof bytes - 1);
      gsize max = (gsize) g_rand_int_range (rand, 0, 40);
      g_autofree char *shown = NULL;
      g_autofree char *whole = NULL;
      g_autofree char *uncut = NULL;

      bytes[length] = '\0';
      shown = ent_text_for_display (bytes, max);
      whole = ent_text_for_display (bytes, 10000);
      uncut = ent_text_for_reading (bytes);
      assert_clean (shown, 1000);
      g_assert_cmpint (g_utf8_strlen (shown, -1), <=, max);
      g_assert_null (strpbrk (whole, "\t\r\n"));
      g_assert_null (strchr (uncut, '\r'));
      g_assert_null (strstr (whole, "\u202e"));
      g_assert_null (strstr (uncut, "\u202e"));
      g_assert_cmpint (g_utf8_strlen (whole, -1), ==, g_utf8_strlen (uncut, -1));
      if (g_utf8_strlen (whole, -1) <= (glong) max)
        g_assert_cmpstr (shown, ==, whole);
      else if (max > 0)
        {
          g_assert_true (g_str_has_suffix (shown, "…"));
          g_assert_true (strncmp (shown, whole, strlen (shown) - strlen ("…")) == 0);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/cases", test_cases);
  g_test_add_func ("/text/string-length", test_string_length);
  g_test_add_func ("/text/cut-at-character", test_cut_at_character);
  g_test_add_func ("/text/cut-after-cleaning", test_cut_after_cleaning);
  g_test_add_func ("/text/default-cap", test_default_cap);
  g_test_add_func ("/text/random", test_random);
  g_test_add_func ("/text/like-glib", test_like_glib);
  g_test_add_func ("/text/display", test_display);
  g_test_add_func ("/text/display-bidi", test_display_bidi);
  g_test_add_func ("/text/reading", test_reading);
  g_test_add_func ("/text/display-random", test_display_random);
  return g_test_run ();
}
