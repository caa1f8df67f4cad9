/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Showing a stranger's text inside an error message: short, valid and without characters that
 * could disguise it (controls, bidi overrides). Pure, any thread. */

#include "config.h"

#include "ent-quote-private.h"

#include <string.h>

#define MAX_CHARS 60

char *
ent_quote (const char *text, gssize length)
{
  g_autofree char *valid = NULL;
  GString *out = g_string_new ("“");
  guint n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = (gssize) strlen (text);
  /* Four bytes a character at most: what lies behind is never shown. */
  valid = g_utf8_make_valid (text, MIN (length, 4 * (MAX_CHARS + 1)));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (n++ == MAX_CHARS)
        {
          g_string_append (out, "…");
          break;
        }
      if (g_unichar_isprint (c))
        g_string_append_unichar (out, c);
      else
        g_string_append_c (out, '?');
    }
  g_string_append (out, "”");
  return g_string_free (out, FALSE);
}
