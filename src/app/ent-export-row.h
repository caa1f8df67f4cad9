/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One export of the history: what, when, by whom; how far it is or what became of it; what can be
 * done with it. Main thread. */
#pragma once

#include "ent-export-item.h"
#include "ent-export-jobs.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_EXPORT_ROW (ent_export_row_get_type ())
G_DECLARE_FINAL_TYPE (EntExportRow, ent_export_row, ENT, EXPORT_ROW, GtkBox)

/* @zone: (not owned). */
GtkWidget *ent_export_row_new (EntExportJobs *jobs, const EntZone *zone);
void ent_export_row_set_item (EntExportRow *self, EntExportItem *item); /* (nullable) */

G_END_DECLS
