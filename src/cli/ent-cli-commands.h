/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands, one file each. See EntCliCommand.run. The program's only thread. */
#pragma once

#include "ent-cli.h"

G_BEGIN_DECLS

gboolean ent_cli_source_add (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_source_list (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_source_test (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_source_remove (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_source_pause (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_source_resume (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_sync (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_report (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_list (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_show (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_export (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_template_list (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_template_show (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_template_save (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_template_delete (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_template_rename (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_template_duplicate (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_template_import (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_template_export (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_template_restore (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_exports_list (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_exports_verify (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_check (EntCli *cli, int argc, char **argv, GError **error);
gboolean ent_cli_erase (EntCli *cli, int argc, char **argv, GError **error);

G_END_DECLS
