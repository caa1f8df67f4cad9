/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the simulator does wrong on demand, so that a client can be tested against a provider on a
 * bad day. Values; main thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers of requests count from 1; 0 means never. */
typedef struct
{
  gboolean unauthorized;
  gboolean forbidden;
  gboolean offline;
  guint offline_after; /* requests that are still answered */
  guint status;        /* HTTP status, 0 for none */
  guint status_every;
  guint status_times; /* how often at most; 0: no limit */
  gboolean has_retry_after;
  guint retry_after; /* seconds */
  guint truncate;
  guint html;
  guint empty_has_next;
  guint bad_item;
  guint slow_ms;
  guint range_days; /* 0: the provider's usual 365 */
  gboolean unknown_status;
  gboolean unknown_fields;
  gboolean duplicate_pages;
} EntSimFaults;

typedef enum
{
  ENT_SIM_VERDICT_ANSWER, /* as usual */
  ENT_SIM_VERDICT_CLOSE,  /* end the connection without a word */
  ENT_SIM_VERDICT_UNAUTHORIZED,
  ENT_SIM_VERDICT_FORBIDDEN,
  ENT_SIM_VERDICT_STATUS,
  ENT_SIM_VERDICT_HTML,
  ENT_SIM_VERDICT_TRUNCATE,
  ENT_SIM_VERDICT_EMPTY_HAS_NEXT,
  ENT_SIM_VERDICT_BAD_ITEM,
} EntSimVerdict;

#define ENT_SIM_USUAL_RANGE_DAYS 365

gboolean ent_sim_faults_parse (const char *spec, EntSimFaults *faults, GError **error);
EntSimVerdict ent_sim_faults_judge (const EntSimFaults *faults, guint request);
const char *ent_sim_faults_get_help (void);

G_END_DECLS
