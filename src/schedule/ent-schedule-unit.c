/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit files: see the header. What the window needs to show a schedule again stands in a section
 * of our own, [X-Entrega], which systemd passes over. Pure. */
#include "config.h"

#include "ent-schedule-unit.h"

#include <string.h>

#define SECTION "X-Entrega"
#define FORMAT_VERSION 1

char *
ent_schedule_unit_prefix (const char *data_dir)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, data_dir, -1);

  return g_strdup_printf ("entrega-%.8s-", digest);
}

char *
ent_schedule_unit_name (const char *data_dir, gint64 template_id)
{
  g_autofree char *prefix = ent_schedule_unit_prefix (data_dir);

  return g_strdup_printf ("%s%" G_GINT64_FORMAT, prefix, template_id);
}

char *
ent_schedule_quote_argument (const char *text)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (const char *at = text; *at != '\0'; at++)
    switch (*at)
      {
      case '"':
      case '\\':
        g_string_append_c (quoted, '\\');
        g_string_append_c (quoted, *at);
        break;
      case '%': /* a specifier otherwise */
        g_string_append (quoted, "%%");
        break;
      case '$': /* a variable otherwise */
        g_string_append (quoted, "$$");
        break;
      case '\n':
        g_string_append (quoted, "\\n");
        break;
      default:
        g_string_append_c (quoted, *at);
      }
  g_string_append_c (quoted, '"');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

/* A description is one line, in which % starts a specifier. */
static char *
describe (const EntScheduleEntry *entry)
{
  g_auto (GStrv) parts = g_strsplit (entry->template_name, "%", -1);
  g_autofree char *name = g_strjoinv ("%%", parts);

  g_strdelimit (name, "\n\r", ' ');
  return g_strconcat ("Entrega report: ", name, NULL);
}

static char *
exec_line (const EntScheduleEntry *entry)
{
  g_auto (GStrv) command = ent_schedule_entry_command (entry);

  for (guint i = 0; command[i] != NULL; i++)
    {
      char *quoted = ent_schedule_quote_argument (command[i]);

      g_free (command[i]);
      command[i] = quoted;
    }
  return g_strjoinv (" ", command);
}

/* Base64, because a key file's own escapes are not systemd's. */
static void
append_text (GString *text, const char *key, const char *value)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) value, strlen (value));

  g_string_append_printf (text, "%s=%s\n", key, encoded);
}

static void
append_section (GString *text, const EntScheduleEntry *entry)
{
  g_string_append_printf (text, "\n[" SECTION "]\nVersion=%d\n", FORMAT_VERSION);
  g_string_append_printf (text, "TemplateId=%" G_GINT64_FORMAT "\n", entry->template_id);
  append_text (text, "TemplateName", entry->template_name);
  g_string_append_printf (text, "Every=%s\nWeekday=%d\nMonthDay=%d\nHour=%d\nMinute=%d\n",
                          ent_schedule_every_key (entry->when.every), entry->when.weekday,
                          entry->when.month_day, entry->when.hour, entry->when.minute);
  append_text (text, "Program", entry->program);
  append_text (text, "DataDir", entry->data_dir);
  append_text (text, "Folder", entry->folder);
  append_text (text, "FileName", entry->file_name);
  g_string_append_printf (text, "Format=%s\nNotify=%s\n", ent_format_key (entry->format),
                          entry->notify ? "true" : "false");
}

char *
ent_schedule_service_text (const EntScheduleEntry *entry)
{
  g_autofree char *description = describe (entry);
  g_autofree char *exec = exec_line (entry);
  g_autoptr (GString) text =
      g_string_new ("# Written by Entrega; changes here are lost when the schedule changes.\n");

  g_string_append_printf (text, "[Unit]\nDescription=%s\n\n", description);
  g_string_append_printf (text, "[Service]\nType=oneshot\nUMask=0077\nNice=10\nExecStart=%s\n",
                          exec);
  append_section (text, entry);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
ent_schedule_timer_text (const EntScheduleEntry *entry)
{
  g_autofree char *description = describe (entry);
  g_autofree char *calendar = ent_schedule_to_calendar (&entry->when);

  return g_strdup_printf ("# Written by Entrega; changes here are lost when the schedule changes.\n"
                          "[Unit]\nDescription=%s\n\n"
                          "[Timer]\nOnCalendar=%s\nPersistent=true\nRandomizedDelaySec=120\n\n"
                          "[Install]\nWantedBy=timers.target\n",
                          description, calendar);
}

/* --- reading back ------------------------------------------------------------------------- */

static char *
section_of (const char *text)
{
  const char *start = strstr (text, "\n[" SECTION "]\n");

  return start != NULL ? g_strdup (start + 1) : NULL;
}

static char *
get_text (GKeyFile *file, const char *key)
{
  g_autofree char *encoded = g_key_file_get_string (file, SECTION, key, NULL);
  g_autofree guchar *decoded = NULL;
  gsize length = 0;

  if (encoded == NULL)
    return NULL;
  decoded = g_base64_decode (encoded, &length);
  if (decoded == NULL || !g_utf8_validate ((const char *) decoded, (gssize) length, NULL))
    return NULL;
  return g_strndup ((const char *) decoded, length);
}

static gboolean
read_schedule (GKeyFile *file, EntSchedule *when)
{
  g_autofree char *every = g_key_file_get_string (file, SECTION, "Every", NULL);

  if (!ent_schedule_every_from_key (every, &when->every))
    return FALSE;
  when->weekday = g_key_file_get_integer (file, SECTION, "Weekday", NULL);
  when->month_day = g_key_file_get_integer (file, SECTION, "MonthDay", NULL);
  when->hour = g_key_file_get_integer (file, SECTION, "Hour", NULL);
  when->minute = g_key_file_get_integer (file, SECTION, "Minute", NULL);
  return ent_schedule_is_valid (when);
}

static gboolean
read_entry (GKeyFile *file, EntScheduleEntry *entry)
{
  g_autofree char *format = g_key_file_get_string (file, SECTION, "Format", NULL);

  if (g_key_file_get_integer (file, SECTION, "Version", NULL) != FORMAT_VERSION)
    return FALSE;
  entry->template_id = g_key_file_get_int64 (file, SECTION, "TemplateId", NULL);
  entry->template_name = get_text (file, "TemplateName");
  entry->program = get_text (file, "Program");
  entry->data_dir = get_text (file, "DataDir");
  entry->folder = get_text (file, "Folder");
  entry->file_name = get_text (file, "FileName");
  entry->notify = g_key_file_get_boolean (file, SECTION, "Notify", NULL);
  return entry->template_name != NULL && entry->program != NULL && entry->data_dir != NULL &&
         entry->folder != NULL && entry->file_name != NULL && format != NULL &&
         ent_format_from_key (format, &entry->format) && read_schedule (file, &entry->when);
}

EntScheduleEntry *
ent_schedule_entry_parse (const char *service_text)
{
  g_autofree char *section = section_of (service_text);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (EntScheduleEntry) entry = ent_schedule_entry_new ();

  if (section == NULL ||
      !g_key_file_load_from_data (file, section, strlen (section), G_KEY_FILE_NONE, NULL))
    return NULL;
  return read_entry (file, entry) ? g_steal_pointer (&entry) : NULL;
}
