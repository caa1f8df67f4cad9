/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of sources and their fields. What a source cannot give is said here, not hidden. */

#include "config.h"

#include "ent-words-source.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *key;
  const char *word;
} Word;

static const char *
look_up (const Word *words, guint n, const char *context, const char *key)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (words[i].key, key) == 0)
      return context != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, context, words[i].word)
                             : _ (words[i].word);
  return key;
}

const char *
ent_words_source_kind (const char *kind)
{
  static const Word words[] = {
    { "engage", NC_ ("source kind", "Sinch Engage") },
    { "sinch-build", NC_ ("source kind", "Sinch Build (Conversation and SMS)") },
    { "sinch-latam", NC_ ("source kind", "Sinch LATAM") },
    { "archive", NC_ ("source kind", "Webhook archive") },
    { "report-file", NC_ ("source kind", "Report files") },
  };

  return look_up (words, G_N_ELEMENTS (words), "source kind", kind);
}

const char *
ent_words_source_kind_help (const char *kind)
{
  static const Word words[] = {
    { "engage", N_ ("WhatsApp and SMS reports of an Engage account, up to a year back.") },
    { "sinch-build", N_ ("Messages of a Conversation app and of an SMS service plan; the provider "
                         "keeps the newest days only.") },
    { "sinch-latam", N_ ("SMS of a Sinch account in Latin America; the provider keeps three days, "
                         "WhatsApp needs a webhook archive.") },
    { "archive", N_ ("Files in which an endpoint of yours keeps the callbacks it receives.") },
    { "report-file", N_ ("Reports that were exported from a portal as CSV or XLSX.") },
  };
  const char *word = look_up (words, G_N_ELEMENTS (words), NULL, kind);

  return word == kind ? "" : word;
}

const char *
ent_words_source_field (const char *key)
{
  static const Word words[] = {
    { "api_key", NC_ ("source field", "API key") },
    { "api_secret", NC_ ("source field", "API secret") },
    { "project_id", NC_ ("source field", "Project ID") },
    { "key_id", NC_ ("source field", "Key ID") },
    { "key_secret", NC_ ("source field", "Key secret") },
    { "app_id", NC_ ("source field", "App ID") },
    { "service_plan_id", NC_ ("source field", "Service plan ID") },
    { "api_token", NC_ ("source field", "API token") },
    { "user_name", NC_ ("source field", "User name") },
    { "authentication_token", NC_ ("source field", "Authentication token") },
    { "webhook_secret", NC_ ("source field", "Webhook secret") },
    { "url", NC_ ("source field", "Address (URL)") },
    { "region", NC_ ("source field", "Region") },
    { "path", NC_ ("source field", "File or folder") },
    { "user_key", NC_ ("source field", "Metadata key of the user") },
    { "campaign_key", NC_ ("source field", "Metadata key of the campaign") },
    { "accounts", NC_ ("source field", "Accounts") },
    { "account", NC_ ("source field", "Account") },
    { "shared_queue", NC_ ("source field", "Another system reads this queue too") },
  };

  return look_up (words, G_N_ELEMENTS (words), "source field", key);
}

const char *
ent_words_region (const char *region)
{
  static const Word words[] = {
    { "us", NC_ ("region", "United States") },
    { "eu", NC_ ("region", "Europe") },
    { "br", NC_ ("region", "Brazil") },
    { "au", NC_ ("region", "Australia") },
  };

  return look_up (words, G_N_ELEMENTS (words), "region", region);
}
