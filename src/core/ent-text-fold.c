/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folding for search: case and accents go away on both sides. A search without an index folds every
 * row, so that the common characters must cost next to nothing: eight ASCII bytes at a time, Latin
 * letters from a table, emoji and punctuation as they are. Everything else asks GLib. The table is
 * made once by the slow way and never changes: any thread. */

#include "config.h"

#include "ent-text.h"

#include "ent-text-private.h"

#include <string.h>

/* Latin-1 Supplement to Latin Extended-B: what Portuguese, Spanish and their neighbours use. */
#define TABLE_FIRST 0x80
#define TABLE_LAST 0x24f

/* The longest folding of one character: a Hangul syllable falls apart in three, of three bytes. */
#define MAX_FOLDED 18
/* Folding makes a text at most this much longer, in bytes; each broken byte becomes U+FFFD. */
#define MAX_GROWTH 3
/* Most messages fit; only longer ones need memory. */
#define ROW_SIZE 1024

typedef struct
{
  guint8 length;
  char bytes[7];
} Folded;

/* Cherokee capitals are what Unicode folds small letters to; GLib folds them once more, to small.
 */
static gboolean
is_cherokee_capital (gunichar c)
{
  return c >= 0x13a0 && c <= 0x13f5;
}

/* One character, by the book: decompose, drop marks, fold the case of what is left. */
static gsize
fold_slowly (gunichar c, char *folded)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n_parts = g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
  gsize length = 0;

  for (gsize i = 0; i < n_parts; i++)
    {
      GUnicodeType type = g_unichar_type (parts[i]);
      g_autofree char *lower = NULL;
      char bytes[6];
      gsize n;

      if (type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK)
        continue;
      n = g_unichar_to_utf8 (parts[i], bytes);
      lower = is_cherokee_capital (parts[i]) ? g_strndup (bytes, n) : g_utf8_casefold (bytes, n);
      n = strlen (lower);
      g_assert (length + n <= MAX_FOLDED);
      memcpy (folded + length, lower, n);
      length += n;
    }
  return length;
}

static const Folded *
get_table (void)
{
  static Folded table[TABLE_LAST - TABLE_FIRST + 1];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (gunichar c = TABLE_FIRST; c <= TABLE_LAST; c++)
        {
          char folded[MAX_FOLDED];
          gsize length = fold_slowly (c, folded);

          g_assert (length <= sizeof table->bytes);
          table[c - TABLE_FIRST].length = (guint8) length;
          memcpy (table[c - TABLE_FIRST].bytes, folded, length);
        }
      g_once_init_leave (&ready, 1);
    }
  return table;
}

/* Blocks without case, marks or decompositions, that messages are full of: punctuation and signs of
 * currency, ideographs, emoji. */
static inline gboolean
folds_to_itself (gunichar c)
{
  return (c >= 0x2002 && c <= 0x20cf) || (c >= 0x4e00 && c <= 0x9fff) ||
         (c >= 0x1f300 && c <= 0x1faff);
}

static gsize
fold_char (const Folded *table, gunichar c, char *folded)
{
  if (c <= TABLE_LAST)
    {
      const Folded *entry = &table[c - TABLE_FIRST];

      memcpy (folded, entry->bytes, sizeof entry->bytes);
      return entry->length;
    }
  if (folds_to_itself (c))
    return g_unichar_to_utf8 (c, folded);
  return fold_slowly (c, folded);
}

#define HIGH_BITS G_GUINT64_CONSTANT (0x8080808080808080)
#define LOW_BITS G_GUINT64_CONSTANT (0x0101010101010101)

/* Eight ASCII bytes: sets bit 5 where the byte is in A … Z. */
static inline guint64
lower_eight (guint64 bytes)
{
  guint64 from_a = bytes + LOW_BITS * (0x80 - 'A');
  guint64 after_z = bytes + LOW_BITS * (0x80 - 'Z' - 1);

  return bytes | (((from_a & ~after_z & HIGH_BITS) >> 2));
}

/* Two bytes of a character of the table, if that is what stands there: saves most of the decoding.
 */
static inline gunichar
peek_two_bytes (const char *text, const char *end)
{
  guchar first = (guchar) text[0];

  if (first < 0xc2 || first > 0xc8 || end - text < 2 || ((guchar) text[1] & 0xc0) != 0x80)
    return 0;
  return ((gunichar) (first & 0x1f) << 6) | ((guchar) text[1] & 0x3f);
}

/* @folded: MAX_GROWTH * length + MAX_FOLDED bytes. Returns how many were written. */
static gsize
fold_bytes (const char *text, gsize length, char *folded)
{
  const Folded *table = get_table ();
  const char *end = text + length;
  char *out = folded;

  while (text < end)
    {
      gunichar c;
      guint64 bytes;

      if (end - text >= (gssize) sizeof bytes)
        {
          memcpy (&bytes, text, sizeof bytes);
          if ((bytes & HIGH_BITS) == 0)
            {
              bytes = lower_eight (bytes);
              memcpy (out, &bytes, sizeof bytes);
              text += sizeof bytes;
              out += sizeof bytes;
              continue;
            }
        }

      if ((guchar) *text < 0x80)
        {
          *out++ = g_ascii_tolower (*text++);
          continue;
        }
      c = peek_two_bytes (text, end);
      if (c != 0)
        text += 2;
      else
        c = ent_text_next_char (&text, end);
      out += fold_char (table, c, out);
    }
  return (gsize) (out - folded);
}

/**
 * ent_text_fold:
 * @text: any text
 *
 * Folding what is folded changes nothing.
 *
 * Returns: (transfer full): @text for comparisons that know neither case nor accents
 */
char *
ent_text_fold (const char *text)
{
  gsize length;
  char *folded;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  folded = g_malloc (length * MAX_GROWTH + MAX_FOLDED + 1);
  length = fold_bytes (text, length, folded);
  folded[length] = '\0';
  return g_realloc (folded, length + 1);
}

/**
 * ent_text_contains_folded:
 * @text: (nullable): any text; %NULL contains nothing
 * @needle: what ent_text_fold() made of the words that are sought
 *
 * About 75 ns for a message of usual length (measured).
 *
 * Returns: whether @needle is in @text, case and accents ignored
 */
gboolean
ent_text_contains_folded (const char *text, const char *needle)
{
  char row[ROW_SIZE * MAX_GROWTH + MAX_FOLDED];
  g_autofree char *memory = NULL;
  char *folded = row;
  gsize length;

  g_return_val_if_fail (needle != NULL, FALSE);

  if (text == NULL)
    return FALSE;
  length = strlen (text);
  if (length > ROW_SIZE)
    folded = memory = g_malloc (length * MAX_GROWTH + MAX_FOLDED);
  return memmem (folded, fold_bytes (text, length, folded), needle, strlen (needle)) != NULL;
}
