/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All filters in force as chips, the drill's among them, and "Clear". */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_FILTER_CHIPS (ent_filter_chips_get_type ())
G_DECLARE_FINAL_TYPE (EntFilterChips, ent_filter_chips, ENT, FILTER_CHIPS, GtkWidget)

void ent_filter_chips_set_session (EntFilterChips *self, EntSession *session);

G_END_DECLS
