/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phone numbers: normalising, packing into 64 bits, matching, masking. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "+55 (11) 9 1234-5678" → "5511912345678". Spaces, dots, dashes, brackets, a leading +
 * or 00 and the invisible marks that come along when a number is copied are dropped. NULL where it
 * is no number (letters, fewer than 3 or more than 15 digits): then the source's text is kept as it
 * is. (transfer full) */
char *ent_phone_normalise (const char *text);

/* Digits packed left-aligned, digit + 1 per nibble, so that unsigned order is
 * lexicographic order. 0 for anything that is not 1 to 16 digits. */
guint64 ent_phone_pack (const char *digits);
/* @buffer: at least 17 bytes. Returns it. */
char *ent_phone_unpack (guint64 packed, char *buffer);

/* A compiled pattern. "+5511…" (or "5511*", "0055119123…") starts with; "*4321" ends with; four or
 * more digits alone: anywhere; a full Brazilian number (55 + area + 8 or 9 digits: exact; without
 * the 55: anywhere) matches with and without the ninth digit. */
typedef struct
{
  guint64 value[2]; /* right-aligned nibbles for ends-with and anywhere, left-aligned else */
  guint64 mask[2];
  guint8 digits[2];   /* length of each alternative */
  guint8 n;           /* 1 or 2 alternatives */
  guint8 kind;        /* EntPhoneMatchKind */
  guint64 tail[2][2]; /* anywhere: the last digit and the one before, each in all 16 nibbles */
} EntPhonePattern;

typedef enum
{
  ENT_PHONE_MATCH_EXACT,
  ENT_PHONE_MATCH_PREFIX,
  ENT_PHONE_MATCH_SUFFIX,
  ENT_PHONE_MATCH_INFIX,
} EntPhoneMatchKind;

#define ENT_PHONE_MIN_DIGITS 4
/* FALSE: under four digits, over 15, or not a pattern. */
gboolean ent_phone_pattern_init (EntPhonePattern *self, const char *text);
/* For one number; a scan over many rows calls the inline form of ent-phone-scan.h. 0 matches
 * nothing. */
gboolean ent_phone_pattern_matches (const EntPhonePattern *self, guint64 packed);

/* +55 (11) 9****-4321 for a Brazilian number; +52 ****4321 else; text that is no number, or one of
 * under eight digits, whole as "****". (transfer full) */
char *ent_phone_mask (const char *phone);
/* +55 (11) 91234-5678; +<digits> for others; text that is no number, or a short code of under
 * seven digits, as it is. (transfer full) */
char *ent_phone_format (const char *phone);
/* Only the last four digits: "****4321"; "****" where that would hide fewer than four.
 * (transfer full) */
char *ent_phone_last4 (const char *phone);

G_END_DECLS
