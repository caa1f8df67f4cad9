/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cleaning of text from outside, and what of it is shown. Cleaning happens once, where text enters;
 * showing never trusts that it happened. Pure, any thread. */

#include "config.h"

#include "ent-text.h"

#include "ent-text-private.h"

#include <string.h>

/* ---- Cleaning ------------------------------------------------------------------------------- */

#define HIGH_BITS G_GUINT64_CONSTANT (0x8080808080808080)
#define LOW_BITS G_GUINT64_CONSTANT (0x0101010101010101)

/* Whether eight bytes are all printable ASCII: no high bit, none below 0x20, none 0x7f. With the
 * high bits clear, the borrows and carries stay inside their bytes. */
static inline gboolean
is_printable_ascii (guint64 bytes)
{
  guint64 below_space = HIGH_BITS & ~((bytes | HIGH_BITS) - LOW_BITS * 0x20);
  guint64 delete = (bytes + LOW_BITS) & HIGH_BITS;

  return ((bytes & HIGH_BITS) | below_space | delete) == 0;
}

/* The bytes at the start of @text that are printable ASCII for sure, in eights. */
static gsize
skip_printable_ascii (const char *text, gsize length)
{
  gsize i = 0;
  guint64 bytes;

  for (; length - i >= sizeof bytes; i += sizeof bytes)
    {
      memcpy (&bytes, text + i, sizeof bytes);
      if (!is_printable_ascii (bytes))
        break;
    }
  return i;
}

gboolean
ent_text_is_clean (const char *text, gsize length, gsize max_bytes)
{
  const char *end;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  if (length > (max_bytes > 0 ? max_bytes : ENT_TEXT_MAX_BYTES))
    return FALSE;
  if (length == 0)
    return TRUE; /* @text may be NULL */

  end = text + length;
  while (text < end)
    {
      const char *start;
      gunichar c;

      text += skip_printable_ascii (text, end - text);
      if (text == end)
        break;
      start = text;
      c = ent_text_next_char (&text, end);
      /* U+FFFD that is one byte long stands for a byte that is no text. */
      if (ent_text_is_banned (c) || (c == ENT_TEXT_REPLACEMENT && text - start == 1))
        return FALSE;
    }
  return TRUE;
}

/**
 * ent_text_clean:
 * @text: anything, also with NULs in it
 * @length: its length in bytes, or -1 for a string
 * @max_bytes: the most bytes to return, or 0 for ENT_TEXT_MAX_BYTES
 *
 * Each byte that is no UTF-8 becomes U+FFFD; what files and windows cannot hold is dropped.
 * Cleaning what is clean changes nothing.
 *
 * Returns: (transfer full): clean text
 */
char *
ent_text_clean (const char *text, gssize length, gsize max_bytes)
{
  gsize size;
  gsize limit = max_bytes > 0 ? max_bytes : ENT_TEXT_MAX_BYTES;
  GString *clean;
  const char *end;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (ent_text_is_clean (text, size, limit))
    return g_strndup (text != NULL ? text : "", size);

  clean = g_string_sized_new (MIN (size, limit));
  end = text + size;
  while (text < end)
    {
      gsize plain = MIN (skip_printable_ascii (text, end - text), limit - clean->len);
      char bytes[6];
      gunichar c;
      gsize n;

      g_string_append_len (clean, text, plain);
      text += plain;
      if (text == end || clean->len == limit)
        break;
      c = ent_text_next_char (&text, end);
      if (ent_text_is_banned (c))
        continue;
      n = g_unichar_to_utf8 (c, bytes);
      if (clean->len + n > limit)
        break;
      g_string_append_len (clean, bytes, n);
    }
  return g_string_free (clean, FALSE);
}

/* ---- Showing -------------------------------------------------------------------------------- */

/* Text that is being made for people: what was written, where to cut it. */
typedef struct
{
  GString *text;
  gsize n_chars;
  gsize max_chars; /* G_MAXSIZE for all of it */
  gsize cut;       /* bytes that leave room for the ellipsis */
} Shown;

/* FALSE when the piece of @n_chars does not fit any more. */
static gboolean
show (Shown *self, const char *piece, gsize n_bytes, gsize n_chars)
{
  if (n_chars > self->max_chars - self->n_chars)
    return FALSE;

  g_string_append_len (self->text, piece, n_bytes);
  self->n_chars += n_chars;
  if (self->n_chars < self->max_chars)
    self->cut = self->text->len;
  return TRUE;
}

static gboolean
show_char (Shown *self, gunichar c)
{
  char bytes[16];

  if (ent_text_is_bidi_control (c))
    {
      gsize n = (gsize) g_snprintf (bytes, sizeof bytes, "\u2039U+%04X\u203a", c);

      return show (self, bytes, n, 8);
    }
  return show (self, bytes, g_unichar_to_utf8 (c, bytes), 1);
}

static gboolean
is_line_break (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

/* @line_break replaces each of them, CR LF being one; @tab likewise. */
static char *
show_text (const char *text, gsize max_chars, char line_break, char tab)
{
  const char *end = text + strlen (text);
  Shown shown = { g_string_new (NULL), 0, max_chars, 0 };
  gunichar last = 0;

  while (text < end)
    {
      gunichar c = ent_text_next_char (&text, end);
      gunichar as = c;

      if (ent_text_is_banned (c) || (last == '\r' && c == '\n'))
        {
          last = c;
          continue;
        }
      last = c;
      if (is_line_break (c))
        as = line_break;
      else if (c == '\t')
        as = tab;
      if (!show_char (&shown, as))
        {
          g_string_truncate (shown.text, shown.cut);
          if (max_chars > 0)
            g_string_append (shown.text, "\u2026");
          break;
        }
    }
  return g_string_free (shown.text, FALSE);
}

/**
 * ent_text_for_display:
 * @text: text, clean or not
 * @max_chars: the most characters to return, the ellipsis and each character of an escape counted
 *
 * Returns: (transfer full): one line
 */
char *
ent_text_for_display (const char *text, gsize max_chars)
{
  g_return_val_if_fail (text != NULL, NULL);

  return show_text (text, max_chars, ' ', ' ');
}

char *
ent_text_for_reading (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return show_text (text, G_MAXSIZE, '\n', '\t');
}
