/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How error messages show text that strangers wrote. Pure, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* “text”: valid UTF-8, at most 60 characters, what cannot be printed as '?'.
 * @length -1: NUL-terminated. (transfer full) */
char *ent_quote (const char *text, gssize length);

G_END_DECLS
