/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrong usage is answered with status 2 and a sentence that says what is allowed; help and the
 * version are there everywhere; the other exit statuses mean what the contract says. */

#include "config.h"

#include "ent-cli-test.h"

#include <glib/gstdio.h>

static const char *const commands[][2] = {
  { "source", "add" },   { "source", "list" },   { "source", "test" }, { "source", "remove" },
  { "source", "pause" }, { "source", "resume" }, { "sync", NULL },     { "report", NULL },
  { "list", NULL },      { "show", NULL },       { "export", NULL },   { "check", NULL },
  { "erase", NULL },
};

static void
test_help (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) all = ent_cli_test_run (test, "--help", NULL);
  g_autoptr (EntCliRun) in_portuguese =
      ent_cli_test_run (test, "--locale", "pt_BR", "--help", NULL);
  g_autoptr (EntCliRun) version = ent_cli_test_run (test, "--version", NULL);
  g_autoptr (EntCliRun) of_source = ent_cli_test_run (test, "source", "--help", NULL);

  ent_cli_run_assert (all, 0);
  g_assert_nonnull (strstr (all->out, "Usage:"));
  ent_cli_run_assert (in_portuguese, 0);
  g_assert_nonnull (strstr (in_portuguese->out, "Uso:"));
  ent_cli_run_assert (version, 0);
  g_assert_cmpstr (version->out, ==, "entrega-cli " VERSION "\n");
  ent_cli_run_assert (of_source, 0);
  g_assert_nonnull (strstr (of_source->out, "source resume"));
  g_assert_null (strstr (of_source->out, "  export"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *name = g_strjoin (" ", commands[i][0], commands[i][1], NULL);
      g_autoptr (EntCliRun) run = NULL;

      if (commands[i][1] != NULL)
        run = ent_cli_test_run (test, commands[i][0], commands[i][1], "--help", NULL);
      else
        run = ent_cli_test_run (test, commands[i][0], "--help", NULL);
      ent_cli_run_assert (run, 0);
      g_assert_nonnull (strstr (run->out, name));
      g_assert_nonnull (strstr (run->out, "--data-dir"));
      g_assert_nonnull (strstr (all->out, name));
    }
}

/* The arguments, and a part of the sentence. */
typedef struct
{
  const char *arguments[8];
  const char *part;
} Wrong;

static const Wrong wrong[] = {
  { { "frobnicate" }, "no command “frobnicate”" },
  { { "source" }, "needs another word" },
  { { "source", "steal" }, "no command “source steal”" },
  { { "report", "--frobnicate" }, "--frobnicate" },
  { { "report", "extra" }, "“extra”" },
  { { "show" }, "MESSAGE-ID" },
  { { "show", "a", "b" }, "one MESSAGE-ID, not 2" },
  { { "report", "--period", "soon" }, "today, yesterday, last-7-days, " },
  { { "report", "--period", "last_7_days" }, "not “last_7_days”" },
  { { "report", "--period", "today", "--from", "2026-11-01" }, "either --period or --from" },
  { { "report", "--to", "2026-11-01" }, "--to needs --from" },
  { { "report", "--from", "01/11/2026" }, "a date such as 2026-11-22" },
  { { "report", "--from", "2026-11-31" }, "not “2026-11-31”" },
  { { "report", "--from", "2026-11-02", "--to", "2026-11-01" }, "must not be after" },
  { { "report", "--from", "1900-01-01" }, "4" },
  { { "report", "--timezone", "Brasilia" }, "America/Sao_Paulo, not “Brasilia”" },
  { { "report", "--channel", "telegram" }, "whatsapp" },
  { { "report", "--channel", "!telegram" }, "whatsapp" },
  { { "report", "--direction", "out" }, "mt" },
  { { "report", "--status", "lost" }, "not-delivered" },
  { { "report", "--stage", "lost" }, "errors" },
  { { "report", "--reason", "lost" }, "unreachable" },
  { { "report", "--content-type", "fax" }, "template" },
  { { "report", "--phone", "123" }, "phone" },
  { { "report", "--by", "minute" }, "day, hour, week, month" },
  { { "report", "--basis", "never" }, "send-date or event-date" },
  { { "report", "--percent-of", "all" }, "previous-stage or total" },
  { { "report", "--compare", "apples" }, "none, previous-period or same-weekdays" },
  { { "report", "--chart", "x.bmp" }, ".png or .svg" },
  { { "list", "--sort", "beauty" }, "beauty" },
  { { "list", "--columns", "phone,beauty" }, "not “beauty”" },
  { { "list", "--limit", "-2" }, "from 0 on" },
  { { "list", "--limit", "many" }, "many" },
  { { "export" }, "--output is missing" },
  { { "export", "--output", "x" }, "--format csv" },
  { { "export", "--output", "x.txt" }, "does not tell its format" },
  { { "export", "--output", "x.csv", "--format", "doc" }, "not “doc”" },
  { { "export", "--output", "x.csv", "--view", "sideways" }, "consolidated or detailed" },
  { { "export", "--output", "x.csv", "--dialect", "klingon" },
    "excel-pt, excel-en, machine or custom" },
  { { "export", "--output", "x.csv", "--dialect", "default" }, "not “default”" },
  { { "export", "--output", "x.csv", "--privacy", "some" }, "some" },
  { { "export", "--output", "x.csv", "--separator", ";" }, "--dialect custom" },
  { { "export", "--output", "x.csv", "--dialect", "custom", "--separator", "ab" }, "one sign" },
  { { "export", "--output", "x.csv", "--dialect", "custom", "--decimal", "x" }, ". or ," },
  { { "erase" }, "one of --phone, --source and --before" },
  { { "erase", "--phone", "5511912345678", "--before", "2026-01-01" }, "one of" },
  { { "erase", "--yes", "--phone", "1234" }, "a whole number" },
  { { "erase", "--yes", "--before", "yesterday" }, "a date such as" },
  { { "erase", "--before", "2026-01-01" }, "--yes is needed" },
  { { "source", "remove", "Loja", "--erase" }, "--yes is needed" },
  { { "sync", "--offline" }, "--offline" },
  { { "sync", "--to", "2026-11-01" }, "--to needs --from" },
  { { "sync", "--credentials-file", "x" }, "needs --source" },
  { { "source", "add" }, "--kind is missing" },
  { { "source", "add", "--kind", "pigeon" }, "not “pigeon”" },
  { { "source", "add", "--kind", "engage" }, "--name is missing" },
  { { "source", "add", "--kind", "engage", "--name", "  " }, "--name is missing" },
  { { "source", "add", "--kind", "engage", "--name", "x" }, "--credentials-file" },
  { { "source", "add", "--kind", "engage", "--name", "x", "--frobnicate" }, "--frobnicate" },
  { { "source", "add", "--kind=engage", "--name=x", "--region=eu", "--url=https://x.example" },
    "either --url or --region" },
  { { "report", "--locale", "tlh" }, "pt_BR, es or en" },
};

static void
test_wrong (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const char *const *a = wrong[i].arguments;
      g_autoptr (EntCliRun) run = NULL;
      g_autofree char *line = g_strjoinv (" ", (GStrv) a);

      g_test_message ("%s", line);
      switch (g_strv_length ((GStrv) a))
        {
        case 1:
          run = ent_cli_test_run (test, a[0], NULL);
          break;
        case 2:
          run = ent_cli_test_run (test, a[0], a[1], NULL);
          break;
        case 3:
          run = ent_cli_test_run (test, a[0], a[1], a[2], NULL);
          break;
        case 4:
          run = ent_cli_test_run (test, a[0], a[1], a[2], a[3], NULL);
          break;
        case 5:
          run = ent_cli_test_run (test, a[0], a[1], a[2], a[3], a[4], NULL);
          break;
        case 6:
          run = ent_cli_test_run (test, a[0], a[1], a[2], a[3], a[4], a[5], NULL);
          break;
        default:
          run = ent_cli_test_run (test, a[0], a[1], a[2], a[3], a[4], a[5], a[6], NULL);
          break;
        }
      ent_cli_run_assert_usage (run, wrong[i].part);
    }
}

/* What is wrong is told in the language, also where another folder than cli found it. */
static void
test_wrong_in_portuguese (void)
{
  static const struct
  {
    const char *command;
    const char *option;
    const char *value;
    const char *part;
  } found_below[] = {
    { "list", "--channel", "telegram",
      "channel: valor desconhecido “telegram”; um destes: whatsapp" },
    { "list", "--phone", "123", "“123” não tem de 4 a 15 dígitos" },
    { "list", "--sort", "beauty", "“beauty”: coluna desconhecida; uma destas: message_id" },
    { "list", "--sort", "phone:up", "uma ordem é COLUNA, COLUNA:asc ou COLUNA:desc" },
    { "report", "--from", "1900-01-01", "dias; são possíveis no máximo 4000" },
    { "source", "--region", "us", "A região não é eu nem au" },
    { "source", "--url", "http://x.example", "http sem TLS é só para este computador" },
  };
  g_autoptr (EntCliTest) test = ent_cli_test_new ();

  for (guint i = 0; i < G_N_ELEMENTS (found_below); i++)
    {
      const char *option = found_below[i].option;
      const char *value = found_below[i].value;
      g_autoptr (EntCliRun) run = NULL;

      if (strcmp (found_below[i].command, "source") == 0)
        run = ent_cli_test_run_with (test, "{\"api_key\":\"k\",\"api_secret\":\"s\"}", "--locale",
                                     "pt_BR", "source", "add", "--kind", "engage", "--name", "x",
                                     "--credentials-file", "-", option, value, NULL);
      else
        run = ent_cli_test_run (test, "--locale", "pt_BR", found_below[i].command, option, value,
                                NULL);
      ent_cli_run_assert_usage (run, found_below[i].part);
    }
}

/* Before the command as well as behind it. */
static void
test_options_before_the_command (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) run =
      ent_cli_test_run (test, "--quiet", "--locale", "es", "source", "--verbose", "list", NULL);

  ent_cli_run_assert (run, 0);
  g_assert_nonnull (strstr (run->out, "Sincronizado hasta"));
}

static void
test_wrong_now (void)
{
  g_autofree char *program = ent_test_program ("entrega-cli");
  const char *const argv[] = { program, "list", "--now", "soon", NULL };
  g_autofree char *err = NULL;

  g_assert_cmpint (ent_test_run (argv, NULL, NULL, &err), ==, 2);
  g_assert_nonnull (strstr (err, "2026-11-22T14:00:00Z, not “soon”"));
}

static void
test_failures (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autofree char *nowhere = g_build_filename (test->data->dir, "nowhere", "a.csv", NULL);
  g_autoptr (EntCliRun) no_message = ent_cli_test_run (test, "show", "m-99", NULL);
  g_autoptr (EntCliRun) no_source = ent_cli_test_run (test, "source", "pause", "x", NULL);
  g_autoptr (EntCliRun) no_template = ent_cli_test_run (test, "report", "--template", "x", NULL);
  g_autoptr (EntCliRun) no_folder = ent_cli_test_run (test, "export", "--output", nowhere, NULL);

  ent_cli_run_assert (no_message, 1);
  g_assert_nonnull (strstr (no_message->err, "no message “m-99”"));
  ent_cli_run_assert (no_source, 1);
  g_assert_nonnull (strstr (no_source->err, "no source “x”"));
  ent_cli_run_assert (no_template, 1);
  g_assert_nonnull (strstr (no_template->err, "neither a template nor a file “x”"));
  ent_cli_run_assert (no_folder, 1);
  g_assert_nonnull (strstr (no_folder->err, "cannot be written"));
}

static void
test_empty (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autofree char *path = g_build_filename (test->data->dir, "a.csv", NULL);
  g_autoptr (EntCliRun) refused = ent_cli_test_run (test, "export", "--output", path, "--phone",
                                                    "99999", "--fail-if-empty", NULL);
  g_autoptr (EntCliRun) written = NULL;

  ent_cli_run_assert (refused, 4);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  written = ent_cli_test_run (test, "export", "--output", path, "--phone", "99999", NULL);
  ent_cli_run_assert (written, 0);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Files and folders are the user's alone, whatever the mask was. */
static void
test_modes (void)
{
  g_autofree char *program = ent_test_program ("entrega-cli");
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autofree char *data = g_build_filename (dir, "data", NULL);
  g_autofree char *database = g_build_filename (data, "messages.db", NULL);
  const char *const argv[] = { "/bin/sh", "-c", "umask 000; exec \"$0\" list --data-dir \"$1\"",
                               program,   data, NULL };
  GStatBuf info;

  g_assert_cmpint (ent_test_run (argv, NULL, NULL, NULL), ==, 0);
  g_assert_cmpint (g_stat (data, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (database, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_full_output (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  const char *const argv[] = { "/bin/sh",
                               "-c",
                               "exec \"$0\" list --json --data-dir \"$1\" --now " ENT_TEST_NOW
                               " >/dev/full",
                               test->program,
                               test->data->dir,
                               NULL };
  g_autofree char *err = NULL;

  g_assert_cmpint (ent_test_run (argv, NULL, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "could not be written"));
}

/* Text in another encoding is refused; UTF-8 is understood in the C locale too. */
static void
test_encodings (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  const char *const env[] = { "LC_ALL=C", NULL };
  const char *const argv[] = { test->program,   "list",   "--json",     "--columns",
                               "message_id",    "--text", "ação 💚",     "--data-dir",
                               test->data->dir, "--now",  ENT_TEST_NOW, NULL };
  g_autoptr (GSubprocess) process = ent_test_spawn (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, env);
  g_autoptr (EntCliRun) latin1 = ent_cli_test_run (test, "list", "--text", "a\347\343o", NULL);
  g_autofree char *out = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, NULL));
  g_assert_true (g_subprocess_get_successful (process));
  g_assert_cmpstr (out, ==, "{\"message_id\":\"m-12\"}\n");
  ent_cli_run_assert (latin1, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage/help", test_help);
  g_test_add_func ("/usage/wrong-in-portuguese", test_wrong_in_portuguese);
  g_test_add_func ("/usage/wrong", test_wrong);
  g_test_add_func ("/usage/options-before-the-command", test_options_before_the_command);
  g_test_add_func ("/usage/wrong-now", test_wrong_now);
  g_test_add_func ("/usage/failures", test_failures);
  g_test_add_func ("/usage/empty", test_empty);
  g_test_add_func ("/usage/modes", test_modes);
  g_test_add_func ("/usage/full-output", test_full_output);
  g_test_add_func ("/usage/encodings", test_encodings);
  return g_test_run ();
}
