/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only C++ of the project. simdjson's first stage finds the structure and validates the UTF-8
 * at gigabytes a second; what it makes of values is too strict for pages of a provider (a lone
 * surrogate or a number of twenty digits rejects the document), so the second stage is ours: a
 * state machine without recursion that unescapes in place and keeps numbers as text.
 * Pure; any thread. */

#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include "ent-json.h"

#include <memory>

struct _EntJson
{
  char *buffer; /* the text, padded; strings are unescaped in place and NUL-terminated */
  gsize length;
  EntJsonNode *nodes;
  guint n_nodes;
};

namespace
{

/* Number of bytes behind the text that may be read; spaces, so that a scalar ends there. */
constexpr gsize PADDING = 64;
/* Of documents up to this many bytes the room for marks is kept for the next one. */
constexpr gsize MAX_KEPT = 4 * 1024 * 1024;

struct Reader
{
  char *text;
  gsize length;
  const guint32 *marks; /* offsets of brackets, colons, commas and the first byte of scalars */
  guint n_marks;
  EntJsonNode *nodes;
  guint n_nodes;
  guint allocated;
  guint max_nodes;
  guint open[ENT_JSON_MAX_DEPTH]; /* indexes of the containers around us */
  guint depth;
  const char *problem;
  gsize problem_at;
};

bool
fail (Reader *reader, const char *problem, gsize at)
{
  reader->problem = problem;
  reader->problem_at = at;
  return false;
}

EntJsonNode *
add_node (Reader *reader, EntJsonKind kind, const char *text, guint32 length, gsize at)
{
  if (reader->n_nodes == reader->allocated)
    {
      guint wanted = MIN (MAX (reader->allocated * 2, 256u), reader->max_nodes);
      EntJsonNode *grown;

      if (reader->n_nodes >= reader->max_nodes)
        {
          fail (reader, "too many values", at);
          return nullptr;
        }
      grown = (EntJsonNode *) g_try_realloc_n (reader->nodes, wanted, sizeof (EntJsonNode));
      if (grown == nullptr)
        {
          fail (reader, "out of memory", at);
          return nullptr;
        }
      reader->nodes = grown;
      reader->allocated = wanted;
    }

  EntJsonNode *node = &reader->nodes[reader->n_nodes++];
  node->text = text;
  node->length = length;
  node->kind = kind;
  node->span = 1;
  return node;
}

int
hex_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

/* The four hexadecimal digits at @in, or -1. The padding makes reading past the end harmless. */
int
read_hex4 (const char *in)
{
  int value = 0;

  for (int i = 0; i < 4; i++)
    {
      int digit = hex_value (in[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

char *
write_utf8 (char *out, guint32 c)
{
  return out + g_unichar_to_utf8 (c, out);
}

/* An escape \uXXXX at @in (behind the u), with the second half of a pair where there is one. An
 * unpaired surrogate becomes U+FFFD. Returns the byte behind it, or NULL. */
const char *
read_unicode_escape (const char *in, char **out)
{
  int first = read_hex4 (in);

  if (first < 0)
    return nullptr;
  in += 4;
  if (first >= 0xd800 && first <= 0xdbff && in[0] == '\\' && in[1] == 'u')
    {
      int second = read_hex4 (in + 2);

      if (second >= 0xdc00 && second <= 0xdfff)
        {
          *out = write_utf8 (*out, 0x10000u + ((guint32) (first - 0xd800) << 10) +
                                       (guint32) (second - 0xdc00));
          return in + 6;
        }
    }
  if (first >= 0xd800 && first <= 0xdfff)
    first = 0xfffd;
  *out = write_utf8 (*out, (guint32) first);
  return in;
}

char
simple_escape (char c)
{
  switch (c)
    {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
    }
}

/* From the first backslash on: copies down while it unescapes. An escape is never shorter than
 * what it stands for (six bytes for at most three), so the output never overtakes the input. */
bool
unescape (Reader *reader, const char *in, char **end)
{
  char *out = const_cast<char *> (in);

  while (*in != '"')
    {
      if (*in != '\\')
        {
          *out++ = *in++;
          continue;
        }
      if (in[1] == 'u')
        {
          const char *next = read_unicode_escape (in + 2, &out);

          if (next == nullptr)
            return fail (reader, "a broken \\u escape", (gsize) (in - reader->text));
          in = next;
        }
      else
        {
          char c = simple_escape (in[1]);

          if (c == 0)
            return fail (reader, "an unknown escape", (gsize) (in - reader->text));
          *out++ = c;
          in += 2;
        }
    }
  *end = out;
  return true;
}

constexpr guint64 ONES = G_GUINT64_CONSTANT (0x0101010101010101);
constexpr guint64 HIGHS = G_GUINT64_CONSTANT (0x8080808080808080);

/* Whether one of the eight bytes is @c (bit tricks: exact as a yes or no). */
inline guint64
has_byte (guint64 word, guint8 c)
{
  guint64 x = word ^ (ONES * c);

  return (x - ONES) & ~x & HIGHS;
}

/* A string whose opening quote is at @at. The first stage has proved that it is closed, holds no
 * control characters and is valid UTF-8. */
bool
read_string (Reader *reader, gsize at)
{
  char *start = reader->text + at + 1;
  char *p = start;

  for (;;)
    {
      guint64 word;

      memcpy (&word, p, sizeof word);
      if (has_byte (word, '"') | has_byte (word, '\\'))
        break;
      p += sizeof word;
    }
  while (*p != '"' && *p != '\\')
    p++;
  if (*p == '\\' && !unescape (reader, p, &p))
    return false;

  *p = '\0';
  return add_node (reader, ENT_JSON_STRING, start, (guint32) (p - start), at) != nullptr;
}

bool
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

const char *
skip_digits (const char *p)
{
  while (is_digit (*p))
    p++;
  return p;
}

/* RFC 8259's number at @p; NULL when it is none. */
const char *
scan_number (const char *p)
{
  if (*p == '-')
    p++;
  if (!is_digit (*p))
    return nullptr;
  p = *p == '0' ? p + 1 : skip_digits (p);
  if (*p == '.')
    {
      if (!is_digit (p[1]))
        return nullptr;
      p = skip_digits (p + 1);
    }
  if (*p == 'e' || *p == 'E')
    {
      p++;
      if (*p == '+' || *p == '-')
        p++;
      if (!is_digit (*p))
        return nullptr;
      p = skip_digits (p);
    }
  return p;
}

/* What may stand behind a scalar. */
bool
ends_scalar (char c)
{
  return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool
read_literal (Reader *reader, gsize at)
{
  static const struct
  {
    const char *word;
    gsize length;
    EntJsonKind kind;
  } literals[] = {
    { "null", 4, ENT_JSON_NULL },
    { "false", 5, ENT_JSON_FALSE },
    { "true", 4, ENT_JSON_TRUE },
  };
  const char *p = reader->text + at;

  for (const auto &literal : literals)
    if (memcmp (p, literal.word, literal.length) == 0 && ends_scalar (p[literal.length]))
      return add_node (reader, literal.kind, nullptr, 0, at) != nullptr;
  return fail (reader, "an unknown word", at);
}

/* A number's text is NUL-terminated later (end_numbers): the byte behind it may be a bracket that
 * is still to be read. */
bool
read_number (Reader *reader, gsize at)
{
  const char *start = reader->text + at;
  const char *end = scan_number (start);

  if (end == nullptr || !ends_scalar (*end))
    return fail (reader, "a malformed number", at);
  return add_node (reader, ENT_JSON_NUMBER, start, (guint32) (end - start), at) != nullptr;
}

bool
open_container (Reader *reader, EntJsonKind kind, gsize at)
{
  if (reader->depth == ENT_JSON_MAX_DEPTH)
    return fail (reader, "nested too deeply", at);
  reader->open[reader->depth++] = reader->n_nodes;
  return add_node (reader, kind, nullptr, 0, at) != nullptr;
}

void
close_container (Reader *reader)
{
  guint index = reader->open[--reader->depth];

  reader->nodes[index].span = reader->n_nodes - index;
}

/* What the next mark has to be. */
enum class Want
{
  VALUE,
  VALUE_OR_CLOSE, /* behind [ */
  KEY,
  KEY_OR_CLOSE, /* behind { */
  COLON,
  COMMA_OR_CLOSE,
  NOTHING, /* behind the root */
};

bool
read_value (Reader *reader, gsize at, Want *want)
{
  char c = reader->text[at];

  *want = reader->depth == 0 ? Want::NOTHING : Want::COMMA_OR_CLOSE;
  switch (c)
    {
    case '{':
      *want = Want::KEY_OR_CLOSE;
      return open_container (reader, ENT_JSON_OBJECT, at);
    case '[':
      *want = Want::VALUE_OR_CLOSE;
      return open_container (reader, ENT_JSON_ARRAY, at);
    case '"':
      return read_string (reader, at);
    default:
      return c == '-' || is_digit (c) ? read_number (reader, at) : read_literal (reader, at);
    }
}

/* Closes the innermost container if @c is its bracket. */
bool
read_close (Reader *reader, char c, gsize at, Want *want)
{
  guint kind = reader->nodes[reader->open[reader->depth - 1]].kind;

  if (c != (kind == ENT_JSON_OBJECT ? '}' : ']'))
    return fail (reader, "a comma or the closing bracket is missing", at);
  close_container (reader);
  *want = reader->depth == 0 ? Want::NOTHING : Want::COMMA_OR_CLOSE;
  return true;
}

bool
read_counted (Reader *reader, gsize at, bool key, Want *want)
{
  reader->nodes[reader->open[reader->depth - 1]].length++;
  if (!key)
    return read_value (reader, at, want);
  if (reader->text[at] != '"')
    return fail (reader, "a member's name is missing", at);
  *want = Want::COLON;
  return read_string (reader, at);
}

bool
read_mark (Reader *reader, gsize at, Want *want)
{
  char c = reader->text[at];

  switch (*want)
    {
    case Want::VALUE:
      return read_value (reader, at, want);
    case Want::VALUE_OR_CLOSE:
      return c == ']' ? read_close (reader, c, at, want) : read_counted (reader, at, false, want);
    case Want::KEY:
      return read_counted (reader, at, true, want);
    case Want::KEY_OR_CLOSE:
      return c == '}' ? read_close (reader, c, at, want) : read_counted (reader, at, true, want);
    case Want::COLON:
      *want = Want::VALUE;
      return c == ':' ? true : fail (reader, "a colon is missing", at);
    case Want::COMMA_OR_CLOSE:
      if (c != ',')
        return read_close (reader, c, at, want);
      if (reader->nodes[reader->open[reader->depth - 1]].kind == ENT_JSON_OBJECT)
        *want = Want::KEY;
      else
        {
          /* The element behind the comma is counted here, since VALUE is a member's too. */
          reader->nodes[reader->open[reader->depth - 1]].length++;
          *want = Want::VALUE;
        }
      return true;
    case Want::NOTHING:
      break;
    }
  return fail (reader, "something follows the document", at);
}

bool
read_document (Reader *reader)
{
  Want want = Want::VALUE;

  for (guint i = 0; i < reader->n_marks; i++)
    if (!read_mark (reader, reader->marks[i], &want))
      return false;
  if (want != Want::NOTHING)
    return fail (reader, "it ends too early", reader->length);
  return true;
}

void
end_numbers (EntJson *self)
{
  for (guint i = 0; i < self->n_nodes; i++)
    if (self->nodes[i].kind == ENT_JSON_NUMBER)
      const_cast<char *> (self->nodes[i].text)[self->nodes[i].length] = '\0';
}

void
set_error (GError **error, const char *problem, gsize at, bool cut = false)
{
  g_set_error (error, G_IO_ERROR, cut ? G_IO_ERROR_PARTIAL_INPUT : G_IO_ERROR_INVALID_DATA,
               "Not valid JSON: %s (byte %" G_GSIZE_FORMAT ")", problem, at);
}

/* A copy of the text, without its byte-order mark and with padding; NULL when it is too large. */
char *
copy_text (const char *text, gsize *length, GError **error)
{
  char *buffer;

  if (*length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      *length -= 3;
    }
  if (*length > ENT_JSON_MAX_BYTES)
    {
      set_error (error, "it is too large", ENT_JSON_MAX_BYTES);
      return nullptr;
    }
  buffer = (char *) g_try_malloc (*length + PADDING);
  if (buffer == nullptr)
    {
      set_error (error, "out of memory", 0);
      return nullptr;
    }
  if (*length > 0)
    memcpy (buffer, text, *length);
  memset (buffer + *length, ' ', PADDING);
  return buffer;
}

const char *
stage1_problem (simdjson::error_code code)
{
  switch (code)
    {
    case simdjson::UTF8_ERROR:
      return "it is not UTF-8";
    case simdjson::UNCLOSED_STRING:
      return "a string is not closed";
    case simdjson::UNESCAPED_CHARS:
      return "a control character in a string";
    case simdjson::EMPTY:
      return "it is empty";
    default:
      return simdjson::error_message (code);
    }
}

/* The marks of a document. Kept by each thread, with the room of the pages before: fresh memory for
 * each page costs as much as finding its marks. */
struct Stage1
{
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  gsize capacity = 0;

  simdjson::error_code
  run (const char *text, gsize length)
  {
    if (parser == nullptr || capacity < length)
      {
        gsize wanted = MAX (length + length / 4, (gsize) 64);
        simdjson::error_code code =
            simdjson::get_active_implementation ()->create_dom_parser_implementation (wanted, 1,
                                                                                      parser);
        capacity = code == simdjson::SUCCESS ? wanted : 0;
        if (code != simdjson::SUCCESS)
          {
            parser.reset ();
            return code;
          }
      }
    return parser->stage1 ((const guint8 *) text, length, simdjson::stage1_mode::regular);
  }

  /* A huge document's room is not kept. */
  void
  release ()
  {
    if (capacity <= MAX_KEPT)
      return;
    parser.reset ();
    capacity = 0;
  }
};

thread_local Stage1 kept_stage1;

/* Of two marks at most one starts a value or a name: the other one ends it. */
bool
make_room (Reader *reader)
{
  guint wanted = MIN (reader->n_marks / 2 + 16, reader->max_nodes);

  reader->nodes = (EntJsonNode *) g_try_malloc_n (wanted, sizeof (EntJsonNode));
  reader->allocated = reader->nodes != nullptr ? wanted : 0;
  if (reader->nodes == nullptr)
    fail (reader, "out of memory", 0);
  return reader->nodes != nullptr;
}

} // namespace

extern "C"
{

  /**
   * ent_json_parse_limited:
   * @text: the document
   * @length: its length in bytes
   * @max_nodes: how many values and names it may have
   *
   * Returns: (transfer full) (nullable): the parsed document
   */
  EntJson *
  ent_json_parse_limited (const char *text, gsize length, guint max_nodes, GError **error)
  {
    g_autofree char *buffer = copy_text (text, &length, error);
    Stage1 *stage1 = &kept_stage1;
    simdjson::error_code code;
    Reader reader = {};

    if (buffer == nullptr)
      return nullptr;

    code = stage1->run (buffer, length);
    if (code != simdjson::SUCCESS)
      {
        stage1->release ();
        set_error (error, stage1_problem (code), 0,
                   code == simdjson::UNCLOSED_STRING || code == simdjson::EMPTY);
        return nullptr;
      }

    reader.text = buffer;
    reader.length = length;
    reader.marks = stage1->parser->structural_indexes.get ();
    reader.n_marks = stage1->parser->n_structural_indexes;
    reader.max_nodes = MIN (max_nodes, ENT_JSON_MAX_NODES);
    bool good = make_room (&reader) && read_document (&reader);
    stage1->release ();
    if (!good)
      {
        set_error (error, reader.problem, reader.problem_at, reader.problem_at == length);
        g_free (reader.nodes);
        return nullptr;
      }

    EntJson *self = g_new0 (EntJson, 1);
    self->buffer = (char *) g_steal_pointer (&buffer);
    self->length = length;
    self->nodes = reader.nodes;
    self->n_nodes = reader.n_nodes;
    end_numbers (self);
    return self;
  }

  EntJson *
  ent_json_parse (const char *text, gsize length, GError **error)
  {
    return ent_json_parse_limited (text, length, ENT_JSON_MAX_NODES, error);
  }

  void
  ent_json_free (EntJson *self)
  {
    if (self == nullptr)
      return;
    g_free (self->buffer);
    g_free (self->nodes);
    g_free (self);
  }

  void
  ent_json_wipe_and_free (EntJson *self)
  {
    if (self != nullptr)
      explicit_bzero (self->buffer, self->length);
    ent_json_free (self);
  }

  const EntJsonNode *
  ent_json_get_root (const EntJson *self)
  {
    return self->nodes;
  }

} // extern "C"
