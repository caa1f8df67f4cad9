/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long delivering and reading took: half, nine tenths and 99 % of the messages, and of how
 * many that is known. */
#pragma once

#include "ent-breakdown.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_LATENCY (ent_latency_get_type ())
G_DECLARE_FINAL_TYPE (EntLatency, ent_latency, ENT, LATENCY, GtkBox)

GtkWidget *ent_latency_new (EntBreakdown *breakdown);

G_END_DECLS
