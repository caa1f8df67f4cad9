/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking the store for what a window shows. One question of each kind runs at a time; a late
 * answer to an earlier question is dropped; what is shown stays until the new answer is
 * there. A commit of new data asks again, at most once in half a second. Main thread. */
#include "config.h"

#include "ent-session-private.h"

#define SLOW_AFTER_MS 250  /* a faster answer never flickers */
#define COUNT_AFTER_MS 150 /* typing goes on */
#define REFRESH_AFTER_MS 500
#define RETRY_AFTER_MS 120
#define TICK_S 10 /* another process's commits; midnight */

/* ---- States ---- */

static guint
signal_of (EntSession *self, EntSessionLoad *load)
{
  return load == &self->overview_load ? ENT_SESSION_OVERVIEW_CHANGED
                                      : ENT_SESSION_SELECTION_CHANGED;
}

static void
slow_cb (gpointer data, gboolean overview)
{
  EntSession *self = data;
  EntSessionLoad *load = overview ? &self->overview_load : &self->selection_load;

  load->slow_id = 0;
  load->state = ENT_LOAD_SLOW;
  ent_session_emit (self, signal_of (self, load));
}

static gboolean
overview_slow_cb (gpointer data)
{
  slow_cb (data, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
selection_slow_cb (gpointer data)
{
  slow_cb (data, FALSE);
  return G_SOURCE_REMOVE;
}

static void
stop (EntSessionLoad *load)
{
  g_clear_handle_id (&load->slow_id, g_source_remove);
  g_clear_handle_id (&load->retry_id, g_source_remove);
  if (load->cancellable != NULL)
    g_cancellable_cancel (load->cancellable);
  g_clear_object (&load->cancellable);
}

/* A refresh of what is there already stays quiet however long it takes. */
static GCancellable *
start (EntSession *self, EntSessionLoad *load, gboolean quiet, GSourceFunc slow)
{
  stop (load);
  load->cancellable = g_cancellable_new ();
  load->outdated = FALSE;
  g_clear_error (&load->error);
  load->state = ENT_LOAD_WAITING;
  if (!quiet)
    load->slow_id = g_timeout_add (SLOW_AFTER_MS, slow, self);
  return load->cancellable;
}

static gboolean
retry_cb (gpointer data, gboolean overview)
{
  EntSession *self = data;

  if (overview)
    {
      self->overview_load.retry_id = 0;
      ent_session_ask_overview (self);
    }
  else
    {
      self->selection_load.retry_id = 0;
      ent_session_ask_selection (self);
    }
  return G_SOURCE_REMOVE;
}

static gboolean
overview_retry_cb (gpointer data)
{
  return retry_cb (data, TRUE);
}

static gboolean
selection_retry_cb (gpointer data)
{
  return retry_cb (data, FALSE);
}

/* The store runs one question of a kind; another window's makes ours end as cancelled. */
static void
fail (EntSession *self, EntSessionLoad *load, GError *error, GSourceFunc retry)
{
  g_clear_handle_id (&load->slow_id, g_source_remove);
  g_clear_object (&load->cancellable);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      load->retry_id = g_timeout_add (RETRY_AFTER_MS, retry, self);
      return;
    }
  load->state = ENT_LOAD_FAILED;
  g_set_error_literal (&load->error, error->domain, error->code, error->message);
  ent_session_emit (self, signal_of (self, load));
}

static void
finish (EntSession *self, EntSessionLoad *load)
{
  g_clear_handle_id (&load->slow_id, g_source_remove);
  g_clear_object (&load->cancellable);
  load->state = ENT_LOAD_READY;
  ent_session_emit (self, signal_of (self, load));
}

/* ---- Questions ---- */

typedef struct
{
  EntSession *session;
  GCancellable *cancellable; /* whose answer it is */
  guint generation;
} Question;

static Question *
question_new (EntSession *self, EntSessionLoad *load)
{
  Question *question = g_new0 (Question, 1);

  question->session = g_object_ref (self);
  question->cancellable = g_object_ref (load->cancellable);
  question->generation = load->asked;
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->session);
  g_object_unref (question->cancellable);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
overview_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GError) error = NULL;
  EntSession *self = question->session;
  g_autoptr (EntOverview) overview = ent_store_overview_finish (ENT_STORE (source), result, &error);

  if (self->overview_load.cancellable != question->cancellable)
    return;
  if (overview == NULL)
    {
      fail (self, &self->overview_load, error, overview_retry_cb);
      return;
    }
  g_clear_pointer (&self->overview, ent_overview_free);
  self->overview = g_steal_pointer (&overview);
  finish (self, &self->overview_load);
}

static void
selection_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GError) error = NULL;
  EntSession *self = question->session;
  g_autoptr (EntSelection) selection = ent_store_select_finish (ENT_STORE (source), result, &error);

  if (self->selection_load.cancellable != question->cancellable)
    return;
  if (selection == NULL)
    {
      fail (self, &self->selection_load, error, selection_retry_cb);
      return;
    }
  g_clear_pointer (&self->selection, ent_selection_unref);
  self->selection = g_steal_pointer (&selection);
  self->selection_generation = question->generation;
  finish (self, &self->selection_load);
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntSession) self = data;
  g_autoptr (GError) error = NULL;
  gint64 count = ent_store_count_finish (ENT_STORE (source), result, &error);

  /* Another window's count cancelled this one: the next change asks again, and a number that
   * is not known is shown as such. */
  if (self->count_cancellable == NULL || g_cancellable_is_cancelled (self->count_cancellable) ||
      count < 0)
    return;
  self->count = count;
  ent_session_emit (self, ENT_SESSION_COUNT_CHANGED);
}

void
ent_session_ask_overview (EntSession *self)
{
  GCancellable *cancellable;
  gboolean quiet = self->overview != NULL && !self->overview_load.outdated;

  if (self->store == NULL)
    return;
  cancellable = start (self, &self->overview_load, quiet, overview_slow_cb);
  ent_store_overview_async (self->store, self->report, ent_clock_now (), cancellable, overview_cb,
                            question_new (self, &self->overview_load));
}

void
ent_session_ask_selection (EntSession *self)
{
  g_autoptr (EntQuery) query = NULL;
  GCancellable *cancellable;
  gboolean quiet = self->selection != NULL && !self->selection_load.outdated;

  if (self->store == NULL)
    return;
  query = ent_session_dup_query (self, ENT_VIEW_DETAILED);
  cancellable = start (self, &self->selection_load, quiet, selection_slow_cb);
  ent_store_select_async (self->store, query, self->report->sort, cancellable, selection_cb,
                          question_new (self, &self->selection_load));
}

void
ent_session_ask_shown (EntSession *self)
{
  if (self->report->view == ENT_VIEW_CONSOLIDATED)
    {
      if (self->overview_load.outdated)
        ent_session_ask_overview (self);
    }
  else if (self->selection_load.outdated)
    ent_session_ask_selection (self);
}

static gboolean
ask_count_cb (gpointer data)
{
  EntSession *self = data;
  g_autoptr (EntReport) report = ent_report_copy (self->report);
  g_autoptr (EntQuery) query = NULL;

  self->count_id = 0;
  report->period = self->draft_period;
  ent_filter_unref (report->filter);
  report->filter = self->report->view == ENT_VIEW_DETAILED
                       ? ent_drill_narrow_filter (&self->drill, self->draft_filter)
                       : ent_filter_ref (self->draft_filter);
  query = ent_query_new (report, ent_clock_now ());
  if (self->report->view == ENT_VIEW_DETAILED && self->drill.has_span &&
      ent_period_equal (&self->draft_period, &self->report->period))
    query->range = self->drill.span;
  self->count_cancellable = g_cancellable_new ();
  ent_store_count_async (self->store, query, self->count_cancellable, count_cb,
                         g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
ent_session_ask_count (EntSession *self)
{
  if (self->store == NULL)
    return;
  g_clear_handle_id (&self->count_id, g_source_remove);
  if (self->count_cancellable != NULL)
    g_cancellable_cancel (self->count_cancellable);
  g_clear_object (&self->count_cancellable);
  if (self->count >= 0)
    {
      self->count = -1;
      ent_session_emit (self, ENT_SESSION_COUNT_CHANGED);
    }
  self->count_id = g_timeout_add (COUNT_AFTER_MS, ask_count_cb, self);
}

/* ---- New data ---- */

static gboolean
refresh_cb (gpointer data)
{
  EntSession *self = data;

  self->refresh_id = 0;
  ent_session_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
data_version_cb (EntStore *store, GParamSpec *pspec, EntSession *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_AFTER_MS, refresh_cb, self);
}

static gboolean
tick_cb (gpointer data)
{
  EntSession *self = data;
  EntRange range = ent_session_get_range (self);

  ent_store_poll (self->store);
  if (range.from != self->ticked_range.from || range.to != self->ticked_range.to)
    {
      self->ticked_range = range;
      ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
      ent_session_emit (self, ENT_SESSION_DRAFT_CHANGED);
      ent_session_refresh (self);
    }
  return G_SOURCE_CONTINUE;
}

void
ent_session_load_init (EntSession *self)
{
  self->data_version_handler =
      g_signal_connect (self->store, "notify::data-version", G_CALLBACK (data_version_cb), self);
  self->tick_id = g_timeout_add_seconds (TICK_S, tick_cb, self);
}

void
ent_session_load_stop (EntSession *self)
{
  g_clear_signal_handler (&self->data_version_handler, self->store);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->count_id, g_source_remove);
  if (self->count_cancellable != NULL)
    g_cancellable_cancel (self->count_cancellable);
  g_clear_object (&self->count_cancellable);
  stop (&self->overview_load);
  stop (&self->selection_load);
  g_clear_error (&self->overview_load.error);
  g_clear_error (&self->selection_load.error);
  g_clear_pointer (&self->overview, ent_overview_free);
  g_clear_pointer (&self->selection, ent_selection_unref);
}

/* ---- Public ---- */

EntOverview *
ent_session_get_overview (EntSession *self)
{
  return self->overview;
}

EntLoadState
ent_session_get_overview_state (EntSession *self)
{
  return self->overview_load.state;
}

const GError *
ent_session_get_overview_error (EntSession *self)
{
  return self->overview_load.error;
}

EntSelection *
ent_session_get_selection (EntSession *self)
{
  return self->selection;
}

EntLoadState
ent_session_get_selection_state (EntSession *self)
{
  return self->selection_load.state;
}

const GError *
ent_session_get_selection_error (EntSession *self)
{
  return self->selection_load.error;
}

guint
ent_session_get_selection_generation (EntSession *self)
{
  return self->selection_generation;
}

/* The page that is not shown is asked for when it comes to be shown. */
void
ent_session_refresh (EntSession *self)
{
  if (self->store == NULL)
    return;
  if (self->report->view == ENT_VIEW_CONSOLIDATED)
    {
      ent_session_ask_overview (self);
      self->selection_load.outdated = TRUE;
    }
  else
    {
      ent_session_ask_selection (self);
      self->overview_load.outdated = TRUE;
    }
  ent_session_ask_count (self);
}

void
ent_session_cancel (EntSession *self)
{
  EntSessionLoad *loads[] = { &self->overview_load, &self->selection_load };

  for (guint i = 0; i < G_N_ELEMENTS (loads); i++)
    {
      if (loads[i]->cancellable == NULL)
        continue;
      stop (loads[i]);
      loads[i]->state = ENT_LOAD_READY;
      ent_session_emit (self, signal_of (self, loads[i]));
    }
}
