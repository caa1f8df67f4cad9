/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layout that puts children side by side and goes on in a next line where they do not fit:
 * filter bars and chips from 360 px up. A child with halign "end" that ends its line stands at
 * the line's end; children that expand share what a line leaves. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_WRAP_LAYOUT (ent_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (EntWrapLayout, ent_wrap_layout, ENT, WRAP_LAYOUT, GtkLayoutManager)

/* Properties: spacing, line-spacing (px). */
GtkLayoutManager *ent_wrap_layout_new (void);

G_END_DECLS
