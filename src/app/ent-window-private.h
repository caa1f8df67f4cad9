/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of EntWindow share. Main thread. */
#pragma once

#include "ent-banner.h"
#include "ent-export-document.h"
#include "ent-report-page.h"
#include "ent-schedules.h"
#include "ent-sidebar.h"
#include "ent-sync-button.h"
#include "ent-template-bar.h"
#include "ent-template-page.h"
#include "ent-welcome.h"
#include "ent-window.h"

G_BEGIN_DECLS

struct _EntWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwFlap *flap;
  EntSidebar *sidebar;
  AdwViewSwitcherTitle *switcher_title;
  AdwWindowTitle *page_title;
  AdwViewSwitcherBar *switcher_bar;
  EntSyncButton *sync_button;
  GtkWidget *export_button;
  GtkWidget *report_menu;
  GtkMenuButton *primary_menu;
  EntBanner *banner;
  GtkStack *pages;
  EntWelcome *welcome;
  EntReportPage *report_page;
  GtkBox *exports_slot;
  GtkBox *sources_slot;
  GtkBox *template_slot;
  EntTemplateBar *template_bar;
  EntTemplatePage *template_page; /* NULL before it is ready */
  AdwStatusPage *failure;

  EntEngine *engine;
  EntSession *session;
  EntSchedules *schedules;
  GHashTable *loaded;         /* id → EntTemplate as it was loaded or saved here */
  GPtrArray *waiting_files;   /* GFile: to be imported once the templates are known */
  GHashTable *deleted_timers; /* id → EntScheduleEntry of a template that may come back */
  GSimpleActionGroup *report_actions;
  gboolean ready;
  int width;
  guint adapt_id;
};

/* ent-window-actions.c */
void ent_window_add_actions (EntWindow *self);
void ent_window_add_session_actions (EntWindow *self);
void ent_window_update_actions (EntWindow *self);

/* ent-window.c */
void ent_window_update_title (EntWindow *self);

/* ent-window-templates.c */
void ent_window_add_template_actions (EntWindow *self);
void ent_window_ready_templates (EntWindow *self);
void ent_window_run_template (EntWindow *self, gint64 id);

/* ent-window-template-list.c, ent-window-template-files.c */
void ent_window_add_template_list_actions (EntWindow *self);
void ent_window_add_template_file_actions (EntWindow *self);

/* ent-window-export.c */
void ent_window_add_export_actions (EntWindow *self);
/* What is shown, with the privacy and dialect that are preferred. (transfer full) */
EntExportRequest *ent_window_export_request (EntWindow *self, EntFormat format, const char *path);
/* Of a file, without its ending. (transfer full) */
char *ent_window_export_name (EntWindow *self);
/* Where the last export went, else the documents. (transfer full) */
char *ent_window_export_folder (void);

/* ent-window-print.c */
void ent_window_add_print_action (EntWindow *self);

G_END_DECLS
