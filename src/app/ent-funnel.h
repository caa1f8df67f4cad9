/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the messages came: total, sent, delivered, read, and (a guess) replied. */
#pragma once

#include "ent-breakdown.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_FUNNEL (ent_funnel_get_type ())
G_DECLARE_FINAL_TYPE (EntFunnel, ent_funnel, ENT, FUNNEL, GtkBox)

GtkWidget *ent_funnel_new (EntBreakdown *breakdown);

G_END_DECLS
