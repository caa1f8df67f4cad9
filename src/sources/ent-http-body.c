/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collecting a body piece by piece. libsoup's own decoder takes a cut gzip stream and one with a
 * wrong checksum for success and inflates without limit, so the session has none and this one
 * does: libdeflate inflates the whole of it into no more room than the limits allow, and looks at
 * end mark and checksum. Fetch thread. */
#include "config.h"

#include "ent-http-body.h"

#include <libdeflate.h>

/* Up to so many decoded bytes any ratio goes: small repetitive texts compress well. */
#define RATIO_FROM 65536
/* The last bytes of a gzip stream say how long it is inflated, modulo 2³². */
#define LENGTH_BYTES 4
/* Header and trailer of the shortest one. */
#define SHORTEST 18

gboolean
ent_http_body_init (EntHttpBody *self,
                    GByteArray *decoded,
                    const char *encoding,
                    const EntHttpLimits *limits,
                    GError **error)
{
  *self = (EntHttpBody){
    .decoded = decoded,
    .max_body = limits->max_body,
    .max_ratio = limits->max_ratio,
  };

  if (encoding == NULL || *encoding == '\0' || g_ascii_strcasecmp (encoding, "identity") == 0)
    return TRUE;
  if (g_ascii_strcasecmp (encoding, "gzip") == 0 || g_ascii_strcasecmp (encoding, "x-gzip") == 0)
    {
      self->compressed = g_byte_array_new ();
      return TRUE;
    }
  g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL,
               "The answer has an encoding that was not asked for");
  return FALSE;
}

static void
set_too_large (const EntHttpBody *self, GError **error)
{
  g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL,
               "The answer is larger than %" G_GSIZE_FORMAT " bytes", self->max_body);
}

gboolean
ent_http_body_feed (EntHttpBody *self, const guint8 *data, gsize length, GError **error)
{
  GByteArray *body = self->compressed != NULL ? self->compressed : self->decoded;

  self->received += length;
  if (self->received > self->max_body)
    {
      set_too_large (self, error);
      return FALSE;
    }
  g_byte_array_append (body, data, (guint) length);
  return TRUE;
}

/* How much the body may be inflated. */
static gsize
get_limit (const EntHttpBody *self)
{
  return MIN (self->max_body, MAX (RATIO_FROM, self->received * self->max_ratio));
}

/* What the stream says of its own length, at most @limit: nothing is believed of one that is cut.
 */
static gsize
get_room (const EntHttpBody *self, gsize limit)
{
  guint32 stated;

  memcpy (&stated, self->compressed->data + self->compressed->len - LENGTH_BYTES, sizeof stated);
  return MIN (GUINT32_FROM_LE (stated), limit);
}

typedef enum
{
  INFLATED,
  DAMAGED,
  NO_ROOM,
} Outcome;

static Outcome
inflate_into (EntHttpBody *self, gsize room)
{
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor ();
  enum libdeflate_result result;
  gsize used = 0;
  gsize written = 0;

  if (inflater == NULL)
    g_error ("Could not allocate an inflater");
  g_byte_array_set_size (self->decoded, (guint) room);
  result = libdeflate_gzip_decompress_ex (inflater, self->compressed->data, self->compressed->len,
                                          self->decoded->data, room, &used, &written);
  libdeflate_free_decompressor (inflater);
  g_byte_array_set_size (self->decoded, (guint) written);
  if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
    return NO_ROOM;
  /* Nothing may follow it. */
  return result == LIBDEFLATE_SUCCESS && used == self->compressed->len ? INFLATED : DAMAGED;
}

gboolean
ent_http_body_finish (EntHttpBody *self, gboolean *damaged, GError **error)
{
  gsize limit = get_limit (self);
  gsize room = limit;
  Outcome outcome = DAMAGED;

  if (self->compressed == NULL || self->received == 0)
    return TRUE;
  if (self->received >= SHORTEST)
    {
      room = get_room (self, limit);
      outcome = inflate_into (self, room);
    }
  if (outcome == INFLATED)
    return TRUE;

  if (outcome == NO_ROOM && room == self->max_body)
    set_too_large (self, error);
  else if (outcome == NO_ROOM && room == limit)
    g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL,
                 "The answer inflates more than %u times", self->max_ratio);
  else
    {
      *damaged = TRUE;
      g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL,
                   "The compressed answer is damaged or was cut");
    }
  return FALSE;
}

void
ent_http_body_clear (EntHttpBody *self)
{
  g_clear_pointer (&self->compressed, g_byte_array_unref);
}
