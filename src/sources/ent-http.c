/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP as a source needs it. Each object has a session and a main context of its own; the thread
 * that asks runs that context until the answer is whole. The secret is held as the header's value
 * and is wiped with the object (libsoup's copy lives as long as one request). */
#include "config.h"

#include "ent-http.h"

#include "ent-http-error.h"
#include "ent-http-transfer.h"
#include "ent-retry.h"
#include "ent-time.h"

#include <string.h>

struct _EntHttp
{
  GUri *base;
  EntHttpLimits limits;
  GMainContext *context;
  SoupSession *session;
  char *authorization;
};

void
ent_http_answer_clear (EntHttpAnswer *self)
{
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->retry_after, g_free);
  self->status = 0;
}

static gboolean
is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
check_base (GUri *uri, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);
  const char *problem = NULL;

  if (host == NULL || *host == '\0')
    problem = "it names no host";
  else if (strcmp (scheme, "https") != 0 && strcmp (scheme, "http") != 0)
    problem = "it is not https";
  else if (strcmp (scheme, "http") == 0 && !is_loopback (uri))
    problem = "http without TLS is for this machine only";
  else if (g_uri_get_userinfo (uri) != NULL)
    problem = "it holds a name or password";
  else if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    problem = "it ends in a query";
  if (problem == NULL)
    return TRUE;

  g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_OPTIONS, "The address cannot be used: %s",
               problem);
  return FALSE;
}

/* Nothing of what a browser does: no cookies and cache (there are none unless added), no inflating
 * (see ent-http-body.c), no answering of login challenges; redirects are off in each message. */
static SoupSession *
new_session (GMainContext *context, gboolean loopback)
{
  SoupSession *session;

  g_main_context_push_thread_default (context);
  session = soup_session_new_with_options ("timeout", 0, "idle-timeout", 30, "max-conns", 2,
                                           "max-conns-per-host", 2, "user-agent",
                                           "Entrega/" VERSION, NULL);
  if (loopback)
    g_object_set (session, "proxy-resolver", NULL, NULL);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  g_main_context_pop_thread_default (context);
  return session;
}

EntHttp *
ent_http_new (const char *base_url, const EntHttpLimits *limits, GError **error)
{
  static const EntHttpLimits default_limits = ENT_HTTP_LIMITS_DEFAULT;
  g_autoptr (GUri) base = NULL;
  EntHttp *self;

  /* The parser's message would repeat the text, which may hold a password by mistake. */
  base = g_uri_parse (base_url, SOUP_HTTP_URI_FLAGS, NULL);
  if (base == NULL)
    {
      g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_OPTIONS, "The address is not a URL");
      return NULL;
    }
  if (!check_base (base, error))
    return NULL;

  self = g_new0 (EntHttp, 1);
  self->limits = limits != NULL ? *limits : default_limits;
  self->context = g_main_context_new ();
  self->session = new_session (self->context, is_loopback (base));
  self->base = g_steal_pointer (&base);
  return self;
}

static void
wipe (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
ent_http_free (EntHttp *self)
{
  if (self == NULL)
    return;

  g_main_context_push_thread_default (self->context);
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  wipe (self->authorization);
  g_uri_unref (self->base);
  g_free (self);
}

void
ent_http_set_authorization (EntHttp *self, const char *value)
{
  wipe (self->authorization);
  self->authorization = g_strdup (value);
}

void
ent_http_set_basic_authorization (EntHttp *self, const char *user, const char *password)
{
  char *pair = g_strconcat (user, ":", password, NULL);
  char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  char *value = g_strconcat ("Basic ", encoded, NULL);

  ent_http_set_authorization (self, value);
  wipe (pair);
  wipe (encoded);
  wipe (value);
}

static SoupMessage *
new_message (EntHttp *self, const char *path, const char *json_body)
{
  g_autofree char *full_path = NULL;
  const char *base_path = g_uri_get_path (self->base);
  g_autoptr (GUri) uri = NULL;
  SoupMessage *message;
  SoupMessageHeaders *headers;

  full_path = g_strconcat (base_path, g_str_has_suffix (base_path, "/") ? path + 1 : path, NULL);
  uri =
      g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (self->base), NULL,
                   g_uri_get_host (self->base), g_uri_get_port (self->base), full_path, NULL, NULL);
  message = soup_message_new_from_uri (json_body != NULL ? "POST" : "GET", uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT |
                                       SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Accept", "application/json");
  soup_message_headers_replace (headers, "Accept-Encoding", "gzip");
  if (self->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", self->authorization);
  if (json_body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (json_body, strlen (json_body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  return message;
}

gboolean
ent_http_send_once (EntHttp *self,
                    const char *path,
                    const char *json_body,
                    EntHttpAnswer *answer,
                    gboolean *may_pass,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (SoupMessage) message = NULL;
  gboolean answered;

  *answer = (EntHttpAnswer){ .body = g_byte_array_new () };
  *may_pass = FALSE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  g_main_context_push_thread_default (self->context);
  message = new_message (self, path, json_body);
  answered = ent_http_transfer (self->session, message, self->context, &self->limits, answer,
                                may_pass, cancellable, error);
  g_main_context_pop_thread_default (self->context);
  return answered;
}

/* One try and its judgement. @retry_after: (out): what the provider asks for. */
static gboolean
try_once (EntHttp *self,
          const char *path,
          const char *json_body,
          EntHttpReadFunc read_func,
          gpointer read_data,
          gboolean *may_pass,
          char **retry_after,
          GCancellable *cancellable,
          GError **error)
{
  g_auto (EntHttpAnswer) answer = { 0 };
  GError *refusal;

  if (!ent_http_send_once (self, path, json_body, &answer, may_pass, cancellable, error))
    return FALSE;
  if (answer.status == SOUP_STATUS_OK)
    return read_func (&answer, read_data, may_pass, error);

  refusal = ent_http_error_from_answer (&answer);
  *may_pass = ent_retry_status_may_pass (answer.status);
  *retry_after = g_steal_pointer (&answer.retry_after);
  g_propagate_error (error, refusal);
  return FALSE;
}

gboolean
ent_http_request (EntHttp *self,
                  const char *path,
                  const char *json_body,
                  guint max_tries,
                  EntHttpReadFunc read_func,
                  gpointer read_data,
                  EntRetryFunc retry_func,
                  gpointer retry_data,
                  GCancellable *cancellable,
                  GError **error)
{
  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (GError) problem = NULL;
      g_autofree char *retry_after = NULL;
      gboolean may_pass = FALSE;
      gint64 wait_ms = -1;

      if (try_once (self, path, json_body, read_func, read_data, &may_pass, &retry_after,
                    cancellable, &problem))
        return TRUE;

      /* Dates are compared with the system's clock, which the provider's is meant to match; the
       * clock of --now has nothing to do with it. */
      if (may_pass && attempt < max_tries)
        wait_ms =
            ent_retry_delay (attempt, retry_after, g_get_real_time () / 1000, g_random_double ());
      if (wait_ms < 0)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (retry_func != NULL)
        retry_func (attempt, wait_ms, problem, retry_data);
      if (!ent_retry_wait (wait_ms, cancellable, error))
        return FALSE;
    }
}
