/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts that feed the database: their state in words, and what can be done with each. */
#pragma once

#include "ent-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_SOURCES_PAGE (ent_sources_page_get_type ())
G_DECLARE_FINAL_TYPE (EntSourcesPage, ent_sources_page, ENT, SOURCES_PAGE, GtkWidget)

GtkWidget *ent_sources_page_new (EntEngine *engine);

G_END_DECLS
