/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows may have an identity: a hash of (source, rid) for each row, and a filter over
 * all of them that says "certainly new" without looking at the disk. Hashes lead to
 * candidates; only the row itself proves an identity. The writer's alone. The writer's thread. */
#pragma once

#include "ent-columns.h"

G_BEGIN_DECLS

/* Hash of an identity; stored, so it never changes. */
guint64 ent_identity_hash (guint source, const char *remote_id);

/* What is stored of a hash: 48 bits. */
typedef struct
{
  guint32 low[ENT_SEGMENT_ROWS];
  guint16 high[ENT_SEGMENT_ROWS];
} EntIdentityBlock;

static inline guint64
ent_identity_trim (guint64 hash)
{
  return hash & G_GUINT64_CONSTANT (0xffffffffffff);
}

/* Rows under one filter: 512 segments. */
#define ENT_IDENTITY_GROUP_SEGMENTS 512u
#define ENT_IDENTITY_GROUP_ROWS (ENT_IDENTITY_GROUP_SEGMENTS * ENT_SEGMENT_ROWS)

typedef struct _EntIdentities EntIdentities;

EntIdentities *ent_identities_new (void);
void ent_identities_free (EntIdentities *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntIdentities, ent_identities_free)

/* ---- Loading, in order of position ---- */

/* The stored filter of the next group, all of whose rows are there. FALSE: it is none. */
gboolean ent_identities_add_filter (EntIdentities *self, const void *data, gsize size);
/* Hashes of rows [first, first + n) of the next segment. */
void
ent_identities_add_block (EntIdentities *self, const EntIdentityBlock *block, guint first, guint n);
/* Makes room in the filter for @n more rows. FALSE: the filter of the last group had to be
 * given up, and its blocks must be added again. */
gboolean ent_identities_reserve (EntIdentities *self, guint32 n);

/* ---- Writing ---- */

/* The hash of the next position. */
void ent_identities_append (EntIdentities *self, guint64 hash);
/* Forgets positions from @n_rows on: their transaction was rolled back. */
void ent_identities_truncate (EntIdentities *self, guint32 n_rows);
guint32 ent_identities_get_n_rows (const EntIdentities *self);
/* What is to be stored of a segment that was appended to since the last call of
 * ent_identities_settle; NULL for another. */
const EntIdentityBlock *ent_identities_get_open_block (const EntIdentities *self, guint segment);
/* The filter of a group whose rows are all there and that is not stored yet; NULL for
 * another. */
const void *ent_identities_get_new_filter (const EntIdentities *self, guint group, gsize *size);
/* Everything so far is stored. */
void ent_identities_settle (EntIdentities *self);

/* ---- Asking ---- */

guint ent_identities_get_n_groups (const EntIdentities *self);
/* FALSE: no row of the group has that hash. */
gboolean ent_identities_group_maybe (const EntIdentities *self, guint group, guint64 hash);
/* FALSE: no row at all has it. */
gboolean ent_identities_maybe (const EntIdentities *self, guint64 hash);

/* Looks for hashes in one block after the other. */
typedef struct _EntIdentitySearch EntIdentitySearch;
/* Called for each row whose hash is @hashes[@index]. TRUE: that one is found, do not ask for
 * it again. */
typedef gboolean (*EntIdentityFound) (guint index, guint32 position, gpointer user_data);
EntIdentitySearch *ent_identity_search_new (const guint64 *hashes,
                                            guint n,
                                            EntIdentityFound found,
                                            gpointer user_data);
void ent_identity_search_free (EntIdentitySearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntIdentitySearch, ent_identity_search_free)
/* Rows [0, n) of a block whose first row is at @base. FALSE: nothing is left to find. */
gboolean ent_identity_search_block (EntIdentitySearch *self,
                                    const EntIdentityBlock *block,
                                    guint n,
                                    guint32 base);

gsize ent_identities_get_memory (const EntIdentities *self);

G_END_DECLS
