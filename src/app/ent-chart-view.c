/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The static picture is painted once into a texture and kept until size, scale, theme or data
 * change; a hover draws two rectangles and the bubble over it. Main thread. */
#include "config.h"

#include "ent-chart-view.h"

#include "ent-style.h"

#include <adwaita.h>
#include <math.h>
#include <time.h>

#define MIN_WIDTH 240
#define MIN_HEIGHT 200
#define NATURAL_HEIGHT 300
#define BIG_STEP 7
#define BUBBLE_GAP 14
/* Two hands' tremble is no drag. */
#define DRAG_THRESHOLD 8.0

struct _EntChartView
{
  GtkWidget parent_instance;

  GtkWidget *bubble;
  EntChart *chart;
  int current;    /* -1: none */
  int anchor;     /* other end of a span being selected; -1: none */
  gboolean keyed; /* the current point came by keyboard: ring it */

  /* The cache: valid while texture is set. */
  GdkTexture *texture;
  EntChartLayout layout;
  EntChartThemeKind theme;
  char *font;
  double resolution;

  double drag_x;
  guint n_drawn;
  double cpu_sum;
  double cpu_worst;
};

G_DEFINE_FINAL_TYPE (EntChartView, ent_chart_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CURRENT_CHANGED,
  SIGNAL_ACTIVATED,
  SIGNAL_SPAN_SELECTED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* --- the cached picture --------------------------------------------------------------- */

static void
drop_picture (EntChartView *self)
{
  g_clear_object (&self->texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_font (EntChartView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontDescription *font =
      pango_font_description_copy (pango_context_get_font_description (context));

  /* Absolute on most displays: points would make it a third larger there. */
  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, pango_font_description_get_size (font) * 0.85);
  else
    pango_font_description_set_size (font, (int) (pango_font_description_get_size (font) * 0.85));
  g_free (self->font);
  self->font = pango_font_description_to_string (font);
  self->resolution = pango_cairo_context_get_resolution (context);
  pango_font_description_free (font);
}

static EntChartPaint
paint_of (EntChartView *self)
{
  return (EntChartPaint){
    .theme = self->theme,
    .font = self->font,
    .resolution = self->resolution > 0 ? self->resolution : 96,
    .snap = TRUE,
  };
}

static GdkTexture *
texture_of_surface (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (
      cairo_image_surface_get_data (surface), stride * (gsize) height,
      (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (surface));

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
paint_picture (EntChartView *self, int width, int height)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  EntChartPaint paint;
  cairo_surface_t *surface;
  cairo_t *cr;

  self->theme = ent_style_get_theme ();
  update_font (self);
  paint = paint_of (self);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  self->layout =
      ent_chart_paint_layout (self->chart, (EntChartRect){ 0, 0, width, height }, &paint, cr);
  ent_chart_paint_static (self->chart, &self->layout, &paint, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  self->texture = texture_of_surface (surface);
  cairo_surface_destroy (surface);
}

static gboolean
has_points (EntChartView *self)
{
  return self->chart != NULL && ent_chart_get_n_points (self->chart) > 0;
}

/* The layout that input needs exists only after a first drawing; before it nothing can be hit. */
static gboolean
ensure_picture (EntChartView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (!has_points (self) || width <= 0 || height <= 0)
    return FALSE;
  if (self->texture == NULL)
    paint_picture (self, width, height);
  return TRUE;
}

/* --- drawing -------------------------------------------------------------------------- */

static double
cpu_microseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static void
snapshot_moving (EntChartView *self, GtkSnapshot *snapshot)
{
  EntChartPaint paint = paint_of (self);
  guint first = (guint) MIN (self->current, self->anchor < 0 ? self->current : self->anchor);
  guint last = (guint) MAX (self->current, self->anchor);
  EntChartRect from = ent_chart_layout_slot (&self->layout, first);
  EntChartRect to = ent_chart_layout_slot (&self->layout, last);
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT ((float) from.x - 4, (float) from.y - 4,
                          (float) (to.x + to.width - from.x) + 8, (float) from.height + 8);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  if (last > first)
    ent_chart_paint_span (&self->layout, &paint, first, last, cr);
  ent_chart_paint_current (self->chart, &self->layout, &paint, (guint) self->current, self->keyed,
                           cr);
  cairo_destroy (cr);
}

static void
ent_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EntChartView *self = ENT_CHART_VIEW (widget);
  double start = cpu_microseconds ();
  double spent;

  if (ensure_picture (self))
    {
      graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                   (float) gtk_widget_get_height (widget));

      gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
      if (self->current >= 0)
        snapshot_moving (self, snapshot);
    }
  spent = cpu_microseconds () - start;
  self->n_drawn++;
  self->cpu_sum += spent;
  self->cpu_worst = MAX (self->cpu_worst, spent);
  if (gtk_widget_get_child_visible (self->bubble))
    gtk_widget_snapshot_child (widget, self->bubble, snapshot);
}

void
ent_chart_view_take_timing (EntChartView *self, double *average, double *worst)
{
  *average = self->n_drawn > 0 ? self->cpu_sum / self->n_drawn : 0;
  *worst = self->cpu_worst;
  self->n_drawn = 0;
  self->cpu_sum = self->cpu_worst = 0;
}

/* --- the bubble's place ----------------------------------------------------------------- */

/* As wide as its words, no wider than the chart; then as high as that makes it. */
static void
measure_bubble (EntChartView *self, int width, int *bubble_width, int *bubble_height)
{
  int minimum, natural;

  gtk_widget_measure (self->bubble, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  *bubble_width = MAX (minimum, MIN (natural, width));
  gtk_widget_measure (self->bubble, GTK_ORIENTATION_VERTICAL, *bubble_width, &minimum,
                      bubble_height, NULL, NULL);
}

/* Beside the point, on the side with more room; never under the pointer, never cut off. */
static void
place_bubble (EntChartView *self, int width, int height)
{
  int bubble_width, bubble_height;
  EntChartRect slot;
  double x, y;
  GskTransform *transform;

  if (self->current < 0 || !ensure_picture (self))
    {
      gtk_widget_set_child_visible (self->bubble, FALSE);
      return;
    }
  measure_bubble (self, width, &bubble_width, &bubble_height);
  slot = ent_chart_layout_slot (&self->layout, (guint) self->current);
  x = slot.x + slot.width + BUBBLE_GAP;
  if (x + bubble_width > width)
    x = slot.x - BUBBLE_GAP - bubble_width;
  x = CLAMP (x, 0, MAX (0, width - bubble_width));
  y = CLAMP (self->layout.plot.y + 4, 0, MAX (0, height - bubble_height));
  transform =
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) round (x), (float) round (y)));
  gtk_widget_set_child_visible (self->bubble, TRUE);
  gtk_widget_allocate (self->bubble, bubble_width, bubble_height, -1, transform);
}

static void
ent_chart_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  EntChartView *self = ENT_CHART_VIEW (widget);
  int ignored;

  /* The bubble must have been measured before it is placed, although it asks for no room. */
  gtk_widget_measure (self->bubble, orientation, -1, &ignored, &ignored, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : NATURAL_HEIGHT;
}

static void
ent_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  EntChartView *self = ENT_CHART_VIEW (widget);

  if (self->texture != NULL &&
      (self->layout.area.width != width || self->layout.area.height != height))
    g_clear_object (&self->texture);
  place_bubble (self, width, height);
}

/* --- the current point ------------------------------------------------------------------ */

static void
set_current (EntChartView *self, int index, gboolean keyed)
{
  if (self->current == index && self->keyed == keyed)
    return;
  self->keyed = keyed;
  if (self->current == index)
    {
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }
  self->current = index;
  g_signal_emit (self, signals[SIGNAL_CURRENT_CHANGED], 0, index);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
ent_chart_view_set_current (EntChartView *self, int index)
{
  g_return_if_fail (ENT_IS_CHART_VIEW (self));
  g_return_if_fail (index < 0 ||
                    (has_points (self) && (guint) index < ent_chart_get_n_points (self->chart)));

  set_current (self, MAX (index, -1), FALSE);
}

int
ent_chart_view_get_current (EntChartView *self)
{
  g_return_val_if_fail (ENT_IS_CHART_VIEW (self), -1);

  return self->current;
}

EntChart *
ent_chart_view_get_chart (EntChartView *self)
{
  g_return_val_if_fail (ENT_IS_CHART_VIEW (self), NULL);

  return self->chart;
}

void
ent_chart_view_set_chart (EntChartView *self, EntChart *chart)
{
  int n;

  g_return_if_fail (ENT_IS_CHART_VIEW (self));

  if (chart != NULL)
    ent_chart_ref (chart);
  g_clear_pointer (&self->chart, ent_chart_unref);
  self->chart = chart;
  self->anchor = -1;
  n = chart != NULL ? (int) ent_chart_get_n_points (chart) : 0;
  drop_picture (self);
  if (self->current >= n)
    set_current (self, -1, FALSE);
  else if (self->current >= 0)
    /* The same place may say something else now. */
    g_signal_emit (self, signals[SIGNAL_CURRENT_CHANGED], 0, self->current);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* A span of one point is the point itself. */
static void
activate (EntChartView *self)
{
  int anchor = self->anchor;

  if (self->current < 0)
    return;
  self->anchor = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (anchor >= 0 && anchor != self->current)
    g_signal_emit (self, signals[SIGNAL_SPAN_SELECTED], 0, (guint) MIN (anchor, self->current),
                   (guint) MAX (anchor, self->current));
  else
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, (guint) self->current);
}

/* --- pointer ---------------------------------------------------------------------------- */

static int
hit (EntChartView *self, double x, double y)
{
  return ensure_picture (self) ? ent_chart_layout_hit (&self->layout, x, y) : -1;
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, EntChartView *self)
{
  set_current (self, hit (self, x, y), FALSE);
}

static void
leave_cb (GtkEventControllerMotion *controller, EntChartView *self)
{
  if (self->anchor < 0)
    set_current (self, -1, FALSE);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, EntChartView *self)
{
  self->drag_x = x;
  self->anchor = -1;
  set_current (self, hit (self, x, y), FALSE);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, EntChartView *self)
{
  double inside_y;
  int start, index;

  if (!ensure_picture (self) || fabs (dx) < DRAG_THRESHOLD)
    return;
  inside_y = self->layout.plot.y + 1;
  start = hit (self, self->drag_x, inside_y);
  index = hit (
      self,
      CLAMP (self->drag_x + dx, self->layout.plot.x, self->layout.plot.x + self->layout.plot.width),
      inside_y);
  if (start < 0 || index < 0)
    return;
  self->anchor = start;
  set_current (self, index, FALSE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, EntChartView *self)
{
  activate (self);
}

static void
drag_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, EntChartView *self)
{
  self->anchor = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- keyboard --------------------------------------------------------------------------- */

/* Each is an action too: assistive tools can trigger only those. */
static void
move_current (EntChartView *self, int step, gboolean extend)
{
  int n = has_points (self) ? (int) ent_chart_get_n_points (self->chart) : 0;
  int from = self->current;

  if (n == 0)
    return;
  if (!extend)
    self->anchor = -1;
  else if (self->anchor < 0)
    self->anchor = MAX (from, 0);
  /* The first step into the chart goes to its newest point. */
  set_current (self, from < 0 ? n - 1 : CLAMP (from + step, 0, n - 1), TRUE);
}

static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  int step;
  gboolean extend;

  g_variant_get (args, "(ib)", &step, &extend);
  move_current (ENT_CHART_VIEW (widget), step, extend);
  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  activate (ENT_CHART_VIEW (widget));
  return TRUE;
}

static gboolean
clear_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  EntChartView *self = ENT_CHART_VIEW (widget);

  if (self->current < 0)
    return FALSE;
  self->anchor = -1;
  set_current (self, -1, FALSE);
  return TRUE;
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_current (ENT_CHART_VIEW (widget), 1, FALSE);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_current (ENT_CHART_VIEW (widget), -1, FALSE);
}

static void
activate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate (ENT_CHART_VIEW (widget));
}

static void
focus_changed_cb (EntChartView *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)) && self->keyed)
    set_current (self, -1, FALSE);
}

static void
add_move_binding (
    GtkWidgetClass *klass, guint key, guint keypad_key, GdkModifierType modifiers, int step)
{
  static const GdkModifierType extends[] = { 0, GDK_SHIFT_MASK };

  for (guint i = 0; i < G_N_ELEMENTS (extends); i++)
    {
      gtk_widget_class_add_binding (klass, key, modifiers | extends[i], move_cb, "(ib)", step,
                                    i == 1);
      gtk_widget_class_add_binding (klass, keypad_key, modifiers | extends[i], move_cb, "(ib)",
                                    step, i == 1);
    }
}

static void
install_bindings (GtkWidgetClass *klass)
{
  add_move_binding (klass, GDK_KEY_Left, GDK_KEY_KP_Left, 0, -1);
  add_move_binding (klass, GDK_KEY_Right, GDK_KEY_KP_Right, 0, 1);
  add_move_binding (klass, GDK_KEY_Left, GDK_KEY_KP_Left, GDK_CONTROL_MASK, -BIG_STEP);
  add_move_binding (klass, GDK_KEY_Right, GDK_KEY_KP_Right, GDK_CONTROL_MASK, BIG_STEP);
  add_move_binding (klass, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, -4 * BIG_STEP);
  add_move_binding (klass, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, 4 * BIG_STEP);
  add_move_binding (klass, GDK_KEY_Home, GDK_KEY_KP_Home, 0, -G_MAXINT16);
  add_move_binding (klass, GDK_KEY_End, GDK_KEY_KP_End, 0, G_MAXINT16);
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_space, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, clear_cb, NULL);
  gtk_widget_class_install_action (klass, "chart.next-point", NULL, next_action);
  gtk_widget_class_install_action (klass, "chart.previous-point", NULL, previous_action);
  gtk_widget_class_install_action (klass, "chart.open-point", NULL, activate_action);
}

/* --- life ------------------------------------------------------------------------------- */

static void
ent_chart_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ent_chart_view_parent_class)->css_changed (widget, change);
  drop_picture (ENT_CHART_VIEW (widget));
}

static void
ent_chart_view_dispose (GObject *object)
{
  EntChartView *self = ENT_CHART_VIEW (object);

  g_clear_pointer (&self->bubble, gtk_widget_unparent);
  g_clear_pointer (&self->chart, ent_chart_unref);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (ent_chart_view_parent_class)->dispose (object);
}

static void
ent_chart_view_finalize (GObject *object)
{
  g_free (ENT_CHART_VIEW (object)->font);
  G_OBJECT_CLASS (ent_chart_view_parent_class)->finalize (object);
}

static void
ent_chart_view_class_init (EntChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = ent_chart_view_dispose;
  object_class->finalize = ent_chart_view_finalize;
  widget_class->snapshot = ent_chart_view_snapshot;
  widget_class->measure = ent_chart_view_measure;
  widget_class->size_allocate = ent_chart_view_size_allocate;
  widget_class->css_changed = ent_chart_view_css_changed;
  signals[SIGNAL_CURRENT_CHANGED] = g_signal_new ("current-changed", type, G_SIGNAL_RUN_LAST, 0,
                                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_SPAN_SELECTED] =
      g_signal_new ("span-selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "chartview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  install_bindings (widget_class);
}

static void
add_pointer (EntChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
ent_chart_view_init (EntChartView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->current = self->anchor = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_VISIBLE);
  add_pointer (self);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (drop_picture), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (drop_picture), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (drop_picture), NULL);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_changed_cb), NULL);
}

GtkWidget *
ent_chart_view_new (GtkWidget *bubble)
{
  EntChartView *self = g_object_new (ENT_TYPE_CHART_VIEW, NULL);

  self->bubble = bubble;
  gtk_widget_set_parent (bubble, GTK_WIDGET (self));
  gtk_widget_set_child_visible (bubble, FALSE);
  return GTK_WIDGET (self);
}
