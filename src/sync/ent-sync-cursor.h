/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a source's synchronisation stands: kept in the store as a cursor, committed together with
 * the rows it speaks of. Pure values. */
#pragma once

#include "ent-message.h"
#include "ent-sync.h"

G_BEGIN_DECLS

#define ENT_SYNC_CURSOR_SLOT "sync"

typedef struct
{
  /* A synchronisation was finished that knows everything that was true at that instant. */
  gint64 synced[ENT_N_CHANNELS]; /* ENT_TIME_NONE: none */
  gint64 pass;                   /* when the unfinished one began; ENT_TIME_NONE: there is none */
  EntSyncWindow window;          /* in the middle of it; empty (from = to): between windows */
  char *page;                    /* the next page of that window */
} EntSyncCursor;

void ent_sync_cursor_init (EntSyncCursor *self);
void ent_sync_cursor_clear (EntSyncCursor *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntSyncCursor, ent_sync_cursor_clear)

/* @text may be NULL; one that cannot be read counts as none: then more is read again. */
void ent_sync_cursor_parse (EntSyncCursor *self, const char *text);
char *ent_sync_cursor_print (const EntSyncCursor *self);

void
ent_sync_cursor_set_window (EntSyncCursor *self, const EntSyncWindow *window, const char *page);

G_END_DECLS
