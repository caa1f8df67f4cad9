/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets: read, kept in the keyring, forgotten. What is read passes through buffers of our own,
 * which are wiped; JsonObjects are wiped with ent_credentials_wipe by whoever drops the last
 * reference. No message here repeats what was read. Blocking. */
#include "config.h"

#include "ent-credentials.h"

#include "ent-json.h"
#include "ent-source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Keys and tokens are short; a larger file is the wrong file. */
#define MAX_BYTES 16384

static const SecretSchema schema = {
  .name = "org.entrega.Entrega.Source",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "source", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static void set_error (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
set_error (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, ENT_API_ERROR, ENT_API_ERROR_CREDENTIALS, message);
}

/* ---- Text to object and back ---------------------------------------------------------------- */

JsonObject *
ent_credentials_parse (const char *text, gsize length, GError **error)
{
  JsonObject *object = NULL;
  EntJson *json = length <= MAX_BYTES ? ent_json_parse (text, length, NULL) : NULL;
  const EntJsonNode *key;
  const EntJsonNode *value;
  EntJsonIter iter;

  if (json == NULL || !ent_json_is (ent_json_get_root (json), ENT_JSON_OBJECT))
    {
      set_error (error, "The credentials are not a JSON object");
      ent_json_wipe_and_free (json);
      return NULL;
    }

  object = json_object_new ();
  ent_json_iter_init (&iter, ent_json_get_root (json));
  while (ent_json_iter_next (&iter, &key, &value))
    {
      const char *name;
      const char *string;

      if (ent_json_get_string (key, &name) && ent_json_get_string (value, &string))
        {
          json_object_set_string_member (object, name, string);
          continue;
        }
      set_error (error, "The credentials hold something that is no text");
      g_clear_pointer (&object, ent_credentials_wipe);
      break;
    }
  ent_json_wipe_and_free (json);
  return object;
}

static void
wipe_member (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  /* The node owns the memory and is about to go. */
  if (text != NULL)
    explicit_bzero ((char *) text, strlen (text));
}

void
ent_credentials_wipe (JsonObject *credentials)
{
  if (credentials == NULL)
    return;
  json_object_foreach_member (credentials, wipe_member, NULL);
  json_object_unref (credentials);
}

/* ---- Files and the environment -------------------------------------------------------------- */

static gboolean
check_file (int fd, gboolean must_be_private, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      set_error (error, "The credentials are not in a file");
      return FALSE;
    }
  if (must_be_private && (info.st_mode & 0077) != 0)
    {
      set_error (error, "The credentials file can be read by others: its mode must be 0600");
      return FALSE;
    }
  return TRUE;
}

/* Reads to the end into @buffer; -1: failed, or more than it takes. */
static gssize
read_all (int fd, char *buffer, gsize size)
{
  gsize total = 0;

  for (;;)
    {
      gssize n = read (fd, buffer + total, size - total);

      if (n == 0)
        return (gssize) total;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 || (total += (gsize) n) == size)
        return -1;
    }
}

static JsonObject *
read_fd (int fd, GError **error)
{
  char buffer[MAX_BYTES];
  gssize length = read_all (fd, buffer, sizeof buffer);
  JsonObject *object = NULL;

  if (length < 0)
    set_error (error, "The credentials cannot be read");
  else
    object = ent_credentials_parse (buffer, (gsize) length, error);
  explicit_bzero (buffer, sizeof buffer);
  return object;
}

JsonObject *
ent_credentials_read_file (const char *path, gboolean must_be_private, GError **error)
{
  JsonObject *object = NULL;
  int fd;

  if (strcmp (path, "-") == 0)
    return read_fd (STDIN_FILENO, error);

  /* Not blocking, so that a named pipe in its place does not hang us before it is refused. */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    {
      set_error (error, "The credentials file cannot be read: %s", g_strerror (errno));
      return NULL;
    }
  if (check_file (fd, must_be_private, error))
    object = read_fd (fd, error);
  close (fd);
  return object;
}

JsonObject *
ent_credentials_read_env (const char *variable, GError **error)
{
  const char *text = g_getenv (variable);

  if (text == NULL || *text == '\0')
    {
      set_error (error, "The variable %s is not set", variable);
      return NULL;
    }
  return ent_credentials_parse (text, strlen (text), error);
}

/* ---- The keyring ---------------------------------------------------------------------------- */

/* Turns libsecret's and D-Bus's errors into ours; a cancellation stays one. */
static void
propagate (GError **error, GError *problem, const char *what)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, problem);
      return;
    }
  set_error (error, "%s: %s", what, problem->message);
  g_error_free (problem);
}

JsonObject *
ent_credentials_lookup (const char *source_key, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;
  JsonObject *object;
  char *text;

  text = secret_password_lookup_sync (&schema, cancellable, &problem, "source", source_key, NULL);
  if (problem != NULL)
    {
      propagate (error, problem, "The keyring does not answer");
      return NULL;
    }
  if (text == NULL)
    {
      set_error (error, "The keyring has no credentials for this source");
      return NULL;
    }
  object = ent_credentials_parse (text, strlen (text), error);
  secret_password_free (text);
  return object;
}

static char *
credentials_to_text (JsonObject *credentials)
{
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_node_init_object (node, credentials);
  return json_to_string (node, FALSE);
}

gboolean
ent_credentials_store (const char *source_key,
                       const char *label,
                       JsonObject *credentials,
                       GCancellable *cancellable,
                       GError **error)
{
  GError *problem = NULL;
  char *text = credentials_to_text (credentials);
  gboolean stored;

  stored = secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, text, cancellable,
                                       &problem, "source", source_key, NULL);
  explicit_bzero (text, strlen (text));
  g_free (text);
  if (!stored && problem == NULL)
    problem = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "it refused");
  if (!stored)
    propagate (error, problem, "The keyring does not take the credentials");
  return stored;
}

gboolean
ent_credentials_forget (const char *source_key, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;

  /* FALSE without an error: there was nothing, which is what is wanted. */
  secret_password_clear_sync (&schema, cancellable, &problem, "source", source_key, NULL);
  if (problem == NULL)
    return TRUE;
  propagate (error, problem, "The keyring does not answer");
  return FALSE;
}
