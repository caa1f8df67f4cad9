/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The provenance object. Keys are machine keys; beside them stand sentences in the language of
 * the export, for whoever opens the file without Entrega. */

#include "config.h"

#include "ent-provenance.h"

#include "ent-words.h"

static void
take_string (JsonObject *object, const char *key, char *text)
{
  json_object_set_string_member (object, key, text);
  g_free (text);
}

static void
set_instant (JsonObject *object, const char *key, gint64 instant)
{
  if (instant > 0)
    take_string (object, key, ent_instant_format (instant));
  else
    json_object_set_null_member (object, key);
}

static JsonObject *
period_object (const EntExportDocument *document)
{
  JsonObject *object = json_object_new ();
  const EntQuery *query = document->query;
  EntPeriodKind kind = document->report->period.kind;

  json_object_set_string_member (object, "token", ent_period_kind_key (kind));
  take_string (object, "from", ent_day_format (query->range.first));
  take_string (object, "to", ent_day_format (query->range.last));
  json_object_set_string_member (object, "timezone", ent_zone_get_name (query->zone));
  json_object_set_string_member (object, "tz_data", ent_zone_get_data_version ());
  take_string (object, "first_instant", ent_instant_format (query->range.from));
  take_string (object, "end_instant", ent_instant_format (query->range.to));
  return object;
}

static JsonObject *
definitions_object (const EntExportDocument *document)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < ENT_N_RATES; i++)
    {
      EntRate rate = (EntRate) i;

      json_object_set_string_member (
          object, ent_rate_key (rate),
          ent_words_rate_definition (rate, document->report->percent_of));
    }
  return object;
}

static JsonObject *
coverage_object (const EntExportDocument *document)
{
  JsonObject *object = json_object_new ();
  JsonObject *days = json_object_new ();
  g_autofree char *sentence = ent_export_document_coverage (document);

  json_object_set_string_member (object, "state", ent_coverage_key (document->summary->coverage));
  for (guint i = 0; i < ENT_N_COVERAGES; i++)
    json_object_set_int_member (days, ent_coverage_key ((EntCoverage) i),
                                document->summary->days_by_coverage[i]);
  json_object_set_object_member (object, "days", days);
  if (sentence != NULL)
    json_object_set_string_member (object, "words", sentence);
  return object;
}

static JsonArray *
sources_array (const EntExportDocument *document)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; document->sources != NULL && i < document->sources->len; i++)
    {
      const EntSourceRecord *record = g_ptr_array_index (document->sources, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", record->name);
      json_object_set_string_member (object, "kind", record->kind);
      json_object_set_boolean_member (object, "paused", record->paused);
      json_object_set_boolean_member (object, "sample", record->sample);
      set_instant (object, "last_success", record->last_success);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
totals_object (const EntExportDocument *document)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < ENT_N_COUNTER_KEYS; i++)
    json_object_set_int_member (object, ent_counters_key (i),
                                ent_counters_value (&document->summary->totals, i));
  return object;
}

static JsonObject *
rows_object (const EntExportDocument *document)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "expected", document->rows_expected);
  json_object_set_int_member (object, "written", document->rows_written);
  json_object_set_int_member (object, "skipped", document->rows_skipped);
  return object;
}

static JsonObject *
changes_object (const EntExportDocument *document)
{
  JsonObject *object = json_object_new ();
  const EntCellChanges *changes = document->changes;

  json_object_set_int_member (object, "masked_phones", changes->masked_phones);
  json_object_set_int_member (object, "hidden_names", changes->hidden_names);
  json_object_set_int_member (object, "hidden_contents", changes->hidden_contents);
  json_object_set_int_member (object, "neutralised_texts", changes->neutralised);
  json_object_set_int_member (object, "phones_without_plus", changes->plus_dropped);
  json_object_set_int_member (object, "cut_cells", changes->cut_cells);
  return object;
}

static JsonArray *
privacy_array (EntPrivacy privacy)
{
  JsonArray *array = json_array_new ();

  if (privacy & ENT_PRIVACY_LAST4)
    json_array_add_string_element (array, "last4");
  if (privacy & ENT_PRIVACY_PSEUDONYM)
    json_array_add_string_element (array, "pseudonym");
  if (privacy & ENT_PRIVACY_NO_CONTENT)
    json_array_add_string_element (array, "no-content");
  if (privacy == ENT_PRIVACY_FULL)
    json_array_add_string_element (array, "full");
  return array;
}

static JsonNode *
report_node (const EntReport *report)
{
  g_autofree char *text = ent_report_to_json (report);

  return json_from_string (text, NULL);
}

/* What the bytes of the file depend on: two files with the same one are the same export. */
static char *
inputs_digest (const EntExportDocument *document)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *report = ent_report_to_json (document->report);
  g_autofree char *rest = g_strdup_printf (
      "%s %d %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", VERSION,
      document->query->range.first, document->query->range.last, document->data_version,
      document->last_commit, document->created_at, ent_words_get_locale ());

  g_checksum_update (checksum, (const guchar *) report, -1);
  g_checksum_update (checksum, (const guchar *) rest, -1);
  return g_strdup (g_checksum_get_string (checksum));
}

static void
set_columns (JsonObject *object, const EntExportDocument *document)
{
  JsonArray *array;

  if (document->report->view != ENT_VIEW_DETAILED)
    {
      json_object_set_string_member (object, "by", ent_by_key (document->report->by));
      return;
    }
  array = json_array_new ();
  for (guint i = 0; i < document->n_columns; i++)
    json_array_add_string_element (array, ent_column_key (document->columns[i]));
  json_object_set_array_member (object, "columns", array);
}

static const char *
basis_key (EntBasis basis)
{
  return basis == ENT_BASIS_EVENT_DATE ? "event-date" : "send-date";
}

/* What the default came to. */
static const char *
dialect_key (EntDialect dialect)
{
  if (dialect == ENT_DIALECT_DEFAULT)
    dialect = ent_words_has_decimal_comma () ? ENT_DIALECT_EXCEL_PT : ENT_DIALECT_EXCEL_EN;
  return ent_dialect_key (dialect);
}

JsonObject *
ent_provenance_new (const EntExportDocument *document)
{
  JsonObject *object = json_object_new ();
  const EntReport *report = document->report;

  json_object_set_int_member (object, "entrega_provenance", 1);
  json_object_set_string_member (object, "app", "Entrega " VERSION);
  set_instant (object, "created_at", document->created_at);
  take_string (object, "title", ent_export_document_title (document));
  json_object_set_string_member (object, "locale", ent_words_get_locale ());
  json_object_set_object_member (object, "period", period_object (document));
  take_string (object, "period_words", ent_export_document_period (document));
  json_object_set_member (object, "filters", ent_filter_to_json (document->query->filter));
  take_string (object, "filters_words", ent_export_document_filter (document));
  set_instant (object, "as_of", document->query->now);
  json_object_set_int_member (object, "data_version", document->data_version);
  set_instant (object, "last_commit", document->last_commit);
  json_object_set_object_member (object, "coverage", coverage_object (document));
  json_object_set_array_member (object, "sources", sources_array (document));
  json_object_set_string_member (object, "basis", basis_key (document->query->basis));
  json_object_set_string_member (object, "basis_words", ent_words_basis (document->query->basis));
  if (ent_export_document_has_rates (document))
    json_object_set_object_member (object, "definitions", definitions_object (document));
  json_object_set_object_member (object, "totals", totals_object (document));
  json_object_set_string_member (object, "format", ent_format_key (report->format));
  if (report->format == ENT_FORMAT_CSV)
    json_object_set_string_member (object, "dialect", dialect_key (report->dialect));
  if (report->dialect == ENT_DIALECT_CUSTOM)
    json_object_set_object_member (object, "custom",
                                   ent_csv_dialect_to_json (&document->request->custom));
  set_columns (object, document);
  json_object_set_array_member (object, "privacy", privacy_array (report->privacy));
  json_object_set_object_member (object, "rows", rows_object (document));
  json_object_set_object_member (object, "changes", changes_object (document));
  json_object_set_member (object, "report", report_node (report));
  take_string (object, "inputs_sha256", inputs_digest (document));
  return object;
}

void
ent_provenance_set_file (JsonObject *provenance, const char *path, gint64 bytes, const char *sha256)
{
  JsonObject *object = json_object_new ();
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);

  json_object_set_string_member (object, "name", shown);
  json_object_set_int_member (object, "bytes", bytes);
  json_object_set_string_member (object, "sha256", sha256);
  json_object_set_object_member (provenance, "file", object);
}

char *
ent_provenance_to_text (JsonObject *provenance)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_node_set_object (node, provenance);
  json_generator_set_root (generator, node);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  return g_strconcat (text, "\n", NULL);
}
