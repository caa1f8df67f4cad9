/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing our own small JSON files, always the same bytes for the same value, and keeping
 * unknown members in their places. Pure. */

#include "config.h"

#include "ent-json-private.h"

#include <math.h>
#include <string.h>

static void write_node (GString *out, JsonNode *node, guint indent);

static void
write_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;
      static const char shorts[] = "\b\f\n\r\t\"\\";
      static const char letters[] = "bfnrt\"\\";
      const char *hit = strchr (shorts, c);

      if (hit != NULL)
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, letters[hit - shorts]);
        }
      else if (c < 0x20 || c == 0x7f)
        {
          g_string_append_printf (out, "\\u%04x", c);
        }
      else
        {
          g_string_append_c (out, (char) c);
        }
    }
  g_string_append_c (out, '"');
}

/* The shortest digits that read back as the same number, marked as no integer. */
static void
write_double (GString *out, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (out, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (out, ".0");
}

static void
write_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    write_string (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE && isfinite (json_node_get_double (node)))
    write_double (out, json_node_get_double (node));
  else if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    g_string_append (out, "null");
}

static void
new_line (GString *out, guint indent)
{
  g_string_append_c (out, '\n');
  for (guint i = 0; i < indent; i++)
    g_string_append (out, "  ");
}

static void
write_object (GString *out, JsonObject *object, guint indent)
{
  g_autoptr (GList) keys = json_object_get_members (object);

  g_string_append_c (out, '{');
  for (GList *l = keys; l != NULL; l = l->next)
    {
      new_line (out, indent + 1);
      write_string (out, l->data);
      g_string_append (out, ": ");
      write_node (out, json_object_get_member (object, l->data), indent + 1);
      if (l->next != NULL)
        g_string_append_c (out, ',');
    }
  if (keys != NULL)
    new_line (out, indent);
  g_string_append_c (out, '}');
}

static void
write_array (GString *out, JsonArray *array, guint indent)
{
  guint n = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++)
    {
      new_line (out, indent + 1);
      write_node (out, json_array_get_element (array, i), indent + 1);
      if (i + 1 < n)
        g_string_append_c (out, ',');
    }
  if (n > 0)
    new_line (out, indent);
  g_string_append_c (out, ']');
}

static void
write_node (GString *out, JsonNode *node, guint indent)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      write_object (out, json_node_get_object (node), indent);
      break;
    case JSON_NODE_ARRAY:
      write_array (out, json_node_get_array (node), indent);
      break;
    case JSON_NODE_VALUE:
      write_value (out, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
      break;
    }
}

char *
ent_json_write (JsonObject *object)
{
  GString *out = g_string_new (NULL);

  write_object (out, object, 0);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

static JsonNode *
copy_node (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, ent_json_object_copy (json_node_get_object (node)));
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint n = json_array_get_length (array);
      JsonArray *items = json_array_sized_new (n);

      for (guint i = 0; i < n; i++)
        json_array_add_element (items, copy_node (json_array_get_element (array, i)));
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, items);
    }
  else
    {
      /* json-glib counts references to the value inside, too, without atomics. */
      copy = json_node_new (json_node_get_node_type (node));
      if (JSON_NODE_HOLDS_VALUE (node))
        {
          g_auto (GValue) value = G_VALUE_INIT;

          json_node_get_value (node, &value);
          json_node_set_value (copy, &value);
        }
    }
  return copy;
}

JsonObject *
ent_json_object_copy (JsonObject *object)
{
  g_autoptr (GList) keys = json_object_get_members (object);
  JsonObject *copy = json_object_new ();

  for (GList *l = keys; l != NULL; l = l->next)
    json_object_set_member (copy, l->data, copy_node (json_object_get_member (object, l->data)));
  return copy;
}

/* Appends the unknown members of @old from @l up to the next member that was written before or
 * will be. Returns where it stopped. */
static void
append_unknown (
    JsonObject *out, JsonObject *old, GList *l, JsonObject *made, EntJsonIsKnown is_known)
{
  for (; l != NULL && !json_object_has_member (made, l->data); l = l->next)
    if (!is_known (l->data) && !json_object_has_member (out, l->data))
      json_object_set_member (out, l->data, copy_node (json_object_get_member (old, l->data)));
}

JsonObject *
ent_json_merge_unknown (JsonObject *made, JsonObject *old, EntJsonIsKnown is_known)
{
  g_autoptr (GList) made_keys = json_object_get_members (made);
  g_autoptr (GList) old_keys = old != NULL ? json_object_get_members (old) : NULL;
  JsonObject *out = json_object_new ();

  append_unknown (out, old, old_keys, made, is_known);
  for (GList *l = made_keys; l != NULL; l = l->next)
    {
      GList *stood = g_list_find_custom (old_keys, l->data, (GCompareFunc) strcmp);

      json_object_set_member (out, l->data, copy_node (json_object_get_member (made, l->data)));
      if (stood != NULL)
        append_unknown (out, old, stood->next, made, is_known);
    }
  return out;
}
