/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files about text share. Pure; any thread. */
#pragma once

#include <glib.h>

#define ENT_TEXT_REPLACEMENT 0xfffd

/* The character at @*text, which is moved behind it; a byte that starts no valid character is taken
 * alone, as U+FFFD. @end: behind the text; @*text < @end. */
static inline gunichar
ent_text_next_char (const char **text, const char *end)
{
  guchar first = (guchar) * *text;
  gunichar c;

  if (first < 0x80)
    {
      (*text)++;
      return first;
    }

  c = g_utf8_get_char_validated (*text, end - *text);
  if (c >= (gunichar) -2)
    {
      (*text)++;
      return ENT_TEXT_REPLACEMENT;
    }
  *text += g_unichar_to_utf8 (c, NULL);
  return c;
}

/* C0, DEL, C1 and the two that no file format takes; tab, LF and CR are text. */
static inline gboolean
ent_text_is_banned (gunichar c)
{
  if (c < 0x20)
    return c != '\t' && c != '\n' && c != '\r';
  return (c >= 0x7f && c < 0xa0) || c == 0xfffe || c == 0xffff;
}

/* The embeddings, overrides and isolates that make text read in another order than it stands. */
static inline gboolean
ent_text_is_bidi_control (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}
