/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A batch for the writer: what one or more pages of a source said. Rows, columns,
 * coverage and cursor go in one transaction, or none does.
 * Made on any one thread, taken by the write worker. */
#pragma once

#include "ent-coverage.h"
#include "ent-observation.h"

G_BEGIN_DECLS

/* An item that could not be understood: kept apart with the reason, never silently lost. */
typedef struct
{
  char *reason;
  char *raw; /* at most 4 kB of the item as it came, made safe */
} EntQuarantined;

typedef struct
{
  char *source; /* key of the source; registered on first use */
  char *source_name;
  EntObservations *observations; /* may be NULL */
  GArray *coverage;              /* EntCoverageInterval with source 0; may be NULL */
  GPtrArray *quarantine;         /* EntQuarantined; may be NULL */
  char *cursor_slot;             /* NULL: no cursor is changed */
  char *cursor;                  /* NULL: the slot is removed */
  gint64 now;                    /* the clock when the pages were fetched */
  gboolean durable; /* destructive reads: this commit must be on disk before it returns */
} EntBatch;

EntBatch *ent_batch_new (const char *source, const char *source_name);
void ent_batch_free (EntBatch *self);
/* Copies both texts into the batch's quarantine, which is made at the first. (transfer none) */
EntQuarantined *ent_batch_add_quarantined (EntBatch *self, const char *reason, const char *raw);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntBatch, ent_batch_free)

typedef struct
{
  gint64 added;     /* new messages */
  gint64 changed;   /* messages that an observation changed */
  gint64 unchanged; /* observations that said nothing new */
  gint64 data_version;
} EntIngestResult;

G_END_DECLS
