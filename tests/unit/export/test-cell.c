/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column says of a message in each mode of privacy; rows as JSON; the key of pseudonyms. */

#include "config.h"

#include "ent-cell.h"
#include "ent-export-error.h"
#include "ent-pseudonym.h"
#include "ent-row-reader.h"
#include "ent-test-data.h"
#include "ent-test-util.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

/* The message of that id, out of a store. */
static EntMessage *
find (EntTestData *data, const char *id)
{
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (data->store, NULL);
  g_autoptr (GPtrArray) found = NULL;

  g_assert_nonnull (snapshot);
  found = ent_snapshot_find (snapshot, id, NULL, NULL);
  g_assert_nonnull (found);
  g_assert_cmpuint (found->len, ==, 1);
  return ent_message_ref (g_ptr_array_index (found, 0));
}

static GBytes *
test_key (void)
{
  return g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
}

static void
assert_cell (EntCellMaker *maker, EntColumn column, EntCellKind kind, const char *text)
{
  EntCell cell;

  ent_cell_make (maker, column, ENT_COVERAGE_STALE, &cell);
  g_test_message ("%s", ent_column_key (column));
  g_assert_cmpint (cell.kind, ==, kind);
  g_assert_cmpstr (cell.text, ==, text);
  if (kind == ENT_CELL_WORD)
    g_assert_cmpstr (cell.word, !=, "");
}

static void
assert_number (EntCellMaker *maker, EntColumn column, EntCellKind kind, gint64 number)
{
  EntCell cell;

  ent_cell_make (maker, column, ENT_COVERAGE_NONE, &cell);
  g_assert_cmpint (cell.kind, ==, kind);
  g_assert_cmpint (cell.number, ==, number);
}

static void
test_full (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntCellMaker) maker = ent_cell_maker_new (ENT_PRIVACY_FULL, NULL, ent_clock_now ());
  g_autoptr (EntMessage) read = find (data, "m-01");
  g_autoptr (EntMessage) failed = find (data, "m-05/5511966665555");
  g_autoptr (EntMessage) received = find (data, "m-10");
  gint64 accepted;

  g_assert_true (ent_instant_parse ("2026-11-16T12:00:00.250Z", -1, NULL, &accepted, NULL));
  ent_cell_maker_next_row (maker, read);
  assert_cell (maker, ENT_COLUMN_MESSAGE_ID, ENT_CELL_TEXT, "m-01");
  assert_cell (maker, ENT_COLUMN_PHONE, ENT_CELL_PHONE, "5511912345678");
  assert_cell (maker, ENT_COLUMN_CONTACT_NAME, ENT_CELL_TEXT, "Ana Souza");
  assert_cell (maker, ENT_COLUMN_STATUS, ENT_CELL_WORD, "read");
  assert_cell (maker, ENT_COLUMN_STAGE, ENT_CELL_WORD, "read");
  assert_cell (maker, ENT_COLUMN_REASON, ENT_CELL_EMPTY, NULL);
  assert_cell (maker, ENT_COLUMN_CHANNEL, ENT_CELL_WORD, "whatsapp");
  assert_cell (maker, ENT_COLUMN_DIRECTION, ENT_CELL_WORD, "mt");
  assert_cell (maker, ENT_COLUMN_CONTENT_TYPE, ENT_CELL_WORD, "template");
  assert_cell (maker, ENT_COLUMN_COVERAGE, ENT_CELL_WORD, "stale");
  assert_cell (maker, ENT_COLUMN_SOURCE, ENT_CELL_TEXT, "Loja");
  assert_cell (maker, ENT_COLUMN_RECEIVED_AT, ENT_CELL_EMPTY, NULL);
  assert_number (maker, ENT_COLUMN_CREATED_AT, ENT_CELL_TIME, accepted);
  assert_number (maker, ENT_COLUMN_READ_AT, ENT_CELL_TIME, accepted + 125000);
  assert_number (maker, ENT_COLUMN_WITH_SESSION, ENT_CELL_FLAG, 0);
  assert_number (maker, ENT_COLUMN_SECS_TO_DELIVER, ENT_CELL_INTEGER, 3);
  assert_number (maker, ENT_COLUMN_SECS_TO_READ, ENT_CELL_INTEGER, 121);

  ent_cell_maker_next_row (maker, failed);
  assert_cell (maker, ENT_COLUMN_MESSAGE_ID, ENT_CELL_TEXT, "m-05/5511966665555");
  assert_cell (maker, ENT_COLUMN_STATUS, ENT_CELL_WORD, "send-failed");
  assert_cell (maker, ENT_COLUMN_STAGE, ENT_CELL_WORD, "total");
  assert_cell (maker, ENT_COLUMN_REASON, ENT_CELL_WORD, "invalid-number");
  assert_cell (maker, ENT_COLUMN_REASON_CODE, ENT_CELL_TEXT, "202");
  assert_cell (maker, ENT_COLUMN_USER, ENT_CELL_EMPTY, NULL);
  assert_number (maker, ENT_COLUMN_PARTS, ENT_CELL_INTEGER, 1);

  ent_cell_maker_next_row (maker, received);
  assert_cell (maker, ENT_COLUMN_PHONE, ENT_CELL_TEXT, "ALFA");
  assert_cell (maker, ENT_COLUMN_STAGE, ENT_CELL_WORD, "received");
  g_assert_cmpint (ent_cell_maker_get_changes (maker)->masked_phones, ==, 0);
}

static void
test_last4 (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntCellMaker) maker =
      ent_cell_maker_new (ENT_PRIVACY_LAST4 | ENT_PRIVACY_NO_CONTENT, NULL, ent_clock_now ());
  g_autoptr (EntMessage) message = find (data, "m-01");
  g_autoptr (EntMessage) with_number_in_id = find (data, "m-05/5511966665555");
  g_autoptr (EntMessage) alphanumeric = find (data, "m-10");

  ent_cell_maker_next_row (maker, message);
  assert_cell (maker, ENT_COLUMN_PHONE, ENT_CELL_TEXT, "****5678");
  assert_cell (maker, ENT_COLUMN_CONTACT_NAME, ENT_CELL_EMPTY, NULL);
  assert_cell (maker, ENT_COLUMN_CONTENT, ENT_CELL_EMPTY, NULL);
  /* Some providers put the number into the id. */
  ent_cell_maker_next_row (maker, with_number_in_id);
  assert_cell (maker, ENT_COLUMN_MESSAGE_ID, ENT_CELL_TEXT, "m-05/****5555");
  ent_cell_maker_next_row (maker, alphanumeric);
  assert_cell (maker, ENT_COLUMN_PHONE, ENT_CELL_TEXT, "****");
  g_assert_cmpint (ent_cell_maker_get_changes (maker)->masked_phones, ==, 2);
  g_assert_cmpint (ent_cell_maker_get_changes (maker)->hidden_names, ==, 1);
  g_assert_cmpint (ent_cell_maker_get_changes (maker)->hidden_contents, ==, 1);
}

static char *
pseudonym_of (EntTestData *data, const char *id, GBytes *key)
{
  g_autoptr (EntCellMaker) maker =
      ent_cell_maker_new (ENT_PRIVACY_PSEUDONYM, key, ent_clock_now ());
  g_autoptr (EntMessage) message = find (data, id);
  EntCell cell;

  ent_cell_maker_next_row (maker, message);
  ent_cell_make (maker, ENT_COLUMN_PHONE, ENT_COVERAGE_NONE, &cell);
  g_assert_cmpint (cell.kind, ==, ENT_CELL_TEXT);
  return g_strdup (cell.text);
}

static void
test_pseudonyms (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (GBytes) key = test_key ();
  g_autoptr (GBytes) other_key = g_bytes_new_static ("x123456789abcdef0123456789abcdef", 32);
  g_autofree char *first = pseudonym_of (data, "m-01", key);
  g_autofree char *same_person = pseudonym_of (data, "m-03", key);
  g_autofree char *received = pseudonym_of (data, "m-09", key);
  g_autofree char *someone_else = pseudonym_of (data, "m-02", key);
  g_autofree char *elsewhere = pseudonym_of (data, "m-01", other_key);

  /* HMAC-SHA256 of "5511912345678", first ten bytes, in base 32: from Python's hmac and base64. */
  g_assert_cmpstr (first, ==, "p-f25bbnd3j2qyiuci");
  g_assert_cmpstr (first, ==, same_person);
  g_assert_cmpstr (first, ==, received);
  g_assert_cmpstr (first, !=, someone_else);
  g_assert_cmpstr (first, !=, elsewhere);
  g_assert_cmpuint (strlen (first), ==, 18);
}

static void
test_key_file (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntTestDir) other_dir = ent_test_dir_new ();
  g_autoptr (GBytes) key = ent_pseudonym_key_load (dir, NULL);
  g_autoptr (GBytes) again = ent_pseudonym_key_load (dir, NULL);
  g_autoptr (GBytes) other = ent_pseudonym_key_load (other_dir, NULL);
  g_autofree char *path = g_build_filename (dir, "pseudonym.key", NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_nonnull (key);
  g_assert_true (g_bytes_equal (key, again));
  g_assert_false (g_bytes_equal (key, other));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (info.st_size, ==, 32);

  /* A damaged key is not replaced in silence: codes would no longer agree. */
  g_assert_true (g_file_set_contents (path, "short", -1, NULL));
  g_assert_null (ent_pseudonym_key_load (dir, &error));
  g_assert_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FAILED);
}

static void
test_key_link (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "pseudonym.key", NULL);
  g_autofree char *target =
      ent_test_write_file (dir, "target", "0123456789abcdef0123456789abcdef", 32);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink (target, path), ==, 0);
  g_assert_null (ent_pseudonym_key_load (dir, &error));
  g_assert_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_NOT_WRITABLE);
}

/* ---- JSON ---- */

static void
test_json_strings (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  ent_json_append_string (out, "a\"b\\c\nd\te\rf\001g\177é💚/");
  g_assert_cmpstr (out->str, ==, "\"a\\\"b\\\\c\\nd\\te\\rf\\u0001g\\u007fé💚/\"");
}

static void
test_json_row (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntCellMaker) maker = ent_cell_maker_new (ENT_PRIVACY_FULL, NULL, ent_clock_now ());
  g_autoptr (EntMessage) message = find (data, "m-04");
  g_autoptr (GString) out = g_string_new (NULL);
  static const EntColumn columns[] = {
    ENT_COLUMN_MESSAGE_ID, ENT_COLUMN_CREATED_AT, ENT_COLUMN_STATUS,  ENT_COLUMN_PHONE,
    ENT_COLUMN_CONTENT,    ENT_COLUMN_PARTS,      ENT_COLUMN_READ_AT, ENT_COLUMN_WITH_SESSION,
  };

  ent_cell_maker_next_row (maker, message);
  ent_cells_append_json (out, maker, columns, G_N_ELEMENTS (columns), ENT_COVERAGE_NONE);
  g_assert_cmpstr (out->str, ==,
                   "{\"message_id\":\"m-04\",\"created_at\":\"2026-11-17T23:59:59.999Z\","
                   "\"status\":\"not-delivered\",\"phone\":\"+5511955554444\","
                   "\"content\":\"linha 1\\nlinha 2\",\"parts\":3,\"read_at\":null,"
                   "\"with_session\":null}");
}

static void
test_json_of_hostile_texts (void)
{
  g_autoptr (GString) out = g_string_new ("[");
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array;

  for (guint i = 0; ent_test_hostile_texts[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      ent_json_append_string (out, ent_test_hostile_texts[i]);
    }
  g_string_append_c (out, ']');
  node = json_from_string (out->str, NULL);
  g_assert_nonnull (node);
  array = json_node_get_array (node);
  for (guint i = 0; ent_test_hostile_texts[i] != NULL; i++)
    g_assert_cmpstr (json_array_get_string_element (array, i), ==, ent_test_hostile_texts[i]);
}

/* ---- The reader ---- */

static void
test_reader (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntReport) report = ent_test_data_report ();
  g_autoptr (EntQuery) query = ent_query_new (report, ent_clock_now ());
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (data->store, NULL);
  g_autoptr (EntRowReader) reader = ent_row_reader_new (snapshot, query, report->sort, NULL, NULL);
  g_autoptr (EntRowReader) clipped = ent_row_reader_new (snapshot, query, report->sort, NULL, NULL);
  g_autoptr (GError) error = NULL;
  const EntMessage *message;
  gint64 before = G_MAXINT64;
  guint n = 0;

  g_assert_cmpuint (ent_row_reader_get_size (reader), ==, ENT_TEST_N_MESSAGES);
  while ((message = ent_row_reader_next (reader, NULL, &error)) != NULL)
    {
      gint64 time = ent_message_get_time (message, NULL);

      g_assert_cmpint (time, <=, before);
      before = time;
      n++;
      g_assert_cmpint (ent_row_reader_get_coverage (reader, message), ==,
                       strcmp (message->remote_id, "m-08") == 0 ? ENT_COVERAGE_PARTIAL
                                                                : ENT_COVERAGE_COMPLETE);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, ENT_TEST_N_MESSAGES);

  ent_row_reader_clip (clipped, 1, 2);
  g_assert_cmpstr (ent_row_reader_next (clipped, NULL, NULL)->remote_id, ==, "m-12");
  g_assert_cmpstr (ent_row_reader_next (clipped, NULL, NULL)->remote_id, ==, "m-11");
  g_assert_null (ent_row_reader_next (clipped, NULL, &error));
  g_assert_no_error (error);
}

static void
test_reader_cancelled (void)
{
  g_autoptr (EntTestData) data = ent_test_data_new ();
  g_autoptr (EntReport) report = ent_test_data_report ();
  g_autoptr (EntQuery) query = ent_query_new (report, ent_clock_now ());
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (data->store, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ent_row_reader_new (snapshot, query, report->sort, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cell/full", test_full);
  g_test_add_func ("/cell/last4", test_last4);
  g_test_add_func ("/cell/pseudonyms", test_pseudonyms);
  g_test_add_func ("/cell/key-file", test_key_file);
  g_test_add_func ("/cell/key-link", test_key_link);
  g_test_add_func ("/cell/json-strings", test_json_strings);
  g_test_add_func ("/cell/json-row", test_json_row);
  g_test_add_func ("/cell/json-of-hostile-texts", test_json_of_hostile_texts);
  g_test_add_func ("/cell/reader", test_reader);
  g_test_add_func ("/cell/reader-cancelled", test_reader_cancelled);
  return g_test_run ();
}
