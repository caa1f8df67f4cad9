/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button that opens the list of columns: search, switch on and off. Main thread. */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *ent_column_chooser_new (EntSession *session);

G_END_DECLS
