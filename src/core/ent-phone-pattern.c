/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compiling what a person typed into masks over packed numbers. Pure, any thread. */

#include "config.h"

#include "ent-phone-private.h"
#include "ent-phone-scan.h"

#include <string.h>

/* The lowest bit of each of the 16 nibbles. */
#define EVERY_NIBBLE G_GUINT64_CONSTANT (0x1111111111111111)

/* 00 in front is another way to write a + where a number follows. "0012" alone is sought as it is:
 * people look for last digits, and no subscriber's number starts so. */
#define MIN_DIGITS_WITH_PREFIX 10

static void
add_alternative (EntPhonePattern *self, const char *digits)
{
  guint length = (guint) strlen (digits);
  guint unused = 64 - 4 * length;
  guint64 value = ent_phone_pack (digits);
  guint64 mask = G_MAXUINT64 << unused;
  guint64 right = value >> unused;
  guint which = self->n;

  if (self->kind == ENT_PHONE_MATCH_SUFFIX || self->kind == ENT_PHONE_MATCH_INFIX)
    {
      value = right;
      mask >>= unused;
    }
  self->value[which] = value;
  self->mask[which] = mask;
  self->digits[which] = (guint8) length;
  self->tail[which][0] = (right & 15) * EVERY_NIBBLE;
  self->tail[which][1] = ((right >> 4) & 15) * EVERY_NIBBLE;
  self->n++;
}

/* The same subscriber with the ninth digit if @digits has none, else without it. */
static void
add_ninth_digit_twin (EntPhonePattern *self, const char *digits, const EntBrazilianPhone *parts)
{
  int head = (int) (parts->subscriber - digits);
  char twin[ENT_PHONE_DIGITS_SIZE];

  g_snprintf (twin, sizeof twin, "%.*s%s%s", head, digits, parts->nine ? "" : "9",
              parts->subscriber + (parts->nine ? 1 : 0));
  add_alternative (self, twin);
}

/* Takes a * off either end of @text: "*4321", "5511*"; "*4321*" is anywhere, as without. */
static char *
take_stars (const char *text, gboolean *at_start, gboolean *at_end)
{
  g_autofree char *rest = g_strstrip (g_strdup (text));
  gsize length = strlen (rest);

  *at_end = length > 0 && rest[length - 1] == '*';
  if (*at_end)
    rest[length - 1] = '\0';
  *at_start = rest[0] == '*';
  return g_strdup (rest + (*at_start ? 1 : 0));
}

static void
compile (EntPhonePattern *self, const char *digits, gboolean ends_with, gboolean starts_with)
{
  gboolean free_ends = !ends_with && !starts_with;
  EntBrazilianPhone parts;

  if (ends_with)
    self->kind = ENT_PHONE_MATCH_SUFFIX;
  else if (starts_with)
    self->kind = ENT_PHONE_MATCH_PREFIX;
  else
    self->kind = ENT_PHONE_MATCH_INFIX;

  if (free_ends && ent_phone_is_brazilian (digits, &parts))
    {
      add_alternative (self, digits);
      add_ninth_digit_twin (self, digits, &parts);
    }
  else
    add_alternative (self, digits);
}

gboolean
ent_phone_pattern_init (EntPhonePattern *self, const char *text)
{
  char read[ENT_PHONE_DIGITS_SIZE];
  g_autofree char *rest = NULL;
  EntBrazilianPhone parts;
  const char *digits = read;
  gboolean star_first, star_last, plus;
  gsize length;

  g_return_val_if_fail (self != NULL, FALSE);

  memset (self, 0, sizeof *self);
  if (text == NULL)
    return FALSE;
  rest = take_stars (text, &star_first, &star_last);
  if (!ent_phone_read_digits (rest, read, &plus) || (plus && star_first))
    return FALSE;

  if (!star_first && (plus || strlen (digits) >= MIN_DIGITS_WITH_PREFIX))
    {
      digits = ent_phone_skip_prefix (read);
      plus = plus || digits != read;
    }
  length = strlen (digits);
  if (length < ENT_PHONE_MIN_DIGITS || length > ENT_PHONE_MAX_DIGITS)
    return FALSE;

  if (!star_first && !star_last && g_str_has_prefix (digits, "55") &&
      ent_phone_is_brazilian (digits + 2, &parts))
    {
      self->kind = ENT_PHONE_MATCH_EXACT;
      add_alternative (self, digits);
      add_ninth_digit_twin (self, digits, &parts);
    }
  else
    compile (self, digits, star_first && !star_last, plus || (star_last && !star_first));

  /* Loops test both alternatives without asking how many there are. */
  if (self->n == 1)
    {
      self->value[1] = self->value[0];
      self->mask[1] = self->mask[0];
    }
  return TRUE;
}

gboolean
ent_phone_pattern_matches (const EntPhonePattern *self, guint64 packed)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return ent_phone_scan_matches (self, packed);
}
