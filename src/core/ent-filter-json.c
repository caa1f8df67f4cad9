/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter in files: {"channel":["whatsapp"],"campaign":["Entregas","!Teste"]}. Pure. */

#include "config.h"

#include "ent-filter-private.h"
#include "ent-quote-private.h"

/**
 * ent_filter_to_json:
 * @self: a filter
 *
 * Returns: (transfer full): an object; fields in the order of the enumeration
 */
JsonNode *
ent_filter_to_json (const EntFilter *self)
{
  JsonObject *object;
  JsonNode *node;

  g_return_val_if_fail (self != NULL, NULL);

  object = json_object_new ();
  for (guint i = 0; i < ENT_N_FILTER_FIELDS; i++)
    {
      EntFilterField field = (EntFilterField) i;
      guint n = ent_filter_get_n_values (self, field);
      JsonArray *array;

      if (n == 0)
        continue;
      array = json_array_sized_new (n);
      for (guint j = 0; j < n; j++)
        {
          gboolean negated;
          const char *value = ent_filter_get_value (self, field, j, &negated);
          g_autofree char *word = ent_filter_word (value, negated);

          json_array_add_string_element (array, word);
        }
      json_object_set_array_member (object, ent_filter_field_key (field), array);
    }

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

static gboolean
add_field (EntFilter *self, EntFilterField field, JsonNode *node, GError **error)
{
  const char *key = ent_filter_field_key (field);
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_VALUE, "%s: expected a list of texts",
                   key);
      return FALSE;
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (item) || json_node_get_value_type (item) != G_TYPE_STRING)
        {
          g_set_error (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_VALUE, "%s: item %u is no text",
                       key, i + 1);
          return FALSE;
        }
      if (!ent_filter_add_word (self, field, json_node_get_string (item), error))
        return FALSE;
    }
  return TRUE;
}

/**
 * ent_filter_from_json:
 * @node: what ent_filter_to_json() makes
 * @error: return location
 *
 * Returns: (transfer full): the filter; %NULL with an error of %ENT_FILTER_ERROR
 */
EntFilter *
ent_filter_from_json (JsonNode *node, GError **error)
{
  g_autoptr (EntFilter) self = NULL;
  g_autoptr (GList) keys = NULL;
  JsonObject *object;

  g_return_val_if_fail (node != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_VALUE,
                           "expected an object of fields");
      return NULL;
    }

  self = ent_filter_new ();
  ent_filter_begin (self);
  object = json_node_get_object (node);
  keys = json_object_get_members (object);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      const char *key = l->data;
      EntFilterField field;

      if (!ent_filter_field_from_key (key, &field))
        {
          g_autofree char *quoted = ent_quote (key, -1);

          g_set_error (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_FIELD, "%s is no filter", quoted);
          return NULL;
        }
      if (!add_field (self, field, json_object_get_member (object, key), error))
        return NULL;
    }

  ent_filter_end (self);
  return g_steal_pointer (&self);
}
