/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands below the day table: the same messages by a dimension, the funnel, the reasons of
 * failures, how long it took, and the hours of the week. */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_BREAKDOWN_PAGE (ent_breakdown_page_get_type ())
G_DECLARE_FINAL_TYPE (EntBreakdownPage, ent_breakdown_page, ENT, BREAKDOWN_PAGE, GtkBox)

GtkWidget *ent_breakdown_page_new (EntSession *session);

G_END_DECLS
