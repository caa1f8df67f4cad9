/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and their small numbers. Numbers count from 1 in each kind and are never given
 * twice; 0 is "none". Only the writer adds (under its own rule: one at a time); readers
 * look at numbers below what their table has seen published, whose entries never change.
 * Private to the store. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first ones have a packed column. Numbers of kinds are stored: never reorder. */
typedef enum
{
  ENT_DIMENSION_SUBACCOUNT,
  ENT_DIMENSION_USER,
  ENT_DIMENSION_CAMPAIGN,
  ENT_DIMENSION_CARRIER,
  ENT_DIMENSION_ORIGIN,
  ENT_DIMENSION_CONVERSATION_TYPE,
  ENT_DIMENSION_RAW_CODE,
  ENT_DIMENSION_RAW_TEXT,
  ENT_DIMENSION_RAW_STATUS,
} EntDimensionKind;
#define ENT_N_DIMENSIONS 9
#define ENT_N_COLUMN_DIMENSIONS 4

typedef struct
{
  const char *id;   /* NULL = absent */
  const char *name; /* NULL = absent */
} EntName;

typedef struct _EntDimensions EntDimensions;

EntDimensions *ent_dimensions_new (void);
EntDimensions *ent_dimensions_ref (EntDimensions *self);
void ent_dimensions_unref (EntDimensions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntDimensions, ent_dimensions_unref)

/* Highest number given so far, as the writer sees it. */
guint32 ent_dimensions_get_last (EntDimensions *self, EntDimensionKind kind);
/* The pair with that number; both NULL for 0 and for a number that is not known. */
EntName ent_dimensions_get (EntDimensions *self, EntDimensionKind kind, guint32 number);
/* What people call it: the name, else the id, else "". */
const char *ent_dimensions_get_label (EntDimensions *self, EntDimensionKind kind, guint32 number);

/* Writer only. The number of the pair, 0 where both are NULL or it is not known. */
guint32
ent_dimensions_find (EntDimensions *self, EntDimensionKind kind, const char *id, const char *name);
/* Writer only. Gives the next number; 0 when there are as many as can be. */
guint32
ent_dimensions_add (EntDimensions *self, EntDimensionKind kind, const char *id, const char *name);
/* Writer only. Pooled texts stop getting numbers when there are many different ones: then
 * they are no vocabulary, and stay in their rows. */
gboolean ent_dimensions_has_room (EntDimensions *self, EntDimensionKind kind);
/* Writer only. The number is not given out again and leads to nothing after the next opening:
 * no row has it any more. */
void ent_dimensions_retire (EntDimensions *self, EntDimensionKind kind, guint32 number);
/* Writer only. Forgets the numbers above @last: their transaction was rolled back. */
void ent_dimensions_truncate (EntDimensions *self, EntDimensionKind kind, guint32 last);

G_END_DECLS
