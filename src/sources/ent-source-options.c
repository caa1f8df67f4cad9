/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a source's options from its JSON object. Pure. */
#include "config.h"

#include "ent-source-options.h"

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
wrong (const char *key, GError **error)
{
  g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_OPTIONS, "The option %s is not as expected",
               key);
  return FALSE;
}

gboolean
ent_source_options_string (
    JsonObject *options, const char *key, const char *fallback, char **value, GError **error)
{
  JsonNode *node = options != NULL ? json_object_get_member (options, key) : NULL;

  if (node != NULL && !JSON_NODE_HOLDS_NULL (node) && !is_string (node))
    return wrong (key, error);
  if (node != NULL && is_string (node) && *json_node_get_string (node) != '\0')
    fallback = json_node_get_string (node);
  *value = g_strdup (fallback);
  return TRUE;
}

gboolean
ent_source_options_list (JsonObject *options, const char *key, GStrv *values, GError **error)
{
  JsonNode *node = options != NULL ? json_object_get_member (options, key) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  *values = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (is_string (node))
    g_strv_builder_add (builder, json_node_get_string (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      array = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (!is_string (json_array_get_element (array, i)))
            return wrong (key, error);
          g_strv_builder_add (builder, json_array_get_string_element (array, i));
        }
    }
  else
    return wrong (key, error);
  *values = g_strv_builder_end (builder);
  return TRUE;
}
