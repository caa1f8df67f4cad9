/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Batches: what is appended, taken back and joined stays as it was written, strings included. */

#include "config.h"

#include "ent-observation.h"

#include "ent-test-util.h"

#include <string.h>

static void
assert_absent (const EntObservation *item)
{
  g_assert_null (item->remote_id);
  g_assert_cmpint (item->updated_at, ==, ENT_TIME_NONE);
  g_assert_cmpuint (item->stages, ==, 0);
  for (guint i = 0; i < ENT_N_STAGE_TIMES; i++)
    g_assert_cmpint (item->stage_times[i], ==, ENT_TIME_NONE);
  for (guint i = 0; i < ENT_N_NUMBER_FIELDS; i++)
    g_assert_cmpint (item->numbers[i], ==, ENT_NUMBER_NONE);
  for (guint i = 0; i < ENT_N_TEXT_FIELDS; i++)
    g_assert_null (item->texts[i]);
}

static void
test_init (void)
{
  EntObservation item;

  memset (&item, 0x5a, sizeof item);
  ent_observation_init (&item);
  assert_absent (&item);
}

static void
test_append_and_drop (void)
{
  g_autoptr (EntObservations) batch = ent_observations_new ();

  g_assert_cmpuint (ent_observations_get_size (batch), ==, 0);
  ent_observations_append (batch)->updated_at = 1;
  ent_observations_append (batch)->updated_at = 2;
  g_assert_cmpuint (ent_observations_get_size (batch), ==, 2);
  g_assert_cmpint (ent_observations_get (batch, 1)->updated_at, ==, 2);

  ent_observations_drop_last (batch);
  g_assert_cmpuint (ent_observations_get_size (batch), ==, 1);
  g_assert_cmpint (ent_observations_get (batch, 0)->updated_at, ==, 1);
  /* Nothing of the one that was dropped comes back. */
  assert_absent (ent_observations_append (batch));
}

static void
test_intern (void)
{
  g_autoptr (EntObservations) batch = ent_observations_new ();
  char text[] = "AÇÃO\0rest";
  const char *whole = ent_observations_intern (batch, text, -1);
  const char *part = ent_observations_intern (batch, text, 1);
  const char *zeros = ent_observations_intern (batch, text, sizeof text - 1);
  const char *empty = ent_observations_intern (batch, text, 0);

  text[0] = 'x';
  g_assert_cmpstr (whole, ==, "AÇÃO");
  g_assert_cmpstr (part, ==, "A");
  g_assert_cmpmem (zeros, sizeof text, "AÇÃO\0rest", sizeof text);
  g_assert_cmpstr (empty, ==, "");
}

/* Random lengths around the size of the blocks; each string must outlive all that follow. */
static void
intern_many (EntObservations *batch, GRand *rand, GPtrArray *expected, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint longest = g_rand_int_range (rand, 0, 20) == 0 ? 70000 : 200;
      guint length = (guint) g_rand_int_range (rand, 0, (gint32) longest);
      char *text = g_malloc (length + 1);
      EntObservation *item = ent_observations_append (batch);

      memset (text, 'a' + (int) (expected->len % 26), length);
      text[length] = '\0';
      item->texts[0] =
          ent_observations_intern (batch, text, length % 2 == 0 ? -1 : (gssize) length);
      item->updated_at = expected->len;
      g_ptr_array_add (expected, text);
    }
}

static void
test_join (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (EntObservations) batch = ent_observations_new ();

  ent_observations_join (batch, ent_observations_new ());
  for (guint round = 0; round < 20; round++)
    {
      EntObservations *more = ent_observations_new ();

      intern_many (batch, rand, expected, 50);
      intern_many (more, rand, expected, (guint) g_rand_int_range (rand, 0, 50));
      ent_observations_join (batch, more);
    }

  g_assert_cmpuint (ent_observations_get_size (batch), ==, expected->len);
  for (guint i = 0; i < expected->len; i++)
    {
      g_assert_cmpstr (ent_observations_get (batch, i)->texts[0], ==, expected->pdata[i]);
      g_assert_cmpint (ent_observations_get (batch, i)->updated_at, ==, i);
    }
}

/* Every way in which a block can end: strings of one length until two blocks are full. An overrun
 * shows in the strings, or to the sanitizer. */
static void
test_block_ends (void)
{
  for (gsize length = 1; length < 600; length++)
    {
      g_autoptr (EntObservations) batch = ent_observations_new ();
      g_autofree char *text = g_strnfill (length, 'x');
      g_autoptr (GPtrArray) copies = g_ptr_array_new ();

      for (gsize total = 0; total < 80000; total += length + 1)
        g_ptr_array_add (copies, (gpointer) ent_observations_intern (batch, text, -1));
      for (guint i = 0; i < copies->len; i++)
        g_assert_cmpstr (copies->pdata[i], ==, text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/observation/init", test_init);
  g_test_add_func ("/observation/append-and-drop", test_append_and_drop);
  g_test_add_func ("/observation/intern", test_intern);
  g_test_add_func ("/observation/block-ends", test_block_ends);
  g_test_add_func ("/observation/join", test_join);
  return g_test_run ();
}
