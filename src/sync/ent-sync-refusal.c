/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A provider that refuses a question: it may no longer keep such old days, which is a normal
 * outcome, or the account may not have that channel, or the question is wrong, which is an error.
 * A question about the last hour tells them apart. Fetch thread. */
#include "config.h"

#include "ent-sync-run.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)

static gboolean
answers_hour (EntSyncRun *self, EntChannel channel, gint64 from)
{
  EntPageRequest request = { channel, from, from + HOUR_MS, NULL };
  g_autoptr (EntPage) page =
      ent_source_fetch (self->job->source, &request, self->cancellable, NULL);

  return page != NULL;
}

/* Whether the provider answers the same question about the last hour: then it is the range that
 * it refused. */
static gboolean
answers_now (EntSyncRun *self, EntChannel channel)
{
  return self->answered_from[channel] != ENT_TIME_NONE ||
         answers_hour (self, channel, self->now - HOUR_MS);
}

/* From when on the provider answers, to the day, where nothing was read that would tell. */
static gint64
find_limit (EntSyncRun *self, EntChannel channel, gint64 refused)
{
  gint64 answered = self->now - HOUR_MS;

  while (answered - refused > ENT_SYNC_DAY_MS)
    {
      gint64 middle = refused + (answered - refused) / 2;

      if (g_cancellable_is_cancelled (self->cancellable))
        break;
      if (answers_hour (self, channel, middle))
        answered = middle;
      else
        refused = middle;
    }
  return answered;
}

static void
note_refused_range (EntSyncRun *self, const EntSyncWindow *window, const GError *refusal)
{
  EntSyncResult *result = self->job->result;
  gint64 from = self->answered_from[window->channel];

  /* Nothing older will be answered either. */
  self->refused_to[window->channel] = window->to;
  if (from == ENT_TIME_NONE)
    from = find_limit (self, window->channel, window->from);
  if (result->answers_from == ENT_TIME_NONE || from > result->answers_from)
    result->answers_from = from;
  if (result->refusal == NULL)
    result->refusal = g_strdup (refusal->message);
}

gboolean
ent_sync_run_settle_refusal (EntSyncRun *self, const EntSyncWindow *window, const GError *refusal)
{
  gboolean refused = g_error_matches (refusal, ENT_API_ERROR, ENT_API_ERROR_REFUSED);
  gboolean forbidden = g_error_matches (refusal, ENT_API_ERROR, ENT_API_ERROR_FORBIDDEN);
  gboolean sparse = !ent_source_class_is_main_channel (self->job->source->klass, window->channel);
  g_autoptr (GArray) days = NULL;

  if (!refused && !(forbidden && sparse))
    return FALSE;

  /* Of many days only the oldest may be too old. */
  if (refused && window->to - window->from > 2 * ENT_SYNC_DAY_MS)
    {
      days = ent_sync_split (window, self->job->source->klass, self->job->zone);
      ent_sync_run_put_first (self, days);
      return TRUE;
    }
  if (refused && answers_now (self, window->channel))
    {
      note_refused_range (self, window, refusal);
      return TRUE;
    }
  if (sparse && self->answered_from[window->channel] == ENT_TIME_NONE)
    {
      self->off[window->channel] = TRUE;
      return TRUE;
    }
  return FALSE;
}
