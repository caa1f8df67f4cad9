/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own small JSON files: reading with the reason of a refusal, writing, and keeping what a
 * newer program wrote where it stood. Pure; depth is that of the guard. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  ENT_JSON_FAULT_NONE,
  ENT_JSON_FAULT_SYNTAX,
  ENT_JSON_FAULT_LIMIT, /* too large or too deep */
} EntJsonFault;

/* ent_json_parse_guarded () that also says of what sort the fault was. */
JsonNode *ent_json_parse_classified (const char *text,
                                     gsize length,
                                     gsize max_bytes,
                                     guint max_depth,
                                     EntJsonFault *fault,
                                     GError **error);

/* Two-space indentation, "key": value, a final newline. (transfer full) */
char *ent_json_write (JsonObject *object);

/* A copy that shares nothing: json-glib's reference counts are not atomic. */
JsonObject *ent_json_object_copy (JsonObject *object);

typedef gboolean (*EntJsonIsKnown) (const char *key);

/* @made with the members of @old that @is_known does not know, each behind the known
 * member that it followed in @old. Both stay as they are; what is taken over from @old is copied.
 * @old may be NULL. (transfer full) */
JsonObject *ent_json_merge_unknown (JsonObject *made, JsonObject *old, EntJsonIsKnown is_known);

G_END_DECLS
