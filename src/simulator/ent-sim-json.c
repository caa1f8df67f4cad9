/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing JSON into a buffer, and the check that keeps hostile JSON from the parser. Pure
 * functions, any thread.
 */
#include "config.h"

#include "ent-sim-json.h"

static void
append_unicode_escape (GString *out, gunichar c)
{
  if (c > 0xffff)
    g_string_append_printf (out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                            0xdc00 + ((c - 0x10000) & 0x3ff));
  else
    g_string_append_printf (out, "\\u%04x", c);
}

/**
 * ent_sim_json_append_string:
 * @text: valid UTF-8
 * @ascii: whether to escape all that is not ASCII, as many servers do
 *
 * Appends @text as a JSON string, quotes included.
 */
void
ent_sim_json_append_string (GString *out, const char *text, gboolean ascii)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      guchar c = (guchar) *p;

      if (c == '"' || c == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, (char) c);
        }
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c < 0x20 || (c >= 0x80 && ascii))
        append_unicode_escape (out, g_utf8_get_char (p));
      else
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
  g_string_append_c (out, '"');
}

/**
 * ent_sim_json_append_key:
 *
 * Appends a member's name, after a comma unless it is the first one of its object.
 */
void
ent_sim_json_append_key (GString *out, const char *key)
{
  g_string_append (out, out->str[out->len - 1] == '{' ? "\"" : ",\"");
  g_string_append (out, key);
  g_string_append (out, "\":");
}

void
ent_sim_json_append_text (GString *out, const char *key, const char *value)
{
  ent_sim_json_append_key (out, key);
  ent_sim_json_append_string (out, value, FALSE);
}

void
ent_sim_json_append_number (GString *out, const char *key, gint64 value)
{
  ent_sim_json_append_key (out, key);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
}

/**
 * ent_sim_json_is_shallow:
 * @text: (array length=length): what a client sent
 *
 * json-glib recurses for each bracket, and a hundred thousand of them end the process.
 *
 * Returns: whether @text never nests deeper than @depth
 */
gboolean
ent_sim_json_is_shallow (const char *text, gsize length, guint depth)
{
  gboolean in_string = FALSE;
  guint level = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            in_string = FALSE;
        }
      else if (text[i] == '"')
        in_string = TRUE;
      else if (text[i] == '[' || text[i] == '{')
        {
          if (++level > depth)
            return FALSE;
        }
      else if ((text[i] == ']' || text[i] == '}') && level > 0)
        level--;
    }
  return TRUE;
}
