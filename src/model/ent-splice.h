/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What turns one order of messages into another by pure insertions and removals. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint position; /* in the list as the splices before this one left it */
  guint removed;
  guint added; /* one of the two is 0 */
} EntSplice;

/* At most @max_splices that lead from @before to @after with every row that is in both kept in
 * place; NULL where rows changed their order or too many splices would be needed: then the list
 * is better begun anew. Cost is linear in what lies between the common head and tail.
 * (transfer full) (nullable) (element-type EntSplice) */
GArray *ent_splices_between (
    const guint32 *before, guint n_before, const guint32 *after, guint n_after, guint max_splices);

G_END_DECLS
