/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as an instant, without zone and in one with gaps and overlaps, and as a date. What is
 * read is written and read the same. */

#include "config.h"

#include "ent-time.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_instant (const char *bytes, gsize length, const EntZone *zone)
{
  gint64 instant = 0, again = 0;
  g_autofree char *text = NULL;

  if (!ent_instant_parse (bytes, (gssize) length, zone, &instant, NULL))
    return;

  text = ent_instant_format (instant);
  g_assert (ent_instant_parse (text, -1, NULL, &again, NULL));
  g_assert (again == instant);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static EntZone *zone = NULL;
  g_autofree char *bytes = g_memdup2 (data, size);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  EntDay day = 0;

  if (zone == NULL)
    zone = ent_zone_new ("America/Sao_Paulo", &error);
  g_assert (zone != NULL);

  check_instant (bytes != NULL ? bytes : "", size, NULL);
  check_instant (bytes != NULL ? bytes : "", size, zone);
  if (ent_day_parse (text, &day, NULL))
    {
      g_autofree char *written = ent_day_format (day);

      g_assert_cmpstr (written, ==, text);
    }
  return 0;
}
