/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One value that a filter may take, as a list shows it. */
#pragma once

#include "ent-filter.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define ENT_TYPE_FILTER_ITEM (ent_filter_item_get_type ())
G_DECLARE_FINAL_TYPE (EntFilterItem, ent_filter_item, ENT, FILTER_ITEM, GObject)

/* @count: messages that have it; -1 unknown. Property: checked (boolean). */
EntFilterItem *ent_filter_item_new (EntFilterField field, const char *value, gint64 count);
const char *ent_filter_item_get_value (EntFilterItem *self);
const char *ent_filter_item_get_label (EntFilterItem *self);
gint64 ent_filter_item_get_count (EntFilterItem *self);
gboolean ent_filter_item_get_checked (EntFilterItem *self);
void ent_filter_item_set_checked (EntFilterItem *self, gboolean checked);
/* @folded: see ent_text_fold. */
gboolean ent_filter_item_matches (EntFilterItem *self, const char *folded);

G_END_DECLS
