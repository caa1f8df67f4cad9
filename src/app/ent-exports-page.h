/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every export ever asked for, newest first, and what can be done with each. */
#pragma once

#include "ent-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_EXPORTS_PAGE (ent_exports_page_get_type ())
G_DECLARE_FINAL_TYPE (EntExportsPage, ent_exports_page, ENT, EXPORTS_PAGE, GtkWidget)

GtkWidget *ent_exports_page_new (EntEngine *engine);

G_END_DECLS
