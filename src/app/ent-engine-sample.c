/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample data as a source: its plan is kept in the options, so that the same provider
 * comes back at the next start, with its clock moved on to now. Main thread. */
#include "config.h"

#include "ent-engine-private.h"

#include <glib/gi18n.h>

/* The sample's own record, or a new one. (transfer full) */
static EntSourceRecord *
sample_record (EntEngine *self)
{
  EntSourceRecord *present = ent_engine_find_sample (self);
  EntSourceRecord *record;

  if (present != NULL)
    return ent_engine_copy_source (present);
  record = ent_source_record_new ();
  record->key = g_uuid_string_random ();
  record->name = g_strdup (_ ("Sample data"));
  record->options = g_strdup ("{}");
  record->credentials = ENT_CREDENTIALS_SESSION;
  record->sample = TRUE;
  record->created_at = ent_clock_now ();
  return record;
}

static JsonObject *
options_of (const EntSourceRecord *record)
{
  g_autoptr (JsonNode) node = json_from_string (record->options, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return json_object_new ();
  return json_node_dup_object (node);
}

static char *
options_text (JsonObject *options)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, options);
  return json_to_string (node, FALSE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EntEngine *self = ENT_ENGINE (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!ent_engine_save_source_finish (self, result, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (ent_engine_is_open (self))
    ent_engine_synchronise (self, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  EntEngine *self = g_task_get_source_object (task);
  EntSourceRecord *record = g_object_get_data (G_OBJECT (task), "record");
  JsonObject *options = g_object_get_data (G_OBJECT (task), "options");
  GError *error = NULL;
  EntSample *sample = ent_sample_start_finish (result, &error);

  if (sample == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->sample, ent_sample_free);
  self->sample = sample;

  json_object_set_string_member (options, "url", ent_sample_get_url (sample));
  g_free (record->options);
  record->options = options_text (options);
  g_free (record->kind);
  record->kind = g_strdup (ent_sample_get_kind (sample));
  ent_engine_set_session_credentials (self, record->key, ent_sample_get_credentials (sample));
  g_task_set_task_data (task, g_strdup (record->name), g_free);
  ent_engine_save_source_async (self, record, NULL, saved_cb, g_steal_pointer (&task));
}

void
ent_engine_start_sample_async (EntEngine *self, GAsyncReadyCallback callback, gpointer data)
{
  g_auto (EntSamplePlan) plan = { 0 };
  EntSourceRecord *record;
  JsonObject *options;
  GTask *task;

  g_return_if_fail (ent_engine_is_open (self));

  record = sample_record (self);
  options = options_of (record);
  if (!ent_sample_plan_from_options (&plan, options))
    {
      ent_sample_plan_init (&plan, ent_clock_now ());
      ent_sample_plan_to_options (&plan, options);
    }
  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, ent_engine_start_sample_async);
  g_object_set_data_full (G_OBJECT (task), "record", record,
                          (GDestroyNotify) ent_source_record_unref);
  g_object_set_data_full (G_OBJECT (task), "options", options, (GDestroyNotify) json_object_unref);
  ent_sample_start_async (&plan, ent_clock_now (), NULL, started_cb, task);
}

gboolean
ent_engine_start_sample_finish (EntEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
