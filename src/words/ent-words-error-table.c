/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The faults that can reach a person, with what happened, what still works and what to do.
 * Codes are those of EntStoreError, EntApiError, EntSyncError, EntReportError, EntFilterError,
 * EntTimeError, EntExportError and GIOErrorEnum; tests hold them together. */

#include "config.h"

#include "ent-words-error-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

static const EntFault faults[] = {
  /* store */
  { "store", 0, "failed", N_ ("The database did not answer"),
    N_ ("Nothing was lost. Try again; if it happens again, check the database."),
    ENT_WORDS_ACTION_RETRY, FALSE },
  { "store", 1, "corrupt", N_ ("The message database is damaged"),
    N_ ("Templates and sources are safe. The next synchronisation sets the damaged file aside, "
        "under another name, and brings back what the provider still keeps."),
    ENT_WORDS_ACTION_RESYNCHRONISE, FALSE },
  { "store", 2, "full", N_ ("The disk is full"),
    N_ ("What was there before is safe. Free some space and try again."),
    ENT_WORDS_ACTION_FREE_SPACE, FALSE },
  { "store", 3, "busy", N_ ("The database is in use"),
    N_ ("Another program of Entrega is writing. Try again in a moment."), ENT_WORDS_ACTION_RETRY,
    FALSE },
  { "store", 4, "readonly", N_ ("The data folder cannot be written"),
    N_ ("What is there can be read and exported elsewhere, but nothing new can be stored."),
    ENT_WORDS_ACTION_CHOOSE_PLACE, FALSE },
  { "store", 5, "version", N_ ("The data is from a newer Entrega"),
    N_ ("It is left as it is. Update Entrega to open it."), ENT_WORDS_ACTION_UPDATE, FALSE },
  { "store", 6, "not-found", N_ ("Not found"),
    N_ ("What was asked for is not there, or is there no longer."), ENT_WORDS_ACTION_NONE, TRUE },
  { "store", 7, "exists", N_ ("The name is taken"), N_ ("Choose another name."),
    ENT_WORDS_ACTION_NONE, TRUE },
  { "store", 8, "conflict", N_ ("Changed elsewhere"),
    N_ ("It was changed in another window or by a command since it was opened. Look at the newer "
        "version before saving over it."),
    ENT_WORDS_ACTION_NONE, FALSE },

  /* sources */
  { "api", 0, "auth", N_ ("Credentials refused"),
    N_ ("The provider does not accept the credentials. What was synchronised stays usable."),
    ENT_WORDS_ACTION_CREDENTIALS, FALSE },
  { "api", 1, "forbidden", N_ ("Not allowed"),
    N_ ("The provider does not let this account read these reports."), ENT_WORDS_ACTION_EDIT_SOURCE,
    TRUE },
  { "api", 2, "offline", N_ ("No connection"),
    N_ ("The provider cannot be reached. What was synchronised stays usable."),
    ENT_WORDS_ACTION_RETRY, FALSE },
  { "api", 3, "timeout", N_ ("The provider does not answer"),
    N_ ("It took too long. What was synchronised stays usable, and the next try goes on from "
        "there."),
    ENT_WORDS_ACTION_RETRY, FALSE },
  { "api", 4, "rate-limited", N_ ("The provider asks for a pause"),
    N_ ("Too many requests were made with this account. The next try goes on from where this one "
        "stopped."),
    ENT_WORDS_ACTION_RETRY, FALSE },
  { "api", 5, "server", N_ ("The provider has a problem"),
    N_ ("It answered with an error of its own, also after several tries. The next try goes on from "
        "where this one stopped."),
    ENT_WORDS_ACTION_RETRY, FALSE },
  { "api", 6, "refused", N_ ("The provider refused the request"),
    N_ ("It may no longer keep the time that was asked for, or the address is not that of its "
        "reports."),
    ENT_WORDS_ACTION_EDIT_SOURCE, TRUE },
  { "api", 7, "protocol", N_ ("The answer cannot be understood"),
    N_ ("It was cut, too large or no report at all; nothing of it was stored. A network that asks "
        "for a login can be the cause."),
    ENT_WORDS_ACTION_RETRY, FALSE },
  { "api", 8, "tls", N_ ("The connection is not safe"),
    N_ ("The provider's certificate is not valid. Nothing was sent. Check the address and the "
        "computer's clock."),
    ENT_WORDS_ACTION_EDIT_SOURCE, FALSE },
  { "api", 9, "credentials", N_ ("Credentials are missing"),
    N_ ("They were not given or cannot be read. What was synchronised stays usable."),
    ENT_WORDS_ACTION_CREDENTIALS, TRUE },
  { "api", 10, "options", N_ ("A setting of the source is wrong"),
    N_ ("Correct the settings of the source."), ENT_WORDS_ACTION_EDIT_SOURCE, TRUE },

  /* sync */
  { "sync", 0, "locked", N_ ("Already synchronising"),
    N_ ("Another program of Entrega synchronises this data at the moment."), ENT_WORDS_ACTION_RETRY,
    TRUE },
  { "sync", 1, "partly", N_ ("Some sources failed"), N_ ("The other sources are up to date."),
    ENT_WORDS_ACTION_RETRY, FALSE },
  { "sync", 2, "no-source", N_ ("No source to synchronise"),
    N_ ("Add a source, or resume one that is paused."), ENT_WORDS_ACTION_EDIT_SOURCE, FALSE },

  /* core */
  { "report", 0, "invalid", N_ ("Not a valid report template"),
    N_ ("A part of the file has no meaning here."), ENT_WORDS_ACTION_NONE, TRUE },
  { "report", 1, "version", N_ ("Not a report template"),
    N_ ("The file is no template of Entrega, or one of a newer version."), ENT_WORDS_ACTION_UPDATE,
    TRUE },
  { "report", 2, "limit", N_ ("Too much for a report template"),
    N_ ("It has at most 1 MB, lists and objects 16 deep, and 10,000 values in its filters."),
    ENT_WORDS_ACTION_NONE, TRUE },
  { "filter", 0, "value", N_ ("This filter value is not possible"),
    N_ ("A value of the filter has no meaning."), ENT_WORDS_ACTION_NONE, TRUE },
  { "filter", 1, "field", N_ ("Unknown filter"), N_ ("There is no filter of that name."),
    ENT_WORDS_ACTION_NONE, TRUE },
  { "filter", 2, "limit", N_ ("The filter is too large"),
    N_ ("A filter takes at most 10,000 values of 1,000 bytes each."), ENT_WORDS_ACTION_NONE,
    FALSE },
  { "time", 0, "invalid", N_ ("Not a date or time zone"),
    N_ ("Write dates as 2026-11-22 and time zones as America/Sao_Paulo."), ENT_WORDS_ACTION_NONE,
    TRUE },

  /* export */
  { "export", 0, "failed", N_ ("The export failed"), N_ ("No file was written. Try again."),
    ENT_WORDS_ACTION_RETRY, TRUE },
  { "export", 1, "full", N_ ("No space for the export"),
    N_ ("No file was written. Free some space or choose another folder."),
    ENT_WORDS_ACTION_CHOOSE_PLACE, TRUE },
  { "export", 2, "not-writable", N_ ("The folder cannot be written"),
    N_ ("No file was written. Choose another folder."), ENT_WORDS_ACTION_CHOOSE_PLACE, TRUE },
  { "export", 3, "not-possible", N_ ("This export is not possible"),
    N_ ("The options do not go together."), ENT_WORDS_ACTION_NONE, TRUE },
  { "export", 4, "incomplete", N_ ("The export is not complete"),
    N_ ("The number of rows written is not the number of messages counted, so the file was not "
        "kept. Try again."),
    ENT_WORDS_ACTION_RETRY, TRUE },

  /* the system's */
  { "io", G_IO_ERROR_CANCELLED, "cancelled", N_ ("Cancelled"),
    N_ ("Nothing was changed by what was not finished."), ENT_WORDS_ACTION_NONE, FALSE },
  { "io", G_IO_ERROR_NOT_FOUND, "not-found", N_ ("File not found"),
    N_ ("The file or folder is not there."), ENT_WORDS_ACTION_CHOOSE_PLACE, TRUE },
  { "io", G_IO_ERROR_PERMISSION_DENIED, "permission-denied", N_ ("No permission"),
    N_ ("The file or folder may not be used by you."), ENT_WORDS_ACTION_CHOOSE_PLACE, TRUE },
  { "io", G_IO_ERROR_NO_SPACE, "no-space", N_ ("The disk is full"),
    N_ ("What was there before is safe. Free some space and try again."),
    ENT_WORDS_ACTION_FREE_SPACE, FALSE },
  { "io", G_IO_ERROR_EXISTS, "exists", N_ ("The file exists already"), N_ ("Choose another name."),
    ENT_WORDS_ACTION_CHOOSE_PLACE, TRUE },
  { "io", G_IO_ERROR_INVALID_DATA, "invalid-data", N_ ("The file cannot be understood"),
    N_ ("Its content is not what it should be."), ENT_WORDS_ACTION_NONE, TRUE },
};

const EntFault *
ent_fault_table (guint *n)
{
  *n = G_N_ELEMENTS (faults);
  return faults;
}

const EntFault *
ent_fault_find (const char *domain, int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (faults[i].code == code && strcmp (faults[i].domain, domain) == 0)
      return &faults[i];
  return NULL;
}

const EntFault *
ent_fault_find_nick (const char *domain, const char *nick)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (strcmp (faults[i].nick, nick) == 0 && strcmp (faults[i].domain, domain) == 0)
      return &faults[i];
  return NULL;
}

const char *
ent_fault_action_label (EntWordsAction action)
{
  switch (action)
    {
    case ENT_WORDS_ACTION_RETRY:
      return NC_ ("action", "Try again");
    case ENT_WORDS_ACTION_CREDENTIALS:
      return NC_ ("action", "Enter credentials…");
    case ENT_WORDS_ACTION_EDIT_SOURCE:
      return NC_ ("action", "Open sources");
    case ENT_WORDS_ACTION_CHOOSE_PLACE:
      return NC_ ("action", "Choose another place…");
    case ENT_WORDS_ACTION_FREE_SPACE:
      return NC_ ("action", "Try again");
    case ENT_WORDS_ACTION_RESYNCHRONISE:
      return NC_ ("action", "Synchronise again");
    case ENT_WORDS_ACTION_UPDATE:
    case ENT_WORDS_ACTION_NONE:
    default:
      return NULL;
    }
}
