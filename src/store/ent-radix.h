/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting positions by keys, stably: equal keys keep the order that they came in. Pure.
 * Private to the store. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Sorts @positions by their @keys, both @n long and both changed. FALSE when cancelled. */
gboolean ent_radix_sort (
    guint64 *keys, guint32 *positions, gsize n, GCancellable *cancellable, GError **error);
G_END_DECLS
