/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small provider of our own: see the header. The script runs in the server's threads, one
 * request at a time; the test changes it only while none is under way. */
#include "config.h"

#include "ent-flow-script.h"

#include "ent-time.h"

#include <string.h>

#define PAGE_SIZE 100

static const char *
known_channel (const char *name)
{
  static const char *const names[] = { "WHATSAPP", "SMS", "RCS", "MMS" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      return names[i];
  g_error ("A question about the channel %s", name);
}

static gint64
read_instant (JsonObject *object, const char *name)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  ent_instant_parse (json_object_get_string_member (object, name), -1, NULL, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
read_question (const EntFaultRequest *request, EntFlowQuestion *question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (request->body, &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (object, "timezone"), ==, "UTC");
  g_assert_cmpstr (json_object_get_string_member (object, "direction"), ==, "all");
  question->channel = known_channel (
      json_array_get_string_element (json_object_get_array_member (object, "channels"), 0));
  question->from = read_instant (object, "start_date");
  question->to = read_instant (object, "end_date");
  question->page = (guint) json_object_get_int_member (object, "page");
  question->number = request->number;
}

static void
append_item (GString *out, const EntFlowMessage *message)
{
  g_autofree char *time = ent_instant_format (message->time);
  g_autofree char *updated = ent_instant_format (message->updated);

  if (message->raw != NULL)
    {
      g_string_append (out, message->raw);
      return;
    }
  g_string_append_printf (
      out,
      "{\"message_id\":\"%s\",\"direction\":\"outbound\",\"timestamp\":\"%s\","
      "\"last_status_update\":\"%s\",\"status\":\"%s\",\"content\":\"ol\xc3\xa1\","
      "\"destination_address\":\"+5511912345678\"}",
      message->id, time, updated, message->status);
}

static char *
make_page (EntFlowScript *self, EntFlowQuestion *question)
{
  GString *out = g_string_new ("{\"messages\":[");
  guint n = 0;
  guint first = question->page * PAGE_SIZE;

  for (guint i = 0; i < self->messages->len; i++)
    {
      const EntFlowMessage *message = g_ptr_array_index (self->messages, i);

      if (strcmp (message->channel, question->channel) != 0 || message->time < question->from ||
          message->time >= question->to)
        continue;
      if (n >= first && n < first + PAGE_SIZE)
        {
          if (n > first)
            g_string_append_c (out, ',');
          append_item (out, message);
        }
      n++;
    }
  question->has_messages = n > first;
  g_string_append_printf (out, "],\"pagination\":{\"page\":%u,\"page_size\":%u,\"has_next\":%s}}",
                          question->page, PAGE_SIZE, n > first + PAGE_SIZE ? "true" : "false");
  return g_string_free (out, FALSE);
}

static void
answer_cb (const EntFaultRequest *request, EntFaultAnswer *answer, gpointer user_data)
{
  EntFlowScript *self = user_data;
  EntFlowQuestion question = { 0 };
  g_autofree char *honest = NULL;

  read_question (request, &question);
  honest = make_page (self, &question);
  g_array_append_val (self->asked, question);
  if (self->hook == NULL || !self->hook (&question, honest, answer, self->hook_data))
    ent_fault_answer_set (answer, 200, "Content-Type: application/json\r\n", honest,
                          strlen (honest));
}

static void
free_message (gpointer data)
{
  EntFlowMessage *message = data;

  g_free (message->id);
  g_free (message);
}

EntFlowScript *
ent_flow_script_new (void)
{
  EntFlowScript *self = g_new0 (EntFlowScript, 1);

  self->messages = g_ptr_array_new_with_free_func (free_message);
  self->asked = g_array_new (FALSE, FALSE, sizeof (EntFlowQuestion));
  self->server = ent_fault_server_new (NULL, answer_cb, self);
  return self;
}

void
ent_flow_script_free (EntFlowScript *self)
{
  if (self == NULL)
    return;
  ent_fault_server_free (self->server);
  g_ptr_array_unref (self->messages);
  g_array_unref (self->asked);
  g_free (self);
}

void
ent_flow_script_add (
    EntFlowScript *self, const char *id, const char *channel, gint64 time, const char *status)
{
  EntFlowMessage *message = g_new0 (EntFlowMessage, 1);

  message->id = g_strdup (id);
  message->channel = known_channel (channel);
  message->time = time;
  message->status = status;
  message->updated = time;
  g_ptr_array_add (self->messages, message);
}

void
ent_flow_script_set_statuses (EntFlowScript *self, const char *status, gint64 updated)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      EntFlowMessage *message = g_ptr_array_index (self->messages, i);

      message->status = status;
      message->updated = updated;
    }
}

void
ent_flow_script_add_many (
    EntFlowScript *script, const char *channel, guint n, gint64 from, gint64 step)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u-%" G_GINT64_FORMAT, channel, i, from);

      ent_flow_script_add (script, id, channel, from + i * step, "delivered");
    }
}
