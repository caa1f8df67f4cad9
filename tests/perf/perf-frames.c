/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. The calls that GTK makes into our code are timed from outside: an emission hook
 * runs before the factory's handlers and the signal's own closure after them; the list model's
 * get_item is put behind a function of ours. */

#include "config.h"

#include "perf-frames.h"

#include "ent-message-list.h"

#include <time.h>

/* Of the present iteration, ns. */
static gint64 inside;
static gint64 call_start;
static guint depth;

static gint64
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Calls may be nested: a bind asks the model. */
static void
enter (void)
{
  if (depth++ == 0)
    call_start = get_cpu ();
}

static void
leave (void)
{
  if (--depth == 0)
    inside += get_cpu () - call_start;
}

/* ---- What GTK calls ------------------------------------------------------------------------- */

static gpointer (*real_get_item) (GListModel *list, guint position);

static gpointer
timed_get_item (GListModel *list, guint position)
{
  gpointer item;

  enter ();
  item = real_get_item (list, position);
  leave ();
  return item;
}

static gboolean
before_handlers_cb (GSignalInvocationHint *hint,
                    guint n_values,
                    const GValue *values,
                    gpointer user_data)
{
  enter ();
  return TRUE;
}

static void
after_handlers_cb (GtkSignalListItemFactory *factory, GObject *item)
{
  leave ();
}

void
perf_frames_install (void)
{
  static const char *const names[] = { "setup", "bind", "unbind", "teardown" };
  GType type = GTK_TYPE_SIGNAL_LIST_ITEM_FACTORY;
  gpointer list_class = g_type_class_ref (ENT_TYPE_MESSAGE_LIST);
  GListModelInterface *model = g_type_interface_peek (list_class, G_TYPE_LIST_MODEL);
  g_autoptr (GTypeClass) factory_class = g_type_class_ref (type);

  real_get_item = model->get_item;
  model->get_item = timed_get_item;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint id = g_signal_lookup (names[i], type);

      g_signal_add_emission_hook (id, 0, before_handlers_cb, NULL, NULL);
      g_signal_override_class_handler (names[i], type, G_CALLBACK (after_handlers_cb));
    }
}

/* ---- Frames --------------------------------------------------------------------------------- */

static void
before_paint_cb (GdkFrameClock *clock, PerfFrames *self)
{
  self->frame_start = get_cpu ();
}

static void
after_paint_cb (GdkFrameClock *clock, PerfFrames *self)
{
  gint64 cost = get_cpu () - self->frame_start;

  self->frame_start = 0;
  self->frame_sum += cost;
  self->frame_worst = MAX (self->frame_worst, cost);
  self->n_frames++;
}

void
perf_frames_watch (PerfFrames *self, GtkWidget *window)
{
  self->window = g_object_ref (window);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (window));
  self->before = g_signal_connect (self->clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  self->after =
      g_signal_connect_after (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

void
perf_frames_clear (PerfFrames *self)
{
  if (self->clock != NULL)
    {
      g_clear_signal_handler (&self->before, self->clock);
      g_clear_signal_handler (&self->after, self->clock);
    }
  g_clear_object (&self->clock);
  g_clear_object (&self->window);
}

void
perf_frames_reset (PerfFrames *self)
{
  self->frame_sum = self->frame_worst = self->ours_worst = 0;
  self->n_frames = 0;
}

void
perf_frames_iterate (PerfFrames *self)
{
  guint frames = self->n_frames;
  gint64 start = get_cpu (), cost;

  inside = 0;
  g_main_context_iteration (NULL, TRUE);
  cost = get_cpu () - start;
  self->ours_worst = MAX (self->ours_worst, self->n_frames == frames ? cost : inside);
}

void
perf_frames_wait (PerfFrames *self, guint n)
{
  guint wanted = self->n_frames + n;

  if (self->window == NULL)
    return;
  while (self->n_frames < wanted)
    {
      /* Also where nothing changed: a frame is asked for. */
      gdk_frame_clock_request_phase (self->clock, GDK_FRAME_CLOCK_PHASE_PAINT);
      perf_frames_iterate (self);
    }
}

void
perf_frames_tell (const PerfFrames *self, JsonObject *answer)
{
  double frames = MAX (self->n_frames, 1);

  json_object_set_double_member (answer, "frame_ms", (double) self->frame_sum / frames / 1e6);
  json_object_set_double_member (answer, "frame_worst_ms", (double) self->frame_worst / 1e6);
  json_object_set_double_member (answer, "ours_worst_ms", (double) self->ours_worst / 1e6);
  json_object_set_int_member (answer, "frames", self->n_frames);
}
