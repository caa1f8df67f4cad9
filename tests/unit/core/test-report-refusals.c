/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Template files that strangers wrote: each wrong type, value and size is refused in words that
 * name the key; nothing crashes or hangs. */

#include "ent-report.h"
#include "ent-test-template.h"
#include "ent-test-util.h"

#include <string.h>

static void
refuse (const char *text, gsize length, EntReportError code, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_report_from_json (text, length, &error));
  g_assert_error (error, ENT_REPORT_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 1000);
  if (strstr (error->message, part) == NULL)
    g_error ("no \"%s\" in: %s", part, error->message);
}

static void
test_not_a_template (void)
{
  static const char *const texts[] = {
    "[]", "{}", "null", "1", "\"entrega_template\"", "{\"name\":\"x\"}", "{\"Entrega_template\":1}"
  };
  static const char *const versions[] = { "0",    "-1",   "1.0", "1.5", "\"1\"",
                                          "true", "null", "[1]", "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    refuse (texts[i], strlen (texts[i]), ENT_REPORT_ERROR_VERSION, "not a report template");
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"entrega_template\":%s}", versions[i]);

      refuse (text, strlen (text), ENT_REPORT_ERROR_VERSION,
              "entrega_template: expected an integer from 1");
    }
}

static void
test_syntax (void)
{
  static const char *const texts[] = {
    "",
    "not json",
    "{\"entrega_template\":1",
    "{\"entrega_template\":1}}",
    "{'entrega_template':1}",
    "/**/{\"entrega_template\":1}",
    "{\"entrega_template\":1,\"name\":\"a\",\"name\":\"b\"}",
    "{\"entrega_template\":1,\"filters\":{\"user\":[],\"user\":[]}}",
    "{\"entrega_template\":1,\"zz\":{\"a\":1,\"a\":2}}",
    "{\"entrega_template\":1,\"zz\":99999999999999999999}",
    "{\"entrega_template\":1,\"name\":\"a\\u0000b\"}",
    "{\"entrega_template\":1,\"name\":\"\xff\"}",
    "{\"entrega_template\":01}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    refuse (texts[i], strlen (texts[i]), ENT_REPORT_ERROR_INVALID, "line 1, column ");
}

static void
test_values (void)
{
  static const struct
  {
    const char *member;
    const char *part;
  } members[] = {
    { "\"name\":1", "name: expected a text" },
    { "\"name\":null", "name: expected a text" },
    { "\"name\":\"\"", "name: empty" },
    { "\"name\":\" \\t \"", "name: empty" },
    { "\"name\":\"a\\u0007b\"", "name: a control character" },
    { "\"name\":\"a\\nb\"", "name: a control character" },
    { "\"view\":2", "view: expected a text" },
    { "\"view\":\"map\"", "view: unknown value “map”; one of: consolidated, detailed" },
    { "\"period\":7", "period: expected a text or an object" },
    { "\"period\":\"dates\"", "period: unknown value “dates”; one of: today, yesterday" },
    { "\"period\":\"last-8-days\"", "last-7-days" },
    { "\"period\":{}", "period.from: missing" },
    { "\"period\":{\"from\":\"2026-11-01\"}", "period.to: missing" },
    { "\"period\":{\"from\":1,\"to\":2}", "period.from: expected a text" },
    { "\"period\":{\"from\":\"2026-11-01\",\"to\":\"2026-11-31\"}", "period.to: “2026-11-31”" },
    { "\"period\":{\"from\":\"2026-11-02\",\"to\":\"2026-11-01\"}", "period: the last day" },
    { "\"period\":{\"from\":\"0001-01-01\",\"to\":\"9999-12-31\"}", "at most 4000" },
    { "\"timezone\":-3", "timezone: expected a text" },
    { "\"timezone\":\"BRT3\"", "timezone: “BRT3” is not a time zone" },
    { "\"timezone\":\"../../../etc/passwd\"", "timezone: “../../../etc/passwd” is not" },
    { "\"filters\":[]", "filters: expected an object" },
    { "\"filters\":{\"channel\":[\"fax\"]}",
      "filters.channel: unknown value “fax”; one of: whatsapp" },
    { "\"filters\":{\"phone\":[\"12\"]}", "filters.phone: “12”" },
    { "\"filters\":{\"user\":\"ana\"}", "filters.user: expected a list" },
    { "\"filters\":{\"user\":[1]}", "filters.user: item 1" },
    { "\"basis\":\"date\"", "basis: unknown value “date”; one of: send-date, event-date" },
    { "\"percent_of\":\"sent\"",
      "percent_of: unknown value “sent”; one of: previous-stage, total" },
    { "\"by\":\"country\"", "by: unknown value “country”; one of: day, hour, week, month" },
    { "\"by\":[]", "by: expected a text" },
    { "\"compare\":\"last-year\"", "one of: none, previous-period, same-weekdays" },
    { "\"chart\":\"lines\"", "chart: expected an object" },
    { "\"chart\":{\"series\":\"sent\"}", "chart.series: expected a list" },
    { "\"chart\":{\"series\":[\"sent\",1]}", "chart.series: expected a text" },
    { "\"chart\":{\"series\":[\"clicked\"]}", "chart.series: unknown value “clicked”" },
    { "\"chart\":{\"style\":\"pie\"}", "chart.style: unknown value “pie”; one of: columns, lines" },
    { "\"columns\":{}", "columns: expected a list" },
    { "\"columns\":[\"phone\"]", "columns: expected an object" },
    { "\"columns\":[{}]", "columns.key: missing" },
    { "\"columns\":[{\"key\":1}]", "columns.key: expected a text" },
    { "\"columns\":[{\"key\":\"colour\"}]", "columns.key: unknown column “colour”" },
    { "\"columns\":[{\"key\":\"phone\"},{\"key\":\"phone\"}]", "columns: phone stands twice" },
    { "\"columns\":[{\"key\":\"phone\",\"width\":\"9\"}]", "columns.width: expected an integer" },
    { "\"columns\":[{\"key\":\"phone\",\"width\":9.5}]", "columns.width: expected an integer" },
    { "\"columns\":[{\"key\":\"phone\",\"width\":-1}]", "columns.width: not from 0 to 4096" },
    { "\"columns\":[{\"key\":\"phone\",\"width\":9223372036854775807}]",
      "columns.width: not from" },
    { "\"sort\":1", "sort: expected a text" },
    { "\"sort\":\"\"", "sort: “”: unknown column" },
    { "\"sort\":\"colour:desc\"", "sort: “colour:desc”: unknown column" },
    { "\"sort\":\"phone:down\"", "sort: “phone:down”: an order is" },
    { "\"export\":[]", "export: expected an object" },
    { "\"export\":{\"format\":\"doc\"}",
      "export.format: unknown value “doc”; one of: csv, xlsx, pdf" },
    { "\"export\":{\"dialect\":\"excel-fr\"}", "export.dialect: unknown value “excel-fr”" },
    { "\"export\":{\"privacy\":\"full\"}", "export.privacy: expected a list" },
    { "\"export\":{\"privacy\":[1]}", "export.privacy: expected a text" },
    { "\"export\":{\"privacy\":[\"half\"]}", "one of: full, last4, pseudonym, no-content" },
    { "\"export\":{\"privacy\":[\"last4\",\"pseudonym\"]}", "exclude one another" },
    { "\"export\":{\"privacy\":[\"last4\",\"full\"]}", "exclude one another" },
    { "\"locale\":1", "locale: expected a text" },
    { "\"locale\":\"\"", "locale: not from 1 to 32" },
    { "\"locale\":\"pt_BR/../../x\"", "locale: expected a name" },
    { "\"locale\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "locale: not from 1 to 32" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"entrega_template\":1,%s}", members[i].member);

      refuse (text, strlen (text), ENT_REPORT_ERROR_INVALID, members[i].part);
    }
}

static void
test_limits (void)
{
  g_autofree char *padding = g_strnfill (1024 * 1024, ' ');
  g_autofree char *large = g_strconcat ("{\"entrega_template\":1}", padding, NULL);
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *deep = g_strconcat ("{\"entrega_template\":1,\"zz\":", brackets, NULL);
  g_autofree char *name = g_strnfill (201, 'x');
  g_autofree char *long_name = g_strdup_printf ("{\"entrega_template\":1,\"name\":\"%s\"}", name);
  g_autoptr (GString) values = g_string_new ("{\"entrega_template\":1,\"filters\":{\"user\":[\"\"");
  g_autofree char *value = g_strnfill (1001, 'x');
  g_autofree char *long_value =
      g_strdup_printf ("{\"entrega_template\":1,\"filters\":{\"user\":[\"%s\"]}}", value);
  gsize full = 1024 * 1024;
  g_autoptr (EntReport) fits = NULL;
  g_autoptr (EntReport) named = NULL;

  refuse (large, strlen (large), ENT_REPORT_ERROR_LIMIT, "1048576");
  fits = ent_report_from_json (large, full, NULL);
  g_assert_nonnull (fits);
  refuse (deep, strlen (deep), ENT_REPORT_ERROR_LIMIT, "nested over 16 deep");
  refuse (long_name, strlen (long_name), ENT_REPORT_ERROR_INVALID, "name: over 200");
  /* One character less is a name. */
  memmove (strchr (long_name, 'x'), strchr (long_name, 'x') + 1, strlen (strchr (long_name, 'x')));
  named = ent_report_from_json (long_name, strlen (long_name), NULL);
  g_assert_nonnull (named);
  g_assert_cmpuint (strlen (named->name), ==, 200);
  for (int i = 0; i < 10000; i++)
    g_string_append_printf (values, ",\"%d\"", i);
  g_string_append (values, "]}}");
  refuse (values->str, values->len, ENT_REPORT_ERROR_LIMIT, "filters.user: over 10000");
  refuse (long_value, strlen (long_value), ENT_REPORT_ERROR_LIMIT, "filters.user: a value of 1001");
}

/* 16 deep is allowed, and survives being written. */
static void
test_depth_that_fits (void)
{
  g_autoptr (EntReport) report = NULL;
  g_autofree char *written = NULL;
  const char *text = "{\"entrega_template\":1,\"zz\":[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]}";

  report = ent_report_from_json (text, strlen (text), NULL);
  g_assert_nonnull (report);
  written = ent_report_to_json (report);
  ent_report_free (report);
  report = ent_report_from_json (written, strlen (written), NULL);
  g_assert_nonnull (report);
}

/* A megabyte of unknown keys takes no long thinking either. */
static void
test_many_keys (void)
{
  g_autoptr (GString) text = g_string_new ("{\"entrega_template\":1");
  g_autoptr (EntReport) report = NULL;
  g_autofree char *written = NULL;
  gint64 begin = g_get_monotonic_time ();

  for (int i = 0; text->len < 1000000; i++)
    g_string_append_printf (text, ",\"k%d\":%d", i, i);
  g_string_append_c (text, '}');
  report = ent_report_from_json (text->str, text->len, NULL);
  g_assert_nonnull (report);
  written = ent_report_to_json (report);
  g_assert_nonnull (strstr (written, "\"k50000\": 50000"));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

/* The sample with random bytes changed, cut out or doubled: refused, or read and then written
 * as a file that means the same. */
static void
test_spoilt (void)
{
  g_autoptr (GRand) random = ent_test_rand_new ();
  static const char letters[] = "{}[]\",:\\ 019-.eatcns!_\xc3\n";
  guint taken = 0;

  for (guint i = 0; i < ent_test_rounds (20000, 1000000); i++)
    {
      g_autoptr (GString) text = g_string_new (TEMPLATE_TEXT);
      g_autoptr (EntReport) report = NULL;
      g_autoptr (EntReport) back = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *written = NULL;
      guint n = 1 + g_rand_int (random) % 3;

      for (guint j = 0; j < n; j++)
        {
          gsize at = g_rand_int (random) % (text->len - 10);
          guint what = g_rand_int (random) % 4;

          if (what == 0)
            g_string_erase (text, (gssize) at, 1 + g_rand_int (random) % 9);
          else if (what == 1)
            g_string_insert_len (text, (gssize) at, text->str + at, 5);
          else
            text->str[at] = letters[g_rand_int (random) % (sizeof letters - 1)];
        }
      report = ent_report_from_json (text->str, text->len, &error);
      g_assert_true ((report == NULL) == (error != NULL));
      if (report == NULL)
        continue;
      taken++;
      written = ent_report_to_json (report);
      back = ent_report_from_json (written, strlen (written), NULL);
      g_assert_nonnull (back);
      g_assert_true (ent_report_equal (report, back));
    }
  g_assert_cmpuint (taken, >, 500);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-refusals/not-a-template", test_not_a_template);
  g_test_add_func ("/report-refusals/syntax", test_syntax);
  g_test_add_func ("/report-refusals/values", test_values);
  g_test_add_func ("/report-refusals/limits", test_limits);
  g_test_add_func ("/report-refusals/depth-that-fits", test_depth_that_fits);
  g_test_add_func ("/report-refusals/many-keys", test_many_keys);
  g_test_add_func ("/report-refusals/spoilt", test_spoilt);
  return g_test_run ();
}
