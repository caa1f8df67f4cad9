/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of files with placeholders, such as {template}-{from}-{to}.xlsx: what a schedule needs so
 * that each run has a name of its own. A brace itself is written twice. Pure; any thread. */
#pragma once

#include "ent-report.h"

G_BEGIN_DECLS

/* template view period from to date time format; NULL-terminated. */
extern const char *const ent_export_placeholders[];
/* "{template}, {view}, …", for messages. (transfer full) */
char *ent_export_name_list_placeholders (void);

/* NULL where @pattern is right; else the part that is not: an unknown placeholder or a single
 * brace. (transfer full) (nullable) */
char *ent_export_name_find_fault (const char *pattern);
/* @pattern must be without fault. What is put in for a placeholder is safe in a name of a file
 * and never adds a folder; a long name of a template is cut so that the name stays short enough for
 * every file system. @now: for dates of relative periods, {date} and {time}, in the report's zone.
 * (transfer full) */
char *ent_export_name_expand (const char *pattern, const EntReport *report, gint64 now);
/* @text as a pattern that stands for itself. (transfer full) */
char *ent_export_name_escape (const char *text);

G_END_DECLS
