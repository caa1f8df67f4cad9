/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request and its answer, on the main context that is the thread's default; for ent-http.c. */
#pragma once

#include "ent-http.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Runs the message to its end, iterating @context. FALSE: no answer, see ent_http_send_once. */
gboolean ent_http_transfer (SoupSession *session,
                            SoupMessage *message,
                            GMainContext *context,
                            const EntHttpLimits *limits,
                            EntHttpAnswer *answer,
                            gboolean *may_pass,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
