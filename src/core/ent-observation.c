/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Batches of observations and the arena of their strings: blocks that are freed together, so that
 * a page of a thousand messages costs a handful of allocations. One thread at a time owns a batch:
 * the fetch thread fills it, then hands it over whole. */

#include "config.h"

#include "ent-observation.h"

#include <string.h>

/* A page of a source needs some dozens of these. */
#define BLOCK_SIZE (32 * 1024)
/* Longer strings get a block of their own and do not waste the rest of the current one. */
#define LONG_STRING (BLOCK_SIZE / 4)

struct _EntObservations
{
  GArray *items;     /* EntObservation */
  GPtrArray *blocks; /* owned memory, in no order */
  char *free_start;  /* unused part of the current block */
  gsize free_size;
};

void
ent_observation_init (EntObservation *self)
{
  g_return_if_fail (self != NULL);

  self->remote_id = NULL;
  self->updated_at = ENT_TIME_NONE;
  self->stages = 0;
  for (guint i = 0; i < ENT_N_STAGE_TIMES; i++)
    self->stage_times[i] = ENT_TIME_NONE;
  for (guint i = 0; i < ENT_N_NUMBER_FIELDS; i++)
    self->numbers[i] = ENT_NUMBER_NONE;
  for (guint i = 0; i < ENT_N_TEXT_FIELDS; i++)
    self->texts[i] = NULL;
}

/**
 * ent_observations_new:
 *
 * Returns: (transfer full): an empty batch
 */
EntObservations *
ent_observations_new (void)
{
  EntObservations *self = g_new0 (EntObservations, 1);

  self->items = g_array_new (FALSE, FALSE, sizeof (EntObservation));
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
ent_observations_free (EntObservations *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->items);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

EntObservation *
ent_observations_append (EntObservations *self)
{
  EntObservation *item;

  g_return_val_if_fail (self != NULL, NULL);

  g_array_set_size (self->items, self->items->len + 1);
  item = &g_array_index (self->items, EntObservation, self->items->len - 1);
  ent_observation_init (item);
  return item;
}

void
ent_observations_drop_last (EntObservations *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->items->len > 0);

  g_array_set_size (self->items, self->items->len - 1);
}

guint
ent_observations_get_size (const EntObservations *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

const EntObservation *
ent_observations_get (const EntObservations *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->items->len, NULL);

  return &g_array_index (self->items, EntObservation, index);
}

static char *
add_block (EntObservations *self, gsize size)
{
  char *block = g_malloc (size);

  g_ptr_array_add (self->blocks, block);
  return block;
}

static char *
allocate (EntObservations *self, gsize size)
{
  char *start;

  if (size > self->free_size)
    {
      if (size >= LONG_STRING)
        return add_block (self, size);
      self->free_start = add_block (self, BLOCK_SIZE);
      self->free_size = BLOCK_SIZE;
    }

  start = self->free_start;
  self->free_start += size;
  self->free_size -= size;
  return start;
}

const char *
ent_observations_intern (EntObservations *self, const char *text, gssize length)
{
  gsize size;
  char *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  copy = allocate (self, size + 1);
  memcpy (copy, text, size);
  copy[size] = '\0';
  return copy;
}

/**
 * ent_observations_join:
 * @self: a batch
 * @other: (transfer full): another one; its observations and strings move to @self
 */
void
ent_observations_join (EntObservations *self, EntObservations *other)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (other != NULL && other != self);

  if (other->items->len > 0)
    g_array_append_vals (self->items, other->items->data, other->items->len);
  /* The block that @self is filling stays the current one. */
  g_ptr_array_extend_and_steal (self->blocks, g_steal_pointer (&other->blocks));
  g_array_unref (other->items);
  g_free (other);
}
