/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as JSON: what our strict reader takes, json-glib's own parser takes for the same. */

#include "config.h"

#include "ent-json-guard.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *bytes = g_memdup2 (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = ent_json_parse_guarded (bytes, size, 4096, 16, &error);
  g_autoptr (JsonNode) witness = NULL;

  g_assert ((node == NULL) == (error != NULL));
  if (node == NULL)
    return 0;

  witness = json_from_string (text, NULL);
  g_assert (witness != NULL);
  g_assert (json_node_equal (node, witness));
  return 0;
}
