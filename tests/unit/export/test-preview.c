/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A preview is the beginning of the file: of CSV its very lines, of the others its rows. */
#include "config.h"

#include "ent-export-preview.h"
#include "ent-test-data.h"
#include "ent-test-util.h"

#include <string.h>

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static EntExportPreview *
preview_of (EntTestData *data,
            const EntExportRequest *request,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ent_export_preview_async (data->store, data->user_data, request, cancellable, ready_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return ent_export_preview_finish (result, error);
}

static EntExportRequest *
request_new (EntTestData *data, EntFormat format)
{
  g_autoptr (EntReport) report = ent_test_data_report ();
  g_autofree char *path = g_build_filename (data->dir, "x", NULL);

  report->view = ENT_VIEW_DETAILED;
  report->format = format;
  report->dialect = ENT_DIALECT_MACHINE;
  return ent_export_request_new (report, path, ent_clock_now ());
}

static void
test_csv (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntExportRequest) request = request_new (data, ENT_FORMAT_CSV);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntExportPreview) preview = preview_of (data, request, NULL, &error);
  g_autoptr (EntExportResult) whole = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  whole = ent_export_run (data->store, data->user_data, request, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (request->path, &text, NULL, NULL));
  g_assert_null (preview->table);
  g_assert_true (g_str_has_prefix (text, preview->lines));
  g_assert_cmpuint (strlen (preview->lines), <, strlen (text));
  g_assert_cmpint (preview->rows, ==, whole->rows);
  g_assert_cmpint (preview->bytes, >, whole->bytes / 2);
  g_assert_cmpint (preview->bytes, <, whole->bytes * 2);
}

static void
test_table (void)
{
  static const EntFormat formats[] = { ENT_FORMAT_XLSX, ENT_FORMAT_PDF };
  g_autoptr (EntTestData) data = ent_test_data_new ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (EntExportRequest) request = request_new (data, formats[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (EntExportPreview) preview = preview_of (data, request, NULL, &error);
      guint columns;

      g_assert_no_error (error);
      g_assert_null (preview->lines);
      g_assert_cmpuint (preview->table->len, ==, 1 + 5);
      columns = g_strv_length (g_ptr_array_index (preview->table, 0));
      g_assert_cmpuint (columns, ==, ENT_N_COLUMNS);
      /* Texts with quotes, separators and line ends stay in their cells. */
      for (guint row = 1; row < preview->table->len; row++)
        g_assert_cmpuint (g_strv_length (g_ptr_array_index (preview->table, row)), ==, columns);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntExportRequest) request = request_new (data, ENT_FORMAT_XLSX);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (preview_of (data, request, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/preview/csv", test_csv);
  g_test_add_func ("/export/preview/table", test_table);
  g_test_add_func ("/export/preview/cancelled", test_cancelled);
  return g_test_run ();
}
