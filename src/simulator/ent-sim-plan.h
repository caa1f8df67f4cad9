/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many messages each day of the made-up company has, and which days are special: the rhythm of
 * the week, bills at the start of a month, a campaign's peak, a carrier's outage. Main thread;
 * owned by the world.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the person who starts the simulator chooses. */
typedef struct
{
  guint64 seed;
  int days;         /* length of the filled span, 1 to 3650 */
  guint32 messages; /* messages in that span, both directions */
  int end_day;      /* its last day, a day number in the home zone */
} EntSimConfig;

/* A day's special events. */
typedef struct
{
  guint32 peak;          /* volume in thousandths of a plain day; 1000 is plain */
  gboolean outage;       /* one carrier of the first country fails */
  guint8 outage_from_h;  /* local hour, inclusive */
  guint8 outage_until_h; /* local hour, exclusive */
} EntSimEvents;

typedef struct _EntSimPlan EntSimPlan;

EntSimPlan *ent_sim_plan_new (const EntSimConfig *config);
void ent_sim_plan_free (EntSimPlan *self);
guint32 ent_sim_plan_get_count (EntSimPlan *self, int day);
EntSimEvents ent_sim_plan_get_events (const EntSimPlan *self, int day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSimPlan, ent_sim_plan_free)

G_END_DECLS
