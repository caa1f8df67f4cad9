/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDF documents, read back by poppler and qpdf: every number of the report is there as text, the
 * file is sound, its fonts travel with it. */

#include "config.h"

#include "export-world.h"

#include "ent-export-error.h"
#include "ent-pdf-document.h"
#include "ent-pdf-pages.h"
#include "ent-words.h"

#include "ent-test-util.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  World *world;
  EntReport *report;
  EntExportRequest *request;
  EntExportDocument *document;
  char *path;
  EntPdfPaper paper;
  guint max_rows;
} Case;

static Case *
case_new (guint n_messages, EntView view)
{
  Case *self = g_new0 (Case, 1);

  self->world = world_new (n_messages, TRUE);
  self->report = world_report (view, ENT_FORMAT_PDF);
  self->path = g_build_filename (self->world->dir, "out.pdf", NULL);
  self->paper = ENT_PDF_PAPER_A4;
  self->max_rows = ENT_PDF_MAX_ROWS;
  return self;
}

static void
case_free (Case *self)
{
  g_clear_pointer (&self->document, ent_export_document_free);
  g_clear_pointer (&self->request, ent_export_request_free);
  ent_report_free (self->report);
  world_free (self->world);
  g_free (self->path);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

static void
make_document (Case *self)
{
  g_clear_pointer (&self->document, ent_export_document_free);
  g_clear_pointer (&self->request, ent_export_request_free);
  self->request = world_request (self->world, self->report, "out.pdf");
  self->document = world_document (self->world, self->request);
}

static gboolean
try_write (Case *self, GError **error)
{
  int fd = open (self->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean ok;

  g_assert_cmpint (fd, >=, 0);
  ok = ent_pdf_write_document_on (self->document, fd, self->paper, self->max_rows, error);
  close (fd);
  return ok;
}

static void
write_case (Case *self)
{
  GError *error = NULL;

  make_document (self);
  try_write (self, &error);
  g_assert_no_error (error);
  g_assert_cmpint (self->document->rows_written + self->document->rows_skipped, ==,
                   self->document->rows_expected);
}

/* A font may have one glyph for all its spaces, so readers cannot tell them apart. (transfer full)
 */
static char *
with_plain_spaces (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\302\240", -1);

  return g_strjoinv (" ", parts);
}

static char *
text_of (Case *self)
{
  const char *const argv[] = { "pdftotext", "-layout", self->path, "-", NULL };
  g_autofree char *text = world_run (argv);

  return with_plain_spaces (text);
}

static char *
info_of (Case *self)
{
  const char *const argv[] = { "pdfinfo", self->path, NULL };

  return world_run (argv);
}

static void
assert_has (const char *text, const char *wanted)
{
  g_autofree char *plain = with_plain_spaces (wanted);

  if (strstr (text, plain) == NULL)
    g_error ("\"%s\" is not in the document", plain);
}

/* qpdf also fails on warnings. */
static void
check_sound (Case *self)
{
  const char *const qpdf[] = { "qpdf", "--check", self->path, NULL };
  const char *const fonts[] = { "pdffonts", self->path, NULL };
  g_autofree char *checked = world_run (qpdf);
  g_autofree char *listed = world_run (fonts);
  g_auto (GStrv) lines = g_strsplit (listed, "\n", -1);

  assert_has (checked, "No syntax or stream encoding errors found");
  g_assert_cmpuint (g_strv_length (lines), >, 3);
  for (guint i = 2; lines[i] != NULL && *lines[i] != '\0'; i++)
    if (strstr (lines[i], " yes yes yes ") == NULL)
      g_error ("not embedded as a subset with its characters: %s", lines[i]);
}

/* ---- What it says ---- */

static void
check_counters (const char *text, const EntCounters *counters, gboolean has_rates)
{
  static const EntStage stages[] = { ENT_STAGE_TOTAL,   ENT_STAGE_SENT,   ENT_STAGE_DELIVERED,
                                     ENT_STAGE_READ,    ENT_STAGE_ERRORS, ENT_STAGE_PENDING,
                                     ENT_STAGE_RECEIVED };

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autofree char *count = ent_words_count (ent_counters_stage (counters, stages[i]));

      assert_has (text, count);
    }
  for (guint i = 0; has_rates && i < ENT_N_RATES; i++)
    {
      EntRatio ratio = ent_counters_rate (counters, (EntRate) i, ENT_PERCENT_OF_PREVIOUS_STAGE);
      g_autofree char *percent = ent_words_rate_tenths ((EntRate) i, ent_ratio_tenths (ratio));
      g_autofree char *denominator = ent_words_count (ratio.denominator);
      g_autofree char *both = g_strdup_printf ("%s of %s", percent, denominator);

      if (ratio.denominator > 0)
        assert_has (text, both);
    }
}

static void
check_summary (Case *self, const char *text, EntBy by)
{
  g_autoptr (EntSummary) summary = ent_export_document_summarise (self->document, by, NULL);

  for (guint i = 0; i < summary->n_rows; i++)
    {
      const EntSummaryRow *row = &summary->rows[i];

      if (row->coverage != ENT_COVERAGE_NONE || row->counters.total > 0)
        check_counters (text, &row->counters, by != ENT_BY_STATUS && by != ENT_BY_REASON);
    }
}

static void
test_numbers (void)
{
  g_autoptr (Case) self = case_new (900, ENT_VIEW_CONSOLIDATED);
  g_autofree char *text = NULL;
  g_autofree char *coverage = NULL;

  write_case (self);
  check_sound (self);
  text = text_of (self);
  coverage = ent_export_document_coverage (self->document);
  assert_has (text, "Consolidated report");
  assert_has (text, "16–22 Nov 2026");
  assert_has (text, "America/Sao_Paulo");
  assert_has (text, coverage);
  assert_has (text, ent_words_rate_definition (ENT_RATE_DELIVERED, ENT_PERCENT_OF_PREVIOUS_STAGE));
  check_counters (text, &self->document->summary->totals, TRUE);
  check_summary (self, text, ENT_BY_DAY);
  check_summary (self, text, ENT_BY_SUBACCOUNT);
  check_summary (self, text, ENT_BY_USER);
  check_summary (self, text, ENT_BY_CAMPAIGN);
  check_summary (self, text, ENT_BY_CONTENT_TYPE);
}

/* A count below its stage, never a percentage alone. */
static void
test_percentages_have_counts (void)
{
  g_autoptr (Case) self = case_new (900, ENT_VIEW_CONSOLIDATED);
  g_autofree char *text = NULL;
  const char *p;
  guint n = 0;

  write_case (self);
  text = text_of (self);
  /* "96.2 % of 10,240", or "12 against 34: +5 %". */
  for (p = strstr (text, " %"); p != NULL; p = strstr (p + 1, " %"), n++)
    {
      const char *start = p;

      if (g_str_has_prefix (p + 2, " of "))
        continue;
      while (start > text && start[-1] != '\n' && p - start < 40)
        start--;
      g_assert_nonnull (g_strstr_len (start, p - start, " against "));
    }
  g_assert_cmpuint (n, >, 50);
}

static void
test_event_basis (void)
{
  g_autoptr (Case) self = case_new (300, ENT_VIEW_CONSOLIDATED);
  g_autofree char *text = NULL;

  self->report->basis = ENT_BASIS_EVENT_DATE;
  self->report->compare = ENT_COMPARE_NONE;
  write_case (self);
  text = text_of (self);
  /* Counts only in the tables of the funnel. */
  check_counters (text, &self->document->summary->totals, FALSE);
  g_assert_null (strstr (text, ent_words_rate (ENT_RATE_DELIVERED)));
}

static guint
count_of (const char *text, const char *wanted)
{
  guint n = 0;

  for (const char *p = strstr (text, wanted); p != NULL; p = strstr (p + 1, wanted))
    n++;
  return n;
}

/* Each message has its row, heads are repeated, pages are numbered. */
static void
check_messages (Case *self, guint rows)
{
  g_autoptr (EntRowReader) reader = NULL;
  g_autofree char *text = NULL;
  const EntMessage *message;
  const char *p;
  guint n = 0;

  write_case (self);
  g_assert_cmpint (self->document->rows_written, ==, rows);
  text = text_of (self);
  reader = ent_export_document_read (self->document, NULL);
  ent_row_reader_clip (reader, 0, rows);
  p = text;
  while ((message = ent_row_reader_next (reader, NULL, NULL)) != NULL)
    {
      g_autofree char *phone =
          g_strconcat ("+", ent_message_get_text (message, ENT_FIELD_PHONE), NULL);

      /* In their order. */
      p = strstr (p, phone);
      if (p == NULL)
        g_error ("%s is missing", phone);
      p++;
      n++;
    }
  g_assert_cmpuint (n, ==, rows);
}

static void
test_detailed (void)
{
  g_autoptr (Case) self = case_new (800, ENT_VIEW_DETAILED);
  g_autofree char *text = NULL;
  g_autofree char *last = NULL;
  g_autofree char *info = NULL;
  const char *pages;

  make_document (self);
  check_messages (self, (guint) self->document->rows_expected);
  check_sound (self);
  text = text_of (self);
  info = info_of (self);
  pages = strstr (info, "Pages:");
  g_assert_nonnull (pages);
  last = g_strdup_printf ("Page %d of %d", atoi (pages + 6), atoi (pages + 6));
  assert_has (text, last);
  /* 36 to a page and the heads on each. */
  g_assert_cmpuint (count_of (text, "Date and time"), >=, self->document->rows_expected / 40);
  /* Accents, other alphabets and emoji can be found and copied. */
  assert_has (text, "João da Silva");
  assert_has (text, "ÁÉÍÓÚ ãõ ç ñ ü");
  assert_has (text, "🎉📦");
  assert_has (text, "‹U+202E›");
  assert_has (text, "linha um linha dois linha três");
}

static void
test_first_rows (void)
{
  g_autoptr (Case) self = case_new (400, ENT_VIEW_DETAILED);
  g_autofree char *text = NULL;
  g_autofree char *note = NULL;

  self->max_rows = 50;
  check_messages (self, 50);
  text = text_of (self);
  note =
      g_strdup_printf ("The first 50 messages of %d messages", (int) self->document->rows_expected);
  assert_has (text, note);
  g_assert_cmpint (self->document->rows_skipped, ==, self->document->rows_expected - 50);
}

static void
test_20000_rows (void)
{
  g_autoptr (Case) self = case_new (31000, ENT_VIEW_DETAILED);
  gint64 start;

  self->max_rows = 20000;
  make_document (self);
  g_assert_cmpint (self->document->rows_expected, >, 20000);
  start = g_get_monotonic_time ();
  check_messages (self, 20000);
  g_test_message ("20,000 rows written and read in %d ms",
                  (int) ((g_get_monotonic_time () - start) / 1000));
  if (ent_test_is_long ())
    check_sound (self);
}

/* As many as are ever printed, in a run that takes its time. */
static void
test_most_rows (void)
{
  g_autoptr (Case) self = case_new (ent_test_rounds (4000, 155000), ENT_VIEW_DETAILED);

  self->max_rows = ENT_PDF_MAX_ROWS;
  make_document (self);
  if (ent_test_is_long ())
    g_assert_cmpint (self->document->rows_expected, >, ENT_PDF_MAX_ROWS);
  check_messages (self, MIN (self->document->rows_expected, ENT_PDF_MAX_ROWS));
}

static void
test_empty_and_one (void)
{
  for (guint n = 0; n < 2; n++)
    {
      g_autoptr (Case) self = case_new (n, ENT_VIEW_DETAILED);
      g_autofree char *text = NULL;

      write_case (self);
      check_sound (self);
      text = text_of (self);
      assert_has (text, n == 0 ? "0 messages; times" : "1 message; times");
      self->report->view = ENT_VIEW_CONSOLIDATED;
      write_case (self);
      check_sound (self);
    }
}

static void
test_metadata (void)
{
  g_autoptr (Case) self = case_new (60, ENT_VIEW_DETAILED);
  const char *const outline[] = { "/usr/bin/python3", "-c",
                                  "import sys, subprocess, json\n"
                                  "d = json.loads(subprocess.run(['qpdf', '--json', sys.argv[1]],"
                                  " capture_output=True, check=True).stdout)\n"
                                  "print([o['title'] for o in d['outlines']])\n"
                                  "print([p['label']['/S'] if isinstance(p['label'], dict) and"
                                  " '/S' in p['label'] else p['label'] for p in d['pages']][:2])",
                                  self->path, NULL };
  g_autofree char *info = NULL;
  g_autofree char *titles = NULL;

  write_case (self);
  info = info_of (self);
  assert_has (info, "Title:           Detailed report");
  assert_has (info, "Creator:         Entrega " VERSION);
  assert_has (info, "CreationDate:    Sun Nov 22 18:30:00 2026");
  assert_has (info, "inputs-sha256:");
  assert_has (info, "595 x 842 pts (A4)");
  titles = world_run (outline);
  assert_has (titles, "'Detailed report', 'By day', 'Subaccount'");
  assert_has (titles, "'Messages', 'Provenance'");
}

static void
test_same_bytes (void)
{
  g_autoptr (Case) self = case_new (200, ENT_VIEW_DETAILED);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize first_length, second_length;

  write_case (self);
  g_assert_true (g_file_get_contents (self->path, &first, &first_length, NULL));
  write_case (self);
  g_assert_true (g_file_get_contents (self->path, &second, &second_length, NULL));
  g_assert_cmpmem (first, first_length, second, second_length);
}

static void
test_letter_in_portuguese (void)
{
  g_autoptr (Case) self = case_new (2000, ENT_VIEW_CONSOLIDATED);
  g_autofree char *text = NULL;
  g_autofree char *info = NULL;

  g_assert_true (ent_words_init ("pt_BR"));
  g_assert_false (ent_pdf_paper_is_letter ());
  self->paper = ENT_PDF_PAPER_LETTER;
  write_case (self);
  check_sound (self);
  text = text_of (self);
  info = info_of (self);
  ent_words_init ("en");
  assert_has (info, "612 x 792 pts (letter)");
  assert_has (text, "Relatório consolidado");
  assert_has (text, "Entregues");
  g_assert_true (ent_words_init ("en_US"));
  g_assert_true (ent_pdf_paper_is_letter ());
  ent_words_init ("en");
}

static void
test_hostile_title (void)
{
  g_autoptr (Case) self = case_new (10, ENT_VIEW_CONSOLIDATED);
  g_autofree char *text = NULL;
  GError *error = NULL;

  make_document (self);
  self->request->template_name = g_strdup ("a\nb \342\200\256c') (dest='x' <b>&amp; 🎉");
  try_write (self, &error);
  g_assert_no_error (error);
  check_sound (self);
  text = text_of (self);
  assert_has (text, "<b>&amp; 🎉");
  assert_has (text, "‹U+202E›");
}

/* ---- Pages for the printer ---- */

static void
test_pages_on_any_surface (void)
{
  g_autoptr (Case) self = case_new (150, ENT_VIEW_DETAILED);
  g_autoptr (EntPdfPages) pages = NULL;
  GError *error = NULL;
  guint wide = 0;

  make_document (self);
  pages = ent_pdf_pages_new (self->document, self->paper, 100, &error);
  g_assert_no_error (error);
  /* The document may go; pages come in any order, also alone. */
  g_clear_pointer (&self->document, ent_export_document_free);
  for (guint i = ent_pdf_pages_get_n (pages); i-- > 0;)
    {
      EntPdfPaper size = ent_pdf_pages_get_size (pages, i);
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 850, 850);
      cairo_t *cr = cairo_create (surface);
      const guint32 *pixels;
      gboolean inked = FALSE;

      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      ent_pdf_pages_draw (pages, i, cr);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_flush (surface);
      pixels = (const guint32 *) (const void *) cairo_image_surface_get_data (surface);
      for (guint p = 0; p < 850 * 850; p++)
        inked = inked || (pixels[p] & 0xffffff) != 0xffffff;
      g_assert_true (inked);
      wide += size.width > size.height;
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (wide, ==, 3); /* 100 messages */
}

/* ---- What goes wrong ---- */

static void
test_no_space (void)
{
  g_autoptr (Case) self = case_new (300, ENT_VIEW_DETAILED);
  int fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  GError *error = NULL;

  g_assert_cmpint (fd, >=, 0);
  make_document (self);
  g_assert_false (ent_pdf_write_document (self->document, fd, self->path, &error));
  g_assert_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FULL);
  g_clear_error (&error);
  close (fd);
}

typedef struct
{
  GCancellable *cancellable;
  gint64 after;
} Stop;

static void
stop_cb (gint64 done, gint64 total, gpointer data)
{
  Stop *stop = data;

  if (done >= stop->after)
    g_cancellable_cancel (stop->cancellable);
}

/* Before, while reading, while drawing: always a clean error. */
static void
test_cancel (void)
{
  g_autoptr (Case) self = case_new (2000, ENT_VIEW_DETAILED);

  for (guint quarters = 0; quarters < 4; quarters++)
    {
      GError *error = NULL;
      Stop stop = { 0 };

      make_document (self);
      stop.cancellable = self->document->cancellable = g_cancellable_new ();
      stop.after = self->document->rows_expected * quarters / 4;
      self->document->tick = stop_cb;
      self->document->tick_data = &stop;
      g_assert_false (try_write (self, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ent_words_init ("en");
  ent_clock_set (WORLD_NOW, NULL);
  g_test_add_func ("/export/pdf/numbers", test_numbers);
  g_test_add_func ("/export/pdf/percentages-have-counts", test_percentages_have_counts);
  g_test_add_func ("/export/pdf/event-basis", test_event_basis);
  g_test_add_func ("/export/pdf/detailed", test_detailed);
  g_test_add_func ("/export/pdf/first-rows", test_first_rows);
  g_test_add_func ("/export/pdf/20000-rows", test_20000_rows);
  g_test_add_func ("/export/pdf/most-rows", test_most_rows);
  g_test_add_func ("/export/pdf/empty-and-one", test_empty_and_one);
  g_test_add_func ("/export/pdf/metadata", test_metadata);
  g_test_add_func ("/export/pdf/same-bytes", test_same_bytes);
  g_test_add_func ("/export/pdf/letter-in-portuguese", test_letter_in_portuguese);
  g_test_add_func ("/export/pdf/hostile-title", test_hostile_title);
  g_test_add_func ("/export/pdf/pages-on-any-surface", test_pages_on_any_surface);
  g_test_add_func ("/export/pdf/no-space", test_no_space);
  g_test_add_func ("/export/pdf/cancel", test_cancel);
  return g_test_run ();
}
