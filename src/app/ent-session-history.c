/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo of filter changes. A step is the draft, the drill and the view; undoing from
 * an applied state applies, undoing a pending change leaves it pending. Main thread. */
#include "config.h"

#include "ent-session-history.h"

/* More than anybody walks back, little enough to forget about. */
#define MAX_STEPS 100

typedef struct
{
  EntPeriod period;
  EntFilter *filter;
  EntDrill drill;
  EntView view;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  ent_filter_unref (step->filter);
  ent_drill_clear (&step->drill);
  g_free (step);
}

static Step *
step_new (EntSession *self)
{
  Step *step = g_new0 (Step, 1);

  step->period = self->draft_period;
  step->filter = ent_filter_ref (self->draft_filter);
  ent_drill_set (&step->drill, &self->drill);
  step->view = self->report->view;
  return step;
}

static gboolean
drill_equal (const EntDrill *a, const EntDrill *b)
{
  return a->has_stage == b->has_stage && (!a->has_stage || a->stage == b->stage) &&
         a->has_span == b->has_span &&
         (!a->has_span || (a->span.from == b->span.from && a->span.to == b->span.to)) &&
         a->has_value == b->has_value && (!a->has_value || a->field == b->field) &&
         g_strcmp0 (a->value, b->value) == 0;
}

static gboolean
step_equal (const Step *a, const Step *b)
{
  return ent_period_equal (&a->period, &b->period) && ent_filter_equal (a->filter, b->filter) &&
         drill_equal (&a->drill, &b->drill);
}

static void
notify_history (EntSession *self)
{
  g_object_notify (G_OBJECT (self), "can-undo");
  g_object_notify (G_OBJECT (self), "can-redo");
}

/* The channel switch and the view have no pending state: they follow at once. */
static void
restore (EntSession *self, guint index)
{
  const Step *step = g_ptr_array_index (self->history, index);
  gboolean was_pending = ent_session_is_pending (self);

  self->history_index = index;
  self->draft_period = step->period;
  ent_filter_unref (self->draft_filter);
  self->draft_filter = ent_filter_ref (step->filter);
  ent_drill_set (&self->drill, &step->drill);
  self->report->view = step->view;
  notify_history (self);

  if (!was_pending)
    {
      ent_session_apply (self);
      return;
    }
  ent_session_emit (self, ENT_SESSION_DRAFT_CHANGED);
  g_object_notify (G_OBJECT (self), "pending");
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
  ent_session_ask_count (self);
  ent_session_ask_shown (self);
}

void
ent_session_history_push (EntSession *self)
{
  Step *step = step_new (self);

  if (self->history->len > 0 &&
      step_equal (step, g_ptr_array_index (self->history, self->history_index)))
    {
      step_free (step);
      ent_session_history_update (self);
      return;
    }
  if (self->history->len > 0)
    g_ptr_array_set_size (self->history, (int) self->history_index + 1);
  if (self->history->len == MAX_STEPS)
    g_ptr_array_remove_index (self->history, 0);
  g_ptr_array_add (self->history, step);
  self->history_index = self->history->len - 1;
  notify_history (self);
}

void
ent_session_history_update (EntSession *self)
{
  gpointer *slot;

  if (self->history->len == 0)
    return;
  slot = &g_ptr_array_index (self->history, self->history_index);
  step_free (*slot);
  *slot = step_new (self);
}

void
ent_session_history_reset (EntSession *self)
{
  if (self->history == NULL)
    self->history = g_ptr_array_new_with_free_func (step_free);
  g_ptr_array_set_size (self->history, 0);
  self->history_index = 0;
  ent_session_history_push (self);
}

gboolean
ent_session_can_undo (EntSession *self)
{
  return self->history_index > 0;
}

gboolean
ent_session_can_redo (EntSession *self)
{
  return self->history_index + 1 < self->history->len;
}

void
ent_session_undo (EntSession *self)
{
  if (ent_session_can_undo (self))
    restore (self, self->history_index - 1);
}

void
ent_session_redo (EntSession *self)
{
  if (ent_session_can_redo (self))
    restore (self, self->history_index + 1);
}
