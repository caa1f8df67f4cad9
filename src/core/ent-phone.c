/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Phone numbers as strings and as 64 packed bits, and how they are shown. Pure, any thread. */

#include "config.h"

#include "ent-phone.h"

#include "ent-phone-private.h"

#include <string.h>

#define HIDDEN "****"
/* No network has subscriber numbers with country code of under seven digits; those are short codes.
 */
#define MIN_INTERNATIONAL 7
/* The last four digits are shown only where at least as many stay hidden. */
#define MIN_MASKABLE 8

/* What people, web pages and address books put between digits, besides ASCII: spaces, hyphens and
 * dashes, and the direction marks that are copied along with a number. */
static gboolean
is_separator (gunichar c)
{
  switch (c)
    {
    case ' ':
    case '\t':
    case '.':
    case '-':
    case '(':
    case ')':
    case '[':
    case ']':
    case 0x00a0:
    case 0x2212:
    case 0x202f:
    case 0xfeff:
      return TRUE;
    default:
      return (c >= 0x2000 && c <= 0x2015) || (c >= 0x202a && c <= 0x202e) ||
             (c >= 0x2066 && c <= 0x2069);
    }
}

gboolean
ent_phone_read_digits (const char *text, char *digits, gboolean *plus)
{
  gsize n = 0;

  *plus = FALSE;
  for (const char *p = text; *p != '\0';)
    {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char_validated (p, -1);

      if (c >= '0' && c <= '9')
        {
          if (n == ENT_PHONE_DIGITS_SIZE - 1)
            return FALSE;
          digits[n++] = (char) c;
        }
      else if (c == '+' && n == 0 && !*plus)
        *plus = TRUE;
      else if (c >= (gunichar) -2 || !is_separator (c))
        return FALSE;
      p += c < 0x80 ? 1 : g_unichar_to_utf8 (c, NULL);
    }

  digits[n] = '\0';
  return TRUE;
}

const char *
ent_phone_skip_prefix (const char *digits)
{
  while (digits[0] == '0' && digits[1] == '0')
    digits += 2;
  return digits;
}

/**
 * ent_phone_normalise:
 * @text: (nullable): what a source or a person wrote
 *
 * Returns: (transfer full) (nullable): the digits, with country code if @text has one
 */
char *
ent_phone_normalise (const char *text)
{
  char digits[ENT_PHONE_DIGITS_SIZE];
  const char *number;
  gboolean plus;
  gsize length;

  if (text == NULL || !ent_phone_read_digits (text, digits, &plus))
    return NULL;

  number = ent_phone_skip_prefix (digits);
  length = strlen (number);
  return length >= 3 && length <= ENT_PHONE_MAX_DIGITS ? g_strdup (number) : NULL;
}

guint64
ent_phone_pack (const char *digits)
{
  guint64 packed = 0;
  int shift = 60;

  if (digits == NULL)
    return 0;

  for (; *digits != '\0'; digits++, shift -= 4)
    {
      if (shift < 0 || !g_ascii_isdigit (*digits))
        return 0;
      packed |= (guint64) (*digits - '0' + 1) << shift;
    }
  return packed;
}

char *
ent_phone_unpack (guint64 packed, char *buffer)
{
  guint n = 0;

  g_return_val_if_fail (buffer != NULL, NULL);

  /* A nibble that is no digit ends the number: packed values come from files, too. */
  for (; n < 16; n++, packed <<= 4)
    {
      guint nibble = (guint) (packed >> 60);

      if (nibble == 0 || nibble > 10)
        break;
      buffer[n] = (char) ('0' + nibble - 1);
    }
  buffer[n] = '\0';
  return buffer;
}

/* ---- Showing -------------------------------------------------------------------------------- */

gboolean
ent_phone_is_brazilian (const char *digits, EntBrazilianPhone *parts)
{
  gsize length = strlen (digits);

  /* Area codes have no zero. */
  if ((length != 10 && length != 11) || digits[0] == '0' || digits[1] == '0')
    return FALSE;
  if (length == 11 && digits[2] != '9')
    return FALSE;

  parts->area = digits;
  parts->subscriber = digits + 2;
  parts->nine = length == 11;
  return TRUE;
}

static gboolean
is_brazilian_international (const char *digits, EntBrazilianPhone *parts)
{
  return g_str_has_prefix (digits, "55") && ent_phone_is_brazilian (digits + 2, parts);
}

/* The length of the country code at the start of @digits. The world's codes have one digit (1, 7),
 * two (those below) or three (all others). */
static gsize
country_code_length (const char *digits)
{
  static const char two_digits[] = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 "
                                   "54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 "
                                   "95 98 ";
  char code[] = { digits[0], digits[1], ' ', '\0' };

  if (digits[0] == '1' || digits[0] == '7')
    return 1;
  return strstr (two_digits, code) != NULL ? 2 : 3;
}

char *
ent_phone_mask (const char *phone)
{
  g_autofree char *digits = ent_phone_normalise (phone);
  EntBrazilianPhone parts;
  const char *last4;
  gsize length;
  gsize code;

  length = digits != NULL ? strlen (digits) : 0;
  if (length < MIN_MASKABLE)
    return g_strdup (HIDDEN);

  last4 = digits + length - 4;
  if (is_brazilian_international (digits, &parts))
    return g_strdup_printf ("+55 (%.2s) %s" HIDDEN "-%s", parts.area, parts.nine ? "9" : "", last4);

  code = country_code_length (digits);
  if (length < MIN_MASKABLE + code - 1)
    return g_strconcat (HIDDEN, last4, NULL);
  return g_strdup_printf ("+%.*s " HIDDEN "%s", (int) code, digits, last4);
}

char *
ent_phone_format (const char *phone)
{
  g_autofree char *digits = ent_phone_normalise (phone);
  EntBrazilianPhone parts;
  int head;

  g_return_val_if_fail (phone != NULL, NULL);

  if (digits == NULL || strlen (digits) < MIN_INTERNATIONAL)
    return g_strdup (phone);
  if (!is_brazilian_international (digits, &parts))
    return g_strconcat ("+", digits, NULL);

  head = parts.nine ? 5 : 4;
  return g_strdup_printf ("+55 (%.2s) %.*s-%s", parts.area, head, parts.subscriber,
                          parts.subscriber + head);
}

char *
ent_phone_last4 (const char *phone)
{
  g_autofree char *digits = ent_phone_normalise (phone);
  gsize length = digits != NULL ? strlen (digits) : 0;

  return g_strconcat (HIDDEN, length < MIN_MASKABLE ? "" : digits + length - 4, NULL);
}
