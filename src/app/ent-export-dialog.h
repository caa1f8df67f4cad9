/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How to export what the page shows: format, dialect, privacy, columns, with how many rows and
 * bytes that will be and the first lines as they will stand in the file; then where to. Main
 * thread. */
#pragma once

#include "ent-engine.h"
#include "ent-export.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the user chose, with its path; the callee copies it. */
typedef void (*EntExportDialogFunc) (const EntExportRequest *request, gpointer data);
/* @request: what to begin with; its path's folder and name are proposed. @shown_columns: those of
 * the list on screen (element-type EntReportColumn). */
void ent_export_dialog_present (GtkWindow *parent,
                                EntEngine *engine,
                                const EntExportRequest *request,
                                GArray *shown_columns,
                                EntExportDialogFunc func,
                                gpointer data);

G_END_DECLS
