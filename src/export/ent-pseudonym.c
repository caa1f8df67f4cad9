/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pseudonyms. Phone numbers are few enough to be tried one by one, so a plain hash would hide
 * nothing: the key is what hides. It never leaves the data folder. */

#include "config.h"

#include "ent-pseudonym.h"

#include "ent-cell.h"
#include "ent-export-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define KEY_BYTES 32
#define CODE_BYTES 10

char *
ent_pseudonym_make (GBytes *key, const char *text)
{
  static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
  gsize key_length;
  const guint8 *key_data = g_bytes_get_data (key, &key_length);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key_data, key_length);
  guint8 digest[32];
  gsize length = sizeof digest;
  GString *out = g_string_new ("p-");
  guint bits = 0;
  guint n_bits = 0;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, digest, &length);
  for (guint i = 0; i < CODE_BYTES; i++)
    {
      bits = bits << 8 | digest[i];
      n_bits += 8;
      while (n_bits >= 5)
        {
          n_bits -= 5;
          g_string_append_c (out, digits[bits >> n_bits & 31]);
        }
      bits &= (1u << n_bits) - 1;
    }
  return g_string_free (out, FALSE);
}

static void
set_error (GError **error, const char *path, const char *what)
{
  int saved = errno;

  g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_NOT_WRITABLE, "%s %s: %s", what, path,
               g_strerror (saved));
}

/* Returns NULL without an error where there is no file. */
static GBytes *
read_key (const char *path, GError **error)
{
  guint8 data[KEY_BYTES + 1];
  gssize n;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

  if (fd < 0)
    {
      if (errno != ENOENT)
        set_error (error, path, "Cannot read");
      return NULL;
    }
  n = read (fd, data, sizeof data);
  close (fd);
  if (n != KEY_BYTES)
    {
      g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FAILED, "%s is not a key of %d bytes",
                   path, KEY_BYTES);
      return NULL;
    }
  return g_bytes_new (data, KEY_BYTES);
}

static gboolean
write_all (int fd, const guint8 *data, gsize length)
{
  return write (fd, data, length) == (gssize) length && fsync (fd) == 0;
}

/* Written under another name and linked into place, so that no one ever reads half a key and the
 * first of two programs wins. */
static gboolean
make_key (const char *path, GError **error)
{
  g_autofree char *temporary = g_strdup_printf ("%s.%d.part", path, (int) getpid ());
  guint8 data[KEY_BYTES];
  gboolean ok;
  int fd;

  if (getrandom (data, sizeof data, 0) != sizeof data)
    {
      set_error (error, path, "Cannot make a key for");
      return FALSE;
    }
  (void) g_unlink (temporary);
  fd = open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  ok = fd >= 0 && write_all (fd, data, sizeof data);
  if (fd >= 0)
    close (fd);
  explicit_bzero (data, sizeof data);
  ok = ok && (link (temporary, path) == 0 || errno == EEXIST);
  if (!ok)
    set_error (error, path, "Cannot write");
  (void) g_unlink (temporary);
  return ok;
}

GBytes *
ent_pseudonym_key_load (const char *data_dir, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, "pseudonym.key", NULL);
  g_autoptr (GError) local_error = NULL;
  GBytes *key = read_key (path, &local_error);

  if (key == NULL && local_error == NULL && make_key (path, &local_error))
    {
      key = read_key (path, &local_error);
      if (key == NULL && local_error == NULL)
        g_set_error (&local_error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FAILED, "%s went away", path);
    }
  if (key == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return key;
}
