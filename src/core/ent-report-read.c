/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a template file that anyone may have written: each key by its own function, each
 * refusal with the key and the reason. What is missing has its default. Pure. */

#include "config.h"

#include "ent-json-private.h"
#include "ent-quote-private.h"
#include "ent-report-private.h"

#include <string.h>

#define MAX_NAME_CHARS 200
#define MAX_LOCALE_BYTES 32

typedef gboolean (*ReadKey) (EntReport *self, JsonNode *node, GError **error);

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_INVALID, text);
  return FALSE;
}

/* Takes over the words of another domain's error as ours. */
static gboolean
refuse_because (GError **error, GError *cause, const char *key)
{
  refuse (error, "%s: %s", key, cause->message);
  g_error_free (cause);
  return FALSE;
}

/* (transfer none), NULL with an error */
static const char *
get_text (JsonNode *node, const char *key, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);

  refuse (error, "%s: expected a text", key);
  return NULL;
}

static JsonObject *
get_object (JsonNode *node, const char *key, GError **error)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  refuse (error, "%s: expected an object", key);
  return NULL;
}

static JsonArray *
get_array (JsonNode *node, const char *key, GError **error)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);

  refuse (error, "%s: expected a list", key);
  return NULL;
}

/* A word of a closed set: its position. */
static gboolean
get_choice (JsonNode *node, const char *key, const char *const *set, int *choice, GError **error)
{
  const char *text = get_text (node, key, error);
  g_autofree char *quoted = NULL;
  g_autofree char *known = NULL;

  if (text == NULL)
    return FALSE;
  *choice = ent_report_find_key (set, text);
  if (*choice >= 0)
    return TRUE;

  quoted = ent_quote (text, -1);
  known = ent_report_list_keys (set);
  return refuse (error, "%s: unknown value %s; one of: %s", key, quoted, known);
}

static gboolean
read_name (EntReport *self, JsonNode *node, GError **error)
{
  const char *text = get_text (node, "name", error);
  g_autofree char *name = NULL;

  if (text == NULL)
    return FALSE;
  name = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  g_strstrip (name);
  if (*name == '\0')
    return refuse (error, "name: empty");
  if (g_utf8_strlen (name, -1) > MAX_NAME_CHARS)
    return refuse (error, "name: over %d characters", MAX_NAME_CHARS);
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return refuse (error, "name: a control character");

  self->name = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
read_view (EntReport *self, JsonNode *node, GError **error)
{
  int choice;

  if (!get_choice (node, "view", ent_report_views, &choice, error))
    return FALSE;
  self->view = (EntView) choice;
  return TRUE;
}

static gboolean
read_date (JsonObject *object, const char *key, EntDay *day, GError **error)
{
  g_autofree char *path = g_strconcat ("period.", key, NULL);
  GError *cause = NULL;
  JsonNode *node = json_object_get_member (object, key);
  const char *text;

  if (node == NULL)
    return refuse (error, "%s: missing", path);
  text = get_text (node, path, error);
  if (text == NULL)
    return FALSE;
  return ent_day_parse (text, day, &cause) || refuse_because (error, cause, path);
}

/* A token, or {"from": DATE, "to": DATE}. */
static gboolean
read_period (EntReport *self, JsonNode *node, GError **error)
{
  GError *cause = NULL;
  EntDay first, last;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      return read_date (object, "from", &first, error) && read_date (object, "to", &last, error) &&
             (ent_period_init_dates (&self->period, first, last, &cause) ||
              refuse_because (error, cause, "period"));
    }
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_autofree char *quoted = ent_quote (json_node_get_string (node), -1);
      g_autoptr (GString) known = g_string_new (ent_period_kind_key ((EntPeriodKind) 0));

      if (ent_period_kind_from_key (json_node_get_string (node), &self->period.kind))
        return TRUE;
      for (int i = 1; i < ENT_N_PERIOD_TOKENS; i++)
        g_string_append_printf (known, ", %s", ent_period_kind_key ((EntPeriodKind) i));
      return refuse (error, "period: unknown value %s; one of: %s, or an object of from and to",
                     quoted, known->str);
    }

  return refuse (error, "period: expected a text or an object of from and to");
}

static gboolean
read_timezone (EntReport *self, JsonNode *node, GError **error)
{
  const char *text = get_text (node, "timezone", error);
  GError *cause = NULL;
  EntZone *zone;

  if (text == NULL)
    return FALSE;
  zone = ent_zone_new (text, &cause);
  if (zone == NULL)
    return refuse_because (error, cause, "timezone");

  ent_zone_unref (self->zone);
  self->zone = zone;
  return TRUE;
}

/* Fields that this program does not know are not its filter; the writer keeps them. */
static gboolean
read_filters (EntReport *self, JsonNode *node, GError **error)
{
  JsonObject *object = get_object (node, "filters", error);
  g_autoptr (GList) keys = NULL;
  g_autoptr (JsonNode) known = NULL;
  GError *cause = NULL;
  JsonObject *fields;
  EntFilter *filter;

  if (object == NULL)
    return FALSE;

  known = json_node_new (JSON_NODE_OBJECT);
  fields = json_object_new ();
  json_node_take_object (known, fields);
  keys = json_object_get_members (object);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      EntFilterField field;

      if (ent_filter_field_from_key (l->data, &field))
        json_object_set_member (fields, l->data, json_object_dup_member (object, l->data));
    }

  filter = ent_filter_from_json (known, &cause);
  if (filter == NULL && g_error_matches (cause, ENT_FILTER_ERROR, ENT_FILTER_ERROR_LIMIT))
    {
      g_set_error (error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_LIMIT, "filters.%s", cause->message);
      g_error_free (cause);
      return FALSE;
    }
  if (filter == NULL)
    {
      refuse (error, "filters.%s", cause->message);
      g_error_free (cause);
      return FALSE;
    }

  ent_filter_unref (self->filter);
  self->filter = filter;
  return TRUE;
}

static gboolean
read_basis (EntReport *self, JsonNode *node, GError **error)
{
  int choice;

  if (!get_choice (node, "basis", ent_report_bases, &choice, error))
    return FALSE;
  self->basis = (EntBasis) choice;
  return TRUE;
}

static gboolean
read_percent_of (EntReport *self, JsonNode *node, GError **error)
{
  int choice;

  if (!get_choice (node, "percent_of", ent_report_percents, &choice, error))
    return FALSE;
  self->percent_of = (EntPercentBase) choice;
  return TRUE;
}

static gboolean
read_by (EntReport *self, JsonNode *node, GError **error)
{
  const char *keys[ENT_N_BYS + 1] = { NULL };
  int choice;

  for (int i = 0; i < ENT_N_BYS; i++)
    keys[i] = ent_by_key ((EntBy) i);
  if (!get_choice (node, "by", keys, &choice, error))
    return FALSE;
  self->by = (EntBy) choice;
  return TRUE;
}

static gboolean
read_compare (EntReport *self, JsonNode *node, GError **error)
{
  int choice;

  if (!get_choice (node, "compare", ent_report_compares, &choice, error))
    return FALSE;
  self->compare = (EntCompare) choice;
  return TRUE;
}

static gboolean
read_series (EntReport *self, JsonNode *node, GError **error)
{
  JsonArray *array = get_array (node, "chart.series", error);
  const char *keys[ENT_N_STAGES + 1] = { NULL };

  if (array == NULL)
    return FALSE;
  for (int i = 0; i < ENT_N_STAGES; i++)
    keys[i] = ent_stage_key ((EntStage) i);
  self->series = 0;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      int choice;

      if (!get_choice (json_array_get_element (array, i), "chart.series", keys, &choice, error))
        return FALSE;
      self->series |= 1u << choice;
    }
  return TRUE;
}

static gboolean
read_chart (EntReport *self, JsonNode *node, GError **error)
{
  JsonObject *object = get_object (node, "chart", error);
  JsonNode *series, *style;
  int choice;

  if (object == NULL)
    return FALSE;

  series = json_object_get_member (object, "series");
  if (series != NULL && !read_series (self, series, error))
    return FALSE;
  style = json_object_get_member (object, "style");
  if (style != NULL)
    {
      if (!get_choice (style, "chart.style", ent_report_styles, &choice, error))
        return FALSE;
      self->chart_style = (EntChartStyle) choice;
    }
  return TRUE;
}

static gboolean
read_width (JsonNode *node, int *width, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return refuse (error, "columns.width: expected an integer");
  if (json_node_get_int (node) < 0 || json_node_get_int (node) > ENT_REPORT_MAX_WIDTH)
    return refuse (error, "columns.width: not from 0 to %d", ENT_REPORT_MAX_WIDTH);

  *width = (int) json_node_get_int (node);
  return TRUE;
}

static gboolean
read_column (JsonNode *node, EntReportColumn *column, GError **error)
{
  JsonObject *object = get_object (node, "columns", error);
  JsonNode *key, *width;
  const char *text;

  if (object == NULL)
    return FALSE;
  key = json_object_get_member (object, "key");
  if (key == NULL)
    return refuse (error, "columns.key: missing");
  text = get_text (key, "columns.key", error);
  if (text == NULL)
    return FALSE;
  if (!ent_column_from_key (text, &column->column))
    {
      g_autofree char *quoted = ent_quote (text, -1);

      return refuse (error, "columns.key: unknown column %s", quoted);
    }

  width = json_object_get_member (object, "width");
  return width == NULL || read_width (width, &column->width, error);
}

static gboolean
read_columns (EntReport *self, JsonNode *node, GError **error)
{
  JsonArray *array = get_array (node, "columns", error);
  gboolean seen[ENT_N_COLUMNS] = { FALSE };

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      EntReportColumn column = { 0 };

      if (!read_column (json_array_get_element (array, i), &column, error))
        return FALSE;
      if (seen[column.column])
        return refuse (error, "columns: %s stands twice", ent_column_key (column.column));
      seen[column.column] = TRUE;
      g_array_append_val (self->columns, column);
    }
  return TRUE;
}

static gboolean
read_sort (EntReport *self, JsonNode *node, GError **error)
{
  const char *text = get_text (node, "sort", error);
  GError *cause = NULL;

  if (text == NULL)
    return FALSE;
  return ent_sort_parse (text, &self->sort, &cause) || refuse_because (error, cause, "sort");
}

static gboolean
read_privacy (EntReport *self, JsonNode *node, GError **error)
{
  JsonArray *array = get_array (node, "export.privacy", error);

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *key = get_text (json_array_get_element (array, i), "export.privacy", error);
      GError *cause = NULL;

      if (key == NULL)
        return FALSE;
      if (!ent_privacy_add_key (&self->privacy, key, &cause))
        return refuse_because (error, cause, "export.privacy");
    }
  return TRUE;
}

static gboolean
read_export (EntReport *self, JsonNode *node, GError **error)
{
  JsonObject *object = get_object (node, "export", error);
  JsonNode *member;
  int choice;

  if (object == NULL)
    return FALSE;

  member = json_object_get_member (object, "format");
  if (member != NULL)
    {
      if (!get_choice (member, "export.format", ent_report_formats, &choice, error))
        return FALSE;
      self->format = (EntFormat) choice;
    }
  member = json_object_get_member (object, "dialect");
  if (member != NULL)
    {
      if (!get_choice (member, "export.dialect", ent_report_dialects, &choice, error))
        return FALSE;
      self->dialect = (EntDialect) choice;
    }
  member = json_object_get_member (object, "privacy");
  return member == NULL || read_privacy (self, member, error);
}

static gboolean
read_locale (EntReport *self, JsonNode *node, GError **error)
{
  const char *text = get_text (node, "locale", error);

  if (text == NULL)
    return FALSE;
  if (*text == '\0' || strlen (text) > MAX_LOCALE_BYTES)
    return refuse (error, "locale: not from 1 to %d bytes", MAX_LOCALE_BYTES);
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("_.@-", *p) == NULL)
      return refuse (error, "locale: expected a name such as pt_BR");

  self->locale = g_strdup (text);
  return TRUE;
}

static const struct
{
  const char *key;
  ReadKey read;
} readers[] = {
  { "name", read_name },
  { "view", read_view },
  { "period", read_period },
  { "timezone", read_timezone },
  { "filters", read_filters },
  { "basis", read_basis },
  { "percent_of", read_percent_of },
  { "by", read_by },
  { "compare", read_compare },
  { "chart", read_chart },
  { "columns", read_columns },
  { "sort", read_sort },
  { "export", read_export },
  { "locale", read_locale },
};

/* The version that the file says it has; 0 with an error. */
static gint64
get_format (JsonNode *root, GError **error)
{
  JsonNode *node = NULL;

  if (JSON_NODE_HOLDS_OBJECT (root))
    node = json_object_get_member (json_node_get_object (root), "entrega_template");
  if (node == NULL)
    {
      g_set_error_literal (error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_VERSION,
                           "not a report template: there is no key entrega_template");
      return 0;
    }
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 ||
      json_node_get_int (node) < 1)
    {
      g_set_error_literal (error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_VERSION,
                           "entrega_template: expected an integer from 1");
      return 0;
    }
  return json_node_get_int (node);
}

/* A value without meaning here is, in a file of a newer program, not the file's fault. */
static void
blame_version (GError **error, gint64 format)
{
  if (error == NULL || *error == NULL || format <= ENT_REPORT_FORMAT)
    return;

  if (g_error_matches (*error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_INVALID))
    (*error)->code = ENT_REPORT_ERROR_VERSION;
  g_prefix_error (error,
                  "written by a newer Entrega (template version %" G_GINT64_FORMAT "): ", format);
}

/**
 * ent_report_from_json:
 * @text: a template file, need not be NUL-terminated
 * @length: its length in bytes
 * @error: return location
 *
 * Keys that are missing have their defaults; keys that are unknown stay in EntReport.extra.
 *
 * Returns: (transfer full): the report; %NULL with an error of %ENT_REPORT_ERROR
 */
EntReport *
ent_report_from_json (const char *text, gsize length, GError **error)
{
  g_autoptr (EntReport) self = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) cause = NULL;
  EntJsonFault fault;
  gint64 format;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  root = ent_json_parse_classified (text != NULL ? text : "", length, ENT_REPORT_MAX_BYTES,
                                    ENT_REPORT_MAX_DEPTH, &fault, &cause);
  if (root == NULL)
    {
      g_set_error_literal (error, ENT_REPORT_ERROR,
                           fault == ENT_JSON_FAULT_LIMIT ? ENT_REPORT_ERROR_LIMIT
                                                         : ENT_REPORT_ERROR_INVALID,
                           cause->message);
      return NULL;
    }
  format = get_format (root, error);
  if (format == 0)
    return NULL;

  self = ent_report_new (NULL);
  self->extra = json_node_dup_object (root);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      JsonNode *node = json_object_get_member (self->extra, readers[i].key);

      if (node != NULL && !readers[i].read (self, node, error))
        {
          blame_version (error, format);
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}
