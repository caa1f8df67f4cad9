/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two lanes take parts of the rows in turn, make their bytes at the same time and write them one
 * after the other: who is early waits. A part larger than a buffer waits for its turn in the middle
 * of it, so memory does not grow with the texts. With one lane alone the turn is always its own. */

#include "config.h"

#include "ent-csv-messages.h"

/* About a third of a megabyte, two milliseconds of work: soon cancelled, and small beside what two
 * threads cost each other. */
#define ROWS_PER_PART 2048
/* Less is written before a second connection is open. */
#define ROWS_FOR_TWO 20000

typedef struct
{
  guint first; /* the first row, in the list of all that match */
  guint n_rows;
  gboolean with_coverage;

  GMutex lock;
  GCond moved;
  guint taken;      /* parts that somebody works on or has done */
  guint turn;       /* the part that may be written now */
  gint64 rows;      /* written, of all lanes */
  gboolean stopped; /* one has failed: the file is given up */
} Line;

typedef struct
{
  Line *line;
  EntExportDocument *document; /* what is const in it may be read by all lanes */
  EntRowReader *reader;
  EntCellMaker *cells;
  EntCsv *csv;
  guint part;
  GError *error;
} Lane;

static gboolean
wants_coverage (const EntExportDocument *document)
{
  for (guint i = 0; i < document->n_columns; i++)
    if (document->columns[i] == ENT_COLUMN_COVERAGE)
      return TRUE;
  return FALSE;
}

/* ---- Taking turns ---- */

static gboolean
take_part (Lane *self)
{
  Line *line = self->line;
  guint64 done;

  g_mutex_lock (&line->lock);
  done = (guint64) line->taken * ROWS_PER_PART;
  if (line->stopped || done >= line->n_rows)
    {
      g_mutex_unlock (&line->lock);
      return FALSE;
    }
  self->part = line->taken++;
  g_mutex_unlock (&line->lock);
  ent_row_reader_move (self->reader, line->first + (guint) done,
                       MIN (ROWS_PER_PART, line->n_rows - (guint) done));
  return TRUE;
}

/* See EntCsvTurnFunc. */
static gboolean
wait_for_turn (gpointer data)
{
  Lane *self = data;
  Line *line = self->line;
  gboolean mine;

  g_mutex_lock (&line->lock);
  while (!line->stopped && line->turn != self->part)
    g_cond_wait (&line->moved, &line->lock);
  mine = !line->stopped;
  g_mutex_unlock (&line->lock);
  return mine;
}

static void
pass_turn (Lane *self, gint64 rows, gboolean ok)
{
  Line *line = self->line;

  g_mutex_lock (&line->lock);
  if (ok)
    line->turn++;
  else
    line->stopped = TRUE;
  line->rows += rows;
  g_cond_broadcast (&line->moved);
  g_mutex_unlock (&line->lock);
}

/* ---- Rows ---- */

static void
write_row (Lane *self, const EntMessage *message)
{
  const EntExportDocument *document = self->document;
  EntCoverage coverage = ENT_COVERAGE_NONE;

  if (self->line->with_coverage)
    coverage = ent_row_reader_get_coverage (self->reader, message);
  ent_cell_maker_next_row (self->cells, message);
  for (guint i = 0; i < document->n_columns; i++)
    {
      EntCell cell;

      ent_cell_make (self->cells, document->columns[i], coverage, &cell);
      ent_csv_cell (self->csv, document->columns[i], &cell);
    }
  ent_csv_end_row (self->csv);
}

static gboolean
write_part (Lane *self)
{
  const EntMessage *message;
  gint64 rows = 0;
  gboolean ok;

  while ((message = ent_row_reader_next (self->reader, self->document->cancellable,
                                         &self->error)) != NULL)
    {
      write_row (self, message);
      rows++;
    }
  ok = self->error == NULL && wait_for_turn (self);
  if (ok)
    ent_csv_flush (self->csv);
  ok = ok && ent_csv_is_good (self->csv);
  pass_turn (self, rows, ok);
  return ok;
}

static gboolean
tell_progress (Lane *self)
{
  Line *line = self->line;
  gint64 rows;

  g_mutex_lock (&line->lock);
  rows = line->rows;
  g_mutex_unlock (&line->lock);
  return ent_export_document_tick (self->document, rows, &self->error);
}

/* ---- Lanes ---- */

static void
run_first (Lane *self)
{
  while (take_part (self) && write_part (self))
    if (!tell_progress (self))
      {
        pass_turn (self, 0, FALSE);
        break;
      }
}

static gpointer
second_lane_thread (gpointer data)
{
  Lane *self = data;

  while (take_part (self) && write_part (self))
    continue;
  return NULL;
}

/* The first lane with another beside it; alone where there is no thread to be had. */
static void
run_two (Lane *first, EntSnapshot *twin)
{
  g_autoptr (EntRowReader) reader = ent_row_reader_twin (first->reader, twin);
  g_autoptr (EntCellMaker) cells = ent_cell_maker_twin (first->cells);
  g_autoptr (EntCsv) csv = ent_csv_twin (first->csv, ent_cell_maker_get_changes (cells));
  Lane second = { first->line, first->document, reader, cells, csv, 0, NULL };
  GThread *thread;

  ent_csv_set_turn (csv, wait_for_turn, &second);
  thread = g_thread_try_new ("export-lane", second_lane_thread, &second, NULL);
  run_first (first);
  if (thread != NULL)
    g_thread_join (thread);
  ent_cell_changes_add (first->document->changes, ent_cell_maker_get_changes (cells));
  if (second.error == NULL)
    (void) ent_csv_finish (csv, &second.error);
  if (first->error == NULL)
    first->error = g_steal_pointer (&second.error);
  g_clear_error (&second.error);
}

static EntSnapshot *
find_twin (const EntExportDocument *document, guint n_rows)
{
  if (n_rows < ROWS_FOR_TWO || g_get_num_processors () < 2)
    return NULL;
  return ent_snapshot_twin (document->snapshot);
}

gboolean
ent_csv_write_messages (EntExportDocument *document,
                        EntRowReader *reader,
                        EntCsv *csv,
                        GError **error)
{
  Line line = { .with_coverage = wants_coverage (document) };
  g_autoptr (EntSnapshot) twin = NULL;
  Lane lane = { &line, document, reader, document->cells, csv, 0, NULL };

  ent_row_reader_get_left (reader, &line.first, &line.n_rows);
  twin = find_twin (document, line.n_rows);
  /* What was written before is first, whoever writes next. */
  ent_csv_flush (csv);
  g_mutex_init (&line.lock);
  g_cond_init (&line.moved);
  ent_csv_set_turn (csv, wait_for_turn, &lane);
  if (twin != NULL)
    run_two (&lane, twin);
  else
    run_first (&lane);
  ent_csv_set_turn (csv, NULL, NULL);
  g_cond_clear (&line.moved);
  g_mutex_clear (&line.lock);

  document->rows_written += line.rows;
  if (lane.error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&lane.error));
  return FALSE;
}
