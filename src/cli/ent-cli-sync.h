/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synchronising as a first step of another command. The program's only thread. */
#pragma once

#include "ent-cli.h"

G_BEGIN_DECLS

/* All sources that are not paused; waits for another synchronisation to end. Tells what failed, and
 * returns whether nothing did. */
gboolean ent_cli_sync_before (EntCli *cli, EntStore *store, EntUserData *user_data);

G_END_DECLS
