/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at parsed nodes: members, whole numbers, and printing one back as text for the
 * quarantine. Pure; the document owns what is looked at. */
#include "config.h"

#include "ent-json.h"

#include <errno.h>
#include <math.h>

const EntJsonNode *
ent_json_member (const EntJsonNode *node, const char *key)
{
  gsize length = strlen (key);
  const EntJsonNode *name;
  const EntJsonNode *value;
  EntJsonIter iter;

  if (!ent_json_is (node, ENT_JSON_OBJECT))
    return NULL;

  ent_json_iter_init (&iter, node);
  while (ent_json_iter_next (&iter, &name, &value))
    if (ent_json_equals (name, key, length))
      return value;
  return NULL;
}

gboolean
ent_json_get_string (const EntJsonNode *node, const char **text)
{
  if (!ent_json_is (node, ENT_JSON_STRING) || memchr (node->text, '\0', node->length) != NULL)
    return FALSE;
  *text = node->text;
  return TRUE;
}

/* A number with a fraction or an exponent, if it is whole all the same. Beyond 2^53 a double
 * cannot tell neighbours apart, so such a number is refused. */
static gboolean
whole_double (const char *text, gint64 *value)
{
  double number = g_ascii_strtod (text, NULL);

  if (!isfinite (number) || fabs (number) > 9007199254740992.0 || number != floor (number))
    return FALSE;
  *value = (gint64) number;
  return TRUE;
}

gboolean
ent_json_get_int (const EntJsonNode *node, gint64 *value)
{
  gint64 number;

  if (!ent_json_is (node, ENT_JSON_NUMBER))
    return FALSE;
  if (strpbrk (node->text, ".eE") != NULL)
    return whole_double (node->text, value);

  errno = 0;
  number = g_ascii_strtoll (node->text, NULL, 10);
  if (errno != 0)
    return FALSE;
  *value = number;
  return TRUE;
}

static void
print_string (const EntJsonNode *node, GString *out, gsize max_bytes)
{
  g_string_append_c (out, '"');
  for (guint32 i = 0; i < node->length && out->len <= max_bytes; i++)
    {
      guchar c = (guchar) node->text[i];

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_c (out, (char) c);
    }
  g_string_append_c (out, '"');
}

static void
print_scalar (const EntJsonNode *node, GString *out, gsize max_bytes)
{
  switch ((EntJsonKind) node->kind)
    {
    case ENT_JSON_NULL:
      g_string_append (out, "null");
      break;
    case ENT_JSON_FALSE:
      g_string_append (out, "false");
      break;
    case ENT_JSON_TRUE:
      g_string_append (out, "true");
      break;
    case ENT_JSON_NUMBER:
      g_string_append_len (out, node->text, (gssize) MIN (node->length, max_bytes + 1));
      break;
    case ENT_JSON_STRING:
      print_string (node, out, max_bytes);
      break;
    case ENT_JSON_ARRAY:
    case ENT_JSON_OBJECT:
      break;
    }
}

typedef struct
{
  EntJsonIter iter;
  gboolean object;
  gboolean first;
} Level;

static void
open_level (Level *level, const EntJsonNode *node, GString *out)
{
  ent_json_iter_init (&level->iter, node);
  level->object = node->kind == ENT_JSON_OBJECT;
  level->first = TRUE;
  g_string_append_c (out, level->object ? '{' : '[');
}

char *
ent_json_node_print (const EntJsonNode *node, gsize max_bytes)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Level levels[ENT_JSON_MAX_DEPTH + 1];
  guint depth = 0;
  const char *end;

  if (node->kind < ENT_JSON_ARRAY)
    print_scalar (node, out, max_bytes);
  else
    open_level (&levels[depth++], node, out);

  /* What is over the limit is cut off, so there is no need to go on much beyond it. */
  while (depth > 0 && out->len <= max_bytes)
    {
      Level *level = &levels[depth - 1];
      const EntJsonNode *key;
      const EntJsonNode *value;

      if (!ent_json_iter_next (&level->iter, &key, &value))
        {
          g_string_append_c (out, level->object ? '}' : ']');
          depth--;
          continue;
        }
      if (!level->first)
        g_string_append_c (out, ',');
      level->first = FALSE;
      if (key != NULL)
        {
          print_string (key, out, max_bytes);
          g_string_append_c (out, ':');
        }
      if (value->kind < ENT_JSON_ARRAY)
        print_scalar (value, out, max_bytes);
      else
        open_level (&levels[depth++], value, out);
    }

  if (out->len > max_bytes)
    {
      end = g_utf8_find_prev_char (out->str, out->str + max_bytes + 1);
      g_string_truncate (out, end != NULL ? (gsize) (end - out->str) : 0);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
