/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lock file: flock, so that the kernel drops it with the process; its text says who holds it
 * since when. The file itself stays. Fetch thread. */
#include "config.h"

#include "ent-sync-lock.h"

#include "ent-retry.h"
#include "ent-time.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK_NAME "sync.lock"
/* How often a waiting process looks again: flock itself cannot be cancelled. */
#define LOOK_AGAIN_MS 100

struct _EntSyncLock
{
  int fd;
};

static int
open_file (const char *data_dir, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, LOCK_NAME, NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 "The lock file cannot be opened: %s", g_strerror (errno));
  return fd;
}

/* The holder writes right after it has the lock; for an instant the text may be the last one's. */
static void
set_locked_error (int fd, GError **error)
{
  char text[128] = "";
  gssize n = pread (fd, text, sizeof text - 1, 0);
  g_auto (GStrv) words = NULL;

  g_strdelimit (text, "\n", ' ');
  words = g_strsplit (n > 0 ? text : "", " ", 3);
  if (g_strv_length (words) >= 2)
    g_set_error (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_LOCKED,
                 "Another synchronisation is running: process %s, since %s", words[0], words[1]);
  else
    g_set_error (error, ENT_SYNC_ERROR, ENT_SYNC_ERROR_LOCKED,
                 "Another synchronisation is running");
}

static gboolean
write_holder (int fd, GError **error)
{
  g_autofree char *now = ent_instant_format (g_get_real_time () / 1000);
  g_autofree char *text = g_strdup_printf ("%ld %s\n", (long) getpid (), now);
  gsize length = strlen (text);

  if (pwrite (fd, text, length, 0) == (gssize) length && ftruncate (fd, (off_t) length) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               "The lock file cannot be written: %s", g_strerror (errno));
  return FALSE;
}

static gboolean
lock_fd (int fd, gboolean wait, GCancellable *cancellable, GError **error)
{
  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EINTR)
        continue;
      if (!wait)
        {
          set_locked_error (fd, error);
          return FALSE;
        }
      if (!ent_retry_sleep (LOOK_AGAIN_MS, cancellable, error))
        return FALSE;
    }
  return write_holder (fd, error);
}

EntSyncLock *
ent_sync_lock_acquire (const char *data_dir,
                       gboolean wait,
                       GCancellable *cancellable,
                       GError **error)
{
  EntSyncLock *self;
  int fd = open_file (data_dir, error);

  if (fd < 0)
    return NULL;
  if (!lock_fd (fd, wait, cancellable, error))
    {
      close (fd);
      return NULL;
    }
  self = g_new0 (EntSyncLock, 1);
  self->fd = fd;
  return self;
}

void
ent_sync_lock_release (EntSyncLock *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  g_free (self);
}
