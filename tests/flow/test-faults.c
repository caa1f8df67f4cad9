/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each fault of the network on the first, a middle and the last page of a day: a fault that passes
 * leaves no trace; one that stays leaves no row of the broken page, changes nothing that was there,
 * and the next synchronisation makes it all good. */
#include "config.h"

#include "ent-flow-script.h"
#include "ent-flow.h"
#include "ent-retry.h"
#include "ent-time.h"

#include <signal.h>
#include <string.h>

#define NOW "2026-11-15T20:00:00Z"
#define N_MESSAGES 250
#define N_PAGES 3

/* ---- Faults ------------------------------------------------------------------------------- */

typedef void (*FaultFunc) (const char *honest, EntFaultAnswer *answer);

static void
cut_by_length (const char *honest, EntFaultAnswer *answer)
{
  ent_fault_answer_set (answer, 200, NULL, honest, strlen (honest));
  g_byte_array_set_size (answer->bytes, answer->bytes->len / 2);
  answer->end = ENT_FAULT_CLOSE;
}

static void
cut_after_chunk (const char *honest, EntFaultAnswer *answer)
{
  ent_fault_answer_printf (answer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  ent_fault_answer_append_chunk (answer, honest, strlen (honest) - 30);
  answer->end = ENT_FAULT_CLOSE;
}

static void
cut_without_length (const char *honest, EntFaultAnswer *answer)
{
  ent_fault_answer_printf (answer, "HTTP/1.0 200 OK\r\n\r\n%.*s", (int) strlen (honest) - 1,
                           honest);
  answer->end = ENT_FAULT_CLOSE;
}

static void
cut_gzip (const char *honest, EntFaultAnswer *answer)
{
  g_autoptr (GByteArray) body = ent_fault_gzip (honest, strlen (honest));

  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", body->data, body->len - 8);
}

static void
wrong_crc (const char *honest, EntFaultAnswer *answer)
{
  g_autoptr (GByteArray) body = ent_fault_gzip (honest, strlen (honest));

  body->data[body->len - 8] ^= 1;
  ent_fault_answer_set (answer, 200, "Content-Encoding: gzip\r\n", body->data, body->len);
}

static void
reset (const char *honest, EntFaultAnswer *answer)
{
  cut_by_length (honest, answer);
  answer->end = ENT_FAULT_RESET;
}

static void
server_error (const char *honest, EntFaultAnswer *answer)
{
  ent_fault_answer_set (answer, 503, "Retry-After: 1\r\n", "", 0);
}

static void
web_page (const char *honest, EntFaultAnswer *answer)
{
  ent_fault_answer_set (answer, 200, NULL, "<html>{}</html>", 15);
}

static void
empty_with_more (const char *honest, EntFaultAnswer *answer)
{
  static const char body[] = "{\"messages\":[],\"pagination\":{\"has_next\":true}}";

  ent_fault_answer_set (answer, 200, NULL, body, sizeof body - 1);
}

static void
two_lengths (const char *honest, EntFaultAnswer *answer)
{
  ent_fault_answer_printf (answer,
                           "HTTP/1.1 200 OK\r\nContent-Length: %u\r\nContent-Length: 1\r\n\r\n%s",
                           (guint) strlen (honest), honest);
}

static void
unauthorized (const char *honest, EntFaultAnswer *answer)
{
  ent_fault_answer_set (answer, 401, NULL, "{\"message\":\"no\"}", 16);
}

static void
redirected (const char *honest, EntFaultAnswer *answer)
{
  ent_fault_answer_set (answer, 302, "Location: /login\r\n", "", 0);
}

static const struct
{
  const char *name;
  FaultFunc func;
  int code;
  gboolean passes; /* another try is made */
} faults[] = {
  { "cut-by-length", cut_by_length, ENT_API_ERROR_PROTOCOL, TRUE },
  { "cut-after-chunk", cut_after_chunk, ENT_API_ERROR_PROTOCOL, TRUE },
  { "cut-without-length", cut_without_length, ENT_API_ERROR_PROTOCOL, TRUE },
  { "cut-gzip", cut_gzip, ENT_API_ERROR_PROTOCOL, TRUE },
  { "wrong-crc", wrong_crc, ENT_API_ERROR_PROTOCOL, TRUE },
  { "reset", reset, ENT_API_ERROR_PROTOCOL, TRUE },
  { "server-error", server_error, ENT_API_ERROR_SERVER, TRUE },
  { "web-page", web_page, ENT_API_ERROR_PROTOCOL, FALSE },
  { "empty-with-more", empty_with_more, ENT_API_ERROR_PROTOCOL, FALSE },
  { "two-lengths", two_lengths, ENT_API_ERROR_PROTOCOL, FALSE },
  { "unauthorized", unauthorized, ENT_API_ERROR_AUTH, FALSE },
  { "redirected", redirected, ENT_API_ERROR_PROTOCOL, FALSE },
};

/* ---- A day with three pages ----------------------------------------------------------------- */

typedef struct
{
  FaultFunc func;
  guint page;
  guint times;
} Spoiler;

static gboolean
spoil_cb (const EntFlowQuestion *question,
          const char *honest,
          EntFaultAnswer *answer,
          gpointer user_data)
{
  Spoiler *spoiler = user_data;

  if (!question->has_messages || question->page != spoiler->page || spoiler->times == 0)
    return FALSE;
  spoiler->times--;
  spoiler->func (honest, answer);
  return TRUE;
}

static EntFlowScript *
new_day (void)
{
  EntFlowScript *script = ent_flow_script_new ();
  gint64 now = ent_clock_now ();

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autofree char *id = g_strdup_printf ("message-%03u", i);

      ent_flow_script_add (script, id, "SMS", now - 3600000 + i * 1000, "submitted");
    }
  return script;
}

static EntFlowHome *
new_home (EntFlowScript *script)
{
  EntFlowHome *home = ent_flow_home_new ();

  ent_flow_home_add_source (home, ENT_FLOW_SOURCE, ent_fault_server_get_url (script->server),
                            "{\"api_key\":\"k\",\"api_secret\":\"s\"}");
  return home;
}

/* The last hours only: a first synchronisation's 90 days have nothing to add here. */
static EntSyncOptions
last_hours (void)
{
  EntSyncOptions options = ent_flow_by_rules;

  options.from = ent_clock_now () - 6 * 3600000;
  return options;
}

static char *
dump_after_good_sync (EntFlowHome *home)
{
  EntSyncOptions options = last_hours ();
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_flow_try_sync (home, &options, NULL, &error));
  g_assert_no_error (error);
  return ent_flow_home_dump (home);
}

/* How many rows have that status word. */
static guint
count_word (const char *dump, const char *word)
{
  g_autofree char *needle = g_strdup_printf ("[%s]", word);
  guint n = 0;

  for (const char *p = dump; (p = strstr (p, needle)) != NULL; p++)
    n++;
  return n;
}

static void
assert_failed (EntFlowHome *home, const EntSyncOptions *options, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSourceRecord) record = NULL;

  g_assert_false (ent_flow_try_sync (home, options, NULL, &error));
  g_assert_error (error, ENT_API_ERROR, code);
  record = ent_user_data_find_source (home->user_data, ENT_FLOW_SOURCE, NULL);
  g_assert_nonnull (record->last_error);
  g_assert_true (g_str_has_prefix (record->last_error, "api:"));
}

static void
check_fault (guint fault, guint page)
{
  g_autoptr (EntFlowScript) script = new_day ();
  g_autoptr (EntFlowHome) home = new_home (script);
  EntSyncOptions options = last_hours ();
  gint64 now = ent_clock_now ();
  Spoiler spoiler = { faults[fault].func, page, 0 };
  g_autofree char *first = NULL;
  g_autofree char *broken = NULL;
  g_autofree char *healed = NULL;

  g_test_message ("%s on page %u", faults[fault].name, page);
  script->hook = spoil_cb;
  script->hook_data = &spoiler;
  first = dump_after_good_sync (home);
  g_assert_cmpuint (count_word (first, "submitted"), ==, N_MESSAGES);

  /* The statuses move on; the fault stays. */
  ent_flow_script_set_statuses (script, "delivered", now);
  spoiler.times = G_MAXUINT;
  assert_failed (home, &options, faults[fault].code);
  broken = ent_flow_home_dump (home);
  g_assert_cmpuint (count_word (broken, "delivered"), ==, page * 100);
  g_assert_cmpuint (count_word (broken, "submitted"), ==, N_MESSAGES - page * 100);

  /* It goes, after one more time where that is no matter. */
  spoiler.times = faults[fault].passes ? 1 : 0;
  healed = dump_after_good_sync (home);
  g_assert_cmpuint (count_word (healed, "delivered"), ==, N_MESSAGES);
  g_assert_cmpint (ent_flow_home_count (home), ==, N_MESSAGES);
}

static void
test_fault (gconstpointer data)
{
  for (guint page = 0; page < N_PAGES; page++)
    check_fault (GPOINTER_TO_UINT (data), page);
}

/* A first synchronisation that a fault stops has the whole pages before it and no other row; the
 * next goes on at the page that was broken. */
static void
test_goes_on_at_the_page (void)
{
  g_autoptr (EntFlowScript) script = new_day ();
  g_autoptr (EntFlowHome) home = new_home (script);
  Spoiler spoiler = { web_page, 1, G_MAXUINT };
  const EntFlowQuestion *question;

  script->hook = spoil_cb;
  script->hook_data = &spoiler;
  assert_failed (home, &ent_flow_by_rules, ENT_API_ERROR_PROTOCOL);
  g_assert_cmpint (ent_flow_home_count (home), ==, 100);

  spoiler.times = 0;
  g_array_set_size (script->asked, 0);
  {
    g_autoptr (EntSyncResult) result = ent_flow_sync (home);

    g_assert_cmpint (result->fetched, ==, N_MESSAGES - 100);
  }
  question = &g_array_index (script->asked, EntFlowQuestion, 0);
  g_assert_cmpstr (question->channel, ==, "SMS");
  g_assert_cmpuint (question->page, ==, 1);
  g_assert_cmpint (ent_flow_home_count (home), ==, N_MESSAGES);
}

static void
ask_to_wait (const char *honest, EntFaultAnswer *answer)
{
  ent_fault_answer_set (answer, 429, "Retry-After: 90\r\n", "", 0);
}

/* A log says why the program does nothing, and Ctrl+C ends the wait. */
static void
test_a_long_wait_is_told (void)
{
  g_autoptr (EntFlowScript) script = new_day ();
  g_autoptr (EntFlowHome) home = new_home (script);
  g_autofree char *program = ent_test_program ("entrega-cli");
  const char *argv[] = { program, "--data-dir", home->dir, "--now", NOW, "sync", NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) err = NULL;
  g_autofree char *line = NULL;
  Spoiler spoiler = { ask_to_wait, 0, G_MAXUINT };

  script->hook = spoil_cb;
  script->hook_data = &spoiler;
  process = ent_test_spawn (
      argv, G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL);
  err = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  line = g_data_input_stream_read_line (err, NULL, NULL, NULL);
  /* "1 min 30 s", or less where the machine was busy. */
  g_assert_true (g_str_has_prefix (line,
                                   ENT_FLOW_SOURCE ": the provider does not answer or asks to "
                                                   "wait; next try in 1\302\240min "));
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_false (g_subprocess_get_successful (process));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (ent_clock_set (NOW, NULL));
  ent_retry_set_wait_func (ent_flow_no_wait, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/faults/%s", faults[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_fault);
    }
  g_test_add_func ("/faults/goes-on-at-the-page", test_goes_on_at_the_page);
  g_test_add_func ("/faults/a-long-wait-is-told", test_a_long_wait_is_told);
  return g_test_run ();
}
