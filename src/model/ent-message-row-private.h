/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the list that makes the rows. Main thread. */
#pragma once

#include "ent-message-row.h"

G_BEGIN_DECLS

EntMessageRow *ent_message_row_new (guint32 position);
/* NULL: it could not be read. What was shown before a failure stays. */
void ent_message_row_set_message (EntMessageRow *self, EntMessage *message);

G_END_DECLS
