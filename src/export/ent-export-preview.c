/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preview is the CSV writer itself on a document that ends after a few rows, into a file in
 * memory: what is shown cannot differ from what is written. A worker thread per preview. */
#include "config.h"

#include "ent-export-preview.h"

#include "ent-csv.h"
#include "ent-words.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define PREVIEW_ROWS 5
#define MAX_PREVIEW_BYTES 16384
/* Quoted where a text has it. */
#define TABLE_SEPARATOR '\t'
/* What the formats make of a byte of CSV; measured on the sample data. */
#define XLSX_BYTES_PER_BYTE 0.55
#define PDF_BYTES_PER_BYTE 0.9
/* A file with nothing in it: sheets, fonts, definitions. */
#define XLSX_BASE_BYTES 25000
#define PDF_BASE_BYTES 60000

typedef struct
{
  EntStore *store;
  EntUserData *user_data;
  EntExportRequest *request;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->store);
  ent_user_data_unref (job->user_data);
  ent_export_request_free (job->request);
  g_free (job);
}

void
ent_export_preview_free (EntExportPreview *self)
{
  g_free (self->lines);
  g_clear_pointer (&self->table, g_ptr_array_unref);
  g_free (self);
}

static char *
read_back (int fd)
{
  g_autofree char *bytes = g_malloc0 (MAX_PREVIEW_BYTES + 1);
  gssize n = pread (fd, bytes, MAX_PREVIEW_BYTES, 0);
  const char *text = bytes;

  if (n < 0)
    return g_strdup ("");
  /* The mark at the start of a file is for programs. */
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  return g_utf8_make_valid (text, -1);
}

/* One field of CSV from *@at, which is left behind it. */
static char *
read_field (const char **at)
{
  GString *out = g_string_new (NULL);
  gboolean quoted = **at == '"';
  const char *p = *at + (quoted ? 1 : 0);

  for (; *p != '\0'; p++)
    {
      if (quoted && p[0] == '"' && p[1] != '"')
        {
          p++;
          break;
        }
      if (quoted && p[0] == '"')
        p++;
      else if (!quoted && (*p == TABLE_SEPARATOR || *p == '\n'))
        break;
      g_string_append_c (out, *p);
    }
  *at = p;
  return g_string_free (out, FALSE);
}

/* Back from the CSV of table_dialect (). */
static GPtrArray *
read_table (const char *text)
{
  GPtrArray *table = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  while (*text != '\0')
    {
      g_autoptr (GPtrArray) row = g_ptr_array_new ();

      do
        {
          if (row->len > 0)
            text++;
          g_ptr_array_add (row, read_field (&text));
        }
      while (*text == TABLE_SEPARATOR);
      text += *text == '\n';
      g_ptr_array_add (row, NULL);
      g_ptr_array_add (table, g_ptr_array_free (g_steal_pointer (&row), FALSE));
    }
  return table;
}

/* What has no lines of text is shown as a table. */
static EntCsvDialect
table_dialect (void)
{
  return (EntCsvDialect){ TABLE_SEPARATOR, ent_words_has_decimal_comma () ? ',' : '.',
                          FALSE,           FALSE,
                          FALSE,           FALSE };
}

static gint64
estimate (const EntExportDocument *document, gint64 csv_bytes)
{
  double per_row = (double) csv_bytes / (double) MAX (document->rows_written, 1);
  double bytes = per_row * (double) document->rows_expected;

  switch (document->request->report->format)
    {
    case ENT_FORMAT_XLSX:
      return (gint64) (bytes * XLSX_BYTES_PER_BYTE) + XLSX_BASE_BYTES;
    case ENT_FORMAT_PDF:
      return (gint64) (bytes * PDF_BYTES_PER_BYTE) + PDF_BASE_BYTES;
    case ENT_FORMAT_CSV:
    default:
      return (gint64) bytes;
    }
}

static EntExportPreview *
preview_document (EntExportDocument *document, GError **error)
{
  g_autoptr (EntExportPreview) preview = g_new0 (EntExportPreview, 1);
  gboolean is_csv = document->report->format == ENT_FORMAT_CSV;
  int fd = memfd_create ("entrega-preview", MFD_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  ok = ent_csv_write_document (document, fd, "", error);
  if (ok)
    {
      preview->rows = document->rows_expected;
      preview->bytes = estimate (document, lseek (fd, 0, SEEK_END));
      preview->lines = read_back (fd);
      if (!is_csv)
        {
          preview->table = read_table (preview->lines);
          g_clear_pointer (&preview->lines, g_free);
        }
    }
  close (fd);
  return ok ? g_steal_pointer (&preview) : NULL;
}

static void
preview_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (EntExportDocument) document = NULL;
  EntExportPreview *preview = NULL;
  GError *error = NULL;
  EntSnapshot *snapshot = ent_store_snapshot (job->store, &error);

  if (snapshot != NULL)
    document = ent_export_document_new (job->request, snapshot, ent_store_get_data_dir (job->store),
                                        job->user_data, cancellable, &error);
  if (document != NULL)
    {
      document->preview_rows = PREVIEW_ROWS;
      preview = preview_document (document, &error);
    }
  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify) ent_export_preview_free);
  else
    g_task_return_error (task, error);
}

void
ent_export_preview_async (EntStore *store,
                          EntUserData *user_data,
                          const EntExportRequest *request,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, ent_export_preview_async);
  job->store = g_object_ref (store);
  job->user_data = ent_user_data_ref (user_data);
  job->request = ent_export_request_copy (request);
  if (request->report->format != ENT_FORMAT_CSV)
    {
      job->request->report->dialect = ENT_DIALECT_CUSTOM;
      job->request->custom = table_dialect ();
    }
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, preview_in_worker);
}

EntExportPreview *
ent_export_preview_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
