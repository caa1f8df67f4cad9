/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading JSON that strangers sent: strict syntax, validated UTF-8, bounded depth and size, no
 * recursion. A parsed document is an immutable flat array of nodes; a container is followed by
 * its children, an object's children being key, value, key, value. A pure function of bytes.
 * One thread at a time per document; the document owns all nodes and strings. */
#pragma once

#include <gio/gio.h>
#include <string.h>

G_BEGIN_DECLS

typedef enum
{
  ENT_JSON_NULL,
  ENT_JSON_FALSE,
  ENT_JSON_TRUE,
  ENT_JSON_NUMBER, /* text: as it was written, valid by the grammar, of any size */
  ENT_JSON_STRING, /* text: unescaped, valid UTF-8, may contain NUL; an unpaired surrogate is U+FFFD
                    */
  ENT_JSON_ARRAY,
  ENT_JSON_OBJECT,
} EntJsonKind;

typedef struct
{
  const char *text;  /* numbers and strings; followed by a NUL; owned by the document */
  guint32 length;    /* bytes of text; for containers the number of elements or members */
  guint32 kind : 3;  /* EntJsonKind */
  guint32 span : 29; /* nodes of the value, itself included: the next value is at + span */
} EntJsonNode;

typedef struct _EntJson EntJson;

#define ENT_JSON_MAX_BYTES (64u * 1024 * 1024)
#define ENT_JSON_MAX_DEPTH 64
#define ENT_JSON_MAX_NODES 2000000

/* @length bytes, copied; a byte-order mark in front is skipped. Errors: G_IO_ERROR_INVALID_DATA
 * with what is wrong and at which byte (also for limits), or G_IO_ERROR_PARTIAL_INPUT where the
 * text is the beginning of a document. */
EntJson *ent_json_parse (const char *text, gsize length, GError **error);
/* With a ceiling of its own on nodes. */
EntJson *ent_json_parse_limited (const char *text, gsize length, guint max_nodes, GError **error);
void ent_json_free (EntJson *self);
/* Overwrites all strings first: for documents that hold secrets. */
void ent_json_wipe_and_free (EntJson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntJson, ent_json_free)
const EntJsonNode *ent_json_get_root (const EntJson *self);

/* The value as JSON text again, cut at a character at @max_bytes; for the quarantine. (transfer
 * full) */
char *ent_json_node_print (const EntJsonNode *node, gsize max_bytes);

/* Walks over a container; any other kind has no elements.
 *   EntJsonIter iter;
 *   ent_json_iter_init (&iter, node);
 *   while (ent_json_iter_next (&iter, &key, &value)) …; key is NULL in arrays */
typedef struct
{
  const EntJsonNode *next;
  guint32 left;
  gboolean keys;
} EntJsonIter;

static inline void
ent_json_iter_init (EntJsonIter *iter, const EntJsonNode *node)
{
  gboolean container = node != NULL && node->kind >= ENT_JSON_ARRAY;

  iter->next = container ? node + 1 : NULL;
  iter->left = container ? node->length : 0;
  iter->keys = container && node->kind == ENT_JSON_OBJECT;
}

static inline gboolean
ent_json_iter_next (EntJsonIter *iter, const EntJsonNode **key, const EntJsonNode **value)
{
  if (iter->left == 0)
    return FALSE;

  iter->left--;
  if (key != NULL)
    *key = iter->keys ? iter->next : NULL;
  if (iter->keys)
    iter->next++;
  *value = iter->next;
  iter->next += iter->next->span;
  return TRUE;
}

static inline gboolean
ent_json_is (const EntJsonNode *node, EntJsonKind kind)
{
  return node != NULL && node->kind == (guint32) kind;
}

/* A string (or key) with exactly these bytes. */
static inline gboolean
ent_json_equals (const EntJsonNode *node, const char *text, gsize length)
{
  return node != NULL && node->kind == ENT_JSON_STRING && node->length == length &&
         memcmp (node->text, text, length) == 0;
}
#define ent_json_equals_literal(node, literal)                                                     \
  ent_json_equals ((node), "" literal, sizeof (literal) - 1)

/* The first member of that name; NULL for none, and for anything but an object. */
const EntJsonNode *ent_json_member (const EntJsonNode *node, const char *key);
/* FALSE for anything but a string, or one with a NUL inside. */
gboolean ent_json_get_string (const EntJsonNode *node, const char **text);
/* FALSE for anything but a number that is whole (221, 2.21e2, 221.0) and fits. */
gboolean ent_json_get_int (const EntJsonNode *node, gint64 *value);

G_END_DECLS
