/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as a template file: keys in a fixed order, and what a newer program wrote where it
 * stood. Pure. */

#include "config.h"

#include "ent-json-private.h"
#include "ent-report-private.h"

static JsonObject *
get_object (JsonObject *parent, const char *key)
{
  JsonNode *node = parent != NULL ? json_object_get_member (parent, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
is_known_root (const char *key)
{
  return ent_report_is_known (ENT_REPORT_OBJECT_ROOT, key);
}

static gboolean
is_known_period (const char *key)
{
  return ent_report_is_known (ENT_REPORT_OBJECT_PERIOD, key);
}

static gboolean
is_known_chart (const char *key)
{
  return ent_report_is_known (ENT_REPORT_OBJECT_CHART, key);
}

static gboolean
is_known_column (const char *key)
{
  return ent_report_is_known (ENT_REPORT_OBJECT_COLUMN, key);
}

static gboolean
is_known_export (const char *key)
{
  return ent_report_is_known (ENT_REPORT_OBJECT_EXPORT, key);
}

static gboolean
is_known_filter (const char *key)
{
  EntFilterField field;

  return ent_filter_field_from_key (key, &field);
}

/* @made is consumed. */
static void
set_merged (
    JsonObject *root, const char *key, JsonObject *made, JsonObject *extra, EntJsonIsKnown is_known)
{
  json_object_set_object_member (root, key,
                                 ent_json_merge_unknown (made, get_object (extra, key), is_known));
  json_object_unref (made);
}

/* The version of the file that the unknown members came in stays with them. */
static gint64
get_format (const EntReport *self)
{
  JsonNode *node =
      self->extra != NULL ? json_object_get_member (self->extra, "entrega_template") : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64)
    return ENT_REPORT_FORMAT;
  return MAX (json_node_get_int (node), ENT_REPORT_FORMAT);
}

static void
set_period (const EntReport *self, JsonObject *root)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  JsonObject *dates;

  if (self->period.kind != ENT_PERIOD_DATES)
    {
      json_object_set_string_member (root, "period", ent_period_kind_key (self->period.kind));
      return;
    }

  first = ent_day_format (self->period.first);
  last = ent_day_format (self->period.last);
  dates = json_object_new ();
  json_object_set_string_member (dates, "from", first);
  json_object_set_string_member (dates, "to", last);
  set_merged (root, "period", dates, self->extra, is_known_period);
}

/* The filter's own object, with the empty lists that the file had. */
static void
set_filters (const EntReport *self, JsonObject *root)
{
  g_autoptr (JsonNode) node = ent_filter_to_json (self->filter);
  JsonObject *values = json_node_get_object (node);
  JsonObject *old = get_object (self->extra, "filters");
  JsonObject *made = json_object_new ();

  for (guint i = 0; i < ENT_N_FILTER_FIELDS; i++)
    {
      const char *key = ent_filter_field_key ((EntFilterField) i);
      JsonNode *before = old != NULL ? json_object_get_member (old, key) : NULL;

      if (json_object_has_member (values, key))
        json_object_set_member (made, key, json_object_dup_member (values, key));
      else if (before != NULL && JSON_NODE_HOLDS_ARRAY (before) &&
               json_array_get_length (json_node_get_array (before)) == 0)
        json_object_set_array_member (made, key, json_array_new ());
    }
  set_merged (root, "filters", made, self->extra, is_known_filter);
}

static void
set_chart (const EntReport *self, JsonObject *root)
{
  JsonObject *chart = json_object_new ();
  JsonArray *series = json_array_new ();

  for (guint i = 0; i < ENT_N_STAGES; i++)
    if ((self->series & 1u << i) != 0)
      json_array_add_string_element (series, ent_stage_key ((EntStage) i));
  json_object_set_array_member (chart, "series", series);
  json_object_set_string_member (chart, "style", ent_report_styles[self->chart_style]);
  set_merged (root, "chart", chart, self->extra, is_known_chart);
}

/* What the file said of a column, wherever it now stands. */
static JsonObject *
find_old_column (const EntReport *self, const char *key)
{
  JsonNode *node = self->extra != NULL ? json_object_get_member (self->extra, "columns") : NULL;
  JsonArray *old = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; old != NULL && i < json_array_get_length (old); i++)
    {
      JsonNode *item = json_array_get_element (old, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (item) ? json_node_get_object (item) : NULL;
      JsonNode *name = object != NULL ? json_object_get_member (object, "key") : NULL;

      if (name != NULL && g_strcmp0 (json_node_get_string (name), key) == 0)
        return object;
    }
  return NULL;
}

static void
set_columns (const EntReport *self, JsonObject *root)
{
  JsonArray *columns = json_array_new ();

  for (guint i = 0; i < self->columns->len; i++)
    {
      const EntReportColumn *column = &g_array_index (self->columns, EntReportColumn, i);
      const char *key = ent_column_key (column->column);
      g_autoptr (JsonObject) made = json_object_new ();

      json_object_set_string_member (made, "key", key);
      if (column->width > 0)
        json_object_set_int_member (made, "width", column->width);
      json_array_add_object_element (
          columns, ent_json_merge_unknown (made, find_old_column (self, key), is_known_column));
    }
  json_object_set_array_member (root, "columns", columns);
}

static void
set_export (const EntReport *self, JsonObject *root)
{
  JsonObject *export = json_object_new ();
  JsonArray *privacy = json_array_new ();

  json_object_set_string_member (export, "format", ent_format_key (self->format));
  if (self->dialect != ENT_DIALECT_DEFAULT)
    json_object_set_string_member (export, "dialect", ent_dialect_key (self->dialect));

  if ((self->privacy & ENT_PRIVACY_LAST4) != 0)
    json_array_add_string_element (privacy, "last4");
  else if ((self->privacy & ENT_PRIVACY_PSEUDONYM) != 0)
    json_array_add_string_element (privacy, "pseudonym");
  else
    json_array_add_string_element (privacy, "full");
  if ((self->privacy & ENT_PRIVACY_NO_CONTENT) != 0)
    json_array_add_string_element (privacy, "no-content");
  json_object_set_array_member (export, "privacy", privacy);

  set_merged (root, "export", export, self->extra, is_known_export);
}

/**
 * ent_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): the template file's text; equal reports of the same origin give the
 *   same bytes
 */
char *
ent_report_to_json (const EntReport *self)
{
  g_autoptr (JsonObject) made = json_object_new ();
  g_autoptr (JsonObject) merged = NULL;
  g_autofree char *sort = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  json_object_set_int_member (made, "entrega_template", get_format (self));
  if (self->name != NULL)
    json_object_set_string_member (made, "name", self->name);
  json_object_set_string_member (made, "view", ent_report_views[self->view]);
  set_period (self, made);
  json_object_set_string_member (made, "timezone", ent_zone_get_name (self->zone));
  set_filters (self, made);
  json_object_set_string_member (made, "basis", ent_report_bases[self->basis]);
  json_object_set_string_member (made, "percent_of", ent_report_percents[self->percent_of]);
  json_object_set_string_member (made, "by", ent_by_key (self->by));
  json_object_set_string_member (made, "compare", ent_report_compares[self->compare]);
  set_chart (self, made);
  set_columns (self, made);
  sort = g_strdup_printf ("%s:%s", ent_column_key (self->sort.column),
                          self->sort.descending ? "desc" : "asc");
  json_object_set_string_member (made, "sort", sort);
  set_export (self, made);
  if (self->locale != NULL)
    json_object_set_string_member (made, "locale", self->locale);

  merged = ent_json_merge_unknown (made, self->extra, is_known_root);
  return ent_json_write (merged);
}
