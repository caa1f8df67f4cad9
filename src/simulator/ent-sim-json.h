/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing JSON by hand: a page of answers is printed some thousand times in a synchronisation, and
 * a tree of JsonNodes for each would be most of its time. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ent_sim_json_append_string (GString *out, const char *text, gboolean ascii);
void ent_sim_json_append_key (GString *out, const char *key);
void ent_sim_json_append_text (GString *out, const char *key, const char *value);
void ent_sim_json_append_number (GString *out, const char *key, gint64 value);
gboolean ent_sim_json_is_shallow (const char *text, gsize length, guint depth);

G_END_DECLS
