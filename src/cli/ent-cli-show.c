/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli show: one message, its life line and its diagnosis. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-list-text.h"
#include "ent-cli-output.h"
#include "ent-words.h"

#include "ent-cell.h"
#include "ent-text.h"

#include <glib/gi18n-lib.h>

static const EntStageTime life_line[] = {
  ENT_STAGE_TIME_ACCEPTED, ENT_STAGE_TIME_SENT,   ENT_STAGE_TIME_DELIVERED,
  ENT_STAGE_TIME_READ,     ENT_STAGE_TIME_FAILED,
};

static gboolean
is_reached (const EntMessage *message, EntStageTime stage)
{
  return (message->stages & (1u << stage)) != 0;
}

/* What comes next and has not happened; a failed message waits for nothing. */
static gboolean
is_awaited (const EntMessage *message, EntStageTime stage)
{
  EntStatus status = ent_message_get_status (message);

  if (ent_message_get_direction (message) == ENT_DIRECTION_MO || status == ENT_STATUS_SEND_FAILED ||
      status == ENT_STATUS_NOT_DELIVERED)
    return FALSE;
  if (stage == ENT_STAGE_TIME_READ)
    return is_reached (message, ENT_STAGE_TIME_DELIVERED) &&
           ent_channel_reports_reads (ent_message_get_channel (message));
  return stage == ENT_STAGE_TIME_SENT ||
         (stage == ENT_STAGE_TIME_DELIVERED && is_reached (message, ENT_STAGE_TIME_SENT));
}

static void
print_stage (const EntMessage *message, EntStageTime stage, gint64 *before, const EntZone *zone)
{
  const char *word = ent_words_life_stage (stage, ent_message_get_direction (message));
  gint64 time = message->stage_times[stage];
  g_autofree char *when = NULL;
  g_autofree char *gap = NULL;

  if (!is_reached (message, stage))
    {
      if (is_awaited (message, stage))
        g_print ("  ○ %s\n", ent_words_life_stage_missing (stage));
      return;
    }
  if (time == ENT_TIME_NONE)
    {
      g_print ("  ● %s (%s)\n", word, ent_words_life_stage_inferred ());
      return;
    }
  when = ent_words_date_time_full (time, zone);
  if (*before != ENT_TIME_NONE && time >= *before)
    gap = ent_words_duration ((time - *before) / 1000);
  g_print ("  ● %s %s%s%s%s\n", when, word, gap != NULL ? " (+" : "", gap != NULL ? gap : "",
           gap != NULL ? ")" : "");
  *before = time;
}

static void
print_fields (EntCellMaker *maker, EntCoverage coverage, const EntZone *zone)
{
  g_autoptr (EntCliTable) table = ent_cli_table_new ("ll");

  for (guint i = 0; i < ENT_N_COLUMNS; i++)
    {
      EntColumn column = (EntColumn) i;
      EntCell cell;

      ent_cell_make (maker, column, coverage, &cell);
      if (cell.kind == ENT_CELL_EMPTY || column == ENT_COLUMN_CONTENT)
        continue;
      ent_cli_table_add (table, ent_words_column (column));
      ent_cli_table_take (table, ent_cli_cell_text (&cell, zone, ENT_TEXT_MAX_BYTES));
    }
  ent_cli_table_print (table);
}

static void
print_content (const EntMessage *message)
{
  const char *content = ent_message_get_text (message, ENT_FIELD_CONTENT);
  g_autofree char *shown = NULL;

  if (content == NULL || *content == '\0')
    return;
  shown = ent_text_for_reading (content);
  g_print ("\n%s\n", shown);
}

static void
print_text (const EntMessage *message,
            EntCellMaker *maker,
            EntCoverage coverage,
            const EntZone *zone)
{
  g_autofree char *diagnosis = ent_words_diagnosis (message, ent_clock_now ());
  g_autofree char *raw = ent_words_raw_reason (message);
  gint64 before = ENT_TIME_NONE;

  g_print ("%s\n", diagnosis);
  if (ent_message_get_reason (message) != ENT_REASON_NONE)
    g_print ("%s\n", ent_words_reason_help (ent_message_get_reason (message)));
  if (raw != NULL)
    g_print ("%s\n", raw);
  g_print ("\n");
  for (guint i = 0; i < G_N_ELEMENTS (life_line); i++)
    print_stage (message, life_line[i], &before, zone);
  g_print ("\n");
  print_fields (maker, coverage, zone);
  print_content (message);
}

/* The keys of list, then what only show has. */
static void
print_json (const EntMessage *message, EntCellMaker *maker, EntCoverage coverage)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *diagnosis = ent_words_diagnosis (message, ent_clock_now ());
  EntColumn columns[ENT_N_COLUMNS];
  gboolean first = TRUE;

  for (guint i = 0; i < ENT_N_COLUMNS; i++)
    columns[i] = (EntColumn) i;
  ent_cells_append_json (out, maker, columns, ENT_N_COLUMNS, coverage);
  g_string_truncate (out, out->len - 1);
  ent_json_append_member (out, "raw_status", ent_message_get_text (message, ENT_FIELD_RAW_STATUS));
  ent_json_append_member (out, "raw_text", ent_message_get_text (message, ENT_FIELD_RAW_TEXT));
  g_string_append (out, ",\"inferred\":[");
  for (guint i = 0; i < G_N_ELEMENTS (life_line); i++)
    {
      static const char *const keys[] = { "accepted", "sent", "delivered", "read", "failed" };

      if (!ent_message_is_inferred (message, life_line[i]))
        continue;
      g_string_append_printf (out, "%s\"%s\"", first ? "" : ",", keys[life_line[i]]);
      first = FALSE;
    }
  g_string_append_printf (out, "],\"anomaly\":%s",
                          ent_message_has_anomaly (message) ? "true" : "false");
  ent_json_append_member (out, "diagnosis", diagnosis);
  g_string_append (out, "}\n");
  ent_cli_put (out->str);
}

static gboolean
print_messages (EntCli *cli, EntStore *store, const char *id, gboolean json, GError **error)
{
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, error);
  g_autoptr (EntZone) zone = ent_zone_new_default (ent_words_get_locale ());
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (EntCellMaker) maker = ent_cell_maker_new (ENT_PRIVACY_FULL, NULL, ent_clock_now ());

  if (snapshot == NULL)
    return FALSE;
  messages = ent_snapshot_find (snapshot, id, cli->cancellable, error);
  if (messages == NULL)
    return FALSE;
  if (messages->len == 0)
    {
      g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED,
                   _ ("There is no message “%s” here. It may not have been synchronised."), id);
      return FALSE;
    }
  for (guint i = 0; i < messages->len; i++)
    {
      const EntMessage *message = g_ptr_array_index (messages, i);
      EntCoverage coverage = ent_snapshot_coverage_at (snapshot, message, ent_clock_now (), zone);

      ent_cell_maker_next_row (maker, message);
      if (json)
        print_json (message, maker, coverage);
      else
        {
          g_print ("%s", i > 0 ? "\n" : "");
          print_text (message, maker, coverage, zone);
        }
    }
  return TRUE;
}

gboolean
ent_cli_show (EntCli *cli, int argc, char **argv, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("One JSON object per message"), NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv,
                                            entries, NULL, NULL, 1, error);
  g_autoptr (EntCliStore) store = NULL;

  if (arguments == NULL)
    return FALSE;
  store = ent_cli_open_store (cli, error);
  return store != NULL && print_messages (cli, store, arguments[0], json, error);
}
