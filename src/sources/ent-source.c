/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a source is: the registry of kinds, and the checks that all kinds share. Fetch thread. */
#include "config.h"

#include "ent-source.h"

#include "ent-engage.h"

#include <string.h>

G_DEFINE_QUARK (ent_api_error_quark, ent_api_error)

void
ent_source_rejected_free (EntSourceRejected *self)
{
  g_free (self->reason);
  g_free (self->raw);
  g_free (self);
}

EntPage *
ent_page_new (void)
{
  EntPage *self = g_new0 (EntPage, 1);

  self->observations = ent_observations_new ();
  self->quarantine = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_source_rejected_free);
  return self;
}

void
ent_page_free (EntPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->observations, ent_observations_free);
  g_clear_pointer (&self->quarantine, g_ptr_array_unref);
  g_free (self->next_page);
  g_free (self);
}

const EntSourceClass *const *
ent_source_classes (void)
{
  static const EntSourceClass *classes[2];

  if (classes[0] == NULL)
    classes[0] = ent_engage_get_class ();
  return classes;
}

const EntSourceClass *
ent_source_class_find (const char *kind)
{
  const EntSourceClass *const *klass;

  for (klass = ent_source_classes (); *klass != NULL; klass++)
    if (g_strcmp0 ((*klass)->kind, kind) == 0)
      return *klass;
  return NULL;
}

gboolean
ent_source_class_is_main_channel (const EntSourceClass *klass, EntChannel channel)
{
  for (guint i = 0; i < klass->n_main_channels; i++)
    if (klass->channels[i] == channel)
      return TRUE;
  return FALSE;
}

/* Every required field is there and is text. The message names the field, never its value. */
static gboolean
check_credentials (const EntSourceClass *klass, JsonObject *credentials, GError **error)
{
  for (const EntSourceField *field = klass->credentials; field->key != NULL; field++)
    {
      JsonNode *node =
          credentials != NULL ? json_object_get_member (credentials, field->key) : NULL;
      gboolean text = node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                      json_node_get_value_type (node) == G_TYPE_STRING &&
                      *json_node_get_string (node) != '\0';

      if (text || (node == NULL && !field->required))
        continue;
      g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_CREDENTIALS, "The credentials lack %s",
                   field->key);
      return FALSE;
    }
  return TRUE;
}

EntSource *
ent_source_new (const char *kind, JsonObject *options, JsonObject *credentials, GError **error)
{
  const EntSourceClass *klass = ent_source_class_find (kind);

  if (klass == NULL)
    {
      g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_OPTIONS,
                   "There is no kind of source called %s", kind);
      return NULL;
    }
  if (!check_credentials (klass, credentials, error))
    return NULL;
  return klass->create (options, credentials, error);
}

void
ent_source_free (EntSource *self)
{
  if (self != NULL)
    self->klass->free (self);
}

void
ent_source_set_retry_func (EntSource *self, EntRetryFunc func, gpointer user_data)
{
  self->retry_func = func;
  self->retry_data = user_data;
}

EntPage *
ent_source_fetch (EntSource *self,
                  const EntPageRequest *request,
                  GCancellable *cancellable,
                  GError **error)
{
  return self->klass->fetch (self, request, cancellable, error);
}

gboolean
ent_source_test (EntSource *self, GCancellable *cancellable, GError **error)
{
  return self->klass->test (self, cancellable, error);
}
