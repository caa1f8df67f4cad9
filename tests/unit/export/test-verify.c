/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifying a file: the same bytes again, what changed when the data did, and no trace left. */
#include "config.h"

#include "ent-export-verify.h"
#include "ent-provenance.h"
#include "ent-test-data.h"
#include "ent-test-util.h"

#include <glib/gstdio.h>
#include <string.h>

/* (transfer full): the path of the file that was made. */
static char *
export_as (EntTestData *data, EntFormat format, EntView view, gboolean side_car)
{
  g_autoptr (EntReport) report = ent_test_data_report ();
  g_autofree char *name = g_strdup_printf ("report.%s", ent_format_key (format));
  g_autofree char *path = g_build_filename (data->dir, name, NULL);
  g_autoptr (EntExportRequest) request = NULL;
  g_autoptr (EntExportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  report->format = format;
  report->view = view;
  request = ent_export_request_new (report, path, ent_clock_now ());
  request->side_car = side_car;
  result = ent_export_run (data->store, data->user_data, request, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

static EntVerification *
verify (EntTestData *data, const char *path)
{
  g_autoptr (GError) error = NULL;
  EntVerification *verification =
      ent_export_verify (data->store, data->user_data, path, NULL, &error);

  g_assert_no_error (error);
  return verification;
}

static void
assert_no_trace (EntTestData *data, guint n_records)
{
  g_autoptr (GDir) dir = g_dir_open (data->dir, 0, NULL);
  g_autoptr (GPtrArray) records = ent_user_data_list_exports (data->user_data, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "verify-"));
  g_assert_cmpuint (records->len, ==, n_records);
}

static void
test_same (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  guint n = 0;

  for (EntFormat format = ENT_FORMAT_CSV; format <= ENT_FORMAT_PDF; format++)
    for (EntView view = ENT_VIEW_CONSOLIDATED; view <= ENT_VIEW_DETAILED; view++)
      {
        g_autofree char *path = export_as (data, format, view, FALSE);
        g_autoptr (EntVerification) verification = verify (data, path);

        n++;
        g_assert_cmpint (verification->outcome, ==, ENT_VERIFY_SAME);
        g_assert_cmpuint (verification->changes->len, ==, 0);
      }
  assert_no_trace (data, n);
}

/* One message more in the period. */
static void
add_message (EntTestData *data)
{
  EntBatch *batch = ent_batch_new ("late", "Late source");
  EntObservation *observation;
  g_autoptr (GError) error = NULL;

  batch->observations = ent_observations_new ();
  batch->now = ent_clock_now ();
  observation = ent_observations_append (batch->observations);
  ent_observation_init (observation);
  observation->remote_id = "late-1";
  observation->updated_at = batch->now;
  observation->stages = ENT_STAGE_FLAG_ACCEPTED | ENT_STAGE_FLAG_SENT | ENT_STAGE_FLAG_DELIVERED;
  observation->stage_times[ENT_STAGE_TIME_ACCEPTED] = batch->now - 3600000;
  observation->numbers[ENT_FIELD_CHANNEL] = ENT_CHANNEL_SMS;
  observation->numbers[ENT_FIELD_DIRECTION] = ENT_DIRECTION_MT;
  g_assert_true (ent_store_ingest (data->store, batch, NULL, &error));
  g_assert_no_error (error);
}

static const EntVerifyChange *
find_change (const EntVerification *verification, const char *key)
{
  for (guint i = 0; i < verification->changes->len; i++)
    {
      const EntVerifyChange *change = g_ptr_array_index (verification->changes, i);

      if (strcmp (change->key, key) == 0)
        return change;
    }
  return NULL;
}

static void
test_changed (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autofree char *path = export_as (data, ENT_FORMAT_CSV, ENT_VIEW_CONSOLIDATED, FALSE);
  g_autoptr (EntVerification) verification = NULL;
  const EntVerifyChange *total;

  add_message (data);
  verification = verify (data, path);
  g_assert_cmpint (verification->outcome, ==, ENT_VERIFY_CHANGED);
  g_assert_nonnull (find_change (verification, "data_version"));
  g_assert_nonnull (find_change (verification, "totals.delivered"));
  total = find_change (verification, "totals.total");
  g_assert_nonnull (total);
  g_assert_cmpint (g_ascii_strtoll (total->after, NULL, 10), ==,
                   g_ascii_strtoll (total->before, NULL, 10) + 1);
  assert_no_trace (data, 1);
}

static void
test_edited_and_unknown (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autofree char *path = export_as (data, ENT_FORMAT_CSV, ENT_VIEW_DETAILED, FALSE);
  g_autofree char *stranger = g_build_filename (data->dir, "stranger.csv", NULL);
  g_autoptr (EntVerification) edited = NULL;
  g_autoptr (EntVerification) unknown = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "edited", -1, NULL));
  g_assert_true (g_file_set_contents (stranger, "from elsewhere", -1, NULL));
  edited = verify (data, path);
  unknown = verify (data, stranger);
  g_assert_cmpint (edited->outcome, ==, ENT_VERIFY_EDITED);
  g_assert_cmpint (unknown->outcome, ==, ENT_VERIFY_UNKNOWN);
  g_unlink (path);
  g_assert_null (ent_export_verify (data->store, data->user_data, path, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Where the history was cleared, the file's own side-car tells the report. */
static void
test_side_car (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autofree char *path = export_as (data, ENT_FORMAT_CSV, ENT_VIEW_DETAILED, TRUE);
  g_autofree char *side_car = g_strconcat (path, ENT_PROVENANCE_SUFFIX, NULL);
  g_autoptr (GPtrArray) records = ent_user_data_list_exports (data->user_data, NULL);
  g_autoptr (EntVerification) same = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_user_data_remove_export (
      data->user_data, ((EntExportRecord *) records->pdata[0])->id, TRUE, NULL));
  same = verify (data, path);
  g_assert_cmpint (same->outcome, ==, ENT_VERIFY_SAME);
  /* A broken one is said to be broken. */
  g_assert_true (g_file_set_contents (side_car, "{\"report\":[[[", -1, NULL));
  g_assert_null (ent_export_verify (data->store, data->user_data, path, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/verify/same", test_same);
  g_test_add_func ("/export/verify/changed", test_changed);
  g_test_add_func ("/export/verify/edited-and-unknown", test_edited_and_unknown);
  g_test_add_func ("/export/verify/side-car", test_side_car);
  return g_test_run ();
}
