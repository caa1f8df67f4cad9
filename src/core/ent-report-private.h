/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reader and the writer of template files share: the keys, in the order of the
 * file, and the words of the closed sets that only templates use. Pure; any thread. */
#pragma once

#include "ent-report.h"

G_BEGIN_DECLS

#define ENT_REPORT_FORMAT 1
#define ENT_REPORT_MAX_BYTES (1024 * 1024)
#define ENT_REPORT_MAX_DEPTH 16
#define ENT_REPORT_MAX_WIDTH 4096

/* Objects of the file that may hold members of a newer program. */
typedef enum
{
  ENT_REPORT_OBJECT_ROOT,
  ENT_REPORT_OBJECT_PERIOD,
  ENT_REPORT_OBJECT_CHART,
  ENT_REPORT_OBJECT_COLUMN,
  ENT_REPORT_OBJECT_EXPORT,
} EntReportObject;

gboolean ent_report_is_known (EntReportObject object, const char *key);

/* A closed set: NULL-terminated, in the order of its enumeration. */
extern const char *const ent_report_views[];
extern const char *const ent_report_bases[];
extern const char *const ent_report_percents[];
extern const char *const ent_report_compares[];
extern const char *const ent_report_styles[];
extern const char *const ent_report_formats[];
extern const char *const ent_report_dialects[];

/* -1 where @key is not in @set. */
int ent_report_find_key (const char *const *set, const char *key);
/* "a, b, c". (transfer full) */
char *ent_report_list_keys (const char *const *set);

G_END_DECLS
