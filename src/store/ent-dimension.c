/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and their numbers: see the header. Entries lie in chunks that never move, so that
 * readers need no lock for what was published to them. The way from a name to its number is a
 * hash table of our own: every message asks for nine names. */

#include "config.h"

#include "ent-dimension.h"

#include <string.h>

#define CHUNK_SHIFT 12
#define CHUNK_SIZE (1u << CHUNK_SHIFT)
#define N_CHUNKS 4096u
#define MAX_NUMBER (CHUNK_SIZE * N_CHUNKS - 1)
#define MAX_POOLED 50000u
#define LEAST_SLOTS 64u

typedef struct
{
  EntName name; /* both texts in one allocation, which starts where the first does */
  char *texts;
  guint64 hash;
  guint32 id_length;
  guint32 name_length;
  gboolean retired;
} Entry;

typedef struct
{
  guint32 hash;   /* upper half of the entry's */
  guint32 number; /* 0: empty */
} Slot;

typedef struct
{
  Entry *chunks[N_CHUNKS];
  guint32 last;
  Slot *slots; /* the writer's */
  guint32 n_slots;
  guint32 n_used;
} Dimension;

struct _EntDimensions
{
  gatomicrefcount ref_count;
  Dimension kinds[ENT_N_DIMENSIONS];
};

/* What is looked for. */
typedef struct
{
  const char *id;
  const char *name;
  guint64 hash;
  guint32 id_length;
  guint32 name_length;
} Key;

/* Eight bytes at a time. */
static guint64
hash_text (const char *text, gsize length, guint64 hash)
{
  guint64 word;

  hash ^= length;
  for (; length >= sizeof word; text += sizeof word, length -= sizeof word)
    {
      memcpy (&word, text, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 32;
    }
  word = 0;
  memcpy (&word, text, length);
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ hash >> 32;
}

static void
key_init (Key *self, const char *id, const char *name)
{
  self->id = id;
  self->name = name;
  self->id_length = id != NULL ? (guint32) strlen (id) : G_MAXUINT32;
  self->name_length = name != NULL ? (guint32) strlen (name) : G_MAXUINT32;
  self->hash = id != NULL ? hash_text (id, self->id_length, 1) : 0;
  if (name != NULL)
    self->hash = hash_text (name, self->name_length, self->hash + 7);
}

EntDimensions *
ent_dimensions_new (void)
{
  EntDimensions *self = g_new0 (EntDimensions, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

EntDimensions *
ent_dimensions_ref (EntDimensions *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static Entry *
entry_at (const Dimension *dimension, guint32 number)
{
  return &dimension->chunks[number >> CHUNK_SHIFT][number & (CHUNK_SIZE - 1)];
}

void
ent_dimensions_unref (EntDimensions *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < ENT_N_DIMENSIONS; i++)
    {
      Dimension *dimension = &self->kinds[i];

      for (guint32 n = 1; n <= dimension->last; n++)
        g_free (entry_at (dimension, n)->texts);
      for (guint c = 0; c < N_CHUNKS; c++)
        g_free (dimension->chunks[c]);
      g_free (dimension->slots);
    }
  g_free (self);
}

guint32
ent_dimensions_get_last (EntDimensions *self, EntDimensionKind kind)
{
  return self->kinds[kind].last;
}

EntName
ent_dimensions_get (EntDimensions *self, EntDimensionKind kind, guint32 number)
{
  const EntName none = { NULL, NULL };

  /* A damaged column may hold any number. */
  if (number == 0 || number > MAX_NUMBER || self->kinds[kind].chunks[number >> CHUNK_SHIFT] == NULL)
    return none;
  return entry_at (&self->kinds[kind], number)->name;
}

const char *
ent_dimensions_get_label (EntDimensions *self, EntDimensionKind kind, guint32 number)
{
  EntName name = ent_dimensions_get (self, kind, number);

  if (name.name != NULL && *name.name != '\0')
    return name.name;
  return name.id != NULL ? name.id : "";
}

/* ---- From names to numbers ------------------------------------------------------------------ */

static gboolean
entry_is (const Entry *entry, const Key *key)
{
  return entry->hash == key->hash && entry->id_length == key->id_length &&
         entry->name_length == key->name_length && !entry->retired &&
         (key->id == NULL || memcmp (entry->name.id, key->id, key->id_length) == 0) &&
         (key->name == NULL || memcmp (entry->name.name, key->name, key->name_length) == 0);
}

static guint32
find (const Dimension *dimension, const Key *key)
{
  guint32 upper = (guint32) (key->hash >> 32);
  guint32 at = (guint32) key->hash & (dimension->n_slots - 1);

  if (dimension->n_slots == 0)
    return 0;
  for (; dimension->slots[at].number != 0; at = (at + 1) & (dimension->n_slots - 1))
    if (dimension->slots[at].hash == upper &&
        entry_is (entry_at (dimension, dimension->slots[at].number), key))
      return dimension->slots[at].number;
  return 0;
}

static void
place (Dimension *dimension, guint32 number)
{
  guint64 hash = entry_at (dimension, number)->hash;
  guint32 at = (guint32) hash & (dimension->n_slots - 1);

  while (dimension->slots[at].number != 0)
    at = (at + 1) & (dimension->n_slots - 1);
  dimension->slots[at].hash = (guint32) (hash >> 32);
  dimension->slots[at].number = number;
  dimension->n_used++;
}

/* All entries anew into a table that is at most half full. */
static void
rehash (Dimension *dimension)
{
  dimension->n_slots = LEAST_SLOTS;
  while (dimension->n_slots < dimension->last * 4)
    dimension->n_slots *= 2;
  g_free (dimension->slots);
  dimension->slots = g_new0 (Slot, dimension->n_slots);
  dimension->n_used = 0;
  for (guint32 number = 1; number <= dimension->last; number++)
    if (entry_at (dimension, number)->texts != NULL && !entry_at (dimension, number)->retired)
      place (dimension, number);
}

guint32
ent_dimensions_find (EntDimensions *self, EntDimensionKind kind, const char *id, const char *name)
{
  Key key;

  if (id == NULL && name == NULL)
    return 0;
  key_init (&key, id, name);
  return find (&self->kinds[kind], &key);
}

static void
fill_entry (Entry *entry, const Key *key)
{
  gsize id_size = key->id != NULL ? (gsize) key->id_length + 1 : 0;
  gsize name_size = key->name != NULL ? (gsize) key->name_length + 1 : 0;

  memset (entry, 0, sizeof *entry);
  if (id_size + name_size == 0)
    return;
  entry->texts = g_malloc (id_size + name_size);
  if (key->id != NULL)
    entry->name.id = memcpy (entry->texts, key->id, id_size);
  if (key->name != NULL)
    entry->name.name = memcpy (entry->texts + id_size, key->name, name_size);
  entry->hash = key->hash;
  entry->id_length = key->id_length;
  entry->name_length = key->name_length;
}

guint32
ent_dimensions_add (EntDimensions *self, EntDimensionKind kind, const char *id, const char *name)
{
  Dimension *dimension = &self->kinds[kind];
  guint32 number = dimension->last + 1;
  guint chunk = number >> CHUNK_SHIFT;
  Key key;

  if (number > MAX_NUMBER)
    return 0;
  if (dimension->chunks[chunk] == NULL)
    dimension->chunks[chunk] = g_new0 (Entry, CHUNK_SIZE);
  key_init (&key, id, name);
  fill_entry (entry_at (dimension, number), &key);
  dimension->last = number;
  if (id == NULL && name == NULL)
    return number;
  if ((dimension->n_used + 1) * 2 > dimension->n_slots)
    rehash (dimension);
  else
    place (dimension, number);
  return number;
}

gboolean
ent_dimensions_has_room (EntDimensions *self, EntDimensionKind kind)
{
  return kind < ENT_N_COLUMN_DIMENSIONS || self->kinds[kind].last < MAX_POOLED;
}

void
ent_dimensions_truncate (EntDimensions *self, EntDimensionKind kind, guint32 last)
{
  Dimension *dimension = &self->kinds[kind];

  if (dimension->last <= last)
    return;
  for (; dimension->last > last; dimension->last--)
    {
      Entry *entry = entry_at (dimension, dimension->last);

      g_free (entry->texts);
      memset (entry, 0, sizeof *entry);
    }
  rehash (dimension);
}

void
ent_dimensions_retire (EntDimensions *self, EntDimensionKind kind, guint32 number)
{
  Dimension *dimension = &self->kinds[kind];

  /* The text stays for readers that may be looking at it. */
  if (number > 0 && number <= dimension->last)
    entry_at (dimension, number)->retired = TRUE;
}
