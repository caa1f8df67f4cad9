/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory for what is large: it goes back to the system when it is freed, and results of
 * megabytes lie on huge pages where the system has them: a list of ten million positions is
 * then made in a third of the time. Packed columns are smaller on purpose: in a virtual
 * machine the first touch of huge pages costs more than all scans of a session gain. Any
 * thread. Private to the store. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Aligned to 64 bytes, contents undefined. Aborts when there is none, as g_malloc does. */
gpointer ent_memory_new (gsize size);
/* @size: as it was asked for. */
void ent_memory_free (gpointer memory, gsize size);

/* The same for lists that come and go: the largest one given back last is kept and lent again,
 * since the system's clearing of fresh pages takes a third of the time of making a list. *@capacity
 * says what it holds and is what it is given back with. */
gpointer ent_memory_borrow (gsize size, gsize *capacity);
void ent_memory_give_back (gpointer memory, gsize capacity);
/* Lets go of what is kept. */
void ent_memory_trim (void);

G_END_DECLS
