/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report is; a template is a report with a name. Everything that makes the
 * same report again is here, with relative dates unresolved; results and
 * credentials never are. A query is a report resolved at an instant. */
#pragma once

#include "ent-counters.h"
#include "ent-filter.h"
#include "ent-period.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_REPORT_ERROR_INVALID, /* wrong type or value; the message names the key */
  ENT_REPORT_ERROR_VERSION, /* not a template, or of a version without meaning here */
  ENT_REPORT_ERROR_LIMIT,   /* too large or too deep */
} EntReportError;
#define ENT_REPORT_ERROR (ent_report_error_quark ())
GQuark ent_report_error_quark (void);

typedef enum
{
  ENT_VIEW_CONSOLIDATED,
  ENT_VIEW_DETAILED,
} EntView;

typedef enum
{
  ENT_BASIS_SEND_DATE,  /* each message on the day of its acceptance */
  ENT_BASIS_EVENT_DATE, /* each stage on its own day: counts, no percentages */
} EntBasis;

typedef enum
{
  ENT_COMPARE_NONE,
  ENT_COMPARE_PREVIOUS_PERIOD,
  ENT_COMPARE_SAME_WEEKDAYS,
} EntCompare;

typedef enum
{
  ENT_CHART_COLUMNS,
  ENT_CHART_LINES,
} EntChartStyle;

/* The columns of the detailed report, in the order of files. */
typedef enum
{
  ENT_COLUMN_MESSAGE_ID,
  ENT_COLUMN_DIRECTION,
  ENT_COLUMN_CHANNEL,
  ENT_COLUMN_CREATED_AT,
  ENT_COLUMN_SENT_AT,
  ENT_COLUMN_DELIVERED_AT,
  ENT_COLUMN_READ_AT,
  ENT_COLUMN_FAILED_AT,
  ENT_COLUMN_RECEIVED_AT,
  ENT_COLUMN_STATUS,
  ENT_COLUMN_STAGE,
  ENT_COLUMN_REASON_CODE,
  ENT_COLUMN_REASON,
  ENT_COLUMN_PHONE,
  ENT_COLUMN_CONTACT_NAME,
  ENT_COLUMN_ORIGIN,
  ENT_COLUMN_CONTENT_TYPE,
  ENT_COLUMN_CONTENT,
  ENT_COLUMN_SUBACCOUNT_ID,
  ENT_COLUMN_SUBACCOUNT,
  ENT_COLUMN_USER_ID,
  ENT_COLUMN_USER,
  ENT_COLUMN_CAMPAIGN_ID,
  ENT_COLUMN_CAMPAIGN,
  ENT_COLUMN_CORRELATION_ID,
  ENT_COLUMN_EXTRA_INFO,
  ENT_COLUMN_WITH_SESSION,
  ENT_COLUMN_CONVERSATION_ID,
  ENT_COLUMN_CONVERSATION_TYPE,
  ENT_COLUMN_CONVERSATION_EXPIRES_AT,
  ENT_COLUMN_CARRIER,
  ENT_COLUMN_PARTS,
  ENT_COLUMN_SECS_TO_DELIVER,
  ENT_COLUMN_SECS_TO_READ,
  ENT_COLUMN_UPDATED_AT,
  ENT_COLUMN_SOURCE,
  ENT_COLUMN_COVERAGE,
} EntColumn;
#define ENT_N_COLUMNS 37
const char *ent_column_key (EntColumn column);
gboolean ent_column_from_key (const char *key, EntColumn *column);

typedef enum
{
  ENT_FORMAT_CSV,
  ENT_FORMAT_XLSX,
  ENT_FORMAT_PDF,
} EntFormat;
const char *ent_format_key (EntFormat format);
gboolean ent_format_from_key (const char *key, EntFormat *format);

typedef enum
{
  ENT_DIALECT_DEFAULT, /* by locale: excel-pt where the decimal sign is a comma, else excel-en */
  ENT_DIALECT_EXCEL_PT,
  ENT_DIALECT_EXCEL_EN,
  ENT_DIALECT_MACHINE,
  ENT_DIALECT_CUSTOM,
} EntDialect;
const char *ent_dialect_key (EntDialect dialect);
gboolean ent_dialect_from_key (const char *key, EntDialect *dialect);

typedef enum
{
  ENT_PRIVACY_FULL = 0,
  ENT_PRIVACY_LAST4 = 1 << 0,
  ENT_PRIVACY_PSEUDONYM = 1 << 1,
  ENT_PRIVACY_NO_CONTENT = 1 << 2, /* together with one of the others */
} EntPrivacy;

typedef struct
{
  EntColumn column;
  int width; /* px; 0 = the default */
} EntReportColumn;

typedef struct
{
  EntColumn column;
  gboolean descending;
} EntSort;

typedef struct
{
  char *name; /* NULL for a report that is no template; unique, NFC, trimmed */
  EntView view;
  EntPeriod period;
  EntZone *zone;
  EntFilter *filter;
  EntBasis basis;
  EntPercentBase percent_of;
  EntBy by;
  EntCompare compare;
  guint series; /* bits 1u << EntStage that the chart draws */
  EntChartStyle chart_style;
  GArray *columns; /* EntReportColumn; empty = the default ones */
  EntSort sort;
  EntFormat format;
  EntDialect dialect;
  EntPrivacy privacy;
  char *locale;      /* NULL = the user's */
  JsonObject *extra; /* the file as it came, for unknown keys; may be NULL */
} EntReport;

/* last-7-days, default zone, no filter, by day, created_at:desc. @locale: for the zone. */
EntReport *ent_report_new (const char *locale);
EntReport *ent_report_copy (const EntReport *self);
void ent_report_free (EntReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntReport, ent_report_free)
gboolean ent_report_equal (const EntReport *a, const EntReport *b);

gboolean ent_sort_parse (const char *text, EntSort *sort, GError **error); /* created_at:desc */
gboolean ent_privacy_add_key (EntPrivacy *privacy,
                              const char *key,
                              GError **error); /* full last4 pseudonym no-content */
/* @n: how many. The columns on screen by default. */
const EntColumn *ent_columns_default (guint *n);

/* The template file: fixed order of keys, two-space indentation, unknown keys kept where
 * they stood, a final newline. */
char *ent_report_to_json (const EntReport *self);
/* At most 1 MB, depth 16; every refusal says which key and why. */
EntReport *ent_report_from_json (const char *text, gsize length, GError **error);

/* A report at an instant. */
typedef struct
{
  EntFilter *filter;
  EntZone *zone;
  EntRange range;
  gint64 now;
  EntBasis basis;
} EntQuery;

EntQuery *ent_query_new (const EntReport *report, gint64 now);
EntQuery *ent_query_copy (const EntQuery *self);
void ent_query_free (EntQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntQuery, ent_query_free)

G_END_DECLS
