/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every matching message as a list model, however many: a shared array of positions, rows made
 * when a view asks for them, their messages fetched by page on the store's page reader.
 *
 *   EntSelection (positions) ──► EntMessageList ──► EntMessageRow (placeholder → message)
 *
 * Never wrap it in sort or filter models: they ask for every item. Main thread. */
#pragma once

#include "ent-message-row.h"
#include "ent-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ENT_TYPE_MESSAGE_LIST (ent_message_list_get_type ())
G_DECLARE_FINAL_TYPE (EntMessageList, ent_message_list, ENT, MESSAGE_LIST, GObject)
/* Property "error" (boxed GError): the last page that could not be read; NULL when one could again.
 */

EntMessageList *ent_message_list_new (EntStore *store);
/* Puts the first rows of @selection before those that are shown, until it is set. A view that
 * scrolls to the top in between gives its widgets the new rows; around rows that go away it would
 * throw its two thousand widgets away and make new ones, which takes five times as long. (nullable)
 */
void ent_message_list_put_in_front (EntMessageList *self, EntSelection *selection);
/* @keep: the same question asked again after the data changed: rows that are still there keep
 * their objects and places (exact splices). Without it, or where that is not possible, all rows are
 * others and FALSE is returned: the view is for the caller to scroll. No emission both removes and
 * adds many rows, for toolkits search all of those for the row they were at. (nullable) */
gboolean
ent_message_list_set_selection (EntMessageList *self, EntSelection *selection, gboolean keep);
EntSelection *
ent_message_list_get_selection (EntMessageList *self); /* (transfer none) (nullable) */
/* Index of the row of a store position, -1 where it is not in the list; linear. */
gint64 ent_message_list_find (EntMessageList *self, guint32 position);
const GError *ent_message_list_get_error (EntMessageList *self); /* (nullable) */
/* Asks again for rows that could not be read. */
void ent_message_list_retry (EntMessageList *self);

G_END_DECLS
