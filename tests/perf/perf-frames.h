/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window's frames cost, and how much of a main loop's iteration is ours: in an iteration
 * without a frame all of it; in one with a frame the list model's get_item and the cells' bind,
 * unbind, set-up, which GTK calls from within its own layout. Main thread. */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  GtkWidget *window; /* owned; NULL: nothing is watched */
  GdkFrameClock *clock;
  gulong before;
  gulong after;
  gint64 frame_start; /* ns of the thread's processor time; 0 outside of a frame */
  gint64 frame_sum;
  gint64 frame_worst;
  guint n_frames;
  gint64 ours_worst;
} PerfFrames;

/* Once, before the first list is made. */
void perf_frames_install (void);

/* @window must be realised. */
void perf_frames_watch (PerfFrames *self, GtkWidget *window);
void perf_frames_clear (PerfFrames *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PerfFrames, perf_frames_clear)
void perf_frames_reset (PerfFrames *self);

/* One iteration of the main loop. */
void perf_frames_iterate (PerfFrames *self);
/* Until @n more frames were painted. */
void perf_frames_wait (PerfFrames *self, guint n);
/* "frame_ms" (average), "frame_worst_ms", "ours_worst_ms" (of one iteration), "frames". */
void perf_frames_tell (const PerfFrames *self, JsonObject *answer);

G_END_DECLS
