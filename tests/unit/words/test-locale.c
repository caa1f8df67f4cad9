/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing the language by hand, with and without the system's help. The order of the tests does
 * not matter: each sets what it looks at. */

#include "config.h"

#include "ent-test-words.h"

#include <locale.h>

static void
test_environment (void)
{
  g_assert_cmpstr (setlocale (LC_NUMERIC, NULL), ==, "C");
  g_assert_cmpint (ent_words_has_decimal_comma (), ==,
                   g_strcmp0 (ent_words_get_locale (), "pt_BR") == 0 ||
                       g_strcmp0 (ent_words_get_locale (), "es_ES") == 0);
  g_assert_cmpint (ent_words_get_first_weekday (), ==,
                   g_strcmp0 (ent_words_get_locale (), "es_ES") == 0 ? 0 : 6);
}

static void
assert_choice (const char *locale, const char *delivered, gboolean comma)
{
  g_assert_true (ent_words_init (locale));
  g_test_message ("%s", locale);
  g_assert_cmpstr (ent_words_status (ENT_STATUS_DELIVERED), ==, delivered);
  g_assert_cmpint (ent_words_has_decimal_comma (), ==, comma);
  g_assert_cmpstr (setlocale (LC_NUMERIC, NULL), ==, "C");
}

static void
test_choice (void)
{
  assert_choice ("pt_BR", "Entregue", TRUE);
  g_assert_cmpstr (ent_words_get_locale (), ==, "pt_BR");
  assert_choice ("pt_BR.UTF-8", "Entregue", TRUE);
  g_assert_cmpstr (ent_words_get_locale (), ==, "pt_BR");
  assert_choice ("en_US", "Delivered", FALSE);
  assert_choice ("es_MX", "Entregado", FALSE);
  assert_choice ("es_ES", "Entregado", TRUE);
  assert_choice ("es", "Entregado", TRUE);
  assert_choice ("pt", "Entregue", TRUE);
  assert_choice ("en", "Delivered", FALSE);
  /* Not generated here: the language and the table of ours serve. */
  assert_choice ("es_CO", "Entregado", TRUE);
  assert_choice ("es_GT", "Entregado", FALSE);
  assert_choice ("C", "Delivered", FALSE);
}

static void
test_refusals (void)
{
  static const char *const names[] = { "de_DE", "xx", "pt_br", "../pt", "pt_BR;x", "english" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_false (ent_words_init (names[i]));
}

int
main (int argc, char **argv)
{
  start (&argc, &argv);
  g_test_add_func ("/locale/environment", test_environment);
  g_test_add_func ("/locale/choice", test_choice);
  g_test_add_func ("/locale/refusals", test_refusals);
  return g_test_run ();
}
