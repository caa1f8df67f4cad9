/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of a filter that no message has, on any day: a campaign or subaccount that a template
 * remembers and that vanished. They match nothing, and people are told. Blocks; on a worker. */
#pragma once

#include "ent-snapshot.h"

G_BEGIN_DECLS

typedef struct
{
  EntFilterField field;
  char *value;
} EntMissing;
void ent_missing_free (EntMissing *self);

/* Looks for subaccounts, users, campaigns and carriers, the first hundred of each. Empty also while
 * there are no messages at all. (element-type EntMissing) (transfer full) */
GPtrArray *ent_snapshot_find_missing (EntSnapshot *self,
                                      const EntReport *report,
                                      gint64 now,
                                      GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
