/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telling the desktop that a report is there: for commands that a timer runs, where nobody looks at
 * a terminal. The program's only thread. */
#pragma once

#include "ent-cli.h"

#include "ent-export.h"

G_BEGIN_DECLS

/* A notification on the session's bus. Names the template, the number of rows and the file, never a
 * message, a number or a person. Without a bus, or without anyone who shows notifications, nothing
 * happens: that is no failure. */
void
ent_cli_notify_done (const EntCli *cli, const EntReport *report, const EntExportResult *result);
void ent_cli_notify_failed (const EntCli *cli, const EntReport *report);

G_END_DECLS
