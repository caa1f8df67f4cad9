/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a file of the tz database: refused, or a table whose spans are in order. And the
 * same bytes as a rule. */

#include "config.h"

#include "ent-zone-private.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *bytes = g_memdup2 (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) spans = NULL;
  gint64 cycle_from, begin, end;
  EntZoneRule rule;

  spans = ent_zone_file_parse (bytes, size, &cycle_from, &error);
  g_assert ((spans == NULL) == (error != NULL));
  for (guint i = 1; spans != NULL && i < spans->len; i++)
    {
      const EntZoneSpan *span = &g_array_index (spans, EntZoneSpan, i);

      g_assert (span->start > span[-1].start);
      g_assert (span->offset != span[-1].offset);
      g_assert (span->reached >= span[-1].reached);
    }

  if (bytes != NULL && ent_zone_rule_parse (&rule, (const char *) bytes, size) && rule.has_summer)
    for (int year = 1970; year < 1998; year++)
      {
        ent_zone_rule_changes (&rule, year, &begin, &end);
        g_assert (ABS (begin) < G_GINT64_CONSTANT (1) << 41);
        g_assert (ABS (end) < G_GINT64_CONSTANT (1) << 41);
      }
  return 0;
}
