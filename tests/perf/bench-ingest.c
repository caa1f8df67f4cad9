/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writing of messages, measured: the product's ingestion, and beside it the least that SQLite
 * itself needs for the same rows. Speaks perf-serve. Making the rows is not part of any time. */

#include "config.h"

#include "ent-store.h"
#include "perf-raw-insert.h"
#include "perf-serve.h"
#include "perf-write.h"

#include <string.h>

#define BATCH 2000

/* The rows of a day of the 10 M data, moved to the day after the last one and beyond: messages as
 * a daily synchronisation brings them. Each @salt gives other ids and another day. */
static void
make_new_row (const PerfData *data, guint64 index, guint salt, PerfRow *row)
{
  gint64 shift = (PERF_DAYS + salt) * PERF_DAY_MS;
  char prefix[9];

  perf_data_row (data, index, row);
  g_snprintf (prefix, sizeof prefix, "%08x", (guint) index ^ (salt * 0x9e3779b9u));
  memcpy (row->remote_id, prefix, 8);
  for (guint i = 0; i < ENT_N_STAGE_TIMES; i++)
    if (row->times[i] != ENT_TIME_NONE)
      row->times[i] += shift;
  row->updated_at += shift;
}

/* ---- Ours ----------------------------------------------------------------------------------- */

typedef void (*MakeFunc) (const PerfData *data, guint64 index, guint salt, PerfRow *row);

static void
make_row (const PerfData *data, guint64 index, guint salt, PerfRow *row)
{
  perf_data_row (data, index, row);
}

static EntBatch *
make_batch (const PerfData *data, const guint64 *order, guint n, MakeFunc make, guint salt)
{
  EntBatch *batch = ent_batch_new ("bench", "Benchmark");
  PerfRow row;

  batch->now = PERF_NOW_MS;
  batch->observations = ent_observations_new ();
  for (guint i = 0; i < n; i++)
    {
      make (data, order[i], salt, &row);
      perf_append_observation (batch->observations, &row);
    }
  return batch;
}

/* Only the calls of ent_store_ingest count. */
static gboolean
ingest_order (EntStore *store,
              const PerfData *data,
              GArray *order,
              guint n,
              MakeFunc make,
              guint salt,
              PerfClock *sum,
              GError **error)
{
  for (guint i = 0; i < n; i += BATCH)
    {
      EntBatch *batch =
          make_batch (data, &g_array_index (order, guint64, i), MIN (BATCH, n - i), make, salt);
      EntIngestResult result;
      PerfClock clock;

      perf_clock_start (&clock);
      if (!ent_store_ingest (store, batch, &result, error))
        return FALSE;
      perf_clock_add (&clock, sum);
      if (result.added != MIN (BATCH, n - i))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Some messages were there before");
          return FALSE;
        }
    }
  return TRUE;
}

/* {"rows":N,"folder":…}: all rows of N into an empty folder, in the order of arrival. */
static gboolean
do_fill (JsonObject *request, JsonObject *answer, gpointer unused, GError **error)
{
  g_autoptr (PerfData) data = perf_data_new ((guint64) perf_get_int (request, "rows", 0));
  g_autoptr (EntStore) store = ent_store_open (perf_get_string (request, "folder", ""), error);
  PerfClock sum = { 0, 0 };
  gboolean good = store != NULL;

  for (guint day = PERF_DAYS; good && day-- > 0;)
    {
      g_autoptr (GArray) order = perf_data_day_order (data, day);

      good = ingest_order (store, data, order, order->len, make_row, 0, &sum, error);
    }
  if (store != NULL)
    ent_store_close (store);
  perf_clock_tell (&sum, answer);
  return good;
}

/* {"rows":N,"folder":…,"salt":K}: N new messages of one day to what is there. */
static gboolean
do_append (JsonObject *request, JsonObject *answer, gpointer unused, GError **error)
{
  guint n = (guint) perf_get_int (request, "rows", 0);
  guint salt = (guint) perf_get_int (request, "salt", 0);
  g_autoptr (PerfData) data = perf_data_new ((guint64) n * PERF_DAYS);
  g_autoptr (EntStore) store = ent_store_open (perf_get_string (request, "folder", ""), error);
  g_autoptr (GArray) order = perf_data_day_order (data, 0);
  PerfClock sum = { 0, 0 };
  gboolean good;

  if (store == NULL)
    return FALSE;
  if (order->len < n)
    {
      g_autoptr (GArray) more = perf_data_day_order (data, 1);

      g_array_append_vals (order, more->data, more->len);
    }
  good = ingest_order (store, data, order, n, make_new_row, salt, &sum, error);
  perf_clock_tell (&sum, answer);
  ent_store_close (store);
  return good;
}

/* ---- The least that SQLite needs ------------------------------------------------------------ */

/* {"rows":N,"path":…} */
static gboolean
do_raw (JsonObject *request, JsonObject *answer, gpointer unused, GError **error)
{
  g_autoptr (PerfData) data = perf_data_new ((guint64) perf_get_int (request, "rows", 0));
  g_autoptr (PerfRawInsert) raw =
      perf_raw_insert_new (perf_get_string (request, "path", ""), error);
  g_autofree PerfRow *rows = g_new (PerfRow, BATCH);
  PerfClock sum = { 0, 0 };

  if (raw == NULL)
    return FALSE;
  for (guint day = PERF_DAYS; day-- > 0;)
    {
      g_autoptr (GArray) order = perf_data_day_order (data, day);

      for (guint i = 0; i < order->len; i += BATCH)
        {
          guint n = MIN (BATCH, order->len - i);
          PerfClock clock;

          for (guint k = 0; k < n; k++)
            perf_data_row (data, g_array_index (order, guint64, i + k), &rows[k]);
          perf_clock_start (&clock);
          if (!perf_raw_insert_rows (raw, rows, n, error))
            return FALSE;
          perf_clock_add (&clock, &sum);
        }
    }
  perf_clock_tell (&sum, answer);
  return TRUE;
}

static const PerfCommand commands[] = {
  { "fill", do_fill },
  { "append", do_append },
  { "raw", do_raw },
  { NULL, NULL },
};

int
main (int argc, char **argv)
{
  return perf_serve (commands, NULL);
}
