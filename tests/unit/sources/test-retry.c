/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rule of when to ask again: bounds over a million draws, every form of Retry-After, and a
 * wait that ends at once when it is cancelled. */
#include "config.h"

#include "ent-retry.h"
#include "ent-test-util.h"

#define NOW G_GINT64_CONSTANT (1795348800000) /* 2026-11-22T12:00:00Z, a Sunday */

static void
test_bounds (void)
{
  static const gint64 ceilings[] = { 0, 1000, 4000, 16000, 60000 };
  g_autoptr (GRand) rand = ent_test_rand_new ();
  gint64 least[ENT_RETRY_MAX_TRIES];
  gint64 most[ENT_RETRY_MAX_TRIES] = { 0 };

  for (guint i = 0; i < ENT_RETRY_MAX_TRIES; i++)
    least[i] = G_MAXINT64;
  for (guint i = 0; i < 1000000; i++)
    {
      guint attempt = 1 + i % (ENT_RETRY_MAX_TRIES - 1);
      gint64 delay = ent_retry_delay (attempt, NULL, NOW, g_rand_double (rand));

      g_assert_cmpint (delay, >=, 0);
      g_assert_cmpint (delay, <, ceilings[attempt]);
      least[attempt] = MIN (least[attempt], delay);
      most[attempt] = MAX (most[attempt], delay);
    }
  /* Full jitter: the draws reach both ends. */
  for (guint i = 1; i < ENT_RETRY_MAX_TRIES; i++)
    {
      g_assert_cmpint (least[i], <, ceilings[i] / 100);
      g_assert_cmpint (most[i], >, ceilings[i] * 99 / 100);
    }
}

static void
test_gives_up (void)
{
  g_assert_cmpint (ent_retry_delay (ENT_RETRY_MAX_TRIES, NULL, NOW, 0.5), ==, -1);
  g_assert_cmpint (ent_retry_delay (ENT_RETRY_MAX_TRIES, "1", NOW, 0.5), ==, -1);
  g_assert_cmpint (ent_retry_delay (G_MAXUINT, NULL, NOW, 0.5), ==, -1);
}

static void
test_retry_after (void)
{
  static const struct
  {
    const char *text;
    gint64 wait_ms; /* -1: cannot be read */
  } cases[] = {
    { "0", 0 },
    { "1", 1000 },
    { " 30 ", 30000 },
    { "120", 120000 },
    { "99999999999999999999999999", G_GINT64_CONSTANT (1000000000000000) },
    { "Sun, 22 Nov 2026 12:00:10 GMT", 10000 },
    { "Sunday, 22-Nov-26 12:00:10 GMT", 10000 },
    { "Sun Nov 22 12:00:10 2026", 10000 },
    { "Sun, 22 Nov 2026 11:59:59 GMT", 0 },
    { "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
    { "-1", -1 },
    { "1.5", -1 },
    { "1e3", -1 },
    { "", -1 },
    { "soon", -1 },
    { "2026-11-22T12:00:10Z", -1 },
    { "Sun, 99 Nov 2026 12:00:10 GMT", -1 },
    { "10 seconds", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 wait_ms = -1;
      gboolean readable = ent_retry_parse_after (cases[i].text, NOW, &wait_ms);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (readable, ==, cases[i].wait_ms >= 0);
      g_assert_cmpint (wait_ms, ==, cases[i].wait_ms);
    }
  g_assert_false (ent_retry_parse_after (NULL, NOW, NULL));
}

/* What can be read wins over the jitter, with a cap; what cannot changes nothing. */
static void
test_retry_after_wins (void)
{
  for (guint attempt = 1; attempt < ENT_RETRY_MAX_TRIES; attempt++)
    {
      gint64 jitter = ent_retry_delay (attempt, NULL, NOW, 0.25);

      g_assert_cmpint (ent_retry_delay (attempt, "7", NOW, 0.25), ==, 7000);
      g_assert_cmpint (ent_retry_delay (attempt, "0", NOW, 0.25), ==, 0);
      g_assert_cmpint (ent_retry_delay (attempt, "86400", NOW, 0.25), ==, ENT_RETRY_MAX_ASKED_MS);
      g_assert_cmpint (ent_retry_delay (attempt, "99999999999999999999", NOW, 0.25), ==,
                       ENT_RETRY_MAX_ASKED_MS);
      g_assert_cmpint (ent_retry_delay (attempt, "Fri, 31 Dec 9999 23:59:59 GMT", NOW, 0.25), ==,
                       ENT_RETRY_MAX_ASKED_MS);
      g_assert_cmpint (ent_retry_delay (attempt, "-5", NOW, 0.25), ==, jitter);
      g_assert_cmpint (ent_retry_delay (attempt, "later", NOW, 0.25), ==, jitter);
    }
}

static void
test_statuses (void)
{
  static const guint may_pass[] = { 408, 425, 429, 500, 502, 503, 504 };
  guint n = 0;

  for (guint status = 100; status < 600; status++)
    n += ent_retry_status_may_pass (status) ? 1 : 0;
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (may_pass));
  for (guint i = 0; i < G_N_ELEMENTS (may_pass); i++)
    g_assert_true (ent_retry_status_may_pass (may_pass[i]));
}

static gpointer
wait_in_thread (gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ent_retry_wait (3600000, data, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return NULL;
}

static void
test_wait_is_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 start;
  GThread *thread;

  /* Before, and during. */
  thread = g_thread_new ("wait", wait_in_thread, cancellable);
  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60000000);
  g_assert_false (ent_retry_wait (3600000, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_wait_takes_its_time (void)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_true (ent_retry_wait (20, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 20000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retry/bounds", test_bounds);
  g_test_add_func ("/retry/gives-up", test_gives_up);
  g_test_add_func ("/retry/retry-after", test_retry_after);
  g_test_add_func ("/retry/retry-after-wins", test_retry_after_wins);
  g_test_add_func ("/retry/statuses", test_statuses);
  g_test_add_func ("/retry/wait-is-cancelled", test_wait_is_cancelled);
  g_test_add_func ("/retry/wait-takes-its-time", test_wait_takes_its_time);
  return g_test_run ();
}
