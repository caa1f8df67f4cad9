/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks, read back with openpyxl: every number, every type, every text. */

#include "config.h"

#include "export-world.h"

#include "ent-export-error.h"
#include "ent-words.h"
#include "ent-xlsx-check.h"
#include "ent-xlsx-document.h"

#include "ent-test-util.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define N_COUNTERS ENT_N_COUNTER_KEYS

/* Prints all sheets as one JSON object: name → rows; dates as ISO texts, and each cell's type. */
static const char dump_script[] =
    "import sys, json, datetime, openpyxl\n"
    "book = openpyxl.load_workbook(sys.argv[1])\n"
    "out = {'sheets': [], 'created': book.properties.created.isoformat()}\n"
    "for s in book:\n"
    "    rows = []\n"
    "    for row in s.iter_rows():\n"
    "        rows.append([{'t': c.data_type, 'f': c.number_format,\n"
    "                      'v': c.value.isoformat() if hasattr(c.value, 'isoformat') else\n"
    "                      c.value.replace('_x005F_', '_') if isinstance(c.value, str) else\n"
    "                      c.value}\n"
    "                     for c in row])\n"
    "    out['sheets'].append({'name': s.title, 'rows': rows, 'charts': len(s._charts),\n"
    "                          'freeze': s.freeze_panes, 'filter': s.auto_filter.ref})\n"
    "print(json.dumps(out))\n";

typedef struct
{
  World *world;
  EntReport *report;
  EntExportRequest *request;
  EntExportDocument *document;
  char *path;
  EntXlsxLimits limits;
} Case;

static Case *
case_new (guint n_messages, EntView view)
{
  Case *self = g_new0 (Case, 1);

  self->world = world_new (n_messages, TRUE);
  self->report = world_report (view, ENT_FORMAT_XLSX);
  self->path = g_build_filename (self->world->dir, "out.xlsx", NULL);
  self->limits = ent_xlsx_limits_default ();
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
  self->request = world_request (self->world, self->report, "out.xlsx");
  self->document = world_document (self->world, self->request);
}

static void
write_case (Case *self)
{
  GError *error = NULL;
  g_autofree char *temp = g_strconcat (self->path, ".d", NULL);

  make_document (self);
  g_assert_true (
      ent_xlsx_write_document_within (self->document, self->path, &self->limits, &error));
  g_assert_no_error (error);
  g_assert_cmpint (self->document->rows_written, ==, self->document->rows_expected);
  /* Nothing is left beside the file. */
  g_assert_cmpint (g_access (temp, F_OK), ==, -1);
}

static JsonNode *
dump (Case *self)
{
  g_autofree char *text = world_python (dump_script, self->path);
  GError *error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

static JsonArray *
sheets_of (JsonNode *book)
{
  return json_object_get_array_member (json_node_get_object (book), "sheets");
}

static JsonObject *
sheet_at (JsonNode *book, guint index)
{
  return json_array_get_object_element (sheets_of (book), index);
}

static JsonObject *
find_sheet (JsonNode *book, const char *name)
{
  for (guint i = 0; i < json_array_get_length (sheets_of (book)); i++)
    if (g_str_equal (json_object_get_string_member (sheet_at (book, i), "name"), name))
      return sheet_at (book, i);
  return NULL;
}

static guint
n_rows (JsonObject *sheet)
{
  return json_array_get_length (json_object_get_array_member (sheet, "rows"));
}

static JsonObject *
cell_at (JsonObject *sheet, guint row, guint column)
{
  JsonArray *rows = json_object_get_array_member (sheet, "rows");

  return json_array_get_object_element (json_array_get_array_element (rows, row), column);
}

static const char *
text_at (JsonObject *sheet, guint row, guint column)
{
  JsonNode *value = json_object_get_member (cell_at (sheet, row, column), "v");

  return JSON_NODE_HOLDS_NULL (value) ? "" : json_node_get_string (value);
}

static gint64
number_at (JsonObject *sheet, guint row, guint column)
{
  JsonObject *cell = cell_at (sheet, row, column);

  g_assert_cmpstr (json_object_get_string_member (cell, "t"), ==, "n");
  g_assert_false (json_object_get_null_member (cell, "v"));
  return json_object_get_int_member (cell, "v");
}

static gboolean
is_empty_at (JsonObject *sheet, guint row, guint column)
{
  return json_object_get_null_member (cell_at (sheet, row, column), "v");
}

static gint
find_column (JsonObject *sheet, const char *head)
{
  JsonArray *first = json_array_get_array_element (json_object_get_array_member (sheet, "rows"), 0);

  for (guint i = 0; i < json_array_get_length (first); i++)
    if (g_str_equal (text_at (sheet, 0, i), head))
      return (gint) i;
  return -1;
}

/* ---- What the sheets say ---- */

static void
check_rates (JsonObject *sheet, guint row, const EntCounters *counters)
{
  for (guint i = 0; i < ENT_N_RATES; i++)
    {
      guint column = 1 + N_COUNTERS + 3 * i;
      EntRatio ratio = ent_counters_rate (counters, (EntRate) i, ENT_PERCENT_OF_PREVIOUS_STAGE);
      int tenths = ent_ratio_tenths (ratio);

      g_assert_cmpint (number_at (sheet, row, column), ==, ratio.numerator);
      g_assert_cmpint (number_at (sheet, row, column + 1), ==, ratio.denominator);
      if (tenths == ENT_TENTHS_NONE)
        g_assert_true (is_empty_at (sheet, row, column + 2));
      else
        g_assert_cmpfloat_with_epsilon (
            json_object_get_double_member (cell_at (sheet, row, column + 2), "v"), tenths / 1000.0,
            1e-9);
    }
}

static void
check_table (JsonObject *sheet, const EntSummary *summary)
{
  g_assert_cmpuint (n_rows (sheet), ==, summary->n_rows + 1);
  for (guint i = 0; i < summary->n_rows; i++)
    {
      const EntSummaryRow *row = &summary->rows[i];

      if (row->coverage == ENT_COVERAGE_NONE && row->counters.total == 0)
        {
          g_assert_true (is_empty_at (sheet, i + 1, 1));
          continue;
        }
      for (guint c = 0; c < N_COUNTERS; c++)
        g_assert_cmpint (number_at (sheet, i + 1, 1 + c), ==,
                         ent_counters_value (&row->counters, c));
      check_rates (sheet, i + 1, &row->counters);
      if (summary->by == ENT_BY_DAY)
        g_assert_true (g_str_has_prefix (text_at (sheet, i + 1, 0), row->key));
    }
}

static void
test_consolidated (void)
{
  g_autoptr (Case) self = case_new (500, ENT_VIEW_CONSOLIDATED);
  g_autoptr (JsonNode) book = NULL;
  JsonObject *days;

  write_case (self);
  book = dump (self);
  g_assert_cmpstr (json_object_get_string_member (sheet_at (book, 0), "name"), ==, "Summary");
  g_assert_cmpint (json_object_get_int_member (sheet_at (book, 0), "charts"), ==, 1);
  days = find_sheet (book, "By day");
  g_assert_nonnull (days);
  g_assert_cmpint (json_object_get_int_member (days, "charts"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (days, "freeze"), ==, "B2");
  g_assert_cmpstr (json_object_get_string_member (days, "filter"), ==, "A1:W8");
  check_table (days, self->document->summary);
  g_assert_null (find_sheet (book, "Detailed"));
  g_assert_nonnull (find_sheet (book, "Provenance"));
  /* The day that was never synchronised has a state and no numbers. */
  g_assert_cmpint (self->document->summary->days_by_coverage[ENT_COVERAGE_NONE], >, 0);
}

static void
test_breakdowns (void)
{
  static const EntBy dimensions[] = { ENT_BY_SUBACCOUNT,   ENT_BY_USER,   ENT_BY_CAMPAIGN,
                                      ENT_BY_CONTENT_TYPE, ENT_BY_STATUS, ENT_BY_REASON };
  g_autoptr (Case) self = case_new (500, ENT_VIEW_CONSOLIDATED);
  g_autoptr (JsonNode) book = NULL;

  write_case (self);
  book = dump (self);
  for (guint i = 0; i < G_N_ELEMENTS (dimensions); i++)
    {
      g_autoptr (EntSummary) summary =
          ent_export_document_summarise (self->document, dimensions[i], NULL);
      JsonObject *sheet = find_sheet (book, ent_words_by (dimensions[i]));
      gint64 total = 0;

      g_assert_nonnull (sheet);
      check_table (sheet, summary);
      for (guint row = 1; row < n_rows (sheet); row++)
        total += number_at (sheet, row, 1);
      g_assert_cmpint (total, ==, self->document->summary->totals.total);
    }
  /* No message has a carrier. */
  g_assert_null (find_sheet (book, ent_words_by (ENT_BY_CARRIER)));
}

static void
test_summary (void)
{
  g_autoptr (Case) self = case_new (500, ENT_VIEW_CONSOLIDATED);
  g_autoptr (JsonNode) book = NULL;
  const EntCounters *totals;
  JsonObject *sheet;
  guint found = 0;

  write_case (self);
  book = dump (self);
  sheet = sheet_at (book, 0);
  totals = &self->document->summary->totals;
  for (guint row = 0; row < n_rows (sheet); row++)
    for (guint stage = 0; stage < ENT_N_STAGES; stage++)
      if (g_str_equal (text_at (sheet, row, 0), ent_words_stage ((EntStage) stage)) &&
          g_str_equal (json_object_get_string_member (cell_at (sheet, row, 1), "t"), "n"))
        {
          g_assert_cmpint (number_at (sheet, row, 1), ==,
                           ent_counters_stage (totals, (EntStage) stage));
          g_assert_cmpint (number_at (sheet, row, 5), ==,
                           ent_counters_stage (&self->document->current->totals, (EntStage) stage));
          g_assert_cmpint (
              number_at (sheet, row, 6), ==,
              ent_counters_stage (&self->document->compared->totals, (EntStage) stage));
          found++;
        }
  g_assert_cmpuint (found, ==, ENT_N_STAGES);
}

/* Texts as they were cleaned; phones and ids as texts; times as dates of the report's zone. */
static void
check_message (JsonObject *sheet, guint row, const EntMessage *message, const EntZone *zone)
{
  const char *content = ent_message_get_text (message, ENT_FIELD_CONTENT);
  const char *phone = ent_message_get_text (message, ENT_FIELD_PHONE);
  const char *correlation = ent_message_get_text (message, ENT_FIELD_CORRELATION_ID);
  gint at = find_column (sheet, ent_words_column (ENT_COLUMN_CONTENT));
  JsonObject *cell = cell_at (sheet, row, (guint) at);
  g_auto (GStrv) lines = g_strsplit (content, "\r\n", -1);
  g_autofree char *joined = g_strjoinv ("\n", lines);
  EntDay day;
  int hour, minute, second;
  g_autofree char *date = NULL;
  g_autofree char *local = NULL;

  g_strdelimit (joined, "\r", '\n');
  g_assert_cmpstr (json_object_get_string_member (cell, "t"), ==, "s");
  g_assert_cmpstr (json_object_get_string_member (cell, "v"), ==, joined);
  cell = cell_at (sheet, row, (guint) find_column (sheet, ent_words_column (ENT_COLUMN_PHONE)));
  g_assert_cmpstr (json_object_get_string_member (cell, "t"), ==, "s");
  g_assert_cmpstr (json_object_get_string_member (cell, "v") + 1, ==, phone);
  at = find_column (sheet, ent_words_column (ENT_COLUMN_CORRELATION_ID));
  g_assert_cmpstr (text_at (sheet, row, (guint) at), ==, correlation != NULL ? correlation : "");
  ent_zone_local (zone, ent_message_get_time (message, NULL), &day, &hour, &minute, &second, NULL);
  date = ent_day_format (day);
  local = g_strdup_printf ("%sT%02d:%02d:%02d", date, hour, minute, second);
  cell = cell_at (sheet, row, 3);
  g_assert_cmpstr (json_object_get_string_member (cell, "t"), ==, "d");
  g_assert_cmpstr (json_object_get_string_member (cell, "v"), ==, local);
}

static void
test_detailed (void)
{
  g_autoptr (Case) self = case_new (300, ENT_VIEW_DETAILED);
  g_autoptr (JsonNode) book = NULL;
  g_autoptr (EntRowReader) reader = NULL;
  const EntMessage *message;
  JsonObject *sheet;
  guint row = 1;

  write_case (self);
  book = dump (self);
  sheet = find_sheet (book, "Detailed");
  g_assert_nonnull (sheet);
  g_assert_cmpuint (n_rows (sheet), ==, self->document->rows_expected + 1);
  g_assert_cmpstr (json_object_get_string_member (sheet, "freeze"), ==, "B2");
  g_assert_cmpint (find_column (sheet, "Sent at (America/Sao_Paulo)"), >, 0);
  reader = ent_export_document_read (self->document, NULL);
  while ((message = ent_row_reader_next (reader, NULL, NULL)) != NULL)
    check_message (sheet, row++, message, self->document->query->zone);
  g_assert_cmpuint (row, ==, n_rows (sheet));
}

/* No cell of any sheet is a formula, whatever the texts were. */
static void
test_no_formulas (void)
{
  g_autoptr (Case) self = case_new (300, ENT_VIEW_DETAILED);
  const char *const unzip[] = { "/usr/bin/python3", "-c",
                                "import sys, zipfile, re\n"
                                "z = zipfile.ZipFile(sys.argv[1])\n"
                                "bad = [n for n in z.namelist() if n.startswith('xl/worksheets/s')"
                                " and re.search(rb'<f[ >]|<hyperlink', z.read(n))]\n"
                                "print(bad)",
                                self->path, NULL };
  g_autofree char *out = NULL;

  write_case (self);
  out = world_run (unzip);
  g_assert_cmpstr (out, ==, "[]\n");
}

static void
check_parts (guint n_messages, guint rows)
{
  g_autoptr (Case) self = case_new (n_messages, ENT_VIEW_DETAILED);
  g_autoptr (JsonNode) book = NULL;
  gint64 expected, seen = 0;
  guint parts = 0;

  self->limits.rows = rows;
  write_case (self);
  expected = self->document->rows_expected;
  book = dump (self);
  for (guint i = 0; i < json_array_get_length (sheets_of (book)); i++)
    {
      JsonObject *sheet = sheet_at (book, i);
      const char *name = json_object_get_string_member (sheet, "name");
      g_autofree char *wanted = g_strdup_printf ("Detailed %u", parts + 1);

      g_assert_cmpuint (n_rows (sheet), >=, 1);
      if (!g_str_has_prefix (name, "Detailed"))
        continue;
      g_assert_cmpstr (name, ==, wanted);
      g_assert_cmpuint (n_rows (sheet), <=, rows);
      g_assert_cmpstr (text_at (sheet, 0, 0), ==, ent_words_column (ENT_COLUMN_MESSAGE_ID));
      parts++;
      seen += n_rows (sheet) - 1;
    }
  g_assert_cmpint (seen, ==, expected);
  g_assert_cmpuint (parts, ==, (expected + rows - 2) / (rows - 1));
}

static void
test_split (void)
{
  check_parts (300, 50);
}

/* Excel's own limit: one row more than a sheet takes, head included, begins the second. */
static void
test_million (void)
{
  static const char count_script[] =
      "import sys, zipfile\n"
      "book = zipfile.ZipFile(sys.argv[1])\n"
      "sheets = [n for n in book.namelist() if n.startswith('xl/worksheets/sheet')]\n"
      "rows = []\n"
      "for number in range(len(sheets)):\n"
      "    rest, n = b'', 0\n"
      "    with book.open(f'xl/worksheets/sheet{number + 1}.xml') as stream:\n"
      "        while piece := stream.read(1 << 20):\n"
      "            text = rest + piece\n"
      "            n += text.count(b'<row ')\n"
      "            rest = text[-4:]\n"
      "    rows.append(n)\n"
      "print(rows[-3:-1])\n";
  EntReportColumn columns[] = { { ENT_COLUMN_MESSAGE_ID, 0 }, { ENT_COLUMN_STATUS, 0 } };
  g_autoptr (Case) self = case_new (ENT_XLSX_MAX_ROWS + 1, ENT_VIEW_DETAILED);
  g_autofree char *out = NULL;

  self->report->period.kind = ENT_PERIOD_LAST_30_DAYS;
  g_array_set_size (self->report->columns, 0);
  g_array_append_vals (self->report->columns, columns, G_N_ELEMENTS (columns));
  write_case (self);
  g_assert_cmpint (self->document->rows_written, ==, ENT_XLSX_MAX_ROWS + 1);
  out = world_python (count_script, self->path);
  /* A head and all but two messages; a head and those two; after them comes the provenance. */
  g_assert_cmpstr (out, ==, "[1048576, 3]\n");
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
test_empty_and_one (void)
{
  for (guint n = 0; n < 2; n++)
    {
      g_autoptr (Case) self = case_new (n, ENT_VIEW_DETAILED);
      g_autoptr (JsonNode) book = NULL;

      write_case (self);
      book = dump (self);
      g_assert_cmpint (self->document->rows_written, ==, n);
      g_assert_cmpuint (n_rows (find_sheet (book, "Detailed")), ==, n + 1);
    }
}

static void
test_long_text (void)
{
  g_autoptr (Case) self = case_new (1, ENT_VIEW_DETAILED);
  g_autoptr (EntXlsxBook) book = NULL;
  g_autoptr (EntXlsxSheet) sheet = NULL;
  g_autofree char *clef = g_strdup ("\360\235\204\236"); /* two units of UTF-16 */
  GString *text = g_string_new (NULL);
  g_autofree char *out = NULL;

  make_document (self);
  book = ent_xlsx_book_new (self->document, self->path, &self->limits, NULL);
  sheet = ent_xlsx_book_add_sheet (book, "a/b:c*d?[e]");
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, clef);
  ent_xlsx_text (sheet, 0, 0, text->str, ENT_XLSX_PLAIN);
  ent_xlsx_text (sheet, 1, 0, "bad \377\376 bytes \001\002", ENT_XLSX_PLAIN);
  g_assert_true (ent_xlsx_book_finish (book, NULL));
  g_assert_cmpint (self->document->changes->cut_cells, ==, 1);
  out = world_python ("import sys, openpyxl\n"
                      "s = openpyxl.load_workbook(sys.argv[1]).worksheets[0]\n"
                      "v = s['A1'].value\n"
                      "print(s.title, len(v.encode('utf-16-le')) // 2, v.endswith(' […]'))\n"
                      "print(ascii(s['A2'].value))",
                      self->path);
  g_assert_true (g_str_has_prefix (out, "a b c d  e 32766 True\n'bad "));
  g_assert_null (strstr (out, "\\x01"));
  g_string_free (text, TRUE);
}

static void
test_sheet_names (void)
{
  g_autoptr (Case) self = case_new (1, ENT_VIEW_DETAILED);
  g_autoptr (EntXlsxBook) book = NULL;
  const char *const names[] = { "Same", "same", "", "A name that is longer than thirty-one signs",
                                "A name that is longer than thirty-one signs too" };
  const char *const wanted[] = { "Same", "same (2)", "Sheet", "A name that is longer than thir",
                                 "A name that is longer than (2)" };

  make_document (self);
  book = ent_xlsx_book_new (self->document, self->path, &self->limits, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (EntXlsxSheet) sheet = ent_xlsx_book_add_sheet (book, names[i]);

      g_assert_nonnull (sheet->worksheet);
      g_assert_cmpstr (sheet->name, ==, wanted[i]);
    }
  g_assert_true (ent_xlsx_book_finish (book, NULL));
}

static void
test_provenance (void)
{
  g_autoptr (Case) self = case_new (100, ENT_VIEW_DETAILED);
  g_autofree char *out = NULL;

  self->report->privacy = ENT_PRIVACY_LAST4;
  write_case (self);
  g_assert_cmpint (self->document->changes->masked_phones, ==, self->document->rows_written);
  out = world_python ("import sys, json, openpyxl\n"
                      "s = openpyxl.load_workbook(sys.argv[1])['Provenance']\n"
                      "text = ''.join(r[1].value or '' for r in s.iter_rows()"
                      " if 'entrega_provenance' in str(r[1].value) or r[0].value is None)\n"
                      "p = json.loads(text)\n"
                      "print(p['rows']['written'], p['rows']['expected'],"
                      " p['changes']['masked_phones'], len(p['inputs_sha256']),"
                      " p['period']['timezone'])",
                      self->path);
  {
    g_autofree char *wanted =
        g_strdup_printf ("%d %d %d 64 America/Sao_Paulo\n", (int) self->document->rows_written,
                         (int) self->document->rows_expected, (int) self->document->rows_written);

    g_assert_cmpstr (out, ==, wanted);
  }
}

/* ---- What goes wrong ---- */

static void
test_cancel (void)
{
  g_autoptr (Case) self = case_new (3000, ENT_VIEW_DETAILED);
  GError *error = NULL;
  g_autofree char *temp = g_strconcat (self->path, ".d", NULL);

  make_document (self);
  self->document->cancellable = g_cancellable_new ();
  g_cancellable_cancel (self->document->cancellable);
  g_assert_false (
      ent_xlsx_write_document_within (self->document, self->path, &self->limits, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (g_access (temp, F_OK), ==, -1);
}

/* No file may grow beyond a limit: temporary ones, then the archive itself. */
static void
test_no_space (void)
{
  static const rlim_t limits[] = { 4096, 65536, 150000 };
  g_autoptr (Case) self = case_new (2000, ENT_VIEW_DETAILED);
  struct rlimit old;

  make_document (self);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      struct rlimit small = { limits[i], old.rlim_max };
      GError *error = NULL;
      gboolean ok;

      self->document->rows_written = 0;
      setrlimit (RLIMIT_FSIZE, &small);
      ok = ent_xlsx_write_document_within (self->document, self->path, &self->limits, &error);
      setrlimit (RLIMIT_FSIZE, &old);
      g_assert_false (ok);
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  write_case (self);
}

static gboolean
check_book (const EntXlsxBook *book, const char *path, GError **error)
{
  return ent_xlsx_check_file (path, (const guint64 *) (gpointer) book->sheet_bytes->data,
                              book->sheet_bytes->len, NULL, error);
}

static EntXlsxBook *
book_of_rows (Case *self, guint rows)
{
  EntXlsxBook *book;
  g_autoptr (EntXlsxSheet) sheet = NULL;

  make_document (self);
  book = ent_xlsx_book_new (self->document, self->path, &self->limits, NULL);
  sheet = ent_xlsx_book_add_sheet (book, "Rows");
  for (guint i = 0; i < rows; i++)
    ent_xlsx_text (sheet, i, 0, "the same in each row", ENT_XLSX_PLAIN);
  return book;
}

/* What a disk that was full for a moment leaves: fewer rows in a sheet that is sound. */
static void
test_hole (void)
{
  static const char rewrite[] =
      "import re, sys, zipfile\n"
      "old = zipfile.ZipFile(sys.argv[1])\n"
      "parts = [(name, old.read(name)) for name in old.namelist()]\n"
      "with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as new:\n"
      "    for name, bytes in parts:\n"
      "        if name.endswith('/sheet1.xml'):\n"
      "            bytes = re.sub(rb'<row r=\"2000\".*?</row>', b'', bytes)\n"
      "        new.writestr(name, bytes)\n";
  g_autoptr (Case) self = case_new (1, ENT_VIEW_DETAILED);
  g_autoptr (EntXlsxBook) book = book_of_rows (self, 3000);
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;

  g_assert_true (ent_xlsx_book_finish (book, NULL));
  g_assert_true (check_book (book, self->path, &error));
  out = world_python (rewrite, self->path);
  g_assert_false (check_book (book, self->path, &error));
  g_assert_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FULL);
  g_clear_error (&error);
  /* Without the lengths it is a sound book; with another sheet wanted it is not. */
  g_assert_true (ent_xlsx_check_file (self->path, NULL, 0, NULL, NULL));
  g_assert_false (ent_xlsx_check_file (self->path, (const guint64[]){ 0, 0 }, 2, NULL, NULL));
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A book that is given up keeps no file open, with or without the library's attempt to close it. */
static void
test_given_up (void)
{
  g_autoptr (Case) self = case_new (1, ENT_VIEW_DETAILED);
  guint before;
  EntXlsxBook *book;

  make_document (self);
  before = count_descriptors ();
  book = book_of_rows (self, 3000);
  g_assert_cmpuint (count_descriptors (), >, before);
  ent_xlsx_book_free (book);
  g_assert_cmpuint (count_descriptors (), ==, before);
  book = book_of_rows (self, 3000);
  g_assert_true (ent_xlsx_book_finish (book, NULL));
  ent_xlsx_book_free (book);
  g_assert_cmpuint (count_descriptors (), ==, before);
}

/* The library copies a sheet's rows into a second file and does not look whether they fit: only the
 * end of the sheet is lost here, and the archive would fit. */
static void
test_lost_while_closing (void)
{
  g_autoptr (Case) self = case_new (1, ENT_VIEW_DETAILED);
  g_autoptr (EntXlsxBook) book = book_of_rows (self, 5000);
  g_autoptr (GError) error = NULL;
  FILE *file = STAILQ_FIRST (book->workbook->worksheets)->optimize_tmpfile;
  struct rlimit old, small;

  fflush (file);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  small = old;
  small.rlim_cur = (rlim_t) ftell (file) + 200;
  setrlimit (RLIMIT_FSIZE, &small);
  g_assert_true (ent_xlsx_book_finish (book, NULL));
  setrlimit (RLIMIT_FSIZE, &old);
  g_assert_false (check_book (book, self->path, &error));
  g_assert_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FULL);
}

/* Another reader than openpyxl; a heavy one, so in the long run only. */
static void
test_libreoffice (void)
{
  g_autoptr (Case) self = case_new (300, ENT_VIEW_DETAILED);
  g_autofree char *home =
      g_strconcat ("-env:UserInstallation=file://", self->world->dir, "/lo", NULL);
  const char *const convert[] = { "soffice",
                                  home,
                                  "--headless",
                                  "--convert-to",
                                  "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,"
                                  "false,false,-1",
                                  "--outdir",
                                  self->world->dir,
                                  self->path,
                                  NULL };
  g_autofree char *csv = g_build_filename (self->world->dir, "out-Detailed.csv", NULL);
  g_autofree char *done = NULL;
  g_autofree char *text = NULL;
  gint64 start = g_get_monotonic_time ();

  write_case (self);
  done = world_run (convert);
  g_test_message ("LibreOffice: %d ms", (int) ((g_get_monotonic_time () - start) / 1000));
  g_assert_true (g_file_get_contents (csv, &text, NULL, NULL));
  /* As text, not as what the formula would have given. */
  g_assert_nonnull (strstr (text, "=HYPERLINK(\"\"http://example.invalid\"\",\"\"ganhe\"\")"));
  g_assert_nonnull (strstr (text, "+5511900000007"));
  g_assert_nonnull (strstr (text, "🎉📦"));
}

static void
test_check (void)
{
  g_autoptr (Case) self = case_new (50, ENT_VIEW_DETAILED);
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autofree char *bytes = NULL;
  gsize length;

  write_case (self);
  g_assert_true (ent_xlsx_check_file (self->path, NULL, 0, NULL, NULL));
  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  for (guint i = 0; i < ent_test_rounds (100, 20000); i++)
    {
      gsize cut = (gsize) g_rand_int_range (rand, 0, (gint32) length);
      GError *error = NULL;

      g_assert_true (g_file_set_contents (self->path, bytes, (gssize) cut, NULL));
      g_assert_false (ent_xlsx_check_file (self->path, NULL, 0, NULL, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
}

static void
test_languages (void)
{
  g_autoptr (Case) self = case_new (60, ENT_VIEW_DETAILED);
  g_autoptr (JsonNode) book = NULL;
  JsonObject *days;

  g_assert_true (ent_words_init ("pt_BR"));
  write_case (self);
  book = dump (self);
  ent_words_init ("en");
  days = sheet_at (book, 1);
  g_assert_cmpstr (json_object_get_string_member (cell_at (days, 1, 0), "f"), ==, "dd/mm/yyyy");
  g_assert_cmpstr (json_object_get_string_member (cell_at (days, 1, 1), "f"), ==, "#,##0");
  g_assert_cmpstr (text_at (days, 0, 0), ==, "Dia");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ent_words_init ("en");
  ent_clock_set (WORLD_NOW, NULL);
  g_test_add_func ("/export/xlsx/consolidated", test_consolidated);
  g_test_add_func ("/export/xlsx/breakdowns", test_breakdowns);
  g_test_add_func ("/export/xlsx/summary", test_summary);
  g_test_add_func ("/export/xlsx/detailed", test_detailed);
  g_test_add_func ("/export/xlsx/no-formulas", test_no_formulas);
  g_test_add_func ("/export/xlsx/split", test_split);
  g_test_add_func ("/export/xlsx/same-bytes", test_same_bytes);
  g_test_add_func ("/export/xlsx/empty-and-one", test_empty_and_one);
  g_test_add_func ("/export/xlsx/long-text", test_long_text);
  g_test_add_func ("/export/xlsx/sheet-names", test_sheet_names);
  g_test_add_func ("/export/xlsx/provenance", test_provenance);
  g_test_add_func ("/export/xlsx/cancel", test_cancel);
  g_test_add_func ("/export/xlsx/no-space", test_no_space);
  g_test_add_func ("/export/xlsx/hole", test_hole);
  g_test_add_func ("/export/xlsx/given-up", test_given_up);
  g_test_add_func ("/export/xlsx/lost-while-closing", test_lost_while_closing);
  if (ent_test_is_long ())
    {
      g_test_add_func ("/export/xlsx/libreoffice", test_libreoffice);
      g_test_add_func ("/export/xlsx/million", test_million);
    }
  g_test_add_func ("/export/xlsx/check", test_check);
  g_test_add_func ("/export/xlsx/languages", test_languages);
  return g_test_run ();
}
