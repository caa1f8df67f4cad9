/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sources a synchronisation is about, their credentials, and what is noted about them.
 * Fetch thread. */
#pragma once

#include "ent-sync.h"

G_BEGIN_DECLS

/* (element-type EntSourceRecord) (transfer full), never empty. Error: NO_SOURCE. */
GPtrArray *ent_sync_find_sources (EntUserData *user_data, const char *only_source, GError **error);

/* The source, ready to be asked. @session: see EntSyncOptions. (transfer full) */
EntSource *ent_sync_open_source (const EntSourceRecord *record,
                                 GHashTable *session,
                                 GCancellable *cancellable,
                                 GError **error);

/* Notes an attempt that begins (@begins) or what became of it; @problem NULL: all went well, a
 * cancellation: nothing is noted. A source that is gone meanwhile stays gone. */
gboolean ent_sync_note_attempt (EntUserData *user_data,
                                const char *key,
                                gboolean begins,
                                const GError *problem,
                                GError **error);

/* domain:code:detail, without personal data. (transfer full) */
char *ent_sync_error_to_text (const GError *problem);

G_END_DECLS
