/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large memory: see the header. One block is kept between uses, under a lock. */

#include "config.h"

#include "ent-memory.h"

#include <stdlib.h>
#include <sys/mman.h>

#define SMALL_PAGE ((gsize) 4096)
#define HUGE_PAGE ((gsize) 2 * 1024 * 1024)
/* What is larger goes back to the system when it is freed, whichever thread made it. */
#define MAPPED_FROM ((gsize) 128 * 1024)
#define HUGE_FROM HUGE_PAGE
#define ALIGNMENT 64

/* Address sanitizers only see the ends of what malloc gave. */
#if defined(__SANITIZE_ADDRESS__)
#define PLAIN_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PLAIN_MALLOC 1
#endif
#endif
#ifndef PLAIN_MALLOC
#define PLAIN_MALLOC 0
#endif

static gpointer
allocate (gsize size)
{
  gpointer memory = NULL;

  if (posix_memalign (&memory, ALIGNMENT, MAX (size, 1)) != 0)
    g_error ("Could not allocate %" G_GSIZE_FORMAT " bytes", size);
  return memory;
}

static char *
map (gsize size)
{
  char *start = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (start == MAP_FAILED)
    g_error ("Could not allocate %" G_GSIZE_FORMAT " bytes", size);
  return start;
}

static gsize
round_up (gsize size, gsize unit)
{
  return (size + unit - 1) / unit * unit;
}

/* Mapped with room for alignment; what is too much at both ends is given back. */
static gpointer
map_huge (gsize size)
{
  gsize mapped = size + HUGE_PAGE;
  char *start = map (mapped);
  gsize head = (HUGE_PAGE - (gsize) start % HUGE_PAGE) % HUGE_PAGE;

  if (head > 0)
    munmap (start, head);
  if (mapped - head > size)
    munmap (start + head + size, mapped - head - size);
  /* Only advice: small pages do as well. */
  madvise (start + head, size, MADV_HUGEPAGE);
  return start + head;
}

gpointer
ent_memory_new (gsize size)
{
  if (PLAIN_MALLOC || size < MAPPED_FROM)
    return allocate (size);
  return size < HUGE_FROM ? map (round_up (size, SMALL_PAGE))
                          : map_huge (round_up (size, HUGE_PAGE));
}

void
ent_memory_free (gpointer memory, gsize size)
{
  if (memory == NULL)
    return;
  if (PLAIN_MALLOC || size < MAPPED_FROM)
    free (memory);
  else
    munmap (memory, round_up (size, size < HUGE_FROM ? SMALL_PAGE : HUGE_PAGE));
}

/* ---- Lent ----------------------------------------------------------------------------------- */

static GMutex spare_lock;
static gpointer spare;
static gsize spare_capacity;

gpointer
ent_memory_borrow (gsize size, gsize *capacity)
{
  gpointer memory = NULL;

  g_mutex_lock (&spare_lock);
  if (spare != NULL && size >= HUGE_FROM && size <= spare_capacity)
    {
      memory = g_steal_pointer (&spare);
      *capacity = spare_capacity;
    }
  g_mutex_unlock (&spare_lock);
  if (memory != NULL)
    return memory;
  *capacity = size;
  return ent_memory_new (size);
}

void
ent_memory_give_back (gpointer memory, gsize capacity)
{
  g_mutex_lock (&spare_lock);
  if (memory != NULL && capacity >= HUGE_FROM && (spare == NULL || capacity > spare_capacity))
    {
      gpointer other = spare;
      gsize other_capacity = spare_capacity;

      spare = memory;
      spare_capacity = capacity;
      memory = other;
      capacity = other_capacity;
    }
  g_mutex_unlock (&spare_lock);
  ent_memory_free (memory, capacity);
}

void
ent_memory_trim (void)
{
  gpointer memory;
  gsize capacity;

  g_mutex_lock (&spare_lock);
  memory = g_steal_pointer (&spare);
  capacity = spare_capacity;
  g_mutex_unlock (&spare_lock);
  ent_memory_free (memory, capacity);
}
