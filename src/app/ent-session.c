/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report of a window, its draft and its drill; see the header. Asking the store is in
 * ent-session-load.c, undo in ent-session-history.c. Main thread only. */
#include "config.h"

#include "ent-session.h"

#include "ent-session-history.h"
#include "ent-session-private.h"

enum
{
  PROP_0,
  PROP_MASKED,
  PROP_PENDING,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[ENT_SESSION_N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntSession, ent_session, G_TYPE_OBJECT)

void
ent_session_emit (EntSession *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}

/* ---- Changes ---- */

static void
draft_changed (EntSession *self)
{
  ent_session_emit (self, ENT_SESSION_DRAFT_CHANGED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
  ent_session_ask_count (self);
}

/* What is asked of the store changed. */
static void
question_changed (EntSession *self)
{
  self->overview_load.outdated = TRUE;
  self->selection_load.outdated = TRUE;
  self->selection_load.asked++;
  self->ticked_range = ent_session_get_range (self);
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
  ent_session_ask_shown (self);
}

static EntFilter *
with_channel (const EntFilter *filter, int channel)
{
  g_autoptr (EntFilter) bare = ent_filter_without_field (filter, ENT_FILTER_CHANNEL);

  if (channel < 0)
    return g_steal_pointer (&bare);
  return ent_filter_with (bare, ENT_FILTER_CHANNEL, ent_channel_key ((EntChannel) channel), FALSE,
                          NULL);
}

/* The draft takes the channels of the report: they are never pending. */
static EntFilter *
with_channels_of (const EntFilter *filter, const EntFilter *other)
{
  g_autoptr (EntFilter) result = ent_filter_without_field (filter, ENT_FILTER_CHANNEL);
  guint n = ent_filter_get_n_values (other, ENT_FILTER_CHANNEL);

  for (guint i = 0; i < n; i++)
    {
      gboolean negated = FALSE;
      const char *value = ent_filter_get_value (other, ENT_FILTER_CHANNEL, i, &negated);
      EntFilter *next = ent_filter_with (result, ENT_FILTER_CHANNEL, value, negated, NULL);

      if (next == NULL)
        continue;
      ent_filter_unref (result);
      result = next;
    }
  return g_steal_pointer (&result);
}

static void
take_filter (EntFilter **slot, EntFilter *filter)
{
  ent_filter_unref (*slot);
  *slot = filter;
}

static EntRange
resolve (EntSession *self, const EntPeriod *period)
{
  return ent_period_resolve (period, self->report->zone, ent_clock_now ());
}

/* ---- GObject ---- */

static void
ent_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EntSession *self = ENT_SESSION (object);

  switch (id)
    {
    case PROP_MASKED:
      g_value_set_boolean (value, self->masked);
      break;
    case PROP_PENDING:
      g_value_set_boolean (value, ent_session_is_pending (self));
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, ent_session_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, ent_session_can_redo (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ent_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MASKED)
    ent_session_set_masked (ENT_SESSION (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ent_session_dispose (GObject *object)
{
  ent_session_close (ENT_SESSION (object));
  G_OBJECT_CLASS (ent_session_parent_class)->dispose (object);
}

static void
ent_session_finalize (GObject *object)
{
  EntSession *self = ENT_SESSION (object);

  g_clear_pointer (&self->report, ent_report_free);
  g_clear_pointer (&self->draft_filter, ent_filter_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  ent_drill_clear (&self->drill);
  G_OBJECT_CLASS (ent_session_parent_class)->finalize (object);
}

static void
ent_session_class_init (EntSessionClass *klass)
{
  static const char *const names[ENT_SESSION_N_SIGNALS] = {
    "report-changed", "draft-changed", "count-changed", "overview-changed", "selection-changed",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ent_session_get_property;
  object_class->set_property = ent_session_set_property;
  object_class->dispose = ent_session_dispose;
  object_class->finalize = ent_session_finalize;

  properties[PROP_MASKED] =
      g_param_spec_boolean ("masked", NULL, NULL, FALSE, read | G_PARAM_WRITABLE);
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, read);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, read);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  for (guint i = 0; i < ENT_SESSION_N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
ent_session_init (EntSession *self)
{
  self->count = -1;
}

/* ---- Public: life ---- */

EntSession *
ent_session_new (EntStore *store, EntUserData *user_data, EntSync *sync, const EntReport *report)
{
  EntSession *self;

  g_return_val_if_fail (ENT_IS_STORE (store), NULL);
  g_return_val_if_fail (report != NULL, NULL);

  self = g_object_new (ENT_TYPE_SESSION, NULL);
  self->store = g_object_ref (store);
  self->user_data = user_data != NULL ? ent_user_data_ref (user_data) : NULL;
  self->sync = sync != NULL ? g_object_ref (sync) : NULL;
  self->report = ent_report_copy (report);
  self->draft_period = report->period;
  self->draft_filter = ent_filter_ref (report->filter);
  ent_session_history_reset (self);
  ent_session_load_init (self);
  question_changed (self);
  ent_session_ask_count (self);
  return self;
}

void
ent_session_close (EntSession *self)
{
  g_return_if_fail (ENT_IS_SESSION (self));

  if (self->store == NULL)
    return;
  ent_session_load_stop (self);
  g_clear_object (&self->sync);
  g_clear_pointer (&self->user_data, ent_user_data_unref);
  g_clear_object (&self->store);
}

EntStore *
ent_session_get_store (EntSession *self)
{
  return self->store;
}

EntUserData *
ent_session_get_user_data (EntSession *self)
{
  return self->user_data;
}

EntSync *
ent_session_get_sync (EntSession *self)
{
  return self->sync;
}

/* ---- Public: what is shown ---- */

const EntReport *
ent_session_get_report (EntSession *self)
{
  return self->report;
}

EntReport *
ent_session_dup_shown_report (EntSession *self)
{
  EntReport *report = ent_report_copy (self->report);

  if (report->view != ENT_VIEW_DETAILED)
    return report;
  take_filter (&report->filter, ent_drill_narrow_filter (&self->drill, self->report->filter));
  if (self->drill.has_span)
    ent_period_init_dates (&report->period, self->drill.span.first, self->drill.span.last, NULL);
  return report;
}

EntQuery *
ent_session_dup_query (EntSession *self, EntView view)
{
  EntQuery *query = ent_query_new (self->report, ent_clock_now ());

  if (view != ENT_VIEW_DETAILED)
    return query;
  take_filter (&query->filter, ent_drill_narrow_filter (&self->drill, self->report->filter));
  if (self->drill.has_span)
    query->range = self->drill.span;
  return query;
}

gint64
ent_session_get_synchronised (EntSession *self)
{
  return self->synchronised;
}

void
ent_session_set_synchronised (EntSession *self, gint64 until)
{
  self->synchronised = until;
}

EntRange
ent_session_get_range (EntSession *self)
{
  return resolve (self, &self->report->period);
}

void
ent_session_load_report (EntSession *self, const EntReport *report, gint64 template_id)
{
  EntReport *copy = ent_report_copy (report);

  ent_report_free (self->report);
  self->report = copy;
  self->template_id = template_id;
  self->draft_period = copy->period;
  take_filter (&self->draft_filter, ent_filter_ref (copy->filter));
  ent_drill_clear (&self->drill);
  ent_session_history_push (self);
  question_changed (self);
  draft_changed (self);
}

gint64
ent_session_get_template_id (EntSession *self)
{
  return self->template_id;
}

void
ent_session_set_template (EntSession *self, gint64 template_id, const char *name)
{
  self->template_id = template_id;
  g_free (self->report->name);
  self->report->name = g_strdup (name);
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
}

/* ---- Public: applied at once ---- */

void
ent_session_set_view (EntSession *self, EntView view)
{
  if (self->report->view == view)
    return;
  /* The drill says which number was clicked on; the consolidated page has all numbers. */
  if (view == ENT_VIEW_CONSOLIDATED &&
      (self->drill.has_stage || self->drill.has_span || self->drill.has_value))
    {
      ent_drill_clear (&self->drill);
      self->selection_load.outdated = TRUE;
      self->selection_load.asked++;
    }
  self->report->view = view;
  ent_session_history_push (self);
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
  ent_session_ask_count (self);
  ent_session_ask_shown (self);
}

int
ent_session_get_channel (EntSession *self)
{
  guint n = ent_filter_get_n_values (self->report->filter, ENT_FILTER_CHANNEL);
  gboolean negated = FALSE;
  const char *key;
  EntChannel channel;

  if (n == 0)
    return ENT_SESSION_ALL_CHANNELS;
  key = ent_filter_get_value (self->report->filter, ENT_FILTER_CHANNEL, 0, &negated);
  if (n > 1 || negated || !ent_channel_from_key (key, &channel))
    return ENT_SESSION_SEVERAL_CHANNELS;
  return (int) channel;
}

void
ent_session_set_channel (EntSession *self, int channel)
{
  g_return_if_fail (channel >= ENT_SESSION_ALL_CHANNELS && channel < ENT_N_CHANNELS);

  if (ent_session_get_channel (self) == channel)
    return;
  take_filter (&self->report->filter, with_channel (self->report->filter, channel));
  take_filter (&self->draft_filter, with_channel (self->draft_filter, channel));
  ent_session_history_push (self);
  question_changed (self);
  draft_changed (self);
}

void
ent_session_set_by (EntSession *self, EntBy by)
{
  if (self->report->by == by)
    return;
  self->report->by = by;
  self->overview_load.outdated = TRUE;
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
  ent_session_ask_shown (self);
}

void
ent_session_set_compare (EntSession *self, EntCompare compare)
{
  if (self->report->compare == compare)
    return;
  self->report->compare = compare;
  self->overview_load.outdated = TRUE;
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
  ent_session_ask_shown (self);
}

void
ent_session_set_percent_of (EntSession *self, EntPercentBase percent_of)
{
  if (self->report->percent_of == percent_of)
    return;
  self->report->percent_of = percent_of;
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
}

void
ent_session_set_chart_style (EntSession *self, EntChartStyle style)
{
  if (self->report->chart_style == style)
    return;
  self->report->chart_style = style;
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
}

void
ent_session_set_series (EntSession *self, guint series)
{
  if (self->report->series == series)
    return;
  self->report->series = series;
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
}

void
ent_session_set_sort (EntSession *self, EntSort sort)
{
  if (self->report->sort.column == sort.column && self->report->sort.descending == sort.descending)
    return;
  self->report->sort = sort;
  self->selection_load.outdated = TRUE;
  self->selection_load.asked++;
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
  ent_session_ask_shown (self);
}

void
ent_session_set_columns (EntSession *self, GArray *columns)
{
  g_array_set_size (self->report->columns, 0);
  g_array_append_vals (self->report->columns, columns->data, columns->len);
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
}

gboolean
ent_session_get_masked (EntSession *self)
{
  return self->masked;
}

void
ent_session_set_masked (EntSession *self, gboolean masked)
{
  masked = !!masked;
  if (self->masked == masked)
    return;
  self->masked = masked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MASKED]);
}

void
ent_session_step_period (EntSession *self, int direction)
{
  EntRange range = ent_session_get_range (self);
  EntDay days = range.last - range.first + 1;
  EntPeriod period;

  if (!ent_period_init_dates (&period, range.first + direction * days,
                              range.last + direction * days, NULL))
    return;
  self->draft_period = period;
  ent_session_apply (self);
}

/* ---- Public: the draft ---- */

const EntPeriod *
ent_session_get_draft_period (EntSession *self)
{
  return &self->draft_period;
}

const EntFilter *
ent_session_get_draft_filter (EntSession *self)
{
  return self->draft_filter;
}

EntRange
ent_session_get_draft_range (EntSession *self)
{
  return resolve (self, &self->draft_period);
}

void
ent_session_set_draft_period (EntSession *self, const EntPeriod *period)
{
  if (ent_period_equal (&self->draft_period, period))
    return;
  self->draft_period = *period;
  ent_session_history_push (self);
  draft_changed (self);
}

void
ent_session_set_draft_filter (EntSession *self, EntFilter *filter)
{
  g_return_if_fail (filter != NULL);

  if (ent_filter_equal (self->draft_filter, filter))
    return;
  take_filter (&self->draft_filter, with_channels_of (filter, self->report->filter));
  ent_session_history_push (self);
  draft_changed (self);
}

gboolean
ent_session_is_pending (EntSession *self)
{
  return !ent_period_equal (&self->draft_period, &self->report->period) ||
         !ent_filter_equal (self->draft_filter, self->report->filter);
}

gint64
ent_session_get_draft_count (EntSession *self)
{
  return self->count;
}

void
ent_session_apply (EntSession *self)
{
  if (!ent_period_equal (&self->draft_period, &self->report->period))
    self->drill.has_span = FALSE;
  self->report->period = self->draft_period;
  take_filter (&self->report->filter, ent_filter_ref (self->draft_filter));
  ent_session_history_push (self);
  question_changed (self);
  draft_changed (self);
}

void
ent_session_discard (EntSession *self)
{
  self->draft_period = self->report->period;
  take_filter (&self->draft_filter, ent_filter_ref (self->report->filter));
  ent_session_history_push (self);
  draft_changed (self);
}

void
ent_session_clear (EntSession *self)
{
  g_autoptr (EntFilter) none = ent_filter_new ();

  ent_drill_clear (&self->drill);
  take_filter (&self->draft_filter, with_channels_of (none, self->report->filter));
  ent_session_apply (self);
}

/* ---- Public: the drill ---- */

static gboolean
field_of (EntBy by, EntFilterField *field)
{
  switch (by)
    {
    case ENT_BY_SUBACCOUNT:
      *field = ENT_FILTER_SUBACCOUNT;
      return TRUE;
    case ENT_BY_USER:
      *field = ENT_FILTER_USER;
      return TRUE;
    case ENT_BY_CAMPAIGN:
      *field = ENT_FILTER_CAMPAIGN;
      return TRUE;
    case ENT_BY_CONTENT_TYPE:
      *field = ENT_FILTER_CONTENT_TYPE;
      return TRUE;
    case ENT_BY_STATUS:
      *field = ENT_FILTER_STATUS;
      return TRUE;
    case ENT_BY_REASON:
      *field = ENT_FILTER_REASON;
      return TRUE;
    case ENT_BY_CARRIER:
      *field = ENT_FILTER_CARRIER;
      return TRUE;
    case ENT_BY_DAY:
    case ENT_BY_HOUR:
    case ENT_BY_WEEK:
    case ENT_BY_MONTH:
    default:
      return FALSE;
    }
}

void
ent_session_drill (
    EntSession *self, EntStage stage, gint64 from, gint64 to, EntBy by, const char *value)
{
  EntRange range = ent_session_get_range (self);

  ent_drill_clear (&self->drill);
  self->drill.has_stage = TRUE;
  self->drill.stage = stage;
  if (from != ENT_TIME_NONE && to != ENT_TIME_NONE && (from > range.from || to < range.to))
    {
      self->drill.has_span = TRUE;
      self->drill.span = (EntRange){
        .first = ent_zone_day_of (self->report->zone, from),
        .last = ent_zone_day_of (self->report->zone, to - 1),
        .from = from,
        .to = to,
      };
    }
  if (value != NULL && field_of (by, &self->drill.field))
    {
      self->drill.has_value = TRUE;
      self->drill.value = g_strdup (value);
    }

  /* What was not applied was not counted either. */
  self->draft_period = self->report->period;
  take_filter (&self->draft_filter, ent_filter_ref (self->report->filter));
  self->report->view = ENT_VIEW_DETAILED;
  self->selection_load.outdated = TRUE;
  self->selection_load.asked++;
  ent_session_history_push (self);
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
  draft_changed (self);
  ent_session_ask_shown (self);
}

const EntDrill *
ent_session_get_drill (EntSession *self)
{
  return &self->drill;
}

void
ent_session_drop_drill (EntSession *self, EntDrillParts parts)
{
  if (parts & ENT_DRILL_STAGE)
    self->drill.has_stage = FALSE;
  if (parts & ENT_DRILL_SPAN)
    self->drill.has_span = FALSE;
  if (parts & ENT_DRILL_VALUE)
    {
      self->drill.has_value = FALSE;
      g_clear_pointer (&self->drill.value, g_free);
    }
  self->selection_load.outdated = TRUE;
  self->selection_load.asked++;
  ent_session_history_push (self);
  ent_session_emit (self, ENT_SESSION_REPORT_CHANGED);
  ent_session_ask_count (self);
  ent_session_ask_shown (self);
}
