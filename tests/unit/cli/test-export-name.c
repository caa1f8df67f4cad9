/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Placeholders of output names: what they become, what is refused, and that nothing escapes its
 * folder. */
#include "config.h"

#include "ent-export-name.h"
#include "ent-test-util.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1795316645000) /* 2026-11-22T03:04:05Z */

static EntReport *
report_new (const char *name)
{
  EntReport *report = ent_report_new ("pt_BR");

  report->name = g_strdup (name);
  report->format = ENT_FORMAT_XLSX;
  return report;
}

static void
test_values (void)
{
  static const struct
  {
    const char *pattern;
    const char *expected;
  } cases[] = {
    { "", "" },
    { "plain.csv", "plain.csv" },
    { "{template}", "Semana" },
    /* The day and the time of São Paulo. */
    { "{from} {to} {date} {time}", "2026-11-16 2026-11-22 2026-11-22 0004" },
    { "{view}.{period}.{format}", "consolidated.last-7-days.xlsx" },
    { "/a/{date}/{date}", "/a/2026-11-22/2026-11-22" },
    { "{{template}}", "{template}" },
    { "{{{template}}}", "{Semana}" },
    { "100 % $x \\n", "100 % $x \\n" },
  };
  g_autoptr (EntReport) report = report_new ("Semana");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expanded = ent_export_name_expand (cases[i].pattern, report, NOW);

      g_assert_null (ent_export_name_find_fault (cases[i].pattern));
      g_assert_cmpstr (expanded, ==, cases[i].expected);
    }
}

static void
test_faults (void)
{
  static const struct
  {
    const char *pattern;
    const char *fault;
  } cases[] = {
    { "{}", "{}" },
    { "{Template}", "{Template}" },
    { "{from", "{" },
    { "from}", "}" },
    { "a{b/c}", "{" },
    { "{{template}", "}" },
    { "{ from }", "{ from }" },
    { "{from}{phone}", "{phone}" },
    { "{from:%Y}", "{from:%Y}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fault = ent_export_name_find_fault (cases[i].pattern);

      g_assert_cmpstr (fault, ==, cases[i].fault);
    }
}

/* Whatever a template is called, its file stays in the folder, and every file system takes it. */
static void
test_hostile_names (void)
{
  static const char *const hostile[] = { "../../etc/passwd",
                                         "/etc/passwd",
                                         "..",
                                         ".",
                                         "-rf",
                                         "CON",
                                         "a/b",
                                         "\xe2\x80\xae"
                                         "cod.exe" };

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (EntReport) report = report_new (hostile[i]);
      g_autofree char *name = ent_export_name_expand ("{template}", report, NOW);

      g_assert_null (strchr (name, '/'));
      g_assert_true (name[0] != '.' && name[0] != '-' && name[0] != '\0');
      g_assert_cmpstr (name, !=, "CON");
    }
}

static void
test_long_names (void)
{
  g_autofree char *letters = g_strnfill (200, 'x');
  g_auto (GStrv) parts = g_strsplit (letters, "x", -1);
  g_autofree char *long_name = g_strjoinv ("ã", parts);
  g_autoptr (EntReport) report = report_new (long_name);
  g_autofree char *name = ent_export_name_expand ("/x/{template}-{from}-{to}.xlsx", report, NOW);
  g_autofree char *base = g_path_get_basename (name);

  g_assert_true (g_str_has_suffix (name, "-2026-11-16-2026-11-22.xlsx"));
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpuint (strlen (base), <=, 200);
  g_assert_cmpuint (strlen (base), >, 195);
}

/* Any text, escaped, stands for itself. */
static void
test_escape (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autoptr (EntReport) report = report_new ("T");

  for (guint round = 0; round < ent_test_rounds (2000, 100000); round++)
    {
      static const char signs[] = "{}{}ab/fromtemplate %";
      char text[16];
      g_autofree char *escaped = NULL;
      g_autofree char *expanded = NULL;

      for (guint i = 0; i + 1 < sizeof text; i++)
        text[i] = signs[g_rand_int_range (rand, 0, sizeof signs - 1)];
      text[sizeof text - 1] = '\0';
      escaped = ent_export_name_escape (text);
      g_assert_null (ent_export_name_find_fault (escaped));
      expanded = ent_export_name_expand (escaped, report, NOW);
      g_assert_cmpstr (expanded, ==, text);
    }
}

/* No pattern crashes, and each is either refused or expanded without a brace left over. */
static void
test_any_pattern (void)
{
  static const char *const pieces[] = { "{",          "}", "{{", "}}", "{from}",
                                        "{template}", "x", "/",  "{y}" };
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autoptr (EntReport) report = report_new ("T");

  for (guint round = 0; round < ent_test_rounds (2000, 100000); round++)
    {
      g_autoptr (GString) pattern = g_string_new (NULL);
      g_autofree char *fault = NULL;

      for (int i = g_rand_int_range (rand, 0, 8); i > 0; i--)
        g_string_append (pattern, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      fault = ent_export_name_find_fault (pattern->str);
      if (fault == NULL)
        {
          g_autofree char *expanded = ent_export_name_expand (pattern->str, report, NOW);
          g_autofree char *again = ent_export_name_escape (expanded);
          g_autofree char *same = ent_export_name_expand (again, report, NOW);

          g_assert_cmpstr (same, ==, expanded);
          g_assert_null (strstr (expanded, "{from}{y}"));
        }
      else
        g_assert_nonnull (strstr (pattern->str, fault));
    }
}

static void
test_list (void)
{
  g_autofree char *list = ent_export_name_list_placeholders ();

  g_assert_cmpstr (list, ==,
                   "{template}, {view}, {period}, {from}, {to}, {date}, {time}, {format}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/name/values", test_values);
  g_test_add_func ("/export/name/faults", test_faults);
  g_test_add_func ("/export/name/hostile-names", test_hostile_names);
  g_test_add_func ("/export/name/long-names", test_long_names);
  g_test_add_func ("/export/name/escape", test_escape);
  g_test_add_func ("/export/name/any-pattern", test_any_pattern);
  g_test_add_func ("/export/name/list", test_list);
  return g_test_run ();
}
