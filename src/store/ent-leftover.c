/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process that is killed removes nothing: its folders carry its id, and the next one that starts
 * takes them away. Any thread. */
#include "config.h"

#include "ent-leftover.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* A folder, and a library's temporary folder in it. */
#define MAX_DEPTH 2

static char *
read_name (const char *process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/comm", process);
  char *name = NULL;

  g_file_get_contents (path, &name, NULL, NULL);
  return name;
}

/* What cannot be read is taken for ours. */
static gboolean
is_ours (int pid)
{
  g_autofree char *process = g_strdup_printf ("%d", pid);
  g_autofree char *name = read_name (process);
  g_autofree char *own = read_name ("self");

  return name == NULL || g_str_has_prefix (name, "entrega") || g_strcmp0 (name, own) == 0;
}

gboolean
ent_leftover_is_alive (int pid)
{
  return pid > 0 && (kill (pid, 0) == 0 || errno == EPERM) && is_ours (pid);
}

/* A file without a name yet, so that nobody sees it before it is held; by name where that is not
 * possible. */
static int
make_file (const char *path, gboolean *named)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  *named = fd < 0;
  return fd >= 0 ? fd : open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

static gboolean
give_name (int fd, const char *path)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);

  return linkat (AT_FDCWD, link, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

int
ent_leftover_hold (const char *path)
{
  gboolean named;
  int fd = make_file (path, &named);

  if (fd < 0)
    return -1;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 && (named || give_name (fd, path)))
    return fd;
  if (named)
    g_unlink (path);
  close (fd);
  return -1;
}

void
ent_leftover_let_go (const char *path, int fd)
{
  if (fd < 0)
    return;
  g_unlink (path);
  close (fd);
}

EntLeftoverState
ent_leftover_get_state (const char *path, int *fd)
{
  *fd = open (path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (*fd < 0)
    return ENT_LEFTOVER_UNKNOWN;
  if (flock (*fd, LOCK_EX | LOCK_NB) == 0)
    return ENT_LEFTOVER_FREE;
  close (*fd);
  *fd = -1;
  return ENT_LEFTOVER_HELD;
}

static void
remove_level (const char *folder, guint depth)
{
  g_autoptr (GDir) dir = NULL;
  GStatBuf info;
  const char *name;

  if (depth == 0 || g_lstat (folder, &info) != 0 || !S_ISDIR (info.st_mode))
    return;
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) != 0)
        remove_level (path, depth - 1);
    }
  g_rmdir (folder);
}

void
ent_leftover_remove_folder (const char *folder)
{
  remove_level (folder, MAX_DEPTH);
}

char *
ent_leftover_make_folder (const char *parent, const char *name, GError **error)
{
  g_autofree char *base = g_strdup_printf ("%s-%d-XXXXXX", name, (int) getpid ());
  g_autofree char *folder = g_build_filename (parent, base, NULL);

  if (g_mkdtemp_full (folder, 0700) != NULL)
    return g_steal_pointer (&folder);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", folder,
               g_strerror (errno));
  return NULL;
}

/* NAME-PID-XXXXXX with a process that has ended. */
static gboolean
is_left (const char *base, const char *name)
{
  gsize length = strlen (name);
  char *end;
  gint64 pid;

  if (strncmp (base, name, length) != 0 || base[length] != '-' ||
      !g_ascii_isdigit (base[length + 1]))
    return FALSE;
  pid = g_ascii_strtoll (base + length + 1, &end, 10);
  return *end == '-' && strlen (end + 1) == 6 && pid > 0 && pid <= G_MAXINT &&
         !ent_leftover_is_alive ((int) pid);
}

void
ent_leftover_settle (const char *parent, const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *base;

  while (dir != NULL && (base = g_dir_read_name (dir)) != NULL)
    if (is_left (base, name))
      {
        g_autofree char *path = g_build_filename (parent, base, NULL);

        ent_leftover_remove_folder (path);
      }
}
