/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Main thread; owned by its widget. */
#include "config.h"

#include "ent-columns-layout.h"

#include "ent-style.h"

#define SPACING 12
#define CARD_WIDTH 176  /* room for a number of seven digits */
#define LEAST_WIDTH 280 /* of two cards side by side */

struct _EntColumnsLayout
{
  GtkLayoutManager parent_instance;

  int column_width;
};

G_DEFINE_FINAL_TYPE (EntColumnsLayout, ent_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

static GPtrArray *
children_of (GtkWidget *widget)
{
  GPtrArray *children = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      g_ptr_array_add (children, child);
  return children;
}

static EntColumnsLayout *
layout_of (GtkWidget *widget)
{
  return ENT_COLUMNS_LAYOUT (gtk_widget_get_layout_manager (widget));
}

/* Twice as wide where texts are twice as large. */
static int
scaled (GtkWidget *widget, int width)
{
  return (int) (width * ent_style_get_text_scale (widget));
}

/* Two cards go side by side also where they are a little narrower than they should. */
static guint
columns_for (GtkWidget *widget, guint n, int width)
{
  int column = layout_of (widget)->column_width;
  guint fit = (guint) MAX (1, (width + SPACING) / (scaled (widget, column) + SPACING));

  if (fit >= n)
    return MAX (n, 1);
  if (fit < 2)
    return column == CARD_WIDTH && width >= scaled (widget, LEAST_WIDTH) ? 2 : 1;
  return fit - fit % 2;
}

/* In a row of all, the last one is wider: it holds several figures. */
static int
child_width (guint n, guint count, guint i, int width)
{
  int free_width = width - (int) (count - 1) * SPACING;

  if (count < n || count < 4)
    return free_width / (int) count;
  if (i + 1 < count)
    return free_width * 4 / (int) (4 * count + 1);
  return free_width - (int) (count - 1) * (free_width * 4 / (int) (4 * count + 1));
}

static int
row_height (GPtrArray *children, guint first, guint count, int width)
{
  int height = 0;

  for (guint i = first; i < first + count; i++)
    {
      int minimum = 0, natural = 0;

      gtk_widget_measure (g_ptr_array_index (children, i), GTK_ORIENTATION_VERTICAL,
                          child_width (children->len, count, i - first, width), &minimum, &natural,
                          NULL, NULL);
      height = MAX (height, natural);
    }
  return height;
}

/* Measures, and with @place also allocates. */
static int
lay_out (GtkWidget *widget, int width, gboolean place)
{
  g_autoptr (GPtrArray) children = children_of (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  guint columns = columns_for (widget, children->len, width);
  int y = 0;

  for (guint first = 0; first < children->len; first += columns)
    {
      guint count = MIN (columns, children->len - first);
      int height = row_height (children, first, count, width);
      int x = 0;

      if (first > 0)
        y += SPACING;
      for (guint i = 0; place && i < count; i++)
        {
          int own = child_width (children->len, count, i, width);
          GtkAllocation area = { rtl ? width - x - own : x, y, own, height };

          gtk_widget_size_allocate (g_ptr_array_index (children, first + i), &area, -1);
          x += own + SPACING;
        }
      y += height;
    }
  return y;
}

static GtkSizeRequestMode
ent_columns_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ent_columns_layout_measure (GtkLayoutManager *manager,
                            GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  g_autoptr (GPtrArray) children = children_of (widget);
  int widest = 0;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      int width = for_size > 0 ? for_size
                               : (int) children->len *
                                     (scaled (widget, layout_of (widget)->column_width) + SPACING);

      *minimum = *natural = lay_out (widget, width, FALSE);
      return;
    }
  for (guint i = 0; i < children->len; i++)
    {
      int child_minimum = 0, child_natural = 0;

      gtk_widget_measure (g_ptr_array_index (children, i), orientation, -1, &child_minimum,
                          &child_natural, NULL, NULL);
      widest = MAX (widest, child_minimum);
    }
  *minimum = widest;
  *natural =
      (int) children->len * (scaled (widget, layout_of (widget)->column_width) + SPACING) - SPACING;
  *natural = MAX (*natural, *minimum);
}

static void
ent_columns_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (widget, width, TRUE);
}

static void
ent_columns_layout_class_init (EntColumnsLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = ent_columns_layout_get_request_mode;
  layout_class->measure = ent_columns_layout_measure;
  layout_class->allocate = ent_columns_layout_allocate;
}

static void
ent_columns_layout_init (EntColumnsLayout *self)
{
  self->column_width = CARD_WIDTH;
}

GtkLayoutManager *
ent_columns_layout_new (int column_width)
{
  EntColumnsLayout *self = g_object_new (ENT_TYPE_COLUMNS_LAYOUT, NULL);

  if (column_width > 0)
    self->column_width = column_width;
  return GTK_LAYOUT_MANAGER (self);
}
