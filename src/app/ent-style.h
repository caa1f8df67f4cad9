/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours of stages for the style sheets: one definition (ent-chart-theme.h), light, dark
 * and high contrast, handed to CSS as @ent_delivered and so on. Main thread. */
#pragma once

#include "ent-chart-theme.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Follows the style manager from now on. Called once by the application. */
void ent_style_init (void);
/* The theme that the chart has to be painted with now. */
EntChartThemeKind ent_style_get_theme (void);
/* A colour of a stage now. */
GdkRGBA ent_style_get_color (EntStage stage);

/* How much larger than usual the texts of @widget are: 2 where they are twice as large. */
double ent_style_get_text_scale (GtkWidget *widget);

G_END_DECLS
