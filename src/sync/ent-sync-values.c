/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of a synchronisation: its error domain, progress and results. Any thread. */
#include "config.h"

#include "ent-sync.h"

G_DEFINE_QUARK (ent_sync_error_quark, ent_sync_error)

void
ent_sync_progress_clear (EntSyncProgress *self)
{
  g_clear_pointer (&self->source_name, g_free);
}

void
ent_sync_result_free (EntSyncResult *self)
{
  if (self == NULL)
    return;
  g_free (self->source_key);
  g_free (self->source_name);
  g_free (self->refusal);
  g_clear_error (&self->error);
  g_free (self);
}
