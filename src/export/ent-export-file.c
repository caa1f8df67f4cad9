/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Temporary file, sync, rename. See the header. */

#include "config.h"

#include "ent-export-file.h"

#include "ent-export-error.h"
#include "ent-words.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MAX_BASE_BYTES 200

static void
set_error (GError **error, const char *path)
{
  int saved = errno;
  EntExportError code = ENT_EXPORT_ERROR_FAILED;

  if (saved == ENOSPC || saved == EDQUOT)
    code = ENT_EXPORT_ERROR_FULL;
  else if (saved == EACCES || saved == EPERM || saved == EROFS || saved == ENOENT ||
           saved == ENOTDIR || saved == EISDIR || saved == ENAMETOOLONG)
    code = ENT_EXPORT_ERROR_NOT_WRITABLE;
  g_set_error (error, ENT_EXPORT_ERROR, code, "%s: %s", path, g_strerror (saved));
}

/* NAME.part-1a2b3c4d, with a long NAME cut at a character. */
static char *
partial_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *partial = NULL;
  gsize length = strlen (name);

  if (length > MAX_BASE_BYTES)
    {
      length = MAX_BASE_BYTES;
      while (length > 0 && ((guchar) name[length] & 0xc0) == 0x80)
        length--;
    }
  partial = g_strdup_printf ("%.*s.part-%08x", (int) length, name, g_random_int ());
  return g_build_filename (folder, partial, NULL);
}

EntExportFile *
ent_export_file_new (const char *path)
{
  EntExportFile *self = g_new0 (EntExportFile, 1);

  self->path = g_strdup (path);
  self->partial = partial_name (path);
  self->fd = -1;
  return self;
}

gboolean
ent_export_file_open (EntExportFile *self, GError **error)
{
  if (g_file_test (self->path, G_FILE_TEST_IS_DIR))
    {
      errno = EISDIR;
      set_error (error, self->path);
      return FALSE;
    }
  /* The rename at the end would put a file in the place of a device or a pipe. */
  if (g_file_test (self->path, G_FILE_TEST_EXISTS) &&
      !g_file_test (self->path, G_FILE_TEST_IS_REGULAR))
    {
      errno = EEXIST;
      set_error (error, self->path);
      return FALSE;
    }
  self->fd = open (self->partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (self->fd >= 0)
    {
      self->made = TRUE;
      return TRUE;
    }
  set_error (error, self->path);
  return FALSE;
}

void
ent_export_file_free (EntExportFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->made)
    (void) g_unlink (self->partial);
  g_free (self->partial);
  g_free (self->path);
  g_free (self);
}

static gboolean
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    return FALSE;
  /* Some file systems cannot sync a folder: their renames are as durable as they get. */
  ok = fsync (fd) == 0 || errno == EINVAL || errno == ENOTSUP;
  close (fd);
  return ok;
}

gboolean
ent_export_file_put_in_place (EntExportFile *self, GError **error)
{
  gboolean ok = fsync (self->fd) == 0;
  int fd = self->fd;

  self->fd = -1;
  if (!ok)
    {
      set_error (error, self->path);
      close (fd);
      return FALSE;
    }
  /* Network file systems tell of a full disk as late as here. */
  if (close (fd) != 0 || g_rename (self->partial, self->path) != 0)
    {
      set_error (error, self->path);
      return FALSE;
    }
  self->made = FALSE;
  if (!sync_folder (self->path))
    {
      set_error (error, self->path);
      return FALSE;
    }
  return TRUE;
}

gboolean
ent_export_file_check_space (const char *path, guint64 bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *free_text = NULL;
  g_autofree char *needed_text = NULL;
  struct statvfs info;
  guint64 available;

  /* A file system that does not say is tried. */
  if (statvfs (folder, &info) != 0 || info.f_frsize == 0)
    return TRUE;
  available = (guint64) info.f_bavail * info.f_frsize;
  if (available >= bytes)
    return TRUE;
  free_text = ent_words_size (available);
  needed_text = ent_words_size (bytes);
  g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FULL,
               /* Translators: two sizes: "1.2 MB free, at least 30.0 MB needed". */
               _ ("%s free, at least %s needed"), free_text, needed_text);
  return FALSE;
}
