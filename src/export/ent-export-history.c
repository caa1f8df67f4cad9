/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the history says of an export as it goes on. A history that cannot be written (a
 * read-only data folder) must not stop an export to another place. */

#include "config.h"

#include "ent-export-history.h"

#include "ent-words.h"

#include <unistd.h>

/* What the filter says of sub-accounts, as it was written: "Norte, !Sul"; "" for all. */
static char *
subaccounts (const EntFilter *filter)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ent_filter_get_n_values (filter, ENT_FILTER_SUBACCOUNT); i++)
    {
      gboolean negated;
      const char *value = ent_filter_get_value (filter, ENT_FILTER_SUBACCOUNT, i, &negated);

      g_string_append_printf (out, "%s%s%s", i > 0 ? ", " : "", negated ? "!" : "", value);
    }
  return g_string_free (out, FALSE);
}

EntExportHistory *
ent_export_history_new (EntUserData *user_data, const EntExportRequest *request)
{
  EntExportHistory *self = g_new0 (EntExportHistory, 1);
  EntExportRecord *record = ent_export_record_new ();

  self->user_data = user_data != NULL ? ent_user_data_ref (user_data) : NULL;
  self->record = record;
  record->requested_at = ent_clock_now ();
  record->user = g_strdup (g_get_user_name ());
  record->subaccount = subaccounts (request->report->filter);
  record->template_name = g_strdup (request->template_name);
  record->request = ent_export_request_to_json (request);
  record->path = g_strdup (request->path);
  record->pid = getpid ();
  self->holder = -1;
  return self;
}

static void
hold (EntExportHistory *self, const char *partial_path)
{
  if (self->user_data == NULL)
    return;
  self->held = g_strdup (partial_path);
  self->holder = ent_user_data_hold_export (self->user_data, partial_path);
}

static void
let_go (EntExportHistory *self)
{
  if (self->held != NULL)
    ent_user_data_let_go_export (self->user_data, self->held, self->holder);
  g_clear_pointer (&self->held, g_free);
  self->holder = -1;
}

void
ent_export_history_free (EntExportHistory *self)
{
  let_go (self);
  g_clear_pointer (&self->user_data, ent_user_data_unref);
  g_clear_pointer (&self->record, ent_export_record_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
save (EntExportHistory *self)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (self->user_data == NULL)
    return;
  id = ent_user_data_save_export (self->user_data, self->record, &error);
  if (id != 0)
    self->record->id = id;
  else if (self->error == NULL)
    self->error = g_steal_pointer (&error);
}

void
ent_export_history_queued (EntExportHistory *self)
{
  self->record->state = ENT_EXPORT_QUEUED;
  save (self);
}

void
ent_export_history_running (EntExportHistory *self, const char *partial_path)
{
  self->record->state = ENT_EXPORT_RUNNING;
  self->record->started_at = ent_clock_now ();
  g_free (self->record->partial_path);
  self->record->partial_path = g_strdup (partial_path);
  let_go (self);
  hold (self, partial_path);
  save (self);
}

static void
end (EntExportHistory *self, EntExportState state)
{
  self->record->state = state;
  self->record->finished_at = ent_clock_now ();
  self->record->pid = 0;
  g_clear_pointer (&self->record->partial_path, g_free);
  save (self);
  let_go (self);
}

void
ent_export_history_finished (EntExportHistory *self,
                             const EntExportResult *result,
                             gint64 data_version,
                             const char *provenance)
{
  EntExportRecord *record = self->record;

  record->rows = result->rows;
  record->bytes = result->bytes;
  record->data_version = data_version;
  g_free (record->sha256);
  record->sha256 = g_strdup (result->sha256);
  g_free (record->provenance);
  record->provenance = g_strdup (provenance);
  end (self, ENT_EXPORT_FINISHED);
}

void
ent_export_history_failed (EntExportHistory *self, const GError *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_free (self->record->error);
  self->record->error = cancelled ? NULL : ent_words_error_to_text (error, TRUE);
  end (self, cancelled ? ENT_EXPORT_CANCELLED : ENT_EXPORT_FAILED);
}
