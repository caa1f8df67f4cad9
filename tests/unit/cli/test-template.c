/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of templates, on a folder without messages: saving, naming, files, backups, and that
 * no edit is lost unseen. */
#include "config.h"

#include "template-test.h"

#include "ent-timer.h"
#include "ent-user-data.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

static JsonObject *
parse (const char *text)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);

  g_assert_nonnull (root);
  return json_node_dup_object (root);
}

/* The names of the list, apart by bars. */
static char *
names (TemplateTest *test)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  template_test_do (test, "template", "list", "--json", NULL);
  lines = g_strsplit (g_strchomp (test->out), "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonObject) object = parse (lines[i]);

      g_string_append_printf (out, "%s%s", i > 0 ? "|" : "",
                              json_object_get_string_member (object, "name"));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gint64
revision_of (TemplateTest *test, const char *name)
{
  g_autoptr (JsonObject) object = NULL;

  template_test_do (test, "template", "show", name, "--json", NULL);
  object = parse (test->out);
  return json_object_get_int_member (json_object_get_object_member (object, "saved"), "revision");
}

static void
test_everything_is_saved (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autofree char *path = template_test_path (test, "a.entrega-template");
  g_autofree char *text = NULL;

  template_test_do (test, "--locale", "pt_BR", "template", "save", "--name", "Tudo", "--view",
                    "detailed", "--period", "previous-week", "--timezone", "America/Bogota",
                    "--channel", "whatsapp", "--channel", "sms", "--campaign", "!Teste", "--phone",
                    "+5511987654321", "--by", "campaign", "--basis", "event-date", "--percent-of",
                    "total", "--compare", "same-weekdays", "--columns", "phone,created_at",
                    "--sort", "phone:desc", "--format", "csv", "--dialect", "machine", "--privacy",
                    "last4", "--privacy", "no-content", NULL);
  template_test_do (test, "template", "export", "Tudo", "--output", path, NULL);
  text = template_test_read (path);
  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"entrega_template\": 1,\n"
                   "  \"name\": \"Tudo\",\n"
                   "  \"view\": \"detailed\",\n"
                   "  \"period\": \"previous-week\",\n"
                   "  \"timezone\": \"America/Bogota\",\n"
                   "  \"filters\": {\n"
                   "    \"channel\": [\n"
                   "      \"whatsapp\",\n"
                   "      \"sms\"\n"
                   "    ],\n"
                   "    \"campaign\": [\n"
                   "      \"!Teste\"\n"
                   "    ],\n"
                   "    \"phone\": [\n"
                   "      \"+5511987654321\"\n"
                   "    ]\n"
                   "  },\n"
                   "  \"basis\": \"event-date\",\n"
                   "  \"percent_of\": \"total\",\n"
                   "  \"by\": \"campaign\",\n"
                   "  \"compare\": \"same-weekdays\",\n"
                   "  \"chart\": {\n"
                   "    \"series\": [\n"
                   "      \"delivered\",\n"
                   "      \"errors\"\n"
                   "    ],\n"
                   "    \"style\": \"columns\"\n"
                   "  },\n"
                   "  \"columns\": [\n"
                   "    {\n"
                   "      \"key\": \"phone\"\n"
                   "    },\n"
                   "    {\n"
                   "      \"key\": \"created_at\"\n"
                   "    }\n"
                   "  ],\n"
                   "  \"sort\": \"phone:desc\",\n"
                   "  \"export\": {\n"
                   "    \"format\": \"csv\",\n"
                   "    \"dialect\": \"machine\",\n"
                   "    \"privacy\": [\n"
                   "      \"last4\",\n"
                   "      \"no-content\"\n"
                   "    ]\n"
                   "  },\n"
                   "  \"locale\": \"pt_BR\"\n"
                   "}\n");
}

/* Each option replaces its field of the template and leaves the others. */
static void
test_overrides_field_by_field (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autoptr (JsonObject) object = NULL;
  JsonObject *filters;

  template_test_do (test, "template", "save", "--name", "A", "--period", "previous-week", "--by",
                    "campaign", "--channel", "whatsapp", "--campaign", "X", "--privacy", "last4",
                    NULL);
  template_test_do (test, "template", "save", "--template", "A", "--name", "B", "--campaign", "Y",
                    "--by", "reason", NULL);
  template_test_do (test, "template", "show", "B", "--json", NULL);
  object = parse (test->out);
  filters = json_object_get_object_member (object, "filters");
  g_assert_cmpstr (json_object_get_string_member (object, "period"), ==, "previous-week");
  g_assert_cmpstr (json_object_get_string_member (object, "by"), ==, "reason");
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (filters, "channel"), 0), ==,
      "whatsapp");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (filters, "campaign")), ==,
                    1);
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (filters, "campaign"), 0), ==,
      "Y");
}

static void
test_names (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autofree char *after = NULL;

  template_test_do (test, "template", "save", "--name", "A", NULL);
  template_test_do (test, "template", "duplicate", "A", "B", NULL);
  template_test_do (test, "template", "rename", "A", "Relatório “diário” 100 %", NULL);
  template_test_do (test, "template", "duplicate", "--", "B", "-x", NULL);
  after = names (test);
  g_assert_cmpstr (after, ==, "Relatório “diário” 100 %|B|-x");
  /* Taken, missing and impossible names. */
  g_assert_cmpint (template_test_run (test, "template", "rename", "--", "B", "-x", NULL), ==, 1);
  g_assert_nonnull (strstr (test->err, "“-x”"));
  g_assert_cmpint (template_test_run (test, "template", "duplicate", "B", "B", NULL), ==, 1);
  g_assert_cmpint (template_test_run (test, "template", "rename", "A", "C", NULL), ==, 1);
  g_assert_nonnull (strstr (test->err, "There is no template “A”"));
  g_assert_cmpint (template_test_run (test, "template", "rename", "B", "", NULL), ==, 2);
  g_assert_cmpint (template_test_run (test, "template", "rename", "B", "two\nlines", NULL), ==, 2);
  g_assert_cmpint (template_test_run (test, "template", "rename", "B", NULL), ==, 2);
  g_assert_cmpint (template_test_run (test, "template", "save", NULL), ==, 2);
  g_assert_cmpint (template_test_run (test, "template", "save", "--name", " ", NULL), ==, 2);
  g_assert_cmpint (template_test_run (test, "template", "delete", "A", NULL), ==, 1);
  template_test_do (test, "template", "delete", "--", "-x", NULL);
  g_free (after);
  after = names (test);
  g_assert_cmpstr (after, ==, "Relatório “diário” 100 %|B");
}

static void
test_saving_over (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();

  template_test_do (test, "template", "save", "--name", "A", NULL);
  /* Never read, so never replaced by accident. */
  g_assert_cmpint (
      template_test_run (test, "template", "save", "--name", "A", "--by", "hour", NULL), ==, 1);
  g_assert_nonnull (strstr (test->err, "--force"));
  g_assert_cmpint (revision_of (test, "A"), ==, 1);
  template_test_do (test, "template", "save", "--name", "A", "--template", "A", "--by", "hour",
                    NULL);
  g_assert_cmpint (revision_of (test, "A"), ==, 2);
  g_assert_cmpint (
      template_test_run (test, "template", "save", "--name", "A", "--revision", "1", NULL), ==, 1);
  g_assert_nonnull (strstr (test->err, "changed meanwhile"));
  template_test_do (test, "template", "save", "--name", "A", "--revision", "2", NULL);
  template_test_do (test, "template", "save", "--name", "A", "--force", NULL);
  g_assert_cmpint (revision_of (test, "A"), ==, 4);
}

/* A window and a command, each with the template as it was read: the later one hears of the other.
 */
static void
test_window_and_command (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autofree char *data_dir = template_test_path (test, "data");
  g_autoptr (EntUserData) window = NULL;
  g_autoptr (EntTemplate) read = NULL;
  g_autoptr (EntTemplate) saved = NULL;
  g_autoptr (GError) error = NULL;

  template_test_do (test, "template", "save", "--name", "A", NULL);
  window = ent_user_data_open (data_dir, &error);
  g_assert_no_error (error);
  read = ent_user_data_find_template (window, "A", &error);
  template_test_do (test, "template", "save", "--name", "A", "--template", "A", "--by", "hour",
                    NULL);
  saved = ent_user_data_save_template (window, read->id, read->revision, read->report, 1, &error);
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CONFLICT);
  g_assert_null (saved);
  g_clear_error (&error);
  /* The other way round. */
  saved = ent_user_data_save_template (window, read->id, 2, read->report, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (
      template_test_run (test, "template", "save", "--name", "A", "--revision", "2", NULL), ==, 1);
  g_assert_cmpint (revision_of (test, "A"), ==, 3);
}

/* Many at once: as many edits took effect as were told to have. */
static void
test_many_at_once (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autofree char *program = ent_test_program ("entrega-cli");
  g_autofree char *data = template_test_path (test, "data");
  const char *argv[] = { program,  "--data-dir", data,         "template", "save",
                         "--name", "A",          "--template", "A",        NULL };
  guint rounds = ent_test_rounds (4, 60);
  gint64 done = 0;

  template_test_do (test, "template", "save", "--name", "A", NULL);
  for (guint round = 0; round < rounds; round++)
    {
      GSubprocess *processes[4];

      for (guint i = 0; i < G_N_ELEMENTS (processes); i++)
        processes[i] = ent_test_spawn (argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (processes); i++)
        {
          g_assert_true (g_subprocess_wait (processes[i], NULL, NULL));
          g_assert_true (g_subprocess_get_if_exited (processes[i]));
          g_assert_cmpint (g_subprocess_get_exit_status (processes[i]), <=, 1);
          if (g_subprocess_get_exit_status (processes[i]) == 0)
            done++;
          g_object_unref (processes[i]);
        }
    }
  g_assert_cmpint (done, >=, rounds);
  g_assert_cmpint (revision_of (test, "A"), ==, 1 + done);
}

/* ---- Files ---- */

static const char newer[] = "{\n"
                            "  \"entrega_template\": 3,\n"
                            "  \"name\": \"Newer\",\n"
                            "  \"mood\": {\n"
                            "    \"a\": [\n"
                            "      1,\n"
                            "      null\n"
                            "    ]\n"
                            "  },\n"
                            "  \"view\": \"consolidated\",\n"
                            "  \"period\": \"yesterday\",\n"
                            "  \"timezone\": \"UTC\",\n"
                            "  \"filters\": {},\n"
                            "  \"basis\": \"send-date\",\n"
                            "  \"percent_of\": \"previous-stage\",\n"
                            "  \"by\": \"day\",\n"
                            "  \"compare\": \"none\",\n"
                            "  \"chart\": {\n"
                            "    \"series\": [\n"
                            "      \"delivered\"\n"
                            "    ],\n"
                            "    \"glow\": true,\n"
                            "    \"style\": \"lines\"\n"
                            "  },\n"
                            "  \"columns\": [],\n"
                            "  \"sort\": \"created_at:desc\",\n"
                            "  \"export\": {\n"
                            "    \"format\": \"csv\",\n"
                            "    \"paper\": \"a4\",\n"
                            "    \"privacy\": [\n"
                            "      \"full\"\n"
                            "    ]\n"
                            "  }\n"
                            "}\n";

/* What a newer program wrote is kept where it stood, also through a rename and an edit. */
static void
test_future_version (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autofree char *path = ent_test_write_file (test->dir, "in.json", newer, -1);
  g_autofree char *out = template_test_path (test, "out.json");
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *expected = NULL;

  template_test_do (test, "template", "import", path, NULL);
  template_test_do (test, "template", "rename", "Newer", "Other", NULL);
  template_test_do (test, "template", "save", "--name", "Other", "--template", "Other", "--by",
                    "hour", NULL);
  template_test_do (test, "template", "export", "Other", "--output", out, NULL);
  text = template_test_read (out);
  parts = g_strsplit (newer, "\"Newer\"", 2);
  expected = g_strjoinv ("\"Other\"", parts);
  g_strfreev (g_steal_pointer (&parts));
  parts = g_strsplit (expected, "\"by\": \"day\"", 2);
  g_free (expected);
  expected = g_strjoinv ("\"by\": \"hour\"", parts);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_import_and_export (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autofree char *nameless = ent_test_write_file (test->dir, "Minha semana.entrega-template",
                                                   "{\"entrega_template\":1}", -1);
  g_autofree char *folder = template_test_path (test, "nowhere/x.json");
  g_autofree char *after = NULL;

  template_test_do (test, "template", "import", nameless, NULL);
  g_assert_cmpint (template_test_run (test, "template", "import", nameless, NULL), ==, 1);
  template_test_do (test, "template", "import", nameless, "--name", "Outra", NULL);
  template_test_do (test, "template", "import", nameless, "--force", NULL);
  after = names (test);
  g_assert_cmpstr (after, ==, "Minha semana|Outra");
  template_test_do (test, "template", "export", "Outra", "--output", "-", NULL);
  g_assert_true (g_str_has_prefix (test->out, "{\n  \"entrega_template\": 1,\n"));
  g_assert_true (g_str_has_suffix (test->out, "}\n"));
  g_assert_cmpint (template_test_run (test, "template", "export", "Outra", NULL), ==, 2);
  g_assert_cmpint (
      template_test_run (test, "template", "export", "Outra", "--output", folder, NULL), ==, 1);
  g_assert_cmpint (template_test_run (test, "template", "export", "None", "--output", "-", NULL),
                   ==, 1);
}

/* Each is refused with a sentence, on one line, that starts with the program and names the file. */
static void
test_refused_files (void)
{
  static const struct
  {
    const char *text;
    const char *part;
  } samples[] = {
    { "", "line 1, column 1" },
    { "PK\003\004", "line 1" },
    { "<html><body>Sign in</body></html>", "line 1" },
    { "{\"entrega_template\":1,}", "line 1, column 23" },
    { "[]", "not a report template" },
    { "{\"name\":\"x\"}", "not a report template" },
    { "{\"entrega_template\":\"1\"}", "entrega_template: expected an integer" },
    { "{\"entrega_template\":1,\"name\":\"a\\u0007\"}", "name: a control character" },
    { "{\"entrega_template\":1,\"period\":\"last-8-days\"}", "period: unknown value" },
    { "{\"entrega_template\":1,\"period\":{\"from\":\"2026-13-01\",\"to\":\"2026-13-02\"}}",
      "2026-13-01" },
    { "{\"entrega_template\":1,\"timezone\":\"../../etc/passwd\"}", "not a time zone" },
    { "{\"entrega_template\":1,\"filters\":{\"channel\":[\"fax\"]}}", "filters.channel" },
    { "{\"entrega_template\":1,\"columns\":[{\"key\":\"phone\",\"width\":1e9}]}", "columns.width" },
    { "{\"entrega_template\":1,\"export\":{\"privacy\":[\"last4\",\"full\"]}}",
      "exclude one another" },
    { "{\"entrega_template\":1,\"locale\":\"../x\"}", "locale" },
    { "{\"entrega_template\":1,\"x\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}", "over 16 deep" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (TemplateTest) test = template_test_new ();
      g_autofree char *path = ent_test_write_file (test->dir, "hostile.json", samples[i].text, -1);
      g_autofree char *after = NULL;

      g_assert_cmpint (template_test_run (test, "template", "import", path, NULL), ==, 1);
      if (strstr (test->err, samples[i].part) == NULL)
        g_error ("no “%s” in: %s", samples[i].part, test->err);
      g_assert_true (g_str_has_prefix (test->err, "entrega-cli: "));
      g_assert_null (strstr (test->err, "Something went wrong"));
      g_assert_true (strchr (test->err, '\n') == test->err + strlen (test->err) - 1);
      g_assert_cmpint (template_test_run (test, "report", "--template", path, NULL), ==, 1);
      after = names (test);
      g_assert_cmpstr (after, ==, "");
    }
}

/* What the reader found wrong is told in the user's language, down to the detail. */
static void
test_refused_in_languages (void)
{
  static const struct
  {
    const char *text;
    const char *details[3];
  } samples[] = {
    { "", { "the text ends", "o texto termina", "el texto termina" } },
    { "<html>", { "not a JSON value", "não é um valor JSON", "no es un valor JSON" } },
    { "[]", { "not a report template", "não é um modelo", "no es una plantilla" } },
    { "{\"entrega_template\":1,\"by\":\"x\"}",
      { "by: unknown value “x”; one of: day", "by: valor desconhecido “x”; um destes: day",
        "by: valor desconocido “x”; uno de estos: day" } },
    { "{\"entrega_template\":1,\"sort\":1}",
      { "expected a text", "deve ser um texto", "debe ser un texto" } },
    { "{\"entrega_template\":1,\"filters\":{\"phone\":[\"12\"]}}",
      { "4 to 15 digits", "4 a 15 dígitos", "4 a 15 dígitos" } },
    { "{\"entrega_template\":1,\"x\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}",
      { "over 16 deep", "mais de 16 níveis", "más de 16 niveles" } },
    { "{\"entrega_template\":9,\"view\":\"map\"}",
      { "a newer Entrega (template version 9): view", "um Entrega mais novo", "más nuevo" } },
  };
  static const char *const locales[] = { "en", "pt_BR", "es" };
  g_autoptr (TemplateTest) test = template_test_new ();

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    for (guint k = 0; k < G_N_ELEMENTS (locales); k++)
      {
        g_autofree char *path = ent_test_write_file (test->dir, "x.json", samples[i].text, -1);

        g_assert_cmpint (
            template_test_run (test, "--locale", locales[k], "template", "import", path, NULL), ==,
            1);
        if (strstr (test->err, samples[i].details[k]) == NULL)
          g_error ("no “%s” in: %s", samples[i].details[k], test->err);
      }
}

static void
test_endless_files (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();

  g_assert_cmpint (template_test_run (test, "template", "import", "/dev/zero", NULL), ==, 1);
  g_assert_nonnull (strstr (test->err, "at most 1048576"));
  g_assert_cmpint (template_test_run (test, "report", "--template", "/dev/zero", NULL), ==, 1);
  g_assert_cmpint (template_test_run (test, "template", "import", test->dir, NULL), ==, 1);
}

/* ---- Backups ---- */

static void
test_restore (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autofree char *after = NULL;

  g_assert_cmpint (template_test_run (test, "template", "restore", NULL), ==, 1);
  template_test_do (test, "template", "save", "--name", "Kept", NULL);
  template_test_do (test, "template", "save", "--name", "Changed", "--by", "hour", NULL);
  template_test_do (test, "template", "save", "--name", "Gone", NULL);
  /* The first command of the next day makes the backup; two --now: the later one holds. */
  template_test_do (test, "template", "delete", "Gone", "--now", "2026-11-23T12:00:00Z", NULL);
  template_test_do (test, "template", "save", "--name", "Changed", "--force", "--by", "week", NULL);
  template_test_do (test, "template", "restore", "--list", NULL);
  g_assert_cmpstr (test->out, ==, "2026-11-23  3 templates\n2026-11-22  1 template\n");
  template_test_do (test, "template", "restore", NULL);
  after = names (test);
  g_assert_cmpstr (after, ==, "Kept|Changed|Changed (2026-11-23)|Gone");
  /* Again: there is nothing more to bring back but the changed one. */
  template_test_do (test, "template", "restore", "--force", NULL);
  g_free (after);
  after = names (test);
  g_assert_cmpstr (after, ==, "Kept|Changed|Changed (2026-11-23)|Gone");
  g_assert_cmpint (revision_of (test, "Changed"), ==, 3);
  template_test_do (test, "template", "restore", "--from", "2026-11-22", NULL);
  g_assert_cmpint (template_test_run (test, "template", "restore", "--from", "2026-11-01", NULL),
                   ==, 1);
}

/* ---- Schedules ---- */

static EntScheduleEntry *
schedule (TemplateTest *test, gint64 id, const char *name)
{
  EntScheduleEntry *entry = ent_schedule_entry_new ();
  g_autoptr (GError) error = NULL;

  entry->template_id = id;
  entry->template_name = g_strdup (name);
  entry->program = ent_test_program ("entrega-cli");
  entry->data_dir = template_test_path (test, "data");
  entry->folder = g_strdup (test->dir);
  entry->file_name = g_strdup ("{template}-{from}.csv");
  entry->format = ENT_FORMAT_CSV;
  /* There is no systemd on the bus of a test: the units are written all the same. */
  g_assert_false (ent_timer_set (entry, NULL, &error));
  g_assert_error (error, ENT_TIMER_ERROR, ENT_TIMER_ERROR_UNAVAILABLE);
  return entry;
}

static void
test_schedules_follow (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autoptr (EntScheduleEntry) entry = NULL;
  g_autoptr (EntScheduleEntry) found = NULL;
  g_autoptr (JsonObject) object = NULL;

  template_test_do (test, "template", "save", "--name", "A", NULL);
  entry = schedule (test, 1, "A");
  template_test_do (test, "template", "list", "--json", NULL);
  object = parse (test->out);
  g_assert_cmpstr (json_object_get_string_member (object, "schedule"), ==, "0 7 * * 1");
  template_test_do (test, "template", "show", "A", NULL);
  g_assert_nonnull (strstr (test->out, "Every week on Monday at 07:00"));
  template_test_do (test, "template", "rename", "A", "B", NULL);
  found = ent_timer_find (entry->data_dir, 1);
  g_assert_cmpstr (found->template_name, ==, "B");
  template_test_do (test, "template", "delete", "B", NULL);
  g_clear_pointer (&found, ent_schedule_entry_free);
  found = ent_timer_find (entry->data_dir, 1);
  g_assert_null (found);
}

int
main (int argc, char *argv[])
{
  g_autoptr (EntTestDir) config = ent_test_dir_new ();

  g_test_init (&argc, &argv, NULL);
  /* The commands look for timers where this test does. */
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_test_add_func ("/cli/template/everything-is-saved", test_everything_is_saved);
  g_test_add_func ("/cli/template/overrides-field-by-field", test_overrides_field_by_field);
  g_test_add_func ("/cli/template/names", test_names);
  g_test_add_func ("/cli/template/saving-over", test_saving_over);
  g_test_add_func ("/cli/template/window-and-command", test_window_and_command);
  g_test_add_func ("/cli/template/many-at-once", test_many_at_once);
  g_test_add_func ("/cli/template/future-version", test_future_version);
  g_test_add_func ("/cli/template/import-and-export", test_import_and_export);
  g_test_add_func ("/cli/template/refused-files", test_refused_files);
  g_test_add_func ("/cli/template/refused-in-languages", test_refused_in_languages);
  g_test_add_func ("/cli/template/endless-files", test_endless_files);
  g_test_add_func ("/cli/template/restore", test_restore);
  g_test_add_func ("/cli/template/schedules-follow", test_schedules_follow);
  return g_test_run ();
}
