/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One step of the history that undo walks: the filter state and where it was looked at. */
#pragma once

#include "ent-session-private.h"

G_BEGIN_DECLS

/* Notes the state as it is now, behind the present step; later steps are forgotten. */
void ent_session_history_push (EntSession *self);
/* The present step is what the session shows now (changes that are not steps of their own). */
void ent_session_history_update (EntSession *self);
void ent_session_history_reset (EntSession *self);

G_END_DECLS
