/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sync: a button while nothing runs, a spinner with the progress in a popover while it does. */
#pragma once

#include "ent-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_SYNC_BUTTON (ent_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (EntSyncButton, ent_sync_button, ENT, SYNC_BUTTON, GtkWidget)

void ent_sync_button_set_engine (EntSyncButton *self, EntEngine *engine);

G_END_DECLS
