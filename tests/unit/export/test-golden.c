/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The very bytes of CSV files, in the language of the first argument. ENTREGA_UPDATE_GOLDEN=1
 * writes the present ones instead of comparing, for a person to look at the difference. */

#include "config.h"

#include "ent-export.h"
#include "ent-test-data.h"
#include "ent-test-util.h"
#include "ent-words.h"

#include <string.h>

static EntTestData *data;

static char *
golden_path (const char *name)
{
  g_autofree char *folder =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", ent_words_get_locale (), NULL);

  g_mkdir_with_parents (folder, 0755);
  return g_build_filename (folder, name, NULL);
}

static void
compare (const char *name, const char *written_path)
{
  g_autofree char *path = golden_path (name);
  g_autofree char *written = NULL;
  g_autofree char *wanted = NULL;
  gsize written_length, wanted_length;

  g_assert_true (g_file_get_contents (written_path, &written, &written_length, NULL));
  if (g_getenv ("ENTREGA_UPDATE_GOLDEN") != NULL)
    g_assert_true (g_file_set_contents (path, written, written_length, NULL));
  g_test_message ("%s", path);
  g_assert_true (g_file_get_contents (path, &wanted, &wanted_length, NULL));
  g_assert_cmpmem (written, written_length, wanted, wanted_length);
}

static void
export_as (const EntReport *report, const char *name)
{
  g_autofree char *path = g_build_filename (data->dir, name, NULL);
  g_autoptr (EntExportRequest) request = ent_export_request_new (report, path, ent_clock_now ());
  g_autoptr (EntExportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  result = ent_export_run (data->store, NULL, request, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->rows, ==, result->matched);
  compare (name, path);
}

static void
test_detailed (void)
{
  g_autoptr (EntReport) report = ent_test_data_report ();

  report->dialect = ENT_DIALECT_DEFAULT;
  export_as (report, "detailed.csv");
}

static void
test_detailed_machine (void)
{
  g_autoptr (EntReport) report = ent_test_data_report ();

  report->dialect = ENT_DIALECT_MACHINE;
  export_as (report, "detailed-machine.csv");
}

static void
test_private (void)
{
  g_autoptr (EntReport) report = ent_test_data_report ();

  report->privacy = ENT_PRIVACY_LAST4 | ENT_PRIVACY_NO_CONTENT;
  export_as (report, "detailed-last4.csv");
}

static void
test_columns (void)
{
  g_autoptr (EntReport) report = ent_test_data_report ();
  static const EntColumn columns[] = { ENT_COLUMN_PHONE, ENT_COLUMN_CONTENT,
                                       ENT_COLUMN_CREATED_AT };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      EntReportColumn column = { columns[i], 0 };

      g_array_append_val (report->columns, column);
    }
  report->sort = (EntSort){ ENT_COLUMN_PHONE, FALSE };
  export_as (report, "columns.csv");
}

static void
test_by_day (void)
{
  g_autoptr (EntReport) report = ent_test_data_report ();

  /* The first days were never synchronised: empty fields, no zeros. */
  report->view = ENT_VIEW_CONSOLIDATED;
  report->period.kind = ENT_PERIOD_LAST_30_DAYS;
  export_as (report, "by-day.csv");
}

static void
test_by_day_machine (void)
{
  g_autoptr (EntReport) report = ent_test_data_report ();

  report->view = ENT_VIEW_CONSOLIDATED;
  report->dialect = ENT_DIALECT_MACHINE;
  export_as (report, "by-day-machine.csv");
}

static void
test_by_campaign (void)
{
  g_autoptr (EntReport) report = ent_test_data_report ();

  report->view = ENT_VIEW_CONSOLIDATED;
  report->by = ENT_BY_CAMPAIGN;
  report->percent_of = ENT_PERCENT_OF_TOTAL;
  export_as (report, "by-campaign.csv");
}

static void
test_by_hour_of_events (void)
{
  g_autoptr (EntReport) report = ent_test_data_report ();

  report->view = ENT_VIEW_CONSOLIDATED;
  report->by = ENT_BY_HOUR;
  report->basis = ENT_BASIS_EVENT_DATE;
  report->period.kind = ENT_PERIOD_TODAY;
  export_as (report, "by-hour-of-events.csv");
}

int
main (int argc, char **argv)
{
  g_autofree char *locale = NULL;
  int status;

  g_assert_cmpint (argc, >=, 2);
  locale = g_strconcat (argv[1], ".UTF-8", NULL);
  g_setenv ("LC_ALL", locale, TRUE);
  g_unsetenv ("LANGUAGE");
  g_unsetenv ("SOURCE_DATE_EPOCH");
  g_assert_true (ent_words_init (NULL));
  argv[1] = argv[0];
  argv++;
  argc--;
  g_test_init (&argc, &argv, NULL);
  data = ent_test_data_new ();
  g_test_add_func ("/golden/detailed", test_detailed);
  g_test_add_func ("/golden/detailed-machine", test_detailed_machine);
  g_test_add_func ("/golden/private", test_private);
  g_test_add_func ("/golden/columns", test_columns);
  g_test_add_func ("/golden/by-day", test_by_day);
  g_test_add_func ("/golden/by-day-machine", test_by_day_machine);
  g_test_add_func ("/golden/by-campaign", test_by_campaign);
  g_test_add_func ("/golden/by-hour-of-events", test_by_hour_of_events);
  status = g_test_run ();
  ent_test_data_free (data);
  return status;
}
