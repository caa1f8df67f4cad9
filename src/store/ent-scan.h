/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter and a span of time compiled against the names of a table: which rows of a
 * segment match. What only the text of a row can answer (content, contact) is left to the
 * snapshot. Immutable once made; any thread. Private to the store. */
#pragma once

#include "ent-columns.h"
#include "ent-filter.h"

G_BEGIN_DECLS

typedef struct _EntScan EntScan;

#define ENT_SCAN_NO_FIELD (-1)

/* Time [@from, @to); @now tells sent from unconfirmed. @without: an EntFilterField to be left
 * out, or ENT_SCAN_NO_FIELD. @names and @n_names: what the table knows. */
EntScan *ent_scan_new (const EntFilter *filter,
                       EntDimensions *names,
                       const guint32 *n_names,
                       gint64 from,
                       gint64 to,
                       gint64 now,
                       int without);
void ent_scan_free (EntScan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntScan, ent_scan_free)

typedef enum
{
  ENT_MATCH_NONE,
  ENT_MATCH_SOME, /* the mask says which */
  ENT_MATCH_ALL,  /* all that are there; the mask is not written */
} EntMatch;

/* @mask: ENT_SEGMENT_ROWS bytes, aligned to 16. */
EntMatch ent_scan_match (const EntScan *self, const EntSegment *segment, guint8 *mask);
/* Has the columns of names that a match of @segment reads fetched while another one is computed
 * with: by itself the processor begins only where a column begins. (For phones it gains nothing.)
 */
void ent_scan_prefetch (const EntScan *self, const EntSegment *segment);
/* Like ent_scan_match, but ALL becomes SOME with the rows that are there. */
gboolean ent_scan_match_mask (const EntScan *self, const EntSegment *segment, guint8 *mask);

/* Messages sent before this are unconfirmed, not sent. */
gint64 ent_scan_get_horizon (const EntScan *self);
/* No row can match. */
gboolean ent_scan_is_empty (const EntScan *self);

G_END_DECLS
