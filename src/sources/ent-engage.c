/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kind "engage": options and credentials checked, one page asked at a time. The wire format
 * is in ent-engage-page.c, the meaning of codes in ent-engage-codes.c. Fetch thread. */
#include "config.h"

#include "ent-engage.h"

#include "ent-engage-page.h"
#include "ent-http.h"
#include "ent-retry.h"
#include "ent-source-options.h"
#include "ent-time.h"

/* The path still says "preview": it may change with a release of the provider. */
#define DETAIL_PATH "/v2-preview/reporting/messages/detail"
#define MAX_PAGE_BYTES (16u * 1024 * 1024)
#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define DAY_MS (24 * HOUR_MS)

typedef struct
{
  EntSource parent;
  EntHttp *http;
  char *user_key;
  char *campaign_key;
  GStrv accounts;
} Engage;

static const EntSourceField credential_fields[] = {
  { "api_key", FALSE, TRUE, NULL },
  { "api_secret", TRUE, TRUE, NULL },
  { NULL, FALSE, FALSE, NULL },
};

static const EntSourceField option_fields[] = {
  { "url", FALSE, FALSE, "https://eu.app.api.sinch.com" },
  { "region", FALSE, FALSE, "eu" },
  { "user_key", FALSE, FALSE, "user" },
  { "campaign_key", FALSE, FALSE, "campaign" },
  { "accounts", FALSE, FALSE, NULL },
  { NULL, FALSE, FALSE, NULL },
};

static const EntChannel channels[] = {
  ENT_CHANNEL_WHATSAPP,
  ENT_CHANNEL_SMS,
  ENT_CHANNEL_RCS,
  ENT_CHANNEL_MMS,
};

/* The address: given, or that of the region (eu when nothing is said). */
static char *
find_url (JsonObject *options, GError **error)
{
  g_autofree char *url = NULL;
  g_autofree char *region = NULL;

  if (!ent_source_options_string (options, "url", NULL, &url, error) ||
      !ent_source_options_string (options, "region", "eu", &region, error))
    return NULL;
  if (url != NULL)
    return g_steal_pointer (&url);
  if (strcmp (region, "eu") == 0 || strcmp (region, "au") == 0)
    return g_strdup_printf ("https://%s.app.api.sinch.com", region);
  g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_OPTIONS, "The region is neither eu nor au");
  return NULL;
}

static void
engage_free (EntSource *source)
{
  Engage *self = (Engage *) source;

  g_clear_pointer (&self->http, ent_http_free);
  g_free (self->user_key);
  g_free (self->campaign_key);
  g_strfreev (self->accounts);
  g_free (self);
}

static EntSource *
engage_create (JsonObject *options, JsonObject *credentials, GError **error)
{
  g_autoptr (EntSource) source = (EntSource *) g_new0 (Engage, 1);
  Engage *self = (Engage *) source;
  EntHttpLimits limits = ENT_HTTP_LIMITS_DEFAULT;
  g_autofree char *url = NULL;

  source->klass = ent_engage_get_class ();
  limits.max_body = MAX_PAGE_BYTES;
  url = find_url (options, error);
  if (url == NULL ||
      !ent_source_options_string (options, "user_key", "user", &self->user_key, error) ||
      !ent_source_options_string (options, "campaign_key", "campaign", &self->campaign_key,
                                  error) ||
      !ent_source_options_list (options, "accounts", &self->accounts, error))
    return NULL;

  self->http = ent_http_new (url, &limits, error);
  if (self->http == NULL)
    return NULL;
  ent_http_set_basic_authorization (self->http,
                                    json_object_get_string_member (credentials, "api_key"),
                                    json_object_get_string_member (credentials, "api_secret"));
  return g_steal_pointer (&source);
}

typedef struct
{
  EntEngageContext context;
  EntPage *page;
} Reading;

static gboolean
read_page_cb (const EntHttpAnswer *answer, gpointer user_data, gboolean *damaged, GError **error)
{
  Reading *reading = user_data;

  reading->page = ent_engage_parse_page ((const char *) answer->body->data, answer->body->len,
                                         &reading->context, damaged, error);
  return reading->page != NULL;
}

static EntPage *
ask (Engage *self,
     EntChannel channel,
     gint64 from,
     gint64 to,
     guint page,
     guint page_size,
     guint max_tries,
     GCancellable *cancellable,
     GError **error)
{
  g_autofree char *body = ent_engage_build_request (channel, from, to, page, page_size,
                                                    (const char *const *) self->accounts);
  Reading reading = {
    .context = {
      .user_key = self->user_key,
      .campaign_key = self->campaign_key,
      .channel = channel,
      .page = page,
    },
  };

  if (!ent_http_request (self->http, DETAIL_PATH, body, max_tries, read_page_cb, &reading,
                         self->parent.retry_func, self->parent.retry_data, cancellable, error))
    return NULL;
  return reading.page;
}

static EntPage *
engage_fetch (EntSource *source,
              const EntPageRequest *request,
              GCancellable *cancellable,
              GError **error)
{
  guint64 page = 0;

  if (request->page != NULL &&
      !g_ascii_string_to_unsigned (request->page, 10, 0, G_MAXINT32, &page, NULL))
    {
      g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL, "The page is not a number");
      return NULL;
    }
  return ask ((Engage *) source, request->channel, request->from, request->to, (guint) page,
              ENT_ENGAGE_PAGE_SIZE, ENT_RETRY_MAX_TRIES, cancellable, error);
}

static gboolean
engage_test (EntSource *source, GCancellable *cancellable, GError **error)
{
  gint64 now = ent_clock_now ();
  g_autoptr (EntPage) page =
      ask ((Engage *) source, ENT_CHANNEL_SMS, now - HOUR_MS, now, 0, 1, 1, cancellable, error);

  return page != NULL;
}

static const EntSourceClass engage_class = {
  .kind = "engage",
  .credentials = credential_fields,
  .options = option_fields,
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .n_main_channels = 2,
  .window_ms = DAY_MS,
  .min_window_ms = HOUR_MS,
  .keeps_ms = 365 * DAY_MS,
  .max_rows_per_window = 5000,
  .create = engage_create,
  .fetch = engage_fetch,
  .test = engage_test,
  .free = engage_free,
};

const EntSourceClass *
ent_engage_get_class (void)
{
  return &engage_class;
}
