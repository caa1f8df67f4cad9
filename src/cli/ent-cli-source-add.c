/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli source add. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-credentials.h"
#include "ent-cli-output.h"
#include "ent-words.h"

#include "ent-credentials.h"
#include "ent-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *kind;
  char *name;
  char *url;
  char *region;
  char *user_key;
  char *campaign_key;
  char *path;
  GStrv accounts;
  gboolean shared_queue;
  char *credentials_file;
  char *credentials_from;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->kind);
  g_free (self->name);
  g_free (self->url);
  g_free (self->region);
  g_free (self->user_key);
  g_free (self->campaign_key);
  g_free (self->path);
  g_strfreev (self->accounts);
  g_free (self->credentials_file);
  g_free (self->credentials_from);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* The kinds that this build knows, apart by commas. */
static char *
list_kinds (void)
{
  GString *kinds = g_string_new (NULL);
  const EntSourceClass *const *classes = ent_source_classes ();

  for (guint i = 0; classes[i] != NULL; i++)
    g_string_append_printf (kinds, "%s%s", i > 0 ? ", " : "", classes[i]->kind);
  return g_string_free (kinds, FALSE);
}

static gboolean
has_option (const EntSourceClass *klass, const char *key)
{
  for (const EntSourceField *field = klass->options; field->key != NULL; field++)
    if (strcmp (field->key, key) == 0)
      return TRUE;
  return FALSE;
}

/* Whether any kind takes the option: the others are not in the help. */
static gboolean
is_option_of_some (const char *key)
{
  const EntSourceClass *const *classes = ent_source_classes ();

  for (guint i = 0; classes[i] != NULL; i++)
    if (has_option (classes[i], key))
      return TRUE;
  return FALSE;
}

/* What every source has. */
static void
append_common (GArray *entries, Options *options, const char *kinds)
{
  const GOptionEntry common[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options->kind, kinds, N_ ("KIND") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options->name, N_ ("What you call it; unique"),
      N_ ("NAME") },
    { "credentials-file", 0, 0, G_OPTION_ARG_FILENAME, &options->credentials_file,
      N_ ("Read the credentials here, - for the standard input, and keep them in the keyring"),
      N_ ("FILE") },
    { "credentials-from", 0, 0, G_OPTION_ARG_FILENAME, &options->credentials_from,
      N_ ("Read them here at each run and store nothing: for servers without a keyring"),
      N_ ("FILE|env:NAME") },
  };

  g_array_append_vals (entries, common, G_N_ELEMENTS (common));
}

/* What some kinds have, each under its key in the options of the source. */
static void
append_special (GArray *entries, Options *options)
{
  const struct
  {
    const char *key;
    GOptionEntry entry;
  } special[] = {
    { "url",
      { "url", 0, 0, G_OPTION_ARG_STRING, &options->url, N_ ("Address, instead of a region's"),
        N_ ("URL") } },
    { "region",
      { "region", 0, 0, G_OPTION_ARG_STRING, &options->region,
        N_ ("Region of the provider, such as eu"), N_ ("REGION") } },
    { "user_key",
      { "user-key", 0, 0, G_OPTION_ARG_STRING, &options->user_key,
        N_ ("Metadata key that holds the user; user by default"), N_ ("KEY") } },
    { "campaign_key",
      { "campaign-key", 0, 0, G_OPTION_ARG_STRING, &options->campaign_key,
        N_ ("Metadata key that holds the campaign; campaign by default"), N_ ("KEY") } },
    { "accounts",
      { "account", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->accounts,
        N_ ("Only this account; can be repeated"), N_ ("ACCOUNT") } },
    { "shared_queue",
      { "shared-queue", 0, 0, G_OPTION_ARG_NONE, &options->shared_queue,
        N_ ("Another system reads this queue too"), NULL } },
    { "path",
      { "path", 0, 0, G_OPTION_ARG_FILENAME, &options->path, N_ ("File or folder"), N_ ("PATH") } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    if (is_option_of_some (special[i].key))
      g_array_append_val (entries, special[i].entry);
}

static gboolean
parse (EntCli *cli, Options *options, int argc, char **argv, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_autofree char *kinds = list_kinds ();
  g_auto (GStrv) arguments = NULL;

  append_common (entries, options, kinds);
  append_special (entries, options);
  arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv,
                             (const GOptionEntry *) (gpointer) entries->data, NULL, NULL, 0, error);
  return arguments != NULL;
}

static gboolean
find_class (const Options *options, const EntSourceClass **klass, GError **error)
{
  g_autofree char *kinds = list_kinds ();

  if (options->kind == NULL)
    return ent_cli_usage (error, _ ("--kind is missing; it takes one of: %s."), kinds);
  *klass = ent_source_class_find (options->kind);
  if (*klass != NULL)
    return TRUE;
  return ent_cli_usage (error, _ ("--kind takes one of: %s, not “%s”."), kinds, options->kind);
}

/* user_key → --user-key; accounts → --account */
static char *
option_name (const char *key)
{
  char *name;

  if (strcmp (key, "accounts") == 0)
    return g_strdup ("--account");
  name = g_strconcat ("--", key, NULL);
  return g_strdelimit (name, "_", '-');
}

static gboolean
check_option (const EntSourceClass *klass, const char *key, GError **error)
{
  g_autofree char *name = option_name (key);
  g_autoptr (GString) known = g_string_new (NULL);

  if (has_option (klass, key))
    return TRUE;
  for (const EntSourceField *field = klass->options; field->key != NULL; field++)
    {
      g_autofree char *other = option_name (field->key);

      g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", other);
    }
  return ent_cli_usage (error, _ ("A source of kind %s takes %s, not %s."), klass->kind, known->str,
                        name);
}

static gboolean
set_option (JsonObject *object,
            const EntSourceClass *klass,
            const char *key,
            const char *value,
            GError **error)
{
  if (value == NULL)
    return TRUE;
  if (!check_option (klass, key, error))
    return FALSE;
  json_object_set_string_member (object, key, value);
  return TRUE;
}

static gboolean
set_others (JsonObject *object, const EntSourceClass *klass, const Options *options, GError **error)
{
  if (options->accounts != NULL)
    {
      JsonArray *array;

      if (!check_option (klass, "accounts", error))
        return FALSE;
      array = json_array_new ();
      for (guint i = 0; options->accounts[i] != NULL; i++)
        json_array_add_string_element (array, options->accounts[i]);
      json_object_set_array_member (object, "accounts", array);
    }
  if (options->shared_queue)
    {
      if (!check_option (klass, "shared_queue", error))
        return FALSE;
      json_object_set_boolean_member (object, "shared_queue", TRUE);
    }
  return TRUE;
}

static JsonObject *
make_options (const EntSourceClass *klass, const Options *options, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *path = NULL;

  if (options->url != NULL && options->region != NULL)
    {
      ent_cli_usage (error, _ ("Give either --url or --region."));
      return NULL;
    }
  if (options->path != NULL)
    path = g_canonicalize_filename (options->path, NULL);
  if (!set_option (object, klass, "url", options->url, error) ||
      !set_option (object, klass, "region", options->region, error) ||
      !set_option (object, klass, "user_key", options->user_key, error) ||
      !set_option (object, klass, "campaign_key", options->campaign_key, error) ||
      !set_option (object, klass, "path", path, error) ||
      !set_others (object, klass, options, error))
    return NULL;
  return g_steal_pointer (&object);
}

/* Whether options and credentials make a source at all; nothing is asked of the provider. */
static gboolean
check (const EntSourceClass *klass, JsonObject *options, JsonObject *credentials, GError **error)
{
  g_autoptr (JsonObject) none = json_object_new ();
  g_autoptr (EntSource) source = NULL;
  GError *local_error = NULL;

  source =
      ent_source_new (klass->kind, options, credentials != NULL ? credentials : none, &local_error);
  if (source != NULL)
    return TRUE;
  return ent_cli_usage_from (error, local_error);
}

static char *
options_text (JsonObject *options)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, options);
  return json_to_string (node, FALSE);
}

/* The keyring, or this run only. */
static void
keep_credentials (EntCli *cli, EntSourceRecord *record, const EntCliCredentials *credentials)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  g_autofree char *cause = NULL;

  record->credentials = credentials->kind;
  record->credentials_ref = g_strdup (credentials->reference);
  if (credentials->kind != ENT_CREDENTIALS_KEYRING)
    return;
  /* Translators: the name of a secret in the keyring; %s is the name of a source. */
  label = g_strdup_printf (_ ("Entrega: credentials of %s"), record->name);
  if (ent_credentials_store (record->key, label, credentials->object, cli->cancellable, &error))
    return;
  record->credentials = ENT_CREDENTIALS_SESSION;
  cause = ent_words_error_cause (error);
  ent_cli_warn (_ ("No keyring answered (%s): the credentials were not stored. Give them to each "
                   "synchronisation with --credentials-file, or add the source with "
                   "--credentials-from."),
                cause);
}

static gboolean
name_is_free (EntUserData *user_data, const char *name, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (EntSourceRecord) other = ent_user_data_find_source (user_data, name, &local_error);

  if (other == NULL && g_error_matches (local_error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND))
    return TRUE;
  if (other == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_set_error (error, ENT_CLI_ERROR, ENT_CLI_ERROR_FAILED, _ ("There is a source “%s” already."),
               name);
  return FALSE;
}

static gboolean
save (EntCli *cli,
      const Options *options,
      JsonObject *source_options,
      const EntCliCredentials *credentials,
      GError **error)
{
  g_autoptr (EntUserData) user_data = ent_cli_open_user_data (cli, error);
  g_autoptr (EntSourceRecord) record = NULL;

  if (user_data == NULL || !name_is_free (user_data, options->name, error))
    return FALSE;
  record = ent_source_record_new ();
  record->kind = g_strdup (options->kind);
  record->name = g_strdup (options->name);
  record->options = options_text (source_options);
  record->created_at = ent_clock_now ();
  keep_credentials (cli, record, credentials);
  if (!ent_user_data_save_source (user_data, record, error))
    {
      if (record->credentials == ENT_CREDENTIALS_KEYRING)
        ent_credentials_forget (record->key, NULL, NULL);
      return FALSE;
    }
  ent_cli_remark (cli, _ ("Added the source “%s”. Next: entrega-cli sync"), record->name);
  return TRUE;
}

gboolean
ent_cli_source_add (EntCli *cli, int argc, char **argv, GError **error)
{
  g_auto (Options) options = { NULL };
  g_auto (EntCliCredentials) credentials = { NULL };
  g_autoptr (JsonObject) source_options = NULL;
  const EntSourceClass *klass;

  if (!parse (cli, &options, argc, argv, error) || !find_class (&options, &klass, error))
    return FALSE;
  if (options.name != NULL)
    g_strstrip (options.name);
  if (options.name == NULL || *options.name == '\0')
    return ent_cli_usage (error, _ ("--name is missing: what do you call this source?"));
  source_options = make_options (klass, &options, error);
  return source_options != NULL &&
         ent_cli_credentials_get (&credentials, klass, options.credentials_file,
                                  options.credentials_from, error) &&
         check (klass, source_options, credentials.object, error) &&
         save (cli, &options, source_options, &credentials, error);
}
