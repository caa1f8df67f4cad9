/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One GSettings object for the process, made when it is first asked for. Main thread. */
#include "config.h"

#include "ent-settings.h"

GSettings *
ent_settings_get (void)
{
  static GSettings *settings;
  static gboolean looked;
  GSettingsSchemaSource *source;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (looked)
    return settings;
  looked = TRUE;
  source = g_settings_schema_source_get_default ();
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);
  if (schema != NULL)
    settings = g_settings_new_full (schema, NULL, NULL);
  else
    g_message ("The settings schema %s is not installed: nothing will be remembered", APP_ID);
  return settings;
}

gboolean
ent_settings_get_boolean (const char *key, gboolean fallback)
{
  GSettings *settings = ent_settings_get ();

  return settings != NULL ? g_settings_get_boolean (settings, key) : fallback;
}

int
ent_settings_get_int (const char *key, int fallback)
{
  GSettings *settings = ent_settings_get ();

  return settings != NULL ? g_settings_get_int (settings, key) : fallback;
}

char *
ent_settings_dup_string (const char *key, const char *fallback)
{
  GSettings *settings = ent_settings_get ();

  return settings != NULL ? g_settings_get_string (settings, key) : g_strdup (fallback);
}

void
ent_settings_set_string (const char *key, const char *value)
{
  GSettings *settings = ent_settings_get ();

  if (settings != NULL)
    g_settings_set_string (settings, key, value);
}

void
ent_settings_set_boolean (const char *key, gboolean value)
{
  GSettings *settings = ent_settings_get ();

  if (settings != NULL)
    g_settings_set_boolean (settings, key, value);
}

void
ent_settings_set_int (const char *key, int value)
{
  GSettings *settings = ent_settings_get ();

  if (settings != NULL)
    g_settings_set_int (settings, key, value);
}
