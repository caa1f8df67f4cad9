/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of schedules and their cron form: see the header. Pure. */
#include "config.h"

#include "ent-schedule.h"

#include <string.h>

#define DAYS_IN_A_WEEK 7
#define LAST_COMMON_DAY 28

static const char *const every_keys[] = {
  [ENT_SCHEDULE_DAILY] = "daily",
  [ENT_SCHEDULE_WORKDAYS] = "workdays",
  [ENT_SCHEDULE_WEEKLY] = "weekly",
  [ENT_SCHEDULE_MONTHLY] = "monthly",
};

static const char *const systemd_weekdays[DAYS_IN_A_WEEK] = { "Mon", "Tue", "Wed", "Thu",
                                                              "Fri", "Sat", "Sun" };

EntScheduleEntry *
ent_schedule_entry_new (void)
{
  EntScheduleEntry *self = g_new0 (EntScheduleEntry, 1);

  self->when = (EntSchedule){ ENT_SCHEDULE_WEEKLY, 0, 1, 7, 0 };
  self->format = ENT_FORMAT_XLSX;
  self->notify = TRUE;
  return self;
}

EntScheduleEntry *
ent_schedule_entry_copy (const EntScheduleEntry *self)
{
  EntScheduleEntry *copy = g_memdup2 (self, sizeof *self);

  copy->template_name = g_strdup (self->template_name);
  copy->program = g_strdup (self->program);
  copy->data_dir = g_strdup (self->data_dir);
  copy->folder = g_strdup (self->folder);
  copy->file_name = g_strdup (self->file_name);
  return copy;
}

void
ent_schedule_entry_free (EntScheduleEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->template_name);
  g_free (self->program);
  g_free (self->data_dir);
  g_free (self->folder);
  g_free (self->file_name);
  g_free (self);
}

gboolean
ent_schedule_is_valid (const EntSchedule *self)
{
  return self->every <= ENT_SCHEDULE_MONTHLY && self->hour >= 0 && self->hour < 24 &&
         self->minute >= 0 && self->minute < 60 &&
         (self->every != ENT_SCHEDULE_WEEKLY ||
          (self->weekday >= 0 && self->weekday < DAYS_IN_A_WEEK)) &&
         (self->every != ENT_SCHEDULE_MONTHLY ||
          (self->month_day >= 1 && self->month_day <= LAST_COMMON_DAY));
}

const char *
ent_schedule_every_key (EntScheduleEvery every)
{
  g_return_val_if_fail (every < G_N_ELEMENTS (every_keys), NULL);

  return every_keys[every];
}

gboolean
ent_schedule_every_from_key (const char *key, EntScheduleEvery *every)
{
  for (guint i = 0; i < G_N_ELEMENTS (every_keys); i++)
    if (g_strcmp0 (key, every_keys[i]) == 0)
      {
        *every = (EntScheduleEvery) i;
        return TRUE;
      }
  return FALSE;
}

char *
ent_schedule_to_calendar (const EntSchedule *self)
{
  g_return_val_if_fail (ent_schedule_is_valid (self), NULL);

  switch (self->every)
    {
    case ENT_SCHEDULE_WORKDAYS:
      return g_strdup_printf ("Mon..Fri *-*-* %02d:%02d:00", self->hour, self->minute);
    case ENT_SCHEDULE_WEEKLY:
      return g_strdup_printf ("%s *-*-* %02d:%02d:00", systemd_weekdays[self->weekday], self->hour,
                              self->minute);
    case ENT_SCHEDULE_MONTHLY:
      return g_strdup_printf ("*-*-%02d %02d:%02d:00", self->month_day, self->hour, self->minute);
    case ENT_SCHEDULE_DAILY:
    default:
      return g_strdup_printf ("*-*-* %02d:%02d:00", self->hour, self->minute);
    }
}

char *
ent_schedule_to_cron (const EntSchedule *self)
{
  g_return_val_if_fail (ent_schedule_is_valid (self), NULL);

  switch (self->every)
    {
    case ENT_SCHEDULE_WORKDAYS:
      return g_strdup_printf ("%d %d * * 1-5", self->minute, self->hour);
    case ENT_SCHEDULE_WEEKLY:
      /* cron's Sunday is 0, its Monday 1. */
      return g_strdup_printf ("%d %d * * %d", self->minute, self->hour,
                              (self->weekday + 1) % DAYS_IN_A_WEEK);
    case ENT_SCHEDULE_MONTHLY:
      return g_strdup_printf ("%d %d %d * *", self->minute, self->hour, self->month_day);
    case ENT_SCHEDULE_DAILY:
    default:
      return g_strdup_printf ("%d %d * * *", self->minute, self->hour);
    }
}

/* The folder stands for itself: placeholders belong to the name of the file. */
static char *
double_braces (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '{' || *at == '}')
        g_string_append_c (out, *at);
      g_string_append_c (out, *at);
    }
  return g_string_free (out, FALSE);
}

/* The template goes by name, as on any command line; renaming it in the window writes the timer
 * anew. */
GStrv
ent_schedule_entry_command (const EntScheduleEntry *self)
{
  g_autoptr (GStrvBuilder) command = g_strv_builder_new ();
  g_autofree char *folder = double_braces (self->folder);
  g_autofree char *output = g_build_filename (folder, self->file_name, NULL);

  g_strv_builder_add_many (command, self->program, "--data-dir", self->data_dir, "export",
                           "--template", self->template_name, "--format",
                           ent_format_key (self->format), "--output", output, "--sync", NULL);
  if (self->notify)
    g_strv_builder_add (command, "--notify");
  return g_strv_builder_end (command);
}

/* cron turns an unquoted % into a line's end, also inside quotes. */
static char *
escape_percent (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "%", -1);

  return g_strjoinv ("\\%", parts);
}

char *
ent_schedule_entry_cron_line (const EntScheduleEntry *self)
{
  g_auto (GStrv) command = ent_schedule_entry_command (self);
  g_autofree char *when = ent_schedule_to_cron (&self->when);
  g_autoptr (GString) line = g_string_new (when);

  for (guint i = 0; command[i] != NULL; i++)
    {
      g_autofree char *quoted = g_shell_quote (command[i]);
      g_autofree char *escaped = escape_percent (quoted);

      g_string_append_c (line, ' ');
      g_string_append (line, escaped);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}
