/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an export writes, whatever the format: a report resolved at an instant over one
 * snapshot. A format is one function from a document to a file (EntExportFormatClass); it
 * asks the document for totals, tables and messages as it needs them. Lives on the thread
 * of its export. */
#pragma once

#include "ent-cell.h"
#include "ent-row-reader.h"
#include "ent-summary.h"
#include "ent-user-data.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  char separator; /* , ; or tab … */
  char decimal;   /* . or , */
  gboolean bom;   /* UTF-8 mark at the start */
  gboolean crlf;
  gboolean safe; /* for spreadsheets: apostrophes, digits without +, cut cells */
  gboolean keys; /* machine keys and ISO 8601 times; else words and local times */
} EntCsvDialect;

/* DEFAULT by the locale; CUSTOM: as excel-en, to be changed by the caller. */
EntCsvDialect ent_csv_dialect (EntDialect dialect);
/* A custom one, as the member "custom" of a request or a provenance. (transfer full) */
JsonObject *ent_csv_dialect_to_json (const EntCsvDialect *custom);
/* Leaves @custom where @object has no such member. */
gboolean ent_csv_dialect_from_json (JsonObject *object, EntCsvDialect *custom, GError **error);

/* What is asked for. A plain value; the job copies it. */
typedef struct
{
  EntReport *report;    /* owned: view, format, dialect, privacy, columns (empty: all), sort … */
  char *path;           /* owned: the final name, absolute */
  char *template_name;  /* owned: NULL for none */
  gint64 now;           /* the instant that the report is resolved at */
  gboolean side_car;    /* also write PATH.provenance.json */
  EntCsvDialect custom; /* for ENT_DIALECT_CUSTOM */
} EntExportRequest;

EntExportRequest *ent_export_request_new (const EntReport *report, const char *path, gint64 now);
EntExportRequest *ent_export_request_copy (const EntExportRequest *self);
void ent_export_request_free (EntExportRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntExportRequest, ent_export_request_free)
/* JSON, for the history: enough to run it again. (transfer full) */
char *ent_export_request_to_json (const EntExportRequest *self);
EntExportRequest *ent_export_request_from_json (const char *text, GError **error);

typedef void (*EntExportTickFunc) (gint64 done, gint64 total, gpointer user_data);

/* The fields may be read by formats; what is not const may be written by them. */
typedef struct
{
  const EntExportRequest *request;
  const EntReport *report;
  EntQuery *query; /* resolved: range, zone, now, filter, basis */
  EntSnapshot *snapshot;
  gint64 data_version;
  gint64 last_commit;       /* UTC ms */
  gint64 created_at;        /* for dates inside files: SOURCE_DATE_EPOCH, else last_commit */
  EntSummary *summary;      /* by report->by */
  EntSummary *compared;     /* by report->by over the range compared with; NULL without */
  EntSummary *current;      /* the part of the range that is compared; NULL without */
  GPtrArray *sources;       /* (element-type EntSourceRecord) (nullable) */
  const EntColumn *columns; /* of the detailed report */
  guint n_columns;
  EntCellMaker *cells;
  EntCellChanges *changes; /* those of cells */
  gint64 rows_expected;    /* detailed: messages that match; consolidated: rows of the summary */
  gint64 rows_written;     /* counted by the format */
  gint64 rows_skipped;     /* left out and said so in the file (PDF's first N) */
  char *sha256;            /* of all that was written, by formats that write front to back */
  guint preview_rows;      /* only so many messages: a preview, no export; 0 = all */
  GCancellable *cancellable;
  EntExportTickFunc tick; /* may be NULL */
  gpointer tick_data;
} EntExportDocument;

/* @data_dir: for the key of pseudonyms. @user_data: (nullable), for names of sources. Takes
 * ownership of @snapshot. */
EntExportDocument *ent_export_document_new (const EntExportRequest *request,
                                            EntSnapshot *snapshot,
                                            const char *data_dir,
                                            EntUserData *user_data,
                                            GCancellable *cancellable,
                                            GError **error);
void ent_export_document_free (EntExportDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntExportDocument, ent_export_document_free)

/* A breakdown of the same query. (transfer full) */
EntSummary *ent_export_document_summarise (EntExportDocument *self, EntBy by, GError **error);
/* The messages, in the report's order. (transfer full) */
EntRowReader *ent_export_document_read (EntExportDocument *self, GError **error);
/* To be called now and then while writing: progress; FALSE with G_IO_ERROR_CANCELLED. */
gboolean ent_export_document_tick (EntExportDocument *self, gint64 done, GError **error);

/* Sentences for the file, each (transfer full), the same in all formats. */
char *ent_export_document_title (const EntExportDocument *self); /* template's name or the view's */
char *ent_export_document_period (
    const EntExportDocument *self); /* Last 7 days · 16–22 Nov 2026 · America/Sao_Paulo */
char *ent_export_document_filter (const EntExportDocument *self);
char *ent_export_document_coverage (const EntExportDocument *self); /* NULL when complete */
char *ent_export_document_privacy (const EntExportDocument *self);

/* A consolidated table has these columns: the row's name, counters, then numerator,
 * denominator and percent of each rate, then coverage. Rates are absent with the event-date basis.
 */
gboolean ent_export_document_has_rates (const EntExportDocument *self);

/* A format: writes everything to @path, an empty file of ours that is open at @fd too; the job
 * syncs, renames, and makes the digest where the format has not. Sets rows_written. */
typedef gboolean (*EntExportWriteFunc) (EntExportDocument *document,
                                        int fd,
                                        const char *path,
                                        GError **error);
/* NULL for a format that is not built. */
EntExportWriteFunc ent_export_writer (EntFormat format);

G_END_DECLS
