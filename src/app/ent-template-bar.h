/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Above a report that came from a template: which one, and whether the report differs from it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_TEMPLATE_BAR (ent_template_bar_get_type ())
G_DECLARE_FINAL_TYPE (EntTemplateBar, ent_template_bar, ENT, TEMPLATE_BAR, GtkWidget)

typedef enum
{
  ENT_TEMPLATE_SAVED,
  ENT_TEMPLATE_CHANGED, /* here, and not saved */
  ENT_TEMPLATE_NEWER,   /* saved elsewhere since it was loaded here */
} EntTemplateState;

/* @name NULL hides it. @id: of the template, for its details. */
void
ent_template_bar_show (EntTemplateBar *self, const char *name, gint64 id, EntTemplateState state);

G_END_DECLS
