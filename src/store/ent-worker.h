/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread that does jobs one after the other, in the order they came. Private to the store. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EntWorker EntWorker;
typedef void (*EntWork) (gpointer data);

EntWorker *ent_worker_new (const char *name);
/* Does what is queued, ends the thread, frees. Not from the worker itself. */
void ent_worker_stop (EntWorker *self);
/* Any thread. */
void ent_worker_push (EntWorker *self, EntWork work, gpointer data);
/* Any thread but the worker's: waits until it is done. */
void ent_worker_run (EntWorker *self, EntWork work, gpointer data);
gboolean ent_worker_is_current (EntWorker *self);

G_END_DECLS
