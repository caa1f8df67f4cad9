/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server on loopback that does what its script says. It knows just enough of HTTP to find the
 * end of a request. Threads: the service's own context and one per connection. */

#include "ent-fault-server.h"

#include <string.h>
#include <sys/socket.h>

#define MAX_CONNECTIONS 16

struct _EntFaultServer
{
  EntFaultFunc func;
  gpointer user_data;
  GTlsCertificate *certificate;
  GSocketService *service;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GCancellable *stopping;
  guint16 port;
  char *url;

  /* Under the lock; the script runs with it held. */
  GMutex lock;
  GCond idle;
  guint n_requests;
  guint n_connections;
  guint n_open;
  GByteArray *received;
};

/* ---- Requests ------------------------------------------------------------------------------- */

/* Reads more into @buffer. FALSE: the client left, or we stop. */
static gboolean
read_some (EntFaultServer *self, GInputStream *in, GByteArray *buffer)
{
  guint8 piece[4096];
  gssize n = g_input_stream_read (in, piece, sizeof piece, self->stopping, NULL);

  if (n <= 0)
    return FALSE;
  g_byte_array_append (buffer, piece, (guint) n);
  g_mutex_lock (&self->lock);
  g_byte_array_append (self->received, piece, (guint) n);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static gsize
find_content_length (const char *head)
{
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *header = strstr (lower, "\r\ncontent-length:");

  return header != NULL ? (gsize) g_ascii_strtoull (header + 17, NULL, 10) : 0;
}

/* A whole request at the beginning of @buffer. FALSE: there will be none. */
static gboolean
read_request (EntFaultServer *self, GInputStream *in, GByteArray *buffer, char **head, char **body)
{
  const char *end;
  gsize head_length;
  gsize body_length;

  while ((end = buffer->len > 0 ? memmem (buffer->data, buffer->len, "\r\n\r\n", 4) : NULL) == NULL)
    if (!read_some (self, in, buffer))
      return FALSE;

  head_length = (gsize) (end - (const char *) buffer->data) + 4;
  *head = g_strndup ((const char *) buffer->data, head_length);
  body_length = find_content_length (*head);
  while (buffer->len < head_length + body_length)
    if (!read_some (self, in, buffer))
      {
        g_clear_pointer (head, g_free);
        return FALSE;
      }
  *body = g_strndup ((const char *) buffer->data + head_length, body_length);
  g_byte_array_remove_range (buffer, 0, (guint) (head_length + body_length));
  return TRUE;
}

/* ---- Answers -------------------------------------------------------------------------------- */

static gboolean
send_pieces (EntFaultServer *self, GOutputStream *out, const EntFaultAnswer *answer)
{
  gsize sent = 0;

  while (sent < answer->bytes->len)
    {
      gsize n = answer->bytes->len - sent;

      if (answer->piece > 0)
        n = MIN (n, answer->piece);
      if (!g_output_stream_write_all (out, answer->bytes->data + sent, n, NULL, self->stopping,
                                      NULL))
        return FALSE;
      sent += n;
      if (answer->pause_us > 0)
        g_usleep (answer->pause_us);
    }
  return TRUE;
}

static void
wait_for_client (EntFaultServer *self, GInputStream *in)
{
  guint8 byte;

  while (g_input_stream_read (in, &byte, 1, self->stopping, NULL) > 0)
    ;
}

static void
reset (GSocketConnection *connection)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  int fd = g_socket_get_fd (g_socket_connection_get_socket (connection));

  setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

/* Sends the answer. Whether the connection goes on. */
static gboolean
send_answer (EntFaultServer *self,
             GSocketConnection *connection,
             GIOStream *stream,
             const EntFaultAnswer *answer)
{
  GOutputStream *out = g_io_stream_get_output_stream (stream);
  gboolean sent;

  do
    sent = send_pieces (self, out, answer);
  while (sent && answer->forever && !g_cancellable_is_cancelled (self->stopping));
  if (!sent)
    return FALSE;

  switch (answer->end)
    {
    case ENT_FAULT_KEEP:
      return TRUE;
    case ENT_FAULT_HANG:
      wait_for_client (self, g_io_stream_get_input_stream (stream));
      break;
    case ENT_FAULT_RESET:
      reset (connection);
      break;
    case ENT_FAULT_CLOSE:
      break;
    }
  return FALSE;
}

static gboolean
answer_request (EntFaultServer *self,
                GSocketConnection *connection,
                GIOStream *stream,
                const char *head,
                const char *body)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  EntFaultAnswer answer = { .bytes = bytes };
  EntFaultRequest request = { .head = head, .body = body, .body_length = strlen (body) };

  g_mutex_lock (&self->lock);
  request.number = ++self->n_requests;
  self->func (&request, &answer, self->user_data);
  g_mutex_unlock (&self->lock);
  return send_answer (self, connection, stream, &answer);
}

static GIOStream *
open_stream (EntFaultServer *self, GSocketConnection *connection)
{
  g_autoptr (GIOStream) tls = NULL;

  if (self->certificate == NULL)
    return g_object_ref (G_IO_STREAM (connection));
  tls = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  if (tls == NULL || !g_tls_connection_handshake (G_TLS_CONNECTION (tls), self->stopping, NULL))
    return NULL;
  return g_steal_pointer (&tls);
}

static void
serve (EntFaultServer *self, GSocketConnection *connection)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  g_autoptr (GIOStream) stream = open_stream (self, connection);
  gboolean goes_on = stream != NULL;

  while (goes_on)
    {
      g_autofree char *head = NULL;
      g_autofree char *body = NULL;

      goes_on = read_request (self, g_io_stream_get_input_stream (stream), buffer, &head, &body) &&
                answer_request (self, connection, stream, head, body);
    }
  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

/* In a thread of the service's pool. */
static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer user_data)
{
  EntFaultServer *self = user_data;

  g_mutex_lock (&self->lock);
  self->n_connections++;
  self->n_open++;
  g_mutex_unlock (&self->lock);

  serve (self, connection);

  g_mutex_lock (&self->lock);
  self->n_open--;
  g_cond_signal (&self->idle);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* ---- Life ----------------------------------------------------------------------------------- */

static gpointer
accept_in_thread (gpointer data)
{
  EntFaultServer *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
listen_on_loopback (EntFaultServer *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &given, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given));
}

EntFaultServer *
ent_fault_server_new (GTlsCertificate *certificate, EntFaultFunc func, gpointer user_data)
{
  EntFaultServer *self = g_new0 (EntFaultServer, 1);

  self->func = func;
  self->user_data = user_data;
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->stopping = g_cancellable_new ();
  self->received = g_byte_array_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (MAX_CONNECTIONS);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  listen_on_loopback (self);
  g_main_context_pop_thread_default (self->context);

  self->url = g_strdup_printf ("http%s://127.0.0.1:%u", certificate != NULL ? "s" : "", self->port);
  self->thread = g_thread_new ("fault-server", accept_in_thread, self);
  return self;
}

/* In the accepting thread, which alone may touch the service while it runs. */
static gboolean
quit_cb (gpointer user_data)
{
  EntFaultServer *self = user_data;

  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

void
ent_fault_server_free (EntFaultServer *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->stopping);
  g_main_context_invoke (self->context, quit_cb, self);
  g_thread_join (self->thread);

  g_mutex_lock (&self->lock);
  while (self->n_open > 0)
    g_cond_wait (&self->idle, &self->lock);
  g_mutex_unlock (&self->lock);

  /* The accept that was under way ends with an error, which somebody has to hear. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_object_unref (self->service);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_object (&self->certificate);
  g_object_unref (self->stopping);
  g_byte_array_unref (self->received);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->idle);
  g_free (self->url);
  g_free (self);
}

const char *
ent_fault_server_get_url (EntFaultServer *self)
{
  return self->url;
}

guint16
ent_fault_server_get_port (EntFaultServer *self)
{
  return self->port;
}

static guint
read_count (EntFaultServer *self, const guint *count)
{
  guint value;

  g_mutex_lock (&self->lock);
  value = *count;
  g_mutex_unlock (&self->lock);
  return value;
}

guint
ent_fault_server_get_n_requests (EntFaultServer *self)
{
  return read_count (self, &self->n_requests);
}

guint
ent_fault_server_get_n_connections (EntFaultServer *self)
{
  return read_count (self, &self->n_connections);
}

GByteArray *
ent_fault_server_dup_received (EntFaultServer *self)
{
  GByteArray *copy = g_byte_array_new ();

  g_mutex_lock (&self->lock);
  g_byte_array_append (copy, self->received->data, self->received->len);
  g_mutex_unlock (&self->lock);
  return copy;
}

/* ---- Making answers ------------------------------------------------------------------------- */

void
ent_fault_answer_append (EntFaultAnswer *answer, const void *data, gsize length)
{
  g_byte_array_append (answer->bytes, data, (guint) length);
}

void
ent_fault_answer_printf (EntFaultAnswer *answer, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  ent_fault_answer_append (answer, text, strlen (text));
}

void
ent_fault_answer_set (
    EntFaultAnswer *answer, guint status, const char *headers, const void *body, gsize length)
{
  g_byte_array_set_size (answer->bytes, 0);
  ent_fault_answer_printf (answer,
                           "HTTP/1.1 %u Status\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                           status, headers != NULL ? headers : "", length);
  ent_fault_answer_append (answer, body, length);
}

void
ent_fault_answer_append_chunk (EntFaultAnswer *answer, const void *data, gsize length)
{
  ent_fault_answer_printf (answer, "%" G_GSIZE_MODIFIER "x\r\n", length);
  if (length > 0)
    ent_fault_answer_append (answer, data, length);
  ent_fault_answer_printf (answer, "\r\n");
}

GByteArray *
ent_fault_gzip (const void *data, gsize length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  g_autoptr (GError) error = NULL;
  GByteArray *bytes = g_byte_array_new ();

  g_output_stream_write_all (out, data, length, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (out, NULL, &error);
  g_assert_no_error (error);
  g_byte_array_append (
      bytes, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
      (guint) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)));
  return bytes;
}
