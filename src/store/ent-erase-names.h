/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that no message bears any more after an erasure. Private to the store. */
#pragma once

#include "ent-writer.h"

G_BEGIN_DECLS

/* Takes the texts of unused names out of the database; in the writer's transaction, when all
 * segments that change are staged. */
gboolean ent_erase_unused_names (EntWriter *writer, GCancellable *cancellable, GError **error);

G_END_DECLS
