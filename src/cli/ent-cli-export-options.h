/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a report is written into a file, as options: shared by export and template save.
 * The program's only thread. */
#pragma once

#include "ent-cli.h"

#include "ent-report.h"

G_BEGIN_DECLS

typedef struct
{
  char *view;
  char *format;
  char *dialect;
  GStrv privacy;
} EntCliExportOptions;

void ent_cli_export_options_clear (EntCliExportOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntCliExportOptions, ent_cli_export_options_clear)

#define ENT_CLI_N_EXPORT_OPTIONS 4
/* Their entries; the strings are static. */
void ent_cli_export_options_fill (EntCliExportOptions *self,
                                  GOptionEntry entries[ENT_CLI_N_EXPORT_OPTIONS]);
/* Each option that was given replaces what @report says. Every failure is one of usage. */
gboolean
ent_cli_export_options_apply (const EntCliExportOptions *self, EntReport *report, GError **error);
/* The formats that can be written: "csv, xlsx, pdf". (transfer full) */
char *ent_cli_list_formats (void);

G_END_DECLS
