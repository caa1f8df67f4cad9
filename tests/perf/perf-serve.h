/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that measures on request: one JSON object per line on standard input, one per line
 * on standard output. {"do":"NAME",…} is answered with {"ok":true,…} or {"error":"…"};
 * {"do":"idle"} only tells the memory. So two programs can take turns under one orchestrator. Main
 * thread. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef gboolean (*PerfFunc) (JsonObject *request,
                              JsonObject *answer,
                              gpointer data,
                              GError **error);

typedef struct
{
  const char *name; /* NULL ends the table */
  PerfFunc func;
} PerfCommand;

/* Answers until standard input ends; the exit status. */
int perf_serve (const PerfCommand *commands, gpointer data);

/* Wall and processor time, the latter of all threads of the process. */
typedef struct
{
  gint64 wall;
  gint64 cpu;
} PerfClock;
void perf_clock_start (PerfClock *clock);
/* Adds "ms" and "cpu_ms" to the answer. */
void perf_clock_stop (const PerfClock *clock, JsonObject *answer);
/* Stops adding time until the next start: sums up in @sum. */
void perf_clock_add (const PerfClock *clock, PerfClock *sum);
void perf_clock_tell (const PerfClock *sum, JsonObject *answer);

/* Memory of the process in bytes: now, and the most since the last reset. */
gint64 perf_memory_now (void);
gint64 perf_memory_peak (void);
void perf_memory_reset_peak (void);

const char *perf_get_string (JsonObject *request, const char *key, const char *fallback);
gint64 perf_get_int (JsonObject *request, const char *key, gint64 fallback);

G_END_DECLS
