/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copying rows: as tab-separated text and as a table, with the columns and the masking of the
 * screen. Rows are read on the page reader first. Main thread. */
#pragma once

#include "ent-message-text.h"
#include "ent-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* More would only freeze what they are pasted into: an export is the way then. */
#define ENT_MESSAGE_COPY_MAX 50000

/* @columns: (element-type EntReportColumn). Says how many were copied in a toast of the window. */
void ent_message_copy_rows (GtkWidget *widget,
                            EntStore *store,
                            EntSelection *selection,
                            GtkBitset *selected,
                            GArray *columns,
                            EntMessageText *text);

G_END_DECLS
