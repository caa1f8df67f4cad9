/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of the list: follows its row until the message arrives. Main thread. */
#pragma once

#include "ent-message-row.h"
#include "ent-message-text.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_MESSAGE_CELL (ent_message_cell_get_type ())
G_DECLARE_FINAL_TYPE (EntMessageCell, ent_message_cell, ENT, MESSAGE_CELL, GtkWidget)

/* @text: (not owned): outlives the cell. */
GtkWidget *ent_message_cell_new (EntColumn column, EntMessageText *text);
void ent_message_cell_set_row (EntMessageCell *self, EntMessageRow *row); /* (nullable) */

G_END_DECLS
