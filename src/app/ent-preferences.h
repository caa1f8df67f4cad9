/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences window. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ENT_TYPE_PREFERENCES (ent_preferences_get_type ())
G_DECLARE_FINAL_TYPE (EntPreferences, ent_preferences, ENT, PREFERENCES, AdwPreferencesWindow)

/* @parent: (nullable) */
void ent_preferences_present (GtkWindow *parent);

G_END_DECLS
