/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Closes the connections that clients have left. The server's thread; owned by the server.
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _EntSimIdle EntSimIdle;

EntSimIdle *ent_sim_idle_new (SoupServer *soup);
void ent_sim_idle_free (EntSimIdle *self);

G_END_DECLS
