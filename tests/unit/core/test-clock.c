/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one clock: --now before ENTREGA_NOW before the system's. */

#include "ent-test-util.h"
#include "ent-time.h"

#define NOON_TEXT "2026-11-22T12:00:00Z"
#define NOON G_GINT64_CONSTANT (1795348800000)

static void
assert_system (void)
{
  gint64 before = g_get_real_time () / 1000;
  gint64 now = ent_clock_now ();
  gint64 after = g_get_real_time () / 1000;

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, after);
}

static void
set_clock (const char *text)
{
  g_autoptr (GError) error = NULL;

  ent_clock_set (text, &error);
  g_assert_no_error (error);
}

/* The first test: nobody has set the clock yet. */
static void
test_unset (void)
{
  g_unsetenv ("ENTREGA_NOW");
  assert_system ();
  g_setenv ("ENTREGA_NOW", NOON_TEXT, TRUE);
  assert_system ();
}

static void
test_order (void)
{
  g_setenv ("ENTREGA_NOW", NOON_TEXT, TRUE);
  set_clock (NULL);
  g_assert_cmpint (ent_clock_now (), ==, NOON);

  set_clock ("1969-12-31T23:59:59.999Z");
  g_assert_cmpint (ent_clock_now (), ==, -1);
  set_clock ("9999-12-31T23:59:59-00:00");
  g_assert_cmpint (ent_clock_now (), ==, G_GINT64_CONSTANT (253402300799000));

  set_clock (NULL);
  g_assert_cmpint (ent_clock_now (), ==, NOON);
  g_setenv ("ENTREGA_NOW", "", TRUE);
  set_clock (NULL);
  assert_system ();
  g_unsetenv ("ENTREGA_NOW");
  set_clock (NULL);
  assert_system ();
}

static void
test_refused (void)
{
  static const char *const wrong[] = { "", "now", "2026-11-22", "2026-11-22T12:00:00", "0" };

  set_clock (NOON_TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ent_clock_set (wrong[i], &error));
      g_assert_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID);
      g_assert_cmpint (ent_clock_now (), ==, NOON);
    }

  {
    g_autoptr (GError) error = NULL;

    g_setenv ("ENTREGA_NOW", "tomorrow", TRUE);
    g_assert_false (ent_clock_set (NULL, &error));
    g_assert_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID);
    g_assert_cmpint (ent_clock_now (), ==, NOON);
    g_unsetenv ("ENTREGA_NOW");
  }
}

/* A wrong ENTREGA_NOW that nobody looked at before the first question is said aloud. */
static void
test_unset_and_wrong (void)
{
  if (g_test_subprocess ())
    {
      g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
      g_setenv ("ENTREGA_NOW", "tomorrow", TRUE);
      assert_system ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*ENTREGA_NOW: *tomorrow* is not an instant*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/unset", test_unset);
  g_test_add_func ("/clock/order", test_order);
  g_test_add_func ("/clock/refused", test_refused);
  g_test_add_func ("/clock/unset-and-wrong", test_unset_and_wrong);
  return g_test_run ();
}
