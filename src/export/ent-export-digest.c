/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 of a file, as it lies on the disk. Blocking. */

#include "config.h"

#include "ent-export.h"
#include "ent-sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define CHUNK_BYTES (256 * 1024)

static gboolean
digest_fd (int fd, EntSha256 *digest, gint64 *bytes, GCancellable *cancellable, GError **error)
{
  g_autofree guchar *chunk = g_malloc (CHUNK_BYTES);

  *bytes = 0;
  for (;;)
    {
      gssize n = read (fd, chunk, CHUNK_BYTES);

      if (n == 0)
        return TRUE;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno),
                               g_strerror (errno));
          return FALSE;
        }
      ent_sha256_update (digest, chunk, (gsize) n);
      *bytes += n;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
}

char *
ent_export_digest_file (const char *path, gint64 *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (EntSha256) digest = ent_sha256_new ();
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", path,
                   g_strerror (saved));
      return NULL;
    }
  ok = digest_fd (fd, digest, bytes, cancellable, error);
  close (fd);
  return ok ? ent_sha256_finish (digest) : NULL;
}
