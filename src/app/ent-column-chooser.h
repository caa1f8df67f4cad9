/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button that opens a list of columns: search, switch on and off. Main thread. */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whose columns are chosen. */
typedef struct
{
  GArray *(*get) (gpointer data); /* EntReportColumn, in order; (transfer full) */
  void (*set) (GArray *columns, gpointer data);
  gboolean with_coverage; /* looked up when files are written, not for each row on screen */
} EntColumnChoice;

/* @data must outlive the button. */
GtkWidget *ent_column_chooser_new (const EntColumnChoice *choice, gpointer data);
/* Those of the report on screen. */
GtkWidget *ent_column_chooser_new_for_session (EntSession *session);

G_END_DECLS
