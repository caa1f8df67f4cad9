/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a GError, or from the machine form that is stored, to sentences. */

#include "config.h"

#include "ent-words-error.h"

#include "ent-words-error-private.h"
#include "ent-words-fault-private.h"

#include "ent-text.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DETAIL_CHARS 500

void
ent_words_error_free (EntWordsError *self)
{
  g_free (self->title);
  g_free (self->body);
  g_free (self->action);
  g_free (self->detail);
  g_free (self);
}

/* The formatter takes the dashes of a quark's name for minus signs and puts spaces around them, so
 * some names have those and others underlines instead. */
static char *
plain_dashes (const char *domain)
{
  GString *out = g_string_new (NULL);

  for (const char *at = domain; *at != '\0'; at++)
    if (*at != ' ')
      g_string_append_c (out, *at == '_' ? '-' : *at);
  return g_string_free (out, FALSE);
}

/* "ent-store-error-quark" → "store", "g-io-error-quark" → "io" */
static char *
short_domain (const char *domain)
{
  g_autofree char *dashed = plain_dashes (domain);
  const char *start = dashed;
  g_autofree char *name = NULL;

  if (g_str_has_prefix (start, "ent-"))
    start += strlen ("ent-");
  else if (g_str_has_prefix (start, "g-"))
    start += strlen ("g-");
  name = g_strdup (start);
  if (g_str_has_suffix (name, "-quark"))
    name[strlen (name) - strlen ("-quark")] = '\0';
  if (g_str_has_suffix (name, "-error"))
    name[strlen (name) - strlen ("-error")] = '\0';
  return g_steal_pointer (&name);
}

static gboolean
is_file_error (const GError *error)
{
  return error->domain == G_FILE_ERROR;
}

/* GFileError has the same cases as GIOErrorEnum under other numbers. */
static int
io_code_of_file_error (int code)
{
  switch (code)
    {
    case G_FILE_ERROR_NOENT:
    case G_FILE_ERROR_NOTDIR:
      return G_IO_ERROR_NOT_FOUND;
    case G_FILE_ERROR_ACCES:
    case G_FILE_ERROR_PERM:
    case G_FILE_ERROR_ROFS:
      return G_IO_ERROR_PERMISSION_DENIED;
    case G_FILE_ERROR_NOSPC:
      return G_IO_ERROR_NO_SPACE;
    case G_FILE_ERROR_EXIST:
      return G_IO_ERROR_EXISTS;
    default:
      return G_IO_ERROR_FAILED;
    }
}

/* Ours have a translation; a provider's and the system's are told as they are. */
static gboolean
is_ours (const EntFault *fault)
{
  static const char *const domains[] = { "report", "filter", "time", "store", "sync", NULL };
  static const char *const nicks[] = { "credentials", "options", NULL };

  return fault != NULL &&
         (g_strv_contains (domains, fault->domain) || g_strv_contains (nicks, fault->nick));
}

static char *
cause_of (const EntFault *fault, const char *message)
{
  char *said = is_ours (fault) ? ent_words_fault (message) : NULL;

  return said != NULL ? said : g_strdup (message);
}

static char *
detail_of (const EntFault *fault, const char *message)
{
  g_autofree char *cause = NULL;

  if (message == NULL || *message == '\0')
    return NULL;
  cause = cause_of (fault, message);
  return ent_text_for_display (cause, MAX_DETAIL_CHARS);
}

static const EntFault *
fault_of (const GError *error)
{
  g_autofree char *domain = NULL;

  if (is_file_error (error))
    return ent_fault_find ("io", io_code_of_file_error (error->code));
  domain = short_domain (g_quark_to_string (error->domain));
  return ent_fault_find (domain, error->code);
}

static EntWordsError *
make (const EntFault *fault, const char *message)
{
  EntWordsError *self = g_new0 (EntWordsError, 1);
  g_autofree char *detail = detail_of (fault, message);

  if (fault == NULL)
    {
      self->title = g_strdup (_ ("Something went wrong"));
      self->body = detail != NULL ? g_strdup (detail) : g_strdup (_ ("No more is known about it."));
      return self;
    }

  self->kind = fault->action;
  self->title = g_strdup (_ (fault->title));
  if (ent_fault_action_label (fault->action) != NULL)
    self->action =
        g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "action", ent_fault_action_label (fault->action)));
  if (fault->tell_detail && detail != NULL)
    /* Translators: an explanation, then a message of the provider or of the system. */
    self->body = g_strdup_printf (_ ("%s (%s)"), _ (fault->body), detail);
  else
    self->body = g_strdup (_ (fault->body));
  if (!fault->tell_detail && fault->action != ENT_WORDS_ACTION_NONE)
    self->detail = g_steal_pointer (&detail);
  return self;
}

EntWordsError *
ent_words_error_new (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  return make (fault_of (error), error->message);
}

char *
ent_words_error_cause (const GError *error)
{
  return cause_of (fault_of (error), error->message);
}

EntWordsError *
ent_words_error_new_from_text (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 3);
  g_autofree char *domain = NULL;
  const EntFault *fault;
  const char *detail;
  gint64 code;

  if (g_strv_length (parts) < 2)
    return make (NULL, text);
  domain = short_domain (parts[0]);
  detail = parts[2];
  if (g_ascii_string_to_signed (parts[1], 10, G_MININT, G_MAXINT, &code, NULL))
    fault = ent_fault_find (domain, (int) code);
  else
    fault = ent_fault_find_nick (domain, parts[1]);
  if (fault == NULL && detail == NULL)
    detail = text;
  return make (fault, detail);
}

char *
ent_words_error_to_text (const GError *error, gboolean with_detail)
{
  g_autofree char *domain = short_domain (g_quark_to_string (error->domain));
  const EntFault *fault = ent_fault_find (domain, error->code);
  const char *detail = with_detail ? error->message : "";

  if (fault != NULL)
    return g_strdup_printf ("%s:%s:%s", domain, fault->nick, detail);
  return g_strdup_printf ("%s:%d:%s", domain, error->code, detail);
}

static char *
line (EntWordsError *error)
{
  g_autoptr (EntWordsError) owned = error;

  if (*owned->body == '\0')
    return g_strdup (owned->title);
  /* Translators: the title of an error and its explanation. */
  return g_strdup_printf (C_ ("error", "%s: %s"), owned->title, owned->body);
}

char *
ent_words_error_line (const GError *error)
{
  return line (ent_words_error_new (error));
}

char *
ent_words_error_line_from_text (const char *text)
{
  return line (ent_words_error_new_from_text (text));
}
