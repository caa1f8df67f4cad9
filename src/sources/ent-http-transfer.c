/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request and its answer. Asynchronous inside, so that one timer can watch all deadlines (a
 * body that drips resets a socket's timeout for ever) and a cancellation ends it at any moment;
 * blocking outside. Fetch thread, in the main context of the EntHttp. */
#include "config.h"

#include "ent-http-transfer.h"

#include "ent-http-body.h"

#define READ_SIZE 65536

typedef struct
{
  SoupMessage *message;
  const EntHttpLimits *limits;
  EntHttpAnswer *answer;
  GCancellable *inner; /* cancelled by the caller's cancellable or by a deadline */
  GSource *timer;
  GSource *stopper; /* made ready by the caller's cancellable, on whatever thread */
  GInputStream *stream;
  EntHttpBody body;
  guint8 *buffer;

  /* Monotonic µs. */
  gint64 started;
  gint64 last_byte;
  gint64 rate_start;
  gsize rate_received; /* received when the present stretch began */
  gboolean sending;    /* the request goes out: the connection stands */
  gboolean answering;  /* the head of the answer is there, its stream not yet */
  gboolean stop;       /* once the stream is there */
  gboolean in_body;

  const char *late; /* which deadline ended it; NULL for none */
  gboolean damaged;
  gboolean done;
  GError *error;
} Transfer;

/* ---- Deadlines ------------------------------------------------------------------------------ */

/* The next moment at which a deadline may be over. */
static gint64
next_deadline (const Transfer *self)
{
  gint64 next = self->started + self->limits->total_ms * 1000;

  if (!self->sending)
    next = MIN (next, self->started + self->limits->connect_ms * 1000);
  else
    next = MIN (next, self->last_byte + self->limits->idle_ms * 1000);
  if (self->in_body)
    next = MIN (next, self->rate_start + self->limits->rate_ms * 1000);
  return next;
}

static const char *
find_late (Transfer *self, gint64 now)
{
  if (now >= self->started + self->limits->total_ms * 1000)
    return "The answer took too long";
  if (!self->sending && now >= self->started + self->limits->connect_ms * 1000)
    return "No connection in time";
  if (self->sending && now >= self->last_byte + self->limits->idle_ms * 1000)
    return "No answer in time";
  if (self->in_body && now >= self->rate_start + self->limits->rate_ms * 1000)
    {
      if (self->body.received - self->rate_received < self->limits->rate_bytes)
        return "The answer came too slowly";
      self->rate_start = now;
      self->rate_received = self->body.received;
    }
  return NULL;
}

/* Ends what is under way. Not between the answer's head and its stream: libsoup 3.2 then throws the
 * finished stream away, and crashes closing it, since the message has let go of the connection. The
 * stream comes in one of the next iterations. */
static void
stop (Transfer *self)
{
  if (self->answering)
    self->stop = TRUE;
  else
    g_cancellable_cancel (self->inner);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Transfer *self = user_data;

  self->late = find_late (self, g_get_monotonic_time ());
  if (self->late == NULL)
    {
      g_source_set_ready_time (self->timer, next_deadline (self));
      return G_SOURCE_CONTINUE;
    }
  stop (self);
  g_source_set_ready_time (self->timer, -1);
  return G_SOURCE_CONTINUE;
}

static gboolean
stop_cb (gpointer user_data)
{
  Transfer *self = user_data;

  g_source_set_ready_time (self->stopper, -1);
  stop (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_timer (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs timer_funcs = { .dispatch = dispatch_timer };

static GSource *
start_timer (Transfer *self, GMainContext *context, GSourceFunc callback, gint64 ready_time)
{
  GSource *timer = g_source_new (&timer_funcs, sizeof (GSource));

  g_source_set_callback (timer, callback, self, NULL);
  g_source_set_ready_time (timer, ready_time);
  g_source_attach (timer, context);
  return timer;
}

static void
start_timers (Transfer *self, GMainContext *context)
{
  self->started = g_get_monotonic_time ();
  self->last_byte = self->started;
  self->timer = start_timer (self, context, deadline_cb, next_deadline (self));
  self->stopper = start_timer (self, context, stop_cb, -1);
}

/* Something moved on. The timer is left where it is (waking up early is cheap, moving it with
 * each piece is not), unless an earlier deadline came up. */
static void
note_progress (Transfer *self)
{
  gint64 next;

  self->last_byte = g_get_monotonic_time ();
  next = next_deadline (self);
  if (next < g_source_get_ready_time (self->timer))
    g_source_set_ready_time (self->timer, next);
}

/* ---- The answer ----------------------------------------------------------------------------- */

static void
finish (Transfer *self, GError *error)
{
  self->error = error;
  self->done = TRUE;
}

static guint
count_headers (SoupMessageHeaders *headers, const char *wanted)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  guint n = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (g_ascii_strcasecmp (name, wanted) == 0)
      n++;
  return n;
}

/* Two lengths, even equal ones, mean that someone between us and the provider is confused. */
static gboolean
check_headers (SoupMessageHeaders *headers, GError **error)
{
  const char *length = soup_message_headers_get_one (headers, "Content-Length");

  if (count_headers (headers, "Content-Length") > 1 ||
      (length != NULL && strchr (length, ',') != NULL))
    {
      g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL,
                   "The answer states more than one length");
      return FALSE;
    }
  return TRUE;
}

static void read_more (Transfer *self);

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Transfer *self = user_data;
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  if (n > 0)
    {
      note_progress (self);
      if (ent_http_body_feed (&self->body, self->buffer, (gsize) n, &error))
        {
          read_more (self);
          return;
        }
    }
  else if (n == 0)
    ent_http_body_finish (&self->body, &self->damaged, &error);
  finish (self, error);
}

static void
read_more (Transfer *self)
{
  g_input_stream_read_async (self->stream, self->buffer, READ_SIZE, G_PRIORITY_DEFAULT, self->inner,
                             read_cb, self);
}

static gboolean
start_body (Transfer *self, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autofree char *encoding = NULL;

  self->answer->status = soup_message_get_status (self->message);
  self->answer->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  self->answer->retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After"));
  if (!check_headers (headers, error))
    return FALSE;

  encoding = g_strdup (soup_message_headers_get_list (headers, "Content-Encoding"));
  return ent_http_body_init (&self->body, self->answer->body, encoding, self->limits, error);
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Transfer *self = user_data;
  GError *error = NULL;

  self->answering = FALSE;
  self->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (self->stop)
    g_cancellable_cancel (self->inner);
  if (self->stream == NULL || !start_body (self, &error))
    {
      finish (self, error);
      return;
    }

  self->in_body = TRUE;
  self->rate_start = g_get_monotonic_time ();
  note_progress (self);
  self->buffer = g_malloc (READ_SIZE);
  read_more (self);
}

static void
starting_cb (SoupMessage *message, gpointer user_data)
{
  Transfer *self = user_data;

  self->sending = TRUE;
  note_progress (self);
}

static void
got_headers_cb (SoupMessage *message, gpointer user_data)
{
  Transfer *self = user_data;

  self->answering = TRUE;
}

/* On the thread of whoever cancels. */
static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_source_set_ready_time (user_data, 0);
}

/* ---- Errors --------------------------------------------------------------------------------- */

/* What a failed try means. @answered: headers had come. */
static GError *
classify (const GError *error, gboolean answered, gboolean *may_pass)
{
  const char *detail = error->message;
  int code = ENT_API_ERROR_OFFLINE;

  *may_pass = TRUE;
  if (error->domain == G_TLS_ERROR)
    {
      *may_pass = FALSE;
      code = ENT_API_ERROR_TLS;
    }
  else if (error->domain == SOUP_SESSION_ERROR)
    code = ENT_API_ERROR_PROTOCOL;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    code = ENT_API_ERROR_TIMEOUT;
  else if (answered)
    {
      code = ENT_API_ERROR_PROTOCOL;
      detail = "The answer was cut";
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    detail = "The connection ended without an answer";
  return g_error_new_literal (ENT_API_ERROR, code, detail);
}

static void
report (Transfer *self, gboolean *may_pass, GCancellable *cancellable, GError **error)
{
  *may_pass = FALSE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return;
  if (self->late != NULL)
    {
      *may_pass = TRUE;
      g_set_error_literal (error, ENT_API_ERROR, ENT_API_ERROR_TIMEOUT, self->late);
      return;
    }
  if (self->error->domain == ENT_API_ERROR)
    {
      *may_pass = self->damaged;
      g_propagate_error (error, g_steal_pointer (&self->error));
      return;
    }
  g_propagate_error (error, classify (self->error, self->in_body, may_pass));
}

/* ---- The transfer --------------------------------------------------------------------------- */

/* A stream that is not read to its end keeps its connection busy until it is closed. What is
 * still under way is cancelled first, so that closing does not wait for the rest. */
static void
close_stream (Transfer *self, GMainContext *context)
{
  if (self->stream == NULL)
    return;
  g_cancellable_cancel (self->inner);
  g_input_stream_close (self->stream, self->inner, NULL);
  g_clear_object (&self->stream);
  while (g_main_context_iteration (context, FALSE))
    ;
}

static void
clear (Transfer *self)
{
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_source_destroy (self->stopper);
  g_clear_pointer (&self->stopper, g_source_unref);
  ent_http_body_clear (&self->body);
  g_clear_pointer (&self->buffer, g_free);
  g_clear_object (&self->inner);
  g_clear_error (&self->error);
}

gboolean
ent_http_transfer (SoupSession *session,
                   SoupMessage *message,
                   GMainContext *context,
                   const EntHttpLimits *limits,
                   EntHttpAnswer *answer,
                   gboolean *may_pass,
                   GCancellable *cancellable,
                   GError **error)
{
  Transfer self = {
    .message = message,
    .limits = limits,
    .answer = answer,
    .inner = g_cancellable_new (),
  };
  gulong handlers[2];
  gulong cancelled_id = 0;
  gboolean answered;

  handlers[0] = g_signal_connect (message, "starting", G_CALLBACK (starting_cb), &self);
  handlers[1] = g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), &self);
  start_timers (&self, context);
  if (cancellable != NULL)
    cancelled_id =
        g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), g_source_ref (self.stopper),
                               (GDestroyNotify) g_source_unref);
  if (g_cancellable_is_cancelled (cancellable))
    stop (&self);

  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, self.inner, sent_cb, &self);
  while (!self.done)
    g_main_context_iteration (context, TRUE);

  g_cancellable_disconnect (cancellable, cancelled_id);
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_handler_disconnect (message, handlers[i]);
  answered = self.error == NULL;
  if (!answered)
    {
      report (&self, may_pass, cancellable, error);
      close_stream (&self, context);
    }
  else
    g_clear_object (&self.stream);
  clear (&self);
  return answered;
}
