/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of the tz database: rules as POSIX writes them, and broken files, which are refused
 * without harm. */

#include "ent-test-util.h"
#include "ent-zone-private.h"

#include <string.h>

static gboolean
parse_rule (EntZoneRule *rule, const char *text)
{
  return ent_zone_rule_parse (rule, text, strlen (text));
}

static void
test_rules (void)
{
  static const struct
  {
    const char *rule;
    int year;
    gint64 standard_minutes, summer_minutes;
    const char *begin, *end;
  } rules[] = {
    { "AAA0BBB,M1.1.4/0,M12.5.4/0", 2026, 0, 60, "2026-01-01T00:00:00.000Z",
      "2026-12-30T23:00:00.000Z" },
    { "EST5EDT,M3.2.0,M11.1.0", 2026, -300, -240, "2026-03-08T07:00:00.000Z",
      "2026-11-01T06:00:00.000Z" },
    { "<-04>4<-03>,M9.1.6/24,M4.1.6/24", 2025, -240, -180, "2025-09-07T04:00:00.000Z",
      "2025-04-06T03:00:00.000Z" },
    { "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2025, 630, 660, "2025-10-04T15:30:00.000Z",
      "2025-04-05T15:00:00.000Z" },
    { "IST-1GMT0,M10.5.0,M3.5.0/1", 2026, 60, 0, "2026-10-25T01:00:00.000Z",
      "2026-03-29T01:00:00.000Z" },
    { "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026, -120, -60, "2026-03-29T01:00:00.000Z",
      "2026-10-25T01:00:00.000Z" },
    { "AAA0BBB,J60/0,J365/0", 2024, 0, 60, "2024-03-01T00:00:00.000Z", "2024-12-30T23:00:00.000Z" },
    { "AAA0BBB,J59/0,365/0", 2024, 0, 60, "2024-02-28T00:00:00.000Z", "2024-12-30T23:00:00.000Z" },
    { "AAA0BBB,59/0,J60/1:02:03", 2024, 0, 60, "2024-02-29T00:00:00.000Z",
      "2024-03-01T00:02:03.000Z" },
    { "AAA0BBB,0/0,J1/167", 2023, 0, 60, "2023-01-01T00:00:00.000Z", "2023-01-07T22:00:00.000Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      EntZoneRule rule;
      gint64 begin, end;
      g_autofree char *begin_text = NULL;
      g_autofree char *end_text = NULL;

      g_test_message ("%s", rules[i].rule);
      g_assert_true (parse_rule (&rule, rules[i].rule));
      g_assert_true (rule.has_summer);
      g_assert_cmpint (rule.standard, ==, rules[i].standard_minutes * ENT_MINUTE_MS);
      g_assert_cmpint (rule.summer, ==, rules[i].summer_minutes * ENT_MINUTE_MS);
      ent_zone_rule_changes (&rule, rules[i].year, &begin, &end);
      begin_text = ent_instant_format (begin);
      end_text = ent_instant_format (end);
      g_assert_cmpstr (begin_text, ==, rules[i].begin);
      g_assert_cmpstr (end_text, ==, rules[i].end);
    }
}

static void
test_fixed_rules (void)
{
  EntZoneRule rule;

  g_assert_true (parse_rule (&rule, "<-03>3"));
  g_assert_false (rule.has_summer);
  g_assert_cmpint (rule.standard, ==, -3 * ENT_HOUR_MS);
  g_assert_true (parse_rule (&rule, "<+0545>-5:45"));
  g_assert_cmpint (rule.standard, ==, 5 * ENT_HOUR_MS + 45 * ENT_MINUTE_MS);
  g_assert_true (parse_rule (&rule, "UTC0"));
  g_assert_cmpint (rule.standard, ==, 0);
  g_assert_true (parse_rule (&rule, "LMT+0:36:45"));
  g_assert_cmpint (rule.standard, ==, -(36 * 60 + 45) * ENT_SECOND_MS);
}

static void
test_wrong_rules (void)
{
  static const char *const wrong[] = {
    "",
    "EST",
    "ES5",
    "<-03",
    "<-03>",
    "<-03>x",
    "EST26",
    "EST5:60",
    "EST5EDT",
    "EST5EDT,",
    "EST5EDT,M3.2.0",
    "EST5EDT,M3.2.0,",
    "EST5EDT,M0.2.0,M11.1.0",
    "EST5EDT,M13.2.0,M11.1.0",
    "EST5EDT,M3.0.0,M11.1.0",
    "EST5EDT,M3.6.0,M11.1.0",
    "EST5EDT,M3.2.7,M11.1.0",
    "EST5EDT,M3.2,M11.1.0",
    "EST5EDT,J0,J365",
    "EST5EDT,J1,J366",
    "EST5EDT,0,366",
    "EST5EDT,M3.2.0/168,M11.1.0",
    "EST5EDT,M3.2.0/2:,M11.1.0",
    "EST5EDT,M3.2.0,M11.1.0 ",
    "EST5EDT,M3.2.0,M11.1.0,J1",
    "EST5EDT9,X1,M11.1.0",
    "EST5,M3.2.0,M11.1.0",
    "EST51",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      EntZoneRule rule;

      g_test_message ("%s", wrong[i]);
      g_assert_false (parse_rule (&rule, wrong[i]));
    }
}

/* A file with one type and no changes, and a rule that the table is made from. */
static GArray *
parse_with_rule (const char *rule, gint64 *cycle_from)
{
  static const guint8 head[44] = { 'T', 'Z', 'i', 'f', '2', [39] = 1, [43] = 1 };
  static const guint8 block[] = { 0, 0, 0, 0, 0, 0, 'A' };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  GArray *spans;

  for (int i = 0; i < 2; i++)
    {
      g_byte_array_append (file, head, sizeof head);
      g_byte_array_append (file, block, sizeof block);
    }
  g_byte_array_append (file, (const guint8 *) "\n", 1);
  g_byte_array_append (file, (const guint8 *) rule, (guint) strlen (rule));
  g_byte_array_append (file, (const guint8 *) "\n", 1);
  spans = ent_zone_file_parse (file->data, file->len, cycle_from, &error);
  g_assert_no_error (error);
  return spans;
}

static void
test_tables (void)
{
  gint64 cycle_from;
  g_autoptr (GArray) fixed = parse_with_rule ("AAA0", &cycle_from);
  g_autoptr (GArray) permanent = NULL;
  g_autoptr (GArray) usual = NULL;
  g_autoptr (GArray) none = NULL;

  g_assert_cmpint (cycle_from, ==, G_MAXINT64);
  g_assert_cmpuint (fixed->len, ==, 1);

  none = parse_with_rule ("", &cycle_from);
  g_assert_cmpuint (none->len, ==, 1);

  /* How permanent summer time is written: each end is the next beginning. */
  permanent = parse_with_rule ("AAA3BBB,0/0,J365/25", &cycle_from);
  g_assert_cmpint (cycle_from, !=, G_MAXINT64);
  for (guint i = 1; i + 1 < permanent->len; i++)
    g_assert_cmpint (g_array_index (permanent, EntZoneSpan, i).offset, ==, -2 * ENT_HOUR_MS);

  usual = parse_with_rule ("EST5EDT,M3.2.0,M11.1.0", &cycle_from);
  g_assert_cmpuint (usual->len, >, 900);
  for (guint i = 1; i < usual->len; i++)
    {
      const EntZoneSpan *span = &g_array_index (usual, EntZoneSpan, i);

      g_assert_cmpint (span->start, >, span[-1].start);
      g_assert_cmpint (span->offset, !=, span[-1].offset);
      g_assert_cmpint (span->reached, >=, span[-1].reached);
    }
}

static void
read_file (char **data, gsize *length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (ent_zone_file_folder (), "America/New_York", NULL);

  g_file_get_contents (path, data, length, &error);
  g_assert_no_error (error);
}

/* Cut anywhere, a file is refused, or (behind its whole rule) understood. */
static void
test_cut_files (void)
{
  g_autofree char *data = NULL;
  gsize length;
  gint64 cycle_from;

  read_file (&data, &length);
  for (gsize cut = 0; cut < length; cut++)
    {
      /* An exact copy, so that a sanitizer sees a step too far. */
      g_autofree guint8 *copy = g_memdup2 (data, cut);
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_zone_file_parse (copy, cut, &cycle_from, &error));
      g_assert_error (error, ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID);
    }
}

/* With any bytes changed it is refused, or gives a table that is in order. */
static void
test_spoilt_files (void)
{
  g_autoptr (GRand) random = ent_test_rand_new ();
  g_autofree char *data = NULL;
  gsize length;
  guint rounds = ent_test_rounds (20000, 1000000);
  guint understood = 0;

  read_file (&data, &length);
  for (guint i = 0; i < rounds; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GArray) spans = NULL;
      guint n = 1 + g_rand_int (random) % 4;
      gint64 cycle_from;

      for (guint j = 0; j < n; j++)
        {
          /* The heads more often than the rest. */
          gsize at = g_rand_int (random) % (j % 2 == 0 ? length : 44);

          copy[at] = (guint8) g_rand_int (random);
        }
      spans = ent_zone_file_parse (copy, length, &cycle_from, NULL);
      if (spans == NULL)
        continue;
      understood++;
      for (guint j = 1; j < spans->len; j++)
        {
          const EntZoneSpan *span = &g_array_index (spans, EntZoneSpan, j);

          g_assert_cmpint (span->start, >, span[-1].start);
          g_assert_cmpint (span->reached, >=, span[-1].reached);
        }
    }
  g_assert_cmpuint (understood, >, 0);
  g_assert_cmpuint (understood, <, rounds);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zone-rule/rules", test_rules);
  g_test_add_func ("/zone-rule/fixed", test_fixed_rules);
  g_test_add_func ("/zone-rule/wrong", test_wrong_rules);
  g_test_add_func ("/zone-rule/tables", test_tables);
  g_test_add_func ("/zone-rule/cut-files", test_cut_files);
  g_test_add_func ("/zone-rule/spoilt-files", test_spoilt_files);
  return g_test_run ();
}
