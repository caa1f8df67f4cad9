/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the data of the measurements.
 *   store ROWS FOLDER            a data folder, by the product's own ingestion, in batches of
 *                                2,000 in the order of a first synchronisation
 *   csv ROWS                     the same rows in order of time on standard output
 *   pages ROWS SIZE FOLDER       the same rows in the order of arrival as pages of a provider
 *   digest ROWS                  of the rows and of the store's layout: what was made of others is
 *                                of no use
 * Progress goes to standard error. */

#include "config.h"

#include "ent-columns.h"
#include "ent-schema.h"
#include "ent-store.h"
#include "perf-write.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 2000

static gboolean
ingest (EntStore *store, EntObservations *observations, GError **error)
{
  EntBatch *batch = ent_batch_new ("bench", "Benchmark");
  EntIngestResult result;

  batch->observations = observations;
  batch->now = PERF_NOW_MS;
  return ent_store_ingest (store, batch, &result, error);
}

static gboolean
ingest_day (EntStore *store, const PerfData *data, guint day, GError **error)
{
  g_autoptr (GArray) order = perf_data_day_order (data, day);

  for (guint i = 0; i < order->len; i += BATCH)
    {
      EntObservations *observations = ent_observations_new ();
      PerfRow row;

      for (guint k = i; k < MIN (i + BATCH, order->len); k++)
        {
          perf_data_row (data, g_array_index (order, guint64, k), &row);
          perf_append_observation (observations, &row);
        }
      if (!ingest (store, observations, error))
        return FALSE;
    }
  return TRUE;
}

/* All 90 days of each channel were read to the end. */
static gboolean
cover (EntStore *store, GError **error)
{
  EntBatch *batch = ent_batch_new ("bench", "Benchmark");
  EntIngestResult result;

  batch->now = PERF_NOW_MS;
  batch->coverage = g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));
  for (guint channel = 0; channel < ENT_N_CHANNELS; channel++)
    {
      EntCoverageInterval interval = {
        .from = PERF_START_MS,
        .to = PERF_NOW_MS,
        .fetched_at = PERF_NOW_MS,
        .channel = (EntChannel) channel,
      };

      g_array_append_val (batch->coverage, interval);
    }
  return ent_store_ingest (store, batch, &result, error);
}

static gboolean
make_store (guint64 n, const char *folder, GError **error)
{
  g_autoptr (PerfData) data = perf_data_new (n);
  g_autoptr (EntStore) store = ent_store_open (folder, error);
  gboolean good = store != NULL;

  for (guint day = PERF_DAYS; good && day-- > 0;)
    {
      good = ingest_day (store, data, day, error);
      if (day % 10 == 0)
        g_printerr ("  %u days left\n", day);
    }
  good = good && cover (store, error);
  if (store != NULL)
    ent_store_close (store);
  return good;
}

static gboolean
write_all (GString *out, GError **error)
{
  gboolean good = fwrite (out->str, 1, out->len, stdout) == out->len;

  g_string_truncate (out, 0);
  if (!good)
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO, "Writing failed");
  return good;
}

static gboolean
make_csv (guint64 n, GError **error)
{
  g_autoptr (PerfData) data = perf_data_new (n);
  g_autoptr (GString) out = g_string_sized_new (1 << 20);
  PerfRow row;

  for (guint64 i = 0; i < n; i++)
    {
      perf_data_row (data, i, &row);
      perf_append_csv (out, &row);
      if (out->len > (1 << 19) && !write_all (out, error))
        return FALSE;
    }
  return write_all (out, error);
}

static gboolean
make_pages (guint64 n, guint size, const char *folder, GError **error)
{
  g_autoptr (PerfData) data = perf_data_new (n);
  guint page = 0;

  for (guint day = PERF_DAYS; day-- > 0;)
    {
      g_autoptr (GArray) order = perf_data_day_order (data, day);

      for (guint i = 0; i < order->len; i += size, page++)
        {
          g_autofree char *path = g_strdup_printf ("%s/%06u.json", folder, page);
          g_autofree char *text = perf_engage_page (data, &g_array_index (order, guint64, i),
                                                    MIN (size, order->len - i), 0, size, FALSE);

          if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0644, error))
            return FALSE;
        }
    }
  return TRUE;
}

static char *
digest_of (const GString *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

/* The generator, by some of its rows; then the layout of the store. */
static gboolean
print_digest (guint64 n)
{
  g_autoptr (PerfData) data = perf_data_new (n);
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GString) layout = g_string_new (NULL);
  g_autofree char *of_rows = NULL;
  g_autofree char *of_layout = NULL;

  for (guint64 i = 0; i < n; i += 1 + n / 1000)
    {
      PerfRow row;

      perf_data_row (data, i, &row);
      perf_append_csv (rows, &row);
    }
  for (int i = 0; i < ent_messages_n_migrations; i++)
    g_string_append (layout, ent_messages_migrations[i]);
  g_string_append_printf (layout, "%x %u", ENT_SEGMENT_MAGIC, BATCH);
  of_rows = digest_of (rows);
  of_layout = digest_of (layout);
  return printf ("%s %s\n", of_rows, of_layout) > 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  guint64 n = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : 0;
  gboolean good = FALSE;

  if (n > 0 && argc == 4 && strcmp (argv[1], "store") == 0)
    good = make_store (n, argv[3], &error);
  else if (n > 0 && argc == 3 && strcmp (argv[1], "csv") == 0)
    good = make_csv (n, &error);
  else if (n > 0 && argc == 5 && strcmp (argv[1], "pages") == 0)
    good = make_pages (n, (guint) atoi (argv[3]), argv[4], &error);
  else if (n > 0 && argc == 3 && strcmp (argv[1], "digest") == 0)
    good = print_digest (n);
  else
    {
      g_printerr ("usage: entrega-bench-make store ROWS FOLDER | csv ROWS | "
                  "pages ROWS SIZE FOLDER | digest ROWS\n");
      return 2;
    }
  if (!good)
    g_printerr ("entrega-bench-make: %s\n", error->message);
  return good ? 0 : 1;
}
