/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter that is in force, with a button that takes it away. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_CHIP (ent_chip_get_type ())
G_DECLARE_FINAL_TYPE (EntChip, ent_chip, ENT, CHIP, GtkWidget)

/* Signal "removed". @css_class: a further style class, or NULL. */
GtkWidget *ent_chip_new (const char *text, const char *css_class);

G_END_DECLS
