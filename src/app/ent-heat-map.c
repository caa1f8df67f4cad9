/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws with colour nodes and a few texts. Cells are whole pixels. Main thread. */
#include "config.h"

#include "ent-heat-map.h"

#include "ent-style.h"
#include "ent-words.h"

#include <math.h>

#define N_HOURS 24
#define N_WEEKDAYS 7
#define MIN_CELL 9
#define GAP 2
#define LABEL_GAP 6
#define HOURS_A_LABEL 6
/* The least that is seen as more than nothing. */
#define FAINTEST 0.16
#define TRACK 0.06

struct _EntHeatMap
{
  GtkWidget parent_instance;

  GtkWidget *popover;
  EntHourWeek week;
  EntStage stage;
  int weekday; /* -1: none */
  int hour;
  gboolean keyed; /* the current cell came by keyboard */
};

G_DEFINE_FINAL_TYPE (EntHeatMap, ent_heat_map, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CURRENT_CHANGED,
  SIGNAL_ACTIVATED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* ---- Geometry ---- */

typedef struct
{
  int left; /* of the cells */
  int top;
  double slot_width; /* a cell and its gap */
  int slot_height;
} Grid;

static PangoLayout *
label_layout (EntHeatMap *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.82));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static void
measure_labels (EntHeatMap *self, int *width, int *height)
{
  *width = *height = 0;
  for (int weekday = 0; weekday < N_WEEKDAYS; weekday++)
    {
      g_autoptr (PangoLayout) layout = label_layout (self, ent_words_weekday_short (weekday));
      int own_width, own_height;

      pango_layout_get_pixel_size (layout, &own_width, &own_height);
      *width = MAX (*width, own_width);
      *height = MAX (*height, own_height);
    }
}

static Grid
grid_of (EntHeatMap *self)
{
  int label_width, label_height;
  Grid grid;

  measure_labels (self, &label_width, &label_height);
  grid.left = label_width + LABEL_GAP;
  grid.top = label_height + GAP;
  grid.slot_width =
      (double) MAX (gtk_widget_get_width (GTK_WIDGET (self)) - grid.left, 0) / N_HOURS;
  grid.slot_height = label_height + GAP + 2;
  return grid;
}

static GdkRectangle
cell_of (const Grid *grid, int weekday, int hour)
{
  int x = grid->left + (int) floor (hour * grid->slot_width);
  int end = grid->left + (int) floor ((hour + 1) * grid->slot_width);

  return (GdkRectangle){ x, grid->top + weekday * grid->slot_height, MAX (end - x - GAP, 1),
                         grid->slot_height - GAP };
}

static gboolean
hit (EntHeatMap *self, double x, double y, int *weekday, int *hour)
{
  Grid grid = grid_of (self);

  if (x < grid.left || y < grid.top || grid.slot_width < 1)
    return FALSE;
  *weekday = (int) ((y - grid.top) / grid.slot_height);
  *hour = (int) ((x - grid.left) / grid.slot_width);
  return *weekday < N_WEEKDAYS && *hour < N_HOURS;
}

/* ---- Drawing ---- */

static void
add_label (EntHeatMap *self, GtkSnapshot *snapshot, const char *text, int x, int y)
{
  g_autoptr (PangoLayout) layout = label_layout (self, text);
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  color.alpha *= 0.75f;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
add_labels (EntHeatMap *self, GtkSnapshot *snapshot, const Grid *grid)
{
  for (int weekday = 0; weekday < N_WEEKDAYS; weekday++)
    add_label (self, snapshot, ent_words_weekday_short (weekday), 0,
               grid->top + weekday * grid->slot_height);
  for (int hour = 0; hour < N_HOURS; hour += HOURS_A_LABEL)
    {
      g_autofree char *text = ent_words_hour (hour);

      add_label (self, snapshot, text, cell_of (grid, 0, hour).x, 0);
    }
}

static void
add_cell (EntHeatMap *self, GtkSnapshot *snapshot, const Grid *grid, int weekday, int hour)
{
  const EntHourCell *cell = &self->week.cells[weekday][hour];
  GdkRectangle area = cell_of (grid, weekday, hour);
  GdkRGBA color = ent_style_get_color (self->stage);

  if (cell->n_hours == 0)
    return;
  color.alpha *= (float) (cell->count == 0 ? TRACK
                                           : FAINTEST + (1 - FAINTEST) * (double) cell->count /
                                                            (double) self->week.peak);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT ((float) area.x, (float) area.y,
                                                  (float) area.width, (float) area.height));
}

static void
add_current (EntHeatMap *self, GtkSnapshot *snapshot, const Grid *grid)
{
  GdkRectangle area = cell_of (grid, self->weekday, self->hour);
  const float widths[4] = { 2, 2, 2, 2 };
  GskRoundedRect outline;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float) area.x - 2, (float) area.y - 2,
                                                        (float) area.width + 4,
                                                        (float) area.height + 4),
                                   2);
  gtk_snapshot_append_border (snapshot, &outline, widths,
                              (const GdkRGBA[]){ color, color, color, color });
}

static void
ent_heat_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EntHeatMap *self = ENT_HEAT_MAP (widget);
  Grid grid = grid_of (self);

  add_labels (self, snapshot, &grid);
  for (int weekday = 0; weekday < N_WEEKDAYS; weekday++)
    for (int hour = 0; hour < N_HOURS; hour++)
      add_cell (self, snapshot, &grid, weekday, hour);
  if (self->weekday >= 0)
    add_current (self, snapshot, &grid);
}

static void
ent_heat_map_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  int label_width, label_height;

  measure_labels (ENT_HEAT_MAP (widget), &label_width, &label_height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = label_width + LABEL_GAP + N_HOURS * MIN_CELL;
  else
    *minimum = *natural = label_height + GAP + N_WEEKDAYS * (label_height + GAP + 2);
}

static void
ent_heat_map_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_popover_present (GTK_POPOVER (ENT_HEAT_MAP (widget)->popover));
}

/* ---- The current cell ---- */

static void
set_current (EntHeatMap *self, int weekday, int hour, gboolean keyed)
{
  self->keyed = keyed;
  if (self->weekday == weekday && self->hour == hour)
    return;
  self->weekday = weekday;
  self->hour = hour;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_CURRENT_CHANGED], 0, weekday, hour);
}

static void
activate (EntHeatMap *self)
{
  if (self->weekday >= 0 && self->week.cells[self->weekday][self->hour].count > 0)
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, self->weekday, self->hour);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, EntHeatMap *self)
{
  int weekday, hour;

  if (hit (self, x, y, &weekday, &hour))
    set_current (self, weekday, hour, FALSE);
  else
    set_current (self, -1, -1, FALSE);
}

static void
leave_cb (GtkEventControllerMotion *controller, EntHeatMap *self)
{
  if (!self->keyed)
    set_current (self, -1, -1, FALSE);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, EntHeatMap *self)
{
  int weekday, hour;

  if (!hit (self, x, y, &weekday, &hour))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  set_current (self, weekday, hour, FALSE);
  activate (self);
}

/* The first step goes to the busiest hour. */
static void
move_current (EntHeatMap *self, int days, int hours)
{
  if (self->weekday < 0)
    set_current (self, MAX (self->week.peak_weekday, 0), MAX (self->week.peak_hour, 0), TRUE);
  else
    set_current (self, CLAMP (self->weekday + days, 0, N_WEEKDAYS - 1),
                 CLAMP (self->hour + hours, 0, N_HOURS - 1), TRUE);
}

static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  int days, hours;

  g_variant_get (args, "(ii)", &days, &hours);
  move_current (ENT_HEAT_MAP (widget), days, hours);
  return TRUE;
}

/* Each is an action too: assistive tools can trigger only those. */
static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_current (ENT_HEAT_MAP (widget), 0, 1);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_current (ENT_HEAT_MAP (widget), 0, -1);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate (ENT_HEAT_MAP (widget));
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  activate (ENT_HEAT_MAP (widget));
  return TRUE;
}

static gboolean
clear_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  EntHeatMap *self = ENT_HEAT_MAP (widget);

  if (self->weekday < 0)
    return FALSE;
  set_current (self, -1, -1, FALSE);
  return TRUE;
}

static void
focus_changed_cb (EntHeatMap *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)) && self->keyed)
    set_current (self, -1, -1, FALSE);
}

/* ---- Life ---- */

static void
add_move (GtkWidgetClass *klass, guint key, guint keypad_key, int days, int hours)
{
  gtk_widget_class_add_binding (klass, key, 0, move_cb, "(ii)", days, hours);
  gtk_widget_class_add_binding (klass, keypad_key, 0, move_cb, "(ii)", days, hours);
}

static void
ent_heat_map_dispose (GObject *object)
{
  g_clear_pointer (&ENT_HEAT_MAP (object)->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_heat_map_parent_class)->dispose (object);
}

static void
ent_heat_map_class_init (EntHeatMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_heat_map_dispose;
  widget_class->snapshot = ent_heat_map_snapshot;
  widget_class->size_allocate = ent_heat_map_size_allocate;
  widget_class->measure = ent_heat_map_measure;
  signals[SIGNAL_CURRENT_CHANGED] =
      g_signal_new ("current-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_INT, G_TYPE_INT);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  gtk_widget_class_set_css_name (widget_class, "heatmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_install_action (widget_class, "heat-map.next-hour", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "heat-map.previous-hour", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "heat-map.open-hour", NULL, open_action);
  add_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, 0, -1);
  add_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 0, 1);
  add_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, -1, 0);
  add_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 1, 0);
  add_move (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, 0, -N_HOURS);
  add_move (widget_class, GDK_KEY_End, GDK_KEY_KP_End, 0, N_HOURS);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, clear_cb, NULL);
}

static void
ent_heat_map_init (EntHeatMap *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->weekday = self->hour = -1;
  self->week.peak_weekday = self->week.peak_hour = -1;
  self->popover = gtk_popover_new ();
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_changed_cb), NULL);
}

GtkWidget *
ent_heat_map_new (void)
{
  return g_object_new (ENT_TYPE_HEAT_MAP, NULL);
}

void
ent_heat_map_set_week (EntHeatMap *self, const EntHourWeek *week, EntStage stage)
{
  self->week = *week;
  self->stage = stage;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->weekday >= 0)
    /* The same place may say something else now. */
    g_signal_emit (self, signals[SIGNAL_CURRENT_CHANGED], 0, self->weekday, self->hour);
}

const EntHourWeek *
ent_heat_map_get_week (EntHeatMap *self)
{
  return &self->week;
}

gboolean
ent_heat_map_get_current (EntHeatMap *self, int *weekday, int *hour)
{
  *weekday = self->weekday;
  *hour = self->hour;
  return self->weekday >= 0;
}

void
ent_heat_map_popup (EntHeatMap *self, GtkWidget *child, int weekday, int hour)
{
  Grid grid = grid_of (self);
  GdkRectangle cell = cell_of (&grid, weekday, hour);

  gtk_popover_set_child (GTK_POPOVER (self->popover), child);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &cell);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

void
ent_heat_map_popdown (EntHeatMap *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}
