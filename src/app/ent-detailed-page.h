/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The detailed view: the list with its status line, and the selected message beside it (over it
 * where the window is narrow). Main thread. */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_DETAILED_PAGE (ent_detailed_page_get_type ())
G_DECLARE_FINAL_TYPE (EntDetailedPage, ent_detailed_page, ENT, DETAILED_PAGE, GtkWidget)

GtkWidget *ent_detailed_page_new (EntSession *session);

G_END_DECLS
