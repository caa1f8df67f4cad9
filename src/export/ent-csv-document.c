/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CSV format: one table, either the messages or the summary. Percentages stand beside their
 * numerator and denominator. Nothing but the table is written, so that every reader opens it; what
 * else is to be said of the numbers stands in the provenance. */

#include "config.h"

#include "ent-csv-messages.h"

#include "ent-words.h"

#include <string.h>

EntCsvDialect
ent_csv_dialect (EntDialect dialect)
{
  static const EntCsvDialect excel_pt = { ';', ',', TRUE, TRUE, TRUE, FALSE };
  static const EntCsvDialect excel_en = { ',', '.', TRUE, TRUE, TRUE, FALSE };
  static const EntCsvDialect machine = { ',', '.', FALSE, TRUE, FALSE, TRUE };

  if (dialect == ENT_DIALECT_DEFAULT)
    return ent_words_has_decimal_comma () ? excel_pt : excel_en;
  if (dialect == ENT_DIALECT_MACHINE)
    return machine;
  return dialect == ENT_DIALECT_EXCEL_PT ? excel_pt : excel_en;
}

static EntCsvDialect
dialect_of (const EntExportDocument *document)
{
  if (document->report->dialect == ENT_DIALECT_CUSTOM)
    return document->request->custom;
  return ent_csv_dialect (document->report->dialect);
}

/* ---- Messages ---- */

static void
write_detailed_head (EntExportDocument *document, EntCsv *csv, gboolean keys)
{
  for (guint i = 0; i < document->n_columns; i++)
    {
      EntColumn column = document->columns[i];
      g_autofree char *head = NULL;

      if (keys)
        head = g_strdup (ent_column_key (column));
      else
        head = ent_column_head (column, document->query->zone);
      ent_csv_literal (csv, head);
    }
  ent_csv_end_row (csv);
}

static gboolean
write_detailed (EntExportDocument *document, EntCsv *csv, gboolean keys, GError **error)
{
  g_autoptr (EntRowReader) reader = ent_export_document_read (document, error);

  if (reader == NULL)
    return FALSE;
  write_detailed_head (document, csv, keys);
  return ent_csv_write_messages (document, reader, csv, error);
}

/* ---- Summary ---- */

static void
write_rate_heads (EntCsv *csv, EntRate rate, gboolean keys)
{
  static const char *const parts[] = { "numerator", "denominator", "percent" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *head = NULL;

      if (keys)
        head = g_strdup_printf ("%s_%s", ent_rate_key (rate), parts[i]);
      else
        head = ent_words_rate_part (rate, (EntRatePart) i);
      ent_csv_literal (csv, head);
    }
}

static void
write_summary_head (EntExportDocument *document, EntCsv *csv, gboolean keys)
{
  EntBy by = document->summary->by;

  ent_csv_literal (csv, keys ? ent_by_key (by) : ent_words_by (by));
  for (guint i = 0; i < ENT_N_COUNTER_KEYS; i++)
    ent_csv_literal (csv, keys ? ent_counters_key (i) : ent_words_counter (i));
  for (guint i = 0; ent_export_document_has_rates (document) && i < ENT_N_RATES; i++)
    write_rate_heads (csv, (EntRate) i, keys);
  ent_csv_literal (csv, keys ? "coverage" : ent_words_column (ENT_COLUMN_COVERAGE));
  ent_csv_end_row (csv);
}

/* Time keys sort and are read by spreadsheets as they are; hours are written as a time. */
static void
write_key (EntCsv *csv, EntBy by, const char *key, gboolean keys)
{
  g_autofree char *text = NULL;

  if (ent_by_is_time (by))
    {
      text = g_strdup (key);
      if (by == ENT_BY_HOUR && !keys && strlen (key) == 13)
        {
          g_free (text);
          text = g_strdup_printf ("%.10s %s:00", key, key + 11);
        }
      ent_csv_literal (csv, text);
      return;
    }
  if (keys)
    {
      ent_csv_text (csv, key);
      return;
    }
  /* A name as it is, not as it is shown: only empty ones and vocabularies have words. */
  if (*key == '\0' || by == ENT_BY_CONTENT_TYPE || by == ENT_BY_STATUS || by == ENT_BY_REASON)
    {
      text = ent_words_row (by, key);
      ent_csv_literal (csv, text);
      return;
    }
  ent_csv_text (csv, key);
}

static void
write_rates (EntExportDocument *document, EntCsv *csv, const EntCounters *counters)
{
  for (guint i = 0; i < ENT_N_RATES; i++)
    {
      EntRatio ratio = ent_counters_rate (counters, (EntRate) i, document->report->percent_of);

      ent_csv_integer (csv, ratio.numerator);
      ent_csv_integer (csv, ratio.denominator);
      ent_csv_tenths (csv, ent_ratio_tenths (ratio));
    }
}

/* A time that was never synchronised has no numbers: a zero would be a lie. */
static gboolean
is_missing (const EntSummaryRow *row)
{
  return row->coverage == ENT_COVERAGE_NONE && row->counters.total == 0 &&
         row->counters.received == 0;
}

static void
write_nothing (EntCsv *csv, guint n)
{
  for (guint i = 0; i < n; i++)
    ent_csv_literal (csv, "");
}

static void
write_summary_row (EntExportDocument *document,
                   EntCsv *csv,
                   const EntSummaryRow *row,
                   gboolean keys)
{
  gboolean has_rates = ent_export_document_has_rates (document);

  write_key (csv, document->summary->by, row->key, keys);
  if (is_missing (row))
    write_nothing (csv, ENT_N_COUNTER_KEYS + (has_rates ? 3 * ENT_N_RATES : 0));
  else
    {
      for (guint i = 0; i < ENT_N_COUNTER_KEYS; i++)
        ent_csv_integer (csv, ent_counters_value (&row->counters, i));
      if (has_rates)
        write_rates (document, csv, &row->counters);
    }
  ent_csv_literal (csv,
                   keys ? ent_coverage_key (row->coverage) : ent_words_coverage (row->coverage));
  ent_csv_end_row (csv);
}

static gboolean
write_consolidated (EntExportDocument *document, EntCsv *csv, gboolean keys, GError **error)
{
  write_summary_head (document, csv, keys);
  for (guint i = 0; i < document->summary->n_rows; i++)
    {
      write_summary_row (document, csv, &document->summary->rows[i], keys);
      document->rows_written++;
    }
  return ent_export_document_tick (document, document->rows_written, error);
}

gboolean
ent_csv_write_document (EntExportDocument *document, int fd, const char *path, GError **error)
{
  EntCsvDialect dialect = dialect_of (document);
  g_autoptr (EntCsv) csv = ent_csv_new (fd, &dialect, document->query->zone, document->changes);
  g_autoptr (EntSha256) digest = ent_sha256_new ();
  gboolean ok;

  ent_csv_set_digest (csv, digest);
  if (document->report->view == ENT_VIEW_DETAILED)
    ok = write_detailed (document, csv, dialect.keys, error);
  else
    ok = write_consolidated (document, csv, dialect.keys, error);
  if (!ok || !ent_csv_finish (csv, error))
    return FALSE;
  g_free (document->sha256);
  document->sha256 = ent_sha256_finish (digest);
  return TRUE;
}
