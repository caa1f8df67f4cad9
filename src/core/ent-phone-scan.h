/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matching of packed phone numbers, inline, for loops over millions of rows: see ent-phone.h for
 * what a pattern means. A switch on the kind belongs outside of the loop. Pure, any thread. */
#pragma once

#include "ent-phone.h"

G_BEGIN_DECLS

static inline gboolean
ent_phone_scan_exact (const EntPhonePattern *self, guint64 packed)
{
  /* A pattern without a second alternative repeats its first. */
  return (packed == self->value[0]) | (packed == self->value[1]);
}

static inline gboolean
ent_phone_scan_prefix (const EntPhonePattern *self, guint64 packed)
{
  return ((packed & self->mask[0]) == self->value[0]) |
         ((packed & self->mask[1]) == self->value[1]);
}

static inline gboolean
ent_phone_scan_suffix (const EntPhonePattern *self, guint64 packed)
{
  guint64 right;

  if (packed == 0)
    return FALSE;
  /* No digit is an empty nibble, so the zero bits below the last digit, in fours, are the shift. */
  right = packed >> (__builtin_ctzll (packed) & 60);
  return ((right & self->mask[0]) == self->value[0]) | ((right & self->mask[1]) == self->value[1]);
}

/* The lowest bit of each nibble in which @a and @b agree. */
static inline guint64
ent_phone_scan_equal_nibbles (guint64 a, guint64 b)
{
  guint64 differs = a ^ b;

  differs |= differs >> 2;
  differs |= differs >> 1;
  return ~differs & G_GUINT64_CONSTANT (0x1111111111111111);
}

/* Where the last two digits stand side by side (few rows have them), the rest is compared. Empty
 * nibbles equal no digit. */
static inline gboolean
ent_phone_scan_infix_one (const EntPhonePattern *self, guint which, guint64 packed)
{
  guint64 last = ent_phone_scan_equal_nibbles (packed, self->tail[which][0]);
  guint64 before = ent_phone_scan_equal_nibbles (packed, self->tail[which][1]);
  guint64 places = last & (before >> 4);

  for (; places != 0; places &= places - 1)
    {
      guint64 right = packed >> __builtin_ctzll (places);

      if ((right & self->mask[which]) == self->value[which])
        return TRUE;
    }
  return FALSE;
}

static inline gboolean
ent_phone_scan_infix (const EntPhonePattern *self, guint64 packed)
{
  return ent_phone_scan_infix_one (self, 0, packed) ||
         (self->n > 1 && ent_phone_scan_infix_one (self, 1, packed));
}

static inline gboolean
ent_phone_scan_matches (const EntPhonePattern *self, guint64 packed)
{
  switch ((EntPhoneMatchKind) self->kind)
    {
    case ENT_PHONE_MATCH_EXACT:
      return packed != 0 && ent_phone_scan_exact (self, packed);
    case ENT_PHONE_MATCH_PREFIX:
      return ent_phone_scan_prefix (self, packed);
    case ENT_PHONE_MATCH_SUFFIX:
      return ent_phone_scan_suffix (self, packed);
    case ENT_PHONE_MATCH_INFIX:
      return ent_phone_scan_infix (self, packed);
    default:
      return FALSE;
    }
}

G_END_DECLS
