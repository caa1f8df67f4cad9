/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ends the process together with the one that started it. Main thread.
 */
#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

gboolean ent_sim_parent_watch (pid_t parent, GMainLoop *loop);

G_END_DECLS
