/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The language of faults, which request meets which, and what they make of an answer.
 */
#include <string.h>

#include "ent-sim-error.h"
#include "sim-test.h"

#define BODY                                                                                       \
  "{\"start_date\":\"2026-11-10T00:00:00Z\",\"end_date\":\"2026-11-12T00:00:00Z\","                \
  "\"page_size\":50,\"page\":%u}"

static EntSimWorld *world;
static EntSimEngage *engage;

static EntSimFaults
parse (const char *spec)
{
  g_autoptr (GError) error = NULL;
  EntSimFaults faults;

  ent_sim_faults_parse (spec, &faults, &error);
  g_assert_no_error (error);
  return faults;
}

static void
test_wrong (void)
{
  static const char *const wrong[] = { "nonsense",
                                       ",",
                                       "html",
                                       "html=",
                                       "html=0",
                                       "html=-1",
                                       "html=x",
                                       "html=1=2",
                                       "html=1:every=2",
                                       "status",
                                       "status=200",
                                       "status=600",
                                       "status=503:every=0",
                                       "status=503:sometimes",
                                       "unauthorized=1",
                                       "slow=600001",
                                       "range-days=0",
                                       "range-days=366",
                                       "offline-after=",
                                       "truncate=1,",
                                       "forbidden,forbiddem",
                                       "status=503:times=" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      EntSimFaults faults;

      g_test_message ("%s", wrong[i]);
      g_assert_false (ent_sim_faults_parse (wrong[i], &faults, &error));
      g_assert_error (error, ENT_SIM_ERROR, ENT_SIM_ERROR_USAGE);
    }
}

/* Every fault that the help names is known, and the help names every one of these. */
static void
test_help (void)
{
  static const char *const specs[] = { "unauthorized",   "forbidden",        "offline-after=1",
                                       "status=500",     "retry-after=1",    "truncate=1",
                                       "html=1",         "empty-has-next=1", "bad-item=1",
                                       "slow=1",         "range-days=1",     "unknown-status",
                                       "unknown-fields", "duplicate-pages" };
  guint n_lines = 0;

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_auto (GStrv) parts = g_strsplit (specs[i], "=", 2);
      g_autofree char *line = g_strconcat ("\n  ", parts[0], NULL);
      EntSimFaults faults = parse (specs[i]);

      g_assert_nonnull (strstr (ent_sim_faults_get_help (), line));
      g_assert_cmpuint (faults.status_every, >=, 1);
    }
  for (const char *p = ent_sim_faults_get_help (); (p = strstr (p, "\n  ")) != NULL; p++)
    n_lines += p[3] != ' ';
  g_assert_cmpuint (n_lines, ==, G_N_ELEMENTS (specs));
}

typedef struct
{
  const char *spec;
  EntSimVerdict verdicts[8]; /* of requests 1 to 8 */
} JudgeCase;

#define OK ENT_SIM_VERDICT_ANSWER
#define CLOSE ENT_SIM_VERDICT_CLOSE
#define STATUS ENT_SIM_VERDICT_STATUS
#define UNAUTHORIZED ENT_SIM_VERDICT_UNAUTHORIZED
#define FORBIDDEN ENT_SIM_VERDICT_FORBIDDEN
#define HTML ENT_SIM_VERDICT_HTML
#define CUT ENT_SIM_VERDICT_TRUNCATE
#define EMPTY ENT_SIM_VERDICT_EMPTY_HAS_NEXT
#define BAD ENT_SIM_VERDICT_BAD_ITEM
#define ALL(v)                                                                                     \
  {                                                                                                \
    v, v, v, v, v, v, v, v                                                                         \
  }

static const JudgeCase judge_cases[] = {
  { "", ALL (OK) },
  { "slow=5,unknown-fields,unknown-status,duplicate-pages,range-days=3", ALL (OK) },
  { "unauthorized", ALL (UNAUTHORIZED) },
  { "forbidden", ALL (FORBIDDEN) },
  { "offline-after=0", ALL (CLOSE) },
  { "offline-after=3", { OK, OK, OK, CLOSE, CLOSE, CLOSE, CLOSE, CLOSE } },
  { "status=503", ALL (STATUS) },
  { "status=503:every=3", { OK, OK, STATUS, OK, OK, STATUS, OK, OK } },
  { "status=503:times=2", { STATUS, STATUS, OK, OK, OK, OK, OK, OK } },
  { "status=503:every=3:times=1", { OK, OK, STATUS, OK, OK, OK, OK, OK } },
  { "retry-after=1", { OK, STATUS, OK, STATUS, OK, STATUS, OK, STATUS } },
  { "retry-after=1:every=4", { OK, OK, OK, STATUS, OK, OK, OK, STATUS } },
  { "status=500,retry-after=1", ALL (STATUS) },
  { "html=3,truncate=5,empty-has-next=2,bad-item=4", { OK, EMPTY, HTML, BAD, CUT, OK, OK, OK } },
  { "status=500:every=2,html=2,html=3", { OK, STATUS, HTML, STATUS, OK, STATUS, OK, STATUS } },
};

static void
test_judge (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (judge_cases); i++)
    {
      EntSimFaults faults = parse (judge_cases[i].spec);

      g_test_message ("%s", judge_cases[i].spec);
      for (guint request = 1; request <= 8; request++)
        g_assert_cmpint (ent_sim_faults_judge (&faults, request), ==,
                         judge_cases[i].verdicts[request - 1]);
    }
  g_assert_cmpuint (parse ("retry-after=7").status, ==, 429);
  g_assert_cmpuint (parse ("retry-after=7").retry_after, ==, 7);
  g_assert_cmpuint (parse ("status=502,retry-after=7").status, ==, 502);
}

/* ---- Answers ----------------------------------------------------------------------------- */

static guint
ask (const char *spec, EntSimVerdict verdict, guint page, GString *answer)
{
  g_autofree char *plain =
      g_strconcat (ent_sim_engage_get_key (engage), ":", ent_sim_engage_get_secret (engage), NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) plain, strlen (plain));
  g_autofree char *authorization = g_strconcat ("Basic ", encoded, NULL);
  g_autofree char *body = g_strdup_printf (BODY, page);
  EntSimFaults faults = parse (spec);

  return ent_sim_engage_answer (engage, authorization, body, strlen (body), &faults, verdict,
                                answer);
}

static JsonNode *
ask_json (const char *spec, EntSimVerdict verdict, guint page)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  JsonNode *root;

  g_assert_cmpuint (ask (spec, verdict, page, answer), ==, 200);
  root = json_from_string (answer->str, NULL);
  g_assert_nonnull (root);
  return root;
}

static JsonArray *
get_messages (JsonNode *root)
{
  return json_object_get_array_member (json_node_get_object (root), "messages");
}

static gboolean
get_has_next (JsonNode *root)
{
  return json_object_get_boolean_member (
      json_object_get_object_member (json_node_get_object (root), "pagination"), "has_next");
}

static void
test_truncate (void)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  g_autoptr (GString) cut = g_string_new (NULL);
  g_autoptr (JsonNode) root = NULL;

  g_assert_cmpuint (ask ("", ENT_SIM_VERDICT_ANSWER, 0, whole), ==, 200);
  g_assert_cmpuint (ask ("", ENT_SIM_VERDICT_TRUNCATE, 0, cut), ==, 200);
  g_assert_cmpuint (cut->len, ==, whole->len / 2);
  g_assert_true (g_str_has_prefix (whole->str, cut->str));
  root = json_from_string (cut->str, NULL);
  g_assert_null (root);
}

static void
test_empty_has_next (void)
{
  g_autoptr (JsonNode) root = ask_json ("", ENT_SIM_VERDICT_EMPTY_HAS_NEXT, 0);

  g_assert_cmpuint (json_array_get_length (get_messages (root)), ==, 0);
  g_assert_true (get_has_next (root));
}

static void
test_bad_item (void)
{
  g_autoptr (JsonNode) root = ask_json ("", ENT_SIM_VERDICT_BAD_ITEM, 1);
  g_autoptr (JsonNode) plain = ask_json ("", ENT_SIM_VERDICT_ANSWER, 1);
  JsonArray *messages = get_messages (root);

  g_assert_cmpuint (json_array_get_length (messages), ==, 50);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (
      json_object_get_member (json_array_get_object_element (messages, 0), "timestamp")));
  for (guint i = 1; i < 50; i++)
    g_assert_true (json_node_equal (json_array_get_element (messages, i),
                                    json_array_get_element (get_messages (plain), i)));
}

static void
test_unknown_status (void)
{
  guint strange = 0, total = 0;

  for (guint page = 0; page < 10; page++)
    {
      g_autoptr (JsonNode) root = ask_json ("unknown-status", ENT_SIM_VERDICT_ANSWER, page);
      JsonArray *messages = get_messages (root);

      for (guint i = 0; i < json_array_get_length (messages); i++)
        {
          JsonObject *message = json_array_get_object_element (messages, i);
          gboolean unknown = g_str_equal (sim_test_string (message, "status"), "teleported");

          g_assert_false (unknown && json_object_has_member (message, "status_code"));
          strange += unknown;
          total++;
        }
    }
  g_assert_cmpuint (strange, >, total / 20);
  g_assert_cmpuint (strange, <, total / 5);
}

static void
test_unknown_fields (void)
{
  g_autoptr (JsonNode) root = ask_json ("unknown-fields", ENT_SIM_VERDICT_ANSWER, 0);
  JsonObject *object = json_node_get_object (root);

  g_assert_true (json_object_has_member (object, "meta"));
  g_assert_true (
      json_object_has_member (json_object_get_object_member (object, "pagination"), "cursor"));
  g_assert_true (
      json_object_has_member (json_array_get_object_element (get_messages (root), 0), "sentiment"));
}

/* Pages overlap, and all rows are still there. */
static void
test_duplicate_pages (void)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) all = sim_test_ask_all (
      engage, "\"start_date\":\"2026-11-10T00:00:00Z\",\"end_date\":\"2026-11-12T00:00:00Z\"");
  gboolean has_next = TRUE;
  guint rows = 0;

  for (guint page = 0; has_next; page++)
    {
      g_autoptr (JsonNode) root = ask_json ("duplicate-pages", ENT_SIM_VERDICT_ANSWER, page);
      JsonArray *messages = get_messages (root);

      has_next = get_has_next (root);
      for (guint i = 0; i < json_array_get_length (messages); i++)
        {
          const char *id =
              sim_test_string (json_array_get_object_element (messages, i), "message_id");
          gboolean is_new = g_hash_table_add (known, g_strdup (id));

          rows++;
          g_assert_cmpint (is_new, ==, page == 0 || i >= 6);
        }
    }
  g_assert_cmpuint (g_hash_table_size (known), ==, all->len);
  g_assert_cmpuint (rows, >, all->len);
}

static void
test_range_days (void)
{
  g_autoptr (GString) answer = g_string_new (NULL);

  g_assert_cmpuint (ask ("range-days=7", ENT_SIM_VERDICT_ANSWER, 0, answer), ==, 200);
  g_string_truncate (answer, 0);
  g_assert_cmpuint (ask ("range-days=5", ENT_SIM_VERDICT_ANSWER, 0, answer), ==, 400);
  g_assert_nonnull (strstr (answer->str, "within the last 5 days"));
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  world = sim_test_world (3, 30, 30000);
  engage = ent_sim_engage_new (world);
  g_test_add_func ("/simulator/faults/wrong", test_wrong);
  g_test_add_func ("/simulator/faults/help", test_help);
  g_test_add_func ("/simulator/faults/judge", test_judge);
  g_test_add_func ("/simulator/faults/truncate", test_truncate);
  g_test_add_func ("/simulator/faults/empty-has-next", test_empty_has_next);
  g_test_add_func ("/simulator/faults/bad-item", test_bad_item);
  g_test_add_func ("/simulator/faults/unknown-status", test_unknown_status);
  g_test_add_func ("/simulator/faults/unknown-fields", test_unknown_fields);
  g_test_add_func ("/simulator/faults/duplicate-pages", test_duplicate_pages);
  g_test_add_func ("/simulator/faults/range-days", test_range_days);
  result = g_test_run ();
  ent_sim_engage_free (engage);
  ent_sim_world_free (world);
  return result;
}
