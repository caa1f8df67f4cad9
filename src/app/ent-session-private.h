/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two halves of EntSession share: ent-session.c has the report, the draft and the
 * history; ent-session-load.c asks the store and keeps the answers. Main thread. */
#pragma once

#include "ent-session.h"

G_BEGIN_DECLS

/* One kind of question, and where it stands. */
typedef struct
{
  GCancellable *cancellable; /* of the running one; NULL when none runs */
  EntLoadState state;
  GError *error;
  guint slow_id;  /* turns WAITING into SLOW */
  guint retry_id; /* another window's question cancelled ours */
  guint asked;    /* generation of the question */
  gboolean outdated;
} EntSessionLoad;

struct _EntSession
{
  GObject parent_instance;

  EntStore *store;
  EntUserData *user_data;
  EntSync *sync;
  gulong data_version_handler;

  EntReport *report;
  gint64 template_id;
  EntPeriod draft_period;
  EntFilter *draft_filter;
  EntDrill drill;
  gboolean masked;
  gint64 synchronised;

  GPtrArray *history; /* EntSessionStep */
  guint history_index;

  EntSessionLoad overview_load;
  EntOverview *overview;
  EntSessionLoad selection_load;
  EntSelection *selection;
  guint selection_generation;

  gint64 count;
  GCancellable *count_cancellable;
  guint count_id;
  guint refresh_id;
  guint tick_id;
  EntRange ticked_range; /* what the period was when it was last looked at */
};

enum
{
  ENT_SESSION_REPORT_CHANGED,
  ENT_SESSION_DRAFT_CHANGED,
  ENT_SESSION_COUNT_CHANGED,
  ENT_SESSION_OVERVIEW_CHANGED,
  ENT_SESSION_SELECTION_CHANGED,
  ENT_SESSION_N_SIGNALS,
};

void ent_session_emit (EntSession *self, guint signal);

void ent_drill_clear (EntDrill *self);
void ent_drill_set (EntDrill *self, const EntDrill *other);
/* The filter of a drilled report: @filter and the drill, both. (transfer full) */
EntFilter *ent_drill_narrow_filter (const EntDrill *self, const EntFilter *filter);

void ent_session_load_init (EntSession *self);
void ent_session_load_stop (EntSession *self);
/* The question changed: ask what the view shows, the other when it comes to be shown. */
void ent_session_ask_overview (EntSession *self);
void ent_session_ask_selection (EntSession *self);
void ent_session_ask_shown (EntSession *self);
void ent_session_ask_count (EntSession *self);

G_END_DECLS
