/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small square in a stage's colour and pattern: legends and tooltips. Main thread. */
#pragma once

#include "ent-vocabulary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_SWATCH (ent_swatch_get_type ())
G_DECLARE_FINAL_TYPE (EntSwatch, ent_swatch, ENT, SWATCH, GtkWidget)

GtkWidget *ent_swatch_new (EntStage stage);

G_END_DECLS
