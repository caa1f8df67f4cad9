/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of children, broken where the width ends. Main thread; owned by its widget. */
#include "config.h"

#include "ent-wrap-layout.h"

struct _EntWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
  int line_spacing;
};

G_DEFINE_FINAL_TYPE (EntWrapLayout, ent_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

enum
{
  PROP_0,
  PROP_SPACING,
  PROP_LINE_SPACING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

typedef struct
{
  GtkWidget *child;
  int width;
} Item;

typedef struct
{
  guint first;
  guint n;
  int width;
  int height;
  guint n_expand;
} Line;

/* The widths that children get in @width: natural, but never wider than the line. */
static GArray *
collect (GtkWidget *widget, int width)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      Item item = { .child = child };
      int minimum = 0, natural = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      item.width = MAX (minimum, MIN (natural, width));
      g_array_append_val (items, item);
    }
  return items;
}

static GArray *
break_lines (EntWrapLayout *self, GArray *items, int width)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (Line));
  Line line = { 0 };

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      int needed = line.width + (line.n > 0 ? self->spacing : 0) + item->width;

      if (line.n > 0 && needed > width)
        {
          g_array_append_val (lines, line);
          line = (Line){ .first = i };
          needed = item->width;
        }
      line.n++;
      line.width = needed;
      if (gtk_widget_compute_expand (item->child, GTK_ORIENTATION_HORIZONTAL))
        line.n_expand++;
    }
  if (line.n > 0)
    g_array_append_val (lines, line);
  return lines;
}

static int
measure_line (const Line *line, GArray *items)
{
  int height = 0;

  for (guint i = line->first; i < line->first + line->n; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      int minimum = 0, natural = 0;

      gtk_widget_measure (item->child, GTK_ORIENTATION_VERTICAL, item->width, &minimum, &natural,
                          NULL, NULL);
      height = MAX (height, natural);
    }
  return height;
}

static int
height_for_width (EntWrapLayout *self, GtkWidget *widget, int width)
{
  g_autoptr (GArray) items = collect (widget, width);
  g_autoptr (GArray) lines = break_lines (self, items, width);
  int height = lines->len > 0 ? (int) (lines->len - 1) * self->line_spacing : 0;

  for (guint i = 0; i < lines->len; i++)
    height += measure_line (&g_array_index (lines, Line, i), items);
  return height;
}

static GtkSizeRequestMode
ent_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ent_wrap_layout_measure (GtkLayoutManager *manager,
                         GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  EntWrapLayout *self = ENT_WRAP_LAYOUT (manager);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = height_for_width (self, widget, for_size < 0 ? G_MAXINT / 2 : for_size);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum = 0, child_natural = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? self->spacing : 0);
    }
}

static void
place_line (
    EntWrapLayout *self, GtkWidget *widget, const Line *line, GArray *items, int y, int width)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int spare = MAX (0, width - line->width), x = 0;
  guint expanders = line->n_expand;

  for (guint i = line->first; i < line->first + line->n; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      gboolean last = i + 1 == line->first + line->n;
      GtkAllocation place = { .y = y, .width = item->width, .height = line->height };

      if (expanders > 0 && gtk_widget_compute_expand (item->child, GTK_ORIENTATION_HORIZONTAL))
        {
          int share = spare / (int) expanders;

          place.width += share;
          spare -= share;
          expanders--;
        }
      else if (last && gtk_widget_get_halign (item->child) == GTK_ALIGN_END)
        x = MAX (x, width - item->width);
      place.x = rtl ? width - x - place.width : x;
      gtk_widget_size_allocate (item->child, &place, -1);
      x += place.width + self->spacing;
    }
}

static void
ent_wrap_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  EntWrapLayout *self = ENT_WRAP_LAYOUT (manager);
  g_autoptr (GArray) items = collect (widget, width);
  g_autoptr (GArray) lines = break_lines (self, items, width);
  int y = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = &g_array_index (lines, Line, i);

      line->height = measure_line (line, items);
      place_line (self, widget, line, items, y, width);
      y += line->height + self->line_spacing;
    }
}

static void
ent_wrap_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EntWrapLayout *self = ENT_WRAP_LAYOUT (object);

  if (id == PROP_SPACING)
    g_value_set_int (value, self->spacing);
  else if (id == PROP_LINE_SPACING)
    g_value_set_int (value, self->line_spacing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ent_wrap_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EntWrapLayout *self = ENT_WRAP_LAYOUT (object);

  if (id == PROP_SPACING)
    self->spacing = g_value_get_int (value);
  else if (id == PROP_LINE_SPACING)
    self->line_spacing = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
ent_wrap_layout_class_init (EntWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = ent_wrap_layout_get_property;
  object_class->set_property = ent_wrap_layout_set_property;
  layout_class->get_request_mode = ent_wrap_layout_get_request_mode;
  layout_class->measure = ent_wrap_layout_measure;
  layout_class->allocate = ent_wrap_layout_allocate;

  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 6,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LINE_SPACING] = g_param_spec_int ("line-spacing", NULL, NULL, 0, G_MAXINT16, 6,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ent_wrap_layout_init (EntWrapLayout *self)
{
  self->spacing = 6;
  self->line_spacing = 6;
}

GtkLayoutManager *
ent_wrap_layout_new (void)
{
  return g_object_new (ENT_TYPE_WRAP_LAYOUT, NULL);
}
