/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folding: what people expect of a search, and the fast ways against the slow one for every
 * character that there is. */

#include "config.h"

#include "ent-text.h"

#include "ent-test-util.h"

#include <string.h>

#define LAST_CODE_POINT 0x10ffff

static void
test_examples (void)
{
  static const struct
  {
    const char *text;
    const char *folded;
  } cases[] = {
    { "", "" },
    { "AÇÃO", "acao" },
    { "ação", "acao" },
    { "ac\u0327a\u0303o", "acao" },
    { "Niño, ¿qué tal? ÜBER", "nino, ¿que tal? uber" },
    { "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz" },
    { "@[`{|}~^_\\", "@[`{|}~^_\\" },
    { "Straße", "strasse" },
    { "İstanbul", "istanbul" },
    { "ΣΊΣΥΦΟΣ", "σισυφοσ" },
    { "ЙОД", "иод" },
    { "ꮳꮃꭹ", "ᏣᎳᎩ" },
    { "Tiếng Việt", "tieng viet" },
    { "😀 €100 ‘x’ 中文", "😀 €100 ‘x’ 中文" },
    { "❤\ufe0f", "❤" },
    { "a\xff"
      "B",
      "a\xef\xbf\xbd"
      "b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = ent_text_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

static gboolean
contains (const char *text, const char *words)
{
  g_autofree char *needle = ent_text_fold (words);

  return ent_text_contains_folded (text, needle);
}

static void
test_contains (void)
{
  g_assert_true (contains ("AÇÃO", "ação"));
  g_assert_true (contains ("acao", "AÇÃO"));
  g_assert_true (contains ("Promoção de Verão", "cao de ver"));
  g_assert_true (contains ("Sua fatura chegou", "FATURA"));
  g_assert_true (contains ("x", ""));
  g_assert_true (contains ("", ""));
  g_assert_true (contains ("pedido 😀 pronto", "😀"));
  g_assert_true (contains ("Straße 5", "STRASSE"));
  g_assert_false (contains ("Sua fatura chegou", "faturas"));
  g_assert_false (contains ("", "a"));
  g_assert_false (contains ("fatur", "fatura"));
  g_assert_false (ent_text_contains_folded (NULL, "a"));
  g_assert_false (ent_text_contains_folded (NULL, ""));
}

/* Short and long rows take different memory; the needle may stand anywhere. */
static void
test_long_rows (void)
{
  static const gsize lengths[] = { 1000, 1023, 1024, 1025, 1030, 3000, 65536 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = g_strnfill (lengths[i], 'X');
      g_autofree char *wide = g_malloc (lengths[i] + 1);

      g_assert_false (contains (text, "xé"));
      memcpy (text + lengths[i] - 4, "AÇé", 4);
      text[lengths[i] - 4] = 'z';
      memcpy (text + lengths[i] - 3, "YZ", 2);
      text[lengths[i] - 1] = 'W';
      g_assert_true (contains (text, "zyzw"));

      /* Hangul grows most when it falls apart. */
      for (gsize k = 0; k + 3 <= lengths[i]; k += 3)
        memcpy (wide + k, "각", 3);
      wide[lengths[i] / 3 * 3] = '\0';
      g_assert_true (contains (wide, "각각"));
      g_assert_false (contains (wide, "x"));
    }
}

/* The definition of folding, by GLib's whole-string functions. */
static char *
fold_by_the_book (const char *text)
{
  g_autofree char *parts = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *p = parts; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type != G_UNICODE_NON_SPACING_MARK && type != G_UNICODE_ENCLOSING_MARK)
        g_string_append_unichar (bare, c);
    }
  return g_utf8_casefold (bare->str, (gssize) bare->len);
}

static void
test_every_character (void)
{
  for (gunichar c = 1; c <= LAST_CODE_POINT; c++)
    {
      char text[8] = { 0 };
      g_autofree char *folded = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *again = NULL;

      if (c >= 0xd800 && c <= 0xdfff)
        continue;
      g_unichar_to_utf8 (c, text);
      folded = ent_text_fold (text);
      /* GLib folds Cherokee capitals to small letters, and those to capitals. */
      expected = c >= 0x13a0 && c <= 0x13f5 ? g_strdup (text) : fold_by_the_book (text);
      again = ent_text_fold (folded);
      if (strcmp (folded, expected) != 0 || strcmp (again, folded) != 0)
        g_error ("U+%04X folds to %s, not %s", c, folded, expected);
    }
}

/* Letters of both cases with and without accents, in words that cross the eight-byte steps. */
static void
random_text (GRand *rand, GString *text, guint n)
{
  static const char *const letters[] = { "a", "A", "á", "Ã", "b", "B", "ç", "Ç",    "C", "o\u0303",
                                         " ", "Z", "[", "@", "É", "e", "😀", "\xff", "ß", "Ω" };

  for (guint i = 0; i < n; i++)
    g_string_append (text, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  guint n_found = 0;

  for (guint round = 0; round < 50000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) words = g_string_new (NULL);
      g_autofree char *folded = NULL;
      g_autofree char *needle = NULL;
      g_autofree char *again = NULL;
      g_autofree char *repaired = NULL;
      g_autofree char *expected = NULL;
      gboolean found;

      random_text (rand, text, (guint) g_rand_int_range (rand, 0, 40));
      random_text (rand, words, (guint) g_rand_int_range (rand, 1, 4));
      folded = ent_text_fold (text->str);
      again = ent_text_fold (folded);
      repaired = g_utf8_make_valid (text->str, (gssize) text->len);
      expected = fold_by_the_book (repaired);
      g_assert_cmpstr (folded, ==, expected);
      g_assert_cmpstr (again, ==, folded);

      needle = ent_text_fold (words->str);
      found = strstr (folded, needle) != NULL;
      g_assert_cmpint (ent_text_contains_folded (text->str, needle), ==, found);
      n_found += found;
    }
  g_assert_cmpuint (n_found, >, 2000);
  g_assert_cmpuint (n_found, <, 48000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-fold/examples", test_examples);
  g_test_add_func ("/text-fold/contains", test_contains);
  g_test_add_func ("/text-fold/long-rows", test_long_rows);
  g_test_add_func ("/text-fold/every-character", test_every_character);
  g_test_add_func ("/text-fold/random", test_random);
  return g_test_run ();
}
