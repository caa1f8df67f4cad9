/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the list: a placeholder that knows its place in the store and gets its message
 * later. The same object as long as anyone holds it. Main thread. */
#pragma once

#include "ent-message.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define ENT_TYPE_MESSAGE_ROW (ent_message_row_get_type ())
G_DECLARE_FINAL_TYPE (EntMessageRow, ent_message_row, ENT, MESSAGE_ROW, GObject)
/* Signal "changed" (no arguments): the message arrived, was read again, or could not be read. */

guint32 ent_message_row_get_position (EntMessageRow *self);
EntMessage *
ent_message_row_get_message (EntMessageRow *self); /* (transfer none) (nullable): not there yet */
gboolean ent_message_row_has_failed (EntMessageRow *self);

G_END_DECLS
