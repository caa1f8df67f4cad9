/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to the store, measured: counters, counts, sorted lists, first pages, opening. Speaks
 * perf-serve. Each question takes a snapshot of its own, as the window does. */

#include "config.h"

#include "ent-store.h"
#include "perf-data.h"
#include "perf-serve.h"

#include <string.h>

/* What a list asks for when it is first shown: 205 rows in pages of 128. */
#define SHOWN 256

typedef struct
{
  EntStore *store;
} Bench;

/* "filter": as in a template; the whole 90 days. */
static EntQuery *
read_query (JsonObject *request, GError **error)
{
  g_autoptr (EntReport) report = ent_report_new ("pt_BR");
  JsonNode *node = json_object_get_member (request, "filter");

  report->period.kind = ENT_PERIOD_LAST_90_DAYS;
  if (node != NULL)
    {
      EntFilter *filter = ent_filter_from_json (node, error);

      if (filter == NULL)
        return NULL;
      ent_filter_unref (report->filter);
      report->filter = filter;
    }
  return ent_query_new (report, PERF_NOW_MS);
}

/* ---- Opening -------------------------------------------------------------------------------- */

static void
close_store (Bench *self)
{
  if (self->store != NULL)
    ent_store_close (self->store);
  g_clear_object (&self->store);
}

static gboolean
do_open (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  PerfClock clock;

  close_store (self);
  perf_clock_start (&clock);
  self->store = ent_store_open (perf_get_string (request, "folder", ""), error);
  if (self->store == NULL)
    return FALSE;
  perf_clock_stop (&clock, answer);
  json_object_set_int_member (answer, "memory", (gint64) ent_store_get_memory (self->store));
  return TRUE;
}

static gboolean
do_close (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  close_store (data);
  return TRUE;
}

/* ---- Counters ------------------------------------------------------------------------------- */

static JsonArray *
summary_rows (const EntSummary *summary)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < summary->n_rows; i++)
    {
      JsonArray *row = json_array_new ();

      json_array_add_string_element (row, summary->rows[i].key);
      for (guint k = 0; k < ENT_N_COUNTER_KEYS; k++)
        json_array_add_int_element (row, ent_counters_value (&summary->rows[i].counters, k));
      json_array_add_array_element (rows, row);
    }
  return rows;
}

static gboolean
do_summary (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  g_autoptr (EntQuery) query = read_query (request, error);
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (EntSummary) summary = NULL;
  EntBy by = ENT_BY_DAY;
  PerfClock clock;

  if (query == NULL)
    return FALSE;
  ent_by_from_key (perf_get_string (request, "by", "day"), &by);
  perf_clock_start (&clock);
  snapshot = ent_store_snapshot (self->store, error);
  if (snapshot == NULL)
    return FALSE;
  summary = ent_snapshot_summarise (snapshot, query, by, NULL, error);
  if (summary == NULL)
    return FALSE;
  perf_clock_stop (&clock, answer);
  json_object_set_array_member (answer, "rows", summary_rows (summary));
  return TRUE;
}

/* ---- Lists ---------------------------------------------------------------------------------- */

static gboolean
do_count (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  g_autoptr (EntQuery) query = read_query (request, error);
  g_autoptr (EntSnapshot) snapshot = NULL;
  PerfClock clock;
  gint64 n;

  if (query == NULL)
    return FALSE;
  perf_clock_start (&clock);
  snapshot = ent_store_snapshot (self->store, error);
  n = snapshot != NULL ? ent_snapshot_count (snapshot, query, NULL, error) : -1;
  if (n < 0)
    return FALSE;
  perf_clock_stop (&clock, answer);
  json_object_set_int_member (answer, "count", n);
  return TRUE;
}

static gboolean
read_rows (EntSnapshot *snapshot, EntSelection *selection, const char *at, GError **error)
{
  guint size = ent_selection_get_size (selection);
  guint n = MIN (size, SHOWN);
  guint first = strcmp (at, "middle") == 0 ? size / 2 - MIN (size / 2, SHOWN / 2) : 0;
  g_autoptr (GPtrArray) rows = NULL;

  if (n > size - first)
    n = size - first;
  rows =
      ent_snapshot_rows (snapshot, ent_selection_get_positions (selection) + first, n, NULL, error);
  return rows != NULL && rows->len == n;
}

/* "sort": as in a template. "at": "none", "top" or "middle": rows that are read as well. */
static gboolean
do_select (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  const char *at = perf_get_string (request, "at", "none");
  g_autoptr (EntQuery) query = read_query (request, error);
  g_autoptr (EntSnapshot) snapshot = NULL;
  g_autoptr (EntSelection) selection = NULL;
  PerfClock clock;
  EntSort sort;

  if (query == NULL ||
      !ent_sort_parse (perf_get_string (request, "sort", "created_at:desc"), &sort, error))
    return FALSE;
  perf_clock_start (&clock);
  snapshot = ent_store_snapshot (self->store, error);
  if (snapshot == NULL)
    return FALSE;
  selection = ent_snapshot_select (snapshot, query, sort, NULL, error);
  if (selection == NULL ||
      (strcmp (at, "none") != 0 && !read_rows (snapshot, selection, at, error)))
    return FALSE;
  perf_clock_stop (&clock, answer);
  json_object_set_int_member (answer, "count", ent_selection_get_size (selection));
  return TRUE;
}

/* A jump in a list that is there: only the rows are read. */
static gboolean
do_jump (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  g_autoptr (EntQuery) query = read_query (request, error);
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (self->store, error);
  g_autoptr (EntSelection) selection = NULL;
  PerfClock clock;
  EntSort sort;

  if (query == NULL || snapshot == NULL ||
      !ent_sort_parse (perf_get_string (request, "sort", "created_at:desc"), &sort, error))
    return FALSE;
  selection = ent_snapshot_select (snapshot, query, sort, NULL, error);
  if (selection == NULL)
    return FALSE;
  perf_clock_start (&clock);
  if (!read_rows (snapshot, selection, "middle", error))
    return FALSE;
  perf_clock_stop (&clock, answer);
  json_object_set_int_member (answer, "count", ent_selection_get_size (selection));
  return TRUE;
}

/* ---- Names ---------------------------------------------------------------------------------- */

/* The value of a field that most messages have: what the orchestrator filters by. */
static gboolean
do_values (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  g_autoptr (EntQuery) query = read_query (request, error);
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (self->store, error);
  g_autoptr (GArray) values = NULL;
  JsonArray *out = json_array_new ();
  EntFilterField field;

  json_object_set_array_member (answer, "values", out);
  if (query == NULL || snapshot == NULL ||
      !ent_filter_field_from_key (perf_get_string (request, "field", ""), &field))
    return FALSE;
  values = ent_snapshot_values (snapshot, query, field, NULL, error);
  if (values == NULL)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    {
      const EntValueCount *value = &g_array_index (values, EntValueCount, i);
      JsonArray *pair = json_array_new ();

      json_array_add_string_element (pair, value->value);
      json_array_add_int_element (pair, value->count);
      json_array_add_array_element (out, pair);
    }
  return TRUE;
}

/* The phone of the first message. */
static gboolean
do_phone (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (self->store, error);
  g_autoptr (GPtrArray) rows = NULL;
  guint32 first = 0;

  if (snapshot == NULL)
    return FALSE;
  rows = ent_snapshot_rows (snapshot, &first, 1, NULL, error);
  if (rows == NULL)
    return FALSE;
  json_object_set_string_member (answer, "phone",
                                 ent_message_get_text (rows->pdata[0], ENT_FIELD_PHONE));
  return TRUE;
}

/* Counting everything anew from the rows, with the check of SQLite itself. */
static gboolean
do_check (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  Bench *self = data;
  g_autoptr (GString) report = g_string_new (NULL);
  PerfClock clock;
  gboolean good;

  perf_clock_start (&clock);
  good = ent_store_check (self->store, TRUE, report, NULL, error);
  perf_clock_stop (&clock, answer);
  json_object_set_string_member (answer, "report", report->str);
  return good;
}

static gboolean
do_reset_peak (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  perf_memory_reset_peak ();
  return TRUE;
}

static const PerfCommand commands[] = {
  { "open", do_open },     { "close", do_close },   { "summary", do_summary },
  { "count", do_count },   { "select", do_select }, { "jump", do_jump },
  { "values", do_values }, { "check", do_check },   { "reset-peak", do_reset_peak },
  { "phone", do_phone },   { NULL, NULL },
};

int
main (int argc, char **argv)
{
  Bench bench = { NULL };
  int status = perf_serve (commands, &bench);

  close_store (&bench);
  return status;
}
