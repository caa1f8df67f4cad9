/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The body of a request for message details: read, checked, and turned into the rows it selects.
 * Main thread; owned by whoever answers the request.
 */
#pragma once

#include "ent-sim-world.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_SIM_ASK_ANY,
  ENT_SIM_ASK_YES,
  ENT_SIM_ASK_NO,
} EntSimAsk;

typedef struct
{
  gint64 start; /* instant, inclusive */
  gint64 end;   /* instant, exclusive */
  GTimeZone *zone;
  EntSimAsk outbound;
  EntSimAsk opt_out;
  EntSimAsk media;
  guint channels;     /* bits by EntSimChannel; all of them when not asked */
  GStrv sources;      /* (nullable): so are the other lists; digits only */
  GStrv destinations; /* digits only */
  GStrv accounts;
  GStrv statuses;     /* lower case */
  char *metadata_key; /* (nullable) */
  GStrv metadata_values;
  gint64 page;
  guint page_size;
  char *selector; /* equal for requests that differ in their page only */
} EntSimQuery;

/* A message by its day and index. */
typedef struct
{
  gint32 day;
  guint32 index;
} EntSimRef;

EntSimQuery *ent_sim_query_parse (const char *body, gsize length, GStrv *details);
void ent_sim_query_free (EntSimQuery *self);
GArray *ent_sim_query_select (const EntSimQuery *self, EntSimWorld *world);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSimQuery, ent_sim_query_free)

G_END_DECLS
