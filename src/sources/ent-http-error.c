/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an answer that is not 200 means, and what its body says: every provider has a shape of its
 * own for errors, gateways in between answer HTML or nothing. Pure. */
#include "config.h"

#include "ent-http-error.h"

#include "ent-json.h"
#include "ent-text.h"

/* Longer explanations are cut: the text is shown in one line of a window. */
#define MAX_TEXT_BYTES 300
#define MAX_BODY_BYTES 65536

static gboolean
append_text (GString *out, const EntJsonNode *node)
{
  if ((!ent_json_is (node, ENT_JSON_STRING) && !ent_json_is (node, ENT_JSON_NUMBER)) ||
      node->length == 0)
    return FALSE;
  if (out->len > 0)
    g_string_append (out, ": ");
  g_string_append_len (out, node->text, (gssize) MIN (node->length, MAX_TEXT_BYTES));
  return TRUE;
}

/* The first of the members that is there and says something. */
static void
append_first (GString *out, const EntJsonNode *node, const char *const *keys)
{
  for (; *keys != NULL; keys++)
    if (append_text (out, ent_json_member (node, *keys)))
      return;
}

/* {error:{code,message,status}}, {code,text}, {message,details[]}, {errorCode,errorMessage},
 * {type,title,detail}, {error,error_description}. */
static void
append_object (GString *out, const EntJsonNode *root)
{
  static const char *const titles[] = { "message", "errorMessage", "title", "text",
                                        "error",   "errorCode",    "code",  NULL };
  static const char *const details[] = { "error_description", "detail", NULL };
  const EntJsonNode *list = ent_json_member (root, "details");
  const EntJsonNode *inner = ent_json_member (root, "error");
  const EntJsonNode *value;
  EntJsonIter iter;

  if (ent_json_is (inner, ENT_JSON_OBJECT))
    root = inner;
  append_first (out, root, titles);
  append_first (out, root, details);
  ent_json_iter_init (&iter, list);
  while (out->len < MAX_TEXT_BYTES && ent_json_iter_next (&iter, NULL, &value))
    append_text (out, value);
}

char *
ent_http_error_text (const char *body, gsize length)
{
  g_autoptr (EntJson) json = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *clean = NULL;

  if (length > MAX_BODY_BYTES)
    return NULL;
  json = ent_json_parse (body, length, NULL);
  if (json == NULL)
    return NULL;

  append_object (out, ent_json_get_root (json));
  clean = ent_text_clean (out->str, (gssize) out->len, MAX_TEXT_BYTES);
  if (*clean == '\0')
    return NULL;
  return ent_text_for_display (clean, MAX_TEXT_BYTES);
}

static EntApiError
code_for_status (guint status)
{
  switch (status)
    {
    case 401:
      return ENT_API_ERROR_AUTH;
    case 403:
      return ENT_API_ERROR_FORBIDDEN;
    case 407: /* a proxy wants a name: the provider was not reached */
      return ENT_API_ERROR_OFFLINE;
    case 408:
      return ENT_API_ERROR_TIMEOUT;
    case 425:
    case 429:
      return ENT_API_ERROR_RATE_LIMITED;
    default:
      break;
    }
  if (status >= 500 && status <= 599)
    return ENT_API_ERROR_SERVER;
  if (status >= 400 && status <= 499)
    return ENT_API_ERROR_REFUSED;
  return ENT_API_ERROR_PROTOCOL;
}

GError *
ent_http_error_from_answer (const EntHttpAnswer *answer)
{
  g_autofree char *text =
      ent_http_error_text ((const char *) answer->body->data, answer->body->len);
  EntApiError code = code_for_status (answer->status);

  if (answer->status >= 300 && answer->status <= 399)
    return g_error_new (ENT_API_ERROR, code,
                        "HTTP %u: the address redirects elsewhere, which is not followed",
                        answer->status);
  if (text != NULL)
    return g_error_new (ENT_API_ERROR, code, "HTTP %u: %s", answer->status, text);
  return g_error_new (ENT_API_ERROR, code, "HTTP %u", answer->status);
}
