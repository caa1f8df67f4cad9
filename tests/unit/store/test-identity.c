/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters over identities: nothing that is there is ever missed, little that is not is taken
 * for it, and a stored filter says the same as the one that it was. */

#include "ent-identity.h"
#include "ent-rows.h"
#include "ent-test-util.h"

#include <string.h>

/* Numbers that are all different and look random. */
static guint64
hash_of (guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  return ent_identity_hash (1, text);
}

static void
assert_all_there (const EntIdentities *identities, guint n)
{
  for (guint i = 0; i < n; i += 7)
    g_assert_true (ent_identities_maybe (identities, hash_of (i)));
}

static guint
count_wrong (const EntIdentities *identities, guint n)
{
  guint wrong = 0;

  for (guint i = 0; i < n; i++)
    wrong += ent_identities_maybe (identities, hash_of (G_GINT64_CONSTANT (1) << 40 | i));
  return wrong;
}

static void
append (EntIdentities *identities, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    ent_identities_append (identities, hash_of (i));
}

static void
test_groups (void)
{
  const guint n = ENT_IDENTITY_GROUP_ROWS + 10000;
  g_autoptr (EntIdentities) identities = ent_identities_new ();
  g_autoptr (EntIdentities) loaded = ent_identities_new ();
  const void *filter;
  gsize size;

  g_assert_true (ent_identities_reserve (identities, n));
  append (identities, 0, n);
  g_assert_cmpuint (ent_identities_get_n_rows (identities), ==, n);
  g_assert_cmpuint (ent_identities_get_n_groups (identities), ==, 2);
  assert_all_there (identities, n);
  g_assert_cmpuint (count_wrong (identities, 200000), <, 20);

  filter = ent_identities_get_new_filter (identities, 0, &size);
  g_assert_nonnull (filter);
  g_assert_null (ent_identities_get_new_filter (identities, 1, &size));
  g_assert_false (ent_identities_add_filter (loaded, filter, size - 64));
  g_assert_true (ent_identities_add_filter (loaded, filter, size));
  g_assert_cmpuint (ent_identities_get_n_rows (loaded), ==, ENT_IDENTITY_GROUP_ROWS);
  assert_all_there (loaded, ENT_IDENTITY_GROUP_ROWS);
  g_assert_null (ent_identities_get_new_filter (loaded, 0, &size));
  g_assert_cmpuint (ent_identities_get_memory (loaded), >, 0);

  ent_identities_settle (identities);
  g_assert_null (ent_identities_get_new_filter (identities, 0, &size));
}

/* Back to what was committed, over the border of a group, and on again. */
static void
test_truncate (void)
{
  const guint before = ENT_IDENTITY_GROUP_ROWS - 3000;
  g_autoptr (EntIdentities) identities = ent_identities_new ();
  gsize size;

  g_assert_true (ent_identities_reserve (identities, ENT_IDENTITY_GROUP_ROWS));
  append (identities, 0, before);
  ent_identities_settle (identities);
  append (identities, before, before + 5000);
  g_assert_nonnull (ent_identities_get_new_filter (identities, 0, &size));
  ent_identities_truncate (identities, before);
  g_assert_null (ent_identities_get_new_filter (identities, 0, &size));
  g_assert_cmpuint (ent_identities_get_n_groups (identities), ==, 1);
  assert_all_there (identities, before);

  append (identities, before + 1, before + 6000);
  g_assert_cmpuint (ent_identities_get_n_rows (identities), ==, before + 5999);
  assert_all_there (identities, before);
  g_assert_true (ent_identities_maybe (identities, hash_of (before + 5999)));
}

/* A small filter that gets too small is given up for a larger one. */
static void
test_reserve (void)
{
  g_autoptr (EntIdentities) identities = ent_identities_new ();
  guint n_given_up = 0;
  guint n = 0;

  while (n < 400000)
    {
      if (!ent_identities_reserve (identities, 20000))
        {
          n_given_up++;
          g_assert_cmpuint (ent_identities_get_n_rows (identities), ==, 0);
          append (identities, 0, n);
          g_assert_true (ent_identities_reserve (identities, 20000));
        }
      append (identities, n, n + 20000);
      n += 20000;
    }
  g_assert_cmpuint (n_given_up, >, 1);
  g_assert_cmpuint (n_given_up, <, 6);
  assert_all_there (identities, n);
  g_assert_cmpuint (count_wrong (identities, 100000), <, 20);
}

typedef struct
{
  guint32 positions[4];
  guint n;
} Found;

static gboolean
found_cb (guint index, guint32 position, gpointer user_data)
{
  Found *found = user_data;

  g_assert_cmpuint (found->n, <, 4);
  found->positions[found->n++] = position;
  /* The first candidate of index 1 turns out to be another. */
  return index != 1 || found->n > 2;
}

static void
test_search (void)
{
  g_autofree EntIdentityBlock *block = g_new0 (EntIdentityBlock, 1);
  const guint64 hashes[] = { hash_of (5), hash_of (9), hash_of (1000000) };
  Found found = { { 0 }, 0 };
  g_autoptr (EntIdentitySearch) search = ent_identity_search_new (hashes, 3, found_cb, &found);

  for (guint i = 0; i < ENT_SEGMENT_ROWS; i++)
    {
      guint64 hash = ent_identity_trim (hash_of (i == 20 ? 9 : i));

      block->low[i] = (guint32) hash;
      block->high[i] = (guint16) (hash >> 32);
    }
  g_assert_true (ent_identity_search_block (search, block, ENT_SEGMENT_ROWS, 8192));
  g_assert_cmpuint (found.n, ==, 3);
  g_assert_cmpuint (found.positions[0], ==, 8192 + 5);
  g_assert_cmpuint (found.positions[1], ==, 8192 + 9);
  g_assert_cmpuint (found.positions[2], ==, 8192 + 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/identity/groups", test_groups);
  g_test_add_func ("/store/identity/truncate", test_truncate);
  g_test_add_func ("/store/identity/reserve", test_reserve);
  g_test_add_func ("/store/identity/search", test_search);
  return g_test_run ();
}
