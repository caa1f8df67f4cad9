/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules in systemd's, cron's and our own words, and back. */
#include "config.h"

#include "ent-schedule-unit.h"
#include "ent-test-util.h"

#include <string.h>

/* What a shell, cron or systemd could stumble over. */
static const char *const hostile[] = {
  "Segunda-feira",
  "Relatório “da semana” 100 %",
  "it's $HOME and `id` and $(id)",
  "a\\b\\\\c \"quoted\" 'single'",
  "%n %h %% semi;colon & pipe | star *",
  "tab\there",
};

static EntScheduleEntry *
entry_named (const char *name)
{
  EntScheduleEntry *entry = ent_schedule_entry_new ();

  entry->template_id = 12;
  entry->template_name = g_strdup (name);
  entry->program = g_strdup ("/usr/bin/true");
  entry->data_dir = g_strdup ("/tmp/Entrega dados");
  entry->folder = g_strdup ("/tmp/relatórios $semana");
  entry->file_name = g_strdup ("{template}-{from}-{to}.xlsx");
  return entry;
}

static void
test_calendar_and_cron (void)
{
  static const struct
  {
    EntSchedule when;
    const char *calendar;
    const char *cron;
  } cases[] = {
    { { ENT_SCHEDULE_DAILY, 0, 1, 7, 5 }, "*-*-* 07:05:00", "5 7 * * *" },
    { { ENT_SCHEDULE_WORKDAYS, 0, 1, 18, 30 }, "Mon..Fri *-*-* 18:30:00", "30 18 * * 1-5" },
    { { ENT_SCHEDULE_WEEKLY, 0, 1, 7, 0 }, "Mon *-*-* 07:00:00", "0 7 * * 1" },
    { { ENT_SCHEDULE_WEEKLY, 6, 1, 7, 0 }, "Sun *-*-* 07:00:00", "0 7 * * 0" },
    { { ENT_SCHEDULE_MONTHLY, 0, 28, 0, 0 }, "*-*-28 00:00:00", "0 0 28 * *" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *calendar = ent_schedule_to_calendar (&cases[i].when);
      g_autofree char *cron = ent_schedule_to_cron (&cases[i].when);

      g_assert_cmpstr (calendar, ==, cases[i].calendar);
      g_assert_cmpstr (cron, ==, cases[i].cron);
    }
}

static void
test_validity (void)
{
  g_assert_false (ent_schedule_is_valid (&(EntSchedule){ ENT_SCHEDULE_DAILY, 0, 1, 24, 0 }));
  g_assert_false (ent_schedule_is_valid (&(EntSchedule){ ENT_SCHEDULE_DAILY, 0, 1, 7, 60 }));
  g_assert_false (ent_schedule_is_valid (&(EntSchedule){ ENT_SCHEDULE_WEEKLY, 7, 1, 7, 0 }));
  g_assert_false (ent_schedule_is_valid (&(EntSchedule){ ENT_SCHEDULE_MONTHLY, 0, 29, 7, 0 }));
  g_assert_true (ent_schedule_is_valid (&(EntSchedule){ ENT_SCHEDULE_DAILY, 99, 99, 0, 0 }));
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (EntScheduleEntry) entry = entry_named (hostile[i]);
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;
      g_autoptr (EntScheduleEntry) read = NULL;

      entry->when = (EntSchedule){ ENT_SCHEDULE_MONTHLY, 3, 15, 22, 45 };
      entry->format = ENT_FORMAT_PDF;
      entry->notify = FALSE;
      text = ent_schedule_service_text (entry);
      read = ent_schedule_entry_parse (text);
      g_assert_nonnull (read);
      g_assert_cmpstr (read->template_name, ==, hostile[i]);
      g_assert_cmpstr (read->folder, ==, entry->folder);
      again = ent_schedule_service_text (read);
      g_assert_cmpstr (again, ==, text);
    }
}

static void
test_foreign_units_are_left (void)
{
  g_assert_null (ent_schedule_entry_parse (""));
  g_assert_null (ent_schedule_entry_parse ("[Service]\nExecStart=/bin/true\n"));
  g_assert_null (ent_schedule_entry_parse ("[Unit]\n\n[X-Entrega]\nVersion=2\n"));
  g_assert_null (ent_schedule_entry_parse ("[Unit]\n\n[X-Entrega]\nVersion=1\nTemplateName=***\n"));
}

/* The shell takes the line apart into the very command. */
static void
test_cron_line (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (EntScheduleEntry) entry = entry_named (hostile[i]);
      g_autofree char *line = ent_schedule_entry_cron_line (entry);
      g_auto (GStrv) command = ent_schedule_entry_command (entry);
      g_auto (GStrv) unescaped = g_strsplit (line, "\\%", -1);
      g_autofree char *as_cron_passes_it = g_strjoinv ("%", unescaped);
      g_auto (GStrv) parsed = NULL;
      g_autoptr (GError) error = NULL;

      /* Five fields of time, then the command. */
      g_assert_true (g_shell_parse_argv (as_cron_passes_it, NULL, &parsed, &error));
      g_assert_no_error (error);
      g_assert_true (
          g_strv_equal ((const char *const *) parsed + 5, (const char *const *) command));
    }
}

static void
test_names_tell_folders_apart (void)
{
  g_autofree char *one = ent_schedule_unit_name ("/home/ana/a", 3);
  g_autofree char *two = ent_schedule_unit_name ("/home/ana/b", 3);
  g_autofree char *prefix = ent_schedule_unit_prefix ("/home/ana/a");

  g_assert_cmpstr (one, !=, two);
  g_assert_true (g_str_has_prefix (one, prefix));
  g_assert_true (g_str_has_suffix (one, "-3"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/calendar-and-cron", test_calendar_and_cron);
  g_test_add_func ("/schedule/validity", test_validity);
  g_test_add_func ("/schedule/round-trip", test_round_trip);
  g_test_add_func ("/schedule/foreign-units-are-left", test_foreign_units_are_left);
  g_test_add_func ("/schedule/cron-line", test_cron_line);
  g_test_add_func ("/schedule/names-tell-folders-apart", test_names_tell_folders_apart);
  return g_test_run ();
}
