/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters in words: chips of the window, lines of files and of the terminal. */

#include "config.h"

#include "ent-words-filter.h"

#include "ent-words-name.h"

#include "ent-phone.h"
#include "ent-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_VALUE_CHARS 120

const char *
ent_words_filter_field (EntFilterField field)
{
  static const char *const names[ENT_N_FILTER_FIELDS] = {
    [ENT_FILTER_CHANNEL] = NC_ ("filter", "Channel"),
    [ENT_FILTER_DIRECTION] = NC_ ("filter", "Message type"),
    [ENT_FILTER_SUBACCOUNT] = NC_ ("filter", "Subaccount"),
    [ENT_FILTER_USER] = NC_ ("filter", "User"),
    [ENT_FILTER_CAMPAIGN] = NC_ ("filter", "Campaign"),
    [ENT_FILTER_CONTENT_TYPE] = NC_ ("filter", "Content type"),
    [ENT_FILTER_STATUS] = NC_ ("filter", "Status"),
    [ENT_FILTER_STAGE] = NC_ ("filter", "Stage reached"),
    [ENT_FILTER_REASON] = NC_ ("filter", "Reason"),
    [ENT_FILTER_CARRIER] = NC_ ("filter", "Carrier"),
    [ENT_FILTER_PHONE] = NC_ ("filter", "Phone"),
    [ENT_FILTER_CONTACT] = NC_ ("filter", "Contact"),
    [ENT_FILTER_TEXT] = NC_ ("filter", "Text"),
  };

  if ((guint) field >= ENT_N_FILTER_FIELDS)
    return "";
  return g_dpgettext2 (GETTEXT_PACKAGE, "filter", names[field]);
}

static const char *
word_of_value (EntFilterField field, const char *value)
{
  EntChannel channel;
  EntDirection direction;
  EntContentType type;
  EntStatus status;
  EntStage stage;
  EntReason reason;

  if (field == ENT_FILTER_CHANNEL && ent_channel_from_key (value, &channel))
    return ent_words_channel (channel);
  if (field == ENT_FILTER_DIRECTION && ent_direction_from_key (value, &direction))
    return ent_words_direction (direction);
  if (field == ENT_FILTER_CONTENT_TYPE && ent_content_type_from_key (value, &type))
    return ent_words_content_type (type);
  if (field == ENT_FILTER_STATUS && ent_status_from_key (value, &status))
    return ent_words_status (status);
  if (field == ENT_FILTER_STAGE && ent_stage_from_key (value, &stage))
    return ent_words_stage (stage);
  if (field == ENT_FILTER_REASON && *value != '\0' && ent_reason_from_key (value, &reason))
    return ent_words_reason (reason);
  return NULL;
}

static const char *
word_of_none (EntFilterField field)
{
  if (field == ENT_FILTER_SUBACCOUNT)
    return ent_words_by_none (ENT_BY_SUBACCOUNT);
  if (field == ENT_FILTER_USER)
    return ent_words_by_none (ENT_BY_USER);
  if (field == ENT_FILTER_CAMPAIGN)
    return ent_words_by_none (ENT_BY_CAMPAIGN);
  if (field == ENT_FILTER_CARRIER)
    return ent_words_by_none (ENT_BY_CARRIER);
  if (field == ENT_FILTER_REASON)
    return ent_words_by_none (ENT_BY_REASON);
  return "";
}

char *
ent_words_filter_value (EntFilterField field, const char *value)
{
  const char *word = word_of_value (field, value);

  if (word != NULL)
    return g_strdup (word);
  if (*value == '\0')
    return g_strdup (word_of_none (field));
  /* A pattern of a phone number is shown as it was typed: what it matches depends on its signs. */
  return ent_text_for_display (value, MAX_VALUE_CHARS);
}

char *
ent_words_filter_chip (EntFilterField field, const char *value, gboolean negated)
{
  g_autofree char *shown = ent_words_filter_value (field, value);

  if (negated)
    /* Translators: an active filter: the field's name and a value that is left out. */
    return g_strdup_printf (C_ ("filter", "not %s: %s"), ent_words_filter_field (field), shown);
  /* Translators: an active filter: the field's name and its value. */
  return g_strdup_printf (C_ ("filter", "%s: %s"), ent_words_filter_field (field), shown);
}

/* The values on one side, apart by @separator; NULL when there are none. */
static char *
join_values (const EntFilter *filter, EntFilterField field, gboolean negated, const char *separator)
{
  GString *out = NULL;

  for (guint i = 0; i < ent_filter_get_n_values (filter, field); i++)
    {
      gboolean is_negated;
      const char *value = ent_filter_get_value (filter, field, i, &is_negated);
      g_autofree char *shown = NULL;

      if (is_negated != negated)
        continue;
      shown = ent_words_filter_value (field, value);
      if (out == NULL)
        out = g_string_new (shown);
      else
        g_string_append_printf (out, "%s%s", separator, shown);
    }
  return out != NULL ? g_string_free (out, FALSE) : NULL;
}

char *
ent_words_filter_field_values (const EntFilter *filter, EntFilterField field)
{
  /* Translators: between the values of a filter: "WhatsApp or SMS"; keep the spaces. */
  g_autofree char *wanted = join_values (filter, field, FALSE, C_ ("filter", " or "));
  /* Translators: between values that a filter leaves out: "not Teste nor Piloto". */
  g_autofree char *unwanted = join_values (filter, field, TRUE, C_ ("filter", " nor "));
  const char *name = ent_words_filter_field (field);

  if (wanted != NULL && unwanted != NULL)
    /* Translators: a field, the values it may have, the values it may not have. */
    return g_strdup_printf (C_ ("filter", "%s: %s, not %s"), name, wanted, unwanted);
  if (unwanted != NULL)
    /* Translators: a field and the values it may not have. */
    return g_strdup_printf (C_ ("filter", "%s: not %s"), name, unwanted);
  if (wanted != NULL)
    return g_strdup_printf (C_ ("filter", "%s: %s"), name, wanted);
  return NULL;
}

char *
ent_words_filter (const EntFilter *filter)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ENT_N_FILTER_FIELDS; i++)
    {
      g_autofree char *text = ent_words_filter_field_values (filter, (EntFilterField) i);

      if (text != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "; " : "", text);
    }
  if (out->len == 0)
    g_string_append (out, _ ("No filters"));
  return g_string_free (out, FALSE);
}
