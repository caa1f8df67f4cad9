/* SPDX-License-Identifier: GPL-3.0-or-later */
/* At which hours of the week the messages were sent, delivered, read or failed: a heat map, what
 * its current cell says, and the way to the messages of an hour. */
#pragma once

#include "ent-breakdown.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_HOURS_PANEL (ent_hours_panel_get_type ())
G_DECLARE_FINAL_TYPE (EntHoursPanel, ent_hours_panel, ENT, HOURS_PANEL, GtkBox)

GtkWidget *ent_hours_panel_new (EntBreakdown *breakdown);

G_END_DECLS
