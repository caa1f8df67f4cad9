/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine keys of reports, orders, privacy, and what a query takes from a report. */

#include "ent-report.h"
#include "ent-test-util.h"

#include <string.h>

static void
test_columns (void)
{
  /* The order of files, as it is documented. */
  static const char documented[] =
      "message_id, direction, channel, created_at, sent_at, delivered_at, read_at, failed_at, "
      "received_at, status, stage, reason_code, reason, phone, contact_name, origin, "
      "content_type, content, subaccount_id, subaccount, user_id, user, campaign_id, campaign, "
      "correlation_id, extra_info, with_session, conversation_id, conversation_type, "
      "conversation_expires_at, carrier, parts, secs_to_deliver, secs_to_read, updated_at, "
      "source, coverage";
  g_auto (GStrv) keys = g_strsplit (documented, ", ", -1);
  EntColumn column = ENT_COLUMN_COVERAGE;
  const EntColumn *defaults;
  guint n;

  g_assert_cmpuint (g_strv_length (keys), ==, ENT_N_COLUMNS);
  for (guint i = 0; i < ENT_N_COLUMNS; i++)
    {
      g_assert_cmpstr (ent_column_key ((EntColumn) i), ==, keys[i]);
      g_assert_true (ent_column_from_key (keys[i], &column));
      g_assert_cmpint (column, ==, (int) i);
    }
  g_assert_null (ent_column_key ((EntColumn) ENT_N_COLUMNS));
  g_assert_false (ent_column_from_key ("created-at", &column));
  g_assert_false (ent_column_from_key ("", &column));
  g_assert_false (ent_column_from_key (NULL, &column));

  defaults = ent_columns_default (&n);
  g_assert_cmpuint (n, ==, 11);
  g_assert_cmpint (defaults[0], ==, ENT_COLUMN_CREATED_AT);
  g_assert_cmpint (defaults[2], ==, ENT_COLUMN_PHONE);
  g_assert_cmpint (defaults[10], ==, ENT_COLUMN_USER);
}

static void
test_formats (void)
{
  static const char *const formats[] = { "csv", "xlsx", "pdf" };
  static const char *const dialects[] = { "default", "excel-pt", "excel-en", "machine", "custom" };
  EntFormat format = ENT_FORMAT_CSV;
  EntDialect dialect = ENT_DIALECT_DEFAULT;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_assert_cmpstr (ent_format_key ((EntFormat) i), ==, formats[i]);
      g_assert_true (ent_format_from_key (formats[i], &format));
      g_assert_cmpint (format, ==, (int) i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      g_assert_cmpstr (ent_dialect_key ((EntDialect) i), ==, dialects[i]);
      g_assert_true (ent_dialect_from_key (dialects[i], &dialect));
      g_assert_cmpint (dialect, ==, (int) i);
    }
  g_assert_null (ent_format_key ((EntFormat) 3));
  g_assert_null (ent_dialect_key ((EntDialect) 5));
  g_assert_false (ent_format_from_key ("CSV", &format));
  g_assert_false (ent_dialect_from_key ("excel", &dialect));
  g_assert_false (ent_format_from_key (NULL, &format));
  g_assert_false (ent_dialect_from_key (NULL, &dialect));
}

static void
test_sort (void)
{
  static const char *const wrong[] = { "",           ":",          ":desc",
                                       "phone:",     "phone:DESC", "phone:desc:asc",
                                       "phone desc", "Phone",      "\xff:desc" };
  EntSort sort = { ENT_COLUMN_COVERAGE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ent_sort_parse (wrong[i], &sort, &error));
      g_assert_error (error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpint (sort.column, ==, ENT_COLUMN_COVERAGE);
    }
  g_assert_true (ent_sort_parse ("phone", &sort, NULL));
  g_assert_cmpint (sort.column, ==, ENT_COLUMN_PHONE);
  g_assert_false (sort.descending);
  g_assert_true (ent_sort_parse ("created_at:desc", &sort, NULL));
  g_assert_cmpint (sort.column, ==, ENT_COLUMN_CREATED_AT);
  g_assert_true (sort.descending);
  g_assert_true (ent_sort_parse ("user:asc", &sort, NULL));
  g_assert_cmpint (sort.column, ==, ENT_COLUMN_USER);
  g_assert_false (sort.descending);
}

static void
test_privacy (void)
{
  static const struct
  {
    const char *keys;
    int privacy; /* -1: refused */
  } cases[] = {
    { "full", ENT_PRIVACY_FULL },
    { "full full", ENT_PRIVACY_FULL },
    { "last4", ENT_PRIVACY_LAST4 },
    { "last4 last4", ENT_PRIVACY_LAST4 },
    { "pseudonym", ENT_PRIVACY_PSEUDONYM },
    { "no-content", ENT_PRIVACY_NO_CONTENT },
    { "full no-content", ENT_PRIVACY_NO_CONTENT },
    { "no-content full", ENT_PRIVACY_NO_CONTENT },
    { "no-content last4", ENT_PRIVACY_NO_CONTENT | ENT_PRIVACY_LAST4 },
    { "pseudonym no-content", ENT_PRIVACY_NO_CONTENT | ENT_PRIVACY_PSEUDONYM },
    { "last4 pseudonym", -1 },
    { "pseudonym last4", -1 },
    { "last4 full", -1 },
    { "last4 no-content pseudonym", -1 },
    { "none", -1 },
    { "Full", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) keys = g_strsplit (cases[i].keys, " ", -1);
      g_autoptr (GError) error = NULL;
      EntPrivacy privacy = ENT_PRIVACY_FULL;
      gboolean taken = TRUE;

      for (guint j = 0; taken && keys[j] != NULL; j++)
        taken = ent_privacy_add_key (&privacy, keys[j], &error);
      g_test_message ("%s", cases[i].keys);
      g_assert_cmpint (taken, ==, cases[i].privacy >= 0);
      if (taken)
        g_assert_cmpint (privacy, ==, cases[i].privacy);
      else
        g_assert_error (error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_INVALID);
    }
}

static void
test_query (void)
{
  g_autoptr (EntReport) report = ent_report_new ("pt_BR");
  g_autoptr (EntQuery) query = NULL;
  g_autoptr (EntQuery) copy = NULL;
  EntFilter *filter;
  EntDay today = ent_day_from_ymd (2026, 11, 21);
  gint64 now = 0;

  /* Still the evening of the 21st in Brazil. */
  g_assert_true (ent_instant_parse ("2026-11-22T02:00:00Z", -1, NULL, &now, NULL));
  filter = ent_filter_with (report->filter, ENT_FILTER_CHANNEL, "sms", FALSE, NULL);
  ent_filter_unref (report->filter);
  report->filter = filter;
  report->basis = ENT_BASIS_EVENT_DATE;
  query = ent_query_new (report, now);
  copy = ent_query_copy (query);
  ent_query_free (g_steal_pointer (&query));

  g_assert_true (ent_filter_equal (copy->filter, report->filter));
  g_assert_cmpstr (ent_zone_get_name (copy->zone), ==, "America/Sao_Paulo");
  g_assert_cmpint (copy->basis, ==, ENT_BASIS_EVENT_DATE);
  g_assert_cmpint (copy->now, ==, now);
  g_assert_cmpint (copy->range.first, ==, today - 6);
  g_assert_cmpint (copy->range.last, ==, today);
  g_assert_cmpint (copy->range.from, ==, ent_zone_day_start (copy->zone, today - 6));
  g_assert_cmpint (copy->range.to, ==, ent_zone_day_start (copy->zone, today + 1));

  /* Freeing nothing is allowed. */
  ent_query_free (NULL);
  ent_report_free (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-keys/columns", test_columns);
  g_test_add_func ("/report-keys/formats", test_formats);
  g_test_add_func ("/report-keys/sort", test_sort);
  g_test_add_func ("/report-keys/privacy", test_privacy);
  g_test_add_func ("/report-keys/query", test_query);
  return g_test_run ();
}
