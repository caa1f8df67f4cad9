/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An export of the history as a list item: the record, its request read, and whether its file
 * is there (looked for on a worker). */
#pragma once

#include "ent-user-data.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ENT_TYPE_EXPORT_ITEM (ent_export_item_get_type ())
G_DECLARE_FINAL_TYPE (EntExportItem, ent_export_item, ENT, EXPORT_ITEM, GObject)

/* Property: missing (boolean): finished, but its file is gone. */
EntExportItem *ent_export_item_new (EntExportRecord *record);
EntExportRecord *ent_export_item_get_record (EntExportItem *self);
/* Whether the item is of @record, and of its present state. */
gboolean ent_export_item_shows (EntExportItem *self, const EntExportRecord *record);
/* Looks once more whether the file is there; "missing" tells. */
void ent_export_item_look (EntExportItem *self);
gboolean ent_export_item_is_missing (EntExportItem *self);
/* "Last week by campaign" or the view's name. (transfer full) */
char *ent_export_item_title (EntExportItem *self);
/* When, by whom, what and how much. (transfer full) */
char *ent_export_item_details (EntExportItem *self, const EntZone *zone, gint64 now);
/* (nullable): why it failed, in words. (transfer full) */
char *ent_export_item_failure (EntExportItem *self);

G_END_DECLS
