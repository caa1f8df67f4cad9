/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants to local wall clock, five times a row, a million rows: the zone is asked once per
 * quarter of an hour, since no zone changes within one. A plain value, one thread. */
#pragma once

#include "ent-time.h"

G_BEGIN_DECLS

#define ENT_LOCAL_CLOCK_SLOTS 64

typedef struct
{
  const EntZone *zone;
  gint64 quarters[ENT_LOCAL_CLOCK_SLOTS];
  gint64 offsets[ENT_LOCAL_CLOCK_SLOTS];
  gint64 day; /* of the date that was written last */
  char date[10];
} EntLocalClock;

/* @zone must outlive it. */
void ent_local_clock_init (EntLocalClock *self, const EntZone *zone);
/* ms east of UTC */
gint64 ent_local_clock_offset (EntLocalClock *self, gint64 instant);

#define ENT_LOCAL_CLOCK_BYTES 40
/* "2026-11-22T14:03:12.345-03:00" (@iso) or "2026-11-22 14:03:12"; returns the length. @buffer:
 * at least ENT_LOCAL_CLOCK_BYTES. */
guint ent_local_clock_format (EntLocalClock *self, gint64 instant, gboolean iso, char *buffer);

G_END_DECLS
