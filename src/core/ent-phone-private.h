/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files about phone numbers share. */
#pragma once

#include <glib.h>

/* E.164 allows 15 digits; two more may be written, the international prefix 00. */
#define ENT_PHONE_MAX_DIGITS 15
#define ENT_PHONE_DIGITS_SIZE (ENT_PHONE_MAX_DIGITS + 2 + 1)

/* Copies the digits of @text to @digits (ENT_PHONE_DIGITS_SIZE bytes) without what people write
 * between them; FALSE where anything else or too much is in it. @plus: whether a + came first. */
gboolean ent_phone_read_digits (const char *text, char *digits, gboolean *plus);

/* @digits behind the international prefix 00, also one that was typed twice, so that normalising a
 * normalised number changes nothing. */
const char *ent_phone_skip_prefix (const char *digits);

/* How the digits of a Brazilian number are divided. */
typedef struct
{
  const char *area;       /* two digits */
  const char *subscriber; /* to the end */
  gboolean nine;          /* nine digits, the first of them the ninth digit */
} EntBrazilianPhone;

/* Whether @digits, which start with the area code, make a full Brazilian number. */
gboolean ent_phone_is_brazilian (const char *digits, EntBrazilianPhone *parts);
