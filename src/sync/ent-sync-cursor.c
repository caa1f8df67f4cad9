/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a source's synchronisation stands, as JSON. Pure; fetch thread. */
#include "config.h"

#include "ent-sync-cursor.h"

#include "ent-json-guard.h"

#define MAX_BYTES 65536
#define MAX_DEPTH 4
/* Instants beyond the years that a clock can show are damage, and would overflow differences. */
#define MAX_INSTANT (G_GINT64_CONSTANT (1) << 53)

void
ent_sync_cursor_init (EntSyncCursor *self)
{
  *self = (EntSyncCursor){ .pass = ENT_TIME_NONE };
  for (guint i = 0; i < ENT_N_CHANNELS; i++)
    self->synced[i] = ENT_TIME_NONE;
}

void
ent_sync_cursor_clear (EntSyncCursor *self)
{
  g_clear_pointer (&self->page, g_free);
}

void
ent_sync_cursor_set_window (EntSyncCursor *self, const EntSyncWindow *window, const char *page)
{
  g_free (self->page);
  self->window = window != NULL ? *window : (EntSyncWindow){ 0 };
  self->page = g_strdup (page);
}

/* ---- Reading -------------------------------------------------------------------------------- */

static gint64
read_instant (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64)
    return ENT_TIME_NONE;
  if (ABS (json_node_get_double (node)) > (double) MAX_INSTANT)
    return ENT_TIME_NONE;
  return json_node_get_int (node);
}

static const char *
read_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static JsonObject *
read_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
read_window (EntSyncCursor *self, JsonObject *object)
{
  EntSyncWindow window = { .from = read_instant (object, "from"),
                           .to = read_instant (object, "to") };
  const char *page = read_text (object, "page");
  const char *channel = read_text (object, "channel");

  if (page != NULL && channel != NULL && ent_channel_from_key (channel, &window.channel) &&
      window.from != ENT_TIME_NONE && window.from < window.to)
    ent_sync_cursor_set_window (self, &window, page);
}

void
ent_sync_cursor_parse (EntSyncCursor *self, const char *text)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  JsonObject *synced;
  JsonObject *window;

  ent_sync_cursor_init (self);
  if (text == NULL)
    return;
  root = ent_json_parse_guarded (text, strlen (text), MAX_BYTES, MAX_DEPTH, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;

  object = json_node_get_object (root);
  synced = read_object (object, "synced");
  for (guint i = 0; i < ENT_N_CHANNELS; i++)
    self->synced[i] = read_instant (synced, ent_channel_key ((EntChannel) i));
  self->pass = read_instant (object, "pass");
  window = read_object (object, "window");
  if (window != NULL)
    read_window (self, window);
}

/* ---- Writing -------------------------------------------------------------------------------- */

static void
add_instant (JsonBuilder *builder, const char *name, gint64 value)
{
  if (value == ENT_TIME_NONE)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_window (JsonBuilder *builder, const EntSyncCursor *self)
{
  json_builder_set_member_name (builder, "window");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "channel");
  json_builder_add_string_value (builder, ent_channel_key (self->window.channel));
  add_instant (builder, "from", self->window.from);
  add_instant (builder, "to", self->window.to);
  json_builder_set_member_name (builder, "page");
  json_builder_add_string_value (builder, self->page);
  json_builder_end_object (builder);
}

char *
ent_sync_cursor_print (const EntSyncCursor *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "synced");
  json_builder_begin_object (builder);
  for (guint i = 0; i < ENT_N_CHANNELS; i++)
    add_instant (builder, ent_channel_key ((EntChannel) i), self->synced[i]);
  json_builder_end_object (builder);
  add_instant (builder, "pass", self->pass);
  if (self->page != NULL)
    add_window (builder, self);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
