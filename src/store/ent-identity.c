/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes of identities: see the header. Belongs to the writer's thread.
 *
 * Hashes stay in memory only for segments that are still being filled; the others are read
 * when one is looked for, which is rare. Over each group of segments lies a Bloom filter in
 * blocks of one cache line: one miss a question. The filter of a group that is full never
 * changes again and is stored; that of the last group grows with it. */

#include "config.h"

#include "ent-identity.h"

#include <string.h>

/* With 32 bits a key and 8 of them set, about one answer in 100,000 is wrong when full. */
#define BITS_PER_KEY 32
#define N_PROBES 8
#define WORDS_PER_LINE 8
#define LINE_SIZE (WORDS_PER_LINE * sizeof (guint64))
#define LEAST_CAPACITY 65536u
/* How many lines are asked of memory before the first of them is needed: each is a miss. */
#define AHEAD 24

/* FNV-1a over the text, then a mix that spreads it over all 64 bits. */
guint64
ent_identity_hash (guint source, const char *remote_id)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325) ^ source;

  for (const guint8 *p = (const guint8 *) remote_id; *p != 0; p++)
    hash = (hash ^ *p) * G_GUINT64_CONSTANT (0x100000001b3);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return hash ^ (hash >> 33);
}

typedef struct
{
  guint64 *filter; /* n_lines × WORDS_PER_LINE */
  guint64 n_lines;
  guint32 capacity;
  guint32 n_keys;
  gboolean stored;
} Group;

struct _EntIdentities
{
  GPtrArray *groups; /* Group */
  guint32 n_rows;
  GHashTable *open; /* segment → EntIdentityBlock, those not settled */
};

static guint64
lines_for (guint32 capacity)
{
  return (guint64) capacity * BITS_PER_KEY / (8 * LINE_SIZE);
}

static Group *
group_new (guint32 capacity)
{
  Group *self = g_new0 (Group, 1);

  self->capacity = capacity;
  self->n_lines = lines_for (capacity);
  self->filter = g_aligned_alloc0 (self->n_lines, LINE_SIZE, LINE_SIZE);
  return self;
}

static void
group_free (gpointer data)
{
  Group *self = data;

  g_aligned_free (self->filter);
  g_free (self);
}

/* Which line, and 8 × 6 bits that choose a bit in each word of it, from 48 bits. */
static inline guint64 *
line_of (const Group *self, guint64 hash, guint64 *choice)
{
  guint64 spread = hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  *choice = spread ^ (spread >> 29);
  return self->filter +
         (guint64) (((unsigned __int128) (hash << 16) * self->n_lines) >> 64) * WORDS_PER_LINE;
}

static inline void
group_add (Group *self, guint64 hash)
{
  guint64 choice;
  guint64 *line = line_of (self, hash, &choice);

  for (guint i = 0; i < N_PROBES; i++, choice >>= 8)
    line[i] |= G_GUINT64_CONSTANT (1) << (choice & 63);
  self->n_keys++;
}

static inline gboolean
group_maybe (const Group *self, guint64 hash)
{
  guint64 choice;
  const guint64 *line = line_of (self, hash, &choice);
  guint64 all = 1;

  for (guint i = 0; i < N_PROBES; i++, choice >>= 8)
    all &= line[i] >> (choice & 63);
  return all != 0;
}

EntIdentities *
ent_identities_new (void)
{
  EntIdentities *self = g_new0 (EntIdentities, 1);

  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->open = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
ent_identities_free (EntIdentities *self)
{
  g_ptr_array_unref (self->groups);
  g_hash_table_unref (self->open);
  g_free (self);
}

static Group *
group_at (const EntIdentities *self, guint index)
{
  return g_ptr_array_index (self->groups, index);
}

/* The group that the next row belongs to. */
static Group *
last_group (EntIdentities *self)
{
  guint index = self->n_rows / ENT_IDENTITY_GROUP_ROWS;

  while (self->groups->len <= index)
    g_ptr_array_add (self->groups, group_new (ENT_IDENTITY_GROUP_ROWS));
  return group_at (self, index);
}

/* ---- Loading -------------------------------------------------------------------------------- */

gboolean
ent_identities_add_filter (EntIdentities *self, const void *data, gsize size)
{
  Group *group;

  if (size != lines_for (ENT_IDENTITY_GROUP_ROWS) * LINE_SIZE ||
      self->n_rows % ENT_IDENTITY_GROUP_ROWS != 0)
    return FALSE;
  group = last_group (self);
  memcpy (group->filter, data, size);
  group->n_keys = ENT_IDENTITY_GROUP_ROWS;
  group->stored = TRUE;
  self->n_rows += ENT_IDENTITY_GROUP_ROWS;
  return TRUE;
}

static inline guint64
hash_at (const EntIdentityBlock *block, guint row)
{
  return (guint64) block->high[row] << 32 | block->low[row];
}

static EntIdentityBlock *
open_block (EntIdentities *self, guint segment)
{
  EntIdentityBlock *block = g_hash_table_lookup (self->open, GUINT_TO_POINTER (segment));

  if (block == NULL)
    {
      block = g_new0 (EntIdentityBlock, 1);
      g_hash_table_insert (self->open, GUINT_TO_POINTER (segment), block);
    }
  return block;
}

void
ent_identities_add_block (EntIdentities *self, const EntIdentityBlock *block, guint first, guint n)
{
  guint segment = self->n_rows >> ENT_SEGMENT_SHIFT;
  Group *group = last_group (self);

  for (guint i = first; i < first + n; i++)
    {
      guint later = i + AHEAD;
      guint64 choice;

      if (later < first + n)
        __builtin_prefetch (line_of (group, hash_at (block, later), &choice), 1);
      group_add (group, hash_at (block, i));
    }
  self->n_rows += n;
  if (first + n < ENT_SEGMENT_ROWS)
    memcpy (open_block (self, segment), block, sizeof *block);
  else
    g_hash_table_remove (self->open, GUINT_TO_POINTER (segment));
}

gboolean
ent_identities_reserve (EntIdentities *self, guint32 n)
{
  guint index = self->n_rows / ENT_IDENTITY_GROUP_ROWS;
  guint32 in_group = self->n_rows % ENT_IDENTITY_GROUP_ROWS;
  guint64 wanted = MIN ((guint64) in_group + n, ENT_IDENTITY_GROUP_ROWS);
  guint32 capacity = LEAST_CAPACITY;

  if (self->groups->len > index &&
      (group_at (self, index)->capacity == ENT_IDENTITY_GROUP_ROWS ||
       group_at (self, index)->n_keys + n <= group_at (self, index)->capacity))
    return TRUE;
  while (capacity < wanted)
    capacity *= 2;
  if (self->groups->len > index)
    g_ptr_array_set_size (self->groups, (int) index);
  g_ptr_array_add (self->groups, group_new (capacity));
  self->n_rows -= in_group;
  return in_group == 0;
}

/* ---- Writing -------------------------------------------------------------------------------- */

void
ent_identities_append (EntIdentities *self, guint64 hash)
{
  guint segment = self->n_rows >> ENT_SEGMENT_SHIFT;
  guint row = self->n_rows & (ENT_SEGMENT_ROWS - 1);
  EntIdentityBlock *block = open_block (self, segment);

  hash = ent_identity_trim (hash);
  block->low[row] = (guint32) hash;
  block->high[row] = (guint16) (hash >> 32);
  group_add (last_group (self), hash);
  self->n_rows++;
}

void
ent_identities_truncate (EntIdentities *self, guint32 n_rows)
{
  g_assert (n_rows <= self->n_rows);

  /* Bits that stay set in the filter make it say "maybe" a little more often, no worse. */
  self->n_rows = n_rows;
  if (self->groups->len > n_rows / ENT_IDENTITY_GROUP_ROWS + 1)
    g_ptr_array_set_size (self->groups, (int) (n_rows / ENT_IDENTITY_GROUP_ROWS + 1));
}

guint32
ent_identities_get_n_rows (const EntIdentities *self)
{
  return self->n_rows;
}

const EntIdentityBlock *
ent_identities_get_open_block (const EntIdentities *self, guint segment)
{
  return g_hash_table_lookup (self->open, GUINT_TO_POINTER (segment));
}

const void *
ent_identities_get_new_filter (const EntIdentities *self, guint group, gsize *size)
{
  const Group *one;

  if (group >= self->n_rows / ENT_IDENTITY_GROUP_ROWS)
    return NULL;
  one = group_at (self, group);
  if (one->stored || one->capacity != ENT_IDENTITY_GROUP_ROWS)
    return NULL;
  *size = one->n_lines * LINE_SIZE;
  return one->filter;
}

void
ent_identities_settle (EntIdentities *self)
{
  guint last = self->n_rows >> ENT_SEGMENT_SHIFT;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (GPOINTER_TO_UINT (key) < last)
      g_hash_table_iter_remove (&iter);
  for (guint i = 0; i < self->n_rows / ENT_IDENTITY_GROUP_ROWS; i++)
    group_at (self, i)->stored = TRUE;
}

/* ---- Asking --------------------------------------------------------------------------------- */

guint
ent_identities_get_n_groups (const EntIdentities *self)
{
  return self->groups->len;
}

gboolean
ent_identities_group_maybe (const EntIdentities *self, guint group, guint64 hash)
{
  return group_maybe (group_at (self, group), ent_identity_trim (hash));
}

gboolean
ent_identities_maybe (const EntIdentities *self, guint64 hash)
{
  hash = ent_identity_trim (hash);
  for (guint i = 0; i < self->groups->len; i++)
    if (group_maybe (group_at (self, i), hash))
      return TRUE;
  return FALSE;
}

/* ---- Finding -------------------------------------------------------------------------------- */

typedef struct
{
  guint64 hash;
  guint index;
} Wanted;

struct _EntIdentitySearch
{
  GArray *wanted;           /* Wanted, sorted by hash */
  guint64 seen[65536 / 64]; /* bits of the low 16 bits of what is wanted */
  EntIdentityFound found;
  gpointer user_data;
};

static int
compare_wanted (gconstpointer a, gconstpointer b)
{
  guint64 one = ((const Wanted *) a)->hash;
  guint64 two = ((const Wanted *) b)->hash;

  return one < two ? -1 : one > two;
}

EntIdentitySearch *
ent_identity_search_new (const guint64 *hashes, guint n, EntIdentityFound found, gpointer user_data)
{
  EntIdentitySearch *self = g_new0 (EntIdentitySearch, 1);

  self->wanted = g_array_sized_new (FALSE, FALSE, sizeof (Wanted), n);
  self->found = found;
  self->user_data = user_data;
  for (guint i = 0; i < n; i++)
    {
      const Wanted one = { ent_identity_trim (hashes[i]), i };
      guint low = one.hash & 0xffff;

      g_array_append_val (self->wanted, one);
      self->seen[low >> 6] |= G_GUINT64_CONSTANT (1) << (low & 63);
    }
  g_array_sort (self->wanted, compare_wanted);
  return self;
}

void
ent_identity_search_free (EntIdentitySearch *self)
{
  g_array_unref (self->wanted);
  g_free (self);
}

static guint
first_of (const GArray *wanted, guint64 hash)
{
  guint from = 0;
  guint to = wanted->len;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (g_array_index (wanted, Wanted, middle).hash < hash)
        from = middle + 1;
      else
        to = middle;
    }
  return from;
}

static void
offer (EntIdentitySearch *self, guint64 hash, guint32 position)
{
  for (guint i = first_of (self->wanted, hash);
       i < self->wanted->len && g_array_index (self->wanted, Wanted, i).hash == hash;)
    if (self->found (g_array_index (self->wanted, Wanted, i).index, position, self->user_data))
      g_array_remove_index (self->wanted, i);
    else
      i++;
}

gboolean
ent_identity_search_block (EntIdentitySearch *self,
                           const EntIdentityBlock *block,
                           guint n,
                           guint32 base)
{
  for (guint row = 0; row < n && self->wanted->len > 0; row++)
    {
      guint low = block->low[row] & 0xffff;

      if ((self->seen[low >> 6] >> (low & 63)) & 1)
        offer (self, hash_at (block, row), base + row);
    }
  return self->wanted->len > 0;
}

gsize
ent_identities_get_memory (const EntIdentities *self)
{
  gsize bytes = g_hash_table_size (self->open) * sizeof (EntIdentityBlock);

  for (guint i = 0; i < self->groups->len; i++)
    bytes += group_at (self, i)->n_lines * LINE_SIZE;
  return bytes;
}
