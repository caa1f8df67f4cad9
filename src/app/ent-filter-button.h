/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of the filter: a button that says what is chosen, a popover with its values. */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_FILTER_BUTTON (ent_filter_button_get_type ())
G_DECLARE_FINAL_TYPE (EntFilterButton, ent_filter_button, ENT, FILTER_BUTTON, GtkWidget)

GtkWidget *ent_filter_button_new (EntSession *session, EntFilterField field);
EntFilterField ent_filter_button_get_field (EntFilterButton *self);
void ent_filter_button_popup (EntFilterButton *self);

G_END_DECLS
