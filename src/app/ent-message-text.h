/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column says of a message on screen: localised, in the report's zone, masked when the
 * privacy switch is on. The same for cells, copies and the message's pane. Main thread. */
#pragma once

#include "ent-cell.h"

G_BEGIN_DECLS

typedef struct _EntMessageText EntMessageText;

EntMessageText *ent_message_text_new (void);
void ent_message_text_free (EntMessageText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntMessageText, ent_message_text_free)

/* From now on: this zone (referenced), this now, masked or not. */
void ent_message_text_set_context (EntMessageText *self,
                                   const EntZone *zone,
                                   gint64 now,
                                   gboolean masked);
/* One line, at most 300 characters; "" for nothing. (transfer full) */
char *ent_message_text_get (EntMessageText *self, const EntMessage *message, EntColumn column);
/* +55 (11) 91234-5678, masked when asked for; a text that is no number as it is. (transfer full) */
char *ent_message_text_phone (EntMessageText *self, const char *phone);

/* A mark that goes with a status, and its CSS class: never colour alone. */
const char *ent_status_mark (EntStatus status);
const char *ent_status_css_class (EntStatus status);
EntStatus ent_message_text_status (EntMessageText *self, const EntMessage *message);

G_END_DECLS
