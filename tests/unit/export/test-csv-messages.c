/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows made by two threads: the same bytes and the same counts as one loop gives, and an end soon
 * after a fault or Cancel. */

#include "config.h"

#include "export-world.h"

#include "ent-csv.h"
#include "ent-export-error.h"
#include "ent-test-util.h"
#include "ent-words.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Enough for two, with a last part that is not whole. */
#define N_MESSAGES 36000
#define LEAST_ROWS 20000

typedef struct
{
  World *world;
  EntReport *report;
  EntExportRequest *request;
  EntExportDocument *document;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->world = world_new (N_MESSAGES, FALSE);
  self->report = world_report (ENT_VIEW_DETAILED, ENT_FORMAT_CSV);
}

/* After the report was changed to the test's taste. */
static void
prepare (Fixture *self)
{
  self->request = world_request (self->world, self->report, "rows.csv");
  self->document = world_document (self->world, self->request);
  g_assert_cmpint (self->document->rows_expected, >, LEAST_ROWS);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->document, ent_export_document_free);
  g_clear_pointer (&self->request, ent_export_request_free);
  ent_report_free (self->report);
  world_free (self->world);
}

static int
open_new (const char *path)
{
  int fd = open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

static char *
contents (const char *path, gsize *length)
{
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  return bytes;
}

/* ---- One loop ---- */

static void
write_head (const EntExportDocument *document, EntCsv *csv)
{
  for (guint i = 0; i < document->n_columns; i++)
    {
      g_autofree char *head = ent_column_head (document->columns[i], document->query->zone);

      ent_csv_literal (csv, head);
    }
  ent_csv_end_row (csv);
}

static void
write_rows (EntExportDocument *document, EntCsv *csv, EntCellMaker *cells)
{
  g_autoptr (EntRowReader) reader = ent_export_document_read (document, NULL);
  const EntMessage *message;

  while ((message = ent_row_reader_next (reader, NULL, NULL)) != NULL)
    {
      ent_cell_maker_next_row (cells, message);
      for (guint i = 0; i < document->n_columns; i++)
        {
          EntCell cell;

          ent_cell_make (cells, document->columns[i], ent_row_reader_get_coverage (reader, message),
                         &cell);
          ent_csv_cell (csv, document->columns[i], &cell);
        }
      ent_csv_end_row (csv);
    }
}

static void
write_alone (EntExportDocument *document, const char *path, EntCellChanges *changes)
{
  EntCsvDialect dialect = ent_csv_dialect (ENT_DIALECT_EXCEL_PT);
  g_autoptr (EntCellMaker) cells = ent_cell_maker_twin (document->cells);
  int fd = open_new (path);
  g_autoptr (EntCsv) csv =
      ent_csv_new (fd, &dialect, document->query->zone, ent_cell_maker_get_changes (cells));

  write_head (document, csv);
  write_rows (document, csv, cells);
  g_assert_true (ent_csv_finish (csv, NULL));
  close (fd);
  *changes = *ent_cell_maker_get_changes (cells);
}

/* ---- Tests ---- */

/* All columns: a part is larger than the buffer. */
static void
test_same_bytes (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->world->dir, "alone.csv", NULL);
  g_autofree char *wanted = NULL, *found = NULL;
  gsize n_wanted, n_found;
  EntCellChanges changes;
  GError *error = NULL;
  int fd;

  self->report->privacy = (EntPrivacy) GPOINTER_TO_UINT (data);
  self->report->dialect = ENT_DIALECT_EXCEL_PT;
  prepare (self);
  write_alone (self->document, path, &changes);
  fd = open_new (self->request->path);
  g_assert_true (ent_csv_write_document (self->document, fd, "", &error));
  g_assert_no_error (error);
  close (fd);

  g_assert_cmpint (self->document->rows_written, ==, self->document->rows_expected);
  g_assert_cmpmem (self->document->changes, sizeof changes, &changes, sizeof changes);
  g_assert_cmpint (changes.neutralised, >, 0);
  wanted = contents (path, &n_wanted);
  found = contents (self->request->path, &n_found);
  g_assert_cmpuint (n_found, ==, n_wanted);
  g_assert_cmpint (memcmp (found, wanted, n_wanted), ==, 0);
}

static void
test_full_disk (Fixture *self, gconstpointer data)
{
  int fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  g_autoptr (GError) error = NULL;

  prepare (self);
  g_assert_false (ent_csv_write_document (self->document, fd, "", &error));
  g_assert_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FULL);
  close (fd);
}

/* Takes so many bytes and closes the other end. */
typedef struct
{
  int fd;
  gsize bytes;
} Taker;

static gpointer
take_thread (gpointer data)
{
  Taker *taker = data;
  char chunk[4096];
  gssize n = 1;

  while (taker->bytes > 0 && n > 0)
    {
      n = read (taker->fd, chunk, MIN (sizeof chunk, taker->bytes));
      taker->bytes -= (gsize) MAX (n, 0);
    }
  close (taker->fd);
  return NULL;
}

/* Writing fails in the middle, whoever's turn it is. */
static void
test_fails_in_the_middle (Fixture *self, gconstpointer data)
{
  void (*before) (int) = signal (SIGPIPE, SIG_IGN);

  prepare (self);
  for (gsize bytes = 1; bytes < 4000000; bytes += 666000)
    {
      int fds[2];
      g_autoptr (GError) error = NULL;
      Taker taker = { -1, bytes };
      GThread *thread;

      g_assert_cmpint (pipe (fds), ==, 0);
      taker.fd = fds[0];
      thread = g_thread_new ("taker", take_thread, &taker);
      g_assert_false (ent_csv_write_document (self->document, fds[1], "", &error));
      g_assert_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FAILED);
      close (fds[1]);
      g_thread_join (thread);
    }
  signal (SIGPIPE, before);
}

static void
tick_cb (gint64 done, gint64 total, gpointer data)
{
  Fixture *self = data;

  g_assert_cmpint (done, >, 0);
  g_assert_cmpint (done, <, total);
  g_cancellable_cancel (self->document->cancellable);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  int fd;
  g_autoptr (GError) error = NULL;

  prepare (self);
  self->document->cancellable = g_cancellable_new ();
  self->document->tick = tick_cb;
  self->document->tick_data = self;
  fd = open_new (self->request->path);
  g_assert_false (ent_csv_write_document (self->document, fd, "", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ent_words_init ("pt_BR");
  ent_clock_set (WORLD_NOW, NULL);
#define ADD(name, data, function)                                                                  \
  g_test_add ("/export/csv-messages/" name, Fixture, data, set_up, function, tear_down)
  ADD ("same-bytes", GUINT_TO_POINTER (ENT_PRIVACY_FULL), test_same_bytes);
  ADD ("same-bytes/last4", GUINT_TO_POINTER (ENT_PRIVACY_LAST4), test_same_bytes);
  ADD ("same-bytes/pseudonym", GUINT_TO_POINTER (ENT_PRIVACY_PSEUDONYM), test_same_bytes);
  ADD ("full-disk", NULL, test_full_disk);
  ADD ("fails-in-the-middle", NULL, test_fails_in_the_middle);
  ADD ("cancelled", NULL, test_cancelled);
  return g_test_run ();
}
