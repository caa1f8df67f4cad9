/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The digest of an export took a third of its time with GLib's portable loop. FIPS 180-4; names
 * of variables as there. */

#include "config.h"

#include "ent-sha256.h"

#include <string.h>

#define BLOCK_BYTES 64

struct _EntSha256
{
  GChecksum *portable; /* NULL: the rest is used */
  guint32 state[8];
  guint64 length; /* bytes so far */
  guint8 block[BLOCK_BYTES];
};

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>

#define HAVE_INSTRUCTIONS 1

static const guint32 K[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static gboolean
has_instructions (void)
{
  guint a, b, c, d;

  if (!__get_cpuid (1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1))
    return FALSE;
  return __get_cpuid_count (7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/* The instructions hold the state as the pairs a b e f and c d g h. A step is four rounds and the
 * four words of the schedule that come sixteen rounds later. */
__attribute__ ((target ("sha,sse4.1"))) static void
compress (guint32 *state, const guint8 *data, gsize n_blocks)
{
  const __m128i swap = _mm_set_epi64x (0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i low = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) (gpointer) state), 0xb1);
  __m128i high =
      _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) (gpointer) (state + 4)), 0x1b);
  __m128i abef = _mm_alignr_epi8 (low, high, 8);
  __m128i cdgh = _mm_blend_epi16 (high, low, 0xf0);

  for (; n_blocks > 0; n_blocks--, data += BLOCK_BYTES)
    {
      const __m128i abef_before = abef, cdgh_before = cdgh;
      __m128i w[4];

      for (guint i = 0; i < 4; i++)
        w[i] = _mm_shuffle_epi8 (
            _mm_loadu_si128 ((const __m128i *) (gconstpointer) (data + 16 * i)), swap);
#pragma GCC unroll 16
      for (guint i = 0; i < 16; i++)
        {
          __m128i sum = _mm_add_epi32 (
              w[i & 3], _mm_loadu_si128 ((const __m128i *) (gconstpointer) (K + 4 * i)));

          cdgh = _mm_sha256rnds2_epu32 (cdgh, abef, sum);
          abef = _mm_sha256rnds2_epu32 (abef, cdgh, _mm_shuffle_epi32 (sum, 0x0e));
          sum = _mm_add_epi32 (_mm_sha256msg1_epu32 (w[i & 3], w[(i + 1) & 3]),
                               _mm_alignr_epi8 (w[(i + 3) & 3], w[(i + 2) & 3], 4));
          w[i & 3] = _mm_sha256msg2_epu32 (sum, w[(i + 3) & 3]);
        }
      abef = _mm_add_epi32 (abef, abef_before);
      cdgh = _mm_add_epi32 (cdgh, cdgh_before);
    }

  low = _mm_shuffle_epi32 (abef, 0x1b);
  high = _mm_shuffle_epi32 (cdgh, 0xb1);
  _mm_storeu_si128 ((__m128i *) (gpointer) state, _mm_blend_epi16 (low, high, 0xf0));
  _mm_storeu_si128 ((__m128i *) (gpointer) (state + 4), _mm_alignr_epi8 (high, low, 8));
}

#else

static gboolean
has_instructions (void)
{
  return FALSE;
}

static void
compress (guint32 *state, const guint8 *data, gsize n_blocks)
{
  g_assert_not_reached ();
}

#endif

EntSha256 *
ent_sha256_new (void)
{
  static const guint32 start[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
  EntSha256 *self = g_new0 (EntSha256, 1);

  if (!has_instructions ())
    self->portable = g_checksum_new (G_CHECKSUM_SHA256);
  memcpy (self->state, start, sizeof start);
  return self;
}

void
ent_sha256_free (EntSha256 *self)
{
  g_clear_pointer (&self->portable, g_checksum_free);
  g_free (self);
}

void
ent_sha256_update (EntSha256 *self, gconstpointer data, gsize length)
{
  gsize used = self->length % BLOCK_BYTES;
  const guint8 *bytes = data;

  if (self->portable != NULL)
    {
      g_checksum_update (self->portable, bytes, (gssize) length);
      return;
    }
  self->length += length;
  if (used > 0)
    {
      gsize part = MIN (length, BLOCK_BYTES - used);

      memcpy (self->block + used, bytes, part);
      if (used + part < BLOCK_BYTES)
        return;
      compress (self->state, self->block, 1);
      bytes += part;
      length -= part;
    }
  if (length >= BLOCK_BYTES)
    compress (self->state, bytes, length / BLOCK_BYTES);
  memcpy (self->block, bytes + length - length % BLOCK_BYTES, length % BLOCK_BYTES);
}

/* A one bit, zeros, and the number of bits, up to the end of a block. */
static void
pad (EntSha256 *self)
{
  static const guint8 padding[BLOCK_BYTES] = { 0x80 };
  guint64 bits = GUINT64_TO_BE (self->length * 8);
  gsize used = self->length % BLOCK_BYTES;

  ent_sha256_update (self, padding, (used < 56 ? 56 : 56 + BLOCK_BYTES) - used);
  ent_sha256_update (self, &bits, sizeof bits);
}

char *
ent_sha256_finish (EntSha256 *self)
{
  GString *text;

  if (self->portable != NULL)
    return g_strdup (g_checksum_get_string (self->portable));
  pad (self);
  text = g_string_sized_new (64);
  for (guint i = 0; i < G_N_ELEMENTS (self->state); i++)
    g_string_append_printf (text, "%08x", self->state[i]);
  return g_string_free (text, FALSE);
}

gboolean
ent_sha256_is_fast (const EntSha256 *self)
{
  return self->portable == NULL;
}
