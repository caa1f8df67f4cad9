/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates as people type them: ISO everywhere, else numbers in the local order, or a day and the
 * name of a month. Pure. */

#include "config.h"

#include "ent-words-date.h"

#include "ent-words-locale.h"

#include "ent-text.h"

#include <string.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)

/* Only the United States put the month first. */
static gboolean
month_comes_first (void)
{
  const char *locale = ent_words_get_locale ();

  return g_str_has_suffix (locale, "_US") || strcmp (locale, "en") == 0;
}

static gboolean
parse_number (const char *text, int *number)
{
  guint64 value;

  if (strlen (text) > 4 || !g_ascii_string_to_unsigned (text, 10, 0, 9999, &value, NULL))
    return FALSE;
  *number = (int) value;
  return TRUE;
}

/* "nov", "nov.", "novembro" */
static gboolean
parse_month_name (const char *text, int *month)
{
  g_autofree char *folded = ent_text_fold (text);

  if (g_str_has_suffix (folded, "."))
    folded[strlen (folded) - 1] = '\0';
  for (int i = 1; i <= 12; i++)
    {
      g_autofree char *full = ent_text_fold (ent_words_month_name (i));
      g_autofree char *abbreviated = ent_text_fold (ent_words_month_name_short (i));

      if (strcmp (folded, full) == 0 || strcmp (folded, abbreviated) == 0)
        {
          *month = i;
          return TRUE;
        }
    }
  return FALSE;
}

static int
year_or_current (const char *text)
{
  int year;

  if (text == NULL)
    {
      ent_day_to_ymd ((EntDay) (ent_clock_now () / DAY_MS), &year, NULL, NULL);
      return year;
    }
  if (!parse_number (text, &year) || strlen (text) == 3 || strlen (text) == 1)
    return -1;
  return strlen (text) == 2 ? 2000 + year : year;
}

/* The words of a date: numbers and names, without signs and the "de" of Portuguese and Spanish. */
static GPtrArray *
words_of (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "/.- ,", -1);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && g_ascii_strcasecmp (parts[i], "de") != 0)
      g_ptr_array_add (words, g_strdup (parts[i]));
  return words;
}

gboolean
ent_words_parse_day (const char *text, EntDay *day)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GPtrArray) words = NULL;
  int mday, month, year;
  EntDay result;

  if (ent_day_parse (stripped, day, NULL))
    return TRUE;
  words = words_of (stripped);
  if (words->len < 2 || words->len > 3 || !parse_number (words->pdata[0], &mday))
    return FALSE;
  if (parse_number (words->pdata[1], &month))
    {
      if (month_comes_first ())
        {
          int swap = mday;
          mday = month;
          month = swap;
        }
    }
  else if (!parse_month_name (words->pdata[1], &month))
    return FALSE;

  year = year_or_current (words->len == 3 ? words->pdata[2] : NULL);
  if (year < 0)
    return FALSE;
  result = ent_day_from_ymd (year, month, mday);
  if (result == G_MININT32)
    return FALSE;
  *day = result;
  return TRUE;
}
