/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop of a measuring program, its clocks and its memory. Main thread. */

#include "config.h"

#include "perf-serve.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* ---- Clocks --------------------------------------------------------------------------------- */

static gint64
get_wall (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC * 1000 + now.tv_nsec;
}

static gint64
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC * 1000 + now.tv_nsec;
}

void
perf_clock_start (PerfClock *clock)
{
  clock->cpu = get_cpu ();
  clock->wall = get_wall ();
}

void
perf_clock_add (const PerfClock *clock, PerfClock *sum)
{
  sum->wall += get_wall () - clock->wall;
  sum->cpu += get_cpu () - clock->cpu;
}

void
perf_clock_tell (const PerfClock *sum, JsonObject *answer)
{
  json_object_set_double_member (answer, "ms", (double) sum->wall / 1e6);
  json_object_set_double_member (answer, "cpu_ms", (double) sum->cpu / 1e6);
}

void
perf_clock_stop (const PerfClock *clock, JsonObject *answer)
{
  PerfClock sum = { 0, 0 };

  perf_clock_add (clock, &sum);
  perf_clock_tell (&sum, answer);
}

/* ---- Memory --------------------------------------------------------------------------------- */

static gint64
read_status (const char *key)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, key);
  return line != NULL ? g_ascii_strtoll (line + strlen (key), NULL, 10) * 1024 : 0;
}

gint64
perf_memory_now (void)
{
  return read_status ("VmRSS:");
}

gint64
perf_memory_peak (void)
{
  return read_status ("VmHWM:");
}

void
perf_memory_reset_peak (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "w");

  malloc_trim (0);
  if (file == NULL)
    return;
  fputs ("5", file);
  fclose (file);
}

/* ---- Requests ------------------------------------------------------------------------------- */

const char *
perf_get_string (JsonObject *request, const char *key, const char *fallback)
{
  return json_object_get_string_member_with_default (request, key, fallback);
}

gint64
perf_get_int (JsonObject *request, const char *key, gint64 fallback)
{
  return json_object_get_int_member_with_default (request, key, fallback);
}

static gboolean
answer_request (const PerfCommand *commands,
                JsonObject *request,
                JsonObject *answer,
                gpointer data,
                GError **error)
{
  const char *name = perf_get_string (request, "do", "");

  if (strcmp (name, "idle") == 0)
    return TRUE;
  for (; commands->name != NULL; commands++)
    if (strcmp (commands->name, name) == 0)
      return commands->func (request, answer, data, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "There is no \"%s\"", name);
  return FALSE;
}

static void
serve_line (const PerfCommand *commands, const char *line, gpointer data)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  g_autoptr (JsonNode) out = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    json_object_set_string_member (answer, "error", "The request is no JSON object");
  else if (answer_request (commands, json_node_get_object (node), answer, data, &error))
    {
      json_object_set_boolean_member (answer, "ok", TRUE);
      json_object_set_double_member (answer, "rss_mb", (double) perf_memory_now () / 1048576);
      json_object_set_double_member (answer, "peak_mb", (double) perf_memory_peak () / 1048576);
    }
  else
    json_object_set_string_member (answer, "error", error->message);

  json_node_set_object (out, answer);
  text = json_to_string (out, FALSE);
  puts (text);
  fflush (stdout);
}

int
perf_serve (const PerfCommand *commands, gpointer data)
{
  g_autofree char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0)
    serve_line (commands, line, data);
  return 0;
}
