/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of databases as files: see the header. No state; any thread. */

#include "config.h"

#include "ent-database-file.h"

#include "ent-database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const suffixes[] = { "-wal", "-shm" };

static EntStoreError
code_from_errno (int os_error)
{
  switch (os_error)
    {
    case EACCES:
    case EPERM:
    case EROFS:
      return ENT_STORE_ERROR_READONLY;
    case ENOSPC:
    case EDQUOT:
      return ENT_STORE_ERROR_FULL;
    case ENOENT:
      return ENT_STORE_ERROR_NOT_FOUND;
    default:
      return ENT_STORE_ERROR_FAILED;
    }
}

static void
set_errno_error (GError **error, int os_error, const char *what, const char *path)
{
  g_set_error (error, ENT_STORE_ERROR, code_from_errno (os_error), "%s %s: %s", what, path,
               g_strerror (os_error));
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

char *
ent_database_file_resolve (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *real = realpath (folder, NULL);
  char *resolved;

  if (real == NULL)
    {
      set_errno_error (error, errno, "Could not open the folder", folder);
      return NULL;
    }
  resolved = g_build_filename (real, name, NULL);
  free (real);
  return resolved;
}

gboolean
ent_database_file_exists (const char *path)
{
  struct stat info;

  return lstat (path, &info) == 0 || errno != ENOENT;
}

gboolean
ent_database_file_is_writable (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return access (path, W_OK) == 0 && access (folder, W_OK) == 0;
}

gboolean
ent_database_file_has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  struct stat info;

  return lstat (log, &info) == 0 && info.st_size > 0;
}

static void
set_corrupt_error (GError **error, const char *path, const char *why)
{
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT, "%s %s", path, why);
}

gboolean
ent_database_file_check (const char *path, GError **error)
{
  struct stat info;

  if (lstat (path, &info) != 0)
    {
      set_errno_error (error, errno, "Could not open", path);
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      set_corrupt_error (error, path, "is not a regular file");
      return FALSE;
    }
  if (info.st_size == 0)
    {
      set_corrupt_error (error, path, "is empty");
      return FALSE;
    }
  return TRUE;
}

char *
ent_database_file_new_draft (const char *path, GError **error)
{
  g_autofree char *draft =
      g_strdup_printf ("%s.new-%d-%08x", path, (int) getpid (), g_random_int ());
  int fd = open (draft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      set_errno_error (error, errno, "Could not make", draft);
      return NULL;
    }
  fchmod (fd, 0600);
  close (fd);
  return g_steal_pointer (&draft);
}

gboolean
ent_database_file_publish (const char *draft, const char *path, GError **error)
{
  if (renameat2 (AT_FDCWD, draft, AT_FDCWD, path, RENAME_NOREPLACE) != 0)
    {
      /* Not every file system can refuse to replace; then a hard link does. */
      if (errno == EINVAL && link (draft, path) == 0)
        errno = EEXIST;
      if (errno != EEXIST)
        {
          set_errno_error (error, errno, "Could not make", path);
          return FALSE;
        }
    }
  sync_folder (path);
  return TRUE;
}

void
ent_database_file_remove (const char *path)
{
  unlink (path);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *beside = g_strconcat (path, suffixes[i], NULL);

      unlink (beside);
    }
}

static gboolean
rename_beside (const char *path, const char *target, const char *suffix, GError **error)
{
  g_autofree char *from = g_strconcat (path, suffix, NULL);
  g_autofree char *to = g_strconcat (target, suffix, NULL);

  if (rename (from, to) == 0 || (*suffix != '\0' && errno == ENOENT))
    return TRUE;
  set_errno_error (error, errno, "Could not rename", from);
  return FALSE;
}

char *
ent_database_set_aside (const char *path, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *target = g_strdup_printf ("%s.corrupt-%s", path, stamp);

  for (int i = 2; ent_database_file_exists (target); i++)
    {
      g_free (target);
      target = g_strdup_printf ("%s.corrupt-%s-%d", path, stamp, i);
    }
  /* The log first: a fresh database must never find an old log. */
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (!rename_beside (path, target, suffixes[i], error))
      return NULL;
  if (!rename_beside (path, target, "", error))
    return NULL;
  sync_folder (path);
  return g_steal_pointer (&target);
}

gboolean
ent_database_make_dir (const char *dir, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (dir);
  struct stat info;

  if (stat (dir, &info) == 0 && S_ISDIR (info.st_mode))
    return TRUE;
  if (g_mkdir_with_parents (parent, 0700) != 0 || (mkdir (dir, 0700) != 0 && errno != EEXIST))
    {
      set_errno_error (error, errno, "Could not make the folder", dir);
      return FALSE;
    }
  /* mkdir's mode goes through the umask. */
  if (stat (dir, &info) != 0 || !S_ISDIR (info.st_mode))
    {
      set_errno_error (error, ENOTDIR, "Could not make the folder", dir);
      return FALSE;
    }
  if (chmod (dir, 0700) != 0)
    {
      set_errno_error (error, errno, "Could not protect the folder", dir);
      return FALSE;
    }
  return TRUE;
}
