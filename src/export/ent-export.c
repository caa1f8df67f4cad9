/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The job: from a request to a file with its digest, and a history that tells of it whatever
 * happens. Blocking; ent-export-async.c puts it on a thread. */

#include "config.h"

#include "ent-export.h"

#include "ent-export-file.h"
#include "ent-export-history.h"
#include "ent-export-private.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A cell takes more than this in every format: a disk that has less cannot hold the file. */
#define MIN_BYTES_PER_CELL 4
#define MIN_BYTES 65536

void
ent_export_result_free (EntExportResult *self)
{
  g_free (self->sha256);
  g_free (self->path);
  g_clear_error (&self->history_error);
  g_free (self);
}

static gboolean
check_space (const EntExportDocument *document, GError **error)
{
  guint64 bytes = MIN_BYTES;

  if (document->report->view == ENT_VIEW_DETAILED)
    bytes += (guint64) document->rows_expected * document->n_columns * MIN_BYTES_PER_CELL;
  return ent_export_file_check_space (document->request->path, bytes, error);
}

/* What was counted must be what was written. */
static gboolean
check_rows (const EntExportDocument *document, GError **error)
{
  if (document->rows_written + document->rows_skipped == document->rows_expected)
    return TRUE;
  g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_INCOMPLETE,
               "%" G_GINT64_FORMAT " rows written, %" G_GINT64_FORMAT " counted",
               document->rows_written, document->rows_expected);
  return FALSE;
}

/* Whole under its temporary name, which the next start derives from the export's. */
static EntExportFile *
write_side_car (const EntExportFile *beside, const char *text, GError **error)
{
  g_autofree char *path = g_strconcat (beside->path, ENT_PROVENANCE_SUFFIX, NULL);
  g_autoptr (EntExportFile) file = ent_export_file_new (path);
  gsize length = strlen (text);

  g_free (file->partial);
  file->partial = g_strconcat (beside->partial, ".json", NULL);
  if (!ent_export_file_open (file, error))
    return NULL;
  while (length > 0)
    {
      gssize n = write (file->fd, text, length);

      if (n <= 0)
        {
          g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FULL, "Cannot write %s", path);
          return NULL;
        }
      text += n;
      length -= n;
    }
  return g_steal_pointer (&file);
}

static EntExportDocument *
make_document (EntStore *store,
               EntUserData *user_data,
               const EntExportRequest *request,
               GCancellable *cancellable,
               GError **error)
{
  EntSnapshot *snapshot = ent_store_snapshot (store, error);

  if (snapshot == NULL)
    return NULL;
  return ent_export_document_new (request, snapshot, ent_store_get_data_dir (store), user_data,
                                  cancellable, error);
}

/* By what the format has seen going by, else by reading the file. */
static char *
digest (EntExportDocument *document,
        const EntExportFile *file,
        gint64 *bytes,
        GCancellable *cancellable,
        GError **error)
{
  struct stat info;

  if (document->sha256 == NULL || fstat (file->fd, &info) != 0)
    return ent_export_digest_file (file->partial, bytes, cancellable, error);
  *bytes = info.st_size;
  return g_steal_pointer (&document->sha256);
}

static EntExportResult *
make_result (EntExportDocument *document,
             EntExportFile *file,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (EntExportResult) result = g_new0 (EntExportResult, 1);

  result->rows = document->rows_written;
  result->matched = document->rows_expected;
  result->path = g_strdup (file->path);
  result->changes = *document->changes;
  result->sha256 = digest (document, file, &result->bytes, cancellable, error);
  return result->sha256 != NULL ? g_steal_pointer (&result) : NULL;
}

/* Everything between "running" and "finished". */
static EntExportResult *
write_file (EntExportDocument *document,
            EntExportWriteFunc writer,
            EntExportFile *file,
            char **provenance_text,
            GError **error)
{
  g_autoptr (EntExportResult) result = NULL;
  g_autoptr (JsonObject) provenance = NULL;
  g_autoptr (EntExportFile) side_car = NULL;

  if (!check_space (document, error) || !ent_export_file_open (file, error) ||
      !writer (document, file->fd, file->partial, error) || !check_rows (document, error))
    return NULL;
  result = make_result (document, file, document->cancellable, error);
  if (result == NULL)
    return NULL;
  provenance = ent_provenance_new (document);
  ent_provenance_set_file (provenance, result->path, result->bytes, result->sha256);
  *provenance_text = ent_provenance_to_text (provenance);
  if (document->request->side_car)
    {
      side_car = write_side_car (file, *provenance_text, error);
      if (side_car == NULL)
        return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (document->cancellable, error) ||
      !ent_export_file_put_in_place (file, error) ||
      (side_car != NULL && !ent_export_file_put_in_place (side_car, error)))
    return NULL;
  return g_steal_pointer (&result);
}

typedef struct
{
  EntExportProgressFunc func;
  gpointer data;
  gint64 record_id;
} Tick;

static void
tick_cb (gint64 done, gint64 total, gpointer data)
{
  Tick *tick = data;
  EntExportProgress progress = { tick->record_id, ENT_EXPORT_RUNNING, done, total };

  if (tick->func != NULL)
    tick->func (&progress, tick->data);
}

static EntExportResult *
run (EntStore *store,
     EntUserData *user_data,
     const EntExportRequest *request,
     Tick *tick,
     EntExportFile *file,
     EntExportHistory *history,
     GCancellable *cancellable,
     GError **error)
{
  EntExportWriteFunc writer = ent_export_writer (request->report->format);
  g_autoptr (EntExportDocument) document = NULL;
  g_autoptr (EntExportResult) result = NULL;
  g_autofree char *provenance = NULL;

  if (writer == NULL)
    {
      g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_NOT_POSSIBLE,
                   "This build has no format %s", ent_format_key (request->report->format));
      return NULL;
    }
  document = make_document (store, user_data, request, cancellable, error);
  if (document == NULL)
    return NULL;
  document->tick = tick_cb;
  document->tick_data = tick;
  tick_cb (0, document->rows_expected, tick);
  result = write_file (document, writer, file, &provenance, error);
  if (result == NULL)
    return NULL;
  tick_cb (result->rows, document->rows_expected, tick);
  ent_export_history_finished (history, result, document->data_version, provenance);
  return g_steal_pointer (&result);
}

EntExportResult *
ent_export_run_with_history (EntStore *store,
                             EntUserData *user_data,
                             const EntExportRequest *request,
                             EntExportProgressFunc progress,
                             gpointer progress_data,
                             EntExportHistory *history,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (EntExportFile) file = ent_export_file_new (request->path);
  g_autoptr (GError) local_error = NULL;
  EntExportResult *result;
  Tick tick = { progress, progress_data, 0 };

  ent_export_history_running (history, file->partial);
  tick.record_id = history->record->id;
  result = run (store, user_data, request, &tick, file, history, cancellable, &local_error);
  if (result == NULL)
    {
      ent_export_history_failed (history, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  result->record_id = history->record->id;
  result->history_error = g_steal_pointer (&history->error);
  return result;
}

EntExportResult *
ent_export_run (EntStore *store,
                EntUserData *user_data,
                const EntExportRequest *request,
                EntExportProgressFunc progress,
                gpointer progress_data,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (EntExportHistory) history = ent_export_history_new (user_data, request);

  return ent_export_run_with_history (store, user_data, request, progress, progress_data, history,
                                      cancellable, error);
}
