/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers are taken as text and read here, because GOption's are silent about what is too large.
 * See the header.
 */
#include "config.h"

#include "ent-sim-options.h"

#include "ent-sim-calendar.h"
#include "ent-sim-error.h"
#include "ent-sim-world.h"

#define MAX_DAYS 3650
#define MAX_MESSAGES 20000000

/* The texts as they stand on the command line. */
typedef struct
{
  char *port;
  char *seed;
  char *days;
  char *messages;
  char *end;
  char *now;
  char *faults;
  char *parent;
} Texts;

static void
texts_clear (Texts *texts)
{
  g_free (texts->port);
  g_free (texts->seed);
  g_free (texts->days);
  g_free (texts->messages);
  g_free (texts->end);
  g_free (texts->now);
  g_free (texts->faults);
  g_free (texts->parent);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Texts, texts_clear)

static gboolean
read_number (const char *option,
             const char *text,
             guint64 fallback,
             guint64 least,
             guint64 most,
             guint64 *value,
             GError **error)
{
  *value = fallback;
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, least, most, value, NULL))
    return TRUE;
  g_set_error (error, ENT_SIM_ERROR, ENT_SIM_ERROR_USAGE,
               "--%s must be a number from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
               ", not '%s'",
               option, least, most, text);
  return FALSE;
}

static gboolean
read_numbers (const Texts *texts, EntSimOptions *options, GError **error)
{
  guint64 port, seed, days, messages, parent;

  if (!read_number ("port", texts->port, 0, 0, G_MAXUINT16, &port, error) ||
      !read_number ("seed", texts->seed, 1, 0, G_MAXUINT64, &seed, error) ||
      !read_number ("days", texts->days, 90, 1, MAX_DAYS, &days, error) ||
      !read_number ("messages", texts->messages, 50000, 0, MAX_MESSAGES, &messages, error) ||
      !read_number ("parent", texts->parent, 0, 1, G_MAXINT, &parent, error))
    return FALSE;
  options->port = (guint16) port;
  options->config.seed = seed;
  options->config.days = (int) days;
  options->config.messages = (guint32) messages;
  options->parent = (int) parent;
  return TRUE;
}

/* The clock starts where the data end: at 24:00 of --end, or now, in the middle of a day. */
static gboolean
read_clock (const Texts *texts, EntSimOptions *options, GError **error)
{
  g_autoptr (GTimeZone) home = ent_sim_zone_new (ENT_SIM_HOME_ZONE);
  const char *now = texts->now != NULL ? texts->now : g_getenv ("ENTREGA_NOW");
  gint64 instant = g_get_real_time () / 1000;

  if (home == NULL)
    g_error ("This machine has no time zone data for " ENT_SIM_HOME_ZONE);
  if (texts->end != NULL)
    {
      if (!ent_sim_day_parse (texts->end, &options->config.end_day))
        {
          g_set_error (error, ENT_SIM_ERROR, ENT_SIM_ERROR_USAGE,
                       "--end must be a date as 2026-11-15, not '%s'", texts->end);
          return FALSE;
        }
      options->clock = ent_sim_config_get_end (&options->config);
      return TRUE;
    }

  if (now != NULL && *now != '\0' && !ent_sim_instant_parse (now, home, &instant))
    {
      g_set_error (error, ENT_SIM_ERROR, ENT_SIM_ERROR_USAGE,
                   "--now must be an instant as 2026-11-15T12:00:00Z, not '%s'", now);
      return FALSE;
    }
  options->clock = instant - instant % ENT_SIM_SECOND_MS;
  options->config.end_day = ent_sim_zone_local_day (home, options->clock);
  if (options->config.end_day < ent_sim_day_from_civil (1990, 1, 1) ||
      options->config.end_day > ent_sim_day_from_civil (2200, 12, 31))
    {
      g_set_error_literal (error, ENT_SIM_ERROR, ENT_SIM_ERROR_USAGE,
                           "The clock must be from 1990 to 2200");
      return FALSE;
    }
  return TRUE;
}

static GOptionContext *
make_context (Texts *texts, gboolean *show_version)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_STRING, &texts->port,
      "Port on 127.0.0.1; 0, the default, for any free one", "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &texts->seed, "Which provider to make up (default 1)",
      "N" },
    { "days", 0, 0, G_OPTION_ARG_STRING, &texts->days, "How many days to fill (default 90)", "N" },
    { "messages", 0, 0, G_OPTION_ARG_STRING, &texts->messages,
      "How many messages these days have (default 50000)", "N" },
    { "end", 0, 0, G_OPTION_ARG_STRING, &texts->end,
      "Their last day; the clock starts at its end (default today, now)", "DATE" },
    { "now", 0, 0, G_OPTION_ARG_STRING, &texts->now,
      "What 'now' is, without --end (default ENTREGA_NOW, else the system's clock)", "INSTANT" },
    { "faults", 0, 0, G_OPTION_ARG_STRING, &texts->faults, "What to do wrong, see below", "SPEC" },
    { "parent", 0, 0, G_OPTION_ARG_STRING, &texts->parent,
      "End at once if the process that started this one is not PID", "PID" },
    { "version", 0, 0, G_OPTION_ARG_NONE, show_version, "Show the version and exit", NULL },
    { NULL },
  };
  g_autofree char *description = g_strconcat (
      ent_sim_faults_get_help (),
      "\n\nWhen ready it prints one line of JSON with its URL, its clock and the credentials.\n"
      "GET /ledger?timezone=ZONE&from=DATE&to=DATE tells the true counters,\n"
      "POST /clock {\"advance_seconds\":N} moves its clock,\n"
      "POST /faults {\"faults\":\"SPEC\"} changes what it does wrong.\n"
      "It ends on SIGTERM and with the process that started it.",
      NULL);
  GOptionContext *context = g_option_context_new ("- a provider of message reports, made up");

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  return context;
}

/**
 * ent_sim_options_parse:
 * @argc: (inout):
 * @argv: (inout):
 * @options: (out caller-allocates):
 * @error: set to %ENT_SIM_ERROR_USAGE or to an error of GOption
 *
 * Prints and exits on --help, as GOption does.
 */
gboolean
ent_sim_options_parse (int *argc, char ***argv, EntSimOptions *options, GError **error)
{
  g_auto (Texts) texts = { 0 };
  g_autoptr (GOptionContext) context = make_context (&texts, &options->show_version);

  *options = (EntSimOptions){ 0 };
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    {
      g_set_error (error, ENT_SIM_ERROR, ENT_SIM_ERROR_USAGE, "'%s' is not an option", (*argv)[1]);
      return FALSE;
    }
  if (texts.end != NULL && texts.now != NULL)
    {
      g_set_error_literal (error, ENT_SIM_ERROR, ENT_SIM_ERROR_USAGE,
                           "--end and --now exclude each other");
      return FALSE;
    }
  return read_numbers (&texts, options, error) && read_clock (&texts, options, error) &&
         ent_sim_faults_parse (texts.faults != NULL ? texts.faults : "", &options->faults, error);
}
