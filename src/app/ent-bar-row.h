/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of a section below the tables: a name, what it means, a bar, a count and its
 * percentage. Usually a door: it is pressed, and opens the messages that it counts. */
#pragma once

#include "ent-vocabulary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_BAR_ROW (ent_bar_row_get_type ())
G_DECLARE_FINAL_TYPE (EntBarRow, ent_bar_row, ENT, BAR_ROW, GtkButton)

/* @stage: whose colour the bar has. @is_door: it can be pressed. */
GtkWidget *ent_bar_row_new (EntStage stage, gboolean is_door);
/* The bar goes below the name, where names are long. */
void ent_bar_row_set_tall (EntBarRow *self);
/* Counts and percentages of several rows stand below each other. */
void ent_bar_row_join (EntBarRow *self,
                       GtkSizeGroup *names,
                       GtkSizeGroup *counts,
                       GtkSizeGroup *percents);
/* @percent: may be "". @tenths: length of the bar. @help: below the name where the row is tall, and
 * the tooltip. */
void ent_bar_row_set (EntBarRow *self,
                      const char *name,
                      const char *help,
                      const char *count,
                      const char *percent,
                      int tenths);

G_END_DECLS
