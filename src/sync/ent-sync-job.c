/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synchronising one source. The plan is made once, for the clock at the start; windows are read
 * one after the other, the latest days first. A refusal of an old range is a normal outcome: the
 * provider no longer keeps it. Fetch thread; lives for one call. */
#include "config.h"

#include "ent-sync-job.h"

#include "ent-sync-run.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
/* A pass that was interrupted longer ago begins anew. */
#define RESUME_MS (7 * ENT_SYNC_DAY_MS)
/* One that goes on after more than this has old news of what it had read before: once it is
 * complete, it is followed by another that reads those days again. */
#define OLD_NEWS_MS HOUR_MS
/* How often a window starts over after its next page was refused. */
#define MAX_RESTARTS 2

static EntSyncWindow *
copy_window (const EntSyncWindow *window)
{
  return g_memdup2 (window, sizeof *window);
}

/* ---- The plan ------------------------------------------------------------------------------- */

static gboolean
load_cursor (EntSyncRun *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;

  text = ent_store_get_cursor (self->job->store, self->job->result->source_key,
                               ENT_SYNC_CURSOR_SLOT, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  ent_sync_cursor_parse (&self->cursor, text);
  return TRUE;
}

static gboolean
load_open_days (EntSyncRun *self, EntSyncPlanInput *input, EntChannel channel, GError **error)
{
  EntDay today = ent_zone_day_of (input->zone, input->now);
  gint64 base = ent_sync_plan_base (input, channel);
  GArray *days;

  if (input->synced[channel] == ENT_TIME_NONE)
    return TRUE;
  days = ent_store_open_days (self->job->store, self->job->result->source_key, channel, input->zone,
                              ent_zone_day_start (input->zone, today - ENT_SYNC_OPEN_DAYS), base,
                              input->now, error);
  input->open_days[channel] = days;
  return days != NULL;
}

/* The window in whose middle the last run ended comes first, from the page where it ended. What
 * is planned around it stays. */
static void
put_interrupted_first (EntSyncRun *self, GArray *plan)
{
  const EntSyncWindow inner = self->cursor.window;

  for (guint i = 0; i < plan->len; i++)
    {
      EntSyncWindow outer = g_array_index (plan, EntSyncWindow, i);
      EntSyncWindow before = { outer.channel, outer.from, inner.from };
      EntSyncWindow after = { outer.channel, inner.to, outer.to };

      if (outer.channel != inner.channel || inner.from < outer.from || inner.to > outer.to)
        continue;
      g_array_remove_index (plan, i);
      if (before.from < before.to)
        g_array_insert_val (plan, i, before);
      if (after.from < after.to)
        g_array_insert_val (plan, i, after);
      g_queue_push_head (&self->windows, copy_window (&inner));
      return;
    }
  ent_sync_cursor_set_window (&self->cursor, NULL, NULL);
}

/* Whether something was read at this very instant of the clock (which --now holds still): then
 * coverage cannot tell this pass from that one. */
static gboolean
was_read_now (const EntSyncRun *self, const GArray *coverage)
{
  for (guint i = 0; i < coverage->len; i++)
    if (g_array_index (coverage, EntCoverageInterval, i).fetched_at >= self->now)
      return TRUE;
  return FALSE;
}

/* Decides whether an interrupted pass goes on or a new one begins. Returns since when what was
 * read counts. */
static gint64
begin_pass (EntSyncRun *self, const GArray *coverage)
{
  if (self->cursor.pass <= self->now && self->cursor.pass > self->now - RESUME_MS)
    {
      self->as_of = self->cursor.pass;
      return self->as_of;
    }
  ent_sync_cursor_set_window (&self->cursor, NULL, NULL);
  self->cursor.pass = was_read_now (self, coverage) ? ENT_TIME_NONE : self->now;
  self->as_of = self->now;
  return ENT_TIME_NONE;
}

static void
clear_input (EntSyncPlanInput *input)
{
  for (guint i = 0; i < ENT_N_CHANNELS; i++)
    if (input->open_days[i] != NULL)
      g_array_unref ((GArray *) input->open_days[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntSyncPlanInput, clear_input)

static gboolean
make_plan (EntSyncRun *self, GError **error)
{
  const EntSourceClass *klass = self->job->source->klass;
  g_autoptr (GArray) coverage = NULL;
  g_autoptr (GArray) plan = NULL;
  g_auto (EntSyncPlanInput) input = {
    .now = self->now,
    .zone = self->job->zone,
    .klass = klass,
    .from = self->job->from,
    .to = self->job->to,
    .fresh = ENT_TIME_NONE,
  };

  coverage = ent_store_get_coverage (self->job->store, self->job->result->source_key, error);
  if (coverage == NULL)
    return FALSE;
  input.coverage = coverage;
  memcpy (input.synced, self->cursor.synced, sizeof input.synced);
  if (!self->by_hand)
    {
      input.fresh = begin_pass (self, coverage);
      for (guint i = 0; i < klass->n_channels; i++)
        if (!load_open_days (self, &input, klass->channels[i], error))
          return FALSE;
    }

  plan = ent_sync_plan (&input);
  if (!self->by_hand && self->cursor.page != NULL)
    put_interrupted_first (self, plan);
  for (guint i = 0; i < plan->len; i++)
    g_queue_push_tail (&self->windows, copy_window (&g_array_index (plan, EntSyncWindow, i)));

  /* By hand one may ask for more than the provider keeps: it is not even asked for that. */
  if (self->by_hand && input.from != ENT_TIME_NONE && input.from < self->now - klass->keeps_ms)
    self->job->result->answers_from = self->now - klass->keeps_ms;
  return TRUE;
}

/* ---- The windows ---------------------------------------------------------------------------- */

void
ent_sync_run_put_first (EntSyncRun *self, const GArray *pieces)
{
  for (guint i = pieces->len; i > 0; i--)
    g_queue_push_head (&self->windows, copy_window (&g_array_index (pieces, EntSyncWindow, i - 1)));
  self->job->progress->windows_total += pieces->len;
}

static gboolean
is_left_out (const EntSyncRun *self, const EntSyncWindow *window)
{
  gint64 refused_to = self->refused_to[window->channel];

  return self->off[window->channel] || (refused_to != ENT_TIME_NONE && window->to <= refused_to);
}

static void
note_answered (EntSyncRun *self, const EntSyncWindow *window)
{
  gint64 *from = &self->answered_from[window->channel];

  if (*from == ENT_TIME_NONE || window->from < *from)
    *from = window->from;
}

/* Reads a window. A refused page in its middle (an invalid or expired token) starts it over. */
static EntSyncWindowResult
read_window (EntSyncRun *self, const EntSyncWindow *window, GError **error)
{
  gboolean resumes = self->cursor.page != NULL && self->cursor.window.channel == window->channel &&
                     self->cursor.window.from == window->from &&
                     self->cursor.window.to == window->to;
  g_autofree char *page = resumes ? g_strdup (self->cursor.page) : NULL;

  for (guint restarts = 0;; restarts++)
    {
      g_autoptr (GError) problem = NULL;
      EntSyncWindowResult result = ent_sync_run_read_window (self, window, page, &problem);
      gboolean in_middle = self->cursor.page != NULL;

      if (result == ENT_SYNC_WINDOW_FAILED && in_middle && restarts < MAX_RESTARTS &&
          g_error_matches (problem, ENT_API_ERROR, ENT_API_ERROR_REFUSED))
        {
          g_clear_pointer (&page, g_free);
          ent_sync_cursor_set_window (&self->cursor, NULL, NULL);
          continue;
        }
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return result;
    }
}

static gboolean
run_window (EntSyncRun *self, const EntSyncWindow *window, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GArray) pieces = NULL;

  switch (read_window (self, window, &problem))
    {
    case ENT_SYNC_WINDOW_READ:
      note_answered (self, window);
      return TRUE;
    case ENT_SYNC_WINDOW_TOO_FULL:
      pieces = ent_sync_split (window, self->job->source->klass, self->job->zone);
      ent_sync_run_put_first (self, pieces);
      return TRUE;
    case ENT_SYNC_WINDOW_FAILED:
      break;
    }

  if (self->cursor.page == NULL && ent_sync_run_settle_refusal (self, window, problem))
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
run_windows (EntSyncRun *self, GError **error)
{
  while (!g_queue_is_empty (&self->windows))
    {
      g_autofree EntSyncWindow *window = g_queue_pop_head (&self->windows);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (!is_left_out (self, window) && !run_window (self, window, error))
        return FALSE;
      self->job->progress->windows_done++;
    }
  return TRUE;
}

static gboolean
finish_pass (EntSyncRun *self, GError **error)
{
  const EntSourceClass *klass = self->job->source->klass;

  ent_sync_cursor_set_window (&self->cursor, NULL, NULL);
  self->cursor.pass = ENT_TIME_NONE;
  for (guint i = 0; i < klass->n_channels; i++)
    if (!self->off[klass->channels[i]])
      self->cursor.synced[klass->channels[i]] = self->as_of;
  return ent_sync_run_commit (self, TRUE, error);
}

/* ---- The job -------------------------------------------------------------------------------- */

static void
retry_cb (guint attempt, gint64 wait_ms, const GError *error, gpointer user_data)
{
  EntSyncRun *self = user_data;

  self->job->progress->state = ENT_SYNC_WAITING;
  self->job->progress->retry_at = g_get_monotonic_time () + wait_ms * 1000;
  self->job->publish (self->job->progress, self->job->publish_data);
}

static void
init_run (EntSyncRun *self, const EntSyncJob *job, GCancellable *cancellable)
{
  *self = (EntSyncRun){
    .job = job,
    .cancellable = cancellable,
    .now = ent_clock_now (),
    .by_hand = job->from != ENT_TIME_NONE || job->to != ENT_TIME_NONE,
    .windows = G_QUEUE_INIT,
    .last_commit = g_get_monotonic_time (),
  };
  self->as_of = self->now;
  for (guint i = 0; i < ENT_N_CHANNELS; i++)
    self->answered_from[i] = self->refused_to[i] = ENT_TIME_NONE;
  ent_sync_cursor_init (&self->cursor);
}

static void
clear_run (EntSyncRun *self)
{
  g_queue_clear_full (&self->windows, g_free);
  g_clear_pointer (&self->batch, ent_batch_free);
  ent_sync_cursor_clear (&self->cursor);
}

static gboolean
run_pass (EntSyncRun *self, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!make_plan (self, error))
    return FALSE;
  self->job->progress->windows_done = 0;
  self->job->progress->windows_total = g_queue_get_length (&self->windows);
  self->job->publish (self->job->progress, self->job->publish_data);

  if (run_windows (self, &problem))
    return finish_pass (self, error);

  /* Whole pages that came before the trouble are kept, with the place where to go on. */
  if (problem->domain == ENT_API_ERROR)
    ent_sync_run_commit (self, TRUE, NULL);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
run (EntSyncRun *self, GError **error)
{
  if (!load_cursor (self, error))
    return FALSE;
  do
    if (!run_pass (self, error))
      return FALSE;
  while (self->as_of < self->now - OLD_NEWS_MS);
  return TRUE;
}

gboolean
ent_sync_job_run (const EntSyncJob *job, GCancellable *cancellable, GError **error)
{
  EntSyncRun self;
  gboolean done;

  init_run (&self, job, cancellable);
  ent_source_set_retry_func (job->source, retry_cb, &self);
  done = run (&self, error);
  ent_source_set_retry_func (job->source, NULL, NULL);
  clear_run (&self);
  return done;
}
