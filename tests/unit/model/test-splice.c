/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splices lead from one order to the other, keep every row that is in both, and give up rather
 * than lie. */
#include "config.h"

#include "ent-splice.h"
#include "ent-test-util.h"

static GArray *
apply (const guint32 *before, guint n, const guint32 *after, GArray *splices)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_array_append_vals (list, before, n);
  for (guint i = 0; i < splices->len; i++)
    {
      EntSplice *splice = &g_array_index (splices, EntSplice, i);

      g_assert_true (splice->removed == 0 || splice->added == 0);
      g_assert_cmpuint (splice->position + splice->removed, <=, list->len);
      g_array_remove_range (list, splice->position, splice->removed);
      g_array_insert_vals (list, splice->position, after + splice->position, splice->added);
    }
  return list;
}

static void
assert_leads (
    const guint32 *before, guint n_before, const guint32 *after, guint n_after, guint n_splices)
{
  g_autoptr (GArray) splices = ent_splices_between (before, n_before, after, n_after, 64);
  g_autoptr (GArray) result = NULL;

  g_assert_nonnull (splices);
  g_assert_cmpuint (splices->len, ==, n_splices);
  result = apply (before, n_before, after, splices);
  g_assert_cmpmem (result->data, result->len * sizeof (guint32), after, n_after * sizeof (guint32));
}

static void
test_examples (void)
{
  const guint32 base[] = { 9, 8, 7, 6 };
  const guint32 newer[] = { 12, 11, 9, 8, 7, 6 };
  const guint32 middle[] = { 9, 8, 20, 7, 6 };
  const guint32 fewer[] = { 9, 6 };
  const guint32 both[] = { 10, 9, 7, 6, 1 };

  assert_leads (base, 4, base, 4, 0);
  assert_leads (base, 4, newer, 6, 1);
  assert_leads (newer, 6, base, 4, 1);
  assert_leads (base, 4, middle, 5, 1);
  assert_leads (base, 4, fewer, 2, 1);
  assert_leads (base, 4, both, 5, 3);
  assert_leads (base, 0, base, 4, 1);
  assert_leads (base, 4, base, 0, 1);
}

static void
test_other_order_gives_up (void)
{
  const guint32 before[] = { 1, 2, 3, 4 };
  const guint32 after[] = { 1, 3, 2, 4 };

  g_assert_null (ent_splices_between (before, 4, after, 4, 64));
}

static void
test_too_many_give_up (void)
{
  guint32 before[400], after[200];

  for (guint32 i = 0; i < 400; i++)
    before[i] = i;
  for (guint32 i = 0; i < 200; i++)
    after[i] = 2 * i;
  g_assert_null (ent_splices_between (before, 400, after, 200, 64));
}

/* Random insertions and removals, at most thirty runs of them. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (GArray) splices = NULL;
      g_autoptr (GArray) result = NULL;
      guint32 next = 0;

      for (guint run = 0; run < 30; run++)
        {
          guint length = (guint) g_rand_int_range (rand, 0, 20);
          int side = g_rand_int_range (rand, 0, 3);

          for (guint i = 0; i < length; i++, next++)
            {
              if (side != 1)
                g_array_append_val (before, next);
              if (side != 2)
                g_array_append_val (after, next);
            }
        }
      splices = ent_splices_between ((guint32 *) (gpointer) before->data, before->len,
                                     (guint32 *) (gpointer) after->data, after->len, 64);
      g_assert_nonnull (splices);
      result = apply ((guint32 *) (gpointer) before->data, before->len,
                      (guint32 *) (gpointer) after->data, splices);
      g_assert_cmpmem (result->data, result->len * 4, after->data, after->len * 4);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/splice/examples", test_examples);
  g_test_add_func ("/model/splice/other-order-gives-up", test_other_order_gives_up);
  g_test_add_func ("/model/splice/too-many-give-up", test_too_many_give_up);
  g_test_add_func ("/model/splice/random", test_random);
  return g_test_run ();
}
