/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving a button another action while it is in a window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @detailed: "report.period::today", or NULL for none. The name goes first and comes last:
 * GTK warns of each moment at which name and target do not match. */
void ent_action_set (GtkWidget *actionable, const char *detailed);

G_END_DECLS
