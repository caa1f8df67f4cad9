/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP as a source needs it: one origin, no redirects, no cookies, no cache; every answer comes
 * whole, within deadlines and size limits, or is an error. Blocking; one thread at a time per
 * object (it has a main context of its own, so it never needs the caller's). */
#pragma once

#include "ent-source.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 connect_ms; /* until the request goes out */
  gint64 idle_ms;    /* without a byte */
  gint64 total_ms;   /* one try, from start to end */
  gint64 rate_ms;    /* the body has to bring ... */
  gsize rate_bytes;  /* ... so many bytes in each stretch of rate_ms */
  gsize max_body;    /* decoded bytes */
  guint max_ratio;   /* decoded : received; looked at beyond 64 kB */
} EntHttpLimits;

#define ENT_HTTP_LIMITS_DEFAULT                                                                    \
  {                                                                                                \
    .connect_ms = 10000, .idle_ms = 60000, .total_ms = 120000, .rate_ms = 30000,                   \
    .rate_bytes = 30 * 1024, .max_body = 64 * 1024 * 1024, .max_ratio = 200,                       \
  }

typedef struct
{
  guint status;
  GByteArray *body; /* decoded; never NULL */
  char *content_type;
  char *retry_after;
} EntHttpAnswer;
void ent_http_answer_clear (EntHttpAnswer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntHttpAnswer, ent_http_answer_clear)

typedef struct _EntHttp EntHttp;

/* @base_url: https://host[:port][/path], or http:// where the host is this machine (the bundled
 * simulator): a secret never travels in the clear. OPTIONS for anything else. */
EntHttp *ent_http_new (const char *base_url, const EntHttpLimits *limits, GError **error);
void ent_http_free (EntHttp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntHttp, ent_http_free)
/* The value of the Authorization header; goes to the origin of @base_url only; wiped at the end. */
void ent_http_set_authorization (EntHttp *self, const char *value);
void ent_http_set_basic_authorization (EntHttp *self, const char *user, const char *password);

/* One try. Any status is an answer; FALSE: there was none, or none that can be believed.
 * @may_pass: whether it is worth asking again. */
gboolean ent_http_send_once (EntHttp *self,
                             const char *path,
                             const char *json_body,
                             EntHttpAnswer *answer,
                             gboolean *may_pass,
                             GCancellable *cancellable,
                             GError **error);

/* Reads a 200's body. @damaged: set for one that looks cut, so that it is worth asking again. */
typedef gboolean (*EntHttpReadFunc) (const EntHttpAnswer *answer,
                                     gpointer user_data,
                                     gboolean *damaged,
                                     GError **error);

/* POST of @json_body (a question, so that asking again is safe; NULL: GET), repeated by the rules
 * of ent-retry.h at most @max_tries times. Errors: all of ENT_API_ERROR but CREDENTIALS and
 * OPTIONS, G_IO_ERROR_CANCELLED. */
gboolean ent_http_request (EntHttp *self,
                           const char *path,
                           const char *json_body,
                           guint max_tries,
                           EntHttpReadFunc read_func,
                           gpointer read_data,
                           EntRetryFunc retry_func,
                           gpointer retry_data,
                           GCancellable *cancellable,
                           GError **error);

/* What an error's body says, from any of the providers' shapes, as one clean line; NULL if
 * nothing. (transfer full) */
char *ent_http_error_text (const char *body, gsize length);

G_END_DECLS
