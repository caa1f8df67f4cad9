/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The job: the file appears whole or not at all, the history says what became of it, the same data
 * gives the same bytes, and what was counted is what was written. */

#include "config.h"

#include "ent-export-file.h"
#include "ent-export.h"
#include "ent-test-data.h"
#include "ent-test-util.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static EntExportRequest *
request_for (EntTestData *data, const char *name)
{
  g_autoptr (EntReport) report = ent_test_data_report ();
  g_autofree char *path = g_build_filename (data->dir, name, NULL);

  report->dialect = ENT_DIALECT_MACHINE;
  return ent_export_request_new (report, path, ent_clock_now ());
}

static EntExportResult *
run (EntTestData *data, const EntExportRequest *request, GError **error)
{
  return ent_export_run (data->store, data->user_data, request, NULL, NULL, NULL, error);
}

/* The newest record of the history. */
static EntExportRecord *
last_record (EntTestData *data)
{
  g_autoptr (GPtrArray) records = ent_user_data_list_exports (data->user_data, NULL);

  g_assert_nonnull (records);
  g_assert_cmpuint (records->len, >, 0);
  return ent_export_record_ref (g_ptr_array_index (records, 0));
}

/* No partial file is left behind. */
static void
assert_no_parts (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_null (strstr (name, ".part"));
}

static void
test_finished (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntExportRequest) request = request_for (data, "a.csv");
  g_autoptr (EntExportResult) result = NULL;
  g_autoptr (EntExportRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *text = NULL;
  GStatBuf info;
  gint64 bytes;

  result = run (data, request, &error);
  g_assert_no_error (error);
  g_assert_no_error (result->history_error);
  g_assert_cmpint (result->rows, ==, ENT_TEST_N_MESSAGES);
  g_assert_cmpint (result->matched, ==, ENT_TEST_N_MESSAGES);
  g_assert_cmpint (g_stat (request->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (info.st_size, ==, result->bytes);
  digest = ent_export_digest_file (request->path, &bytes, NULL, NULL);
  g_assert_cmpstr (digest, ==, result->sha256);
  g_assert_true (g_file_get_contents (request->path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "message_id,"));

  record = last_record (data);
  g_assert_cmpint (record->id, ==, result->record_id);
  g_assert_cmpint (record->state, ==, ENT_EXPORT_FINISHED);
  g_assert_cmpint (record->rows, ==, ENT_TEST_N_MESSAGES);
  g_assert_cmpint (record->bytes, ==, result->bytes);
  g_assert_cmpstr (record->sha256, ==, digest);
  g_assert_cmpstr (record->path, ==, request->path);
  g_assert_cmpstr (record->user, ==, g_get_user_name ());
  g_assert_cmpstr (record->subaccount, ==, "");
  g_assert_null (record->partial_path);
  g_assert_null (record->error);
  g_assert_nonnull (strstr (record->provenance, digest));
  assert_no_parts (data->dir);
}

/* What stands in the history is enough to run it again. */
static void
test_again (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntExportRequest) request = request_for (data, "a.csv");
  g_autoptr (EntExportRequest) again = NULL;
  g_autoptr (EntExportResult) first = NULL;
  g_autoptr (EntExportResult) second = NULL;
  g_autoptr (EntExportRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  request->side_car = TRUE;
  request->report->dialect = ENT_DIALECT_CUSTOM;
  request->custom = (EntCsvDialect){ '|', ',', FALSE, FALSE, TRUE, TRUE };
  first = run (data, request, &error);
  g_assert_no_error (error);
  record = last_record (data);
  again = ent_export_request_from_json (record->request, &error);
  g_assert_no_error (error);
  g_assert_true (ent_report_equal (again->report, request->report));
  g_assert_cmpint (again->now, ==, request->now);
  g_assert_true (again->side_car);
  g_assert_cmpint (again->custom.separator, ==, '|');
  g_assert_cmpint (again->custom.decimal, ==, ',');
  g_assert_false (again->custom.bom);
  g_assert_false (again->custom.crlf);
  g_assert_true (again->custom.safe);
  g_assert_true (again->custom.keys);
  second = run (data, again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->sha256, ==, second->sha256);
}

static void
test_damaged_requests (void)
{
  static const char *const texts[] = { "",
                                       "[]",
                                       "{}",
                                       "{\"path\":\"/x\",\"now\":\"2026-11-22T00:00:00Z\"}",
                                       "{\"path\":1,\"now\":2,\"report\":3}",
                                       "{\"path\":\"/x\",\"now\":\"soon\",\"report\":{}}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_export_request_from_json (texts[i], &error));
      g_assert_nonnull (error);
    }
}

static void
test_provenance (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntExportRequest) request = request_for (data, "a.csv");
  g_autoptr (EntExportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *path = g_strconcat (request->path, ENT_PROVENANCE_SUFFIX, NULL);
  g_autofree char *text = NULL;
  JsonObject *object, *changes, *rows, *period;

  request->side_car = TRUE;
  request->report->dialect = ENT_DIALECT_EXCEL_PT;
  result = run (data, request, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  node = json_from_string (text, NULL);
  object = json_node_get_object (node);
  g_assert_cmpint (json_object_get_int_member (object, "entrega_provenance"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (object, "dialect"), ==, "excel-pt");
  g_assert_cmpstr (json_object_get_string_member (object, "basis"), ==, "send-date");
  g_assert_cmpint (json_object_get_int_member (object, "data_version"), ==,
                   ent_store_get_data_version (data->store));
  period = json_object_get_object_member (object, "period");
  g_assert_cmpstr (json_object_get_string_member (period, "from"), ==, "2026-11-16");
  g_assert_cmpstr (json_object_get_string_member (period, "to"), ==, "2026-11-22");
  g_assert_cmpstr (json_object_get_string_member (period, "timezone"), ==, ENT_TEST_ZONE);
  rows = json_object_get_object_member (object, "rows");
  g_assert_cmpint (json_object_get_int_member (rows, "expected"), ==, ENT_TEST_N_MESSAGES);
  g_assert_cmpint (json_object_get_int_member (rows, "written"), ==, ENT_TEST_N_MESSAGES);
  changes = json_object_get_object_member (object, "changes");
  /* =HYPERLINK, =Promo, =Zé, +1, -1, @obrigada */
  g_assert_cmpint (json_object_get_int_member (changes, "neutralised_texts"), ==, 6);
  /* eleven phones, seven origins */
  g_assert_cmpint (json_object_get_int_member (changes, "phones_without_plus"), ==, 11 + 7);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (object, "file"), "sha256"), ==,
      result->sha256);
}

/* The wall clock has no part in the bytes. */
static void
test_same_bytes (void)
{
  g_autofree char *digests[2] = { NULL };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (EntTestData) data = ent_test_data_new ();
      g_autoptr (EntExportRequest) request = request_for (data, "a.csv");
      g_autoptr (EntExportResult) result = run (data, request, NULL);

      g_assert_nonnull (result);
      digests[i] = g_strdup (result->sha256);
    }
  g_assert_cmpstr (digests[0], ==, digests[1]);
  g_free (digests[1]);
}

static void
test_replaces (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntExportRequest) request = request_for (data, "a.csv");
  g_autofree char *target = ent_test_write_file (data->dir, "target", "untouched", -1);
  g_autofree char *text = NULL;
  g_autoptr (EntExportResult) result = NULL;

  /* A link is replaced, what it points at is not written to. */
  g_assert_cmpint (symlink (target, request->path), ==, 0);
  result = run (data, request, NULL);
  g_assert_nonnull (result);
  g_assert_false (g_file_test (request->path, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "untouched");
}

static void
assert_refused (EntTestData *data, const char *path, EntExportError code)
{
  g_autoptr (EntReport) report = ent_test_data_report ();
  g_autoptr (EntExportRequest) request = ent_export_request_new (report, path, ent_clock_now ());
  g_autoptr (EntExportRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (run (data, request, &error));
  g_assert_error (error, ENT_EXPORT_ERROR, (int) code);
  record = last_record (data);
  g_assert_cmpint (record->state, ==, ENT_EXPORT_FAILED);
  g_assert_true (g_str_has_prefix (record->error, "export:"));
  g_assert_null (record->partial_path);
}

static void
test_refused (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autofree char *file = ent_test_write_file (data->dir, "file", "x", -1);
  g_autofree char *under_file = g_build_filename (file, "a.csv", NULL);
  g_autofree char *nowhere = g_build_filename (data->dir, "nowhere", "a.csv", NULL);

  assert_refused (data, nowhere, ENT_EXPORT_ERROR_NOT_WRITABLE);
  assert_refused (data, under_file, ENT_EXPORT_ERROR_NOT_WRITABLE);
  assert_refused (data, data->dir, ENT_EXPORT_ERROR_NOT_WRITABLE);
  assert_no_parts (data->dir);
}

/* Asked before the first byte; the sentence has both sizes. */
static void
test_no_space (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "a.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_export_file_check_space (path, 1, &error));
  g_assert_no_error (error);
  g_assert_false (ent_export_file_check_space (path, G_MAXUINT64, &error));
  g_assert_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "PB needed"));
}

static void
test_long_name (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (EntExportRequest) request = NULL;
  g_autoptr (EntExportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 125; i++)
    g_string_append (name, "é");
  g_string_append (name, ".csv");
  request = request_for (data, name->str);
  result = run (data, request, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (request->path, G_FILE_TEST_IS_REGULAR));
}

static void
test_cancelled (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntExportRequest) request = request_for (data, "a.csv");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EntExportRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
      ent_export_run (data->store, data->user_data, request, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (request->path, G_FILE_TEST_EXISTS));
  assert_no_parts (data->dir);
  record = last_record (data);
  g_assert_cmpint (record->state, ==, ENT_EXPORT_CANCELLED);
  g_assert_null (record->error);
}

/* Cancelled at the last moment: the progress says that all rows are there. */
static void
cancel_cb (const EntExportProgress *progress, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancelled_while_running (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntExportRequest) request = request_for (data, "a.csv");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  before = ent_test_write_file (data->dir, "a.csv", "what was there before", -1);
  g_assert_null (ent_export_run (data->store, data->user_data, request, cancel_cb, cancellable,
                                 cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (before, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "what was there before");
  assert_no_parts (data->dir);
}

/* Without a history the export goes on. */
static void
test_without_history (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntExportRequest) request = request_for (data, "a.csv");
  g_autoptr (EntExportResult) result =
      ent_export_run (data->store, NULL, request, NULL, NULL, NULL, NULL);

  g_assert_nonnull (result);
  g_assert_cmpint (result->record_id, ==, 0);
  g_assert_true (g_file_test (request->path, G_FILE_TEST_IS_REGULAR));
}

static void
test_filter_in_history (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntExportRequest) request = request_for (data, "a.csv");
  g_autoptr (EntExportResult) result = NULL;
  g_autoptr (EntExportRecord) record = NULL;
  EntFilter *filter =
      ent_filter_with_word (request->report->filter, ENT_FILTER_SUBACCOUNT, "norte", NULL);

  ent_filter_unref (request->report->filter);
  request->report->filter = filter;
  result = run (data, request, NULL);
  g_assert_nonnull (result);
  g_assert_cmpint (result->rows, ==, 8);
  record = last_record (data);
  g_assert_cmpstr (record->subaccount, ==, "norte");
}

/* ---- In the background ---- */

typedef struct
{
  guint n_reports;
  gint64 last_done;
} Seen;

static void
seen_cb (const EntExportProgress *progress, gpointer user_data)
{
  Seen *seen = user_data;

  seen->n_reports++;
  seen->last_done = progress->done;
}

static void
test_async (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  enum
  {
    N = 5
  };
  GAsyncResult *results[N] = { NULL };
  Seen seen[N] = { { 0 } };

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.csv", i);
      g_autoptr (EntExportRequest) request = request_for (data, name);

      ent_export_run_async (data->store, data->user_data, request, seen_cb, &seen[i], NULL,
                            ent_test_store_result, &results[i]);
    }
  for (guint i = 0; i < N; i++)
    {
      g_autoptr (EntExportResult) result = NULL;
      g_autoptr (GError) error = NULL;

      ent_test_wait_async (&results[i], 10000);
      result = ent_export_run_finish (results[i], &error);
      g_assert_no_error (error);
      g_assert_cmpint (result->rows, ==, ENT_TEST_N_MESSAGES);
      g_assert_cmpuint (seen[i].n_reports, >, 0);
      g_object_unref (results[i]);
    }
}

static void
test_async_cancelled (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntExportRequest) first = request_for (data, "first.csv");
  g_autoptr (EntExportRequest) second = request_for (data, "second.csv");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EntExportResult) result = NULL;
  g_autoptr (GAsyncResult) first_result = NULL;
  g_autoptr (GAsyncResult) second_result = NULL;
  g_autoptr (GError) error = NULL;

  ent_export_run_async (data->store, data->user_data, first, NULL, NULL, NULL,
                        ent_test_store_result, &first_result);
  ent_export_run_async (data->store, data->user_data, second, NULL, NULL, cancellable,
                        ent_test_store_result, &second_result);
  g_cancellable_cancel (cancellable);
  ent_test_wait_async (&second_result, 10000);
  g_assert_null (ent_export_run_finish (second_result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (second->path, G_FILE_TEST_EXISTS));
  ent_test_wait_async (&first_result, 10000);
  result = ent_export_run_finish (first_result, NULL);
  g_assert_nonnull (result);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("SOURCE_DATE_EPOCH");
  g_test_add_func ("/export/finished", test_finished);
  g_test_add_func ("/export/again", test_again);
  g_test_add_func ("/export/damaged-requests", test_damaged_requests);
  g_test_add_func ("/export/provenance", test_provenance);
  g_test_add_func ("/export/same-bytes", test_same_bytes);
  g_test_add_func ("/export/replaces", test_replaces);
  g_test_add_func ("/export/refused", test_refused);
  g_test_add_func ("/export/no-space", test_no_space);
  g_test_add_func ("/export/long-name", test_long_name);
  g_test_add_func ("/export/cancelled", test_cancelled);
  g_test_add_func ("/export/cancelled-while-running", test_cancelled_while_running);
  g_test_add_func ("/export/without-history", test_without_history);
  g_test_add_func ("/export/filter-in-history", test_filter_in_history);
  g_test_add_func ("/export/async", test_async);
  g_test_add_func ("/export/async-cancelled", test_async_cancelled);
  return g_test_run ();
}
