/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any text as a Retry-After header: the wait stays within its bounds. */

#include "config.h"

#include "ent-retry.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  const gint64 now = G_GINT64_CONSTANT (1795348800000);
  gint64 asked = 0;

  g_assert (!ent_retry_parse_after (text, now, &asked) || asked >= 0);
  for (guint attempt = 1; attempt < ENT_RETRY_MAX_TRIES; attempt++)
    {
      gint64 delay = ent_retry_delay (attempt, text, now, 0.999);

      g_assert (delay >= 0 && delay <= ENT_RETRY_MAX_ASKED_MS);
    }
  g_assert (ent_retry_delay (ENT_RETRY_MAX_TRIES, text, now, 0.5) == -1);
  return 0;
}
