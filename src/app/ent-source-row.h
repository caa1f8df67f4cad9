/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One source in the list: name, kind, state, and its actions behind an arrow. */
#pragma once

#include "ent-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define ENT_TYPE_SOURCE_ROW (ent_source_row_get_type ())
G_DECLARE_FINAL_TYPE (EntSourceRow, ent_source_row, ENT, SOURCE_ROW, AdwExpanderRow)

GtkWidget *ent_source_row_new (EntEngine *engine, const EntSourceRecord *record);
const char *ent_source_row_get_key (EntSourceRow *self);
/* The source as it is now. */
void ent_source_row_update (EntSourceRow *self, const EntSourceRecord *record);

G_END_DECLS
