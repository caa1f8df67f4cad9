/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first start: two ways on, and the progress of the one that was taken. */
#pragma once

#include "ent-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_WELCOME (ent_welcome_get_type ())
G_DECLARE_FINAL_TYPE (EntWelcome, ent_welcome, ENT, WELCOME, GtkWidget)

void ent_welcome_set_engine (EntWelcome *self, EntEngine *engine);
/* The sample data is being started (its provider needs a moment). */
void ent_welcome_set_starting (EntWelcome *self, gboolean starting);

G_END_DECLS
