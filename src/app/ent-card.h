/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One number of the report, large: count, percentage, change against the period before, and
 * its course. A button: it opens the messages that it counts. The small form is one line. */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_CARD (ent_card_get_type ())
G_DECLARE_FINAL_TYPE (EntCard, ent_card, ENT, CARD, GtkButton)

GtkWidget *ent_card_new (EntSession *session, EntStage stage, gboolean small);

G_END_DECLS
