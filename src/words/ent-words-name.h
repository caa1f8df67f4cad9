/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the closed vocabularies, in the user's language. Values out of range give "".
 * Any thread once ent_words_init has run. */
#pragma once

#include "ent-report.h"

G_BEGIN_DECLS

const char *ent_words_channel (EntChannel channel);
const char *ent_words_direction (EntDirection direction); /* Sent to customer (MT) */
const char *
ent_words_direction_short (EntDirection direction); /* Sent, Received: for narrow cells */
const char *ent_words_content_type (EntContentType type);
const char *ent_words_status (EntStatus status);
const char *ent_words_status_help (EntStatus status); /* one sentence */
const char *ent_words_stage (EntStage stage);         /* as a card or a column head: Delivered */
const char *ent_words_stage_help (EntStage stage);    /* what it counts, one sentence */
const char *ent_words_reason (EntReason reason);      /* "" for NONE */
/* What happened and what the sender can do, one sentence; "" for NONE. */
const char *ent_words_reason_help (EntReason reason);
const char *ent_words_coverage (EntCoverage coverage);
const char *ent_words_coverage_help (EntCoverage coverage);
/* The name of a table of a file: By day, Campaign. */
const char *ent_words_by_title (EntBy by);
const char *ent_words_by (EntBy by); /* Day, Campaign: head of the first column of a breakdown */
/* The row for messages without one: (no campaign). Time grains: "". */
const char *ent_words_by_none (EntBy by);
const char *ent_words_column (EntColumn column);
const char *ent_words_period (EntPeriodKind kind);
const char *ent_words_counter (guint index); /* as ent_counters_key counts them */
const char *ent_words_rate (EntRate rate);   /* Delivery rate, Read rate (at least) */
typedef enum
{
  ENT_RATE_NUMERATOR,
  ENT_RATE_DENOMINATOR,
  ENT_RATE_PERCENT,
} EntRatePart;
/* Head of one of the three columns of a rate: "Delivery rate: numerator", "Delivery rate (%)".
 * (transfer full) */
char *ent_words_rate_part (EntRate rate, EntRatePart part);
/* The definition that is printed with the numbers: "Delivered ÷ sent" by base. */
const char *ent_words_rate_definition (EntRate rate, EntPercentBase base);
const char *ent_words_flag (gboolean flag); /* yes, no */
const char *ent_words_view (EntView view);
const char *ent_words_basis (EntBasis basis);
const char *ent_words_percent_base (EntPercentBase base);
const char *ent_words_compare (EntCompare compare);
const char *ent_words_chart_style (EntChartStyle style);
const char *ent_words_format (EntFormat format); /* CSV, Excel (XLSX), PDF */
const char *ent_words_dialect (EntDialect dialect);
const char *ent_words_dialect_help (EntDialect dialect);
/* One flag at a time. */
const char *ent_words_privacy (EntPrivacy privacy);
const char *ent_words_privacy_help (EntPrivacy privacy);
/* Several flags in one text: "Last four digits, no content". */
char *ent_words_privacy_modes (EntPrivacy privacy);
/* @state: an EntExportState of the store. */
const char *ent_words_export_state (int state);

/* The name of a summary's row: "Wed 19 Nov", "Wed 19 Nov 14:00", "16–22 Nov", "November 2026",
 * a status, a campaign's own name made safe to show, "(no campaign)". */
char *ent_words_row (EntBy by, const char *key);

G_END_DECLS
