/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of sources, their fields and what is honest to say of them.
 * Any thread once ent_words_init has run. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *ent_words_source_kind (const char *kind); /* Sinch Engage */
const char *
ent_words_source_kind_help (const char *kind); /* what it brings and keeps, one sentence */
/* Label of a credential or an option: api_key → API key. Unknown keys as they are. */
const char *ent_words_source_field (const char *key);
const char *ent_words_region (const char *region); /* eu → Europe */

G_END_DECLS
