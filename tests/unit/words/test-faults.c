/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults become sentences; none comes out empty or as a number. That the codes are those of the
 * other folders is tested where all of them are linked. */

#include "config.h"

#include "ent-report.h"
#include "ent-test-words.h"

#include <gio/gio.h>

static GQuark
api (void)
{
  return g_quark_from_static_string ("ent-api-error-quark");
}

static void
test_from_error (void)
{
  g_autoptr (GError) error = g_error_new (api (), 2, "connect: refused");
  g_autoptr (EntWordsError) words = ent_words_error_new (error);

  g_assert_cmpstr (words->title, ==, EXPECT ("No connection", "Sem conexão", "Sin conexión"));
  g_assert_cmpstr (words->action, ==, EXPECT ("Try again", "Tentar de novo", "Intentar de nuevo"));
  g_assert_cmpint (words->kind, ==, ENT_WORDS_ACTION_RETRY);
  g_assert_cmpstr (words->detail, ==, "connect: refused");
  assert_take (ent_words_error_to_text (error, FALSE), "api:offline:");
  assert_take (ent_words_error_to_text (error, TRUE), "api:offline:connect: refused");
}

/* What the provider says is told, made safe. */
static void
test_providers_words (void)
{
  g_autoptr (GError) error = g_error_new_literal (api (), 1, "account 7\342\200\256\nclosed");
  g_autofree char *line = ent_words_error_line (error);

  g_assert_nonnull (strstr (line, "account 7"));
  g_assert_null (strstr (line, "\342\200\256"));
  g_assert_null (strchr (line, '\n'));
}

static void
test_from_text (void)
{
  g_autoptr (EntWordsError) nick = ent_words_error_new_from_text ("api:offline:x");
  g_autoptr (EntWordsError) number = ent_words_error_new_from_text ("api:2:x");
  g_autoptr (EntWordsError) quark = ent_words_error_new_from_text ("ent-api-error-quark:2:x");
  g_autoptr (EntWordsError) without = ent_words_error_new_from_text ("api:offline");

  g_assert_cmpstr (nick->title, ==, number->title);
  g_assert_cmpstr (nick->title, ==, quark->title);
  g_assert_cmpstr (nick->title, ==, without->title);
  g_assert_null (without->detail);
}

static void
test_unknown (void)
{
  static const char *const texts[] = { "", "x", "x:y", "api:99:", "::", "api:offline-ish:z" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (EntWordsError) error = ent_words_error_new_from_text (texts[i]);

      g_assert_cmpstr (error->title, ==,
                       EXPECT ("Something went wrong", "Algo deu errado", "Algo salió mal"));
      g_assert_cmpstr (error->body, !=, "");
      g_assert_null (error->action);
    }
}

static void
test_system (void)
{
  g_autoptr (GError) io = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "x");
  g_autoptr (GError) file = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOSPC, "x");
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (EntWordsError) a = ent_words_error_new (io);
  g_autoptr (EntWordsError) b = ent_words_error_new (file);
  g_autoptr (EntWordsError) c = ent_words_error_new (cancelled);

  g_assert_cmpstr (a->title, ==,
                   EXPECT ("The disk is full", "O disco está cheio", "El disco está lleno"));
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (c->title, ==, EXPECT ("Cancelled", "Cancelado", "Cancelado"));
  g_assert_null (c->action);
}

/* Sources and store are said in the language too; a provider's own words are left alone. */
static void
test_causes (void)
{
  g_autoptr (GError) variable = g_error_new (api (), 9, "The variable %s is not set", "KEY");
  g_autoptr (GError) address =
      g_error_new_literal (api (), 10, "The address cannot be used: it is not https");
  g_autoptr (GError) provider = g_error_new_literal (api (), 6, "HTTP 400: empty");
  g_autoptr (EntWordsError) words = ent_words_error_new (variable);

  g_assert_true (g_str_has_suffix (words->body, EXPECT ("(The variable KEY is not set)",
                                                        "(A variável KEY não está definida)",
                                                        "(La variable KEY no está definida)")));
  assert_take (ent_words_error_cause (address),
               EXPECT ("The address cannot be used: it is not https",
                       "O endereço não pode ser usado: não é https",
                       "La dirección no se puede usar: no es https"));
  assert_take (ent_words_error_cause (provider), "HTTP 400: empty");
}

/* Behind the names; a list of values is said in no language. */
static const char *
last_part (const char *message)
{
  const char *part = message;

  for (const char *at = message; (at = strstr (at, ": ")) != NULL; part = at)
    at += 2;
  return part;
}

/* Each fault that core finds in a template is told in the language, also the detail. */
static void
test_details_of_templates (void)
{
  static const char *const members[] = {
    "\"name\":1",
    "\"name\":\"\"",
    "\"name\":\"a\\u0007b\"",
    "\"view\":\"map\"",
    "\"period\":7",
    "\"period\":\"dates\"",
    "\"period\":{}",
    "\"period\":{\"from\":\"2026-11-01\",\"to\":\"2026-11-31\"}",
    "\"period\":{\"from\":\"2026-11-02\",\"to\":\"2026-11-01\"}",
    "\"period\":{\"from\":\"0001-01-01\",\"to\":\"9999-12-31\"}",
    "\"timezone\":\"BRT3\"",
    "\"filters\":[]",
    "\"filters\":{\"channel\":[\"fax\"]}",
    "\"filters\":{\"phone\":[\"12\"]}",
    "\"filters\":{\"user\":\"ana\"}",
    "\"filters\":{\"user\":[1]}",
    "\"filters\":{\"text\":[\"\"]}",
    "\"chart\":{\"series\":\"sent\"}",
    "\"columns\":[{}]",
    "\"columns\":[{\"key\":\"colour\"}]",
    "\"columns\":[{\"key\":\"phone\"},{\"key\":\"phone\"}]",
    "\"columns\":[{\"key\":\"phone\",\"width\":9.5}]",
    "\"columns\":[{\"key\":\"phone\",\"width\":-1}]",
    "\"columns\":\"phone\"",
    "\"sort\":\"phone:down\"",
    "\"export\":{\"privacy\":[\"half\"]}",
    "\"export\":{\"privacy\":[\"last4\",\"full\"]}",
    "\"locale\":\"\"",
    "\"locale\":\"../x\"",
    "\"name\":\"a\",\"name\":\"b\"",
    "\"x\":\"\\u12\"",
    "\"x\":\"\\u0000\"",
    "\"x\":\"\\ud800\"",
    "\"x\":\"\\q\"",
    "\"x\":\"\t\"",
    "\"x\":\"\xff\"",
    "\"x\":01",
    "\"x\":1e999",
    "\"x\":",
    "\"x\":[1 2]",
    "\"x\":{\"a\":1 2}",
    "\"x\":\"",
    "\"x\" 1",
    "x",
    "\"x\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]",
    "\"x\":1}}",
  };
  gboolean is_english = strcmp (EXPECT ("en", "pt", "es"), "en") == 0;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    for (int version = 1; version <= 2; version++)
      {
        g_autofree char *text =
            g_strdup_printf ("{\"entrega_template\":%d,%s}", version, members[i]);
        g_autoptr (GError) error = NULL;
        g_autoptr (EntWordsError) words = NULL;
        const char *tail;

        g_assert_null (ent_report_from_json (text, strlen (text), &error));
        words = ent_words_error_new (error);
        if ((strstr (words->body, error->message) != NULL) != is_english)
          g_error ("“%s” in “%s”", error->message, words->body);
        tail = last_part (error->message);
        if (!is_english && strstr (tail, ", ") == NULL && strstr (words->body, tail) != NULL)
          g_error ("“%s” in “%s”", tail, words->body);
      }
}

static void
test_detail_of_file (void)
{
  const char *text = "{\"entrega_template\":2,\"period\":{\"from\":\"2026-13-01\"}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (EntWordsError) words = NULL;

  g_assert_null (ent_report_from_json (text, strlen (text), &error));
  g_prefix_error (&error, "C: x.json: ");
  words = ent_words_error_new (error);
  g_assert_true (g_str_has_suffix (
      words->body,
      EXPECT ("(C: x.json: written by a newer Entrega (template version 2): period.from: "
              "“2026-13-01” is not a date: expected YYYY-MM-DD)",
              "(C: x.json: escrito por um Entrega mais novo (versão de modelo 2): period.from: "
              "“2026-13-01” não é uma data: escreva AAAA-MM-DD)",
              "(C: x.json: escrita por un Entrega más nuevo (versión de plantilla 2): "
              "period.from: “2026-13-01” no es una fecha: escriba AAAA-MM-DD)")));
}

int
main (int argc, char **argv)
{
  start (&argc, &argv);
  g_test_add_func ("/faults/from-error", test_from_error);
  g_test_add_func ("/faults/providers-words", test_providers_words);
  g_test_add_func ("/faults/causes", test_causes);
  g_test_add_func ("/faults/from-text", test_from_text);
  g_test_add_func ("/faults/unknown", test_unknown);
  g_test_add_func ("/faults/system", test_system);
  g_test_add_func ("/faults/details-of-templates", test_details_of_templates);
  g_test_add_func ("/faults/detail-of-file", test_detail_of_file);
  return g_test_run ();
}
