/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands of templates share. The program's only thread. */
#pragma once

#include "ent-cli.h"

#include "ent-report.h"
#include "ent-schedule.h"

G_BEGIN_DECLS

/* A template file, or the standard input for "-"; never more than a template may have is read,
 * whatever stands at @path. (transfer full) */
EntReport *ent_cli_template_read (const char *path, GCancellable *cancellable, GError **error);
/* The saved one; FAILED with a sentence where there is none. (transfer full) */
EntTemplate *ent_cli_template_find (EntUserData *user_data, const char *name, GError **error);
/* Wrong usage where @report, with its name, would be no valid template. */
gboolean ent_cli_template_check (const EntReport *report, GError **error);

/* What to do where a template of that name is there already. */
typedef enum
{
  ENT_CLI_SAVE_NEW,   /* refuse */
  ENT_CLI_SAVE_KNOWN, /* replace it if it still has the revision that was read */
  ENT_CLI_SAVE_FORCE, /* replace it */
} EntCliSave;
/* Saves @report under its name and tells so. @revision: for KNOWN. */
gboolean ent_cli_template_save_as (EntCli *cli,
                                   EntUserData *user_data,
                                   const EntReport *report,
                                   EntCliSave how,
                                   gint64 revision,
                                   GError **error);

/* Tells, on the standard error, which subaccounts, users, campaigns and carriers of @report no
 * message has: they match nothing. */
void ent_cli_template_tell_missing (EntCli *cli, EntStore *store, const EntReport *report);

/* The schedule of a template goes where its name goes (NULL: away). A failure is told, and stops
 * nothing. */
void ent_cli_template_move_timer (EntCli *cli, gint64 id, const char *name);
/* "Every day at 07:30"; NULL without a schedule. (transfer full) */
char *ent_cli_template_schedule (const EntScheduleEntry *entry);

G_END_DECLS
