/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulator → sync → store: every counter of every day, channel and direction equals the
 * provider's ledger, at first and whenever the clock has moved on. */
#include "config.h"

#include "ent-flow.h"
#include "ent-time.h"

#define END "2026-11-15"
#define HOUR_S 3600
#define DAY_S 86400

static void
assert_ledger (EntFlowHome *home, EntFlowProvider *provider)
{
  ent_flow_assert_ledger (home, provider, "America/Sao_Paulo", 90);
  /* Another zone cuts the days elsewhere; the first day of its 90 may reach further back. */
  ent_flow_assert_ledger (home, provider, "Asia/Kolkata", 89);
}

static void
sync_and_compare (EntFlowHome *home, EntFlowProvider *provider)
{
  g_autoptr (EntSyncResult) result = ent_flow_sync (home);

  g_test_message ("fetched %" G_GINT64_FORMAT ", added %" G_GINT64_FORMAT
                  ", changed %" G_GINT64_FORMAT,
                  result->fetched, result->added, result->changed);
  g_assert_no_error (result->error);
  g_assert_cmpint (result->quarantined, ==, 0);
  g_assert_cmpint (result->answers_from, ==, ENT_TIME_NONE);
  assert_ledger (home, provider);
}

static void
check_seed (guint seed, guint messages)
{
  g_autoptr (EntFlowProvider) provider = ent_flow_provider_new (seed, 90, messages, END, NULL);
  g_autoptr (EntFlowHome) home = ent_flow_home_new ();
  static const gint64 steps[] = { 6 * HOUR_S, 3 * DAY_S, 20 * DAY_S };

  ent_flow_home_add_source (home, ENT_FLOW_SOURCE, ent_flow_provider_get_url (provider),
                            ent_flow_provider_get_credentials (provider));
  sync_and_compare (home, provider);
  g_assert_cmpint (ent_flow_home_count (home), >=, messages);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      ent_flow_provider_advance (provider, steps[i]);
      sync_and_compare (home, provider);
    }

  /* The same after the columns were loaded from disk. */
  ent_flow_home_reopen (home);
  assert_ledger (home, provider);
}

static void
test_ledger (gconstpointer data)
{
  check_seed (GPOINTER_TO_UINT (data), ent_test_rounds (5000, 50000));
}

/* Nothing new at the provider: everything is read again, nothing changes. */
static void
test_again (void)
{
  g_autoptr (EntFlowProvider) provider = ent_flow_provider_new (4, 30, 2000, END, NULL);
  g_autoptr (EntFlowHome) home = ent_flow_home_new ();
  g_autoptr (EntSyncResult) first = NULL;
  g_autoptr (EntSyncResult) second = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  ent_flow_home_add_source (home, ENT_FLOW_SOURCE, ent_flow_provider_get_url (provider),
                            ent_flow_provider_get_credentials (provider));
  first = ent_flow_sync (home);
  before = ent_flow_home_dump (home);
  second = ent_flow_sync (home);
  after = ent_flow_home_dump (home);

  g_assert_cmpint (first->added, ==, ent_flow_home_count (home));
  g_assert_cmpint (second->fetched, >, 0);
  g_assert_cmpint (second->fetched, <, first->fetched);
  g_assert_cmpint (second->added, ==, 0);
  g_assert_cmpint (second->changed, ==, 0);
  g_assert_cmpstr (before, ==, after);
}

/* A provider with repeated rows between pages, unknown words and unknown fields is the same one. */
static void
test_odd_provider (void)
{
  g_autoptr (EntFlowProvider) provider =
      ent_flow_provider_new (5, 20, 2000, END, "duplicate-pages,unknown-fields");
  g_autoptr (EntFlowHome) home = ent_flow_home_new ();

  ent_flow_home_add_source (home, ENT_FLOW_SOURCE, ent_flow_provider_get_url (provider),
                            ent_flow_provider_get_credentials (provider));
  {
    g_autoptr (EntSyncResult) result = ent_flow_sync (home);

    g_assert_cmpint (result->fetched, >, result->added);
  }
  ent_flow_assert_ledger (home, provider, "America/Sao_Paulo", 20);
}

/* The provider goes away in the middle of a first synchronisation and comes back days later: what
 * was read before is read again where it may have changed since. */
static void
test_interrupted_for_days (gconstpointer data)
{
  g_autoptr (EntFlowProvider) provider = ent_flow_provider_new (6, 90, 5000, END, "unauthorized");
  g_autoptr (EntFlowHome) home = ent_flow_home_new ();
  g_autoptr (GError) error = NULL;
  gint64 days = GPOINTER_TO_INT (data);

  ent_flow_home_add_source (home, ENT_FLOW_SOURCE, ent_flow_provider_get_url (provider),
                            ent_flow_provider_get_credentials (provider));
  g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_AUTH);
  g_clear_error (&error);
  g_assert_cmpint (ent_flow_home_count (home), ==, 0);

  /* Some forty days come through. */
  ent_flow_provider_set_faults (provider, "html=100");
  g_assert_false (ent_flow_try_sync (home, &ent_flow_by_rules, NULL, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL);
  g_assert_cmpint (ent_flow_home_count (home), >, 0);
  g_assert_cmpint (ent_flow_home_count (home), <, 5000);

  ent_flow_provider_set_faults (provider, "");
  ent_flow_provider_advance (provider, days * DAY_S);
  sync_and_compare (home, provider);
}

int
main (int argc, char **argv)
{
  guint seeds;

  g_test_init (&argc, &argv, NULL);
  seeds = ent_test_rounds (3, 20);
  for (guint seed = 1; seed <= seeds; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/ledger/seed-%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_ledger);
    }
  g_test_add_func ("/ledger/again", test_again);
  g_test_add_data_func ("/ledger/interrupted-for-three-days", GINT_TO_POINTER (3),
                        test_interrupted_for_days);
  g_test_add_data_func ("/ledger/interrupted-for-ten-days", GINT_TO_POINTER (10),
                        test_interrupted_for_days);
  g_test_add_func ("/ledger/odd-provider", test_odd_provider);
  return g_test_run ();
}
