/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The request of an export as a value, and as the JSON of the history from which it can be run
 * again. Pure. */

#include "config.h"

#include "ent-export-document.h"

#include "ent-export-error.h"

#include "ent-json-guard.h"

#include <string.h>

#define MAX_REQUEST_BYTES (2 * 1024 * 1024)
#define MAX_REQUEST_DEPTH 20

EntExportRequest *
ent_export_request_new (const EntReport *report, const char *path, gint64 now)
{
  EntExportRequest *self = g_new0 (EntExportRequest, 1);

  self->report = ent_report_copy (report);
  self->path = g_canonicalize_filename (path, NULL);
  self->template_name = g_strdup (report->name);
  self->now = now;
  self->custom = ent_csv_dialect (ENT_DIALECT_EXCEL_EN);
  return self;
}

EntExportRequest *
ent_export_request_copy (const EntExportRequest *self)
{
  EntExportRequest *copy = g_new0 (EntExportRequest, 1);

  copy->report = ent_report_copy (self->report);
  copy->path = g_strdup (self->path);
  copy->template_name = g_strdup (self->template_name);
  copy->now = self->now;
  copy->side_car = self->side_car;
  copy->custom = self->custom;
  return copy;
}

void
ent_export_request_free (EntExportRequest *self)
{
  g_clear_pointer (&self->report, ent_report_free);
  g_free (self->path);
  g_free (self->template_name);
  g_free (self);
}

static JsonNode *
report_node (const EntReport *report)
{
  g_autofree char *text = ent_report_to_json (report);

  return json_from_string (text, NULL);
}

JsonObject *
ent_csv_dialect_to_json (const EntCsvDialect *custom)
{
  JsonObject *object = json_object_new ();
  char separator[2] = { custom->separator, '\0' };
  char decimal[2] = { custom->decimal, '\0' };

  json_object_set_string_member (object, "separator", separator);
  json_object_set_string_member (object, "decimal", decimal);
  json_object_set_boolean_member (object, "bom", custom->bom);
  json_object_set_boolean_member (object, "crlf", custom->crlf);
  json_object_set_boolean_member (object, "safe", custom->safe);
  json_object_set_boolean_member (object, "keys", custom->keys);
  return object;
}

char *
ent_export_request_to_json (const EntExportRequest *self)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *now = ent_instant_format (self->now);

  json_object_set_member (object, "report", report_node (self->report));
  json_object_set_string_member (object, "path", self->path);
  if (self->template_name != NULL)
    json_object_set_string_member (object, "template", self->template_name);
  json_object_set_string_member (object, "now", now);
  json_object_set_boolean_member (object, "provenance_file", self->side_car);
  if (self->report->dialect == ENT_DIALECT_CUSTOM)
    json_object_set_object_member (object, "custom", ent_csv_dialect_to_json (&self->custom));
  json_node_set_object (root, object);
  return json_to_string (root, FALSE);
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_NOT_POSSIBLE,
               "The request of the export has no valid %s", what);
  return FALSE;
}

static const char *
get_string (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
get_flag (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

gboolean
ent_csv_dialect_from_json (JsonObject *object, EntCsvDialect *custom, GError **error)
{
  JsonNode *node = json_object_get_member (object, "custom");
  JsonObject *values;
  const char *separator, *decimal;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, "dialect");
  values = json_node_get_object (node);
  separator = get_string (values, "separator");
  decimal = get_string (values, "decimal");
  if (separator == NULL || decimal == NULL || separator[0] == '\0' || decimal[0] == '\0')
    return refuse (error, "dialect");
  *custom = (EntCsvDialect){ separator[0],
                             decimal[0],
                             get_flag (values, "bom"),
                             get_flag (values, "crlf"),
                             get_flag (values, "safe"),
                             get_flag (values, "keys") };
  return TRUE;
}

static gboolean
read_report (EntExportRequest *self, JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, "report");
  g_autofree char *text = NULL;

  if (node == NULL)
    return refuse (error, "report");
  text = json_to_string (node, FALSE);
  self->report = ent_report_from_json (text, strlen (text), error);
  return self->report != NULL;
}

EntExportRequest *
ent_export_request_from_json (const char *text, GError **error)
{
  g_autoptr (EntExportRequest) self = g_new0 (EntExportRequest, 1);
  g_autoptr (JsonNode) root =
      ent_json_parse_guarded (text, strlen (text), MAX_REQUEST_BYTES, MAX_REQUEST_DEPTH, error);
  JsonObject *object;
  const char *now;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      refuse (error, "object");
      return NULL;
    }
  object = json_node_get_object (root);
  self->custom = ent_csv_dialect (ENT_DIALECT_EXCEL_EN);
  self->path = g_strdup (get_string (object, "path"));
  self->template_name = g_strdup (get_string (object, "template"));
  self->side_car = get_flag (object, "provenance_file");
  now = get_string (object, "now");
  if (self->path == NULL || now == NULL || !ent_instant_parse (now, -1, NULL, &self->now, NULL))
    {
      refuse (error, "path or time");
      return NULL;
    }
  if (!read_report (self, object, error) ||
      !ent_csv_dialect_from_json (object, &self->custom, error))
    return NULL;
  return g_steal_pointer (&self);
}
