/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each program with personal data in it does first. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Files and folders that are made from now on can be read by their owner only, whatever the umask;
 * no core dumps, since memory holds personal data and secrets. Memory of a few megabytes that is
 * freed stays with the process for the next page. First thing in main, before any thread. */
void ent_process_init (void);

G_END_DECLS
