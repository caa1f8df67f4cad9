/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines of bytes as words of filter fields (the first byte of a line chooses the field): refused,
 * or kept through JSON. */

#include "config.h"

#include "ent-filter.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 64);
  g_autoptr (EntFilter) filter = ent_filter_new ();
  g_autoptr (EntFilter) back = NULL;
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      EntFilterField field = (EntFilterField) ((guchar) lines[i][0] % ENT_N_FILTER_FIELDS);
      const char *word = lines[i][0] != '\0' ? lines[i] + 1 : "";
      g_autoptr (GError) error = NULL;
      EntFilter *next = ent_filter_with_word (filter, field, word, &error);

      g_assert ((next == NULL) == (error != NULL));
      if (next == NULL)
        continue;
      ent_filter_unref (filter);
      filter = next;
    }

  node = ent_filter_to_json (filter);
  back = ent_filter_from_json (node, NULL);
  g_assert (back != NULL);
  g_assert (ent_filter_equal (filter, back));
  return 0;
}
