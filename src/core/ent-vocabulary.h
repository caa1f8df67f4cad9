/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The closed vocabularies of the domain and their machine keys.
 * A key is stable, written with hyphens, never translated: files, the command
 * line and JSON use it; src/words/ has the words that people read.
 * Pure values, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ENT_CHANNEL_WHATSAPP,
  ENT_CHANNEL_SMS,
  ENT_CHANNEL_RCS,
  ENT_CHANNEL_MMS,
  ENT_CHANNEL_OTHER,
} EntChannel;
#define ENT_N_CHANNELS 5

/* Mobile terminated: sent to the customer. Mobile originated: received from the customer. */
typedef enum
{
  ENT_DIRECTION_MT,
  ENT_DIRECTION_MO,
} EntDirection;
#define ENT_N_DIRECTIONS 2

typedef enum
{
  ENT_CONTENT_TYPE_TEXT,
  ENT_CONTENT_TYPE_TEMPLATE,
  ENT_CONTENT_TYPE_IMAGE,
  ENT_CONTENT_TYPE_AUDIO,
  ENT_CONTENT_TYPE_VIDEO,
  ENT_CONTENT_TYPE_DOCUMENT,
  ENT_CONTENT_TYPE_STICKER,
  ENT_CONTENT_TYPE_LOCATION,
  ENT_CONTENT_TYPE_CONTACT,
  ENT_CONTENT_TYPE_INTERACTIVE,
  ENT_CONTENT_TYPE_OTHER,
} EntContentType;
#define ENT_N_CONTENT_TYPES 11

/* The present state of a message; exclusive. UNCONFIRMED is never stored: it is
 * SENT seen at a given now (ent_status_at). */
typedef enum
{
  ENT_STATUS_QUEUED,
  ENT_STATUS_SENT,
  ENT_STATUS_DELIVERED,
  ENT_STATUS_READ,
  ENT_STATUS_SEND_FAILED,
  ENT_STATUS_NOT_DELIVERED,
  ENT_STATUS_RECEIVED,
  ENT_STATUS_UNCONFIRMED,
} EntStatus;
#define ENT_N_STATUSES 8

/* What a counter counts; cumulative ("stage reached"). */
typedef enum
{
  ENT_STAGE_TOTAL,
  ENT_STAGE_SENT,
  ENT_STAGE_DELIVERED,
  ENT_STAGE_READ,
  ENT_STAGE_ERRORS,
  ENT_STAGE_SEND_FAILED,
  ENT_STAGE_NOT_DELIVERED,
  ENT_STAGE_PENDING,
  ENT_STAGE_RECEIVED,
} EntStage;
#define ENT_N_STAGES 9

/* Why a message failed; NONE for one that did not. */
typedef enum
{
  ENT_REASON_NONE,
  ENT_REASON_INVALID_NUMBER,
  ENT_REASON_UNREACHABLE,
  ENT_REASON_EXPIRED,
  ENT_REASON_BLOCKED,
  ENT_REASON_CONTENT,
  ENT_REASON_WINDOW,
  ENT_REASON_QUOTA,
  ENT_REASON_PLATFORM,
  ENT_REASON_UNKNOWN,
} EntReason;
#define ENT_N_REASONS 10

/* How well a stretch of time was synchronised, worst first. */
typedef enum
{
  ENT_COVERAGE_NONE,
  ENT_COVERAGE_PARTIAL,
  ENT_COVERAGE_STALE,
  ENT_COVERAGE_COMPLETE,
} EntCoverage;
#define ENT_N_COVERAGES 4

/* What a summary's rows stand for. */
typedef enum
{
  ENT_BY_DAY,
  ENT_BY_HOUR,
  ENT_BY_WEEK,
  ENT_BY_MONTH,
  ENT_BY_SUBACCOUNT,
  ENT_BY_USER,
  ENT_BY_CAMPAIGN,
  ENT_BY_CONTENT_TYPE,
  ENT_BY_STATUS,
  ENT_BY_REASON,
  ENT_BY_CARRIER,
} EntBy;
#define ENT_N_BYS 11

/* Each vocabulary: value → key (NULL out of range; "" for ENT_REASON_NONE), key → value. */
const char *ent_channel_key (EntChannel value);
gboolean ent_channel_from_key (const char *key, EntChannel *value);
const char *ent_direction_key (EntDirection value);
gboolean ent_direction_from_key (const char *key, EntDirection *value);
const char *ent_content_type_key (EntContentType value);
gboolean ent_content_type_from_key (const char *key, EntContentType *value);
const char *ent_status_key (EntStatus value);
gboolean ent_status_from_key (const char *key, EntStatus *value);
const char *ent_stage_key (EntStage value);
gboolean ent_stage_from_key (const char *key, EntStage *value);
const char *ent_reason_key (EntReason value);
gboolean ent_reason_from_key (const char *key, EntReason *value);
const char *ent_coverage_key (EntCoverage value);
gboolean ent_coverage_from_key (const char *key, EntCoverage *value);
const char *ent_by_key (EntBy value);
gboolean ent_by_from_key (const char *key, EntBy *value);
gboolean ent_by_is_time (EntBy value);

/* Only some channels can tell that a message was read (WhatsApp, RCS; not SMS, MMS, other). */
gboolean ent_channel_reports_reads (EntChannel channel);

/* The statuses that a stage counts, as a set of bits 1u << EntStatus. */
guint ent_stage_statuses (EntStage stage);

G_END_DECLS
