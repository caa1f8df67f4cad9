/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Credentials from a file, a reference or the keyboard. */

#include "config.h"

#include "ent-cli-credentials.h"

#include "ent-cli-output.h"
#include "ent-words.h"

#include "ent-credentials.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

void
ent_cli_credentials_clear (EntCliCredentials *self)
{
  g_clear_pointer (&self->object, ent_credentials_wipe);
  g_clear_pointer (&self->reference, g_free);
}

static gboolean
read_reference (EntCliCredentials *self, const char *from, GError **error)
{
  if (g_str_has_prefix (from, "env:"))
    {
      self->kind = ENT_CREDENTIALS_ENV;
      self->reference = g_strdup (from + strlen ("env:"));
      self->object = ent_credentials_read_env (self->reference, error);
      return self->object != NULL;
    }
  if (strcmp (from, "-") == 0)
    return ent_cli_usage (
        error, _ ("--credentials-from takes a file or env:NAME, which each run reads again."));
  self->kind = ENT_CREDENTIALS_FILE;
  self->reference = g_canonicalize_filename (from, NULL);
  self->object = ent_credentials_read_file (self->reference, TRUE, error);
  return self->object != NULL;
}

static gboolean
needs_some (const EntSourceClass *klass)
{
  for (const EntSourceField *field = klass->credentials; field->key != NULL; field++)
    if (field->required)
      return TRUE;
  return FALSE;
}

static void
ask (EntCliCredentials *self, const EntSourceClass *klass)
{
  self->object = json_object_new ();
  for (const EntSourceField *field = klass->credentials; field->key != NULL; field++)
    {
      g_autofree char *question = NULL;
      g_autofree char *answer = NULL;

      question = field->required
                     ? g_strdup (ent_words_source_field (field->key))
                     /* Translators: a field that may stay empty. */
                     : g_strdup_printf (_ ("%s (optional)"), ent_words_source_field (field->key));
      answer = ent_cli_ask (question, field->secret);
      if (*answer != '\0')
        json_object_set_string_member (self->object, field->key, answer);
      explicit_bzero (answer, strlen (answer));
    }
}

gboolean
ent_cli_credentials_get (EntCliCredentials *self,
                         const EntSourceClass *klass,
                         const char *file,
                         const char *from,
                         GError **error)
{
  if (file != NULL && from != NULL)
    return ent_cli_usage (error, _ ("Give either --credentials-file or --credentials-from."));
  if (from != NULL)
    return read_reference (self, from, error);
  if (file != NULL)
    {
      self->kind = ENT_CREDENTIALS_KEYRING;
      self->object = ent_credentials_read_file (file, FALSE, error);
      return self->object != NULL;
    }
  if (!needs_some (klass))
    {
      self->kind = ENT_CREDENTIALS_NONE;
      return TRUE;
    }
  if (!ent_cli_is_terminal (STDIN_FILENO))
    return ent_cli_usage (
        error,
        _ ("Credentials are needed: give --credentials-file FILE (or - for the standard input), "
           "or --credentials-from FILE or env:NAME."));
  self->kind = ENT_CREDENTIALS_KEYRING;
  ask (self, klass);
  return TRUE;
}
