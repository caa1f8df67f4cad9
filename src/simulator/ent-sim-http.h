/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading requests and writing answers. The server's thread; nothing is kept.
 */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

gboolean ent_sim_http_check (SoupServerMessage *message,
                             const char *path,
                             const char *expected,
                             const char *methods);
void ent_sim_http_respond (SoupServerMessage *message,
                           guint status,
                           const char *type,
                           const GString *text);
void ent_sim_http_respond_json (SoupServerMessage *message, guint status, const GString *text);
void ent_sim_http_respond_message (SoupServerMessage *message, guint status, const char *words);
JsonNode *ent_sim_http_parse_object (SoupServerMessage *message);
JsonNode *ent_sim_http_get_value (JsonNode *root, const char *name, GType type);

G_END_DECLS
