/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages as text: aligned and shortened on a terminal, whole and apart by tabs elsewhere.
 * The program's only thread. */
#pragma once

#include "ent-cell.h"

G_BEGIN_DECLS

typedef struct _EntCliListText EntCliListText;

/* @columns must outlive it. */
EntCliListText *ent_cli_list_text_new (const EntColumn *columns, guint n, EntZone *zone);
void ent_cli_list_text_free (EntCliListText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCliListText, ent_cli_list_text_free)
void ent_cli_list_text_head (EntCliListText *self);
void ent_cli_list_text_row (EntCliListText *self, EntCellMaker *maker, EntCoverage coverage);

/* A cell as people read it, on one line. (transfer full) */
char *ent_cli_cell_text (const EntCell *cell, const EntZone *zone, gsize max_chars);

G_END_DECLS
