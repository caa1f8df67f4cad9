/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting the bundled provider: spawn, read the one line it prints when it is ready, move
 * its clock. See the header; the protocol is that of entrega-simulator --help. Main thread. */
#include "config.h"

#include "ent-sample.h"

#include "ent-json-guard.h"
#include "ent-time.h"

#include <libsoup/soup.h>
#include <unistd.h>

/* What a mid-sized shop sends in three months: enough to show every chart alive, small
 * enough to be there in seconds. */
#define SAMPLE_SEED 7
#define SAMPLE_DAYS 100
#define SAMPLE_MESSAGES 180000
#define SAMPLE_ZONE "America/Sao_Paulo"
/* The provider we would rather have: it has both channels. */
#define SAMPLE_KIND "engage"

struct _EntSample
{
  GSubprocess *process;
  GDataInputStream *output;
  SoupSession *session;
  char *url;
  char *kind;
  char *source_url;
  JsonObject *credentials;
  gint64 clock; /* UTC ms */
};

/* ---- The plan ---- */

void
ent_sample_plan_clear (EntSamplePlan *self)
{
  g_clear_pointer (&self->start, g_free);
  g_clear_pointer (&self->end, g_free);
}

/* Tests that run a slowed program ask for fewer. */
static gint64
wanted_messages (void)
{
  const char *wanted = g_getenv ("ENTREGA_SAMPLE_MESSAGES");
  gint64 n = wanted != NULL ? g_ascii_strtoll (wanted, NULL, 10) : 0;

  return n > 0 && n < SAMPLE_MESSAGES ? n : SAMPLE_MESSAGES;
}

void
ent_sample_plan_init (EntSamplePlan *self, gint64 now)
{
  g_autoptr (EntZone) zone = ent_zone_new (SAMPLE_ZONE, NULL);
  EntDay today;

  if (zone == NULL)
    zone = ent_zone_new_utc ();
  today = ent_zone_day_of (zone, now);
  self->seed = SAMPLE_SEED;
  self->end = ent_day_format (today - 1);
  self->start = ent_day_format (today - SAMPLE_DAYS);
  self->messages = wanted_messages ();
}

gboolean
ent_sample_plan_from_options (EntSamplePlan *self, JsonObject *options)
{
  JsonObject *sample;
  EntDay start, end;

  if (!json_object_has_member (options, "sample") ||
      !JSON_NODE_HOLDS_OBJECT (json_object_get_member (options, "sample")))
    return FALSE;
  sample = json_object_get_object_member (options, "sample");
  self->seed = json_object_get_int_member_with_default (sample, "seed", SAMPLE_SEED);
  self->messages = json_object_get_int_member_with_default (sample, "messages", SAMPLE_MESSAGES);
  self->start = g_strdup (json_object_get_string_member_with_default (sample, "start", ""));
  self->end = g_strdup (json_object_get_string_member_with_default (sample, "end", ""));
  if (ent_day_parse (self->start, &start, NULL) && ent_day_parse (self->end, &end, NULL) &&
      start <= end && self->messages > 0)
    return TRUE;
  ent_sample_plan_clear (self);
  return FALSE;
}

void
ent_sample_plan_to_options (const EntSamplePlan *self, JsonObject *options)
{
  JsonObject *sample = json_object_new ();

  json_object_set_int_member (sample, "seed", self->seed);
  json_object_set_string_member (sample, "start", self->start);
  json_object_set_string_member (sample, "end", self->end);
  json_object_set_int_member (sample, "messages", self->messages);
  json_object_set_object_member (options, "sample", sample);
}

static gint64
plan_days (const EntSamplePlan *plan)
{
  EntDay start = 0, end = 0;

  ent_day_parse (plan->start, &start, NULL);
  ent_day_parse (plan->end, &end, NULL);
  return end - start + 1;
}

/* ---- Start ---- */

void
ent_sample_free (EntSample *self)
{
  if (self->session != NULL)
    soup_session_abort (self->session);
  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  g_clear_object (&self->session);
  g_clear_pointer (&self->credentials, json_object_unref);
  g_free (self->url);
  g_free (self->kind);
  g_free (self->source_url);
  g_free (self);
}

static char *
find_program (GError **error)
{
  const char *given = g_getenv ("ENTREGA_SIMULATOR");
  g_autofree char *installed = g_build_filename (BINDIR, "entrega-simulator", NULL);
  char *found;

  if (given != NULL && given[0] != '\0')
    return g_strdup (given);
  if (g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&installed);
  found = g_find_program_in_path ("entrega-simulator");
  if (found == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         "entrega-simulator is not installed");
  return found;
}

/* Spawned from the main thread: the child ends with the thread that started it. */
static gboolean
spawn (EntSample *self, const EntSamplePlan *plan, GError **error)
{
  g_autofree char *program = find_program (error);
  g_autofree char *seed = g_strdup_printf ("%" G_GINT64_FORMAT, plan->seed);
  g_autofree char *days = g_strdup_printf ("%" G_GINT64_FORMAT, plan_days (plan));
  g_autofree char *messages = g_strdup_printf ("%" G_GINT64_FORMAT, plan->messages);
  g_autofree char *parent = g_strdup_printf ("%ld", (long) getpid ());

  if (program == NULL)
    return FALSE;
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, error, program, "--port", "0",
                                    "--seed", seed, "--days", days, "--messages", messages, "--end",
                                    plan->end, "--parent", parent, NULL);
  if (self->process == NULL)
    return FALSE;
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  return TRUE;
}

static JsonObject *
choose_source (JsonArray *sources)
{
  for (guint i = 0; i < json_array_get_length (sources); i++)
    {
      JsonObject *source = json_array_get_object_element (sources, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (source, "kind", NULL),
                     SAMPLE_KIND) == 0)
        return source;
    }
  return json_array_get_length (sources) > 0 ? json_array_get_object_element (sources, 0) : NULL;
}

static gboolean
understand (EntSample *self, const char *line, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object, *source = NULL;
  const char *clock;

  node = ent_json_parse_guarded (line, strlen (line), 1 << 20, 16, error);
  if (node == NULL)
    return FALSE;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (object != NULL && json_object_has_member (object, "sources"))
    source = choose_source (json_object_get_array_member (object, "sources"));
  if (source == NULL || !json_object_has_member (source, "credentials"))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "entrega-simulator did not say what it serves");
      return FALSE;
    }
  self->url = g_strdup (json_object_get_string_member_with_default (object, "url", ""));
  self->kind = g_strdup (json_object_get_string_member_with_default (source, "kind", ""));
  self->source_url =
      g_strdup (json_object_get_string_member_with_default (source, "url", self->url));
  self->credentials = json_object_ref (json_object_get_object_member (source, "credentials"));
  clock = json_object_get_string_member_with_default (object, "clock", "");
  return ent_instant_parse (clock, -1, NULL, &self->clock, error);
}

static SoupMessage *
clock_message (EntSample *self, gint64 now)
{
  g_autofree char *address = g_strconcat (self->url, "/clock", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  SoupMessage *message;
  gint64 seconds = (now - self->clock) / 1000;

  if (seconds <= 0)
    return NULL;
  text = g_strdup_printf ("{\"advance_seconds\":%" G_GINT64_FORMAT "}", seconds);
  body = g_bytes_new (text, strlen (text));
  message = soup_message_new (SOUP_METHOD_POST, address);
  if (message != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  self->clock += seconds * 1000;
  return message;
}

static void
clock_moved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) answer =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  EntSample *self;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self = g_object_steal_data (G_OBJECT (task), "sample");
  g_task_return_pointer (task, self, (GDestroyNotify) ent_sample_free);
}

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  EntSample *self = g_object_get_data (G_OBJECT (task), "sample");
  GError *error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source),
                                                                     result, NULL, &error);
  g_autoptr (SoupMessage) message = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  gint64 *now = g_task_get_task_data (task);

  if (line == NULL && error == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         "entrega-simulator ended before it was ready");
  if (error != NULL || !understand (self, line, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  message = clock_message (self, *now);
  if (message == NULL)
    {
      self = g_object_steal_data (G_OBJECT (task), "sample");
      g_task_return_pointer (task, self, (GDestroyNotify) ent_sample_free);
      return;
    }
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, cancellable,
                                    clock_moved_cb, g_steal_pointer (&task));
}

/* ---- Public ---- */

const char *
ent_sample_get_kind (EntSample *self)
{
  return self->kind;
}

const char *
ent_sample_get_url (EntSample *self)
{
  return self->source_url;
}

JsonObject *
ent_sample_get_credentials (EntSample *self)
{
  return self->credentials;
}

void
ent_sample_start_async (const EntSamplePlan *plan,
                        gint64 now,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  EntSample *self = g_new0 (EntSample, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, ent_sample_start_async);
  g_task_set_task_data (task, g_memdup2 (&now, sizeof now), g_free);
  g_object_set_data_full (G_OBJECT (task), "sample", self, (GDestroyNotify) ent_sample_free);
  /* On loopback: never through a proxy. */
  self->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  if (!spawn (self, plan, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, cancellable, line_read_cb,
                                       g_steal_pointer (&task));
}

EntSample *
ent_sample_start_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ent_sample_advance (EntSample *self, gint64 now)
{
  g_autoptr (SoupMessage) message = clock_message (self, now);

  if (message != NULL)
    soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}
