/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A week as seven rows of twenty-four cells, darker where more happened. One current cell is its
 * only state besides the values; pointer and keyboard go through it.
 *
 * Signals: current-changed (int weekday, int hour; -1, -1 for none); activated (int weekday, int
 * hour): Enter or a click on a cell that counts something. Main thread. */
#pragma once

#include "ent-hour-week.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_HEAT_MAP (ent_heat_map_get_type ())
G_DECLARE_FINAL_TYPE (EntHeatMap, ent_heat_map, ENT, HEAT_MAP, GtkWidget)

GtkWidget *ent_heat_map_new (void);
/* @stage: whose colour it has. Copies @week. */
void ent_heat_map_set_week (EntHeatMap *self, const EntHourWeek *week, EntStage stage);
const EntHourWeek *ent_heat_map_get_week (EntHeatMap *self);
/* FALSE when there is no current cell. */
gboolean ent_heat_map_get_current (EntHeatMap *self, int *weekday, int *hour);
/* A popover at a cell, with @child in it. */
void ent_heat_map_popup (EntHeatMap *self, GtkWidget *child, int weekday, int hour);
void ent_heat_map_popdown (EntHeatMap *self);

G_END_DECLS
