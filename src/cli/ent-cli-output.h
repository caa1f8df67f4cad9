/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes to the terminal: data on the standard output, all the rest on the standard error.
 * The program's only thread. */
#pragma once

#include "ent-cli.h"

G_BEGIN_DECLS

/* A remark for --verbose. */
void ent_cli_note (const EntCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A remark, unless --quiet. */
void ent_cli_remark (const EntCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Always. */
void ent_cli_warn (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* One line that is overwritten; only where the standard error is a terminal and not --quiet. */
void ent_cli_progress (const EntCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
void ent_cli_clear_progress (void);
gboolean ent_cli_is_terminal (int fd);

/* Writes without printf's buffers of GLib: data may be large. */
void ent_cli_put (const char *text);

/* A table in aligned columns. */
typedef struct _EntCliTable EntCliTable;
/* @alignment: one sign per column, l or r. */
EntCliTable *ent_cli_table_new (const char *alignment);
void ent_cli_table_free (EntCliTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCliTable, ent_cli_table_free)
/* The next cell, row by row; takes ownership of @text. */
void ent_cli_table_take (EntCliTable *self, char *text);
void ent_cli_table_add (EntCliTable *self, const char *text);
/* A line of dashes before the next row. */
void ent_cli_table_rule (EntCliTable *self);
void ent_cli_table_print (EntCliTable *self);

/* Asks a question on the terminal; "" without one. @secret: what is typed is not shown.
 * (transfer full) */
char *ent_cli_ask (const char *question, gboolean secret);
/* Yes or no; TRUE without a terminal. */
gboolean ent_cli_confirm (const char *question);

G_END_DECLS
