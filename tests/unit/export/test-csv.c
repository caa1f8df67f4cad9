/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CSV writer alone: quoting, numbers, times, texts that bite, errors of the disk. What it
 * writes is read back by Python's csv module. */

#include "config.h"

#include "ent-csv.h"
#include "ent-export-error.h"
#include "ent-test-data.h"
#include "ent-test-util.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

typedef void (*WriteFunc) (EntCsv *csv, gpointer data);

/* Writes with @func and returns the bytes. */
static char *
write_with (const EntCsvDialect *dialect, WriteFunc func, gpointer data, EntCellChanges *changes)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "x.csv", NULL);
  g_autoptr (EntZone) zone = ent_zone_new (ENT_TEST_ZONE, NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  EntCellChanges ignored = { 0 };
  g_autoptr (EntCsv) csv = ent_csv_new (fd, dialect, zone, changes != NULL ? changes : &ignored);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_cmpint (fd, >=, 0);
  func (csv, data);
  ent_csv_finish (csv, &error);
  g_assert_no_error (error);
  close (fd);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
write_fields (EntCsv *csv, gpointer data)
{
  ent_csv_text (csv, "a");
  ent_csv_text (csv, "b;c,d");
  ent_csv_text (csv, "say \"hi\"");
  ent_csv_text (csv, "two\nlines");
  ent_csv_text (csv, "");
  ent_csv_integer (csv, -12345);
  ent_csv_integer (csv, G_MININT64);
  ent_csv_tenths (csv, 962);
  ent_csv_tenths (csv, ENT_TENTHS_NONE);
  ent_csv_end_row (csv);
}

static void
test_dialects (void)
{
  static const char *const wanted[] = {
    [ENT_DIALECT_EXCEL_PT] = "\357\273\277a;\"b;c,d\";\"say \"\"hi\"\"\";\"two\nlines\";;-12345;"
                             "-9223372036854775808;96,2;\r\n",
    [ENT_DIALECT_EXCEL_EN] = "\357\273\277a,\"b;c,d\",\"say \"\"hi\"\"\",\"two\nlines\",,-12345,"
                             "-9223372036854775808,96.2,\r\n",
    [ENT_DIALECT_MACHINE] = "a,\"b;c,d\",\"say \"\"hi\"\"\",\"two\nlines\",,-12345,"
                            "-9223372036854775808,96.2,\r\n",
  };

  for (int i = ENT_DIALECT_EXCEL_PT; i <= ENT_DIALECT_MACHINE; i++)
    {
      EntCsvDialect dialect = ent_csv_dialect ((EntDialect) i);
      g_autofree char *text = write_with (&dialect, write_fields, NULL, NULL);

      g_assert_cmpstr (text, ==, wanted[i]);
    }
}

static void
test_custom (void)
{
  EntCsvDialect dialect = { '|', '.', FALSE, FALSE, FALSE, TRUE };
  EntCsvDialect comma = { ',', ',', FALSE, FALSE, FALSE, FALSE };
  g_autofree char *text = write_with (&dialect, write_fields, NULL, NULL);
  g_autofree char *with_comma = write_with (&comma, write_fields, NULL, NULL);

  g_assert_cmpstr (text, ==,
                   "a|\"b;c,d\"|\"say \"\"hi\"\"\"|\"two\nlines\"||-12345|-9223372036854775808|"
                   "96.2|\n");
  g_assert_nonnull (strstr (with_comma, ",\"96,2\","));
}

static void
write_cells (EntCsv *csv, gpointer data)
{
  EntCell phone = { ENT_CELL_PHONE, "5511912345678", NULL, 0 };
  EntCell origin = { ENT_CELL_TEXT, "+5511400011", NULL, 0 };
  EntCell short_code = { ENT_CELL_TEXT, "+12345", NULL, 0 };
  EntCell content = { ENT_CELL_TEXT, "+5511400011", NULL, 0 };
  EntCell word = { ENT_CELL_WORD, "not-delivered", "Não entregue", 0 };
  EntCell empty = { ENT_CELL_EMPTY, NULL, NULL, 0 };
  EntCell flag = { ENT_CELL_FLAG, NULL, NULL, 1 };
  EntCell time = { ENT_CELL_TIME, NULL, NULL, 0 };

  g_assert_true (ent_instant_parse ("2026-11-22T17:05:00.042Z", -1, NULL, &time.number, NULL));
  ent_csv_cell (csv, ENT_COLUMN_PHONE, &phone);
  ent_csv_cell (csv, ENT_COLUMN_ORIGIN, &origin);
  ent_csv_cell (csv, ENT_COLUMN_ORIGIN, &short_code);
  ent_csv_cell (csv, ENT_COLUMN_CONTENT, &content);
  ent_csv_cell (csv, ENT_COLUMN_STATUS, &word);
  ent_csv_cell (csv, ENT_COLUMN_REASON, &empty);
  ent_csv_cell (csv, ENT_COLUMN_WITH_SESSION, &flag);
  ent_csv_cell (csv, ENT_COLUMN_CREATED_AT, &time);
  ent_csv_end_row (csv);
}

static void
test_cells (void)
{
  EntCsvDialect excel = ent_csv_dialect (ENT_DIALECT_EXCEL_PT);
  EntCsvDialect machine = ent_csv_dialect (ENT_DIALECT_MACHINE);
  EntCellChanges changes = { 0 };
  g_autofree char *for_excel = write_with (&excel, write_cells, NULL, &changes);
  g_autofree char *for_machines = write_with (&machine, write_cells, NULL, NULL);

  g_assert_cmpstr (for_excel, ==,
                   "\357\273\2775511912345678;5511400011;'+12345;'+5511400011;Não entregue;;yes;"
                   "2026-11-22 14:05:00\r\n");
  g_assert_cmpstr (for_machines, ==,
                   "+5511912345678,+5511400011,+12345,+5511400011,not-delivered,,true,"
                   "2026-11-22T14:05:00.042-03:00\r\n");
  g_assert_cmpint (changes.plus_dropped, ==, 2);
  g_assert_cmpint (changes.neutralised, ==, 2);
}

/* ---- Texts of strangers ---- */

static void
write_corpus (EntCsv *csv, gpointer data)
{
  const GPtrArray *texts = data;

  for (guint i = 0; i < texts->len; i++)
    {
      ent_csv_text (csv, g_ptr_array_index (texts, i));
      ent_csv_integer (csv, i);
      ent_csv_end_row (csv);
    }
}

/* Hostile beginnings before and after random signs. */
static GPtrArray *
make_corpus (guint n)
{
  static const char *const parts[] = { "=",  "+",        "-",   "@",       "\t",  "\r", "\n",
                                       " ",  "＝",       "＋",  "－",      "＠",  "\"", ";",
                                       ",",  "|",        "'",   "a",       "1",   "é",  "💚",
                                       "　", "\302\240", "cmd", "SUM(A1)", "\r\n" };
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (const char *const *text = ent_test_hostile_texts; *text != NULL; text++)
    g_ptr_array_add (texts, g_strdup (*text));
  for (guint i = 0; i < n; i++)
    {
      GString *text = g_string_new (NULL);
      guint length = g_rand_int_range (rand, 0, 8);

      for (guint j = 0; j < length; j++)
        g_string_append (text, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
      g_ptr_array_add (texts, g_string_free (text, FALSE));
    }
  return texts;
}

/* Python reads the file and compares it with the texts: see read_back.py. */
static void
read_back (const char *text, const GPtrArray *texts, const EntCsvDialect *dialect)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *csv_path = ent_test_write_file (dir, "x.csv", text, -1);
  g_autofree char *script =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "unit", "export", "read_back.py", NULL);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autofree char *json = NULL;
  g_autofree char *json_path = NULL;
  g_autofree char *err = NULL;
  char separator[2] = { dialect->separator, '\0' };

  for (guint i = 0; i < texts->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (texts, i));
  json_node_set_array (node, array);
  json = json_to_string (node, FALSE);
  json_path = ent_test_write_file (dir, "x.json", json, -1);

  const char *argv[] = { "python3", script,    csv_path,
                         json_path, separator, dialect->safe ? "safe" : "exact",
                         NULL };
  int status = ent_test_run (argv, NULL, NULL, &err);
  g_test_message ("%s", err);
  g_assert_cmpint (status, ==, 0);
}

static void
test_corpus (void)
{
  g_autoptr (GPtrArray) texts = make_corpus (ent_test_rounds (10000, 200000));

  for (int i = ENT_DIALECT_EXCEL_PT; i <= ENT_DIALECT_CUSTOM; i++)
    {
      EntCsvDialect dialect = ent_csv_dialect ((EntDialect) i);
      EntCellChanges changes = { 0 };
      g_autofree char *text = NULL;

      if (i == ENT_DIALECT_CUSTOM)
        dialect = (EntCsvDialect){ '\t', ',', FALSE, FALSE, TRUE, FALSE };
      text = write_with (&dialect, write_corpus, texts, &changes);
      g_assert_cmpint (changes.neutralised > 0, ==, dialect.safe);
      read_back (text, texts, &dialect);
    }
}

static void
test_biting (void)
{
  static const char *const harmless[] = { "",     "a=1",   "1+1", "'=1", "é-",    "(1)", " a",
                                          "\"=1", "R$ -1", "#1",  "💚=",  "a\n=1", NULL };

  for (guint i = 0; i < 16; i++)
    {
      g_test_message ("%u", i);
      g_assert_true (ent_text_bites (ent_test_hostile_texts[i]));
    }
  for (guint i = 0; harmless[i] != NULL; i++)
    g_assert_false (ent_text_bites (harmless[i]));
}

static void
test_international_numbers (void)
{
  g_assert_true (ent_text_is_international_number ("+1234567"));
  g_assert_true (ent_text_is_international_number ("+123456789012345"));
  g_assert_false (ent_text_is_international_number ("+123456"));
  g_assert_false (ent_text_is_international_number ("+1234567890123456"));
  g_assert_false (ent_text_is_international_number ("1234567"));
  g_assert_false (ent_text_is_international_number ("+1234567 "));
  g_assert_false (ent_text_is_international_number ("+1234567+1"));
  g_assert_false (ent_text_is_international_number ("+"));
  g_assert_false (ent_text_is_international_number (""));
}

/* ---- Long texts ---- */

static void
write_one (EntCsv *csv, gpointer data)
{
  ent_csv_text (csv, data);
  ent_csv_end_row (csv);
}

static void
test_long_texts (void)
{
  EntCsvDialect excel = ent_csv_dialect (ENT_DIALECT_EXCEL_EN);
  EntCsvDialect machine = ent_csv_dialect (ENT_DIALECT_MACHINE);
  EntCellChanges changes = { 0 };
  g_autofree char *fits = g_strnfill (ENT_CELL_MAX_UNITS, 'x');
  g_autofree char *one_more = g_strnfill (ENT_CELL_MAX_UNITS + 1, 'x');
  g_autofree char *cut = ent_text_cut_for_cell (one_more);
  g_autofree char *written = write_with (&excel, write_one, one_more, &changes);
  g_autofree char *whole = write_with (&machine, write_one, one_more, NULL);
  /* Larger than the writer's buffer. */
  g_autofree char *huge = g_strnfill (700000, 'y');
  g_autofree char *huge_written = write_with (&machine, write_one, huge, NULL);

  g_assert_null (ent_text_cut_for_cell (fits));
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, ENT_CELL_MAX_UNITS);
  g_assert_true (g_str_has_suffix (cut, "x […]"));
  g_assert_cmpint (changes.cut_cells, ==, 1);
  g_assert_nonnull (strstr (written, " […]\r\n"));
  g_assert_cmpuint (strlen (whole), ==, ENT_CELL_MAX_UNITS + 1 + 2);
  g_assert_cmpuint (strlen (huge_written), ==, 700000 + 2);
}

/* Units of UTF-16 count: a sign beyond the first plane has two, and is never cut in half. */
static void
test_long_texts_of_pairs (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *cut = NULL;
  g_autofree gunichar2 *units = NULL;
  glong n;

  for (guint i = 0; i < ENT_CELL_MAX_UNITS / 2 + 1; i++)
    g_string_append (text, "💚");
  cut = ent_text_cut_for_cell (text->str);
  g_assert_nonnull (cut);
  g_assert_true (g_utf8_validate (cut, -1, NULL));
  units = g_utf8_to_utf16 (cut, -1, NULL, &n, NULL);
  g_assert_cmpint (n, <=, ENT_CELL_MAX_UNITS);
  g_assert_cmpint (n, >=, ENT_CELL_MAX_UNITS - 1);
}

static void
test_full_disk (void)
{
  EntCsvDialect dialect = ent_csv_dialect (ENT_DIALECT_MACHINE);
  g_autoptr (EntZone) zone = ent_zone_new_utc ();
  EntCellChanges changes = { 0 };
  int fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  g_autoptr (EntCsv) csv = ent_csv_new (fd, &dialect, zone, &changes);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (fd, >=, 0);
  for (guint i = 0; i < 100000; i++)
    {
      ent_csv_text (csv, "some text");
      ent_csv_end_row (csv);
    }
  g_assert_false (ent_csv_is_good (csv));
  g_assert_false (ent_csv_finish (csv, &error));
  g_assert_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FULL);
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/dialects", test_dialects);
  g_test_add_func ("/csv/custom", test_custom);
  g_test_add_func ("/csv/cells", test_cells);
  g_test_add_func ("/csv/corpus", test_corpus);
  g_test_add_func ("/csv/biting", test_biting);
  g_test_add_func ("/csv/international-numbers", test_international_numbers);
  g_test_add_func ("/csv/long-texts", test_long_texts);
  g_test_add_func ("/csv/long-texts-of-pairs", test_long_texts_of_pairs);
  g_test_add_func ("/csv/full-disk", test_full_disk);
  return g_test_run ();
}
