/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The consolidated view's chart with its head: title, legend that switches series, grain, style,
 * copy and save. Reads the session, asks it for changes. Main thread. */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_CHART_PANEL (ent_chart_panel_get_type ())
G_DECLARE_FINAL_TYPE (EntChartPanel, ent_chart_panel, ENT, CHART_PANEL, GtkBox)

GtkWidget *ent_chart_panel_new (EntSession *session);
/* For measuring. (transfer none) */
GtkWidget *ent_chart_panel_get_view (EntChartPanel *self);

G_END_DECLS
