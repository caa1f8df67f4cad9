/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two layouts of the report page, over random children and widths: everything is inside,
 * nothing overlaps, in both directions of writing. */
#include "config.h"

#include "ent-columns-layout.h"
#include "ent-test-util.h"
#include "ent-wrap-layout.h"

#include <adwaita.h>

static GtkWidget *
box_new (GType layout, GtkTextDirection direction)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));

  gtk_widget_set_layout_manager (box, g_object_new (layout, NULL));
  gtk_widget_set_direction (box, direction);
  return box;
}

static GtkWidget *
add_child (GtkWidget *box, int width, int height)
{
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (child, width, height);
  gtk_box_append (GTK_BOX (box), child);
  return child;
}

static graphene_rect_t
bounds_of (GtkWidget *child, GtkWidget *box)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, box, &bounds));
  return bounds;
}

static int
allocate (GtkWidget *box, int width)
{
  int minimum = 0, height = 0;

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, width);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (box, width, height, -1, NULL);
  return height;
}

static void
assert_apart (GtkWidget *box, int width, int height)
{
  for (GtkWidget *a = gtk_widget_get_first_child (box); a != NULL;
       a = gtk_widget_get_next_sibling (a))
    {
      graphene_rect_t first;

      if (!gtk_widget_get_visible (a))
        continue;
      first = bounds_of (a, box);
      g_assert_cmpfloat (first.origin.x, >=, 0);
      g_assert_cmpfloat (first.origin.y, >=, 0);
      g_assert_cmpfloat (first.origin.x + first.size.width, <=, width);
      g_assert_cmpfloat (first.origin.y + first.size.height, <=, height);
      for (GtkWidget *b = gtk_widget_get_next_sibling (a); b != NULL;
           b = gtk_widget_get_next_sibling (b))
        if (gtk_widget_get_visible (b))
          {
            graphene_rect_t second = bounds_of (b, box);

            g_assert_false (graphene_rect_intersection (&first, &second, NULL));
          }
    }
}

static void
test_random (GType layout, GRand *rand)
{
  GtkTextDirection direction = g_rand_boolean (rand) ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_RTL;
  GtkWidget *box = box_new (layout, direction);
  int n = g_rand_int_range (rand, 1, 12), width = g_rand_int_range (rand, 200, 1400);

  for (int i = 0; i < n; i++)
    {
      GtkWidget *child =
          add_child (box, g_rand_int_range (rand, 1, 140), g_rand_int_range (rand, 1, 60));

      gtk_widget_set_visible (child, g_rand_int_range (rand, 0, 5) > 0);
      gtk_widget_set_hexpand (child, g_rand_int_range (rand, 0, 5) == 0);
      gtk_widget_set_halign (child,
                             g_rand_int_range (rand, 0, 4) == 0 ? GTK_ALIGN_END : GTK_ALIGN_FILL);
    }
  assert_apart (box, width, allocate (box, width));
  g_object_unref (box);
}

static void
test_wrap_random (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint i = 0; i < ent_test_rounds (300, 20000); i++)
    test_random (ENT_TYPE_WRAP_LAYOUT, rand);
}

static void
test_columns_random (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint i = 0; i < ent_test_rounds (300, 20000); i++)
    test_random (ENT_TYPE_COLUMNS_LAYOUT, rand);
}

/* Narrower means higher, and one line is as high as its highest child. */
static void
test_wrap_lines (void)
{
  GtkWidget *box = box_new (ENT_TYPE_WRAP_LAYOUT, GTK_TEXT_DIR_LTR);

  for (int i = 0; i < 4; i++)
    add_child (box, 100, 20 + i);
  g_assert_cmpint (allocate (box, 4 * 100 + 3 * 6), ==, 23);
  g_assert_cmpint (allocate (box, 4 * 100 + 3 * 6 - 1), ==, 22 + 6 + 23);
  g_assert_cmpint (allocate (box, 100), ==, 20 + 21 + 22 + 23 + 3 * 6);
  g_object_unref (box);
}

/* What is to stand at the end does, and mirrored at the beginning. */
static void
test_wrap_end (void)
{
  static const GtkTextDirection directions[] = { GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_RTL };

  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      GtkWidget *box = box_new (ENT_TYPE_WRAP_LAYOUT, directions[i]);
      GtkWidget *last;

      add_child (box, 50, 20);
      last = add_child (box, 70, 20);
      gtk_widget_set_halign (last, GTK_ALIGN_END);
      allocate (box, 400);
      g_assert_cmpfloat (bounds_of (last, box).origin.x, ==,
                         directions[i] == GTK_TEXT_DIR_LTR ? 330 : 0);
      g_object_unref (box);
    }
}

/* Five cards: one row, or four and one, or pairs, and the odd one fills its row. */
static void
test_columns_rows (void)
{
  GtkWidget *box = box_new (ENT_TYPE_COLUMNS_LAYOUT, GTK_TEXT_DIR_LTR);
  GtkWidget *last = NULL;

  for (int i = 0; i < 5; i++)
    last = add_child (box, 20, 40);
  g_assert_cmpint (allocate (box, 1000), ==, 40);
  g_assert_cmpfloat (bounds_of (last, box).size.width, >,
                     bounds_of (gtk_widget_get_first_child (box), box).size.width);
  g_assert_cmpint (allocate (box, 800), ==, 40 + 12 + 40);
  g_assert_cmpfloat (bounds_of (last, box).size.width, ==, 800);
  g_assert_cmpint (allocate (box, 340), ==, 3 * 40 + 2 * 12);
  g_assert_cmpfloat (bounds_of (last, box).size.width, ==, 340);
  g_object_unref (box);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  adw_init ();
  g_test_add_func ("/layouts/wrap/random", test_wrap_random);
  g_test_add_func ("/layouts/wrap/lines", test_wrap_lines);
  g_test_add_func ("/layouts/wrap/end", test_wrap_end);
  g_test_add_func ("/layouts/columns/random", test_columns_random);
  g_test_add_func ("/layouts/columns/rows", test_columns_rows);
  return g_test_run ();
}
