/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One template in words: what it does, which days that means today, how it is exported, when it
 * runs by itself, and when it was saved and run. */
#pragma once

#include "ent-engine.h"
#include "ent-schedules.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_TEMPLATE_PAGE (ent_template_page_get_type ())
G_DECLARE_FINAL_TYPE (EntTemplatePage, ent_template_page, ENT, TEMPLATE_PAGE, GtkWidget)

/* Signal "export-changed" (report: EntReport *, template: EntTemplate *): another format, dialect
 * or privacy was chosen; the window saves it. */
GtkWidget *ent_template_page_new (EntEngine *engine, EntSchedules *schedules);
void ent_template_page_set_template (EntTemplatePage *self, gint64 id);
gint64 ent_template_page_get_template (EntTemplatePage *self);

G_END_DECLS
