/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that strangers typed: cleaning, folding for search, showing. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ENT_TEXT_MAX_BYTES 65536

/* Valid UTF-8 without NUL and C0/C1 controls (tab, LF and CR stay), without U+FFFE and
 * U+FFFF, cut at a character at @max_bytes (0: ENT_TEXT_MAX_BYTES). Bidi controls stay:
 * they are made visible when shown. (transfer full) */
char *ent_text_clean (const char *text, gssize length, gsize max_bytes);
/* Whether cleaning would change nothing (the common case, without allocation). */
gboolean ent_text_is_clean (const char *text, gsize length, gsize max_bytes);

/* NFD, marks dropped, case folded: both sides of a search. (transfer full) */
char *ent_text_fold (const char *text);
/* @needle already folded. */
gboolean ent_text_contains_folded (const char *text, const char *needle);

/* One line for a cell: line breaks as spaces, bidi controls as visible escapes
 * (‹U+202E›), at most @max_chars characters with an ellipsis. (transfer full) */
char *ent_text_for_display (const char *text, gsize max_chars);
/* Whole text for a pane: line breaks kept, bidi controls visible. (transfer full) */
char *ent_text_for_reading (const char *text);

/* A safe base name for a file: no separators, controls, bidi, reserved names; NFC; at
 * most 200 bytes; "report" when nothing is left. (transfer full) */
char *ent_text_file_name (const char *text);

G_END_DECLS
