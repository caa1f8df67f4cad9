/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates run on real data: a saved report gives the bytes of the report that was saved, a
 * schedule's command gives its file, names that vanished are told. One provider and one folder for
 * all tests; none changes the messages. */
#include "config.h"

#include "template-test.h"

#include "ent-period.h"
#include "ent-report.h"
#include "ent-schedule-unit.h"
#include "ent-timer.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

static TemplateTest *test;

/* ---- Random reports ---- */

static const char *const zones[] = { "America/Sao_Paulo", "UTC",           "America/Bogota",
                                     "Asia/Kathmandu",    "Europe/Lisbon", "Pacific/Apia" };
static const char *const bys[] = { "day",  "hour",     "week",         "month",  "subaccount",
                                   "user", "campaign", "content-type", "status", "reason" };
static const char *const filters[][8] = {
  { "channel", "whatsapp", "sms", "rcs", "!sms" },
  { "direction", "mt", "mo" },
  { "campaign", "Entregas", "!Entregas", "", "Nobody knows this one" },
  { "content-type", "text", "template", "!text" },
  { "status", "delivered", "read", "not-delivered", "!read" },
  { "stage", "errors", "sent", "pending" },
  { "reason", "blocked", "invalid-number", "!unknown" },
  { "phone", "9876", "+5511" },
  { "text", "pedido", "çã" },
};

static const char *
pick (GRand *rand, const char *const *set, guint n)
{
  return set[g_rand_int_range (rand, 0, (gint32) n)];
}

static void
add_option (GPtrArray *options, const char *name, const char *value)
{
  g_ptr_array_add (options, g_strconcat ("--", name, "=", value, NULL));
}

static void
add_period (GPtrArray *options, GRand *rand)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  EntDay first;

  if (g_rand_int_range (rand, 0, 4) > 0)
    {
      add_option (
          options, "period",
          ent_period_kind_key ((EntPeriodKind) g_rand_int_range (rand, 0, ENT_N_PERIOD_TOKENS)));
      return;
    }
  first = ent_day_from_ymd (2026, 10, 1) + g_rand_int_range (rand, 0, 50);
  from = ent_day_format (first);
  to = ent_day_format (first + g_rand_int_range (rand, 0, 20));
  add_option (options, "from", from);
  add_option (options, "to", to);
}

static void
add_filters (GPtrArray *options, GRand *rand)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      guint n = 0;

      while (n + 1 < G_N_ELEMENTS (filters[i]) && filters[i][n + 1] != NULL)
        n++;
      for (int k = g_rand_int_range (rand, 0, 6); k > 4; k--)
        add_option (options, filters[i][0], pick (rand, filters[i] + 1, n));
    }
}

/* (transfer full) (element-type utf8) */
static GPtrArray *
random_options (GRand *rand)
{
  static const char *const bases[] = { "send-date", "event-date" };
  static const char *const percents[] = { "previous-stage", "total" };
  static const char *const compares[] = { "none", "previous-period", "same-weekdays" };
  GPtrArray *options = g_ptr_array_new_with_free_func (g_free);

  add_period (options, rand);
  add_option (options, "timezone", pick (rand, zones, G_N_ELEMENTS (zones)));
  add_option (options, "by", pick (rand, bys, G_N_ELEMENTS (bys)));
  add_option (options, "basis", pick (rand, bases, 2));
  add_option (options, "percent-of", pick (rand, percents, 2));
  add_option (options, "compare", pick (rand, compares, 3));
  add_filters (options, rand);
  return options;
}

/* Runs words and then @options. */
static char *
run (const char *const *words, const GPtrArray *options)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  int status;

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer) words[i]);
  for (guint i = 0; options != NULL && i < options->len; i++)
    g_ptr_array_add (arguments, g_ptr_array_index (options, i));
  g_ptr_array_add (arguments, NULL);
  status = template_test_run_strv (test, (const char *const *) arguments->pdata);
  if (status != 0)
    g_error ("exit status %d: %s", status, test->err);
  return g_steal_pointer (&test->out);
}

/* Each command is a process of its own: nothing but the saved template goes from one to the next.
 */
static void
test_same_bytes (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  guint rounds = ent_test_rounds (20, 500);

  for (guint round = 0; round < rounds; round++)
    {
      g_autoptr (GPtrArray) options = random_options (rand);
      g_autofree char *name = g_strdup_printf ("Random %u", round);
      const char *save[] = { "template", "save", "--name", name, NULL };
      const char *direct[] = { "report", "--json", NULL };
      const char *by_template[] = { "report", "--json", "--template", name, NULL };
      g_autofree char *before = run (direct, options);
      g_autofree char *saved = run (save, options);
      g_autofree char *after = run (by_template, NULL);

      g_assert_cmpstr (saved, ==, "");
      g_assert_cmpstr (before, ==, after);
    }
}

/* The same of lists and files, which have columns, order, dialect and privacy besides. */
static void
test_same_list_and_file (void)
{
  g_autofree char *direct = template_test_path (test, "direct.csv");
  g_autofree char *by_template = template_test_path (test, "by-template.csv");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *list = NULL;

  template_test_do (test, "export", "--period", "previous-week", "--channel", "whatsapp",
                    "--columns", "created_at,phone,campaign,status", "--sort", "phone:desc",
                    "--view", "detailed", "--format", "csv", "--dialect", "excel-pt", "--privacy",
                    "pseudonym", "--output", direct, NULL);
  template_test_do (test, "template", "save", "--name", "Sheet", "--period", "previous-week",
                    "--channel", "whatsapp", "--columns", "created_at,phone,campaign,status",
                    "--sort", "phone:desc", "--view", "detailed", "--format", "csv", "--dialect",
                    "excel-pt", "--privacy", "pseudonym", NULL);
  template_test_do (test, "export", "--template", "Sheet", "--output", by_template, NULL);
  first = template_test_read (direct);
  second = template_test_read (by_template);
  g_assert_cmpuint (strlen (first), >, 1000);
  g_assert_cmpstr (first, ==, second);
  template_test_do (test, "list", "--json", "--period", "previous-week", "--channel", "whatsapp",
                    "--columns", "created_at,phone", "--sort", "phone:desc", NULL);
  list = g_steal_pointer (&test->out);
  template_test_do (test, "list", "--json", "--template", "Sheet", "--columns", "created_at,phone",
                    NULL);
  g_assert_cmpstr (test->out, ==, list);
}

/* Any template, to a file, back, and to a file again. */
static void
test_file_round_trip (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autofree char *one = template_test_path (test, "one.entrega-template");
  g_autofree char *two = template_test_path (test, "two.entrega-template");
  guint rounds = ent_test_rounds (8, 200);

  for (guint round = 0; round < rounds; round++)
    {
      g_autoptr (GPtrArray) options = random_options (rand);
      const char *save[] = { "template", "save", "--name", "Trip", "--force", NULL };
      g_autofree char *saved = run (save, options);
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      template_test_do (test, "template", "export", "Trip", "--output", one, NULL);
      template_test_do (test, "template", "delete", "Trip", NULL);
      template_test_do (test, "template", "import", one, NULL);
      template_test_do (test, "template", "export", "Trip", "--output", two, NULL);
      first = template_test_read (one);
      second = template_test_read (two);
      g_assert_cmpstr (first, ==, second);
    }
}

/* What vanished is told, and matches nothing: no other filter takes its place. */
static void
test_vanished_names (void)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *totals;

  template_test_do (test, "template", "save", "--name", "Old", "--period", "last-30-days",
                    "--campaign", "Natal de 2019", NULL);
  template_test_do (test, "report", "--template", "Old", "--json", NULL);
  g_assert_cmpstr (test->err, ==, "Campaign “Natal de 2019”: not found\n");
  root = json_from_string (test->out, NULL);
  totals = json_object_get_object_member (json_node_get_object (root), "totals");
  g_assert_cmpint (json_object_get_int_member (totals, "total"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (totals, "received"), ==, 0);
  template_test_do (test, "list", "--template", "Old", "--json", NULL);
  g_assert_cmpstr (test->out, ==, "");
  template_test_do (test, "report", "--template", "Old", "--campaign", "Entregas", "--json", NULL);
  g_assert_cmpstr (test->err, ==, "");
}

static void
test_last_run (void)
{
  template_test_do (test, "template", "save", "--name", "Run", NULL);
  template_test_do (test, "template", "show", "Run", "--json", NULL);
  g_assert_nonnull (strstr (test->out, "\"last_run\" : null"));
  template_test_do (test, "report", "--template", "Run", NULL);
  template_test_do (test, "template", "show", "Run", "--json", NULL);
  g_assert_nonnull (strstr (test->out, "\"last_run\" : \"" TEMPLATE_TEST_NOW "\""));
}

/* ---- Names of files ---- */

static void
test_placeholders (void)
{
  g_autofree char *pattern =
      template_test_path (test, "{template} {from}_{to} {date} {time} {view} {period}.{format}");
  g_autofree char *expected = template_test_path (
      test, "A-B- -C- 2026-11-15_2026-11-21 2026-11-22 0000 consolidated previous-7-days.csv");

  template_test_do (test, "template", "save", "--name", "A/B: <C>", "--period", "previous-7-days",
                    "--timezone", "America/Sao_Paulo", NULL);
  template_test_do (test, "export", "--template", "A/B: <C>", "--output", pattern, NULL);
  g_assert_true (g_file_test (expected, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpint (
      template_test_run (test, "export", "--template", "A/B: <C>", "--output", "{phone}.csv", NULL),
      ==, 2);
  g_assert_nonnull (strstr (test->err, "“{phone}”"));
  g_assert_nonnull (strstr (test->err, "{template}, {view}"));
  g_assert_cmpint (template_test_run (test, "export", "--output", "a}.csv", NULL), ==, 2);
}

/* ---- Schedules ---- */

static EntScheduleEntry *
entry_new (const char *name, const char *folder)
{
  EntScheduleEntry *entry = ent_schedule_entry_new ();

  entry->template_id = 4711;
  entry->template_name = g_strdup (name);
  entry->program = ent_test_program ("entrega-cli");
  entry->data_dir = template_test_path (test, "data");
  entry->folder = g_strdup (folder);
  entry->file_name = g_strdup ("{template}-{from}-{to}.csv");
  entry->format = ENT_FORMAT_CSV;
  return entry;
}

/* What systemd keeps on disk, read back. */
static EntScheduleEntry *
set_and_read (const EntScheduleEntry *entry)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ent_timer_set (entry, NULL, &error));
  g_assert_error (error, ENT_TIMER_ERROR, ENT_TIMER_ERROR_UNAVAILABLE);
  return ent_timer_find (entry->data_dir, entry->template_id);
}

static void
verify_units (const EntScheduleEntry *entry)
{
  g_autofree char *dir = ent_timer_dir ();
  g_autofree char *unit = ent_schedule_unit_name (entry->data_dir, entry->template_id);
  g_autofree char *service = g_strdup_printf ("%s/%s.service", dir, unit);
  g_autofree char *timer = g_strdup_printf ("%s/%s.timer", dir, unit);
  g_autofree char *runtime = g_strconcat ("XDG_RUNTIME_DIR=", test->dir, NULL);
  const char *argv[] = { "env", runtime, "systemd-analyze", "--user", "--man=no", "verify", service,
                         timer, NULL };
  g_autofree char *err = NULL;

  g_assert_cmpint (ent_test_run (argv, NULL, NULL, &err), ==, 0);
  g_assert_cmpstr (err, ==, "");
}

/* The clock of the test, for a command that is run as it stands. */
static void
assert_written (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = template_test_read (path);

  g_assert_cmpuint (strlen (text), >, 300);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* The command of the unit, and the line of cron through a shell, each as it is, write the file. */
static void
test_schedule_end_to_end (void)
{
  g_autofree char *folder = template_test_path (test, "to {from} 100 % $HOME");
  g_autoptr (EntScheduleEntry) entry = NULL;
  g_autoptr (EntScheduleEntry) read = NULL;
  g_auto (GStrv) command = NULL;
  g_autofree char *line = NULL;
  g_auto (GStrv) fields = NULL;
  g_auto (GStrv) unescaped = NULL;
  g_autofree char *for_shell = NULL;
  g_autofree char *err = NULL;
  const char *shell[] = { "/bin/sh", "-c", NULL, NULL };

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  template_test_do (test, "template", "save", "--name", "Semana “100 %” $x", "--period",
                    "previous-week", "--timezone", "America/Sao_Paulo", NULL);
  entry = entry_new ("Semana “100 %” $x", folder);
  read = set_and_read (entry);
  verify_units (read);
  g_setenv ("ENTREGA_NOW", TEMPLATE_TEST_NOW, TRUE);
  command = ent_schedule_entry_command (read);
  if (ent_test_run ((const char *const *) command, NULL, NULL, &err) != 0)
    g_error ("%s", err);
  assert_written (folder, "Semana “100 %” $x-2026-11-09-2026-11-15.csv");

  line = ent_schedule_entry_cron_line (read);
  fields = g_strsplit (line, " ", 6);
  unescaped = g_strsplit (fields[5], "\\%", -1);
  for_shell = g_strjoinv ("%", unescaped);
  shell[2] = for_shell;
  g_clear_pointer (&err, g_free);
  if (ent_test_run (shell, NULL, NULL, &err) != 0)
    g_error ("%s", err);
  assert_written (folder, "Semana “100 %” $x-2026-11-09-2026-11-15.csv");
  g_unsetenv ("ENTREGA_NOW");
}

/* ---- A synchronisation before ---- */

static void
test_sync_that_fails (void)
{
  g_autofree char *path = template_test_path (test, "stale.csv");
  g_autofree char *credentials =
      ent_test_write_file (test->dir, "lost.json", "{\"api_key\":\"k\",\"api_secret\":\"s\"}", -1);
  g_autofree char *text = NULL;

  g_assert_cmpint (g_chmod (credentials, 0600), ==, 0);
  template_test_do (test, "source", "add", "--kind", "engage", "--name", "Silent", "--url",
                    "http://127.0.0.1:9", "--credentials-from", credentials, NULL);
  g_assert_cmpint (g_unlink (credentials), ==, 0);
  g_assert_cmpint (template_test_run (test, "export", "--sync", "--output", path, NULL), ==, 3);
  g_assert_nonnull (strstr (test->err, "Silent: "));
  g_assert_nonnull (strstr (test->err, "the synchronisation failed"));
  text = template_test_read (path);
  g_assert_cmpuint (strlen (text), >, 1000);
  g_assert_cmpint (
      template_test_run (test, "export", "--sync", "--offline", "--output", path, NULL), ==, 2);
  template_test_do (test, "source", "remove", "Silent", NULL);
  template_test_do (test, "export", "--sync", "--output", path, NULL);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GSubprocess) provider = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  test = template_test_new ();
  g_setenv ("XDG_CONFIG_HOME", test->dir, TRUE);
  provider = template_test_fill (test);
  g_test_add_func ("/cli/template-runs/same-bytes", test_same_bytes);
  g_test_add_func ("/cli/template-runs/same-list-and-file", test_same_list_and_file);
  g_test_add_func ("/cli/template-runs/file-round-trip", test_file_round_trip);
  g_test_add_func ("/cli/template-runs/vanished-names", test_vanished_names);
  g_test_add_func ("/cli/template-runs/last-run", test_last_run);
  g_test_add_func ("/cli/template-runs/placeholders", test_placeholders);
  g_test_add_func ("/cli/template-runs/schedule-end-to-end", test_schedule_end_to_end);
  g_test_add_func ("/cli/template-runs/sync-that-fails", test_sync_that_fails);
  status = g_test_run ();
  g_subprocess_send_signal (provider, SIGTERM);
  g_assert_true (g_subprocess_wait (provider, NULL, NULL));
  template_test_free (test);
  return status;
}
