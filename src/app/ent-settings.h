/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's choices. Where the schema is not installed (a program run from nowhere) each
 * choice has its default and nothing is remembered. Main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer none) (nullable) */
GSettings *ent_settings_get (void);
gboolean ent_settings_get_boolean (const char *key, gboolean fallback);
int ent_settings_get_int (const char *key, int fallback);
/* The nick of an enumeration, or a string. (transfer full) */
char *ent_settings_dup_string (const char *key, const char *fallback);
void ent_settings_set_string (const char *key, const char *value);
void ent_settings_set_boolean (const char *key, gboolean value);
void ent_settings_set_int (const char *key, int value);

G_END_DECLS
