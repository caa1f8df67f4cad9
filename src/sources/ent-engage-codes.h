/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Engage's status codes and words say: stage flags and reasons. Pure. */
#pragma once

#include "ent-observation.h"
#include "ent-vocabulary.h"

G_BEGIN_DECLS

#define ENT_ENGAGE_NO_CODE G_MININT64

/* Flags of an outbound message; ACCEPTED always, since the provider lists it.
 * @word: the status, NULL for none. @code: ENT_ENGAGE_NO_CODE for none. */
guint ent_engage_stages (const char *word, gint64 code);
/* The reason of a failed one. */
EntReason ent_engage_reason (const char *word, gint64 code);
/* @type: message_type, @format: SMS, MMS, TTS; either may be NULL. FALSE: nothing known. */
gboolean ent_engage_content_type (const char *type,
                                  const char *format,
                                  const char *media_url,
                                  EntContentType *content_type);
/* The name of a channel in questions. */
const char *ent_engage_channel_name (EntChannel channel);

G_END_DECLS
