/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equal columns: all children in one row where they fit, else an even number a row, and what is
 * left over fills its row. For the cards, and for what stands side by side below them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_COLUMNS_LAYOUT (ent_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (EntColumnsLayout, ent_columns_layout, ENT, COLUMNS_LAYOUT, GtkLayoutManager)

/* @column_width: what a column needs; 0 for a card's. */
GtkLayoutManager *ent_columns_layout_new (int column_width);

G_END_DECLS
