/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A strict JSON reader (RFC 8259) for our own small files. It makes json-glib's nodes itself,
 * so that nothing is read twice in two ways: json-glib 1.6.6's own parser crashes on 100,000
 * nested lists, takes comments, single quotes, 017 and a second root, lets integers wrap and cuts
 * strings at \u0000. Not recursive; one pass; also refuses duplicate keys. Pure, any thread. */

#include "config.h"

#include "ent-json-guard.h"
#include "ent-json-private.h"
#include "ent-quote-private.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* One open list or object. */
typedef struct
{
  JsonObject *object; /* owned; NULL for a list */
  JsonArray *array;   /* owned; NULL for an object */
  char *key;          /* owned; the key whose value comes next */
} Frame;

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  guint max_depth;
  GArray *frames; /* Frame, outermost first */
  EntJsonFault fault;
  const char *fault_at;
  char *why; /* owned */
} Parser;

static void
clear_frame (gpointer data)
{
  Frame *frame = data;

  g_clear_pointer (&frame->object, json_object_unref);
  g_clear_pointer (&frame->array, json_array_unref);
  g_clear_pointer (&frame->key, g_free);
}

static gboolean G_GNUC_PRINTF (3, 4) fail (Parser *self, const char *at, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_free (self->why);
  self->why = g_strdup_vprintf (format, args);
  va_end (args);
  self->fault_at = at;
  if (self->fault == ENT_JSON_FAULT_NONE)
    self->fault = ENT_JSON_FAULT_SYNTAX;
  return FALSE;
}

static void
skip_space (Parser *self)
{
  while (self->at < self->end && memchr (" \t\r\n", *self->at, 4) != NULL)
    self->at++;
}

static gboolean
take_char (Parser *self, char c)
{
  if (self->at == self->end || *self->at != c)
    return FALSE;

  self->at++;
  return TRUE;
}

static gboolean
take_unit (Parser *self, guint *unit)
{
  *unit = 0;
  if (self->end - self->at < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++, self->at++)
    {
      int digit = g_ascii_xdigit_value (*self->at);

      if (digit < 0)
        return FALSE;
      *unit = *unit << 4 | (guint) digit;
    }
  return TRUE;
}

/* Behind "\u". */
static gboolean
take_code_point (Parser *self, GString *out)
{
  const char *at = self->at - 2;
  guint high, low;

  if (!take_unit (self, &high))
    return fail (self, at, "\\u needs four hexadecimal digits");
  if (high == 0)
    return fail (self, at, "\\u0000 is not allowed in a text");
  if (high >= 0xd800 && high < 0xe000)
    {
      if (high >= 0xdc00 || !take_char (self, '\\') || !take_char (self, 'u') ||
          !take_unit (self, &low) || low < 0xdc00 || low >= 0xe000)
        return fail (self, at, "half of a surrogate pair");
      high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }

  g_string_append_unichar (out, high);
  return TRUE;
}

static gboolean
take_escape (Parser *self, GString *out)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *hit;

  if (self->at == self->end)
    return fail (self, self->at, "the text ends inside a string");
  if (take_char (self, 'u'))
    return take_code_point (self, out);

  hit = memchr (letters, *self->at, sizeof letters - 1);
  if (hit == NULL)
    return fail (self, self->at - 1, "unknown escape in a string");
  g_string_append_c (out, meanings[hit - letters]);
  self->at++;
  return TRUE;
}

/* Behind the opening quote. (transfer full), NULL on failure */
static char *
take_string (Parser *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (;;)
    {
      const char *plain = self->at;

      while (self->at < self->end && (guchar) *self->at >= 0x20 && *self->at != '"' &&
             *self->at != '\\')
        self->at++;
      g_string_append_len (out, plain, self->at - plain);

      if (self->at == self->end)
        {
          fail (self, self->at, "the text ends inside a string");
          return NULL;
        }
      if (take_char (self, '"'))
        return g_string_free (g_steal_pointer (&out), FALSE);
      if (!take_char (self, '\\'))
        {
          fail (self, self->at, "a control character inside a string");
          return NULL;
        }
      if (!take_escape (self, out))
        return NULL;
    }
}

static guint
skip_digits (Parser *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return (guint) (self->at - start);
}

/* (transfer full), NULL on failure */
static JsonNode *
take_number (Parser *self)
{
  const char *start = self->at;
  g_autofree char *text = NULL;
  gboolean integer = TRUE, right = TRUE;
  JsonNode *node;

  take_char (self, '-');
  if (!take_char (self, '0'))
    right = skip_digits (self) > 0;
  if (right && take_char (self, '.'))
    {
      integer = FALSE;
      right = skip_digits (self) > 0;
    }
  if (right && (take_char (self, 'e') || take_char (self, 'E')))
    {
      integer = FALSE;
      if (!take_char (self, '+'))
        take_char (self, '-');
      right = skip_digits (self) > 0;
    }
  if (!right || (self->at < self->end && (g_ascii_isalnum (*self->at) || *self->at == '.')))
    {
      fail (self, start, "a malformed number");
      return NULL;
    }

  text = g_strndup (start, (gsize) (self->at - start));
  node = json_node_new (JSON_NODE_VALUE);
  if (integer)
    {
      gint64 value = 0;

      right = g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL);
      json_node_set_int (node, value);
    }
  else
    {
      double value = g_ascii_strtod (text, NULL);

      right = isfinite (value);
      json_node_set_double (node, right ? value : 0);
    }
  if (!right)
    {
      json_node_unref (node);
      fail (self, start, "a number out of range");
      return NULL;
    }
  return node;
}

static gboolean
take_word (Parser *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;
  if ((gsize) (self->end - self->at) > length && g_ascii_isalnum (self->at[length]))
    return FALSE;

  self->at += length;
  return TRUE;
}

/* A text, a number, true, false or null. (transfer full), NULL on failure */
static JsonNode *
take_scalar (Parser *self)
{
  JsonNode *node;

  if (self->at == self->end)
    {
      fail (self, self->at, "the text ends where a value should be");
      return NULL;
    }
  if (take_char (self, '"'))
    {
      g_autofree char *text = take_string (self);

      if (text == NULL)
        return NULL;
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_string (node, text);
      return node;
    }
  if (*self->at == '-' || g_ascii_isdigit (*self->at))
    return take_number (self);
  if (take_word (self, "null"))
    return json_node_new (JSON_NODE_NULL);
  if (take_word (self, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (take_word (self, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);

  fail (self, self->at, "not a JSON value");
  return NULL;
}

static Frame *
top_frame (Parser *self)
{
  return self->frames->len > 0 ? &g_array_index (self->frames, Frame, self->frames->len - 1) : NULL;
}

/* The key of a member, up to its colon. */
static gboolean
take_key (Parser *self)
{
  Frame *frame = top_frame (self);
  const char *start;

  skip_space (self);
  start = self->at;
  if (!take_char (self, '"'))
    return fail (self, self->at, "expected a key in double quotes");

  frame->key = take_string (self);
  if (frame->key == NULL)
    return FALSE;
  if (json_object_has_member (frame->object, frame->key))
    {
      g_autofree char *quoted = ent_quote (frame->key, -1);

      return fail (self, start, "the key %s stands twice in one object", quoted);
    }

  skip_space (self);
  return take_char (self, ':') || fail (self, self->at, "expected a colon behind the key");
}

/* Opens a list or an object; *@closed: it was empty. */
static gboolean
open_frame (Parser *self, char bracket, gboolean *closed)
{
  Frame frame = { 0 };

  if (self->frames->len >= self->max_depth)
    {
      self->fault = ENT_JSON_FAULT_LIMIT;
      return fail (self, self->at - 1, "lists and objects nested over %u deep", self->max_depth);
    }

  if (bracket == '{')
    frame.object = json_object_new ();
  else
    frame.array = json_array_new ();
  g_array_append_val (self->frames, frame);

  skip_space (self);
  *closed = take_char (self, bracket == '{' ? '}' : ']');
  return *closed || bracket == '[' || take_key (self);
}

/* Takes the top frame off as a node. (transfer full) */
static JsonNode *
close_frame (Parser *self)
{
  Frame *frame = top_frame (self);
  JsonNode *node;

  if (frame->object != NULL)
    {
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, g_steal_pointer (&frame->object));
    }
  else
    {
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, g_steal_pointer (&frame->array));
    }
  g_array_set_size (self->frames, self->frames->len - 1);
  return node;
}

/* Puts a finished value where it belongs, then reads the comma or what closes. *@node: NULL,
 * or the list or object that is finished with it. @node is consumed. */
static gboolean
place_value (Parser *self, JsonNode **node)
{
  Frame *frame = top_frame (self);

  if (frame->object != NULL)
    {
      json_object_set_member (frame->object, frame->key, g_steal_pointer (node));
      g_clear_pointer (&frame->key, g_free);
    }
  else
    {
      json_array_add_element (frame->array, g_steal_pointer (node));
    }

  skip_space (self);
  if (take_char (self, ','))
    return frame->object == NULL || take_key (self);
  if (take_char (self, frame->object != NULL ? '}' : ']'))
    {
      *node = close_frame (self);
      return TRUE;
    }
  return fail (self, self->at,
               frame->object != NULL ? "expected a comma or } behind a member"
                                     : "expected a comma or ] behind an item");
}

/* (transfer full), NULL on failure */
static JsonNode *
take_root (Parser *self)
{
  for (;;)
    {
      JsonNode *node = NULL;
      gboolean opened, closed = FALSE;

      skip_space (self);
      opened = self->at < self->end && (*self->at == '{' || *self->at == '[');
      if (opened)
        {
          char bracket = *self->at++;

          if (!open_frame (self, bracket, &closed))
            return NULL;
          if (!closed)
            continue;
          node = close_frame (self);
        }
      else
        {
          node = take_scalar (self);
          if (node == NULL)
            return NULL;
        }

      while (node != NULL && self->frames->len > 0)
        if (!place_value (self, &node))
          return NULL;
      if (node != NULL)
        return node;
    }
}

static JsonNode *
take_document (Parser *self)
{
  g_autoptr (JsonNode) root = NULL;

  if (take_word (self, "\xef\xbb\xbf"))
    {
      fail (self, self->start, "the text begins with a byte-order mark");
      return NULL;
    }
  root = take_root (self);
  if (root == NULL)
    return NULL;

  skip_space (self);
  if (self->at != self->end)
    {
      fail (self, self->at, "more text behind the end of the value");
      return NULL;
    }
  return g_steal_pointer (&root);
}

/* "line 3, column 14: why". Columns count characters. */
static void
set_error (const Parser *self, GError **error)
{
  guint line = 1;
  const char *line_start = self->start;

  for (const char *p = self->start; p < self->fault_at; p++)
    if (*p == '\n')
      {
        line++;
        line_start = p + 1;
      }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "line %u, column %ld: %s", line,
               g_utf8_strlen (line_start, self->fault_at - line_start) + 1, self->why);
}

JsonNode *
ent_json_parse_classified (const char *text,
                           gsize length,
                           gsize max_bytes,
                           guint max_depth,
                           EntJsonFault *fault,
                           GError **error)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  Parser self = {
    .start = text, .at = text, .end = text + length, .max_depth = max_depth, .frames = frames
  };
  JsonNode *root = NULL;

  g_array_set_clear_func (frames, clear_frame);
  if (length > max_bytes)
    {
      self.fault = ENT_JSON_FAULT_LIMIT;
      fail (&self, text, "%" G_GSIZE_FORMAT " bytes; at most %" G_GSIZE_FORMAT " are possible",
            length, max_bytes);
    }
  else if (!g_utf8_validate_len (text, length, &self.fault_at))
    {
      fail (&self, self.fault_at, "not UTF-8");
    }
  else
    {
      root = take_document (&self);
    }

  if (root == NULL)
    set_error (&self, error);
  *fault = self.fault;
  g_free (self.why);
  return root;
}

/**
 * ent_json_parse_guarded:
 * @text: the text, need not be NUL-terminated
 * @length: its length in bytes
 * @max_bytes: refuse longer texts
 * @max_depth: how many lists and objects may stand in each other
 * @error: return location
 *
 * Reads strict JSON. An integer is a #gint64 or refused, any other number a finite double or
 * refused.
 *
 * Returns: (transfer full): the root; %NULL with %G_IO_ERROR_INVALID_DATA that names line, column
 *   and reason
 */
JsonNode *
ent_json_parse_guarded (
    const char *text, gsize length, gsize max_bytes, guint max_depth, GError **error)
{
  EntJsonFault fault;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  return ent_json_parse_classified (text != NULL ? text : "", length, max_bytes, max_depth, &fault,
                                    error);
}
