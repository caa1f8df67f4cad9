/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of one window, and the only one: which report is shown, what was changed and
 * is not applied yet, and what the store answered. Every widget reads it here and asks
 * here for changes; none keeps a copy. Main thread only; owned by the window.
 *
 *   draft (period, filter) ── apply ──► report ── + drill ──► queries ──► overview, selection
 *
 * Signals, all without arguments:
 *   report-changed     the applied report, the view or the drill changed
 *   draft-changed      the draft, or whether it differs from what is applied, changed
 *   count-changed      the live count of the draft changed
 *   overview-changed   the counters or their load state changed
 *   selection-changed  the list of messages or its load state changed
 * Properties: masked (boolean: phone numbers are hidden), pending, can-undo, can-redo. */
#pragma once

#include "ent-store.h"
#include "ent-sync.h"
#include "ent-user-data.h"

G_BEGIN_DECLS

#define ENT_TYPE_SESSION (ent_session_get_type ())
G_DECLARE_FINAL_TYPE (EntSession, ent_session, ENT, SESSION, GObject)

EntSession *
ent_session_new (EntStore *store, EntUserData *user_data, EntSync *sync, const EntReport *report);
/* Stops what runs and forgets the store; to be called before the store is closed. */
void ent_session_close (EntSession *self);

EntStore *ent_session_get_store (EntSession *self);
EntUserData *ent_session_get_user_data (EntSession *self);
EntSync *ent_session_get_sync (EntSession *self);

/* ---- What is shown ---- */

/* The applied report, without the drill. Valid until the next report-changed. */
const EntReport *ent_session_get_report (EntSession *self);
/* What the current view shows, the drill included: to save, export or print. A span of less
 * than a day cannot be said in a report and becomes its whole days. (transfer full) */
EntReport *ent_session_dup_shown_report (EntSession *self);
/* The question that @view answers now, the drill included for DETAILED. (transfer full) */
EntQuery *ent_session_dup_query (EntSession *self, EntView view);
/* Until when the data goes, over all sources, UTC ms; 0: never synchronised. Told by the window. */
gint64 ent_session_get_synchronised (EntSession *self);
void ent_session_set_synchronised (EntSession *self, gint64 until);
/* The local days and instants of the applied period, now. */
EntRange ent_session_get_range (EntSession *self);

/* Replaces everything: runs a template (id 0: none). */
void ent_session_load_report (EntSession *self, const EntReport *report, gint64 template_id);
gint64 ent_session_get_template_id (EntSession *self);
/* The shown report was saved as that template. */
void ent_session_set_template (EntSession *self, gint64 template_id, const char *name);

/* ---- Applied at once ---- */

void ent_session_set_view (EntSession *self, EntView view);
#define ENT_SESSION_ALL_CHANNELS (-1)
#define ENT_SESSION_SEVERAL_CHANNELS (-2) /* a filter that the channel switch cannot show */
int ent_session_get_channel (EntSession *self);
void ent_session_set_channel (EntSession *self, int channel);
void ent_session_set_by (EntSession *self, EntBy by);
void ent_session_set_compare (EntSession *self, EntCompare compare);
void ent_session_set_percent_of (EntSession *self, EntPercentBase percent_of);
void ent_session_set_chart_style (EntSession *self, EntChartStyle style);
void ent_session_set_series (EntSession *self, guint series);
void ent_session_set_sort (EntSession *self, EntSort sort);
/* (element-type EntReportColumn); copied. Nothing is asked again. */
void ent_session_set_columns (EntSession *self, GArray *columns);
gboolean ent_session_get_masked (EntSession *self);
void ent_session_set_masked (EntSession *self, gboolean masked);
/* Moves the period by its own length, back (-1) or forth (1), and applies it. */
void ent_session_step_period (EntSession *self, int direction);

/* ---- The draft: period and filter, pending until applied ---- */

const EntPeriod *ent_session_get_draft_period (EntSession *self);
const EntFilter *ent_session_get_draft_filter (EntSession *self);
EntRange ent_session_get_draft_range (EntSession *self);
void ent_session_set_draft_period (EntSession *self, const EntPeriod *period);
void ent_session_set_draft_filter (EntSession *self, EntFilter *filter);
gboolean ent_session_is_pending (EntSession *self);
/* How many messages the draft (and, in DETAILED, the drill) matches; -1 while that is not known. */
gint64 ent_session_get_draft_count (EntSession *self);
void ent_session_apply (EntSession *self);
/* Back to what is applied. */
void ent_session_discard (EntSession *self);
/* No filter but the channel, no drill; applied at once. The period stays. */
void ent_session_clear (EntSession *self);
gboolean ent_session_can_undo (EntSession *self);
gboolean ent_session_can_redo (EntSession *self);
void ent_session_undo (EntSession *self);
void ent_session_redo (EntSession *self);

/* ---- The drill: exactly the messages that a number counted ---- */

typedef struct
{
  gboolean has_stage;
  EntStage stage;
  gboolean has_span;
  EntRange span;
  gboolean has_value;
  EntFilterField field;
  char *value; /* owned; "" = none */
} EntDrill;

typedef enum
{
  ENT_DRILL_STAGE = 1 << 0,
  ENT_DRILL_SPAN = 1 << 1,
  ENT_DRILL_VALUE = 1 << 2,
  ENT_DRILL_ALL = 7,
} EntDrillParts;

/* Switches to DETAILED with the messages that @stage counts in [from, to) (ENT_TIME_NONE
 * twice: the whole period), and, with a @value, in that row of the dimension @by. */
void ent_session_drill (
    EntSession *self, EntStage stage, gint64 from, gint64 to, EntBy by, const char *value);
const EntDrill *ent_session_get_drill (EntSession *self);
void ent_session_drop_drill (EntSession *self, EntDrillParts parts);

/* ---- Answers ---- */

typedef enum
{
  ENT_LOAD_NONE,    /* never asked */
  ENT_LOAD_WAITING, /* asked less than 250 ms ago: keep showing what is there */
  ENT_LOAD_SLOW,    /* asked longer ago: show that it is loading */
  ENT_LOAD_READY,
  ENT_LOAD_FAILED,
} EntLoadState;

/* Each answer stays until the next one replaces it, also while that loads or fails. */
EntOverview *ent_session_get_overview (EntSession *self); /* (nullable) */
EntLoadState ent_session_get_overview_state (EntSession *self);
const GError *ent_session_get_overview_error (EntSession *self); /* (nullable) */

EntSelection *ent_session_get_selection (EntSession *self); /* (nullable) */
EntLoadState ent_session_get_selection_state (EntSession *self);
const GError *ent_session_get_selection_error (EntSession *self); /* (nullable) */
/* Grows when the question changes (go to the top); stays when only the data did (splice,
 * keep selected rows and scroll position). Of the selection that is held, not the asked one. */
guint ent_session_get_selection_generation (EntSession *self);

/* Asks again: after a failure, or when the clock moved on. */
void ent_session_refresh (EntSession *self);
/* Ends the running query; what was shown stays. */
void ent_session_cancel (EntSession *self);

G_END_DECLS
