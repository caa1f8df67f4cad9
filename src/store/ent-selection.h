/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matching messages of a query in order: an immutable array of positions, shared by
 * reference; any thread. A position is a message's place in the packed columns; its row
 * id is position + 1. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EntSelection EntSelection;

EntSelection *ent_selection_ref (EntSelection *self);
void ent_selection_unref (EntSelection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSelection, ent_selection_unref)

guint ent_selection_get_size (const EntSelection *self);
gint64 ent_selection_get_id (const EntSelection *self, guint index);
/* (array length=size) (transfer none): positions in order. */
const guint32 *ent_selection_get_positions (const EntSelection *self);
gint64 ent_selection_get_data_version (const EntSelection *self);

G_END_DECLS
