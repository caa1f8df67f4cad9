/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why messages failed: a row a reason, most first, with what it means and what can be done. */
#pragma once

#include "ent-breakdown.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_REASON_LIST (ent_reason_list_get_type ())
G_DECLARE_FINAL_TYPE (EntReasonList, ent_reason_list, ENT, REASON_LIST, GtkBox)

GtkWidget *ent_reason_list_new (EntBreakdown *breakdown);

G_END_DECLS
