/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A running synchronisation: what is fetched, how far it is, and a way to stop it. */
#pragma once

#include "ent-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_SYNC_VIEW (ent_sync_view_get_type ())
G_DECLARE_FINAL_TYPE (EntSyncView, ent_sync_view, ENT, SYNC_VIEW, GtkWidget)

GtkWidget *ent_sync_view_new (EntEngine *engine);

G_END_DECLS
