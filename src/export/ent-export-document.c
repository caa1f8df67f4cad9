/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report resolved over one snapshot, ready to be written in any format. Lives on the thread of
 * its export. */

#include "config.h"

#include "ent-export-document.h"

#include "ent-csv.h"
#include "ent-pdf-document.h"
#include "ent-words.h"
#include "ent-xlsx-document.h"

#include <glib/gi18n-lib.h>

static void
take_columns (EntExportDocument *self)
{
  const GArray *wanted = self->report->columns;
  EntColumn *columns;

  self->n_columns = wanted != NULL && wanted->len > 0 ? wanted->len : ENT_N_COLUMNS;
  columns = g_new (EntColumn, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    columns[i] = wanted != NULL && wanted->len > 0
                     ? g_array_index (wanted, EntReportColumn, i).column
                     : (EntColumn) i;
  self->columns = columns;
}

static gboolean
make_cells (EntExportDocument *self, const char *data_dir, GError **error)
{
  g_autoptr (GBytes) key = NULL;

  if (self->report->privacy & ENT_PRIVACY_PSEUDONYM)
    {
      key = ent_pseudonym_key_load (data_dir, error);
      if (key == NULL)
        return FALSE;
    }
  self->cells = ent_cell_maker_new (self->report->privacy, key, self->query->now);
  self->changes = ent_cell_maker_get_changes (self->cells);
  return TRUE;
}

static EntSummary *
summarise_range (EntExportDocument *self, const EntRange *range, GError **error)
{
  g_autoptr (EntQuery) query = ent_query_copy (self->query);

  query->range = *range;
  return ent_snapshot_summarise (self->snapshot, query, self->report->by, self->cancellable, error);
}

static gboolean
summarise (EntExportDocument *self, GError **error)
{
  EntCompare compare = self->report->compare;
  EntRange current, previous;

  self->summary = ent_export_document_summarise (self, self->report->by, error);
  if (self->summary == NULL)
    return FALSE;
  if (compare == ENT_COMPARE_NONE ||
      !ent_range_comparison (&self->query->range, self->query->zone, self->query->now,
                             compare == ENT_COMPARE_SAME_WEEKDAYS, &current, &previous))
    return TRUE;
  self->current = summarise_range (self, &current, error);
  if (self->current == NULL)
    return FALSE;
  self->compared = summarise_range (self, &previous, error);
  return self->compared != NULL;
}

static gboolean
count (EntExportDocument *self, GError **error)
{
  if (self->report->view == ENT_VIEW_CONSOLIDATED)
    {
      self->rows_expected = self->summary->n_rows;
      return TRUE;
    }
  self->rows_expected = ent_snapshot_count (self->snapshot, self->query, self->cancellable, error);
  return self->rows_expected >= 0;
}

/* The same data gives the same bytes: never the wall clock. */
static gint64
creation_time (gint64 last_commit)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  guint64 seconds;

  if (epoch != NULL && g_ascii_string_to_unsigned (epoch, 10, 0, G_MAXINT64 / 1000, &seconds, NULL))
    return (gint64) seconds * 1000;
  return last_commit;
}

EntExportDocument *
ent_export_document_new (const EntExportRequest *request,
                         EntSnapshot *snapshot,
                         const char *data_dir,
                         EntUserData *user_data,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (EntExportDocument) self = g_new0 (EntExportDocument, 1);

  self->request = request;
  self->report = request->report;
  self->snapshot = snapshot;
  self->query = ent_query_new (request->report, request->now);
  self->data_version = ent_snapshot_get_data_version (snapshot);
  self->last_commit = ent_snapshot_get_last_commit (snapshot);
  self->created_at = creation_time (self->last_commit);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  /* Names of sources are an extra: without them the export is still right. */
  self->sources = user_data != NULL ? ent_user_data_list_sources (user_data, NULL) : NULL;
  take_columns (self);
  if (!make_cells (self, data_dir, error) || !summarise (self, error) || !count (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
ent_export_document_free (EntExportDocument *self)
{
  g_clear_pointer (&self->summary, ent_summary_unref);
  g_clear_pointer (&self->compared, ent_summary_unref);
  g_clear_pointer (&self->current, ent_summary_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->cells, ent_cell_maker_free);
  g_clear_pointer (&self->query, ent_query_free);
  g_clear_pointer (&self->snapshot, ent_snapshot_free);
  g_clear_object (&self->cancellable);
  g_free ((EntColumn *) self->columns);
  g_free (self->sha256);
  g_free (self);
}

EntSummary *
ent_export_document_summarise (EntExportDocument *self, EntBy by, GError **error)
{
  return ent_snapshot_summarise (self->snapshot, self->query, by, self->cancellable, error);
}

EntRowReader *
ent_export_document_read (EntExportDocument *self, GError **error)
{
  EntRowReader *reader = ent_row_reader_new (self->snapshot, self->query, self->report->sort,
                                             self->cancellable, error);

  if (reader == NULL)
    return NULL;
  ent_row_reader_use_columns (reader, self->columns, self->n_columns);
  if (self->preview_rows > 0)
    ent_row_reader_clip (reader, 0, self->preview_rows);
  return reader;
}

gboolean
ent_export_document_tick (EntExportDocument *self, gint64 done, GError **error)
{
  if (self->tick != NULL)
    self->tick (done, self->rows_expected, self->tick_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

char *
ent_export_document_title (const EntExportDocument *self)
{
  if (self->request->template_name != NULL)
    return g_strdup (self->request->template_name);
  if (self->report->view == ENT_VIEW_DETAILED)
    return g_strdup (_ ("Detailed report"));
  return g_strdup (_ ("Consolidated report"));
}

char *
ent_export_document_period (const EntExportDocument *self)
{
  const EntRange *range = &self->query->range;
  g_autofree char *days = ent_words_day_range_full (range->first, range->last);
  const char *zone = ent_zone_get_name (self->query->zone);

  if (self->report->period.kind == ENT_PERIOD_DATES)
    /* Translators: dates and a time zone. */
    return g_strdup_printf (C_ ("period", "%s · %s"), days, zone);
  /* Translators: a period such as "Last 7 days", its dates, the time zone. */
  return g_strdup_printf (C_ ("period", "%s · %s · %s"),
                          ent_words_period (self->report->period.kind), days, zone);
}

char *
ent_export_document_filter (const EntExportDocument *self)
{
  return ent_words_filter (self->query->filter);
}

char *
ent_export_document_coverage (const EntExportDocument *self)
{
  return ent_words_coverage_days (self->summary->days_by_coverage);
}

char *
ent_export_document_privacy (const EntExportDocument *self)
{
  return ent_words_privacy_modes (self->report->privacy);
}

gboolean
ent_export_document_has_rates (const EntExportDocument *self)
{
  return self->query->basis == ENT_BASIS_SEND_DATE;
}

EntExportWriteFunc
ent_export_writer (EntFormat format)
{
  switch (format)
    {
    case ENT_FORMAT_CSV:
      return ent_csv_write_document;
    case ENT_FORMAT_XLSX:
      return ent_xlsx_write_document;
    case ENT_FORMAT_PDF:
      return ent_pdf_write_document;
    default:
      return NULL;
    }
}
