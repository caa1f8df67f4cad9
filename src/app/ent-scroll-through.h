/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scrolled window within a scrolled page stops the wheel, also where it has nothing to scroll:
 * this hands it on to the page. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where @scroller cannot move up or down any further, the page around it does. */
void ent_scroll_through (GtkScrolledWindow *scroller);

G_END_DECLS
