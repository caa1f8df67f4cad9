/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole path for tests: see the header. Main thread of a test program. */
#include "config.h"

#include "ent-flow.h"

#include "ent-time.h"

#include <libsoup/soup.h>
#include <string.h>
#include <unistd.h>

const EntSyncOptions ent_flow_by_rules = { .from = ENT_TIME_NONE, .to = ENT_TIME_NONE };

/* ---- The provider --------------------------------------------------------------------------- */

struct _EntFlowProvider
{
  GSubprocess *process;
  GDataInputStream *output;
  SoupSession *session;
  char *url;        /* of the process: ledger and clock */
  char *source_url; /* of its Engage */
  char *credentials;
};

static JsonObject *
parse_object (const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, (gssize) length, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static JsonObject *
ask (EntFlowProvider *self, const char *method, const char *path, const char *body)
{
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text;

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  text = g_bytes_get_data (answer, &length);
  return parse_object (text, length);
}

static void
follow_clock (const char *clock)
{
  g_autoptr (GError) error = NULL;

  ent_clock_set (clock, &error);
  g_assert_no_error (error);
}

static void
read_ready_line (EntFlowProvider *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
  g_autoptr (JsonObject) ready = NULL;
  g_autoptr (JsonNode) credentials = NULL;
  JsonArray *sources;

  g_assert_no_error (error);
  g_assert_nonnull (line);
  ready = parse_object (line, strlen (line));
  self->url = g_strdup (json_object_get_string_member (ready, "url"));
  follow_clock (json_object_get_string_member (ready, "clock"));

  sources = json_object_get_array_member (ready, "sources");
  for (guint i = 0; i < json_array_get_length (sources); i++)
    {
      JsonObject *source = json_array_get_object_element (sources, i);

      if (strcmp (json_object_get_string_member (source, "kind"), "engage") != 0)
        continue;
      self->source_url = g_strdup (json_object_get_string_member (source, "url"));
      credentials = json_object_dup_member (source, "credentials");
      self->credentials = json_to_string (credentials, FALSE);
    }
  g_assert_nonnull (self->credentials);
}

EntFlowProvider *
ent_flow_provider_new (guint seed, guint days, guint messages, const char *end, const char *faults)
{
  EntFlowProvider *self = g_new0 (EntFlowProvider, 1);
  g_autofree char *program = ent_test_program ("entrega-simulator");
  g_autofree char *seed_text = g_strdup_printf ("%u", seed);
  g_autofree char *days_text = g_strdup_printf ("%u", days);
  g_autofree char *messages_text = g_strdup_printf ("%u", messages);
  const char *argv[] = { program,
                         "--port",
                         "0",
                         "--seed",
                         seed_text,
                         "--days",
                         days_text,
                         "--messages",
                         messages_text,
                         "--end",
                         end,
                         "--faults",
                         faults != NULL ? faults : "",
                         NULL };

  self->process = ent_test_spawn (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  read_ready_line (self);
  return self;
}

void
ent_flow_provider_free (EntFlowProvider *self)
{
  if (self == NULL)
    return;
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_object_unref (self->session);
  g_free (self->url);
  g_free (self->source_url);
  g_free (self->credentials);
  g_free (self);
}

const char *
ent_flow_provider_get_url (EntFlowProvider *self)
{
  return self->source_url;
}

const char *
ent_flow_provider_get_credentials (EntFlowProvider *self)
{
  return self->credentials;
}

void
ent_flow_provider_advance (EntFlowProvider *self, gint64 seconds)
{
  g_autofree char *body = g_strdup_printf ("{\"advance_seconds\":%" G_GINT64_FORMAT "}", seconds);
  g_autoptr (JsonObject) answer = ask (self, "POST", "/clock", body);

  follow_clock (json_object_get_string_member (answer, "clock"));
}

void
ent_flow_provider_set_faults (EntFlowProvider *self, const char *faults)
{
  g_autofree char *body = g_strdup_printf ("{\"faults\":\"%s\"}", faults);

  json_object_unref (ask (self, "POST", "/faults", body));
}

/* ---- The data folder ------------------------------------------------------------------------ */

static void
open_home (EntFlowHome *self)
{
  g_autoptr (GError) error = NULL;

  self->store = ent_store_open (self->dir, &error);
  g_assert_no_error (error);
  self->user_data = ent_user_data_open (self->dir, &error);
  g_assert_no_error (error);
}

static void
close_home (EntFlowHome *self)
{
  ent_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->user_data, ent_user_data_unref);
}

EntFlowHome *
ent_flow_home_open (const char *dir)
{
  EntFlowHome *self = g_new0 (EntFlowHome, 1);

  self->dir = g_strdup (dir);
  open_home (self);
  self->keep = TRUE;
  return self;
}

EntFlowHome *
ent_flow_home_new (void)
{
  EntFlowHome *self = g_new0 (EntFlowHome, 1);

  self->dir = ent_test_dir_new ();
  open_home (self);
  return self;
}

void
ent_flow_home_free (EntFlowHome *self)
{
  if (self == NULL)
    return;
  close_home (self);
  if (self->keep)
    g_free (self->dir);
  else
    ent_test_dir_remove (self->dir);
  g_free (self);
}

void
ent_flow_home_reopen (EntFlowHome *self)
{
  close_home (self);
  open_home (self);
}

void
ent_flow_home_add_source (EntFlowHome *self,
                          const char *name,
                          const char *url,
                          const char *credentials)
{
  g_autoptr (EntSourceRecord) record = ent_source_record_new ();
  g_autoptr (GError) error = NULL;

  record->kind = g_strdup ("engage");
  record->name = g_strdup (name);
  record->options = g_strdup_printf ("{\"url\":\"%s\"}", url);
  record->credentials = ENT_CREDENTIALS_ENV;
  record->credentials_ref = g_strdup (ENT_FLOW_VARIABLE);
  record->created_at = ent_clock_now ();
  g_setenv (ENT_FLOW_VARIABLE, credentials, TRUE);
  ent_user_data_save_source (self->user_data, record, &error);
  g_assert_no_error (error);
}

gint64
ent_flow_home_count (EntFlowHome *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (self->store, &error);

  g_assert_no_error (error);
  return ent_snapshot_get_n_messages (snapshot);
}

EntSourceRecord *
ent_flow_home_find_source (EntFlowHome *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  EntSourceRecord *record = ent_user_data_find_source (self->user_data, name, &error);

  g_assert_no_error (error);
  return record;
}

EntFlowHome *
ent_flow_home_new_for (const char *url)
{
  EntFlowHome *self = ent_flow_home_new ();

  ent_flow_home_add_source (self, ENT_FLOW_SOURCE, url, ENT_FLOW_ANY_CREDENTIALS);
  return self;
}

EntCoverage
ent_flow_home_coverage (EntFlowHome *self, EntChannel channel, gint64 from, gint64 to)
{
  g_autoptr (EntSourceRecord) record = ent_flow_home_find_source (self, ENT_FLOW_SOURCE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) map = ent_store_get_coverage (self->store, record->key, &error);
  guint number = map->len > 0 ? g_array_index (map, EntCoverageInterval, 0).source : 0;

  g_assert_no_error (error);
  return ent_coverage_map_state (map, number, channel, from, to, FALSE, ent_clock_now ());
}

/* ---- Synchronising -------------------------------------------------------------------------- */

EntSyncOptions
ent_flow_by_hand (gint64 from, gint64 to)
{
  EntSyncOptions options = ent_flow_by_rules;

  options.from = from;
  options.to = to;
  return options;
}

gboolean
ent_flow_no_wait (gint64 wait_ms, GCancellable *cancellable, gpointer user_data, GError **error)
{
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

gboolean
ent_flow_try_sync (EntFlowHome *self,
                   const EntSyncOptions *options,
                   GPtrArray **results,
                   GError **error)
{
  g_autoptr (EntSync) sync = ent_sync_new (self->store, self->user_data);
  g_autoptr (GPtrArray) made = NULL;
  gboolean done = ent_sync_run (sync, options, NULL, &made, error);

  if (results != NULL)
    *results = g_steal_pointer (&made);
  return done;
}

EntSyncResult *
ent_flow_sync (EntFlowHome *self)
{
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  ent_flow_try_sync (self, &ent_flow_by_rules, &results, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 1);
  return g_ptr_array_steal_index (results, 0);
}

/* ---- Comparing ------------------------------------------------------------------------------ */

static EntQuery *
new_query (const char *zone, EntDay first, EntDay last)
{
  EntQuery *query = g_new0 (EntQuery, 1);
  g_autoptr (GError) error = NULL;

  query->zone = ent_zone_new (zone, &error);
  g_assert_no_error (error);
  query->filter = ent_filter_new ();
  query->range = ent_range_for_days (query->zone, first, last);
  query->now = ent_clock_now ();
  query->basis = ENT_BASIS_SEND_DATE;
  return query;
}

static void
narrow (EntQuery *query, EntFilterField field, const char *value)
{
  g_autoptr (GError) error = NULL;
  EntFilter *narrower = ent_filter_with (query->filter, field, value, FALSE, &error);

  g_assert_no_error (error);
  ent_filter_unref (query->filter);
  query->filter = narrower;
}

static EntSummary *
summarise (EntSnapshot *snapshot,
           const char *zone,
           EntDay first,
           EntDay last,
           const char *channel,
           const char *direction)
{
  g_autoptr (EntQuery) query = new_query (zone, first, last);
  g_autoptr (GError) error = NULL;
  EntSummary *summary;

  narrow (query, ENT_FILTER_CHANNEL, channel);
  narrow (query, ENT_FILTER_DIRECTION, direction);
  summary = ent_snapshot_summarise (snapshot, query, ENT_BY_DAY, NULL, &error);
  g_assert_no_error (error);
  return summary;
}

/* One row of the ledger against the same day of the summary. */
static gint64
compare_row (JsonObject *row, const EntSummary *summary)
{
  const char *day = json_object_get_string_member (row, "day");
  gint64 sum = 0;

  for (guint i = 0; i < summary->n_rows; i++)
    {
      if (strcmp (summary->rows[i].key, day) != 0)
        continue;
      g_assert_true (ent_counters_hold (&summary->rows[i].counters));
      for (guint c = 0; c < ENT_N_COUNTER_KEYS; c++)
        {
          gint64 theirs = json_object_get_int_member (row, ent_counters_key (c));
          gint64 ours = ent_counters_value (&summary->rows[i].counters, c);

          if (theirs != ours)
            g_error ("%s %s %s %s: the ledger has %" G_GINT64_FORMAT
                     ", the store %" G_GINT64_FORMAT,
                     day, json_object_get_string_member (row, "channel"),
                     json_object_get_string_member (row, "direction"), ent_counters_key (c), theirs,
                     ours);
          sum += theirs;
        }
      return sum;
    }
  g_error ("The summary has no %s", day);
}

static gint64
compare_group (EntSnapshot *snapshot,
               JsonArray *rows,
               const char *zone,
               EntDay first,
               EntDay last,
               const char *channel,
               const char *direction)
{
  g_autoptr (EntSummary) summary = summarise (snapshot, zone, first, last, channel, direction);
  gint64 sum = 0;
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (strcmp (json_object_get_string_member (row, "channel"), channel) == 0 &&
          strcmp (json_object_get_string_member (row, "direction"), direction) == 0)
        {
          sum += compare_row (row, summary);
          n++;
        }
    }
  g_assert_cmpuint (n, ==, (guint) (last - first + 1));
  g_assert_cmpuint (summary->n_rows, ==, n);
  return sum;
}

void
ent_flow_assert_ledger (EntFlowHome *self,
                        EntFlowProvider *provider,
                        const char *zone_name,
                        int days)
{
  static const char *const channels[] = { "whatsapp", "sms" };
  static const char *const directions[] = { "mt", "mo" };
  g_autoptr (GError) error = NULL;
  g_autoptr (EntZone) zone = ent_zone_new (zone_name, &error);
  EntDay last = ent_zone_day_of (zone, ent_clock_now () - 1);
  EntDay first = last - days + 1;
  g_autofree char *from = ent_day_format (first);
  g_autofree char *to = ent_day_format (last);
  g_autofree char *path =
      g_strdup_printf ("/ledger?timezone=%s&from=%s&to=%s", zone_name, from, to);
  g_autoptr (JsonObject) ledger = ask (provider, "GET", path, NULL);
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (self->store, &error);

  g_assert_no_error (error);
  for (guint c = 0; c < G_N_ELEMENTS (channels); c++)
    for (guint d = 0; d < G_N_ELEMENTS (directions); d++)
      g_assert_cmpint (compare_group (snapshot, json_object_get_array_member (ledger, "rows"),
                                      zone_name, first, last, channels[c], directions[d]),
                       >, 0);
}

/* ---- Dumping -------------------------------------------------------------------------------- */

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
dump_message (const EntMessage *message)
{
  GString *line = g_string_new (message->remote_id);

  g_string_append_printf (line, " %u", message->stages);
  for (guint i = 0; i < ENT_N_STAGE_TIMES; i++)
    g_string_append_printf (line, " %" G_GINT64_FORMAT, message->stage_times[i]);
  for (guint i = 0; i < ENT_N_FIELDS; i++)
    if (i < ENT_N_NUMBER_FIELDS)
      g_string_append_printf (line, " %" G_GINT64_FORMAT,
                              ent_message_get_number (message, (EntField) i));
    else
      g_string_append_printf (line, " [%s]", ent_message_get_text (message, (EntField) i));
  return g_string_free (line, FALSE);
}

char *
ent_flow_home_dump (EntFlowHome *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (self->store, &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree guint32 *positions = NULL;
  guint n;

  g_assert_no_error (error);
  n = (guint) ent_snapshot_get_n_messages (snapshot);
  positions = g_new (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    positions[i] = i;
  rows = ent_snapshot_rows (snapshot, positions, n, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != NULL)
      g_ptr_array_add (lines, dump_message (g_ptr_array_index (rows, i)));
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}
