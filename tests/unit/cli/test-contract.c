/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What scripts rely on: the JSON of report, list and show; kinds of values, keys, their order; the
 * text forms in the languages. The program runs on a folder filled by this test. */

#include "config.h"

#include "ent-cli-test.h"

#include <json-glib/json-glib.h>

static void
test_report_json (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) run =
      ent_cli_test_run (test, "report", "--timezone", ENT_TEST_ZONE, "--json", NULL);

  ent_cli_run_assert (run, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpstr (
      run->out, ==,
      "{\"period\":{\"from\":\"2026-11-16\",\"to\":\"2026-11-22\",\"timezone\":\"America/"
      "Sao_Paulo\"},"
      "\"filters\":{},\"as_of\":\"2026-11-22T17:05:00.000Z\",\"data_version\":1,\n"
      "\"totals\":{\"total\":10,\"sent\":7,\"delivered\":5,\"read\":2,\"send_failed\":2,"
      "\"not_delivered\":1,\"queued\":1,\"in_transit\":1,\"received\":2},\n"
      "\"rates\":{\"sent\":70.0,\"delivered\":71.4,\"read\":50.0,\"error\":30.0},\n"
      "\"rows\":[\n"
      "{\"key\":\"2026-11-16\",\"total\":2,\"sent\":2,\"delivered\":2,\"read\":1,\"send_failed\":0,"
      "\"not_delivered\":0,\"queued\":0,\"in_transit\":0,\"received\":0,\"rates\":{\"sent\":100.0,"
      "\"delivered\":100.0,\"read\":50.0,\"error\":0.0},\"coverage\":\"complete\"},\n"
      "{\"key\":\"2026-11-17\",\"total\":3,\"sent\":2,\"delivered\":1,\"read\":0,\"send_failed\":1,"
      "\"not_delivered\":1,\"queued\":0,\"in_transit\":0,\"received\":0,\"rates\":{\"sent\":66.7,"
      "\"delivered\":50.0,\"read\":null,\"error\":66.7},\"coverage\":\"complete\"},\n"
      "{\"key\":\"2026-11-18\",\"total\":1,\"sent\":0,\"delivered\":0,\"read\":0,\"send_failed\":1,"
      "\"not_delivered\":0,\"queued\":0,\"in_transit\":0,\"received\":0,\"rates\":{\"sent\":0.0,"
      "\"delivered\":null,\"read\":null,\"error\":100.0},\"coverage\":\"complete\"},\n"
      "{\"key\":\"2026-11-19\",\"total\":1,\"sent\":1,\"delivered\":0,\"read\":0,\"send_failed\":0,"
      "\"not_delivered\":0,\"queued\":0,\"in_transit\":1,\"received\":0,\"rates\":{\"sent\":100.0,"
      "\"delivered\":0.0,\"read\":null,\"error\":0.0},\"coverage\":\"complete\"},\n"
      "{\"key\":\"2026-11-20\",\"total\":1,\"sent\":1,\"delivered\":1,\"read\":1,\"send_failed\":0,"
      "\"not_delivered\":0,\"queued\":0,\"in_transit\":0,\"received\":2,\"rates\":{\"sent\":100.0,"
      "\"delivered\":100.0,\"read\":100.0,\"error\":0.0},\"coverage\":\"complete\"},\n"
      "{\"key\":\"2026-11-21\",\"total\":1,\"sent\":1,\"delivered\":1,\"read\":0,\"send_failed\":0,"
      "\"not_delivered\":0,\"queued\":0,\"in_transit\":0,\"received\":0,\"rates\":{\"sent\":100.0,"
      "\"delivered\":100.0,\"read\":0.0,\"error\":0.0},\"coverage\":\"complete\"},\n"
      "{\"key\":\"2026-11-22\",\"total\":1,\"sent\":0,\"delivered\":0,\"read\":0,\"send_failed\":0,"
      "\"not_delivered\":0,\"queued\":1,\"in_transit\":0,\"received\":0,\"rates\":{\"sent\":0.0,"
      "\"delivered\":null,\"read\":null,\"error\":0.0},\"coverage\":\"partial\"}]}\n");
}

/* The language and its decimal comma have no part in JSON. */
static void
test_json_in_other_languages (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  static const char *const locales[] = { "pt_BR", "es_MX", "es_ES", "en_US" };
  static const char *const commands[] = { "report", "list" };

  for (guint c = 0; c < G_N_ELEMENTS (commands); c++)
    {
      g_autofree char *first = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
        {
          g_autoptr (EntCliRun) run =
              ent_cli_test_run (test, commands[c], "--locale", locales[i], "--timezone",
                                ENT_TEST_ZONE, "--json", NULL);

          ent_cli_run_assert (run, 0);
          if (first == NULL)
            first = g_strdup (run->out);
          g_assert_cmpstr (run->out, ==, first);
        }
    }
}

static JsonObject *
parse_object (const char *text, JsonNode **node)
{
  *node = json_from_string (text, NULL);
  g_assert_nonnull (*node);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (*node));
  return json_node_get_object (*node);
}

static void
test_report_filters (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (EntCliRun) run =
      ent_cli_test_run (test, "report", "--json", "--timezone", ENT_TEST_ZONE, "--channel",
                        "whatsapp", "--campaign", "!Natal", "--by", "campaign", NULL);
  JsonObject *object, *filters;
  JsonArray *rows;

  ent_cli_run_assert (run, 0);
  object = parse_object (run->out, &node);
  filters = json_object_get_object_member (object, "filters");
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (filters, "channel"), 0), ==,
      "whatsapp");
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (filters, "campaign"), 0), ==,
      "!Natal");
  rows = json_object_get_array_member (object, "rows");
  /* Entregas, and the received one that has none. */
  g_assert_cmpuint (json_array_get_length (rows), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (rows, 0), "key"),
                   ==, "Entregas");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (rows, 1), "key"),
                   ==, "");
}

/* Each grain adds up to the same totals, over the days or over a dimension. */
static void
test_report_sums (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();

  for (guint by = 0; by < ENT_N_BYS; by++)
    {
      const char *key = ent_by_key ((EntBy) by);
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (EntCliRun) run = ent_cli_test_run (test, "report", "--json", "--timezone",
                                                    ENT_TEST_ZONE, "--by", key, NULL);
      JsonObject *object, *totals;
      JsonArray *rows;

      ent_cli_run_assert (run, 0);
      object = parse_object (run->out, &node);
      totals = json_object_get_object_member (object, "totals");
      rows = json_object_get_array_member (object, "rows");
      for (guint i = 0; i < ENT_N_COUNTER_KEYS; i++)
        {
          gint64 sum = 0;

          for (guint r = 0; r < json_array_get_length (rows); r++)
            sum += json_object_get_int_member (json_array_get_object_element (rows, r),
                                               ent_counters_key (i));
          g_test_message ("%s %s", key, ent_counters_key (i));
          g_assert_cmpint (sum, ==, json_object_get_int_member (totals, ent_counters_key (i)));
        }
    }
}

static void
test_event_date (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) run =
      ent_cli_test_run (test, "report", "--json", "--basis", "event-date", NULL);

  ent_cli_run_assert (run, 0);
  g_assert_nonnull (strstr (
      run->out, "\"rates\":{\"sent\":null,\"delivered\":null,\"read\":null,\"error\":null}"));
}

static const char *const list_keys[] = {
  "message_id",
  "direction",
  "channel",
  "created_at",
  "sent_at",
  "delivered_at",
  "read_at",
  "failed_at",
  "received_at",
  "status",
  "stage",
  "reason_code",
  "reason",
  "phone",
  "contact_name",
  "origin",
  "content_type",
  "content",
  "subaccount_id",
  "subaccount",
  "user_id",
  "user",
  "campaign_id",
  "campaign",
  "correlation_id",
  "extra_info",
  "with_session",
  "conversation_id",
  "conversation_type",
  "conversation_expires_at",
  "carrier",
  "parts",
  "secs_to_deliver",
  "secs_to_read",
  "updated_at",
  "source",
  "coverage",
};

static void
test_list_json (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) run =
      ent_cli_test_run (test, "list", "--json", "--timezone", ENT_TEST_ZONE, NULL);
  g_auto (GStrv) lines = NULL;

  ent_cli_run_assert (run, 0);
  lines = g_strsplit (run->out, "\n", -1);
  /* The last line's end, too. */
  g_assert_cmpuint (g_strv_length (lines), ==, ENT_TEST_N_MESSAGES + 1);
  for (guint i = 0; i < ENT_TEST_N_MESSAGES; i++)
    {
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GList) keys = NULL;
      JsonObject *object = parse_object (lines[i], &node);
      guint k = 0;

      keys = json_object_get_members (object);
      g_assert_cmpuint (g_list_length (keys), ==, G_N_ELEMENTS (list_keys));
      for (GList *key = keys; key != NULL; key = key->next)
        g_assert_cmpstr (key->data, ==, list_keys[k++]);
    }
  g_assert_true (g_str_has_prefix (
      lines[ENT_TEST_N_MESSAGES - 1],
      "{\"message_id\":\"m-01\",\"direction\":\"mt\",\"channel\":\"whatsapp\","
      "\"created_at\":\"2026-11-16T12:00:00.250Z\",\"sent_at\":\"2026-11-16T12:00:01.250Z\","
      "\"delivered_at\":\"2026-11-16T12:00:04.250Z\",\"read_at\":\"2026-11-16T12:02:05.250Z\","
      "\"failed_at\":null,\"received_at\":null,\"status\":\"read\",\"stage\":\"read\","
      "\"reason_code\":null,\"reason\":null,\"phone\":\"+5511912345678\","));
}

static void
test_list_options (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) sorted =
      ent_cli_test_run (test, "list", "--json", "--columns", "message_id, parts", "--sort",
                        "created_at", "--offset", "1", "--limit", "2", NULL);
  g_autoptr (EntCliRun) nothing =
      ent_cli_test_run (test, "list", "--json", "--phone", "99999", NULL);
  g_autoptr (EntCliRun) beyond =
      ent_cli_test_run (test, "list", "--json", "--offset", "99999999999", NULL);
  g_autoptr (EntCliRun) phone = ent_cli_test_run (test, "list", "--json", "--columns", "message_id",
                                                  "--phone", "*4444", NULL);

  ent_cli_run_assert (sorted, 0);
  g_assert_cmpstr (
      sorted->out, ==,
      "{\"message_id\":\"m-02\",\"parts\":null}\n{\"message_id\":\"m-03\",\"parts\":1}\n");
  ent_cli_run_assert (nothing, 0);
  g_assert_cmpstr (nothing->out, ==, "");
  ent_cli_run_assert (beyond, 0);
  g_assert_cmpstr (beyond->out, ==, "");
  ent_cli_run_assert (phone, 0);
  g_assert_cmpstr (phone->out, ==, "{\"message_id\":\"m-04\"}\n");
}

/* Without a terminal: one line per message, whole fields apart by tabs. */
static void
test_list_text (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) run =
      ent_cli_test_run (test, "list", "--locale", "pt_BR", "--columns",
                        "created_at,phone,content,status", "--phone", "*4444", NULL);

  ent_cli_run_assert (run, 0);
  g_assert_cmpstr (run->out, ==,
                   "Data e hora\tTelefone\tConteúdo\tStatus\n"
                   "17/11/2026 20:59:59\t+55 (11) 95555-4444\tlinha 1 linha 2\tNão entregue\n");
}

static void
test_show (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) text = ent_cli_test_run (test, "show", "m-04", "--locale", "pt_BR", NULL);
  g_autoptr (EntCliRun) json = ent_cli_test_run (test, "show", "m-11", "--json", NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  JsonArray *inferred;

  ent_cli_run_assert (text, 0);
  g_assert_nonnull (strstr (text->out, "não foi possível alcançar o aparelho durante 24"));
  g_assert_nonnull (strstr (text->out, "código 104."));
  g_assert_nonnull (strstr (text->out, "  ● 17/11/2026 20:59:59 aceita\n"));
  g_assert_nonnull (strstr (text->out, "  ● 17/11/2026 21:00:00 enviada (+1"));
  g_assert_nonnull (strstr (text->out, "\nlinha 1\nlinha 2\n"));

  ent_cli_run_assert (json, 0);
  object = parse_object (json->out, &node);
  g_assert_cmpuint (json_object_get_size (object), ==, G_N_ELEMENTS (list_keys) + 5);
  inferred = json_object_get_array_member (object, "inferred");
  g_assert_cmpuint (json_array_get_length (inferred), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (inferred, 0), ==, "sent");
  g_assert_cmpstr (json_array_get_string_element (inferred, 1), ==, "delivered");
  /* A name that turns the line round is told as what it is. */
  g_assert_null (strstr (text->out, "\342\200\256"));
}

static void
test_report_text (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) run = ent_cli_test_run (test, "report", "--locale", "pt_BR", "--from",
                                                "2026-11-14", "--to", "2026-11-17", NULL);

  ent_cli_run_assert (run, 0);
  g_assert_nonnull (strstr (run->out, "14–17 nov · America/Sao_Paulo\nSem filtros\n"));
  g_assert_nonnull (strstr (run->out, "De 4 dias, 2 estão completos, 2 estão sem dados."));
  /* Never synchronised is no zero. */
  g_assert_nonnull (strstr (run->out, "sáb 14 nov      —         —"));
  g_assert_nonnull (strstr (run->out, "66,7"));
}

static void
test_same_version_same_numbers (void)
{
  g_autoptr (EntCliTest) test = ent_cli_test_new ();
  g_autoptr (EntCliRun) first = ent_cli_test_run (test, "report", "--json", NULL);
  g_autoptr (EntCliRun) second = ent_cli_test_run (test, "report", "--json", NULL);

  g_assert_cmpstr (first->out, ==, second->out);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contract/report-json", test_report_json);
  g_test_add_func ("/contract/json-in-other-languages", test_json_in_other_languages);
  g_test_add_func ("/contract/report-filters", test_report_filters);
  g_test_add_func ("/contract/report-sums", test_report_sums);
  g_test_add_func ("/contract/event-date", test_event_date);
  g_test_add_func ("/contract/list-json", test_list_json);
  g_test_add_func ("/contract/list-options", test_list_options);
  g_test_add_func ("/contract/list-text", test_list_text);
  g_test_add_func ("/contract/show", test_show);
  g_test_add_func ("/contract/report-text", test_report_text);
  g_test_add_func ("/contract/same-version-same-numbers", test_same_version_same_numbers);
  return g_test_run ();
}
