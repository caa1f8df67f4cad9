/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words/ knows the faults of the other folders by name and number, because it may not include
 * them; here, where all are linked, its table is held against the enumerations. */

#include "config.h"

#include "ent-export-error.h"
#include "ent-filter.h"
#include "ent-report.h"
#include "ent-source.h"
#include "ent-store-error.h"
#include "ent-sync.h"
#include "ent-time.h"
#include "ent-user-data.h"
#include "ent-words-error-private.h"
#include "ent-words.h"

#include <string.h>

typedef struct
{
  GQuark domain;
  int code;
  const char *text; /* as ent_words_error_to_text tells it */
} Code;

static void
test_codes (void)
{
  const Code codes[] = {
    { ENT_STORE_ERROR, ENT_STORE_ERROR_FAILED, "store:failed:" },
    { ENT_STORE_ERROR, ENT_STORE_ERROR_CORRUPT, "store:corrupt:" },
    { ENT_STORE_ERROR, ENT_STORE_ERROR_FULL, "store:full:" },
    { ENT_STORE_ERROR, ENT_STORE_ERROR_BUSY, "store:busy:" },
    { ENT_STORE_ERROR, ENT_STORE_ERROR_READONLY, "store:readonly:" },
    { ENT_STORE_ERROR, ENT_STORE_ERROR_VERSION, "store:version:" },
    { ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND, "store:not-found:" },
    { ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS, "store:exists:" },
    { ENT_STORE_ERROR, ENT_STORE_ERROR_CONFLICT, "store:conflict:" },
    { ENT_API_ERROR, ENT_API_ERROR_AUTH, "api:auth:" },
    { ENT_API_ERROR, ENT_API_ERROR_FORBIDDEN, "api:forbidden:" },
    { ENT_API_ERROR, ENT_API_ERROR_OFFLINE, "api:offline:" },
    { ENT_API_ERROR, ENT_API_ERROR_TIMEOUT, "api:timeout:" },
    { ENT_API_ERROR, ENT_API_ERROR_RATE_LIMITED, "api:rate-limited:" },
    { ENT_API_ERROR, ENT_API_ERROR_SERVER, "api:server:" },
    { ENT_API_ERROR, ENT_API_ERROR_REFUSED, "api:refused:" },
    { ENT_API_ERROR, ENT_API_ERROR_PROTOCOL, "api:protocol:" },
    { ENT_API_ERROR, ENT_API_ERROR_TLS, "api:tls:" },
    { ENT_API_ERROR, ENT_API_ERROR_CREDENTIALS, "api:credentials:" },
    { ENT_API_ERROR, ENT_API_ERROR_OPTIONS, "api:options:" },
    { ENT_SYNC_ERROR, ENT_SYNC_ERROR_LOCKED, "sync:locked:" },
    { ENT_SYNC_ERROR, ENT_SYNC_ERROR_PARTLY, "sync:partly:" },
    { ENT_SYNC_ERROR, ENT_SYNC_ERROR_NO_SOURCE, "sync:no-source:" },
    { ENT_REPORT_ERROR, ENT_REPORT_ERROR_INVALID, "report:invalid:" },
    { ENT_REPORT_ERROR, ENT_REPORT_ERROR_VERSION, "report:version:" },
    { ENT_REPORT_ERROR, ENT_REPORT_ERROR_LIMIT, "report:limit:" },
    { ENT_FILTER_ERROR, ENT_FILTER_ERROR_VALUE, "filter:value:" },
    { ENT_FILTER_ERROR, ENT_FILTER_ERROR_FIELD, "filter:field:" },
    { ENT_FILTER_ERROR, ENT_FILTER_ERROR_LIMIT, "filter:limit:" },
    { ENT_TIME_ERROR, ENT_TIME_ERROR_INVALID, "time:invalid:" },
    { ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FAILED, "export:failed:" },
    { ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FULL, "export:full:" },
    { ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_NOT_WRITABLE, "export:not-writable:" },
    { ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_NOT_POSSIBLE, "export:not-possible:" },
    { ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_INCOMPLETE, "export:incomplete:" },
    { G_IO_ERROR, G_IO_ERROR_CANCELLED, "io:cancelled:" },
    { G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "io:not-found:" },
    { G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "io:permission-denied:" },
    { G_IO_ERROR, G_IO_ERROR_NO_SPACE, "io:no-space:" },
    { G_IO_ERROR, G_IO_ERROR_EXISTS, "io:exists:" },
    { G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "io:invalid-data:" },
  };
  guint n;

  ent_fault_table (&n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (codes));
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (codes[i].domain, codes[i].code, "detail");
      g_autoptr (EntWordsError) words = ent_words_error_new (error);
      g_autoptr (EntWordsError) from_text = NULL;
      g_autofree char *text = ent_words_error_to_text (error, FALSE);

      g_assert_cmpstr (text, ==, codes[i].text);
      from_text = ent_words_error_new_from_text (text);
      g_assert_cmpstr (words->title, ==, from_text->title);
      g_assert_cmpstr (words->title, !=, "Something went wrong");
      g_assert_true (g_str_has_suffix (words->body, ".") || g_str_has_suffix (words->body, ")"));
    }
}

/* The number of EntExportState is all that words knows of it. */
static void
test_export_states (void)
{
  g_assert_cmpstr (ent_words_export_state (ENT_EXPORT_QUEUED), ==, "Queued");
  g_assert_cmpstr (ent_words_export_state (ENT_EXPORT_RUNNING), ==, "Processing");
  g_assert_cmpstr (ent_words_export_state (ENT_EXPORT_FINISHED), ==, "Finished");
  g_assert_cmpstr (ent_words_export_state (ENT_EXPORT_FAILED), ==, "Failed");
  g_assert_cmpstr (ent_words_export_state (ENT_EXPORT_CANCELLED), ==, "Cancelled");
  g_assert_cmpstr (ent_words_export_state (ENT_EXPORT_INTERRUPTED), ==, "Interrupted");
}

/* What a form asks for has a label. */
static void
test_source_fields (void)
{
  const EntSourceClass *const *classes = ent_source_classes ();

  g_assert_nonnull (classes[0]);
  for (guint i = 0; classes[i] != NULL; i++)
    {
      g_assert_cmpstr (ent_words_source_kind (classes[i]->kind), !=, classes[i]->kind);
      g_assert_cmpstr (ent_words_source_kind_help (classes[i]->kind), !=, "");
      for (const EntSourceField *field = classes[i]->credentials; field->key != NULL; field++)
        g_assert_cmpstr (ent_words_source_field (field->key), !=, field->key);
      for (const EntSourceField *field = classes[i]->options; field->key != NULL; field++)
        g_assert_cmpstr (ent_words_source_field (field->key), !=, field->key);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fault-codes/codes", test_codes);
  g_test_add_func ("/fault-codes/export-states", test_export_states);
  g_test_add_func ("/fault-codes/source-fields", test_source_fields);
  return g_test_run ();
}
