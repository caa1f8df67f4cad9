/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The period of the report: a button that says it, a popover that changes the draft. */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_PERIOD_BUTTON (ent_period_button_get_type ())
G_DECLARE_FINAL_TYPE (EntPeriodButton, ent_period_button, ENT, PERIOD_BUTTON, GtkWidget)

void ent_period_button_set_session (EntPeriodButton *self, EntSession *session);
void ent_period_button_popup (EntPeriodButton *self);

G_END_DECLS
