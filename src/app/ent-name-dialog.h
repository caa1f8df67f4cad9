/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a name: one entry, one button. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*EntNameDialogFunc) (const char *name, gpointer user_data);

/* @button: the verb. @taken: (nullable) names that may not be used again (array zero-terminated).
 * @func is called with the trimmed name, or not at all; @destroy always. */
void ent_name_dialog_present (GtkWindow *parent,
                              const char *title,
                              const char *body,
                              const char *button,
                              const char *name,
                              const char *const *taken,
                              EntNameDialogFunc func,
                              gpointer user_data,
                              GDestroyNotify destroy);

G_END_DECLS
