/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language and the habits of writing numbers: found once, before any thread starts, and
 * only read afterwards.
 *
 * A locale that the system has not generated is no reason to fail: gettext needs any locale that
 * is not "C" and the LANGUAGE variable, numbers come from a small table of ours. LC_NUMERIC
 * itself is left at "C", since libraries that print numbers into files (PDF tags of cairo 1.16,
 * spreadsheets) take a decimal comma from it and write broken files. */

#include "config.h"

#include "ent-words-locale.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  char name[32];
  char decimal[8];
  char group[8];
  int first_weekday;
} Habits;

static Habits habits = { "en", ".", ",", 0 };

static const char *const languages[] = { "en", "pt", "es", "C", "POSIX" };

/* Spanish is written with a decimal point here, with a comma elsewhere. */
static const char *const spanish_with_point[] = { "MX", "US", "PR", "DO", "GT",
                                                  "HN", "NI", "PA", "SV" };

static gboolean
is_one_of (const char *text, const char *const *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (text, list[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
split (const char *locale, char **language, char **territory)
{
  gsize length = strcspn (locale, ".@");
  g_autofree char *base = g_strndup (locale, length);
  char *underscore = strchr (base, '_');

  *territory = underscore != NULL ? g_strdup (underscore + 1) : NULL;
  *language = underscore != NULL ? g_strndup (base, underscore - base) : g_strdup (base);
}

static gboolean
is_c (const char *locale)
{
  return locale == NULL || strcmp (locale, "POSIX") == 0 || strcmp (locale, "C") == 0 ||
         g_str_has_prefix (locale, "C.");
}

/* What the table says for a locale that the system does not know. */
static void
take_table (const char *locale)
{
  g_autofree char *language = NULL;
  g_autofree char *territory = NULL;
  gboolean comma = FALSE;

  split (locale, &language, &territory);
  if (strcmp (language, "pt") == 0)
    comma = TRUE;
  else if (strcmp (language, "es") == 0)
    comma = territory == NULL ||
            !is_one_of (territory, spanish_with_point, G_N_ELEMENTS (spanish_with_point));

  g_strlcpy (habits.decimal, comma ? "," : ".", sizeof habits.decimal);
  g_strlcpy (habits.group, comma ? "." : ",", sizeof habits.group);
  /* Sunday in the Americas. */
  habits.first_weekday = territory == NULL || strcmp (territory, "ES") == 0 ||
                                 strcmp (territory, "GB") == 0 || strcmp (territory, "PT") == 0
                             ? 0
                             : 6;
  if (strcmp (language, "pt") == 0 && territory == NULL)
    habits.first_weekday = 6;
}

static void
take_numbers_of_system (void)
{
  const struct lconv *conv;
  g_autofree char *decimal = NULL;
  g_autofree char *group = NULL;

  if (is_c (setlocale (LC_NUMERIC, NULL)))
    return;
  conv = localeconv ();
  decimal = g_locale_to_utf8 (conv->decimal_point, -1, NULL, NULL, NULL);
  group = g_locale_to_utf8 (conv->thousands_sep, -1, NULL, NULL, NULL);
  if (decimal == NULL || group == NULL || *decimal == '\0')
    return;
  g_strlcpy (habits.decimal, decimal, sizeof habits.decimal);
  g_strlcpy (habits.group, group, sizeof habits.group);
}

static void
take_weekday_of_system (void)
{
#ifdef _NL_TIME_WEEK_1STDAY
  if (!is_c (setlocale (LC_TIME, NULL)))
    {
      /* glibc hands a number out as a pointer here: the date of the week's first column. */
      guint origin = GPOINTER_TO_UINT (nl_langinfo (_NL_TIME_WEEK_1STDAY));
      int first = nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];
      int sunday_based = (first - 1) + (origin == 19971201 ? 1 : 0);

      habits.first_weekday = (sunday_based + 6) % 7;
    }
#endif
}

/* pt_BR.UTF-8 → pt_BR; C with LANGUAGE=es:en → es. */
static void
take_name (const char *locale)
{
  const char *language = g_getenv ("LANGUAGE");

  if (is_c (locale))
    locale = language != NULL && *language != '\0' ? language : "en";
  g_strlcpy (habits.name, locale, MIN (sizeof habits.name, strcspn (locale, ".@:") + 1));
}

static const char *
usual_territory (const char *language)
{
  if (strcmp (language, "pt") == 0)
    return "pt_BR";
  if (strcmp (language, "es") == 0)
    return "es_MX";
  return "en_US";
}

/* Tries @name as the system may spell it. */
static gboolean
try_locale (const char *name)
{
  g_autofree char *utf8 = g_strdup_printf ("%.*s.UTF-8", (int) strcspn (name, ".@"), name);

  return setlocale (LC_ALL, utf8) != NULL || setlocale (LC_ALL, name) != NULL;
}

static gboolean
looks_like_a_locale (const char *locale)
{
  return g_regex_match_simple ("^[A-Za-z]+(_[A-Z]{2})?(\\.[A-Za-z0-9-]+)?(@[A-Za-z0-9]+)?$", locale,
                               0, 0);
}

static gboolean
is_ours (const char *locale)
{
  g_autofree char *language = NULL;
  g_autofree char *territory = NULL;

  if (!looks_like_a_locale (locale))
    return FALSE;
  split (locale, &language, &territory);
  return is_one_of (language, languages, G_N_ELEMENTS (languages));
}

/* gettext falls from pt_PT to pt and finds nothing there: our Portuguese is called pt_BR. */
static void
set_language (const char *name)
{
  g_autofree char *list =
      g_strdup_printf ("%s%s", name, g_str_has_prefix (name, "pt") ? ":pt_BR" : "");

  g_setenv ("LANGUAGE", list, TRUE);
}

static void
use_environment (void)
{
  const char *language = g_getenv ("LANGUAGE");
  const char *name;

  if (setlocale (LC_ALL, "") == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  name = setlocale (LC_MESSAGES, NULL);
  take_name (name);
  if ((language == NULL || *language == '\0') && g_str_has_prefix (habits.name, "pt"))
    set_language (habits.name);
  take_table (habits.name);
  take_numbers_of_system ();
  take_weekday_of_system ();
}

static void
use_locale (const char *locale)
{
  g_autofree char *language = NULL;
  g_autofree char *territory = NULL;
  gboolean known;

  if (is_c (locale))
    locale = "en";
  split (locale, &language, &territory);
  g_strlcpy (habits.name, locale, MIN (sizeof habits.name, strcspn (locale, ".@") + 1));
  set_language (habits.name);
  take_table (locale);

  known = territory != NULL ? try_locale (locale) : try_locale (usual_territory (language));
  if (!known && setlocale (LC_ALL, "en_US.UTF-8") == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  /* A bare language follows the table, whatever country stood in for it. */
  if (known && territory != NULL)
    {
      take_numbers_of_system ();
      take_weekday_of_system ();
    }
}

gboolean
ent_words_init (const char *locale)
{
  const char *folder = g_getenv ("ENTREGA_LOCALEDIR");
  gboolean ok = locale == NULL || *locale == '\0' || is_ours (locale);

  if (locale != NULL && *locale != '\0' && ok)
    use_locale (locale);
  else
    use_environment ();

  /* GLib decides once whether anything is translated, by the locale of that moment and the default
   * domain; asked before there is one it says yes, so that a template can bring its own language
   * later. */
  (void) g_dgettext (GETTEXT_PACKAGE, "Entrega");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL && *folder != '\0' ? folder : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  setlocale (LC_NUMERIC, "C");
  /* Arguments and output are UTF-8, also where a cron job runs in the C locale. */
  if (g_ascii_strcasecmp (nl_langinfo (CODESET), "UTF-8") != 0)
    setlocale (LC_CTYPE, "C.UTF-8");
  return ok;
}

const char *
ent_words_get_locale (void)
{
  return habits.name;
}

const char *
ent_words_get_decimal_sign (void)
{
  return habits.decimal;
}

const char *
ent_words_get_group_sign (void)
{
  return habits.group;
}

gboolean
ent_words_has_decimal_comma (void)
{
  return strcmp (habits.decimal, ",") == 0;
}

int
ent_words_get_first_weekday (void)
{
  return habits.first_weekday;
}
