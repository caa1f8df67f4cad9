/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue of four questions. The store has one worker for all of them and the window's own, so
 * only one waits there at a time, and none while the window asks for something else: a list
 * that is being opened, a filter that was applied. Main thread. */
#include "config.h"

#include "ent-breakdown.h"

typedef enum
{
  QUESTION_DIMENSION,
  QUESTION_REASONS,
  QUESTION_HOURS,
  QUESTION_INSIGHT,
} Question;
#define N_QUESTIONS 4

struct _EntBreakdown
{
  GObject parent_instance;

  EntSession *session;
  EntBy by;
  EntQuery *query;     /* what the answers are of, or will be */
  gint64 data_version; /* of the overview that they belong to */
  guint wanted;        /* bits 1u << Question, still to be asked */
  Question asked;
  GCancellable *cancellable; /* of the running one; NULL when none runs */
  gboolean outdated;         /* data came while one ran */

  EntSummary *answers[QUESTION_INSIGHT];
  EntInsight *insight;
  GError *error;
};

G_DEFINE_FINAL_TYPE (EntBreakdown, ent_breakdown, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void ask_next (EntBreakdown *self);

/* ---- Answers ---- */

/* What was asked for and who waits: an answer to a cancelled question finds another one, or
 * none, in its place. */
typedef struct
{
  EntBreakdown *breakdown;
  GCancellable *cancellable;
} Asker;

static Asker *
asker_new (EntBreakdown *self)
{
  Asker *asker = g_new0 (Asker, 1);

  asker->breakdown = g_object_ref (self);
  asker->cancellable = g_object_ref (self->cancellable);
  return asker;
}

static void
asker_free (Asker *self)
{
  g_object_unref (self->breakdown);
  g_object_unref (self->cancellable);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asker, asker_free)

/* The rest is not asked after a failure: it would fail alike. */
static void
finish (EntBreakdown *self, GError *error)
{
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  if (error != NULL)
    {
      self->error = g_error_copy (error);
      self->wanted = 0;
    }
  else
    self->wanted &= ~(1u << self->asked);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (error == NULL)
    ask_next (self);
}

static void
summary_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asker) asker = data;
  g_autoptr (GError) error = NULL;
  EntBreakdown *self = asker->breakdown;
  g_autoptr (EntSummary) summary = ent_store_summarise_finish (ENT_STORE (source), result, &error);

  if (self->cancellable != asker->cancellable)
    return;
  if (summary != NULL)
    {
      g_clear_pointer (&self->answers[self->asked], ent_summary_unref);
      self->answers[self->asked] = g_steal_pointer (&summary);
    }
  finish (self, error);
}

static void
insight_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asker) asker = data;
  g_autoptr (GError) error = NULL;
  EntBreakdown *self = asker->breakdown;
  g_autofree EntInsight *insight = ent_store_insight_finish (ENT_STORE (source), result, &error);

  if (self->cancellable != asker->cancellable)
    return;
  if (insight != NULL)
    {
      g_free (self->insight);
      self->insight = g_steal_pointer (&insight);
    }
  finish (self, error);
}

/* ---- Questions ---- */

static EntBy
by_of (EntBreakdown *self, Question question)
{
  if (question == QUESTION_DIMENSION)
    return self->by;
  return question == QUESTION_REASONS ? ENT_BY_REASON : ENT_BY_HOUR;
}

static void
ask_next (EntBreakdown *self)
{
  EntStore *store = ent_session_get_store (self->session);

  if (self->wanted == 0 && self->outdated)
    {
      self->outdated = FALSE;
      self->wanted = (1u << N_QUESTIONS) - 1;
    }
  if (store == NULL || self->wanted == 0 || self->cancellable != NULL)
    return;
  self->asked = (Question) g_bit_nth_lsf (self->wanted, -1);
  self->cancellable = g_cancellable_new ();
  if (self->asked == QUESTION_INSIGHT)
    ent_store_insight_async (store, self->query, self->cancellable, insight_cb, asker_new (self));
  else
    ent_store_summarise_async (store, self->query, by_of (self, self->asked), self->cancellable,
                               summary_cb, asker_new (self));
}

static void
stop (EntBreakdown *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* ---- Following the session ---- */

static gboolean
is_same_question (const EntQuery *a, const EntQuery *b)
{
  return a->range.from == b->range.from && a->range.to == b->range.to && a->basis == b->basis &&
         ent_filter_equal (a->filter, b->filter) &&
         g_str_equal (ent_zone_get_name (a->zone), ent_zone_get_name (b->zone));
}

static void
overview_changed_cb (EntBreakdown *self)
{
  g_autoptr (EntQuery) query = NULL;
  EntOverview *overview = ent_session_get_overview (self->session);
  gboolean same;

  if (overview == NULL || ent_session_get_overview_state (self->session) != ENT_LOAD_READY)
    return;
  query = ent_session_dup_query (self->session, ENT_VIEW_CONSOLIDATED);
  same = self->query != NULL && is_same_question (self->query, query);
  if (same && self->data_version == overview->summary->data_version && self->error == NULL)
    {
      ask_next (self);
      return;
    }
  self->data_version = overview->summary->data_version;
  g_clear_pointer (&self->query, ent_query_free);
  self->query = g_steal_pointer (&query);
  /* A synchronisation commits all the time: what runs may finish, and is asked again then. */
  self->outdated = same && self->cancellable != NULL;
  if (self->outdated)
    return;
  stop (self);
  self->wanted = (1u << N_QUESTIONS) - 1;
  ask_next (self);
}

/* Another page, or another question: nothing of ours may stand in its way. */
static void
report_changed_cb (EntBreakdown *self)
{
  g_autoptr (EntQuery) query = ent_session_dup_query (self->session, ENT_VIEW_CONSOLIDATED);
  const EntReport *report = ent_session_get_report (self->session);

  if (self->query == NULL)
    return;
  if (report->view != ENT_VIEW_CONSOLIDATED || !is_same_question (self->query, query))
    stop (self);
  else
    ask_next (self);
}

/* ---- GObject ---- */

static void
ent_breakdown_dispose (GObject *object)
{
  EntBreakdown *self = ENT_BREAKDOWN (object);

  stop (self);
  self->wanted = 0;
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ent_breakdown_parent_class)->dispose (object);
}

static void
ent_breakdown_finalize (GObject *object)
{
  EntBreakdown *self = ENT_BREAKDOWN (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->answers); i++)
    g_clear_pointer (&self->answers[i], ent_summary_unref);
  g_free (self->insight);
  g_clear_pointer (&self->query, ent_query_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (ent_breakdown_parent_class)->finalize (object);
}

static void
ent_breakdown_class_init (EntBreakdownClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_breakdown_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_breakdown_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ent_breakdown_init (EntBreakdown *self)
{
  self->by = ENT_BY_CAMPAIGN;
}

EntBreakdown *
ent_breakdown_new (EntSession *session)
{
  EntBreakdown *self = g_object_new (ENT_TYPE_BREAKDOWN, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "overview-changed", G_CALLBACK (overview_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "report-changed", G_CALLBACK (report_changed_cb), self,
                           G_CONNECT_SWAPPED);
  overview_changed_cb (self);
  return self;
}

EntSession *
ent_breakdown_get_session (EntBreakdown *self)
{
  return self->session;
}

EntBy
ent_breakdown_get_by (EntBreakdown *self)
{
  return self->by;
}

void
ent_breakdown_set_by (EntBreakdown *self, EntBy by)
{
  if (self->by == by)
    return;
  self->by = by;
  if (self->query == NULL)
    return;
  if (self->cancellable != NULL && self->asked == QUESTION_DIMENSION)
    stop (self);
  self->wanted |= 1u << QUESTION_DIMENSION;
  ask_next (self);
}

EntSummary *
ent_breakdown_get_dimension (EntBreakdown *self)
{
  return self->answers[QUESTION_DIMENSION];
}

EntSummary *
ent_breakdown_get_reasons (EntBreakdown *self)
{
  return self->answers[QUESTION_REASONS];
}

EntSummary *
ent_breakdown_get_hours (EntBreakdown *self)
{
  return self->answers[QUESTION_HOURS];
}

const EntInsight *
ent_breakdown_get_insight (EntBreakdown *self)
{
  return self->insight;
}

const GError *
ent_breakdown_get_error (EntBreakdown *self)
{
  return self->error;
}
