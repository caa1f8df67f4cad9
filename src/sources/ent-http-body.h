/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collecting a body piece by piece, inflated under control; for ent-http-transfer.c. */
#pragma once

#include "ent-http.h"

G_BEGIN_DECLS

typedef struct
{
  GByteArray *decoded;    /* (transfer none) */
  GByteArray *compressed; /* NULL: the body comes as it is */
  gsize received;         /* bytes */
  gsize max_body;
  guint max_ratio;
} EntHttpBody;

/* @encoding: the Content-Encoding; NULL for none. Anything but gzip is refused (PROTOCOL). */
gboolean ent_http_body_init (EntHttpBody *self,
                             GByteArray *decoded,
                             const char *encoding,
                             const EntHttpLimits *limits,
                             GError **error);
/* FALSE when there are more bytes than allowed (PROTOCOL). */
gboolean ent_http_body_feed (EntHttpBody *self, const guint8 *data, gsize length, GError **error);
/* After the last piece. @damaged: set where the bytes are broken, or cut, rather than too many. */
gboolean ent_http_body_finish (EntHttpBody *self, gboolean *damaged, GError **error);
void ent_http_body_clear (EntHttpBody *self);

G_END_DECLS
