/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart leaving the window: to the clipboard as PNG, to a file as PNG or SVG. Main thread;
 * files are written on a worker. */
#pragma once

#include "ent-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ent_chart_picture_copy (GtkWidget *widget, EntChart *chart, const char *title);
/* Asks where to; says how it went in a toast of the window ("win.toast" with the text). */
void ent_chart_picture_save (GtkWidget *widget, EntChart *chart, const char *title, gboolean svg);

G_END_DECLS
