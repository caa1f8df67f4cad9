/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A saved template in the sidebar: runs on a click, is renamed in place, dragged to another place,
 * and has a menu for the rest. Asks the window through its actions; keeps no state of its own. Main
 * thread. Signal "released" (no arguments): it is no longer busy. */
#pragma once

#include "ent-user-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_TEMPLATE_ROW (ent_template_row_get_type ())
G_DECLARE_FINAL_TYPE (EntTemplateRow, ent_template_row, ENT, TEMPLATE_ROW, GtkListBoxRow)

/* @taken: (nullable) names of all templates, for renaming. @scheduled: it runs by itself. */
GtkWidget *ent_template_row_new (EntTemplate *template, GStrv taken, gboolean scheduled);
EntTemplate *ent_template_row_get_template (EntTemplateRow *self);
void ent_template_row_set_scheduled (EntTemplateRow *self, gboolean scheduled);
/* Its menu is open or its name is being typed: it must not be taken away now. */
gboolean ent_template_row_is_busy (EntTemplateRow *self);
/* Shows an entry in place of the name. */
void ent_template_row_rename (EntTemplateRow *self);

G_END_DECLS
