/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A percentage as a short bar beside its number. */
#pragma once

#include "ent-vocabulary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_RATE_BAR (ent_rate_bar_get_type ())
G_DECLARE_FINAL_TYPE (EntRateBar, ent_rate_bar, ENT, RATE_BAR, GtkWidget)

GtkWidget *ent_rate_bar_new (void);
/* 0 … 1000, or ENT_TENTHS_NONE for none. */
/* Whose colour it has; delivered at first. */
void ent_rate_bar_set_stage (EntRateBar *self, EntStage stage);
void ent_rate_bar_set_tenths (EntRateBar *self, int tenths);

G_END_DECLS
