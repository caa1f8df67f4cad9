/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole path for tests: the real simulator as a process, a data folder with one source, and the
 * comparison of what the store counts with the provider's own ledger. Errors fail the test. */
#pragma once

#include "ent-sync.h"
#include "ent-test-util.h"

G_BEGIN_DECLS

/* ---- The provider --------------------------------------------------------------------------- */

typedef struct _EntFlowProvider EntFlowProvider;

/* @end: last day, as 2026-11-15; the clock starts at its end, and ent_clock_set follows it.
 * @faults: (nullable): see entrega-simulator --help. */
EntFlowProvider *
ent_flow_provider_new (guint seed, guint days, guint messages, const char *end, const char *faults);
void ent_flow_provider_free (EntFlowProvider *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntFlowProvider, ent_flow_provider_free)
const char *ent_flow_provider_get_url (EntFlowProvider *self);
const char *ent_flow_provider_get_credentials (EntFlowProvider *self); /* JSON object */
/* Moves its clock and ours. */
void ent_flow_provider_advance (EntFlowProvider *self, gint64 seconds);
void ent_flow_provider_set_faults (EntFlowProvider *self, const char *faults);

/* ---- The data folder ------------------------------------------------------------------------ */

typedef struct
{
  char *dir;
  EntStore *store;
  EntUserData *user_data;
  gboolean keep; /* the folder stays when this goes */
} EntFlowHome;

/* Credentials come from the variable, as for servers without a keyring. */
#define ENT_FLOW_VARIABLE "ENTREGA_FLOW_CREDENTIALS"
#define ENT_FLOW_SOURCE "Loja"
#define ENT_FLOW_ANY_CREDENTIALS "{\"api_key\":\"k\",\"api_secret\":\"s\"}"

EntFlowHome *ent_flow_home_new (void);                /* an empty folder */
EntFlowHome *ent_flow_home_new_for (const char *url); /* with one source there, any credentials */
EntFlowHome *ent_flow_home_open (const char *dir);    /* one that is there; it stays at the end */
void ent_flow_home_free (EntFlowHome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntFlowHome, ent_flow_home_free)
/* Closes and opens again. */
void ent_flow_home_reopen (EntFlowHome *self);
void ent_flow_home_add_source (EntFlowHome *self,
                               const char *name,
                               const char *url,
                               const char *credentials);
gint64 ent_flow_home_count (EntFlowHome *self);
EntSourceRecord *ent_flow_home_find_source (EntFlowHome *self, const char *name);
/* What the coverage says of [from, to) for a channel of the one source. */
EntCoverage ent_flow_home_coverage (EntFlowHome *self, EntChannel channel, gint64 from, gint64 to);

/* One synchronisation of everything by the rules; must succeed. (transfer full) */
EntSyncResult *ent_flow_sync (EntFlowHome *self);
/* Same, with an error as a possible outcome. @results may be NULL. */
gboolean ent_flow_try_sync (EntFlowHome *self,
                            const EntSyncOptions *options,
                            GPtrArray **results,
                            GError **error);
extern const EntSyncOptions ent_flow_by_rules;
EntSyncOptions ent_flow_by_hand (gint64 from, gint64 to);
/* For ent_retry_set_wait_func: no time passes between tries. */
gboolean
ent_flow_no_wait (gint64 wait_ms, GCancellable *cancellable, gpointer user_data, GError **error);

/* Every counter of every day, channel and direction of the last @days equals the ledger's. */
void
ent_flow_assert_ledger (EntFlowHome *self, EntFlowProvider *provider, const char *zone, int days);
/* All rows of the store in a canonical text, to see whether two stores say the same. */
char *ent_flow_home_dump (EntFlowHome *self);

G_END_DECLS
