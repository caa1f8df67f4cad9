/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and numbers against a list. */

#include "ent-dimension.h"
#include "ent-test-util.h"

#include <string.h>

typedef struct
{
  char *id;
  char *name;
  gboolean gone;
} Pair;

static void
clear_pair (gpointer data)
{
  g_free (((Pair *) data)->id);
  g_free (((Pair *) data)->name);
}

/* Few different texts of all lengths, so that many pairs share one half; NULL and "" too. */
static char *
random_text (GRand *rand)
{
  guint length = (guint) g_rand_int_range (rand, 0, 20);
  char *text;

  if (g_rand_int_range (rand, 0, 8) == 0)
    return NULL;
  text = g_strnfill (length, 'a');
  if (length > 0)
    text[length - 1] = (char) g_rand_int_range (rand, 'a', 'z' + 1);
  if (length > 9)
    text[g_rand_int_range (rand, 0, 9)] = 'z';
  return text;
}

static guint32
find_in_list (const GArray *list, const char *id, const char *name)
{
  for (guint i = 0; i < list->len; i++)
    {
      const Pair *pair = &g_array_index (list, Pair, i);

      if (!pair->gone && g_strcmp0 (pair->id, id) == 0 && g_strcmp0 (pair->name, name) == 0)
        return i + 1;
    }
  return 0;
}

static void
assert_entries (EntDimensions *names, const GArray *list)
{
  g_assert_cmpuint (ent_dimensions_get_last (names, ENT_DIMENSION_CAMPAIGN), ==, list->len);
  for (guint i = 0; i < list->len; i++)
    {
      const Pair *pair = &g_array_index (list, Pair, i);
      EntName name = ent_dimensions_get (names, ENT_DIMENSION_CAMPAIGN, i + 1);

      g_assert_cmpstr (name.id, ==, pair->id);
      g_assert_cmpstr (name.name, ==, pair->name);
      g_assert_cmpstr (ent_dimensions_get_label (names, ENT_DIMENSION_CAMPAIGN, i + 1), ==,
                       pair->name != NULL && *pair->name != '\0' ? pair->name
                       : pair->id != NULL                        ? pair->id
                                                                 : "");
    }
}

static void
test_against_list (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autoptr (EntDimensions) names = ent_dimensions_new ();
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Pair));

  g_array_set_clear_func (list, clear_pair);
  for (guint step = 0; step < ent_test_rounds (6000, 60000); step++)
    {
      Pair pair = { random_text (rand), random_text (rand), FALSE };
      guint32 expected =
          pair.id == NULL && pair.name == NULL ? 0 : find_in_list (list, pair.id, pair.name);
      guint what = (guint) g_rand_int_range (rand, 0, 300);

      g_assert_cmpuint (ent_dimensions_find (names, ENT_DIMENSION_CAMPAIGN, pair.id, pair.name), ==,
                        expected);
      g_assert_cmpuint (ent_dimensions_find (names, ENT_DIMENSION_USER, pair.id, pair.name), ==, 0);
      if (what == 0 && list->len > 10)
        {
          guint last = list->len - (guint) g_rand_int_range (rand, 0, 10);

          ent_dimensions_truncate (names, ENT_DIMENSION_CAMPAIGN, last);
          g_array_set_size (list, last);
        }
      else if (what < 4 && expected != 0)
        {
          ent_dimensions_retire (names, ENT_DIMENSION_CAMPAIGN, expected);
          g_array_index (list, Pair, expected - 1).gone = TRUE;
        }
      if (expected == 0 && (pair.id != NULL || pair.name != NULL))
        {
          g_assert_cmpuint (ent_dimensions_add (names, ENT_DIMENSION_CAMPAIGN, pair.id, pair.name),
                            ==, list->len + 1);
          g_array_append_val (list, pair);
        }
      else
        clear_pair (&pair);
    }
  g_assert_cmpuint (list->len, >, 100);
  assert_entries (names, list);
}

static void
test_limits (void)
{
  g_autoptr (EntDimensions) names = ent_dimensions_new ();
  EntName none;

  g_assert_cmpuint (ent_dimensions_find (names, ENT_DIMENSION_USER, NULL, NULL), ==, 0);
  g_assert_cmpuint (ent_dimensions_add (names, ENT_DIMENSION_USER, NULL, NULL), ==, 1);
  g_assert_cmpuint (ent_dimensions_add (names, ENT_DIMENSION_USER, "", NULL), ==, 2);
  g_assert_cmpuint (ent_dimensions_add (names, ENT_DIMENSION_USER, NULL, ""), ==, 3);
  g_assert_cmpuint (ent_dimensions_find (names, ENT_DIMENSION_USER, "", NULL), ==, 2);
  g_assert_cmpuint (ent_dimensions_find (names, ENT_DIMENSION_USER, NULL, ""), ==, 3);
  g_assert_cmpuint (ent_dimensions_find (names, ENT_DIMENSION_USER, "", ""), ==, 0);
  none = ent_dimensions_get (names, ENT_DIMENSION_USER, G_MAXUINT32);
  g_assert_null (none.id);
  none = ent_dimensions_get (names, ENT_DIMENSION_USER, 1000000);
  g_assert_null (none.name);
  g_assert_cmpstr (ent_dimensions_get_label (names, ENT_DIMENSION_USER, 0), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/dimension/against-list", test_against_list);
  g_test_add_func ("/store/dimension/limits", test_limits);
  return g_test_run ();
}
