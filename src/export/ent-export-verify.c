/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifying: see the header. The second run leaves no trace: no history, and a folder beside the
 * data that is removed whatever happens. Blocking; any thread that owns the arguments. */
#include "config.h"

#include "ent-export-verify.h"

#include "ent-export-error.h"
#include "ent-export-private.h"

#include "ent-json-guard.h"
#include "ent-leftover.h"

#include <string.h>

#define MAX_PROVENANCE_BYTES (8 * 1024 * 1024)
#define MAX_PROVENANCE_DEPTH 24

/* What the first run left behind. */
typedef struct
{
  EntExportRequest *request;
  JsonNode *provenance;
  gint64 exported_at;
  gboolean edited; /* known by its name, not by its digest */
} Original;

static void
original_clear (Original *self)
{
  g_clear_pointer (&self->request, ent_export_request_free);
  g_clear_pointer (&self->provenance, json_node_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Original, original_clear)

static void
change_free (gpointer data)
{
  EntVerifyChange *change = data;

  g_free (change->key);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

void
ent_verification_free (EntVerification *self)
{
  g_ptr_array_unref (self->changes);
  g_free (self);
}

static EntVerification *
verification_new (EntVerifyOutcome outcome, gint64 exported_at)
{
  EntVerification *self = g_new0 (EntVerification, 1);

  self->outcome = outcome;
  self->exported_at = exported_at;
  self->changes = g_ptr_array_new_with_free_func (change_free);
  return self;
}

static JsonNode *
parse_provenance (const char *text, GError **error)
{
  return ent_json_parse_guarded (text, strlen (text), MAX_PROVENANCE_BYTES, MAX_PROVENANCE_DEPTH,
                                 error);
}

/* ---- Finding the original ---- */

/* By digest; else by name, which tells that the file was edited since. (nullable) */
static EntExportRecord *
find_record (GPtrArray *records, const char *path, const char *sha256, gboolean *edited)
{
  *edited = FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      EntExportRecord *record = g_ptr_array_index (records, i);

      if (record->state == ENT_EXPORT_FINISHED && g_strcmp0 (record->sha256, sha256) == 0)
        return record;
    }
  *edited = TRUE;
  for (guint i = 0; i < records->len; i++)
    {
      EntExportRecord *record = g_ptr_array_index (records, i);

      /* The newest first: an older one of that name was written over. */
      if (record->state == ENT_EXPORT_FINISHED && g_strcmp0 (record->path, path) == 0)
        return record;
    }
  return NULL;
}

static gboolean
read_history (EntUserData *user_data,
              const char *path,
              const char *sha256,
              Original *original,
              GError **error)
{
  g_autoptr (GPtrArray) records = ent_user_data_list_exports (user_data, error);
  EntExportRecord *record;

  if (records == NULL)
    return FALSE;
  record = find_record (records, path, sha256, &original->edited);
  if (record == NULL)
    return TRUE;
  original->exported_at = record->finished_at;
  original->request = ent_export_request_from_json (record->request, error);
  if (original->request == NULL)
    return FALSE;
  if (record->provenance != NULL)
    original->provenance = parse_provenance (record->provenance, error);
  return record->provenance == NULL || original->provenance != NULL;
}

static const char *
member_text (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonObject *
member_object (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static EntExportRequest *
request_from_provenance (JsonObject *provenance, const char *path, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *report = member_object (provenance, "report");
  const char *as_of = member_text (provenance, "as_of");
  g_autofree char *text = NULL;
  g_autoptr (EntReport) parsed = NULL;
  g_autoptr (EntExportRequest) request = NULL;
  gint64 now;

  if (report == NULL || as_of == NULL || !ent_instant_parse (as_of, -1, NULL, &now, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_NOT_POSSIBLE,
                     "The provenance of %s does not say which report it is", path);
      return NULL;
    }
  json_node_set_object (node, report);
  text = json_to_string (node, FALSE);
  parsed = ent_report_from_json (text, strlen (text), error);
  if (parsed == NULL)
    return NULL;
  request = ent_export_request_new (parsed, path, now);
  return ent_csv_dialect_from_json (provenance, &request->custom, error)
             ? g_steal_pointer (&request)
             : NULL;
}

/* PATH.provenance.json, where the history knows nothing: another computer, or a cleared list. */
static gboolean
read_side_car (const char *path, const char *sha256, Original *original, GError **error)
{
  g_autofree char *side_car = g_strconcat (path, ENT_PROVENANCE_SUFFIX, NULL);
  g_autofree char *text = NULL;
  JsonObject *provenance;

  if (!g_file_get_contents (side_car, &text, NULL, NULL))
    return TRUE;
  original->provenance = parse_provenance (text, error);
  if (original->provenance == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (original->provenance))
    {
      g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_NOT_POSSIBLE, "%s is no provenance",
                   side_car);
      return FALSE;
    }
  provenance = json_node_get_object (original->provenance);
  original->edited =
      g_strcmp0 (member_text (member_object (provenance, "file"), "sha256"), sha256) != 0;
  original->request = request_from_provenance (provenance, path, error);
  return original->request != NULL;
}

/* ---- Running it again ---- */

static EntExportResult *
run_into (EntStore *store,
          EntUserData *user_data,
          const EntExportRequest *original,
          const char *folder,
          JsonNode **provenance,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (EntExportRequest) request = ent_export_request_copy (original);
  g_autoptr (EntExportHistory) none = NULL;
  g_autoptr (EntExportResult) result = NULL;
  g_autofree char *name = g_path_get_basename (original->path);
  g_autofree char *side_car = NULL;
  g_autofree char *text = NULL;

  g_free (request->path);
  request->path = g_build_filename (folder, name, NULL);
  request->side_car = TRUE;
  none = ent_export_history_new (NULL, request);
  result =
      ent_export_run_with_history (store, user_data, request, NULL, NULL, none, cancellable, error);
  if (result == NULL)
    return NULL;
  side_car = g_strconcat (request->path, ENT_PROVENANCE_SUFFIX, NULL);
  if (!g_file_get_contents (side_car, &text, NULL, error))
    return NULL;
  *provenance = parse_provenance (text, error);
  return *provenance != NULL ? g_steal_pointer (&result) : NULL;
}

static EntExportResult *
run_again (EntStore *store,
           EntUserData *user_data,
           const EntExportRequest *original,
           JsonNode **provenance,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *folder =
      ent_leftover_make_folder (ent_store_get_data_dir (store), "verify", error);
  EntExportResult *result;

  if (folder == NULL)
    return NULL;
  result = run_into (store, user_data, original, folder, provenance, cancellable, error);
  ent_leftover_remove_folder (folder);
  return result;
}

/* ---- Comparing ---- */

static void compare_nodes (GPtrArray *changes, const char *key, JsonNode *before, JsonNode *after);

static char *
node_text (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  return json_to_string (node, FALSE);
}

static void
compare_objects (GPtrArray *changes, const char *key, JsonObject *before, JsonObject *after)
{
  g_autoptr (GList) names = json_object_get_members (after);

  for (GList *at = names; at != NULL; at = at->next)
    {
      const char *name = at->data;
      g_autofree char *path = *key != '\0' ? g_strconcat (key, ".", name, NULL) : g_strdup (name);

      compare_nodes (changes, path, json_object_get_member (before, name),
                     json_object_get_member (after, name));
    }
}

/* Sentences repeat what keys say, and the file's own lines are what is being explained. */
static gboolean
explains_nothing (const char *key)
{
  return g_str_has_suffix (key, "words") || g_str_has_prefix (key, "file") ||
         g_str_equal (key, "inputs_sha256");
}

static void
compare_nodes (GPtrArray *changes, const char *key, JsonNode *before, JsonNode *after)
{
  EntVerifyChange *change;

  if (explains_nothing (key) || (before != NULL && json_node_equal (before, after)))
    return;
  if (before != NULL && JSON_NODE_HOLDS_OBJECT (before) && JSON_NODE_HOLDS_OBJECT (after))
    {
      compare_objects (changes, key, json_node_get_object (before), json_node_get_object (after));
      return;
    }
  change = g_new0 (EntVerifyChange, 1);
  change->key = g_strdup (key);
  change->before = node_text (before);
  change->after = node_text (after);
  g_ptr_array_add (changes, change);
}

static EntVerification *
compare (const Original *original,
         const char *sha256,
         const EntExportResult *again,
         JsonNode *provenance)
{
  gboolean same = g_strcmp0 (again->sha256, sha256) == 0;
  EntVerification *verification =
      verification_new (same ? ENT_VERIFY_SAME : ENT_VERIFY_CHANGED, original->exported_at);

  if (!same && original->provenance != NULL && JSON_NODE_HOLDS_OBJECT (original->provenance) &&
      JSON_NODE_HOLDS_OBJECT (provenance))
    compare_objects (verification->changes, "", json_node_get_object (original->provenance),
                     json_node_get_object (provenance));
  return verification;
}

/* Without a request where nobody knows the file. */
static gboolean
find_original (EntUserData *user_data,
               const char *path,
               char **sha256,
               Original *original,
               GCancellable *cancellable,
               GError **error)
{
  gint64 bytes;

  *sha256 = ent_export_digest_file (path, &bytes, cancellable, error);
  if (*sha256 == NULL || !read_history (user_data, path, *sha256, original, error))
    return FALSE;
  return original->request != NULL || read_side_car (path, *sha256, original, error);
}

char *
ent_export_verify_locale (EntUserData *user_data,
                          const char *path,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *sha256 = NULL;
  g_auto (Original) original = { 0 };
  const char *locale = NULL;

  if (!find_original (user_data, absolute, &sha256, &original, cancellable, error))
    return NULL;
  if (original.provenance != NULL && JSON_NODE_HOLDS_OBJECT (original.provenance))
    locale = member_text (json_node_get_object (original.provenance), "locale");
  return g_strdup (locale != NULL ? locale : "");
}

EntVerification *
ent_export_verify (EntStore *store,
                   EntUserData *user_data,
                   const char *path,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *sha256 = NULL;
  g_auto (Original) original = { 0 };
  g_autoptr (JsonNode) provenance = NULL;
  g_autoptr (EntExportResult) again = NULL;

  if (!find_original (user_data, absolute, &sha256, &original, cancellable, error))
    return NULL;
  if (original.request == NULL)
    return verification_new (ENT_VERIFY_UNKNOWN, 0);
  if (original.edited)
    return verification_new (ENT_VERIFY_EDITED, original.exported_at);
  again = run_again (store, user_data, original.request, &provenance, cancellable, error);
  return again != NULL ? compare (&original, sha256, again, provenance) : NULL;
}
