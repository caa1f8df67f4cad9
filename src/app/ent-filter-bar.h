/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of the report page: channel, period, filters, the live count and Apply. */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_FILTER_BAR (ent_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (EntFilterBar, ent_filter_bar, ENT, FILTER_BAR, GtkWidget)

void ent_filter_bar_set_session (EntFilterBar *self, EntSession *session);
/* In a narrow window the filters fold behind one button. */
void ent_filter_bar_set_narrow (EntFilterBar *self, gboolean narrow);
/* Focus to the phone entry (where it is shown), or to the period. */
void ent_filter_bar_focus_search (EntFilterBar *self);
void ent_filter_bar_focus (EntFilterBar *self);

G_END_DECLS
