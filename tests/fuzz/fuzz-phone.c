/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a phone number and as a pattern: what stands before a NUL is the pattern, what
 * stands behind it the number. */

#include "config.h"

#include "ent-phone.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_shown (const char *text)
{
  g_autofree char *mask = ent_phone_mask (text);
  g_autofree char *last4 = ent_phone_last4 (text);
  g_autofree char *format = ent_phone_format (text);

  g_assert (strstr (mask, "****") != NULL);
  g_assert (g_str_has_prefix (last4, "****") && strlen (last4) <= 8);
  g_assert (*format != '\0' || *text == '\0');
}

static void
check_normalised (const char *text)
{
  g_autofree char *digits = ent_phone_normalise (text);
  g_autofree char *again = NULL;
  g_autofree char *format = NULL;
  g_autofree char *from_format = NULL;
  char buffer[17];

  if (digits == NULL)
    return;

  again = ent_phone_normalise (digits);
  format = ent_phone_format (text);
  from_format = ent_phone_normalise (format);
  g_assert (strlen (digits) >= 3 && strlen (digits) <= 15);
  g_assert (strspn (digits, "0123456789") == strlen (digits));
  g_assert (g_strcmp0 (digits, again) == 0);
  g_assert (g_strcmp0 (digits, from_format) == 0);
  g_assert (strcmp (ent_phone_unpack (ent_phone_pack (digits), buffer), digits) == 0);
}

/* A number finds itself. */
static void
check_itself (const char *phone)
{
  g_autofree char *digits = ent_phone_normalise (phone);
  EntPhonePattern pattern;

  if (digits == NULL || strlen (digits) < ENT_PHONE_MIN_DIGITS)
    return;

  g_assert (ent_phone_pattern_init (&pattern, digits));
  g_assert (ent_phone_pattern_matches (&pattern, ent_phone_pack (digits)));
}

static void
check_pattern (const char *pattern_text, const char *phone)
{
  g_autofree char *digits = ent_phone_normalise (phone);
  EntPhonePattern pattern;
  char buffer[17];

  if (!ent_phone_pattern_init (&pattern, pattern_text))
    return;

  g_assert (pattern.n == 1 || pattern.n == 2);
  g_assert (pattern.digits[0] >= ENT_PHONE_MIN_DIGITS && pattern.digits[0] <= 15);
  g_assert (!ent_phone_pattern_matches (&pattern, 0));
  /* Nothing shorter than the pattern matches. */
  if (digits != NULL && ent_phone_pattern_matches (&pattern, ent_phone_pack (digits)))
    {
      ent_phone_unpack (ent_phone_pack (digits), buffer);
      g_assert (strlen (buffer) >= pattern.digits[0] ||
                (pattern.n == 2 && strlen (buffer) >= pattern.digits[1]));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  gsize length = strlen (text);
  g_autofree char *phone = length < size
                               ? g_strndup ((const char *) data + length + 1, size - length - 1)
                               : g_strdup (text);

  check_shown (phone);
  check_normalised (phone);
  check_itself (phone);
  check_pattern (text, phone);
  return 0;
}
