/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of one message from top to bottom: what happened when, how long it took, what has
 * not happened. Main thread. */
#pragma once

#include "ent-message.h"
#include "ent-time.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A box filled for @message. */
GtkWidget *ent_life_line_new (const EntMessage *message, const EntZone *zone);

G_END_DECLS
