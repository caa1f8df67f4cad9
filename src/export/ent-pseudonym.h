/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keyed pseudonyms of phone numbers. The key's loader is in ent-cell.h. Immutable; any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* "p-" and 16 signs of HMAC-SHA256 (80 bits); the same text under the same key gives the same
 * pseudonym. (transfer full) */
char *ent_pseudonym_make (GBytes *key, const char *text);

G_END_DECLS
