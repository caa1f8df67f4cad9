/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches for the store: rows, coverage and cursor travel together, so that a synchronisation
 * killed at any moment has either all of them or none. Small pages are gathered, since each commit
 * rewrites the column segments that it touches. Fetch thread. */
#include "config.h"

#include "ent-sync-run.h"

#define COMMIT_ROWS 2000
#define COMMIT_US 500000

static EntBatch *
get_batch (EntSyncRun *self)
{
  const EntSyncResult *result = self->job->result;

  if (self->batch == NULL)
    {
      self->batch = ent_batch_new (result->source_key, result->source_name);
      self->batch->now = self->now;
    }
  return self->batch;
}

void
ent_sync_run_add_page (EntSyncRun *self, EntPage *page)
{
  EntBatch *batch = get_batch (self);
  guint n = ent_observations_get_size (page->observations);

  self->job->result->fetched += n;
  self->job->progress->fetched += n;
  self->job->result->quarantined += page->quarantine->len;
  self->job->progress->quarantined += page->quarantine->len;

  for (guint i = 0; i < page->quarantine->len; i++)
    {
      const EntSourceRejected *rejected = g_ptr_array_index (page->quarantine, i);

      ent_batch_add_quarantined (batch, rejected->reason, rejected->raw);
    }
  if (batch->observations == NULL)
    batch->observations = g_steal_pointer (&page->observations);
  else
    ent_observations_join (batch->observations, g_steal_pointer (&page->observations));
}

void
ent_sync_run_cover (EntSyncRun *self, const EntSyncWindow *window)
{
  EntBatch *batch = get_batch (self);
  EntCoverageInterval interval = {
    .from = window->from,
    .to = window->to,
    .fetched_at = self->now,
    .channel = window->channel,
  };

  if (batch->coverage == NULL)
    batch->coverage = g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));
  g_array_append_val (batch->coverage, interval);
}

static gboolean
is_due (const EntSyncRun *self)
{
  const EntObservations *rows = self->batch != NULL ? self->batch->observations : NULL;

  return (rows != NULL && ent_observations_get_size (rows) >= COMMIT_ROWS) ||
         g_get_monotonic_time () - self->last_commit >= COMMIT_US;
}

gboolean
ent_sync_run_commit (EntSyncRun *self, gboolean always, GError **error)
{
  EntIngestResult ingested = { 0 };
  EntBatch *batch;

  /* Without a cursor to move, nothing read means nothing to write. */
  if ((!always && !is_due (self)) || (self->by_hand && self->batch == NULL))
    return TRUE;

  batch = get_batch (self);

  if (!self->by_hand)
    {
      batch->cursor_slot = g_strdup (ENT_SYNC_CURSOR_SLOT);
      batch->cursor = ent_sync_cursor_print (&self->cursor);
    }
  if (!ent_store_ingest (self->job->store, g_steal_pointer (&self->batch), &ingested, error))
    return FALSE;

  self->last_commit = g_get_monotonic_time ();
  self->job->result->added += ingested.added;
  self->job->progress->added += ingested.added;
  self->job->result->changed += ingested.changed;
  self->job->progress->changed += ingested.changed;
  self->job->publish (self->job->progress, self->job->publish_data);
  return TRUE;
}
