/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders of temporary files that a process left behind. Stateless; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Removes a folder of ours, with the files in it and the folders in it one level down. Never
 * follows a link; what cannot be removed stays. */
void ent_leftover_remove_folder (const char *folder);

/* A new folder NAME-PID-…, 0700, in @parent. (transfer full) (nullable) */
char *ent_leftover_make_folder (const char *parent, const char *name, GError **error);
/* Removes those of processes that are no more. */
void ent_leftover_settle (const char *parent, const char *name);

/* A process of another user counts as alive too. */
gboolean ent_leftover_is_alive (int pid);

G_END_DECLS
