/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report: its head, and below it one of the two views. */
#pragma once

#include "ent-filter-bar.h"
#include "ent-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define ENT_TYPE_REPORT_PAGE (ent_report_page_get_type ())
G_DECLARE_FINAL_TYPE (EntReportPage, ent_report_page, ENT, REPORT_PAGE, GtkWidget)

void ent_report_page_set_session (EntReportPage *self, EntSession *session);
/* For the view switch of the header bar. */
AdwViewStack *ent_report_page_get_stack (EntReportPage *self);
EntFilterBar *ent_report_page_get_filter_bar (EntReportPage *self);
GtkWidget *ent_report_page_get_detailed (EntReportPage *self);

G_END_DECLS
