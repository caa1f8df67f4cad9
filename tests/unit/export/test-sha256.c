/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digests with the processor's instructions are those of GLib, whatever the length and however
 * the bytes came in. */

#include "config.h"

#include "ent-sha256.h"
#include "ent-test-util.h"

static void
test_known (void)
{
  g_autoptr (EntSha256) empty = ent_sha256_new ();
  g_autoptr (EntSha256) abc = ent_sha256_new ();
  g_autofree char *of_empty = ent_sha256_finish (empty);
  g_autofree char *of_abc = NULL;

  ent_sha256_update (abc, "abc", 3);
  of_abc = ent_sha256_finish (abc);
  g_assert_cmpstr (of_empty, ==,
                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (of_abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_like_glib (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  guint8 data[1000];

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) g_rand_int (rand);
  for (guint round = 0; round < ent_test_rounds (2000, 100000); round++)
    {
      guint length = (guint) g_rand_int_range (rand, 0, sizeof data + 1);
      g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
      g_autoptr (EntSha256) digest = ent_sha256_new ();
      g_autofree char *found = NULL;

      for (guint done = 0; done < length;)
        {
          guint part = (guint) g_rand_int_range (rand, 0, (gint32) MIN (length - done, 200) + 1);

          ent_sha256_update (digest, data + done, part);
          done += part;
        }
      found = ent_sha256_finish (digest);
      g_assert_cmpstr (found, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/sha256/known", test_known);
  g_test_add_func ("/export/sha256/like-glib", test_like_glib);
  return g_test_run ();
}
