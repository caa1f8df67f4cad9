/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A query: a report resolved at an instant, with nothing relative left. Copies may go to another
 * thread. */

#include "config.h"

#include "ent-report.h"

/**
 * ent_query_new:
 * @report: a report
 * @now: UTC ms
 *
 * Returns: (transfer full): which messages the report is about at @now
 */
EntQuery *
ent_query_new (const EntReport *report, gint64 now)
{
  EntQuery *self;

  g_return_val_if_fail (report != NULL, NULL);

  self = g_new0 (EntQuery, 1);
  self->filter = ent_filter_ref (report->filter);
  self->zone = ent_zone_ref (report->zone);
  self->range = ent_period_resolve (&report->period, report->zone, now);
  self->now = now;
  self->basis = report->basis;
  return self;
}

/**
 * ent_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): a copy
 */
EntQuery *
ent_query_copy (const EntQuery *self)
{
  EntQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (EntQuery, 1);
  *copy = *self;
  copy->filter = ent_filter_ref (self->filter);
  copy->zone = ent_zone_ref (self->zone);
  return copy;
}

/**
 * ent_query_free:
 * @self: (transfer full) (nullable): a query
 */
void
ent_query_free (EntQuery *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->filter, ent_filter_unref);
  g_clear_pointer (&self->zone, ent_zone_unref);
  g_free (self);
}
