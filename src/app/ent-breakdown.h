/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers below the counters: the same messages by a dimension, by reason, by hour, and how
 * long they took. They follow the session's overview, one question after the other, and give
 * way at once to a new question of the window. Main thread; owned by the consolidated page.
 *
 * Signal: changed (no arguments): an answer came, or could not be had. */
#pragma once

#include "ent-session.h"

G_BEGIN_DECLS

#define ENT_TYPE_BREAKDOWN (ent_breakdown_get_type ())
G_DECLARE_FINAL_TYPE (EntBreakdown, ent_breakdown, ENT, BREAKDOWN, GObject)

EntBreakdown *ent_breakdown_new (EntSession *session);
EntSession *ent_breakdown_get_session (EntBreakdown *self);

/* The dimension of the first answer; campaign at first. */
EntBy ent_breakdown_get_by (EntBreakdown *self);
void ent_breakdown_set_by (EntBreakdown *self, EntBy by);

/* Each stays until the next one replaces it; NULL before the first. */
EntSummary *ent_breakdown_get_dimension (EntBreakdown *self);
EntSummary *ent_breakdown_get_reasons (EntBreakdown *self);
EntSummary *ent_breakdown_get_hours (EntBreakdown *self);
const EntInsight *ent_breakdown_get_insight (EntBreakdown *self);
/* Why the last question had no answer; NULL when it had one. */
const GError *ent_breakdown_get_error (EntBreakdown *self);

G_END_DECLS
