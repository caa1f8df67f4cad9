/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Engage's status codes and words say. The numeric code wins over the word; no code says
 * "read", so the word adds that to a code of success. Tables; pure. */
#include "config.h"

#include "ent-engage-codes.h"

#include <string.h>

#define SENT ENT_STAGE_FLAG_SENT
#define DELIVERED (ENT_STAGE_FLAG_SENT | ENT_STAGE_FLAG_DELIVERED)
#define READ (DELIVERED | ENT_STAGE_FLAG_READ)
#define FAILED ENT_STAGE_FLAG_FAILED

static const struct
{
  const char *word;
  guint flags;
} word_flags[] = {
  { "enroute", SENT },          { "submitted", SENT },
  { "delivered", DELIVERED },   { "read", READ },
  { "expired", SENT | FAILED }, { "undeliverable", SENT | FAILED }, /* older revisions */
  { "failed", FAILED },         { "rejected", FAILED },
  { "cancelled", FAILED },
};

/* Flags of a code; FALSE for one outside the families, which says nothing. */
static gboolean
code_flags (gint64 code, guint *flags)
{
  switch (code / 100)
    {
    case 1:
      *flags = 0;
      return TRUE;
    case 2:
      *flags = code == 220 || code == 221 ? DELIVERED : SENT;
      return TRUE;
    case 3:
      *flags = FAILED;
      return TRUE;
    case 4:
      *flags = SENT | FAILED;
      return TRUE;
    default:
      return FALSE;
    }
}

guint
ent_engage_stages (const char *word, gint64 code)
{
  guint by_word = 0;
  guint flags;

  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (word_flags); i++)
    if (g_ascii_strcasecmp (word, word_flags[i].word) == 0)
      by_word = word_flags[i].flags;

  if (code == ENT_ENGAGE_NO_CODE || !code_flags (code, &flags))
    flags = by_word;
  else if (by_word == READ && (flags & (SENT | FAILED)) == SENT)
    flags = READ;
  return flags | ENT_STAGE_FLAG_ACCEPTED;
}

EntReason
ent_engage_reason (const char *word, gint64 code)
{
  switch (code)
    {
    case 411:
      return ENT_REASON_INVALID_NUMBER;
    case 413:
    case 414:
      return ENT_REASON_UNREACHABLE;
    case 320:
    case 401:
      return ENT_REASON_EXPIRED;
    case 302:
    case 412:
      return ENT_REASON_BLOCKED;
    case 331:
    case 402:
      return ENT_REASON_CONTENT;
    case 301:
      return ENT_REASON_QUOTA;
    case 304:
    case 330:
    case 332:
    case 333:
    case 403:
      return ENT_REASON_PLATFORM;
    default:
      break;
    }
  if (code == ENT_ENGAGE_NO_CODE && word != NULL && g_ascii_strcasecmp (word, "expired") == 0)
    return ENT_REASON_EXPIRED;
  return ENT_REASON_UNKNOWN;
}

static const struct
{
  const char *type;
  EntContentType content_type;
} message_types[] = {
  { "TEXT_MESSAGE", ENT_CONTENT_TYPE_TEXT },
  { "LOCATION_MESSAGE", ENT_CONTENT_TYPE_LOCATION },
  { "CHOICE_RESPONSE_MESSAGE", ENT_CONTENT_TYPE_INTERACTIVE },
  { "MEDIA_CARD_MESSAGE", ENT_CONTENT_TYPE_INTERACTIVE },
  { "CARD_MESSAGE", ENT_CONTENT_TYPE_INTERACTIVE },
  { "CAROUSEL_MESSAGE", ENT_CONTENT_TYPE_INTERACTIVE },
  { "CHOICE_MESSAGE", ENT_CONTENT_TYPE_INTERACTIVE },
};

static const struct
{
  const char *suffix;
  EntContentType content_type;
} media_suffixes[] = {
  { ".jpg", ENT_CONTENT_TYPE_IMAGE },     { ".jpeg", ENT_CONTENT_TYPE_IMAGE },
  { ".png", ENT_CONTENT_TYPE_IMAGE },     { ".gif", ENT_CONTENT_TYPE_IMAGE },
  { ".webp", ENT_CONTENT_TYPE_IMAGE },    { ".mp3", ENT_CONTENT_TYPE_AUDIO },
  { ".ogg", ENT_CONTENT_TYPE_AUDIO },     { ".aac", ENT_CONTENT_TYPE_AUDIO },
  { ".amr", ENT_CONTENT_TYPE_AUDIO },     { ".m4a", ENT_CONTENT_TYPE_AUDIO },
  { ".mp4", ENT_CONTENT_TYPE_VIDEO },     { ".3gp", ENT_CONTENT_TYPE_VIDEO },
  { ".mov", ENT_CONTENT_TYPE_VIDEO },     { ".pdf", ENT_CONTENT_TYPE_DOCUMENT },
  { ".docx", ENT_CONTENT_TYPE_DOCUMENT }, { ".xlsx", ENT_CONTENT_TYPE_DOCUMENT },
  { ".vcf", ENT_CONTENT_TYPE_CONTACT },
};

/* By the end of the path, before a query. */
static EntContentType
media_content_type (const char *url)
{
  gsize length = url != NULL ? strcspn (url, "?#") : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (media_suffixes); i++)
    {
      gsize suffix = strlen (media_suffixes[i].suffix);

      if (length > suffix &&
          g_ascii_strncasecmp (url + length - suffix, media_suffixes[i].suffix, suffix) == 0)
        return media_suffixes[i].content_type;
    }
  return ENT_CONTENT_TYPE_OTHER;
}

gboolean
ent_engage_content_type (const char *type,
                         const char *format,
                         const char *media_url,
                         EntContentType *content_type)
{
  *content_type = ENT_CONTENT_TYPE_OTHER;
  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (message_types); i++)
    if (strcmp (type, message_types[i].type) == 0)
      {
        *content_type = message_types[i].content_type;
        return TRUE;
      }

  if (type != NULL || media_url != NULL)
    {
      *content_type = media_content_type (media_url);
      return TRUE;
    }
  if (format == NULL)
    return FALSE;
  if (strcmp (format, "SMS") == 0)
    *content_type = ENT_CONTENT_TYPE_TEXT;
  else if (strcmp (format, "TTS") == 0)
    *content_type = ENT_CONTENT_TYPE_AUDIO;
  return TRUE;
}

const char *
ent_engage_channel_name (EntChannel channel)
{
  switch (channel)
    {
    case ENT_CHANNEL_WHATSAPP:
      return "WHATSAPP";
    case ENT_CHANNEL_SMS:
      return "SMS";
    case ENT_CHANNEL_RCS:
      return "RCS";
    case ENT_CHANNEL_MMS:
      return "MMS";
    case ENT_CHANNEL_OTHER:
      break;
    }
  return "CHANNEL";
}
