/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-glib crashes on deep nesting and takes comments, single quotes and a second
 * root; our own small files pass this strict gate first. Pure. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Checks strict JSON syntax, UTF-8, @max_bytes and @max_depth, then parses.
 * Errors: G_IO_ERROR_INVALID_DATA with line and column. (transfer full) */
JsonNode *ent_json_parse_guarded (
    const char *text, gsize length, gsize max_bytes, guint max_depth, GError **error);

G_END_DECLS
