/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The consolidated report: coverage, chart, cards, table, breakdowns, from top to bottom. */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_CONSOLIDATED_PAGE (ent_consolidated_page_get_type ())
G_DECLARE_FINAL_TYPE (EntConsolidatedPage, ent_consolidated_page, ENT, CONSOLIDATED_PAGE, GtkWidget)

GtkWidget *ent_consolidated_page_new (EntSession *session);

G_END_DECLS
