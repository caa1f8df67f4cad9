/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of files from text that people or strangers typed: safe on every file system that a report
 * may be copied to. Pure, any thread. */

#include "config.h"

#include "ent-text.h"

#include "ent-text-private.h"

#include <string.h>

/* File systems allow 255; the caller adds an extension, a number, ".part-…". */
#define MAX_NAME_BYTES 200

/* Direction marks and other invisible characters, which would make two names look alike. */
static gboolean
is_invisible (gunichar c)
{
  return ent_text_is_bidi_control (c) || c == 0x061c || c == 0x200b || c == 0x200e || c == 0x200f ||
         c == 0x2060 || c == 0xfeff;
}

static gboolean
is_separator (gunichar c)
{
  return c < 0x80 && strchr ("/\\:*?\"<>|", (int) c) != NULL;
}

/* Every character allowed, each white space a plain space; composed. */
static char *
allowed_characters (const char *text)
{
  const char *end = text + strlen (text);
  g_autoptr (GString) name = g_string_new (NULL);

  while (text < end)
    {
      gunichar c = ent_text_next_char (&text, end);

      if (g_unichar_isspace (c) || c == 0x2028 || c == 0x2029)
        g_string_append_c (name, ' ');
      else if (is_separator (c))
        g_string_append_c (name, '-');
      else if (!ent_text_is_banned (c) && !is_invisible (c))
        g_string_append_unichar (name, c);
    }
  return g_utf8_normalize (name->str, (gssize) name->len, G_NORMALIZE_DEFAULT_COMPOSE);
}

/* A leading dot hides a file, a leading dash looks like an option. */
static const char *
skip_leading (const char *name)
{
  return name + strspn (name, ".- ");
}

/* Windows drops trailing dots and spaces, and would open another file. */
static void
trim_trailing (char *name)
{
  gsize length = strlen (name);

  while (length > 0 && (name[length - 1] == '.' || name[length - 1] == ' '))
    length--;
  name[length] = '\0';
}

/* Devices of Windows, whatever their case and extension. */
static gboolean
is_reserved (const char *name)
{
  static const char *const devices[] = { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$" };
  static const char *const numbered[] = { "COM", "LPT" };
  static const char *const numbers[] = { "0", "1", "2", "3", "4", "5", "6",
                                         "7", "8", "9", "¹", "²", "³" };
  g_autofree char *stem = g_strchomp (g_strndup (name, strcspn (name, ".")));

  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    if (g_ascii_strcasecmp (stem, devices[i]) == 0)
      return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (numbered); i++)
    if (g_ascii_strncasecmp (stem, numbered[i], 3) == 0)
      for (gsize k = 0; k < G_N_ELEMENTS (numbers); k++)
        if (strcmp (stem + 3, numbers[k]) == 0)
          return TRUE;
  return FALSE;
}

/**
 * ent_text_file_name:
 * @text: (nullable): any text
 *
 * Separators become dashes: "Relatório 10/2026" gives "Relatório 10-2026". The caller adds the
 * extension afterwards. Naming a name again changes nothing.
 *
 * Returns: (transfer full): the name of a file without a folder
 */
char *
ent_text_file_name (const char *text)
{
  g_autofree char *allowed = allowed_characters (text != NULL ? text : "");
  const char *start = skip_leading (allowed);
  g_autofree char *name = NULL;

  name = g_strconcat (is_reserved (start) ? "_" : "", start, NULL);
  if (strlen (name) > MAX_NAME_BYTES)
    *g_utf8_find_prev_char (name, name + MAX_NAME_BYTES + 1) = '\0';
  trim_trailing (name);
  return *name != '\0' ? g_steal_pointer (&name) : g_strdup ("report");
}
