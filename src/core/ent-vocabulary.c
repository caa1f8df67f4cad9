/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The machine keys of the closed vocabularies: one table per vocabulary, in the order of its
 * enumeration. Constant data, any thread. */

#include "config.h"

#include "ent-vocabulary.h"

#include <string.h>

static const char *const channel_keys[] = {
  [ENT_CHANNEL_WHATSAPP] = "whatsapp", [ENT_CHANNEL_SMS] = "sms",     [ENT_CHANNEL_RCS] = "rcs",
  [ENT_CHANNEL_MMS] = "mms",           [ENT_CHANNEL_OTHER] = "other",
};
G_STATIC_ASSERT (G_N_ELEMENTS (channel_keys) == ENT_N_CHANNELS);

static const char *const direction_keys[] = {
  [ENT_DIRECTION_MT] = "mt",
  [ENT_DIRECTION_MO] = "mo",
};
G_STATIC_ASSERT (G_N_ELEMENTS (direction_keys) == ENT_N_DIRECTIONS);

static const char *const content_type_keys[] = {
  [ENT_CONTENT_TYPE_TEXT] = "text",       [ENT_CONTENT_TYPE_TEMPLATE] = "template",
  [ENT_CONTENT_TYPE_IMAGE] = "image",     [ENT_CONTENT_TYPE_AUDIO] = "audio",
  [ENT_CONTENT_TYPE_VIDEO] = "video",     [ENT_CONTENT_TYPE_DOCUMENT] = "document",
  [ENT_CONTENT_TYPE_STICKER] = "sticker", [ENT_CONTENT_TYPE_LOCATION] = "location",
  [ENT_CONTENT_TYPE_CONTACT] = "contact", [ENT_CONTENT_TYPE_INTERACTIVE] = "interactive",
  [ENT_CONTENT_TYPE_OTHER] = "other",
};
G_STATIC_ASSERT (G_N_ELEMENTS (content_type_keys) == ENT_N_CONTENT_TYPES);

static const char *const status_keys[] = {
  [ENT_STATUS_QUEUED] = "queued",           [ENT_STATUS_SENT] = "sent",
  [ENT_STATUS_DELIVERED] = "delivered",     [ENT_STATUS_READ] = "read",
  [ENT_STATUS_SEND_FAILED] = "send-failed", [ENT_STATUS_NOT_DELIVERED] = "not-delivered",
  [ENT_STATUS_RECEIVED] = "received",       [ENT_STATUS_UNCONFIRMED] = "unconfirmed",
};
G_STATIC_ASSERT (G_N_ELEMENTS (status_keys) == ENT_N_STATUSES);

static const char *const stage_keys[] = {
  [ENT_STAGE_TOTAL] = "total",
  [ENT_STAGE_SENT] = "sent",
  [ENT_STAGE_DELIVERED] = "delivered",
  [ENT_STAGE_READ] = "read",
  [ENT_STAGE_ERRORS] = "errors",
  [ENT_STAGE_SEND_FAILED] = "send-failed",
  [ENT_STAGE_NOT_DELIVERED] = "not-delivered",
  [ENT_STAGE_PENDING] = "pending",
  [ENT_STAGE_RECEIVED] = "received",
};
G_STATIC_ASSERT (G_N_ELEMENTS (stage_keys) == ENT_N_STAGES);

static const char *const reason_keys[] = {
  [ENT_REASON_NONE] = "",
  [ENT_REASON_INVALID_NUMBER] = "invalid-number",
  [ENT_REASON_UNREACHABLE] = "unreachable",
  [ENT_REASON_EXPIRED] = "expired",
  [ENT_REASON_BLOCKED] = "blocked",
  [ENT_REASON_CONTENT] = "content",
  [ENT_REASON_WINDOW] = "window",
  [ENT_REASON_QUOTA] = "quota",
  [ENT_REASON_PLATFORM] = "platform",
  [ENT_REASON_UNKNOWN] = "unknown",
};
G_STATIC_ASSERT (G_N_ELEMENTS (reason_keys) == ENT_N_REASONS);

static const char *const coverage_keys[] = {
  [ENT_COVERAGE_NONE] = "none",
  [ENT_COVERAGE_PARTIAL] = "partial",
  [ENT_COVERAGE_STALE] = "stale",
  [ENT_COVERAGE_COMPLETE] = "complete",
};
G_STATIC_ASSERT (G_N_ELEMENTS (coverage_keys) == ENT_N_COVERAGES);

static const char *const by_keys[] = {
  [ENT_BY_DAY] = "day",
  [ENT_BY_HOUR] = "hour",
  [ENT_BY_WEEK] = "week",
  [ENT_BY_MONTH] = "month",
  [ENT_BY_SUBACCOUNT] = "subaccount",
  [ENT_BY_USER] = "user",
  [ENT_BY_CAMPAIGN] = "campaign",
  [ENT_BY_CONTENT_TYPE] = "content-type",
  [ENT_BY_STATUS] = "status",
  [ENT_BY_REASON] = "reason",
  [ENT_BY_CARRIER] = "carrier",
};
G_STATIC_ASSERT (G_N_ELEMENTS (by_keys) == ENT_N_BYS);

/* An enumeration may reach us as any integer (a stored one, say), so the cast to unsigned checks
 * both ends. */
static const char *
key_at (const char *const *keys, guint n, guint value)
{
  return value < n ? keys[value] : NULL;
}

static gboolean
find_key (const char *const *keys, guint n, const char *key, guint *value)
{
  if (key == NULL)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (strcmp (keys[i], key) == 0)
        {
          *value = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* The pair of public functions of one vocabulary. */
#define DEFINE_VOCABULARY(Type, name)                                                              \
  const char *ent_##name##_key (Type value)                                                        \
  {                                                                                                \
    return key_at (name##_keys, G_N_ELEMENTS (name##_keys), (guint) value);                        \
  }                                                                                                \
                                                                                                   \
  gboolean ent_##name##_from_key (const char *key, Type *value)                                    \
  {                                                                                                \
    guint found = 0;                                                                               \
                                                                                                   \
    if (!find_key (name##_keys, G_N_ELEMENTS (name##_keys), key, &found))                          \
      return FALSE;                                                                                \
    if (value != NULL)                                                                             \
      *value = (Type) found;                                                                       \
    return TRUE;                                                                                   \
  }

DEFINE_VOCABULARY (EntChannel, channel)
DEFINE_VOCABULARY (EntDirection, direction)
DEFINE_VOCABULARY (EntContentType, content_type)
DEFINE_VOCABULARY (EntStatus, status)
DEFINE_VOCABULARY (EntStage, stage)
DEFINE_VOCABULARY (EntReason, reason)
DEFINE_VOCABULARY (EntCoverage, coverage)
DEFINE_VOCABULARY (EntBy, by)

gboolean
ent_by_is_time (EntBy value)
{
  return (guint) value <= ENT_BY_MONTH;
}

gboolean
ent_channel_reports_reads (EntChannel channel)
{
  return channel == ENT_CHANNEL_WHATSAPP || channel == ENT_CHANNEL_RCS;
}

#define BIT(status) (1u << ENT_STATUS_##status)

/* Each line is the definition of one counter. SENT_SET is what left: unconfirmed messages are a
 * part of those in transit. */
#define SENT_SET                                                                                   \
  (BIT (SENT) | BIT (UNCONFIRMED) | BIT (DELIVERED) | BIT (READ) | BIT (NOT_DELIVERED))

guint
ent_stage_statuses (EntStage stage)
{
  static const guint statuses[] = {
    [ENT_STAGE_TOTAL] = SENT_SET | BIT (QUEUED) | BIT (SEND_FAILED),
    [ENT_STAGE_SENT] = SENT_SET,
    [ENT_STAGE_DELIVERED] = BIT (DELIVERED) | BIT (READ),
    [ENT_STAGE_READ] = BIT (READ),
    [ENT_STAGE_ERRORS] = BIT (SEND_FAILED) | BIT (NOT_DELIVERED),
    [ENT_STAGE_SEND_FAILED] = BIT (SEND_FAILED),
    [ENT_STAGE_NOT_DELIVERED] = BIT (NOT_DELIVERED),
    [ENT_STAGE_PENDING] = BIT (QUEUED) | BIT (SENT) | BIT (UNCONFIRMED),
    [ENT_STAGE_RECEIVED] = BIT (RECEIVED),
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (statuses) == ENT_N_STAGES);

  return (guint) stage < ENT_N_STAGES ? statuses[stage] : 0;
}
