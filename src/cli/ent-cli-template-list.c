/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli template list, show. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-output.h"
#include "ent-cli-template.h"
#include "ent-words.h"

#include "ent-timer.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* ---- JSON ---- */

static void
set_instant (JsonObject *object, const char *key, gint64 instant)
{
  g_autofree char *text = instant > 0 ? ent_instant_format (instant) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, key, text);
  else
    json_object_set_null_member (object, key);
}

/* The schedule as cron has it; null without one. */
static void
set_schedule (JsonObject *object, const EntScheduleEntry *entry)
{
  g_autofree char *cron = entry != NULL ? ent_schedule_to_cron (&entry->when) : NULL;

  if (cron != NULL)
    json_object_set_string_member (object, "schedule", cron);
  else
    json_object_set_null_member (object, "schedule");
}

/* What is known of a saved template besides what its file says. */
static void
set_saved (JsonObject *object, const EntTemplate *template, const EntScheduleEntry *entry)
{
  json_object_set_int_member (object, "revision", template->revision);
  json_object_set_boolean_member (object, "pinned", template->pinned);
  set_instant (object, "created_at", template->created_at);
  set_instant (object, "updated_at", template->updated_at);
  set_instant (object, "last_run", template->last_run);
  set_schedule (object, entry);
}

static char *
to_text (JsonObject *object, gboolean pretty)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (root, object);
  return json_to_string (root, pretty);
}

/* One line of the list: its name, what it is, and which days it means now. */
static JsonObject *
summary_object (const EntReport *report)
{
  JsonObject *object = json_object_new ();
  EntRange range = ent_period_resolve (&report->period, report->zone, ent_clock_now ());
  g_autofree char *from = ent_day_format (range.first);
  g_autofree char *to = ent_day_format (range.last);

  json_object_set_string_member (object, "name", report->name);
  json_object_set_string_member (object, "view",
                                 report->view == ENT_VIEW_DETAILED ? "detailed" : "consolidated");
  json_object_set_string_member (object, "period", ent_period_kind_key (report->period.kind));
  json_object_set_string_member (object, "from", from);
  json_object_set_string_member (object, "to", to);
  json_object_set_string_member (object, "timezone", ent_zone_get_name (report->zone));
  json_object_set_string_member (object, "format", ent_format_key (report->format));
  return object;
}

static void
print_json_line (EntCli *cli, const EntTemplate *template)
{
  g_autoptr (JsonObject) object = summary_object (template->report);
  g_autoptr (EntScheduleEntry) entry = ent_timer_find (cli->data_dir, template->id);
  g_autofree char *text = NULL;

  set_saved (object, template, entry);
  text = to_text (object, FALSE);
  ent_cli_put (text);
  ent_cli_put ("\n");
}

/* The file itself, with one member more. */
static gboolean
print_json (EntCli *cli, const EntTemplate *template, GError **error)
{
  g_autofree char *file = ent_report_to_json (template->report);
  g_autoptr (JsonNode) root = json_from_string (file, error);
  g_autoptr (EntScheduleEntry) entry = ent_timer_find (cli->data_dir, template->id);
  g_autofree char *text = NULL;
  JsonObject *saved;

  if (root == NULL)
    return FALSE;
  saved = json_object_new ();
  set_saved (saved, template, entry);
  json_object_set_object_member (json_node_get_object (root), "saved", saved);
  text = json_to_string (root, TRUE);
  ent_cli_put (text);
  ent_cli_put ("\n");
  return TRUE;
}

/* ---- Text ---- */

static char *
last_run_text (const EntTemplate *template)
{
  if (template->last_run <= 0)
    /* Translators: of a template: it was never run. */
    return g_strdup (C_ ("template", "never"));
  return ent_words_when (template->last_run, template->report->zone, ent_clock_now ());
}

static void
print_table (EntCli *cli, const GPtrArray *templates)
{
  g_autoptr (EntCliTable) table = ent_cli_table_new ("llll");

  ent_cli_table_add (table, C_ ("template", "Name"));
  ent_cli_table_add (table, C_ ("template", "Report"));
  ent_cli_table_add (table, C_ ("template", "Schedule"));
  ent_cli_table_add (table, C_ ("template", "Last run"));
  ent_cli_table_rule (table);
  for (guint i = 0; i < templates->len; i++)
    {
      const EntTemplate *template = g_ptr_array_index (templates, i);
      g_autoptr (EntScheduleEntry) entry = ent_timer_find (cli->data_dir, template->id);
      char *schedule = ent_cli_template_schedule (entry);

      ent_cli_table_add (table, template->report->name);
      ent_cli_table_take (table, ent_words_report_summary (template->report, ent_clock_now ()));
      ent_cli_table_take (table, schedule != NULL ? schedule : g_strdup (ENT_WORDS_NONE));
      ent_cli_table_take (table, last_run_text (template));
    }
  ent_cli_table_print (table);
}

static void
add_line (EntCliTable *table, const char *head, char *text)
{
  ent_cli_table_add (table, head);
  ent_cli_table_take (table, text);
}

static void
add_schedule (EntCliTable *table, EntCli *cli, const EntTemplate *template)
{
  g_autoptr (EntScheduleEntry) entry = ent_timer_find (cli->data_dir, template->id);

  if (entry == NULL)
    return;
  add_line (table, C_ ("template", "Schedule"), ent_cli_template_schedule (entry));
  add_line (table, C_ ("template", "Into the folder"), g_strdup (entry->folder));
  add_line (table, C_ ("template", "For cron"), ent_schedule_entry_cron_line (entry));
}

static void
print_text (EntCli *cli, const EntTemplate *template)
{
  g_autoptr (EntCliTable) table = ent_cli_table_new ("ll");
  g_autoptr (GPtrArray) lines = ent_words_report_lines (template->report, ent_clock_now ());
  g_autofree char *when = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const EntWordsLine *line = g_ptr_array_index (lines, i);

      add_line (table, line->head, g_strdup (line->line));
    }
  add_schedule (table, cli, template);
  when = ent_words_when (template->updated_at, template->report->zone, ent_clock_now ());
  /* Translators: when a template was saved, and its revision, a number. */
  add_line (table, C_ ("template", "Saved"),
            g_strdup_printf (_ ("%s, revision %d"), when, (int) template->revision));
  add_line (table, C_ ("template", "Last run"), last_run_text (template));
  g_print ("%s\n\n", template->report->name);
  ent_cli_table_print (table);
}

/* ---- Commands ---- */

static GStrv
parse (EntCli *cli, int argc, char **argv, int n, gboolean *json, GError **error)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, json, N_ ("As JSON"), NULL },
    { NULL },
  };

  return ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv, entries, NULL, NULL, n,
                        error);
}

gboolean
ent_cli_template_list (EntCli *cli, int argc, char **argv, GError **error)
{
  gboolean json = FALSE;
  g_auto (GStrv) arguments = parse (cli, argc, argv, 0, &json, error);
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (GPtrArray) templates = NULL;

  if (arguments == NULL)
    return FALSE;
  user_data = ent_cli_open_user_data (cli, error);
  if (user_data == NULL)
    return FALSE;
  templates = ent_user_data_list_templates (user_data, error);
  if (templates == NULL)
    return FALSE;
  for (guint i = 0; json && i < templates->len; i++)
    print_json_line (cli, g_ptr_array_index (templates, i));
  if (!json && templates->len > 0)
    print_table (cli, templates);
  if (templates->len == 0)
    ent_cli_remark (cli, _ ("There is no template yet. See entrega-cli template save --help"));
  return TRUE;
}

gboolean
ent_cli_template_show (EntCli *cli, int argc, char **argv, GError **error)
{
  gboolean json = FALSE;
  g_auto (GStrv) names = parse (cli, argc, argv, 1, &json, error);
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntTemplate) found = NULL;

  if (names == NULL)
    return FALSE;
  user_data = ent_cli_open_user_data (cli, error);
  if (user_data == NULL)
    return FALSE;
  found = ent_cli_template_find (user_data, names[0], error);
  if (found == NULL)
    return FALSE;
  if (json)
    return print_json (cli, found, error);
  print_text (cli, found);
  return TRUE;
}
