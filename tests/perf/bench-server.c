/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A provider for measuring: Engage's message report over the made-up messages, on loopback. Pages
 * are made and packed at the first request and kept, so that the rounds after it measure the
 * client. entrega-bench-server ROWS PAGE-SIZE prints its address and runs until its input ends. */

#include "config.h"

#include "ent-time.h"
#include "perf-data-private.h"
#include "perf-write.h"

#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <stdio.h>
#include <unistd.h>

#define PATH "/v2-preview/reporting/messages/detail"

/* Messages of one channel in order of time. */
typedef struct
{
  GArray *times;   /* gint64 */
  GArray *indices; /* guint64 */
} Channel;

typedef struct
{
  PerfData *data;
  guint page_size;
  Channel channels[ENT_N_CHANNELS];
  GHashTable *pages; /* question → GBytes */
} Server;

static void
fill_channels (Server *self)
{
  for (guint i = 0; i < ENT_N_CHANNELS; i++)
    {
      self->channels[i].times = g_array_new (FALSE, FALSE, sizeof (gint64));
      self->channels[i].indices = g_array_new (FALSE, FALSE, sizeof (guint64));
    }
  for (guint64 index = 0; index < perf_data_get_n (self->data); index++)
    {
      Channel *channel = &self->channels[perf_data_channel (index)];
      guint day;
      gint64 time = perf_data_time (self->data, index, &day);

      g_array_append_val (channel->times, time);
      g_array_append_val (channel->indices, index);
    }
}

/* How many messages of the channel are earlier. */
static guint
count_before (const Channel *channel, gint64 time)
{
  guint low = 0, high = channel->times->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (channel->times, gint64, middle) < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static GBytes *
pack (const char *text)
{
  g_autoptr (GConverter) packer =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GInputStream) plain =
      g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, packer);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (out, packed,
                          G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                          NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static GBytes *
make_page (Server *self, JsonObject *question)
{
  static const char *const names[] = { "WHATSAPP", "SMS", "RCS", "MMS", "" };
  const char *wanted =
      json_array_get_string_element (json_object_get_array_member (question, "channels"), 0);
  guint page = (guint) json_object_get_int_member (question, "page");
  const Channel *channel;
  g_autofree char *text = NULL;
  gint64 from = 0, to = 0;
  guint which = 0, first, last, end;

  while (which < ENT_CHANNEL_OTHER && strcmp (names[which], wanted) != 0)
    which++;
  channel = &self->channels[which];
  ent_instant_parse (json_object_get_string_member (question, "start_date"), -1, NULL, &from, NULL);
  ent_instant_parse (json_object_get_string_member (question, "end_date"), -1, NULL, &to, NULL);
  end = count_before (channel, to);
  first = MIN (count_before (channel, from) + page * self->page_size, end);
  last = MIN (first + self->page_size, end);
  text = perf_engage_page (self->data, (const guint64 *) (void *) channel->indices->data + first,
                           last - first, page, self->page_size, last < end);
  return pack (text);
}

static void
answer_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  Server *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *text = g_strndup (body->data, (gsize) body->length);
  GBytes *page = g_hash_table_lookup (self->pages, text);

  if (page == NULL)
    {
      g_autoptr (JsonNode) node = json_from_string (text, NULL);

      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        {
          soup_server_message_set_status (message, 400, NULL);
          return;
        }
      page = make_page (self, json_node_get_object (node));
      g_hash_table_insert (self->pages, g_steal_pointer (&text), page);
    }
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Content-Encoding", "gzip");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Content-Type",
                                "application/json");
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), page);
  soup_server_message_set_status (message, 200, NULL);
}

static gboolean
input_ended_cb (int fd, GIOCondition condition, gpointer user_data)
{
  char byte;

  if (read (fd, &byte, 1) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  Server self = { NULL };
  GSList *uris;

  if (argc != 3)
    {
      g_printerr ("usage: entrega-bench-server ROWS PAGE-SIZE\n");
      return 2;
    }
  self.data = perf_data_new (g_ascii_strtoull (argv[1], NULL, 10));
  self.page_size = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  self.pages =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  fill_channels (&self);
  soup_server_add_handler (server, PATH, answer_cb, &self, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    {
      g_printerr ("entrega-bench-server: %s\n", error->message);
      return 1;
    }
  uris = soup_server_get_uris (server);
  printf ("http://127.0.0.1:%d\n", g_uri_get_port (uris->data));
  fflush (stdout);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, input_ended_cb, loop);
  g_main_loop_run (loop);

  g_hash_table_unref (self.pages);
  for (guint i = 0; i < ENT_N_CHANNELS; i++)
    {
      g_array_unref (self.channels[i].times);
      g_array_unref (self.channels[i].indices);
    }
  perf_data_free (self.data);
  return 0;
}
