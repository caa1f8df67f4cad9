/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents of many rows in little memory; a program of its own, so that nothing else grows
 * meanwhile. The long run has over 100,000 rows of each format. */

#include "config.h"

#include "export-world.h"

#include "ent-pdf-document.h"
#include "ent-pdf-paper.h"
#include "ent-words.h"
#include "ent-xlsx-document.h"

#include "ent-test-util.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define LIMIT_KB (64 * 1024)

static glong
status_kb (const char *key)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, key);
  g_assert_nonnull (line);
  return strtol (line + strlen (key), NULL, 10);
}

/* The peak begins anew: filling the store is not what is measured. */
static void
forget_peak (void)
{
  int fd = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, "5", 1), ==, 1);
  close (fd);
}

static gboolean
write_document (EntExportDocument *document, int fd, const char *path, GError **error)
{
  EntXlsxLimits limits = ent_xlsx_limits_default ();

  if (document->report->format == ENT_FORMAT_XLSX)
    return ent_xlsx_write_document_within (document, path, &limits, error);
  return ent_pdf_write_document_on (document, fd, ENT_PDF_PAPER_A4, G_MAXUINT, error);
}

static void
check_memory (World *world, EntFormat format)
{
  g_autoptr (EntReport) report = world_report (ENT_VIEW_DETAILED, format);
  g_autoptr (EntExportRequest) request = world_request (world, report, "out");
  g_autoptr (EntExportDocument) document = world_document (world, request);
  gint64 start = g_get_monotonic_time ();
  glong before = status_kb ("VmRSS:"), more;
  int fd = open (request->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  GError *error = NULL;

  g_assert_cmpint (fd, >=, 0);
  forget_peak ();
  write_document (document, fd, request->path, &error);
  g_assert_no_error (error);
  close (fd);
  more = status_kb ("VmHWM:") - before;
  g_test_message ("%s: %d rows in %d ms, at most %ld kB more", ent_format_key (format),
                  (int) document->rows_written, (int) ((g_get_monotonic_time () - start) / 1000),
                  more);
  g_assert_cmpint (document->rows_written, ==, document->rows_expected);
  g_assert_cmpint (more, <, LIMIT_KB);
}

static void
test_memory (void)
{
  g_autoptr (World) world = world_new (ent_test_rounds (12000, 180000), TRUE);

  check_memory (world, ENT_FORMAT_XLSX);
  check_memory (world, ENT_FORMAT_PDF);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ent_words_init ("en");
  ent_clock_set (WORLD_NOW, NULL);
  g_test_add_func ("/export/documents/memory", test_memory);
  return g_test_run ();
}
