/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bin that wants no more width than the page needs beside a sidebar: AdwFlap folds by what its
 * content would like to have, and a page that wraps would like to have one long line. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_CONTENT_BIN (ent_content_bin_get_type ())
G_DECLARE_FINAL_TYPE (EntContentBin, ent_content_bin, ENT, CONTENT_BIN, GtkWidget)

G_END_DECLS
