/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The detailed list: a GtkColumnView over every matching message, with the report's columns,
 * widths, order and sort. Reads the session's selection; tells it of changed columns and sort.
 * Signal "selected" (no arguments): which rows are selected changed. Main thread. */
#pragma once

#include "ent-message-list.h"
#include "ent-message-text.h"
#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_MESSAGE_TABLE (ent_message_table_get_type ())
G_DECLARE_FINAL_TYPE (EntMessageTable, ent_message_table, ENT, MESSAGE_TABLE, GtkWidget)

GtkWidget *ent_message_table_new (EntSession *session);
EntMessageList *ent_message_table_get_list (EntMessageTable *self); /* (transfer none) */
EntMessageText *ent_message_table_get_text (EntMessageTable *self); /* (transfer none) */
guint ent_message_table_get_n_selected (EntMessageTable *self);
/* The only selected row; NULL when none or several are. (transfer full) (nullable) */
EntMessageRow *ent_message_table_dup_selected_row (EntMessageTable *self);
void ent_message_table_scroll_to (EntMessageTable *self, guint index);
void ent_message_table_unselect (EntMessageTable *self);

G_END_DECLS
