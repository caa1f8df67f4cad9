/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a template file: refused with an error, or read, written, and read as the same
 * report, whose second writing is the first byte for byte. */

#include "config.h"

#include "ent-report.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *bytes = g_memdup2 (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntReport) report = ent_report_from_json (bytes, size, &error);
  g_autoptr (EntReport) copy = NULL;
  g_autoptr (EntReport) back = NULL;
  g_autoptr (EntQuery) query = NULL;
  g_autofree char *written = NULL;
  g_autofree char *again = NULL;

  g_assert ((report == NULL) == (error != NULL));
  if (report == NULL)
    {
      g_assert (error->domain == ENT_REPORT_ERROR);
      g_assert (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  copy = ent_report_copy (report);
  written = ent_report_to_json (copy);
  back = ent_report_from_json (written, strlen (written), NULL);
  g_assert (back != NULL);
  g_assert (ent_report_equal (report, back));
  again = ent_report_to_json (back);
  g_assert_cmpstr (written, ==, again);
  query = ent_query_new (back, G_GINT64_CONSTANT (1795348800000));
  g_assert (query->range.from <= query->range.to);
  return 0;
}
