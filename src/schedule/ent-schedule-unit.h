/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of the systemd units of a scheduled template, and reading them back: the files are
 * the only place where a schedule is kept. Pure. */
#pragma once

#include "ent-schedule.h"

G_BEGIN_DECLS

/* "entrega-3f2a91c0-12": the data folder's digest and the template's id, without a suffix. */
char *ent_schedule_unit_name (const char *data_dir, gint64 template_id);
char *ent_schedule_unit_prefix (const char *data_dir); /* "entrega-3f2a91c0-" */

char *ent_schedule_service_text (const EntScheduleEntry *entry);
char *ent_schedule_timer_text (const EntScheduleEntry *entry);
/* From a service's text; NULL where it is none of ours or was changed beyond reading. */
EntScheduleEntry *ent_schedule_entry_parse (const char *service_text);

/* One argument of ExecStart: quoted, with %, $ and backslashes escaped. (transfer full) */
char *ent_schedule_quote_argument (const char *text);

G_END_DECLS
