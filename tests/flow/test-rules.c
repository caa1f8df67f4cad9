/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of a synchronisation where the provider is not as one would like it: ranges that it
 * refuses, channels that an account does not have, interruptions, days that are too full, broken
 * items, pages that go round in circles. */
#include "config.h"

#include "ent-flow-script.h"
#include "ent-flow.h"
#include "ent-retry.h"
#include "ent-time.h"

#include <string.h>

#define NOW "2026-11-15T20:00:00Z"
#define HOUR G_GINT64_CONSTANT (3600000)
#define DAY (24 * HOUR)

/* ---- Refusals ------------------------------------------------------------------------------- */

/* The provider keeps thirty days. */
static gboolean
forgetful_cb (const EntFlowQuestion *question,
              const char *honest,
              EntFaultAnswer *answer,
              gpointer user_data)
{
  static const char body[] =
      "{\"message\":\"Bad Request\",\"details\":[\"start_date must be within the last 30 days\"]}";

  if (question->from >= ent_clock_now () - 30 * DAY)
    return FALSE;
  ent_fault_answer_set (answer, 400, NULL, body, sizeof body - 1);
  return TRUE;
}

static void
test_refused_range (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  gint64 now = ent_clock_now ();
  gint64 today = now - now % DAY;

  script->hook = forgetful_cb;
  ent_flow_script_add_many (script, "SMS", 20, today - 19 * DAY, DAY);
  ent_flow_script_add_many (script, "RCS", 20, today - 19 * DAY, DAY);
  {
    g_autoptr (EntSyncResult) result = ent_flow_sync (home);

    g_assert_no_error (result->error);
    g_assert_cmpint (result->added, ==, 40);
    g_assert_cmpint (result->answers_from, ==, today - 29 * DAY);
    g_assert_nonnull (strstr (result->refusal, "within the last 30 days"));
  }
  g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_SMS, today - 29 * DAY, today), ==,
                   ENT_COVERAGE_COMPLETE);
  g_assert_cmpint (
      ent_flow_home_coverage (home, ENT_CHANNEL_SMS, today - 30 * DAY, today - 29 * DAY), ==,
      ENT_COVERAGE_NONE);
  g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_RCS, today - 29 * DAY, today), ==,
                   ENT_COVERAGE_COMPLETE);

  /* It is settled: the next one asks for nothing so old again. */
  {
    g_autoptr (EntSyncResult) result = ent_flow_sync (home);

    g_assert_cmpint (result->answers_from, ==, ENT_TIME_NONE);
    g_assert_null (result->refusal);
  }
}

static void
test_refused_by_hand (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  gint64 now = ent_clock_now ();
  EntSyncOptions options = ent_flow_by_hand (now - 100 * DAY, now - 98 * DAY);
  EntSyncOptions ancient = ent_flow_by_hand (now - 1000 * DAY, now - 998 * DAY);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  const EntSyncResult *result;
  guint asked;

  /* Nothing of what was asked for is answered, but a question about today is. */
  script->hook = forgetful_cb;
  g_assert_true (ent_flow_try_sync (home, &options, &results, &error));
  g_assert_no_error (error);
  result = g_ptr_array_index (results, 0);
  g_assert_cmpint (result->answers_from, >=, now - 30 * DAY);
  g_assert_cmpint (result->answers_from, <=, now - 29 * DAY);
  g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_SMS, now - 100 * DAY, now - 98 * DAY),
                   ==, ENT_COVERAGE_NONE);

  /* Older than what this kind of provider keeps at all: it is not even asked. */
  asked = script->asked->len;
  g_assert_true (ent_flow_try_sync (home, &ancient, &none, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (script->asked->len, ==, asked);
  result = g_ptr_array_index (none, 0);
  g_assert_cmpint (result->answers_from, ==, now - 365 * DAY);
}

/* Every question is refused: that is an error, not a range. */
static gboolean
refuse_all_cb (const EntFlowQuestion *question,
               const char *honest,
               EntFaultAnswer *answer,
               gpointer user_data)
{
  ent_fault_answer_set (answer, 400, NULL, "{\"message\":\"bad accounts\"}", 26);
  return TRUE;
}

static void
test_everything_refused (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  g_autoptr (EntSourceRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  script->hook = refuse_all_cb;
  g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "bad accounts"));
  record = ent_flow_home_find_source (home, ENT_FLOW_SOURCE);
  g_assert_cmpstr (record->last_error, ==, "api:refused:HTTP 400: bad accounts");
  g_assert_cmpint (record->last_success, ==, 0);
  g_assert_cmpint (record->last_attempt, ==, ent_clock_now ());
}

/* An account without RCS and MMS. */
static gboolean
no_extras_cb (const EntFlowQuestion *question,
              const char *honest,
              EntFaultAnswer *answer,
              gpointer user_data)
{
  if (strcmp (question->channel, "RCS") != 0 && strcmp (question->channel, "MMS") != 0)
    return FALSE;
  ent_fault_answer_set (answer, GPOINTER_TO_UINT (user_data), NULL, "", 0);
  return TRUE;
}

static void
test_channels_not_had (void)
{
  static const guint statuses[] = { 400, 403 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (EntFlowScript) script = ent_flow_script_new ();
      g_autoptr (EntFlowHome) home =
          ent_flow_home_new_for (ent_fault_server_get_url (script->server));
      gint64 now = ent_clock_now ();

      script->hook = no_extras_cb;
      script->hook_data = GUINT_TO_POINTER (statuses[i]);
      ent_flow_script_add_many (script, "SMS", 3, now - DAY, HOUR);
      {
        g_autoptr (EntSyncResult) result = ent_flow_sync (home);

        g_assert_no_error (result->error);
        g_assert_cmpint (result->added, ==, 3);
        g_assert_cmpint (result->answers_from, ==, ENT_TIME_NONE);
      }
      g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_SMS, now - 5 * DAY, now), ==,
                       ENT_COVERAGE_COMPLETE);
      g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_RCS, now - 5 * DAY, now), ==,
                       ENT_COVERAGE_NONE);
      /* That was found out with a few questions, not one a day. */
      g_assert_cmpuint (script->asked->len, <, 2 * 91 + 12);
      g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_MMS, now - 5 * DAY, now), ==,
                       ENT_COVERAGE_NONE);
    }
}

/* A refused page in the middle of a day: it starts over, a few times. */
static gboolean
stale_token_cb (const EntFlowQuestion *question,
                const char *honest,
                EntFaultAnswer *answer,
                gpointer user_data)
{
  guint *times = user_data;

  if (question->page != 2 || *times == 0)
    return FALSE;
  (*times)--;
  ent_fault_answer_set (answer, 410, NULL, "", 0);
  return TRUE;
}

static void
test_restarts (void)
{
  for (guint times = 1; times <= 4; times++)
    {
      g_autoptr (EntFlowScript) script = ent_flow_script_new ();
      g_autoptr (EntFlowHome) home =
          ent_flow_home_new_for (ent_fault_server_get_url (script->server));
      g_autoptr (GError) error = NULL;
      guint left = times;

      ent_flow_script_add_many (script, "SMS", 350, ent_clock_now () - HOUR, 1000);
      script->hook = stale_token_cb;
      script->hook_data = &left;
      if (times <= 2)
        {
          g_assert_true (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
          g_assert_no_error (error);
          g_assert_cmpint (ent_flow_home_count (home), ==, 350);
        }
      else
        {
          g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
          g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_REFUSED);
          g_assert_cmpint (ent_flow_home_count (home), ==, 200);
        }
    }
}

/* ---- Interrupted for days ------------------------------------------------------------------- */

static gboolean
locked_out_cb (const EntFlowQuestion *question,
               const char *honest,
               EntFaultAnswer *answer,
               gpointer user_data)
{
  if (strcmp (question->channel, "SMS") != 0 || question->from > *(gint64 *) user_data)
    return FALSE;
  ent_fault_answer_set (answer, 401, NULL, "", 0);
  return TRUE;
}

/* What a first synchronisation had read before it was interrupted is old news when it goes on days
 * later, also where no message was open then. */
static void
test_news_after_interruption (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  gint64 now = ent_clock_now ();
  gint64 limit = now - 20 * DAY;
  g_autofree char *later = ent_instant_format (now + 5 * DAY);
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;
  guint n_read = 0;

  ent_flow_script_add_many (script, "WHATSAPP", 10, now - 6 * DAY, HOUR);
  script->hook = locked_out_cb;
  script->hook_data = &limit;
  g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_AUTH);
  g_assert_cmpint (ent_flow_home_count (home), ==, 10);

  ent_flow_script_set_statuses (script, "read", now + HOUR);
  script->hook = NULL;
  g_assert_true (ent_clock_set (later, NULL));
  ent_sync_result_free (ent_flow_sync (home));
  g_assert_true (ent_clock_set (NOW, NULL));
  dump = ent_flow_home_dump (home);
  for (const char *p = dump; (p = strstr (p, "[read]")) != NULL; p++)
    n_read++;
  g_assert_cmpuint (n_read, ==, 10);
}

/* With --now the clock stands still between two synchronisations: one that fails right after a good
 * one must not pass the old reading off as its own. */
static void
test_clock_stands_still (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  gint64 now = ent_clock_now ();
  gint64 limit = now - 3 * DAY;
  g_autoptr (GError) error = NULL;

  ent_flow_script_add_many (script, "SMS", 10, now - HOUR, 1000);
  ent_sync_result_free (ent_flow_sync (home));
  ent_flow_script_set_statuses (script, "failed", now);
  script->hook = locked_out_cb;
  script->hook_data = &limit;
  g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
  script->hook = NULL;
  ent_flow_script_set_statuses (script, "delivered", now + 1000);
  {
    g_autoptr (EntSyncResult) result = ent_flow_sync (home);

    g_assert_cmpint (result->changed, ==, 10);
  }
}

/* ---- Windows and pages that are not as usual ------------------------------------------------ */

static void
test_full_day (void)
{
  g_autoptr (EntFlowScript) script = ent_flow_script_new ();
  g_autoptr (EntFlowHome) home = ent_flow_home_new_for (ent_fault_server_get_url (script->server));
  gint64 now = ent_clock_now ();
  gint64 yesterday = now - now % DAY - DAY;

  ent_flow_script_add_many (script, "SMS", 12000, yesterday, 7000);
  {
    g_autoptr (EntSyncResult) result = ent_flow_sync (home);

    /* Beyond 5,000 rows the day is read by the hour; what had come by then comes again. */
    g_assert_cmpint (result->added, ==, 12000);
    g_assert_cmpint (result->fetched, ==, 12000 + 5100);
  }
  g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_SMS, yesterday, yesterday + DAY), ==,
                   ENT_COVERAGE_COMPLETE);
}

static void
spoil_items (EntFlowScript *script, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      EntFlowMessage *message = g_ptr_array_index (script->messages, i * 7);

      message->raw = "{\"message_id\":7}";
    }
}

static void
test_bad_items (void)
{
  static const struct
  {
    guint n;
    guint bad;
    gboolean taken;
  } cases[] = {
    { 1000, 1, TRUE }, { 1000, 10, TRUE }, { 1000, 11, FALSE },
    { 100, 5, TRUE },  { 100, 6, FALSE },  { 20, 2, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EntFlowScript) script = ent_flow_script_new ();
      g_autoptr (EntFlowHome) home =
          ent_flow_home_new_for (ent_fault_server_get_url (script->server));
      g_autoptr (EntSourceRecord) record = NULL;
      g_autoptr (GError) error = NULL;
      gint64 now = ent_clock_now ();

      ent_flow_script_add_many (script, "SMS", cases[i].n, now - HOUR, 1000);
      spoil_items (script, cases[i].bad);
      if (!cases[i].taken)
        {
          g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
          g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL);
          g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_SMS, now - HOUR, now), ==,
                           ENT_COVERAGE_NONE);
          continue;
        }
      {
        g_autoptr (EntSyncResult) result = ent_flow_sync (home);

        g_assert_cmpint (result->added, ==, cases[i].n - cases[i].bad);
        g_assert_cmpint (result->quarantined, ==, cases[i].bad);
      }
      record = ent_flow_home_find_source (home, ENT_FLOW_SOURCE);
      g_assert_cmpint (ent_store_count_quarantine (home->store, record->key, &error), >, 0);
      g_assert_no_error (error);
      g_assert_cmpint (ent_flow_home_coverage (home, ENT_CHANNEL_SMS, now - HOUR, now), ==,
                       ENT_COVERAGE_COMPLETE);
    }
}

/* The same rows on every page, with the page's number, for ever. */
static gboolean
loop_cb (const EntFlowQuestion *question,
         const char *honest,
         EntFaultAnswer *answer,
         gpointer user_data)
{
  g_autofree char *body = NULL;

  if (strcmp (question->channel, "SMS") != 0)
    return FALSE;
  body = g_strdup_printf ("{\"messages\":[{\"message_id\":\"a%u\",\"direction\":\"outbound\","
                          "\"timestamp\":\"2026-11-15T10:00:00Z\"}],"
                          "\"pagination\":{\"page\":%u,\"has_next\":true}}",
                          question->page % GPOINTER_TO_UINT (user_data), question->page);
  ent_fault_answer_set (answer, 200, NULL, body, strlen (body));
  return TRUE;
}

static void
test_page_loop (void)
{
  for (guint period = 1; period < 5; period++)
    {
      g_autoptr (EntFlowScript) script = ent_flow_script_new ();
      g_autoptr (EntFlowHome) home =
          ent_flow_home_new_for (ent_fault_server_get_url (script->server));
      g_autoptr (GError) error = NULL;

      script->hook = loop_cb;
      script->hook_data = GUINT_TO_POINTER (period);
      g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
      g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL);
      g_assert_cmpuint (script->asked->len, <, 10);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (ent_clock_set (NOW, NULL));
  ent_retry_set_wait_func (ent_flow_no_wait, NULL);
  g_test_add_func ("/rules/refused-range", test_refused_range);
  g_test_add_func ("/rules/refused-by-hand", test_refused_by_hand);
  g_test_add_func ("/rules/everything-refused", test_everything_refused);
  g_test_add_func ("/rules/channels-not-had", test_channels_not_had);
  g_test_add_func ("/rules/restarts", test_restarts);
  g_test_add_func ("/rules/news-after-interruption", test_news_after_interruption);
  g_test_add_func ("/rules/clock-stands-still", test_clock_stands_still);
  g_test_add_func ("/rules/full-day", test_full_day);
  g_test_add_func ("/rules/bad-items", test_bad_items);
  g_test_add_func ("/rules/page-loop", test_page_loop);
  return g_test_run ();
}
