/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What core's readers found wrong with a template, a filter or a date, and sources and store with
 * settings and credentials, in the user's language. Those folders have no words for people: their
 * messages are English for developers. Those that people get to read stand here as phrases, are
 * found again in the message, and said with the same values. */

#include "config.h"

#include "ent-words-fault-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Numbers are %s as well. The longer of two that begin alike stands first. */
static const char *const phrases[] = {
  /* the file */
  N_ ("not a report template: there is no key entrega_template"),
  /* Translators: the second %s is the version of the format, the last one the fault. */
  N_ ("written by a newer Entrega (template version %s): %s"),
  N_ ("line %s, column %s: %s"),
  N_ ("the text ends inside a string"),
  N_ ("the text ends where a value should be"),
  N_ ("the text begins with a byte-order mark"),
  N_ ("more text behind the end of the value"),
  N_ ("not a JSON value"),
  N_ ("not UTF-8"),
  N_ ("unknown escape in a string"),
  N_ ("a control character inside a string"),
  N_ ("a malformed number"),
  N_ ("a number out of range"),
  N_ ("half of a surrogate pair"),
  N_ ("\\u needs four hexadecimal digits"),
  N_ ("\\u0000 is not allowed in a text"),
  N_ ("expected a key in double quotes"),
  N_ ("expected a colon behind the key"),
  N_ ("expected a comma or } behind a member"),
  N_ ("expected a comma or ] behind an item"),
  N_ ("the key %s stands twice in one object"),
  N_ ("lists and objects nested over %s deep"),

  /* its values */
  N_ ("missing"),
  N_ ("empty"),
  N_ ("empty value"),
  N_ ("a control character"),
  N_ ("a value is not UTF-8"),
  N_ ("expected a text"),
  N_ ("expected a text or an object of from and to"),
  N_ ("expected an object"),
  N_ ("expected an object of fields"),
  N_ ("expected a list"),
  N_ ("expected a list of texts"),
  N_ ("expected an integer"),
  N_ ("expected an integer from 1"),
  N_ ("expected a name such as pt_BR"),
  N_ ("item %s is no text"),
  N_ ("unknown value %s; one of: %s, or an object of from and to"),
  N_ ("unknown value %s; one of: %s"),
  N_ ("unknown privacy %s; one of: %s"),
  N_ ("unknown column; one of: %s"),
  N_ ("unknown column %s"),
  N_ ("an order is COLUMN, COLUMN:asc or COLUMN:desc"),
  N_ ("full, last4 and pseudonym exclude one another"),
  N_ ("not from %s to %s bytes"),
  N_ ("not from %s to %s"),
  N_ ("over %s characters"),
  N_ ("over %s values in one filter"),
  N_ ("a value of %s bytes; at most %s are possible"),
  N_ ("the last day (%s) is before the first (%s)"),
  N_ ("not a time zone file that can be understood"),

  /* a source and its credentials */
  N_ ("The address is not a URL"),
  N_ ("The address cannot be used: %s"),
  N_ ("it names no host"),
  N_ ("it is not https"),
  N_ ("http without TLS is for this machine only"),
  N_ ("it holds a name or password"),
  N_ ("it ends in a query"),
  N_ ("The region is neither eu nor au"),
  N_ ("The option %s is not as expected"),
  N_ ("The source's options are damaged"),
  N_ ("There is no kind of source called %s"),
  N_ ("The credentials are not a JSON object"),
  N_ ("The credentials are not in a file"),
  N_ ("The credentials cannot be read"),
  N_ ("The credentials file can be read by others: its mode must be 0600"),
  N_ ("The credentials file cannot be read: %s"),
  N_ ("The credentials hold something that is no text"),
  N_ ("The credentials lack %s"),
  N_ ("The credentials were not kept and have to be given again"),
  N_ ("The variable %s is not set"),
  N_ ("The keyring has no credentials for this source"),
  N_ ("The keyring does not answer: %s"),
  N_ ("The keyring does not take the credentials: %s"),
  N_ ("it refused"),

  /* what is there already, or not at all */
  N_ ("Another synchronisation is running: process %s, since %s"),
  N_ ("Another synchronisation is running"),
  N_ ("the name %s is taken"),
  N_ ("there is no source %s"),
  N_ ("there is no template %s"),
  N_ ("the template %s was deleted"),
  N_ ("a template needs a name"),
  N_ ("there is no such template"),
  N_ ("there is no such deleted template"),

  /* those that begin with a value */
  N_ ("%s bytes; at most %s are possible"),
  N_ ("%s to %s are %s days; at most %s are possible"),
  N_ ("%s is not %s to 15 digits of a number, or +digits for its beginning, or *digits for its "
      "end"),
  N_ ("%s is not a date: expected YYYY-MM-DD"),
  N_ ("%s is not a time zone: expected a name such as America/Sao_Paulo"),
  N_ ("%s is no filter"),
  N_ ("%s stands twice"),
};

/* Where @piece is next; the last one must be the end of the text. NULL if it is not. */
static const char *
find_piece (const char *text, const char *piece, gboolean is_last)
{
  gsize length = strlen (text);
  gsize wanted = strlen (piece);

  if (!is_last)
    return strstr (text, piece);
  return wanted <= length && strcmp (text + length - wanted, piece) == 0 ? text + length - wanted
                                                                         : NULL;
}

/* @text in the words of @phrase, (transfer full); NULL if it is another sentence. A value at the
 * end may be a sentence of its own. */
static char *
say_as (const char *phrase, const char *text)
{
  g_auto (GStrv) pieces = g_strsplit (phrase, "%s", -1);
  g_auto (GStrv) said = g_strsplit (_ (phrase), "%s", -1);
  g_autoptr (GString) out = g_string_new (said[0]);
  const char *at = text + strlen (pieces[0]);

  if (g_strv_length (pieces) != g_strv_length (said) || !g_str_has_prefix (text, pieces[0]))
    return NULL;
  if (pieces[1] == NULL)
    return *at == '\0' ? g_strdup (_ (phrase)) : NULL;
  for (guint i = 1; pieces[i] != NULL; i++)
    {
      gboolean is_last = pieces[i + 1] == NULL;
      const char *end = find_piece (at, pieces[i], is_last);
      g_autofree char *value = end != NULL ? g_strndup (at, (gsize) (end - at)) : NULL;
      g_autofree char *sentence =
          value != NULL && is_last && *pieces[i] == '\0' ? ent_words_fault (value) : NULL;

      if (value == NULL)
        return NULL;
      g_string_append (out, sentence != NULL ? sentence : value);
      g_string_append (out, said[i]);
      at = end + strlen (pieces[i]);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
say_among (const char *text, gboolean begin_with_value)
{
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (g_str_has_prefix (phrases[i], "%s") == begin_with_value)
      {
        char *said = say_as (phrases[i], text);

        if (said != NULL)
          return said;
      }
  return NULL;
}

/* Behind the name of a file or of a key. */
static char *
say_behind_name (const char *text)
{
  const char *colon = strstr (text, ": ");
  g_autofree char *rest = colon != NULL ? ent_words_fault (colon + 2) : NULL;
  g_autofree char *name = rest != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;

  return rest != NULL ? g_strconcat (name, ": ", rest, NULL) : NULL;
}

/**
 * ent_words_fault:
 * @text: a message of core
 *
 * Returns: (transfer full) (nullable): it in the user's language; %NULL if it is none of those that
 * have a translation
 */
char *
ent_words_fault (const char *text)
{
  char *said = say_among (text, FALSE);

  if (said == NULL)
    said = say_behind_name (text);
  return said != NULL ? said : say_among (text, TRUE);
}
