/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WhatsApp | SMS | All; further channels appear when there are messages of them. Applied at once.
 */
#pragma once

#include "ent-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_CHANNEL_SWITCH (ent_channel_switch_get_type ())
G_DECLARE_FINAL_TYPE (EntChannelSwitch, ent_channel_switch, ENT, CHANNEL_SWITCH, GtkWidget)

void ent_channel_switch_set_session (EntChannelSwitch *self, EntSession *session);

G_END_DECLS
