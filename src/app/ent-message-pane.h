/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message told whole: status and diagnosis, content, life line, details, and the other
 * messages with the same number. Action "message-pane.close" for its head's button.
 * Signal "closed" (no arguments). Main thread. */
#pragma once

#include "ent-message-row.h"
#include "ent-message-text.h"
#include "ent-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_MESSAGE_PANE (ent_message_pane_get_type ())
G_DECLARE_FINAL_TYPE (EntMessagePane, ent_message_pane, ENT, MESSAGE_PANE, GtkWidget)

/* @text: (not owned): how things are said; outlives the pane. */
GtkWidget *ent_message_pane_new (EntStore *store, EntMessageText *text);
/* (nullable): nothing. Follows the row until the next call. */
void ent_message_pane_set_row (EntMessagePane *self, EntMessageRow *row, const EntZone *zone);

G_END_DECLS
