/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys are a contract with files and scripts: each is written out here once more. */

#include "config.h"

#include "ent-vocabulary.h"

#define GARBAGE 77

/* Values to keys, keys to values, and what is neither. */
#define CHECK_VOCABULARY(Type, name, N, ...)                                                       \
  static void test_##name (void)                                                                   \
  {                                                                                                \
    static const char *const expected[] = { __VA_ARGS__ };                                         \
    Type value = (Type) GARBAGE;                                                                   \
                                                                                                   \
    g_assert_cmpuint (G_N_ELEMENTS (expected), ==, N);                                             \
    for (guint i = 0; i < N; i++)                                                                  \
      {                                                                                            \
        g_assert_cmpstr (ent_##name##_key ((Type) i), ==, expected[i]);                            \
        g_assert_true (ent_##name##_from_key (expected[i], &value));                               \
        g_assert_cmpuint (value, ==, i);                                                           \
        g_assert_true (ent_##name##_from_key (expected[i], NULL));                                 \
      }                                                                                            \
    value = (Type) GARBAGE;                                                                        \
    g_assert_null (ent_##name##_key ((Type) N));                                                   \
    g_assert_null (ent_##name##_key ((Type) -1));                                                  \
    g_assert_false (ent_##name##_from_key ("Whatsapp", &value));                                   \
    g_assert_false (ent_##name##_from_key ("send_failed", &value));                                \
    g_assert_false (ent_##name##_from_key (" text", &value));                                      \
    g_assert_false (ent_##name##_from_key (NULL, &value));                                         \
    g_assert_cmpuint (value, ==, GARBAGE);                                                         \
  }

CHECK_VOCABULARY (EntChannel, channel, ENT_N_CHANNELS, "whatsapp", "sms", "rcs", "mms", "other")
CHECK_VOCABULARY (EntDirection, direction, ENT_N_DIRECTIONS, "mt", "mo")
CHECK_VOCABULARY (EntContentType,
                  content_type,
                  ENT_N_CONTENT_TYPES,
                  "text",
                  "template",
                  "image",
                  "audio",
                  "video",
                  "document",
                  "sticker",
                  "location",
                  "contact",
                  "interactive",
                  "other")
CHECK_VOCABULARY (EntStatus,
                  status,
                  ENT_N_STATUSES,
                  "queued",
                  "sent",
                  "delivered",
                  "read",
                  "send-failed",
                  "not-delivered",
                  "received",
                  "unconfirmed")
CHECK_VOCABULARY (EntStage,
                  stage,
                  ENT_N_STAGES,
                  "total",
                  "sent",
                  "delivered",
                  "read",
                  "errors",
                  "send-failed",
                  "not-delivered",
                  "pending",
                  "received")
CHECK_VOCABULARY (EntReason,
                  reason,
                  ENT_N_REASONS,
                  "",
                  "invalid-number",
                  "unreachable",
                  "expired",
                  "blocked",
                  "content",
                  "window",
                  "quota",
                  "platform",
                  "unknown")
CHECK_VOCABULARY (EntCoverage, coverage, ENT_N_COVERAGES, "none", "partial", "stale", "complete")
CHECK_VOCABULARY (EntBy,
                  by,
                  ENT_N_BYS,
                  "day",
                  "hour",
                  "week",
                  "month",
                  "subaccount",
                  "user",
                  "campaign",
                  "content-type",
                  "status",
                  "reason",
                  "carrier")

static void
test_by_is_time (void)
{
  for (guint by = 0; by < ENT_N_BYS; by++)
    g_assert_cmpint (ent_by_is_time ((EntBy) by), ==,
                     by == ENT_BY_DAY || by == ENT_BY_HOUR || by == ENT_BY_WEEK ||
                         by == ENT_BY_MONTH);
}

static void
test_reads (void)
{
  g_assert_true (ent_channel_reports_reads (ENT_CHANNEL_WHATSAPP));
  g_assert_true (ent_channel_reports_reads (ENT_CHANNEL_RCS));
  g_assert_false (ent_channel_reports_reads (ENT_CHANNEL_SMS));
  g_assert_false (ent_channel_reports_reads (ENT_CHANNEL_MMS));
  g_assert_false (ent_channel_reports_reads (ENT_CHANNEL_OTHER));
}

static guint
bits (const EntStatus *statuses, guint n)
{
  guint set = 0;

  for (guint i = 0; i < n; i++)
    set |= 1u << statuses[i];
  return set;
}

#define BITS(...)                                                                                  \
  bits ((EntStatus[]){ __VA_ARGS__ }, sizeof ((EntStatus[]){ __VA_ARGS__ }) / sizeof (EntStatus))

static void
test_stage_statuses (void)
{
  guint all = (1u << ENT_N_STATUSES) - 1;
  guint total = ent_stage_statuses (ENT_STAGE_TOTAL);

  g_assert_cmphex (total, ==, all & ~(1u << ENT_STATUS_RECEIVED));
  g_assert_cmphex (ent_stage_statuses (ENT_STAGE_SENT), ==,
                   BITS (ENT_STATUS_SENT, ENT_STATUS_UNCONFIRMED, ENT_STATUS_DELIVERED,
                         ENT_STATUS_READ, ENT_STATUS_NOT_DELIVERED));
  g_assert_cmphex (ent_stage_statuses (ENT_STAGE_DELIVERED), ==,
                   BITS (ENT_STATUS_DELIVERED, ENT_STATUS_READ));
  g_assert_cmphex (ent_stage_statuses (ENT_STAGE_READ), ==, BITS (ENT_STATUS_READ));
  g_assert_cmphex (ent_stage_statuses (ENT_STAGE_SEND_FAILED), ==, BITS (ENT_STATUS_SEND_FAILED));
  g_assert_cmphex (ent_stage_statuses (ENT_STAGE_NOT_DELIVERED), ==,
                   BITS (ENT_STATUS_NOT_DELIVERED));
  g_assert_cmphex (ent_stage_statuses (ENT_STAGE_ERRORS), ==,
                   BITS (ENT_STATUS_SEND_FAILED, ENT_STATUS_NOT_DELIVERED));
  g_assert_cmphex (ent_stage_statuses (ENT_STAGE_PENDING), ==,
                   BITS (ENT_STATUS_QUEUED, ENT_STATUS_SENT, ENT_STATUS_UNCONFIRMED));
  g_assert_cmphex (ent_stage_statuses (ENT_STAGE_RECEIVED), ==, BITS (ENT_STATUS_RECEIVED));
  g_assert_cmphex (ent_stage_statuses ((EntStage) ENT_N_STAGES), ==, 0);

  /* Delivered, errors and pending share the total out without rest. */
  g_assert_cmphex (ent_stage_statuses (ENT_STAGE_DELIVERED) |
                       ent_stage_statuses (ENT_STAGE_ERRORS) |
                       ent_stage_statuses (ENT_STAGE_PENDING),
                   ==, total);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vocabulary/channel", test_channel);
  g_test_add_func ("/vocabulary/direction", test_direction);
  g_test_add_func ("/vocabulary/content-type", test_content_type);
  g_test_add_func ("/vocabulary/status", test_status);
  g_test_add_func ("/vocabulary/stage", test_stage);
  g_test_add_func ("/vocabulary/reason", test_reason);
  g_test_add_func ("/vocabulary/coverage", test_coverage);
  g_test_add_func ("/vocabulary/by", test_by);
  g_test_add_func ("/vocabulary/by-is-time", test_by_is_time);
  g_test_add_func ("/vocabulary/reads", test_reads);
  g_test_add_func ("/vocabulary/stage-statuses", test_stage_statuses);
  return g_test_run ();
}
