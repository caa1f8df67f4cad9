/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people write them. The signs come from ent-words-locale.h, never from printf. */

#include "config.h"

#include "ent-words-number.h"

#include "ent-words-locale.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_BREAK_SPACE "\302\240"
#define MINUS_SIGN "−"

/* Digits with group signs. */
static void
append_grouped (GString *out, guint64 n)
{
  char digits[24];
  int length = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, n);

  for (int i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (out, ent_words_get_group_sign ());
      g_string_append_c (out, digits[i]);
    }
}

char *
ent_words_count (gint64 n)
{
  GString *out = g_string_new (n < 0 ? MINUS_SIGN : NULL);

  append_grouped (out, n < 0 ? -(guint64) n : (guint64) n);
  return g_string_free (out, FALSE);
}

static char *
tenths_plain (gint64 tenths)
{
  GString *out = g_string_new (NULL);

  append_grouped (out, tenths / 10);
  g_string_append_printf (out, "%s%d", ent_words_get_decimal_sign (), (int) (tenths % 10));
  return g_string_free (out, FALSE);
}

/* A number and its unit stay on one line: blanks behind digits become no-break spaces, so that
 * translators need not type signs that nobody sees. Takes ownership of @text. */
static char *
bind_units (char *text)
{
  g_autofree char *owned = text;
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == ' ' && p > text && g_ascii_isdigit (p[-1]))
      g_string_append (out, NO_BREAK_SPACE);
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static char *
percent (const char *number)
{
  /* Translators: a percentage. */
  return bind_units (g_strdup_printf (C_ ("number", "%s %%"), number));
}

char *
ent_words_tenths (int tenths)
{
  g_autofree char *number = NULL;

  if (tenths < 0)
    return g_strdup (ENT_WORDS_NONE);
  number = tenths_plain (tenths);
  return percent (number);
}

char *
ent_words_rate_tenths (EntRate rate, int tenths)
{
  g_autofree char *text = ent_words_tenths (tenths);

  if (tenths < 0 || rate != ENT_RATE_READ)
    return g_steal_pointer (&text);
  return g_strconcat ("≥" NO_BREAK_SPACE, text, NULL);
}

char *
ent_words_rate_of (const EntCounters *counters, EntRate rate, EntPercentBase base)
{
  return ent_words_rate_tenths (rate, ent_ratio_tenths (ent_counters_rate (counters, rate, base)));
}

static const char *
sign_of (gint64 n)
{
  return n > 0 ? "+" : n < 0 ? MINUS_SIGN : "";
}

char *
ent_words_change (gint64 current, gint64 previous)
{
  g_autofree char *number = NULL;
  g_autofree char *signed_number = NULL;
  double change;
  gint64 rounded;

  if (previous <= 0)
    return g_strdup (ENT_WORDS_NONE);
  change = 100.0 * ((double) current - (double) previous) / (double) previous;
  rounded = (gint64) (change < 0 ? change - 0.5 : change + 0.5);
  number = ent_words_count (ABS (rounded));
  signed_number = g_strconcat (sign_of (rounded), number, NULL);
  return percent (signed_number);
}

char *
ent_words_points (int current_tenths, int previous_tenths)
{
  g_autofree char *number = NULL;
  int change;

  if (current_tenths < 0 || previous_tenths < 0)
    return g_strdup (ENT_WORDS_NONE);
  change = current_tenths - previous_tenths;
  number = tenths_plain (ABS (change));
  /* Translators: a change in percentage points: a sign, a number. */
  return bind_units (g_strdup_printf (C_ ("number", "%s%s pp"), sign_of (change), number));
}

char *
ent_words_decimal (double value, int digits)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char format[8];
  char *point;
  GString *out;

  g_return_val_if_fail (digits >= 0 && digits <= 9, NULL);
  g_snprintf (format, sizeof format, "%%.%df", digits);
  g_ascii_formatd (buffer, sizeof buffer, format, ABS (value));
  out = g_string_new (value < 0 ? MINUS_SIGN : NULL);
  point = strchr (buffer, '.');
  append_grouped (out, g_ascii_strtoull (buffer, NULL, 10));
  if (point != NULL)
    g_string_append_printf (out, "%s%s", ent_words_get_decimal_sign (), point + 1);
  return g_string_free (out, FALSE);
}

char *
ent_words_size (guint64 bytes)
{
  static const char *const units[] = { "kB", "MB", "GB", "TB", "PB" };
  g_autofree char *number = NULL;
  double value = (double) bytes / 1000.0;
  guint unit = 0;

  if (bytes < 1000)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d byte", "%d bytes", (gulong) bytes),
                            (int) bytes);
  while (value >= 999.95 && unit + 1 < G_N_ELEMENTS (units))
    {
      value /= 1000.0;
      unit++;
    }
  number = ent_words_decimal (value, 1);
  return g_strconcat (number, NO_BREAK_SPACE, units[unit], NULL);
}

static char *
duration (gint64 seconds)
{
  int days = (int) (seconds / 86400);
  int hours = (int) (seconds / 3600);
  int minutes = (int) (seconds / 60);

  if (seconds < 60)
    /* Translators: a duration in seconds; all units are short. */
    return g_strdup_printf (C_ ("duration", "%d s"), (int) seconds);
  if (seconds < 3600 && seconds % 60 == 0)
    return g_strdup_printf (C_ ("duration", "%d min"), minutes);
  if (seconds < 3600)
    return g_strdup_printf (C_ ("duration", "%d min %d s"), minutes, (int) (seconds % 60));
  if (seconds < 48 * 3600 && seconds % 3600 < 60)
    return g_strdup_printf (C_ ("duration", "%d h"), hours);
  if (seconds < 48 * 3600)
    return g_strdup_printf (C_ ("duration", "%d h %d min"), hours, minutes % 60);
  if (seconds % 86400 < 3600)
    /* Translators: a duration in days, short. */
    return g_strdup_printf (C_ ("duration", "%d d"), days);
  return g_strdup_printf (C_ ("duration", "%d d %d h"), days, hours % 24);
}

char *
ent_words_duration (gint64 seconds)
{
  if (seconds < 0)
    return g_strdup (ENT_WORDS_NONE);
  return bind_units (duration (seconds));
}

/* ngettext takes an unsigned long: what stands after the millions decides no plural. */
static gulong
plural_of (gint64 n)
{
  return (gulong) ABS (n);
}

char *
ent_words_messages (gint64 n)
{
  g_autofree char *count = ent_words_count (n);

  /* Translators: a number of messages, already grouped: "12,480 messages". */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s message", "%s messages", plural_of (n)),
                          count);
}

char *
ent_words_rows (gint64 n)
{
  g_autofree char *count = ent_words_count (n);

  /* Translators: a number of rows of a file, already grouped. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s row", "%s rows", plural_of (n)), count);
}

char *
ent_words_days (gint64 n)
{
  g_autofree char *count = ent_words_count (n);

  /* Translators: a number of days, already grouped. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s day", "%s days", plural_of (n)), count);
}
