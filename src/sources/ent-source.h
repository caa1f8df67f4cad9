/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a source is: a kind, the credentials and options it needs, the window it keeps,
 * and "fetch the next page": wire → observations. Blocking; on the fetch thread. */
#pragma once

#include "ent-observation.h"
#include "ent-vocabulary.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* By what the caller can do. */
typedef enum
{
  ENT_API_ERROR_AUTH,         /* 401: credentials refused; stop, ask for new ones */
  ENT_API_ERROR_FORBIDDEN,    /* 403: this account may not; the message is the provider's */
  ENT_API_ERROR_OFFLINE,      /* no connection, no name, no route: cached data stays usable */
  ENT_API_ERROR_TIMEOUT,      /* no or too slow an answer */
  ENT_API_ERROR_RATE_LIMITED, /* 429 after all tries */
  ENT_API_ERROR_SERVER,       /* 5xx after all tries */
  ENT_API_ERROR_REFUSED,      /* 400 …: the request; a range that the provider no longer keeps */
  ENT_API_ERROR_PROTOCOL,     /* an answer that is none: HTML, cut, too large, a page loop */
  ENT_API_ERROR_TLS,          /* certificate not valid: fail closed */
  ENT_API_ERROR_CREDENTIALS,  /* not given, unreadable, file not 0600, keyring locked */
  ENT_API_ERROR_OPTIONS,      /* a wrong option of the source */
} EntApiError;
#define ENT_API_ERROR (ent_api_error_quark ())
GQuark ent_api_error_quark (void);

/* One field of the credentials object or of the options, for forms and help. */
typedef struct
{
  const char *key; /* api_key */
  gboolean secret;
  gboolean required;
  const char *example; /* may be NULL */
} EntSourceField;

typedef struct
{
  EntChannel channel;
  gint64 from; /* UTC ms, half-open, frozen for the pass */
  gint64 to;
  char *page; /* opaque; NULL = first */
} EntPageRequest;

typedef struct
{
  EntObservations *observations;
  GPtrArray *quarantine; /* EntSourceRejected */
  char *next_page;       /* NULL = last of the window */
  guint n_items;         /* as the provider sent them */
} EntPage;
typedef struct
{
  char *reason;
  char *raw;
} EntSourceRejected;
void ent_source_rejected_free (EntSourceRejected *self);
EntPage *ent_page_new (void);
void ent_page_free (EntPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntPage, ent_page_free)

/* A progress hook of retries: how long until the next try, after which error. */
typedef void (*EntRetryFunc) (guint attempt,
                              gint64 wait_ms,
                              const GError *error,
                              gpointer user_data);

typedef struct _EntSource EntSource;
typedef struct
{
  const char *kind;
  const EntSourceField *credentials; /* ends with a NULL key */
  const EntSourceField *options;
  const EntChannel *channels; /* each asked for on its own */
  guint n_channels;
  guint n_main_channels;     /* the first of them; an account need not have the others, which are
                              * mostly empty: asked in large windows, and a refusal is no failure */
  gint64 window_ms;          /* span of one pass over pages: a day */
  gint64 min_window_ms;      /* split down to this where a window is too full */
  gint64 keeps_ms;           /* how far back the provider answers */
  guint max_rows_per_window; /* beyond it the window is split */
  EntSource *(*create) (JsonObject *options, JsonObject *credentials, GError **error);
  /* Blocking. */
  EntPage *(*fetch) (EntSource *self,
                     const EntPageRequest *request,
                     GCancellable *cancellable,
                     GError **error);
  gboolean (*test) (EntSource *self, GCancellable *cancellable, GError **error);
  void (*free) (EntSource *self);
} EntSourceClass;

struct _EntSource
{
  const EntSourceClass *klass;
  EntRetryFunc retry_func;
  gpointer retry_data;
};

/* (array zero-terminated): the kinds that this build knows. */
const EntSourceClass *const *ent_source_classes (void);
const EntSourceClass *ent_source_class_find (const char *kind);
gboolean ent_source_class_is_main_channel (const EntSourceClass *klass, EntChannel channel);

/* @options, @credentials: JSON objects; both are checked (OPTIONS, CREDENTIALS). */
EntSource *
ent_source_new (const char *kind, JsonObject *options, JsonObject *credentials, GError **error);
void ent_source_free (EntSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSource, ent_source_free)
void ent_source_set_retry_func (EntSource *self, EntRetryFunc func, gpointer user_data);
EntPage *ent_source_fetch (EntSource *self,
                           const EntPageRequest *request,
                           GCancellable *cancellable,
                           GError **error);
/* One small request: are address and credentials right? */
gboolean ent_source_test (EntSource *self, GCancellable *cancellable, GError **error);

G_END_DECLS
