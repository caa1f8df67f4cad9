/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests in several languages: the program's first argument is the locale, which is set before
 * anything is said. A row of expectations is English, Portuguese, Spanish of Mexico, of Spain. */
#pragma once

#include "ent-words.h"

#include <string.h>

typedef struct
{
  const char *en;
  const char *pt;
  const char *mx;
  const char *es; /* NULL: as in Mexico */
} Expected;

static inline const char *
expected (const Expected *row)
{
  const char *locale = ent_words_get_locale ();

  if (strcmp (locale, "pt_BR") == 0)
    return row->pt;
  if (strcmp (locale, "es_ES") == 0)
    return row->es != NULL ? row->es : row->mx;
  return strcmp (locale, "es_MX") == 0 ? row->mx : row->en;
}

#define EXPECT(...) expected (&(Expected){ __VA_ARGS__ })

static inline void
assert_take (char *text, const char *wanted)
{
  g_assert_cmpstr (text, ==, wanted);
  g_free (text);
}

/* Reads the locale and takes it off the arguments. */
static inline void
start (int *argc, char ***argv)
{
  g_autofree char *name = NULL;

  g_assert_cmpint (*argc, >=, 2);
  name = g_strconcat ((*argv)[1], ".UTF-8", NULL);
  g_setenv ("LC_ALL", name, TRUE);
  g_unsetenv ("LANGUAGE");
  g_assert_true (ent_words_init (NULL));
  g_assert_cmpstr (ent_words_get_locale (), ==, (*argv)[1]);
  (*argv)[1] = (*argv)[0];
  (*argv)++;
  (*argc)--;
  g_assert_true (ent_clock_set ("2026-11-22T17:05:00Z", NULL));
  g_test_init (argc, argv, NULL);
}
