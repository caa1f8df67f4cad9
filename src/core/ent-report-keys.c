/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine keys of reports: columns, sort, formats, dialects, privacy, and the closed sets of
 * template files. Never translated. Pure. */

#include "config.h"

#include "ent-quote-private.h"
#include "ent-report-private.h"

#include <string.h>

static const char *const column_keys[] = {
  "message_id",
  "direction",
  "channel",
  "created_at",
  "sent_at",
  "delivered_at",
  "read_at",
  "failed_at",
  "received_at",
  "status",
  "stage",
  "reason_code",
  "reason",
  "phone",
  "contact_name",
  "origin",
  "content_type",
  "content",
  "subaccount_id",
  "subaccount",
  "user_id",
  "user",
  "campaign_id",
  "campaign",
  "correlation_id",
  "extra_info",
  "with_session",
  "conversation_id",
  "conversation_type",
  "conversation_expires_at",
  "carrier",
  "parts",
  "secs_to_deliver",
  "secs_to_read",
  "updated_at",
  "source",
  "coverage",
  NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (column_keys) == ENT_N_COLUMNS + 1);

static const EntColumn default_columns[] = {
  ENT_COLUMN_CREATED_AT, ENT_COLUMN_DIRECTION,    ENT_COLUMN_PHONE,  ENT_COLUMN_CONTACT_NAME,
  ENT_COLUMN_CONTENT,    ENT_COLUMN_CONTENT_TYPE, ENT_COLUMN_STATUS, ENT_COLUMN_REASON,
  ENT_COLUMN_CAMPAIGN,   ENT_COLUMN_SUBACCOUNT,   ENT_COLUMN_USER,
};

static const char *const privacy_keys[] = { "full", "last4", "pseudonym", "no-content", NULL };

const char *const ent_report_views[] = { "consolidated", "detailed", NULL };
const char *const ent_report_bases[] = { "send-date", "event-date", NULL };
const char *const ent_report_percents[] = { "previous-stage", "total", NULL };
const char *const ent_report_compares[] = { "none", "previous-period", "same-weekdays", NULL };
const char *const ent_report_styles[] = { "columns", "lines", NULL };
const char *const ent_report_formats[] = { "csv", "xlsx", "pdf", NULL };
const char *const ent_report_dialects[] = { "default", "excel-pt", "excel-en",
                                            "machine", "custom",   NULL };

/* Each object's keys in the order of the file. */
static const char *const root_keys[] = {
  "entrega_template", "name", "view",    "period", "timezone", "filters", "basis",
  "percent_of",       "by",   "compare", "chart",  "columns",  "sort",    "export",
  "locale",           NULL
};
static const char *const period_keys[] = { "from", "to", NULL };
static const char *const chart_keys[] = { "series", "style", NULL };
static const char *const report_column_keys[] = { "key", "width", NULL };
static const char *const export_keys[] = { "format", "dialect", "privacy", NULL };

int
ent_report_find_key (const char *const *set, const char *key)
{
  for (int i = 0; key != NULL && set[i] != NULL; i++)
    if (strcmp (set[i], key) == 0)
      return i;
  return -1;
}

char *
ent_report_list_keys (const char *const *set)
{
  return g_strjoinv (", ", (char **) set);
}

gboolean
ent_report_is_known (EntReportObject object, const char *key)
{
  static const char *const *const sets[] = {
    [ENT_REPORT_OBJECT_ROOT] = root_keys,     [ENT_REPORT_OBJECT_PERIOD] = period_keys,
    [ENT_REPORT_OBJECT_CHART] = chart_keys,   [ENT_REPORT_OBJECT_COLUMN] = report_column_keys,
    [ENT_REPORT_OBJECT_EXPORT] = export_keys,
  };

  return ent_report_find_key (sets[object], key) >= 0;
}

/**
 * ent_column_key:
 * @column: a column
 *
 * Returns: (transfer none) (nullable): its key
 */
const char *
ent_column_key (EntColumn column)
{
  return (guint) column < ENT_N_COLUMNS ? column_keys[column] : NULL;
}

/**
 * ent_column_from_key:
 * @key: (nullable): a key
 * @column: (out): its column
 *
 * Returns: %FALSE where it is none
 */
gboolean
ent_column_from_key (const char *key, EntColumn *column)
{
  int index = ent_report_find_key (column_keys, key);

  if (index < 0)
    return FALSE;
  *column = (EntColumn) index;
  return TRUE;
}

/**
 * ent_format_key:
 * @format: a format
 *
 * Returns: (transfer none) (nullable): its key
 */
const char *
ent_format_key (EntFormat format)
{
  return (guint) format <= ENT_FORMAT_PDF ? ent_report_formats[format] : NULL;
}

/**
 * ent_format_from_key:
 * @key: (nullable): a key
 * @format: (out): its format
 *
 * Returns: %FALSE where it is none
 */
gboolean
ent_format_from_key (const char *key, EntFormat *format)
{
  int index = ent_report_find_key (ent_report_formats, key);

  if (index < 0)
    return FALSE;
  *format = (EntFormat) index;
  return TRUE;
}

/**
 * ent_dialect_key:
 * @dialect: a dialect
 *
 * Returns: (transfer none) (nullable): its key; "default" where the locale decides
 */
const char *
ent_dialect_key (EntDialect dialect)
{
  return (guint) dialect <= ENT_DIALECT_CUSTOM ? ent_report_dialects[dialect] : NULL;
}

/**
 * ent_dialect_from_key:
 * @key: (nullable): a key
 * @dialect: (out): its dialect
 *
 * Returns: %FALSE where it is none
 */
gboolean
ent_dialect_from_key (const char *key, EntDialect *dialect)
{
  int index = ent_report_find_key (ent_report_dialects, key);

  if (index < 0)
    return FALSE;
  *dialect = (EntDialect) index;
  return TRUE;
}

/**
 * ent_sort_parse:
 * @text: a column, alone or with :asc or :desc
 * @sort: (out): the order
 * @error: return location
 *
 * Returns: %FALSE with %ENT_REPORT_ERROR_INVALID
 */
gboolean
ent_sort_parse (const char *text, EntSort *sort, GError **error)
{
  const char *colon;
  g_autofree char *key = NULL;
  g_autofree char *quoted = NULL;
  EntColumn column;
  gboolean descending;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (sort != NULL, FALSE);

  colon = strchr (text, ':');
  key = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : g_strdup (text);
  descending = colon != NULL && strcmp (colon, ":desc") == 0;
  quoted = ent_quote (text, -1);
  if (colon != NULL && !descending && strcmp (colon, ":asc") != 0)
    {
      g_set_error (error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_INVALID,
                   "%s: an order is COLUMN, COLUMN:asc or COLUMN:desc", quoted);
      return FALSE;
    }
  if (!ent_column_from_key (key, &column))
    {
      g_autofree char *known = ent_report_list_keys (column_keys);

      g_set_error (error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_INVALID,
                   "%s: unknown column; one of: %s", quoted, known);
      return FALSE;
    }

  sort->column = column;
  sort->descending = descending;
  return TRUE;
}

/**
 * ent_privacy_add_key:
 * @privacy: (inout): what was asked for so far; begin with %ENT_PRIVACY_FULL
 * @key: full, last4, pseudonym or no-content
 * @error: return location
 *
 * Returns: %FALSE with %ENT_REPORT_ERROR_INVALID where the key is unknown or contradicts the
 *   others
 */
gboolean
ent_privacy_add_key (EntPrivacy *privacy, const char *key, GError **error)
{
  const guint phone_modes = ENT_PRIVACY_LAST4 | ENT_PRIVACY_PSEUDONYM;
  int index;
  guint flag;

  g_return_val_if_fail (privacy != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  index = ent_report_find_key (privacy_keys, key);
  if (index < 0)
    {
      g_autofree char *known = ent_report_list_keys (privacy_keys);
      g_autofree char *quoted = ent_quote (key, -1);

      g_set_error (error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_INVALID,
                   "unknown privacy %s; one of: %s", quoted, known);
      return FALSE;
    }

  flag = index == 0 ? (guint) ENT_PRIVACY_FULL : 1u << (index - 1);
  if (flag != ENT_PRIVACY_NO_CONTENT && (*privacy & phone_modes & ~flag) != 0)
    {
      g_set_error_literal (error, ENT_REPORT_ERROR, ENT_REPORT_ERROR_INVALID,
                           "full, last4 and pseudonym exclude one another");
      return FALSE;
    }

  *privacy = (EntPrivacy) (*privacy | flag);
  return TRUE;
}

/**
 * ent_columns_default:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the columns on screen by default
 */
const EntColumn *
ent_columns_default (guint *n)
{
  *n = G_N_ELEMENTS (default_columns);
  return default_columns;
}
