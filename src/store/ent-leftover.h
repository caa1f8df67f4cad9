/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Temporary files and folders that a process left behind. Stateless; any thread. */
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

/* A program of ours with that id: ids are used again, and soon after a restart of the machine.
 * One of another user counts too. */
gboolean ent_leftover_is_alive (int pid);

/* A file whose holder is at work; it is there only while it is held, or was held by a process that
 * was killed. That is right also where process ids are not seen, as between sandboxes. -1 where it
 * cannot be made, or where the file system has no locks. */
int ent_leftover_hold (const char *path);
void ent_leftover_let_go (const char *path, int fd);
typedef enum
{
  ENT_LEFTOVER_UNKNOWN, /* no such file */
  ENT_LEFTOVER_HELD,
  ENT_LEFTOVER_FREE,
} EntLeftoverState;
/* FREE: @fd holds it now, to be let go. */
EntLeftoverState ent_leftover_get_state (const char *path, int *fd);

G_END_DECLS
