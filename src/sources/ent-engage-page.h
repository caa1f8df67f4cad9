/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Engage's wire format: the question and the page of an answer. Pure functions of bytes. */
#pragma once

#include "ent-source.h"

G_BEGIN_DECLS

#define ENT_ENGAGE_PAGE_SIZE 100

/* What the reading of a page depends on. */
typedef struct
{
  const char *user_key;     /* metadata key that holds the user */
  const char *campaign_key; /* … and the campaign */
  EntChannel channel;       /* of the question: the answer's format does not know WhatsApp */
  guint page;               /* the page that was asked for */
} EntEngageContext;

/* The question's body. @accounts: NULL-terminated, or NULL for all. (transfer full) */
char *ent_engage_build_request (EntChannel channel,
                                gint64 from,
                                gint64 to,
                                guint page,
                                guint page_size,
                                const char *const *accounts);

/* A whole page or an error (PROTOCOL); an item that cannot be understood is set apart alone.
 * @damaged: (out): the text ends too early, so asking again may help. (transfer full) */
EntPage *ent_engage_parse_page (const char *body,
                                gsize length,
                                const EntEngageContext *context,
                                gboolean *damaged,
                                GError **error);

G_END_DECLS
