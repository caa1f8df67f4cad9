/* SPDX-License-Identifier: GPL-3.0-or-later */

/* File names: nothing that anyone types leaves the folder, hides, or breaks another system. */

#include "config.h"

#include "ent-text.h"

#include "ent-test-util.h"

#include <string.h>

static void
assert_name (const char *text, const char *expected)
{
  g_autofree char *name = ent_text_file_name (text);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_plain (void)
{
  assert_name ("Relatório de Março", "Relatório de Março");
  assert_name ("Relatório 10/2026", "Relatório 10-2026");
  assert_name ("a.b.csv", "a.b.csv");
  assert_name ("  x  ", "x");
  assert_name ("50% off & more (2)", "50% off & more (2)");
  assert_name ("entregas 😀", "entregas 😀");
}

static void
test_nothing_left (void)
{
  assert_name ("", "report");
  assert_name (NULL, "report");
  assert_name ("...", "report");
  assert_name (" .-. ", "report");
  assert_name ("//", "report");
  assert_name ("\x01\u202e", "report");
}

static void
test_traversal (void)
{
  assert_name ("../../etc/passwd", "etc-passwd");
  assert_name ("/etc/passwd", "etc-passwd");
  assert_name ("..", "report");
  assert_name ("a/../b", "a-..-b");
  assert_name ("..\\..\\boot.ini", "boot.ini");
  assert_name ("C:\\x", "C--x");
  assert_name ("--output=x", "output=x");
  assert_name (".bashrc", "bashrc");
  assert_name ("~/x", "~-x");
}

static void
test_characters (void)
{
  assert_name ("a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j");
  assert_name ("a\tb\nc\u2028d\u00a0e", "a b c d e");
  assert_name ("a\x01\x7f\xc2\x9b"
               "b",
               "ab");
  assert_name ("fatura\u202efdp.exe\u2066\u200f\u061c\ufeff\u200b", "faturafdp.exe");
  assert_name ("a\xff", "a\xef\xbf\xbd");
}

static void
test_ends (void)
{
  assert_name ("x.", "x");
  assert_name ("x. . ", "x");
  assert_name ("x-", "x-");
  assert_name ("- .x", "x");
}

static void
test_reserved (void)
{
  static const char *const devices[] = { "CON",  "prn",  "Aux",  "NUL",  "COM0",   "com1",   "COM9",
                                         "LPT1", "lpt9", "COM¹", "LPT³", "conin$", "CONOUT$" };

  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autofree char *expected = g_strconcat ("_", devices[i], NULL);
      g_autofree char *with_extension = g_strconcat (devices[i], " .txt", NULL);
      g_autofree char *expected_extension = g_strconcat ("_", with_extension, NULL);
      g_autofree char *longer = g_strconcat (devices[i], "x", NULL);
      g_autofree char *hidden = g_strconcat ("./", devices[i], ".", NULL);

      assert_name (devices[i], expected);
      assert_name (with_extension, expected_extension);
      assert_name (hidden, expected);
      assert_name (longer, longer);
    }
  assert_name ("COM10", "COM10");
  assert_name ("a.con", "a.con");
}

static void
test_composed (void)
{
  assert_name ("Relato\u0301rio", "Relatório");
  /* Composed only by what is dropped between. */
  assert_name ("o\u200b\u0301", "ó");
}

static void
test_length (void)
{
  for (guint before = 190; before < 210; before++)
    {
      g_autofree char *head = g_strnfill (before, 'a');
      g_autofree char *text = g_strconcat (head, "😀€é. z", NULL);
      g_autofree char *name = ent_text_file_name (text);

      g_assert_cmpuint (strlen (name), <=, 200);
      g_assert_cmpuint (strlen (name), >, 196 - 5);
      g_assert_true (g_str_has_prefix (text, name));
      g_assert_true (g_utf8_validate (name, -1, NULL));
    }
}

static void
test_random (void)
{
  static const char *const pieces[] = { "a",      "..", "/",      "\\",     "-",      " ",
                                        "CON",    ".",  "é",      "\xff",   "\u202e", "\x01",
                                        ":",      "e",  "\u0301", "<",      "\u0338", "\u037e",
                                        "\u1fef", "中", "😀",      "\u2028", "\u2000" };
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 50000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = (guint) g_rand_int_range (rand, 0, round % 10 == 0 ? 150 : 8);
      g_autofree char *name = NULL;
      g_autofree char *again = NULL;
      g_autofree char *composed = NULL;
      g_autofree char *base = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      name = ent_text_file_name (text->str);
      again = ent_text_file_name (name);
      composed = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
      base = g_path_get_basename (name);

      g_assert_cmpstr (again, ==, name);
      g_assert_cmpstr (composed, ==, name);
      g_assert_cmpstr (base, ==, name);
      g_assert_cmpuint (strlen (name), >=, 1);
      g_assert_cmpuint (strlen (name), <=, 200);
      g_assert_null (strpbrk (name, "/\\:*?\"<>|\t\n\r\x01\x7f"));
      g_assert_null (strstr (name, "\u202e"));
      g_assert_null (strchr (". -", name[0]));
      g_assert_null (strchr (". ", name[strlen (name) - 1]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-name/plain", test_plain);
  g_test_add_func ("/text-name/nothing-left", test_nothing_left);
  g_test_add_func ("/text-name/traversal", test_traversal);
  g_test_add_func ("/text-name/characters", test_characters);
  g_test_add_func ("/text-name/ends", test_ends);
  g_test_add_func ("/text-name/reserved", test_reserved);
  g_test_add_func ("/text-name/composed", test_composed);
  g_test_add_func ("/text-name/length", test_length);
  g_test_add_func ("/text-name/random", test_random);
  return g_test_run ();
}
