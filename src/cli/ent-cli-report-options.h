/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options that make a report, shared by report, list and export: a template first, then what
 * stands beside it on the command line. The program's only thread. */
#pragma once

#include "ent-cli.h"

#include "ent-report.h"

G_BEGIN_DECLS

typedef struct
{
  char *template_name;
  char *period;
  char *from;
  char *to;
  char *timezone;
  char *by;
  char *basis;
  char *percent_of;
  char *compare;
  char *sort;
  char *columns;
  GArray *words; /* of filters, in the order of the command line */
  /* The saved template that build started from; 0 and 0 without one. */
  gint64 template_id;
  gint64 template_revision;
} EntCliReportOptions;

/* Fields whose options a command does not take are left out of its help. */
typedef enum
{
  ENT_CLI_OPTIONS_SUMMARY = 1 << 0, /* --by --basis --percent-of --compare */
  ENT_CLI_OPTIONS_ROWS = 1 << 1,    /* --sort --columns */
} EntCliReportOptionsFlags;

void ent_cli_report_options_init (EntCliReportOptions *self);
void ent_cli_report_options_clear (EntCliReportOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntCliReportOptions, ent_cli_report_options_clear)

/* (array): for ent_cli_parse, whose user data must be @self; the strings are static. Frees with
 * g_free. */
GOptionEntry *ent_cli_report_options_entries (EntCliReportOptions *self,
                                              EntCliReportOptionsFlags flags);
/* The report that was asked for. @user_data: for templates by name. Sets the language to the
 * template's where none was asked for. (transfer full) */
EntReport *ent_cli_report_options_build (EntCliReportOptions *self,
                                         EntCli *cli,
                                         EntUserData *user_data,
                                         GError **error);

/* After a report was made: remembers when its template last ran, and tells which of its names are
 * not found. Nothing happens without a template. */
void ent_cli_report_options_done (const EntCliReportOptions *self,
                                  EntCli *cli,
                                  EntStore *store,
                                  EntUserData *user_data,
                                  const EntReport *report);

/* "a, b or c" of the keys that @key gives for 0 … n - 1. (transfer full) */
typedef const char *(*EntCliKeyFunc) (guint index);
char *ent_cli_list_keys (EntCliKeyFunc key, guint n);

G_END_DECLS
