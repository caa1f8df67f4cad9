/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a source's options from its JSON object; shared by the kinds. Pure. */
#pragma once

#include "ent-source.h"

G_BEGIN_DECLS

/* FALSE (OPTIONS) where the member is no string; absent, null or empty takes @fallback. (transfer
 * full) */
gboolean ent_source_options_string (
    JsonObject *options, const char *key, const char *fallback, char **value, GError **error);
/* An array of strings, or one string; NULL for none. (transfer full) */
gboolean
ent_source_options_list (JsonObject *options, const char *key, GStrv *values, GError **error);

G_END_DECLS
