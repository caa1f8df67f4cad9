/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of a source: kind, name, credentials, options; a test of the connection; saving. */
#pragma once

#include "ent-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define ENT_TYPE_SOURCE_DIALOG (ent_source_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EntSourceDialog, ent_source_dialog, ENT, SOURCE_DIALOG, AdwWindow)

/* @record NULL: a new one. Errors and successes are told in the dialog and, after it, by the
 * parent's "win.toast". */
void
ent_source_dialog_present (GtkWindow *parent, EntEngine *engine, const EntSourceRecord *record);

G_END_DECLS
