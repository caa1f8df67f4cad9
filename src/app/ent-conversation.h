/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was said to and by one number, oldest first: ours on the right, theirs on the left, the
 * message that the pane is about marked. Main thread. */
#pragma once

#include "ent-message-text.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_CONVERSATION (ent_conversation_get_type ())
G_DECLARE_FINAL_TYPE (EntConversation, ent_conversation, ENT, CONVERSATION, GtkBox)

GtkWidget *ent_conversation_new (void);
/* @messages: (element-type EntMessage), by time, with or without @current. */
void ent_conversation_set_messages (EntConversation *self,
                                    GPtrArray *messages,
                                    const EntMessage *current,
                                    EntMessageText *text,
                                    const EntZone *zone);
void ent_conversation_set_failed (EntConversation *self);

G_END_DECLS
