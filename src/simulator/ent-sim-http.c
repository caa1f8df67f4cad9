/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the handlers of the server have in common: compression, errors as JSON, limits. See the
 * header.
 */
#include "config.h"

#include "ent-sim-http.h"

#include "ent-sim-json.h"

#define MAX_BODY (256 * 1024)
#define MAX_DEPTH 8

static gboolean
takes_gzip (SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_list (
      soup_server_message_get_request_headers (message), "Accept-Encoding");
  GSList *codings = header != NULL ? soup_header_parse_quality_list (header, NULL) : NULL;
  gboolean found = g_slist_find_custom (codings, "gzip", (GCompareFunc) g_ascii_strcasecmp) != NULL;

  soup_header_free_list (codings);
  return found;
}

static GBytes *
compress (const GString *text)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream =
      g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  /* Writing to memory cannot fail. */
  g_output_stream_write_all (stream, text->str, text->len, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/**
 * ent_sim_http_respond:
 * @type: of the content
 *
 * Answers with @text, compressed for clients that take gzip.
 */
void
ent_sim_http_respond (SoupServerMessage *message,
                      guint status,
                      const char *type,
                      const GString *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *bytes = text->str;
  gsize length = text->len;
  g_autoptr (GBytes) compressed = NULL;

  if (takes_gzip (message))
    {
      compressed = compress (text);
      bytes = g_bytes_get_data (compressed, &length);
      soup_message_headers_replace (headers, "Content-Encoding", "gzip");
    }
  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, bytes, length);
}

void
ent_sim_http_respond_json (SoupServerMessage *message, guint status, const GString *text)
{
  ent_sim_http_respond (message, status, "application/json", text);
}

/**
 * ent_sim_http_respond_message:
 *
 * Answers with an object that has @words as its message.
 */
void
ent_sim_http_respond_message (SoupServerMessage *message, guint status, const char *words)
{
  g_autoptr (GString) text = g_string_new ("{");

  ent_sim_json_append_text (text, "message", words);
  g_string_append_c (text, '}');
  ent_sim_http_respond_json (message, status, text);
}

/**
 * ent_sim_http_check:
 * @expected: the path; handlers of SoupServer get everything below theirs too
 * @methods: those that are allowed, as for the header of that name
 *
 * Returns: whether the request is one for the handler; otherwise it has been answered
 */
gboolean
ent_sim_http_check (SoupServerMessage *message,
                    const char *path,
                    const char *expected,
                    const char *methods)
{
  g_auto (GStrv) allowed = g_strsplit (methods, ", ", -1);

  if (!g_str_equal (path, expected))
    {
      ent_sim_http_respond_message (message, 404, "Not Found");
      return FALSE;
    }
  if (!g_strv_contains ((const char *const *) allowed, soup_server_message_get_method (message)))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow",
                                    methods);
      ent_sim_http_respond_message (message, 405, "Method Not Allowed");
      return FALSE;
    }
  if (soup_server_message_get_request_body (message)->length > MAX_BODY)
    {
      ent_sim_http_respond_message (message, 413, "Payload Too Large");
      return FALSE;
    }
  return TRUE;
}

/**
 * ent_sim_http_parse_object:
 *
 * Returns: (transfer full) (nullable): the object that the client sent, or %NULL if it is none
 */
JsonNode *
ent_sim_http_parse_object (SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (data == NULL || !g_utf8_validate_len (data, length, NULL) ||
      !ent_sim_json_is_shallow (data, length, MAX_DEPTH) ||
      !json_parser_load_from_data (parser, data, (gssize) length, NULL) ||
      json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  return json_parser_steal_root (parser);
}

/**
 * ent_sim_http_get_value:
 * @root: (nullable): an object
 *
 * Returns: (transfer none) (nullable): the member called @name, if it is a value of @type
 */
JsonNode *
ent_sim_http_get_value (JsonNode *root, const char *name, GType type)
{
  JsonNode *node = root != NULL ? json_object_get_member (json_node_get_object (root), name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
             ? node
             : NULL;
}
