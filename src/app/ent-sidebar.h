/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of the window and the saved templates. Signals: page-selected (string: report,
 * exports, sources), template-selected (int64: id). */
#pragma once

#include "ent-engine.h"
#include "ent-schedules.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_SIDEBAR (ent_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (EntSidebar, ent_sidebar, ENT, SIDEBAR, GtkWidget)

void ent_sidebar_set_engine (EntSidebar *self, EntEngine *engine);
/* Marks where the window is; @template_id counts for the report page only, 0 for none. */
void ent_sidebar_set_current (EntSidebar *self, const char *page, gint64 template_id);
/* Marks the templates that run by themselves. */
void ent_sidebar_set_schedules (EntSidebar *self, EntSchedules *schedules);
/* An entry in place of its name. */
void ent_sidebar_rename_template (EntSidebar *self, gint64 id);
/* The keyboard's way to the templates. */
void ent_sidebar_focus_templates (EntSidebar *self);

G_END_DECLS
