/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a page of Engage: it is refused, or each of its items is either an observation with
 * an id, a stamp and clean texts, or set apart with a reason. Its JSON, printed, is read again. */

#include "config.h"

#include "ent-engage-page.h"
#include "ent-json.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_page (const EntPage *page)
{
  guint n = ent_observations_get_size (page->observations);

  g_assert (page->n_items == n + page->quarantine->len);
  for (guint i = 0; i < n; i++)
    {
      const EntObservation *item = ent_observations_get (page->observations, i);

      g_assert (item->remote_id != NULL && *item->remote_id != '\0');
      g_assert (item->updated_at != ENT_TIME_NONE);
      for (guint f = 0; f < ENT_N_TEXT_FIELDS; f++)
        g_assert (item->texts[f] == NULL || g_utf8_validate (item->texts[f], -1, NULL));
    }
  for (guint i = 0; i < page->quarantine->len; i++)
    {
      const EntSourceRejected *rejected = g_ptr_array_index (page->quarantine, i);

      g_assert (rejected->reason != NULL && g_utf8_validate (rejected->raw, -1, NULL));
    }
}

static void
check_json (const uint8_t *data, size_t size)
{
  g_autoptr (EntJson) json = ent_json_parse ((const char *) data, size, NULL);
  g_autoptr (EntJson) again = NULL;
  g_autofree char *printed = NULL;
  g_autofree char *printed_again = NULL;

  if (json == NULL)
    return;
  printed = ent_json_node_print (ent_json_get_root (json), 1 << 20);
  again = ent_json_parse (printed, strlen (printed), NULL);
  g_assert (again != NULL);
  printed_again = ent_json_node_print (ent_json_get_root (again), 1 << 20);
  g_assert_cmpstr (printed, ==, printed_again);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const EntEngageContext context = {
    .user_key = "user",
    .campaign_key = "campaign",
    .channel = ENT_CHANNEL_SMS,
  };
  g_autofree char *bytes = g_memdup2 (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntPage) page = NULL;
  gboolean damaged;

  check_json (data, size);
  page = ent_engage_parse_page (bytes != NULL ? bytes : "", size, &context, &damaged, &error);
  g_assert ((page == NULL) == (error != NULL));
  if (page != NULL)
    check_page (page);
  return 0;
}
