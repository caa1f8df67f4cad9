/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of the list are selected: a bitset beside the model. The toolkit's own selection
 * models ask for every item on a change; this one never asks for any. Main thread. */
#pragma once

#include "ent-message-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_MESSAGE_SELECTION (ent_message_selection_get_type ())
G_DECLARE_FINAL_TYPE (EntMessageSelection, ent_message_selection, ENT, MESSAGE_SELECTION, GObject)

EntMessageSelection *ent_message_selection_new (EntMessageList *list);

G_END_DECLS
