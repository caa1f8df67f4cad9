/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a view shows when it has nothing to show: a skeleton while the first answer takes its
 * time, a page that says why there is nothing and what to do, or what went wrong; its content
 * otherwise. A failure while content is there becomes a banner above it. */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_STATE_VIEW (ent_state_view_get_type ())
G_DECLARE_FINAL_TYPE (EntStateView, ent_state_view, ENT, STATE_VIEW, GtkWidget)

/* @view: whose load state it follows. Takes @content. */
GtkWidget *ent_state_view_new (EntSession *session, EntView view, GtkWidget *content);

G_END_DECLS
